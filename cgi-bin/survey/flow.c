/*
 * flow.c - the way through the questions as boxes and arrows, drawn here: it needs no script and prints. Boxes stand below
 * each other in their order; what does not simply go on leaves a box to the right and comes back on a line of its own,
 * one per question that is led to. The same in words stands below it.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/conf.h"
#include "plumb/text.h"

#include "survey.h"
#include "tpl/flow.names.h"

enum { LEFT = 2, TOP = 2, WIDE = 252, HEAD = 32, ROW = 20, GAP = 22, LANE = 13, FIRST_LANE = 16, END_HIGH = 28,
	TEXT_MOST = 33, OUT_MOST = 34 };
enum { NOWHERE = -1 };

/* Answers of one question that lead to the same place. */
struct out { int to; const char *answers; int y; int run, last; const char *before; /* of a scale: the run of numbers being written */ };
struct box { int y, high; struct out out[SURVEY_CHOICES_MAX + 1]; size_t n; bool down; /* an arrow to the next box */ };
struct lane { int low, high, index; bool used; };
struct flow {
	struct box box[SURVEY_QUESTIONS_MAX];
	struct lane lane[SURVEY_QUESTIONS_MAX + 1];	/* by the question it leads to; n: the end */
	int n, end_y, lanes;
};

static int
target_of(const struct survey *s, size_t i, int next)
{
	if (next == NEXT_END || (next == 0 && i + 1 == s->nquestions))
		return (int)s->nquestions;
	if (next == 0)
		return (int)i + 1;
	return next < 0 || next > (int)s->nquestions ? NOWHERE : next - 1;
}

static const char *
cut(struct arena *a, const char *text, size_t most)
{
	return text_chars(text) <= most ? text : arena_fmt(a, "%s…", text_cut(a, text, most - 1));
}

/* "0–6, 8": numbers of a scale come in runs. */
static void
add_number(struct arena *a, struct out *o, int number)
{
	if (o->answers == NULL || number != o->last + 1) {
		o->before = o->answers == NULL ? "" : arena_fmt(a, "%s, ", o->answers);
		o->run = number;
	}
	o->last = number;
	o->answers = number == o->run ? arena_fmt(a, "%s%d", o->before, number) : arena_fmt(a, "%s%d–%d", o->before, o->run, number);
}

/* Answers by where they lead, in their order. */
static void
collect(struct req *rq, const struct survey *s, size_t i, struct box *b)
{
	const struct question *q = &s->questions[i];
	struct arena *a = rq_arena(rq);

	*b = (struct box){ .down = !survey_kind_branches(q->kind) || !q->required || q->nchoices == 0 };
	for (size_t c = 0; survey_kind_branches(q->kind) && c < q->nchoices && c < SURVEY_CHOICES_MAX; c++) {
		int to = target_of(s, i, q->choices[c].next);
		const char *words = survey_text(q->choices[c].text, rq_lang(rq));
		size_t k = 0;
		while (k < b->n && b->out[k].to != to)
			k++;
		if (k == b->n)
			b->out[b->n++] = (struct out){ .to = to };
		if (scale_number(&q->choices[c]) >= 0)
			add_number(a, &b->out[k], scale_number(&q->choices[c]));
		else
			b->out[k].answers = b->out[k].answers == NULL ? words : arena_fmt(a, "%s, %s", b->out[k].answers, words);
		b->down = b->down || to == (int)i + 1;
	}
	if (b->n == 1 && b->out[0].to == (int)i + 1)
		b->n = 0;			/* they all just go on */
	if (b->n == 1)
		b->out[0].answers = tr(rq_lang(rq), N_("Every answer"));
}

/* --- places --- */

static void
stretch(struct lane *l, int y)
{
	l->low = !l->used || y < l->low ? y : l->low;
	l->high = !l->used || y > l->high ? y : l->high;
	l->used = true;
}

