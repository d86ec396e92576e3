/*
 * entry.c - a sheet that comes back: who called and when, one line for quick typing, and each place with its fields. All of it
 * is one form, so that nothing typed is lost when something is wrong.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"
#include "plumb/lang.h"
#include "plumb/moment.h"
#include "plumb/text.h"

#include "domain/conversation.h"

#include "paper.h"
#include "tpl/entry.names.h"

enum { QUESTION_CHARS = 60 };

const char *
place_key(struct req *rq, unsigned number)
{
	return arena_fmt(rq_arena(rq), "%u", number);
}

const char *
answer_key(struct req *rq, unsigned number, size_t question)
{
	return arena_fmt(rq_arena(rq), "%u-%zu", number, question + 1);
}

unsigned
page_of(struct req *rq, const struct desk *d)
{
	unsigned pages = (d->sheet.people + PAPER_PAGE - 1) / PAPER_PAGE, page = (unsigned)in_uint(rq, IN_PAGE);

	return page < 1 ? 1 : page > pages ? pages : page;
}

/* --- who and when --- */

/* Now while calls are open, else when they closed last; never before the sheet. */
static int64_t
usual_moment(const struct desk *d, int64_t now)
{
	struct tm today = clock_local(d->op.zone, now);

	if (hours_at(&d->op.hours, d->op.zone, now, NULL, NULL) == HOURS_OPEN)
		return now;
	for (int back = 0; back < 60; back++) {
		struct tm t = { .tm_year = today.tm_year, .tm_mon = today.tm_mon, .tm_mday = today.tm_mday - back, .tm_hour = 12 }, day;
		struct window w;
		int64_t at;

		day = clock_local(d->op.zone, clock_moment(d->op.zone, &t));
		w = hours_of_day(&d->op.hours, day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
		t.tm_hour = 0;
		t.tm_min = w.closes - 1;
		at = clock_moment(d->op.zone, &t);
		if (w.opens < w.closes && at < now && hours_at(&d->op.hours, d->op.zone, at, NULL, NULL) == HOURS_OPEN)
			return at > d->sheet.printed_at ? at : d->sheet.printed_at;
	}
	return d->sheet.printed_at;
}

static void
who_and_when(struct req *rq, struct page *pg, const struct desk *d)
{
	struct tm t = clock_local(d->op.zone, usual_moment(d, rq_now(rq))), first = clock_local(d->op.zone, d->sheet.printed_at),
	    last = clock_local(d->op.zone, rq_now(rq));
	uint64_t caller = in_given(rq, IN_CALLER) ? in_uint(rq, IN_CALLER) : d->sheet.caller.v;
	bool there = false;

	for (size_t i = 0; i < d->nmembers; i++)
		there = there || d->member[i].user.v == d->sheet.caller.v;
	for (size_t i = 0; i < d->nmembers + !there; i++) {
		struct tpl *row = page_row(pg, ENTRY_CALLER);
		uint64_t id = i < d->nmembers ? d->member[i].user.v : d->sheet.caller.v;

		tpl_text(row, ENTRY_ID, digits(rq, id));
		tpl_text(row, ENTRY_NAME, i < d->nmembers ? d->member[i].name : d->sheet.caller_name);
		if (id == caller)
			tpl_show(row, ENTRY_CHOSEN);
	}
	page_text(pg, ENTRY_ON, in_given(rq, IN_ON) ? in_typed(rq, IN_ON) :
	    arena_fmt(rq_arena(rq), "%04d-%02d-%02d", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday));
	page_text(pg, ENTRY_AT, in_given(rq, IN_AT) ? in_typed(rq, IN_AT) : arena_fmt(rq_arena(rq), "%02d:%02d", t.tm_hour, t.tm_min));
	page_text(pg, ENTRY_ON_MIN, arena_fmt(rq_arena(rq), "%04d-%02d-%02d", first.tm_year + 1900, first.tm_mon + 1, first.tm_mday));
	page_text(pg, ENTRY_ON_MAX, arena_fmt(rq_arena(rq), "%04d-%02d-%02d", last.tm_year + 1900, last.tm_mon + 1, last.tm_mday));
}

/* --- what the letters and digits mean --- */

static void
legend(struct req *rq, struct page *pg, const struct desk *d)
{
	enum lang lang = rq_lang(rq);
	enum status sorted[ST__MAX];
	size_t n = status_sorted(S_AGENT, lang, sorted);

	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, ENTRY_LETTER);
		char letter[2] = { paper_letter(sorted[i]), '\0' };

		tpl_text(row, ENTRY_KEY, letter);
		tpl_text(row, ENTRY_LABEL, status_label(sorted[i], lang));
	}
	for (size_t i = 0; d->survey != NULL && i < d->survey->nquestions; i++) {
		const struct question *q = &d->survey->questions[i];
		const char *text = "";

		if (!paper_ticks(&d->op, q))
			continue;
		for (size_t k = 0; k < q->nchoices; k++)
			text = arena_fmt(rq_arena(rq), "%s%s%u %s", text, k == 0 ? "" : " · ", paper_digit(q, k),
			    strcmp(q->kind, "scale") == 0 ? "" : cut_words(rq, survey_text(q->choices[k].text, lang), QUESTION_CHARS));
		struct tpl *row = page_row(pg, ENTRY_ASKED);
		tpl_text(row, ENTRY_NUMBER, digits(rq, q->position));
		tpl_text(row, ENTRY_TEXT, cut_words(rq, survey_text(q->text, lang), 2 * QUESTION_CHARS));
		tpl_text(row, ENTRY_DIGITS, text);
	}
}

