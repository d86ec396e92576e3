/*
 * hours.c - dates and daily hours of an operation, on the called person's wall clock.
 */
#include "domain/hours.h"

#include "plumb/clock.h"

/* A minute of a day, `days` after it; clock_moment rolls over months and years. */
static int64_t
moment(const char *zone, int year, int month, int day, int minute)
{
	struct tm wall = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day,
		.tm_hour = minute / 60, .tm_min = minute % 60, .tm_isdst = -1 };

	return clock_moment(zone, &wall);
}

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The first opening after `at` that comes before the end; 0: there is none. */
static int64_t
next_open(const struct hours *h, const char *zone, const struct tm *wall, int minute, int64_t at, int64_t end_at)
{
	int year = wall->tm_year + 1900, month = wall->tm_mon + 1, day = wall->tm_mday;
	int64_t first = moment(zone, h->start_year, h->start_month, h->start_day, h->opens_minute);
	int64_t open_at;

	if (at < first)
		return first < end_at ? first : 0;
	open_at = moment(zone, year, month, day, h->opens_minute);
	/* In the hour that autumn repeats, an opening on the clock's face can lie behind us: count its minutes. */
	if (open_at <= at && minute < h->opens_minute)
		open_at = at - wall->tm_sec * SECOND_US - at % SECOND_US
		    + (h->opens_minute - minute) * MINUTE_US;
	if (open_at <= at)
		open_at = moment(zone, year, month, day + 1, h->opens_minute);
	return open_at < end_at ? open_at : 0;
}

enum hours_verdict
hours_at(const struct hours *h, const char *zone, int64_t at, int64_t *next_open_at, int64_t *closes_at)
{
	struct tm wall = clock_local(zone, at);
	int minute = wall.tm_hour * 60 + wall.tm_min;
	int64_t begin_at = moment(zone, h->start_year, h->start_month, h->start_day, 0);
	int64_t end_at = moment(zone, h->end_year, h->end_month, h->end_day, h->end_minute);
	int64_t opens = 0, closes = 0;
	enum hours_verdict verdict;

	if (at >= end_at) {
		verdict = HOURS_ENDED;
	} else if (at >= begin_at && minute >= h->opens_minute && minute < h->closes_minute) {
		verdict = HOURS_OPEN;
		closes = moment(zone, wall.tm_year + 1900, wall.tm_mon + 1, wall.tm_mday, h->closes_minute);
		if (closes <= at)	/* the repeated hour again */
			closes = at - wall.tm_sec * SECOND_US - at % SECOND_US
			    + (h->closes_minute - minute) * MINUTE_US;
		closes = earlier(closes, end_at);
	} else {
		opens = next_open(h, zone, &wall, minute, at, end_at);
		verdict = opens == 0 ? HOURS_ENDED : at < begin_at ? HOURS_NOT_STARTED : HOURS_CLOSED_NOW;
	}
	if (next_open_at != NULL)
		*next_open_at = opens;
	if (closes_at != NULL)
		*closes_at = closes;
	return verdict;
}
