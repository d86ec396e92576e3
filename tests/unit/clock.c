/*
 * clock.c - wall clocks: summer time both ways, months that are too short, zones that exist, the clock of tests.
 */
#include <unistd.h>

#include "check.h"
#include "plumb/arena.h"
#include "plumb/clock.h"

#define MTL "America/Toronto"

static struct arena *a;

static int64_t
moment(const char *zone, int y, int mo, int d, int h, int mi)
{
	struct tm tm = { .tm_year = y - 1900, .tm_mon = mo - 1, .tm_mday = d, .tm_hour = h, .tm_min = mi };

	return clock_moment(zone, &tm);
}

static void
there_and_back(void)
{
	static const struct { const char *name, *zone; int at[5]; const char *utc, *wall; } cases[] = {
		{ "winter", MTL, { 2026, 1, 15, 9, 0 }, "2026-01-15 14:00", "2026-01-15 09:00" },
		{ "summer", MTL, { 2026, 7, 15, 9, 0 }, "2026-07-15 13:00", "2026-07-15 09:00" },
		{ "the hour skipped in spring goes forward", MTL, { 2026, 3, 8, 2, 30 }, "2026-03-08 07:30", "2026-03-08 03:30" },
		{ "one minute before it", MTL, { 2026, 3, 8, 1, 59 }, "2026-03-08 06:59", "2026-03-08 01:59" },
		{ "the first minute after it", MTL, { 2026, 3, 8, 3, 0 }, "2026-03-08 07:00", "2026-03-08 03:00" },
		{ "the hour that happens twice in autumn is the first", MTL, { 2026, 11, 1, 1, 30 }, "2026-11-01 05:30", "2026-11-01 01:30" },
		{ "the hour after it", MTL, { 2026, 11, 1, 2, 0 }, "2026-11-01 07:00", "2026-11-01 02:00" },
		{ "midnight of the day the clock changes", MTL, { 2026, 11, 1, 0, 0 }, "2026-11-01 04:00", "2026-11-01 00:00" },
		{ "evening of the day the clock changes", MTL, { 2026, 3, 8, 21, 0 }, "2026-03-09 01:00", "2026-03-08 21:00" },
		{ "31 January plus a month rolls over", MTL, { 2026, 2, 31, 12, 0 }, "2026-03-03 17:00", "2026-03-03 12:00" },
		{ "minute 24 * 60 is the next midnight", MTL, { 2026, 12, 31, 0, 1440 }, "2027-01-01 05:00", "2027-01-01 00:00" },
		{ "half an hour off", "America/St_Johns", { 2026, 7, 1, 9, 0 }, "2026-07-01 11:30", "2026-07-01 09:00" },
		{ "no summer time", "America/Regina", { 2026, 7, 1, 9, 0 }, "2026-07-01 15:00", "2026-07-01 09:00" },
		{ "the southern half", "Australia/Sydney", { 2026, 10, 4, 2, 30 }, "2026-10-03 16:30", "2026-10-04 03:30" },
		{ "before 1970", "UTC", { 1969, 12, 31, 23, 59 }, "1969-12-31 23:59", "1969-12-31 23:59" },
	};

	for (size_t i = 0; i < NITEMS(cases); i++) {
		const int *t = cases[i].at;
		int64_t at = moment(cases[i].zone, t[0], t[1], t[2], t[3], t[4]);
		char utc[17], wall[17];

		clock_text("UTC", at, utc, sizeof(utc));
		clock_text(cases[i].zone, at, wall, sizeof(wall));
		CHECK_EQ_S_N(arena_fmt(a, "%s, in UTC", cases[i].name), utc, cases[i].utc);
		CHECK_EQ_S_N(arena_fmt(a, "%s, on the wall", cases[i].name), wall, cases[i].wall);
	}
}

static void
every_hour(void)
{
	bool same = true;
	int64_t first = moment("UTC", 2026, 1, 1, 0, 0);

	/* each hour of a year, back from its wall clock: the same moment, or the first of the twice hour */
	for (int64_t at = first; at < first + 366 * DAY_US; at += HOUR_US) {
		struct tm wall = clock_local(MTL, at);
		int64_t back = clock_moment(MTL, &wall);
		same = same && (back == at || (back == at - HOUR_US && wall.tm_mon == 10 && wall.tm_mday == 1 && wall.tm_hour == 1));
	}
	CHECK_CASE("every hour of 2026 there and back", same);
	CHECK_CASE("a moment with microseconds is in its second, also before 1970",
	    clock_local("UTC", -1).tm_sec == 59 && clock_local("UTC", 999999).tm_sec == 0);
}

static void
zones(void)
{
	static const char *const bad[] = { "", "Mars/Base", "../../etc/passwd", "/etc/passwd", "America/../UTC", "America",
		"right/UTC", "posix/UTC", "America/Toronto ", "zone.tab", "EST5EDT,M3.2.0", "A/very/long/name/that/goes/on/for/ever/and/ever" };

	CHECK(clock_zone_known(MTL) && clock_zone_known("UTC") && clock_zone_known("America/Argentina/Buenos_Aires"));
	for (size_t i = 0; i < NITEMS(bad); i++)
		CHECK_CASE(arena_fmt(a, "no zone: \"%s\"", bad[i]), !clock_zone_known(bad[i]));
	CHECK(!clock_zone_known(NULL));
}

static void
set(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	fputs(text, f);
	fclose(f);
}

static void
override(void)
{
	char path[] = "/tmp/tocsin-clock-XXXXXX";
	int64_t real = clock_now_us();
	int fd = mkstemp(path);

	setenv("TOCSIN_CLOCK", path, 1);
	set(path, "=1764000000123456\n");
	CHECK_EQ_I_N("a clock that stands still", clock_now_us(), INT64_C(1764000000123456));
	set(path, "+3600");
	CHECK_CASE("an hour ahead", clock_now_us() - real >= HOUR_US && clock_now_us() - real < HOUR_US + MINUTE_US);
	set(path, "-86400");
	CHECK_CASE("a day behind", clock_now_us() - real < -DAY_US + MINUTE_US);
	unlink(path);
	CHECK_CASE("without the file it is the real time", clock_now_us() - real < MINUTE_US);
	unsetenv("TOCSIN_CLOCK");
	close(fd);
}

int
main(void)
{
	a = arena_new();
	there_and_back();
	every_hour();
	zones();
	override();
	arena_free(a);
	return check_done();
}
