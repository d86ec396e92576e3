/*
 * draft.c - a questionnaire between its form and the domain: rows added, moved, removed; lines turned into choices.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/text.h"

#include "survey.h"

static const struct draft_question blank_question = { .kind = "single_choice", .text = { "", "" }, .choices = { "", "" } };

void
draft_blank(struct draft *d)
{
	*d = (struct draft){ .name = "", .description = "", .script = { "", "" }, .n = 1 };
	d->question[0] = blank_question;
}

static const char *
lines_of(const struct question *n, enum lang lang, struct arena *a)
{
	struct buf b;

	buf_init_in(&b, a, 16 * 1024);
	buf_text(&b, "");
	for (size_t i = 0; i < n->nchoices; i++)
		buf_fmt(&b, "%s%s", i > 0 ? "\n" : "", n->choices[i].text[lang]);
	return text_is_blank(b.data) ? "" : b.data;
}

void
draft_of_survey(const struct survey *s, struct draft *d, struct arena *a)
{
	*d = (struct draft){ .name = s->name, .description = s->description, .script = { s->script[LANG_EN], s->script[LANG_FR] } };
	for (size_t i = 0; i < s->nquestions && i < SURVEY_QUESTIONS_MAX; i++) {
		const struct question *n = &s->questions[i];
		bool choices = strcmp(n->kind, "single_choice") == 0;
		d->question[d->n++] = (struct draft_question){ n->stable, n->kind, { n->text[LANG_EN], n->text[LANG_FR] },
		    { choices ? lines_of(n, LANG_EN, a) : "", choices ? lines_of(n, LANG_FR, a) : "" } };
	}
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
		d->question[d->n++] = (struct draft_question){ in_keyed_uint(rq, IN_STABLE, key), *kind == '\0' ? "single_choice" : kind,
		    { [LANG_EN] = in_keyed(rq, IN_TEXT_EN, key), [LANG_FR] = in_keyed(rq, IN_TEXT_FR, key) },
		    { [LANG_EN] = in_keyed(rq, IN_CHOICES_EN, key), [LANG_FR] = in_keyed(rq, IN_CHOICES_FR, key) } };
	}
}

static bool
pressed(const char *go, const char *word, size_t max, size_t *at)
{
	size_t n = strlen(word);
	uint64_t number;

	if (strncmp(go, word, n) != 0 || !parse_uint(go + n, 0, max, &number))
		return false;
	*at = (size_t)number;
	return true;
}

static void
swap(struct draft *d, size_t i, size_t k)
{
	struct draft_question q = d->question[i];

	if (i >= d->n || k >= d->n)
		return;
	d->question[i] = d->question[k];
	d->question[k] = q;
}

bool
draft_button(const struct req *rq, struct draft *d)
{
	const char *go = in_text(rq, IN_GO);
	size_t i;

	if (strcmp(go, "add") == 0) {
		if (d->n < SURVEY_QUESTIONS_MAX)
			d->question[d->n++] = blank_question;
		return true;
	}
	if (pressed(go, "up.", SURVEY_QUESTIONS_MAX - 1, &i)) {
		if (i > 0)
			swap(d, i, i - 1);
		return true;
	}
	if (pressed(go, "down.", SURVEY_QUESTIONS_MAX - 1, &i)) {
		swap(d, i, i + 1);
		return true;
	}
	if (pressed(go, "remove.", SURVEY_QUESTIONS_MAX - 1, &i)) {
		for (; i < d->n && i + 1 < d->n; i++)
			d->question[i] = d->question[i + 1];
		d->n -= d->n > 0 && i < d->n;
		return true;
	}
	return false;
}

/* --- lines to choices --- */

/* Non-empty lines, trimmed. At most one more than is allowed, so that the check can say so. */
static size_t
split_lines(const char *text, const char **out, struct arena *a)
{
	size_t n = 0;

	for (const char *p = text; *p != '\0' && n <= SURVEY_CHOICES_MAX;) {
		size_t len = strcspn(p, "\n");
		const char *line = text_trim(a, arena_strndup(a, p, len));
		if (*line != '\0')
			out[n++] = line;
		p += len + (p[len] == '\n');
	}
	return n;
}

static bool
taken(const struct question *n, size_t upto, uint64_t stable)
{
	for (size_t i = 0; i < upto; i++)
		if (n->choices[i].stable == stable)
			return true;
	return false;
}

static bool
same_words(const struct choice *x, const struct choice *y)
{
	for (unsigned l = 0; l < LANG__MAX; l++)
		if (!text_is_blank(x->text[l]) && y->text[l] != NULL && strcmp(x->text[l], y->text[l]) == 0)
			return true;
	return false;
}

/* An answer is the same one when a text of it is the same; else, in a list of the same length, when its place is. */
static void
recognise(struct question *n, const struct question *was)
{
	for (size_t i = 0; i < n->nchoices; i++)
		for (size_t k = 0; k < was->nchoices && n->choices[i].stable == 0; k++)
			if (same_words(&n->choices[i], &was->choices[k]) && !taken(n, n->nchoices, was->choices[k].stable))
				n->choices[i].stable = was->choices[k].stable;
	for (size_t i = 0; n->nchoices == was->nchoices && i < n->nchoices; i++)
		if (n->choices[i].stable == 0 && !taken(n, n->nchoices, was->choices[i].stable))
			n->choices[i].stable = was->choices[i].stable;
}

static const struct question *
question_was(const struct survey *was, uint64_t stable)
{
	for (size_t i = 0; was != NULL && stable != 0 && i < was->nquestions; i++)
		if (was->questions[i].stable == stable)
			return &was->questions[i];
	return NULL;
}

void
draft_survey(const struct draft *d, const struct survey *was, struct survey *out, struct arena *a)
{
	*out = (struct survey){ .name = text_trim(a, d->name), .description = text_trim(a, d->description),
	    .script = { d->script[0], d->script[1] }, .nquestions = d->n,
	    .questions = arena_alloc(a, (d->n + 1) * sizeof(*out->questions)) };
	if (was != NULL)
		out->id = was->id;
	for (size_t i = 0; i < d->n; i++) {
		const struct draft_question *q = &d->question[i];
		struct question *n = &out->questions[i];
		const struct question *old = question_was(was, q->stable);
		const char *line[LANG__MAX][SURVEY_CHOICES_MAX + 1];
		size_t lines[LANG__MAX];
		*n = (struct question){ .stable = q->stable, .kind = q->kind,
		    .text = { text_trim(a, q->text[0]), text_trim(a, q->text[1]) },
		    .choices = arena_alloc(a, (SURVEY_CHOICES_MAX + 1) * sizeof(*n->choices)) };
		if (strcmp(q->kind, "yes_no") == 0)
			continue;		/* its two answers are the domain's */
		for (unsigned l = 0; l < LANG__MAX; l++)
			lines[l] = split_lines(q->choices[l], line[l], a);
		n->nchoices = lines[0] > lines[1] ? lines[0] : lines[1];
		for (size_t c = 0; c < n->nchoices; c++)
			for (unsigned l = 0; l < LANG__MAX; l++)
				n->choices[c].text[l] = c < lines[l] ? line[l][c] : "";
		if (old != NULL && strcmp(old->kind, q->kind) == 0)
			recognise(n, old);
	}
}
