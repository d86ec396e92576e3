/*
 * print.c - the paper: a first page with what to say and the questions, then one page per 20 people with boxes to tick. A
 * number is on it only while it may be called and is kept for this sheet (promise 6); who was shown it is noted.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/date.h"
#include "plumb/lang.h"
#include "plumb/moment.h"
#include "plumb/phone.h"
#include "plumb/qr.h"
#include "plumb/text.h"

#include "domain/conversation.h"
#include "domain/hours_words.h"

#include "paper.h"
#include "tpl/print.names.h"

/* What fits beside the statuses, in widths of a box; a scale's number is written into two. */
enum { BOXES_MOST = 11, SCALE_BOXES = 2, HEAD_CHARS = 26 };

/* Of the request at hand: its answer is noted before the first byte leaves (app.revealed). */
static struct { struct operation op; struct paper_id id; } shown;

bool
paper_shown(struct db *db, const struct who *who, const struct route *route, uint64_t id, int64_t now)
{
	struct arena *a = arena_new();
	bool ok = shown.op.id.v == id && paper_revealed(db, &shown.op, shown.id, (struct user_id){ who->user }, now, a);

	(void)route;
	arena_free(a);
	return ok;
}

static bool
is_scale(const struct question *q)
{
	return strcmp(q->kind, "scale") == 0;
}

/* Which questions have boxes on the paper: in their order, as long as they fit. */
static void
boxes(const struct desk *d, bool out[SURVEY_QUESTIONS_MAX])
{
	size_t used = 0;

	for (size_t i = 0; i < SURVEY_QUESTIONS_MAX; i++) {
		const struct question *q = d->survey != NULL && i < d->survey->nquestions ? &d->survey->questions[i] : NULL;
		size_t n = q == NULL ? 0 : is_scale(q) ? SCALE_BOXES : q->nchoices;

		out[i] = q != NULL && paper_ticks(&d->op, q) && used + n <= BOXES_MOST;
		used += out[i] ? n : 0;
	}
}

/* --- the first page --- */

static const char *
merged(struct req *rq, const struct desk *d, const char *text)
{
	const char *organisation = "", *blank = "________";
	const char *value[MF__MAX] = { [MF_FIRST_NAME] = blank, [MF_LAST_NAME] = blank, [MF_AGENT] = d->sheet.caller_name,
		[MF_OPERATION] = d->op.name, [MF_CITY] = blank, [MF_POLLING_PLACE] = blank };

	if (survey_merges(text, MF_ORGANISATION))
		survey_organisation_name(rq_db(rq), d->op.organisation, &organisation, rq_arena(rq));
	value[MF_ORGANISATION] = organisation;
	return survey_merge(text, value, rq_arena(rq));
}

static void
script_show(struct req *rq, struct page *pg, const struct desk *d)
{
	const char *p = d->survey == NULL ? "" : merged(rq, d, survey_text(d->survey->script, rq_lang(rq))), *end;

	if (text_is_blank(p))
		return;
	page_show(pg, PRINT_SCRIPT);
	while (*(p += strspn(p, " \n\r\t")) != '\0') {
		end = p;
		while (*end != '\0' && strncmp(end, "\n\n", 2) != 0 && strncmp(end, "\n\r\n", 3) != 0)
			end++;
		tpl_text(page_row(pg, PRINT_PARAGRAPH), PRINT_SENTENCES, arena_strndup(rq_arena(rq), p, (size_t)(end - p)));
		p = end;
	}
}

/* "the next", "3", "the end": where a choice leads, when it is not simply the next question. */
static const char *
leads(struct req *rq, const struct desk *d, const struct choice *c)
{
	if (d->op.version != OP_SPECIALIZED || c->next == 0)
		return "";
	return c->next < 0 ? tr(rq_lang(rq), "→ the end") : arena_fmt(rq_arena(rq), "→ %d", c->next);
}

static void
questions_show(struct req *rq, struct page *pg, const struct desk *d, const bool boxed[SURVEY_QUESTIONS_MAX])
{
	enum lang lang = rq_lang(rq);

	for (size_t i = 0; d->survey != NULL && i < d->survey->nquestions; i++) {
		const struct question *q = &d->survey->questions[i];
		bool asked = paper_asks(&d->op, q), read_out = d->op.version == OP_SPECIALIZED && !question_asks(q);
		struct tpl *row;

		if (!asked && !read_out)
			continue;
		row = page_row(pg, PRINT_QUESTION);
		tpl_text(row, PRINT_NUMBER, digits(rq, q->position));
		tpl_text(row, PRINT_TEXT, merged(rq, d, survey_text(q->text, lang)));
		for (size_t k = 0; asked && question_picks(q) && k < q->nchoices; k++) {
			struct tpl *choice = tpl_row(row, PRINT_CHOICE);

			tpl_text(choice, PRINT_DIGIT, digits(rq, paper_digit(q, k)));
			if (!is_scale(q))
				tpl_text(choice, PRINT_TEXT, survey_text(q->choices[k].text, lang));
			tpl_text(choice, PRINT_LEADS, leads(rq, d, &q->choices[k]));
		}
		if (asked && question_picks(q) && question_several(q))
			tpl_text(row, PRINT_HOW, tr(lang, "Several may be ticked."));
		if (asked && !(i < SURVEY_QUESTIONS_MAX && boxed[i]))
			tpl_text(row, PRINT_HOW, arena_fmt(rq_arena(rq), tr(lang, "No boxes: write “Q%u: …” in the notes."), q->position));
	}
}

