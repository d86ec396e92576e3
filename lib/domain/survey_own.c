/*
 * survey_own.c - what is a survey's own: answers that nobody writes (yes and no, the numbers of a scale), and the stable ids
 * by which an edit's questions and answers are those of the version before. Pure.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/text.h"

#include "domain/survey.h"
#include "domain/survey_row.h"

#define DASH	" – "

void
survey_yes_no(struct question *n, const struct question *was, struct arena *a)
{
	bool same = was != NULL && strcmp(was->kind, "yes_no") == 0 && was->nchoices == 2;
	int yes = n->nchoices == 2 ? n->choices[0].next : 0, no = n->nchoices == 2 ? n->choices[1].next : 0;

	n->choices = arena_alloc(a, 2 * sizeof(*n->choices));
	n->nchoices = 2;
	n->choices[0] = (struct choice){ .stable = same ? was->choices[0].stable : 0, .next = yes,
	    .text = { [LANG_EN] = "Yes", [LANG_FR] = "Oui" } };
	n->choices[1] = (struct choice){ .stable = same ? was->choices[1].stable : 0, .next = no,
	    .text = { [LANG_EN] = "No", [LANG_FR] = "Non" } };
}

/* --- scales --- */

int
scale_number(const struct choice *c)
{
	const char *s = c->text[LANG_EN];
	size_t n = strspn(s, "0123456789");

	if (n == 0 || n > 2 || (s[n] != '\0' && strncmp(s + n, DASH, strlen(DASH)) != 0))
		return -1;
	n = n == 1 ? (size_t)(s[0] - '0') : (size_t)(s[0] - '0') * 10 + (size_t)(s[1] - '0');
	return n > SCALE_MOST ? -1 : (int)n;
}

static const char *
words_after(const char *text, struct arena *a)
{
	const char *dash = strstr(text, DASH);

	return dash == NULL ? "" : arena_strdup(a, dash + strlen(DASH));
}

void
scale_of(const struct question *n, struct scale *out, struct arena *a)
{
	*out = (struct scale){ .from = 1, .to = 0 };
	if (n->nchoices < 2 || scale_number(&n->choices[0]) < 0 || scale_number(&n->choices[n->nchoices - 1]) < 0)
		return;
	out->from = scale_number(&n->choices[0]);
	out->to = scale_number(&n->choices[n->nchoices - 1]);
	for (unsigned l = 0; l < LANG__MAX; l++) {
		out->low[l] = words_after(n->choices[0].text[l], a);
		out->high[l] = words_after(n->choices[n->nchoices - 1].text[l], a);
	}
}

void
scale_choices(struct question *n, const struct scale *s, const int next[SCALE_MOST + 1], struct arena *a)
{
	n->nchoices = 0;
	if (s->from < 0 || s->to > SCALE_MOST || s->from >= s->to)
		return;
	n->choices = arena_alloc(a, (size_t)(s->to - s->from + 1) * sizeof(*n->choices));
	for (int v = s->from; v <= s->to; v++) {
		struct choice *c = &n->choices[n->nchoices++];
		const char *const *words = v == s->from ? s->low : v == s->to ? s->high : NULL;
		*c = (struct choice){ .next = next[v] };
		for (unsigned l = 0; l < LANG__MAX; l++)
			c->text[l] = words == NULL || text_is_blank(words[l]) ? arena_fmt(a, "%d", v) : arena_fmt(a, "%d" DASH "%s", v, words[l]);
	}
}

void
survey_scale(struct question *n, const struct question *was)
{
	bool same = was != NULL && strcmp(was->kind, "scale") == 0;

	for (size_t c = 0; c < n->nchoices; c++) {
		n->choices[c].stable = 0;
		for (size_t k = 0; same && k < was->nchoices; k++)
			if (scale_number(&was->choices[k]) == scale_number(&n->choices[c]))
				n->choices[c].stable = was->choices[k].stable;
	}
}

/* --- an edit against what was there --- */

static const char *
or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

static bool
same_text(const char *const x[LANG__MAX], const char *const y[LANG__MAX])
{
	return strcmp(or_empty(x[LANG_EN]), or_empty(y[LANG_EN])) == 0 &&
	    strcmp(or_empty(x[LANG_FR]), or_empty(y[LANG_FR])) == 0;
}

static bool
same_question(const struct question *x, const struct question *y)
{
	if (x->stable != y->stable || strcmp(x->kind, y->kind) != 0 || x->required != y->required ||
	    !same_text(x->text, y->text) || x->nchoices != y->nchoices || strcmp(or_empty(x->field), or_empty(y->field)) != 0)
		return false;
	for (size_t i = 0; i < x->nchoices; i++)
		if (x->choices[i].stable != y->choices[i].stable || x->choices[i].next != y->choices[i].next ||
		    !same_text(x->choices[i].text, y->choices[i].text))
			return false;
	return true;
}

bool
survey_same(const struct survey *x, const struct survey *y)
{
	if (!same_text(x->script, y->script) || x->nquestions != y->nquestions)
		return false;
	for (size_t i = 0; i < x->nquestions; i++)
		if (!same_question(&x->questions[i], &y->questions[i]))
			return false;
	return true;
}

static const struct question *
question_of(const struct survey *s, uint64_t stable)
{
	for (size_t i = 0; stable != 0 && i < s->nquestions; i++)
		if (s->questions[i].stable == stable)
			return &s->questions[i];
	return NULL;
}

static bool
has_choice(const struct question *n, uint64_t stable)
{
	for (size_t i = 0; n != NULL && i < n->nchoices; i++)
		if (n->choices[i].stable == stable)
			return true;
	return false;
}

/* The choices of a question that has its own, with stable ids of the old one's, none twice. */
static void
own_choices(struct question *n, const struct question *in, const struct question *old, struct arena *a)
{
	n->choices = arena_alloc(a, (in->nchoices + 1) * sizeof(*n->choices));
	n->nchoices = survey_kind_choices(n->kind) ? in->nchoices : 0;
	for (size_t c = 0; c < n->nchoices; c++) {
		struct choice *x = &n->choices[c];
		*x = in->choices[c];
		for (size_t k = 0; k < c; k++)
			if (n->choices[k].stable == x->stable)
				x->stable = 0;
		if (!has_choice(old, x->stable))
			x->stable = 0;
		if (!survey_kind_branches(n->kind))
			x->next = 0;
	}
}

void
survey_own_copy(const struct survey *in, const struct survey *was, struct survey *out, struct arena *a)
{
	*out = *in;
	out->questions = arena_alloc(a, (in->nquestions + 1) * sizeof(*out->questions));
	for (size_t i = 0; i < in->nquestions; i++) {
		struct question *n = &out->questions[i];
		const struct question *old = question_of(was, in->questions[i].stable);
		for (size_t k = 0; old != NULL && k < i; k++)
			if (out->questions[k].stable == old->stable)
				old = NULL;
		*n = in->questions[i];
		n->stable = old == NULL ? 0 : old->stable;
		n->required = n->required && survey_kind_required(n->kind);
		if (strcmp(n->kind, "field_update") != 0)
			n->field = "";
		if (strcmp(n->kind, "yes_no") == 0)
			survey_yes_no(n, old, a);
		else
			own_choices(n, &in->questions[i], old, a);
		if (strcmp(n->kind, "scale") == 0)
			survey_scale(n, old);
	}
}
