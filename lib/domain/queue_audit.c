/*
 * queue_audit.c - promises 1 to 3 proved on a live database, in one snapshot: every entry is the fold of its
 * attempts, the tallies are a recount, holds and held entries belong together.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/call_tally.h"
#include "domain/paper.h"
#include "domain/queue_in.h"

enum { Q_PAGE, Q_TALLY, Q_STATUSES, Q_AGENTS, Q_REASONS, Q_HOLDS, Q_TWICE, Q_PAPER, Q_BANDS, Q_UNFOUNDED, Q_KEPT, Q_POWER, Q__MAX };
static struct stmt q[Q__MAX] = {
	/* entries in order of person, by index, each with its attempts in theirs */
	[Q_PAGE] = { "uu", "uususiubi" "sui" "uuuuiisuu" "uus", "SELECT e.id, e.person_id, e.state, e.reason, e.e164, e.due_at, e.attempts,"
	    " e.retries_used, e.skipped_at, h.state, h.band, h.due_at,"
	    " t.number, t.status, t.rule_max, t.rule_minutes, t.saved_at, t.callback_at, t.next_e164, t.corrects, t.kept_minutes,"
	    " t.rule_more, t.rule_other_part, t.time_zone"
	    " FROM (SELECT * FROM entry FORCE INDEX (once) WHERE operation_id = ? AND person_id > ?"
	    "  ORDER BY person_id LIMIT 1000) e"
	    " LEFT JOIN hold h ON h.person_id = e.person_id AND h.entry_id = e.id LEFT JOIN attempt t ON t.entry_id = e.id"
	    " ORDER BY e.person_id, t.number" },
	[Q_TALLY] = { "uu", "sii", "SELECT w.state, COALESCE(c.n, 0), CASE w.state WHEN 'ready' THEN t.ready WHEN 'held' THEN t.held"
	    " WHEN 'waiting' THEN t.waiting WHEN 'done' THEN t.done ELSE t.removed END FROM"
	    " (SELECT 'ready' AS state UNION ALL SELECT 'held' UNION ALL SELECT 'waiting' UNION ALL SELECT 'done'"
	    "  UNION ALL SELECT 'removed') w"
	    " LEFT JOIN (SELECT state, COUNT(*) AS n FROM entry WHERE operation_id = ? GROUP BY state) c ON c.state = w.state"
	    " CROSS JOIN (SELECT COALESCE(SUM(ready), 0) AS ready, COALESCE(SUM(held), 0) AS held,"
	    "  COALESCE(SUM(waiting), 0) AS waiting, COALESCE(SUM(done), 0) AS done, COALESCE(SUM(removed), 0) AS removed"
	    "  FROM queue_tally WHERE operation_id = ?) t" },
	/* a correction moves a call from one status to another, and is none of the agent's */
	[Q_STATUSES] = { "uuu", "uii", "SELECT status, SUM(counted), SUM(tallied) FROM"
	    " (SELECT status, COUNT(*) AS counted, 0 AS tallied FROM attempt WHERE operation_id = ? GROUP BY status"
	    "  UNION ALL SELECT w.status, -COUNT(*), 0 FROM attempt t JOIN attempt w ON w.entry_id = t.entry_id"
	    "   AND w.number = t.corrects WHERE t.operation_id = ? AND t.corrects IS NOT NULL GROUP BY w.status"
	    "  UNION ALL SELECT status, 0, SUM(attempts) FROM status_tally WHERE operation_id = ? GROUP BY status) x"
	    " GROUP BY status HAVING SUM(counted) <> SUM(tallied)" },
	[Q_AGENTS] = { "uu", "uii", "SELECT user_id, SUM(counted), SUM(tallied) FROM"
	    " (SELECT user_id, COUNT(*) AS counted, 0 AS tallied FROM attempt WHERE operation_id = ? AND corrects IS NULL GROUP BY user_id"
	    "  UNION ALL SELECT user_id, 0, SUM(calls) FROM agent_tally WHERE operation_id = ? GROUP BY user_id) x"
	    " GROUP BY user_id HAVING SUM(counted) <> SUM(tallied)" },
	[Q_REASONS] = { "uu", "uii", "SELECT reason, SUM(counted), SUM(tallied) FROM"
	    " (SELECT state, reason, COUNT(*) AS counted, 0 AS tallied FROM entry WHERE operation_id = ?"
	    "   AND state IN ('waiting', 'done', 'removed') GROUP BY state, reason"
	    "  UNION ALL SELECT state, reason, 0, SUM(people) FROM entry_tally WHERE operation_id = ? GROUP BY state, reason) x"
	    " GROUP BY state, reason HAVING SUM(counted) <> SUM(tallied)" },
	/* the day and 1: with an agent, 2: abandoned (power.h) */
	[Q_POWER] = { "uuu", "uii", "SELECT w, CAST(SUM(counted) AS SIGNED), CAST(SUM(tallied) AS SIGNED) FROM"
	    " (SELECT CAST(DATE_FORMAT(day, '%Y%m%d') AS UNSIGNED) * 10 + IF(what = 'connected', 1, 2) AS w, COUNT(*) AS counted, 0 AS tallied FROM power_answer"
	    "   WHERE operation_id = ? AND what <> 'neither' GROUP BY w"
	    "  UNION ALL SELECT CAST(DATE_FORMAT(day, '%Y%m%d') AS UNSIGNED) * 10 + 1, 0, connected FROM power_tally WHERE operation_id = ?"
	    "  UNION ALL SELECT CAST(DATE_FORMAT(day, '%Y%m%d') AS UNSIGNED) * 10 + 2, 0, abandoned FROM power_tally WHERE operation_id = ?) x"
	    " GROUP BY w HAVING SUM(counted) <> SUM(tallied)" },
	[Q_HOLDS] = { "u", "u", "SELECT h.entry_id FROM hold h LEFT JOIN entry e ON e.id = h.entry_id WHERE h.operation_id = ?"
	    " AND (e.id IS NULL OR e.state <> 'held' OR e.operation_id <> h.operation_id OR e.person_id <> h.person_id)" },
	[Q_TWICE] = { "", "s", "SELECT e164 FROM hold GROUP BY e164 HAVING COUNT(*) > 1" },
	/* what a call sheet holds stands on it; one that is still being made has no places yet (paper.h) */
	[Q_PAPER] = { "uuuu", "u", "SELECT x.entry_id FROM (SELECT entry_id, (user_id - ?) DIV 256 AS sheet_id, user_id % 256 AS number FROM hold"
	    " WHERE operation_id = ? AND user_id >= ?) x LEFT JOIN paper_sheet s ON s.id = x.sheet_id AND s.operation_id = ?"
	    " LEFT JOIN paper_place p ON p.sheet_id = x.sheet_id AND p.number = x.number"
	    " WHERE s.id IS NULL OR (s.printed_at IS NOT NULL AND (p.entry_id IS NULL OR p.entry_id <> x.entry_id))" },
	/* who keeps an appointment made it */
	[Q_KEPT] = { "u", "u", "SELECT k.entry_id FROM kept_appointment k LEFT JOIN attempt t ON t.entry_id = k.entry_id"
	    " AND t.number = k.number WHERE k.operation_id = ? AND (t.id IS NULL OR t.user_id <> k.user_id OR t.kept_minutes = 0"
	    " OR t.callback_at IS NULL OR t.callback_at <> k.at)" },
	/* band is stored beside state: one says the other */
	[Q_BANDS] = { "u", "u", "SELECT id FROM entry WHERE operation_id = ? AND NOT CASE state WHEN 'ready' THEN band = 3"
	    " WHEN 'waiting' THEN band IN (1, 2) WHEN 'held' THEN band = 8 ELSE band = 9 END" },
	[Q_UNFOUNDED] = { "uuu", "uu", "SELECT e.id, e.reason FROM entry e JOIN person p ON p.id = e.person_id"
	    /* a death or a "do not call" that somebody took back later was founded when it happened */
	    " WHERE e.operation_id = ? AND e.state = 'removed' AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.object = 'person'"
	    "  AND a.object_id = p.id AND a.verb IN ('person.allowed', 'person.alive')) AND ((e.reason = ? AND NOT p.deceased)"
	    "  OR (e.reason = ? AND NOT p.calls_forbidden AND NOT EXISTS (SELECT 1 FROM suppression s"
	    "   WHERE s.organisation_id = p.organisation_id AND s.e164 = e.e164)))" },
};
DB_STATEMENTS(q)