static void
statuses_show(struct req *rq, struct page *pg)
{
	enum status sorted[ST__MAX];
	size_t n = status_sorted(S_AGENT, rq_lang(rq), sorted);

	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, PRINT_STATUS);
		char letter[2] = { paper_letter(sorted[i]), '\0' };

		tpl_text(row, PRINT_LETTER, letter);
		tpl_text(row, PRINT_LABEL, status_label(sorted[i], rq_lang(rq)));
	}
}

/* --- a page of people --- */

static void
head_show(struct req *rq, struct tpl *sheet, const struct desk *d, const bool boxed[SURVEY_QUESTIONS_MAX])
{
	enum lang lang = rq_lang(rq);
	enum status sorted[ST__MAX];
	size_t n = status_sorted(S_AGENT, lang, sorted);

	for (size_t i = 0; i < n; i++)
		tpl_text(tpl_row(sheet, PRINT_HEAD), PRINT_LABEL, status_label(sorted[i], lang));
	for (size_t i = 0; i < SURVEY_QUESTIONS_MAX; i++) {
		const struct question *q = boxed[i] ? &d->survey->questions[i] : NULL;

		if (q == NULL)
			continue;
		for (size_t k = 0; k < (is_scale(q) ? 1 : q->nchoices); k++) {
			struct tpl *head = tpl_row(sheet, PRINT_HEAD);

			tpl_text(head, PRINT_LABEL, cut_words(rq, arena_fmt(rq_arena(rq), "Q%u %s", q->position,
			    survey_text(is_scale(q) ? q->text : q->choices[k].text, lang)), HEAD_CHARS));
			tpl_show(head, is_scale(q) ? PRINT_WIDE : k == 0 ? PRINT_FIRST : PRINT_MORE);
		}
	}
}

/* "Laval · called twice, last: No answer on 24 November · asked to be called at 18:00" */
static const char *
about(struct req *rq, const struct desk *d, const struct paper_place *p)
{
	enum lang lang = rq_lang(rq);
	struct arena *a = rq_arena(rq);
	struct tm here = clock_local(d->op.zone, rq_now(rq)), there = clock_local(p->zone, rq_now(rq));
	const char *text = p->city;

	if (p->tries > 0 && p->last_status != ST_CORRECTED)
		text = arena_fmt(a, "%s%s%s", text, *text == '\0' ? "" : " · ", arena_fmt(a, tr(lang, "call no. %u, last: %s"), p->tries + 1,
		    status_label(p->last_status, lang)));
	if (p->promised_at != 0)
		text = arena_fmt(a, "%s%s%s", text, *text == '\0' ? "" : " · ", arena_fmt(a, tr(lang, "wants a call: %s"),
		    moment_words(a, lang, p->zone, rq_now(rq), p->promised_at)));
	if (there.tm_gmtoff != here.tm_gmtoff)
		text = arena_fmt(a, "%s%s%s", text, *text == '\0' ? "" : " · ", arena_fmt(a, tr(lang, "their clock: %+.3g h"),
		    (double)(there.tm_gmtoff - here.tm_gmtoff) / 3600));
	return text;
}

static void
boxes_show(struct req *rq, struct tpl *row, const struct desk *d, const bool boxed[SURVEY_QUESTIONS_MAX])
{
	enum status sorted[ST__MAX];
	size_t n = status_sorted(S_AGENT, rq_lang(rq), sorted);

	for (size_t i = 0; i < n; i++) {
		char letter[2] = { paper_letter(sorted[i]), '\0' };

		tpl_text(tpl_row(row, PRINT_BOX), PRINT_SIGN, letter);
	}
	for (size_t i = 0; i < SURVEY_QUESTIONS_MAX; i++) {
		const struct question *q = boxed[i] ? &d->survey->questions[i] : NULL;

		for (size_t k = 0; q != NULL && k < (is_scale(q) ? 1 : q->nchoices); k++) {
			struct tpl *box = tpl_row(row, PRINT_BOX);

			tpl_text(box, PRINT_SIGN, is_scale(q) ? "" : digits(rq, paper_digit(q, k)));
			tpl_show(box, is_scale(q) ? PRINT_WIDE : k == 0 ? PRINT_FIRST : PRINT_MORE);
		}
	}
}

