/* Users, sign-in with its pauses, sessions: begin, expire, end. */
#include <sys/wait.h>
#include <unistd.h>

#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "domain/session.h"
#include "domain/signin.h"
#include "domain/staff.h"
#include "domain/user.h"

#include "check.h"

#define T0	(20000 * DAY_US)

static struct db *db;
static struct arena *a;
#include "sql.h"
static const struct organisation_id org = { 1 };
static struct user_id marie;

static enum found
who_of(const char *token, uint64_t operation, int64_t now, struct who *out)
{
	unsigned char hash[32];

	seal_sha256(token, strlen(token), hash);
	return session_who(db, hash, operation, now, out, a);
}

static const char *
enter(const char *email, const char *password, const char *address, int64_t now)
{
	struct signed_in in;
	enum refusal why;

	switch (signin_by_password(db, email, password, address, now, &in, &why, a)) {
	case SAVED:	return in.token;
	case REFUSED:	return refusal_key(why);
	default:	return "failed";
	}
}

static bool
is_token(const char *s)
{
	return strlen(s) == 43;
}

static void
users(void)
{
	struct user_new new = { "Marie Gagnon", "marie@example.org", "cheval correct pile", NULL, ROLE_ORGANISER, LANG_FR };
	struct user_new twin = { "Somebody", "marie@example.org", "another password", NULL, ROLE_VOLUNTEER, LANG_EN };
	struct user_new short_one = { "Léa Dubois", "lea@example.org", "short", NULL, ROLE_VOLUNTEER, LANG_EN };
	struct user_id id;
	struct user *list;
	struct user u;
	enum refusal why;
	size_t n;

	CHECK_CASE("a user is made", user_create(db, org, &new, (struct user_id){ 0 }, T0, &marie, &why, a) == SAVED);
	CHECK_CASE("an e-mail address is used once", user_create(db, org, &twin, marie, T0, &id, &why, a) == REFUSED && why == R_EMAIL_TAKEN);
	CHECK_CASE("a short password is refused", user_create(db, org, &short_one, marie, T0, &id, &why, a) == REFUSED && why == R_PASSWORD_SHORT);
	short_one.password = "dix caractères";
	CHECK_CASE("ten characters are enough", user_create(db, org, &short_one, marie, T0, &id, &why, a) == SAVED);
	CHECK_CASE("found by e-mail", user_by_email(db, "marie@example.org", &u, a) == FOUND && u.id.v == marie.v && u.role == ROLE_ORGANISER);
	CHECK_CASE("nobody by another", user_by_email(db, "nobody@example.org", &u, a) == NONE);
	CHECK_CASE("found by name without its accent, fact 84", user_search(db, org, "lea", (struct operation_id){ 0 }, &list, &n, a) && n == 1 && list[0].id.v == id.v);
	CHECK_CASE("found by a part of the e-mail", user_search(db, org, "ARIE@ex", (struct operation_id){ 0 }, &list, &n, a) && n == 1);
	CHECK_CASE("a per cent sign is a sign", user_search(db, org, "%", (struct operation_id){ 0 }, &list, &n, a) && n == 0);
	CHECK_CASE("another organisation's people are not found", user_search(db, (struct organisation_id){ 2 }, "marie", (struct operation_id){ 0 }, &list, &n, a) && n == 0);
}

