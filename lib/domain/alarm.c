/*
 * alarm.c - six alarms, each only while an operation runs.
 */
#include "domain/alarm.h"

#include "domain/dialing.h"
#include "domain/power.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"

enum { Q_CALLS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_CALLS] = { "u", "iiu", "SELECT t.started_at, t.saved_at, COALESCE(e.household_id, 0) FROM attempt t FORCE INDEX (by_operation)"
	    " LEFT JOIN entry e ON e.id = t.entry_id WHERE t.operation_id = ? AND t.corrects IS NULL AND NOT " POWER_IS_SQL("t.user_id")
	    " ORDER BY t.id DESC LIMIT 100" },
};
DB_STATEMENTS(q)

static bool
stalled(const struct operation_numbers *n, uint64_t callable, const struct alarm_call *calls, size_t count, int64_t now)
{
	int64_t idle = count == 0 ? 0 : now - calls[0].saved_at;

	return callable > 0 && n->opens_at == 0 && idle > ALARM_STALLED_MINUTES * MINUTE_US && idle < ALARM_STALLED_HOURS * HOUR_US;
}

static bool
too_short(const struct alarm_call *calls, size_t n)
{
	size_t brief = 0;

	for (size_t i = 0; i < n; i++)
		brief += calls[i].saved_at - calls[i].started_at < ALARM_SHORT_SECONDS * SECOND_US;
	return n >= ALARM_SHORT_CALLS && brief * 2 >= n;
}

static unsigned
homes_of(const struct alarm_call *calls, size_t n)
{
	unsigned homes = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned before = 0, all = 1;
		for (size_t k = 0; k < n && calls[i].household != 0; k++) {
			/* one conversation saved for several of the household is one call */
			if (k == i || calls[k].household != calls[i].household || calls[k].saved_at == calls[i].saved_at)
				continue;
			before += k < i;
			all++;
		}
		homes += before == 0 && all >= ALARM_SAME_HOME;
	}
	return homes;
}

void
alarms_of(const struct operation_numbers *n, uint64_t callable, const struct alarm_call *calls, size_t count, bool paused, bool locked,
    int64_t now, bool on[ALARM__MAX], unsigned *homes)
{
	size_t hour = 0;

	memset(on, 0, ALARM__MAX * sizeof(*on));
	*homes = 0;
	if (n->phase != PHASE_RUNNING)
		return;
	while (hour < count && calls[hour].saved_at > now - HOUR_US)
		hour++;
	*homes = homes_of(calls, hour);
	on[ALARM_STALLED] = stalled(n, callable, calls, count, now);
	on[ALARM_NEARLY_EMPTY] = n->on_line > 0 && callable < ALARM_PER_CALLER * n->on_line;
	on[ALARM_SHORT] = too_short(calls, hour);
	on[ALARM_HOME] = *homes > 0;
	on[ALARM_PAUSED] = paused;
	on[ALARM_POWER] = locked;
}

static bool
newest_calls(struct db *db, struct operation_id id, struct alarm_call **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_CALLS], IN(V_U(id.v)), a, &rows))
		return false;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	*n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct alarm_call){ row_i(&rows.row[i], 0), row_i(&rows.row[i], 1), row_u(&rows.row[i], 2) };
	return true;
}

bool
alarms_look(struct db *db, const struct operation_numbers *n, const struct queue_clock *c, int64_t now, bool on[ALARM__MAX], unsigned *homes,
    struct arena *a)
{
	uint64_t callable = c->n > 0 && c->row[0].group == CLOCK_NOW ? c->row[0].people : 0;
	enum found f = n->op.method == OP_SOFTWARE ? FOUND : NONE;
	struct alarm_call *calls;
	struct dialing d = { .chosen = DIAL_PREVIEW };
	struct power_now power;
	bool locked = false;
	size_t count;

	if ((f == FOUND && (f = dialing_of(db, n->op.id, &d, a)) == FAILED) || !newest_calls(db, n->op.id, &calls, &count, a))
		return false;
	if (d.chosen == DIAL_POWER)
		switch (power_now(db, &n->op, now, &power, a)) {
		case FAILED:	return false;
		case FOUND:	locked = power.locked_until != 0; break;
		case NONE:	break;
		}
	alarms_of(n, callable, calls, count, f == FOUND && d.paused != TROUBLE_NONE, locked, now, on, homes);
	return true;
}

/* --- in words --- */

static const struct { const char *what, *todo; } text[ALARM__MAX] = {
	[ALARM_STALLED] = { N_("No call was saved for half an hour, and there are people to call."),
	    N_("Ask the callers whether something is in their way, or share the link again.") },
	[ALARM_NEARLY_EMPTY] = { N_("The list is nearly empty: fewer than ten people for each caller."),
	    N_("Load more people, or tell the callers when the next ones come back.") },
	[ALARM_SHORT] = { N_("Many calls of the last hour took less than eight seconds."),
	    N_("A headset may be broken, or somebody goes through the names without ringing: ask in the room.") },
	[ALARM_HOME] = { N_("The same home was called four times or more within an hour."),
	    N_("Let more time pass before people are called again, on the recycling page of the operation.") },
	[ALARM_PAUSED] = { N_("Calls from the software are paused: the telephone company takes none."),
	    N_("An administrator sees why on the connection’s page, mends it and checks the connection; then calls go on.") },
	[ALARM_POWER] = { N_("Power mode is locked: more than 2.8 % of the people who answered heard nobody."),
	    N_("Each agent has one call until the period is over; nothing needs to be done. The numbers stand on the operation’s page.") },
};

const char *
alarm_label(enum alarm k, enum lang lang)
{
	return tr(lang, text[k].what);
}

const char *
alarm_todo(enum alarm k, enum lang lang)
{
	return tr(lang, text[k].todo);
}
