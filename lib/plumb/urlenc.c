/*
 * urlenc.c - percent signs and plusses, both ways.
 */
#include "plumb/urlenc.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/text.h"

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* NULL: a broken escape, a NUL, or no UTF-8. */
static char *
decode(struct arena *a, const char *s, size_t n)
{
	char *out = arena_alloc(a, n + 1);
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == '+') {
			out[len++] = ' ';
		} else if (s[i] == '%') {
			int hi, lo;

			if (n - i < 3 || (hi = hex(s[i + 1])) < 0 || (lo = hex(s[i + 2])) < 0)
				return NULL;
			out[len++] = (char)(hi << 4 | lo);
			i += 2;
		} else
			out[len++] = s[i];
	}
	out[len] = '\0';
	return text_is_utf8(out, len) ? out : NULL;
}

bool
form_parse(struct arena *a, const char *text, size_t n,
    bool (*pair)(void *ctx, const char *name, const char *value), void *ctx)
{
	const char *end = text + n;

	while (text < end) {
		const char *amp = memchr(text, '&', (size_t)(end - text));
		const char *stop = amp == NULL ? end : amp;
		const char *eq = memchr(text, '=', (size_t)(stop - text));
		const char *name_end = eq == NULL ? stop : eq;
		char *name = decode(a, text, (size_t)(name_end - text));
		char *value = eq == NULL ? arena_strdup(a, "") : decode(a, eq + 1, (size_t)(stop - eq - 1));

		if (name == NULL || *name == '\0' || value == NULL || !pair(ctx, name, value))
			return false;
		text = amp == NULL ? end : amp + 1;
		if (amp != NULL && text == end)		/* "a=1&": a pair was cut off */
			return false;
	}
	return true;
}

void
urlenc_text(struct buf *b, const char *s)
{
	static const char hexes[] = "0123456789ABCDEF";

	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || strchr("-._~", c) != NULL)
			buf_bytes(b, s, 1);
		else
			buf_bytes(b, (char[]){ '%', hexes[c >> 4], hexes[c & 15] }, 3);
	}
}

void
urlenc_pair(struct buf *b, const char *name, const char *value)
{
	if (b->len > 0)
		buf_text(b, "&");
	urlenc_text(b, name);
	buf_text(b, "=");
	urlenc_text(b, value);
}
