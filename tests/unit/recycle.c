/*
 * recycle - the recycling rule in tables: facts 47 to 52, 57 and 116.
 */
#include "check.h"

#include "domain/recycle.h"
#include "plumb/clock.h"

#define NOW INT64_C(1795000000000000)

static const struct recycle_rule off;

static struct recycle_next
after(enum status s, struct recycle_rule rule, unsigned used, int64_t callback_at)
{
	struct retries r = { { 0 } };

	r.used[s] = (uint8_t)used;
	return recycle_decide(&rule, s, &r, NOW, callback_at);
}

/* How many calls a person gets who always answers `s`; *gap is the shortest time between two. */
static unsigned
calls_in_all(enum status s, struct recycle_rule rule, int64_t *gap)
{
	struct retries r = { { 0 } };
	int64_t at = NOW;
	unsigned calls = 1;

	*gap = INT64_MAX;
	for (; calls < 1000; calls++) {
		struct recycle_next n = recycle_decide(&rule, s, &r, at, 0);
		if (n.state != QS_WAITING)
			break;
		if (n.due_at - at < *gap)
			*gap = n.due_at - at;
		at = n.due_at;
		r = n.retries;
	}
	return calls;
}

static void
every_status(void)
{
	static const struct recycle_rule on = { .ticked = true, .max_calls = 2, .minutes = 15 };

	for (unsigned i = 1; i < ST__MAX; i++) {
		enum status s = (enum status)i;
		struct recycle_next n = after(s, on, 0, 0), o = after(s, off, 0, 0);
		bool final = status_then(s) == Q_FINAL;
		bool removes = s == ST_REMOVE || status_by(s) == S_RULE;
		char name[120];

		snprintf(name, sizeof(name), "fact 45: %s ticked: %s", status_code(s), final ? "ends" : "comes back");
		CHECK_CASE(name, final ? n.band == BAND_OUT && n.due_at == 0
		    : n.state == QS_WAITING && n.band == BAND_RETRY && n.due_at == NOW + 15 * MINUTE_US);
		snprintf(name, sizeof(name), "fact 51: %s unticked ends after one attempt", status_code(s));
		CHECK_CASE(name, o.band == BAND_OUT && o.state == (removes ? QS_REMOVED : QS_DONE));
	}
}

static int64_t
at(int day, int hour, int minute)
{
	struct tm wall = { .tm_year = 126, .tm_mon = 10, .tm_mday = day, .tm_hour = hour, .tm_min = minute };

	return clock_moment("America/Toronto", &wall);
}

/* November 2026; the clock goes back on the 1st. */
static void
parts_of_the_day(void)
{
	static const struct { const char *name; int day, hour, minute, after, want_day, want_hour, want_minute; } cases[] = {
		{ "a morning's call comes back in the afternoon",          24, 9, 0, 60, 24, 12, 0 },
		{ "at 11:59 too",                                          24, 11, 59, 0, 24, 12, 0 },
		{ "an afternoon's in the evening",                         24, 12, 0, 30, 24, 17, 0 },
		{ "an evening's tomorrow, from midnight on",               24, 19, 0, 90, 25, 0, 0 },
		{ "who is in another part already stays where they are",   24, 11, 30, 90, 24, 13, 0 },
		{ "a day later in the same part moves too",                24, 9, 0, 1440, 25, 12, 0 },
		{ "the last second of an evening",                         30, 23, 59, 0, 31, 0, 0 },
		{ "the night in which the clock goes back",                31 - 31, 20, 0, 60, 1, 0, 0 },
		{ "the day on which it does",                              1, 20, 0, 60, 2, 0, 0 },
	};
	struct recycle_rule r = { .ticked = true, .max_calls = 3, .minutes = 60, .other_part_in = "America/Toronto" };
	struct recycle_next n;

	for (size_t i = 0; i < NITEMS(cases); i++) {
		int64_t called = at(cases[i].day, cases[i].hour, cases[i].minute);
		CHECK_EQ_I_N(cases[i].name, other_part_of_day("America/Toronto", called, called + cases[i].after * MINUTE_US),
		    at(cases[i].want_day, cases[i].want_hour, cases[i].want_minute));
	}
	n = recycle_decide(&r, ST_NO_ANSWER, &(struct retries){ { 0 } }, at(24, 9, 0), 0);
	CHECK_EQ_I_N("the rule does it", n.due_at, at(24, 12, 0));
	n = recycle_decide(&r, ST_CALL_BACK, &(struct retries){ { 0 } }, at(24, 9, 0), at(24, 10, 0));
	CHECK_EQ_I_N("fact 116: not to a time that the person asked for", n.due_at, at(24, 10, 0));
	r.other_part_in = "America/Vancouver";
	n = recycle_decide(&r, ST_NO_ANSWER, &(struct retries){ { 0 } }, at(24, 15, 30), 0);
	CHECK_EQ_I_N("in the called person's zone: 12:30 in Vancouver", n.due_at, at(24, 20, 0));
}

