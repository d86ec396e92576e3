/*
 * staff.c - see staff.h. Everything that could leave an organisation without an administrator locks the organisation
 * first: two administrators who demote each other at the same instant go one after the other.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/session.h"
#include "domain/token.h"
#include "domain/share.h"
#include "domain/staff.h"
#include "domain/user.h"

#define STAFF "SELECT u.id, u.name, COALESCE(u.email, ''), u.contact, u.role, u.disabled_at IS NOT NULL, u.totp_at IS NOT NULL,"	\
    " u.email IS NOT NULL AND u.password_hash IS NULL, u.created_at, GREATEST(COALESCE(u.seen_at, 0),"	\
    " COALESCE((SELECT MAX(a.at) FROM audit a WHERE a.organisation_id = u.organisation_id AND a.user_id = u.id), 0),"	\
    " COALESCE((SELECT MAX(t.last_at) FROM member m JOIN agent_tally t ON t.operation_id = m.operation_id"	\
    "  AND t.user_id = m.user_id WHERE m.user_id = u.id), 0)),"	\
    " (SELECT COUNT(*) FROM member m WHERE m.user_id = u.id) FROM user u"
#define STAFF_OUT "ussss" "uuu" "iiu"

enum { Q_LIST, Q_ONE, Q_NAME, Q_LOCK, Q_USER, Q_OTHERS, Q_ROLE, Q_DISABLE, Q_CODES, Q_OWNED, Q_OWNERS, Q_HEIR, Q_INHERIT, Q_HOLDS,
	Q_REQUIRED, Q_REQUIRE, Q__MAX };
static struct stmt q[Q__MAX] = {
	/* by_name serves the order; the first two conditions on the name are where its stretch begins */
	[Q_LIST] = { "ussuuss" "u", STAFF_OUT, STAFF " WHERE u.organisation_id = ? AND u.name >= ? AND (u.name > ? OR u.id > ?)"
	    " AND (u.email IS NULL) = ? AND (u.name LIKE ? OR u.email LIKE LOWER(?)) ORDER BY u.name, u.id LIMIT ?" },
	[Q_ONE] = { "uu", STAFF_OUT, STAFF " WHERE u.id = ? AND u.organisation_id = ?" },
	[Q_NAME] = { "uu", "s", "SELECT name FROM user WHERE id = ? AND organisation_id = ?" },
	[Q_LOCK] = { "u", "u", "SELECT g.id FROM organisation g WHERE g.id = (SELECT organisation_id FROM user WHERE id = ?) FOR UPDATE" },
	[Q_USER] = { "u", "ssu", "SELECT name, role, disabled_at IS NOT NULL FROM user WHERE id = ? FOR UPDATE" },
	[Q_OTHERS] = { "uu", "u", "SELECT COUNT(*) FROM user WHERE organisation_id = ? AND id <> ? AND role = 'administrator'"
	    " AND disabled_at IS NULL AND password_hash IS NOT NULL" },
	[Q_ROLE] = { "su", "", "UPDATE user SET role = ? WHERE id = ?" },
	[Q_DISABLE] = { "iu", "", "UPDATE user SET disabled_at = NULLIF(?, 0) WHERE id = ?" },
	[Q_CODES] = { "u", "", "DELETE FROM one_time_code WHERE user_id = ? AND used_at IS NULL" },
	/* locked in the order of their ids, as share.c locks the one it changes */
	[Q_OWNED] = { "u", "us", "SELECT o.id, o.name FROM operation o JOIN member m ON m.operation_id = o.id AND m.role = 'owner'"
	    " WHERE m.user_id = ? ORDER BY o.id FOR UPDATE" },
	[Q_OWNERS] = { "uu", "u", "SELECT COUNT(*) FROM member m JOIN user u ON u.id = m.user_id"
	    " WHERE m.operation_id = ? AND m.role = 'owner' AND m.user_id <> ? AND u.disabled_at IS NULL" },
	[Q_HEIR] = { "uu", "u", "SELECT id FROM user WHERE organisation_id = ? AND id <> ? AND role = 'administrator'"
	    " AND disabled_at IS NULL AND password_hash IS NOT NULL ORDER BY id LIMIT 1" },
	[Q_INHERIT] = { "uui", "", "INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (?, ?, 'owner', ?)"
	    " ON DUPLICATE KEY UPDATE role = 'owner'" },
	[Q_HOLDS] = { "u", "u", "SELECT operation_id FROM hold WHERE user_id = ?" },
	[Q_REQUIRED] = { "u", "u", "SELECT two_factor_required FROM organisation WHERE id = ?" },
	[Q_REQUIRE] = { "uu", "", "UPDATE organisation SET two_factor_required = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

static void
staff_fill(struct staff *s, const struct row *r)
{
	*s = (struct staff){
		.id = { row_u(r, 0) }, .name = row_s(r, 1), .email = row_s(r, 2), .contact = row_s(r, 3),
		.role = role_of_word(row_s(r, 4)), .disabled = row_u(r, 5) != 0, .two_factor = row_u(r, 6) != 0,
		.invited = row_u(r, 7) != 0, .created_at = row_i(r, 8), .active_at = row_i(r, 9),
		.operations = (unsigned)row_u(r, 10),
	};
}

bool
staff_list(struct db *db, const struct staff_wish *w, struct staff **out, size_t *n, bool *more, struct arena *a)
{
	const char *from = "", *pattern = user_like(a, w->words);
	struct rows rows;
	struct row r;

	if (w->after.v != 0) {
		enum found f = db_row(db, &q[Q_NAME], IN(V_U(w->after.v), V_U(w->organisation.v)), a, &r);
		if (f == FAILED)
			return false;
		if (f == FOUND)
			from = row_s(&r, 0);
	}
	if (!db_rows(db, &q[Q_LIST], IN(V_U(w->organisation.v), V_S(from), V_S(from), V_U(w->after.v), V_U(w->volunteers),
	    V_S(pattern), V_S(pattern), V_U(STAFF_PAGE + 1)), a, &rows))
		return false;
	*more = rows.n > STAFF_PAGE;
	*n = *more ? STAFF_PAGE : rows.n;
	*out = arena_alloc(a, (*n + 1) * sizeof(**out));
	for (size_t i = 0; i < *n; i++)
		staff_fill(&(*out)[i], &rows.row[i]);
	return true;
}

enum found
staff_of(struct db *db, struct organisation_id org, struct user_id id, struct staff *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_ONE], IN(V_U(id.v), V_U(org.v)), a, &r);

	if (f == FOUND)
		staff_fill(out, &r);
	return f;
}

