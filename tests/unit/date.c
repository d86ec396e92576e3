/* Dates and times of day as people read them. */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"

#include "check.h"

int
main(void)
{
	struct arena *a = arena_new();

	CHECK_EQ_S(date_words(a, LANG_EN, 2026, 11, 24), "24 November 2026");
	CHECK_EQ_S(date_words(a, LANG_FR, 2026, 11, 24), "24 novembre 2026");
	CHECK_EQ_S_N("the first is said so in French", date_words(a, LANG_FR, 2026, 12, 1), "1er décembre 2026");
	CHECK_EQ_S(minute_words(a, LANG_EN, 9 * 60), "9:00");
	CHECK_EQ_S(minute_words(a, LANG_FR, 9 * 60), "9\u00a0h");
	CHECK_EQ_S(minute_words(a, LANG_FR, 17 * 60 + 5), "17\u00a0h\u00a005");
	CHECK_EQ_S(ago_words(a, LANG_EN, 0, 59 * SECOND_US), "just now");
	CHECK_EQ_S(ago_words(a, LANG_EN, 0, MINUTE_US), "1 minute ago");
	CHECK_EQ_S(ago_words(a, LANG_EN, 0, 59 * MINUTE_US), "59 minutes ago");
	CHECK_EQ_S(ago_words(a, LANG_EN, 0, 60 * MINUTE_US), "1 hour ago");
	CHECK_EQ_S(ago_words(a, LANG_EN, 0, 47 * HOUR_US), "1 day ago");
	CHECK_EQ_S_N("a clock that went back is no past", ago_words(a, LANG_EN, HOUR_US, 0), "just now");
	arena_free(a);
	return check_done();
}
