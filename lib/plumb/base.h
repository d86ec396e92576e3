/*
 * base.h - what every C file starts with: the system headers, the three-answer
 * lookup, HTTP statuses, and the bans on functions that cut or overrun.
 */
#ifndef PLUMB_BASE_H
#define PLUMB_BASE_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NITEMS(a)	(sizeof(a) / sizeof((a)[0]))
#define PRINTF_LIKE(f, v) __attribute__((format(printf, f, v)))

/* A lookup has three answers: a broken database never looks like "no such thing". */
enum found { FOUND, NONE, FAILED };

/* What a write came to. ALREADY and UNSURE are outcomes, not errors:
 * the same form sent again, and a link lost during COMMIT (safe to send again). */
enum saved { SAVED, ALREADY, REFUSED, UNSURE, NOT_SAVED };

enum http {
	HTTP_OK = 200, HTTP_ACCEPTED = 202, HTTP_NO_CONTENT = 204, HTTP_SEE_OTHER = 303, HTTP_NOT_MODIFIED = 304,
	HTTP_BAD = 400, HTTP_NO_TOKEN = 401, HTTP_FORBIDDEN = 403, HTTP_NOT_FOUND = 404, HTTP_BAD_METHOD = 405,
	HTTP_CONFLICT = 409, HTTP_GONE = 410, HTTP_TOO_LARGE = 413, HTTP_BAD_TYPE = 415,
	HTTP_UNPROCESSABLE = 422, HTTP_TOO_MANY = 429, HTTP_FAIL = 500, HTTP_UNAVAILABLE = 503
};

/* Memory or death: a process without memory stops and is restarted. Zeroed. */
void *must_alloc(size_t n);
void *must_realloc(void *p, size_t n);

#ifndef ALLOW_SHARP_TOOLS
#define strcpy(d, s)	banned_use_buf_text_instead
#define strcat(d, s)	banned_use_buf_text_instead
#define strncpy(d, s, n) banned_use_arena_strndup
#define sprintf(...)	banned_use_arena_fmt
#define vsprintf(...)	banned_use_arena_fmt
#define strtok(s, d)	banned_use_text_split
#define localtime(t)	banned_use_clock_local
#define gmtime(t)	banned_use_clock_local
#define atoi(s)		banned_use_parse_uint
#define atol(s)		banned_use_parse_uint
#define system(c)	banned_no_shell
#endif
#endif
