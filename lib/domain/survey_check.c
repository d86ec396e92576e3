/*
 * survey_check.c - is this questionnaire one that can be asked? Pure.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/text.h"

#include "domain/survey.h"
#include "domain/survey_row.h"

struct faults { struct survey_wrong *out; size_t n, max; struct arena *arena; };

static void
fault(struct faults *f, enum survey_part part, int question, enum refusal why, const char *word)
{
	if (f->n < f->max)
		f->out[f->n++] = (struct survey_wrong){ part, question, why, word };
}

static void
check_text(struct faults *f, enum survey_part part, int question, const char *text, size_t max_chars)
{
	const char *word = survey_unknown_merge(text, f->arena);

	if (text != NULL && text_chars(text) > max_chars)
		fault(f, part, question, R_TOO_LONG, NULL);
	else if (word != NULL)
		fault(f, part, question, R_MERGE_UNKNOWN, word);
}

static bool
choice_blank(const struct choice *c)
{
	return text_is_blank(c->text[LANG_EN]) && text_is_blank(c->text[LANG_FR]);
}

static void
check_choices(struct faults *f, int i, const struct question *n)
{
	size_t only[LANG__MAX] = { 0 };

	if (n->nchoices < 2)
		fault(f, SP_CHOICES, i, R_FEW_CHOICES, NULL);
	if (n->nchoices > SURVEY_CHOICES_MAX)
		fault(f, SP_CHOICES, i, R_TOO_MANY_PARTS, NULL);
	for (size_t c = 0; c < n->nchoices; c++) {
		bool en = !text_is_blank(n->choices[c].text[LANG_EN]), fr = !text_is_blank(n->choices[c].text[LANG_FR]);
		only[LANG_EN] += en && !fr;
		only[LANG_FR] += fr && !en;
		if (choice_blank(&n->choices[c]))
			fault(f, SP_CHOICES, i, R_MISSING, NULL);
		else if (text_chars(survey_text(n->choices[c].text, LANG_EN)) > 300 ||
		    text_chars(survey_text(n->choices[c].text, LANG_FR)) > 300)
			fault(f, SP_CHOICES, i, R_TOO_LONG, NULL);
	}
	/* One language may be left out altogether, not in the middle of a list. */
	if ((only[LANG_EN] != 0 && only[LANG_EN] != n->nchoices) || (only[LANG_FR] != 0 && only[LANG_FR] != n->nchoices))
		fault(f, SP_CHOICES, i, R_ONE_LANGUAGE, NULL);
}

size_t
survey_check(const struct survey *s, struct survey_wrong *out, size_t max, struct arena *a)
{
	struct faults f = { .out = out, .max = max, .arena = a };

	if (text_is_blank(s->name))
		fault(&f, SP_NAME, -1, R_MISSING, NULL);
	else if (text_chars(s->name) > 120)
		fault(&f, SP_NAME, -1, R_TOO_LONG, NULL);
	check_text(&f, SP_SCRIPT_EN, -1, s->script[LANG_EN], 8000);
	check_text(&f, SP_SCRIPT_FR, -1, s->script[LANG_FR], 8000);
	if (s->nquestions == 0)
		fault(&f, SP_QUESTION_EN, -1, R_NO_QUESTION, NULL);
	if (s->nquestions > SURVEY_QUESTIONS_MAX)
		fault(&f, SP_QUESTION_EN, -1, R_TOO_MANY_PARTS, NULL);
	for (size_t i = 0; i < s->nquestions; i++) {
		const struct question *n = &s->questions[i];
		if (text_is_blank(n->text[LANG_EN]) && text_is_blank(n->text[LANG_FR]))
			fault(&f, SP_QUESTION_EN, (int)i, R_MISSING, NULL);
		check_text(&f, SP_QUESTION_EN, (int)i, n->text[LANG_EN], 1000);
		check_text(&f, SP_QUESTION_FR, (int)i, n->text[LANG_FR], 1000);
		if (strcmp(n->kind, "single_choice") == 0)
			check_choices(&f, (int)i, n);
		else if (strcmp(n->kind, "yes_no") != 0)
			fault(&f, SP_CHOICES, (int)i, R_NOT_A_CHOICE, NULL);
	}
	return f.n;
}

void
survey_yes_no(struct question *n, const struct question *was, struct arena *a)
{
	bool same = was != NULL && strcmp(was->kind, "yes_no") == 0 && was->nchoices == 2;

	n->choices = arena_alloc(a, 2 * sizeof(*n->choices));
	n->nchoices = 2;
	n->choices[0] = (struct choice){ .stable = same ? was->choices[0].stable : 0,
	    .text = { [LANG_EN] = "Yes", [LANG_FR] = "Oui" } };
	n->choices[1] = (struct choice){ .stable = same ? was->choices[1].stable : 0,
	    .text = { [LANG_EN] = "No", [LANG_FR] = "Non" } };
}