/* --- the places --- */

static void
fields_show(struct req *rq, struct tpl *row, const struct desk *d, const struct paper_place *p, const struct entry_said *say)
{
	const char *key = place_key(rq, p->number);
	const struct place_wrong *wrong = say->wrong == NULL ? NULL : &say->wrong[p->number];
	enum status sorted[ST__MAX];
	size_t n = status_sorted(S_AGENT, rq_lang(rq), sorted);
	struct tpl *f = tpl_row(row, ENTRY_FIELDS);

	tpl_text(f, ENTRY_NUMBER, key);
	tpl_text(f, ENTRY_FORM_KEY, p->form_key);
	tpl_text(f, ENTRY_NOTE, say->typed ? in_keyed(rq, IN_NOTE, key) : "");
	tpl_text(f, ENTRY_BACK, say->typed ? in_keyed(rq, IN_BACK, key) : "");
	for (size_t i = 0; i < n; i++) {
		struct tpl *option = tpl_row(f, ENTRY_OPTION);
		char letter[2] = { paper_letter(sorted[i]), '\0' };

		tpl_text(option, ENTRY_KEY, letter);
		tpl_text(option, ENTRY_LABEL, status_label(sorted[i], rq_lang(rq)));
		if (say->typed && strcmp(in_keyed(rq, IN_STATUS, key), letter) == 0)
			tpl_show(option, ENTRY_CHOSEN);
	}
	for (size_t i = 0; d->survey != NULL && i < d->survey->nquestions && i < SURVEY_QUESTIONS_MAX; i++) {
		const struct question *q = &d->survey->questions[i];
		struct tpl *in;

		if (!paper_asks(&d->op, q))
			continue;
		in = tpl_row(f, ENTRY_ANSWER);
		tpl_text(in, ENTRY_NAME, answer_key(rq, p->number, i));
		tpl_text(in, ENTRY_LABEL, arena_fmt(rq_arena(rq), "Q%u", q->position));
		tpl_text(in, ENTRY_TEXT, cut_words(rq, survey_text(q->text, rq_lang(rq)), QUESTION_CHARS));
		tpl_text(in, ENTRY_VALUE, say->typed ? in_keyed(rq, IN_ANSWER, answer_key(rq, p->number, i)) : "");
		tpl_show(in, question_picks(q) ? ENTRY_DIGIT : ENTRY_WORDS);
		if (wrong != NULL && wrong->why != R_NONE && wrong->answer && wrong->question == i)
			tpl_show(in, ENTRY_ANSWER_BAD);
	}
	if (p->state == PAPER_CALLED) {
		struct tpl *keep = tpl_row(f, ENTRY_KEEP);

		tpl_text(keep, ENTRY_NUMBER, key);
		if (say->typed && in_keyed_given(rq, IN_KEEP, key))
			tpl_show(keep, ENTRY_CHOSEN);
	}
	if (wrong != NULL && wrong->why != R_NONE)
		tpl_show(f, ENTRY_BAD);
}

