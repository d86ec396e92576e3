/*
 * questions.c - page 4: the sets of questions as cards; the chosen one comes first (original: page 3 may have chosen it).
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/survey.h"

#include "wizard.h"
#include "tpl/questions.names.h"

static const char *
number(struct req *rq, uint64_t n)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n);
}

static const struct question *
asked(const struct survey *s, struct question_id id)
{
	for (size_t i = 0; i < s->nquestions; i++)
		if (s->questions[i].id.v == id.v)
			return &s->questions[i];
	return NULL;
}

static void
add_chosen(struct req *rq, struct page *pg, const struct operation *op, const struct survey *s, bool newest)
{
	const struct question *n = asked(s, op->question);
	struct tpl *card = page_row(pg, QUESTIONS_CHOSEN);

	tpl_text(card, QUESTIONS_NAME, s->name);
	tpl_text(card, QUESTIONS_DESCRIPTION, s->description);
	tpl_text(card, QUESTIONS_SURVEY_ID, number(rq, s->id.v));
	tpl_text(card, QUESTIONS_ID, number(rq, op->id.v));
	if (op->version == OP_SPECIALIZED)
		tpl_text(tpl_row(card, QUESTIONS_WHOLE), QUESTIONS_COUNT, page_number(rq, s->nquestions));
	else if (n == NULL)
		tpl_show(card, QUESTIONS_NONE_ASKED);
	else
		tpl_text(tpl_row(card, QUESTIONS_ASKED), QUESTIONS_QUESTION_TEXT, survey_text(n->text, rq_lang(rq)));
	if (!newest)
		tpl_show(card, QUESTIONS_OLDER);
}

static void
add_card(struct req *rq, struct page *pg, const struct operation *op, const struct survey *s)
{
	struct tpl *card = page_row(pg, QUESTIONS_CARD);

	tpl_text(card, QUESTIONS_NAME, s->name);
	tpl_text(card, QUESTIONS_DESCRIPTION, s->description);
	tpl_text(card, QUESTIONS_SURVEY_ID, number(rq, s->id.v));
	tpl_text(card, QUESTIONS_VERSION_ID, number(rq, s->version.v));
	tpl_text(card, QUESTIONS_ID, number(rq, op->id.v));
	tpl_text(card, QUESTIONS_COUNT, arena_fmt(rq_arena(rq), trn(rq_lang(rq), "%s question", "%s questions", s->asked),
	    page_number(rq, s->asked)));
}

static enum http
render(struct req *rq, const struct operation *op, enum http status, enum refusal why)
{
	struct organisation_id org = { rq_who(rq)->organisation };
	struct page *pg = wizard_page(rq, op, P_QUESTIONS, "wizard/questions.tpl");
	struct survey *list, chosen = { .id = { 0 } };
	size_t n;

	if (!survey_list(rq_db(rq), org, &list, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	if (op->survey_version.v != 0 && survey_version_of(rq_db(rq), org, op->survey_version, &chosen, rq_arena(rq)) == FAILED)
		return resp_refuse(rq, R_BUSY);
	if (chosen.id.v != 0) {
		bool newest = false;
		for (size_t i = 0; i < n; i++)
			newest = newest || list[i].version.v == chosen.version.v;
		add_chosen(rq, pg, op, &chosen, newest);
	} else
		page_show(pg, QUESTIONS_NONE_CHOSEN);
	for (size_t i = 0; i < n; i++)
		if (list[i].version.v != chosen.version.v)
			add_card(rq, pg, op, &list[i]);
	if (why != R_NONE)
		page_wrong(pg, QUESTIONS_SURVEY_WRONG, why);
	return page_send_as(pg, status);
}

enum http
questions_show(struct req *rq)
{
	struct operation op;
	enum http no = wizard_open(rq, P_QUESTIONS, &op);

	return no != 0 ? no : render(rq, &op, HTTP_OK, R_NONE);
}

enum http
questions_save(struct req *rq)
{
	struct operation op;
	enum refusal why;
	enum saved s = REFUSED;
	uint64_t version = in_uint(rq, IN_SURVEY);
	enum http no = wizard_open(rq, P_QUESTIONS, &op);

	if (no != 0)
		return no;
	if (wizard_changed(rq, &op, P_QUESTIONS))
		return render(rq, &op, HTTP_CONFLICT, R_NONE);
	why = op.version == OP_SPECIALIZED ? R_NO_SURVEY : R_NO_QUESTION;
	if (version != 0)			/* "Use template": takes it and goes on */
		s = operation_set_survey(rq_db(rq), op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq),
		    (struct version_id){ version }, &why, rq_arena(rq));
	else if (op.version == OP_SPECIALIZED ? op.survey_version.v != 0 : op.question.v != 0)
		s = operation_pass_page(rq_db(rq), op.id, P_QUESTIONS, (struct user_id){ rq_who(rq)->user }, rq_now(rq),
		    &why, rq_arena(rq));
	if (s == SAVED || s == ALREADY || (s == REFUSED && wizard_goes_back(rq)))
		return wizard_go(rq, &op, P_QUESTIONS);
	return s == REFUSED ? render(rq, &op, HTTP_UNPROCESSABLE, why) : wizard_failed(rq, s, why);
}
