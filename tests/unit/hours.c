/*
 * hours - facts 22 to 25, 55 and 56 at the second, over summer time, leap days and zones.
 */
#include "check.h"

#include "domain/calling_rules.h"
#include "domain/holiday.h"
#include "domain/hours.h"
#include "plumb/clock.h"

#define Q_ZONE	"America/Toronto"
static const char *const Q = Q_ZONE;

/* 2 March 2026 to 23 December 2026 18:30, 09:00 to 21:00 */
static const struct hours usual = { 2026, 3, 2, 2026, 12, 23, 18 * 60 + 30, 9 * 60, 21 * 60, 0, { { 0, 0 } }, 0 };

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
	struct hours h = { 2028, 2, 28, 2028, 3, 2, 12 * 60, 9 * 60, 21 * 60, 0, { { 0, 0 } }, 0 };
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
	h = (struct hours){ 2026, 1, 1, 2026, 12, 31, 1440 - 1, 0, 1439, 0, { { 0, 0 } }, 0 };
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
	static const struct hours odd = { 2026, 3, 1, 2026, 11, 20, 600, 90, 150, 0, { { 0, 0 } }, 0 };	/* 01:30 to 02:30 */
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
	wrong = 0;
	for (int64_t t = at(Q, 2026, 2, 27, 0, 0, 0); t < at(Q, 2026, 11, 22, 0, 0, 0); t += 11 * MINUTE_US) {
		static const struct hours by_day = { 2026, 3, 1, 2026, 11, 20, 600, 0, 0, 1, { { 0, 0 }, { 90, 150 }, { 540, 1260 },
			{ 0, 0 }, { 0, 1439 }, { 1380, 1430 }, { 90, 150 } }, HOLIDAYS_QC };
		static const char *const zones[] = { Q_ZONE, "America/St_Johns|America/Vancouver" };
		for (size_t z = 0; z < 2; z++) {
			int64_t open, close;
			switch (hours_at(&by_day, zones[z], t, &open, &close)) {
			case HOURS_OPEN:
				wrong += close <= t || open != 0 || hours_at(&by_day, zones[z], close, NULL, NULL) == HOURS_OPEN ||
				    hours_at(&by_day, zones[z], close - 1, NULL, NULL) != HOURS_OPEN;
				break;
			case HOURS_ENDED:
				wrong += open != 0 || close != 0;
				break;
			default:
				wrong += open <= t || close != 0 || hours_at(&by_day, zones[z], open, NULL, NULL) != HOURS_OPEN ||
				    hours_at(&by_day, zones[z], open - 1, NULL, NULL) == HOURS_OPEN;
			}
		}
	}
	CHECK_EQ_U_N("and with days that differ, holidays and two zones", wrong, 0);
}

/* Monday to Friday 9:00 to 21:00, Saturday 10:00 to 18:00, none on Sunday, none on Quebec's holidays. */
static const struct hours weekly = { 2026, 11, 2, 2027, 1, 31, 21 * 60, 0, 0, 1, { { 540, 1260 }, { 540, 1260 },
	{ 540, 1260 }, { 540, 1260 }, { 540, 1260 }, { 600, 1080 }, { 0, 0 } }, HOLIDAYS_QC };

