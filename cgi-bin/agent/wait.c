/*
 * wait.c - power mode: the agent holds nobody, several phones ring, and whoever answers is theirs. The page asks for its card each
 * second (line.js) and turns into the person's; without a script it comes again by itself.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "domain/dialing.h"
#include "domain/power.h"

#include "tpl/wait.names.h"

#include "agent.h"

#define AGAIN_S	"3"

/* Do the agents of this operation wait for an answer, instead of taking the next person? False: the database. */
static bool
mode(struct req *rq, bool *power)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct dialing d = { .mode = DIAL_PREVIEW };

	*power = false;
	if (op->method != OP_SOFTWARE || in_practice(rq))
		return true;
	if (dialing_of(rq_db(rq), op->id, &d, rq_arena(rq)) == FAILED)
		return false;
	*power = d.mode == DIAL_POWER && d.paused == TROUBLE_NONE && !d.removed;
	return true;
}

enum found
wait_mode(struct req *rq)
{
	bool power;

	return !mode(rq, &power) ? FAILED : power ? FOUND : NONE;
}

enum found
wait_begin(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	bool power, waits = false;

	if (!mode(rq, &power) ||
	    (power && !power_wait(rq_db(rq), cx->op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &waits)))
		return FAILED;
	return waits ? FOUND : NONE;
}

bool
wait_end(struct req *rq)
{
	return agent_context(rq_who(rq))->op.method != OP_SOFTWARE ||
	    power_wait_no_more(rq_db(rq), (struct user_id){ rq_who(rq)->user });
}

enum found
wait_now(struct req *rq)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	int64_t since;

	if (op->method != OP_SOFTWARE)
		return NONE;
	return power_waits(rq_db(rq), op->id, (struct user_id){ rq_who(rq)->user }, &since, rq_arena(rq));
}

enum http
wait_page(struct req *rq, const struct say *say)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct today today = today_in(op->zone, rq_now(rq));
	unsigned calls, reached;
	struct page *pg;
	struct tpl *notice;

	if (agent_today(rq_db(rq), op->id, (struct user_id){ rq_who(rq)->user }, &today, &calls, &reached, rq_arena(rq)) == FAILED)
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "agent/wait.tpl", op->name);
	page_bare(pg);
	page_style(pg, "agent.css");
	page_script(pg, "line.js");
	page_script(pg, "agent.js");
	page_again(pg, AGAIN_S);
	bar_show(rq, pg, calls, reached, true);
	undo_show(rq, pg, say);
	page_text(pg, WAIT_SAVED, say->saved == NULL ? "" : say->saved);
	page_text(pg, WAIT_OPERATION_ID, digits(rq, op->id.v));
	page_text(pg, WAIT_CSRF, rq_csrf(rq));
	if (say->notice != NULL) {
		notice = page_row(pg, WAIT_NOTICE);
		tpl_text(notice, WAIT_TONE, say->good ? "notice-good" : "notice-warn");
		tpl_text(notice, WAIT_TEXT, say->notice);
	}
	line_card(rq, page_tpl(pg), NULL);
	return page_send_as(pg, say->status == 0 ? HTTP_OK : say->status);
}
