/*
 * rehearsal.h - an operation played through before it begins: how many calls, how many people reached, until when.
 *
 * REHEARSED people stand for the whole list: each call draws a status by how often it came in the past, the real
 * recycling rule decides what follows, and the agents' time is the limit. The same input gives the same result. Pure;
 * the cost does not grow with the list.
 */
#ifndef DOMAIN_REHEARSAL_H
#define DOMAIN_REHEARSAL_H

#include "domain/hours.h"
#include "domain/recycle.h"

enum { REHEARSED = 2000 };

/* How calls went so far. */
struct past {
	uint64_t seen[ST__MAX];		/* calls by their status; not all 0 */
	uint64_t calls;			/* 0: nothing known, these are past_usual's */
	unsigned seconds;		/* of one call, with what comes before and after it */
};
/* What is assumed until there are calls of one's own. */
enum { PAST_CALLS = 200 };		/* fewer than this say little */
struct past past_usual(void);

struct rehearsal_of {
	uint64_t people;
	unsigned agents;		/* calling at the same time, for as long as calls are open */
	struct past past;
	struct recycle_rule rules[ST__MAX];
	unsigned more_calls, day_calls;
	bool other_part;
	struct hours hours;
	const char *zone;
	int64_t start_at;
};
struct rehearsal {
	uint64_t calls;
	uint64_t reached;		/* people somebody spoke with */
	uint64_t left;			/* people who still wait, or were never called, when the operation ends */
	int64_t done_at;		/* the last call; 0: no call */
};
struct rehearsal rehearse(const struct rehearsal_of *);
/* The ticked status without a conversation that comes most often: one more retry there changes most. ST_NONE: none. */
enum status rehearsal_lever(const struct rehearsal_of *);

#endif
