/*
 * wall.c - see wall.h.
 */
#include "domain/wall.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

enum { NONCE = SEAL_NONCE };

enum { Q_OF, Q_LOCK, Q_MAKE, Q_END, Q_BY_TOKEN, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_OF] = { "u", "sib", "SELECT language, created_at, nonce FROM wall WHERE operation_id = ?" },
	[Q_LOCK] = { "u", "u", "SELECT id FROM operation WHERE id = ? FOR UPDATE" },
	[Q_MAKE] = { "usbbui", "", "REPLACE INTO wall (operation_id, language, nonce, token_hash, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?)" },
	[Q_END] = { "u", "", "DELETE FROM wall WHERE operation_id = ?" },
	[Q_BY_TOKEN] = { "b", "us", "SELECT operation_id, language FROM wall WHERE token_hash = ?" },
};
DB_STATEMENTS(q)

enum found
wall_of(struct db *db, struct operation_id op, struct wall *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_OF], IN(V_U(op.v)), a, &r);
	const void *nonce;
	size_t n;

	if (f != FOUND)
		return f;
	nonce = row_b(&r, 2, &n);
	assert(n == NONCE);
	*out = (struct wall){ .url = arena_fmt(a, "%s/wall/%s", conf.public_url, seal_address(a, "wall", op.v, nonce)), .lang = lang_of(row_s(&r, 0)),
		.created_at = row_i(&r, 1) };
	return FOUND;
}

struct change {
	const struct operation *op;
	enum lang lang;
	int64_t before, now;
	struct user_id by;
	bool already;
	struct arena *a;
};

/* The page as it is, when no other change is under way. */
static enum found
locked(struct db *db, struct change *c, struct wall *w)
{
	struct row r;
	enum found f = db_row(db, &q[Q_LOCK], IN(V_U(c->op->id.v)), c->a, &r);

	return f == FOUND ? wall_of(db, c->op->id, w, c->a) : FAILED;
}

static bool
make(struct db *db, void *ctx)
{
	struct change *c = ctx;
	unsigned char nonce[NONCE], hash[32];
	struct wall was = { 0 };
	const char *token;

	if (locked(db, c, &was) == FAILED)
		return false;
	c->already = was.created_at != c->before;
	if (c->already)
		return false;
	seal_random(nonce, sizeof(nonce));
	token = seal_address(c->a, "wall", c->op->id.v, nonce);
	seal_sha256(token, strlen(token), hash);
	return db_write(db, &q[Q_MAKE], IN(V_U(c->op->id.v), V_S(lang_code(c->lang)), V_B(nonce, NONCE), V_B(hash, 32), V_U(c->by.v),
	    V_I(c->now)), NULL) == WROTE &&
	    audit_add(db, c->op->organisation, c->by, c->now, c->before == 0 ? "wall.make" : "wall.renew", "operation", c->op->id.v, "");
}

static bool
end(struct db *db, void *ctx)
{
	struct change *c = ctx;
	struct wall was;
	enum found f = locked(db, c, &was);

	c->already = f == NONE;
	return f == FOUND && db_write(db, &q[Q_END], IN(V_U(c->op->id.v)), NULL) == WROTE &&
	    audit_add(db, c->op->organisation, c->by, c->now, "wall.end", "operation", c->op->id.v, "");
}

static enum saved
outcome(enum tx t, const struct change *c)
{
	return t == TX_REFUSED && c->already ? ALREADY : saved_of(t, R_NONE);
}

enum saved
wall_make(struct db *db, const struct operation *op, enum lang lang, int64_t before, struct user_id by, int64_t now, struct arena *a)
{
	struct change c = { .op = op, .lang = lang, .before = before, .by = by, .now = now, .a = a };

	return outcome(tx_write(db, make, &c), &c);
}

enum saved
wall_end(struct db *db, const struct operation *op, struct user_id by, int64_t now, struct arena *a)
{
	struct change c = { .op = op, .by = by, .now = now, .a = a };

	return outcome(tx_write(db, end, &c), &c);
}

enum found
wall_by_token(struct db *db, const char *token, struct operation_id *op, enum lang *lang, struct arena *a)
{
	unsigned char hash[32];
	struct row r;
	enum found f;

	seal_sha256(token, strlen(token), hash);
	if ((f = db_row(db, &q[Q_BY_TOKEN], IN(V_B(hash, 32)), a, &r)) != FOUND)
		return f;
	op->v = row_u(&r, 0);
	*lang = lang_of(row_s(&r, 1));
	return FOUND;
}