/* --- changes --- */

struct change {
	const struct staff_by *by;
	struct user_id whom;
	enum role role;
	bool disabled;
	struct organisation_id org;
	const char *name;
	enum role before;
	bool was_disabled, already;
	enum refusal why;
	struct arena *arena;
};

static bool
refuse(struct change *c, enum refusal why)
{
	c->why = why;
	return false;
}

/* The organisation, then the user. False: failed, or why = R_NOT_FOUND. */
static bool
lock(struct db *db, struct change *c)
{
	struct row r;
	enum found f = db_row(db, &q[Q_LOCK], IN(V_U(c->whom.v)), c->arena, &r);

	c->why = R_NONE;
	c->already = false;
	if (f != FOUND)
		return f == NONE ? refuse(c, R_NOT_FOUND) : false;
	c->org.v = row_u(&r, 0);
	if (c->by->organisation.v != 0 && c->by->organisation.v != c->org.v)
		return refuse(c, R_NOT_FOUND);
	if (db_row(db, &q[Q_USER], IN(V_U(c->whom.v)), c->arena, &r) != FOUND)
		return false;
	c->name = row_s(&r, 0);
	c->before = role_of_word(row_s(&r, 1));
	c->was_disabled = row_u(&r, 2) != 0;
	return true;
}

/* Would the organisation be left without an administrator who can sign in? */
static bool
keeps_administrator(struct db *db, struct change *c)
{
	struct row r;

	if (c->before != ROLE_ADMINISTRATOR || c->was_disabled)
		return true;
	if (db_row(db, &q[Q_OTHERS], IN(V_U(c->org.v), V_U(c->whom.v)), c->arena, &r) != FOUND)
		return false;
	return row_u(&r, 0) > 0 || refuse(c, R_LAST_ADMINISTRATOR);
}

static bool
note(struct db *db, struct change *c, const char *verb, const char *detail)
{
	return audit_add(db, c->org, c->by->user, c->by->now, verb, "user", c->whom.v, detail);
}

static bool
set_role(struct db *db, void *ctx)
{
	struct change *c = ctx;

	if (!lock(db, c))
		return false;
	if (c->before == c->role)
		return c->already = true;
	return keeps_administrator(db, c) &&
	    db_write(db, &q[Q_ROLE], IN(V_S(role_word(c->role)), V_U(c->whom.v)), NULL) == WROTE &&
	    note(db, c, "user.role", arena_fmt(c->arena, "%s: %s -> %s", c->name, role_word(c->before), role_word(c->role)));
}

