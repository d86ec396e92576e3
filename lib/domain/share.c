/*
 * share.c - see share.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"

#include "domain/outcome.h"
#include "domain/queue.h"
#include "domain/share.h"

enum { Q_MEMBERS, Q_LOCK, Q_USER, Q_ROLE, Q_OWNERS, Q_ADD, Q_SET, Q_REMOVE, Q_END_SESSIONS, Q_QR, Q_HELD, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_MEMBERS] = { "siu", "ussssuuiiuu",
	    "SELECT u.id, u.name, u.email, u.contact, m.role, COALESCE(m.link_id, 0), u.disabled_at IS NOT NULL, m.joined_at,"
	    " (SELECT MAX(t.last_at) FROM agent_tally t WHERE t.operation_id = m.operation_id AND t.user_id = u.id),"
	    " (SELECT t.calls FROM agent_tally t WHERE t.operation_id = m.operation_id AND t.user_id = u.id AND t.day = ?),"
	    " EXISTS (SELECT 1 FROM hold h WHERE h.user_id = u.id AND h.operation_id = m.operation_id AND h.held_until > ?)"
	    " FROM member m JOIN user u ON u.id = m.user_id WHERE m.operation_id = ?"
	    " ORDER BY m.role = 'owner' DESC, m.role = 'observer', u.name, u.id" },
	/* everything that changes members stands in line here, so two owners cannot remove each other at once */
	[Q_LOCK]   = { "u", "u", "SELECT id FROM operation WHERE id = ? FOR UPDATE" },
	[Q_USER]   = { "uu", "s", "SELECT name FROM user WHERE id = ? AND organisation_id = ? AND disabled_at IS NULL" },
	[Q_ROLE]   = { "uu", "s", "SELECT role FROM member WHERE operation_id = ? AND user_id = ? FOR UPDATE" },
	[Q_OWNERS] = { "uu", "u", "SELECT COUNT(*) FROM member m JOIN user u ON u.id = m.user_id"
	    " WHERE m.operation_id = ? AND m.role = 'owner' AND m.user_id <> ? AND u.disabled_at IS NULL" },
	[Q_ADD]    = { "uusui", "", "INSERT INTO member (operation_id, user_id, role, link_id, joined_at) VALUES (?, ?, ?, NULLIF(?, 0), ?)" },
	[Q_SET]    = { "suu", "", "UPDATE member SET role = ? WHERE operation_id = ? AND user_id = ?" },
	[Q_REMOVE] = { "uu", "", "DELETE FROM member WHERE operation_id = ? AND user_id = ?" },
	[Q_END_SESSIONS] = { "uu", "", "DELETE s FROM session s JOIN link l ON l.id = s.link_id"
	    " WHERE s.user_id = ? AND l.operation_id = ?" },
	[Q_QR]     = { "uu", "", "UPDATE operation SET share_qr = ? WHERE id = ?" },
	[Q_HELD]   = { "uu", "u", "SELECT entry_id FROM hold WHERE user_id = ? AND operation_id = ?" },
};
DB_STATEMENTS(q)

bool
share_members(struct db *db, const struct operation *op, int64_t now, struct member **out, size_t *n, struct arena *a)
{
	struct tm day = clock_local(op->zone, now);
	struct rows rows;

	if (!db_rows(db, &q[Q_MEMBERS], IN(V_S(arena_fmt(a, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday)),
	    V_I(now), V_U(op->id.v)), a, &rows))
		return false;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	*n = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];

		(*out)[i] = (struct member){
			.user = { row_u(r, 0) }, .name = row_s(r, 1), .email = row_s(r, 2), .contact = row_s(r, 3),
			.role = member_role_of_word(row_s(r, 4)), .by_link = row_u(r, 5) != 0,
			.disabled = row_u(r, 6) != 0, .joined_at = row_i(r, 7), .last_call_at = row_i(r, 8),
			.calls_today = (unsigned)row_u(r, 9), .with_somebody = row_u(r, 10) != 0,
		};
	}
	return true;
}

/* --- one change: lock, look, write, audit --- */

struct change {
	const struct operation *op;
	struct user_id whom, by;
	enum member_role role;		/* MEMBER_NONE: removed */
	bool add, qr;
	int64_t now;
	enum refusal why;
	bool already;
	struct arena *arena;
};

static enum found
role_now(struct db *db, struct operation_id op, struct user_id user, enum member_role *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_ROLE], IN(V_U(op.v), V_U(user.v)), a, &r);

	*out = f != FOUND ? MEMBER_NONE : member_role_of_word(row_s(&r, 0));
	return f;
}

static bool
refuse(struct change *c, enum refusal why)
{
	c->why = why;
	return false;
}

