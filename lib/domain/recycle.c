/*
 * recycle.c - who is called again: the rule of domain.md 1.10, as one pure function.
 */
#include "domain/recycle.h"

#include "plumb/clock.h"

static struct recycle_next
ended(enum queue_state state, const struct retries *retries)
{
	return (struct recycle_next){ .state = state, .band = BAND_OUT, .retries = *retries };
}

enum day_part
day_part_of(const char *zone, int64_t at)
{
	int hour = clock_local(zone, at).tm_hour;

	return hour < 12 ? MORNING : hour < 17 ? AFTERNOON : EVENING;
}

int64_t
other_part_of_day(const char *zone, int64_t called_at, int64_t due_at)
{
	static const int next[] = { [MORNING] = 12, [AFTERNOON] = 17, [EVENING] = 24 };
	enum day_part called = day_part_of(zone, called_at);
	struct tm wall;

	if (day_part_of(zone, due_at) != called)
		return due_at;
	wall = clock_local(zone, due_at);
	wall.tm_hour = next[called];
	wall.tm_min = wall.tm_sec = 0;
	return clock_moment(zone, &wall);
}

/* How many further calls there were. */
static unsigned
used_in_all(const struct retries *r)
{
	unsigned n = 0;

	for (size_t s = 0; s < ST__MAX; s++)
		n += r->used[s];
	return n;
}

struct recycle_next
recycle_decide(const struct recycle_rule *rule, enum status status,
    const struct retries *before, int64_t saved_at, int64_t callback_at)
{
	enum queue_state end = status == ST_REMOVE || status_by(status) == S_RULE ? QS_REMOVED : QS_DONE;
	struct recycle_next next;

	assert(status > ST_NONE && status < ST__MAX);
	if (status_then(status) == Q_FINAL || !rule->ticked)
		return ended(end, before);
	/* A used count is one byte; the wizard's largest maximum is far below it. */
	if (before->used[status] >= rule->max_calls || before->used[status] == UINT8_MAX)
		return ended(end, before);
	if (rule->more_calls > 0 && used_in_all(before) >= rule->more_calls)
		return ended(end, before);

	next = (struct recycle_next){ .state = QS_WAITING, .band = BAND_RETRY, .retries = *before };
	next.retries.used[status]++;
	next.due_at = saved_at + (int64_t)rule->minutes * MINUTE_US;
	if (status == ST_CALL_BACK && callback_at != 0) {
		next.band = BAND_APPOINTMENT;
		next.due_at = callback_at;
	} else if (rule->other_part_in != NULL) {
		next.due_at = other_part_of_day(rule->other_part_in, saved_at, next.due_at);
	}
	return next;
}
