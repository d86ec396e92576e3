/*
 * clock.h - moments are int64_t microseconds since 1970 UTC; names end in _at or _us.
 *
 * Zones are IANA names computed by the system's zone data. With the environment
 * variable TOCSIN_CLOCK naming a file, the clock is what that file says: "+SECONDS"
 * or "-SECONDS" added to the real time, or "=MICROSECONDS" for a clock that stands
 * still. Tests use it; nothing else sets it.
 */
#ifndef PLUMB_CLOCK_H
#define PLUMB_CLOCK_H

#include "plumb/base.h"

#define SECOND_US	INT64_C(1000000)
#define MINUTE_US	(60 * SECOND_US)
#define HOUR_US		(60 * MINUTE_US)
#define DAY_US		(24 * HOUR_US)

int64_t clock_now_us(void);
bool    clock_zone_known(const char *zone);
/* The wall clock of `zone` at that moment. An unknown zone is a bug: asks clock_zone_known first. */
struct tm clock_local(const char *zone, int64_t at_us);
/* The moment of a wall clock time (tm_year, tm_mon, tm_mday, tm_hour, tm_min, tm_sec are read; out of
 * range values roll over as mktime does). A time skipped in spring is moved forward; one that
 * happens twice in autumn is the first. */
int64_t clock_moment(const char *zone, const struct tm *wall);
/* "2026-11-23 13:40" of a moment in a zone; out has at least 17 bytes. */
void    clock_text(const char *zone, int64_t at_us, char *out, size_t n);

#endif
