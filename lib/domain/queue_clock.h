/*
 * queue_clock.h - the call list with a clock: everybody who is still to be called is in exactly one group, with the
 * moment at which the first of the group can be claimed. Together the groups are the people ready and waiting.
 *
 * No list is counted: each group is some stretches of the claim index, looked into for CLOCK_LOOK people; what is left of the
 * tallies belongs to the one group that is longer.
 */
#ifndef DOMAIN_QUEUE_CLOCK_H
#define DOMAIN_QUEUE_CLOCK_H

#include "domain/operation.h"
#include "domain/queue.h"

enum { CLOCK_LOOK = 1000, CLOCK_ZONES = 64, CLOCK_BANDS = 3 };

enum clock_group {
	/* May be claimed at this moment, unless somebody else has their number or household. Who has had their calls of the day
	 * (operation.day_calls) is here until a claim comes across them and lets them rest until tomorrow. */
	CLOCK_NOW,
	CLOCK_CLOSED,		/* could be called, but calls are closed where they are; one row per zone */
	CLOCK_SOON,		/* come back later, before calls close here today */
	CLOCK_NEXT,		/* ... by the end of the next day with calls */
	CLOCK_LATER,		/* ... after that */
	CLOCK_APPOINTMENT,	/* wait for the moment they asked for */
	CLOCK_NEVER,		/* would come back after the operation's end */
	CLOCK__MAX
};
const char *clock_group_code(enum clock_group);		/* "now", "closed" ...: for links */
enum clock_group clock_group_of(const char *code);	/* CLOCK__MAX: none of them */

/* One stretch of the claim index that belongs to a group. */
struct clock_stretch { enum clock_group group; unsigned zone, band; int64_t from, until; /* both in it */ };

struct clock_zone { unsigned number; const char *name; };
/*
 * Pure: cuts the index of one zone into stretches; at most CLOCK_STRETCHES of them, which together are the bands 1 to 3.
 * `here` is the operation's own zone: "today" and "next day" are its days.
 */
enum { CLOCK_STRETCHES = 14 };
size_t clock_cut(const struct operation *, const struct clock_zone *, int64_t now, struct clock_stretch out[CLOCK_STRETCHES]);

struct clock_row {
	enum clock_group group;
	unsigned zone;			/* of CLOCK_CLOSED */
	const char *zone_name;		/* of CLOCK_CLOSED, else NULL */
	uint64_t people;
	unsigned more;			/* stretches of it that are too long to be told apart: not 0: `people` or more */
	int64_t at;			/* the first moment at which a claim gives one of them; now for CLOCK_NOW, 0: never */
};
struct queue_clock {
	struct queue_totals totals;	/* of the same instant */
	struct clock_row *row;		/* those with people, in the order of the groups */
	size_t n;
};
/* In the caller's snapshot (a READ_ONLY route has one), so that tallies and stretches are of one instant. */
bool queue_clock(struct db *, const struct operation *, int64_t now, struct queue_clock *, struct arena *);
/* The first moment of all rows; 0: nobody is to be called any more. */
int64_t queue_clock_first(const struct queue_clock *);

/* The stretches of one group (and for CLOCK_CLOSED of one zone), for the page that lists its people: CLOCK_BANDS of a zone at most. */
bool queue_clock_stretches(struct db *, const struct operation *, enum clock_group, unsigned zone, int64_t now,
    struct clock_stretch *out, size_t max, size_t *n, struct arena *);

/* How many of an operation wait, are done or were removed for which reason. */
struct reason_count { enum queue_state state; enum status reason; uint64_t people; };
bool queue_reasons(struct db *, struct operation_id, struct reason_count **out, size_t *n, struct arena *);

#endif
