/*
 * reconcile.c - the timetable of looking at the provider. Every moment is counted from what is stored, never from
 * when this was asked last: a worker that was away finds the same timetable.
 */
#include "provider/reconcile.h"

#include "plumb/clock.h"

#define HORIZON_US	DAY_US
#define LATE_US		(30 * SECOND_US)	/* a webhook may take so long */
#define RING_MORE_US	(5 * SECOND_US)		/* providers let it ring a little longer than asked */
#define TALK_MORE_US	MINUTE_US
#define TALK_LOOK_US	(10 * MINUTE_US)	/* without a limit: few conversations are as long */
enum { MOST_TALK_S = 4 * 3600, STUCK_MORE_S = 5 * 60 };

static enum look
at(int64_t when, int64_t now_us, enum look then, int64_t *at_us)
{
	if (at_us != NULL)
		*at_us = when > now_us ? when : now_us;
	return when > now_us ? LOOK_NOT_YET : then;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* No id: listed 60 s and 5 min after the request, and then every hour while the lists do not decide. */
static enum look
without_id(const struct looked *k, int64_t now_us, int64_t *at_us)
{
	static const int64_t gaps[] = { MINUTE_US, 5 * MINUTE_US };
	int64_t when = k->looks < NITEMS(gaps) ? k->requested_us + gaps[k->looks] : k->looked_us + HOUR_US;

	return at(when, now_us, LOOK_LIST, at_us);
}

/* When a call in this state should have told its end. */
static int64_t
first_look(const struct looked *k)
{
	if (k->unclear_us != 0)
		return k->unclear_us + LATE_US;
	if (k->left_us != 0)
		return k->left_us + LATE_US;
	if (k->answered_us != 0)
		return k->answered_us + (k->max_s > 0 ? k->max_s * SECOND_US + TALK_MORE_US : TALK_LOOK_US);
	return k->accepted_us + (int64_t)k->queue_ms * 1000 + (int64_t)k->ring_s * SECOND_US + RING_MORE_US + LATE_US;
}

enum look
reconcile_next(const struct looked *k, int64_t now_us, int64_t *at_us)
{
	static const int64_t gaps[] = { 2 * MINUTE_US, 5 * MINUTE_US, 15 * MINUTE_US, 60 * MINUTE_US };
	int64_t talk_s = k->max_s > 0 ? k->max_s : MOST_TALK_S, first, when, began;

	began = k->accepted_us != 0 ? k->accepted_us : k->requested_us;
	if (k->gone >= 2)
		return at(now_us, now_us, LOOK_GIVE_UP, at_us);
	/* longer than it may, and still not over: somebody pays for an open line */
	if (k->answered_us != 0 && k->unclear_us == 0 && k->looks > 0 &&
	    now_us - k->answered_us >= (talk_s + STUCK_MORE_S) * SECOND_US && now_us - began < HORIZON_US)
		return at(now_us, now_us, LOOK_HANG_UP, at_us);
	if (now_us - began >= HORIZON_US)
		return at(now_us, now_us, LOOK_GIVE_UP, at_us);
	if (k->accepted_us == 0)
		return without_id(k, now_us, at_us);
	first = first_look(k);
	when = k->looks == 0 ? first :
	    /* an answer learned since the last look moves the next one to the end of the talk */
	    later(first, k->looked_us + gaps[k->looks <= NITEMS(gaps) ? k->looks - 1 : NITEMS(gaps) - 1]);
	return at(when, now_us, LOOK_CALL, at_us);
}

enum lost
lost_decide(unsigned unattached, unsigned looks)
{
	if (unattached == 1)
		return LOST_ADOPT;
	if (unattached > 1)
		return LOST_CONFLICT;
	return looks >= 2 ? LOST_NOT_PLACED : LOST_LOOK_AGAIN;
}

bool
cost_next(int64_t ended_us, unsigned looks, int64_t *at_us)
{
	static const int64_t gaps[] = { 10 * MINUTE_US, HOUR_US, DAY_US };

	if (looks >= NITEMS(gaps))
		return false;
	*at_us = ended_us + gaps[looks];
	return true;
}