/* The shortest lines stand nearest to the boxes; two that pass each other stand side by side. */
static void
give_lanes(struct flow *f)
{
	bool placed[SURVEY_QUESTIONS_MAX + 1] = { false };

	for (;;) {
		int next = NOWHERE, index = 0;
		bool clash = true;
		for (int t = 0; t <= f->n; t++)
			if (f->lane[t].used && !placed[t] &&
			    (next == NOWHERE || f->lane[t].high - f->lane[t].low < f->lane[next].high - f->lane[next].low))
				next = t;
		if (next == NOWHERE)
			return;
		for (index = -1; clash; ) {
			clash = false;
			index++;
			for (int t = 0; t <= f->n; t++)
				clash = clash || (placed[t] && f->lane[t].index == index && f->lane[t].low <= f->lane[next].high + 4 &&
				    f->lane[next].low <= f->lane[t].high + 4);
		}
		f->lane[next].index = index;
		f->lanes = index + 1 > f->lanes ? index + 1 : f->lanes;
		placed[next] = true;
	}
}

static void
place(struct req *rq, const struct survey *s, struct flow *f)
{
	int y = TOP;

	*f = (struct flow){ .n = (int)(s->nquestions < SURVEY_QUESTIONS_MAX ? s->nquestions : SURVEY_QUESTIONS_MAX) };
	for (int i = 0; i < f->n; i++) {
		struct box *b = &f->box[i];
		collect(rq, s, (size_t)i, b);
		b->y = y;
		b->high = HEAD + (int)b->n * ROW + (b->n > 0 ? 4 : 0);
		for (size_t k = 0; k < b->n; k++)
			b->out[k].y = y + HEAD + (int)k * ROW + ROW / 2;
		y += b->high + GAP;
	}
	f->end_y = y;
	for (int i = 0; i < f->n; i++)
		for (size_t k = 0; k < f->box[i].n; k++) {
			int to = f->box[i].out[k].to;
			if (to == NOWHERE || to == i + 1)
				continue;
			stretch(&f->lane[to], f->box[i].out[k].y);
			stretch(&f->lane[to], to == f->n ? f->end_y + END_HIGH / 2 : f->box[to].y + HEAD / 2);
		}
	give_lanes(f);
}

/* --- the picture --- */

static const char *
number(struct req *rq, int n)
{
	return arena_fmt(rq_arena(rq), "%d", n);
}

static void
line(struct tpl *picture, const char *colour, const char *path)
{
	struct tpl *row = tpl_row(picture, FLOW_LINE);

	tpl_text(row, FLOW_COLOUR, colour);
	tpl_text(row, FLOW_PATH, path);
}

static void
draw_lines(struct req *rq, struct tpl *picture, const struct flow *f)
{
	struct arena *a = rq_arena(rq);
	int edge = LEFT + WIDE;

	for (int i = 0; i < f->n; i++) {
		const struct box *b = &f->box[i];
		int bottom = b->y + b->high, next = bottom + GAP;
		if (b->down)
			line(picture, "on", arena_fmt(a, "M%d %d V%d M%d %d l4 5 l4 -5", LEFT + 24, bottom, next - 1, LEFT + 20, next - 6));
		for (size_t k = 0; k < b->n; k++) {
			int to = b->out[k].to, y = b->out[k].y, x, into;
			if (to == NOWHERE || to == i + 1)
				continue;
			into = to == f->n ? f->end_y + END_HIGH / 2 : f->box[to].y + HEAD / 2;
			x = edge + FIRST_LANE + f->lane[to].index * LANE;
			line(picture, to <= i ? "back" : arena_fmt(a, "%d", f->lane[to].index % 4),
			    arena_fmt(a, "M%d %d H%d q6 0 6 %d V%d q0 %d -6 %d H%d m5 -4 l-5 4 l5 4", edge, y, x - 6, into > y ? 6 : -6,
			    into > y ? into - 6 : into + 6, into > y ? 6 : -6, into > y ? 6 : -6, edge + 1));
		}
	}
}

