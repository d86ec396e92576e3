/*
 * token.c - see token.h.
 */
#include "domain/token.h"

#include "domain/audit.h"
#include "domain/session.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/text.h"

enum { Q_WHO, Q_COUNT, Q_ADD, Q_LIST, Q_END, Q_END_ALL, Q_USED, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_WHO] = { "ub", "uussssuui", "SELECT u.id, u.organisation_id, u.role, m.role, u.language, u.name, t.scopes,"
	    " " USER_HELD_BACK ", COALESCE(t.last_used_at, 0)"
	    " FROM api_token t JOIN user u ON u.id = t.user_id JOIN organisation o ON o.id = u.organisation_id"
	    " LEFT JOIN member m ON m.operation_id = ? AND m.user_id = u.id"
	    " WHERE t.token_hash = ? AND t.ended_at IS NULL AND u.disabled_at IS NULL" },
	[Q_COUNT] = { "u", "u", "SELECT COUNT(*) FROM api_token WHERE user_id = ? AND ended_at IS NULL" },
	[Q_ADD] = { "ubbsui", "", "INSERT INTO api_token (user_id, token_hash, form_key, name, scopes, created_at) VALUES (?, ?, ?, ?, ?, ?)" },
	[Q_LIST] = { "u", "usuii", "SELECT id, name, scopes, created_at, COALESCE(last_used_at, 0) FROM api_token WHERE user_id = ? AND ended_at IS NULL ORDER BY id DESC" },
	[Q_END_ALL] = { "iu", "", "UPDATE api_token SET ended_at = ? WHERE user_id = ? AND ended_at IS NULL" },
	[Q_USED] = { "ib", "", "UPDATE api_token SET last_used_at = ? WHERE token_hash = ?" },
	[Q_END] = { "iuu", "", "UPDATE api_token SET ended_at = ? WHERE id = ? AND user_id = ? AND ended_at IS NULL" },
};
DB_STATEMENTS(q)

const struct token_scope_row token_scopes[] = {
#define AS_ROW(id, bit, code, en, fr) { id, code, { [LANG_EN] = en, [LANG_FR] = fr } },
	TOKEN_SCOPES(AS_ROW)
#undef AS_ROW
};

struct making {
	const struct who *who;
	const char *name;
	unsigned scopes;
	const unsigned char *form_key;
	unsigned char hash[32];
	int64_t now;
	bool again, many;
	struct arena *a;
};

static bool
make(struct db *db, void *ctx)
{
	struct making *m = ctx;
	struct row r;

	m->again = m->many = false;
	if (db_row(db, &q[Q_COUNT], IN(V_U(m->who->user)), m->a, &r) != FOUND)
		return false;
	if ((m->many = row_u(&r, 0) >= TOKENS_MOST))
		return false;
	switch (db_write(db, &q[Q_ADD], IN(V_U(m->who->user), V_B(m->hash, 32), V_B(m->form_key, 16), V_S(m->name), V_U(m->scopes), V_I(m->now)), NULL)) {
	case WROTE:	break;
	case DUPLICATE:	m->again = true; return false;
	default:	return false;
	}
	return audit_add(db, (struct organisation_id){ m->who->organisation }, (struct user_id){ m->who->user }, m->now, "token.make", "token",
	    db_last_id(db), m->name);
}

enum saved
token_make(struct db *db, const struct who *who, const char *name, unsigned scopes, const unsigned char form_key[16], int64_t now,
    const char **text, enum refusal *why, struct arena *a)
{
	struct making m = { .who = who, .name = name, .scopes = scopes & SCOPE_ALL, .form_key = form_key, .now = now, .a = a };

	*why = who->role < ROLE_ORGANISER ? R_NOT_ALLOWED : text_is_blank(name) ? R_MISSING : m.scopes == 0 ? R_NOT_A_CHOICE : R_NONE;
	if (*why != R_NONE)
		return REFUSED;
	*text = arena_fmt(a, "tocsin_%s", seal_token(a, 32));
	seal_sha256(*text, strlen(*text), m.hash);
	switch (tx_write(db, make, &m)) {
	case TX_DONE:	return SAVED;
	case TX_UNSURE:	return UNSURE;
	default:	break;
	}
	*text = NULL;
	if (m.many)
		return *why = R_OUT_OF_RANGE, REFUSED;
	return m.again ? ALREADY : NOT_SAVED;
}

bool
token_list(struct db *db, struct user_id user, struct token **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_LIST], IN(V_U(user.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct token){ row_u(&rows.row[i], 0), row_s(&rows.row[i], 1), (unsigned)row_u(&rows.row[i], 2), row_i(&rows.row[i], 3),
		    row_i(&rows.row[i], 4) };
	return true;
}

struct ending { const struct who *who; uint64_t id; int64_t now; bool ended; };

static bool
end(struct db *db, void *ctx)
{
	struct ending *e = ctx;
	uint64_t n;

	e->ended = false;
	if (db_write(db, &q[Q_END], IN(V_I(e->now), V_U(e->id), V_U(e->who->user)), &n) != WROTE)
		return false;
	e->ended = n == 1;
	return n == 0 || audit_add(db, (struct organisation_id){ e->who->organisation }, (struct user_id){ e->who->user }, e->now, "token.end", "token",
	    e->id, "");
}

enum saved
token_end(struct db *db, const struct who *who, uint64_t id, int64_t now, struct arena *a)
{
	struct ending e = { .who = who, .id = id, .now = now };

	(void)a;
	switch (tx_write(db, end, &e)) {
	case TX_DONE:	return e.ended ? SAVED : ALREADY;
	case TX_UNSURE:	return UNSURE;
	default:	return NOT_SAVED;
	}
}

bool
token_end_all(struct db *db, struct organisation_id org, struct user_id of, struct user_id by, int64_t now)
{
	uint64_t n;

	return db_write(db, &q[Q_END_ALL], IN(V_I(now), V_U(of.v)), &n) == WROTE &&
	    (n == 0 || audit_add(db, org, by, now, "token.end_all", "user", of.v, ""));
}

void
token_used(struct db *db, const struct who *who, int64_t now)
{
	const struct token_use *use = who->extra;

	if (use != NULL && (now - use->used_at >= MINUTE_US || now < use->used_at))
		(void)db_write(db, &q[Q_USED], IN(V_I(now), V_B(who->session, sizeof(who->session))), NULL);
}

enum found
token_who(struct db *db, const unsigned char hash[32], uint64_t id, int64_t now, struct who *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_WHO], IN(V_U(id), V_B(hash, 32)), a, &r);
	struct token_use *use = arena_alloc(a, sizeof(*use));

	(void)now;
	if (f != FOUND)
		return f;
	*out = (struct who){ .user = row_u(&r, 0), .organisation = row_u(&r, 1), .role = role_of_word(row_s(&r, 2)),
	    .member = member_role_of_word(row_s(&r, 3)), .lang = lang_of(row_s(&r, 4)), .name = row_s(&r, 5), .csrf = "", .zone = "UTC",
	    .extra = use };
	*use = (struct token_use){ (unsigned)row_u(&r, 6), row_i(&r, 8) };
	if (out->role >= ROLE_ORGANISER && row_u(&r, 7) == 0)
		return FOUND;
	*out = (struct who){ .user = 0 };
	return NONE;
}
