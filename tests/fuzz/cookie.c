/*
 * cookie.c - request headers of any bytes: cookies, the browser's languages, and paths against patterns.
 */
#include "plumb/arena.h"
#include "plumb/cookie.h"
#include "plumb/lang.h"
#include "plumb/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *a;
	const char *text, *value;
	char word[81];
	uint64_t id;

	if (a == NULL)
		a = arena_new();
	text = arena_strndup(a, (const char *)data, n);
	value = cookie_value(a, text, "t");
	for (const char *p = value == NULL ? "" : value; *p != '\0'; p++)
		assert(*p > 0x20 && *p < 0x7f && strchr("\",;\\", *p) == NULL);
	assert(lang_from_header(text) < LANG__MAX);
	if (route_fits("/j/:word", text, &id, word))
		assert(strlen(word) == strlen(text) - 3);
	if (route_fits("/o/:id/x", text, &id, word))
		assert(id > 0);
	arena_reset(a);
	return 0;
}
