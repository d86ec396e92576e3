/*
 * close.c - the end of a conversation: how it ended, a note, and on to the next person.
 */
#include "plumb/lang.h"

#include "tpl/close.names.h"

#include "agent.h"

static void
status_row(struct req *rq, struct tpl *list, const char *section, enum status s, enum status chosen)
{
	struct tpl *row = tpl_row(list, section);

	tpl_text(row, CLOSE_CODE, status_code(s));
	tpl_text(row, CLOSE_LABEL, status_label(s, rq_lang(rq)));
	if (s == chosen)
		tpl_show(row, CLOSE_PICKED);
}

/* Somebody was on the line: what follows from that first, the rest under "More". */
static void
statuses_show(struct req *rq, struct page *pg, bool complete, const struct say *say)
{
	static const enum status first[] = { ST_COMPLETED, ST_CALL_BACK, ST_REFUSED, ST_HUNG_UP };
	enum status chosen = say->typed ? status_of_code(in_typed(rq, IN_STATUS)) : complete ? ST_COMPLETED : ST_NONE;
	enum status sorted[ST__MAX];
	size_t n = status_sorted(S_AGENT, rq_lang(rq), sorted);

	for (size_t i = 0; i < NITEMS(first); i++)
		if (complete || first[i] != ST_COMPLETED)
			status_row(rq, page_tpl(pg), CLOSE_STATUS, first[i], chosen);
	for (size_t i = 0; i < n; i++) {
		bool is_first = false;
		for (size_t k = 0; k < NITEMS(first); k++)
			is_first |= first[k] == sorted[i];
		if (is_first)
			continue;
		status_row(rq, page_tpl(pg), CLOSE_MORE, sorted[i], chosen);
		if (sorted[i] == chosen)
			page_show(pg, CLOSE_MORE_OPEN);
	}
	if (say->typed && in_refusal(rq, IN_STATUS) != R_NONE)
		tpl_text(page_row(pg, CLOSE_STATUS_WRONG), CLOSE_SENTENCE, refusal_text(R_STATUS_UNKNOWN, rq_lang(rq)));
}

enum http
close_page(struct req *rq, const struct held *held, const struct say *say, const struct talk *t)
{
	bool complete = t->c.talking && t->path.complete;
	const struct agent_screen *shown;
	struct agent_screen screen;
	enum lang lang = rq_lang(rq);
	struct page *pg;

	if (!call_screen(rq, held, say, &screen, &shown))
		return resp_refuse(rq, R_BUSY);
	pg = call_frame(rq, "agent/close.tpl", held, say);
	talk_head(rq, pg, held, shown, t, say);
	page_text(pg, CLOSE_TITLE, complete ? tr(lang, "That was the last question") : tr(lang, "The conversation ended early"));
	page_text(pg, CLOSE_ABOUT, complete ? tr(lang, "Thank the person, then save the call.")
	    : tr(lang, "What was answered so far is saved with the call."));
	page_text(pg, CLOSE_BACK, complete ? tr(lang, "Back") : tr(lang, "Back to the question"));
	statuses_show(rq, pg, complete, say);
	mates_show(rq, pg, shown, say);
	callback_show(rq, page_tpl(pg), held, say);
	return page_send_as(pg, say->status == 0 ? HTTP_OK : say->status);
}
