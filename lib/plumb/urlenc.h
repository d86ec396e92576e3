/*
 * urlenc.h - application/x-www-form-urlencoded: the one decoder (fuzzed) and the one encoder.
 */
#ifndef PLUMB_URLENC_H
#define PLUMB_URLENC_H

#include "plumb/base.h"

struct arena;
struct buf;

/* Calls `pair` for each, decoded, in their order. False: malformed (broken escape, no UTF-8, a NUL, an empty name), or
 * `pair` said so. */
bool form_parse(struct arena *, const char *text, size_t n,
    bool (*pair)(void *ctx, const char *name, const char *value), void *ctx);

/* Everything but letters, digits and -._~ as %XX: right in a path, a query and a form. */
void urlenc_text(struct buf *, const char *s);
/* "name=value", after a "&" when the buffer is not empty. */
void urlenc_pair(struct buf *, const char *name, const char *value);

#endif
