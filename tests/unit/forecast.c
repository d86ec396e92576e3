/*
 * forecast - the band against operations that are played to their end: callers one by one, every call with its own length,
 * people who answer as nobody told the forecast. Fixed seeds: a test that fails has failed for good.
 */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "domain/chance.h"
#include "domain/due_heap.h"
#include "domain/forecast.h"
#include "domain/holiday.h"
#include "domain/rehearsal.h"
#include "plumb/clock.h"

#define ZONE	"America/Toronto"
enum { OPERATIONS = 600, PEOPLE = 3000, CALLERS = 16 };

static int64_t
at(int day, int hour)
{
	struct tm t = { .tm_year = 126, .tm_mon = 10, .tm_mday = day, .tm_hour = hour };

	return clock_moment(ZONE, &t);
}

/* --- an operation, as it truly is --- */

struct person { struct retries retries; int64_t due_at, day; unsigned calls, today; bool waits; };

struct world {
	struct forecast_of of;		/* rules and hours; the rest as it is asked */
	struct person person[PEOPLE];
	struct due due[PEOPLE];
	struct due_heap waits;
	unsigned people, fresh, callers;
	double reach, later, share[2][ST__MAX], seconds[2];
	int64_t free_at[CALLERS], now, last;
	struct chance chance;
};

static double
between(struct chance *c, double low, double high)
{
	return low + (high - low) * chance_one(c);
}

static void
make(struct world *w, unsigned seed)
{
	static const enum status kinds[2][4] = { { ST_NO_ANSWER, ST_VOICEMAIL, ST_BUSY, ST_WRONG_NUMBER }, { ST_COMPLETED, ST_REFUSED, ST_CALL_BACK, ST_NOT_HOME } };
	struct chance *c = &w->chance;
	struct hours *h = &w->of.hours;
	int last;

	memset(w, 0, sizeof(*w));
	w->waits.due = w->due;
	*c = chance_of(seed * UINT64_C(7919) + 5);
	w->people = (unsigned)(60 * exp(between(c, 0, log(PEOPLE / 60.0))));
	w->callers = 1 + (unsigned)between(c, 0, 1 + w->people / 400.0);
	w->callers = w->callers > CALLERS ? CALLERS : w->callers;
	w->reach = between(c, 0.12, 0.7);
	w->later = between(c, 0.65, 1.05);
	for (unsigned r = 0; r < 2; r++) {
		w->seconds[r] = r == 0 ? between(c, 25, 60) : between(c, 80, 240);
		for (unsigned k = 0; k < 4; k++)
			w->share[r][kinds[r][k]] = chance_gamma(c, k == 0 ? 3 : 1);
	}
	for (unsigned r = 0; r < 2; r++)
		for (unsigned k = 0; k < 4; k++)
			if (chance_one(c) < 0.75)
				w->of.rules[kinds[r][k]] = (struct recycle_rule){ .ticked = true, .max_calls = 1 + (unsigned)between(c, 0, 4),
				    .minutes = (unsigned)between(c, 10, 300) };
	w->of.more_calls = chance_one(c) < 0.3 ? 2 + (unsigned)between(c, 0, 4) : 0;
	w->of.day_calls = chance_one(c) < 0.3 ? 1 + (unsigned)between(c, 0, 2) : 0;
	w->of.other_part = chance_one(c) < 0.2;
	*h = (struct hours){ .start_year = 2026, .start_month = 11, .start_day = 23, .end_year = 2026, .end_month = 12,
	    .end_day = 1, .end_minute = 1260, .opens_minute = 540 + 60 * (int)between(c, 0, 8), .closes_minute = 1140 + 60 * (int)between(c, 0, 3) };
	last = 28 + (int)between(c, 0, 10);	/* of November, or of December */
	h->end_month = last > 30 ? 12 : 11;
	h->end_day = last > 30 ? last - 30 : last;
	if (chance_one(c) < 0.4) {
		h->by_day = 1;
		for (int d = 0; d < WEEK; d++)
			h->day[d] = d == 6 ? (struct window){ 0, 0 } : (struct window){ h->opens_minute - 30 * (d == 5), h->closes_minute };
	}
	h->holidays = chance_one(c) < 0.5 ? HOLIDAYS_QC : HOLIDAYS_NONE;
	w->of.zone = ZONE;
	w->now = at(23, 8);
	for (unsigned i = 0; i < w->callers; i++)
		w->free_at[i] = w->now;
}

