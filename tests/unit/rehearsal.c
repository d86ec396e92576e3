/*
 * rehearsal - an operation played through: what must hold whatever the numbers are, and how long it takes.
 */
#include "check.h"

#include "domain/rehearsal.h"
#include "plumb/clock.h"

static int64_t
at(int day, int hour)
{
	struct tm t = { .tm_year = 126, .tm_mon = 10, .tm_mday = day, .tm_hour = hour };

	return clock_moment("America/Toronto", &t);
}

static struct rehearsal_of
usual(void)
{
	return (struct rehearsal_of){ .people = 4200, .agents = 12, .past = past_usual(), .zone = "America/Toronto",
	    .start_at = at(23, 9), .rules = { [ST_NO_ANSWER] = { .ticked = true, .max_calls = 3, .minutes = 90 },
	    [ST_BUSY] = { .ticked = true, .max_calls = 3, .minutes = 15 } },
	    .hours = { .start_year = 2026, .start_month = 11, .start_day = 23, .end_year = 2026, .end_month = 12, .end_day = 23,
	    .end_minute = 1260, .opens_minute = 540, .closes_minute = 1260 } };
}

int
main(void)
{
	struct rehearsal_of x = usual();
	struct rehearsal r = rehearse(&x), s = rehearse(&x), big;
	int64_t began;

	CHECK_CASE("the same input gives the same result", memcmp(&r, &s, sizeof(r)) == 0);
	CHECK_CASE("everybody is called, some again", r.calls > 4200 && r.calls < 4 * 4200 && r.left == 0);
	CHECK_CASE("not everybody is reached", r.reached > 0 && r.reached < 4200);
	CHECK_CASE("it ends while calls are open", r.done_at > x.start_at && r.done_at <= at(24 + 29, 21));
	CHECK_EQ_U_N("one more retry changes most after “No answer”", rehearsal_lever(&x), ST_NO_ANSWER);
	x.rules[ST_NO_ANSWER].max_calls++;
	s = rehearse(&x);
	CHECK_CASE("one more retry: more calls, more reached", s.calls > r.calls && s.reached > r.reached);
	x = usual();
	memset(x.rules, 0, sizeof(x.rules));
	s = rehearse(&x);
	CHECK_EQ_U_N("fact 51: with nothing ticked one call each", s.calls, 4200);
	CHECK_EQ_U_N("nothing to change then", rehearsal_lever(&x), ST_NONE);
	x = usual();
	x.more_calls = 1;
	s = rehearse(&x);
	CHECK_CASE("a cap over all statuses: at most two calls each", s.calls < r.calls && s.calls <= 2 * 4200);
	x = usual();
	x.day_calls = 1;
	s = rehearse(&x);
	CHECK_CASE("one call a day: as many calls, later", s.done_at > r.done_at && s.calls > 4200);
	x = usual();
	x.other_part = true;
	CHECK_CASE("another part of the day: later", rehearse(&x).done_at >= r.done_at);
	x = usual();
	x.agents = 24;
	CHECK_CASE("twice the agents are not slower", rehearse(&x).done_at <= r.done_at);
	x.people = 100000;
	x.agents = 1;
	s = rehearse(&x);
	CHECK_CASE("one agent does not call 100,000 people in a month", s.left > 50000 && s.calls < 20000);
	CHECK_CASE("an hour of calls at 90 seconds each is forty", s.calls / (30 * 12 + 12) >= 38 && s.calls / (30 * 12 + 12) <= 41);
	x = usual();
	x.people = 1;
	CHECK_CASE("a list of one", rehearse(&x).calls >= 1);
	x.people = 0;
	CHECK_CASE("an empty list", rehearse(&x).calls == 0 && rehearse(&x).left == 0);
	x = usual();
	x.agents = 0;
	CHECK_CASE("no agents, no calls", rehearse(&x).calls == 0 && rehearse(&x).left == 4200);
	x = usual();
	x.start_at = at(30, 9) + 60 * DAY_US;
	CHECK_CASE("after the end, no calls", rehearse(&x).calls == 0 && rehearse(&x).left == 4200);
	x = usual();
	x.people = 1000000;
	x.agents = 400;
	began = clock_now_us();
	big = rehearse(&x);
	CHECK_CASE("a million people cost no more than a few", big.calls > 1000000 && clock_now_us() - began < SECOND_US);
	printf("# %llu calls, %llu reached, in %lld us\n", (unsigned long long)big.calls, (unsigned long long)big.reached,
	    (long long)(clock_now_us() - began));
	return check_done();
}
