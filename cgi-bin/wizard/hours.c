/*
 * hours.c - page 3's hours by day of the week, holidays, and the rules of a country that they are checked against.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/date.h"
#include "plumb/text.h"

#include "domain/calling_rules.h"
#include "domain/holiday.h"

#include "wizard.h"
#include "tpl/details.names.h"

static const struct { const char *key, *name; } days[WEEK] = {
	{ "mon", N_("Monday") }, { "tue", N_("Tuesday") }, { "wed", N_("Wednesday") }, { "thu", N_("Thursday") },
	{ "fri", N_("Friday") }, { "sat", N_("Saturday") }, { "sun", N_("Sunday") },
};

bool
hours_preset(const struct req *rq)
{
	return strcmp(in_text(rq, IN_GO), "preset") == 0;
}

static const char *
time_text(struct arena *a, int minute)
{
	return arena_fmt(a, "%02d:%02d", minute / 60, minute % 60);
}

/* "2026-11-28" as people read it. */
static const char *
day_text(struct req *rq, const char *date)
{
	int y, m, d;

	return parse_date(date, &y, &m, &d) ? date_words(rq_arena(rq), rq_lang(rq), y, m, d) : date;
}

/* Of the rules that are chosen in the page. */
static enum rules_of
rules_shown(struct req *rq, const struct operation *op)
{
	if (rq_is_post(rq) && in_given(rq, IN_RULES_OF))
		return rules_of_code(in_text(rq, IN_RULES_OF));
	return rules_in_force(op->rules_chosen, op->rules_of, op->zone);
}

/* --- what stands in the inputs --- */

struct shown_day { bool on; const char *from, *to; enum refusal wrong; };

static struct shown_day
stored_day(struct req *rq, const struct window *w, const struct hours *h)
{
	struct window usual = w->opens < w->closes ? *w : h->opens_minute < h->closes_minute ?
	    (struct window){ h->opens_minute, h->closes_minute } : (struct window){ 9 * 60, 21 * 60 };

	return (struct shown_day){ w->opens < w->closes, time_text(rq_arena(rq), usual.opens), time_text(rq_arena(rq), usual.closes), R_NONE };
}

static struct shown_day
shown_day(struct req *rq, const struct operation *op, int d)
{
	const char *key = days[d].key;
	struct window every = { op->hours.opens_minute, op->hours.closes_minute };

	if (hours_preset(rq))
		return stored_day(rq, &rules_week(rules_shown(rq, op))[d], &op->hours);
	if (!rq_is_post(rq))
		return stored_day(rq, op->dated && op->hours.by_day ? &op->hours.day[d] : op->dated ? &every : &(struct window){ 540, 1260 },
		    &op->hours);
	return (struct shown_day){ in_keyed_given(rq, IN_ON, key), in_keyed(rq, IN_FROM, key), in_keyed(rq, IN_TO, key),
	    in_keyed_refusal(rq, IN_FROM, key) != R_NONE ? in_keyed_refusal(rq, IN_FROM, key) : in_keyed_refusal(rq, IN_TO, key) };
}

static void
add_option(struct page *pg, const char *section, const char *value, const char *label, bool chosen)
{
	struct tpl *row = page_row(pg, section);

	tpl_text(row, DETAILS_VALUE, value);
	tpl_text(row, DETAILS_LABEL, label);
	if (chosen)
		tpl_show(row, DETAILS_CHOSEN);
}

static void
choices(struct req *rq, struct page *pg, const struct operation *op)
{
	enum lang lang = rq_lang(rq);
	enum rules_of rules = rules_shown(rq, op);
	const char *purpose = rq_is_post(rq) ? in_typed(rq, IN_PURPOSE) : purpose_code(op->purpose);
	const char *holidays = rq_is_post(rq) ? in_typed(rq, IN_HOLIDAYS) : op->dated ? holiday_code((enum holiday_region)op->hours.holidays) :
	    strcmp(op->zone, "America/Toronto") == 0 ? "qc" : "";
	struct tpl *source;

	for (unsigned p = PURPOSE_NONE + 1; p < PURPOSE__MAX; p++)
		add_option(pg, DETAILS_PURPOSE, purpose_code((enum purpose)p), purpose_label((enum purpose)p, lang),
		    strcmp(purpose, purpose_code((enum purpose)p)) == 0);
	for (unsigned r = RULES_NONE + 1; r < RULES__MAX; r++)
		add_option(pg, DETAILS_RULES, rules_code((enum rules_of)r), rules_label((enum rules_of)r, lang), r == rules);
	add_option(pg, DETAILS_RULES, rules_code(RULES_NONE), rules_label(RULES_NONE, lang), rules == RULES_NONE);
	for (unsigned r = HOLIDAYS_NONE; r < HOLIDAYS__MAX; r++)
		add_option(pg, DETAILS_HOLIDAY, holiday_code((enum holiday_region)r), holiday_label((enum holiday_region)r, lang),
		    strcmp(holidays, holiday_code((enum holiday_region)r)) == 0);
	if (*holidays != '\0' && holiday_of_code(holidays) != HOLIDAYS_NONE) {
		source = page_row(pg, DETAILS_HOLIDAY_SOURCE);
		tpl_text(source, DETAILS_SOURCE, holiday_source(holiday_of_code(holidays), lang));
		tpl_text(source, DETAILS_REVIEWED, day_text(rq, holiday_reviewed(holiday_of_code(holidays))));
	}
	if (rules == RULES_NONE)
		return;
	source = page_row(pg, DETAILS_RULES_SOURCE);
	tpl_text(source, DETAILS_SOURCE, rules_source(rules, lang));
	tpl_text(source, DETAILS_REVIEWED, day_text(rq, rules_reviewed(rules)));
	if (rules_registry(rules))
		page_show(pg, DETAILS_REGISTRY);
}

