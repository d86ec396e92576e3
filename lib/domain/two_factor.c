/*
 * two_factor.c - see two_factor.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/totp.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/setup.h"
#include "domain/throttle.h"
#include "domain/two_factor.h"

enum { NONCE = SEAL_NONCE };

enum { Q_OF, Q_BEGIN, Q_STEP, Q_ON, Q_OFF, Q_USE_CODE, Q_ADD_CODE, Q_DROP_CODES, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_OF] = { "u", "ubius", "SELECT u.organisation_id, u.totp_nonce, u.totp_at,"
	    " (SELECT COUNT(*) FROM recovery_code c WHERE c.user_id = u.id AND c.used_at IS NULL), u.email"
	    " FROM user u WHERE u.id = ? AND u.password_hash IS NOT NULL AND u.email IS NOT NULL" },
	[Q_BEGIN] = { "bu", "", "UPDATE user SET totp_nonce = ? WHERE id = ? AND totp_at IS NULL" },
	/* the guard is what makes a code work once, also for two who send it at the same instant */
	[Q_STEP] = { "uuu", "", "UPDATE user SET totp_step = ? WHERE id = ? AND totp_step < ?" },
	[Q_ON] = { "iu", "", "UPDATE user SET totp_at = ? WHERE id = ? AND totp_at IS NULL" },
	[Q_OFF] = { "u", "", "UPDATE user SET totp_at = NULL, totp_nonce = NULL WHERE id = ? AND totp_nonce IS NOT NULL" },
	[Q_USE_CODE] = { "iub", "", "UPDATE recovery_code SET used_at = ? WHERE user_id = ? AND code_hash = ? AND used_at IS NULL" },
	[Q_ADD_CODE] = { "ub", "", "INSERT INTO recovery_code (user_id, code_hash) VALUES (?, ?)" },
	[Q_DROP_CODES] = { "u", "", "DELETE FROM recovery_code WHERE user_id = ?" },
};
DB_STATEMENTS(q)

struct state { struct organisation_id organisation; bool begun, on; int64_t since; unsigned left; unsigned char secret[TOTP_SECRET]; const char *email; };

static enum found
state_of(struct db *db, struct user_id user, struct state *s, struct arena *a)
{
	unsigned char mark[32];
	struct row r;
	const void *nonce;
	size_t n;
	enum found f = db_row(db, &q[Q_OF], IN(V_U(user.v)), a, &r);

	if (f != FOUND)
		return f;
	*s = (struct state){ .organisation = { row_u(&r, 0) }, .begun = !row_is_null(&r, 1), .on = !row_is_null(&r, 2),
	    .since = row_i(&r, 2), .left = (unsigned)row_u(&r, 3), .email = row_s(&r, 4) };
	if (!s->begun)
		return FOUND;
	nonce = row_b(&r, 1, &n);
	assert(n == NONCE);
	seal_mark_of("totp", user.v, nonce, mark);
	memcpy(s->secret, mark, TOTP_SECRET);
	return FOUND;
}

enum found
two_factor_of(struct db *db, struct user_id user, struct two_factor *out, struct arena *a)
{
	struct state s;
	enum found f = state_of(db, user, &s, a);

	if (f != FOUND)
		return f;
	*out = (struct two_factor){ .on = s.on, .begun = s.begun && !s.on, .since = s.since, .codes_left = s.left };
	if (out->begun) {
		out->secret = totp_secret_words(a, s.secret);
		out->uri = totp_uri(a, s.secret, s.email);
	}
	return FOUND;
}

/* --- codes --- */

static const char *
subject(struct user_id user, struct arena *a)
{
	return arena_fmt(a, "step %llu", (unsigned long long)user.v);
}

bool
two_factor_try(struct db *db, struct user_id user, const char *address, int64_t now, enum refusal *why, struct arena *a)
{
	enum throttled t = throttle_try(db, subject(user, a), address, now, a);

	*why = t == TRY_PAUSED ? R_SIGNIN_PAUSED : R_NONE;
	return t == TRY_ALLOWED;
}

