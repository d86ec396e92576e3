/*
 * join.c - what a link gives to who opens it; see link.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/seal.h"

#include "domain/audit.h"
#include "domain/hours.h"
#include "domain/link.h"
#include "domain/outcome.h"
#include "domain/session.h"
#include "domain/share.h"
#include "domain/throttle.h"
#include "domain/user.h"

enum { Q_BY_TOKEN, Q_LOCK, Q_USED, Q_SESSION, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_BY_TOKEN] = { "b", "uusiiuusu",
	    "SELECT l.id, l.operation_id, l.role, COALESCE(l.ended_at, 0), COALESCE(l.expires_at, 0), l.uses, COALESCE(l.max_uses, 0), g.name, l.asks_contact"
	    " FROM link l JOIN operation o ON o.id = l.operation_id JOIN organisation g ON g.id = o.organisation_id"
	    " WHERE l.token_hash = ?" },
	[Q_LOCK]    = { "u", "u", "SELECT id FROM link WHERE id = ? FOR UPDATE" },
	[Q_USED]    = { "u", "", "UPDATE link SET uses = uses + 1 WHERE id = ?" },
	[Q_SESSION] = { "bui", "u", "SELECT user_id FROM session WHERE token_hash = ? AND link_id = ? AND expires_at > ?" },
};
DB_STATEMENTS(q)

static enum invite_state
state_of(const struct row *r, const struct operation *op, int64_t now)
{
	int64_t ended = row_i(r, 3), expires = row_i(r, 4);

	if (ended != 0)
		return INVITE_STOPPED;
	if (op->state == OP_ARCHIVED ||
	    (op->dated && hours_at(&op->hours, op->zone, now, NULL, NULL) == HOURS_ENDED))
		return INVITE_OVER;
	if (expires != 0 && now >= expires)
		return INVITE_EXPIRED;
	return row_u(r, 6) != 0 && row_u(r, 5) >= row_u(r, 6) ? INVITE_USED_UP : INVITE_OPEN;
}

enum found
link_by_token(struct db *db, const char *token, int64_t now, struct invitation *out, struct arena *a)
{
	unsigned char hash[32];
	struct row r;
	enum found f;

	seal_sha256(token, strlen(token), hash);
	if ((f = db_row(db, &q[Q_BY_TOKEN], IN(V_B(hash, 32)), a, &r)) != FOUND)
		return f;
	*out = (struct invitation){
		.link = row_u(&r, 0), .organisation = row_s(&r, 7),
		.role = member_role_of_word(row_s(&r, 2)), .asks_contact = row_u(&r, 8) != 0,
	};
	if ((f = operation_by_id(db, (struct operation_id){ row_u(&r, 1) }, &out->op, a)) != FOUND)
		return f;
	out->state = state_of(&r, &out->op, now);
	return FOUND;
}

struct join {
	const char *token;
	const struct who *who;		/* signed in, or NULL: */
	const struct volunteer *new;
	const char *session;
	int64_t now;
	struct operation_id op;
	enum refusal why;
	bool already;
	struct arena *arena;
};

static bool
refuse(struct join *j, enum refusal why)
{
	j->why = why;
	return false;
}

/* Reads the link with its row locked: of two who want its last use, one gets it. */
static bool
open_link(struct db *db, struct join *j, struct invitation *in)
{
	struct row r;
	enum found f = link_by_token(db, j->token, j->now, in, j->arena);

	j->why = R_NONE;
	j->already = false;
	if (f == FOUND && (f = db_row(db, &q[Q_LOCK], IN(V_U(in->link)), j->arena, &r)) == FOUND)
		f = link_by_token(db, j->token, j->now, in, j->arena);
	if (f != FOUND)
		return f == NONE ? refuse(j, R_LINK_ENDED) : false;
	j->op = in->op.id;
	return true;
}

