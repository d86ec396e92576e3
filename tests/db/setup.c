/* The first owner: a one-time code, and only one however many ask at the same instant. */
#include <sys/wait.h>
#include <unistd.h>

#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "domain/setup.h"

#include "check.h"

#define T0	(20000 * DAY_US)
enum { AT_ONCE = 6 };

static struct db *db;
static struct arena *a;
#include "sql.h"

static const char *
ask(struct db *on, const char *code, const char *email, int64_t now)
{
	struct first_owner in = { code, "Comité de Laval", "Marie Gagnon", email, "cheval correct pile", LANG_FR, "127.0.0.1" };
	const char *token;
	struct user_id id;
	enum refusal why;

	switch (setup_first_owner(on, &in, now, &id, &token, &why, a)) {
	case SAVED:	return "saved";
	case REFUSED:	return refusal_key(why);
	default:	return "failed";
	}
}

/* Several processes, each with a code of its own, wait for the same moment. Answers how many were told "saved". */
static unsigned
all_at_once(const char *const codes[AT_ONCE])
{
	unsigned saved = 0;
	pid_t child[AT_ONCE];
	int gate[2];

	if (pipe(gate) != 0)
		die("pipe");
	fflush(stdout);
	for (unsigned i = 0; i < AT_ONCE; i++)
		if ((child[i] = fork()) == 0) {
			struct db *own;
			const char *said;
			char byte, email[40];

			close(gate[1]);
			own = db_open(true);
			snprintf(email, sizeof(email), "owner%u@example.org", i);
			if (read(gate[0], &byte, 1) != 0)
				_exit(9);
			said = ask(own, codes[i], email, T0);
			_exit(strcmp(said, "saved") == 0 ? 0 : strcmp(said, "failed") == 0 ? 2 : 1);
		}
	close(gate[0]);
	usleep(300 * 1000);		/* all are connected and waiting */
	close(gate[1]);			/* now */
	for (unsigned i = 0; i < AT_ONCE; i++) {
		int status;

		waitpid(child[i], &status, 0);
		CHECK_CASE("each is told yes or no", WIFEXITED(status) && WEXITSTATUS(status) <= 1);
		saved += WIFEXITED(status) && WEXITSTATUS(status) == 0;
	}
	return saved;
}

int
main(void)
{
	const char *codes[AT_ONCE], *old, *first;

	log_open("setup");
	conf_load();
	conf.signin_tries = 50;
	seal_open();
	a = arena_new();
	db = db_open(true);
	CHECK_CASE("an empty installation needs its owner", setup_needed(db, a) == FOUND);
	first = setup_code(db, T0, a);
	old = setup_code(db, T0 - 2 * DAY_US, a);
	if (!CHECK_CASE("a code is made", first != NULL && old != NULL && strlen(first) == 14))
		return check_done();
	CHECK_EQ_S_N("it is stored as its hash only", value(arena_fmt(a, "SELECT COUNT(*) FROM one_time_code WHERE code_hash = UNHEX(SHA2(REPLACE('%s', '-', ''), 256))", first)), "1");
	CHECK_EQ_S_N("a guessed code", ask(db, "0000-0000-0000", "x@example.org", T0), "wrong_code");
	CHECK_EQ_S_N("no code at all", ask(db, "", "x@example.org", T0), "wrong_code");
	CHECK_EQ_S_N("yesterday's code", ask(db, old, "x@example.org", T0), "wrong_code");
	CHECK_EQ_S_N("nothing was made by the wrong ones", value("SELECT COUNT(*) FROM user"), "0");
	for (unsigned i = 0; i < AT_ONCE; i++)	/* half have the same code, half their own */
		codes[i] = i % 2 == 0 ? first : setup_code(db, T0, a);
	CHECK_EQ_U_N("of six at the same instant one becomes owner", all_at_once(codes), 1);
	CHECK_EQ_S_N("one user", value("SELECT COUNT(*) FROM user"), "1");
	CHECK_EQ_S_N("an administrator", value("SELECT role FROM user"), "administrator");
	CHECK_EQ_S_N("one organisation", value("SELECT COUNT(*) FROM organisation"), "1");
	CHECK_EQ_S_N("in the audit", value("SELECT COUNT(*) FROM audit WHERE verb = 'organisation.create'"), "1");
	CHECK_CASE("nothing is needed any more", setup_needed(db, a) == NONE);
	CHECK_CASE("no further code is made", setup_code(db, T0, a) == NULL);
	CHECK_EQ_S_N("an unused code is of no use now", ask(db, codes[1], "x@example.org", T0), "not_found");
	db_close(db);
	arena_free(a);
	return check_done();
}
