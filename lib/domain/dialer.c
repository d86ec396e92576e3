/*
 * dialer.c - what is due, and who does it. Wanted calls come before questions about old ones, so that a provider's bad hour
 * does not hold up those who can be called.
 */
#include "domain/dialer_in.h"

#include "provider/pacing.h"

#define DUE_MOST	"20"
#define BACK_US		(5 * SECOND_US)		/* an adjustment of the clock by less is waited for */
#define ASK_GAP_US	SECOND_US
#define ASK_GAP_SIM_US	(5 * 1000)

enum { Q_CALLS, Q_LINES, Q_LEASE_CALL, Q_LEASE_LINE, Q_LOOK_AT, Q_BUCKET, Q_BUCKET_SET, Q_ASK, Q_CALLS_BACK, Q_LINES_BACK,
	Q_PAUSE_BACK, Q_POWER_BACK, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_CALLS] = { "i", "ui", "SELECT id, look_at FROM live_call WHERE look_at <= ?"
	    " ORDER BY state = 'wanted' DESC, hang_up_at IS NOT NULL AND state = 'sent' DESC, look_at DESC LIMIT " DUE_MOST },
	[Q_LINES] = { "i", "ui", "SELECT id, look_at FROM agent_line WHERE look_at <= ? ORDER BY look_at LIMIT " DUE_MOST },
	/* by the key of the row: through the index on look_at two of these meet head-on */
	[Q_LEASE_CALL] = { "iui", "", "UPDATE live_call FORCE INDEX (PRIMARY) SET look_at = ? WHERE id = ? AND look_at = ?" },
	[Q_LEASE_LINE] = { "iui", "", "UPDATE agent_line FORCE INDEX (PRIMARY) SET look_at = ? WHERE id = ? AND look_at = ?" },
	[Q_LOOK_AT] = { "iui", "", "UPDATE live_call FORCE INDEX (PRIMARY) SET look_at = ? WHERE id = ? AND look_at = ?" },
	[Q_BUCKET] = { "u", "iiiu", "SELECT bucket_at, bucket_tokens, not_before_at, slowed FROM trunk WHERE id = ? FOR UPDATE" },
	[Q_BUCKET_SET] = { "iiiuu", "", "UPDATE trunk SET bucket_at = ?, bucket_tokens = ?, not_before_at = ?, slowed = ? WHERE id = ?" },
	/* one that was asked in the future was asked by a clock that has gone back since */
	[Q_ASK] = { "iuii", "", "UPDATE trunk SET polled_at = ? WHERE id = ? AND (polled_at <= ? OR polled_at > ?)" },
	[Q_CALLS_BACK] = { "iii", "", "UPDATE live_call FORCE INDEX (look) SET look_at = ? WHERE look_at > ? AND (live = 1 OR look_at <= ?)" },
	[Q_PAUSE_BACK] = { "ii", "", "UPDATE trunk SET not_before_at = not_before_at - ? WHERE not_before_at > ?" },
	[Q_POWER_BACK] = { "ii", "", "UPDATE power SET look_at = ? WHERE look_at > ?" },
	[Q_LINES_BACK] = { "iii", "", "UPDATE agent_line FORCE INDEX (look) SET look_at = ? WHERE look_at > ? AND (live = 1 OR look_at <= ?)" },
};
DB_STATEMENTS(q)

int64_t dialer_lease;

/* --- pace --- */

static bool
bucket_read(struct db *db, struct trunk_id id, struct bucket *b, struct arena *a)
{
	struct row r;

	if (db_row(db, &q[Q_BUCKET], IN(V_U(id.v)), a, &r) != FOUND)
		return false;
	*b = (struct bucket){ .at_us = row_i(&r, 0), .tokens = row_i(&r, 1), .not_before_us = row_i(&r, 2), .slowed = (unsigned)row_u(&r, 3) };
	return true;
}

static bool
bucket_write(struct db *db, struct trunk_id id, const struct bucket *b)
{
	return db_write(db, &q[Q_BUCKET_SET], IN(V_I(b->at_us), V_I(b->tokens), V_I(b->not_before_us), V_U(b->slowed), V_U(id.v)), NULL) == WROTE;
}

bool
dialer_pace(struct db *db, struct trunk_id id, unsigned cps, int64_t now, int64_t *wait_us, struct arena *a)
{
	struct bucket b;

	*wait_us = 0;
	if (!bucket_read(db, id, &b, a))
		return false;
	if (bucket_take(&b, cps == 0 ? 1 : cps, now, wait_us))
		*wait_us = 0;
	else if (*wait_us <= 0)
		*wait_us = 1000;
	return bucket_write(db, id, &b);
}

struct slow { struct trunk_id id; unsigned retry_after_s; int64_t now; struct arena *a; };

static bool
slow(struct db *db, void *ctx)
{
	struct slow *x = ctx;
	struct bucket b;

	if (!bucket_read(db, x->id, &b, x->a))
		return false;
	bucket_too_many(&b, x->retry_after_s, x->now);
	return bucket_write(db, x->id, &b);
}

void
dialer_too_many(struct db *db, struct trunk_id id, unsigned retry_after_s, int64_t now, struct arena *a)
{
	struct slow x = { id, retry_after_s, now, a };

	(void)tx_write(db, slow, &x);
}

