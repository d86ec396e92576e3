/*
 * save.c - what was typed in. Each place is saved by itself; what is refused comes back beside it with all that was typed.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"
#include "plumb/lang.h"
#include "plumb/text.h"

#include "paper.h"

/* One request: what it says of all calls, and what became of each place. */
struct work {
	struct req *rq;
	struct desk *d;
	struct recycle_rule rules[ST__MAX];
	int64_t called_at;
	struct place_wrong wrong[PAPER_PLACES + 1];
	unsigned saved, last, refused;
	enum refusal quick;
	bool busy;
};

/* "2026-11-28" and a minute, or "2026-11-28T18:30", by that clock; 0: no such moment. */
static int64_t
moment_of(const char *date, int minute, const char *zone)
{
	struct tm t = { 0 };

	if (minute < 0 || sscanf(date, "%d-%d-%d", &t.tm_year, &t.tm_mon, &t.tm_mday) != 3)
		return 0;
	t.tm_year -= 1900;
	t.tm_mon -= 1;
	t.tm_min = minute;
	return clock_moment(zone, &t);
}

static int64_t
later_of(struct req *rq, const char *typed, const char *zone)
{
	int hour, minute, year, month, day;

	if (strlen(typed) != 16 || typed[10] != 'T' || sscanf(typed + 11, "%2d:%2d", &hour, &minute) != 2 || hour > 23 || minute > 59 ||
	    !parse_date(arena_strndup(rq_arena(rq), typed, 10), &year, &month, &day))
		return 0;
	return moment_of(typed, hour * 60 + minute, zone);
}

/* Who called and when; refused beside the fields. */
static bool
who_and_when(struct work *w)
{
	struct req *rq = w->rq;
	enum refusal why;
	int64_t at;

	if (in_uint(rq, IN_CALLER) == 0)
		in_refuse(rq, IN_CALLER, R_NOT_A_CHOICE);
	if (in_blank(rq, IN_ON))
		in_refuse(rq, IN_ON, R_MISSING);
	if (in_blank(rq, IN_AT))
		in_refuse(rq, IN_AT, R_MISSING);
	if (in_refusal(rq, IN_CALLER) != R_NONE || in_refusal(rq, IN_ON) != R_NONE || in_refusal(rq, IN_AT) != R_NONE)
		return false;
	at = moment_of(in_text(rq, IN_ON), in_minute(rq, IN_AT), w->d->op.zone);
	w->called_at = paper_moment(&w->d->sheet, at, rq_now(rq), &why);
	if (why != R_NONE)
		in_refuse(rq, IN_AT, why);
	return why == R_NONE;
}

static void
refuse(struct work *w, unsigned number, enum refusal why)
{
	w->wrong[number].why = why;
	w->refused++;
}

/* "Call sheet 12-7KD, Léa, 28 November 2026, 18:10: Completed. Q1 2. A sign." */
static const char *
note_text(struct work *w, const struct paper_typed *t)
{
	struct arena *a = rq_arena(w->rq);
	enum lang lang = rq_lang(w->rq);
	const char *text = arena_fmt(a, tr(lang, "Call sheet %s, %s: %s"), w->d->code, full_moment_words(a, lang, w->d->op.zone, w->called_at),
	    status_label(t->status, lang));

	for (size_t i = 0; w->d->survey != NULL && i < w->d->survey->nquestions && i < SURVEY_QUESTIONS_MAX; i++)
		if (t->answer[i] != NULL && *t->answer[i] != '\0')
			text = arena_fmt(a, "%s; Q%u %s", text, w->d->survey->questions[i].position, t->answer[i]);
	return *t->note == '\0' ? text : arena_fmt(a, "%s; %s", text, t->note);
}

static void
keep(struct work *w, const struct paper_place *p, const struct paper_typed *t)
{
	enum refusal why = R_NONE;

	switch (paper_keep_note(rq_db(w->rq), &w->d->op, w->d->sheet.id, p->number, note_text(w, t), (struct user_id){ rq_who(w->rq)->user },
	    rq_now(w->rq), &why, rq_arena(w->rq))) {
	case SAVED:
	case ALREADY:	w->last = p->number; w->saved++; break;
	case REFUSED:	refuse(w, p->number, why); break;
	default:	w->busy = true;
	}
}