static bool
change_member(struct db *db, void *ctx)
{
	struct change *c = ctx;
	struct operation_id op = c->op->id;
	enum member_role before;
	const char *name;
	struct row r;
	enum found f;
	bool ok;

	c->why = R_NONE;
	c->already = false;
	if ((f = db_row(db, &q[Q_LOCK], IN(V_U(op.v)), c->arena, &r)) != FOUND)
		return f == NONE ? refuse(c, R_NOT_FOUND) : false;
	if ((f = role_now(db, op, c->whom, &before, c->arena)) == FAILED)
		return false;
	if (f == NONE && !c->add)
		return refuse(c, R_NOT_FOUND);
	if (before == c->role)
		return c->already = true;
	name = "";
	if (c->role != MEMBER_NONE) {		/* somebody disabled can still be taken out */
		if ((f = db_row(db, &q[Q_USER], IN(V_U(c->whom.v), V_U(c->op->organisation.v)), c->arena, &r)) != FOUND)
			return f == NONE ? refuse(c, R_NOT_FOUND) : false;
		name = row_s(&r, 0);
	}
	if (before == MEMBER_OWNER) {
		if (db_row(db, &q[Q_OWNERS], IN(V_U(op.v), V_U(c->whom.v)), c->arena, &r) != FOUND)
			return false;
		if (row_u(&r, 0) == 0)
			return refuse(c, R_LAST_OWNER);
	}
	if (c->role == MEMBER_NONE)
		ok = db_write(db, &q[Q_REMOVE], IN(V_U(op.v), V_U(c->whom.v)), NULL) == WROTE &&
		    db_write(db, &q[Q_END_SESSIONS], IN(V_U(c->whom.v), V_U(op.v)), NULL) == WROTE;
	else if (before == MEMBER_NONE)
		ok = db_write(db, &q[Q_ADD], IN(V_U(op.v), V_U(c->whom.v), V_S(member_role_word(c->role)), V_U(0), V_I(c->now)), NULL) == WROTE;
	else
		ok = db_write(db, &q[Q_SET], IN(V_S(member_role_word(c->role)), V_U(op.v), V_U(c->whom.v)), NULL) == WROTE;
	return ok && operation_touch(db, op, 0, c->by, c->now,
	    c->role == MEMBER_NONE ? "member.remove" : before == MEMBER_NONE ? "member.add" : "member.role",
	    arena_fmt(c->arena, "user %llu %s%s%s", (unsigned long long)c->whom.v, name, c->role == MEMBER_NONE ? "" : ": ",
	    c->role == MEMBER_NONE ? "" : member_role_word(c->role)), c->arena);
}

static enum saved
change(struct db *db, struct change *c, enum refusal *why)
{
	enum saved s = saved_of(tx_write(db, change_member, c), R_NONE);

	*why = c->why;
	if (s == NOT_SAVED && c->why != R_NONE)
		return REFUSED;
	return s == SAVED && c->already ? ALREADY : s;
}

enum saved
share_add(struct db *db, const struct operation *op, struct user_id whom, enum member_role role, struct user_id by,
    int64_t now, enum refusal *why, struct arena *a)
{
	struct change c = { .op = op, .whom = whom, .by = by, .role = role, .add = true, .now = now, .arena = a };

	return change(db, &c, why);
}

enum saved
share_set_role(struct db *db, const struct operation *op, struct user_id whom, enum member_role role, struct user_id by,
    int64_t now, enum refusal *why, struct arena *a)
{
	struct change c = { .op = op, .whom = whom, .by = by, .role = role, .now = now, .arena = a };
	enum saved s = change(db, &c, why);

	if (s == SAVED && role == MEMBER_OBSERVER)
		share_release(db, op->id, &whom, 1, now, a);
	return s;
}

enum saved
share_remove(struct db *db, const struct operation *op, struct user_id whom, struct user_id by,
    int64_t now, enum refusal *why, struct arena *a)
{
	struct change c = { .op = op, .whom = whom, .by = by, .role = MEMBER_NONE, .now = now, .arena = a };
	enum saved s = change(db, &c, why);

	if (s == SAVED)
		share_release(db, op->id, &whom, 1, now, a);
	return s;
}

static bool
set_qr(struct db *db, void *ctx)
{
	struct change *c = ctx;

	return db_write(db, &q[Q_QR], IN(V_U(c->qr), V_U(c->op->id.v)), NULL) == WROTE &&
	    operation_touch(db, c->op->id, 0, c->by, c->now, "operation.qr", c->qr ? "on" : "off", c->arena);
}

enum saved
share_set_qr(struct db *db, const struct operation *op, bool on, struct user_id by, int64_t now,
    enum refusal *why, struct arena *a)
{
	struct change c = { .op = op, .by = by, .qr = on, .now = now, .arena = a };

	*why = R_NONE;
	return saved_of(tx_write(db, set_qr, &c), R_NONE);
}

bool
member_join(struct db *db, struct operation_id op, struct user_id user, enum member_role role, uint64_t link,
    int64_t now, bool *raised, struct arena *a)
{
	enum member_role before;

	if (role_now(db, op, user, &before, a) == FAILED)
		return false;
	*raised = role > before;
	if (!*raised)
		return true;
	return before == MEMBER_NONE ?
	    db_write(db, &q[Q_ADD], IN(V_U(op.v), V_U(user.v), V_S(member_role_word(role)), V_U(link), V_I(now)), NULL) == WROTE :
	    db_write(db, &q[Q_SET], IN(V_S(member_role_word(role)), V_U(op.v), V_U(user.v)), NULL) == WROTE;
}

void
share_release(struct db *db, struct operation_id op, const struct user_id *users, size_t n, int64_t now, struct arena *a)
{
	for (size_t i = 0; i < n; i++) {
		struct row r;

		/* a failure is no loss: the hold ends by itself in some minutes */
		if (db_row(db, &q[Q_HELD], IN(V_U(users[i].v), V_U(op.v)), a, &r) == FOUND)
			queue_skip(db, op, users[i], (struct entry_id){ row_u(&r, 0) }, now);
	}
}
