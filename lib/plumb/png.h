/*
 * png.h - pictures in grey as PNG, by libpng.
 */
#ifndef PLUMB_PNG_H
#define PLUMB_PNG_H

#include "plumb/base.h"

struct arena;

/* width * height bytes, 0 black to 255 white, row after row. NULL: logged. */
void *png_grey(struct arena *, const unsigned char *pixels, unsigned width, unsigned height, size_t *n);

#endif
