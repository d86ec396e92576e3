/*
 * entry_log.c - see entry_log.h.
 */
#include "domain/entry_log.h"

#include "plumb/clock.h"
#include "plumb/db.h"

enum { AT_ONCE = 5000, ROUNDS_MOST = 100 };

enum { Q_ONE, Q_SINCE, Q_MARK, Q_DIFFER, Q_FIND, Q_KEEP, Q_DAY, Q_OLD, Q_GONE, Q_GOES, Q_FORGET, Q_DAYS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ONE]    = { "uuuu", "", "INSERT INTO entry_log (operation_id, first_entry, last_entry, silenced)"
	    " SELECT ?, ?, ?, EXISTS (SELECT 1 FROM entry WHERE id = ? AND state = 'removed' AND reason IN (19, 20))" },
	[Q_SINCE]  = { "uu", "", "INSERT INTO entry_log (operation_id, first_entry, last_entry) SELECT ?, ? + 1, MAX(id) FROM entry" },
	[Q_MARK]   = { "", "u", "SELECT COALESCE(MAX(id), 0) FROM entry" },
	/* statuses 19 and 20 are ST_DECEASED and ST_DNC; whom a call itself took off is in both tallies */
	[Q_DIFFER] = { "", "ui", "SELECT operation_id, off FROM (SELECT t.operation_id, CAST(SUM(t.people) AS SIGNED) - COALESCE((SELECT CAST(SUM(s.attempts) AS SIGNED)"
	    " FROM status_tally s WHERE s.operation_id = t.operation_id AND s.status IN (19, 20)), 0) AS off"
	    " FROM entry_tally t WHERE t.state = 'removed' AND t.reason IN (19, 20) GROUP BY t.operation_id) x"
	    " WHERE off <> COALESCE((SELECT k.people FROM entry_silenced k WHERE k.operation_id = x.operation_id), 0) LIMIT 100" },
	[Q_FIND]   = { "u", "", "INSERT INTO entry_log (operation_id, first_entry, last_entry, silenced) SELECT e.operation_id, e.id, e.id, 1"
	    " FROM operation_zone z JOIN entry e FORCE INDEX (claim) ON e.operation_id = z.operation_id AND e.zone = z.zone AND e.band = 9"
	    " WHERE z.operation_id = ? AND e.state = 'removed' AND e.reason IN (19, 20)"
	    " AND NOT EXISTS (SELECT 1 FROM attempt t WHERE t.entry_id = e.id AND t.number = e.attempts AND t.status = e.reason)"
	    " AND NOT COALESCE((SELECT l.silenced FROM entry_log l WHERE l.first_entry = e.id AND l.last_entry = e.id ORDER BY l.id DESC LIMIT 1), 0)" },
	/* for the worker's upkeep: a mark a day, what is older than the oldest one that counts, and the marks before that */
	[Q_DAY]    = { "ii", "", "INSERT INTO entry_log_day (at, log_id) SELECT ?, safe_id FROM horizon WHERE what = 'entry_log'"
	    " AND NOT EXISTS (SELECT 1 FROM entry_log_day WHERE at > ?)" },
	[Q_OLD]    = { "i", "iu", "SELECT at, log_id FROM entry_log_day WHERE at <= ? ORDER BY at DESC LIMIT 1" },
	[Q_GONE]   = { "", "u", "SELECT gone_id FROM horizon WHERE what = 'entry_log'" },
	[Q_GOES]   = { "uu", "", "UPDATE horizon SET gone_id = ? WHERE what = 'entry_log' AND gone_id = ?" },
	[Q_FORGET] = { "uu", "", "DELETE FROM entry_log WHERE id > ? AND id <= ? AND NOT (first_entry = last_entry AND EXISTS"
	    " (SELECT 1 FROM entry e WHERE e.id = first_entry AND e.state = 'removed' AND e.reason IN (19, 20)))" },
	[Q_DAYS]   = { "i", "", "DELETE FROM entry_log_day WHERE at < ?" },
	[Q_KEEP]   = { "ui", "", "INSERT INTO entry_silenced VALUES (?, ?) ON DUPLICATE KEY UPDATE people = VALUES(people)" },
};
DB_STATEMENTS(q)

bool
entry_log(struct db *db, struct operation_id op, uint64_t entry)
{
	return db_write(db, &q[Q_ONE], IN(V_U(op.v), V_U(entry), V_U(entry), V_U(entry)), NULL) == WROTE;
}

bool
entry_log_mark(struct db *db, uint64_t *last, struct arena *a)
{
	struct row r;

	if (db_row(db, &q[Q_MARK], NO_IN, a, &r) != FOUND)
		return false;
	*last = row_u(&r, 0);
	return true;
}

bool
entry_log_since(struct db *db, struct operation_id op, uint64_t after)
{
	return db_write(db, &q[Q_SINCE], IN(V_U(op.v), V_U(after)), NULL) == WROTE;
}

struct found_off { struct operation_id op; int64_t people; };

/* The count is of before the search: who goes meanwhile is looked for again. */
static bool
find(struct db *db, void *ctx)
{
	struct found_off *x = ctx;

	return db_write(db, &q[Q_FIND], IN(V_U(x->op.v)), NULL) != NOT_WRITTEN &&
	    db_write(db, &q[Q_KEEP], IN(V_U(x->op.v), V_I(x->people)), NULL) == WROTE;
}

bool
entry_log_silenced(struct db *db, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_DIFFER], NO_IN, a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		struct found_off x = { { row_u(&rs.row[i], 0) }, row_i(&rs.row[i], 1) };
		if (tx_write(db, find, &x) != TX_DONE)
			return false;
	}
	return true;
}

bool
entry_log_gone(struct db *db, uint64_t *id, struct arena *a)
{
	struct row r;

	if (db_row(db, &q[Q_GONE], NO_IN, a, &r) != FOUND)
		return false;
	*id = row_u(&r, 0);
	return true;
}

struct step { uint64_t from, to; bool mine; };

/* What readers are told goes first; of two workers one goes on. */
static bool
forget(struct db *db, void *ctx)
{
	struct step *x = ctx;
	uint64_t n;

	if (db_write(db, &q[Q_GOES], IN(V_U(x->to), V_U(x->from)), &n) != WROTE)
		return false;
	x->mine = n == 1;
	return x->mine && db_write(db, &q[Q_FORGET], IN(V_U(x->from), V_U(x->to)), NULL) == WROTE;
}

bool
entry_log_forget(struct db *db, int64_t now, struct arena *a)
{
	uint64_t gone, until;
	struct row old;

	if (db_write(db, &q[Q_DAY], IN(V_I(now), V_I(now - DAY_US)), NULL) == NOT_WRITTEN)
		return false;
	switch (db_row(db, &q[Q_OLD], IN(V_I(now - ENTRY_LOG_KEPT_US)), a, &old)) {
	case FOUND:	break;
	case NONE:	return true;
	case FAILED:	return false;
	}
	if (!entry_log_gone(db, &gone, a))
		return false;
	until = row_u(&old, 1);
	for (unsigned i = 0; i < ROUNDS_MOST && gone < until; i++) {
		struct step x = { .mine = true, .from = gone, .to = until - gone > AT_ONCE ? gone + AT_ONCE : until };

		if (tx_write(db, forget, &x) != TX_DONE)
			return !x.mine;
		gone = x.to;
	}
	return db_write(db, &q[Q_DAYS], IN(V_I(row_i(&old, 0))), NULL) == WROTE;
}
