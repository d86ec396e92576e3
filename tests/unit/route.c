/*
 * route.c - which path fits which pattern.
 */
#include "plumb/request.h"

#include "check.h"

int
main(void)
{
	static const struct { const char *pattern, *path; bool fits; uint64_t id; const char *word; } cases[] = {
		{ "/",                    "/",                         true,  0, "" },
		{ "/",                    "",                          false, 0, "" },
		{ "/operations",          "/operations",               true,  0, "" },
		{ "/operations",          "/operations/",              false, 0, "" },
		{ "/operations",          "/operation",                false, 0, "" },
		{ "/operations",          "/Operations",               false, 0, "" },
		{ "/operations/:id",      "/operations/42",            true,  42, "" },
		{ "/operations/:id",      "/operations/18446744073709551615", true, UINT64_MAX, "" },
		{ "/operations/:id",      "/operations/18446744073709551616", false, 0, "" },
		{ "/operations/:id",      "/operations/000000000000000000000000001", false, 0, "" },
		{ "/operations/:id",      "/operations/0",             false, 0, "" },
		{ "/operations/:id",      "/operations/042",           false, 0, "" },
		{ "/operations/:id",      "/operations/",              false, 0, "" },
		{ "/operations/:id",      "/operations/-1",            false, 0, "" },
		{ "/operations/:id",      "/operations/4x",            false, 0, "" },
		{ "/operations/:id",      "/operations/42/share",      false, 0, "" },
		{ "/operations/:id/share", "/operations/42/share",     true,  42, "" },
		{ "/operations/:id/share", "/operations/42/sharing",   false, 0, "" },
		{ "/operations/:id/share", "/operations//share",       false, 0, "" },
		{ "/j/:word",             "/j/Ab-_9",                  true,  0, "Ab-_9" },
		{ "/j/:word",             "/j/",                       false, 0, "" },
		{ "/j/:word",             "/j/a/b",                    false, 0, "" },
		{ "/j/:word",             "/j/a.b",                    false, 0, "" },
		{ "/j/:word",             "/j/../etc",                 false, 0, "" },
		{ "/j/:word",             "/j/\xc3\xa9",               false, 0, "" },
		{ "/x/:id/:word",         "/x/7/seven",                true,  7, "seven" },
		{ "/hooks/:rest",             "/hooks/3/42/contact",       true,  0, "" },
		{ "/hooks/:rest",             "/hooks/",                   true,  0, "" },
		{ "/hooks/:rest",             "/hooks",                    false, 0, "" },
	};
	char word[81], path[100] = "/j/", name[200];
	uint64_t id;

	for (size_t i = 0; i < NITEMS(cases); i++) {
		bool fits = route_fits(cases[i].pattern, cases[i].path, &id, word);

		snprintf(name, sizeof(name), "%s %s %s", cases[i].path, cases[i].fits ? "fits" : "does not fit", cases[i].pattern);
		CHECK_CASE(name, fits == cases[i].fits && (!fits || (id == cases[i].id && strcmp(word, cases[i].word) == 0)));
	}
	memset(path + 3, 'a', 80);
	CHECK_CASE("a word of 80 characters", route_fits("/j/:word", path, &id, word) && strlen(word) == 80);
	path[83] = 'a';
	CHECK_CASE("a word of 81 characters does not fit", !route_fits("/j/:word", path, &id, word));
	return check_done();
}
