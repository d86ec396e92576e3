/*
 * date.h - dates and times of day as people read them, in both languages.
 */
#ifndef PLUMB_DATE_H
#define PLUMB_DATE_H

#include "plumb/base.h"
#include "plumb/lang.h"

struct arena;

/* "November", "novembre". month: 1..12. */
const char *month_name(enum lang, int month);
/* "24 November 2026", "1er décembre 2026". month: 1..12. */
const char *date_words(struct arena *, enum lang, int year, int month, int day);
/* Without the year: "24 November", "1er décembre". */
const char *day_month_words(struct arena *, enum lang, int month, int day);
/* "9:00", "9 h", "17 h 30". minute: of the day. */
const char *minute_words(struct arena *, enum lang, int minute);
/* "24 November 2026, 9:05" and "24 November 2026" of a moment in a zone. */
const char *full_moment_words(struct arena *, enum lang, const char *zone, int64_t at);
const char *full_day_words(struct arena *, enum lang, const char *zone, int64_t at);
/* "2026-11-28T18:00:00Z", as programs write a moment; NULL for 0. */
const char *utc_text(struct arena *, int64_t at);
/* How long ago: "just now", "4 minutes ago", "3 hours ago", "2 days ago". */
const char *ago_words(struct arena *, enum lang, int64_t at, int64_t now);

#endif