void
hours_fields(struct req *rq, struct page *pg, const struct operation *op)
{
	struct operation_details d = { .hours = op->hours, .purpose = op->purpose, .rules_of = op->rules_of };
	bool by_day = hours_preset(rq) ? true : rq_is_post(rq) ? in_bool(rq, IN_BY_DAY) : op->dated && op->hours.by_day;

	choices(rq, pg, op);
	if (by_day)
		page_show(pg, DETAILS_BY_DAY);
	for (int i = 0; i < WEEK; i++) {
		struct shown_day v = shown_day(rq, op, i);
		struct tpl *row = page_row(pg, DETAILS_DAY);

		tpl_text(row, DETAILS_KEY, days[i].key);
		tpl_text(row, DETAILS_DAY_NAME, tr(rq_lang(rq), days[i].name));
		tpl_text(row, DETAILS_FROM, v.from);
		tpl_text(row, DETAILS_TO, v.to);
		if (v.on)
			tpl_show(row, DETAILS_ON);
		if (v.wrong != R_NONE && v.on && by_day)
			tpl_text(tpl_row(row, DETAILS_DAY_WRONG), DETAILS_WRONG, refusal_text(v.wrong, rq_lang(rq)));
	}
	if (rq_is_post(rq))
		hours_typed(rq, op, &d);
	if (!hours_preset(rq) && in_refusal(rq, IN_PURPOSE) == R_NONE && (op->dated || rq_is_post(rq)) &&
	    rules_check(d.rules_of, d.purpose, &d.hours) == CURFEW_WARNS)
		page_show(pg, DETAILS_BEYOND);
	page_input(pg, IN_PURPOSE, NULL, DETAILS_PURPOSE_WRONG);
	page_input(pg, IN_BY_DAY, NULL, DETAILS_BY_DAY_WRONG);
}

/* --- what was typed --- */

static void
typed_days(struct req *rq, struct hours *h)
{
	for (int d = 0; d < WEEK; d++) {
		const char *key = days[d].key;
		struct window w = { 0, 0 };

		if (!in_keyed_given(rq, IN_ON, key)) {
			h->day[d] = w;
			continue;
		}
		if (*in_keyed(rq, IN_FROM, key) == '\0')
			in_refuse_keyed(rq, IN_FROM, key, R_NOT_A_TIME);
		if (*in_keyed(rq, IN_TO, key) == '\0')
			in_refuse_keyed(rq, IN_TO, key, R_NOT_A_TIME);
		if (in_keyed_refusal(rq, IN_FROM, key) != R_NONE || in_keyed_refusal(rq, IN_TO, key) != R_NONE ||
		    !parse_time_of_day(in_keyed(rq, IN_FROM, key), &w.opens) || !parse_time_of_day(in_keyed(rq, IN_TO, key), &w.closes))
			continue;
		if (w.closes <= w.opens)
			in_refuse_keyed(rq, IN_TO, key, R_CLOSES_BEFORE_OPENS);		/* fact 21 */
		else
			h->day[d] = w;
	}
}

void
hours_typed(struct req *rq, const struct operation *op, struct operation_details *d)
{
	/* a form without these fields (an older page, a program) changes none of them */
	if (in_given(rq, IN_PURPOSE) && in_refusal(rq, IN_PURPOSE) == R_NONE && !in_blank(rq, IN_PURPOSE))
		d->purpose = purpose_of_code(in_text(rq, IN_PURPOSE));
	d->rules_of = rules_shown(rq, op);
	if (!in_given(rq, IN_HOLIDAYS))
		return;
	if (in_refusal(rq, IN_HOLIDAYS) == R_NONE)
		d->hours.holidays = (int)holiday_of_code(in_text(rq, IN_HOLIDAYS));
	d->hours.by_day = in_bool(rq, IN_BY_DAY);
	if (d->hours.by_day)
		typed_days(rq, &d->hours);
	else
		memset(d->hours.day, 0, sizeof(d->hours.day));
}

bool
hours_refused(struct req *rq, enum refusal why)
{
	if (why != R_CURFEW && why != R_NO_DAY)
		return false;
	in_refuse(rq, why == R_CURFEW ? IN_PURPOSE : IN_BY_DAY, why);
	return true;
}
