/*
 * draft.c - a draft's beginning, its resuming, and its two endings.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "wizard.h"

enum http
draft_create(struct req *rq)
{
	const struct who *w = rq_who(rq);
	struct operation op = { .id = { 0 } };
	enum saved s = operation_create(rq_db(rq), (struct organisation_id){ w->organisation }, (struct user_id){ w->user },
	    rq_now(rq), &op.id, rq_arena(rq));

	if (s != SAVED && s != ALREADY)
		return wizard_failed(rq, s, R_NOT_ALLOWED);
	return resp_redirect(rq, wizard_address(rq, &op, P_VERSION));
}

enum http
draft_resume(struct req *rq)
{
	struct operation op;
	enum http no = wizard_open(rq, P_VERSION, &op);

	if (no != 0)
		return no;
	/* A finished operation is mostly opened to change its details; a draft goes on where it stopped. */
	return resp_redirect(rq, wizard_address(rq, &op, op.state != OP_DRAFT ? P_DETAILS : (enum wizard_page)op.wizard_page));
}

enum http
draft_finish(struct req *rq)
{
	struct operation op;
	enum refusal why;
	unsigned missing;
	enum http no = wizard_open(rq, P_VERSION, &op);
	enum saved s;

	if (no != 0)
		return no;
	s = operation_finish(rq_db(rq), op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &why, rq_arena(rq));
	if (s == SAVED || s == ALREADY)		/* fact 4; the dashboard says what comes next */
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/operations?made=%llu", (unsigned long long)op.id.v));
	if (s != REFUSED)
		return wizard_failed(rq, s, why);
	/* The page that misses something says what. */
	if (operation_missing(rq_db(rq), &op, &missing, &why, rq_arena(rq)) != FOUND)
		return resp_refuse(rq, R_BUSY);
	if (missing == P_LIST || missing == 0)
		return list_save(rq);
	return resp_redirect(rq, wizard_address(rq, &op, (enum wizard_page)missing));
}

enum http
draft_discard(struct req *rq)
{
	enum refusal why;
	enum saved s = operation_discard(rq_db(rq), (struct operation_id){ rq_id(rq) }, (struct user_id){ rq_who(rq)->user },
	    rq_now(rq), &why, rq_arena(rq));

	return s == SAVED ? resp_redirect(rq, "/operations") : wizard_failed(rq, s, why);
}
