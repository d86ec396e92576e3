/*
 * qr.c - a QR code by libqrencode. As SVG one path of horizontal runs keeps it small.
 */
#include "plumb/base.h"

#include <qrencode.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/png.h"
#include "plumb/qr.h"

#define QUIET	4		/* modules of white that the standard wants on every side */

static QRcode *
encode(const char *text)
{
	return QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
}

char *
qr_svg(struct arena *a, const char *text)
{
	QRcode *code = encode(text);
	struct buf out;
	int side;

	if (code == NULL)
		return NULL;
	side = code->width + 2 * QUIET;
	buf_init_in(&out, a, 256 * 1024);
	buf_fmt(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
	    " shape-rendering=\"crispEdges\" role=\"img\"><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>"
	    "<path fill=\"#000\" d=\"", side, side, side, side);
	for (int y = 0; y < code->width; y++) {
		const unsigned char *line = code->data + (size_t)y * (size_t)code->width;

		for (int x = 0; x < code->width; x++) {
			int from = x;

			while (x < code->width && (line[x] & 1))
				x++;
			if (x > from)
				buf_fmt(&out, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
		}
	}
	buf_text(&out, "\"/></svg>");
	QRcode_free(code);
	return out.full ? NULL : out.data;
}

void *
qr_png(struct arena *a, const char *text, unsigned side, size_t *n)
{
	QRcode *code = encode(text);
	unsigned modules, each, width;
	unsigned char *pixels;

	if (code == NULL)
		return NULL;
	modules = (unsigned)code->width + 2 * QUIET;
	each = side / modules > 0 ? side / modules : 1;
	width = modules * each;
	pixels = arena_alloc(a, (size_t)width * width);
	memset(pixels, 255, (size_t)width * width);
	for (int y = 0; y < code->width; y++)
		for (int x = 0; x < code->width; x++)
			for (unsigned i = 0; code->data[y * code->width + x] & 1 && i < each; i++)
				memset(pixels + (((size_t)y + QUIET) * each + i) * width + ((size_t)x + QUIET) * each, 0, each);
	QRcode_free(code);
	return png_grey(a, pixels, width, width, n);
}