static void
weekdays(void)
{
	static const struct { const char *name; int mo, d, h, mi, s; enum hours_verdict want; int nmo, nd, nh; } week[] = {
		{ "fact 25: a Friday at 20:59:59",                 11, 27, 20, 59, 59, HOURS_OPEN, 0, 0, 0 },
		{ "fact 25: a Friday at 21:00:00, to Saturday's",  11, 27, 21, 0, 0, HOURS_CLOSED_NOW, 11, 28, 10 },
		{ "a Saturday at 9:30",                            11, 28, 9, 30, 0, HOURS_CLOSED_NOW, 11, 28, 10 },
		{ "a Saturday at 17:59:59",                        11, 28, 17, 59, 59, HOURS_OPEN, 0, 0, 0 },
		{ "a Saturday at 18:00:00, over Sunday",           11, 28, 18, 0, 0, HOURS_CLOSED_NOW, 11, 30, 9 },
		{ "a Sunday at noon",                              11, 29, 12, 0, 0, HOURS_CLOSED_NOW, 11, 30, 9 },
		{ "the evening before a holiday at 20:59:59",      12, 24, 20, 59, 59, HOURS_OPEN, 0, 0, 0 },
		{ "the evening before a holiday at 21:00:00",      12, 24, 21, 0, 0, HOURS_CLOSED_NOW, 12, 26, 10 },
		{ "Christmas Day, a Friday, at noon",              12, 25, 12, 0, 0, HOURS_CLOSED_NOW, 12, 26, 10 },
	};
	struct hours h = weekly;
	char text[HOURS_WEEK_CHARS];
	struct window day[WEEK];
	int64_t open, close;

	for (size_t i = 0; i < sizeof(week) / sizeof(week[0]); i++) {
		int64_t want = week[i].nmo == 0 ? 0 : at(Q, 2026, week[i].nmo, week[i].nd, week[i].nh, 0, 0);

		CHECK_CASE(week[i].name, hours_at(&weekly, Q, at(Q, 2026, week[i].mo, week[i].d, week[i].h, week[i].mi, week[i].s),
		    &open, NULL) == week[i].want);
		CHECK_EQ_I_N(week[i].name, open, want);
	}
	hours_at(&weekly, Q, at(Q, 2026, 11, 28, 12, 0, 0), NULL, &close);
	CHECK_EQ_I_N("a Saturday closes at its own hour", close, at(Q, 2026, 11, 28, 18, 0, 0));
	h.end_year = 2026, h.end_month = 12, h.end_day = 26, h.end_minute = 9 * 60;
	CHECK_CASE("an end before the next day with calls is the end", hours_at(&h, Q, at(Q, 2026, 12, 24, 21, 0, 0), &open, NULL) ==
	    HOURS_ENDED && open == 0);
	h = weekly;
	h.start_day = 1;
	CHECK_CASE("a start on a day without calls: the first opening is the day after",
	    hours_at(&h, Q, at(Q, 2026, 10, 30, 12, 0, 0), &open, NULL) == HOURS_NOT_STARTED && open == at(Q, 2026, 11, 2, 9, 0, 0));
	hours_week_write(weekly.day, text);
	CHECK_EQ_S_N("a week as it is stored", text, "0900-2100,0900-2100,0900-2100,0900-2100,0900-2100,1000-1800,-");
	CHECK_CASE("and read back", hours_week_read(text, day) && memcmp(day, weekly.day, sizeof(day)) == 0);
	CHECK_CASE("nothing else is a week", !hours_week_read(NULL, day) && !hours_week_read("", day) &&
	    !hours_week_read("0900-2100", day) && !hours_week_read("-,-,-,-,-,-,-,-", day) &&
	    !hours_week_read("2100-0900,-,-,-,-,-,-", day) && !hours_week_read("0960-2100,-,-,-,-,-,-", day) &&
	    !hours_week_read("0900-2401,-,-,-,-,-,-", day) && !hours_week_read("2400-2400,-,-,-,-,-,-", day));
	CHECK_CASE("a day may last until its end, and is written so", hours_week_read("0000-2400,-,-,-,-,-,0900-2400", day) &&
	    day[0].opens == 0 && day[0].closes == 24 * 60 && (hours_week_write(day, text), strcmp(text, "0000-2400,-,-,-,-,-,0900-2400") == 0));
}

static void
holidays(void)
{
	static const struct { enum holiday_region r; int y, m, d; const char *name; } days[] = {
		{ HOLIDAYS_QC, 2026, 4, 3, "Good Friday 2026" }, { HOLIDAYS_QC, 2026, 4, 6, "Easter Monday 2026" },
		{ HOLIDAYS_QC, 2026, 5, 18, "Patriots' Day 2026" }, { HOLIDAYS_QC, 2026, 6, 24, "Saint-Jean" },
		{ HOLIDAYS_QC, 2026, 9, 7, "Labour Day 2026" }, { HOLIDAYS_QC, 2026, 10, 12, "Thanksgiving 2026" },
		{ HOLIDAYS_QC, 2027, 5, 24, "Patriots' Day 2027, the day before the 25th" }, { HOLIDAYS_CA, 2026, 9, 30, "30 September" },
		{ HOLIDAYS_US, 2026, 11, 26, "Thanksgiving in the States" }, { HOLIDAYS_US, 2026, 5, 25, "Memorial Day" },
		{ HOLIDAYS_GB, 2026, 8, 31, "the late summer bank holiday" }, { HOLIDAYS_FR, 2026, 5, 14, "Ascension" },
		{ HOLIDAYS_FR, 2026, 5, 25, "Whit Monday" }, { HOLIDAYS_QC, 2038, 4, 23, "the latest Good Friday" },
	};

	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		CHECK_CASE(days[i].name, holiday_on(days[i].r, days[i].y, days[i].m, days[i].d));
	CHECK_CASE("no other Monday of May", !holiday_on(HOLIDAYS_QC, 2026, 5, 25) && !holiday_on(HOLIDAYS_QC, 2026, 5, 11));
	CHECK_CASE("none where none are chosen", !holiday_on(HOLIDAYS_NONE, 2026, 12, 25));
}

