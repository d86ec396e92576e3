/*
 * out.c - what leaves by itself: webhooks. A program of its own, so that a server elsewhere that is slow makes nobody wait
 * here but those who are told after it.
 */
#include "worker.h"

#include <time.h>

#include "plumb/arena.h"
#include "plumb/clock.h"

#include "domain/outbox.h"

enum { ROUND_S = 5, ONCE_MOST = 200 };

void
out_work(struct db *db, bool once, struct arena *a)
{
	static const struct timespec idle = { .tv_nsec = 500000000 };
	struct timespec began, at;
	unsigned turns = 0;

	clock_gettime(CLOCK_MONOTONIC, &began);
	do {
		enum found f;

		arena_reset(a);
		upkeep_horizon(db, clock_now_us(), a);
		f = outbox_turn(db, a);
		if (once && (f != FOUND || ++turns == ONCE_MOST))
			return;
		if (f != FOUND)
			nanosleep(&idle, NULL);		/* a signal ends it early */
		clock_gettime(CLOCK_MONOTONIC, &at);
	} while (!worker_stops() && (once || at.tv_sec - began.tv_sec < ROUND_S));
}