struct audit {
	FILE *out;
	uint64_t wrong, last_person, in_page;
	/* the entry whose attempts are being replayed; id 0: none */
	uint64_t id;
	enum queue_state state, returns;
	bool has_hold;
	enum status reason;
	int64_t due_at, skipped_at;
	unsigned attempts, band;
	struct retries retries;
	struct replay replay;
};

PRINTF_LIKE(3, 4) static void
say(struct audit *x, uint64_t entry, const char *fmt, ...)
{
	va_list ap;

	x->wrong++;
	fprintf(x->out, "entry %llu: ", (unsigned long long)entry);
	va_start(ap, fmt);
	vfprintf(x->out, fmt, ap);
	va_end(ap);
	fputc('\n', x->out);
}

/* Taken off by something that is no attempt: an exclusion, an organiser, do-not-call, a death learnt elsewhere. */
static bool
removed_by_rule(const struct audit *x, enum queue_state state)
{
	return state == QS_REMOVED && (status_by(x->reason) == S_RULE || x->reason == ST_DNC || x->reason == ST_DECEASED);
}

/* All attempts of one entry have been seen. */
static void
judge(struct audit *x)
{
	enum queue_state state = x->has_hold ? x->returns : x->state;
	const struct fold *f = &x->replay.now;

	if (x->id == 0)
		return;
	if (x->has_hold != (x->state == QS_HELD))
		say(x, x->id, "%s, but %s hold", queue_state_word(x->state), x->has_hold ? "there is a" : "there is no");
	if (f->attempts != x->attempts)
		say(x, x->id, "counts %u attempts, there are %u", x->attempts, f->attempts);
	if (removed_by_rule(x, state))		/* calls saved after that moment used no retry */
		return;
	if (memcmp(&f->retries, &x->retries, sizeof(x->retries)) != 0)
		say(x, x->id, "its retries are not those of its attempts");
	if (state != f->state)
		say(x, x->id, "is %s, its attempts say %s", queue_state_word(state), queue_state_word(f->state));
	if (x->reason != f->reason)
		say(x, x->id, "has reason %s, its attempts say %s", status_code(x->reason), status_code(f->reason));
	if (state == QS_WAITING && f->state == QS_WAITING && x->due_at != f->due_at && x->due_at != x->skipped_at)
		say(x, x->id, "is due at %lld, its attempts say %lld", (long long)x->due_at, (long long)f->due_at);
	if (x->has_hold && (state == QS_READY || state == QS_WAITING) && x->band != f->band)
		say(x, x->id, "returns to band %u, its attempts say %u", x->band, f->band);
}

