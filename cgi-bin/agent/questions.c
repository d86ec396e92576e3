/*
 * questions.c - the questions of the original version, all in one window beside the script: shown, and read from the form.
 * The operation's first question has the fields `answer` and `said`, any further one answers.ID and texts.ID.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "tpl/call.names.h"

#include "agent.h"

static bool
is_first(struct req *rq, const struct question *q)
{
	return q->id.v == agent_context(rq_who(rq))->op.question.v;
}

/* Does the operation ask it? */
static bool
asked(struct req *rq, const struct question *q)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;

	if (is_first(rq, q))
		return true;
	for (size_t i = 0; i < op->nalso && operation_asks(q->kind); i++)
		if (op->also[i] == q->stable)
			return true;
	return false;
}

static const char *
key_of(struct req *rq, const struct question *q)
{
	return digits(rq, q->id.v);
}

static size_t
given(struct req *rq, const struct question *q)
{
	return is_first(rq, q) ? in_count(rq, IN_ANSWER) : in_keyed_count(rq, IN_ANSWERS, key_of(rq, q));
}

static uint64_t
nth(struct req *rq, const struct question *q, size_t i)
{
	return strtoull(is_first(rq, q) ? in_nth(rq, IN_ANSWER, i) : in_keyed_nth(rq, IN_ANSWERS, key_of(rq, q), i), NULL, 10);
}

static enum refusal
refusal_of(struct req *rq, const struct question *q)
{
	if (is_first(rq, q))
		return in_refusal(rq, question_picks(q) ? IN_ANSWER : IN_SAID);
	return in_keyed_refusal(rq, question_picks(q) ? IN_ANSWERS : IN_TEXTS, key_of(rq, q));
}

static void
refuse(struct req *rq, const struct question *q, enum refusal why)
{
	if (refusal_of(rq, q) != R_NONE)
		return;
	if (is_first(rq, q))
		in_refuse(rq, question_picks(q) ? IN_ANSWER : IN_SAID, why);
	else
		in_refuse_keyed(rq, question_picks(q) ? IN_ANSWERS : IN_TEXTS, key_of(rq, q), why);
}

/* --- shown --- */

/* As typed into a refused form, else as answered in a call that was taken back. */
static bool
picked(struct req *rq, const struct question *q, uint64_t choice, const struct say *say)
{
	if (say->typed) {
		for (size_t i = 0; i < given(rq, q); i++)
			if (nth(rq, q, i) == choice)
				return true;
		return false;
	}
	for (size_t i = 0; say->was != NULL && i < say->was->nanswers; i++)
		if (say->was->answers[i].choice.v == choice)
			return true;
	return false;
}

static const char *
written_in(struct req *rq, const struct question *q, const struct say *say)
{
	if (say->typed)
		return is_first(rq, q) ? in_typed(rq, IN_SAID) : in_keyed(rq, IN_TEXTS, key_of(rq, q));
	for (size_t i = 0; say->was != NULL && i < say->was->nanswers; i++)
		if (say->was->answers[i].question.v == q->id.v)
			return say->was->answers[i].text;
	return "";
}

static void
choices_show(struct req *rq, struct tpl *question, const char *section, const struct question *q, enum lang lang,
    const struct say *say)
{
	struct tpl *list = tpl_row(question, section), *row;

	for (size_t i = 0; i < q->nchoices; i++) {
		row = tpl_row(list, CALL_CHOICE);
		tpl_text(row, CALL_CHOICE_ID, digits(rq, q->choices[i].id.v));
		tpl_text(row, CALL_CHOICE_TEXT, survey_text(q->choices[i].text, lang));
		if (picked(rq, q, q->choices[i].id.v, say))
			tpl_show(row, CALL_PICKED);
		if (i < 9)
			tpl_text(tpl_row(row, CALL_KEY), CALL_DIGIT, digits(rq, i + 1));
	}
}

