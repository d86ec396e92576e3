/*
 * number.c - the agent dials another number of the person.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "agent.h"

enum http
number_post(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	struct say say = { 0 };
	enum refusal why = R_NONE;
	struct held held;

	if (!form_keyed(rq) || in_refusal(rq, IN_NUMBER) != R_NONE)
		return resp_refuse(rq, R_BAD_REQUEST);
	if (form_held(rq, &held)) {
		say.gone = true;
		return call_page(rq, &held, &say);
	}
	switch (queue_dial(rq_db(rq), &cx->op, (struct user_id){ rq_who(rq)->user }, held.entry, in_text(rq, IN_NUMBER), rq_now(rq),
	    &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/agent/%llu", (unsigned long long)rq_id(rq)));
	case REFUSED:
		if (why != R_NUMBER_BUSY)
			return resp_refuse(rq, why);
		say.status = HTTP_CONFLICT;
		say.notice = refusal_text(why, rq_lang(rq));
		break;
	case UNSURE:
	case NOT_SAVED:
		say.status = HTTP_UNAVAILABLE;
		say.notice = refusal_text(R_BUSY, rq_lang(rq));
		break;
	}
	return call_page(rq, &held, &say);
}
