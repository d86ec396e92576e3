/*
 * pacing - calls per second, lines in power mode, and the timetable of reconciliation.
 */
#include "check.h"

#include <math.h>

#include "plumb/clock.h"
#include "provider/pacing.h"
#include "provider/reconcile.h"

#define T0 INT64_C(1795000000000000)

/* How many calls leave in so many seconds when somebody tries every 10 ms. */
static unsigned
leave(struct bucket *b, unsigned cps, int64_t from, unsigned seconds)
{
	unsigned n = 0;

	for (int64_t t = from; t < from + seconds * SECOND_US; t += SECOND_US / 100)
		n += bucket_take(b, cps, t, NULL);
	return n;
}

static void
buckets(void)
{
	struct bucket b = { 0 };
	int64_t wait;

	CHECK_CASE("the first call leaves at once", bucket_take(&b, 1, T0, &wait) && wait == 0);
	CHECK_CASE("the second one a second later", !bucket_take(&b, 1, T0, &wait) && wait == SECOND_US);
	CHECK_CASE("not at 999 ms", !bucket_take(&b, 1, T0 + 999000, &wait) && wait == 1000);
	CHECK_CASE("at 1,000 ms", bucket_take(&b, 1, T0 + SECOND_US, &wait));
	for (unsigned cps = 1; cps <= 30; cps += cps < 5 ? 1 : 5) {
		char name[60];
		unsigned n;

		b = (struct bucket){ 0 };
		n = leave(&b, cps, T0, 60);
		snprintf(name, sizeof(name), "a minute at %u per second: %u calls", cps, n);
		CHECK_CASE(name, n <= cps * 60 + 1 && n >= cps * 60 * 8 / 10);
	}
	b = (struct bucket){ 0 };
	(void)leave(&b, 5, T0, 2);
	CHECK_EQ_U_N("a quiet hour saves up one call, not an hour's", leave(&b, 1, T0 + HOUR_US, 1), 1);

	CHECK_CASE("a clock that jumps back", !bucket_take(&b, 1, T0, &wait) && wait <= SECOND_US &&
	    bucket_take(&b, 1, T0 + wait, NULL));
	b = (struct bucket){ 0 };
	(void)bucket_take(&b, 1, T0, NULL);
	CHECK_EQ_U_N("a clock that jumps a year ahead wins one call", leave(&b, 1, T0 + 365 * DAY_US, 1), 1);
	b = (struct bucket){ 0 };
	bucket_too_many(&b, 7, T0 + 365 * DAY_US);
	CHECK_CASE("a pause that was asked for by a clock a year ahead is none", bucket_take(&b, 1, T0, NULL));

	b = (struct bucket){ 0 };
	(void)bucket_take(&b, 10, T0, NULL);
	bucket_too_many(&b, 7, T0);
	CHECK_CASE("case 95: Retry-After 7: not at 6.999 s", !bucket_take(&b, 10, T0 + 6999000, &wait) && wait == 1000);
	CHECK_CASE("case 95: at 7 s", bucket_take(&b, 10, T0 + 7 * SECOND_US, NULL));
	CHECK_CASE("case 95: then at about half the rate", !bucket_take(&b, 10, T0 + 7 * SECOND_US + 150000, NULL) &&
	    bucket_take(&b, 10, T0 + 7 * SECOND_US + 182000, NULL));
	(void)leave(&b, 10, T0 + 8 * SECOND_US, 10);
	CHECK_CASE("case 95: call by call it is won back", b.slowed == 0);
	bucket_too_many(&b, 0, T0 + 20 * SECOND_US);
	bucket_too_many(&b, 0, T0 + 21 * SECOND_US);
	CHECK_CASE("case 95: twice: a tenth of the rate, never nothing", b.slowed == 900 &&
	    !bucket_take(&b, 1, T0 + 21 * SECOND_US, &wait) && wait == SECOND_US);
}

/* Telephony 9: the largest n with at most 3 % of the answered calls without an agent. */
static void
shares(void)
{
	static const double p[] = { 0.10, 0.15, 0.25, 0.35, 0.50 };
	static const struct { unsigned m, n[NITEMS(p)]; } table[] = {
		{ 1, { 1, 1, 1, 1, 1 } }, { 2, { 6, 4, 3, 2, 2 } }, { 5, { 28, 19, 12, 9, 7 } },
		{ 10, { 73, 49, 30, 22, 16 } }, { 20, { 169, 114, 69, 50, 36 } }, { 50, { 470, 315, 190, 137, 97 } },
	};

	for (size_t i = 0; i < NITEMS(table); i++)
		for (size_t k = 0; k < NITEMS(p); k++) {
			unsigned n = table[i].m;
			char name[80];

			while (power_share(n + 1, table[i].m, p[k]) <= 0.03)
				n++;
			snprintf(name, sizeof(name), "%u agents, %.0f %% answer: %u lines at 3 %%", table[i].m, p[k] * 100, table[i].n[k]);
			CHECK_EQ_U_N(name, n, table[i].n[k]);
		}
	CHECK_CASE("two lines for one agent: p/2", fabs(power_share(2, 1, 0.10) - 0.05) < 1e-9 &&
	    fabs(power_share(2, 1, 0.25) - 0.125) < 1e-9);
	CHECK_CASE("edges", power_share(3, 3, 0.5) == 0 && power_share(9, 3, 0) == 0 && fabs(power_share(4, 3, 1) - 0.25) < 1e-9);
}

