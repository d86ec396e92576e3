/*
 * json.h - JSON by json-c. A value lives in the arena (its reference is dropped at reset).
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

#endif