static bool
join(struct db *db, void *ctx)
{
	struct join *j = ctx;
	struct user_id user = { j->who->user };
	struct invitation in;
	struct user u;
	bool raised;

	if (!open_link(db, j, &in))
		return false;
	if (in.op.organisation.v != j->who->organisation)
		return refuse(j, R_NOT_ALLOWED);
	if (in.role != MEMBER_AGENT) {
		if (user_by_id(db, user, &u, j->arena) != FOUND)
			return false;
		if (u.password_hash == NULL)
			return refuse(j, R_NOT_SIGNED_IN);
	}
	if (!member_join(db, in.op.id, user, in.role, in.link, j->now, &raised, j->arena))
		return false;
	if (!raised)			/* who is in stays in, whatever became of the link */
		return j->already = true;
	if (in.state != INVITE_OPEN)
		return refuse(j, R_LINK_ENDED);
	return db_write(db, &q[Q_USED], IN(V_U(in.link)), NULL) == WROTE &&
	    audit_add(db, in.op.organisation, user, j->now, "member.join", "operation", in.op.id.v,
	    arena_fmt(j->arena, "%s, by link", member_role_word(in.role)));
}

enum saved
link_join(struct db *db, const char *token, const struct who *who, int64_t now,
    struct operation_id *out, enum refusal *why, struct arena *a)
{
	struct join j = { .token = token, .who = who, .now = now, .arena = a };
	enum tx t = tx_write(db, join, &j);
	enum saved s = saved_of(t, j.why);

	*why = j.why;
	*out = j.op;
	return s == SAVED && j.already ? ALREADY : s;
}

static bool
join_new(struct db *db, void *ctx)
{
	struct join *j = ctx;
	struct user_new new = {
		.name = j->new->name, .contact = j->new->contact, .role = ROLE_VOLUNTEER, .lang = j->new->lang,
	};
	unsigned char hash[32];
	struct invitation in;
	struct user_id user;
	struct row r;
	bool taken, raised;
	enum found f;

	if (!open_link(db, j, &in))
		return false;
	seal_sha256(j->session, strlen(j->session), hash);
	if ((f = db_row(db, &q[Q_SESSION], IN(V_B(hash, 32), V_U(in.link), V_I(j->now)), j->arena, &r)) == FOUND)
		return j->already = true;
	if (f == FAILED)
		return false;
	if (in.state != INVITE_OPEN)
		return refuse(j, R_LINK_ENDED);
	if (in.role != MEMBER_AGENT)
		return refuse(j, R_NOT_SIGNED_IN);
	if (in.asks_contact && *new.contact == '\0')
		return refuse(j, R_MISSING);
	return user_add(db, in.op.organisation, &new, NULL, (struct user_id){ 0 }, j->now, &user, &taken, j->arena) &&
	    member_join(db, in.op.id, user, in.role, in.link, j->now, &raised, j->arena) &&
	    session_add(db, user, in.link, j->new->address, j->now, &j->session, j->arena) &&
	    db_write(db, &q[Q_USED], IN(V_U(in.link)), NULL) == WROTE &&
	    audit_add(db, in.op.organisation, user, j->now, "member.join", "operation", in.op.id.v, "agent, by link, new");
}

enum saved
link_join_new(struct db *db, const char *token, const struct volunteer *new, int64_t now,
    struct operation_id *out, const char **session, enum refusal *why, struct arena *a)
{
	struct join j = { .token = token, .new = new, .now = now, .arena = a };
	const char *form = arena_fmt(a, "%s/%s", token, new->key);
	unsigned char mark[32];
	enum tx t;
	enum saved s;

	*why = R_NONE;
	switch (throttle_join(db, new->address, now, a)) {
	case TRY_ALLOWED: break;
	case TRY_PAUSED:  *why = R_JOINS_PAUSED; return REFUSED;
	case TRY_FAILED:  return NOT_SAVED;
	}
	seal_mark("join", form, strlen(form), mark);
	j.session = seal_base64url(a, mark, sizeof(mark));
	t = tx_write(db, join_new, &j);
	s = saved_of(t, j.why);
	*why = j.why;
	*out = j.op;
	*session = j.session;
	return s == SAVED && j.already ? ALREADY : s;
}
