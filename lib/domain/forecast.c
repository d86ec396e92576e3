/*
 * forecast.c - what the calls so far leave open, drawn anew for each run; and what the runs together say.
 */
#include "domain/forecast.h"

#include <math.h>
#include <stdlib.h>

#include "domain/forecast_in.h"
#include "domain/rehearsal.h"
#include "plumb/clock.h"

/*
 * What is assumed before anything is known, as if it had been seen in so many calls: enough to hold a list of thirty calls, too
 * little to be noticed after some hundred. A later call reaches a little fewer than the one before it.
 */
enum { KNOWN_REACH = 6, KNOWN_LATER = 8, KNOWN_STATUS = 3, CALL_SECONDS_LEAST = 15 };
#define LATER_REACH	0.85
#define CALL_SPREAD	1.2	/* standard deviation of a call's length, in lengths */
/* A call tells less than one: people who are called after each other, at the same time of day, by the same callers, are alike. */
#define CALL_TELLS	0.75

uint64_t
forecast_basis(const struct forecast_of *of)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < CALL_NUMBERS; i++)
		n += of->calls[i];
	return n;
}

static bool
of_a_call(unsigned s)
{
	return status_by((enum status)s) == S_AGENT || status_by((enum status)s) == S_AUTO;
}

/* How many calls out of all usual ones reach somebody. */
static double
usual_reach(const struct past *usual)
{
	double all = 0, reached = 0;

	for (unsigned s = 1; s < ST__MAX; s++) {
		all += (double)usual->seen[s];
		reached += status_reached((enum status)s) ? (double)usual->seen[s] : 0;
	}
	return reached / all;
}

static void
draw_statuses(const struct forecast_of *of, const struct past *usual, struct chance *c, double sum[2][ST__MAX])
{
	double usual_all[2] = { 0, 0 };

	for (unsigned s = 1; s < ST__MAX; s++)
		usual_all[status_reached((enum status)s)] += (double)usual->seen[s];
	sum[0][0] = sum[1][0] = 0;
	for (unsigned s = 1; s < ST__MAX; s++) {
		bool reached = status_reached((enum status)s);
		double shape = of_a_call(s) ? CALL_TELLS * (double)of->seen[s] + KNOWN_STATUS * (double)usual->seen[s] / usual_all[reached] : 0;

		sum[!reached][s] = sum[!reached][s - 1];
		sum[reached][s] = sum[reached][s - 1] + (shape > 0 ? chance_gamma(c, shape) : 0);
	}
}

static struct answers
draw_answers(const struct forecast_of *of, struct chance *c)
{
	struct past usual = past_usual();
	double calls = (double)forecast_basis(of), mean = usual_reach(&usual);
	struct answers how;

	for (unsigned i = 0; i < CALL_NUMBERS; i++) {
		double known = i == 0 ? KNOWN_REACH : KNOWN_LATER;
		uint64_t reached = of->reached[i] < of->calls[i] ? of->reached[i] : of->calls[i];
		how.reach[i] = chance_share(c, known * mean + CALL_TELLS * (double)reached, known * (1 - mean) + CALL_TELLS * (double)(of->calls[i] - reached));
		mean = LATER_REACH * how.reach[i];
		mean = mean < 0.01 ? 0.01 : mean;
	}
	draw_statuses(of, &usual, c, how.status);
	how.seconds = (double)of->seconds / calls * exp(chance_normal(c) * CALL_SPREAD / sqrt(CALL_TELLS * calls));
	how.seconds = how.seconds < CALL_SECONDS_LEAST ? CALL_SECONDS_LEAST : how.seconds;
	return how;
}

static bool
too_early(const struct forecast_of *of)
{
	return forecast_basis(of) < FORECAST_CALLS || of->seconds == 0 || of->fresh + of->waiting == 0;
}

/* The runs differ by their number alone, so that the same question has the same answer. */
static void
play_run(const struct stage *s, unsigned i, double agents, struct run *out)
{
	struct chance c = chance_of((uint64_t)i * 1000003 + 17);
	struct answers how = draw_answers(s->of, &c);

	stage_play(s, &how, agents, c, out);
}

