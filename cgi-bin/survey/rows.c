/*
 * rows.c - the editor's questions and answers as they stand in the form, with what is wrong beside each.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/survey_field.h"

#include "survey.h"
#include "tpl/editor.names.h"

bool
rows_say(struct req *rq, struct tpl *where, const char *section, struct wrongs w, enum survey_part part, int question, int choice)
{
	for (size_t i = 0; i < w.n; i++)
		if (w.list[i].part == part && w.list[i].question == question && w.list[i].choice == choice) {
			tpl_text(tpl_row(where, section), EDITOR_WRONG, wrong_sentence(rq, &w.list[i]));
			return true;
		}
	return false;
}

static const char *
number(struct req *rq, uint64_t n)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n);
}

/* --- where an answer leads --- */

static void
target(struct tpl *row, const char *section, const char *value, const char *label, bool chosen)
{
	struct tpl *option = tpl_row(row, section);

	tpl_text(option, EDITOR_VALUE, value);
	tpl_text(option, EDITOR_LABEL, label);
	if (chosen)
		tpl_show(option, EDITOR_CHOSEN);
}

/*
 * The later questions and the end; and what is chosen now, also when it cannot stay so: an arrow may have
 * moved the question before this one, or a button removed it.
 */
static void
targets(struct req *rq, struct tpl *row, const char *section, const struct draft *d, size_t at, int next)
{
	bool last = at + 1 == d->n;

	if (!last)
		target(row, section, "next", branch_label(rq, 0, NULL), next == 0);
	for (size_t k = 0; k < d->n; k++)
		if (k > at + 1 || (int)k + 1 == next)
			target(row, section, number(rq, k + 1), branch_label(rq, (int)k + 1, d->question[k].text), (int)k + 1 == next);
	if (next == NEXT_GONE || next > (int)d->n)
		target(row, section, "gone", branch_label(rq, NEXT_GONE, NULL), true);
	/* After the last question the next one and the end are the same. */
	target(row, section, last && next != NEXT_END ? "next" : "end", branch_label(rq, NEXT_END, NULL),
	    next == NEXT_END || (last && next == 0));
}

/* --- one question --- */

static void
add_choice(struct req *rq, struct tpl *question, const struct draft *d, size_t i, size_t c, struct wrongs wrong)
{
	static const struct draft_choice blank = { .text = { "", "" } };
	const struct draft_question *q = &d->question[i];
	const struct draft_choice *x = c < q->nchoices ? &q->choice[c] : &blank;
	struct tpl *row = tpl_row(question, EDITOR_CHOICE);

	tpl_text(row, EDITOR_C, number(rq, c));
	tpl_text(row, EDITOR_ANSWER_NUMBER, number(rq, c + 1));
	tpl_text(row, EDITOR_ANSWER_STABLE, number(rq, x->stable));
	tpl_text(row, EDITOR_CHOICE_EN, x->text[LANG_EN]);
	tpl_text(row, EDITOR_CHOICE_FR, x->text[LANG_FR]);
	targets(rq, row, EDITOR_TARGET, d, i, x->next);
	if (c > 0)
		tpl_show(row, EDITOR_RAISE);
	tpl_show(row, EDITOR_DROP);
	rows_say(rq, row, EDITOR_CHOICE_WRONG, wrong, SP_CHOICE, (int)i, (int)c);
	if (survey_kind_own(q->kind))
		rows_say(rq, row, EDITOR_NEXT_WRONG, wrong, SP_NEXT, (int)i, (int)c);
}

/* Every number of a scale has its row, so that a wider one needs no button; the page hides those outside (survey.js). A question
 * that becomes a scale gets them with the next check. */
static void
add_scale(struct req *rq, struct tpl *row, const struct draft *d, size_t i, struct wrongs wrong)
{
	const struct draft_question *q = &d->question[i];
	struct tpl *branches;

	tpl_text(row, EDITOR_FROM, q->from == SCALE_NONE ? "" : number(rq, (uint64_t)q->from));
	tpl_text(row, EDITOR_TO, q->to == SCALE_NONE ? "" : number(rq, (uint64_t)q->to));
	tpl_text(row, EDITOR_LOW_EN, q->low[LANG_EN]);
	tpl_text(row, EDITOR_LOW_FR, q->low[LANG_FR]);
	tpl_text(row, EDITOR_HIGH_EN, q->high[LANG_EN]);
	tpl_text(row, EDITOR_HIGH_FR, q->high[LANG_FR]);
	if (strcmp(q->kind, "scale") != 0)
		return;
	branches = tpl_row(row, EDITOR_SCALE_BRANCHES);
	for (int v = 0; v <= SCALE_MOST; v++) {
		struct tpl *one = tpl_row(branches, EDITOR_SCALE_NUMBER);
		tpl_text(one, EDITOR_V, number(rq, (uint64_t)v));
		targets(rq, one, EDITOR_SCALE_TARGET, d, i, q->scale_next[v]);
		rows_say(rq, one, EDITOR_SCALE_WRONG, wrong, SP_NEXT, (int)i, v - q->from);
	}
}