static enum status
answer(struct world *w, const struct person *p)
{
	bool reached = chance_one(&w->chance) < w->reach * pow(w->later, p->calls);
	double all = 0, x;

	for (unsigned s = 0; s < ST__MAX; s++)
		all += w->share[reached][s];
	x = all * chance_one(&w->chance);
	for (unsigned s = 1; s < ST__MAX; s++)
		if ((x -= w->share[reached][s]) < 0)
			return (enum status)s;
	return reached ? ST_COMPLETED : ST_NO_ANSWER;
}

static int64_t
midnight(int64_t now, int days)
{
	struct tm day = clock_local(ZONE, now);

	day.tm_hour = day.tm_min = day.tm_sec = 0;
	day.tm_mday += days;
	return clock_moment(ZONE, &day);
}

/* Whom the caller who is free now gets: whoever is due first, else the next who was never called; NULL: nobody, *when: until then. */
static struct person *
next_person(struct world *w, int64_t *when)
{
	while (w->waits.n > 0 && w->due[0].at <= w->now) {
		unsigned who = due_first(&w->waits);
		struct person *p = &w->person[who];

		p->waits = w->of.day_calls > 0 && p->day == midnight(w->now, 0) && p->today >= w->of.day_calls;
		if (!p->waits)
			return p;
		p->due_at = midnight(w->now, 1);
		due_add(&w->waits, who, p->due_at);
	}
	*when = w->waits.n == 0 ? INT64_MAX : w->due[0].at;
	return w->fresh < w->people ? &w->person[w->fresh++] : NULL;
}

static void
one_call(struct world *w, struct person *p, int64_t *free_at)
{
	enum status s = answer(w, p);
	struct recycle_rule rule = w->of.rules[s];
	struct recycle_next next;
	unsigned number = p->calls < CALL_NUMBERS ? p->calls : CALL_NUMBERS - 1;
	double mean = w->seconds[status_reached(s)], took = mean * (0.3 + 0.7 * -log(1 - chance_one(&w->chance)));

	rule.more_calls = w->of.more_calls;
	rule.other_part_in = w->of.other_part ? ZONE : NULL;
	p->today = p->day == midnight(w->now, 0) ? p->today + 1 : 1;
	p->day = midnight(w->now, 0);
	p->calls++;
	*free_at = w->last = w->now + (int64_t)(took * SECOND_US);
	w->of.seen[s]++;
	w->of.calls[number]++;
	w->of.reached[number] += status_reached(s);
	w->of.seconds += (uint64_t)(took + 0.5);
	next = recycle_decide(&rule, s, &p->retries, w->last, 0);
	p->retries = next.retries;
	p->due_at = next.due_at;
	p->waits = next.state == QS_WAITING;
	if (p->waits)
		due_add(&w->waits, (unsigned)(p - w->person), p->due_at);
}

/* One call, or on to when there may be one. False: nobody can be called any more before the end. */
static bool
step(struct world *w)
{
	int64_t when = 0, opens;
	struct person *p;
	unsigned i = 0;

	for (unsigned k = 1; k < w->callers; k++)
		i = w->free_at[k] < w->free_at[i] ? k : i;
	w->now = w->free_at[i];
	switch (hours_at(&w->of.hours, ZONE, w->now, &opens, NULL)) {
	case HOURS_OPEN:
		break;
	case HOURS_ENDED:
		return false;
	default:
		w->free_at[i] = opens;
		return true;
	}
	if ((p = next_person(w, &when)) != NULL)
		one_call(w, p, &w->free_at[i]);
	else
		w->free_at[i] = when;
	return p != NULL || when != INT64_MAX;
}

