/*
 * conversation.c - which question comes next, and what is dropped when an answer changes. Pure.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/text.h"

#include "domain/conversation.h"
#include "domain/survey_field.h"

#define TEXT_CHARS	4000
#define NUMBER_CHARS	15

bool
question_picks(const struct question *q)
{
	return q->nchoices > 0 && question_asks(q);
}

bool
question_several(const struct question *q)
{
	return strcmp(q->kind, "multiple_choice") == 0;
}

bool
question_asks(const struct question *q)
{
	return q != NULL && strcmp(q->kind, "info") != 0;
}

bool
question_corrects(const struct question *q)
{
	return strcmp(q->kind, "field_update") == 0 && survey_field(q->field) != FIELD__MAX;
}

const struct reply *
conversation_reply(const struct conversation *c, struct question_id id)
{
	for (size_t i = 0; i < c->nreplies; i++)
		if (c->replies[i].question.v == id.v)
			return &c->replies[i];
	return NULL;
}

static bool
is_empty(const struct reply *r)
{
	return r->nchoices == 0 && (r->text == NULL || r->text[0] == '\0');
}

static const struct choice *
choice_of(const struct question *q, struct choice_id id)
{
	for (size_t i = 0; i < q->nchoices; i++)
		if (q->choices[i].id.v == id.v)
			return &q->choices[i];
	return NULL;
}

/* "12", "-3,5", "2.75" */
static bool
is_number(const char *s)
{
	size_t whole, rest = 0;

	s += *s == '-';
	whole = strspn(s, "0123456789");
	if (s[whole] == '.' || s[whole] == ',')
		rest = 1 + strspn(s + whole + 1, "0123456789");
	return whole > 0 && rest != 1 && s[whole + rest] == '\0' && whole + rest <= NUMBER_CHARS;
}

/* Is it something the record could hold? What it holds then is read once more when the call is saved. */
static enum refusal
check_field(const struct question *q, const char *said)
{
	static struct arena *scratch;
	const char *value;

	if (scratch == NULL)
		scratch = arena_new();
	arena_reset(scratch);
	return survey_field_read(survey_field(q->field), said, &value, scratch);
}

enum refusal
conversation_check(const struct question *q, const struct reply *r)
{
	int year, month, day;

	if (is_empty(r))
		return q->required && question_asks(q) ? R_MISSING : R_NONE;
	if (!question_asks(q))
		return R_NOT_A_CHOICE;
	if (question_picks(q)) {
		if (r->nchoices == 0 || (r->nchoices > 1 && !question_several(q)))
			return R_NOT_A_CHOICE;
		for (size_t i = 0; i < r->nchoices; i++) {
			if (choice_of(q, r->choices[i]) == NULL)
				return R_NOT_A_CHOICE;
			for (size_t k = 0; k < i; k++)
				if (r->choices[k].v == r->choices[i].v)
					return R_NOT_A_CHOICE;
		}
		return R_NONE;
	}
	if (r->nchoices > 0)
		return R_NOT_A_CHOICE;
	if (text_chars(r->text) > TEXT_CHARS)
		return R_TOO_LONG;
	if (strcmp(q->kind, "number") == 0 && !is_number(r->text))
		return R_NOT_A_NUMBER;
	if (strcmp(q->kind, "date") == 0 && !parse_date(r->text, &year, &month, &day))
		return R_NOT_A_DATE;
	return question_corrects(q) ? check_field(q, r->text) : R_NONE;
}

/* --- the path --- */

/* Where a choice leads: a later question, or nquestions for the end. */
static size_t
leads_to(const struct survey *s, size_t at, const struct choice *c)
{
	if (c->next < 0)
		return s->nquestions;
	for (size_t i = at + 1; c->next > 0 && i < s->nquestions; i++)
		if (s->questions[i].position == (unsigned)c->next)
			return i;
	return at + 1;
}

/* Only one choice among several branches: a list of picks, a text or a question passed over goes to the next one. */
static size_t
after(const struct survey *s, size_t at, const struct reply *r)
{
	const struct question *q = &s->questions[at];
	const struct choice *c;

	if (!question_picks(q) || question_several(q) || r->nchoices != 1 || (c = choice_of(q, r->choices[0])) == NULL)
		return at + 1;
	return leads_to(s, at, c);
}