static void
sign_in(void)
{
	const char *token = enter("marie@example.org", "cheval correct pile", "203.0.113.1", T0);
	int64_t pause = (int64_t)conf.signin_pause_minutes * MINUTE_US;
	char email[40];
	struct who w;

	CHECK_CASE("the right password lets in", is_token(token));
	CHECK_CASE("and says who it is", who_of(token, 0, T0, &w) == FOUND && w.user == marie.v && w.role == ROLE_ORGANISER && strcmp(w.name, "Marie Gagnon") == 0 && strcmp(w.zone, "America/Toronto") == 0);
	CHECK_EQ_U_N("its forms carry 128 bits", strlen(w.csrf), 32);
	CHECK_CASE("the cookie is stored nowhere", strcmp(value(arena_fmt(a, "SELECT COUNT(*) FROM session WHERE token_hash = '%s' OR csrf = '%s'", token, token)), "0") == 0);
	CHECK_EQ_S(enter("marie@example.org", "wrong password", "203.0.113.1", T0), "wrong_password");
	CHECK_EQ_S_N("no such account: the same answer", enter("nobody@example.org", "wrong password", "203.0.113.1", T0), "wrong_password");
	CHECK_EQ_S_N("both failures are in the audit", value("SELECT COUNT(*) FROM audit WHERE verb = 'signin.wrong'"), "2");
	CHECK_EQ_S_N("and the sign-in", value("SELECT COUNT(*) FROM audit WHERE verb = 'signin'"), "1");

	for (unsigned i = 0; i < conf.signin_tries; i++)
		enter("lea@example.org", "wrong", "203.0.113.2", T0);
	CHECK_EQ_S_N("after too many failures even the right password waits", enter("lea@example.org", "dix caractères", "203.0.113.3", T0), "signin_paused");
	CHECK_CASE("the others do not", is_token(enter("marie@example.org", "cheval correct pile", "203.0.113.2", T0)));
	CHECK_EQ_S_N("until the pause is over", enter("lea@example.org", "dix caractères", "203.0.113.3", T0 + pause - 1), "signin_paused");
	CHECK_CASE("then it works", is_token(enter("lea@example.org", "dix caractères", "203.0.113.3", T0 + pause)));
	for (unsigned i = 0; i < conf.signin_tries - 1; i++)
		enter("lea@example.org", "wrong", "203.0.113.3", T0 + 2 * pause);
	CHECK_CASE("a success starts the account from nothing", is_token(enter("lea@example.org", "dix caractères", "203.0.113.3", T0 + 2 * pause)) &&
	    strcmp(enter("lea@example.org", "wrong", "203.0.113.3", T0 + 2 * pause), "wrong_password") == 0);

	for (unsigned i = 0; i < conf.signin_tries * 10; i++) {
		snprintf(email, sizeof(email), "guess%u@example.org", i);
		enter(email, "wrong", "203.0.113.66", T0);
	}
	CHECK_EQ_S_N("ten times as many failures pause an address", enter("marie@example.org", "cheval correct pile", "203.0.113.66", T0), "signin_paused");
	enter("marie@example.org", "cheval correct pile", "203.0.113.68", T0 + DAY_US);
	CHECK_CASE("old failures are forgotten, some at each try", strtoul(value("SELECT COUNT(*) FROM throttle WHERE subject LIKE 'u:guess%'"), NULL, 10) < 30);
	run("DELETE FROM session WHERE address = '203.0.113.68'");
	CHECK_CASE("and no other address", is_token(enter("marie@example.org", "cheval correct pile", "203.0.113.67", T0)));
}

static void
sessions(void)
{
	const char *one = enter("marie@example.org", "cheval correct pile", "203.0.113.7", T0);
	const char *two = enter("marie@example.org", "cheval correct pile", "203.0.113.8", T0 + SECOND_US);
	int64_t life = (int64_t)conf.session_days * DAY_US;
	unsigned char hash[32];
	struct staff_by by = { .now = T0 };
	struct session_row *list;
	struct user_id lea;
	enum refusal why;
	struct who w;
	size_t n;

	CHECK_CASE("a session lives its days", who_of(one, 0, T0 + life - 1, &w) == FOUND);
	CHECK_CASE("and not longer", who_of(one, 0, T0 + life, &w) == NONE);
	CHECK_CASE("a made-up cookie is nobody", who_of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 0, T0, &w) == NONE);
	CHECK_CASE("one sees one's own", session_list(db, marie, T0 + SECOND_US, &list, &n, a) && n >= 2 && strcmp(list[0].address, "203.0.113.8") == 0);
	seal_sha256(one, strlen(one), hash);
	lea.v = strtoull(value("SELECT id FROM user WHERE email = 'lea@example.org'"), NULL, 10);
	CHECK_CASE("nobody ends another's session", session_end_one(db, lea, hash, lea, T0) == ALREADY && who_of(one, 0, T0, &w) == FOUND);
	CHECK_CASE("one's own can be ended", session_end_one(db, marie, hash, marie, T0) == SAVED && who_of(one, 0, T0, &w) == NONE);
	CHECK_CASE("twice is no error", session_end_one(db, marie, hash, marie, T0) == ALREADY);

	one = enter("marie@example.org", "cheval correct pile", "203.0.113.7", T0);
	seal_sha256(two, strlen(two), hash);
	CHECK_CASE("the current password is asked for", user_change_password(db, marie, "wrong", "un nouveau secret", hash, T0, &why, a) == REFUSED && why == R_NOT_THIS_PASSWORD);
	run(arena_fmt(a, "INSERT INTO api_token (user_id, token_hash, form_key, name, scopes, created_at) VALUES (%llu, UNHEX(REPEAT('ab', 32)), UNHEX(REPEAT('ab', 16)), 'Site', 1, 1)",
	    (unsigned long long)marie.v));
	CHECK_CASE("the password changes", user_change_password(db, marie, "cheval correct pile", "un nouveau secret", hash, T0, &why, a) == SAVED);
	CHECK_EQ_S_N("tokens end with it", value("SELECT CONCAT(COUNT(ended_at), ' ', (SELECT COUNT(*) FROM audit WHERE verb = 'token.end_all')) FROM api_token"), "1 1");
	CHECK_CASE("every other session ends, this one stays", who_of(one, 0, T0, &w) == NONE && who_of(two, 0, T0, &w) == FOUND);
	CHECK_EQ_S_N("the old password is gone", enter("marie@example.org", "cheval correct pile", "203.0.113.9", T0), "wrong_password");
	CHECK_CASE("the new one works", is_token(enter("marie@example.org", "un nouveau secret", "203.0.113.9", T0)));

	run("UPDATE user SET role = 'administrator' WHERE email = 'lea@example.org'");	/* an organisation keeps one */
	CHECK_CASE("a disabled user is out at once", staff_disable(db, &by, marie, true, &why, a) == SAVED && who_of(two, 0, T0, &w) == NONE);
	CHECK_EQ_S_N("and cannot come back", enter("marie@example.org", "un nouveau secret", "203.0.113.9", T0), "wrong_password");
	CHECK_CASE("until enabled", staff_disable(db, &by, marie, false, &why, a) == SAVED && is_token(enter("marie@example.org", "un nouveau secret", "203.0.113.9", T0)));
	run("UPDATE session SET expires_at = 1");
	enter("marie@example.org", "un nouveau secret", "203.0.113.9", T0);
	CHECK_EQ_S_N("expired sessions go away at the next sign-in", value("SELECT COUNT(*) FROM session"), "1");
}

