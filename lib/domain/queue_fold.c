/*
 * queue_fold.c - one attempt after the other. Pure.
 */
#include "domain/queue_fold.h"

static const char *const words[] = {
	[QS_READY] = "ready", [QS_HELD] = "held", [QS_WAITING] = "waiting", [QS_DONE] = "done",
	[QS_REMOVED] = "removed",
};

struct fold
fold_start(void)
{
	return (struct fold){ .state = QS_READY, .band = BAND_FRESH };
}

void
fold_attempt(struct fold *f, const struct recycle_rule *rule, enum status status, int64_t saved_at,
    int64_t callback_at, bool second_number)
{
	struct recycle_next next;

	f->attempts++;
	if (f->state == QS_DONE || f->state == QS_REMOVED)
		return;
	f->reason = status;
	if (second_number) {
		f->state = QS_WAITING;
		f->band = BAND_RETRY;
		f->due_at = saved_at;
		return;
	}
	next = recycle_decide(rule, status, &f->retries, saved_at, callback_at);
	f->state = next.state;
	f->band = next.band;
	f->due_at = next.due_at;
	f->retries = next.retries;
}

const char *
queue_state_word(enum queue_state s)
{
	return words[s];
}

enum queue_state
queue_state_of(const char *word)
{
	for (unsigned i = 0; word != NULL && i < NITEMS(words); i++)
		if (strcmp(words[i], word) == 0)
			return (enum queue_state)i;
	return QS_REMOVED;
}