/* How many questions are asked from each one on when the longest way is taken; one more for the end. */
static unsigned *
longest_ways(const struct survey *s, struct arena *a)
{
	unsigned *way = arena_alloc(a, (s->nquestions + 1) * sizeof(*way));

	for (size_t at = s->nquestions; at-- > 0; ) {
		const struct question *q = &s->questions[at];
		bool branches = question_picks(q) && !question_several(q);
		unsigned most = branches && q->required ? 0 : way[at + 1];

		for (size_t i = 0; branches && i < q->nchoices; i++) {
			unsigned n = way[leads_to(s, at, &q->choices[i])];
			most = n > most ? n : most;
		}
		way[at] = 1 + most;
	}
	return way;
}

void
conversation_path(const struct survey *s, const struct conversation *c, struct path *p, struct arena *a)
{
	const unsigned *way = longest_ways(s, a);
	const struct reply *r;
	size_t at = 0;

	*p = (struct path){ .asked = arena_alloc(a, (s->nquestions + 1) * sizeof(*p->asked)), .number = 1 };
	while (at < s->nquestions && (r = conversation_reply(c, s->questions[at].id)) != NULL &&
	    conversation_check(&s->questions[at], r) == R_NONE) {
		p->asked[p->nasked++] = &s->questions[at];
		at = after(s, at, r);
	}
	p->complete = at >= s->nquestions;
	p->now = p->complete ? NULL : &s->questions[at];
	p->number = (unsigned)p->nasked + 1;
	p->about = (unsigned)p->nasked + way[at < s->nquestions ? at : s->nquestions];
	for (size_t i = 0; i < p->nasked && c->shown.v != 0; i++)
		if (p->asked[i]->id.v == c->shown.v) {
			p->now = p->asked[i];
			p->number = (unsigned)i + 1;
		}
}

/* --- a step --- */

static bool
same_reply(const struct reply *x, const struct reply *y)
{
	if (x->nchoices != y->nchoices || strcmp(x->text == NULL ? "" : x->text, y->text == NULL ? "" : y->text) != 0)
		return false;
	for (size_t i = 0; i < x->nchoices; i++)
		if (x->choices[i].v != y->choices[i].v)
			return false;
	return true;
}

static const struct question *
question_at(const struct survey *s, struct question_id id)
{
	for (size_t i = 0; i < s->nquestions; i++)
		if (s->questions[i].id.v == id.v)
			return &s->questions[i];
	return NULL;
}

/* The question's place on the path; nasked for the one that waits for its reply; beyond: not on it. */
static size_t
place(const struct path *p, const struct question *q)
{
	for (size_t i = 0; i < p->nasked; i++)
		if (p->asked[i] == q)
			return i;
	return !p->complete && p->now == q ? p->nasked : p->nasked + 1;
}

/* The picks in the order of the question's choices, so that the same answer looks the same. */
static struct reply
in_order(const struct question *q, const struct reply *r, struct arena *a)
{
	struct choice_id *ids = arena_alloc(a, (r->nchoices + 1) * sizeof(*ids));
	struct reply out = { .question = q->id, .choices = ids, .text = r->text == NULL ? "" : r->text };

	for (size_t i = 0; i < q->nchoices; i++)
		for (size_t k = 0; k < r->nchoices; k++)
			if (r->choices[k].v == q->choices[i].id.v)
				ids[out.nchoices++] = q->choices[i].id;
	return out;
}

/* Puts a reply in; what the path does not reach any more goes. */
static void
put(const struct survey *s, struct conversation *c, const struct reply *r, struct arena *a)
{
	struct conversation all = { .replies = arena_alloc(a, (c->nreplies + 1) * sizeof(*all.replies)) };
	struct path p;

	for (size_t i = 0; i < c->nreplies; i++)
		if (c->replies[i].question.v != r->question.v)
			all.replies[all.nreplies++] = c->replies[i];
	all.replies[all.nreplies++] = *r;
	conversation_path(s, &all, &p, a);
	c->replies = arena_alloc(a, (p.nasked + 1) * sizeof(*c->replies));
	c->nreplies = 0;
	for (size_t i = 0; i < p.nasked; i++)
		c->replies[c->nreplies++] = *conversation_reply(&all, p.asked[i]->id);
}

/* The question to show after the one at `at`. */
static struct question_id
shown_after(const struct path *p, size_t at)
{
	return at + 1 < p->nasked ? p->asked[at + 1]->id : (struct question_id){ 0 };
}

