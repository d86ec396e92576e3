/*
 * person.c - whom to call: the left column, and at hand during a conversation. Numbers are put into the page only while they may be dialled at
 * this very moment, in the called person's zone (promise 6, facts 24, 25).
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"
#include "plumb/lang.h"
#include "plumb/moment.h"
#include "plumb/phone.h"
#include "plumb/text.h"

#include "domain/power.h"

#include "tpl/call.names.h"
#include "tpl/who.names.h"

#include "agent.h"

bool
may_dial(struct req *rq, const struct held *held, int64_t *closes_at)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;

	return op->state == OP_ACTIVE && op->dated &&
	    hours_at(&op->hours, held->zones, rq_now(rq), NULL, closes_at) == HOURS_OPEN;
}

const char *
shown_number(struct req *rq, const char *e164)
{
	char text[40];

	phone_display(e164, text, sizeof(text));
	return arena_strdup(rq_arena(rq), text);
}

/* "Landline phone · it is 19:42 there · call no. 2" */
static const char *
about(struct req *rq, const struct held *held, const struct agent_screen *s)
{
	struct tm there = clock_local(held->zone, rq_now(rq));
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	const char *clock = arena_fmt(a, tr(lang, "it is %s there"), minute_words(a, lang, there.tm_hour * 60 + there.tm_min));
	const char *turn = held->attempts == 0 ? tr(lang, "first call")
	    : arena_fmt(a, tr(lang, "call no. %u"), held->attempts + 1);

	return s->dial_field == FIELD__MAX ? arena_fmt(a, "%s · %s", clock, turn)
	    : arena_fmt(a, "%s · %s · %s", field_label(s->dial_field, lang), clock, turn);
}

static void
number_show(struct req *rq, struct tpl *who, const struct held *held, const struct agent_screen *s, bool card)
{
	struct tpl *open = tpl_row(who, WHO_OPEN), *others = NULL;

	tpl_text(open, WHO_NUMBER, shown_number(rq, held->e164));
	/* "tel:+" stands in the template; digits only, so nothing is escaped. */
	tpl_text(open, WHO_TEL, held->e164[0] == '+' ? held->e164 + 1 : held->e164);
	tpl_text(open, WHO_ABOUT, about(rq, held, s));
	line_by_phone(rq, open);
	practice_story_show(rq, open, held);
	if (s->dial_extension[0] != '\0')
		tpl_text(tpl_row(open, WHO_EXTENSION), WHO_DIGITS, s->dial_extension);
	for (size_t i = 0; i < s->nphones; i++) {
		struct tpl *row;
		if (others == NULL)
			others = tpl_row(open, WHO_OTHERS);
		row = tpl_row(others, WHO_OTHER);
		tpl_text(row, WHO_KIND, field_label(s->phone[i].field, rq_lang(rq)));
		tpl_text(row, WHO_NUMBER, s->phone[i].extension[0] == '\0' ? shown_number(rq, s->phone[i].e164)
		    : arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%s ext. %s"),
		        shown_number(rq, s->phone[i].e164), s->phone[i].extension));
		if (s->phone[i].highlight)
			tpl_show(row, WHO_LIT);
		if (card)
			tpl_text(tpl_row(row, WHO_CHOOSE), WHO_OTHER_E164, s->phone[i].e164);
	}
	if (card)
		tpl_text(tpl_row(open, WHO_AWAY), WHO_NO_ANSWER, status_label(ST_NO_ANSWER, rq_lang(rq)));
}

/* One input of "Correct or complete": the stored value, or what was typed into a refused form. */
static void
edit_show(struct req *rq, struct tpl *edit, const char *section, const struct screen_field *f, unsigned in,
    const struct say *say)
{
	struct tpl *row = tpl_row(edit, section);
	bool typed = say->typed && in_given(rq, in);
	const char *value = typed ? in_typed(rq, in) : f->value;

	tpl_text(row, WHO_LABEL, field_label(f->field, rq_lang(rq)));
	if (f->field == FIELD_LANGUAGE)
		tpl_show(row, strcmp(value, "fr") == 0 ? WHO_FR : strcmp(value, "en") == 0 ? WHO_EN : WHO_UNKNOWN);
	else
		tpl_text(row, WHO_VALUE, value);
	if (typed && in_refusal(rq, in) != R_NONE) {
		tpl_show(edit, WHO_EDIT_OPEN);
		tpl_text(tpl_row(row, WHO_WRONG), WHO_SENTENCE,
		    refusal_text(in_refusal(rq, in), rq_lang(rq)));
	}
}

