/*
 * hours.c - dates and daily hours of an operation, on the called person's wall clock.
 */
#include "domain/hours.h"

#include "domain/holiday.h"
#include "domain/zone.h"
#include "plumb/clock.h"

/* A weekday without calls, holidays and both together: the next opening is never further away than this. */
enum { LOOK_DAYS = 31 };

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

int
hours_weekday(int year, int month, int day)
{
	struct tm wall = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day };

	timegm(&wall);
	return (wall.tm_wday + 6) % WEEK;
}

struct window
hours_of_day(const struct hours *h, int year, int month, int day)
{
	if (h->holidays != HOLIDAYS_NONE && holiday_on((enum holiday_region)h->holidays, year, month, day))
		return (struct window){ 0, 0 };
	return h->by_day ? h->day[hours_weekday(year, month, day)] : (struct window){ h->opens_minute, h->closes_minute };
}

/* The first day from `day` on that has calls, and when it opens; 0: none within reach. */
static int64_t
opening_from(const struct hours *h, const char *zone, int year, int month, int day)
{
	for (int i = 0; i < LOOK_DAYS; i++) {
		struct tm date = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day + i };
		struct window w;

		timegm(&date);		/* rolls over months and years */
		w = hours_of_day(h, date.tm_year + 1900, date.tm_mon + 1, date.tm_mday);
		if (w.opens < w.closes)
			return moment(zone, date.tm_year + 1900, date.tm_mon + 1, date.tm_mday, w.opens);
	}
	return 0;
}

/* The first opening after `at` that comes before the end; 0: there is none. */
static int64_t
next_open(const struct hours *h, const char *zone, const struct tm *wall, int minute, int64_t at, int64_t end_at)
{
	int year = wall->tm_year + 1900, month = wall->tm_mon + 1, day = wall->tm_mday;
	int64_t first = opening_from(h, zone, h->start_year, h->start_month, h->start_day);
	struct window today = hours_of_day(h, year, month, day);
	int64_t open_at = 0;

	if (first == 0 || at < first)
		return first < end_at ? first : 0;
	if (today.opens < today.closes) {
		open_at = moment(zone, year, month, day, today.opens);
		/* In the hour that autumn repeats, an opening on the clock's face can lie behind us: count its minutes. */
		if (open_at <= at && minute < today.opens)
			open_at = at - wall->tm_sec * SECOND_US - at % SECOND_US
			    + (today.opens - minute) * MINUTE_US;
	}
	if (open_at <= at)
		open_at = opening_from(h, zone, year, month, day + 1);
	return open_at < end_at ? open_at : 0;
}

static int
minute_of(const char *zone, int64_t at)
{
	struct tm wall = clock_local(zone, at);

	return wall.tm_hour * 60 + wall.tm_min;
}

/* A closing time that the clock skips in spring: calls close where the clock jumps over it. */
static int64_t
jump_before(const char *zone, int64_t open, int64_t closed, int closes_minute)
{
	while (closed - open > 1) {
		int64_t middle = open + (closed - open) / 2;
		if (minute_of(zone, middle) >= closes_minute)
			closed = middle;
		else
			open = middle;
	}
	return closed;
}

static enum hours_verdict
hours_in(const struct hours *h, const char *zone, int64_t at, int64_t *opens, int64_t *closes)
{
	struct tm wall = clock_local(zone, at);
	int minute = wall.tm_hour * 60 + wall.tm_min;	/* as minute_of, and its day */
	int64_t begin_at = moment(zone, h->start_year, h->start_month, h->start_day, 0);
	int64_t end_at = moment(zone, h->end_year, h->end_month, h->end_day, h->end_minute);
	struct window today;

	*opens = *closes = 0;
	if (at >= end_at)
		return HOURS_ENDED;
	today = hours_of_day(h, wall.tm_year + 1900, wall.tm_mon + 1, wall.tm_mday);
	if (at >= begin_at && minute >= today.opens && minute < today.closes) {
		*closes = moment(zone, wall.tm_year + 1900, wall.tm_mon + 1, wall.tm_mday, today.closes);
		if (*closes <= at)	/* the repeated hour again */
			*closes = at - wall.tm_sec * SECOND_US - at % SECOND_US
			    + (today.closes - minute) * MINUTE_US;
		if (minute_of(zone, *closes) > today.closes && minute_of(zone, *closes - 1) >= today.closes)
			*closes = jump_before(zone, at, *closes, today.closes);
		*closes = earlier(*closes, end_at);
		return HOURS_OPEN;
	}
	*opens = next_open(h, zone, &wall, minute, at, end_at);
	return *opens == 0 ? HOURS_ENDED : at < begin_at ? HOURS_NOT_STARTED : HOURS_CLOSED_NOW;
}

