/*
 * cookie.c - the Cookie header.
 */
#include "plumb/arena.h"
#include "plumb/cookie.h"

#define COOKIE_MAX 512

static bool
octets_ok(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c <= 0x20 || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\')
			return false;
	}
	return n <= COOKIE_MAX;
}

const char *
cookie_value(struct arena *a, const char *header, const char *name)
{
	size_t name_n = strlen(name), value_n = 0;
	const char *value = NULL, *s = header == NULL ? "" : header;

	while (*s != '\0') {
		size_t n;

		s += strspn(s, " \t");
		n = strcspn(s, ";");
		if (n > name_n && s[name_n] == '=' && strncmp(s, name, name_n) == 0) {
			if (value != NULL)
				return NULL;
			value = s + name_n + 1;
			value_n = n - name_n - 1;
			while (value_n > 0 && value[value_n - 1] == ' ')
				value_n--;
		}
		s += n + (s[n] == ';');
	}
	return value != NULL && octets_ok(value, value_n) ? arena_strndup(a, value, value_n) : NULL;
}
