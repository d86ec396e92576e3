/*
 * buttons.c - the editor's buttons: questions and answers added, moved, removed; branches stay at their question.
 */
#include "plumb/base.h"
#include "plumb/text.h"

#include "survey.h"

/* --- branches follow the questions they lead to --- */

/* Where a question at a place (from 1) is afterwards; NEXT_GONE: nowhere. */
struct moved { int to[SURVEY_QUESTIONS_MAX + 1]; };

static void
follow(int *next, const struct moved *m)
{
	if (*next > 0 && *next <= SURVEY_QUESTIONS_MAX)
		*next = m->to[*next];
}

static void
all_follow(struct draft *d, const struct moved *m)
{
	for (size_t i = 0; i < d->n; i++) {
		struct draft_question *q = &d->question[i];
		follow(&q->yes, m);
		follow(&q->no, m);
		for (size_t c = 0; c < q->nchoices; c++)
			follow(&q->choice[c].next, m);
		for (size_t v = 0; v <= SCALE_MOST; v++)
			follow(&q->scale_next[v], m);
	}
}

static struct moved
nowhere_else(void)
{
	struct moved m;

	for (int i = 0; i <= SURVEY_QUESTIONS_MAX; i++)
		m.to[i] = i;
	return m;
}

/* --- questions --- */

void
draft_question_blank(struct draft_question *q)
{
	*q = (struct draft_question){ .kind = "single_choice", .text = { "", "" }, .field = "", .to = SCALE_MOST,
	    .low = { "", "" }, .high = { "", "" } };
}

/* A place at i, for the caller to fill. False: there are as many as fit. */
static bool
make_room(struct draft *d, size_t i)
{
	struct moved m = nowhere_else();

	if (d->n >= SURVEY_QUESTIONS_MAX || i > d->n)
		return false;
	for (size_t k = i; k < d->n; k++)
		m.to[k + 1] = (int)k + 2;
	all_follow(d, &m);
	for (size_t k = d->n++; k > i; k--)
		d->question[k] = d->question[k - 1];
	return true;
}

static void
insert(struct draft *d, size_t i)
{
	if (make_room(d, i))
		draft_question_blank(&d->question[i]);
}

/* The copy stands after it, leads where it leads, and is a question of its own. */
static void
copy(struct draft *d, size_t i)
{
	struct draft_question *q;

	if (i >= d->n || !make_room(d, i + 1))
		return;
	q = &d->question[i + 1];
	*q = d->question[i];
	q->stable = 0;
	for (size_t c = 0; c < q->nchoices; c++)
		q->choice[c].stable = 0;
}

static void
move(struct draft *d, size_t i, size_t k)
{
	struct draft_question q;
	struct moved m = nowhere_else();

	if (i >= d->n || k >= d->n || i == k)
		return;
	q = d->question[i];
	m.to[i + 1] = (int)k + 1;
	for (; i < k; i++) {
		d->question[i] = d->question[i + 1];
		m.to[i + 2] = (int)i + 1;
	}
	for (; i > k; i--) {
		d->question[i] = d->question[i - 1];
		m.to[i] = (int)i + 1;
	}
	d->question[k] = q;
	all_follow(d, &m);
}

static void
take_away(struct draft *d, size_t i)
{
	struct moved m = nowhere_else();

	if (i >= d->n)
		return;
	m.to[i + 1] = NEXT_GONE;
	for (size_t k = i; k + 1 < d->n; k++) {
		d->question[k] = d->question[k + 1];
		m.to[k + 2] = (int)k + 1;
	}
	d->n--;
	all_follow(d, &m);
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
		insert(d, d->n);
	else if (pressed(go, "insert.", &i))
		insert(d, i);
	else if (pressed(go, "copy.", &i))
		copy(d, i);
	else if (pressed(go, "up.", &i))
		move(d, i, i > 0 ? i - 1 : i);
	else if (pressed(go, "down.", &i))
		move(d, i, i + 1);
	else if (pressed_answer(go, "move.", &i, &c))
		move(d, i, c);
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