enum found
dialer_may_ask(struct db *db, const struct trunk *t, int64_t now, struct arena *a)
{
	int64_t gap = t->provider == PROVIDER_SIM ? ASK_GAP_SIM_US : ASK_GAP_US;
	uint64_t taken = 0;

	(void)a;
	if (db_write(db, &q[Q_ASK], IN(V_I(now), V_U(t->id.v), V_I(now - gap), V_I(now + MINUTE_US)), &taken) != WROTE)
		return FAILED;
	return taken > 0 ? FOUND : NONE;
}

/* --- trouble that is ours --- */

void
dialer_trouble(struct db *db, struct trunk_id trunk, struct operation_id op, const struct answer *an, int64_t now)
{
	if (an->trouble == TROUBLE_CALLER_ID || an->trouble == TROUBLE_PERMISSION)
		(void)dialing_pause(db, op, an->trouble, now);
	else
		(void)trunk_pause(db, trunk, an->trouble == TROUBLE_NONE ? TROUBLE_REFUSED : an->trouble, now);
}

/* --- turns --- */

bool
dialer_look_at(struct db *db, const struct live_call *c, int64_t at)
{
	return db_write(db, &q[Q_LOOK_AT], IN(at == INT64_MAX ? V_NULL : V_I(at), V_U(c->id.v), V_I(dialer_lease)), NULL) == WROTE;
}

bool
dialer_say(struct db *db, struct live_call *c, enum fact_kind kind, int64_t now, struct arena *a)
{
	struct fact f = fact_of_call(c, kind, now);

	switch (fact_add(db, c->trunk, 0, &f, now, c, a)) {
	case TOLD_NEW:
	case TOLD_KNOWN:	return true;
	default:		return false;
	}
}

static enum found
turn_call(struct db *db, struct live_call_id id, int64_t now, struct arena *a)
{
	struct live_call c;
	enum found f = live_call_by_id(db, id, &c, a);

	if (f != FOUND)
		return f == NONE ? FOUND : f;
	/* who stored the last fact died before it was applied */
	if (c.applied != c.facts && !live_call_apply(db, &c, now))
		return FAILED;
	switch (c.state) {
	case LIVE_WANTED:	return dialer_place(db, &c, now, a);
	case LIVE_SENT:		return dialer_look(db, &c, now, a);
	case LIVE_ENDED:	return dialer_after(db, &c, now, a);
	}
	return FOUND;
}

/* The first of them that nobody else has taken. */
static enum found
take(struct db *db, struct stmt *due, struct stmt *lease, int64_t now, uint64_t *id, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, due, IN(V_I(now)), a, &rows))
		return FAILED;
	for (size_t i = 0; i < rows.n; i++) {
		uint64_t mine = 0;
		if (db_write(db, lease, IN(V_I(now + LEASE_US), V_U(row_u(&rows.row[i], 0)), V_I(row_i(&rows.row[i], 1))), &mine) != WROTE)
			return FAILED;
		if (mine > 0) {
			dialer_lease = now + LEASE_US;
			*id = row_u(&rows.row[i], 0);
			return FOUND;
		}
	}
	return NONE;
}

/*
 * The clock was set back: what goes on, and what was to be looked at within a minute, is looked at now; from there everything
 * has times of the new clock. Without this nobody would be rung until the old time is reached again. A process that
 * starts cannot know, and looks at what goes on.
 */
static bool
set_back(struct db *db, int64_t now)
{
	static int64_t last;
	int64_t was = last;

	last = now;
	if (was != 0 && now > was - BACK_US)
		return true;
	if (was != 0)
		log_warn("the clock has gone back by %lld s", (long long)((was - now) / SECOND_US));
	if (db_write(db, &q[Q_CALLS_BACK], IN(V_I(now), V_I(now + BACK_US), V_I(was + MINUTE_US)), NULL) == WROTE &&
	    db_write(db, &q[Q_LINES_BACK], IN(V_I(now), V_I(now + BACK_US), V_I(was + MINUTE_US)), NULL) == WROTE &&
	    db_write(db, &q[Q_POWER_BACK], IN(V_I(now), V_I(now + BACK_US)), NULL) == WROTE &&
	    (was == 0 || db_write(db, &q[Q_PAUSE_BACK], IN(V_I(was - now), V_I(was)), NULL) == WROTE))
		return true;
	last = was;
	return false;
}

enum found
dialer_turn(struct db *db, struct arena *a)
{
	int64_t now = clock_now_us();
	enum found f, g = NONE, h = NONE;
	uint64_t id;

	if (!set_back(db, now))
		return FAILED;

	if ((f = take(db, &q[Q_CALLS], &q[Q_LEASE_CALL], now, &id, a)) == FOUND)
		f = turn_call(db, (struct live_call_id){ id }, now, a);
	if (f != FAILED && (g = take(db, &q[Q_LINES], &q[Q_LEASE_LINE], now, &id, a)) == FOUND)
		g = dialer_line(db, (struct line_id){ id }, now, a);
	if (f != FAILED && g != FAILED)
		h = dialer_power_due(db, now, a);
	if (f == FAILED || g == FAILED || h == FAILED)
		return FAILED;
	if (f == NONE && g == NONE && h == NONE)
		return trunk_check_due(db, now, a);
	return FOUND;
}