bool
two_factor_right(struct db *db, struct user_id user, const char *address, struct arena *a)
{
	return throttle_clear(db, subject(user, a), address, a);
}

static void
recovery_hash(struct user_id user, const char *folded, unsigned char out[32], struct arena *a)
{
	const char *msg = arena_fmt(a, "%llu %s", (unsigned long long)user.v, folded);

	seal_mark("recovery", msg, strlen(msg), out);
}

/* "123 456": people type it as they read it. */
static const char *
without_spaces(const char *code, struct arena *a)
{
	char *out = arena_strdup(a, code), *to = out;

	for (; *code != '\0'; code++)
		if (*code != ' ')
			*to++ = *code;
	*to = '\0';
	return out;
}

/* `recovery`: may it be one of the ten too? */
static bool
use(struct db *db, struct user_id user, const struct state *s, const char *typed, bool recovery, int64_t now,
    enum refusal *why, struct arena *a)
{
	const char *code = without_spaces(typed, a), *folded = setup_code_fold(a, code);
	unsigned char hash[32];
	uint64_t step, n = 0;

	*why = R_NONE;
	if (s->begun && totp_fits(s->secret, code, now, &step)) {
		if (db_write(db, &q[Q_STEP], IN(V_U(step), V_U(user.v), V_U(step)), &n) != WROTE)
			return false;
	} else if (recovery && *folded != '\0') {
		recovery_hash(user, folded, hash, a);
		if (db_write(db, &q[Q_USE_CODE], IN(V_I(now), V_U(user.v), V_B(hash, 32)), &n) != WROTE)
			return false;
	}
	if (n != 1)
		*why = R_WRONG_STEP_CODE;
	return n == 1;
}

bool
two_factor_use(struct db *db, struct user_id user, const char *code, int64_t now, enum refusal *why, struct arena *a)
{
	struct state s;

	*why = R_NONE;
	return state_of(db, user, &s, a) == FOUND && use(db, user, &s, code, true, now, why, a);
}

/* --- changes --- */

struct change {
	struct user_id user, by;
	const char *code, *address;
	int64_t now;
	const char **codes;
	bool on;			/* confirming; else new codes for what is on */
	bool already;
	enum refusal why;
	struct arena *arena;
};

static bool
refuse(struct change *c, enum refusal why)
{
	c->why = why;
	return false;
}

static bool
change_begin(struct db *db, struct change *c, struct state *s)
{
	enum found f = state_of(db, c->user, s, c->arena);

	c->why = f == NONE ? R_NOT_ALLOWED : R_NONE;
	c->already = false;
	return f == FOUND;
}

static bool
begin(struct db *db, void *ctx)
{
	struct change *c = ctx;
	unsigned char nonce[NONCE];
	struct state s;

	if (!change_begin(db, c, &s))
		return false;
	if (s.on)
		return refuse(c, R_WRONG_STATE);
	if (s.begun)
		return c->already = true;
	seal_random(nonce, sizeof(nonce));
	return db_write(db, &q[Q_BEGIN], IN(V_B(nonce, NONCE), V_U(c->user.v)), NULL) == WROTE &&
	    audit_add(db, s.organisation, c->by, c->now, "user.two_factor_begin", "user", c->user.v, "");
}

static bool
new_codes(struct db *db, struct change *c)
{
	if (db_write(db, &q[Q_DROP_CODES], IN(V_U(c->user.v)), NULL) != WROTE)
		return false;
	for (unsigned i = 0; i < RECOVERY_CODES; i++) {
		unsigned char hash[32];

		c->codes[i] = setup_code_new(c->arena);
		recovery_hash(c->user, setup_code_fold(c->arena, c->codes[i]), hash, c->arena);
		if (db_write(db, &q[Q_ADD_CODE], IN(V_U(c->user.v), V_B(hash, 32)), NULL) != WROTE)
			return false;
	}
	return true;
}

