/*
 * survey_own.c - answers that nobody writes: yes and no, the numbers of a scale. Pure.
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
