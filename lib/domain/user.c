/*
 * user.c - see user.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/token.h"
#include "domain/user.h"

#define USER "SELECT u.id, u.organisation_id, u.role, u.language, u.disabled_at, u.created_at, u.seen_at," \
    " u.name, u.email, u.contact, u.password_hash, u.totp_at FROM user u"
#define USER_OUT "uussiiissssi"

enum { Q_BY_ID, Q_BY_EMAIL, Q_SEARCH, Q_ADD, Q_PROFILE, Q_PASSWORD, Q_END_OTHERS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_BY_ID]    = { "u", USER_OUT, USER " WHERE u.id = ?" },
	[Q_BY_EMAIL] = { "s", USER_OUT, USER " WHERE u.email = ?" },
	[Q_SEARCH]   = { "ussu", USER_OUT, USER " LEFT JOIN member m ON m.user_id = u.id AND m.operation_id = ?"
	    " WHERE (u.name LIKE ? OR u.email LIKE LOWER(?)) AND u.organisation_id = ? AND u.disabled_at IS NULL"
	    " AND m.user_id IS NULL ORDER BY u.name, u.id LIMIT 20" },
	[Q_ADD]      = { "ussssssi", "", "INSERT INTO user (organisation_id, email, name, password_hash, role, language, contact, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)" },
	[Q_PROFILE]  = { "ssu", "", "UPDATE user SET name = ?, language = ? WHERE id = ?" },
	[Q_PASSWORD] = { "su", "", "UPDATE user SET password_hash = ? WHERE id = ?" },
	[Q_END_OTHERS] = { "ub", "", "DELETE FROM session WHERE user_id = ? AND token_hash <> ?" },
};
DB_STATEMENTS(q)

static void
user_fill(struct user *u, const struct row *r)
{
	*u = (struct user){
		.id = { row_u(r, 0) }, .organisation = { row_u(r, 1) }, .role = role_of_word(row_s(r, 2)),
		.lang = lang_of(row_s(r, 3)), .disabled = !row_is_null(r, 4),
		.created_at = row_i(r, 5), .seen_at = row_i(r, 6),
		.name = row_s(r, 7), .email = row_s(r, 8), .contact = row_s(r, 9), .password_hash = row_s(r, 10),
		.two_factor = !row_is_null(r, 11),
	};
}

enum found
user_by_id(struct db *db, struct user_id id, struct user *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_BY_ID], IN(V_U(id.v)), a, &r);

	if (f == FOUND)
		user_fill(out, &r);
	return f;
}

enum found
user_by_email(struct db *db, const char *email, struct user *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_BY_EMAIL], IN(V_S(email)), a, &r);

	if (f == FOUND)
		user_fill(out, &r);
	return f;
}

const char *
user_like(struct arena *a, const char *words)
{
	char *out = arena_alloc(a, 2 * strlen(words) + 3), *p = out;

	*p++ = '%';
	for (; *words != '\0'; words++) {
		if (*words == '%' || *words == '_' || *words == '\\')
			*p++ = '\\';
		*p++ = *words;
	}
	*p = '%';
	return out;
}

bool
user_search(struct db *db, struct organisation_id org, const char *words, struct operation_id outside,
    struct user **out, size_t *n, struct arena *a)
{
	const char *pattern = user_like(a, words);
	struct rows rows;

	if (!db_rows(db, &q[Q_SEARCH], IN(V_U(outside.v), V_S(pattern), V_S(pattern), V_U(org.v)), a, &rows))
		return false;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	*n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		user_fill(&(*out)[i], &rows.row[i]);
	return true;
}

bool
user_add(struct db *db, struct organisation_id org, const struct user_new *new, const char *hash, struct user_id by,
    int64_t now, struct user_id *out, bool *taken, struct arena *a)
{
	enum wrote w = db_write(db, &q[Q_ADD], IN(V_U(org.v), V_S(new->email), V_S(new->name), V_S(hash),
	    V_S(role_word(new->role)), V_S(lang_code(new->lang)), V_S(new->contact == NULL ? "" : new->contact), V_I(now)), NULL);

	*taken = w == DUPLICATE;
	if (w != WROTE)
		return false;
	out->v = db_last_id(db);
	return audit_add(db, org, by, now, "user.create", "user", out->v,
	    arena_fmt(a, "%s: %s", role_word(new->role), new->name));
}

struct create {
	struct organisation_id org;
	const struct user_new *new;
	const char *hash;
	struct user_id by, *out;
	int64_t now;
	bool taken;
	struct arena *arena;
};

static bool
create(struct db *db, void *ctx)
{
	struct create *c = ctx;

	return user_add(db, c->org, c->new, c->hash, c->by, c->now, c->out, &c->taken, c->arena);
}

bool
user_password_fits(const char *password)
{
	size_t n = text_chars(password);

	return n >= USER_PASSWORD_MIN && n <= USER_PASSWORD_MAX;
}

enum saved
user_create(struct db *db, struct organisation_id org, const struct user_new *new, struct user_id by,
    int64_t now, struct user_id *out, enum refusal *why, struct arena *a)
{
	struct create c = { org, new, NULL, by, out, now, false, a };
	enum tx t;

	*why = R_NONE;
	if (new->password != NULL && !user_password_fits(new->password)) {
		*why = R_PASSWORD_SHORT;
		return REFUSED;
	}
	if (new->password != NULL)
		c.hash = seal_password_hash(a, new->password);
	t = tx_write(db, create, &c);
	if (c.taken)
		*why = R_EMAIL_TAKEN;
	return saved_of(t, *why);
}

/* --- changes of one user: read, write, audit --- */

