/*
 * outlook.c - what a forecast asks, from the counters.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"

#include "domain/outlook.h"
#include "domain/queue_in.h"

enum { RECENT_DAYS = 7, RECENT_CALLS = 300, ROUND_MINUTES = 5, HALF_HOUR = 1800 };

enum { Q_ZONES, Q_WAITING, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ZONES] = { "u", "u", "SELECT zone FROM operation_zone WHERE operation_id = ? ORDER BY zone LIMIT 64" },
	/* the end of each stretch: who is due last decides when it ends */
	[Q_WAITING] = { "uuuu", "ibu", "SELECT due_at, retries_used, attempts FROM entry FORCE INDEX (claim) WHERE operation_id = ?"
	    " AND zone = ? AND band = ? ORDER BY due_at DESC LIMIT ?" },
};
DB_STATEMENTS(q)

static bool
read_waiting(struct db *db, struct operation_id op, struct forecast_of *of, struct arena *a)
{
	struct forecast_one *one = arena_alloc(a, FORECAST_WAITING * sizeof(*one));
	struct rows zones, rs;
	const void *bytes;
	size_t n;

	of->one = one;
	of->nones = 0;
	if (of->waiting == 0)
		return true;
	if (!db_rows(db, &q[Q_ZONES], IN(V_U(op.v)), a, &zones))
		return false;
	for (unsigned band = BAND_APPOINTMENT; band <= BAND_RETRY; band++)
		for (size_t z = 0; z < zones.n && of->nones < FORECAST_WAITING; z++) {
			if (!db_rows(db, &q[Q_WAITING], IN(V_U(op.v), V_U(row_u(&zones.row[z], 0)), V_U(band), V_U(FORECAST_WAITING - of->nones)), a, &rs))
				return false;
			for (size_t i = 0; i < rs.n; i++, of->nones++) {
				one[of->nones] = (struct forecast_one){ .due_at = row_i(&rs.row[i], 0), .calls = (unsigned)row_u(&rs.row[i], 2) };
				bytes = row_b(&rs.row[i], 1, &n);
				queue_retries_read(&one[of->nones].retries, bytes, n);
			}
		}
	if (of->waiting < of->nones)
		of->waiting = of->nones;
	return true;
}

/* The hours in which calls were open, between two moments. */
static double
open_seconds(const struct operation *op, int64_t from, int64_t until)
{
	double sum = 0;
	int64_t opens, closes;

	while (from < until) {
		switch (hours_at(&op->hours, op->zone, from, &opens, &closes)) {
		case HOURS_OPEN:
			closes = closes < until ? closes : until;
			sum += (double)(closes - from) / SECOND_US;
			from = closes;
			break;
		case HOURS_ENDED:
			return sum;
		default:
			from = opens;
		}
	}
	return sum;
}

static bool
read_calls(struct db *db, const struct operation *op, int64_t now, struct forecast_of *of, int64_t *first_at, struct arena *a)
{
	struct call_numbers t;

	if (!call_numbers(db, op->id, now - RECENT_DAYS * DAY_US, &t, a) ||
	    (cell_calls(&t.all) < RECENT_CALLS && !call_numbers(db, op->id, 0, &t, a)) ||
	    !queue_status_totals(db, op->id, of->seen, a))
		return false;
	for (unsigned i = 0; i < CALL_NUMBERS; i++) {
		of->calls[i] = cell_calls(&t.number[i]);
		of->reached[i] = cell_reached(&t.number[i]);
	}
	of->seconds = t.seconds;
	*first_at = t.first_at;
	return true;
}

/* --- answers that are known already --- */

enum { KEPT = 64, KEPT_SECONDS = 15 };

