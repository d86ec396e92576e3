/*
 * reach.c - before the conversation: whom to call, and how it went when nobody was reached.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"
#include "plumb/text.h"

#include "tpl/reach.names.h"

#include "agent.h"

enum http
reach_page(struct req *rq, const struct held *held, const struct say *say, const struct talk *t)
{
	bool begun = t->c.nreplies > 0;
	const struct agent_screen *shown;
	struct agent_screen screen;
	enum lang lang = rq_lang(rq);
	struct page *pg;

	if (!call_screen(rq, held, say, &screen, &shown))
		return resp_refuse(rq, R_BUSY);
	pg = call_frame(rq, "agent/reach.tpl", held, say);
	bar_show(rq, pg, screen.calls, screen.reached, true);
	person_card_show(rq, pg, held, shown, say);
	if (text_is_blank(survey_text(t->survey->script, lang)))
		page_show(pg, REACH_TWO);
	else {
		page_show(pg, REACH_SCRIPT);
		script_show(rq, pg, shown, t->survey);
	}
	page_text(pg, REACH_START, begun ? tr(lang, "Go on with the conversation") : tr(lang, "Start the conversation"));
	page_text(pg, REACH_ABOUT_TALK, begun ? tr(lang, "What was answered is still there.")
	    : tr(lang, "Questions come one at a time, and each answer is kept at once."));
	note_show(rq, pg, t->c.note == NULL ? "" : t->c.note, say);
	mates_show(rq, pg, shown, say);
	undo_show(rq, pg, say);
	outcomes_show(rq, pg, held, say);
	return page_send_as(pg, say->status == 0 ? HTTP_OK : say->status);
}
