/*
 * session.c - see session.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

#include "domain/outcome.h"
#include "domain/session.h"

enum { Q_WHO, Q_ADD, Q_SEEN, Q_OVER, Q_END, Q_NOTE, Q_END_ALL, Q_LIST, Q_END_OWN, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_WHO] = { "ubi", "uussssssu",
	    "SELECT u.id, u.organisation_id, u.role, m.role, u.language, u.name, s.csrf, o.time_zone, " USER_HELD_BACK
	    " FROM session s JOIN user u ON u.id = s.user_id JOIN organisation o ON o.id = u.organisation_id"
	    " LEFT JOIN member m ON m.operation_id = ? AND m.user_id = u.id"
	    " WHERE s.token_hash = ? AND s.expires_at > ? AND u.disabled_at IS NULL" },
	[Q_ADD] = { "bususii", "", "INSERT INTO session (token_hash, user_id, csrf, link_id, address, created_at, expires_at)"
	    " VALUES (?, ?, ?, NULLIF(?, 0), ?, ?, ?)" },
	[Q_SEEN] = { "iu", "", "UPDATE user SET seen_at = ? WHERE id = ?" },
	/* a little of the past goes at each sign-in, so that it never piles up */
	[Q_OVER] = { "i", "", "DELETE FROM session WHERE expires_at <= ? LIMIT 50" },
	[Q_END] = { "b", "", "DELETE FROM session WHERE token_hash = ?" },
	[Q_NOTE] = { "uisb", "", "INSERT INTO audit (organisation_id, user_id, at, verb, object, object_id)"
	    " SELECT u.organisation_id, NULLIF(?, 0), ?, ?, 'user', u.id FROM session s JOIN user u ON u.id = s.user_id"
	    " WHERE s.token_hash = ?" },
	[Q_END_ALL] = { "u", "", "DELETE FROM session WHERE user_id = ?" },
	[Q_LIST] = { "ui", "bsuii", "SELECT token_hash, address, COALESCE(link_id, 0), created_at, expires_at FROM session"
	    " WHERE user_id = ? AND expires_at > ? ORDER BY created_at DESC, token_hash LIMIT 100" },
	[Q_END_OWN] = { "bui", "", "DELETE FROM session WHERE token_hash = ? AND user_id = ? AND expires_at > ?" },
};
DB_STATEMENTS(q)

enum found
session_who(struct db *db, const unsigned char session[32], uint64_t id, int64_t now, struct who *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_WHO], IN(V_U(id), V_B(session, 32), V_I(now)), a, &r);

	if (f != FOUND)
		return f;
	*out = (struct who){
		.user = row_u(&r, 0), .organisation = row_u(&r, 1), .role = role_of_word(row_s(&r, 2)),
		.member = member_role_of_word(row_s(&r, 3)),
		.lang = lang_of(row_s(&r, 4)), .name = row_s(&r, 5), .csrf = row_s(&r, 6), .zone = row_s(&r, 7),
		.held_back = row_u(&r, 8) != 0,
	};
	memcpy(out->session, session, sizeof(out->session));
	return FOUND;
}

bool
session_add(struct db *db, struct user_id user, uint64_t link, const char *address, int64_t now,
    const char **token, struct arena *a)
{
	unsigned char hash[32], csrf[16];

	if (*token == NULL)
		*token = seal_token(a, 32);
	seal_sha256(*token, strlen(*token), hash);
	seal_random(csrf, sizeof(csrf));
	return db_write(db, &q[Q_OVER], IN(V_I(now)), NULL) == WROTE &&
	    db_write(db, &q[Q_ADD], IN(V_B(hash, 32), V_U(user.v), V_S(seal_hex(a, csrf, sizeof(csrf))), V_U(link),
	    V_S(address), V_I(now), V_I(now + (int64_t)conf.session_days * DAY_US)), NULL) == WROTE &&
	    db_write(db, &q[Q_SEEN], IN(V_I(now), V_U(user.v)), NULL) == WROTE;
}

struct start {
	struct user_id user;
	uint64_t link;
	const char *address;
	int64_t now;
	const char **token;
	struct arena *arena;
};

static bool
start(struct db *db, void *ctx)
{
	struct start *s = ctx;

	return session_add(db, s->user, s->link, s->address, s->now, s->token, s->arena);
}

bool
session_start(struct db *db, struct user_id user, uint64_t link, const char *address, int64_t now,
    const char **token, struct arena *a)
{
	struct start s = { user, link, address, now, token, a };

	*token = NULL;
	return tx_write(db, start, &s) == TX_DONE;
}

struct end { struct user_id user, by; unsigned char hash[32]; int64_t now; uint64_t ended; };

static bool
sign_out(struct db *db, void *ctx)
{
	struct end *e = ctx;

	return db_write(db, &q[Q_NOTE], IN(V_U(e->by.v), V_I(e->now), V_S("signout"), V_B(e->hash, 32)), NULL) == WROTE &&
	    db_write(db, &q[Q_END], IN(V_B(e->hash, 32)), NULL) == WROTE;
}

bool
session_end(struct db *db, const unsigned char session[32], struct user_id user, int64_t now)
{
	struct end e = { .user = user, .by = user, .now = now };
	enum tx t;

	memcpy(e.hash, session, sizeof(e.hash));
	t = tx_write(db, sign_out, &e);
	return t == TX_DONE || (t == TX_UNSURE && tx_write(db, sign_out, &e) == TX_DONE);
}

bool
session_list(struct db *db, struct user_id user, int64_t now, struct session_row **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_LIST], IN(V_U(user.v), V_I(now)), a, &rows))
		return false;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	*n = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		size_t len;
		const void *hash = row_b(r, 0, &len);

		assert(len == 32);
		memcpy((*out)[i].hash, hash, 32);
		(*out)[i].address = row_s(r, 1);
		(*out)[i].by_link = row_u(r, 2) != 0;
		(*out)[i].created_at = row_i(r, 3);
		(*out)[i].expires_at = row_i(r, 4);
	}
	return true;
}

static bool
end_one(struct db *db, void *ctx)
{
	struct end *e = ctx;

	/* a session that is somebody else's, or over, leaves no row: nothing is deleted then, and nothing committed */
	return db_write(db, &q[Q_NOTE], IN(V_U(e->by.v), V_I(e->now), V_S("session.end"), V_B(e->hash, 32)), NULL) == WROTE &&
	    db_write(db, &q[Q_END_OWN], IN(V_B(e->hash, 32), V_U(e->user.v), V_I(e->now)), &e->ended) == WROTE && e->ended == 1;
}

enum saved
session_end_one(struct db *db, struct user_id user, const unsigned char session[32], struct user_id by, int64_t now)
{
	struct end e = { .user = user, .by = by, .now = now };
	enum tx t;

	memcpy(e.hash, session, sizeof(e.hash));
	t = tx_write(db, end_one, &e);
	return t == TX_REFUSED && e.ended == 0 ? ALREADY : saved_of(t, R_NONE);
}

bool
session_end_all(struct db *db, struct user_id user)
{
	return db_write(db, &q[Q_END_ALL], IN(V_U(user.v)), NULL) == WROTE;
}
