/*
 * refusal.c - the table of refusal.h.
 */
#include "plumb/refusal.h"

static const struct { enum http status; const char *key, *text; } refusals[R__MAX] = {
#define AS_ROW(id, status, key, text) [id] = { status, key, text },
	REFUSALS(AS_ROW)
#undef AS_ROW
};

enum http
refusal_status(enum refusal r)
{
	assert(r < R__MAX);
	return refusals[r].status;
}

const char *
refusal_key(enum refusal r)
{
	assert(r < R__MAX);
	return refusals[r].key;
}

const char *
refusal_text(enum refusal r, enum lang lang)
{
	assert(r < R__MAX);
	return refusals[r].text[0] == '\0' ? "" : tr(lang, refusals[r].text);
}
