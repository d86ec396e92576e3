/*
 * outbox_send.c - one address's turn. What was taken is marked in a transaction of its own, so that a worker that dies in
 * between sends it again, with the same id; the mark asks for the lease, so that nobody marks what another worker does.
 */
#include "domain/outbox_in.h"

#include "domain/audit.h"
#include "domain/horizon.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#define LEASE_US	(60 * SECOND_US)	/* more than a turn and the deadlines of a request */
#define TURN_US		(5 * SECOND_US)
enum { A_TURN = 50 };

enum { Q_NEXT, Q_LEASE, Q_BACK, Q_TAKEN, Q_SKIPPED, Q_FAILED, Q_TESTED, Q_TRY, Q_OLD, Q_FORGET, Q_ENDED, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_NEXT] = { "iiu", "uuusbuuuiuiib", "SELECT id, organisation_id, COALESCE(operation_id, 0), url, secret, with_answers, sent_attempt, failures,"
	    " COALESCE(failing_since, 0), paused <> '', COALESCE(test_at, 0), COALESCE(old_until, 0), old_secret FROM outbox"
	    " WHERE removed_at IS NULL AND leased_until <= ? AND (test_at IS NOT NULL OR (paused = '' AND next_at <= ? AND sent_attempt < ?))"
	    " ORDER BY leased_until, id LIMIT 1 FOR UPDATE SKIP LOCKED" },
	[Q_LEASE] = { "iu", "", "UPDATE outbox SET leased_until = ? WHERE id = ?" },
	/* a moment in the past, so that others have their turn first */
	[Q_BACK] = { "iui", "", "UPDATE outbox SET leased_until = ? WHERE id = ? AND leased_until = ?" },
	[Q_TAKEN] = { "uui", "", "UPDATE outbox SET sent_attempt = ?, failures = 0, failing_since = NULL, next_at = 0 WHERE id = ? AND leased_until = ?" },
	[Q_SKIPPED] = { "uui", "", "UPDATE outbox SET sent_attempt = ? WHERE id = ? AND leased_until = ?" },
	[Q_FAILED] = { "iissiui", "", "UPDATE outbox SET failures = failures + 1, failing_since = COALESCE(failing_since, ?), next_at = ?,"
	    " paused = ?, paused_at = IF(? = '', NULL, ?) WHERE id = ? AND leased_until = ? AND paused = ''" },
	[Q_TESTED] = { "uii", "", "UPDATE outbox SET test_at = NULL WHERE id = ? AND leased_until = ? AND test_at = ?" },
	[Q_TRY] = { "uuiuuu", "", "INSERT INTO outbox_try (outbox_id, attempt_id, at, took_ms, status, why) VALUES (?, NULLIF(?, 0), ?, ?, ?, ?)" },
	[Q_OLD] = { "uu", "u", "SELECT id FROM outbox_try WHERE outbox_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?" },
	[Q_ENDED] = { "ui", "", "UPDATE outbox SET old_secret = NULL, old_until = NULL WHERE id = ? AND old_until <= ?" },
	[Q_FORGET] = { "uu", "", "DELETE FROM outbox_try WHERE outbox_id = ? AND id <= ? LIMIT 1000" },
};
DB_STATEMENTS(q)

struct turn {
	int64_t now, lease;
	uint64_t safe;
	bool none, mine;
	/* the address */
	uint64_t id, sent;
	struct organisation_id org;
	struct operation_id op;
	const char *url, *secret, *old_secret;		/* old_secret: NULL, there is none, or its time is over */
	bool with_answers, paused;
	unsigned failures;
	int64_t failing_since, test_at;
	/* the try to be noted */
	uint64_t attempt;
	struct fetch_answer answer;
	unsigned took_ms;
	enum outbox_pause pause;
	int64_t wait;
	struct arena *a;
};

int64_t
outbox_wait(unsigned failures)
{
	static const int seconds[] = { 5, 30, 120, 600, 1800, 3600 };

	return seconds[failures < 1 ? 0 : failures > NITEMS(seconds) ? NITEMS(seconds) - 1 : failures - 1] * SECOND_US;
}