/* No operation is left without an owner who can sign in (fact 97). */
static bool
hand_over(struct db *db, struct change *c)
{
	uint64_t heir = c->by->user.v == c->whom.v ? 0 : c->by->user.v;
	struct rows owned;
	struct row r;

	if (!db_rows(db, &q[Q_OWNED], IN(V_U(c->whom.v)), c->arena, &owned))
		return false;
	for (size_t i = 0; i < owned.n; i++) {
		uint64_t op = row_u(&owned.row[i], 0);

		if (db_row(db, &q[Q_OWNERS], IN(V_U(op), V_U(c->whom.v)), c->arena, &r) != FOUND)
			return false;
		if (row_u(&r, 0) > 0)
			continue;
		if (heir == 0) {
			if (db_row(db, &q[Q_HEIR], IN(V_U(c->org.v), V_U(c->whom.v)), c->arena, &r) != FOUND)
				return refuse(c, R_LAST_ADMINISTRATOR);
			heir = row_u(&r, 0);
		}
		if (db_write(db, &q[Q_INHERIT], IN(V_U(op), V_U(heir), V_I(c->by->now)), NULL) != WROTE ||
		    !audit_add(db, c->org, c->by->user, c->by->now, "member.take_over", "operation", op,
		    arena_fmt(c->arena, "user %llu instead of %s", (unsigned long long)heir, c->name)))
			return false;
	}
	return true;
}

static bool
disable(struct db *db, void *ctx)
{
	struct change *c = ctx;

	if (!lock(db, c))
		return false;
	if (c->was_disabled == c->disabled)
		return c->already = true;
	if (c->disabled && (!keeps_administrator(db, c) || !hand_over(db, c) || !session_end_all(db, c->whom) ||
	    !token_end_all(db, c->org, c->whom, c->by->user, c->by->now) || db_write(db, &q[Q_CODES], IN(V_U(c->whom.v)), NULL) != WROTE))
		return false;
	return db_write(db, &q[Q_DISABLE], IN(V_I(c->disabled ? c->by->now : 0), V_U(c->whom.v)), NULL) == WROTE &&
	    note(db, c, c->disabled ? "user.disable" : "user.enable", c->name);
}

static bool
end_sessions(struct db *db, void *ctx)
{
	struct change *c = ctx;

	return lock(db, c) && session_end_all(db, c->whom) && note(db, c, "session.end_all", c->name);
}

static enum saved
run(struct db *db, bool (*work)(struct db *, void *), struct change *c, enum refusal *why)
{
	enum tx t = tx_write(db, work, c);
	enum saved s = saved_of(t, c->why);

	*why = c->why;
	return s == SAVED && c->already ? ALREADY : s;
}

enum saved
staff_set_role(struct db *db, const struct staff_by *by, struct user_id whom, enum role role, enum refusal *why, struct arena *a)
{
	struct change c = { .by = by, .whom = whom, .role = role, .arena = a };

	return run(db, set_role, &c, why);
}

enum saved
staff_disable(struct db *db, const struct staff_by *by, struct user_id whom, bool disabled, enum refusal *why, struct arena *a)
{
	struct change c = { .by = by, .whom = whom, .disabled = disabled, .arena = a };
	enum saved s = run(db, disable, &c, why);
	struct rows held;

	/* a failure is no loss: the holds end by themselves in some minutes */
	if (s == SAVED && disabled && db_rows(db, &q[Q_HOLDS], IN(V_U(whom.v)), a, &held))
		for (size_t i = 0; i < held.n; i++)
			share_release(db, (struct operation_id){ row_u(&held.row[i], 0) }, &whom, 1, by->now, a);
	return s;
}

enum saved
staff_end_sessions(struct db *db, const struct staff_by *by, struct user_id whom, enum refusal *why, struct arena *a)
{
	struct change c = { .by = by, .whom = whom, .arena = a };

	return run(db, end_sessions, &c, why);
}

/* --- the organisation's rule --- */

enum found
staff_two_factor(struct db *db, struct organisation_id org, bool *required, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_REQUIRED], IN(V_U(org.v)), a, &r);

	*required = f == FOUND && row_u(&r, 0) != 0;
	return f;
}

struct require { const struct staff_by *by; bool required; };

static bool
require(struct db *db, void *ctx)
{
	const struct require *x = ctx;

	return db_write(db, &q[Q_REQUIRE], IN(V_U(x->required), V_U(x->by->organisation.v)), NULL) == WROTE &&
	    audit_add(db, x->by->organisation, x->by->user, x->by->now, "organisation.two_factor", "organisation",
	    x->by->organisation.v, x->required ? "required" : "optional");
}

enum saved
staff_require_two_factor(struct db *db, const struct staff_by *by, bool required)
{
	struct require x = { by, required };

	return saved_of(tx_write(db, require, &x), R_NONE);
}
