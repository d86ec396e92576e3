/* Members and links: the last owner, roles never lowered, tokens, renewed and stopped links, twice and at once. */
#include <sys/wait.h>
#include <unistd.h>

#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "domain/link.h"
#include "domain/operation.h"
#include "domain/session.h"
#include "domain/share.h"
#include "domain/user.h"

#include "check.h"

#define T0	(20000 * DAY_US)
enum { AT_ONCE = 6 };

static struct db *db;
static struct arena *a;
#include "sql.h"
static struct operation op;
static const struct user_id marie = { 1 }, lea = { 2 }, karim = { 3 }, other = { 4 };
static enum refusal why;

static const char *
role_of(struct user_id user)
{
	return value(arena_fmt(a, "SELECT role FROM member WHERE operation_id = %llu AND user_id = %llu",
	    (unsigned long long)op.id.v, (unsigned long long)user.v));
}

static struct who
who(struct user_id user, uint64_t organisation)
{
	return (struct who){ .user = user.v, .organisation = organisation };
}

static void
members(void)
{
	struct member *list;
	struct user *found;
	size_t n;

	CHECK_CASE("fact 83: the creator is owner", share_members(db, &op, T0, &list, &n, a) && n == 1 &&
	    list[0].user.v == marie.v && list[0].role == MEMBER_OWNER);
	CHECK_CASE("fact 84, 90: found by name, who is in already is not", user_search(db, op.organisation, "l", op.id, &found, &n, a) && n == 1 && found[0].id.v == lea.v);
	CHECK_CASE("fact 90: an existing user is added as agent", share_add(db, &op, lea, MEMBER_AGENT, marie, T0, &why, a) == SAVED && strcmp(role_of(lea), "agent") == 0);
	CHECK_CASE("twice is once", share_add(db, &op, lea, MEMBER_AGENT, marie, T0, &why, a) == ALREADY);
	CHECK_CASE("nobody of another organisation", share_add(db, &op, other, MEMBER_AGENT, marie, T0, &why, a) == REFUSED && why == R_NOT_FOUND);
	CHECK_CASE("fact 97: the last owner cannot be removed", share_remove(db, &op, marie, marie, T0, &why, a) == REFUSED && why == R_LAST_OWNER);
	CHECK_CASE("fact 97: nor made an agent", share_set_role(db, &op, marie, MEMBER_AGENT, marie, T0, &why, a) == REFUSED && why == R_LAST_OWNER);
	CHECK_CASE("fact 84: a second owner", share_set_role(db, &op, lea, MEMBER_OWNER, marie, T0, &why, a) == SAVED && strcmp(role_of(lea), "owner") == 0);
	run("UPDATE user SET disabled_at = 1 WHERE id = 2");
	CHECK_CASE("fact 97: an owner who cannot sign in does not count", share_remove(db, &op, marie, marie, T0, &why, a) == REFUSED && why == R_LAST_OWNER);
	run("UPDATE user SET disabled_at = NULL WHERE id = 2");
	CHECK_CASE("then the first may go", share_set_role(db, &op, marie, MEMBER_AGENT, lea, T0, &why, a) == SAVED);
	CHECK_CASE("and come back", share_set_role(db, &op, marie, MEMBER_OWNER, lea, T0, &why, a) == SAVED);
	CHECK_CASE("removed", share_remove(db, &op, lea, marie, T0, &why, a) == SAVED && strcmp(role_of(lea), "") == 0);
	CHECK_CASE("who is not in cannot be removed", share_remove(db, &op, lea, marie, T0, &why, a) == REFUSED && why == R_NOT_FOUND);
	CHECK_EQ_S_N("each change is in the audit", value("SELECT COUNT(*) FROM audit WHERE verb LIKE 'member.%'"), "5");
	CHECK_CASE("the QR code can be switched off", share_set_qr(db, &op, false, marie, T0, &why, a) == SAVED);
	CHECK_CASE("and is", operation_by_id(db, op.id, &op, a) == FOUND && !op.share_qr);
}

