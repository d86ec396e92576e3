/*
 * list.c - past imports, and the form that takes a new file.
 */
#include "plumb/arena.h"
#include "plumb/date.h"
#include "plumb/conf.h"

#include "import.h"
#include "tpl/list.names.h"

static void
fill_past(struct req *rq, struct page *pg, const struct import *list, size_t n)
{
	struct tpl *past = n == 0 ? NULL : page_row(pg, LIST_PAST);

	if (n == 0)
		page_show(pg, LIST_FIRST);
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(past, LIST_IMPORT);

		tpl_text(row, LIST_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[i].id.v));
		tpl_text(row, LIST_FILE_NAME, list[i].file_name);
		tpl_text(row, LIST_WHEN, full_moment_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, list[i].created_at));
		tpl_text(row, LIST_STATE, state_words(rq, &list[i]));
		tpl_text(row, LIST_PEOPLE, tr(rq_lang(rq), list[i].kind == PERSON_ELECTOR ? N_("Electors") : N_("Contacts")));
		tpl_text(row, LIST_ROWS, page_number(rq, list[i].rows_read));
		tpl_text(row, LIST_REFUSED, page_number(rq, list[i].rows_refused));
		tpl_show(row, list[i].state == IMPORT_DONE ? LIST_GOOD : list[i].state == IMPORT_FAILED || list[i].state == IMPORT_UNDONE ? LIST_BAD : LIST_OPEN);
	}
}

static enum http
render(struct req *rq, enum http status, enum refusal kind_wrong, enum refusal file_wrong)
{
	struct page *pg = page_new(rq, "import/list.tpl", tr(rq_lang(rq), N_("Import people")));
	bool electors = strcmp(in_text(rq, IN_KIND), "elector") == 0, contacts = strcmp(in_text(rq, IN_KIND), "contact") == 0;
	struct import *list;
	size_t n;

	if (!import_list(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, &list, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	page_style(pg, "people.css");
	page_menu(pg, electors ? "electors" : "contacts");
	page_text(pg, LIST_CSRF, rq_csrf(rq));
	page_text(pg, LIST_LARGEST, arena_fmt(rq_arena(rq), "%u", conf.upload_mb));
	if (electors)
		page_show(pg, LIST_ELECTORS);
	if (contacts)
		page_show(pg, LIST_CONTACTS);
	if (kind_wrong != R_NONE)
		page_wrong(pg, LIST_KIND_WRONG, kind_wrong);
	if (file_wrong != R_NONE)
		page_wrong(pg, LIST_FILE_WRONG, file_wrong);
	fill_past(rq, pg, list, n);
	return page_send_as(pg, status);
}

enum http
imports_show(struct req *rq)
{
	return render(rq, HTTP_OK, R_NONE, R_NONE);
}

enum http
imports_take(struct req *rq)
{
	const struct who *who = rq_who(rq);
	enum person_kind kind = person_kind_of(in_text(rq, IN_KIND));
	enum refusal why = R_NONE;
	struct import_id id;
	struct upload up;
	bool have_file = in_upload(rq, IN_FILE, &up);

	if (in_blank(rq, IN_KIND) || in_refusal(rq, IN_KIND) != R_NONE || !have_file)
		return render(rq, HTTP_UNPROCESSABLE, in_blank(rq, IN_KIND) ? R_NOT_A_CHOICE : in_refusal(rq, IN_KIND),
		    have_file ? R_NONE : in_given(rq, IN_FILE) ? R_FILE_EMPTY : R_MISSING);
	switch (import_take(rq_db(rq), (struct organisation_id){ who->organisation }, (struct user_id){ who->user }, kind,
	    up.file_name, up.path, up.bytes, rq_now(rq), &id, &why, rq_arena(rq))) {
	case SAVED:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/imports/%llu", (unsigned long long)id.v));
	case UNSURE:
		return resp_redirect(rq, "/imports");
	case REFUSED:
		return render(rq, refusal_status(why), R_NONE, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
