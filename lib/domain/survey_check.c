/*
 * survey_check.c - is this questionnaire one that can be asked, and what should its maker know? Pure.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/text.h"

#include "domain/survey.h"
#include "domain/survey_field.h"
#include "domain/survey_row.h"

#define SCALE_WORDS	60	/* characters beside the number of an end */

enum { CHOICES = 1, BRANCHES = 2, OWN = 4, REQUIRED = 8 };
static const struct { const char *kind; unsigned has; } kinds[] = {
	{ "single_choice", CHOICES | BRANCHES | OWN | REQUIRED }, { "yes_no", CHOICES | BRANCHES | REQUIRED },
	{ "multiple_choice", CHOICES | OWN | REQUIRED }, { "scale", CHOICES | BRANCHES | REQUIRED },
	{ "text_short", REQUIRED }, { "text_long", REQUIRED }, { "number", REQUIRED }, { "date", REQUIRED },
	{ "info", 0 }, { "field_update", 0 },
};

static bool
kind_has(const char *kind, unsigned has)
{
	for (size_t i = 0; i < NITEMS(kinds); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return (kinds[i].has & has) == has;
	return false;
}

bool survey_kind_known(const char *kind)    { return kind_has(kind, 0); }
bool survey_kind_choices(const char *kind)  { return kind_has(kind, CHOICES); }
bool survey_kind_branches(const char *kind) { return kind_has(kind, BRANCHES); }
bool survey_kind_own(const char *kind)      { return kind_has(kind, OWN); }
bool survey_kind_required(const char *kind) { return kind_has(kind, REQUIRED); }

struct faults { struct survey_wrong *out; size_t n, max; struct arena *arena; };

static void
fault(struct faults *f, enum survey_part part, int question, int choice, enum refusal why, const char *word)
{
	if (f->n < f->max)
		f->out[f->n++] = (struct survey_wrong){ .part = part, .question = question, .choice = choice, .why = why, .word = word };
}

static void
check_text(struct faults *f, enum survey_part part, int question, const char *text, size_t max_chars)
{
	const char *word = survey_unknown_merge(text, f->arena);

	if (text != NULL && text_chars(text) > max_chars)
		fault(f, part, question, -1, R_TOO_LONG, NULL);
	else if (word != NULL)
		fault(f, part, question, -1, R_MERGE_UNKNOWN, word);
}

/* One language may be left out of a list altogether, not in its middle. */
static bool
lists_language(const struct question *n, enum lang lang)
{
	for (size_t c = 0; c < n->nchoices; c++)
		if (!text_is_blank(n->choices[c].text[lang]))
			return true;
	return false;
}

static void
check_choices(struct faults *f, int i, const struct question *n)
{
	bool both = lists_language(n, LANG_EN) && lists_language(n, LANG_FR);

	if (n->nchoices < 2)
		fault(f, SP_CHOICES, i, -1, R_FEW_CHOICES, NULL);
	if (n->nchoices > SURVEY_CHOICES_MAX)
		fault(f, SP_CHOICES, i, -1, R_TOO_MANY_PARTS, NULL);
	for (size_t c = 0; c < n->nchoices; c++) {
		const struct choice *x = &n->choices[c];
		bool en = !text_is_blank(x->text[LANG_EN]), fr = !text_is_blank(x->text[LANG_FR]);
		if (!en && !fr)
			fault(f, SP_CHOICE, i, (int)c, R_CHOICE_BLANK, NULL);
		else if (both && en != fr)
			fault(f, SP_CHOICE, i, (int)c, R_ONE_LANGUAGE, NULL);
		else if (text_chars(survey_text(x->text, LANG_EN)) > 300 || text_chars(survey_text(x->text, LANG_FR)) > 300)
			fault(f, SP_CHOICE, i, (int)c, R_TOO_LONG, NULL);
	}
}

static void
check_scale(struct faults *f, int i, const struct question *n)
{
	struct scale s;

	scale_of(n, &s, f->arena);
	if (s.from >= s.to)
		fault(f, SP_CHOICES, i, -1, R_BAD_SCALE, NULL);
	for (unsigned l = 0; l < LANG__MAX; l++)
		if ((s.low[l] != NULL && text_chars(s.low[l]) > SCALE_WORDS) || (s.high[l] != NULL && text_chars(s.high[l]) > SCALE_WORDS)) {
			fault(f, SP_CHOICES, i, -1, R_TOO_LONG, NULL);
			return;
		}
}

/* Only forward: so no conversation goes in circles (fact 41). */
static void
check_branches(struct faults *f, int i, const struct question *n, size_t nquestions)
{
	for (size_t c = 0; c < n->nchoices; c++) {
		int next = n->choices[c].next;
		if (next < NEXT_END || next > (int)nquestions)
			fault(f, SP_NEXT, i, (int)c, R_BRANCH_GONE, NULL);
		else if (next > 0 && next <= i + 1)
			fault(f, SP_NEXT, i, (int)c, R_BRANCH_BACK, NULL);
	}
}

static void
check_question(struct faults *f, int i, const struct survey *s)
{
	const struct question *n = &s->questions[i];

	if (text_is_blank(n->text[LANG_EN]) && text_is_blank(n->text[LANG_FR]))
		fault(f, SP_QUESTION_EN, i, -1, R_MISSING, NULL);
	check_text(f, SP_QUESTION_EN, i, n->text[LANG_EN], 1000);
	check_text(f, SP_QUESTION_FR, i, n->text[LANG_FR], 1000);
	if (!survey_kind_known(n->kind))
		fault(f, SP_CHOICES, i, -1, R_NOT_A_CHOICE, NULL);
	else if (survey_kind_own(n->kind))
		check_choices(f, i, n);
	if (strcmp(n->kind, "scale") == 0)
		check_scale(f, i, n);
	if (strcmp(n->kind, "field_update") == 0 && survey_field(n->field) == FIELD__MAX)
		fault(f, SP_FIELD, i, -1, R_NO_FIELD, NULL);
	if (survey_kind_branches(n->kind))
		check_branches(f, i, n, s->nquestions);
}

size_t
survey_check(const struct survey *s, struct survey_wrong *out, size_t max, struct arena *a)
{
	struct faults f = { .out = out, .max = max, .arena = a };

	if (text_is_blank(s->name))
		fault(&f, SP_NAME, -1, -1, R_MISSING, NULL);
	else if (text_chars(s->name) > 120)
		fault(&f, SP_NAME, -1, -1, R_TOO_LONG, NULL);
	check_text(&f, SP_SCRIPT_EN, -1, s->script[LANG_EN], 8000);
	check_text(&f, SP_SCRIPT_FR, -1, s->script[LANG_FR], 8000);
	if (s->nquestions == 0)
		fault(&f, SP_QUESTION_EN, -1, -1, R_NO_QUESTION, NULL);
	if (s->nquestions > SURVEY_QUESTIONS_MAX)
		fault(&f, SP_QUESTION_EN, -1, -1, R_TOO_MANY_PARTS, NULL);
	for (size_t i = 0; i < s->nquestions; i++)
		check_question(&f, (int)i, s);
	return f.n;
}

/* --- warnings --- */

/* A question that may be skipped leads to the one after it, as every kind without branches does. */
static bool
leads_to(const struct survey *s, size_t from, size_t to)
{
	const struct question *n = &s->questions[from];

	if (!survey_kind_branches(n->kind) || !n->required || n->nchoices == 0)
		if (to == from + 1)
			return true;
	for (size_t c = 0; survey_kind_branches(n->kind) && c < n->nchoices; c++)
		if (n->choices[c].next == 0 ? to == from + 1 : n->choices[c].next == (int)to + 1)
			return true;
	return false;
}

static bool
speaks(const struct survey *s, enum lang lang)
{
	if (!text_is_blank(s->script[lang]))
		return true;
	for (size_t i = 0; i < s->nquestions; i++)
		if (!text_is_blank(s->questions[i].text[lang]))
			return true;
	return false;
}

size_t
survey_warn(const struct survey *s, struct survey_wrong *out, size_t max)
{
	static const enum survey_part script[LANG__MAX] = { [LANG_EN] = SP_SCRIPT_EN, [LANG_FR] = SP_SCRIPT_FR };
	static const enum survey_part text[LANG__MAX] = { [LANG_EN] = SP_QUESTION_EN, [LANG_FR] = SP_QUESTION_FR };
	struct faults f = { .out = out, .max = max };
	bool reached[SURVEY_QUESTIONS_MAX] = { true };

	for (unsigned l = 0; l < LANG__MAX; l++) {
		const char *other = s->script[l == LANG_EN ? LANG_FR : LANG_EN];
		if (speaks(s, l) && text_is_blank(s->script[l]) && !text_is_blank(other))
			fault(&f, script[l], -1, -1, R_NOT_TRANSLATED, NULL);
	}
	for (size_t i = 0; i < s->nquestions && i < SURVEY_QUESTIONS_MAX; i++) {
		for (size_t k = 0; k < i; k++)
			reached[i] = reached[i] || (reached[k] && leads_to(s, k, i));
		if (!reached[i])
			fault(&f, SP_REACH, (int)i, -1, R_UNREACHABLE, NULL);
		for (unsigned l = 0; l < LANG__MAX; l++)
			if (speaks(s, l) && text_is_blank(s->questions[i].text[l]))
				fault(&f, text[l], (int)i, -1, R_NOT_TRANSLATED, NULL);
	}
	return f.n;
}
