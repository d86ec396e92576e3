/* Dates and hours as the wizard proposes and checks them (facts 16 to 21), and the dashboard's states. */
#include "plumb/base.h"
#include "plumb/clock.h"

#include "domain/operation.h"

#include "check.h"

#define ZONE	"America/Toronto"

static int64_t
at(int y, int m, int d, int hour, int minute)
{
	struct tm t = { .tm_year = y - 1900, .tm_mon = m - 1, .tm_mday = d, .tm_hour = hour, .tm_min = minute };

	return clock_moment(ZONE, &t);
}

static void
defaults(void)
{
	static const struct { const char *name; int y, m, d, ey, em, ed; } cases[] = {
		{ "fact 16, 17: start today, end one month later", 2026, 11, 23, 2026, 12, 23 },
		{ "fact 18: 31 January ends on 28 February", 2026, 1, 31, 2026, 2, 28 },
		{ "fact 18: 31 January of a leap year ends on 29 February", 2028, 1, 31, 2028, 2, 29 },
		{ "fact 18: 2100 is no leap year", 2100, 1, 31, 2100, 2, 28 },
		{ "fact 17: 15 December ends in January of the next year", 2026, 12, 15, 2027, 1, 15 },
		{ "fact 18: 31 March ends on 30 April", 2027, 3, 31, 2027, 4, 30 },
	};

	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct hours h;
		operation_default_hours(ZONE, at(cases[i].y, cases[i].m, cases[i].d, 14, 2), &h);
		CHECK_CASE(cases[i].name, h.start_year == cases[i].y && h.start_month == cases[i].m && h.start_day == cases[i].d &&
		    h.end_year == cases[i].ey && h.end_month == cases[i].em && h.end_day == cases[i].ed);
		CHECK_CASE("the proposal passes its own check", operation_check_hours(&h) == R_NONE);
	}
	struct hours h;
	operation_default_hours(ZONE, at(2026, 11, 23, 23, 30), &h);
	CHECK_CASE("fact 16: late in the evening it is still today in the organisation's zone", h.start_day == 23);
}

static void
checks(void)
{
	static const struct { const char *name; struct hours h; enum refusal want; } cases[] = {
		{ "fact 19: end on the day before the start", { 2026, 11, 23, 2026, 11, 22, 1260, 540, 1260, 0, { { 0, 0 } }, 0 }, R_END_BEFORE_START },
		{ "fact 19: end at the very moment calls start", { 2026, 11, 23, 2026, 11, 23, 540, 540, 1260, 0, { { 0, 0 } }, 0 }, R_END_BEFORE_START },
		{ "one minute of calls is enough", { 2026, 11, 23, 2026, 11, 23, 541, 540, 1260, 0, { { 0, 0 } }, 0 }, R_NONE },
		{ "fact 19: end a year before", { 2026, 1, 1, 2025, 12, 31, 1260, 540, 1260, 0, { { 0, 0 } }, 0 }, R_END_BEFORE_START },
		{ "fact 21: closes when it opens", { 2026, 11, 23, 2026, 12, 23, 1260, 540, 540, 0, { { 0, 0 } }, 0 }, R_CLOSES_BEFORE_OPENS },
		{ "fact 21: hours cannot pass midnight", { 2026, 11, 23, 2026, 12, 23, 1260, 1260, 540, 0, { { 0, 0 } }, 0 }, R_CLOSES_BEFORE_OPENS },
		{ "fact 20: one minute a day", { 2026, 11, 23, 2026, 12, 23, 1260, 540, 541, 0, { { 0, 0 } }, 0 }, R_NONE },
	};

	for (size_t i = 0; i < NITEMS(cases); i++)
		CHECK_CASE(cases[i].name, operation_check_hours(&cases[i].h) == cases[i].want);
}

static void
phases(void)
{
	static const struct hours h = { 2026, 11, 23, 2026, 12, 23, 1260, 540, 1260, 0, { { 0, 0 } }, 0 };
	static const struct { const char *name; enum op_state state; bool dated, left; int d, hour; enum op_phase want; } cases[] = {
		{ "a draft", OP_DRAFT, true, false, 24, 10, PHASE_DRAFT },
		{ "before its first day", OP_ACTIVE, true, false, 22, 10, PHASE_UPCOMING },
		{ "within its hours", OP_ACTIVE, true, false, 24, 10, PHASE_RUNNING },
		{ "at night", OP_ACTIVE, true, false, 24, 22, PHASE_OUTSIDE_HOURS },
		{ "its list is finished", OP_ACTIVE, true, true, 24, 10, PHASE_NOBODY_LEFT },
		{ "paused", OP_PAUSED, true, false, 24, 10, PHASE_PAUSED },
		{ "archived", OP_ARCHIVED, true, false, 24, 10, PHASE_ARCHIVED },
	};

	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct operation op = { .state = cases[i].state, .dated = cases[i].dated, .hours = h, .zone = ZONE };
		int64_t opens;
		CHECK_CASE(cases[i].name, operation_phase(&op, at(2026, 11, cases[i].d, cases[i].hour, 0), cases[i].left, &opens) ==
		    cases[i].want);
		if (cases[i].want == PHASE_UPCOMING)
			CHECK_CASE("an upcoming one says when it opens", opens == at(2026, 11, 23, 9, 0));
		if (cases[i].want == PHASE_OUTSIDE_HOURS)
			CHECK_CASE("one outside its hours says when it opens", opens == at(2026, 11, 25, 9, 0));
	}
	struct operation over = { .state = OP_PAUSED, .dated = true, .hours = h, .zone = ZONE };
	CHECK_CASE("ended, even when paused", operation_phase(&over, at(2026, 12, 23, 21, 0), false, NULL) == PHASE_ENDED);
}

int
main(void)
{
	defaults();
	checks();
	phases();
	return check_done();
}
