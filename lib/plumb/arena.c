/*
 * arena.c - blocks in a chain; the first one stays for the next request.
 */
#include "plumb/arena.h"

enum { BLOCK_BYTES = 16 * 1024, ALIGN = 16 };

struct block {
	struct block *next;
	size_t used, size;
	_Alignas(ALIGN) unsigned char data[];
};

struct ending {
	struct ending *next;
	void (*run)(void *);
	void *what;
};

struct arena {
	struct block *first, *now;	/* `first` is kept by a reset */
	struct ending *endings;		/* newest first */
};

static struct block *
block_new(size_t size)
{
	struct block *b = must_alloc(sizeof(*b) + size);

	b->size = size;
	return b;
}

struct arena *
arena_new(void)
{
	struct arena *a = must_alloc(sizeof(*a));

	a->first = a->now = block_new(BLOCK_BYTES);
	return a;
}

void
arena_reset(struct arena *a)
{
	/* an ending may still use the arena, even register another one */
	while (a->endings != NULL) {
		struct ending *e = a->endings;
		a->endings = e->next;
		e->run(e->what);
	}
	for (struct block *b = a->first->next, *next; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
	memset(a->first->data, 0, a->first->used);
	a->first->used = 0;
	a->first->next = NULL;
	a->now = a->first;
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	arena_reset(a);
	free(a->first);
	free(a);
}

void *
arena_alloc(struct arena *a, size_t n)
{
	struct block *b = a->now;

	assert(n <= SIZE_MAX / 2);
	n = (n + ALIGN - 1) / ALIGN * ALIGN;
	if (n == 0)
		n = ALIGN;
	if (b->size - b->used < n) {
		struct block *fresh = block_new(n > BLOCK_BYTES / 2 ? n : BLOCK_BYTES);
		/* a block for one large thing goes behind the current one, which has room left */
		fresh->next = b->next;
		b->next = fresh;
		if (fresh->size == BLOCK_BYTES)
			a->now = fresh;
		b = fresh;
	}
	b->used += n;
	return b->data + b->used - n;
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *copy;

	if (s == NULL)
		return NULL;
	n = strnlen(s, n);
	copy = arena_alloc(a, n + 1);
	memcpy(copy, s, n);
	return copy;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return s == NULL ? NULL : arena_strndup(a, s, strlen(s));
}

char *
arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	int n;
	char *text;

	assert(fmt != NULL);
	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	assert(n >= 0);
	text = arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return text;
}

void
arena_defer(struct arena *a, void (*ending)(void *), void *what)
{
	struct ending *e = arena_alloc(a, sizeof(*e));

	*e = (struct ending){ a->endings, ending, what };
	a->endings = e;
}