/* Two owners remove each other at the same instant: one stays. */
static void
each_other(void)
{
	pid_t child[2];
	unsigned removed = 0;
	int gate[2];

	share_add(db, &op, lea, MEMBER_OWNER, marie, T0, &why, a);
	if (pipe(gate) != 0)
		die("pipe");
	fflush(stdout);
	for (unsigned i = 0; i < 2; i++)
		if ((child[i] = fork()) == 0) {
			struct db *own;
			char byte;

			close(gate[1]);
			own = db_open(true);
			if (read(gate[0], &byte, 1) != 0)
				_exit(9);
			_exit(share_remove(own, &op, i == 0 ? marie : lea, i == 0 ? lea : marie, T0, &why, a) == SAVED ? 0 : 1);
		}
	close(gate[0]);
	usleep(200 * 1000);
	close(gate[1]);
	for (unsigned i = 0; i < 2; i++) {
		int status;

		waitpid(child[i], &status, 0);
		removed += WIFEXITED(status) && WEXITSTATUS(status) == 0;
	}
	CHECK_EQ_U_N("fact 97: of two owners who remove each other at once, one is told no", removed, 1);
	CHECK_EQ_S_N("and one owner is left", value("SELECT COUNT(*) FROM member WHERE role = 'owner'"), "1");
	run("DELETE FROM member; INSERT INTO member (operation_id, user_id, role, joined_at) SELECT id, 1, 'owner', 0 FROM operation");
}

static void
tokens(void)
{
	struct link l, again, owners;
	struct invitation in;
	struct operation_id to;
	struct who w;

	CHECK_CASE("fact 87: the link is for agents by default", link_of(db, op.id, &l, a) == FOUND && l.role == MEMBER_AGENT && l.max_uses == 0);
	CHECK_EQ_U_N("fact 98: 144 bits", strlen(l.token), 24);
	CHECK_EQ_S_N("fact 86: its address", l.url, arena_fmt(a, "%s/j/%s", conf.public_url, l.token));
	CHECK_EQ_S_N("only its hash is stored", value(arena_fmt(a, "SELECT COUNT(*) FROM link WHERE token_hash = UNHEX(SHA2('%s', 256))", l.token)), "1");
	CHECK_CASE("the server can show it again", link_of(db, op.id, &again, a) == FOUND && strcmp(l.token, again.token) == 0);
	CHECK_CASE("an invented token is none", link_by_token(db, "AAAAAAAAAAAAAAAAAAAAAAAA", T0, &in, a) == NONE);
	CHECK_CASE("fact 88: it is an invitation to call", link_by_token(db, l.token, T0, &in, a) == FOUND && in.state == INVITE_OPEN && in.op.id.v == op.id.v && in.role == MEMBER_AGENT);
	w = who(karim, 1);
	CHECK_CASE("fact 88: who opens it becomes an agent", link_join(db, l.token, &w, T0, &to, &why, a) == SAVED && to.v == op.id.v && strcmp(role_of(karim), "agent") == 0);
	CHECK_CASE("joining twice is once", link_join(db, l.token, &w, T0, &to, &why, a) == ALREADY);
	w = who(marie, 1);
	CHECK_CASE("fact 95: an owner stays an owner", link_join(db, l.token, &w, T0, &to, &why, a) == ALREADY && strcmp(role_of(marie), "owner") == 0);
	CHECK_CASE("one person used it", link_of(db, op.id, &again, a) == FOUND && again.uses == 1);
	w = who(other, 2);
	CHECK_CASE("nobody of another organisation joins", link_join(db, l.token, &w, T0, &to, &why, a) == REFUSED && why == R_NOT_ALLOWED);

	CHECK_CASE("fact 89: a link for owners", link_renew(db, &op, MEMBER_OWNER, marie, T0, &owners, &why, a) == SAVED && owners.role == MEMBER_OWNER);
	CHECK_CASE("fact 96: the one before stops", link_by_token(db, l.token, T0, &in, a) == FOUND && in.state == INVITE_STOPPED);
	w = who(lea, 1);
	CHECK_CASE("fact 96: nobody joins by it", link_join(db, l.token, &w, T0, &to, &why, a) == REFUSED && why == R_LINK_ENDED && strcmp(role_of(lea), "") == 0);
	w = who(karim, 1);
	CHECK_CASE("fact 89: the new one makes the agent an owner", link_join(db, owners.token, &w, T0, &to, &why, a) == SAVED && strcmp(role_of(karim), "owner") == 0);
	w = who(lea, 1);
	CHECK_CASE("but works only once", link_by_token(db, owners.token, T0, &in, a) == FOUND && in.state == INVITE_USED_UP &&
	    link_join(db, owners.token, &w, T0, &to, &why, a) == REFUSED && why == R_LINK_ENDED);
	CHECK_CASE("renewed as a link for agents", link_renew(db, &op, MEMBER_AGENT, marie, T0, &l, &why, a) == SAVED);
	CHECK_CASE("it can end at a time", link_set_options(db, &op, &(struct link_options){ .expires_at = T0 + HOUR_US }, marie, T0, &why, a) == SAVED &&
	    link_by_token(db, l.token, T0 + HOUR_US - 1, &in, a) == FOUND && in.state == INVITE_OPEN &&
	    link_by_token(db, l.token, T0 + HOUR_US, &in, a) == FOUND && in.state == INVITE_EXPIRED);
	run("UPDATE operation SET state = 'archived'");
	CHECK_CASE("nobody joins what is over", link_by_token(db, l.token, T0, &in, a) == FOUND && in.state == INVITE_OVER);
	run("UPDATE operation SET state = 'draft'");
	CHECK_EQ_S_N("one link lives", value("SELECT COUNT(*) FROM link WHERE ended_at IS NULL"), "1");
}

