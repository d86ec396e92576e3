/*
 * json.c - json-c behind json.h. Every value made here has one reference that the arena drops.
 */
/* json-c has types by two of our names; they get others while its header is read */
#define json_object jsonc_object
#define json_bool jsonc_bool
#include <json-c/json.h>
#undef json_object
#undef json_bool

#include "plumb/json.h"

#include "plumb/arena.h"

static struct jsonc_object *
in(struct json *j)
{
	return (struct jsonc_object *)j;
}

static void
drop(void *what)
{
	json_object_put(what);
}

static struct json *
keep(struct arena *a, struct jsonc_object *o)
{
	if (o == NULL)
		abort();	/* json-c has no memory: as must_alloc */
	arena_defer(a, drop, o);
	return (struct json *)o;
}

struct json *
json_object(struct arena *a)
{
	return keep(a, json_object_new_object());
}

struct json *
json_array(struct arena *a)
{
	return keep(a, json_object_new_array());
}

static void
put(struct json *j, const char *key, struct jsonc_object *value)
{
	if (json_object_object_add(in(j), key, value) != 0)
		abort();
}

void
json_text(struct json *j, const char *key, const char *value)
{
	put(j, key, value == NULL ? NULL : json_object_new_string(value));
}

void
json_int(struct json *j, const char *key, int64_t value)
{
	put(j, key, json_object_new_int64(value));
}

void
json_bool(struct json *j, const char *key, bool value)
{
	put(j, key, json_object_new_boolean(value));
}

void
json_put(struct json *j, const char *key, struct json *value)
{
	put(j, key, json_object_get(in(value)));
}

void
json_add(struct json *array, struct json *value)
{
	if (json_object_array_add(in(array), json_object_get(in(value))) != 0)
		abort();
}

const char *
json_string(struct json *j)
{
	return json_object_to_json_string_ext(in(j), JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}
