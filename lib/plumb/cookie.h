/*
 * cookie.h - the Cookie header, read strictly.
 */
#ifndef PLUMB_COOKIE_H
#define PLUMB_COOKIE_H

#include "plumb/base.h"

struct arena;

/* The value of that name, of RFC 6265's cookie octets only. NULL: absent, given twice (somebody planted a
 * second one), or not well formed. Pairs of other programs on the same host may look as they like. */
const char *cookie_value(struct arena *, const char *header, const char *name);

#endif
