/*
 * floor - the rules of the calling floor: what an agent does by what is stored, and how a pace is told.
 */
#include "check.h"

#include "domain/floor.h"
#include "plumb/base.h"
#include "plumb/clock.h"

#define NOW	(1000 * HOUR_US)
#define AGO(n)	(NOW - (int64_t)(n) * MINUTE_US)

static void
states(void)
{
	static const struct { const char *name; struct floor_signs signs; enum floor_state state; int64_t since; } row[] = {
		{ "nothing at all: gone", { 0 }, FLOOR_GONE, 0 },
		{ "a person: calling, since they were given", { .claimed_at = AGO(3), .held_until = NOW + 1 }, FLOOR_CALLING, AGO(3) },
		{ "... also long after the last call", { .claimed_at = AGO(3), .held_until = NOW + 1, .saved_at = AGO(90) }, FLOOR_CALLING, AGO(3) },
		{ "somebody answered: on the line, since then", { .claimed_at = AGO(3), .held_until = NOW + 1, .answered_at = AGO(2) },
		    FLOOR_TALKING, AGO(2) },
		{ "it is over: writing up", { .claimed_at = AGO(3), .held_until = NOW + 1, .answered_at = AGO(2), .over_at = AGO(1) },
		    FLOOR_WRITING, AGO(1) },
		{ "over without an answer: writing up too", { .claimed_at = AGO(3), .held_until = NOW + 1, .over_at = AGO(1) }, FLOOR_WRITING, AGO(1) },
		{ "own phone, the conversation has begun: on the line", { .claimed_at = AGO(3), .held_until = NOW + 1, .conversation_at = AGO(2) },
		    FLOOR_TALKING, AGO(2) },
		{ "the answer of the line before that of the form", { .claimed_at = AGO(5), .held_until = NOW + 1, .conversation_at = AGO(1),
		    .answered_at = AGO(4) }, FLOOR_TALKING, AGO(4) },
		{ "a hold that ends at this moment is over: gone, since they were given the person",
		    { .claimed_at = AGO(20), .held_until = NOW }, FLOOR_GONE, AGO(20) },
		{ "... and not idle although the last call was a moment ago", { .claimed_at = AGO(5), .held_until = NOW - 1, .saved_at = AGO(5) },
		    FLOOR_GONE, AGO(5) },
		{ "a break", { .break_at = AGO(7), .saved_at = AGO(8) }, FLOOR_BREAK, AGO(7) },
		{ "a break begun with a person on the page: with the person", { .claimed_at = AGO(9), .held_until = NOW + 1, .break_at = AGO(7) },
		    FLOOR_CALLING, AGO(9) },
		{ "a break that is over: idle, since its end", { .break_at = AGO(17), .break_over_at = AGO(2), .saved_at = AGO(18) }, FLOOR_IDLE, AGO(2) },
		{ "a break that nobody ended is over after half a day", { .break_at = AGO(12 * 60), .saved_at = AGO(13 * 60) }, FLOOR_GONE, AGO(13 * 60) },
		{ "a call saved nine minutes ago: idle", { .saved_at = AGO(9) }, FLOOR_IDLE, AGO(9) },
		{ "ten minutes ago: gone", { .saved_at = AGO(10) }, FLOOR_GONE, AGO(10) },
		{ "an open line: idle however long", { .saved_at = AGO(40), .line_at = AGO(90) }, FLOOR_IDLE, AGO(40) },
	};

	for (size_t i = 0; i < NITEMS(row); i++) {
		int64_t since = -1;
		enum floor_state s = floor_state(&row[i].signs, NOW, &since);
		CHECK_CASE(row[i].name, s == row[i].state && since == row[i].since);
	}
}

static void
rates(void)
{
	unsigned odd[] = { 30, 0, 10, 12 }, even[] = { 9, 20, 0, 13, 10 }, few[] = { 12, 0, 30 };

	CHECK_EQ_U_N("the twelfth call an hour after the first: eleven an hour", floor_rate(12, AGO(60), NOW, 0), 11);
	CHECK_EQ_U_N("twelve in two hours with an hour of breaks", floor_rate(12, AGO(120), NOW, HOUR_US), 11);
	CHECK_EQ_U_N("rounded to the nearest", floor_rate(6, AGO(40), NOW, 0), 8);
	CHECK_EQ_U_N("nine minutes are too early to say", floor_rate(4, AGO(9), NOW, 0), 0);
	CHECK_EQ_U_N("ten are not", floor_rate(4, AGO(10), NOW, 0), 18);
	CHECK_EQ_U_N("breaks as long as the shift", floor_rate(4, AGO(60), NOW, HOUR_US), 0);
	CHECK_EQ_U_N("a day before the first call was noted", floor_rate(40, 0, NOW, 0), 0);
	CHECK_EQ_U_N("calls that were all taken back", floor_rate(0, AGO(60), NOW, 0), 0);
	CHECK_EQ_U_N("many calls do not overflow", floor_rate(60001, AGO(60), NOW, 0), 60000);
	CHECK_EQ_U_N("the middle of three", floor_median(odd, NITEMS(odd)), 12);
	CHECK_EQ_U_N("of four: between the two in the middle", floor_median(even, NITEMS(even)), 12);
	CHECK_EQ_U_N("two are no room to compare with", floor_median(few, NITEMS(few)), 0);
	CHECK_EQ_U_N("nobody", floor_median(few, 0), 0);
	CHECK(floor_pace(9, 12) == PACE_LIKE_MOST && floor_pace(15, 12) == PACE_LIKE_MOST);
	CHECK(floor_pace(8, 12) == PACE_CALMER && floor_pace(16, 12) == PACE_BRISKER);
	CHECK(floor_pace(0, 12) == PACE_NONE && floor_pace(12, 0) == PACE_NONE);
}

int
main(void)
{
	states();
	rates();
	return check_done();
}
