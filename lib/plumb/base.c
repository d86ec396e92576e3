/*
 * base.c - memory or death.
 */
#include "plumb/base.h"

#include "plumb/log.h"

void *
must_alloc(size_t n)
{
	void *p = calloc(1, n > 0 ? n : 1);

	if (p == NULL)
		die("memory: %zu bytes refused", n);
	return p;
}

void *
must_realloc(void *p, size_t n)
{
	void *q = realloc(p, n > 0 ? n : 1);

	if (q == NULL)
		die("memory: %zu bytes refused", n);
	return q;
}
