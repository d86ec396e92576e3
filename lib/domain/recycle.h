/*
 * recycle.h - who is called again, how often and when: a pure function of values, the time included
 * (domain.md 1.10, facts 47-59). The queue stores what it says; tocsin audit replays it.
 */
#ifndef DOMAIN_RECYCLE_H
#define DOMAIN_RECYCLE_H

#include "domain/status.h"

/* Of one operation and one status. max_calls: further calls after the one that gave the status. */
struct recycle_rule { bool ticked; unsigned max_calls; unsigned minutes; };

/* How often each status has already led to a further call, for one person in one operation. */
struct retries { uint8_t used[ST__MAX]; };

enum queue_state { QS_READY, QS_HELD, QS_WAITING, QS_DONE, QS_REMOVED };
enum queue_band  { BAND_APPOINTMENT = 1, BAND_RETRY = 2, BAND_FRESH = 3, BAND_HELD = 8, BAND_OUT = 9 };

struct recycle_next {
	enum queue_state state;		/* QS_WAITING or QS_DONE or QS_REMOVED */
	enum queue_band band;
	int64_t due_at;			/* 0 unless waiting; not moved into the opening hours: the claim checks those */
	struct retries retries;
};

/*
 * What becomes of a person after an attempt saved at `saved_at` with `status`.
 * callback_at: the moment the person asked for, 0 for none; it replaces saved_at + minutes of
 * ST_CALL_BACK, goes to BAND_APPOINTMENT and still uses one retry (of call_back).
 * A final status, an unticked one, or one whose retries are used up: done.
 * ST_REMOVE and rule statuses that end a person give QS_REMOVED, everything else that ends QS_DONE.
 */
struct recycle_next recycle_decide(const struct recycle_rule *rule, enum status status,
    const struct retries *before, int64_t saved_at, int64_t callback_at);

#endif
