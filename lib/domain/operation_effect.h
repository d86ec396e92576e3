/*
 * operation_effect.h - what a change to a running operation does to the people who wait already, counted before it
 * is saved. Nothing is changed.
 */
#ifndef DOMAIN_OPERATION_EFFECT_H
#define DOMAIN_OPERATION_EFFECT_H

#include "domain/operation.h"

#define EFFECT_LOOK	10000		/* people of one zone are looked at up to here; then `more` */

/* Other dates or hours. */
struct hours_effect {
	uint64_t later;			/* may be called now, and not now any more */
	int64_t later_at;		/* when the first of them may; 0: never */
	uint64_t appointments_lost, retries_lost;	/* would never happen any more */
	uint64_t appointments_moved;	/* no longer at the time that the person asked for */
	uint64_t fresh_lost;		/* people never called, when no calls remain at all */
	bool more;			/* at least so many */
};
bool operation_effect_of_hours(struct db *, const struct operation *, const struct hours *, int64_t now,
    struct hours_effect *, struct arena *);

/* Other recycling: how many wait after a status whose rule changes, under the old rule, which stays theirs (fact 59). */
struct recycling_effect {
	uint64_t waiting;
	uint64_t by_status[ST__MAX];	/* of those whose rule changes */
	bool more;
};
bool operation_effect_of_recycling(struct db *, const struct operation *, const struct recycling *,
    struct recycling_effect *, struct arena *);

#endif