static void
over_all_statuses(void)
{
	struct recycle_rule r = { .ticked = true, .max_calls = 3, .minutes = 60, .more_calls = 4 };
	static const enum status one_after_the_other[] = { ST_NO_ANSWER, ST_BUSY, ST_NOT_HOME, ST_NO_ANSWER, ST_BUSY };
	struct retries used = { { 0 } };
	unsigned i;

	for (i = 0; i < NITEMS(one_after_the_other); i++) {
		struct recycle_next n = recycle_decide(&r, one_after_the_other[i], &used, NOW, 0);
		if (n.state != QS_WAITING)
			break;
		used = n.retries;
	}
	CHECK_EQ_U_N("four more calls over all statuses, then none", i, 4);
	CHECK_EQ_U_N("fact 48: the status's own maximum still counts",
	    recycle_decide(&r, ST_NO_ANSWER, &(struct retries){ { [ST_NO_ANSWER] = 3 } }, NOW, 0).state, QS_DONE);
}

int
main(void)
{
	struct recycle_next n;
	int64_t gap;

	CHECK_EQ_U_N("fact 48: No answer 3 / 90 is 4 calls in all",
	    calls_in_all(ST_NO_ANSWER_AUTO, (struct recycle_rule){ .ticked = true, .max_calls = 3, .minutes = 90 }, &gap), 4);
	CHECK_EQ_I_N("fact 48: each at least 90 minutes after the previous", gap, 90 * MINUTE_US);
	CHECK_EQ_U_N("fact 49: Call back 2 / 120 is two further calls",
	    calls_in_all(ST_CALL_BACK, (struct recycle_rule){ .ticked = true, .max_calls = 2, .minutes = 120 }, &gap), 3);
	CHECK_EQ_I_N("fact 49: at least 120 minutes apart", gap, 120 * MINUTE_US);
	CHECK_EQ_U_N("fact 51: unticked is one call",
	    calls_in_all(ST_NO_ANSWER, off, &gap), 1);

	n = after(ST_NO_ANSWER, (struct recycle_rule){ .ticked = true, .max_calls = 3, .minutes = 90 }, 0, 0);
	CHECK_EQ_I_N("fact 50: due at 90 minutes, not before", n.due_at, NOW + 90 * MINUTE_US);

	n = after(ST_NO_ANSWER, (struct recycle_rule){ .ticked = true, .max_calls = 2, .minutes = 30 }, 1, 0);
	CHECK_CASE("fact 52: No answer uses up only its own allowance",
	    n.retries.used[ST_NO_ANSWER] == 2 && n.retries.used[ST_CALL_BACK] == 0);
	n = recycle_decide(&(struct recycle_rule){ .ticked = true, .max_calls = 1, .minutes = 30 }, ST_CALL_BACK, &n.retries, NOW, 0);
	CHECK_CASE("fact 52: Call back still has its own", n.state == QS_WAITING && n.retries.used[ST_CALL_BACK] == 1);

	n = after(ST_CALL_BACK, (struct recycle_rule){ .ticked = true, .max_calls = 1, .minutes = 120 }, 0, NOW + 7 * DAY_US);
	CHECK_CASE("fact 116: the time asked for replaces the minutes, as an appointment",
	    n.band == BAND_APPOINTMENT && n.due_at == NOW + 7 * DAY_US && n.retries.used[ST_CALL_BACK] == 1);
	n = after(ST_CALL_BACK, (struct recycle_rule){ .ticked = true, .max_calls = 1, .minutes = 120 }, 1, NOW + DAY_US);
	CHECK_CASE("an appointment uses one retry of Call back like any other", n.state == QS_DONE);
	n = after(ST_NO_ANSWER, (struct recycle_rule){ .ticked = true, .max_calls = 1, .minutes = 120 }, 0, NOW + DAY_US);
	CHECK_CASE("a time with another status is not an appointment", n.band == BAND_RETRY);
	n = after(ST_REMOVE, off, 0, 0);
	CHECK_CASE("fact 57: Remove from call list, unticked, removes", n.state == QS_REMOVED);
	n = after(ST_REMOVE, (struct recycle_rule){ .ticked = true, .max_calls = 1, .minutes = 60 }, 0, 0);
	CHECK_CASE("Remove from call list can be recycled when ticked", n.state == QS_WAITING);
	n = after(ST_NO_ANSWER, (struct recycle_rule){ .ticked = true, .max_calls = 1000, .minutes = 1 }, UINT8_MAX, 0);
	CHECK_CASE("a count never wraps round", n.state == QS_DONE);
	every_status();
	parts_of_the_day();
	over_all_statuses();
	return check_done();
}