const char *
outbox_signature(struct arena *a, const char *secret, const char *id, int64_t timestamp, const char *body)
{
	unsigned char key[OUTBOX_SECRET_BYTES], mac[32];
	const char *text;

	if (strncmp(secret, "whsec_", 6) != 0 || !seal_unbase64(secret + 6, key, sizeof(key)))
		return NULL;
	text = arena_fmt(a, "%s.%lld.%s", id, (long long)timestamp, body);
	seal_hmac256(key, sizeof(key), text, strlen(text), mac);
	return arena_fmt(a, "v1,%s", seal_base64(a, mac, sizeof(mac)));
}

/* --- the turn --- */

static bool
lease(struct db *db, void *ctx)
{
	struct turn *t = ctx;
	const void *box;
	struct row r;
	size_t n;

	t->none = false;
	switch (db_row(db, &q[Q_NEXT], IN(V_I(t->now), V_I(t->now), V_U(t->safe)), t->a, &r)) {
	case FOUND:	break;
	case NONE:	t->none = true; return false;
	case FAILED:	return false;
	}
	t->id = row_u(&r, 0);
	t->org.v = row_u(&r, 1);
	t->op.v = row_u(&r, 2);
	t->url = row_s(&r, 3);
	box = row_b(&r, 4, &n);
	t->secret = box == NULL ? NULL : seal_open_box(t->a, OUTBOX_SECRET_PURPOSE, box, n);
	t->with_answers = row_u(&r, 5) != 0;
	t->sent = row_u(&r, 6);
	t->failures = (unsigned)row_u(&r, 7);
	t->failing_since = row_i(&r, 8);
	t->paused = row_u(&r, 9) != 0;
	t->test_at = row_i(&r, 10);
	box = row_i(&r, 11) <= t->now ? NULL : row_b(&r, 12, &n);
	t->old_secret = box == NULL ? NULL : seal_open_box(t->a, OUTBOX_SECRET_PURPOSE, box, n);
	t->lease = t->now + LEASE_US;
	return db_write(db, &q[Q_LEASE], IN(V_I(t->lease), V_U(t->id)), NULL) == WROTE;
}

/* Sends one message. True: it was taken. */
static bool
send_one(struct turn *t, const char *id, const char *body)
{
	const char *stamp, *signature, *old, *headers[4] = { NULL };
	int64_t began = clock_now_us(), seconds = began / SECOND_US;
	struct fetch_request rq = { .method = "POST", .url = t->url, .content_type = "application/json", .body = body, .headers = headers,
		.public_only = conf.webhook_private == 0, .may_come_twice = true };
	enum fetched f = FETCH_NOT_SENT;

	t->answer = (struct fetch_answer){ .why = FETCH_ADDRESS, .body = "" };
	t->took_ms = 0;
	if (t->secret == NULL || (signature = outbox_signature(t->a, t->secret, id, seconds, body)) == NULL) {
		log_error("webhook %llu: its secret does not open with this server's key", (unsigned long long)t->id);
		t->answer.why = FETCH_BROKEN;
		return false;
	}
	if (outbox_url_refusal(t->url) != R_NONE)	/* the setting has changed since */
		return false;
	stamp = arena_fmt(t->a, "webhook-timestamp: %lld", (long long)seconds);
	headers[0] = arena_fmt(t->a, "webhook-id: %s", id);
	headers[1] = stamp;
	old = t->old_secret == NULL ? NULL : outbox_signature(t->a, t->old_secret, id, seconds, body);
	headers[2] = arena_fmt(t->a, old == NULL ? "webhook-signature: %s%s" : "webhook-signature: %s %s", signature, old == NULL ? "" : old);
	f = fetch(t->a, &rq, &t->answer);
	t->took_ms = (unsigned)((clock_now_us() - began) / 1000);
	return f == FETCH_ANSWERED && t->answer.status >= 200 && t->answer.status < 300;
}

static bool
note(struct db *db, const struct turn *t)
{
	return db_write(db, &q[Q_TRY], IN(V_U(t->id), V_U(t->attempt), V_I(clock_now_us()), V_U(t->took_ms), V_U((unsigned)t->answer.status),
	    V_U(t->answer.why)), NULL) == WROTE;
}

static bool
taken(struct db *db, void *ctx)
{
	struct turn *t = ctx;
	uint64_t n;

	if (db_write(db, &q[Q_TAKEN], IN(V_U(t->attempt), V_U(t->id), V_I(t->lease)), &n) != WROTE)
		return false;
	t->mine = n == 1;
	return t->mine && note(db, t);
}

