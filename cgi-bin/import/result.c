/*
 * result.c - what came of an import: numbers, what was not taken and why, and that as a file.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/date.h"
#include "plumb/csv.h"
#include "plumb/text.h"

#include "import.h"
#include "tpl/result.names.h"

enum { SHOWN = 50, STREAMED = 200 };

static const char *
header_of(const struct import *im, unsigned column)
{
	return column > 0 && column <= im->ncolumns ? im->header[column - 1] : "";
}

static const char *
start_of(struct arena *a, const struct import_refused *x)
{
	struct buf b;

	buf_init_in(&b, a, 400);
	for (size_t i = 0; i < x->ncells && i < 4; i++)
		if (!text_is_blank(x->cells[i])) {
			buf_text(&b, b.len > 0 ? " · " : "");
			buf_text(&b, text_cut(a, x->cells[i], 30));
		}
	return b.data == NULL ? "" : b.data;
}

static bool
fill_refused(struct req *rq, struct page *pg, const struct import *im)
{
	struct arena *a = rq_arena(rq);
	struct import_refused *list;
	struct import_reason *reason;
	struct tpl *table;
	size_t n, nreasons;

	if (!import_refusals(rq_db(rq), im->id, in_uint(rq, IN_LINE), (unsigned)in_uint(rq, IN_AT), SHOWN + 1, &list, &n, a) ||
	    !import_reasons(rq_db(rq), im->id, &reason, &nreasons, a))
		return false;
	if (n == 0) {
		page_show(pg, RESULT_NONE);
		return true;
	}
	table = page_row(pg, RESULT_SOME);
	tpl_text(table, RESULT_ID, arena_fmt(a, "%llu", (unsigned long long)im->id.v));
	for (size_t i = 0; i < nreasons; i++) {
		struct tpl *row = tpl_row(table, RESULT_REASON_COUNT);
		tpl_text(row, RESULT_TIMES, page_number(rq, reason[i].times));
		tpl_text(row, RESULT_REASON, reason_words(rq, reason[i].reason));
	}
	for (size_t i = 0; i < n && i < SHOWN; i++) {
		struct tpl *row = tpl_row(table, RESULT_ROW);
		tpl_text(row, RESULT_LINE, page_number(rq, list[i].line));
		tpl_text(row, RESULT_REASON, reason_words(rq, list[i].reason));
		tpl_text(row, RESULT_COLUMN, header_of(im, list[i].column));
		tpl_text(row, RESULT_CELL, list[i].cell);
		tpl_text(row, RESULT_START, start_of(a, &list[i]));
		tpl_show(row, list[i].whole_row ? RESULT_WHOLE : RESULT_PART);
	}
	if (n > SHOWN) {
		struct tpl *more = tpl_row(table, RESULT_MORE);
		tpl_text(more, RESULT_ID, arena_fmt(a, "%llu", (unsigned long long)im->id.v));
		tpl_text(more, RESULT_LAST_LINE, arena_fmt(a, "%llu", (unsigned long long)list[SHOWN - 1].line));
		tpl_text(more, RESULT_LAST_AT, arena_fmt(a, "%u", list[SHOWN - 1].column));
	}
	return true;
}

static void
fill_undo(struct req *rq, struct page *pg, const struct import *im, enum refusal why)
{
	page_uint(pg, RESULT_REMOVED, im->undo_removed);
	page_uint(pg, RESULT_RESTORED, im->undo_restored);
	page_uint(pg, RESULT_KEPT, im->undo_kept);
	if (im->undo_kept > 0)
		page_show(pg, RESULT_LEFT);
	if (!import_may_undo(im, rq_now(rq)))
		return;
	page_show(pg, RESULT_MAY_UNDO);
	page_text(pg, RESULT_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)im->id.v));
	page_text(pg, RESULT_CSRF, rq_csrf(rq));
	page_text(pg, RESULT_UNTIL, full_moment_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, im->finished_at + IMPORT_UNDO_US));
	if (why != R_NONE)
		page_wrong(pg, RESULT_SURE_WRONG, why);
}

static bool
fill_conflicts(struct req *rq, struct page *pg, const struct import *im)
{
	struct import_conflict *list;
	uint64_t total;
	size_t n;

	if (!import_conflicts(rq_db(rq), im->id, 1, &list, &n, &total, rq_arena(rq)))
		return false;
	if (total > 0) {
		page_show(pg, RESULT_CONFLICTS);
		page_text(pg, RESULT_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)im->id.v));
		page_uint(pg, RESULT_OPEN, total);
	}
	return true;
}

/* "Undo": asked once more by a box to tick, also without JavaScript. */
enum http
result_save(struct req *rq, const struct import *im)
{
	const struct who *who = rq_who(rq);
	enum saved saved;

	if (strcmp(in_text(rq, IN_GO), "undo") != 0 || !import_may_undo(im, rq_now(rq)))
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/imports/%llu", (unsigned long long)im->id.v));
	if (strcmp(in_text(rq, IN_SURE), "yes") != 0)
		return result_page(rq, im, HTTP_UNPROCESSABLE, R_MISSING);
	saved = import_undo(rq_db(rq), (struct organisation_id){ who->organisation }, (struct user_id){ who->user }, im->id, rq_now(rq),
	    rq_arena(rq));
	return saved == NOT_SAVED ? resp_refuse(rq, R_BUSY) :
	    resp_redirect(rq, arena_fmt(rq_arena(rq), "/imports/%llu", (unsigned long long)im->id.v));
}

