/*
 * buf.c - growing text with a limit.
 */
#include "plumb/buf.h"

#include "plumb/arena.h"

void
buf_init(struct buf *b, size_t max)
{
	assert(max < SIZE_MAX / 4);
	*b = (struct buf){ .max = max };
}

void
buf_init_in(struct buf *b, struct arena *a, size_t max)
{
	buf_init(b, max);
	b->arena = a;
}

/* Room for n more bytes and the NUL; false when that passes the limit. */
static bool
grow(struct buf *b, size_t n)
{
	size_t cap;

	if (b->full || n > b->max - b->len) {
		b->full = true;
		return false;
	}
	if (b->len + n + 1 <= b->cap)
		return true;
	for (cap = b->cap > 0 ? b->cap : 256; cap < b->len + n + 1; )
		cap *= 2;
	if (cap > b->max + 1)
		cap = b->max + 1;
	if (b->arena != NULL) {
		char *data = arena_alloc(b->arena, cap);
		if (b->len > 0)
			memcpy(data, b->data, b->len);
		b->data = data;
	} else
		b->data = must_realloc(b->data, cap);
	b->cap = cap;
	return true;
}

void
buf_bytes(struct buf *b, const void *p, size_t n)
{
	if (!grow(b, n))
		return;
	if (n > 0)
		memcpy(b->data + b->len, p, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void
buf_text(struct buf *b, const char *s)
{
	buf_bytes(b, s, strlen(s));
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	assert(fmt != NULL);
	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	assert(n >= 0);
	if (!grow(b, (size_t)n))
		return;
	va_start(ap, fmt);
	vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	b->full = false;
	if (b->data != NULL)
		b->data[0] = '\0';
}

void
buf_free(struct buf *b)
{
	if (b->arena == NULL)
		free(b->data);
	*b = (struct buf){ .max = b->max, .arena = b->arena };
}