static const char *const pause_word[OUTBOX_PAUSES] = { "", "hand", "failing", "gone" };

static bool
not_taken(struct db *db, void *ctx)
{
	struct turn *t = ctx;
	int64_t now = clock_now_us();
	uint64_t n;

	if (db_write(db, &q[Q_FAILED], IN(V_I(now), V_I(now + t->wait), V_S(pause_word[t->pause]), V_S(pause_word[t->pause]), V_I(now), V_U(t->id),
	    V_I(t->lease)), &n) != WROTE)
		return false;
	t->mine = n == 1;
	return t->mine && note(db, t) && (t->pause == OUTBOX_GOES ||
	    audit_add(db, t->org, (struct user_id){ 0 }, now, "webhook.stop", "webhook", t->id, pause_word[t->pause]));
}

/* How long it waits, and whether that is the end of it. */
static void
judge(struct turn *t)
{
	int64_t now = clock_now_us(), asked = (int64_t)t->answer.retry_after_s * SECOND_US;

	t->wait = outbox_wait(t->failures + 1);
	if (asked > t->wait)
		t->wait = asked < HOUR_US ? asked : HOUR_US;
	t->pause = t->answer.status == 410 ? OUTBOX_GONE :
	    t->failing_since != 0 && now - t->failing_since >= OUTBOX_GIVES_UP_US ? OUTBOX_FAILING : OUTBOX_GOES;
}

static bool
tested(struct db *db, void *ctx)
{
	struct turn *t = ctx;
	uint64_t n;

	if (db_write(db, &q[Q_TESTED], IN(V_U(t->id), V_I(t->lease), V_I(t->test_at)), &n) != WROTE)
		return false;
	return n == 1 && note(db, t);
}

/* False: no more of this address now. */
static bool
calls(struct db *db, struct turn *t)
{
	struct outbox_call *call;
	uint64_t reached;
	size_t n;

	if (!outbox_calls(db, t->org, t->op, t->with_answers, t->sent, t->safe, A_TURN, &call, &n, &reached, t->a))
		return false;
	for (size_t i = 0; i < n && clock_now_us() - t->now < TURN_US; i++) {
		t->attempt = call[i].attempt;
		if (!send_one(t, arena_fmt(t->a, "call_%llu_%llu", (unsigned long long)t->id, (unsigned long long)t->attempt), call[i].body)) {
			judge(t);
			(void)tx_write(db, not_taken, t);
			return false;
		}
		if (tx_write(db, taken, t) != TX_DONE)	/* it will be sent again, with the same id */
			return false;
	}
	return n > 0 || db_write(db, &q[Q_SKIPPED], IN(V_U(reached), V_U(t->id), V_I(t->lease)), NULL) == WROTE;
}

static bool
forget(struct db *db, const struct turn *t)
{
	struct row r;
	enum found f = db_row(db, &q[Q_OLD], IN(V_U(t->id), V_U(OUTBOX_TRIES_KEPT)), t->a, &r);

	/* a secret whose time is over is kept no longer than till the next turn */
	if (db_write(db, &q[Q_ENDED], IN(V_U(t->id), V_I(t->now)), NULL) != WROTE)
		return false;
	return f == NONE || (f == FOUND && db_write(db, &q[Q_FORGET], IN(V_U(t->id), V_U(row_u(&r, 0))), NULL) == WROTE);
}

enum found
outbox_turn(struct db *db, struct arena *a)
{
	struct turn t = { .now = clock_now_us(), .a = a };

	if (!horizon_of(db, HORIZON_ATTEMPT, &t.safe, a))
		return FAILED;
	if (tx_write(db, lease, &t) != TX_DONE)
		return t.none ? NONE : FAILED;
	if (t.test_at != 0) {
		(void)send_one(&t, arena_fmt(a, "test_%llu_%lld", (unsigned long long)t.id, (long long)t.test_at), outbox_test_body(t.test_at, a));
		(void)tx_write(db, tested, &t);
	}
	if (!t.paused && t.sent < t.safe)
		(void)calls(db, &t);
	(void)forget(db, &t);
	return db_write(db, &q[Q_BACK], IN(V_I(t.now), V_U(t.id), V_I(t.lease)), NULL) == WROTE ? FOUND : FAILED;
}
