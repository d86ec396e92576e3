/*
 * paper_line.c - see paper_line.h.
 */
#include "domain/paper_line.h"

#include <ctype.h>

#include "plumb/arena.h"
#include "plumb/text.h"

#include "domain/conversation.h"

/* c-ompleted / complété, r-efused, n-o answer, a-bsent, v-oicemail / boîte vocale, o-ccupied / occupée, b-ack, w-rong, l-anguage,
 * h-ung up, m-oved / déménagé, d-eceased, x never again, e off the list. */
static const char letters[ST__MAX] = {
	[ST_COMPLETED] = 'c', [ST_REFUSED] = 'r', [ST_NO_ANSWER] = 'n', [ST_NOT_HOME] = 'a', [ST_VOICEMAIL] = 'v', [ST_BUSY] = 'o',
	[ST_CALL_BACK] = 'b', [ST_WRONG_NUMBER] = 'w', [ST_LANGUAGE_BARRIER] = 'l', [ST_HUNG_UP] = 'h', [ST_MOVED] = 'm',
	[ST_DECEASED] = 'd', [ST_DNC] = 'x', [ST_REMOVE] = 'e',
};

char
paper_letter(enum status s)
{
	return letters[s];
}

enum status
paper_status(const char *letter)
{
	for (enum status s = ST_NONE + 1; s < ST__MAX; s++)
		if (letters[s] != '\0' && tolower((unsigned char)letter[0]) == letters[s] && letter[1] == '\0')
			return s;
	return ST_NONE;
}

bool
paper_asks(const struct operation *op, const struct question *q)
{
	if (!question_asks(q) || question_corrects(q))
		return false;
	if (op->version == OP_SPECIALIZED || q->id.v == op->question.v)
		return true;
	for (size_t i = 0; i < op->nalso && operation_asks(q->kind); i++)
		if (op->also[i] == q->stable)
			return true;
	return false;
}

bool
paper_ticks(const struct operation *op, const struct question *q)
{
	return paper_asks(op, q) && question_picks(q);
}

unsigned
paper_digit(const struct question *q, size_t choice)
{
	int number = strcmp(q->kind, "scale") == 0 ? scale_number(&q->choices[choice]) : -1;

	return number >= 0 ? (unsigned)number : (unsigned)choice + 1;
}

/* --- one line --- */

/* The next word; the rest stays in *at. "" at the end. */
static const char *
word(const char **at, struct arena *a)
{
	const char *begin = *at + strspn(*at, " \t"), *stop = begin + strcspn(begin, " \t");

	*at = stop;
	return arena_strndup(a, begin, (size_t)(stop - begin));
}

static bool
answers_by_digits(const char *w)
{
	return strcmp(w, "-") == 0 || (isdigit((unsigned char)w[0]) && w[strspn(w, "0123456789+,")] == '\0');
}

