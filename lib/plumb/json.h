/*
 * json.h - JSON by json-c. A value lives in the arena (its reference is dropped at reset). What json_get and json_at
 * answer belongs to the value they were asked of; asking NULL, or a value of another kind, answers NULL: a whole
 * path may be asked for at once.
 */
#ifndef PLUMB_JSON_H
#define PLUMB_JSON_H

#include "plumb/base.h"

struct arena;
struct json;

struct json *json_object(struct arena *);
struct json *json_array(struct arena *);
void json_text(struct json *, const char *key, const char *value);	/* NULL is null */
void json_int(struct json *, const char *key, int64_t value);
void json_bool(struct json *, const char *key, bool value);
void json_put(struct json *, const char *key, struct json *value);	/* the object keeps its own reference */
void json_add(struct json *array, struct json *value);
const char *json_string(struct json *);			/* lives as the value does */

/* One value and nothing behind it, at most 32 deep, valid UTF-8. NULL: not JSON (and for `null`). */
struct json *json_parse(struct arena *, const char *text, size_t n);
struct json *json_get(struct json *, const char *key);
struct json *json_at(struct json *array, size_t i);		/* NULL behind the end */
const char *json_as_text(struct json *);	/* of a text as it is, of a number as written; NULL otherwise, and when it holds a NUL */
bool json_as_int(struct json *, int64_t *out);	/* of a whole number; of a text that is one */
bool json_as_bool(struct json *);		/* false unless it is true */

#endif
