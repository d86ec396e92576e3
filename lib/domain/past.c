/*
 * past.c - sums of the tallies; the length of a call from the last calls of the operation that called most.
 */
#include "plumb/base.h"
#include "plumb/db.h"

#include "domain/past.h"

enum { Q_STATUSES, Q_SECONDS, Q_AGENTS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_STATUSES] = { "u", "ui", "SELECT t.status, SUM(t.attempts) FROM operation o JOIN status_tally t ON t.operation_id = o.id"
	    " WHERE o.organisation_id = ? GROUP BY t.status" },
	/* who left for a coffee in the middle of a call does not make calls longer */
	[Q_SECONDS] = { "u", "u", "SELECT COALESCE(AVG(LEAST(x.saved_at - x.started_at, 600000000)) DIV 1000000, 0) FROM"
	    " (SELECT started_at, saved_at FROM attempt WHERE operation_id = (SELECT t.operation_id FROM operation o"
	    "  JOIN status_tally t ON t.operation_id = o.id WHERE o.organisation_id = ? GROUP BY t.operation_id"
	    "  ORDER BY SUM(t.attempts) DESC LIMIT 1) AND corrects IS NULL ORDER BY id DESC LIMIT 500) x" },
	[Q_AGENTS] = { "u", "u", "SELECT COUNT(*) FROM member WHERE operation_id = ? AND role = 'agent'" },
};
DB_STATEMENTS(q)

bool
past_of(struct db *db, struct organisation_id org, struct past *out, struct arena *a)
{
	struct past p = past_usual();
	struct rows rs;
	struct row r;

	*out = p;
	if (!db_rows(db, &q[Q_STATUSES], IN(V_U(org.v)), a, &rs) ||
	    db_row(db, &q[Q_SECONDS], IN(V_U(org.v)), a, &r) != FOUND)
		return false;
	memset(p.seen, 0, sizeof(p.seen));
	for (size_t i = 0; i < rs.n; i++) {
		uint64_t s = row_u(&rs.row[i], 0);
		int64_t n = row_i(&rs.row[i], 1);

		if (s > ST_NONE && s < ST__MAX && n > 0 && (status_by((enum status)s) == S_AGENT || status_by((enum status)s) == S_AUTO)) {
			p.seen[s] = (uint64_t)n;
			p.calls += (uint64_t)n;
		}
	}
	if (p.calls < PAST_CALLS)
		return true;
	if (row_u(&r, 0) >= 15)
		p.seconds = (unsigned)row_u(&r, 0);
	*out = p;
	return true;
}

bool
past_agents(struct db *db, struct operation_id op, unsigned *agents, struct arena *a)
{
	struct row r;

	if (db_row(db, &q[Q_AGENTS], IN(V_U(op.v)), a, &r) != FOUND)
		return false;
	*agents = (unsigned)row_u(&r, 0);
	return true;
}