/* Who could be called before the end and is not. */
static unsigned
left_over(const struct world *w, int64_t end)
{
	unsigned n = w->people - w->fresh;

	for (unsigned i = 0; i < w->fresh; i++)
		n += w->person[i].waits && w->person[i].due_at < end;
	return n;
}

/* When calls close for the last time. */
static int64_t
last_close(const struct hours *h)
{
	int64_t now = at(23, 0), opens, closes, end = now;

	while (hours_at(h, ZONE, now, &opens, &closes) != HOURS_ENDED) {
		now = closes != 0 ? closes : opens;
		end = closes != 0 ? closes : end;
	}
	return end;
}

static int
latest_first(const void *x, const void *y)
{
	const struct forecast_one *a = x, *b = y;

	return (a->due_at < b->due_at) - (a->due_at > b->due_at);
}

/* What the page would know at this moment. */
static struct forecast_of
asked(const struct world *w)
{
	static struct forecast_one one[PEOPLE];
	struct forecast_of of = w->of;
	size_t n = 0;

	for (unsigned i = 0; i < w->fresh; i++)
		if (w->person[i].waits)
			one[n++] = (struct forecast_one){ w->person[i].due_at, w->person[i].retries, w->person[i].calls };
	qsort(one, n, sizeof(*one), latest_first);
	of.one = one;
	of.nones = n < FORECAST_WAITING ? n : FORECAST_WAITING;
	of.waiting = n;
	of.fresh = w->people - w->fresh;
	of.agents = w->callers;
	of.now = w->now;
	return of;
}

/* --- the band --- */

static struct { unsigned asked, inside, before, after, unfinished, left_inside, left_asked, us, most_us; } tally;

static void
played(unsigned seed, unsigned known)
{
	static struct world w;
	struct forecast_of of;
	struct forecast f;
	int64_t end, began;
	bool done;

	make(&w, seed);
	while (forecast_basis(&w.of) < known)
		if (!step(&w))
			return;
	of = asked(&w);
	began = clock();
	forecast(&of, &f);
	began = clock() - began;
	tally.us += (unsigned)began;
	tally.most_us = began > tally.most_us ? (unsigned)began : tally.most_us;
	if (!f.known)
		return;
	while (step(&w))
		continue;
	end = last_close(&w.of.hours);
	done = left_over(&w, end) == 0;
	tally.asked++;
	tally.unfinished += !done;
	if (f.early != 0 && done && w.last < f.early)
		tally.before++;
	else if (f.late != 0 && (!done || w.last > f.late))
		tally.after++;
	else if (f.early == 0 && done)
		tally.before++;
	else
		tally.inside++;
	if (getenv("SHOW") != NULL)	/* each of them, for whoever changes the forecast */
		printf("# %s %u: %u people, %u callers, %u calls known, hours to go: early %+.1f likely %+.1f late %+.1f, true %s%+.1f; left %u in %llu..%llu\n", f.early != 0 && done && w.last < f.early ? "BEFORE" : f.late != 0 && (!done || w.last > f.late) ? "AFTER" : "in", seed, w.people, w.callers,
		    known, f.early == 0 ? 999.0 : (double)(f.early - of.now) / HOUR_US, f.likely == 0 ? 999.0 : (double)(f.likely - of.now) / HOUR_US,
		    f.late == 0 ? 999.0 : (double)(f.late - of.now) / HOUR_US, done ? "" : "not ", (double)(w.last - of.now) / HOUR_US, left_over(&w, end), (unsigned long long)f.left_few, (unsigned long long)f.left_many);
	if (f.left_likely > 0) {
		tally.left_asked++;
		tally.left_inside += left_over(&w, end) >= f.left_few && left_over(&w, end) <= f.left_many;
	}
}

