/*
 * pacing.c - the bucket and the guard of power mode.
 */
#include "provider/pacing.h"

#include <math.h>

#include "plumb/clock.h"

enum { CALL = 1000000 };	/* tokens that one call takes */
enum { SLOWEST = 900, HALF = 500, WON_BACK = 50 };	/* thousandths of the rate */

/* --- calls per second ------------------------------------------------------------------------------- */

/* Tokens that one second brings. */
static int64_t
rate(const struct bucket *b, unsigned cps)
{
	return (int64_t)cps * (1000 - (b->slowed < SLOWEST ? b->slowed : SLOWEST)) * (CALL / 1000);
}

static void
refill(struct bucket *b, unsigned cps, int64_t now_us)
{
	int64_t passed = now_us - b->at_us;

	if (b->at_us == 0 || passed >= 60 * SECOND_US)
		b->tokens = CALL;
	else if (passed > 0)	/* a clock that went back brings nothing, and is followed */
		b->tokens += passed * rate(b, cps) / SECOND_US;
	if (b->tokens > CALL)
		b->tokens = CALL;
	b->at_us = now_us;
}

bool
bucket_take(struct bucket *b, unsigned cps, int64_t now_us, int64_t *wait_us)
{
	int64_t per_second, wait = 0;

	assert(cps > 0);
	refill(b, cps, now_us);
	per_second = rate(b, cps);
	/* a pause that a leap of the clock made longer than any provider asks for is none */
	if (b->not_before_us > now_us && b->not_before_us - now_us <= DAY_US)
		wait = b->not_before_us - now_us;
	else if (b->tokens < CALL)
		wait = ((CALL - b->tokens) * SECOND_US + per_second - 1) / per_second;
	if (wait_us != NULL)
		*wait_us = wait;
	if (wait > 0)
		return false;
	b->tokens -= CALL;
	b->slowed = b->slowed > WON_BACK ? b->slowed - WON_BACK : 0;
	return true;
}

void
bucket_too_many(struct bucket *b, unsigned retry_after_s, int64_t now_us)
{
	int64_t until = now_us + (retry_after_s > 0 ? retry_after_s : 1) * SECOND_US;

	if (until > b->not_before_us || b->not_before_us - now_us > DAY_US)
		b->not_before_us = until;
	b->slowed = b->slowed < HALF ? HALF : SLOWEST;
}

/* --- power mode --------------------------------------------------------------------------------------- */

#define AS_WORD(id, word) [id] = word,
static const char *const words[POWER__MAX] = { POWER_WHYS(AS_WORD) };

const char *
power_word(enum power_why w)
{
	assert((unsigned)w < POWER__MAX);
	return words[w];
}

enum power_why
power_why_of(const char *word)
{
	for (unsigned i = 0; word != NULL && i < POWER__MAX; i++)
		if (strcmp(words[i], word) == 0)
			return (enum power_why)i;
	return POWER_UNKNOWN;
}

/* K answers of n dials are binomial; share = E[(K - m)+] / E[K]. */
double
power_share(unsigned n, unsigned m, double p)
{
	double lost = 0;

	if (n <= m || p <= 0)
		return 0;
	if (p >= 1)
		return (double)(n - m) / n;
	for (unsigned k = m + 1; k <= n; k++)
		lost += (k - m) * exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0) + k * log(p) +
		    (n - k) * log1p(-p));
	return lost / (n * p);
}

struct power
power_lines(const struct power_measured *x, unsigned m)
{
	static const double target = 0.02, high = 0.02, locked = 0.028;
	double persons = (double)x->abandoned + x->connected;
	double share = persons > 0 ? x->abandoned / persons : 0;
	double p_hat = (fmax(x->picked_up, x->live) + 1.0) / (x->dials + 4.0);	/* begins at 25 % */
	double p = x->dials > 0 ? fmin(0.9, p_hat + 2 * sqrt(p_hat * (1 - p_hat) / x->dials)) : 0.9;
	struct power r = { .lines = m, .why = POWER_OK };

	if (share > locked)
		r.why = POWER_LOCKED;
	else if (share > high)
		r.why = POWER_HIGH;
	else if (m < 5)
		r.why = POWER_SMALL;
	else if (x->live < 50)
		r.why = POWER_UNKNOWN;
	else
		while (r.lines < 20 * m && power_share(r.lines + 1, m, p) <= target)
			r.lines++;
	return r;
}
