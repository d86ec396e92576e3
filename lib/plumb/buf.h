/*
 * buf.h - text that grows up to a limit set at its birth. Hitting the limit sets
 * `full` and drops what does not fit, and everything after it: check it once, at the end.
 */
#ifndef PLUMB_BUF_H
#define PLUMB_BUF_H

#include "plumb/base.h"

struct arena;

struct buf {
	char *data;		/* always ends in NUL once something was added */
	size_t len, cap, max;
	bool full;
	struct arena *arena;	/* NULL: its own memory */
};

void buf_init(struct buf *, size_t max);		/* ends with buf_free */
void buf_init_in(struct buf *, struct arena *, size_t max);	/* ends with the arena */
void buf_bytes(struct buf *, const void *p, size_t n);
void buf_text(struct buf *, const char *s);
void buf_fmt(struct buf *, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_clear(struct buf *);				/* empty again, memory kept, no longer full */
void buf_free(struct buf *);				/* fine twice, fine for one in an arena */

#endif