static int
by_size(const void *x, const void *y)
{
	const double *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

/* v is sorted. */
static double
quantile(const double *v, size_t n, double q)
{
	double at = q * (double)n - 0.5;
	size_t i = at <= 0 ? 0 : (size_t)at;

	if (at <= 0 || i + 1 >= n)
		return v[at <= 0 ? 0 : n - 1];
	return v[i] + (at - (double)i) * (v[i + 1] - v[i]);
}

/* A little more than one and nine of ten: forty runs find the ends of a band of eight tenths only about, and mostly within. */
#define LOW	0.08
#define HIGH	0.92
#define NEVER	1e18

static int64_t
moment_of(double at, double now)
{
	return at > NEVER / 1000 ? 0 : (int64_t)(now + at);
}

static uint64_t
people_of(double n)
{
	return n < 0.5 ? 0 : (uint64_t)(n + 0.5);
}

void
forecast(const struct forecast_of *of, struct forecast *out)
{
	static struct stage s;		/* too large for the stack */
	static struct run run[FORECAST_RUNS];
	double ends[FORECAST_RUNS], left[FORECAST_RUNS], calls[FORECAST_RUNS], now = (double)of->now;

	*out = (struct forecast){ .known = !too_early(of) && of->agents > 0 };
	if (!out->known)
		return;
	stage_set(&s, of);
	for (unsigned i = 0; i < FORECAST_RUNS; i++) {
		play_run(&s, i, of->agents, &run[i]);
		ends[i] = run[i].done ? (double)(run[i].done_at - of->now) : NEVER;
		left[i] = run[i].left;
		calls[i] = run[i].calls;
	}
	qsort(ends, FORECAST_RUNS, sizeof(*ends), by_size);
	qsort(left, FORECAST_RUNS, sizeof(*left), by_size);
	qsort(calls, FORECAST_RUNS, sizeof(*calls), by_size);
	out->early = moment_of(quantile(ends, FORECAST_RUNS, LOW), now);
	out->likely = moment_of(quantile(ends, FORECAST_RUNS, 0.5), now);
	out->late = moment_of(quantile(ends, FORECAST_RUNS, HIGH), now);
	out->left_few = people_of(quantile(left, FORECAST_RUNS, LOW));
	out->left_likely = people_of(quantile(left, FORECAST_RUNS, 0.5));
	out->left_many = people_of(quantile(left, FORECAST_RUNS, HIGH));
	out->calls = people_of(quantile(calls, FORECAST_RUNS, 0.5));
	out->seconds = (unsigned)(of->seconds / forecast_basis(of));
	for (unsigned d = 0; d < s.nopen && d < FORECAST_DAYS && (d == 0 || out->day[d - 1].many > 0); d++) {
		for (unsigned i = 0; i < FORECAST_RUNS; i++)
			left[i] = run[i].at_day[d];
		qsort(left, FORECAST_RUNS, sizeof(*left), by_size);
		out->day[out->ndays++] = (struct forecast_day){ s.open[d].until, people_of(quantile(left, FORECAST_RUNS, LOW)),
			people_of(quantile(left, FORECAST_RUNS, 0.5)), people_of(quantile(left, FORECAST_RUNS, HIGH)) };
	}
}

/* --- how many callers --- */

enum { TRIED_RUNS = 20 };

/* Are they done in nine of ten runs? *work: calls that were made, at most. */
static bool
enough(const struct stage *s, double agents, double *work)
{
	unsigned done = 0;
	struct run run;

	*work = 0;
	for (unsigned i = 0; i < TRIED_RUNS; i++) {
		play_run(s, i, agents, &run);
		done += run.done;
		*work = run.calls > *work ? run.calls : *work;
	}
	return 10 * done >= 9 * TRIED_RUNS;
}

static double
open_seconds(const struct stage *s)
{
	double sum = 0;

	for (unsigned i = 0; i < s->nopen; i++)
		sum += (double)(s->open[i].until - s->open[i].from) / SECOND_US;
	return sum;
}

unsigned
forecast_callers(const struct forecast_of *of)
{
	static struct stage s;
	unsigned low = 0, high = FORECAST_CALLERS, try, step = 1;	/* low is not enough, high is */
	double work, any, most;

	if (too_early(of))
		return 0;
	stage_set(&s, of);
	if (s.nopen == 0 || !enough(&s, high, &work))
		return 0;
	/* the time that all these calls take is close to the answer: from there in steps that grow, then between two of them */
	most = work * (double)of->seconds / (double)forecast_basis(of) / open_seconds(&s);
	try = most < 1 ? 1 : most > high ? high : (unsigned)most;
	while (high - low > 1) {
		if (enough(&s, try, &any))
			high = try;
		else
			low = try;
		if (low == 0)
			try = high > step ? high - step : 1;
		else if (high == FORECAST_CALLERS)
			try = low + step < high ? low + step : high - 1;
		else
			try = low + (high - low) / 2;
		step *= 2;
	}
	return high;
}
