/*
 * throttle.c - see throttle.h.
 */
#include <arpa/inet.h>

#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/text.h"

#include "domain/throttle.h"

enum { Q_OLD, Q_FIRST, Q_LOOK, Q_LOCK, Q_SET, Q_CLEAR, Q_BACK, Q__MAX };
static struct stmt q[Q__MAX] = {
	/* a little of the past goes at each try; no pause is older than two of its lengths */
	[Q_OLD]   = { "i", "", "DELETE FROM throttle WHERE first_at < ? LIMIT 20" },
	/* also locks a row that exists: READ COMMITTED locks nothing where there is none */
	[Q_FIRST] = { "si", "", "INSERT INTO throttle (subject, failures, first_at) VALUES (?, 0, ?)"
	    " ON DUPLICATE KEY UPDATE failures = failures" },
	[Q_LOOK]  = { "s", "i", "SELECT blocked_until FROM throttle WHERE subject = ?" },
	[Q_LOCK]  = { "s", "uii", "SELECT failures, first_at, blocked_until FROM throttle WHERE subject = ? FOR UPDATE" },
	[Q_SET]   = { "uiis", "", "UPDATE throttle SET failures = ?, first_at = ?, blocked_until = ? WHERE subject = ?" },
	[Q_CLEAR] = { "s", "", "DELETE FROM throttle WHERE subject = ?" },
	/* one try back; a pause that this very try began is lifted with it */
	[Q_BACK]  = { "s", "", "UPDATE throttle SET failures = failures - 1, blocked_until = 0 WHERE subject = ? AND failures > 0" },
};
DB_STATEMENTS(q)

bool
throttle_decide(const struct throttle *t, unsigned tries, int64_t pause_us, int64_t now, struct throttle *next)
{
	*next = *t;
	if (now < t->blocked_until)
		return false;
	if (t->blocked_until != 0 || now - t->first_at >= pause_us || now < t->first_at)
		*next = (struct throttle){ 0, now, 0 };
	next->failures++;
	if (next->failures >= tries)
		next->blocked_until = now + pause_us;
	return true;
}

const char *
throttle_address(struct arena *a, const char *address)
{
	unsigned char v6[16];

	if (inet_pton(AF_INET6, address, v6) != 1)
		return arena_fmt(a, "a:%s", address);
	if (memcmp(v6, "\0\0\0\0\0\0\0\0\0\0\377\377", 12) == 0)	/* an IPv4 address written as IPv6 */
		return arena_fmt(a, "a:%u.%u.%u.%u", v6[12], v6[13], v6[14], v6[15]);
	return arena_fmt(a, "a:%02x%02x:%02x%02x:%02x%02x:%02x%02x", v6[0], v6[1], v6[2], v6[3], v6[4], v6[5], v6[6], v6[7]);
}

static const char *
account_subject(struct arena *a, const char *account)
{
	return arena_fmt(a, "u:%s", text_cut(a, account, 190));
}

struct try { const char *subject[2]; unsigned tries[2], n; int64_t now; bool allowed; struct arena *arena; };

static bool
try_all(struct db *db, void *ctx)
{
	struct try *t = ctx;
	int64_t pause = (int64_t)conf.signin_pause_minutes * MINUTE_US;

	t->allowed = true;
	if (db_write(db, &q[Q_OLD], IN(V_I(t->now - 2 * pause)), NULL) != WROTE)
		return false;
	for (unsigned i = 0; i < t->n && t->allowed; i++) {
		struct throttle have, next;
		struct row r;

		if (db_write(db, &q[Q_FIRST], IN(V_S(t->subject[i]), V_I(t->now)), NULL) != WROTE ||
		    db_row(db, &q[Q_LOCK], IN(V_S(t->subject[i])), t->arena, &r) != FOUND)
			return false;
		have = (struct throttle){ (unsigned)row_u(&r, 0), row_i(&r, 1), row_i(&r, 2) };
		t->allowed = throttle_decide(&have, t->tries[i], pause, t->now, &next);
		if (t->allowed && db_write(db, &q[Q_SET], IN(V_U(next.failures), V_I(next.first_at), V_I(next.blocked_until),
		    V_S(t->subject[i])), NULL) != WROTE)
			return false;
	}
	return true;
}

enum throttled
throttle_try(struct db *db, const char *account, const char *address, int64_t now, struct arena *a)
{
	struct try t = {
		.subject = { throttle_address(a, address), account_subject(a, account) },
		.tries = { conf.signin_tries * 10, conf.signin_tries }, .n = 2, .now = now, .arena = a,
	};

	if (tx_write(db, try_all, &t) != TX_DONE)
		return TRY_FAILED;
	if (!t.allowed)
		log_warn("sign-in paused address=%s", text_tame(a, address));
	return t.allowed ? TRY_ALLOWED : TRY_PAUSED;
}

bool
throttle_clear(struct db *db, const char *account, const char *address, struct arena *a)
{
	return db_write(db, &q[Q_CLEAR], IN(V_S(account_subject(a, account))), NULL) == WROTE &&
	    db_write(db, &q[Q_BACK], IN(V_S(throttle_address(a, address))), NULL) == WROTE;
}

enum throttled
throttle_join(struct db *db, const char *address, int64_t now, struct arena *a)
{
	struct try t = { .subject = { arena_fmt(a, "j%s", throttle_address(a, address)) }, .tries = { conf.join_tries }, .n = 1,
	    .now = now, .arena = a };
	struct row r;
	enum found f = db_row(db, &q[Q_LOOK], IN(V_S(t.subject[0])), a, &r);

	if (f == FAILED)
		return TRY_FAILED;
	if (f == FOUND && now < row_i(&r, 0))
		return TRY_PAUSED;
	if (tx_write(db, try_all, &t) != TX_DONE)
		return TRY_FAILED;
	return t.allowed ? TRY_ALLOWED : TRY_PAUSED;
}