static void
question_show(struct req *rq, struct page *pg, const struct agent_screen *s, const struct question *q, const struct say *say)
{
	enum lang lang = written(q->text, spoken(rq, s));
	struct tpl *box = page_row(pg, CALL_QUESTION), *in;
	enum refusal why = say->typed ? refusal_of(rq, q) : R_NONE;

	tpl_text(box, CALL_Q_ID, is_first(rq, q) ? "question" : arena_fmt(rq_arena(rq), "question-%s", key_of(rq, q)));
	tpl_text(box, CALL_Q_NAME, is_first(rq, q) ? "answer" : arena_fmt(rq_arena(rq), "answers.%s", key_of(rq, q)));
	tpl_text(box, CALL_Q_SAID, is_first(rq, q) ? "said" : arena_fmt(rq_arena(rq), "texts.%s", key_of(rq, q)));
	tpl_text(box, CALL_Q_LANG, lang_code(lang));
	tpl_text(box, CALL_Q_TEXT, merged(rq, s, survey_text(q->text, lang)));
	if (!question_asks(q))
		return;
	if (question_picks(q))
		choices_show(rq, box, question_several(q) ? CALL_SOME_OF : CALL_ONE_OF, q, lang, say);
	else if (strcmp(q->kind, "text_long") == 0)
		tpl_text(tpl_row(box, CALL_LINES), CALL_VALUE, written_in(rq, q, say));
	else {
		in = tpl_row(box, CALL_LINE_IN);
		tpl_text(in, CALL_TYPE, strcmp(q->kind, "date") == 0 ? "date" : "text");
		if (strcmp(q->kind, "number") == 0)
			tpl_show(in, CALL_NUMERIC);
		tpl_text(in, CALL_VALUE, written_in(rq, q, say));
	}
	if (why != R_NONE)
		tpl_text(tpl_row(box, CALL_Q_WRONG), CALL_SENTENCE, why == R_MISSING
		    ? tr(rq_lang(rq), "Choose an answer, or say below how the call went.")
		    : why == R_NOT_A_NUMBER ? tr(rq_lang(rq), "Please enter a number.") : refusal_text(why, rq_lang(rq)));
}

void
questions_show(struct req *rq, struct page *pg, const struct agent_screen *s, const struct survey *survey, const struct say *say)
{
	for (size_t i = 0; survey != NULL && i < survey->nquestions; i++)
		if (asked(rq, &survey->questions[i]))
			question_show(rq, pg, s, &survey->questions[i], say);
}

/* --- read --- */

static size_t
question_in(struct req *rq, const struct question *q, enum status status, struct call_answer *out)
{
	struct choice_id *ids = arena_alloc(rq_arena(rq), SURVEY_CHOICES_MAX * sizeof(*ids));
	struct reply r = { .question = q->id, .choices = ids, .text = "" };
	bool must = status == ST_COMPLETED && (is_first(rq, q) || q->required);
	enum refusal why;
	size_t n = 0;

	if (!question_asks(q) || refusal_of(rq, q) != R_NONE)
		return 0;
	if (!question_picks(q))
		r.text = is_first(rq, q) ? in_text(rq, IN_SAID) : in_keyed(rq, IN_TEXTS, key_of(rq, q));
	for (size_t i = 0; question_picks(q) && i < given(rq, q); i++) {
		if (r.nchoices == SURVEY_CHOICES_MAX)
			return refuse(rq, q, R_NOT_A_CHOICE), 0;
		ids[r.nchoices++].v = nth(rq, q, i);
	}
	if (r.nchoices == 0 && r.text[0] == '\0') {
		if (must)
			refuse(rq, q, R_MISSING);
		return 0;
	}
	if ((why = conversation_check(q, &r)) != R_NONE)
		return refuse(rq, q, why), 0;
	for (size_t i = 0; i < r.nchoices; i++)
		out[n++] = (struct call_answer){ .question = q->id, .choice = ids[i] };
	if (n == 0)
		out[n++] = (struct call_answer){ .question = q->id, .text = r.text };
	return n;
}

const struct call_answer *
questions_in(struct req *rq, const struct survey *survey, enum status status, size_t *n)
{
	struct call_answer *out = arena_alloc(rq_arena(rq), (ANSWERS_MAX + 1) * sizeof(*out));

	*n = 0;
	for (size_t i = 0; survey != NULL && i < survey->nquestions && i < SURVEY_QUESTIONS_MAX; i++)
		if (asked(rq, &survey->questions[i]))
			*n += question_in(rq, &survey->questions[i], status, out + *n);
	return out;
}
