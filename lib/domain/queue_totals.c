/*
 * queue_totals.c - totals from the tallies: sixteen rows, whatever the size of the list.
 */
#include "plumb/base.h"

#include "domain/queue_in.h"

enum { Q_TOTALS, Q_STATUSES, Q_MOVE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_TOTALS] = { "u", "uuuuu", "SELECT COALESCE(SUM(ready), 0), COALESCE(SUM(held), 0), COALESCE(SUM(waiting), 0),"
	    " COALESCE(SUM(done), 0), COALESCE(SUM(removed), 0) FROM queue_tally WHERE operation_id = ?" },
	[Q_STATUSES] = { "u", "uu", "SELECT status, SUM(attempts) FROM status_tally WHERE operation_id = ? GROUP BY status" },
	[Q_MOVE] = { "uuiiiii", "", "INSERT INTO queue_tally (operation_id, shard, ready, held, waiting, done, removed)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE ready = ready + VALUES(ready), held = held + VALUES(held),"
	    " waiting = waiting + VALUES(waiting), done = done + VALUES(done), removed = removed + VALUES(removed)" },
};
DB_STATEMENTS(q)

enum found
queue_totals(struct db *db, struct operation_id op, struct queue_totals *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_TOTALS], IN(V_U(op.v)), a, &r);

	if (f != FOUND)
		return f;
	*out = (struct queue_totals){ .ready = row_u(&r, 0), .held = row_u(&r, 1), .waiting = row_u(&r, 2),
		.done = row_u(&r, 3), .removed = row_u(&r, 4) };
	out->people = out->ready + out->held + out->waiting + out->done + out->removed;
	return FOUND;
}

bool
queue_status_totals(struct db *db, struct operation_id op, uint64_t attempts[ST__MAX], struct arena *a)
{
	struct rows rs;

	memset(attempts, 0, ST__MAX * sizeof(*attempts));
	if (!db_rows(db, &q[Q_STATUSES], IN(V_U(op.v)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++)
		if (row_u(&rs.row[i], 0) < ST__MAX)
			attempts[row_u(&rs.row[i], 0)] = row_u(&rs.row[i], 1);
	return true;
}

bool
queue_tally_move(struct db *db, struct operation_id op, enum queue_state from, enum queue_state to)
{
	return queue_tally_shift(db, op, from, to, 1);
}

bool
queue_tally_shift(struct db *db, struct operation_id op, enum queue_state from, enum queue_state to, unsigned n)
{
	int64_t by[QS_REMOVED + 1] = { 0 };

	by[from] -= n;
	by[to] += n;
	return db_write(db, &q[Q_MOVE], IN(V_U(op.v), V_U(db_shard(db)), V_I(by[QS_READY]), V_I(by[QS_HELD]),
	    V_I(by[QS_WAITING]), V_I(by[QS_DONE]), V_I(by[QS_REMOVED])), NULL) == WROTE;
}
