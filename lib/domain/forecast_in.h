/*
 * forecast_in.h - one run of the rest of an operation, between forecast.c and forecast_play.c.
 */
#ifndef DOMAIN_FORECAST_IN_H
#define DOMAIN_FORECAST_IN_H

#include "domain/chance.h"
#include "domain/due_heap.h"
#include "domain/forecast.h"

enum {
	SHOWN_ALONE = 100,	/* of who was never called, the last ones stand for themselves */
	SHOWN_FOR_MANY = 64,	/* and so many for the others, if there are more */
	SHOWN = 2 * FORECAST_WAITING + SHOWN_ALONE + SHOWN_FOR_MANY,
	HALVED = 400,		/* those of them who are called again become two, as long as there is room */
	WINDOWS = 400		/* days with calls: more than a year */
};

/* A stretch in which calls are open; the day it is in ends at `midnight`. */
struct open_time { int64_t from, until, midnight; };

struct shown { double weight; bool alone; struct forecast_one one; int64_t day; uint8_t today; };

struct stage {
	const struct forecast_of *of;
	struct open_time open[WINDOWS];
	unsigned nopen;
	struct shown shown[SHOWN];		/* who waits, then who was never called, in the order of the calls */
	unsigned nshown, nwaiting;
};
/* Windows and people: what all runs have in common. */
void stage_set(struct stage *, const struct forecast_of *);

/* How people answer in one run. */
struct answers { double reach[CALL_NUMBERS], status[2][ST__MAX], seconds; /* status: cumulated, [0] not reached, [1] reached */ };

struct run { bool done; int64_t done_at; double left, calls; double at_day[FORECAST_DAYS]; };
void stage_play(const struct stage *, const struct answers *, double agents, struct chance, struct run *);

#endif