static void
begin(struct audit *x, const struct row *r)
{
	const void *bytes;
	size_t n;

	x->id = row_u(r, 0);
	x->last_person = row_u(r, 1);
	x->in_page++;
	x->state = queue_state_of(row_s(r, 2));
	x->reason = (enum status)row_u(r, 3);
	x->attempts = (unsigned)row_u(r, 6);
	bytes = row_b(r, 7, &n);
	queue_retries_read(&x->retries, bytes, n);
	x->skipped_at = row_i(r, 8);
	x->has_hold = !row_is_null(r, 9);
	x->returns = queue_state_of(row_s(r, 9));
	x->band = (unsigned)row_u(r, 10);
	x->due_at = x->has_hold ? row_i(r, 11) : row_i(r, 5);
	x->replay = replay_start();
}

static bool
replay(void *ctx, const struct row *r)
{
	struct audit *x = ctx;

	if (row_u(r, 0) != x->id) {
		judge(x);
		begin(x, r);
	}
	if (!row_is_null(r, 12)) {
		struct recycle_rule rule = { .ticked = !row_is_null(r, 14), .max_calls = (unsigned)row_u(r, 14),
			.minutes = (unsigned)row_u(r, 15), .more_calls = (unsigned)row_u(r, 21),
			.other_part_in = row_u(r, 22) != 0 ? row_s(r, 23) : NULL };
		uint64_t status = row_u(r, 13);

		if (row_u(r, 12) != x->replay.now.attempts + 1)
			say(x, x->id, "its attempt %llu is number %u", (unsigned long long)row_u(r, 12), x->replay.now.attempts + 1);
		if (status == ST_NONE || status >= ST__MAX) {
			say(x, x->id, "an attempt has the status %llu", (unsigned long long)status);
			return true;
		}
		replay_attempt(&x->replay, !row_is_null(r, 19), &rule, (enum status)status, row_i(r, 16),
		    queue_callback(row_i(r, 17), (unsigned)row_u(r, 20)),
		    row_s(r, 18)[0] != '\0');
	}
	return true;
}

