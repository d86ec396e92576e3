/*
 * power - the guard of power mode in simulated days: whatever the pool, the hour and the luck, the share of people who answered
 * and found nobody stays under the ceiling; and where there are enough agents it connects more people than one line each does.
 * What the dialer does with its word is in tests/db/power.c.
 */
#include "check.h"

#include <math.h>

#include "provider/pacing.h"

enum { DAY_S = 2 * 3600, CALLS = 400, AGENTS = 60, LAST = 200, SEEDS = 12 };
#define CEILING	0.03

static uint64_t luck;

static double
chance(void)
{
	luck ^= luck << 13;
	luck ^= luck >> 7;
	luck ^= luck << 17;
	return (double)(luck >> 11) / 9007199254740992.0;
}

struct day {
	unsigned agents;
	double low, high;		/* how many of a hundred answer, in the morning and in the evening */
	bool power, reckless;		/* reckless: two lines for each who is free, whatever was measured */
	/* what came of it */
	unsigned connected, abandoned, dials;
	bool locked;
};

/* The operation's last 200 dials that are over: was it a person? */
struct window { bool person[LAST]; unsigned n, at, live; };

static void
over(struct window *w, bool person)
{
	if (w->n == LAST)
		w->live -= w->person[w->at];
	else
		w->n++;
	w->person[w->at] = person;
	w->live += person;
	w->at = (w->at + 1) % LAST;
}

static unsigned
allowed(struct day *d, const struct window *w, unsigned agents_free)
{
	struct power p;

	if (d->reckless || agents_free == 0)
		return 2 * agents_free;
	p = power_lines(&(struct power_measured){ .dials = w->n, .live = w->live, .picked_up = w->live, .abandoned = d->abandoned, .connected = d->connected }, agents_free);
	d->locked = d->locked || p.why == POWER_LOCKED;	/* for the rest of the window */
	return d->power && !d->locked ? p.lines : agents_free;
}

/* Second by second: calls ring, some are answered, an agent talks and notes; an answer that finds no agent within two seconds is
 * abandoned. */
static void
live(struct day *d, uint64_t seed)
{
	struct { int end, answer; } call[CALLS];		/* end: when it is given up; answer: -1 nobody */
	int busy[AGENTS] = { 0 }, waits[CALLS];			/* since when somebody hears nobody; -1 */
	unsigned n = 0, free_now;
	struct window w = { .n = 0 };

	luck = seed * 0x9E3779B97F4A7C15u + 1;
	for (int t = 0; t < DAY_S; t++) {
		double p = t < DAY_S / 2 ? d->low : d->high;

		free_now = 0;
		for (unsigned a = 0; a < d->agents; a++)
			free_now += busy[a] <= t;
		for (unsigned i = 0; i < n; ) {
			bool gone = false;

			if (call[i].answer >= 0 && call[i].answer <= t) {
				if (waits[i] < 0) {
					waits[i] = t;
					over(&w, true);
				}
				if (free_now > 0) {
					unsigned a = 0;
					while (busy[a] > t)
						a++;
					busy[a] = t + 10 + (int)(-60 * log(1 - chance()));
					free_now--;
					d->connected++;
					gone = true;
				} else if (t - waits[i] >= 2) {
					d->abandoned++;
					gone = true;
				}
			} else if (call[i].end <= t) {
				over(&w, false);
				gone = true;
			}
			if (gone) {
				call[i] = call[--n];
				waits[i] = waits[n];
			} else
				i++;
		}
		for (unsigned most = allowed(d, &w, free_now); n < most && n < CALLS; n++, d->dials++) {
			bool answers = chance() < p;
			call[n].end = t + 25;
			call[n].answer = answers ? t + 3 + (int)(17 * chance()) : -1;
			waits[n] = -1;
		}
	}
}

static double
share(const struct day *d)
{
	return d->abandoned == 0 ? 0 : (double)d->abandoned / (d->abandoned + d->connected);
}

static void
pools(void)
{
	static const struct { const char *name; unsigned agents; double low, high; } rows[] = {
		{ "3 agents", 3, 0.10, 0.25 }, { "5 agents", 5, 0.10, 0.25 }, { "10 agents, few answer", 10, 0.08, 0.12 },
		{ "10 agents, an evening like no morning", 10, 0.06, 0.50 }, { "20 agents", 20, 0.10, 0.30 },
		{ "20 agents, half answer", 20, 0.50, 0.50 }, { "50 agents", 50, 0.08, 0.35 }, { "50 agents, the evening is empty", 50, 0.45, 0.05 },
	};

	for (size_t i = 0; i < NITEMS(rows); i++) {
		double worst = 0, more = 0, fewer = 0;
		unsigned bad = 0, alone = 0;

		for (uint64_t seed = 1; seed <= SEEDS; seed++) {
			struct day d = { .agents = rows[i].agents, .low = rows[i].low, .high = rows[i].high, .power = true };
			struct day one = d;

			one.power = false;
			live(&d, seed);
			live(&one, seed);
			worst = fmax(worst, share(&d));
			bad += share(&d) > CEILING;
			more += d.connected;
			fewer += one.connected;
			alone += one.abandoned;
		}
		printf("# %-42s worst %.2f %%, %.2f times as many connected\n", rows[i].name, 100 * worst, more / fewer);
		CHECK_CASE(rows[i].name, bad == 0 && alone == 0);
	}
}

static void
without_it(void)
{
	struct day d = { .agents = 3, .low = 0.30, .high = 0.50, .reckless = true };

	live(&d, 1);
	CHECK_CASE("without the guard two lines for each of three agents are too many: these days would show it", share(&d) > CEILING);
}

int
main(void)
{
	without_it();
	pools();
	return check_done();
}
