/*
 * moment.h - a moment as people say it: "21:00" today, "tomorrow at 9:00", "Tuesday at 9:00",
 * "2 December at 9:00", in French "21 h", "demain à 9 h"; always in the zone given.
 */
#ifndef PLUMB_MOMENT_H
#define PLUMB_MOMENT_H

#include "plumb/base.h"
#include "plumb/lang.h"

struct arena;

const char *moment_words(struct arena *, enum lang, const char *zone, int64_t now, int64_t at);
/* The day alone: "today", "tomorrow", "Tuesday", "2 December". */
const char *moment_day_words(struct arena *, enum lang, const char *zone, int64_t now, int64_t at);
/* "2026-11-23": the local day of a moment. */
const char *moment_day(struct arena *, const char *zone, int64_t at);

#endif
