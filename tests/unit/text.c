/*
 * text.c - UTF-8, trimming, cutting, taming, and the parsers of plain values.
 */
#include "check.h"
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/text.h"

static struct arena *a;

static void
utf8(void)
{
	static const struct { const char *name, *s; size_t n; bool ok; } cases[] = {
		{ "ASCII", "abc", 3, true }, { "accents", "Gélinas", 8, true }, { "four bytes", "\xf0\x9d\x84\x9e", 4, true },
		{ "the last code point", "\xf4\x8f\xbf\xbf", 4, true }, { "nothing", "", 0, true },
		{ "NUL", "a\0b", 3, false }, { "Latin-1", "G\xe9linas", 7, false }, { "cut in the middle", "\xc3", 1, false },
		{ "overlong slash", "\xc0\xaf", 2, false }, { "overlong in three bytes", "\xe0\x80\xaf", 3, false },
		{ "overlong in four bytes", "\xf0\x80\x80\xaf", 4, false }, { "surrogate", "\xed\xa0\x80", 3, false },
		{ "beyond U+10FFFF", "\xf4\x90\x80\x80", 4, false }, { "byte that never is", "\xff", 1, false },
		{ "lonely continuation", "\x80", 1, false }, { "continuation missing", "\xe2\x82z", 3, false },
	};

	for (size_t i = 0; i < NITEMS(cases); i++)
		CHECK_CASE(arena_fmt(a, "UTF-8: %s", cases[i].name), text_is_utf8(cases[i].s, cases[i].n) == cases[i].ok);
	CHECK_EQ_U(text_chars("Gélinas 𝄞"), 9);
}

static void
trimming(void)
{
	CHECK_EQ_S(text_trim(a, " \t a b\r\n"), "a b");
	CHECK_EQ_S_N("a no-break space counts as white", text_trim(a, "\xc2\xa0\xe2\x80\xaf" "Élise\xc2\xa0"), "Élise");
	CHECK_EQ_S(text_trim(a, ""), "");
	CHECK_EQ_S(text_trim(a, " \xc2\xa0 "), "");
	CHECK_EQ_S_N("a letter whose last byte looks like a space's stays", text_trim(a, "à"), "à");
	CHECK(text_is_blank(NULL) && text_is_blank("") && text_is_blank(" \t\xc2\xa0") && !text_is_blank(" à "));
	CHECK_EQ_S(text_cut(a, "Gélinas", 2), "Gé");
	CHECK_EQ_S(text_cut(a, "Gé", 5), "Gé");
	CHECK_EQ_S(text_cut(a, "Gé", 0), "");
}

static void
taming(void)
{
	char longest[400];

	CHECK_EQ_S(text_tame(a, "a\nb\x1b[31m\x7f"), "a?b?[31m?");
	CHECK_EQ_S_N("no UTF-8 and C1 controls", text_tame(a, "\xff\xc2\x9b" "é"), "??é");
	CHECK_EQ_S(text_tame(a, NULL), "");
	memset(longest, 'x', sizeof(longest));
	longest[399] = '\0';
	CHECK_EQ_U(strlen(text_tame(a, longest)), 120);
	for (size_t i = 0; i + 1 < sizeof(longest); i += 2)
		memcpy(longest + i, "é", 2);
	longest[0] = 'x';
	longest[1] = 'y';
	longest[398] = '\0';
	CHECK_CASE("cut between characters", text_is_utf8(text_tame(a, longest), strlen(text_tame(a, longest))));
}

static void
numbers(void)
{
	static const struct { const char *s; bool ok; uint64_t v; } cases[] = {
		{ "0", true, 0 }, { "007", true, 7 }, { "18446744073709551615", true, UINT64_MAX },
		{ "18446744073709551616", false, 0 }, { "99999999999999999999999", false, 0 }, { "", false, 0 },
		{ "-1", false, 0 }, { "+1", false, 0 }, { " 1", false, 0 }, { "1 ", false, 0 }, { "0x1", false, 0 },
		{ "1.0", false, 0 }, { "١", false, 0 },
	};
	uint64_t v = 0;

	for (size_t i = 0; i < NITEMS(cases); i++)
		CHECK_CASE(arena_fmt(a, "number \"%s\"", cases[i].s),
		    parse_uint(cases[i].s, 0, UINT64_MAX, &v) == cases[i].ok && (!cases[i].ok || v == cases[i].v));
	CHECK(!parse_uint("4", 5, 9, &v) && parse_uint("5", 5, 9, &v) && parse_uint("9", 5, 9, &v) && !parse_uint("10", 5, 9, &v));
	CHECK(!parse_uint(NULL, 0, 1, &v));
}

static void
dates(void)
{
	static const struct { const char *s; bool ok; } days[] = {
		{ "2026-02-28", true }, { "2026-02-29", false }, { "2028-02-29", true }, { "2000-02-29", true },
		{ "2100-02-29", false }, { "2026-04-31", false }, { "2026-12-31", true }, { "2026-13-01", false },
		{ "2026-00-10", false }, { "2026-01-00", false }, { "26-01-01", false }, { "2026-1-1", false },
		{ "2026-01-01x", false }, { "", false }, { "0000-01-01", false }, { "2026/01/01", false },
	};
	static const struct { const char *s; int minute; } times[] = {
		{ "00:00", 0 }, { "09:30", 570 }, { "23:59", 1439 }, { "17:30:59", 1050 }, { "24:00", -1 }, { "12:60", -1 },
		{ "9:30", -1 }, { "09:3", -1 }, { "09-30", -1 }, { "09:30:60", -1 }, { "09:30:1", -1 }, { "", -1 },
	};
	int y, m, d;

	for (size_t i = 0; i < NITEMS(days); i++)
		CHECK_CASE(arena_fmt(a, "date \"%s\"", days[i].s), parse_date(days[i].s, &y, &m, &d) == days[i].ok);
	CHECK(parse_date("2026-11-23", &y, &m, &d) && y == 2026 && m == 11 && d == 23);
	for (size_t i = 0; i < NITEMS(times); i++) {
		int minute = -1;
		bool ok = parse_time_of_day(times[i].s, &minute);
		CHECK_CASE(arena_fmt(a, "time \"%s\"", times[i].s), ok == (times[i].minute >= 0) && minute == times[i].minute);
	}
	CHECK(!parse_date(NULL, &y, &m, &d) && !parse_time_of_day(NULL, &y));
}

static void
splitting(void)
{
	const char *part[3];

	CHECK_EQ_U(text_split(a, "", '|', part, 3), 0);
	CHECK(text_split(a, "a", '|', part, 3) == 1 && strcmp(part[0], "a") == 0);
	CHECK(text_split(a, "a||c", '|', part, 3) == 3 && part[1][0] == '\0' && strcmp(part[2], "c") == 0);
	CHECK(text_split(a, "a|", '|', part, 3) == 2 && part[1][0] == '\0');
	CHECK_CASE("more parts than room: the rest is left out", text_split(a, "a|b|c|d", '|', part, 3) == 3 && strcmp(part[2], "c") == 0);
	CHECK_EQ_S_N("initials", text_initials(a, "Marie-Ève Gagnon"), "MG");
	CHECK_EQ_S_N("of one word, with its accent", text_initials(a, "Éric"), "É");
	CHECK_EQ_S_N("of three words the outer ones", text_initials(a, "Karim El Amrani"), "KA");
	CHECK_EQ_S_N("of none", text_initials(a, ""), "");
}

int
main(void)
{
	a = arena_new();
	utf8();
	trimming();
	taming();
	numbers();
	dates();
	splitting();
	arena_free(a);
	return check_done();
}
