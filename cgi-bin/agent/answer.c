/*
 * answer.c - one step of a conversation: start, an answer, a question passed over, back. Each is kept before the next
 * page is shown. A step sent twice, or from a second window, does no harm; one of a hold that has ended still counts.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "agent.h"

static const char *
here(struct req *rq)
{
	return arena_fmt(rq_arena(rq), "/agent/%llu", (unsigned long long)rq_id(rq));
}

static bool
goes(struct req *rq, const char *where)
{
	return strcmp(in_text(rq, IN_GO), where) == 0;
}

/* What the form answers. Nothing at all is an answer only by "skip", or to a text. */
static struct reply
reply_in(struct req *rq, const struct question *q)
{
	struct choice_id *ids = arena_alloc(rq_arena(rq), SURVEY_CHOICES_MAX * sizeof(*ids));
	struct reply r = { .question = { in_uint(rq, IN_QUESTION) }, .choices = ids, .text = "" };
	size_t n = in_count(rq, IN_ANSWER);

	if (goes(rq, "skip"))
		return r;
	if (n > SURVEY_CHOICES_MAX) {
		in_refuse(rq, IN_ANSWER, R_NOT_A_CHOICE);
		return r;
	}
	for (size_t i = 0; i < n; i++)
		ids[r.nchoices++].v = in_nth_uint(rq, IN_ANSWER, i);
	r.text = in_text(rq, IN_SAID);
	if (q != NULL && question_picks(q) && n == 0 && !goes(rq, "end"))
		in_refuse(rq, IN_ANSWER, R_MISSING);
	return r;
}

/* The page again with what was typed, at the question that the form was about. */
static enum http
again(struct req *rq, const struct held *held, bool gone, struct talk *t, enum http status, const char *notice)
{
	struct say say = { .status = status, .typed = true, .gone = gone, .notice = notice };

	t->c.shown.v = in_uint(rq, IN_QUESTION);
	conversation_path(t->survey, &t->c, &t->path, rq_arena(rq));
	return talk_show(rq, held, &say, t, in_bool(rq, IN_END));
}

/* Another window led the conversation elsewhere: nothing of this form is kept, and the page says where it is now. */
static enum http
elsewhere(struct req *rq, const struct held *held, bool gone)
{
	struct say say = { .status = HTTP_CONFLICT, .gone = gone,
		.notice = tr(rq_lang(rq), "This question is not asked any more. Here is where the conversation is.") };

	return talk_page(rq, held, &say);
}

static enum http
edit(struct req *rq, const struct held *held, bool *done)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct agent_edit edits[EDITS_MAX];
	size_t n = form_edits(rq, edits);
	const struct field_rules *rules;
	enum refusal why;

	*done = true;
	if (n == 0)
		return HTTP_OK;
	if (!kept_fields(rq_db(rq), op, &rules))
		return resp_refuse(rq, R_BUSY);
	switch (agent_edit(rq_db(rq), op, rules, (struct user_id){ rq_who(rq)->user }, held->entry, edits, n, rq_now(rq), &why,
	    rq_arena(rq))) {
	case SAVED:
	case ALREADY:	return HTTP_OK;
	case REFUSED:	return resp_refuse(rq, why);	/* no page of ours offers it (fact 77) */
	case UNSURE:
	case NOT_SAVED:	break;
	}
	*done = false;
	return HTTP_OK;
}

static enum http
take(struct req *rq, enum step_kind kind)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct user_id user = { rq_who(rq)->user };
	struct step step = { .kind = kind };
	struct say say = { 0 };
	struct agent_edit edits[EDITS_MAX];
	enum refusal why = R_NONE;
	enum http status;
	struct held held;
	struct talk t;
	bool edited, gone;

	if (op->version != OP_SPECIALIZED)
		return resp_refuse(rq, R_NOT_FOUND);
	if (!form_keyed(rq) || in_refusal(rq, IN_QUESTION) != R_NONE || in_refusal(rq, IN_GO) != R_NONE)
		return resp_refuse(rq, R_BAD_REQUEST);
	gone = form_held(rq, &held);
	if (held.claimed_at != (int64_t)in_uint(rq, IN_CLAIMED) ||
	    !queue_form_ours(held.entry, user, held.claimed_at, in_text(rq, IN_FORM_KEY)))
		return resp_refuse(rq, R_FORM_TOO_OLD);
	if (!talk_read(rq, &held, &t))
		return resp_refuse(rq, R_BUSY);

	step.reply.question.v = in_uint(rq, IN_QUESTION);
	if (kind == STEP_REPLY || (kind == STEP_STAY && step.reply.question.v != 0))
		step.reply = reply_in(rq, question_of(t.survey, step.reply.question));
	if (in_given(rq, IN_NOTE))
		step.note = in_text(rq, IN_NOTE);
	form_edits(rq, edits);		/* numbers as typed are checked before anything is written */
	if (!in_all_fit(rq))
		return again(rq, &held, gone, &t, HTTP_UNPROCESSABLE, NULL);
	if ((status = edit(rq, &held, &edited)) != HTTP_OK)
		return status;
	if (!edited)
		return again(rq, &held, gone, &t, HTTP_UNAVAILABLE, refusal_text(R_BUSY, rq_lang(rq)));

	switch (conversation_step(rq_db(rq), op, &t.key, held.form_key, t.survey, &step, rq_now(rq), &t.c, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		conversation_path(t.survey, &t.c, &t.path, rq_arena(rq));
		say.gone = gone;
		return talk_show(rq, &held, &say, &t, kind == STEP_STAY);
	case REFUSED:
		if (why == R_NOT_FOUND)		/* saved already */
			return resp_redirect(rq, here(rq));
		if (why == R_WRONG_STATE)
			return elsewhere(rq, &held, gone);
		if (why == R_BAD_REQUEST)
			return resp_refuse(rq, why);
		in_refuse(rq, question_picks(question_of(t.survey, step.reply.question)) ? IN_ANSWER : IN_SAID, why);
		return again(rq, &held, gone, &t, HTTP_UNPROCESSABLE, NULL);
	case UNSURE:
	case NOT_SAVED:
		break;
	}
	return again(rq, &held, gone, &t, HTTP_UNAVAILABLE, refusal_text(R_BUSY, rq_lang(rq)));
}

enum http
answer_post(struct req *rq)
{
	return take(rq, goes(rq, "start") ? STEP_START : goes(rq, "end") ? STEP_STAY : STEP_REPLY);
}

enum http
back_post(struct req *rq)
{
	return take(rq, STEP_BACK);
}