/* Why a place was not saved: also of one that is typed in already. */
static void
wrong_show(struct req *rq, struct tpl *row, const struct desk *d, const struct paper_place *p, const struct place_wrong *wrong)
{
	struct tpl *w;

	if (wrong == NULL || wrong->why == R_NONE)
		return;
	w = tpl_row(row, ENTRY_WRONG);
	tpl_text(w, ENTRY_NUMBER, place_key(rq, p->number));
	tpl_text(w, ENTRY_SENTENCE, wrong->answer ? arena_fmt(rq_arena(rq), "Q%u: %s", d->survey->questions[wrong->question].position,
	    refusal_text(wrong->why, rq_lang(rq))) : refusal_text(wrong->why, rq_lang(rq)));
}

static void
place_show(struct req *rq, struct page *pg, const struct desk *d, const struct paper_place *p, const struct entry_said *say)
{
	static const char *const words[] = {
		[PAPER_HELD] = "", [PAPER_ENTERED] = "",
		[PAPER_BACK] = N_("Back on the list: agents may call too."),
		[PAPER_CALLED] = N_("Somebody else has called this person since. A call from this sheet can be kept as a note on their record."),
		[PAPER_NOTED] = N_("Kept as a note on the record."),
		[PAPER_GONE] = N_("This record was erased."),
	};
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	struct tpl *row = page_row(pg, ENTRY_PLACE), *done;

	tpl_text(row, ENTRY_NUMBER, place_key(rq, p->number));
	tpl_text(row, ENTRY_NAME, p->state == PAPER_GONE ? "–" : person_words(rq, p));
	tpl_text(row, ENTRY_PERSON, digits(rq, p->person.v));
	tpl_show(row, p->state == PAPER_GONE ? ENTRY_NOBODY : ENTRY_SOMEBODY);
	if (*words[p->state] != '\0')
		tpl_text(tpl_row(row, ENTRY_STATE), ENTRY_SENTENCE, tr(lang, words[p->state]));
	if (p->state == PAPER_ENTERED) {
		done = tpl_row(row, ENTRY_DONE);
		tpl_text(done, ENTRY_STATUS, status_label(p->status, lang));
		tpl_text(done, ENTRY_BY, arena_fmt(a, "%s, %s", p->by, full_moment_words(a, lang, d->op.zone, p->called_at)));
		if (*p->note != '\0')
			tpl_text(tpl_row(done, ENTRY_NOTED), ENTRY_NOTE, p->note);
		tpl_text(done, ENTRY_NUMBER, place_key(rq, p->number));
		if (p->status != ST_DNC)
			tpl_text(tpl_row(done, ENTRY_UNDO), ENTRY_NUMBER, place_key(rq, p->number));
	} else if (p->state != PAPER_NOTED && p->state != PAPER_GONE)
		fields_show(rq, row, d, p, say);
	wrong_show(rq, row, d, p, say->wrong == NULL ? NULL : &say->wrong[p->number]);
}

/* --- the page --- */

