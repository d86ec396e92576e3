/*
 * text.h - small pure functions over text. UTF-8 throughout.
 */
#ifndef PLUMB_TEXT_H
#define PLUMB_TEXT_H

#include "plumb/base.h"

struct arena;

bool   text_is_utf8(const char *s, size_t n);	/* valid, shortest form, no surrogates, no NUL */
size_t text_chars(const char *s);		/* code points of valid UTF-8 */
char  *text_trim(struct arena *, const char *s);	/* without white space at both ends (also U+00A0) */
char  *text_cut(struct arena *, const char *s, size_t max_chars);
const char *text_initials(struct arena *, const char *name);	/* of the first and the last word: "Marie-Ève Gagnon" is MG */
const char *text_tame(struct arena *, const char *s);	/* for logs: control bytes become '?', at most 120 bytes */
bool   text_is_blank(const char *s);		/* NULL, "" or only white space */

bool   parse_uint(const char *s, uint64_t min, uint64_t max, uint64_t *out);	/* digits only, no sign, no space */
bool   parse_date(const char *s, int *year, int *month, int *day);	/* YYYY-MM-DD that exists */
bool   parse_time_of_day(const char *s, int *minute_of_day);	/* HH:MM, 00:00-23:59 (HH:MM:SS accepted, seconds dropped) */

/* Splits at `sep`; parts live in the arena; returns their number, at most max. "" gives 0. */
size_t text_split(struct arena *, const char *s, char sep, const char **parts, size_t max);

#endif
