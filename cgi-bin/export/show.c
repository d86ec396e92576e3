/*
 * show.c - one export: how far it is, and its file.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/date.h"
#include "plumb/json.h"
#include "plumb/log.h"

#include "export.h"
#include "tpl/show.names.h"

enum { PIECE = 256 * 1024 };

/* One this person may fetch; false: *answer says why not. */
static bool
this_export(struct req *rq, struct export *x, enum http *answer)
{
	enum found f = export_by_id(rq_db(rq), rq_who(rq), (struct export_id){ rq_id(rq) }, x, rq_arena(rq));

	if (f != FOUND)
		*answer = resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	return f == FOUND;
}

/* "1.2 MB" */
static const char *
size_words(struct req *rq, uint64_t bytes)
{
	bool french = rq_lang(rq) == LANG_FR;
	uint64_t tenths = bytes < 1000000 ? (bytes + 99) / 100 : (bytes + 99999) / 100000;

	return arena_fmt(rq_arena(rq), "%llu%c%llu\xc2\xa0%s", (unsigned long long)(tenths / 10), french ? ',' : '.', (unsigned long long)(tenths % 10),
	    bytes < 1000000 ? french ? "ko" : "kB" : french ? "Mo" : "MB");
}

static const char *
failure(struct req *rq, const struct export *x)
{
	for (enum refusal r = R_NONE + 1; r < R__MAX; r++)
		if (strcmp(x->failed, refusal_key(r)) == 0)
			return refusal_text(r, rq_lang(rq));
	return tr(rq_lang(rq), N_("It could not be made. Please ask for it again; if it happens again, tell the person who looks after Tocsin."));
}

enum http
export_show(struct req *rq)
{
	struct arena *a = rq_arena(rq);
	struct export x;
	struct page *pg;
	enum http answer;
	bool over;

	if (!this_export(rq, &x, &answer))
		return answer;
	over = x.state == EXPORT_GONE || (x.state == EXPORT_DONE && rq_now(rq) >= x.expires_at);
	pg = page_new(rq, "export/show.tpl", tr(rq_lang(rq), x.state == EXPORT_MAKING ? N_("Export being made") : N_("Export")));
	page_style(pg, "export.css");
	page_script(pg, "import.js");
	page_text(pg, SHOW_CSRF, rq_csrf(rq));
	page_text(pg, SHOW_ID, arena_fmt(a, "%llu", (unsigned long long)x.id.v));
	page_text(pg, SHOW_WORDS, export_words(rq, &x));
	page_text(pg, SHOW_ROWS, page_number(rq, x.rows));
	page_text(pg, SHOW_PERCENT, arena_fmt(a, "%u", export_percent(&x)));
	page_text(pg, SHOW_FILE, export_file_name(&x, a));
	page_text(pg, SHOW_SIZE, size_words(rq, x.bytes));
	page_text(pg, SHOW_UNTIL, full_moment_words(a, rq_lang(rq), rq_who(rq)->zone, x.expires_at));
	page_text(pg, SHOW_AS_OF, full_moment_words(a, rq_lang(rq), rq_who(rq)->zone, x.begun_at == 0 ? x.created_at : x.begun_at));
	page_show(pg, x.state == EXPORT_MAKING ? SHOW_MAKING : SHOW_ENDED);
	page_show(pg, x.what == EXPORT_CONTACTS || x.what == EXPORT_ELECTORS ? SHOW_OF_PEOPLE : SHOW_OF_ROWS);
	if (over)
		page_show(pg, SHOW_OVER);
	else if (x.state == EXPORT_DONE)
		page_show(pg, SHOW_READY);
	else if (x.state == EXPORT_FAILED)
		tpl_text(page_row(pg, SHOW_FAILED), SHOW_WHY, failure(rq, &x));
	return page_send(pg);
}

enum http
export_progress_json(struct req *rq)
{
	static const char *const codes[] = { [EXPORT_MAKING] = "running", [EXPORT_DONE] = "done", [EXPORT_FAILED] = "failed", [EXPORT_GONE] = "done" };
	struct json *j = json_object(rq_arena(rq));
	struct export x;
	enum http answer;

	if (!this_export(rq, &x, &answer))
		return answer;
	json_text(j, "state", codes[x.state]);
	json_int(j, "percent", export_percent(&x));
	json_text(j, "rows", page_number(rq, x.rows));
	return resp_json(rq, HTTP_OK, json_string(j));
}

/* --- the file --- */

static void
close_file(void *fd)
{
	close(*(int *)fd);
}

static bool
next_piece(void *ctx, struct buf *out, bool *failed)
{
	char piece[PIECE];
	ssize_t n;

	do
		n = read(*(int *)ctx, piece, sizeof(piece));
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		*failed = true;
		return false;
	}
	buf_bytes(out, piece, (size_t)n);
	return n > 0;
}

enum http
export_file(struct req *rq)
{
	enum refusal why = R_NONE;
	enum http answer;
	struct export x;
	int *fd;

	if (!this_export(rq, &x, &answer))
		return answer;
	fd = arena_alloc(rq_arena(rq), sizeof(*fd));
	if (x.state == EXPORT_DONE && (*fd = open(export_path(&x, rq_arena(rq)), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)) < 0) {
		log_error("the file of export %llu cannot be opened: %s", (unsigned long long)x.id.v, strerror(errno));
		return resp_refuse(rq, R_NOT_FOUND);
	}
	if (x.state == EXPORT_DONE)
		arena_defer(rq_arena(rq), close_file, fd);
	switch (export_fetched(rq_db(rq), rq_who(rq), &x, rq_now(rq), &why)) {
	case SAVED:
		return resp_stream(rq, export_type(&x), export_file_name(&x, rq_arena(rq)), next_piece, fd);
	case REFUSED:
		return resp_refuse(rq, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