static const char *
join_as(struct db *on, const char *token, const char *key)
{
	struct volunteer new = { "Zoé Tremblay", "418 555-0131", "203.0.113.4", key, LANG_FR };
	struct operation_id to;
	const char *session;
	enum saved s = link_join_new(on, token, &new, T0, &to, &session, &why, a);

	return s == SAVED || s == ALREADY ? session : s == REFUSED ? refusal_key(why) : "failed";
}

static enum found
who_of(const char *session, struct who *w)
{
	unsigned char hash[32];

	seal_sha256(session, strlen(session), hash);
	return session_who(db, hash, op.id.v, T0, w, a);
}

static void
volunteers(void)
{
	struct link l, old;
	const char *zoe, *again, *second;
	unsigned out;
	struct who w;
	pid_t child[AT_ONCE];
	int gate[2];

	link_renew(db, &op, MEMBER_AGENT, marie, T0, &l, &why, a);
	zoe = join_as(db, l.token, "first-page-key-0000000");
	CHECK_CASE("fact 94: a name is enough to join", who_of(zoe, &w) == FOUND && w.member == MEMBER_AGENT && w.role == ROLE_VOLUNTEER && strcmp(w.name, "Zoé Tremblay") == 0);
	again = join_as(db, l.token, "first-page-key-0000000");
	CHECK_EQ_S_N("the same form twice is one volunteer with one session", again, zoe);
	CHECK_EQ_S_N("one user", value("SELECT COUNT(*) FROM user WHERE name = 'Zoé Tremblay'"), "1");
	second = join_as(db, l.token, "other-page-key-0000000");
	CHECK_CASE("another page is another volunteer", strcmp(second, zoe) != 0 && who_of(second, &w) == FOUND);
	CHECK_CASE("two used it", link_of(db, op.id, &old, a) == FOUND && old.uses == 2);

	if (pipe(gate) != 0)
		die("pipe");
	fflush(stdout);
	for (unsigned i = 0; i < AT_ONCE; i++)
		if ((child[i] = fork()) == 0) {
			struct db *own;
			char byte;

			close(gate[1]);
			own = db_open(true);
			if (read(gate[0], &byte, 1) != 0)
				_exit(9);
			_exit(strlen(join_as(own, l.token, "clicked-six-times-0000")) == 43 ? 0 : 1);
		}
	close(gate[0]);
	usleep(300 * 1000);
	close(gate[1]);
	for (unsigned i = 0; i < AT_ONCE; i++) {
		int status;

		waitpid(child[i], &status, 0);
		CHECK_CASE("each of six clicks is let in", WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	CHECK_EQ_S_N("six clicks at the same instant are one volunteer", value("SELECT COUNT(*) FROM user WHERE name = 'Zoé Tremblay'"), "3");
	CHECK_CASE("used by three", link_of(db, op.id, &old, a) == FOUND && old.uses == 3);

	CHECK_CASE("fact 96: renewing", link_renew(db, &op, MEMBER_AGENT, marie, T0, &l, &why, a) == SAVED);
	CHECK_EQ_S_N("stops the old link for newcomers", join_as(db, old.token, "late-page-key-00000000"), "link_ended");
	CHECK_CASE("and leaves those who joined in", who_of(zoe, &w) == FOUND);
	CHECK_CASE("stopping", link_stop(db, &op, marie, T0, &out, &why, a) == SAVED);
	CHECK_EQ_U_N("signs out everybody who came by a link, also an earlier one", out, 3);
	CHECK_CASE("at once", who_of(zoe, &w) == NONE && who_of(second, &w) == NONE);
	CHECK_EQ_S_N("the link is off", join_as(db, l.token, "late-page-key-00000000"), "link_ended");
	CHECK_CASE("and there is none", link_of(db, op.id, &l, a) == NONE);
	link_renew(db, &op, MEMBER_OWNER, marie, T0, &l, &why, a);
	CHECK_EQ_S_N("a link for owners needs an account", join_as(db, l.token, "owner-page-key-0000000"), "not_signed_in");
}

/* Whom a volunteer holds goes back to the list when their link is stopped or they are removed. */
static void
held(void)
{
	struct link l;
	const char *session, *user;
	unsigned out;
	struct who w;

	link_renew(db, &op, MEMBER_AGENT, marie, T0, &l, &why, a);
	session = join_as(db, l.token, "holding-page-key-00000");
	who_of(session, &w);
	user = arena_fmt(a, "%llu", (unsigned long long)w.user);
	run(arena_fmt(a, "INSERT INTO person (id, organisation_id, kind, created_at, updated_at) VALUES (50, 1, 'contact', 0, 0);"
	    "INSERT INTO entry (id, operation_id, person_id, state, band, due_at, e164, loaded_at) VALUES (70, %llu, 50, 'held', 8, 5, '+14385550000', 0);"
	    "UPDATE queue_tally SET held = 1 WHERE operation_id = %llu AND shard = 0;"
	    "INSERT INTO hold (user_id, operation_id, entry_id, person_id, e164, claimed_at, held_until, state, band, due_at)"
	    " VALUES (%s, %llu, 70, 50, '+14385550000', %lld, %lld, 'ready', 3, 5)", (unsigned long long)op.id.v,
	    (unsigned long long)op.id.v, user, (unsigned long long)op.id.v, (long long)T0, (long long)(T0 + HOUR_US)));
	CHECK_EQ_S_N("held before", value("SELECT COUNT(*) FROM hold"), "1");
	CHECK_CASE("a stopped link", link_stop(db, &op, marie, T0, &out, &why, a) == SAVED && out == 1);
	CHECK_EQ_S_N("gives back whom its people held", value("SELECT CONCAT(state, ' ', band, ' ', (SELECT COUNT(*) FROM hold)) FROM entry WHERE id = 70"), "ready 3 0");
}

int
main(void)
{
	struct operation_id id;

	log_open("share");
	conf_load();
	seal_open();
	a = arena_new();
	db = db_open(true);
	run("INSERT INTO organisation (id, name, created_at) VALUES (1, 'Comité', 0), (2, 'Others', 0);"
	    "INSERT INTO user (id, organisation_id, email, name, password_hash, role, created_at) VALUES"
	    " (1, 1, 'marie@example.org', 'Marie Gagnol', 'x', 'organiser', 0), (2, 1, 'dubois@example.org', 'Léa', 'x', 'volunteer', 0),"
	    " (3, 1, 'karim@x.org', 'Karim', 'x', 'volunteer', 0), (4, 2, 'l@other.org', 'Luc', 'x', 'organiser', 0)");
	if (!CHECK_CASE("an operation", operation_create(db, (struct organisation_id){ 1 }, marie, T0, &id, a) == SAVED && operation_by_id(db, id, &op, a) == FOUND))
		return check_done();
	members();
	each_other();
	tokens();
	volunteers();
	held();
	db_close(db);
	arena_free(a);
	return check_done();
}
