/*
 * due_heap.h - who waits, the earliest first: for operations that are played through (rehearsal.h, forecast.h).
 */
#ifndef DOMAIN_DUE_HEAP_H
#define DOMAIN_DUE_HEAP_H

#include "plumb/base.h"

struct due { int64_t at; unsigned who; };
struct due_heap { struct due *due; unsigned n; };	/* `due` is the caller's, with room for everybody */

void due_add(struct due_heap *, unsigned who, int64_t at);
/* Of a heap that is not empty: when the first is due is h->due[0].at. */
unsigned due_first(struct due_heap *);

#endif
