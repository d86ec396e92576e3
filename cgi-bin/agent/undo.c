/*
 * undo.c - the call just saved is taken back: the same person again, with what was answered and noted.
 */
#include "plumb/lang.h"

#include "domain/agent_undo.h"

#include "agent.h"

/* It could not be taken back: on with whoever comes next. */
static enum http
stays(struct req *rq, const char *notice)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	struct say say = { .status = HTTP_CONFLICT, .notice = notice };
	struct nobody_now nobody;
	struct held held;

	switch (queue_claim(rq_db(rq), &cx->op, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &held, &nobody, rq_arena(rq))) {
	case CLAIMED:		return call_page(rq, &held, &say);
	case CLAIMED_NOBODY:	return pause_nobody(rq, &nobody, &say);
	case CLAIM_FAILED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}

/* "12-1781107200000000-0123..." */
static bool
call_in(struct req *rq, struct call *out)
{
	unsigned long long entry;
	long long claimed_at;
	int at = 0;

	if (in_refusal(rq, IN_UNDO) != R_NONE || sscanf(in_text(rq, IN_UNDO), "%20llu-%20lld-%n", &entry, &claimed_at, &at) != 2 || at == 0)
		return false;
	*out = (struct call){ .entry = { entry }, .claimed_at = claimed_at, .form_key = in_text(rq, IN_UNDO) + at };
	return true;
}

enum http
undo_post(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	struct user_id user = { rq_who(rq)->user };
	struct call call = { 0 };
	struct call was = { .note = "" };
	struct say say = { .good = true, .was = &was };
	enum lang lang = rq_lang(rq);
	struct nobody_now nobody;
	struct held held;
	uint64_t attempt;
	enum refusal why;

	if (!call_in(rq, &call))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (!wait_end(rq))	/* whoever answers now is somebody else's */
		return resp_refuse(rq, R_BUSY);
	call.mates = mates_in(rq, &call.nmates);
	switch (queue_undo(rq_db(rq), &cx->op, user, &call, rq_now(rq), &attempt, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:	break;
	case REFUSED:
		if (why == R_FORM_TOO_OLD || why == R_NOT_FOUND)
			return resp_refuse(rq, why);
		return stays(rq, why == R_PERSON_HELD ? tr(lang, "Another agent has this person by now: the call stays as saved.")
		    : refusal_text(why, lang));
	case UNSURE:
	case NOT_SAVED:	return resp_refuse(rq, R_BUSY);
	}
	if (cx->holding && cx->op.version == OP_SPECIALIZED)
		talk_clear(rq, &cx->held);
	switch (queue_claim_entry(rq_db(rq), &cx->op, user, call.entry, rq_now(rq), &held, &nobody, rq_arena(rq))) {
	case CLAIMED:		break;
	case CLAIMED_NOBODY:	return pause_nobody(rq, &nobody, &say);
	case CLAIM_FAILED:	return resp_refuse(rq, R_BUSY);
	}
	if (held.entry.v != call.entry.v) {
		say.was = NULL;
		say.notice = tr(lang, "The call is taken back.");
	} else {
		say.notice = tr(lang, "The call is taken back. Here is the person again.");
		if (!agent_undo_read(rq_db(rq), attempt, &was, rq_arena(rq)) || (cx->op.version == OP_SPECIALIZED &&
		    !agent_undo_talk(rq_db(rq), cx->op.id, user, held.entry, held.claimed_at, attempt, rq_now(rq))))
			return resp_refuse(rq, R_BUSY);
	}
	return call_page(rq, &held, &say);
}
