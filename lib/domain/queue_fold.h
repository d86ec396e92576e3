/*
 * queue_fold.h - promise 2: an entry is the fold of its attempts. The save applies one step of it,
 * the audit replays them all; both call this one pure function.
 */
#ifndef DOMAIN_QUEUE_FOLD_H
#define DOMAIN_QUEUE_FOLD_H

#include "domain/recycle.h"

struct fold {
	enum queue_state state;		/* QS_READY, QS_WAITING, QS_DONE or QS_REMOVED */
	enum queue_band band;
	int64_t due_at;			/* meaningful while waiting */
	enum status reason;
	struct retries retries;
	unsigned attempts;
};

/* Before the first call. */
struct fold fold_start(void);

/*
 * One more attempt. Who is out stays out: the late save of an expired hold is counted, and does not bring back
 * a person whose call by somebody else ended it. second_number: the number was wrong and the
 * person has another, which is dialled at once without using a retry.
 */
void fold_attempt(struct fold *, const struct recycle_rule *, enum status, int64_t saved_at, int64_t callback_at,
    bool second_number);

/*
 * The status of the call that decided last was wrong. `before`: the fold before that call. ST_CORRECTED: as if it
 * had not been saved; any other status: as if that had been saved, at this moment. It counts as a further attempt.
 */
void fold_correct(struct fold *, const struct fold *before, const struct recycle_rule *, enum status, int64_t saved_at);

/* All attempts of an entry, one after the other. */
struct replay {
	struct fold now, before;	/* before: the deciding attempt */
	unsigned deciding;		/* the number of the attempt that may be corrected; 0: none */
};
struct replay replay_start(void);
void replay_attempt(struct replay *, bool corrects, const struct recycle_rule *, enum status, int64_t saved_at,
    int64_t callback_at, bool second_number);

/* The stored words of entry.state and hold.state. */
const char *queue_state_word(enum queue_state);
enum queue_state queue_state_of(const char *word);	/* QS_REMOVED when unknown */

#endif