static bool
each_wrong(struct db *db, struct audit *x, struct stmt *st, const struct val *in, size_t nin, const char *what,
    struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, st, in, nin, a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++)
		say(x, row_u(&rs.row[i], 0), "%s", what);
	return true;
}

static bool
recount(struct db *db, struct audit *x, struct operation_id op, struct arena *a)
{
	static const struct { struct stmt *q; size_t values; const char *what; } split[] = {
		{ &q[Q_STATUSES], 3, "attempts of status" }, { &q[Q_AGENTS], 2, "attempts of user" },
		{ &q[Q_REASONS], 2, "people with the reason" }, { &q[Q_POWER], 3, "answers in power mode on" },
	};
	struct rows rs;

	if (!db_rows(db, &q[Q_TALLY], IN(V_U(op.v), V_U(op.v)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++)
		if (row_i(&rs.row[i], 1) != row_i(&rs.row[i], 2)) {
			x->wrong++;
			fprintf(x->out, "operation %llu: %lld are %s, the tally says %lld\n", (unsigned long long)op.v,
			    (long long)row_i(&rs.row[i], 1), row_s(&rs.row[i], 0), (long long)row_i(&rs.row[i], 2));
		}
	for (unsigned t = 0; t < NITEMS(split); t++) {
		if (!db_rows(db, split[t].q, (const struct val[]){ V_U(op.v), V_U(op.v), V_U(op.v) }, split[t].values, a, &rs))
			return false;
		for (size_t i = 0; i < rs.n; i++) {
			x->wrong++;
			fprintf(x->out, "operation %llu: %lld %s %llu, the tally says %lld\n",
			    (unsigned long long)op.v, (long long)row_i(&rs.row[i], 1), split[t].what,
			    (unsigned long long)row_u(&rs.row[i], 0), (long long)row_i(&rs.row[i], 2));
		}
	}
	if (!db_rows(db, &q[Q_TWICE], NO_IN, a, &rs))
		return false;
	x->wrong += rs.n;
	if (rs.n > 0)
		fprintf(x->out, "%zu numbers are held twice\n", rs.n);
	return each_wrong(db, x, &q[Q_BANDS], IN(V_U(op.v)), "its band is not that of its state", a) &&
	    each_wrong(db, x, &q[Q_KEPT], IN(V_U(op.v)), "an appointment is kept that no call made", a) &&
	    each_wrong(db, x, &q[Q_PAPER], IN(V_U(PAPER_HOLDERS), V_U(op.v), V_U(PAPER_HOLDERS), V_U(op.v)),
	    "is held for a call sheet that it is not on", a) &&
	    each_wrong(db, x, &q[Q_HOLDS], IN(V_U(op.v)), "its hold is not of it", a) &&
	    each_wrong(db, x, &q[Q_UNFOUNDED], IN(V_U(op.v), V_U(ST_DECEASED), V_U(ST_DNC)),
	    "was taken off, and nothing says why", a);
}

bool
queue_audit(struct db *db, struct operation_id op, FILE *out, uint64_t *wrong, struct arena *a)
{
	struct audit x = { .out = out };
	bool ok;

	*wrong = 0;
	if (!tx_read_begin(db))
		return false;
	do {
		x.in_page = 0;
		x.id = 0;
		ok = db_each(db, &q[Q_PAGE], IN(V_U(op.v), V_U(x.last_person)), replay, &x);
		judge(&x);
	} while (ok && x.in_page > 0);
	ok = ok && recount(db, &x, op, a) && call_tally_audit(db, op, out, &x.wrong, a);
	tx_read_end(db);
	*wrong = x.wrong;
	return ok;
}
