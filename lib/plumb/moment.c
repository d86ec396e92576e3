#include "plumb/moment.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"

static int64_t
midnight(const char *zone, int64_t at, int days)
{
	struct tm t = clock_local(zone, at);

	t.tm_hour = t.tm_min = t.tm_sec = 0;
	t.tm_mday += days;
	return clock_moment(zone, &t);
}

static const char *const weekday[LANG__MAX][7] = {
	{ "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" },
	{ "dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi" },
};

const char *
moment_words(struct arena *a, enum lang lang, const char *zone, int64_t now, int64_t at)
{
	struct tm t = clock_local(zone, at);
	const char *hour = minute_words(a, lang, t.tm_hour * 60 + t.tm_min);

	if (at >= midnight(zone, now, 0) && at < midnight(zone, now, 1))
		return hour;
	if (at >= midnight(zone, now, 1) && at < midnight(zone, now, 2))
		return arena_fmt(a, tr(lang, "tomorrow at %s"), hour);
	if (at >= midnight(zone, now, -1) && at < midnight(zone, now, 0))
		return arena_fmt(a, tr(lang, "yesterday at %s"), hour);
	if (at >= midnight(zone, now, -6) && at < midnight(zone, now, 7))
		return arena_fmt(a, tr(lang, "%s at %s"), weekday[lang][t.tm_wday], hour);
	return arena_fmt(a, tr(lang, "%d %s at %s"), t.tm_mday, month_name(lang, t.tm_mon + 1), hour);
}

const char *
moment_day_words(struct arena *a, enum lang lang, const char *zone, int64_t now, int64_t at)
{
	struct tm t = clock_local(zone, at);

	if (at >= midnight(zone, now, 0) && at < midnight(zone, now, 1))
		return tr(lang, "today");
	if (at >= midnight(zone, now, 1) && at < midnight(zone, now, 2))
		return tr(lang, "tomorrow");
	if (at >= midnight(zone, now, 2) && at < midnight(zone, now, 7))
		return weekday[lang][t.tm_wday];
	return day_month_words(a, lang, t.tm_mon + 1, t.tm_mday);
}

const char *
moment_day(struct arena *a, const char *zone, int64_t at)
{
	struct tm t = clock_local(zone, at);

	return arena_fmt(a, "%04d-%02d-%02d", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
}
