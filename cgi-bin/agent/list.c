/*
 * list.c - the operations in which this user may call.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"
#include "plumb/moment.h"

#include "domain/operation_report.h"

#include "tpl/list.names.h"

#include "agent.h"

static const char *
about(struct req *rq, const struct operation_numbers *n)
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);

	if (n->opens_at != 0)
		return arena_fmt(a, tr(lang, "opens: %s"), moment_words(rq_arena(rq), rq_lang(rq), n->op.zone, rq_now(rq), n->opens_at));
	if (n->phase == PHASE_RUNNING && n->callable > 0)
		return arena_fmt(a, trn(lang, "%llu person to call", "%llu people to call", n->callable),
		    (unsigned long long)n->callable);
	if (n->phase == PHASE_RUNNING && n->next_at != 0)
		return arena_fmt(a, tr(lang, "next call: %s"), moment_words(rq_arena(rq), rq_lang(rq), n->op.zone, rq_now(rq), n->next_at));
	return "";
}

enum http
list_show(struct req *rq)
{
	struct report_wish wish = { .organisation = { rq_who(rq)->organisation }, .user = { rq_who(rq)->user },
		.search = "", .now = rq_now(rq) };
	struct operation_numbers *list;
	enum lang lang = rq_lang(rq);
	struct page *pg;
	struct tpl *row;
	size_t n;

	if (!operation_report(rq_db(rq), &wish, &list, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "agent/list.tpl", tr(lang, "Make calls"));
	page_menu(pg, "agent");
	page_shape(pg, "page-form");
	page_style(pg, "agent.css");
	if (n == 0)
		page_show(pg, LIST_EMPTY);
	for (size_t i = 0; i < n; i++) {
		const char *id = arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[i].op.id.v);
		bool go = list[i].phase == PHASE_RUNNING;
		struct tpl *button;

		row = page_row(pg, LIST_OPERATION);
		tpl_text(row, LIST_NAME, list[i].op.name);
		tpl_text(row, LIST_STATE_CODE, phase_code(list[i].phase));
		tpl_text(row, LIST_STATE, phase_label(list[i].phase, lang));
		tpl_text(row, LIST_ABOUT, about(rq, &list[i]));
		button = tpl_row(row, go ? LIST_CALLABLE : LIST_NOT_CALLABLE);
		tpl_text(button, LIST_ID, id);
		tpl_text(button, LIST_BUTTON, tr(lang, "Make calls"));
	}
	return page_send(pg);
}
