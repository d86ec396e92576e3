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

	next = (struct recycle_next){ .state = QS_WAITING, .band = BAND_RETRY, .retries = *before };
	next.retries.used[status]++;
	next.due_at = saved_at + (int64_t)rule->minutes * MINUTE_US;
	if (status == ST_CALL_BACK && callback_at != 0) {
		next.band = BAND_APPOINTMENT;
		next.due_at = callback_at;
	}
	return next;
}