static void
bands(void)
{
	for (unsigned seed = 1; seed <= OPERATIONS; seed++) {
		struct chance c = chance_of(seed);
		played(seed, (unsigned)(FORECAST_CALLS * exp(between(&c, 0, 4))));
	}
	printf("# of %u operations %u ended within the band, %u before, %u after it; %u did not end in time; left: %u of %u; %u us each, at most %u\n", tally.asked, tally.inside,
	    tally.before, tally.after, tally.unfinished, tally.left_inside, tally.left_asked, tally.us / (tally.asked + 1), tally.most_us);
	CHECK_CASE("enough operations, some of which do not end in time", tally.asked >= 250 && tally.unfinished >= 20);
	CHECK_CASE("eight of ten operations end within the band", tally.inside * 100 >= tally.asked * 74 && tally.inside * 100 <= tally.asked * 89);
	CHECK_CASE("about one of ten before it", tally.before * 100 >= tally.asked * 4 && tally.before * 100 <= tally.asked * 16);
	CHECK_CASE("about one of ten after it", tally.after * 100 >= tally.asked * 4 && tally.after * 100 <= tally.asked * 16);
}

/* --- what must hold whatever the numbers are --- */

static struct forecast_of
usual(void)
{
	return (struct forecast_of){ .fresh = 1000, .agents = 4, .zone = ZONE, .now = at(23, 10),
	    .seen = { [ST_NO_ANSWER] = 120, [ST_COMPLETED] = 60, [ST_REFUSED] = 20 }, .calls = { 200 }, .reached = { 80 }, .seconds = 200 * 90,
	    .rules = { [ST_NO_ANSWER] = { .ticked = true, .max_calls = 3, .minutes = 90 } },
	    .hours = { .start_year = 2026, .start_month = 11, .start_day = 23, .end_year = 2026, .end_month = 12, .end_day = 23,
	    .end_minute = 1260, .opens_minute = 540, .closes_minute = 1260 } };
}

static int64_t
likely(struct forecast_of of)
{
	struct forecast f;

	forecast(&of, &f);
	return f.known ? f.likely : -1;
}

