/*
 * date.c - see date.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"

const char *
month_name(enum lang lang, int month)
{
	static const char *const name[LANG__MAX][12] = {
		{ "January", "February", "March", "April", "May", "June", "July", "August", "September",
		  "October", "November", "December" },
		{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
		  "octobre", "novembre", "décembre" },
	};

	assert(month >= 1 && month <= 12);
	return name[lang][month - 1];
}

const char *
day_month_words(struct arena *a, enum lang lang, int month, int day)
{
	return arena_fmt(a, lang == LANG_FR && day == 1 ? "%der %s" : "%d %s", day, month_name(lang, month));
}

const char *
date_words(struct arena *a, enum lang lang, int year, int month, int day)
{
	return arena_fmt(a, "%s %d", day_month_words(a, lang, month, day), year);
}

const char *
minute_words(struct arena *a, enum lang lang, int minute)
{
	if (lang == LANG_EN)
		return arena_fmt(a, "%d:%02d", minute / 60, minute % 60);
	if (minute % 60 == 0)
		return arena_fmt(a, "%d\u00a0h", minute / 60);
	return arena_fmt(a, "%d\u00a0h\u00a0%02d", minute / 60, minute % 60);
}

const char *
full_day_words(struct arena *a, enum lang lang, const char *zone, int64_t at)
{
	struct tm t = clock_local(zone, at);

	return date_words(a, lang, t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
}

const char *
full_moment_words(struct arena *a, enum lang lang, const char *zone, int64_t at)
{
	struct tm t = clock_local(zone, at);

	return arena_fmt(a, "%s, %s", full_day_words(a, lang, zone, at), minute_words(a, lang, t.tm_hour * 60 + t.tm_min));
}

const char *
ago_words(struct arena *a, enum lang lang, int64_t at, int64_t now)
{
	unsigned long minutes = now > at ? (unsigned long)((now - at) / MINUTE_US) : 0, hours = minutes / 60, days = hours / 24;

	if (minutes == 0)
		return tr(lang, "just now");
	if (hours == 0)
		return arena_fmt(a, trn(lang, "%lu minute ago", "%lu minutes ago", minutes), minutes);
	if (days == 0)
		return arena_fmt(a, trn(lang, "%lu hour ago", "%lu hours ago", hours), hours);
	return arena_fmt(a, trn(lang, "%lu day ago", "%lu days ago", days), days);
}

const char *
utc_text(struct arena *a, int64_t at)
{
	time_t t = (time_t)(at / SECOND_US);
	struct tm tm;

	if (at <= 0)
		return NULL;
	gmtime_r(&t, &tm);
	return arena_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}
