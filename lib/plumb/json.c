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

#include <errno.h>
#include <limits.h>

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

struct json *
json_parse(struct arena *a, const char *text, size_t n)
{
	struct json_tokener *tok;
	struct jsonc_object *o = NULL;

	if (n == 0 || n > INT_MAX || memchr(text, '\0', n) != NULL)
		return NULL;
	if ((tok = json_tokener_new_ex(32)) == NULL)
		abort();
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	o = json_tokener_parse_ex(tok, text, (int)n);
	/* a number may go on: only a byte that cannot be part of it ends it */
	if (json_tokener_get_error(tok) == json_tokener_continue)
		o = json_tokener_parse_ex(tok, " ", 1);
	if (json_tokener_get_error(tok) != json_tokener_success) {
		json_object_put(o);
		o = NULL;
	}
	json_tokener_free(tok);
	return o == NULL ? NULL : keep(a, o);
}

struct json *
json_get(struct json *j, const char *key)
{
	struct jsonc_object *o = NULL;

	return j != NULL && json_object_is_type(in(j), json_type_object) && json_object_object_get_ex(in(j), key, &o) ?
	    (struct json *)o : NULL;
}

struct json *
json_at(struct json *j, size_t i)
{
	return j != NULL && json_object_is_type(in(j), json_type_array) && i < json_object_array_length(in(j)) ?
	    (struct json *)json_object_array_get_idx(in(j), i) : NULL;
}

const char *
json_as_text(struct json *j)
{
	const char *s;

	if (j == NULL)
		return NULL;
	switch (json_object_get_type(in(j))) {
	case json_type_string:
		s = json_object_get_string(in(j));
		return strlen(s) == (size_t)json_object_get_string_len(in(j)) ? s : NULL;
	case json_type_int:
	case json_type_double:
		return json_object_to_json_string(in(j));
	default:
		return NULL;
	}
}

bool
json_as_int(struct json *j, int64_t *out)
{
	const char *s = json_as_text(j);
	char *end;
	int64_t v;

	if (s == NULL || *s == '\0' || strchr("-0123456789", *s) == NULL)
		return false;
	errno = 0;
	v = strtoll(s, &end, 10);
	if (errno != 0 || end == s || *end != '\0')
		return false;
	*out = v;
	return true;
}

bool
json_as_bool(struct json *j)
{
	return j != NULL && json_object_is_type(in(j), json_type_boolean) && json_object_get_boolean(in(j));
}