struct change {
	struct user_id user, by;
	int64_t now;
	struct arena *arena;
	const char *name;		/* profile */
	enum lang lang;
	const char *hash;		/* password */
	const unsigned char *keep;
	enum refusal why;
};

static bool
change_begin(struct db *db, struct change *c, struct user *u)
{
	enum found f = user_by_id(db, c->user, u, c->arena);

	c->why = f == NONE ? R_NOT_FOUND : R_NONE;
	return f == FOUND;
}

static bool
set_profile(struct db *db, void *ctx)
{
	struct change *c = ctx;
	struct user u;

	return change_begin(db, c, &u) &&
	    db_write(db, &q[Q_PROFILE], IN(V_S(c->name), V_S(lang_code(c->lang)), V_U(c->user.v)), NULL) == WROTE &&
	    audit_add(db, u.organisation, c->by, c->now, "user.profile", "user", c->user.v,
	    arena_fmt(c->arena, "name: %s -> %s; language: %s", u.name, c->name, lang_code(c->lang)));
}

enum saved
user_set_profile(struct db *db, struct user_id user, const char *name, enum lang lang, int64_t now, struct arena *a)
{
	struct change c = { .user = user, .by = user, .now = now, .arena = a, .name = name, .lang = lang };
	enum tx t = tx_write(db, set_profile, &c);

	return saved_of(t, c.why);
}

static bool
set_password(struct db *db, void *ctx)
{
	struct change *c = ctx;
	struct user u;

	return change_begin(db, c, &u) &&
	    db_write(db, &q[Q_PASSWORD], IN(V_S(c->hash), V_U(c->user.v)), NULL) == WROTE &&
	    db_write(db, &q[Q_END_OTHERS], IN(V_U(c->user.v), V_B(c->keep, 32)), NULL) == WROTE &&
	    token_end_all(db, u.organisation, c->user, c->by, c->now) &&
	    audit_add(db, u.organisation, c->by, c->now, "user.password", "user", c->user.v, "");
}

static const unsigned char no_session[32];

enum saved
user_change_password(struct db *db, struct user_id user, const char *current, const char *password,
    const unsigned char keep[32], int64_t now, enum refusal *why, struct arena *a)
{
	struct change c = { .user = user, .by = user, .now = now, .arena = a, .keep = keep };
	struct user u;
	enum found f = user_by_id(db, user, &u, a);
	enum tx t;

	*why = R_NONE;
	if (f == FAILED)
		return NOT_SAVED;
	if (!seal_password_ok(f == FOUND ? u.password_hash : NULL, current)) {
		*why = R_NOT_THIS_PASSWORD;
		return REFUSED;
	}
	if (!user_password_fits(password)) {
		*why = R_PASSWORD_SHORT;
		return REFUSED;
	}
	c.hash = seal_password_hash(a, password);
	t = tx_write(db, set_password, &c);
	*why = c.why;
	return saved_of(t, c.why);
}

enum saved
user_reset_password(struct db *db, struct user_id user, const char *password, int64_t now,
    enum refusal *why, struct arena *a)
{
	struct change c = { .user = user, .now = now, .arena = a, .keep = no_session };
	enum tx t;

	*why = R_PASSWORD_SHORT;
	if (!user_password_fits(password))
		return REFUSED;
	c.hash = seal_password_hash(a, password);
	t = tx_write(db, set_password, &c);
	*why = c.why;
	return saved_of(t, c.why);
}
