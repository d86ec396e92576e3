/*
 * queue_skip.c - holds that end without a saved call, and people taken off the list by hand.
 * Locks in the order entry, then hold, as everywhere.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/audit.h"
#include "domain/power.h"
#include "domain/queue_in.h"

enum { Q_LOCK, Q_HOLD, Q_BEHIND, Q_RELEASE, Q_BACK, Q_NOTE, Q_RETURN, Q_TAKE_OFF, Q_RELEASE_ALL, Q_RELEASED, Q_UNKEEP, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LOCK] = { "uu", "suu", "SELECT state, zone, person_id FROM entry WHERE id = ? AND operation_id = ? FOR UPDATE" },
	[Q_HOLD] = { "uu", "usui", "SELECT user_id, state, band, due_at FROM hold WHERE person_id = ? AND entry_id = ? FOR UPDATE" },
	[Q_BEHIND] = { "uuui", "i", "SELECT MAX(due_at) FROM entry FORCE INDEX (claim)"
	    " WHERE operation_id = ? AND zone = ? AND band = ? AND due_at <= ?" },
	[Q_RELEASE] = { "uu", "", "DELETE FROM hold WHERE user_id = ? AND operation_id = ?" },
	[Q_BACK] = { "suiu", "", "UPDATE entry SET state = ?, band = ?, due_at = ?, skipped_at = due_at WHERE id = ?" },
	[Q_NOTE] = { "uiuu", "", "INSERT INTO audit (organisation_id, user_id, at, verb, object, object_id)"
	    " SELECT organisation_id, ?, ?, 'call.skip', 'entry', ? FROM operation WHERE id = ?" },
	[Q_RETURN] = { "uu", "", "UPDATE entry e JOIN hold h ON h.person_id = e.person_id AND h.entry_id = e.id"
	    " SET h.state = 'removed', h.band = 9, e.reason = ? WHERE e.id = ?" },
	[Q_TAKE_OFF] = { "uu", "", "UPDATE entry SET state = 'removed', band = 9, reason = ? WHERE id = ?" },
	[Q_RELEASE_ALL] = { "iuu", "", "CALL release_holds(?, ?, ?, @released)" },
	[Q_UNKEEP] = { "u", "", "DELETE FROM kept_appointment WHERE entry_id = ?" },
	[Q_RELEASED] = { "", "u", "SELECT CAST(@released AS UNSIGNED)" },
};
DB_STATEMENTS(q)

struct hold_end {
	struct organisation_id organisation;
	struct operation_id op;
	struct user_id user;
	struct entry_id entry;
	int64_t now;
	enum status status;		/* of an exclusion */
	struct arena *arena;
	bool already, keep;
};

struct locked { enum queue_state state, returns; unsigned zone, band; int64_t due_at; uint64_t person, holder; };

/* Entry, then its hold. NONE: no such entry. */
static enum found
lock(struct db *db, const struct hold_end *x, struct locked *l)
{
	struct row r;
	enum found f = db_row(db, &q[Q_LOCK], IN(V_U(x->entry.v), V_U(x->op.v)), x->arena, &r);

	if (f != FOUND)
		return f;
	*l = (struct locked){ .state = queue_state_of(row_s(&r, 0)), .zone = (unsigned)row_u(&r, 1),
		.person = row_u(&r, 2) };
	if (l->state != QS_HELD)
		return FOUND;
	if ((f = db_row(db, &q[Q_HOLD], IN(V_U(l->person), V_U(x->entry.v)), x->arena, &r)) != FOUND)
		return f;
	l->holder = row_u(&r, 0);
	l->returns = queue_state_of(row_s(&r, 1));
	l->band = (unsigned)row_u(&r, 2);
	l->due_at = row_i(&r, 3);
	return FOUND;
}

/* Behind the others of their band and zone that are due, and never into the future. */
static bool
behind(struct db *db, const struct hold_end *x, struct locked *l)
{
	struct row r;

	if (l->returns != QS_READY && l->returns != QS_WAITING)
		return true;
	if (db_row(db, &q[Q_BEHIND], IN(V_U(x->op.v), V_U(l->zone), V_U(l->band), V_I(x->now)), x->arena, &r) != FOUND)
		return false;
	if (!row_is_null(&r, 0) && row_i(&r, 0) >= l->due_at)
		l->due_at = row_i(&r, 0) < x->now ? row_i(&r, 0) + 1 : x->now;
	return true;
}

static bool
skip(struct db *db, void *ctx)
{
	struct hold_end *x = ctx;
	struct locked l;

	x->already = false;
	switch (lock(db, x, &l)) {
	case FAILED:	return false;
	case NONE:	x->already = true; return false;
	case FOUND:	break;
	}
	if (l.state != QS_HELD || l.holder != x->user.v) {
		x->already = true;
		return false;
	}
	return behind(db, x, &l) &&
	    db_write(db, &q[Q_RELEASE], IN(V_U(x->user.v), V_U(x->op.v)), NULL) == WROTE &&
	    db_write(db, &q[Q_BACK], IN(V_S(queue_state_word(l.returns)), V_U(l.band), V_I(l.due_at),
	    V_U(x->entry.v)), NULL) == WROTE &&
	    queue_tally_move(db, x->op, QS_HELD, l.returns) &&
	    /* else it would come back to the same agent at once */
	    (x->keep || l.band != BAND_APPOINTMENT || db_write(db, &q[Q_UNKEEP], IN(V_U(x->entry.v)), NULL) != NOT_WRITTEN) &&
	    /* a skip reveals a number without leaving an attempt: who leafs through a list shows here */
	    (POWER_IS(x->user) || db_write(db, &q[Q_NOTE], IN(V_U(x->user.v), V_I(x->now), V_U(x->entry.v), V_U(x->op.v)), NULL) == WROTE);
}

