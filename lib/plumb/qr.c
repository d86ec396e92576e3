/*
 * qr.c - a QR code as SVG, by libqrencode. One path of horizontal runs keeps it small.
 */
#include "plumb/base.h"

#include <qrencode.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/qr.h"

#define QUIET	4		/* modules of white that the standard wants on every side */

char *
qr_svg(struct arena *a, const char *text)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
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
