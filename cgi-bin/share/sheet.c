/*
 * sheet.c - the printed page for the wall, and the QR code itself.
 */
#include "plumb/arena.h"
#include "plumb/page.h"
#include "plumb/qr.h"
#include "plumb/req.h"

#include "domain/link.h"

#include "share.h"
#include "tpl/sheet.names.h"

/* The operation with a living link, or a refusal. */
static bool
open_link(struct req *rq, struct operation *op, struct link *l, enum http *status)
{
	if (!open_operation(rq, op, status))
		return false;
	switch (link_of(rq_db(rq), op->id, l, rq_arena(rq))) {
	case FOUND:	return true;
	case NONE:	*status = resp_refuse(rq, R_LINK_ENDED); return false;
	default:	*status = resp_refuse(rq, R_BUSY); return false;
	}
}

enum http
share_qr(struct req *rq)
{
	struct operation op;
	struct link l;
	enum http status;
	char *svg;

	if (!open_link(rq, &op, &l, &status))
		return status;
	if (!op.share_qr)
		return resp_refuse(rq, R_NOT_FOUND);
	if ((svg = qr_svg(rq_arena(rq), l.url)) == NULL)
		return resp_refuse(rq, R_FAILED);
	return resp_bytes(rq, "image/svg+xml", NULL, svg, strlen(svg));
}

/* For posters and messages: 1000 pixels print well on a quarter of A4. */
enum http
share_qr_png(struct req *rq)
{
	enum { SIDE = 1000 };
	struct operation op;
	struct link l;
	enum http status;
	size_t n;
	void *png;

	if (!open_link(rq, &op, &l, &status))
		return status;
	if (!op.share_qr)
		return resp_refuse(rq, R_NOT_FOUND);
	if ((png = qr_png(rq_arena(rq), l.url, SIDE, &n)) == NULL)
		return resp_refuse(rq, R_FAILED);
	return resp_bytes(rq, "image/png", arena_fmt(rq_arena(rq), "tocsin-%llu.png", (unsigned long long)op.id.v), png, n);
}

enum http
share_sheet(struct req *rq)
{
	struct page *pg;
	struct operation op;
	struct link l;
	enum http status;

	if (!open_link(rq, &op, &l, &status))
		return status;
	pg = page_new(rq, "share/sheet.tpl", arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%s: sheet to print"), name_words(rq, &op)));
	page_bare(pg);
	page_script(pg, "share.js");
	page_text(pg, SHEET_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op.id.v));
	page_text(pg, SHEET_OPERATION, name_words(rq, &op));
	page_text(pg, SHEET_HOURS, hours_words(rq, &op));
	page_text(pg, SHEET_URL, l.url);
	page_show(pg, op.method == OP_SOFTWARE ? SHEET_SOFTWARE : SHEET_OWN_PHONE);
	if (l.role == MEMBER_OWNER)
		page_show(pg, SHEET_WARNING);
	if (op.share_qr)
		tpl_text(page_row(pg, SHEET_QR), SHEET_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op.id.v));
	else
		page_show(pg, SHEET_NO_QR);
	return page_send(pg);
}
