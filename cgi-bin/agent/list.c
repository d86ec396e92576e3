/*
 * list.c - the operations in which this user may call.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "domain/operation_report.h"

#include "tpl/list.names.h"

#include "agent.h"

struct looks { const char *class, *word; };

static struct looks
looks_of(enum op_phase phase)
{
	switch (phase) {
	case PHASE_DRAFT:	  return (struct looks){ "state-draft", N_("Draft") };
	case PHASE_UPCOMING:	  return (struct looks){ "state-upcoming", N_("Upcoming") };
	case PHASE_RUNNING:	  return (struct looks){ "state-running", N_("Running") };
	case PHASE_OUTSIDE_HOURS: return (struct looks){ "state-outside", N_("Outside hours") };
	case PHASE_PAUSED:	  return (struct looks){ "state-paused", N_("Paused") };
	case PHASE_NOBODY_LEFT:	  return (struct looks){ "state-left", N_("Nobody left to call") };
	case PHASE_ENDED:	  return (struct looks){ "state-ended", N_("Ended") };
	case PHASE_ARCHIVED:	  return (struct looks){ "state-ended", N_("Archived") };
	}
	return (struct looks){ "", "" };
}

static const char *
about(struct req *rq, const struct operation_numbers *n)
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);

	if (n->opens_at != 0)
		return arena_fmt(a, tr(lang, "opens: %s"), moment_words(rq, n->op.zone, n->opens_at));
	if (n->phase == PHASE_RUNNING && n->callable > 0)
		return arena_fmt(a, trn(lang, "%llu person to call", "%llu people to call", n->callable),
		    (unsigned long long)n->callable);
	if (n->phase == PHASE_RUNNING && n->next_at != 0)
		return arena_fmt(a, tr(lang, "next call: %s"), moment_words(rq, n->op.zone, n->next_at));
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
		tpl_text(row, LIST_STATE_CLASS, looks_of(list[i].phase).class);
		tpl_text(row, LIST_STATE, tr(lang, looks_of(list[i].phase).word));
		tpl_text(row, LIST_ABOUT, about(rq, &list[i]));
		button = tpl_row(row, go ? LIST_CALLABLE : LIST_NOT_CALLABLE);
		tpl_text(button, LIST_ID, id);
		tpl_text(button, LIST_BUTTON, tr(lang, "Make calls"));
	}
	return page_send(pg);
}
