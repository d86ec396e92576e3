/*
 * hours.h - may this person be called at this moment? Pure; the wall clock comes from plumb/clock.
 * Facts 22-25, 55, 56: dates of the operation and the daily window, both in the called person's zone
 * where it is known, checked by the server at claim, reveal and dial.
 */
#ifndef DOMAIN_HOURS_H
#define DOMAIN_HOURS_H

#include "plumb/base.h"

enum { WEEK = 7 };				/* Monday is 0 */
struct window { int opens, closes; };		/* minutes of the day, calls in [opens, closes); equal: none */

struct hours {
	int start_year, start_month, start_day;		/* first day of calls */
	int end_year, end_month, end_day, end_minute;	/* no call from this minute on */
	int opens_minute, closes_minute;		/* of every day, unless by_day */
	int by_day;					/* 1: each day of the week has its own window */
	struct window day[WEEK];
	int holidays;					/* enum holiday_region: days without calls; 0: none */
};

enum hours_verdict { HOURS_OPEN, HOURS_NOT_STARTED, HOURS_CLOSED_NOW, HOURS_ENDED };

/*
 * `zone`: where the called person is; several with | between them when it may be any of these (zone.h): calls are open
 * only when they are open in all of them. *next_open_at: the next moment it opens (0 when never again or open
 * now); *closes_at: when it closes next (0 unless open). Either may be NULL.
 * HOURS_ENDED also when no opening comes any more, or none within a year that all the zones have in common.
 */
enum hours_verdict hours_at(const struct hours *, const char *zone, int64_t at,
    int64_t *next_open_at, int64_t *closes_at);

/* The window of a date: its weekday's, none on a holiday. */
struct window hours_of_day(const struct hours *, int year, int month, int day);
/* 0 for Monday. */
int hours_weekday(int year, int month, int day);

/* day[] as stored, "0900-2100,...,-", Monday first; false: not of that form (nothing is changed). */
bool hours_week_read(const char *text, struct window day[WEEK]);
/* out has at least HOURS_WEEK_CHARS bytes. */
enum { HOURS_WEEK_CHARS = WEEK * 10 + 1 };
void hours_week_write(const struct window day[WEEK], char *out);

#endif
