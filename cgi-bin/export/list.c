/*
 * list.c - the exports that are there, and the form that asks for another.
 */
#include "plumb/arena.h"
#include "plumb/date.h"
#include "plumb/seal.h"

#include "export.h"
#include "tpl/list.names.h"

static const char *
number(struct req *rq, uint64_t n)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n);
}

static enum export_what
what_of(struct req *rq)
{
	return in_blank(rq, IN_WHAT) || in_refusal(rq, IN_WHAT) != R_NONE ? EXPORT__WHATS : export_what_of(in_text(rq, IN_WHAT));
}

const char *
export_words(struct req *rq, const struct export *x)
{
	const char *what = export_what_label(x->what, rq_lang(rq)), *of = *x->operation_name != '\0' ? x->operation_name : x->import_name;

	if (*of == '\0' && *x->filter != '\0')
		of = tr(rq_lang(rq), N_("with a filter"));
	return *of == '\0' ? what : arena_fmt(rq_arena(rq), "%s – %s", what, of);
}

const char *
export_state_words(struct req *rq, const struct export *x)
{
	static const char *const words[] = { [EXPORT_MAKING] = N_("Being made"), [EXPORT_DONE] = N_("Ready"), [EXPORT_FAILED] = N_("Not made"),
		[EXPORT_GONE] = N_("Deleted") };

	return tr(rq_lang(rq), words[x->state]);
}

static void
fill_whats(struct req *rq, struct page *pg, enum export_what chosen)
{
	static const char *const about[EXPORT__WHATS] = {
		[EXPORT_CONTACTS] = N_("The whole record of each, with phone numbers and your own fields"),
		[EXPORT_ELECTORS] = N_("The whole record of each, with phone numbers and your own fields"),
		[EXPORT_CALLS] = N_("Who called whom, when by the clock of the person called, and how it went"),
		[EXPORT_ANSWERS] = N_("What was answered to each question, one row per answer"),
		[EXPORT_REFUSED] = N_("What an import did not take, and why"),
		[EXPORT_AUDIT] = N_("Who changed or looked at what"),
	};

	for (enum export_what w = 0; w < EXPORT__WHATS; w++) {
		struct tpl *row;

		/* calls: of the operations one owns; without any, the list below says so */
		if (!export_may(rq_who(rq)->role, w, true))
			continue;
		row = page_row(pg, LIST_WHAT);
		tpl_text(row, LIST_CODE, export_what_code(w));
		tpl_text(row, LIST_LABEL, export_what_label(w, rq_lang(rq)));
		tpl_text(row, LIST_ABOUT, tr(rq_lang(rq), about[w]));
		if (w == chosen)
			tpl_show(row, LIST_CHOSEN);
	}
}

static void
fill_choices(struct req *rq, struct page *pg, const char *section, const struct export_choice *list, size_t n, uint64_t chosen)
{
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, section);

		tpl_text(row, LIST_ID, number(rq, list[i].id));
		tpl_text(row, LIST_NAME, list[i].name);
		tpl_text(row, LIST_WHEN, full_day_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, list[i].at));
		if (list[i].id == chosen)
			tpl_show(row, LIST_CHOSEN);
	}
}

static void
fill_past(struct req *rq, struct page *pg, const struct export *list, size_t n)
{
	struct tpl *past = n == 0 ? NULL : page_row(pg, LIST_PAST);

	if (n == 0)
		page_show(pg, LIST_FIRST);
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(past, LIST_EXPORT);

		tpl_text(row, LIST_ID, number(rq, list[i].id.v));
		tpl_text(row, LIST_WORDS, export_words(rq, &list[i]));
		tpl_text(row, LIST_WHEN, full_moment_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, list[i].created_at));
		tpl_text(row, LIST_WHO, list[i].by_name);
		tpl_text(row, LIST_STATE, export_state_words(rq, &list[i]));
		tpl_text(row, LIST_ROWS, page_number(rq, list[i].rows));
		tpl_show(row, list[i].state == EXPORT_DONE ? LIST_GOOD : list[i].state == EXPORT_FAILED ? LIST_BAD : list[i].state == EXPORT_MAKING ?
		    LIST_OPEN : LIST_OVER);
	}
}

struct wrong { enum refusal what, operation, import, days; };