static void
guard(void)
{
	static const struct power_measured good = { .dials = 200, .live = 60, .abandoned = 1, .connected = 199 };
	struct power_measured x = good;
	struct power w = power_lines(&good, 10);

	CHECK_CASE("a measured pool of ten gets more lines than agents", w.why == POWER_OK && w.lines > 10 && w.lines < 30);
	CHECK_CASE("by the cautious side of what was measured", power_share(w.lines, 10, 0.30) < 0.02);
	w = power_lines(&good, 4);
	CHECK_CASE("fewer than five agents: one line each", w.why == POWER_SMALL && w.lines == 4);
	x.live = 49;
	w = power_lines(&x, 10);
	CHECK_CASE("fewer than 50 answers measured", w.why == POWER_UNKNOWN && w.lines == 10);
	w = power_lines(&(struct power_measured){ 0 }, 10);
	CHECK_CASE("nothing measured", w.why == POWER_UNKNOWN && w.lines == 10);
	x = good;
	x.abandoned = 5;
	x.connected = 195;
	w = power_lines(&x, 10);
	CHECK_CASE("2.5 % abandoned", w.why == POWER_HIGH && w.lines == 10);
	x.abandoned = 6;
	x.connected = 194;
	w = power_lines(&x, 10);
	CHECK_CASE("3 % abandoned: locked", w.why == POWER_LOCKED && w.lines == 10);
	x.abandoned = 4;
	x.connected = 196;
	CHECK_CASE("exactly 2 % is not more than 2 %", power_lines(&x, 10).why == POWER_OK);
	CHECK_CASE("no agent, no line", power_lines(&good, 0).lines == 0);
	CHECK_EQ_S(power_word(POWER_LOCKED), "locked");
	for (unsigned i = 0; i < POWER__MAX; i++)
		CHECK_EQ_U_N("a word leads back", power_why_of(power_word((enum power_why)i)), i);
	CHECK_EQ_U_N("an unknown one is caution", power_why_of("x"), POWER_UNKNOWN);
	x = good;
	x.picked_up = 120;
	CHECK_CASE("machines that pick up take an agent too: fewer lines, though as many people answered", power_lines(&x, 10).why == POWER_OK &&
	    power_lines(&x, 10).lines < power_lines(&good, 10).lines && power_lines(&x, 10).lines > 10);
}

