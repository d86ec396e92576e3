/*
 * reconcile.h - webhooks get lost: when to look at the provider, and when to stop. Pure; the dialer keeps no timer,
 * it asks this for every attempt that is not final, also after a restart.
 */
#ifndef PROVIDER_RECONCILE_H
#define PROVIDER_RECONCILE_H

#include "plumb/base.h"

/* What is known of an attempt's looks. Times 0: did not happen. */
struct looked {
	int64_t requested_us;	/* the request left */
	int64_t accepted_us;	/* ... and was accepted, or a webhook told its id; 0: no id known */
	unsigned queue_ms;	/* the provider's estimate with the acceptance */
	unsigned ring_s, max_s;	/* as dialled; max_s 0: four hours, which nobody waits to ask */
	int64_t answered_us;
	int64_t left_us;	/* they left the agent's room and are not back: the end should be told any moment */
	int64_t unclear_us;	/* over, but the end said nothing (outcome pending with an ENDED fact) */
	unsigned looks;		/* polls (or lists, while no id is known) that came back with an answer */
	unsigned gone;		/* of these: "no such call" */
	int64_t looked_us;	/* the last one */
};

/*
 *   LOOK_NOT_YET    nothing before at_us
 *   LOOK_CALL       fetch the call (now: at_us is past)
 *   LOOK_LIST       no id is known: list the calls to that number; then lost_decide
 *   LOOK_HANG_UP    it has been talking for longer than it may: hang up, and ask the administrator
 *   LOOK_GIVE_UP    write FACT_GAVE_UP: 24 hours, or twice "no such call"
 */
enum look { LOOK_NOT_YET, LOOK_CALL, LOOK_LIST, LOOK_HANG_UP, LOOK_GIVE_UP };

/* at_us (may be NULL): when to ask again for LOOK_NOT_YET, else now. The dialer polls at most once a second per
 * connection, newest attempts first. */
enum look reconcile_next(const struct looked *, int64_t now_us, int64_t *at_us);

/* How many calls of a list nobody has attached to an attempt; after `looks` lists, this one included. */
enum lost { LOST_ADOPT, LOST_LOOK_AGAIN, LOST_NOT_PLACED, LOST_CONFLICT };
enum lost lost_decide(unsigned unattached, unsigned looks);

/* The cost is stated late: looks at 10 min, 1 h and 24 h after the end; then it stays unknown, which is not zero.
 * True: look (again) at *at_us. */
bool cost_next(int64_t ended_us, unsigned looks, int64_t *at_us);

#endif