/* In all zones of a set: the worst verdict, and where the last of them opens. */
static enum hours_verdict
hours_in_all(const struct hours *h, const char *zones, int64_t at, int64_t *opens, int64_t *closes)
{
	enum hours_verdict verdict = HOURS_OPEN;
	char zone[ZONE_NAME];

	*opens = *closes = 0;
	while (*zones != '\0') {
		enum hours_verdict v;
		int64_t o, c;

		zones = zone_next(zones, zone);
		v = hours_in(h, zone, at, &o, &c);
		if (v == HOURS_ENDED)
			return *opens = *closes = 0, HOURS_ENDED;
		if (v == HOURS_OPEN)
			*closes = *closes == 0 ? c : earlier(*closes, c);
		else
			verdict = v == HOURS_NOT_STARTED || verdict == HOURS_NOT_STARTED ? HOURS_NOT_STARTED : v;
		*opens = o > *opens ? o : *opens;
	}
	if (verdict != HOURS_OPEN)
		*closes = 0;
	return verdict;
}

enum hours_verdict
hours_at(const struct hours *h, const char *zone, int64_t at, int64_t *next_open_at, int64_t *closes_at)
{
	int64_t opens, closes, try, c;
	enum hours_verdict verdict = hours_in_all(h, zone, at, &opens, &closes);

	/* Where the last of several zones opens, another may have closed: on from there. */
	if (verdict != HOURS_OPEN && strchr(zone, '|') != NULL)
		for (unsigned i = 0; opens != 0 && i < 2 * 366; i++) {
			enum hours_verdict then = hours_in_all(h, zone, opens, &try, &c);
			if (then == HOURS_OPEN)
				break;
			opens = then == HOURS_ENDED || i + 1 == 2 * 366 ? 0 : try;
		}
	if (verdict != HOURS_OPEN && opens == 0)
		verdict = HOURS_ENDED;
	if (next_open_at != NULL)
		*next_open_at = opens;
	if (closes_at != NULL)
		*closes_at = closes;
	return verdict;
}

/* --- the stored week --- */

static bool
read_minute(const char **p, int *out)
{
	int n = 0;

	for (int i = 0; i < 4; i++, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		n = n * 10 + (**p - '0');
	}
	*out = n / 100 * 60 + n % 100;
	return n % 100 < 60 && *out <= 24 * 60;		/* 2400: the day's end; nothing opens there, as it would close before */
}

bool
hours_week_read(const char *text, struct window day[WEEK])
{
	struct window w[WEEK] = { { 0, 0 } };
	const char *p = text == NULL ? "" : text;

	for (int i = 0; i < WEEK; i++) {
		if (*p == '-')
			p++;
		else if (!read_minute(&p, &w[i].opens) || *p++ != '-' || !read_minute(&p, &w[i].closes) || w[i].closes <= w[i].opens)
			return false;
		if (*p != (i < WEEK - 1 ? ',' : '\0'))
			return false;
		p += i < WEEK - 1;
	}
	memcpy(day, w, sizeof(w));
	return true;
}

void
hours_week_write(const struct window day[WEEK], char *out)
{
	size_t n = 0;

	for (int i = 0; i < WEEK; i++) {
		const char *comma = i < WEEK - 1 ? "," : "";
		size_t left = HOURS_WEEK_CHARS - n;

		n += (size_t)(day[i].opens == day[i].closes ? snprintf(out + n, left, "-%s", comma) :
		    snprintf(out + n, left, "%02d%02d-%02d%02d%s", day[i].opens / 60 % 24, day[i].opens % 60,
		    day[i].closes / 60 % 25, day[i].closes % 60, comma));
	}
}
