/*
 * invite.c - see invite.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

#include "domain/audit.h"
#include "domain/invite.h"
#include "domain/outcome.h"
#include "domain/session.h"
#include "domain/token.h"
#include "domain/user.h"

#define INVITE_US	(7 * DAY_US)
#define RESET_US	DAY_US
enum { NONCE = SEAL_NONCE };

enum { Q_DROP, Q_ADD, Q_OF, Q_BY_TOKEN, Q_USE, Q_PASSWORD, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_DROP] = { "u", "", "DELETE FROM one_time_code WHERE user_id = ? AND used_at IS NULL" },
	[Q_ADD] = { "bsuib", "", "INSERT INTO one_time_code (code_hash, purpose, user_id, expires_at, nonce) VALUES (?, ?, ?, ?, ?)" },
	[Q_OF] = { "ui", "bi", "SELECT nonce, expires_at FROM one_time_code WHERE user_id = ? AND used_at IS NULL"
	    " AND nonce IS NOT NULL AND expires_at > ? ORDER BY expires_at DESC LIMIT 1" },
	[Q_BY_TOKEN] = { "bi", "us", "SELECT user_id, purpose FROM one_time_code WHERE code_hash = ? AND user_id IS NOT NULL"
	    " AND used_at IS NULL AND expires_at > ?" },
	/* of two at the same instant one changes the row */
	[Q_USE] = { "ib", "", "UPDATE one_time_code SET used_at = ? WHERE code_hash = ? AND used_at IS NULL" },
	[Q_PASSWORD] = { "su", "", "UPDATE user SET password_hash = ? WHERE id = ? AND disabled_at IS NULL" },
};
DB_STATEMENTS(q)

/* A new link in the place of one that was not used. */
static bool
add(struct db *db, struct user_id user, bool first, int64_t now, struct arena *a)
{
	unsigned char nonce[NONCE], hash[32];
	const char *token;

	seal_random(nonce, sizeof(nonce));
	token = seal_address(a, "invite", user.v, nonce);
	seal_sha256(token, strlen(token), hash);
	return db_write(db, &q[Q_DROP], IN(V_U(user.v)), NULL) == WROTE &&
	    db_write(db, &q[Q_ADD], IN(V_B(hash, 32), V_S(first ? "invite" : "password"), V_U(user.v),
	    V_I(now + (first ? INVITE_US : RESET_US)), V_B(nonce, NONCE)), NULL) == WROTE;
}

struct sending {
	const struct staff_by *by;
	const struct invite *in;
	struct user_id user;
	bool already;
	enum refusal why;
	struct arena *arena;
};

static bool
send_new(struct db *db, void *ctx)
{
	struct sending *s = ctx;
	struct user_new new = { .name = s->in->name, .email = s->in->email, .role = s->in->role, .lang = s->in->lang };
	struct user u;
	bool taken;
	enum found f = user_by_email(db, s->in->email, &u, s->arena);

	s->why = R_NONE;
	s->already = false;
	if (f == FAILED)
		return false;
	if (f == FOUND) {
		/* the form again: the same person, whom nobody let in yet */
		s->user = u.id;
		if (u.organisation.v == s->by->organisation.v && u.password_hash == NULL && u.role == s->in->role &&
		    strcmp(u.name, s->in->name) == 0)
			return s->already = true;
		s->why = R_EMAIL_TAKEN;
		return false;
	}
	if (!user_add(db, s->by->organisation, &new, NULL, s->by->user, s->by->now, &s->user, &taken, s->arena)) {
		s->why = taken ? R_EMAIL_TAKEN : R_NONE;
		return false;
	}
	return add(db, s->user, true, s->by->now, s->arena) &&
	    audit_add(db, s->by->organisation, s->by->user, s->by->now, "user.invite", "user", s->user.v, s->in->email);
}

static bool
renew(struct db *db, void *ctx)
{
	struct sending *s = ctx;
	struct user u;
	enum found f = user_by_id(db, s->user, &u, s->arena);

	s->why = R_NONE;
	if (f == FAILED)
		return false;
	if (f == NONE || u.organisation.v != s->by->organisation.v || u.email == NULL) {
		s->why = R_NOT_FOUND;
		return false;
	}
	if (u.disabled) {
		s->why = R_USER_DISABLED;
		return false;
	}
	return add(db, s->user, u.password_hash == NULL, s->by->now, s->arena) &&
	    audit_add(db, s->by->organisation, s->by->user, s->by->now,
	    u.password_hash == NULL ? "user.invite" : "user.reset_link", "user", s->user.v, u.email);
}

