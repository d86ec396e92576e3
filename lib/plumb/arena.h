/*
 * arena.h - memory that lives as long as one request (or one job step).
 *
 * Handlers never free: app.c resets the arena at the top of its loop. Things that
 * are not memory (a result set, a file, a template) register an ending with
 * arena_defer; endings run in reverse order at reset. All memory is zeroed.
 */
#ifndef PLUMB_ARENA_H
#define PLUMB_ARENA_H

#include "plumb/base.h"

struct arena;

struct arena *arena_new(void);
void  arena_reset(struct arena *);		/* runs the endings, keeps one block */
void  arena_free(struct arena *);		/* NULL is fine */

void *arena_alloc(struct arena *, size_t n);	/* never NULL */
char *arena_strdup(struct arena *, const char *s);	/* NULL in, NULL out */
char *arena_strndup(struct arena *, const char *s, size_t n);
char *arena_fmt(struct arena *, const char *fmt, ...) PRINTF_LIKE(2, 3);
void  arena_defer(struct arena *, void (*ending)(void *), void *what);

#endif
