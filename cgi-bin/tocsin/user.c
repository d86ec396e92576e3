/*
 * tocsin user - who may sign in.
 */
#include "tocsin.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

#include "domain/admin.h"
#include "domain/setup.h"
#include "domain/staff.h"
#include "domain/two_factor.h"
#include "domain/user.h"

const char user_help[] =
"usage: tocsin user code\n"
"       tocsin user list\n"
"       tocsin user create EMAIL NAME [administrator|organiser|observer|volunteer] [fr|en]\n"
"       tocsin user password EMAIL\n"
"       tocsin user disable EMAIL\n"
"       tocsin user enable EMAIL\n"
"       tocsin user twofactor EMAIL\n"
"\n"
"code      prints a code, good once and for one day, with which the first owner is made at /setup;\n"
"          only while nobody can sign in\n"
"list      who may sign in\n"
"create    a person of the organisation; prints their first password (organiser, fr when not said)\n"
"password  gives a new password and prints it; all their sessions end\n"
"disable   ends their sessions; they cannot sign in until enabled again. Not the last administrator;\n"
"          operations that were theirs alone go to the first administrator\n"
"twofactor turns the second step of signing in off, for who lost telephone and recovery codes\n";

/* As the sign-in form folds it: addresses are stored in lower case. */
static const char *
lower(struct arena *a, const char *email)
{
	char *out = arena_strdup(a, email);

	for (char *c = out; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return out;
}

static int
code(struct db *db, struct arena *a)
{
	const char *text;

	switch (setup_needed(db, a)) {
	case FOUND:	break;
	case NONE:	return failed("there is an owner already; tocsin user list shows who may sign in");
	case FAILED:	return failed("the database does not answer");
	}
	if ((text = setup_code(db, clock_now_us(), a)) == NULL)
		return failed("no code could be stored");
	printf("Open %s/setup and enter this code (good once, for one day):\n\n    %s\n\n", conf.public_url, text);
	return 0;
}

static int
list(struct db *db, struct arena *a)
{
	struct admin_user *u;
	uint64_t volunteers;
	size_t n;

	if (!admin_users(db, &u, &n, &volunteers, a))
		return failed("the database does not answer");
	for (size_t i = 0; i < n; i++) {
		char seen[20] = "never signed in";
		if (u[i].seen_at > 0)
			clock_text("UTC", u[i].seen_at, seen, sizeof(seen));
		printf("%-30s  %-24s  %-13s  %-20s  %s%s\n", u[i].email, u[i].name, u[i].role, u[i].organisation, seen,
		    u[i].disabled ? "  DISABLED" : "");
	}
	if (n == 0)
		printf("Nobody may sign in yet: tocsin user code starts the first owner.\n");
	printf("%llu more came by a link, without an e-mail address.\n", (unsigned long long)volunteers);
	return 0;
}

/* why: read after the verb has written it. */
static int
outcome(enum saved s, const enum refusal *why)
{
	switch (s) {
	case SAVED:
	case ALREADY:	return 0;
	case REFUSED:	return failed("%s", refusal_text(*why, LANG_EN));
	case UNSURE:	return failed("the connection to the database broke; look with tocsin user list, then try again");
	case NOT_SAVED:	break;
	}
	return failed("it could not be stored");
}

static int
create(struct db *db, int argc, char **argv, struct arena *a)
{
	static const struct { const char *word; enum role role; } roles[] = {
		{ "administrator", ROLE_ADMINISTRATOR }, { "organiser", ROLE_ORGANISER }, { "observer", ROLE_OBSERVER },
		{ "volunteer", ROLE_VOLUNTEER },
	};
	struct user_new u = { .role = ROLE_ORGANISER, .lang = LANG_FR, .contact = "" };
	struct admin_organisation *org;
	struct user_id id;
	enum refusal why = R_NONE;
	size_t n, i;
	int bad;

	if (argc < 4 || argc > 6)
		return used_wrongly("user", "create needs an e-mail address and a name");
	u.email = lower(a, argv[2]);
	u.name = argv[3];
	if (strchr(u.email, '@') == NULL || strlen(u.email) > 190)
		return used_wrongly("user", "this is no e-mail address");
	if (*u.name == '\0')
		return used_wrongly("user", "the name is empty");
	for (int arg = 4; arg < argc; arg++) {
		for (i = 0; i < NITEMS(roles) && strcmp(roles[i].word, argv[arg]) != 0; i++)
			;
		if (i < NITEMS(roles))
			u.role = roles[i].role;
		else if (strcmp(argv[arg], "en") == 0 || strcmp(argv[arg], "fr") == 0)
			u.lang = lang_of(argv[arg]);
		else
			return used_wrongly("user", "the role is administrator, organiser, observer or volunteer; the language fr or en");
	}
	if (!admin_organisations(db, &org, &n, a))
		return failed("the database does not answer");
	if (n == 0)
		return failed("there is no organisation yet: tocsin user code starts the first owner, who names it");
	u.password = password_new(a);
	bad = outcome(user_create(db, org[0].id, &u, (struct user_id){ 0 }, clock_now_us(), &id, &why, a), &why);
	if (bad == 0)
		printf("%s may sign in at %s/sign-in with the password\n\n    %s\n\nand should change it there.\n",
		    u.email, conf.public_url, u.password);
	return bad;
}

static int
change(struct db *db, const char *verb, const char *email, struct arena *a)
{
	struct staff_by by = { .now = clock_now_us() };
	struct user u;
	enum refusal why = R_NONE;
	const char *password;
	int bad;

	switch (user_by_email(db, lower(a, email), &u, a)) {
	case FOUND:	break;
	case NONE:	return failed("nobody has the e-mail address %s", email);
	case FAILED:	return failed("the database does not answer");
	}
	if (strcmp(verb, "twofactor") == 0)
		return outcome(two_factor_reset(db, u.id, by.user, by.now, a), &why);
	if (strcmp(verb, "password") != 0)
		return outcome(staff_disable(db, &by, u.id, strcmp(verb, "disable") == 0, &why, a), &why);
	password = password_new(a);
	bad = outcome(user_reset_password(db, u.id, password, clock_now_us(), &why, a), &why);
	if (bad == 0)
		printf("%s's new password:\n\n    %s\n\n", u.name, password);
	return bad;
}

int
user_run(int argc, char **argv, struct arena *a)
{
	const char *verb = argc > 1 ? argv[1] : "";
	bool changes = strcmp(verb, "password") == 0 || strcmp(verb, "disable") == 0 ||
	    strcmp(verb, "enable") == 0 || strcmp(verb, "twofactor") == 0;
	struct db *db;
	int bad;

	if (strcmp(verb, "code") != 0 && strcmp(verb, "list") != 0 && strcmp(verb, "create") != 0 && !changes)
		return used_wrongly("user", argc > 1 ? "there is no such subcommand" : "say what to do");
	if (changes && argc != 3)
		return used_wrongly("user", "needs one e-mail address");
	seal_open();
	db = db_open(false);
	if (changes)
		bad = change(db, verb, argv[2], a);
	else if (strcmp(verb, "create") == 0)
		bad = create(db, argc, argv, a);
	else if (argc != 2)
		bad = used_wrongly("user", "takes no further arguments");
	else
		bad = strcmp(verb, "code") == 0 ? code(db, a) : list(db, a);
	db_close(db);
	return bad;
}