enum saved
invite_send(struct db *db, const struct staff_by *by, const struct invite *in, struct user_id *out, enum refusal *why,
    struct arena *a)
{
	struct sending x = { .by = by, .in = in, .arena = a };
	enum tx t = tx_write(db, send_new, &x);
	enum saved s = saved_of(t, x.why);

	*out = x.user;
	*why = x.why;
	return s == SAVED && x.already ? ALREADY : s;
}

enum saved
invite_renew(struct db *db, const struct staff_by *by, struct user_id user, enum refusal *why, struct arena *a)
{
	struct sending x = { .by = by, .user = user, .arena = a };
	enum tx t = tx_write(db, renew, &x);

	*why = x.why;
	return saved_of(t, x.why);
}

enum found
invite_of(struct db *db, struct user_id user, int64_t now, const char **url, int64_t *expires_at, struct arena *a)
{
	struct row r;
	const void *nonce;
	size_t n;
	enum found f = db_row(db, &q[Q_OF], IN(V_U(user.v), V_I(now)), a, &r);

	if (f != FOUND)
		return f;
	nonce = row_b(&r, 0, &n);
	assert(n == NONCE);
	*url = arena_fmt(a, "%s/welcome/%s", conf.public_url, seal_address(a, "invite", user.v, nonce));
	*expires_at = row_i(&r, 1);
	return FOUND;
}

/* --- what its visitor does --- */

static enum found
by_hash(struct db *db, const unsigned char hash[32], int64_t now, struct user *u, bool *first, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_BY_TOKEN], IN(V_B(hash, 32), V_I(now)), a, &r);

	if (f != FOUND)
		return f;
	*first = strcmp(row_s(&r, 1), "invite") == 0;
	f = user_by_id(db, (struct user_id){ row_u(&r, 0) }, u, a);
	return f == FOUND && u->disabled ? NONE : f;
}

enum found
invite_by_token(struct db *db, const char *token, int64_t now, struct invitee *out, struct arena *a)
{
	unsigned char hash[32];
	struct user u;
	enum found f;

	seal_sha256(token, strlen(token), hash);
	if ((f = by_hash(db, hash, now, &u, &out->first, a)) == FOUND)
		*out = (struct invitee){ u.id, u.name, u.email, u.lang, out->first };
	return f;
}

struct accept {
	unsigned char hash[32];
	const char *password_hash, *address;
	int64_t now;
	struct signed_in *in;
	enum refusal why;
	struct arena *arena;
};

static bool
accept(struct db *db, void *ctx)
{
	struct accept *x = ctx;
	struct user u;
	uint64_t n;
	bool first;
	enum found f = by_hash(db, x->hash, x->now, &u, &first, x->arena);

	x->why = R_NONE;
	x->in->token = NULL;
	if (f == FAILED)
		return false;
	if (f == FOUND && db_write(db, &q[Q_USE], IN(V_I(x->now), V_B(x->hash, 32)), &n) != WROTE)
		return false;
	if (f == NONE || n != 1) {
		x->why = R_LINK_ENDED;
		return false;
	}
	if (db_write(db, &q[Q_PASSWORD], IN(V_S(x->password_hash), V_U(u.id.v)), &n) != WROTE)
		return false;
	if (n != 1) {			/* disabled meanwhile */
		x->why = R_LINK_ENDED;
		return false;
	}
	x->in->user = u.id;
	x->in->lang = u.lang;
	return session_end_all(db, u.id) && token_end_all(db, u.organisation, u.id, u.id, x->now) &&
	    (u.two_factor || session_add(db, u.id, 0, x->address, x->now, &x->in->token, x->arena)) &&
	    audit_add(db, u.organisation, u.id, x->now, first ? "user.welcome" : "user.reset", "user", u.id.v, x->address);
}

enum saved
invite_accept(struct db *db, const char *token, const char *password, const char *address, int64_t now,
    struct signed_in *in, enum refusal *why, struct arena *a)
{
	struct accept x = { .address = address, .now = now, .in = in, .arena = a };
	struct invitee who;
	enum tx t;

	*in = (struct signed_in){ .token = NULL };
	*why = R_PASSWORD_SHORT;
	if (!user_password_fits(password))
		return REFUSED;
	/* hashing costs: not for links that open nothing */
	switch (invite_by_token(db, token, now, &who, a)) {
	case FOUND:	break;
	case NONE:	*why = R_LINK_ENDED; return REFUSED;
	default:	*why = R_NONE; return NOT_SAVED;
	}
	seal_sha256(token, strlen(token), x.hash);
	x.password_hash = seal_password_hash(a, password);
	t = tx_write(db, accept, &x);
	*why = x.why;
	return saved_of(t, x.why);
}
