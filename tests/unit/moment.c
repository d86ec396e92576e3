/* Moments as people say them, and field values as people read them. */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/moment.h"

#include "domain/field.h"

#include "check.h"

static int64_t
local(int y, int mo, int d, int h, int mi)
{
	struct tm t = { .tm_year = y - 1900, .tm_mon = mo - 1, .tm_mday = d, .tm_hour = h, .tm_min = mi };

	return clock_moment("America/Toronto", &t);
}

static void
moments(struct arena *a)
{
	int64_t now = local(2026, 11, 24, 13, 0);	/* a Tuesday */
	const struct { const char *name; int64_t at; const char *want; } cases[] = {
		{ "today is only the hour", local(2026, 11, 24, 21, 0), "21:00" },
		{ "the first minute of today", local(2026, 11, 24, 0, 0), "0:00" },
		{ "tomorrow", local(2026, 11, 25, 9, 0), "tomorrow at 9:00" },
		{ "yesterday", local(2026, 11, 23, 18, 10), "yesterday at 18:10" },
		{ "within a week its day", local(2026, 11, 27, 9, 5), "Friday at 9:05" },
		{ "the same weekday next week is a date", local(2026, 12, 1, 9, 0), "1 December at 9:00" },
		{ "six days ago is still a day", local(2026, 11, 18, 9, 0), "Wednesday at 9:00" },
	};

	for (size_t i = 0; i < NITEMS(cases); i++)
		CHECK_EQ_S_N(cases[i].name, moment_words(a, LANG_EN, "America/Toronto", now, cases[i].at), cases[i].want);
	CHECK_EQ_S_N("in French as the rest of the page says it", moment_words(a, LANG_FR, "America/Toronto", now, local(2026, 11, 24, 21, 0)), "21\u00a0h");
	CHECK_EQ_S_N("with its minutes", moment_words(a, LANG_FR, "America/Toronto", now, local(2026, 11, 24, 9, 5)), "9\u00a0h\u00a005");
	CHECK_EQ_S_N("tomorrow over the night in which clocks change",
	    moment_words(a, LANG_EN, "America/Toronto", local(2026, 10, 31, 22, 0), local(2026, 11, 1, 9, 0)), "tomorrow at 9:00");
	CHECK_EQ_S_N("a late evening is another day in another zone",
	    moment_words(a, LANG_EN, "Europe/Paris", now, local(2026, 11, 24, 21, 0)), "tomorrow at 3:00");
	CHECK_EQ_S_N("the local day", moment_day(a, "America/Toronto", local(2026, 11, 24, 23, 59)), "2026-11-24");
}

static void
values(struct arena *a)
{
	const struct today today = { 2026, 11, 24 };
	const struct { const char *name; enum person_field f; enum lang lang; const char *value, *want; } cases[] = {
		{ "nothing stays nothing", FIELD_EMAIL, LANG_FR, "", "" },
		{ "a language in the reader's", FIELD_LANGUAGE, LANG_FR, "en", "Anglais" },
		{ "a birthday that was", FIELD_BIRTH_DATE, LANG_EN, "1969-05-02", "2 May 1969 (aged 57)" },
		{ "a birthday to come this year", FIELD_BIRTH_DATE, LANG_FR, "1969-12-01", "1er décembre 1969 (56 ans)" },
		{ "a birthday today", FIELD_BIRTH_DATE, LANG_EN, "2000-11-24", "24 November 2000 (aged 26)" },
		{ "a date that is none stays as it is", FIELD_BIRTH_DATE, LANG_EN, "1969", "1969" },
		{ "a French address", FIELD_ADDRESS, LANG_FR, "12|rue A|3|Laval|H1A 1A1", "12, rue A, app. 3, Laval  H1A 1A1" },
		{ "an English address", FIELD_ADDRESS, LANG_EN, "12|rue A||Laval|", "12 rue A, Laval" },
		{ "only a city", FIELD_ADDRESS, LANG_EN, "|||Laval|", "Laval" },
		{ "no address", FIELD_ADDRESS, LANG_EN, "||||", "" },
		{ "tags", FIELD_TAGS, LANG_EN, "membre|bénévole", "membre · bénévole" },
		{ "money", FIELD_DONATIONS_YEAR, LANG_FR, "1200.50", "1200,50\xc2\xa0$" },
	};

	for (size_t i = 0; i < NITEMS(cases); i++)
		CHECK_EQ_S_N(cases[i].name, field_show(cases[i].f, cases[i].value, cases[i].lang, &today, a), cases[i].want);
}

static void
modes(void)
{
	struct field_rules c, e;

	field_rules_default(OP_CONTACTS, &c);
	field_rules_default(OP_ELECTORS, &e);
	CHECK_CASE("fact 80: polling place is for electors, donations for contacts", field_in(FIELD_POLLING_PLACE, OP_ELECTORS) &&
	    !field_in(FIELD_POLLING_PLACE, OP_CONTACTS) && !field_in(FIELD_DONATIONS_YEAR, OP_ELECTORS));
	CHECK_CASE("fact 76: birth date, donations and polling place are never editable", !field_allows(FIELD_BIRTH_DATE, MODE_EDITABLE) &&
	    !field_allows(FIELD_DONATIONS_YEAR, MODE_EDITABLE) && !field_allows(FIELD_POLLING_PLACE, MODE_EDITABLE));
	CHECK_CASE("fact 75: e-mail and language may be", field_allows(FIELD_EMAIL, MODE_EDITABLE) && field_allows(FIELD_LANGUAGE, MODE_EDITABLE));
	CHECK_CASE("a name is always visible, never hidden", field_allows(FIELD_LAST_NAME, MODE_VISIBLE) && !field_allows(FIELD_LAST_NAME, MODE_HIDDEN));
	CHECK_CASE("each source has its own fields", c.n > 10 && e.n > 10 && c.n < FIELD__MAX && e.n < FIELD__MAX);
	for (unsigned f = 0; f < FIELD__MAX; f++)
		CHECK_EQ_U_N(field_code((enum person_field)f), field_of_code(field_code((enum person_field)f)), f);
	CHECK_CASE("an unknown code is no field", field_of_code("nonsense") == FIELD__MAX);
}

int
main(void)
{
	struct arena *a = arena_new();

	moments(a);
	values(a);
	modes();
	arena_free(a);
	return check_done();
}