static enum saved
outcome(enum tx tx, bool already)
{
	switch (tx) {
	case TX_DONE:		return SAVED;
	case TX_REFUSED:	return already ? ALREADY : NOT_SAVED;
	case TX_UNSURE:		return UNSURE;
	case TX_FAILED:		break;
	}
	return NOT_SAVED;
}

static enum saved
run(struct db *db, bool (*work)(struct db *, void *), struct hold_end *x)
{
	enum tx tx;

	x->arena = arena_new();
	tx = tx_write(db, work, x);
	arena_free(x->arena);
	return outcome(tx, x->already);
}

enum saved
queue_skip(struct db *db, struct operation_id op, struct user_id user, struct entry_id entry, int64_t now)
{
	struct hold_end x = { .op = op, .user = user, .entry = entry, .now = now };

	return run(db, skip, &x);
}

enum saved
queue_put_back(struct db *db, struct operation_id op, struct user_id user, struct entry_id entry, int64_t now)
{
	struct hold_end x = { .op = op, .user = user, .entry = entry, .now = now, .keep = true };

	return run(db, skip, &x);
}

static bool
exclude(struct db *db, void *ctx)
{
	struct hold_end *x = ctx;
	struct locked l;

	if (lock(db, x, &l) != FOUND || l.state != QS_HELD || l.holder != x->user.v)
		return false;
	return db_write(db, &q[Q_RELEASE], IN(V_U(x->user.v), V_U(x->op.v)), NULL) == WROTE &&
	    db_write(db, &q[Q_TAKE_OFF], IN(V_U(x->status), V_U(x->entry.v)), NULL) == WROTE &&
	    queue_tally_move(db, x->op, QS_HELD, QS_REMOVED) && entry_log(db, x->op, x->entry.v);
}

enum tx
queue_exclude_held(struct db *db, struct operation_id op, struct user_id user, struct entry_id entry, enum status why)
{
	struct hold_end x = { .op = op, .user = user, .entry = entry, .status = why, .arena = arena_new() };
	enum tx tx = tx_write(db, exclude, &x);

	arena_free(x.arena);
	return tx;
}

static bool
take_off(struct db *db, void *ctx)
{
	struct hold_end *x = ctx;
	struct locked l;
	bool ok;

	x->already = false;
	switch (lock(db, x, &l)) {
	case FAILED:	return false;
	case NONE:	x->already = true; return false;
	case FOUND:	break;
	}
	if (l.state == QS_REMOVED || (l.state == QS_HELD && l.returns == QS_REMOVED)) {
		x->already = true;
		return false;
	}
	if (l.state == QS_HELD)		/* the call that is going on is still saved; then they stay out */
		ok = db_write(db, &q[Q_RETURN], IN(V_U(ST_REMOVED_BY_HAND), V_U(x->entry.v)), NULL) == WROTE;
	else
		ok = db_write(db, &q[Q_TAKE_OFF], IN(V_U(ST_REMOVED_BY_HAND), V_U(x->entry.v)), NULL) == WROTE &&
		    queue_tally_move(db, x->op, l.state, QS_REMOVED);
	return ok && entry_log(db, x->op, x->entry.v) && audit_add(db, x->organisation, x->user, x->now, "entry.remove", "entry", x->entry.v, "");
}

enum saved
queue_remove(struct db *db, struct organisation_id organisation, struct operation_id op, struct user_id by,
    struct entry_id entry, int64_t now)
{
	struct hold_end x = { .organisation = organisation, .op = op, .user = by, .entry = entry, .now = now };

	return run(db, take_off, &x);
}

struct release { int64_t now; unsigned max, released; struct arena *arena; };

static bool
release(struct db *db, void *ctx)
{
	struct release *x = ctx;
	struct row r;

	if (db_write(db, &q[Q_RELEASE_ALL], IN(V_I(x->now), V_U(db_shard(db)), V_U(x->max)), NULL) != WROTE ||
	    db_row(db, &q[Q_RELEASED], NO_IN, x->arena, &r) != FOUND)
		return false;
	x->released = (unsigned)row_u(&r, 0);
	return true;
}

bool
queue_release_expired(struct db *db, int64_t now, unsigned max, unsigned *released)
{
	struct release x = { .now = now, .max = max, .arena = arena_new() };
	enum tx tx = tx_write(db, release, &x);

	arena_free(x.arena);
	*released = tx == TX_DONE ? x.released : 0;
	return tx == TX_DONE;
}
