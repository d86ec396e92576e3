/*
 * phone.h - phone numbers as people write them, to E.164. libphonenumber in phone.cc behind it,
 * with a fast path for ten plain North American digits that a test shows equal to the library.
 *
 * Extensions and labels come off first (poste 22, p. 22, ext. 22, x22, #22). A number with letters among its
 * digits, an emergency number, or one that is not possible is refused. "Possible" is enough: the
 * library predates area codes in service (354, 382, ...), so "valid" is only advice.
 */
#ifndef PLUMB_PHONE_H
#define PLUMB_PHONE_H

#ifdef __cplusplus
extern "C" {
#endif
#include <stdbool.h>
#include <stddef.h>

enum phone_verdict {
	PHONE_OK,		/* possible; e164 filled */
	PHONE_EMPTY,		/* nothing there */
	PHONE_WORDS,		/* words only: "confidentiel", "aucun" */
	PHONE_LETTERS,		/* letters among the digits */
	PHONE_EMERGENCY,	/* 911 and the like */
	PHONE_IMPOSSIBLE	/* too short, too long, unknown country */
};
struct phone_number { char e164[17]; char extension[11]; bool valid; };

/* region: "CA". */
enum phone_verdict phone_parse(const char *text, const char *region, struct phone_number *out);
/* The library alone, without the fast path: for the differential test. */
enum phone_verdict phone_parse_slow(const char *text, const char *region, struct phone_number *out);
/* "438 555-0000" for +1, "+33 1 23 45 67 89" otherwise. Pure C, no library: safe in every area. */
void phone_display(const char *e164, char *out, size_t n);

#ifdef __cplusplus
}
#endif
#endif