static enum refusal
take_reply(const struct survey *s, struct conversation *c, const struct step *step, struct arena *a)
{
	const struct question *q = question_at(s, step->reply.question);
	struct conversation frontier = *c;
	const struct reply *old;
	struct reply new;
	struct path p;
	enum refusal why;
	bool changed;
	size_t at;

	if (q == NULL)
		return R_BAD_REQUEST;
	frontier.shown.v = 0;
	conversation_path(s, &frontier, &p, a);
	if ((at = place(&p, q)) > p.nasked)
		return R_WRONG_STATE;
	if ((why = conversation_check(q, &step->reply)) != R_NONE)
		return why;
	new = in_order(q, &step->reply, a);
	old = conversation_reply(c, q->id);
	changed = at == p.nasked || old == NULL || !same_reply(old, &new);
	/* The same step once more, after it led on: the agent is further already. */
	if (!changed && c->talking && c->shown.v != q->id.v)
		return R_NONE;
	c->talking = true;
	if (changed) {
		put(s, c, &new, a);
		frontier = *c;
		frontier.shown.v = 0;
		conversation_path(s, &frontier, &p, a);
	}
	c->shown = step->kind == STEP_STAY ? q->id : shown_after(&p, at);
	return R_NONE;
}

/* From the question that was on the page, so that the same step twice goes back once. q = 0: from the end. */
static enum refusal
take_back(const struct survey *s, struct conversation *c, const struct step *step, struct arena *a)
{
	struct path p;
	size_t at;

	conversation_path(s, c, &p, a);
	if (step->reply.question.v == 0 ? p.now != NULL : p.now == NULL || p.now->id.v != step->reply.question.v)
		return R_NONE;
	at = p.now == NULL ? p.nasked : p.number - 1;
	if (at == 0)
		c->talking = false;
	else
		c->shown = p.asked[at - 1]->id;
	return R_NONE;
}

enum refusal
conversation_take(const struct survey *s, struct conversation *c, const struct step *step, struct arena *a)
{
	struct conversation was = *c;
	enum refusal why = R_NONE;

	if (step->note != NULL)
		c->note = step->note;
	switch (step->kind) {
	case STEP_START:
		c->talking = true;
		break;
	case STEP_STAY:
		if (step->reply.question.v == 0 || is_empty(&step->reply))
			break;
		/* fall through */
	case STEP_REPLY:
		why = take_reply(s, c, step, a);
		break;
	case STEP_BACK:
		why = take_back(s, c, step, a);
		break;
	}
	if (why != R_NONE)
		*c = was;
	return why;
}

const struct call_answer *
conversation_answers(const struct survey *s, const struct conversation *c, size_t *n, struct arena *a)
{
	struct call_answer *out;
	struct path p;
	size_t most = 0;

	conversation_path(s, c, &p, a);
	for (size_t i = 0; i < p.nasked; i++)
		most += 1 + conversation_reply(c, p.asked[i]->id)->nchoices;
	out = arena_alloc(a, (most + 1) * sizeof(*out));
	*n = 0;
	for (size_t i = 0; i < p.nasked; i++) {
		const struct reply *r = conversation_reply(c, p.asked[i]->id);
		for (size_t k = 0; k < r->nchoices; k++)
			out[(*n)++] = (struct call_answer){ .question = r->question, .choice = r->choices[k] };
		if (r->nchoices == 0 && !is_empty(r))
			out[(*n)++] = (struct call_answer){ .question = r->question, .text = r->text };
	}
	return out;
}

size_t
conversation_edits(const struct survey *s, const struct conversation *c, const struct field_rules *rules, struct agent_edit *out,
    size_t max, struct arena *a)
{
	struct path p;
	size_t n = 0;

	conversation_path(s, c, &p, a);
	for (size_t i = 0; i < p.nasked; i++) {
		const struct reply *r = conversation_reply(c, p.asked[i]->id);
		enum person_field f = question_corrects(p.asked[i]) ? survey_field(p.asked[i]->field) : FIELD__MAX;
		struct agent_edit e = { .field = f };
		size_t k = 0;

		if (f == FIELD__MAX || !agent_may_edit(rules, f) || survey_field_read(f, r->text, &e.value, a) != R_NONE)
			continue;
		while (k < n && out[k].field != f)	/* asked twice: what was said last */
			k++;
		if (k < max)
			out[k] = e;
		n = k == n && k < max ? n + 1 : n;
	}
	return n;
}