/* The next time that it is so late where the person is. */
static int64_t
next_time(int minute, const char *zone, int64_t now)
{
	struct tm t = clock_local(zone, now);
	int64_t at;

	for (int days = 0; days < 2; days++) {
		struct tm day = { .tm_year = t.tm_year, .tm_mon = t.tm_mon, .tm_mday = t.tm_mday + days, .tm_min = minute };

		if ((at = clock_moment(zone, &day)) > now)
			break;
	}
	return at;
}

static void
enter(struct work *w, const struct paper_place *p, const struct paper_typed *t, const char *form_key, const char *later)
{
	struct req *rq = w->rq;
	struct paper_said said = { .number = p->number, .form_key = form_key, .caller = { in_uint(rq, IN_CALLER) }, .called_at = w->called_at,
		.status = t->status, .note = t->note };
	struct place_wrong *wrong = &w->wrong[p->number];
	enum refusal why = R_NONE;

	if ((why = paper_answers(&w->d->op, w->d->survey, t, &said.answers, &said.nanswers, &wrong->question, rq_arena(rq))) != R_NONE) {
		wrong->answer = true;
		refuse(w, p->number, why);
		return;
	}
	if (t->status == ST_CALL_BACK && *later != '\0' && (said.callback_at = later_of(rq, later, p->zone)) == 0) {
		refuse(w, p->number, R_NOT_A_TIME);
		return;
	}
	if (t->back_minute >= 0)
		said.callback_at = next_time(t->back_minute, p->zone, rq_now(rq));
	switch (paper_enter(rq_db(rq), &w->d->op, w->rules, &w->d->sheet, &said, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &why,
	    rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		w->last = p->number;
		w->saved++;
		break;
	case REFUSED:
		refuse(w, p->number, why == R_NOT_FOUND ? R_NOT_ALLOWED : why);
		break;
	default:
		w->busy = true;
	}
}

static bool
open_place(const struct paper_place *p)
{
	return p->state == PAPER_HELD || p->state == PAPER_BACK || p->state == PAPER_CALLED;
}

/* The line "7 c 2 1 a note", "7 b 18:30". */
static void
quick(struct work *w)
{
	struct req *rq = w->rq;
	const struct paper_place *p;
	struct paper_typed t;

	if (in_blank(rq, IN_QUICK))
		return;
	if (in_refusal(rq, IN_QUICK) != R_NONE) {
		w->quick = in_refusal(rq, IN_QUICK);
		return;
	}
	w->quick = paper_line(in_text(rq, IN_QUICK), &w->d->op, w->d->survey, &t, rq_arena(rq));
	if (w->quick == R_NONE && t.row > w->d->nplaces)
		w->quick = R_OUT_OF_RANGE;
	if (w->quick != R_NONE)
		return;
	p = &w->d->place[t.row - 1];
	if (p->state == PAPER_NOTED || p->state == PAPER_GONE) {
		w->quick = R_CALLED_SINCE;
		return;
	}
	enter(w, p, &t, NULL, "");
	w->quick = w->wrong[t.row].why;
}

/* The fields of one place; nothing in them: passed over. */
static void
place(struct work *w, const struct paper_place *p)
{
	struct req *rq = w->rq;
	const char *key = place_key(rq, p->number), *sent = in_keyed(rq, IN_KEY, key);
	struct paper_typed t = { .row = p->number, .status = paper_status(in_keyed(rq, IN_STATUS, key)), .note = in_keyed(rq, IN_NOTE, key),
		.back_minute = -1 };
	bool any = *in_keyed(rq, IN_STATUS, key) != '\0' || *t.note != '\0' || *in_keyed(rq, IN_BACK, key) != '\0';
	enum refusal long_note = in_keyed_refusal(rq, IN_NOTE, key);

	for (size_t i = 0; i < SURVEY_QUESTIONS_MAX; i++) {
		t.answer[i] = in_keyed(rq, IN_ANSWER, answer_key(rq, p->number, i));
		any = any || *t.answer[i] != '\0';
		if (in_keyed_refusal(rq, IN_ANSWER, answer_key(rq, p->number, i)) != R_NONE)
			long_note = R_TOO_LONG;
	}
	if (!any)
		return;
	/* sent once more after it was saved: the form of before, which counts once */
	if (!open_place(p) && p->state != PAPER_ENTERED)
		return;
	if (long_note != R_NONE)
		refuse(w, p->number, long_note);
	else if (t.status == ST_NONE)
		refuse(w, p->number, R_STATUS_UNKNOWN);
	else if (p->state == PAPER_CALLED && in_keyed_given(rq, IN_KEEP, key))
		keep(w, p, &t);
	else
		enter(w, p, &t, *sent == '\0' ? NULL : sent, in_keyed(rq, IN_BACK, key));
}

/* Takes the call of one place back; what else was typed stays. */
static enum http
undo(struct req *rq, struct desk *d)
{
	struct entry_said say = { .typed = true, .good = true };
	unsigned number = (unsigned)in_uint(rq, IN_UNDO);
	enum refusal why = R_NONE;
	enum http status;

	switch (paper_take_back(rq_db(rq), &d->op, d->sheet.id, number, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		say.notice = arena_fmt(rq_arena(rq), tr(rq_lang(rq), "The call of %u is taken back: type it in again."), number);
		break;
	case REFUSED:
		say.good = false;
		say.notice = refusal_text(why, rq_lang(rq));
		break;
	default:
		return resp_refuse(rq, R_BUSY);
	}
	if (!open_desk(rq, d, &status))
		return status;
	return open_members(rq, &d->op, &d->member, &d->nmembers) ? entry_page(rq, d, &say) : resp_refuse(rq, R_BUSY);
}

/* On to the page of the place saved last, with who and when as they were typed. */
static enum http
onwards(struct work *w)
{
	struct req *rq = w->rq;
	unsigned page = w->last == 0 ? page_of(rq, w->d) : (w->last - 1) / PAPER_PAGE + 1;

	return resp_redirect(rq, arena_fmt(rq_arena(rq), "%s?page=%u&caller=%llu&on=%s&at=%02d%%3A%02d%s%s", sheet_path(rq, w->d), page,
	    (unsigned long long)in_uint(rq, IN_CALLER), in_text(rq, IN_ON), in_minute(rq, IN_AT) / 60, in_minute(rq, IN_AT) % 60,
	    w->last == 0 ? "" : arena_fmt(rq_arena(rq), "&done=%u", w->last), w->saved < 2 ? "" : arena_fmt(rq_arena(rq), "&count=%u", w->saved)));
}

enum http
sheet_enter(struct req *rq)
{
	struct work *w = arena_alloc(rq_arena(rq), sizeof(*w));
	struct entry_said say = { .typed = true };
	struct desk d;
	enum http status;

	if (!open_desk(rq, &d, &status))
		return status;
	if (d.op.state == OP_ARCHIVED)
		return resp_refuse(rq, R_WRONG_STATE);
	if (in_uint(rq, IN_UNDO) != 0)
		return undo(rq, &d);
	*w = (struct work){ .rq = rq, .d = &d };
	if (operation_rules(rq_db(rq), d.op.id, w->rules, rq_arena(rq)) != FOUND)
		return resp_refuse(rq, R_BUSY);
	if (who_and_when(w)) {
		quick(w);
		for (size_t i = 0; i < d.nplaces && !w->busy; i++)
			place(w, &d.place[i]);
		if (w->refused == 0 && w->quick == R_NONE && !w->busy)
			return onwards(w);
		if (w->busy) {
			say.status = HTTP_UNAVAILABLE;
			say.notice = refusal_text(R_BUSY, rq_lang(rq));
		} else if (w->saved > 0)
			say.notice = arena_fmt(rq_arena(rq), trn(rq_lang(rq), "%u call is saved; see what is wrong with the others.",
			    "%u calls are saved; see what is wrong with the others.", w->saved), w->saved);
	}
	/* as they are now */
	if (!open_desk(rq, &d, &status))
		return status;
	if (!open_members(rq, &d.op, &d.member, &d.nmembers))
		return resp_refuse(rq, R_BUSY);
	say.wrong = w->wrong;
	say.quick = w->quick;
	return entry_page(rq, &d, &say);
}

enum http
sheet_back(struct req *rq)
{
	struct desk d;
	enum http status;

	if (!open_desk(rq, &d, &status))
		return status;
	switch (paper_give_back(rq_db(rq), &d.op, d.sheet.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), rq_arena(rq))) {
	case SAVED:	return resp_redirect(rq, sheet_path(rq, &d));
	default:	return resp_refuse(rq, R_BUSY);
	}
}