/* "18:30", "18h30", "18h": the minute of the day; -1: another word. */
static int
minute_of(const char *w)
{
	size_t hours = strspn(w, "0123456789"), minutes;
	int hour = 0, minute = 0;

	if (hours < 1 || hours > 2 || (w[hours] != ':' && tolower((unsigned char)w[hours]) != 'h'))
		return -1;
	minutes = strspn(w + hours + 1, "0123456789");
	if ((minutes != 2 && !(minutes == 0 && w[hours] != ':')) || w[hours + 1 + minutes] != '\0')
		return -1;
	for (size_t i = 0; i < hours; i++)
		hour = hour * 10 + w[i] - '0';
	for (size_t i = 0; i < minutes; i++)
		minute = minute * 10 + w[hours + 1 + i] - '0';
	return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

enum refusal
paper_line(const char *line, const struct operation *op, const struct survey *survey, struct paper_typed *out, struct arena *a)
{
	const char *at = line, *w = word(&at, a), *before;
	uint64_t row;

	*out = (struct paper_typed){ .note = "", .back_minute = -1 };
	if (!parse_uint(w, 1, 9999, &row))
		return R_NOT_A_NUMBER;
	out->row = (unsigned)row;
	if ((out->status = paper_status(word(&at, a))) == ST_NONE)
		return R_STATUS_UNKNOWN;
	for (size_t i = 0; survey != NULL && i < survey->nquestions && i < SURVEY_QUESTIONS_MAX; i++) {
		if (!paper_ticks(op, &survey->questions[i]))
			continue;
		before = at;
		w = word(&at, a);
		if (!answers_by_digits(w)) {
			at = before;
			break;
		}
		out->answer[i] = strcmp(w, "-") == 0 ? "" : w;
	}
	before = at;
	if (out->status == ST_CALL_BACK && (out->back_minute = minute_of(word(&at, a))) < 0)
		at = before;
	at += strspn(at, " \t");
	at += *at == '/';
	out->note = text_trim(a, at);
	return R_NONE;
}

/* --- answers --- */

static const char *
typed_of(const struct paper_typed *t, size_t i, struct arena *a)
{
	return i >= SURVEY_QUESTIONS_MAX || t->answer[i] == NULL ? "" : text_trim(a, t->answer[i]);
}

static const struct choice *
choice_by_digit(const struct question *q, uint64_t digit)
{
	for (size_t i = 0; i < q->nchoices; i++)
		if (paper_digit(q, i) == digit)
			return &q->choices[i];
	return NULL;
}

/* "2", "1+3", "1, 3" */
static enum refusal
read_digits(const struct question *q, const char *typed, struct reply *r, struct arena *a)
{
	struct choice_id *ids = arena_alloc(a, SURVEY_CHOICES_MAX * sizeof(*ids));
	const char *p = typed;

	r->choices = ids;
	while (*(p += strspn(p, " +,;")) != '\0') {
		size_t n = strspn(p, "0123456789");
		const struct choice *c;
		uint64_t digit;

		if (n == 0 || !parse_uint(arena_strndup(a, p, n), 0, 1000, &digit) || (c = choice_by_digit(q, digit)) == NULL ||
		    r->nchoices == SURVEY_CHOICES_MAX)
			return R_NOT_A_CHOICE;
		ids[r->nchoices++] = c->id;
		p += n;
	}
	return R_NONE;
}

static enum refusal
read_reply(const struct operation *op, const struct question *q, const char *typed, struct reply *r, struct arena *a)
{
	*r = (struct reply){ .question = q->id, .text = "" };
	if (!paper_asks(op, q))
		return *typed == '\0' ? R_NONE : R_NOT_ASKED;
	if (question_picks(q))
		return read_digits(q, typed, r, a);
	r->text = typed;
	return R_NONE;
}

/* Was anything typed for a question of s that the path does not ask? s->nquestions: no. */
static size_t
off_the_path(const struct survey *s, const struct paper_typed *t, const struct path *path, struct arena *a)
{
	for (size_t i = 0; i < s->nquestions; i++) {
		bool there = !path->complete && path->now == &s->questions[i];

		for (size_t k = 0; k < path->nasked; k++)
			there = there || path->asked[k] == &s->questions[i];
		if (!there && *typed_of(t, i, a) != '\0')
			return i;
	}
	return s->nquestions;
}

/* The conversation that leads from question to question; it stops where an answer is missing or cannot be. */
static enum refusal
one_after_the_other(const struct survey *s, const struct paper_typed *t, const struct conversation *c, bool any,
    const struct call_answer **out, size_t *n, size_t *wrong, struct arena *a)
{
	struct path path;
	size_t off;

	if (!any && t->status != ST_COMPLETED)
		return R_NONE;
	conversation_path(s, c, &path, a);
	off = off_the_path(s, t, &path, a);
	if (!path.complete) {
		size_t stop = (size_t)(path.now - s->questions);
		enum refusal why = conversation_check(path.now, &c->replies[stop]);

		*wrong = stop;
		if (why != R_MISSING || t->status == ST_COMPLETED || (off > stop && off < s->nquestions))
			return why;
	}
	if (off < s->nquestions)
		return *wrong = off, R_NOT_ASKED;
	*out = conversation_answers(s, c, n, a);
	return R_NONE;
}

/* All in one window: the operation's own question, and those beside it. */
static enum refusal
side_by_side(const struct operation *op, const struct survey *s, const struct paper_typed *t, const struct conversation *c,
    const struct call_answer **out, size_t *n, size_t *wrong, struct arena *a)
{
	struct call_answer *list = arena_alloc(a, (SURVEY_QUESTIONS_MAX * SURVEY_CHOICES_MAX + 1) * sizeof(*list));
	enum refusal why;

	*out = list;
	for (size_t i = 0; i < s->nquestions && i < SURVEY_QUESTIONS_MAX; i++) {
		const struct question *q = &s->questions[i];
		const struct reply *r = &c->replies[i];
		bool must = t->status == ST_COMPLETED && (q->id.v == op->question.v || q->required);

		*wrong = i;
		if (!paper_asks(op, q))
			continue;
		if (r->nchoices == 0 && *r->text == '\0') {
			if (must)
				return R_MISSING;
			continue;
		}
		if ((why = conversation_check(q, r)) != R_NONE)
			return why;
		for (size_t k = 0; k < r->nchoices; k++)
			list[(*n)++] = (struct call_answer){ .question = q->id, .choice = r->choices[k] };
		if (r->nchoices == 0)
			list[(*n)++] = (struct call_answer){ .question = q->id, .text = r->text };
	}
	return R_NONE;
}

enum refusal
paper_answers(const struct operation *op, const struct survey *s, const struct paper_typed *t, const struct call_answer **out,
    size_t *n, size_t *wrong, struct arena *a)
{
	struct conversation c = { .talking = true, .note = "" };
	bool any = false;
	enum refusal why;

	*out = NULL;
	*n = *wrong = 0;
	if (s == NULL)
		return R_NONE;
	c.replies = arena_alloc(a, (s->nquestions + 1) * sizeof(*c.replies));
	c.nreplies = s->nquestions;
	for (size_t i = 0; i < s->nquestions; i++) {
		*wrong = i;
		if ((why = read_reply(op, &s->questions[i], typed_of(t, i, a), &c.replies[i], a)) != R_NONE)
			return why;
		any = any || *typed_of(t, i, a) != '\0';
	}
	return op->version == OP_SPECIALIZED ? one_after_the_other(s, t, &c, any, out, n, wrong, a) : side_by_side(op, s, t, &c, out, n, wrong, a);
}
