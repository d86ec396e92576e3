/*
 * practice_link.c - the link by which anybody may rehearse an operation, and who comes by it.
 */
#include "domain/practice_in.h"

#include "domain/outcome.h"
#include "domain/session.h"
#include "domain/throttle.h"
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

enum { Q_OF, Q_ADD, Q_END, Q_BY_TOKEN, Q_SEAT, Q_VISITOR, Q_SESSION, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_OF] = { "u", "b", "SELECT nonce FROM practice_link WHERE operation_id = ?" },
	[Q_ADD] = { "ubbui", "", "INSERT INTO practice_link (operation_id, nonce, token_hash, created_by, created_at) VALUES (?, ?, ?, ?, ?)" },
	[Q_END] = { "u", "", "DELETE FROM practice_link WHERE operation_id = ?" },
	[Q_BY_TOKEN] = { "b", "us", "SELECT l.operation_id, g.name FROM practice_link l JOIN operation o ON o.id = l.operation_id"
	    " JOIN organisation g ON g.id = o.organisation_id WHERE l.token_hash = ?" },
	[Q_SEAT] = { "uu", "u", "SELECT operation_id FROM practice WHERE as_id = ? AND of_id = ? AND ended_at IS NULL" },
	[Q_VISITOR] = { "u", "u", "SELECT operation_id FROM practice WHERE as_id = ?" },
	[Q_SESSION] = { "bi", "u", "SELECT x.operation_id FROM session s JOIN practice x ON x.as_id = s.user_id"
	    " WHERE s.token_hash = ? AND s.expires_at > ?" },
};
DB_STATEMENTS(q)

enum found
practice_link_of(struct db *db, struct operation_id op, const char **url, struct arena *a)
{
	struct row r;
	size_t n;
	const void *nonce;
	enum found f = db_row(db, &q[Q_OF], IN(V_U(op.v)), a, &r);

	if (f != FOUND)
		return f;
	nonce = row_b(&r, 0, &n);
	assert(n == SEAL_NONCE);
	*url = arena_fmt(a, "%s/practice/%s", conf.public_url, seal_address(a, "practice", op.v, nonce));
	return FOUND;
}

struct change {
	const struct operation *op;
	bool on;
	struct user_id by;
	int64_t now;
	enum refusal why;
	bool already;
	struct arena *arena;
};

static bool
set(struct db *db, void *ctx)
{
	struct change *c = ctx;
	unsigned char nonce[SEAL_NONCE], hash[32];
	const char *token;
	uint64_t ended = 0;

	c->already = false;
	c->why = c->on && c->op->state == OP_DRAFT ? R_WRONG_STATE : R_NONE;
	if (c->why != R_NONE)
		return false;
	if (!c->on) {
		if (db_write(db, &q[Q_END], IN(V_U(c->op->id.v)), &ended) != WROTE)
			return false;
		c->already = ended == 0;
	} else {
		seal_random(nonce, sizeof(nonce));
		token = seal_address(c->arena, "practice", c->op->id.v, nonce);
		seal_sha256(token, strlen(token), hash);
		switch (db_write(db, &q[Q_ADD], IN(V_U(c->op->id.v), V_B(nonce, sizeof(nonce)), V_B(hash, sizeof(hash)), V_U(c->by.v),
		    V_I(c->now)), NULL)) {
		case WROTE:		break;
		case DUPLICATE:		return c->already = true;
		case NOT_WRITTEN:	return false;
		}
	}
	return c->already || operation_touch(db, c->op->id, 0, c->by, c->now, "practice.link", c->on ? "on" : "off", c->arena);
}

enum saved
practice_link_set(struct db *db, const struct operation *op, bool on, struct user_id by, int64_t now, enum refusal *why, struct arena *a)
{
	struct change c = { .op = op, .on = on, .by = by, .now = now, .arena = a };
	enum tx t = tx_write(db, set, &c);
	enum saved s = saved_of(t, c.why);

	*why = c.why;
	return s == SAVED && c.already ? ALREADY : s;
}

/* --- who comes by it --- */

enum found
practice_by_token(struct db *db, const char *token, struct practice_invitation *out, struct arena *a)
{
	unsigned char hash[32];
	struct row r;
	enum found f;

	seal_sha256(token, strlen(token), hash);
	if ((f = db_row(db, &q[Q_BY_TOKEN], IN(V_B(hash, sizeof(hash))), a, &r)) != FOUND)
		return f;
	*out = (struct practice_invitation){ .organisation = row_s(&r, 1) };
	if ((f = operation_by_id(db, (struct operation_id){ row_u(&r, 0) }, &out->op, a)) != FOUND)
		return f;
	out->open = out->op.state == OP_ACTIVE || out->op.state == OP_PAUSED;
	return FOUND;
}

enum found
practice_of_visitor(struct db *db, struct operation_id of, const struct who *who, struct operation_id *out, struct arena *a)
{
	struct row r;
	enum found f = who->user == 0 ? NONE : db_row(db, &q[Q_SEAT], IN(V_U(who->user), V_U(of.v)), a, &r);

	if (f == FOUND)
		out->v = row_u(&r, 0);
	return f;
}

enum found
practice_visitor(struct db *db, const struct who *who, struct arena *a)
{
	struct row r;

	return who->user == 0 ? NONE : db_row(db, &q[Q_VISITOR], IN(V_U(who->user)), a, &r);
}

struct visit {
	const char *token, *session;
	const struct volunteer *v;
	int64_t now;
	struct operation_id practice;
	enum refusal why;
	bool already;
	struct arena *arena;
};

static bool
visit(struct db *db, void *ctx)
{
	struct visit *x = ctx;
	struct practice_invitation in;
	struct practice_new new;
	unsigned char hash[32];
	struct row r;
	enum found f;

	x->why = R_NONE;
	x->already = false;
	seal_sha256(x->session, strlen(x->session), hash);
	if ((f = db_row(db, &q[Q_SESSION], IN(V_B(hash, sizeof(hash)), V_I(x->now)), x->arena, &r)) == FOUND) {
		x->practice.v = row_u(&r, 0);
		return x->already = true;
	}
	if (f == FAILED || (f = practice_by_token(db, x->token, &in, x->arena)) == FAILED)
		return false;
	if (f == NONE || !in.open) {
		x->why = R_LINK_ENDED;
		return false;
	}
	new = (struct practice_new){ .of = &in.op, .name = x->v->name, .lang = x->v->lang, .now = x->now };
	if (!practice_make(db, &new, x->arena) || !session_add(db, new.as, 0, x->v->address, x->now, &x->session, x->arena))
		return false;
	x->practice = new.operation;
	return true;
}

enum saved
practice_visit(struct db *db, const char *token, const struct volunteer *v, int64_t now, struct operation_id *out, const char **session,
    enum refusal *why, struct arena *a)
{
	struct visit x = { .token = token, .v = v, .now = now, .arena = a };
	const char *form = arena_fmt(a, "%s/%s", token, v->key);
	unsigned char mark[32];
	enum saved s;
	enum tx t;

	*why = R_NONE;
	switch (throttle_join(db, v->address, now, a)) {
	case TRY_ALLOWED: break;
	case TRY_PAUSED:  *why = R_JOINS_PAUSED; return REFUSED;
	case TRY_FAILED:  return NOT_SAVED;
	}
	seal_mark("practice form", form, strlen(form), mark);
	x.session = seal_base64url(a, mark, sizeof(mark));
	t = tx_write(db, visit, &x);
	s = saved_of(t, x.why);
	*why = x.why;
	*out = x.practice;
	*session = x.session;
	return s == SAVED && x.already ? ALREADY : s;
}
