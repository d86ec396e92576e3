/*
 * recycle.h - who is called again, how often and when: a pure function of values, the time included
 * (domain.md 1.10, facts 47-59). The queue stores what it says; tocsin audit replays it.
 */
#ifndef DOMAIN_RECYCLE_H
#define DOMAIN_RECYCLE_H

#include "domain/status.h"

/*
 * Of one operation and one status. max_calls: further calls after the one that gave the status. What counts over all
 * statuses stands in each rule, so that an attempt can store all of its moment's rule (operation_rule).
 */
struct recycle_rule {
	bool ticked;
	unsigned max_calls, minutes;
	unsigned more_calls;		/* further calls over all statuses; 0: no cap */
	const char *other_part_in;	/* NULL: as soon as the minutes are over; else the called person's zone */
};

/* Morning to 12:00, afternoon to 17:00, evening: the part of the day in that zone. */
enum day_part { MORNING, AFTERNOON, EVENING };
enum day_part day_part_of(const char *zone, int64_t at);
/* The first moment from `due_at` on that is in another part of the day than `called_at`, wherever the opening hours lie. */
int64_t other_part_of_day(const char *zone, int64_t called_at, int64_t due_at);

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
 * more_calls counts the further calls that all statuses have led to. An appointment keeps its time, also in the same part
 * of the day.
 * A final status, an unticked one, or one whose retries are used up: done.
 * ST_REMOVE and rule statuses that end a person give QS_REMOVED, everything else that ends QS_DONE.
 */
struct recycle_next recycle_decide(const struct recycle_rule *rule, enum status status,
    const struct retries *before, int64_t saved_at, int64_t callback_at);

#endif