/* The moments of all looks at a call that never tells its end, in seconds after T0. */
static void
timetable(void)
{
	static const int want[] = { 60, 60 + 120, 60 + 120 + 300, 60 + 120 + 300 + 900, 60 + 120 + 300 + 900 + 3600 };
	struct looked k = { .requested_us = T0, .accepted_us = T0, .ring_s = 25, .max_s = 600 };
	int64_t when = 0;
	bool good = true;
	unsigned n = 0;

	CHECK_CASE("case 86: nothing at 59 s", reconcile_next(&k, T0 + 59 * SECOND_US, &when) == LOOK_NOT_YET &&
	    when == T0 + 60 * SECOND_US);
	CHECK_CASE("case 86: the first look at 25 + 5 + 30 s", reconcile_next(&k, T0 + 60 * SECOND_US, NULL) == LOOK_CALL);
	k.queue_ms = 4000;
	CHECK_CASE("case 86: and the provider's queue", reconcile_next(&k, T0 + 63 * SECOND_US, NULL) == LOOK_NOT_YET &&
	    reconcile_next(&k, T0 + 64 * SECOND_US, NULL) == LOOK_CALL);
	k.queue_ms = 0;
	for (int64_t t = T0; ; ) {
		enum look l = reconcile_next(&k, t, &when);

		if (l == LOOK_GIVE_UP) {
			CHECK_EQ_I_N("given up at 24 hours", t, T0 + DAY_US);
			break;
		}
		if (l == LOOK_CALL) {
			good = good && (n >= NITEMS(want) || t == T0 + want[n] * SECOND_US);
			n++;
			k.looks++;
			k.looked_us = t;
		} else
			t = when < T0 + DAY_US ? when : T0 + DAY_US;
	}
	CHECK_CASE("then after 2, 5, 15, 60 minutes", good);
	CHECK_CASE("then every hour, not more", n >= 25 && n <= 29);

	k = (struct looked){ .requested_us = T0, .accepted_us = T0, .ring_s = 25, .max_s = 600, .answered_us = T0 + 9 * SECOND_US };
	CHECK_CASE("after an answer at max + 60 s", reconcile_next(&k, T0 + 668 * SECOND_US, NULL) == LOOK_NOT_YET &&
	    reconcile_next(&k, T0 + 669 * SECOND_US, NULL) == LOOK_CALL);
	k.looks = 1;
	k.looked_us = T0 + 60 * SECOND_US;
	CHECK_CASE("an answer learned by the first look moves the second", reconcile_next(&k, T0 + 200 * SECOND_US, NULL) == LOOK_NOT_YET);
	k.left_us = T0 + 300 * SECOND_US;
	CHECK_CASE("they left the room: 30 s later", reconcile_next(&k, T0 + 329 * SECOND_US, NULL) == LOOK_NOT_YET &&
	    reconcile_next(&k, T0 + 330 * SECOND_US, NULL) == LOOK_CALL);
	k = (struct looked){ .requested_us = T0, .accepted_us = T0, .ring_s = 25, .answered_us = T0 + 9 * SECOND_US };
	CHECK_CASE("an answer without a limit: after ten minutes", reconcile_next(&k, T0 + 608 * SECOND_US, NULL) == LOOK_NOT_YET &&
	    reconcile_next(&k, T0 + 609 * SECOND_US, NULL) == LOOK_CALL);
	k = (struct looked){ .requested_us = T0, .accepted_us = T0, .answered_us = T0, .looks = 1, .looked_us = T0 + 14460 * SECOND_US };
	CHECK_CASE("case 88: 4 h 04 min: not yet", reconcile_next(&k, T0 + 14640 * SECOND_US, NULL) != LOOK_HANG_UP);
	CHECK_CASE("case 88: in progress for 4 h 05 min: hang up", reconcile_next(&k, T0 + 14700 * SECOND_US, NULL) == LOOK_HANG_UP);
	k = (struct looked){ .requested_us = T0, .accepted_us = T0, .ring_s = 25, .looks = 1, .gone = 1, .looked_us = T0 + 60 * SECOND_US };
	CHECK_CASE("case 87: no such call, once", reconcile_next(&k, T0 + 180 * SECOND_US, NULL) == LOOK_CALL);
	k.gone = k.looks = 2;
	CHECK_CASE("case 87: no such call, twice", reconcile_next(&k, T0 + 180 * SECOND_US, NULL) == LOOK_GIVE_UP);
	k = (struct looked){ .requested_us = T0, .accepted_us = T0, .ring_s = 25, .unclear_us = T0 + 12 * SECOND_US };
	CHECK_CASE("case 81: over without a reason: looked at 30 s later", reconcile_next(&k, T0 + 41 * SECOND_US, NULL) == LOOK_NOT_YET &&
	    reconcile_next(&k, T0 + 42 * SECOND_US, NULL) == LOOK_CALL);
	k = (struct looked){ .requested_us = T0, .accepted_us = T0, .ring_s = 25 };
	CHECK_CASE("after three days without a worker", reconcile_next(&k, T0 + 3 * DAY_US, NULL) == LOOK_GIVE_UP);
	CHECK_CASE("a clock that jumped back", reconcile_next(&k, T0 - DAY_US, &when) == LOOK_NOT_YET && when == T0 + 60 * SECOND_US);
}

static void
lost(void)
{
	struct looked k = { .requested_us = T0 };
	int64_t when;

	CHECK_CASE("case 90: the first list at 60 s", reconcile_next(&k, T0 + 59 * SECOND_US, NULL) == LOOK_NOT_YET &&
	    reconcile_next(&k, T0 + 60 * SECOND_US, NULL) == LOOK_LIST);
	k.looks = 1;
	k.looked_us = T0 + 61 * SECOND_US;
	CHECK_CASE("case 90: the second at 5 min", reconcile_next(&k, T0 + 299 * SECOND_US, NULL) == LOOK_NOT_YET &&
	    reconcile_next(&k, T0 + 300 * SECOND_US, NULL) == LOOK_LIST);
	CHECK_CASE("case 89: one that nobody has is it", lost_decide(1, 1) == LOST_ADOPT && lost_decide(1, 2) == LOST_ADOPT);
	CHECK_CASE("case 90: none, once: look again", lost_decide(0, 1) == LOST_LOOK_AGAIN);
	CHECK_CASE("case 90: none, twice: it never was", lost_decide(0, 2) == LOST_NOT_PLACED);
	CHECK_CASE("case 91: two: nobody knows, nobody dials", lost_decide(2, 1) == LOST_CONFLICT && lost_decide(2, 9) == LOST_CONFLICT);
	CHECK_CASE("case 92: cost at 10 min", cost_next(T0, 0, &when) && when == T0 + 10 * MINUTE_US);
	CHECK_CASE("case 92: at 1 h", cost_next(T0, 1, &when) && when == T0 + HOUR_US);
	CHECK_CASE("case 92: at 24 h, then unknown", cost_next(T0, 2, &when) && when == T0 + DAY_US && !cost_next(T0, 3, &when));
}

int
main(void)
{
	buckets();
	shares();
	guard();
	timetable();
	lost();
	return check_done();
}