/* The person's number of that kind, or what was typed. */
static void
edit_phone_show(struct req *rq, struct tpl *edit, const struct screen_phone *p, const struct say *say)
{
	unsigned in = p->field == FIELD_PHONE_HOME ? IN_EDIT_PHONE_HOME : p->field == FIELD_PHONE_CELL ? IN_EDIT_PHONE_CELL : IN_EDIT_PHONE_WORK;
	const char *value = p->e164[0] == '\0' ? "" : shown_number(rq, p->e164);
	struct tpl *row = tpl_row(edit, WHO_EDIT_PHONE);
	bool typed = say->typed && in_given(rq, in);

	tpl_text(row, WHO_PHONE_NAME, arena_fmt(rq_arena(rq), "edit_%s", field_code(p->field)));
	tpl_text(row, WHO_LABEL, field_label(p->field, rq_lang(rq)));
	tpl_text(row, WHO_VALUE, typed ? in_typed(rq, in) : p->extension[0] == '\0' ? value
	    : arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%s ext. %s"), value, p->extension));
	if (typed && in_refusal(rq, in) != R_NONE) {
		tpl_show(edit, WHO_EDIT_OPEN);
		tpl_text(tpl_row(row, WHO_WRONG), WHO_SENTENCE, refusal_text(in_refusal(rq, in), rq_lang(rq)));
	}
}

static void
fields_show(struct req *rq, struct tpl *who, const struct agent_screen *s, const struct say *say)
{
	struct today today = today_in(agent_context(rq_who(rq))->op.zone, rq_now(rq));
	struct tpl *facts = NULL, *edit = s->nedits > 0 ? tpl_row(who, WHO_EDIT) : NULL;

	for (size_t i = 0; i < s->nedits; i++)
		edit_phone_show(rq, edit, &s->edit[i], say);
	for (size_t i = 0; i < s->nfields; i++) {
		const struct screen_field *f = &s->field[i];
		const char *value = field_show(f->field, f->value, rq_lang(rq), &today, rq_arena(rq));
		struct tpl *row;

		if (f->editable && edit == NULL)
			edit = tpl_row(who, WHO_EDIT);
		if (f->editable && f->field == FIELD_EMAIL)
			edit_show(rq, edit, WHO_EDIT_EMAIL, f, IN_EDIT_EMAIL, say);
		else if (f->editable && f->field == FIELD_LANGUAGE)
			edit_show(rq, edit, WHO_EDIT_LANGUAGE, f, IN_EDIT_LANGUAGE, say);
		else if (f->editable && f->field == FIELD_NATIONALITY)
			edit_show(rq, edit, WHO_EDIT_NATIONALITY, f, IN_EDIT_NATIONALITY, say);
		else if (f->editable && f->field == FIELD_NOTES)
			edit_show(rq, edit, WHO_EDIT_NOTES, f, IN_EDIT_NOTES, say);
		if (value[0] == '\0' && !f->highlight)
			continue;	/* nothing to read; a highlighted one says that it is not known */
		if (facts == NULL)
			facts = tpl_row(who, WHO_FACTS);
		row = tpl_row(facts, WHO_FACT);
		tpl_text(row, WHO_LABEL, field_label(f->field, rq_lang(rq)));
		tpl_text(row, WHO_VALUE, value[0] == '\0' ? "–" : value);
		if (f->highlight)
			tpl_show(row, WHO_LIT);
	}
}

static const char *
own_words(struct req *rq, const struct custom_shown *f)
{
	int y, m, d;

	if (f->value[0] == '\0')
		return "–";
	if (f->form == CUSTOM_YES)
		return tr(rq_lang(rq), "Yes");
	return f->form == CUSTOM_DATE && parse_date(f->value, &y, &m, &d) ? date_words(rq_arena(rq), rq_lang(rq), y, m, d) : f->value;
}

static void
own_show(struct req *rq, struct tpl *who, const struct held *held)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	const struct field_rules *rules;
	struct custom_shown *own = NULL;
	struct tpl *facts = NULL, *row;
	size_t n;

	/* Read or not: the call goes on. */
	if (!kept_fields(rq_db(rq), op, &rules) || !custom_shown(rq_db(rq), op, rules, held->person, &own, &n, rq_arena(rq)))
		return;
	for (size_t i = 0; i < n; i++) {
		if (own[i].value[0] == '\0' && !own[i].highlight)
			continue;
		if (facts == NULL)
			facts = tpl_row(who, WHO_FACTS);
		row = tpl_row(facts, WHO_FACT);
		tpl_text(row, WHO_LABEL, own[i].name);
		tpl_text(row, WHO_VALUE, own_words(rq, &own[i]));
		if (own[i].highlight)
			tpl_show(row, WHO_LIT);
	}
}