static void
several_zones(void)
{
	static const char *const both = "America/Toronto|America/Vancouver";
	struct hours h = usual;
	int64_t open, close, t = at(Q, 2026, 6, 10, 9, 30, 0);

	CHECK_CASE("promise 6: of several possible zones all must be open", hours_at(&usual, both, t, &open, NULL) ==
	    HOURS_CLOSED_NOW && open == at("America/Vancouver", 2026, 6, 10, 9, 0, 0));
	CHECK_CASE("and the first to close closes", hours_at(&usual, both, at(Q, 2026, 6, 10, 20, 59, 59), NULL, &close) == HOURS_OPEN &&
	    close == at(Q, 2026, 6, 10, 21, 0, 0));
	CHECK_CASE("then until the last opens", hours_at(&usual, both, at(Q, 2026, 6, 10, 21, 0, 0), &open, NULL) == HOURS_CLOSED_NOW &&
	    open == at("America/Vancouver", 2026, 6, 11, 9, 0, 0));
	CHECK_CASE("over where it is over first", hours_at(&usual, both, at(Q, 2026, 12, 23, 18, 30, 0), &open, NULL) == HOURS_ENDED);
	h.closes_minute = 11 * 60;
	CHECK_CASE("hours that they never have in common are the end", hours_at(&h, both, t, &open, NULL) == HOURS_ENDED && open == 0);
}

static void
curfew(void)
{
	struct hours h = usual;
	struct window w[WEEK];

	CHECK_CASE("fact 133: 9:00 to 21:00 every day is too long for the weekend: a warning",
	    rules_check(RULES_CA, PURPOSE_IDENTIFICATION, &h) == CURFEW_WARNS);
	CHECK_CASE("fact 133: who asks for money may not", rules_check(RULES_CA, PURPOSE_FUNDRAISING, &h) == CURFEW_BLOCKS);
	h.by_day = 1;
	memcpy(h.day, rules_week(RULES_CA), sizeof(h.day));
	CHECK_CASE("fact 133: Monday to Friday 9:00 to 21:30, the weekend 10:00 to 18:00",
	    rules_check(RULES_CA, PURPOSE_FUNDRAISING, &h) == CURFEW_FITS && h.day[0].closes == 1290 && h.day[5].opens == 600 &&
	    h.day[6].closes == 1080);
	memcpy(w, h.day, sizeof(w));
	for (int d = 0; d < WEEK; d++) {
		h.day[d].closes++;
		CHECK_CASE("fact 133: a minute more on any day", rules_check(RULES_CA, PURPOSE_FUNDRAISING, &h) == CURFEW_BLOCKS);
		h.day[d] = w[d];
		h.day[d].opens--;
		CHECK_CASE("fact 133: or a minute before", rules_check(RULES_CA, PURPOSE_FUNDRAISING, &h) == CURFEW_BLOCKS);
		h.day[d] = (struct window){ 0, 0 };
		CHECK_CASE("a day without calls fits", rules_check(RULES_CA, PURPOSE_FUNDRAISING, &h) == CURFEW_FITS);
		h.day[d] = w[d];
	}
	CHECK_CASE("no rules, no curfew", rules_check(RULES_NONE, PURPOSE_FUNDRAISING, &usual) == CURFEW_FITS);
	CHECK_CASE("the States: 8:00 to 21:00", rules_check(RULES_US, PURPOSE_IDENTIFICATION, &usual) == CURFEW_FITS);
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
	weekdays();
	holidays();
	several_zones();
	curfew();
	return check_done();
}
