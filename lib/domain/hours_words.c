/*
 * hours_words.c - days in a row with the same hours are one part of the sentence.
 */
#include "domain/hours_words.h"

#include "plumb/arena.h"
#include "plumb/date.h"

static const char *const days[LANG__MAX][WEEK] = {
	{ "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
	{ "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche" },
};

static bool
same(const struct window *a, const struct window *b)
{
	return a->opens == b->opens && a->closes == b->closes;
}

/* "Monday to Friday": the days from `first` to `last`. */
static const char *
span(struct arena *a, enum lang lang, int first, int last)
{
	if (first == last)
		return days[lang][first];
	return arena_fmt(a, last == first + 1 ? tr(lang, "%s and %s") : tr(lang, "%s to %s"), days[lang][first], days[lang][last]);
}

const char *
hours_words_week(struct arena *a, enum lang lang, const struct hours *h)
{
	const char *text = "";

	if (!h->by_day)
		text = arena_fmt(a, tr(lang, "every day from %s to %s"), minute_words(a, lang, h->opens_minute),
		    minute_words(a, lang, h->closes_minute));
	for (int d = 0, last; h->by_day && d < WEEK; d = last + 1) {
		for (last = d; last + 1 < WEEK && same(&h->day[last + 1], &h->day[d]); last++)
			;
		if (h->day[d].opens < h->day[d].closes)
			text = arena_fmt(a, "%s%s%s", text, *text == '\0' ? "" : ", ", arena_fmt(a, tr(lang, "%s from %s to %s"),
			    span(a, lang, d, last), minute_words(a, lang, h->day[d].opens), minute_words(a, lang, h->day[d].closes)));
	}
	return h->holidays == 0 ? text : arena_fmt(a, tr(lang, "%s; no calls on public holidays"), text);
}