static void
add_fields(struct req *rq, struct tpl *row, const struct draft_question *q, struct wrongs wrong, int at)
{
	for (size_t f = 0; f < nsurvey_fields; f++) {
		struct tpl *option = tpl_row(row, EDITOR_FIELD);
		tpl_text(option, EDITOR_VALUE, field_code(survey_fields[f]));
		tpl_text(option, EDITOR_LABEL, field_label(survey_fields[f], rq_lang(rq)));
		if (strcmp(field_code(survey_fields[f]), q->field) == 0)
			tpl_show(option, EDITOR_CHOSEN);
	}
	rows_say(rq, row, EDITOR_FIELD_WRONG, wrong, SP_FIELD, at, -1);
}

static void
add_kinds(struct req *rq, struct tpl *row, const char *kind)
{
	for (size_t k = 0; k < nkind_words; k++) {
		struct tpl *option = tpl_row(row, EDITOR_KIND);
		tpl_text(option, EDITOR_VALUE, kind_words[k].kind);
		tpl_text(option, EDITOR_LABEL, kind_label(kind_words[k].kind, rq_lang(rq)));
		if (strcmp(kind_words[k].kind, kind) == 0)
			tpl_show(option, EDITOR_CHOSEN);
	}
}

static void
add_question(struct req *rq, struct page *pg, const struct draft *d, size_t i, struct wrongs wrong, struct wrongs advice)
{
	const struct draft_question *q = &d->question[i];
	struct tpl *row = page_row(pg, EDITOR_QUESTION);
	bool yes_no = strcmp(q->kind, "yes_no") == 0;
	size_t answers = q->nchoices < 2 ? 2 : q->nchoices;	/* there is always a place to write two */
	int at = (int)i;

	tpl_text(row, EDITOR_KEY, number(rq, i));
	tpl_text(row, EDITOR_NUMBER, number(rq, i + 1));
	tpl_text(row, EDITOR_ABOVE, number(rq, i > 0 ? i - 1 : 0));
	tpl_text(row, EDITOR_BELOW, number(rq, i + 1));
	tpl_text(row, EDITOR_STABLE, number(rq, q->stable));
	tpl_text(row, EDITOR_TEXT_EN, q->text[LANG_EN]);
	tpl_text(row, EDITOR_TEXT_FR, q->text[LANG_FR]);
	tpl_text(row, EDITOR_ANSWERS, number(rq, answers));
	add_kinds(rq, row, q->kind);
	if (q->required)
		tpl_show(row, EDITOR_REQUIRED);
	if (d->n < SURVEY_QUESTIONS_MAX) {
		tpl_show(row, EDITOR_INSERT);
		tpl_show(row, EDITOR_COPY);
	}
	if (i > 0)
		tpl_show(row, EDITOR_UP);
	if (i + 1 < d->n)
		tpl_show(row, EDITOR_DOWN);
	if (d->n > 1)
		tpl_show(row, EDITOR_REMOVE);
	for (size_t c = 0; c < answers; c++)
		add_choice(rq, row, d, i, c, wrong);
	if (answers < SURVEY_CHOICES_MAX)
		tpl_show(row, EDITOR_MAY_ANSWER);
	add_scale(rq, row, d, i, wrong);
	add_fields(rq, row, q, wrong, at);
	targets(rq, row, EDITOR_YES_TARGET, d, i, q->yes);
	targets(rq, row, EDITOR_NO_TARGET, d, i, q->no);
	if (yes_no) {
		rows_say(rq, row, EDITOR_YES_WRONG, wrong, SP_NEXT, at, 0);
		rows_say(rq, row, EDITOR_NO_WRONG, wrong, SP_NEXT, at, 1);
	}
	rows_say(rq, row, EDITOR_REACH_ADVICE, advice, SP_REACH, at, -1);
	if (!rows_say(rq, row, EDITOR_TEXT_EN_WRONG, wrong, SP_QUESTION_EN, at, -1))
		rows_say(rq, row, EDITOR_TEXT_EN_ADVICE, advice, SP_QUESTION_EN, at, -1);
	if (!rows_say(rq, row, EDITOR_TEXT_FR_WRONG, wrong, SP_QUESTION_FR, at, -1))
		rows_say(rq, row, EDITOR_TEXT_FR_ADVICE, advice, SP_QUESTION_FR, at, -1);
	rows_say(rq, row, EDITOR_CHOICES_WRONG, wrong, SP_CHOICES, at, -1);
}

void
rows_questions(struct req *rq, struct page *pg, const struct draft *d, struct wrongs wrong, struct wrongs advice)
{
	for (size_t i = 0; i < d->n; i++)
		add_question(rq, pg, d, i, wrong, advice);
}
