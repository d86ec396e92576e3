/*
 * hours.h - may this person be called at this moment? Pure; the wall clock comes from plumb/clock.
 * Facts 22-25, 55, 56: dates of the operation and the daily window, both in the called person's zone
 * where it is known, checked by the server at claim, reveal and dial.
 */
#ifndef DOMAIN_HOURS_H
#define DOMAIN_HOURS_H

#include "plumb/base.h"

struct hours {
	int start_year, start_month, start_day;		/* first day of calls */
	int end_year, end_month, end_day, end_minute;	/* no call from this minute on */
	int opens_minute, closes_minute;		/* of the day; calls in [opens, closes) */
};

enum hours_verdict { HOURS_OPEN, HOURS_NOT_STARTED, HOURS_CLOSED_NOW, HOURS_ENDED };

/* `zone`: where the called person is. *next_open_at: the next moment it opens (0 when never again or open now);
 * *closes_at: when it closes next (0 unless open). Either may be NULL. */
enum hours_verdict hours_at(const struct hours *, const char *zone, int64_t at,
    int64_t *next_open_at, int64_t *closes_at);

#endif