static enum http
render(struct req *rq, enum http status, struct wrong wrong)
{
	const struct who *who = rq_who(rq);
	struct page *pg = page_new(rq, "export/list.tpl", tr(rq_lang(rq), N_("Export")));
	struct export_choice *operations, *imports;
	const char *format = in_text(rq, IN_FORMAT);
	unsigned char key[16];
	struct export *list;
	size_t n, noperations, nimports;

	if (!export_list(rq_db(rq), who, &list, &n, rq_arena(rq)) ||
	    !export_operations(rq_db(rq), who, &operations, &noperations, rq_arena(rq)) ||
	    !export_imports(rq_db(rq), who, &imports, &nimports, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	seal_random(key, sizeof(key));
	page_style(pg, "export.css");
	page_text(pg, LIST_CSRF, rq_csrf(rq));
	page_text(pg, LIST_KEY, in_refusal(rq, IN_KEY) == R_NONE && !in_blank(rq, IN_KEY) ? in_text(rq, IN_KEY) :
	    seal_hex(rq_arena(rq), key, sizeof(key)));
	fill_whats(rq, pg, what_of(rq));
	if (who->role == ROLE_ADMINISTRATOR)
		page_show(pg, LIST_EVERY);
	fill_choices(rq, pg, LIST_OPERATION, operations, noperations, in_uint(rq, IN_OPERATION));
	fill_choices(rq, pg, LIST_IMPORT, imports, nimports, in_uint(rq, IN_IMPORT));
	page_text(pg, LIST_FROM, in_typed(rq, IN_FROM));
	page_text(pg, LIST_UNTIL, in_typed(rq, IN_UNTIL));
	if (!in_blank(rq, IN_FILTER))
		tpl_text(page_row(pg, LIST_FILTERED), LIST_FILTER, in_text(rq, IN_FILTER));
	page_show(pg, strcmp(format, "comma") == 0 ? LIST_COMMA : strcmp(format, "xlsx") == 0 ? LIST_XLSX : LIST_SEMICOLON);
	if (wrong.what != R_NONE)
		page_wrong(pg, LIST_WHAT_WRONG, wrong.what);
	if (wrong.operation != R_NONE)
		page_wrong(pg, LIST_OPERATION_WRONG, wrong.operation);
	if (wrong.import != R_NONE)
		page_wrong(pg, LIST_IMPORT_WRONG, wrong.import);
	if (wrong.days != R_NONE)
		page_wrong(pg, LIST_DAYS_WRONG, wrong.days);
	fill_past(rq, pg, list, n);
	return page_send_as(pg, status);
}

enum http
exports_show(struct req *rq)
{
	return render(rq, HTTP_OK, (struct wrong){ R_NONE });
}

/* What can be seen without the database; R_NONE everywhere: ask the domain. */
static struct wrong
look_at(struct req *rq, enum export_what what)
{
	struct wrong w = { R_NONE };
	bool calls = what == EXPORT_CALLS || what == EXPORT_ANSWERS;

	if (what == EXPORT__WHATS)
		w.what = R_NOT_A_CHOICE;
	if (calls && in_uint(rq, IN_OPERATION) == 0 && rq_who(rq)->role != ROLE_ADMINISTRATOR)
		w.operation = R_NOT_A_CHOICE;
	if (what == EXPORT_REFUSED && in_uint(rq, IN_IMPORT) == 0)
		w.import = R_NOT_A_CHOICE;
	if (calls || what == EXPORT_AUDIT)
		w.days = in_refusal(rq, IN_FROM) != R_NONE ? in_refusal(rq, IN_FROM) : in_refusal(rq, IN_UNTIL);
	return w;
}

enum http
exports_make(struct req *rq)
{
	enum export_what what = what_of(rq);
	bool people = what == EXPORT_CONTACTS || what == EXPORT_ELECTORS, days = what == EXPORT_CALLS || what == EXPORT_ANSWERS || what == EXPORT_AUDIT;
	struct people_filter *filter = arena_alloc(rq_arena(rq), sizeof(*filter));
	struct export_wish w = { .what = what, .lang = rq_lang(rq), .zone = rq_who(rq)->zone, .from_day = days ? in_text(rq, IN_FROM) : "",
		.until_day = days ? in_text(rq, IN_UNTIL) : "" };
	struct wrong wrong = look_at(rq, what);
	enum refusal why = R_NONE;
	struct export_id id = { 0 };
	unsigned char key[16];

	if (in_blank(rq, IN_KEY) && in_refusal(rq, IN_FILTER) == R_NONE)	/* from the people page, with its filter: too long for an address */
		return exports_show(rq);
	if (in_refusal(rq, IN_FORMAT) != R_NONE || in_refusal(rq, IN_FILTER) != R_NONE || !seal_unhex(in_text(rq, IN_KEY), key, 16))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (wrong.what != R_NONE || wrong.operation != R_NONE || wrong.import != R_NONE || wrong.days != R_NONE)
		return render(rq, HTTP_UNPROCESSABLE, wrong);
	w.format = in_blank(rq, IN_FORMAT) ? EXPORT_SEMICOLON : export_format_of(in_text(rq, IN_FORMAT));
	w.form_key = key;
	if (people && !in_blank(rq, IN_FILTER)) {
		people_filter_read(rq_arena(rq), in_text(rq, IN_FILTER), what == EXPORT_ELECTORS ? PERSON_ELECTOR : PERSON_CONTACT, w.zone, filter);
		if (filter->conditions.broken)
			return resp_refuse(rq, R_BAD_REQUEST);
		w.filter = filter;
	}
	if (what == EXPORT_CALLS || what == EXPORT_ANSWERS)
		w.operation.v = in_uint(rq, IN_OPERATION);
	if (what == EXPORT_REFUSED)
		w.import.v = in_uint(rq, IN_IMPORT);
	switch (export_start(rq_db(rq), rq_who(rq), &w, rq_now(rq), &id, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/exports/%llu", (unsigned long long)id.v));
	case UNSURE:
		return resp_redirect(rq, "/exports");
	case REFUSED:
		if (why == R_END_BEFORE_START)
			return render(rq, HTTP_UNPROCESSABLE, (struct wrong){ .days = why });
		return resp_refuse(rq, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