static void
notices(struct req *rq, struct page *pg, const struct desk *d, const struct entry_said *say)
{
	unsigned done = (unsigned)in_uint(rq, IN_DONE), count = (unsigned)in_uint(rq, IN_COUNT);
	const struct paper_place *p = done >= 1 && done <= d->nplaces ? &d->place[done - 1] : NULL;

	if (say->notice != NULL)
		page_notice(pg, say->notice, say->good);
	else if (!rq_is_post(rq) && count > 1)
		page_notice(pg, arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%u calls are saved."), count), true);
	else if (!rq_is_post(rq) && p != NULL && p->state == PAPER_ENTERED)
		page_notice(pg, arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Saved: %u, %s – %s."), done, person_words(rq, p),
		    status_label(p->status, rq_lang(rq))), true);
	else if (!rq_is_post(rq) && p != NULL && p->state == PAPER_NOTED)
		page_notice(pg, arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Kept as a note: %u, %s."), done, person_words(rq, p)), true);
}

enum http
entry_page(struct req *rq, struct desk *d, const struct entry_said *say)
{
	struct page *pg = page_new(rq, "paper/entry.tpl", arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Call sheet %s"), d->code));
	unsigned page = page_of(rq, d), pages = (d->sheet.people + PAPER_PAGE - 1) / PAPER_PAGE;
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);

	page_menu(pg, "operations");
	page_style(pg, "paper.css");
	page_text(pg, ENTRY_CSRF, rq_csrf(rq));
	page_text(pg, ENTRY_ID, digits(rq, d->op.id.v));
	page_text(pg, ENTRY_CODE, d->code);
	page_text(pg, ENTRY_OPERATION, name_words(rq, &d->op));
	page_text(pg, ENTRY_WHO, d->sheet.caller_name);
	page_text(pg, ENTRY_PRINTED, full_moment_words(a, lang, d->op.zone, d->sheet.printed_at));
	page_text(pg, ENTRY_PEOPLE, page_number(rq, d->sheet.people));
	page_text(pg, ENTRY_ENTERED, page_number(rq, d->sheet.entered));
	page_text(pg, ENTRY_HELD, page_number(rq, d->sheet.held));
	page_text(pg, ENTRY_PAGE, digits(rq, page));
	if (d->sheet.held > 0)
		tpl_text(page_row(pg, ENTRY_KEPT), ENTRY_UNTIL, moment_words(a, lang, d->op.zone, rq_now(rq), d->sheet.until_at));
	for (unsigned i = 1; i <= pages && pages > 1; i++) {
		struct tpl *link = page_row(pg, ENTRY_OTHER);

		tpl_text(link, ENTRY_PAGE, digits(rq, i));
		tpl_text(link, ENTRY_RANGE, arena_fmt(a, "%u–%u", (i - 1) * PAPER_PAGE + 1,
		    i * PAPER_PAGE < d->sheet.people ? i * PAPER_PAGE : d->sheet.people));
		if (i == page)
			tpl_show(link, ENTRY_HERE);
	}
	notices(rq, pg, d, say);
	who_and_when(rq, pg, d);
	page_text(pg, ENTRY_QUICK, say->typed ? in_typed(rq, IN_QUICK) : "");
	if (say->quick != R_NONE)
		page_wrong(pg, ENTRY_QUICK_WRONG, say->quick);
	if (say->typed) {
		page_input(pg, IN_CALLER, NULL, ENTRY_CALLER_WRONG);
		page_input(pg, IN_ON, NULL, ENTRY_ON_WRONG);
		page_input(pg, IN_AT, NULL, ENTRY_AT_WRONG);
	}
	legend(rq, pg, d);
	for (size_t i = (page - 1) * PAPER_PAGE; i < d->nplaces && i < page * PAPER_PAGE; i++)
		place_show(rq, pg, d, &d->place[i], say);
	return page_send_as(pg, say->status != 0 ? say->status : say->typed && !say->good ? HTTP_UNPROCESSABLE : HTTP_OK);
}

enum http
sheet_show(struct req *rq)
{
	struct desk d;
	enum http status;

	if (!open_desk(rq, &d, &status))
		return status;
	if (!open_members(rq, &d.op, &d.member, &d.nmembers))
		return resp_refuse(rq, R_BUSY);
	return entry_page(rq, &d, &(struct entry_said){ .good = true });
}