static void
draw_box(struct req *rq, struct tpl *picture, const struct survey *s, const struct flow *f, int i, unsigned first, bool lost)
{
	const struct box *b = &f->box[i];
	struct tpl *row = tpl_row(picture, FLOW_BOX);

	tpl_text(row, FLOW_AT, number(rq, (int)first + i));
	tpl_text(row, FLOW_NUMBER, number(rq, i + 1));
	tpl_text(row, FLOW_X, number(rq, LEFT));
	tpl_text(row, FLOW_Y, number(rq, b->y));
	tpl_text(row, FLOW_WIDE, number(rq, WIDE));
	tpl_text(row, FLOW_HIGH, number(rq, b->high));
	tpl_text(row, FLOW_NUMBER_X, number(rq, LEFT + 20));
	tpl_text(row, FLOW_TEXT_X, number(rq, LEFT + 36));
	tpl_text(row, FLOW_TEXT_Y, number(rq, b->y + HEAD / 2 + 4));
	tpl_text(row, FLOW_TEXT, cut(rq_arena(rq), survey_text(s->questions[i].text, rq_lang(rq)), TEXT_MOST));
	if (lost)
		tpl_show(row, FLOW_LOST);
	for (size_t k = 0; k < b->n; k++) {
		struct tpl *out = tpl_row(row, FLOW_OUT);
		tpl_text(out, FLOW_OUT_X, number(rq, LEFT + WIDE - 10));
		tpl_text(out, FLOW_OUT_Y, number(rq, b->out[k].y + 4));
		tpl_text(out, FLOW_ANSWERS, arena_fmt(rq_arena(rq), "%s%s", cut(rq_arena(rq), b->out[k].answers, OUT_MOST),
		    b->out[k].to == NOWHERE ? " ?" : b->out[k].to == i + 1 ? " ↓" : ""));
		if (b->out[k].to == NOWHERE || b->out[k].to <= i)
			tpl_show(out, FLOW_WRONG);
	}
}

/* --- in words --- */

static const char *
where(struct req *rq, const struct survey *s, int to)
{
	if (to == NOWHERE)
		return branch_label(rq, NEXT_GONE, NULL);
	return to >= (int)s->nquestions ? branch_label(rq, NEXT_END, NULL) : branch_label(rq, to + 1, s->questions[to].text);
}

static void
in_words(struct req *rq, struct tpl *into, const struct survey *s, const struct flow *f, int i)
{
	const struct box *b = &f->box[i];
	struct tpl *row = tpl_row(into, FLOW_WORDS);

	tpl_text(row, FLOW_TEXT, survey_text(s->questions[i].text, rq_lang(rq)));
	for (size_t k = 0; k < b->n; k++) {
		struct tpl *way = tpl_row(row, FLOW_WAY);
		tpl_text(way, FLOW_ANSWERS, b->out[k].answers);
		tpl_text(way, FLOW_WHERE, where(rq, s, b->out[k].to));
	}
	if (b->n == 0)
		tpl_text(tpl_row(row, FLOW_GOES_ON), FLOW_WHERE, where(rq, s, i + 1));
}

void
flow_show(struct req *rq, struct page *pg, const struct survey *s, unsigned first)
{
	struct survey_wrong advice[SURVEY_QUESTIONS_MAX * 4];
	size_t nadvice = survey_warn(s, advice, NITEMS(advice));
	struct tpl *picture = tpl_include(page_tpl(pg), "FLOW",
	    arena_fmt(rq_arena(rq), "%s/%s/survey/flow.tpl", conf.templates, lang_code(rq_lang(rq))));
	struct flow f;

	place(rq, s, &f);
	tpl_text(picture, FLOW_ALL_WIDE, number(rq, LEFT + WIDE + 2 + (f.lanes > 0 ? FIRST_LANE + f.lanes * LANE : 0)));
	tpl_text(picture, FLOW_ALL_HIGH, number(rq, f.end_y + END_HIGH + TOP));
	draw_lines(rq, picture, &f);
	for (int i = 0; i < f.n; i++) {
		bool lost = false;
		for (size_t k = 0; k < nadvice; k++)
			lost = lost || (advice[k].part == SP_REACH && advice[k].question == i);
		draw_box(rq, picture, s, &f, i, first, lost);
		in_words(rq, picture, s, &f, i);
	}
	tpl_text(picture, FLOW_X, number(rq, LEFT));
	tpl_text(picture, FLOW_END_Y, number(rq, f.end_y));
	tpl_text(picture, FLOW_WIDE, number(rq, WIDE));
	tpl_text(picture, FLOW_END_HIGH, number(rq, END_HIGH));
	tpl_text(picture, FLOW_END_X, number(rq, LEFT + WIDE / 2));
	tpl_text(picture, FLOW_END_TEXT_Y, number(rq, f.end_y + END_HIGH / 2 + 4));
}