enum http
result_page(struct req *rq, const struct import *im, enum http status, enum refusal why)
{
	bool failed = im->state == IMPORT_FAILED, undone = im->state == IMPORT_UNDONE;
	struct page *pg = page_new(rq, "import/result.tpl", tr(rq_lang(rq), failed ? N_("Import stopped") : undone ? N_("Import undone") :
	    N_("Import finished")));

	page_style(pg, "people.css");
	page_menu(pg, im->kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_text(pg, RESULT_FILE_NAME, im->file_name);
	page_show(pg, failed ? RESULT_FAILED : undone ? RESULT_UNDONE : RESULT_DONE);
	fill_undo(rq, pg, im, why);
	page_show(pg, im->kind == PERSON_ELECTOR ? RESULT_OF_ELECTORS : RESULT_OF_CONTACTS);
	page_text(pg, RESULT_PEOPLE_PAGE, im->kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_uint(pg, RESULT_READ, im->rows_read);
	page_uint(pg, RESULT_ADDED, im->rows_added);
	page_uint(pg, RESULT_UPDATED, im->rows_updated);
	page_uint(pg, RESULT_SAME, im->rows_same);
	page_uint(pg, RESULT_MERGED, im->rows_merged);
	page_uint(pg, RESULT_REFUSED, im->rows_refused);
	page_uint(pg, RESULT_PHONES, im->phones_refused);
	page_uint(pg, RESULT_CELLS, im->cells_refused);
	if (im->rule == IMPORT_ASK && !fill_conflicts(rq, pg, im))
		return resp_refuse(rq, R_BUSY);
	return fill_refused(rq, pg, im) ? page_send_as(pg, status) : resp_refuse(rq, R_BUSY);
}

/* --- the download --- */

struct download {
	struct req *rq;
	const struct import *im;
	struct arena *part;		/* of one piece, so that a million refusals need no memory */
	uint64_t line;
	unsigned column;
	bool begun, ended;
};

static void
end_part(void *part)
{
	arena_free(part);
}

static void
put_header(struct download *d, struct buf *out)
{
	enum lang lang = rq_lang(d->rq);

	/* the mark makes Excel read UTF-8; the semicolon is what Excel in French expects */
	buf_text(out, "\xef\xbb\xbf");
	csv_cell(out, tr(lang, N_("Line")), ';');
	buf_text(out, ";");
	csv_cell(out, tr(lang, N_("Reason")), ';');
	buf_text(out, ";");
	csv_cell(out, tr(lang, N_("Value")), ';');
	for (size_t i = 0; i < d->im->ncolumns; i++) {
		buf_text(out, ";");
		csv_cell(out, d->im->header[i], ';');
	}
	buf_text(out, "\r\n");
}

static bool
next_piece(void *ctx, struct buf *out, bool *failed)
{
	struct download *d = ctx;
	struct import_refused *list;
	size_t n;

	if (d->ended)
		return false;
	arena_reset(d->part);
	if (!import_refusals(rq_db(d->rq), d->im->id, d->line, d->column, STREAMED, &list, &n, d->part)) {
		*failed = true;
		return false;
	}
	if (!d->begun)
		put_header(d, out);
	d->begun = true;
	for (size_t i = 0; i < n; i++) {
		buf_fmt(out, "%llu;", (unsigned long long)list[i].line);
		csv_cell(out, reason_words(d->rq, list[i].reason), ';');
		buf_text(out, ";");
		csv_cell(out, list[i].cell, ';');
		for (size_t c = 0; c < list[i].ncells; c++) {
			buf_text(out, ";");
			csv_cell(out, list[i].cells[c], ';');
		}
		buf_text(out, "\r\n");
		d->line = list[i].line;
		d->column = list[i].column;
	}
	d->ended = n < STREAMED;
	return true;
}

enum http
import_refused_csv(struct req *rq)
{
	struct import *im = arena_alloc(rq_arena(rq), sizeof(*im));
	struct download *d = arena_alloc(rq_arena(rq), sizeof(*d));
	enum http answer;

	if (!this_import(rq, im, &answer))
		return answer;
	*d = (struct download){ .rq = rq, .im = im, .part = arena_new() };
	arena_defer(rq_arena(rq), end_part, d->part);
	return resp_stream(rq, "text/csv; charset=utf-8", arena_fmt(rq_arena(rq), "import-%llu-refused.csv",
	    (unsigned long long)im->id.v), next_piece, d);
}
