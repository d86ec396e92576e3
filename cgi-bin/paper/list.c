/*
 * list.c - the sheets of an operation, and the form that makes another.
 */
#include "plumb/arena.h"
#include "plumb/date.h"
#include "plumb/lang.h"
#include "plumb/moment.h"
#include "plumb/seal.h"

#include "paper.h"
#include "tpl/list.names.h"

static void
fill_form(struct req *rq, struct page *pg, const struct operation *op, const struct member *m, size_t n)
{
	struct arena *a = rq_arena(rq);
	int64_t ends[PAPER_DAYS + 1];
	size_t nends = paper_ends(op, rq_now(rq), ends);
	unsigned char key[16];
	struct tpl *row;

	seal_random(key, sizeof(key));
	page_text(pg, LIST_FORM_KEY, in_refusal(rq, IN_FORM_KEY) == R_NONE && !in_blank(rq, IN_FORM_KEY) ? in_text(rq, IN_FORM_KEY) :
	    seal_hex(a, key, sizeof(key)));
	page_text(pg, LIST_PAGES, in_given(rq, IN_PAGES) ? in_typed(rq, IN_PAGES) : "1");
	page_text(pg, LIST_NAME_TYPED, in_typed(rq, IN_NAME));
	for (size_t i = 0; i < n; i++) {
		row = page_row(pg, LIST_CALLER);
		tpl_text(row, LIST_ID, digits(rq, m[i].user.v));
		tpl_text(row, LIST_NAME, m[i].name);
		if (in_uint(rq, IN_CALLER) == m[i].user.v)
			tpl_show(row, LIST_CHOSEN);
	}
	for (size_t i = 0; i < nends; i++) {
		row = page_row(pg, LIST_END);
		tpl_text(row, LIST_AT, digits(rq, (uint64_t)ends[i]));
		tpl_text(row, LIST_WORDS, moment_words(a, rq_lang(rq), op->zone, rq_now(rq), ends[i]));
		if (in_uint(rq, IN_UNTIL) == (uint64_t)ends[i])
			tpl_show(row, LIST_CHOSEN);
	}
}

static void
fill_sheets(struct req *rq, struct page *pg, const struct operation *op, const struct paper_sheet *list, size_t n)
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	struct tpl *table = n == 0 ? NULL : page_row(pg, LIST_SHEETS);

	for (size_t i = 0; i < n; i++) {
		const struct paper_sheet *s = &list[i];
		struct tpl *row = tpl_row(table, LIST_SHEET);
		unsigned open = s->people - s->entered;

		tpl_text(row, LIST_CODE, paper_code(a, s->id));
		tpl_text(row, LIST_OPERATION_ID, digits(rq, op->id.v));
		tpl_text(row, LIST_WHO, s->caller_name);
		tpl_text(row, LIST_PRINTED, full_moment_words(a, lang, op->zone, s->printed_at));
		tpl_text(row, LIST_PEOPLE, page_number(rq, s->people));
		tpl_text(row, LIST_ENTERED, page_number(rq, s->entered));
		tpl_text(row, LIST_STATE, s->held > 0 ? arena_fmt(a, tr(lang, "%u kept until %s"), s->held,
		    moment_words(a, lang, op->zone, rq_now(rq), s->until_at)) : open == 0 ? tr(lang, "All typed in") :
		    s->ended_at != 0 ? tr(lang, "Given back") : tr(lang, "Its time is over"));
		if (s->held > 0)
			tpl_show(row, LIST_OPEN);
		if (open == 0)
			tpl_show(row, LIST_GOOD);
	}
	if (n == 0)
		page_show(pg, LIST_NONE);
}

struct list_wrong { enum refusal pages, caller, name, until, number; const char *nobody; };

