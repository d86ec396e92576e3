/*
 * draft.c - a questionnaire between its form and the domain.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/text.h"

#include "survey.h"

void
draft_blank(struct draft *d)
{
	*d = (struct draft){ .name = "", .description = "", .script = { "", "" }, .n = 1 };
	draft_question_blank(&d->question[0]);
}

static void
scale_drafted(const struct question *from, struct draft_question *q, struct arena *a)
{
	struct scale s;

	scale_of(from, &s, a);
	if (s.from > s.to)
		return;
	q->from = s.from;
	q->to = s.to;
	memcpy(q->low, s.low, sizeof(q->low));
	memcpy(q->high, s.high, sizeof(q->high));
	for (size_t c = 0; c < from->nchoices; c++)
		if (scale_number(&from->choices[c]) >= 0)
			q->scale_next[scale_number(&from->choices[c])] = from->choices[c].next;
}

void
draft_of_survey(const struct survey *s, struct draft *d, struct arena *a)
{
	*d = (struct draft){ .name = s->name, .description = s->description, .script = { s->script[LANG_EN], s->script[LANG_FR] } };
	for (size_t i = 0; i < s->nquestions && i < SURVEY_QUESTIONS_MAX; i++) {
		const struct question *from = &s->questions[i];
		struct draft_question *q = &d->question[d->n++];
		draft_question_blank(q);
		q->stable = from->stable;
		q->kind = from->kind;
		q->required = from->required;
		q->text[LANG_EN] = from->text[LANG_EN];
		q->text[LANG_FR] = from->text[LANG_FR];
		q->field = from->field == NULL ? "" : from->field;
		if (strcmp(from->kind, "scale") == 0) {
			scale_drafted(from, q, a);
			continue;
		}
		if (strcmp(from->kind, "yes_no") == 0 && from->nchoices == 2) {
			q->yes = from->choices[0].next;
			q->no = from->choices[1].next;
			continue;
		}
		for (size_t c = 0; c < from->nchoices && c < SURVEY_CHOICES_MAX; c++)
			q->choice[q->nchoices++] = (struct draft_choice){ from->choices[c].stable,
			    { [LANG_EN] = from->choices[c].text[LANG_EN], [LANG_FR] = from->choices[c].text[LANG_FR] },
			    from->choices[c].next };
	}
}

/* --- typed --- */

/* What no button of ours sends leads nowhere, which the check then says. */
static int
read_next(const char *word)
{
	uint64_t n;

	if (*word == '\0' || strcmp(word, "next") == 0)
		return 0;
	if (strcmp(word, "end") == 0)
		return NEXT_END;
	return parse_uint(word, 1, SURVEY_QUESTIONS_MAX, &n) ? (int)n : NEXT_GONE;
}

static void
typed_choices(const struct req *rq, size_t i, const char *key, struct draft_question *q)
{
	uint64_t n = in_keyed_uint(rq, IN_ANSWERS, key);

	for (uint64_t c = 0; c < n && c < SURVEY_CHOICES_MAX; c++) {
		const char *k = arena_fmt(rq_arena(rq), "%zu-%llu", i, (unsigned long long)c);
		q->choice[q->nchoices++] = (struct draft_choice){ in_keyed_uint(rq, IN_ANSWER, k),
		    { [LANG_EN] = in_keyed(rq, IN_CHOICE_EN, k), [LANG_FR] = in_keyed(rq, IN_CHOICE_FR, k) },
		    read_next(in_keyed(rq, IN_NEXT, k)) };
	}
}

static int
scale_end(const struct req *rq, unsigned in, const char *key, int otherwise)
{
	if (!in_keyed_given(rq, in, key))
		return otherwise;
	return in_keyed_refusal(rq, in, key) == R_NONE && *in_keyed(rq, in, key) != '\0' ? (int)in_keyed_uint(rq, in, key) : SCALE_NONE;
}

/* A scale as typed; a number that does not fit is beyond every scale, which the check then says. */
static void
typed_scale(const struct req *rq, size_t i, const char *key, struct draft_question *q)
{
	q->from = scale_end(rq, IN_SCALE_FROM, key, 0);
	q->to = scale_end(rq, IN_SCALE_TO, key, SCALE_MOST);
	q->low[LANG_EN] = in_keyed(rq, IN_LOW_EN, key);
	q->low[LANG_FR] = in_keyed(rq, IN_LOW_FR, key);
	q->high[LANG_EN] = in_keyed(rq, IN_HIGH_EN, key);
	q->high[LANG_FR] = in_keyed(rq, IN_HIGH_FR, key);
	for (unsigned v = 0; v <= SCALE_MOST; v++)
		q->scale_next[v] = read_next(in_keyed(rq, IN_SCALE_NEXT, arena_fmt(rq_arena(rq), "%zu-%u", i, v)));
}

