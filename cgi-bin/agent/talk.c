/*
 * talk.c - the specialized version: which page a conversation is at, and what of it is saved with the call.
 */
#include "agent.h"

static struct call_key
key_of(struct req *rq, const struct held *held)
{
	return (struct call_key){ { rq_who(rq)->user }, agent_context(rq_who(rq))->op.id, held->entry, held->claimed_at };
}

bool
talk_read(struct req *rq, const struct held *held, struct talk *t)
{
	static const struct survey nothing = { .name = "" };
	struct version_id version = agent_context(rq_who(rq))->op.survey_version;

	t->key = key_of(rq, held);
	t->survey = &nothing;
	if (conversation_read(rq_db(rq), &t->key, &t->c, rq_arena(rq)) == FAILED)
		return false;
	/* An edit of the questionnaire does not disturb who is talking. */
	if (t->c.version.v != 0)
		version = t->c.version;
	if (version.v != 0 && kept_survey(rq_db(rq), version, &t->survey) == FAILED)
		return false;
	conversation_path(t->survey, &t->c, &t->path, rq_arena(rq));
	return true;
}

enum http
talk_show(struct req *rq, const struct held *held, const struct say *say, const struct talk *t, bool end)
{
	if (end || (t->c.talking && t->path.now == NULL))
		return close_page(rq, held, say, t);
	return t->c.talking ? ask_page(rq, held, say, t) : reach_page(rq, held, say, t);
}

enum http
talk_page(struct req *rq, const struct held *held, const struct say *say)
{
	struct talk t;

	if (!talk_read(rq, held, &t))
		return resp_refuse(rq, R_BUSY);
	return talk_show(rq, held, say, &t, say->typed && in_bool(rq, IN_END));
}

bool
talk_call(struct req *rq, const struct held *held, struct call *call, struct operation *op)
{
	struct held as_sent = { .entry = held->entry, .claimed_at = call->claimed_at };
	struct talk t;

	if (!talk_read(rq, &as_sent, &t))
		return false;
	/* From the person's card nobody was reached, whatever was tried before. */
	if (t.c.talking)
		call->answers = conversation_answers(t.survey, &t.c, &call->nanswers, rq_arena(rq));
	if (t.c.version.v != 0)
		op->survey_version = t.c.version;
	if (call->status != ST_COMPLETED || (t.c.talking && t.path.complete))
		return true;
	switch (conversation_saved(rq_db(rq), call->form_key, rq_arena(rq))) {
	case FOUND:	return true;		/* the same form again: it counts once */
	case NONE:	in_refuse(rq, IN_STATUS, R_STATUS_UNKNOWN); return true;
	case FAILED:	break;
	}
	return false;
}

bool
talk_edit(struct req *rq, const struct held *held, const struct call *call, const struct field_rules *rules)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct held as_sent = { .entry = held->entry, .claimed_at = call->claimed_at };
	struct agent_edit edits[SURVEY_QUESTIONS_MAX];
	enum refusal why;
	struct talk t;
	size_t n;

	if (!talk_read(rq, &as_sent, &t))
		return false;
	n = t.c.talking ? conversation_edits(t.survey, &t.c, rules, edits, NITEMS(edits), rq_arena(rq)) : 0;
	if (n == 0)
		return true;
	switch (agent_edit(rq_db(rq), op, rules, (struct user_id){ rq_who(rq)->user }, held->entry, edits, n, rq_now(rq), &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
	case REFUSED:	return true;		/* the person is gone, the call counts all the same */
	case UNSURE:
	case NOT_SAVED:	break;
	}
	return false;
}

bool
talk_clear(struct req *rq, const struct held *held)
{
	struct call_key key = key_of(rq, held);

	return conversation_clear(rq_db(rq), &key);
}
