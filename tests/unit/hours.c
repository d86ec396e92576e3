/*
 * hours - facts 22 to 25, 55 and 56 at the second, over summer time, leap days and zones.
 */
#include "check.h"

#include "domain/hours.h"
#include "plumb/clock.h"

static const char *const Q = "America/Toronto";

/* 2 March 2026 to 23 December 2026 18:30, 09:00 to 21:00 */
static const struct hours usual = { 2026, 3, 2, 2026, 12, 23, 18 * 60 + 30, 9 * 60, 21 * 60 };

static int64_t
at(const char *zone, int year, int month, int day, int h, int m, int s)
{
	struct tm wall = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day,
		.tm_hour = h, .tm_min = m, .tm_sec = s };

	return clock_moment(zone, &wall);
}

static const struct {
	const char *name;
	int y, mo, d, h, mi, s;
	enum hours_verdict want;
	int ny, nmo, nd, nh, nmi;	/* next opening, 0: none */
} cases[] = {
	{ "fact 23: the day before the start",           2026, 3, 1, 12, 0, 0, HOURS_NOT_STARTED, 2026, 3, 2, 9, 0 },
	{ "fact 23: a year before the start",            2025, 3, 1, 12, 0, 0, HOURS_NOT_STARTED, 2026, 3, 2, 9, 0 },
	{ "the first day before its opening",            2026, 3, 2, 8, 59, 59, HOURS_CLOSED_NOW, 2026, 3, 2, 9, 0 },
	{ "fact 24: the first second of the first day",  2026, 3, 2, 9, 0, 0, HOURS_OPEN, 0, 0, 0, 0, 0 },
	{ "fact 24: 08:59:59",                           2026, 6, 10, 8, 59, 59, HOURS_CLOSED_NOW, 2026, 6, 10, 9, 0 },
	{ "fact 24: 09:00:00",                           2026, 6, 10, 9, 0, 0, HOURS_OPEN, 0, 0, 0, 0, 0 },
	{ "fact 25: 20:59:59 is open",                   2026, 6, 10, 20, 59, 59, HOURS_OPEN, 0, 0, 0, 0, 0 },
	{ "fact 25: 21:00:00 is closed",                 2026, 6, 10, 21, 0, 0, HOURS_CLOSED_NOW, 2026, 6, 11, 9, 0 },
	{ "fact 55: a night over the month's end",       2026, 6, 30, 23, 0, 0, HOURS_CLOSED_NOW, 2026, 7, 1, 9, 0 },
	{ "fact 22: the last second",                    2026, 12, 23, 18, 29, 59, HOURS_OPEN, 0, 0, 0, 0, 0 },
	{ "fact 22: the end's minute",                   2026, 12, 23, 18, 30, 0, HOURS_ENDED, 0, 0, 0, 0, 0 },
	{ "fact 22: one minute after the end",           2026, 12, 23, 18, 31, 0, HOURS_ENDED, 0, 0, 0, 0, 0 },
	{ "fact 56: the day after the end",              2026, 12, 24, 10, 0, 0, HOURS_ENDED, 0, 0, 0, 0, 0 },
	{ "the day the clock goes forward, 08:59:59",    2026, 3, 8, 8, 59, 59, HOURS_CLOSED_NOW, 2026, 3, 8, 9, 0 },
	{ "the day the clock goes forward, 09:00",       2026, 3, 8, 9, 0, 0, HOURS_OPEN, 0, 0, 0, 0, 0 },
	{ "the night before the clock goes forward",     2026, 3, 7, 22, 0, 0, HOURS_CLOSED_NOW, 2026, 3, 8, 9, 0 },
	{ "the night before the clock goes back",        2026, 10, 31, 22, 0, 0, HOURS_CLOSED_NOW, 2026, 11, 1, 9, 0 },
	{ "the day the clock goes back, 20:59:59",       2026, 11, 1, 20, 59, 59, HOURS_OPEN, 0, 0, 0, 0, 0 },
	{ "the day the clock goes back, 21:00",          2026, 11, 1, 21, 0, 0, HOURS_CLOSED_NOW, 2026, 11, 2, 9, 0 },
};

