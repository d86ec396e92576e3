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

void
fold_correct(struct fold *f, const struct fold *before, const struct recycle_rule *rule, enum status status, int64_t saved_at)
{
	unsigned attempts = f->attempts + 1;

	*f = *before;
	if (status != ST_CORRECTED)
		fold_attempt(f, rule, status, saved_at, 0, false);
	f->attempts = attempts;
}

struct replay
replay_start(void)
{
	return (struct replay){ .now = fold_start(), .before = fold_start() };
}

void
replay_attempt(struct replay *r, bool corrects, const struct recycle_rule *rule, enum status status, int64_t saved_at,
    int64_t callback_at, bool second_number)
{
	bool out = r->now.state == QS_DONE || r->now.state == QS_REMOVED;

	if (corrects) {
		fold_correct(&r->now, &r->before, rule, status, saved_at);
		r->deciding = status == ST_CORRECTED ? 0 : r->now.attempts;
		return;
	}
	if (!out)
		r->before = r->now;
	fold_attempt(&r->now, rule, status, saved_at, callback_at, second_number);
	if (!out)
		r->deciding = r->now.attempts;
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
