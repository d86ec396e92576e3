/*
 * link.c - see link.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

#include "domain/audit.h"
#include "domain/link.h"
#include "domain/outcome.h"
#include "domain/share.h"

enum { Q_OF, Q_LOCK, Q_END, Q_ADD, Q_OPTIONS, Q_IN_BY_LINK, Q_END_SESSIONS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_OF]   = { "u", "usuuiibu", "SELECT id, role, uses, COALESCE(max_uses, 0), created_at, COALESCE(expires_at, 0), nonce, asks_contact"
	    " FROM link WHERE operation_id = ? AND ended_at IS NULL ORDER BY id DESC LIMIT 1" },
	[Q_LOCK] = { "u", "u", "SELECT id FROM operation WHERE id = ? FOR UPDATE" },
	[Q_END]  = { "iu", "", "UPDATE link SET ended_at = ? WHERE operation_id = ? AND ended_at IS NULL" },
	[Q_ADD]  = { "usbbuiuiu", "", "INSERT INTO link (operation_id, role, nonce, token_hash, created_by, created_at, max_uses, expires_at,"
	    " asks_contact) VALUES (?, ?, ?, ?, ?, ?, NULLIF(?, 0), NULLIF(?, 0), ?)" },
	[Q_OPTIONS] = { "iuuu", "", "UPDATE link SET expires_at = NULLIF(?, 0), max_uses = IF(role = 'owner', 1, NULLIF(?, 0)),"
	    " asks_contact = ? WHERE operation_id = ? AND ended_at IS NULL" },
	[Q_IN_BY_LINK] = { "u", "u", "SELECT DISTINCT s.user_id FROM session s JOIN link l ON l.id = s.link_id WHERE l.operation_id = ?" },
	[Q_END_SESSIONS] = { "u", "", "DELETE s FROM session s JOIN link l ON l.id = s.link_id WHERE l.operation_id = ?" },
};
DB_STATEMENTS(q)

enum { NONCE = SEAL_NONCE };

static void
link_name(struct link *l, struct operation_id op, const unsigned char nonce[NONCE], struct arena *a)
{
	l->token = seal_address(a, "link", op.v, nonce);
	l->url = arena_fmt(a, "%s/j/%s", conf.public_url, l->token);
}

enum found
link_of(struct db *db, struct operation_id op, struct link *out, struct arena *a)
{
	struct row r;
	size_t n;
	const void *nonce;
	enum found f = db_row(db, &q[Q_OF], IN(V_U(op.v)), a, &r);

	if (f != FOUND)
		return f;
	*out = (struct link){
		.id = row_u(&r, 0), .role = member_role_of_word(row_s(&r, 1)),
		.uses = (unsigned)row_u(&r, 2), .max_uses = (unsigned)row_u(&r, 3),
		.created_at = row_i(&r, 4), .expires_at = row_i(&r, 5), .asks_contact = row_u(&r, 7) != 0,
	};
	nonce = row_b(&r, 6, &n);
	assert(n == NONCE);
	link_name(out, op, nonce, a);
	return FOUND;
}

/* --- changes --- */

struct change {
	const struct operation *op;
	enum member_role role;
	struct user_id by;
	int64_t now;
	const struct link_options *options;
	struct link *out;
	struct rows people;		/* who is signed in by a link */
	enum refusal why;
	struct arena *arena;
};

static bool
add(struct db *db, struct operation_id op, enum member_role role, const struct link_options *o, struct user_id by,
    int64_t now, struct link *out, struct arena *a)
{
	unsigned char nonce[NONCE], hash[32];
	unsigned max_uses = role == MEMBER_OWNER ? 1 : o->max_uses;

	seal_random(nonce, sizeof(nonce));
	*out = (struct link){ .role = role, .max_uses = max_uses, .created_at = now, .expires_at = o->expires_at,
	    .asks_contact = o->asks_contact };
	link_name(out, op, nonce, a);
	seal_sha256(out->token, strlen(out->token), hash);
	if (db_write(db, &q[Q_ADD], IN(V_U(op.v), V_S(member_role_word(role)), V_B(nonce, NONCE),
	    V_B(hash, 32), V_U(by.v), V_I(now), V_U(max_uses), V_I(o->expires_at), V_U(o->asks_contact)), NULL) != WROTE)
		return false;
	out->id = db_last_id(db);
	return true;
}