static void
rules(void)
{
	struct forecast_of x = usual();
	struct forecast f, again;
	int64_t base, began;
	uint64_t calls;

	forecast(&x, &f);
	forecast(&x, &again);
	base = f.likely;
	calls = f.calls;
	CHECK_CASE("the same question has the same answer", memcmp(&f, &again, sizeof(f)) == 0);
	CHECK_CASE("known, and the band is around the middle", f.known && x.now < f.early && f.early < f.likely && f.likely < f.late);
	CHECK_CASE("everybody once, who did not answer again", f.calls > 1000 && f.calls < 4000 && f.left_many == 0);
	CHECK_EQ_U_N("a call takes what calls took", f.seconds, 90);
	CHECK_CASE("day by day fewer are left, in the end nobody", f.ndays > 0 && f.day[f.ndays - 1].many == 0 && f.day[0].likely <= 1000 && f.day[0].few <= f.day[0].many);
	x.agents = 8;
	CHECK_CASE("twice the callers: sooner", likely(x) < base);
	x = usual();
	x.fresh = 2000;
	CHECK_CASE("twice the people: later", likely(x) > base);
	x = usual();
	x.rules[ST_NO_ANSWER].max_calls = 1;
	CHECK_CASE("fewer retries: sooner", likely(x) < base);
	x.rules[ST_NO_ANSWER].ticked = false;
	forecast(&x, &f);
	CHECK_CASE("fact 51: none ticked, one call each", f.calls >= 1000 && f.calls < 1001 + 4);
	x = usual();
	x.reached[0] = 10;
	x.seen[ST_NO_ANSWER] = 190, x.seen[ST_COMPLETED] = 8, x.seen[ST_REFUSED] = 2;
	CHECK_CASE("hardly anybody answers: later", likely(x) > base);
	x = usual();
	x.seconds *= 2;
	CHECK_CASE("calls twice as long: later", likely(x) > base);
	x = usual();
	x.hours.opens_minute = 1080;
	CHECK_CASE("evenings only: later", likely(x) > base);
	x = usual();
	x.day_calls = 1;
	CHECK_CASE("one call a day: later", likely(x) > base);
	x = usual();
	x.other_part = true;
	CHECK_CASE("another part of the day: not sooner", likely(x) >= base - HOUR_US);
	x = usual();
	x.more_calls = 1;
	forecast(&x, &f);
	CHECK_CASE("a cap over all statuses: at most two calls each", f.calls <= 2000 && f.calls < calls);
	x = usual();
	x.hours.end_month = 11, x.hours.end_day = 23;
	x.agents = 1;
	forecast(&x, &f);
	CHECK_CASE("not before the end, and so many are left", f.known && f.early == 0 && f.likely == 0 && f.left_few > 0 && f.left_few <= f.left_likely && f.left_likely <= f.left_many && f.left_many < 1000);
	x = usual();
	x.now = at(30 + 24, 9);
	forecast(&x, &f);
	CHECK_CASE("after the end: everybody is left", f.known && f.likely == 0 && f.left_likely == 1000 && f.ndays == 0);
	x = usual();
	struct forecast_one late = { .due_at = at(30 + 10, 14), .calls = 1 };
	x.one = &late, x.nones = x.waiting = 1;
	CHECK_CASE("an appointment on 10 December: not done before it", likely(x) >= late.due_at && likely(x) < late.due_at + DAY_US);
	late.due_at = at(30 + 25, 14);
	CHECK_CASE("one after the end keeps nobody from being done", likely(x) == base || llabs(likely(x) - base) < DAY_US);

	for (unsigned i = 0; i < 2; i++) {
		x = usual();
		x.calls[0] = 29 + i, x.reached[0] = 12, x.seconds = 29 * 90;
		forecast(&x, &f);
		CHECK_CASE(i == 0 ? "29 calls tell too little" : "30 calls tell something", f.known == (i == 1));
	}
	x.agents = 0;
	forecast(&x, &f);
	CHECK_CASE("nobody calls: nothing to say", !f.known);
	x = usual();
	x.fresh = 0;
	forecast(&x, &f);
	CHECK_CASE("nobody left to call: nothing to forecast", !f.known && forecast_callers(&x) == 0);

	x = usual();
	x.fresh = 1000000;
	x.waiting = 200000;
	x.agents = 300;
	began = clock();
	forecast(&x, &f);
	CHECK_CASE("a million people cost no more than a few", f.calls > 1000000 && clock() - began < CLOCKS_PER_SEC / 4);
	CHECK_CASE("300 callers with a million people: weeks", f.likely == 0 || f.likely > x.now + 7 * DAY_US);
}

static void
callers(void)
{
	struct forecast_of x = usual();
	struct forecast f;
	unsigned n;

	x.hours.end_month = 11, x.hours.end_day = 25;
	n = forecast_callers(&x);
	printf("# done by 25 November: %u callers\n", n);
	CHECK_CASE("a number of callers for three days", n > 1 && n < 8);
	x.agents = n;
	forecast(&x, &f);
	CHECK_CASE("with them it is done in time", f.likely != 0);
	x.agents = n - 1;
	forecast(&x, &f);
	CHECK_CASE("with one fewer it may not be", f.late == 0);
	x.fresh = 100000;
	CHECK_CASE("a hundred times the people: about a hundred times the callers", forecast_callers(&x) > 50 * n && forecast_callers(&x) < 150 * n);
	x.fresh = 10;
	CHECK_EQ_U_N("ten people: one caller", forecast_callers(&x), 1);
	x = usual();
	x.now = at(30 + 24, 9);
	CHECK_EQ_U_N("after the end no number would do", forecast_callers(&x), 0);
	x = usual();
	x.hours.end_month = 11, x.hours.end_day = 23, x.hours.closes_minute = 11 * 60;
	x.fresh = 30000000;
	CHECK_EQ_U_N("thirty million in an hour: no number would do", forecast_callers(&x), 0);
}

int
main(void)
{
	rules();
	callers();
	bands();
	return check_done();
}
