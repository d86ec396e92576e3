/*
 * cookie.c - which value a Cookie header gives.
 */
#include "plumb/arena.h"
#include "plumb/cookie.h"

#include "check.h"

int
main(void)
{
	static const struct { const char *name, *header, *want; } cases[] = {
		{ "one cookie",                            "tocsin=abc", "abc" },
		{ "among others",                          "a=1; tocsin=abc; b=2", "abc" },
		{ "without the blank",                     "a=1;tocsin=abc;b=2", "abc" },
		{ "empty",                                 "tocsin=", "" },
		{ "= in the value",                        "tocsin=a=b==", "a=b==" },
		{ "absent",                                "a=1; b=2", NULL },
		{ "no header",                             NULL, NULL },
		{ "empty header",                          "", NULL },
		{ "a name that ends as ours",              "xtocsin=abc", NULL },
		{ "a name that begins as ours",            "tocsin2=abc", NULL },
		{ "another case",                          "Tocsin=abc", NULL },
		{ "no value",                              "tocsin", NULL },
		{ "given twice",                           "tocsin=a; tocsin=b", NULL },
		{ "given twice with the same value",       "tocsin=a; tocsin=a", NULL },
		{ "quoted",                                "tocsin=\"abc\"", NULL },
		{ "a blank in the value",                  "tocsin=a b", NULL },
		{ "a comma in the value",                  "tocsin=a,b", NULL },
		{ "a backslash in the value",              "tocsin=a\\b", NULL },
		{ "a control byte in the value",           "tocsin=a\001b", NULL },
		{ "a byte above ASCII",                    "tocsin=\xe9", NULL },
		{ "inside another's value",                "a=\"tocsin=abc", NULL },
		{ "strange cookies of others are skipped", "x={\"a\":1, \"b\":2}; =; ;;; tocsin=abc", "abc" },
	};
	struct arena *a = arena_new();
	char big[600] = "tocsin=";

	for (size_t i = 0; i < NITEMS(cases); i++)
		CHECK_EQ_S_N(cases[i].name, cookie_value(a, cases[i].header, "tocsin"), cases[i].want);
	memset(big + 7, 'a', 512);
	CHECK_CASE("512 bytes are taken", cookie_value(a, big, "tocsin") != NULL);
	big[519] = 'a';
	CHECK_CASE("513 bytes are not", cookie_value(a, big, "tocsin") == NULL);
	arena_free(a);
	return check_done();
}