static void
around_show(struct req *rq, struct tpl *who, const struct agent_screen *s)
{
	const char *zone = agent_context(rq_who(rq))->op.zone;
	struct arena *a = rq_arena(rq);
	struct tpl *home = NULL, *before = NULL, *row;

	for (size_t i = 0; i < s->nmates; i++) {
		const struct screen_mate *m = &s->mate[i];
		if (home == NULL)
			home = tpl_row(who, WHO_HOUSEHOLD);
		row = tpl_row(home, WHO_MATE);
		tpl_text(row, WHO_MATE_NAME, m->name);
		if (m->same_number)
			tpl_show(row, WHO_MATE_NUMBER);
		if (m->reason != ST_NONE)
			tpl_text(tpl_row(row, WHO_MATE_CALLED), WHO_STATUS, status_label(m->reason, rq_lang(rq)));
	}
	for (size_t i = 0; i < s->ntries; i++) {
		const struct screen_try *t = &s->try[i];
		if (before == NULL)
			before = tpl_row(who, WHO_BEFORE);
		row = tpl_row(before, WHO_TRY);
		tpl_text(row, WHO_LINE, arena_fmt(a, "%s — %s (%s)", moment_words(rq_arena(rq), rq_lang(rq), zone, rq_now(rq), t->at),
		    status_label(t->status, rq_lang(rq)), power_saver(t->agent, rq_lang(rq))));
		if (t->note[0] != '\0')
			tpl_text(tpl_row(row, WHO_TRY_NOTE), WHO_SAID, t->note);
	}
}

static void
show(struct req *rq, struct page *pg, const struct held *held, const struct agent_screen *s, const struct say *say, bool card)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct tpl *who = part_show(rq, page_tpl(pg), "WHO", "who");
	enum lang lang = rq_lang(rq);
	struct arena *a = rq_arena(rq);
	int64_t opens_at = 0, closes_at = 0;
	bool open = may_dial(rq, held, &closes_at);

	line_show(rq, who, held);
	page_text(pg, CALL_NOW_MS, arena_fmt(a, "%lld", (long long)(rq_now(rq) / 1000)));
	if (op->state != OP_ACTIVE)
		tpl_text(who, WHO_CLOSED, tr(lang, "This operation is paused."));
	else if (!open && hours_at(&op->hours, held->zones, rq_now(rq), &opens_at, NULL) == HOURS_CLOSED_NOW)
		tpl_text(who, WHO_CLOSED, arena_fmt(a, tr(lang, "Calls are closed until %s."),
		    moment_words(rq_arena(rq), rq_lang(rq), op->zone, rq_now(rq), opens_at)));
	else
		tpl_text(who, WHO_CLOSED, open ? tr(lang, "Calls are closed now.") : tr(lang, "This operation has ended."));
	if (s == NULL) {
		page_text(pg, CALL_NAME, tr(lang, "Your last call"));
		tpl_show(who, WHO_HIDE_CLOSED);
		tpl_show(who, WHO_GONE);
		return;
	}
	page_text(pg, CALL_NAME, text_trim(a, arena_fmt(a, "%s %s", s->first_name, s->last_name)));
	if (open) {
		page_text(pg, CALL_CLOSES_MS, arena_fmt(a, "%lld", (long long)(closes_at / 1000)));
		tpl_show(who, WHO_HIDE_CLOSED);
		number_show(rq, who, held, s, card);
	}
	fields_show(rq, who, s, say);
	own_show(rq, who, held);
	around_show(rq, who, s);
}

void
person_show(struct req *rq, struct page *pg, const struct held *held, const struct agent_screen *s, const struct say *say)
{
	show(rq, pg, held, s, say, false);
}

void
person_card_show(struct req *rq, struct page *pg, const struct held *held, const struct agent_screen *s, const struct say *say)
{
	show(rq, pg, held, s, say, true);
}
