/*
 * call.c - the page of the person held: three columns on a laptop, one after another on a phone (facts 108, 120); what
 * it has in common with the pages of the specialized version.
 */
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/lang.h"

#include "tpl/call.names.h"

#include "agent.h"

const char *
digits(struct req *rq, uint64_t n)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n);
}

struct tpl *
part_show(struct req *rq, struct tpl *into, const char *name, const char *file)
{
	return tpl_include(into, name,
	    arena_fmt(rq_arena(rq), "%s/%s/agent/%s.tpl", conf.templates, lang_code(rq_lang(rq)), file));
}

bool
call_screen(struct req *rq, const struct held *held, const struct say *say, struct agent_screen *screen,
    const struct agent_screen **shown)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct user_id user = { rq_who(rq)->user };
	struct today today = today_in(op->zone, rq_now(rq));
	const struct field_rules *rules;

	*screen = (struct agent_screen){ .first_name = "" };
	*shown = NULL;
	if (!kept_fields(rq_db(rq), op, &rules))
		return false;
	if (say->gone)
		return agent_today(rq_db(rq), op->id, user, &today, &screen->calls, &screen->reached, rq_arena(rq)) != FAILED;
	switch (agent_screen(rq_db(rq), op, rules, held, user, &today, may_dial(rq, held, NULL), say->screen,
	    screen, rq_arena(rq))) {
	case FOUND:	*shown = screen; break;
	case NONE:	break;		/* deleted meanwhile: the call may still be saved or skipped */
	case FAILED:	return false;
	}
	return true;
}

struct page *
call_frame(struct req *rq, const char *template, const struct held *held, const struct say *say)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct page *pg = page_new(rq, template, op->name);
	struct tpl *notice;

	page_bare(pg);
	page_shape(pg, "agent-page");
	page_style(pg, "agent.css");
	if (op->method == OP_SOFTWARE)
		page_script(pg, "line.js");	/* first: its clicks are not saves */
	page_script(pg, "agent.js");
	practice_show(rq, pg, template);
	page_text(pg, CALL_SAVED, say->saved == NULL ? "" : say->saved);
	if (say->notice != NULL) {
		notice = page_row(pg, CALL_NOTICE);
		tpl_text(notice, CALL_TONE, say->good ? "notice-good" : "notice-bad");
		tpl_text(notice, CALL_TEXT, say->notice);
	}
	page_text(pg, CALL_OPERATION_ID, digits(rq, op->id.v));
	page_text(pg, CALL_CSRF, rq_csrf(rq));
	page_text(pg, CALL_FORM_KEY, held->form_key);
	page_text(pg, CALL_ENTRY, digits(rq, held->entry.v));
	page_text(pg, CALL_CLAIMED, digits(rq, (uint64_t)held->claimed_at));
	return pg;
}

enum http
call_page(struct req *rq, const struct held *held, const struct say *say)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	const struct survey *survey = NULL;
	const struct agent_screen *shown;
	struct agent_screen screen;
	struct page *pg;

	if (op->version == OP_SPECIALIZED)
		return talk_page(rq, held, say);
	if (op->survey_version.v != 0 && kept_survey(rq_db(rq), op->survey_version, &survey) == FAILED)
		return resp_refuse(rq, R_BUSY);
	if (!call_screen(rq, held, say, &screen, &shown))
		return resp_refuse(rq, R_BUSY);

	pg = call_frame(rq, "agent/call.tpl", held, say);
	bar_show(rq, pg, screen.calls, screen.reached, true);
	person_card_show(rq, pg, held, shown, say);
	script_show(rq, pg, shown, survey);
	questions_show(rq, pg, shown, survey, say);
	mates_show(rq, pg, shown, say);
	undo_show(rq, pg, say);
	note_show(rq, pg, "", say);
	outcomes_show(rq, pg, held, say);
	return page_send_as(pg, say->status == 0 ? HTTP_OK : say->status);
}

/* Shows whom this agent holds; takes nobody: a GET never writes. */
enum http
call_get(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	struct say say = { 0 };

	if (cx->holding)
		return call_page(rq, &cx->held, &say);
	if (cx->break_since != 0)
		return pause_break(rq, cx->break_since, &say);
	switch (wait_now(rq)) {
	case FOUND:	return wait_page(rq, &say);
	case NONE:	return pause_start(rq, &say);
	case FAILED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}
