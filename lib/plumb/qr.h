/*
 * qr.h - a QR code by libqrencode.
 */
#ifndef PLUMB_QR_H
#define PLUMB_QR_H

struct arena;

/* An <svg> with a viewBox, black modules on white with the quiet zone; NULL when the text is too long. */
char *qr_svg(struct arena *, const char *text);

#endif
