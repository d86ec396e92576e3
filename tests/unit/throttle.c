/* Pauses after failed sign-ins: the pure rule. */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"

#include "domain/setup.h"
#include "domain/throttle.h"

#include "check.h"

#define PAUSE	(15 * MINUTE_US)
#define T0	(1000 * DAY_US)

/* Tries at these minutes, at most 3 in 15 minutes; what is each one told? */
static const struct { const char *name; int minute[8]; const char *want; } cases[] = {
	{ "three tries are allowed, the fourth is not",            { 0, 0, 0, 0 },             "yyyn" },
	{ "the pause lasts from the last allowed try",             { 0, 1, 2, 16, 17 },        "yyyny" },
	{ "after the pause counting starts anew",                  { 0, 0, 0, 15, 15, 15, 15 }, "yyyyyyn" },
	{ "tries far apart never pause",                           { 0, 14, 30, 44, 60, 74 },  "yyyyyy" },
	{ "knocking during the pause does not make it longer",     { 0, 0, 0, 5, 14, 15 },     "yyynny" },
};

static void
rule(void)
{
	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct throttle t = { 0, T0, 0 }, next;
		char got[9] = "";

		for (size_t k = 0; cases[i].want[k] != '\0'; k++) {
			got[k] = throttle_decide(&t, 3, PAUSE, T0 + cases[i].minute[k] * MINUTE_US, &next) ? 'y' : 'n';
			t = next;
		}
		CHECK_EQ_S_N(cases[i].name, got, cases[i].want);
	}
}

static void
addresses(struct arena *a)
{
	CHECK_EQ_S(throttle_address(a, "203.0.113.9"), "a:203.0.113.9");
	CHECK_EQ_S_N("an IPv6 address counts as its /64", throttle_address(a, "2001:db8:1:2:aaaa::1"), "a:2001:0db8:0001:0002");
	CHECK_EQ_S_N("an IPv4 address written as IPv6", throttle_address(a, "::ffff:203.0.113.9"), "a:203.0.113.9");
}

static void
codes(struct arena *a)
{
	CHECK_EQ_S_N("case, spaces and dashes do not count", setup_code_fold(a, " k7qm-2xwd 9pta "), "K7QM2XWD9PTA");
	CHECK_EQ_S_N("letters that look like digits are those digits", setup_code_fold(a, "OOIL-2XWD-9PTA"), "00112XWD9PTA");
	CHECK_EQ_S_N("too short is no code", setup_code_fold(a, "K7QM-2XWD-9PT"), "");
	CHECK_EQ_S_N("too long is no code", setup_code_fold(a, "K7QM-2XWD-9PTAA"), "");
	CHECK_EQ_S_N("a letter that no code has", setup_code_fold(a, "U7QM-2XWD-9PTA"), "");
}

int
main(void)
{
	struct arena *a = arena_new();

	rule();
	addresses(a);
	codes(a);
	arena_free(a);
	return check_done();
}
