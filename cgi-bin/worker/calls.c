/*
 * calls.c - the dialer's pace: at once while there is something to do, else it looks twenty times a second.
 */
#include "worker.h"

#include <time.h>

#include "plumb/arena.h"

#include "domain/dialer.h"

enum { ROUND_S = 5, IDLE_MS = 50, TROUBLE_MS = 500 };

static void
sleep_ms(long ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&t, NULL);	/* a signal ends it early */
}

void
calls_work(struct db *db, struct arena *a)
{
	struct timespec began, at;

	clock_gettime(CLOCK_MONOTONIC, &began);
	do {
		arena_reset(a);
		switch (dialer_turn(db, a)) {
		case FOUND:	break;
		case NONE:	sleep_ms(IDLE_MS); break;
		case FAILED:	sleep_ms(TROUBLE_MS); break;
		}
		clock_gettime(CLOCK_MONOTONIC, &at);
	} while (!worker_stops() && at.tv_sec - began.tv_sec < ROUND_S);
}
