/*
 * filters.c - filters kept under a name: shown on the list's page, kept, forgotten.
 */
#include "plumb/arena.h"

#include "domain/filter_saved.h"

#include "people.h"
#include "tpl/list.names.h"

static bool
hidden(void *ctx, const char *name, const char *value)
{
	struct tpl *row = tpl_row(ctx, LIST_HIDDEN);

	tpl_text(row, LIST_NAME, name);
	tpl_text(row, LIST_VALUE, value);
	return true;
}

void
fill_hidden(struct req *rq, struct tpl *form, const struct people_filter *f)
{
	const char *text = people_filter_text(rq_arena(rq), f);

	form_parse(rq_arena(rq), text, strlen(text), hidden, form);
}

bool
fill_saved(struct req *rq, struct page *pg, const struct people_filter *f, uint64_t operation, enum refusal name_wrong)
{
	const char *text = people_filter_text(rq_arena(rq), f), *op = arena_fmt(rq_arena(rq), "%llu", (unsigned long long)operation);
	struct saved_filter *saved;
	bool kept = false;
	size_t n;

	if (!filter_saved_list(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, f->kind, &saved, &n, rq_arena(rq)))
		return false;
	if (n > 0) {
		struct tpl *box = page_row(pg, LIST_KEPT_FILTERS);
		for (size_t i = 0; i < n; i++) {
			struct tpl *row = tpl_row(box, LIST_KEPT);
			struct people_filter one;
			people_filter_read(rq_arena(rq), saved[i].text, f->kind, f->zone, &one);
			tpl_text(row, LIST_NAME, saved[i].name);
			tpl_text(row, LIST_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)saved[i].id.v));
			tpl_text(row, LIST_HREF, list_address(rq, f->kind, &one, operation, 0));
			tpl_text(row, LIST_CSRF, rq_csrf(rq));
			tpl_text(row, LIST_KIND, person_kind_code(f->kind));
			if (operation != 0)
				tpl_text(tpl_row(row, LIST_KEEP_OPERATION), LIST_OPERATION, op);
			if (strcmp(saved[i].text, text) == 0) {
				tpl_show(row, LIST_SHOWN_NOW);
				kept = true;
			}
		}
	}
	if (*text != '\0' && !kept) {
		struct tpl *form = page_row(pg, LIST_KEEP_FILTER);
		fill_hidden(rq, form, f);
		tpl_text(form, LIST_CSRF, rq_csrf(rq));
		tpl_text(form, LIST_KIND, person_kind_code(f->kind));
		tpl_text(form, LIST_FILTER_NAME, in_typed(rq, IN_FILTER_NAME));
		if (operation != 0)
			tpl_text(tpl_row(form, LIST_KEEP_OPERATION), LIST_OPERATION, op);
		if (name_wrong != R_NONE)
			tpl_text(tpl_row(form, LIST_NAME_WRONG), LIST_WHY, refusal_text(name_wrong, rq_lang(rq)));
	}
	return true;
}

/* The kind of people that the form is about, and the operation it goes on for; false: not from a page of ours. */
static bool
about(struct req *rq, enum person_kind *kind, uint64_t *operation)
{
	*kind = person_kind_of(in_text(rq, IN_KIND));
	*operation = in_uint(rq, IN_OPERATION);
	return !in_blank(rq, IN_KIND) && in_refusal(rq, IN_KIND) == R_NONE && in_refusal(rq, IN_OPERATION) == R_NONE;
}

enum http
filters_save(struct req *rq)
{
	enum refusal why = in_refusal(rq, IN_FILTER_NAME);
	struct people_filter f;
	enum person_kind kind;
	uint64_t operation;

	if (!about(rq, &kind, &operation) || !filter_of(rq, kind, &f) || conditions_to_ask(rq, &f) > 0)
		return resp_refuse(rq, R_BAD_REQUEST);
	if (why != R_NONE)
		return list_page(rq, kind, why);
	switch (filter_save(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, (struct user_id){ rq_who(rq)->user },
	    in_text(rq, IN_FILTER_NAME), &f, rq_now(rq), &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, list_address(rq, kind, &f, operation, 0));
	case REFUSED:
		return list_page(rq, kind, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

enum http
filters_forget(struct req *rq)
{
	enum person_kind kind;
	uint64_t operation;

	if (!about(rq, &kind, &operation) || in_uint(rq, IN_FILTER) == 0)
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (filter_forget(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, (struct user_id){ rq_who(rq)->user },
	    (struct saved_filter_id){ in_uint(rq, IN_FILTER) }, rq_now(rq), rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, list_address(rq, kind, NULL, operation, 0));
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
