/*
 * queue_send_back.c - a turn that an organiser ends. Locks in the order entry, then hold.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"

#include "domain/audit.h"
#include "domain/live_call.h"
#include "domain/outcome.h"
#include "domain/queue_in.h"

#define SOON_US		(10 * SECOND_US)	/* within the time in which the dialer saves what nobody else says (dialer_after.c) */

enum { Q_HOLD, Q_CALL, Q_SOON, Q_SETTLE, Q_RELEASE, Q_PUT, Q_UNKEEP, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_HOLD] = { "uuui", "uii", "SELECT band, due_at, held_until FROM hold"
	    " WHERE user_id = ? AND operation_id = ? AND entry_id = ? AND claimed_at = ?" },
	/* the one that is not over first, if there is one: a line has one call at a time */
	[Q_CALL] = { "b", "uu", "SELECT id, live IS NOT NULL FROM live_call WHERE form_key = ? ORDER BY live DESC, id DESC LIMIT 1" },
	[Q_SOON] = { "iuu", "", "UPDATE hold SET held_until = ? WHERE user_id = ? AND operation_id = ?" },
	[Q_SETTLE] = { "iui", "", "UPDATE live_call SET look_at = ? WHERE id = ? AND look_at > ?" },
	[Q_RELEASE] = { "uu", "", "DELETE FROM hold WHERE user_id = ? AND operation_id = ?" },
	[Q_PUT] = { "suiu", "", "UPDATE entry SET state = ?, band = ?, due_at = ? WHERE id = ?" },
	[Q_UNKEEP] = { "u", "", "DELETE FROM kept_appointment WHERE entry_id = ?" },
};
DB_STATEMENTS(q)

struct turn {
	const struct operation *op;
	struct user_id by, holder;
	struct entry_id entry;
	int64_t claimed_at, now;
	enum turn_end end;
	bool already;
	enum refusal why;
	struct arena *arena;
};

/* The turn as it is, locked. NONE: it is over. */
static enum found
lock(struct db *db, const struct turn *t, struct queue_locked *l, struct row *hold)
{
	enum found f = queue_lock(db, t->op->id, t->entry, l, t->arena);

	if (f != FOUND || l->state != QS_HELD)
		return f == FAILED ? FAILED : NONE;
	return db_row(db, &q[Q_HOLD], IN(V_U(t->holder.v), V_U(t->op->id.v), V_U(t->entry.v), V_I(t->claimed_at)), t->arena, hold);
}

/* What the telephone company knows of this turn. *under_way: it rings, or they talk, or nobody knows that it is over. *counts: it
 * is over, and what came of it will be saved when the agent says nothing. False: the database. */
static bool
look_at_call(struct db *db, const struct turn *t, struct live_call *c, bool *under_way, bool *counts)
{
	unsigned char key[FORM_KEY_BYTES];
	struct row r;
	enum found f;

	*under_way = *counts = false;
	queue_form_key(t->entry, t->holder, t->claimed_at, key);
	if ((f = db_row(db, &q[Q_CALL], IN(V_B(key, sizeof(key))), t->arena, &r)) != FOUND)
		return f == NONE;
	*under_way = row_u(&r, 1) != 0;
	if (*under_way)
		return true;
	if (live_call_by_id(db, (struct live_call_id){ row_u(&r, 0) }, c, t->arena) != FOUND)
		return false;
	*counts = c->refusal[0] == '\0' && c->ending.uses_call && outcome_status(c->outcome) != ST_NONE;
	return true;
}

/* As after a hold that ran out; but nothing stays kept for this agent. */
static bool
put_back(struct db *db, const struct turn *t, const struct queue_locked *l, const struct row *hold)
{
	unsigned band = (unsigned)row_u(hold, 0);

	return db_write(db, &q[Q_RELEASE], IN(V_U(t->holder.v), V_U(t->op->id.v)), NULL) == WROTE &&
	    db_write(db, &q[Q_PUT], IN(V_S(queue_state_word(l->returns)), V_U(band), V_I(row_i(hold, 1)), V_U(t->entry.v)), NULL) == WROTE &&
	    queue_tally_move(db, t->op->id, QS_HELD, l->returns) &&
	    (band != BAND_APPOINTMENT || db_write(db, &q[Q_UNKEEP], IN(V_U(t->entry.v)), NULL) != NOT_WRITTEN);
}

static bool
end_soon(struct db *db, const struct turn *t, const struct live_call *c)
{
	return db_write(db, &q[Q_SOON], IN(V_I(t->now + SOON_US), V_U(t->holder.v), V_U(t->op->id.v)), NULL) == WROTE &&
	    db_write(db, &q[Q_SETTLE], IN(V_I(t->now), V_U(c->id.v), V_I(t->now)), NULL) == WROTE;
}

static bool
send_back(struct db *db, void *ctx)
{
	struct turn *t = ctx;
	struct queue_locked l;
	struct live_call call;
	bool under_way, counts;
	struct row hold;
	enum found f;

	t->why = R_NONE;
	f = lock(db, t, &l, &hold);
	t->already = f == NONE;
	/* Whoever begins a call after this look finds the hold locked, and then gone (dialer_place.c). */
	if (f != FOUND || !look_at_call(db, t, &call, &under_way, &counts))
		return false;
	if (under_way)
		t->why = R_CALL_UNDER_WAY;
	t->already = counts && row_i(&hold, 2) <= t->now + SOON_US;
	if (under_way || t->already)
		return false;
	t->end = counts ? TURN_ENDS_SOON : TURN_ENDED;
	return (counts ? end_soon(db, t, &call) : put_back(db, t, &l, &hold)) &&
	    audit_add(db, t->op->organisation, t->by, t->now, "call.send_back", "entry", t->entry.v,
	    arena_fmt(t->arena, "user %llu", (unsigned long long)t->holder.v));
}

enum saved
queue_send_back(struct db *db, const struct operation *op, struct user_id by, struct user_id holder, struct entry_id entry,
    int64_t claimed_at, int64_t now, enum turn_end *end, enum refusal *why, struct arena *a)
{
	struct turn t = { .op = op, .by = by, .holder = holder, .entry = entry, .claimed_at = claimed_at, .now = now, .arena = a };
	enum tx tx = tx_write(db, send_back, &t);

	*end = t.end;
	*why = t.why;
	return tx == TX_REFUSED && t.already ? ALREADY : saved_of(tx, t.why);
}