bool
link_add(struct db *db, struct organisation_id org, struct operation_id op, enum member_role role, struct user_id by,
    int64_t now, struct link *out, struct arena *a)
{
	static const struct link_options none;

	return add(db, op, role, &none, by, now, out, a) &&
	    audit_add(db, org, by, now, "link.make", "operation", op.v, member_role_word(role));
}

/* Ends the living link; two changes at once go one after the other. */
static bool
end_link(struct db *db, struct change *c)
{
	struct row r;
	enum found f = db_row(db, &q[Q_LOCK], IN(V_U(c->op->id.v)), c->arena, &r);

	c->why = f == NONE ? R_NOT_FOUND : R_NONE;
	return f == FOUND && db_write(db, &q[Q_END], IN(V_I(c->now), V_U(c->op->id.v)), NULL) == WROTE;
}

static bool
renew(struct db *db, void *ctx)
{
	struct change *c = ctx;
	struct link_options kept = { 0 };
	struct link before;
	enum found f = link_of(db, c->op->id, &before, c->arena);

	if (f == FAILED)
		return false;
	if (f == FOUND && before.role == c->role)
		kept = (struct link_options){ before.expires_at > c->now ? before.expires_at : 0, before.max_uses, before.asks_contact };
	return end_link(db, c) && add(db, c->op->id, c->role, &kept, c->by, c->now, c->out, c->arena) &&
	    operation_touch(db, c->op->id, 0, c->by, c->now, "link.renew", member_role_word(c->role), c->arena);
}

enum saved
link_renew(struct db *db, const struct operation *op, enum member_role role, struct user_id by, int64_t now,
    struct link *out, enum refusal *why, struct arena *a)
{
	struct change c = { .op = op, .role = role, .by = by, .now = now, .out = out, .arena = a };
	enum tx t = tx_write(db, renew, &c);

	*why = c.why;
	return saved_of(t, c.why);
}

static bool
set_options(struct db *db, void *ctx)
{
	struct change *c = ctx;
	const struct link_options *o = c->options;
	struct link l;
	enum found f = link_of(db, c->op->id, &l, c->arena);

	c->why = f == NONE ? R_LINK_ENDED : R_NONE;
	return f == FOUND && db_write(db, &q[Q_OPTIONS], IN(V_I(o->expires_at), V_U(o->max_uses), V_U(o->asks_contact),
	    V_U(c->op->id.v)), NULL) == WROTE && operation_touch(db, c->op->id, 0, c->by, c->now, "link.options",
	    arena_fmt(c->arena, "until %lld, uses %u, contact %d", (long long)o->expires_at, o->max_uses, o->asks_contact), c->arena);
}

enum saved
link_set_options(struct db *db, const struct operation *op, const struct link_options *o, struct user_id by, int64_t now,
    enum refusal *why, struct arena *a)
{
	struct change c = { .op = op, .options = o, .by = by, .now = now, .arena = a };
	enum tx t = tx_write(db, set_options, &c);

	*why = c.why;
	return saved_of(t, c.why);
}

static bool
stop(struct db *db, void *ctx)
{
	struct change *c = ctx;
	struct operation_id op = c->op->id;

	return end_link(db, c) && db_rows(db, &q[Q_IN_BY_LINK], IN(V_U(op.v)), c->arena, &c->people) &&
	    db_write(db, &q[Q_END_SESSIONS], IN(V_U(op.v)), NULL) == WROTE &&
	    operation_touch(db, op, 0, c->by, c->now, "link.stop",
	    arena_fmt(c->arena, "signed out: %zu", c->people.n), c->arena);
}

enum saved
link_stop(struct db *db, const struct operation *op, struct user_id by, int64_t now,
    unsigned *signed_out, enum refusal *why, struct arena *a)
{
	struct change c = { .op = op, .by = by, .now = now, .arena = a };
	enum tx t = tx_write(db, stop, &c);

	*why = c.why;
	*signed_out = 0;
	if (t == TX_DONE || t == TX_UNSURE) {
		struct user_id *users = arena_alloc(a, (c.people.n + 1) * sizeof(*users));

		for (size_t i = 0; i < c.people.n; i++)
			users[i].v = row_u(&c.people.row[i], 0);
		share_release(db, op->id, users, c.people.n, now, a);
		*signed_out = (unsigned)c.people.n;
	}
	return saved_of(t, c.why);
}
