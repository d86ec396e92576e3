/*
 * forecast.h - when an operation will be done, and how many callers it takes to be done by its end. Pure: no database,
 * no clock; the same input gives the same answer.
 *
 * The rest of the operation is played through FORECAST_RUNS times with the real rules (recycle.h, hours.h). What is
 * not known differs from run to run as much as the calls so far leave it open: how many are reached at a first, second
 * ... call, what a call comes to, how long one takes. Eight of ten runs end within the band. People stand for many when
 * the list is long, but the last ones to be called stand for themselves, as they decide when it ends: the cost does not
 * grow with the list.
 *
 * What it takes for granted: the callers call all the time while calls are open, in the operation's own zone; nobody is
 * added to the list or taken off it; people answer as they did so far.
 */
#ifndef DOMAIN_FORECAST_H
#define DOMAIN_FORECAST_H

#include "domain/call_tally.h"
#include "domain/hours.h"
#include "domain/recycle.h"

enum {
	FORECAST_CALLS = 30,		/* fewer calls than this tell too little */
	FORECAST_RUNS = 40,
	FORECAST_WAITING = 200,		/* of those who wait, at most so many are looked at one by one */
	FORECAST_DAYS = 31,
	FORECAST_CALLERS = 10000	/* no operation has more */
};

struct forecast_one { int64_t due_at; struct retries retries; unsigned calls; };

struct forecast_of {
	uint64_t fresh;			/* never called; those with a caller now count as such */
	uint64_t waiting;		/* who wait to be called again ... */
	const struct forecast_one *one;	/* ... and of them those who are due last */
	size_t nones;			/* FORECAST_WAITING at most */
	double agents;			/* who call at the same time */
	/* The calls so far. */
	uint64_t seen[ST__MAX];
	uint64_t calls[CALL_NUMBERS], reached[CALL_NUMBERS];
	uint64_t seconds;		/* of callers' time that they took */
	/* The operation's rules. */
	struct recycle_rule rules[ST__MAX];
	unsigned more_calls, day_calls;
	bool other_part;
	struct hours hours;
	const char *zone;
	int64_t now;
};

/* At the end of a day: how many are still to be called then. */
struct forecast_day { int64_t at; uint64_t few, likely, many; };

struct forecast {
	bool known;			/* false: too few calls, or nobody calls; nothing below is filled */
	/* Done by then in one, in five and in nine of ten runs: the band and its middle. 0: not before the operation's end. */
	int64_t early, likely, late;
	uint64_t left_few, left_likely, left_many;	/* who could not be called before the end; 0 when it is done */
	uint64_t calls;			/* still to be made, likely */
	unsigned seconds;		/* of one call, so far */
	struct forecast_day day[FORECAST_DAYS];	/* the days with calls to come, until all runs are done */
	size_t ndays;
};
/* Calls made so far, of those whose people may be called again or not. */
uint64_t forecast_basis(const struct forecast_of *);
void forecast(const struct forecast_of *, struct forecast *);
/* How many callers it takes to be done by the end in nine of ten runs; 0: no number would do, or nothing is known. */
unsigned forecast_callers(const struct forecast_of *);

#endif
