/*
 * multipart.h - multipart/form-data, piece by piece as it arrives: nothing of a part's content is kept
 * here but the few bytes that may be the start of a boundary. Pure: no files, no request.
 */
#ifndef PLUMB_MULTIPART_H
#define PLUMB_MULTIPART_H

#include "plumb/base.h"

struct arena;
struct multipart;

struct multipart_calls {	/* each answers false to stop */
	/* file_name NULL: a plain field. Strings live as long as the arena. */
	bool (*part)(void *ctx, const char *name, const char *file_name);
	bool (*data)(void *ctx, const char *p, size_t n);
	bool (*end)(void *ctx);
};

/* From a Content-Type header: NULL when it is not multipart/form-data with a usable boundary. */
const char *multipart_boundary(struct arena *, const char *content_type);

struct multipart *multipart_new(struct arena *, const char *boundary, const struct multipart_calls *, void *ctx);
bool multipart_feed(struct multipart *, const char *p, size_t n);	/* false: malformed, or a call said stop */
bool multipart_done(const struct multipart *);		/* the closing boundary was seen */

#endif
