/*
 * buttons.c - the editor's buttons: questions and answers added, moved, removed; branches stay at their question.
 */
#include "plumb/base.h"
#include "plumb/text.h"

#include "survey.h"

/* --- branches follow the questions they lead to --- */

static void
each_branch(struct draft *d, void (*follow)(int *next, int x, int y), int x, int y)
{
	for (size_t i = 0; i < d->n; i++) {
		struct draft_question *q = &d->question[i];
		follow(&q->yes, x, y);
		follow(&q->no, x, y);
		for (size_t c = 0; c < q->nchoices; c++)
			follow(&q->choice[c].next, x, y);
	}
}

static void
swapped(int *next, int x, int y)
{
	*next = *next == x ? y : *next == y ? x : *next;
}

static void
removed(int *next, int x, int y)
{
	(void)y;
	*next = *next == x ? NEXT_GONE : *next > x ? *next - 1 : *next;
}

/* --- questions --- */

static void
add(struct draft *d)
{
	if (d->n < SURVEY_QUESTIONS_MAX)
		d->question[d->n++] = (struct draft_question){ .kind = "single_choice", .text = { "", "" } };
}

static void
swap(struct draft *d, size_t i, size_t k)
{
	struct draft_question q;

	if (i >= d->n || k >= d->n)
		return;
	q = d->question[i];
	d->question[i] = d->question[k];
	d->question[k] = q;
	each_branch(d, swapped, (int)i + 1, (int)k + 1);
}

static void
take_away(struct draft *d, size_t i)
{
	if (i >= d->n)
		return;
	for (size_t k = i; k + 1 < d->n; k++)
		d->question[k] = d->question[k + 1];
	d->n--;
	each_branch(d, removed, (int)i + 1, 0);
}

/* --- answers --- */

static void
add_answer(struct draft *d, size_t i)
{
	if (i < d->n && d->question[i].nchoices < SURVEY_CHOICES_MAX)
		d->question[i].choice[d->question[i].nchoices++] = (struct draft_choice){ .text = { "", "" } };
}

static void
raise_answer(struct draft *d, size_t i, size_t c)
{
	struct draft_choice *list = d->question[i].choice, x;

	if (i >= d->n || c == 0 || c >= d->question[i].nchoices)
		return;
	x = list[c];
	list[c] = list[c - 1];
	list[c - 1] = x;
}

static void
drop_answer(struct draft *d, size_t i, size_t c)
{
	struct draft_question *q = &d->question[i];

	if (i >= d->n || c >= q->nchoices)
		return;
	for (; c + 1 < q->nchoices; c++)
		q->choice[c] = q->choice[c + 1];
	q->nchoices--;
}

/* --- which one was pressed --- */

/* "word.N" */
static bool
pressed(const char *go, const char *word, size_t *i)
{
	size_t n = strlen(word);
	uint64_t number;

	if (strncmp(go, word, n) != 0 || !parse_uint(go + n, 0, SURVEY_QUESTIONS_MAX - 1, &number))
		return false;
	*i = (size_t)number;
	return true;
}

/* "word.N-C" */
static bool
pressed_answer(const char *go, const char *word, size_t *i, size_t *c)
{
	char question[8] = "";
	size_t n = strlen(word), digits = strncmp(go, word, n) == 0 ? strcspn(go + n, "-") : 0;
	uint64_t q, answer;

	if (digits == 0 || digits >= sizeof(question) || go[n + digits] != '-')
		return false;
	memcpy(question, go + n, digits);
	if (!parse_uint(question, 0, SURVEY_QUESTIONS_MAX - 1, &q) ||
	    !parse_uint(go + n + digits + 1, 0, SURVEY_CHOICES_MAX - 1, &answer))
		return false;
	*i = (size_t)q;
	*c = (size_t)answer;
	return true;
}

bool
draft_button(const struct req *rq, struct draft *d)
{
	const char *go = in_text(rq, IN_GO);
	size_t i, c;

	if (strcmp(go, "add") == 0)
		add(d);
	else if (pressed(go, "up.", &i))
		swap(d, i, i > 0 ? i - 1 : i);
	else if (pressed(go, "down.", &i))
		swap(d, i, i + 1);
	else if (pressed(go, "remove.", &i))
		take_away(d, i);
	else if (pressed(go, "answer.", &i))
		add_answer(d, i);
	else if (pressed_answer(go, "raise.", &i, &c))
		raise_answer(d, i, c);
	else if (pressed_answer(go, "drop.", &i, &c))
		drop_answer(d, i, c);
	else
		return false;
	return true;
}