static enum http
render(struct req *rq, const struct operation *op, enum http status, const struct list_wrong *w)
{
	const struct { enum refusal why; const char *section; } beside[] = {
		{ w->pages, LIST_PAGES_WRONG }, { w->caller, LIST_CALLER_WRONG }, { w->name, LIST_NAME_WRONG }, { w->until, LIST_UNTIL_WRONG },
		{ w->number, LIST_NUMBER_WRONG },
	};
	struct page *pg = page_new(rq, "paper/list.tpl", arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%s: call sheets"), name_words(rq, op)));
	struct paper_sheet *list;
	struct member *members;
	size_t n, nmembers;

	if (!paper_list(rq_db(rq), op->id, &list, &n, rq_arena(rq)) || !open_members(rq, op, &members, &nmembers))
		return resp_refuse(rq, R_BUSY);
	page_menu(pg, "operations");
	page_style(pg, "paper.css");
	page_text(pg, LIST_CSRF, rq_csrf(rq));
	page_text(pg, LIST_ID, digits(rq, op->id.v));
	page_text(pg, LIST_OPERATION, name_words(rq, op));
	page_text(pg, LIST_NUMBER, in_typed(rq, IN_NUMBER));
	fill_form(rq, pg, op, members, nmembers);
	fill_sheets(rq, pg, op, list, n);
	for (size_t i = 0; i < NITEMS(beside); i++)
		if (beside[i].why != R_NONE)
			page_wrong(pg, beside[i].section, beside[i].why);
	if (w->nobody != NULL)
		page_notice(pg, w->nobody, false);
	return page_send_as(pg, status);
}

/* Also: opens a sheet by what stands on it. */
enum http
sheets_show(struct req *rq)
{
	struct list_wrong w = { R_NONE };
	struct paper_sheet s;
	struct operation op;
	struct paper_id id;
	enum http status;

	if (!open_operation(rq, &op, &status))
		return status;
	if (in_blank(rq, IN_NUMBER))
		return render(rq, &op, HTTP_OK, &w);
	switch (paper_of_code(in_text(rq, IN_NUMBER), &id) ? paper_by_id(rq_db(rq), op.id, id, &s, rq_arena(rq)) : NONE) {
	case FOUND:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/sheets/%llu/%s", (unsigned long long)op.id.v, paper_code(rq_arena(rq), id)));
	case FAILED:
		return resp_refuse(rq, R_BUSY);
	case NONE:
		break;
	}
	w.number = R_NO_SHEET;
	return render(rq, &op, HTTP_UNPROCESSABLE, &w);
}

/* What can be seen without the database. */
static bool
look_at(struct req *rq, struct list_wrong *w)
{
	bool new_one = in_uint(rq, IN_CALLER) == 0;

	w->pages = in_refusal(rq, IN_PAGES) != R_NONE ? in_refusal(rq, IN_PAGES) : in_blank(rq, IN_PAGES) ? R_MISSING : R_NONE;
	w->caller = in_refusal(rq, IN_CALLER);
	w->name = !new_one ? R_NONE : in_refusal(rq, IN_NAME) != R_NONE ? in_refusal(rq, IN_NAME) : in_blank(rq, IN_NAME) ? R_MISSING : R_NONE;
	w->until = in_blank(rq, IN_UNTIL) || in_refusal(rq, IN_UNTIL) != R_NONE ? R_NOT_A_CHOICE : R_NONE;
	return w->pages == R_NONE && w->caller == R_NONE && w->name == R_NONE && w->until == R_NONE;
}

enum http
sheets_print(struct req *rq)
{
	struct paper_wish wish = { .caller = { in_uint(rq, IN_CALLER) }, .new_name = in_text(rq, IN_NAME), .lang = rq_lang(rq),
		.pages = (unsigned)in_uint(rq, IN_PAGES), .until_at = (int64_t)in_uint(rq, IN_UNTIL), .by = { rq_who(rq)->user } };
	struct list_wrong w = { R_NONE };
	enum refusal why = R_NONE;
	struct nobody_now nobody;
	struct operation op;
	struct paper_id id;
	unsigned char key[16];
	enum http status;

	if (!open_operation(rq, &op, &status))
		return status;
	if (!seal_unhex(in_text(rq, IN_FORM_KEY), key, sizeof(key)))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (!look_at(rq, &w))
		return render(rq, &op, HTTP_UNPROCESSABLE, &w);
	wish.form_key = key;
	switch (paper_print(rq_db(rq), &op, &wish, rq_now(rq), &id, &nobody, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/sheets/%llu/%s/print", (unsigned long long)op.id.v, paper_code(rq_arena(rq), id)));
	case REFUSED:
		if (why == R_NONE)
			w.nobody = nobody_words(rq, &op, &nobody);
		w.until = why == R_DAY_PAST ? why : R_NONE;
		w.caller = why == R_NOT_FOUND ? R_NOT_A_CHOICE : R_NONE;
		w.pages = why == R_SHEETS_FULL || why == R_OUT_OF_RANGE ? why : R_NONE;
		return render(rq, &op, HTTP_CONFLICT, &w);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
