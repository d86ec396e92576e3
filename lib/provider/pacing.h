/*
 * pacing.h - how fast and how many: pure, state in and state out; the time is a value.
 */
#ifndef PROVIDER_PACING_H
#define PROVIDER_PACING_H

#include "plumb/base.h"

/*
 * Calls per second of one connection. All zero is a bucket that nobody has used: the first call may leave at
 * once, each further one 1/cps later. The dialer keeps it between its turns, in the database if it likes.
 */
struct bucket {
	int64_t at_us;		/* when `tokens` was right */
	int64_t tokens;		/* millionths of a call; at most one call is saved up */
	int64_t not_before_us;	/* the provider asked for a pause */
	unsigned slowed;	/* thousandths taken off the rate after "too many"; won back call by call */
};

/* May one call leave now? Then it is taken. Otherwise *wait_us (may be NULL) is the time until it may. cps > 0. A
 * clock that jumps back costs one interval, one that jumps ahead wins one call. */
bool bucket_take(struct bucket *, unsigned cps, int64_t now_us, int64_t *wait_us);
/* The provider said 429: nothing for retry_after_s (0: 1 s), then at half the rate. */
void bucket_too_many(struct bucket *, unsigned retry_after_s, int64_t now_us);

/* --- power mode: several lines per free agent; domain/power.h dials so --- */

/* The share of answered calls that find no agent: m free agents, n dials at once, each answered with p. */
double power_share(unsigned n, unsigned m, double p);

#define POWER_WHYS(X)						\
	X(POWER_OK,	"ok")					\
	X(POWER_SMALL,	"small")	/* fewer than 5 agents */	\
	X(POWER_UNKNOWN, "unknown")	/* fewer than 50 answers measured */	\
	X(POWER_HIGH,	"high")		/* more than 2 % abandoned in the legal window */	\
	X(POWER_LOCKED,	"locked")	/* more than 2.8 %: no power mode for the rest of the window; tell the owner */

#define AS_POWER_WHY(id, word) id,
enum power_why { POWER_WHYS(AS_POWER_WHY) POWER__MAX };
#undef AS_POWER_WHY

const char *power_word(enum power_why);
enum power_why power_why_of(const char *word);		/* POWER_UNKNOWN when unknown */

struct power_measured {
	unsigned dials, live;		/* of the operation's last 200 dials: how many, and answered by a person */
	unsigned picked_up;		/* ... by anybody or anything: until it is known to be one, a machine takes an agent too */
	unsigned abandoned, connected;	/* in the legal window: persons without, persons with an agent */
};
struct power { unsigned lines; enum power_why why; };

/* How many lines to dial for that many free agents; everything but POWER_OK is one each. */
struct power power_lines(const struct power_measured *, unsigned free_agents);

#endif