void
draft_typed(const struct req *rq, struct draft *d)
{
	uint64_t n = in_uint(rq, IN_QUESTIONS);

	*d = (struct draft){ .name = in_typed(rq, IN_NAME), .description = in_typed(rq, IN_DESCRIPTION),
	    .script = { [LANG_EN] = in_typed(rq, IN_SCRIPT_EN), [LANG_FR] = in_typed(rq, IN_SCRIPT_FR) } };
	for (uint64_t i = 0; i < n && i < SURVEY_QUESTIONS_MAX; i++) {
		const char *key = arena_fmt(rq_arena(rq), "%llu", (unsigned long long)i);
		const char *kind = in_keyed(rq, IN_KIND, key);
		struct draft_question *q = &d->question[d->n++];
		*q = (struct draft_question){ .stable = in_keyed_uint(rq, IN_STABLE, key), .kind = *kind == '\0' ? "single_choice" : kind,
		    .text = { [LANG_EN] = in_keyed(rq, IN_TEXT_EN, key), [LANG_FR] = in_keyed(rq, IN_TEXT_FR, key) },
		    .required = in_keyed_given(rq, IN_REQUIRED, key),
		    .yes = read_next(in_keyed(rq, IN_YES_NEXT, key)), .no = read_next(in_keyed(rq, IN_NO_NEXT, key)) };
		q->field = in_keyed(rq, IN_FIELD, key);
		typed_scale(rq, (size_t)i, key, q);
		typed_choices(rq, (size_t)i, key, q);
	}
}

/* --- to a survey --- */

/* A row that was added and never used; one that was stored and emptied is not: its maker may not mean it. */
static bool
unused(const struct draft_choice *c)
{
	return c->stable == 0 && c->next == 0 && text_is_blank(c->text[LANG_EN]) && text_is_blank(c->text[LANG_FR]);
}

static void
drop_unused(struct draft_question *q)
{
	size_t n = 0;

	for (size_t c = 0; c < q->nchoices; c++)
		if (!unused(&q->choice[c]))
			q->choice[n++] = q->choice[c];
	q->nchoices = n;
}

static void
choices_of(const struct draft_question *q, struct question *n, struct arena *a)
{
	n->choices = arena_alloc(a, (SURVEY_CHOICES_MAX + 2) * sizeof(*n->choices));
	if (strcmp(q->kind, "yes_no") == 0) {		/* its words are the domain's; these are for the picture */
		n->choices[0] = (struct choice){ .next = q->yes, .text = { [LANG_EN] = "Yes", [LANG_FR] = "Oui" } };
		n->choices[1] = (struct choice){ .next = q->no, .text = { [LANG_EN] = "No", [LANG_FR] = "Non" } };
		n->nchoices = 2;
		return;
	}
	if (strcmp(q->kind, "scale") == 0) {
		struct scale s = { .from = q->from, .to = q->to };
		for (unsigned l = 0; l < LANG__MAX; l++) {
			s.low[l] = text_trim(a, q->low[l]);
			s.high[l] = text_trim(a, q->high[l]);
		}
		scale_choices(n, &s, q->scale_next, a);
		return;
	}
	for (size_t c = 0; survey_kind_own(q->kind) && c < q->nchoices; c++)
		n->choices[n->nchoices++] = (struct choice){ .stable = q->choice[c].stable,
		    .next = survey_kind_branches(q->kind) ? q->choice[c].next : 0,
		    .text = { [LANG_EN] = text_trim(a, q->choice[c].text[LANG_EN]), [LANG_FR] = text_trim(a, q->choice[c].text[LANG_FR]) } };
}

void
draft_survey(struct draft *d, const struct survey *was, struct survey *out, struct arena *a)
{
	*out = (struct survey){ .name = text_trim(a, d->name), .description = text_trim(a, d->description),
	    .script = { d->script[0], d->script[1] }, .nquestions = d->n,
	    .questions = arena_alloc(a, (d->n + 1) * sizeof(*out->questions)) };
	if (was != NULL)
		out->id = was->id;
	for (size_t i = 0; i < d->n; i++) {
		struct draft_question *q = &d->question[i];
		struct question *n = &out->questions[i];
		drop_unused(q);
		*n = (struct question){ .stable = q->stable, .kind = q->kind, .position = (unsigned)i + 1,
		    .required = q->required && survey_kind_required(q->kind),
		    .field = strcmp(q->kind, "field_update") == 0 ? q->field : "",
		    .text = { text_trim(a, q->text[0]), text_trim(a, q->text[1]) } };
		choices_of(q, n, a);
	}
}