/* Ten guesses at the same instant, from ten addresses: no more of them are looked at than one after the other. */
static void
guesses_at_once(void)
{
	enum { AT_ONCE = 10 };
	pid_t child[AT_ONCE];
	unsigned looked_at = 0, paused = 0;
	int gate[2];

	if (pipe(gate) != 0)
		die("pipe");
	fflush(stdout);
	for (unsigned i = 0; i < AT_ONCE; i++)
		if ((child[i] = fork()) == 0) {
			char byte, address[20];
			const char *said;

			close(gate[1]);
			db = db_open(true);
			snprintf(address, sizeof(address), "198.51.100.%u", i);
			if (read(gate[0], &byte, 1) != 0)
				_exit(9);
			said = enter("lea@example.org", "a guess", address, T0 + 30 * DAY_US);
			_exit(strcmp(said, "wrong_password") == 0 ? 0 : strcmp(said, "signin_paused") == 0 ? 1 : 2);
		}
	close(gate[0]);
	usleep(300 * 1000);
	close(gate[1]);
	for (unsigned i = 0; i < AT_ONCE; i++) {
		int status;

		waitpid(child[i], &status, 0);
		looked_at += WIFEXITED(status) && WEXITSTATUS(status) == 0;
		paused += WIFEXITED(status) && WEXITSTATUS(status) == 1;
	}
	CHECK_EQ_U_N("ten guesses at the same instant: three are looked at", looked_at, conf.signin_tries);
	CHECK_EQ_U_N("and seven paused", paused, AT_ONCE - conf.signin_tries);
}

/* The role in the operation of the address comes with it. */
static void
roles(void)
{
	const char *token = enter("marie@example.org", "un nouveau secret", "203.0.113.10", T0);
	struct who w;

	run("INSERT INTO member (operation_id, user_id, role, joined_at) SELECT 7, id, 'owner', 0 FROM user WHERE email = 'marie@example.org'");
	CHECK_CASE("owner of operation 7", who_of(token, 7, T0, &w) == FOUND && w.member == MEMBER_OWNER);
	CHECK_CASE("fact 7: nothing in operation 8", who_of(token, 8, T0, &w) == FOUND && w.member == MEMBER_NONE);
}

int
main(void)
{
	log_open("session");
	conf_load();
	conf.signin_tries = 3;
	seal_open();
	a = arena_new();
	db = db_open(true);
	run("INSERT INTO organisation (id, name, created_at) VALUES (1, 'Comité', 0), (2, 'Others', 0)");
	users();
	sign_in();
	sessions();
	guesses_at_once();
	roles();
	db_close(db);
	arena_free(a);
	return check_done();
}