static void
other_days(void)
{
	struct hours h = { 2028, 2, 28, 2028, 3, 2, 12 * 60, 9 * 60, 21 * 60 };
	int64_t open, close;

	CHECK_CASE("29 February of a leap year is a day of calls",
	    hours_at(&h, Q, at(Q, 2028, 2, 29, 10, 0, 0), NULL, NULL) == HOURS_OPEN);
	hours_at(&h, Q, at(Q, 2028, 2, 29, 22, 0, 0), &open, NULL);
	CHECK_EQ_I_N("after 29 February comes 1 March", open, at(Q, 2028, 3, 1, 9, 0, 0));
	hours_at(&h, Q, at(Q, 2028, 3, 2, 11, 0, 0), NULL, &close);
	CHECK_EQ_I_N("on the last day it closes at the end, not at the daily hour", close, at(Q, 2028, 3, 2, 12, 0, 0));
	h.end_minute = 8 * 60;
	CHECK_CASE("the evening before an end that lies before the opening is the end",
	    hours_at(&h, Q, at(Q, 2028, 3, 1, 21, 0, 0), &open, NULL) == HOURS_ENDED && open == 0);
	h = (struct hours){ 2026, 1, 1, 2026, 12, 31, 1440 - 1, 0, 1439 };
	CHECK_CASE("hours from midnight", hours_at(&h, Q, at(Q, 2026, 5, 5, 0, 0, 0), NULL, NULL) == HOURS_OPEN);
}

static void
other_places(void)
{
	int64_t noon = at("America/Vancouver", 2026, 6, 10, 18, 30, 0), close;	/* 21:30 in Toronto */

	CHECK_CASE("promise 6: the called person's wall clock counts (Vancouver open)",
	    hours_at(&usual, "America/Vancouver", noon, NULL, &close) == HOURS_OPEN);
	CHECK_EQ_I_N("and closes there", close, at("America/Vancouver", 2026, 6, 10, 21, 0, 0));
	CHECK_CASE("promise 6: Toronto closed at the same moment",
	    hours_at(&usual, Q, noon, NULL, NULL) == HOURS_CLOSED_NOW);
	CHECK_CASE("half-hour zones", hours_at(&usual, "America/St_Johns",
	    at("America/St_Johns", 2026, 6, 10, 20, 59, 59), NULL, NULL) == HOURS_OPEN);
}

/* Whatever the moment, what it says of the next change is the next change. */
static void
agrees_with_itself(void)
{
	static const struct hours odd = { 2026, 3, 1, 2026, 11, 20, 600, 90, 150 };	/* 01:30 to 02:30 */
	unsigned wrong = 0;

	for (int64_t t = at(Q, 2026, 2, 27, 0, 0, 0); t < at(Q, 2026, 11, 22, 0, 0, 0); t += 7 * MINUTE_US) {
		int64_t open, close;
		switch (hours_at(&odd, Q, t, &open, &close)) {
		case HOURS_OPEN:
			wrong += close <= t || hours_at(&odd, Q, close, NULL, NULL) == HOURS_OPEN;
			break;
		case HOURS_ENDED:
			wrong += open != 0;
			break;
		default:
			wrong += open <= t;
		}
	}
	CHECK_EQ_U_N("a year of moments, with hours that summer time cuts", wrong, 0);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t t = at(Q, cases[i].y, cases[i].mo, cases[i].d, cases[i].h, cases[i].mi, cases[i].s), open;
		int64_t want = cases[i].ny == 0 ? 0
		    : at(Q, cases[i].ny, cases[i].nmo, cases[i].nd, cases[i].nh, cases[i].nmi, 0);
		char name[120];

		CHECK_CASE(cases[i].name, hours_at(&usual, Q, t, &open, NULL) == cases[i].want);
		snprintf(name, sizeof(name), "next opening: %s", cases[i].name);
		CHECK_EQ_I_N(name, open, want);
	}
	other_days();
	other_places();
	agrees_with_itself();
	return check_done();
}
