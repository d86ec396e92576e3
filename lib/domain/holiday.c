/*
 * holiday.c - the tables behind holiday.h.
 */
#include "domain/holiday.h"

/* FIXED: month, day. NTH: the n-th weekday (Monday 0) of a month, -1 the last. BEFORE: the last such weekday before a date. */
enum rule { FIXED, NTH, BEFORE, EASTER };
static const struct day { enum holiday_region region; enum rule rule; int month, n, weekday; } days[] = {
	{ HOLIDAYS_QC, FIXED, 1, 1, 0 }, { HOLIDAYS_QC, EASTER, 0, -2, 0 }, { HOLIDAYS_QC, EASTER, 0, 1, 0 },
	{ HOLIDAYS_QC, BEFORE, 5, 25, 0 },		/* National Patriots' Day */
	{ HOLIDAYS_QC, FIXED, 6, 24, 0 }, { HOLIDAYS_QC, FIXED, 7, 1, 0 }, { HOLIDAYS_QC, NTH, 9, 1, 0 },
	{ HOLIDAYS_QC, NTH, 10, 2, 0 }, { HOLIDAYS_QC, FIXED, 12, 25, 0 },

	{ HOLIDAYS_CA, FIXED, 1, 1, 0 }, { HOLIDAYS_CA, EASTER, 0, -2, 0 }, { HOLIDAYS_CA, BEFORE, 5, 25, 0 },
	{ HOLIDAYS_CA, FIXED, 7, 1, 0 }, { HOLIDAYS_CA, NTH, 9, 1, 0 }, { HOLIDAYS_CA, FIXED, 9, 30, 0 },
	{ HOLIDAYS_CA, NTH, 10, 2, 0 }, { HOLIDAYS_CA, FIXED, 11, 11, 0 }, { HOLIDAYS_CA, FIXED, 12, 25, 0 },
	{ HOLIDAYS_CA, FIXED, 12, 26, 0 },

	{ HOLIDAYS_US, FIXED, 1, 1, 0 }, { HOLIDAYS_US, NTH, 1, 3, 0 }, { HOLIDAYS_US, NTH, 2, 3, 0 },
	{ HOLIDAYS_US, NTH, 5, -1, 0 }, { HOLIDAYS_US, FIXED, 6, 19, 0 }, { HOLIDAYS_US, FIXED, 7, 4, 0 },
	{ HOLIDAYS_US, NTH, 9, 1, 0 }, { HOLIDAYS_US, NTH, 10, 2, 0 }, { HOLIDAYS_US, FIXED, 11, 11, 0 },
	{ HOLIDAYS_US, NTH, 11, 4, 3 }, { HOLIDAYS_US, FIXED, 12, 25, 0 },

	{ HOLIDAYS_GB, FIXED, 1, 1, 0 }, { HOLIDAYS_GB, EASTER, 0, -2, 0 }, { HOLIDAYS_GB, EASTER, 0, 1, 0 },
	{ HOLIDAYS_GB, NTH, 5, 1, 0 }, { HOLIDAYS_GB, NTH, 5, -1, 0 }, { HOLIDAYS_GB, NTH, 8, -1, 0 },
	{ HOLIDAYS_GB, FIXED, 12, 25, 0 }, { HOLIDAYS_GB, FIXED, 12, 26, 0 },

	{ HOLIDAYS_FR, FIXED, 1, 1, 0 }, { HOLIDAYS_FR, EASTER, 0, 1, 0 }, { HOLIDAYS_FR, FIXED, 5, 1, 0 },
	{ HOLIDAYS_FR, FIXED, 5, 8, 0 }, { HOLIDAYS_FR, EASTER, 0, 39, 0 }, { HOLIDAYS_FR, EASTER, 0, 50, 0 },
	{ HOLIDAYS_FR, FIXED, 7, 14, 0 }, { HOLIDAYS_FR, FIXED, 8, 15, 0 }, { HOLIDAYS_FR, FIXED, 11, 1, 0 },
	{ HOLIDAYS_FR, FIXED, 11, 11, 0 }, { HOLIDAYS_FR, FIXED, 12, 25, 0 },
};

static const struct { const char *code, *label, *source, *reviewed; } regions[HOLIDAYS__MAX] = {
	[HOLIDAYS_NONE] = { "", N_("No: calls on holidays too"), "", "" },
	[HOLIDAYS_QC] = { "qc", N_("Quebec"), N_("Act respecting labour standards (N-1.1), s. 60; National Holiday Act (F-1.1)"), "2026-11-28" },
	[HOLIDAYS_CA] = { "ca", N_("Canada (federal)"), N_("Canada Labour Code, s. 166"), "2026-11-28" },
	[HOLIDAYS_US] = { "us", N_("United States (federal)"), N_("5 U.S.C. 6103"), "2026-11-28" },
	[HOLIDAYS_GB] = { "gb", N_("England and Wales"), N_("Banking and Financial Dealings Act 1971, schedule 1"), "2026-11-28" },
	[HOLIDAYS_FR] = { "fr", N_("France"), N_("Code du travail, art. L3133-1"), "2026-11-28" },
};

/* Days since 1970, and the weekday (Monday 0) of such a day. */
static int64_t
day_number(int year, int month, int day)
{
	struct tm t = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day };

	return timegm(&t) / 86400;
}

static int
weekday(int64_t number)
{
	return (int)((number % 7 + 7 + 3) % 7);		/* 1 January 1970 was a Thursday */
}

/* The Gregorian computus of Meeus, Jones and Butcher. */
static int64_t
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
	int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;

	return day_number(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}

static int64_t
day_of(const struct day *d, int year)
{
	int64_t first;

	switch (d->rule) {
	case FIXED:	return day_number(year, d->month, d->n);
	case EASTER:	return easter(year) + d->n;
	case BEFORE:
		first = day_number(year, d->month, d->n) - 7;
		return first + (d->weekday - weekday(first) + 7) % 7;
	case NTH:
		if (d->n < 0) {
			first = day_number(year, d->month + 1, 1) - 7;
			return first + (d->weekday - weekday(first) + 7) % 7;
		}
		first = day_number(year, d->month, 1);
		return first + (d->weekday - weekday(first) + 7) % 7 + 7 * (d->n - 1);
	}
	return 0;
}

bool
holiday_on(enum holiday_region region, int year, int month, int day)
{
	int64_t number = day_number(year, month, day);

	for (size_t i = 0; i < NITEMS(days); i++)
		if (days[i].region == region && day_of(&days[i], year) == number)
			return true;
	return false;
}

static enum holiday_region
known(enum holiday_region r)
{
	return (unsigned)r < HOLIDAYS__MAX ? r : HOLIDAYS_NONE;
}

const char *
holiday_code(enum holiday_region r)
{
	return regions[known(r)].code;
}

enum holiday_region
holiday_of_code(const char *code)
{
	for (unsigned r = 1; code != NULL && r < HOLIDAYS__MAX; r++)
		if (strcmp(regions[r].code, code) == 0)
			return (enum holiday_region)r;
	return HOLIDAYS_NONE;
}

const char *
holiday_label(enum holiday_region r, enum lang lang)
{
	return tr(lang, regions[known(r)].label);
}

const char *
holiday_source(enum holiday_region r, enum lang lang)
{
	return *regions[known(r)].source == '\0' ? "" : tr(lang, regions[known(r)].source);
}

const char *
holiday_reviewed(enum holiday_region r)
{
	return regions[known(r)].reviewed;
}