/* Of who is not kept for the sheet any more the row says only why. */
static void
person_show(struct req *rq, struct tpl *row, const struct desk *d, const struct paper_place *p, bool *closed)
{
	bool open = d->op.state == OP_ACTIVE && hours_at(&d->op.hours, p->zones, rq_now(rq), NULL, NULL) == HOURS_OPEN;
	char number[40];

	tpl_text(row, PRINT_NUMBER, digits(rq, p->number));
	if (p->state != PAPER_HELD) {
		tpl_text(tpl_row(row, PRINT_OFF), PRINT_WHY, p->state == PAPER_ENTERED || p->state == PAPER_NOTED
		    ? tr(rq_lang(rq), "typed in already") : tr(rq_lang(rq), "not kept for this sheet any more: do not call"));
		return;
	}
	tpl_show(row, PRINT_ON);
	tpl_text(row, PRINT_NAME, person_words(rq, p));
	tpl_text(row, PRINT_ABOUT, about(rq, d, p));
	phone_display(p->e164, number, sizeof(number));
	tpl_text(row, PRINT_PHONE, open ? number : "–");
	*closed = *closed || !open;
}

static void
pages_show(struct req *rq, struct page *pg, const struct desk *d, const bool boxed[SURVEY_QUESTIONS_MAX])
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	unsigned pages = (d->sheet.people + PAPER_PAGE - 1) / PAPER_PAGE;
	struct tpl *sheet = NULL;
	bool closed = false;

	for (size_t i = 0; i < d->nplaces; i++) {
		struct tpl *row;

		if (i % PAPER_PAGE == 0) {
			sheet = page_row(pg, PRINT_SHEET);
			tpl_text(sheet, PRINT_CODE, d->code);
			tpl_text(sheet, PRINT_OPERATION, name_words(rq, &d->op));
			tpl_text(sheet, PRINT_WHO, d->sheet.caller_name);
			tpl_text(sheet, PRINT_PAGE, arena_fmt(a, tr(lang, "page %zu of %u"), i / PAPER_PAGE + 1, pages));
			tpl_text(sheet, PRINT_RULE, arena_fmt(a, tr(lang, "Call %s, by the clock of the person called, until %s."),
			    hours_words_week(a, lang, &d->op.hours), full_moment_words(a, lang, d->op.zone, d->sheet.until_at)));
			tpl_text(sheet, PRINT_QR, arena_fmt(a, "%s/qr.svg?page=%zu", sheet_path(rq, d), i / PAPER_PAGE + 1));
			tpl_text(sheet, PRINT_BACK_TO, arena_fmt(a, tr(lang, "Give this sheet back to %s. It holds personal data: no copies, no pictures; it is shredded once its calls are typed in."),
			    d->sheet.by_name));
			head_show(rq, sheet, d, boxed);
		}
		row = tpl_row(sheet, PRINT_ROW);
		person_show(rq, row, d, &d->place[i], &closed);
		boxes_show(rq, row, d, boxed);
	}
	if (closed)
		page_show(pg, PRINT_CLOSED);
}

enum http
paper_show(struct req *rq)
{
	bool boxed[SURVEY_QUESTIONS_MAX];
	struct page *pg;
	struct desk d;
	enum http status;

	if (!open_desk(rq, &d, &status))
		return status;
	boxes(&d, boxed);
	pg = page_new(rq, "paper/print.tpl", arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Call sheet %s"), d.code));
	page_bare(pg);
	page_style(pg, "paper.css");
	page_script(pg, "share.js");
	page_text(pg, PRINT_ID, digits(rq, d.op.id.v));
	page_text(pg, PRINT_CODE, d.code);
	page_text(pg, PRINT_OPERATION, name_words(rq, &d.op));
	page_text(pg, PRINT_WHO, d.sheet.caller_name);
	page_text(pg, PRINT_PEOPLE, arena_fmt(rq_arena(rq), trn(rq_lang(rq), "%u person", "%u people", d.sheet.people), d.sheet.people));
	page_text(pg, PRINT_BY, d.sheet.by_name);
	page_text(pg, PRINT_UNTIL, full_moment_words(rq_arena(rq), rq_lang(rq), d.op.zone, d.sheet.until_at));
	page_text(pg, PRINT_HOURS, hours_words_week(rq_arena(rq), rq_lang(rq), &d.op.hours));
	script_show(rq, pg, &d);
	questions_show(rq, pg, &d, boxed);
	statuses_show(rq, pg);
	pages_show(rq, pg, &d, boxed);
	shown.op = d.op;
	shown.id = d.sheet.id;
	return page_send(pg);
}

/* Opens the page where it is typed in. */
enum http
paper_qr(struct req *rq)
{
	struct desk d;
	enum http status;
	char *svg;

	if (!open_desk(rq, &d, &status))
		return status;
	svg = qr_svg(rq_arena(rq), arena_fmt(rq_arena(rq), "%s%s?page=%u", conf.public_url, sheet_path(rq, &d), page_of(rq, &d)));
	if (svg == NULL)
		return resp_refuse(rq, R_FAILED);
	return resp_bytes(rq, "image/svg+xml", NULL, svg, strlen(svg));
}