static uint64_t
mark_of(const struct forecast_of *of)
{
	struct forecast_of x = *of;
	uint64_t h = UINT64_C(14695981039346656037);
	const struct { const void *p; size_t n; } part[] = { { &x, sizeof(x) }, { of->one, of->nones * sizeof(*of->one) }, { of->zone, strlen(of->zone) } };

	x.one = NULL;
	x.zone = NULL;
	for (size_t k = 0; k < NITEMS(part); k++)
		for (size_t i = 0; i < part[k].n; i++)
			h = (h ^ ((const unsigned char *)part[k].p)[i]) * UINT64_C(1099511628211);
	return h;
}

struct kept {
	uint64_t op, mark;
	unsigned revision;
	int64_t at;
	uint64_t left;
	double agents;
	struct forecast forecast;
	bool with_callers;
	unsigned callers;
};

/*
 * The same question has the same answer. While agents save calls all the time, another one is not worked out for each call:
 * within KEPT_SECONDS the last answer does, unless one in fifty of the people left has been called since, or callers came or went.
 */
static bool
still_good(const struct kept *k, const struct operation *op, const struct forecast_of *of, uint64_t mark, int64_t now)
{
	uint64_t left = of->fresh + of->waiting, moved = left > k->left ? left - k->left : k->left - left;

	return k->op == op->id.v && (k->mark == mark ||
	    (k->revision == op->revision && now >= k->at && now - k->at < KEPT_SECONDS * SECOND_US && k->agents == of->agents && moved * 50 <= k->left));
}

static void
foresee(const struct operation *op, const struct forecast_of *of, bool callers, int64_t now, struct outlook *out)
{
	static struct kept kept[KEPT];
	struct kept *k = &kept[op->id.v % KEPT];
	uint64_t mark = mark_of(of);

	if (!still_good(k, op, of, mark, now)) {
		*k = (struct kept){ .op = op->id.v, .mark = mark, .revision = op->revision, .at = now, .left = of->fresh + of->waiting, .agents = of->agents };
		forecast(of, &k->forecast);
	}
	if (callers && !k->with_callers) {
		k->callers = forecast_callers(of);
		k->with_callers = true;
	}
	out->forecast = k->forecast;
	out->callers = callers ? k->callers : 0;
}

bool
outlook(struct db *db, const struct operation_numbers *n, int64_t now, bool callers, struct outlook *out, struct arena *a)
{
	const struct operation *op = &n->op;
	struct forecast_of of;
	int64_t first_at;
	double open;

	*out = (struct outlook){ .kind = OUTLOOK_NONE };
	if (n->phase != PHASE_RUNNING && n->phase != PHASE_OUTSIDE_HOURS && n->phase != PHASE_PAUSED)
		return true;
	memset(&of, 0, sizeof(of));	/* its bytes are compared */
	of.fresh = n->totals.ready + n->totals.held;
	of.waiting = n->totals.waiting;
	of.more_calls = op->more_calls;
	of.day_calls = op->day_calls;
	of.other_part = op->other_part;
	of.hours = op->hours;
	of.zone = op->zone;
	of.now = now - now % (ROUND_MINUTES * MINUTE_US);
	if (of.fresh + of.waiting == 0)
		return true;
	if (!read_calls(db, op, now, &of, &first_at, a))
		return false;
	out->calls = forecast_basis(&of);
	for (unsigned i = 0; i < CALL_NUMBERS; i++)
		out->reached += of.reached[i];
	if (out->calls < FORECAST_CALLS) {
		out->kind = OUTLOOK_EARLY;
		return true;
	}
	open = open_seconds(op, first_at, of.now);
	open = open < HALF_HOUR ? HALF_HOUR : open;	/* calls there were, whatever the hours are now */
	out->now = n->on_line > 0;
	of.agents = out->agents = out->now ? (double)n->on_line : (double)of.seconds / open;
	if (operation_rules(db, op->id, of.rules, a) != FOUND || !read_waiting(db, op->id, &of, a))
		return false;
	foresee(op, &of, callers, now, out);
	out->kind = out->forecast.known ? OUTLOOK_KNOWN : OUTLOOK_NONE;
	return true;
}