static bool
confirm(struct db *db, void *ctx)
{
	struct change *c = ctx;
	struct state s;

	if (!change_begin(db, c, &s))
		return false;
	if (s.on == c->on || !s.begun)
		return refuse(c, R_WRONG_STATE);
	return use(db, c->user, &s, c->code, false, c->now, &c->why, c->arena) &&
	    (!c->on || db_write(db, &q[Q_ON], IN(V_I(c->now), V_U(c->user.v)), NULL) == WROTE) && new_codes(db, c) &&
	    two_factor_right(db, c->user, c->address, c->arena) &&
	    audit_add(db, s.organisation, c->by, c->now, c->on ? "user.two_factor_on" : "user.recovery_codes", "user", c->user.v, "");
}

static bool
off(struct db *db, void *ctx)
{
	struct change *c = ctx;
	struct state s;

	if (!change_begin(db, c, &s))
		return false;
	if (!s.begun)
		return c->already = true;
	if (c->code != NULL && (!use(db, c->user, &s, c->code, true, c->now, &c->why, c->arena) ||
	    !two_factor_right(db, c->user, c->address, c->arena)))
		return false;
	return db_write(db, &q[Q_OFF], IN(V_U(c->user.v)), NULL) == WROTE &&
	    db_write(db, &q[Q_DROP_CODES], IN(V_U(c->user.v)), NULL) == WROTE &&
	    audit_add(db, s.organisation, c->by, c->now, c->code != NULL ? "user.two_factor_off" : "user.two_factor_reset",
	    "user", c->user.v, "");
}

static enum saved
run(struct db *db, bool (*work)(struct db *, void *), struct change *c, enum refusal *why)
{
	enum tx t = tx_write(db, work, c);
	enum saved s = saved_of(t, c->why);

	*why = c->why;
	return s == SAVED && c->already ? ALREADY : s;
}

/* The same for what asks for a code: counted first, as at the sign-in. */
static enum saved
run_tried(struct db *db, bool (*work)(struct db *, void *), struct change *c, enum refusal *why)
{
	if (!two_factor_try(db, c->user, c->address, c->now, why, c->arena))
		return *why == R_NONE ? NOT_SAVED : REFUSED;
	return run(db, work, c, why);
}

enum saved
two_factor_begin(struct db *db, struct user_id user, int64_t now, enum refusal *why, struct arena *a)
{
	struct change c = { .user = user, .by = user, .now = now, .arena = a };

	return run(db, begin, &c, why);
}

enum saved
two_factor_confirm(struct db *db, struct user_id user, const char *code, const char *address, int64_t now,
    const char *codes[RECOVERY_CODES], enum refusal *why, struct arena *a)
{
	struct change c = { .user = user, .by = user, .code = code, .address = address, .now = now, .codes = codes,
	    .on = true, .arena = a };

	return run_tried(db, confirm, &c, why);
}

enum saved
two_factor_renew_codes(struct db *db, struct user_id user, const char *code, const char *address, int64_t now,
    const char *codes[RECOVERY_CODES], enum refusal *why, struct arena *a)
{
	struct change c = { .user = user, .by = user, .code = code, .address = address, .now = now, .codes = codes, .arena = a };

	return run_tried(db, confirm, &c, why);
}

enum saved
two_factor_off(struct db *db, struct user_id user, const char *code, const char *address, int64_t now,
    enum refusal *why, struct arena *a)
{
	struct change c = { .user = user, .by = user, .code = code, .address = address, .now = now, .arena = a };

	return run_tried(db, off, &c, why);
}

enum saved
two_factor_reset(struct db *db, struct user_id user, struct user_id by, int64_t now, struct arena *a)
{
	struct change c = { .user = user, .by = by, .now = now, .arena = a };
	enum refusal why;

	return run(db, off, &c, &why);
}
