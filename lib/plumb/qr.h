/*
 * qr.h - a QR code by libqrencode: black modules on white with the quiet zone. NULL when the text is too long.
 */
#ifndef PLUMB_QR_H
#define PLUMB_QR_H

#include "plumb/base.h"

struct arena;

/* An <svg> with a viewBox. */
char *qr_svg(struct arena *, const char *text);
/* A PNG of about `side` pixels: whole pixels per module, so that its edges are sharp. */
void *qr_png(struct arena *, const char *text, unsigned side, size_t *n);

#endif
