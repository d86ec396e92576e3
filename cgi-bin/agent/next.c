/*
 * next.c - takes somebody, gives somebody back, leaves.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "domain/agent_break.h"
#include "domain/practice.h"

#include "agent.h"

static const char *
here(struct req *rq)
{
	return arena_fmt(rq_arena(rq), "/agent/%llu", (unsigned long long)rq_id(rq));
}

/* After a person was taken the address is the operation's: a reload shows the same person and takes nobody. In power mode nobody is
 * taken, and the agent waits. holds: has somebody now. */
static enum http
take_next(struct req *rq, bool holds)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	struct user_id user = { rq_who(rq)->user };
	struct nobody_now nobody;
	struct held held;
	enum claimed c;

	if (cx->break_since != 0 && !agent_break_end(rq_db(rq), cx->op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq)))
		return resp_refuse(rq, R_BUSY);
	if (!holds && cx->kept.entry.v == 0)
		switch (wait_begin(rq)) {
		case FOUND:	return resp_redirect(rq, here(rq));
		case NONE:	break;
		case FAILED:	return resp_refuse(rq, R_BUSY);
		}
	c = queue_claim(rq_db(rq), &cx->op, user, rq_now(rq), &held, &nobody, rq_arena(rq));
	if (c == CLAIMED_NOBODY && in_practice(rq) && practice_more(rq_db(rq), cx->op.id, rq_lang(rq), rq_now(rq), rq_arena(rq)))
		c = queue_claim(rq_db(rq), &cx->op, user, rq_now(rq), &held, &nobody, rq_arena(rq));
	switch (c) {
	case CLAIMED:		return resp_redirect(rq, here(rq));
	case CLAIMED_NOBODY:	return pause_nobody(rq, &nobody, &(struct say){ 0 });
	case CLAIM_FAILED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}

enum http
next_post(struct req *rq)
{
	return take_next(rq, agent_context(rq_who(rq))->holding);
}

/* Back without an attempt, and the next one (fact 114). */
enum http
skip_post(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));

	if (in_refusal(rq, IN_ENTRY) != R_NONE)
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (queue_skip(rq_db(rq), cx->op.id, (struct user_id){ rq_who(rq)->user },
	    (struct entry_id){ in_uint(rq, IN_ENTRY) }, rq_now(rq))) {
	case SAVED:
		if (cx->holding)
			line_over(rq, cx->held.form_key, false);
		if (cx->op.version == OP_SPECIALIZED && cx->holding)
			talk_clear(rq, &cx->held);
		return take_next(rq, false);
	case ALREADY:	return resp_redirect(rq, here(rq));	/* clicked twice: skips nobody else */
	case REFUSED:
	case UNSURE:
	case NOT_SAVED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}

/* Whoever this agent holds is for others; false: they could not be given back. */
static bool
give_back(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));

	if (cx->holding)
		switch (queue_skip(rq_db(rq), cx->op.id, (struct user_id){ rq_who(rq)->user }, cx->held.entry,
		    rq_now(rq))) {
		case SAVED:
			line_over(rq, cx->held.form_key, false);
			if (cx->op.version == OP_SPECIALIZED)
				talk_clear(rq, &cx->held);
			break;
		case ALREADY:	break;
		case REFUSED:
		case UNSURE:
		case NOT_SAVED:	return false;
		}
	return true;
}

enum http
stop_post(struct req *rq)
{
	if (!give_back(rq) || !wait_end(rq))
		return resp_refuse(rq, R_BUSY);
	return in_practice(rq) ? practice_stop(rq) : resp_redirect(rq, "/agent");
}

enum http
break_post(struct req *rq)
{
	enum saved s;

	if (!give_back(rq) || !wait_end(rq))
		return resp_refuse(rq, R_BUSY);
	s = agent_break_begin(rq_db(rq), agent_context(rq_who(rq))->op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), rq_arena(rq));
	return s == SAVED || s == ALREADY ? resp_redirect(rq, here(rq)) : resp_refuse(rq, R_BUSY);
}

/* The addresses of forms, opened by hand or from a changed language. */
enum http
back_get(struct req *rq)
{
	return resp_redirect(rq, here(rq));
}
