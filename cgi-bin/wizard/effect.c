/*
 * effect.c - a change of a running operation, told in numbers before it is saved: what happens to people who wait.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/moment.h"
#include "plumb/seal.h"

#include "domain/operation_effect.h"

#include "wizard.h"

/* Stands in the form for what was typed: another value shows the numbers again, another count of people does not. */
static const char *
mark_of(struct req *rq, const char *typed)
{
	unsigned char mark[32];

	seal_mark("effect", typed, strlen(typed), mark);
	return seal_hex(rq_arena(rq), mark, 16);
}

static const char *
hours_typed_text(struct arena *a, const struct hours *h)
{
	char week[HOURS_WEEK_CHARS];

	hours_week_write(h->day, week);
	return arena_fmt(a, "%d-%d-%d %d-%d-%d %d %d-%d %d %s %d", h->start_year, h->start_month, h->start_day, h->end_year, h->end_month,
	    h->end_day, h->end_minute, h->opens_minute, h->closes_minute, h->by_day, week, h->holidays);
}

static const char *
recycling_typed_text(struct arena *a, const struct recycling *r)
{
	const char *text = arena_fmt(a, "%u %u %d", r->more_calls, r->day_calls, r->other_part);

	for (unsigned s = 1; s < ST__MAX; s++)
		if (r->rules[s].ticked)
			text = arena_fmt(a, "%s %u=%u/%u", text, s, r->rules[s].max_calls, r->rules[s].minutes);
	return text;
}

static void
line(struct effect *e, const char *text)
{
	if (e->n < NITEMS(e->line))
		e->line[e->n++] = text;
}

/* "62", or "at least 10,000". */
static const char *
count(struct req *rq, uint64_t n, bool more)
{
	return more ? arena_fmt(rq_arena(rq), tr(rq_lang(rq), "at least %s"), page_number(rq, n)) : page_number(rq, n);
}

bool
effect_of_details(struct req *rq, const struct operation *op, const struct operation_details *d, struct effect *e)
{
	struct hours_effect x;
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);

	*e = (struct effect){ .n = 0, .mark = "" };
	if (op->state == OP_DRAFT || memcmp(&op->hours, &d->hours, sizeof(d->hours)) == 0)
		return true;
	if (!operation_effect_of_hours(rq_db(rq), op, &d->hours, rq_now(rq), &x, a))
		return false;
	e->mark = mark_of(rq, hours_typed_text(a, &d->hours));
	if (x.later > 0)
		line(e, arena_fmt(a, trn(lang, "%s person could be called now; with these hours they become callable later: %s.",
		    "%s people could be called now; with these hours they become callable later: %s.", (unsigned long)x.later),
		    count(rq, x.later, x.more), x.later_at == 0 ? tr(lang, "never") :
		    moment_words(a, lang, op->zone, rq_now(rq), x.later_at)));
	if (x.appointments_lost > 0)
		line(e, arena_fmt(a, trn(lang, "%s appointment would never happen.",
		    "%s appointments would never happen.", (unsigned long)x.appointments_lost),
		    count(rq, x.appointments_lost, x.more)));
	if (x.appointments_moved > 0)
		line(e, arena_fmt(a, trn(lang, "%s appointment would wait for the next opening: its time is outside these hours.",
		    "%s appointments would wait for the next opening: their times are outside these hours.", (unsigned long)x.appointments_moved),
		    count(rq, x.appointments_moved, x.more)));
	if (x.retries_lost > 0)
		line(e, arena_fmt(a, trn(lang, "%s person waits for another call that would never come.",
		    "%s people wait for another call that would never come.", (unsigned long)x.retries_lost),
		    count(rq, x.retries_lost, x.more)));
	if (x.fresh_lost > 0)
		line(e, arena_fmt(a, trn(lang, "%s person was not called yet, and would not be any more.",
		    "%s people were not called yet, and would not be any more.", (unsigned long)x.fresh_lost),
		    count(rq, x.fresh_lost, false)));
	return true;
}

bool
effect_of_recycling(struct req *rq, const struct operation *op, const struct recycling *r, struct effect *e)
{
	struct recycling_effect x;
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	const char *which = "";

	*e = (struct effect){ .n = 0, .mark = "" };
	if (op->state == OP_DRAFT)
		return true;
	if (!operation_effect_of_recycling(rq_db(rq), op, r, &x, a))
		return false;
	e->mark = mark_of(rq, recycling_typed_text(a, r));
	if (x.waiting == 0)
		return true;
	line(e, arena_fmt(a, trn(lang, "%s person waits under the old rule and stays under it; the new one applies to calls saved from now on.",
		    "%s people wait under the old rule and stay under it; the new one applies to calls saved from now on.", (unsigned long)x.waiting),
		    count(rq, x.waiting, x.more)));
	for (unsigned s = 1; s < ST__MAX; s++)
		if (x.by_status[s] > 0)
			which = arena_fmt(a, "%s%s%s", which, *which == '\0' ? "" : ", ", arena_fmt(a,
			    tr(lang, "%s: %s"), status_label((enum status)s, lang), page_number(rq, x.by_status[s])));
	line(e, which);
	return true;
}

bool
effect_unseen(const struct req *rq, const struct effect *e)
{
	return e->n > 0 && strcmp(in_text(rq, IN_SEEN), e->mark) != 0;
}

void
effect_show(struct req *rq, struct page *pg, const struct effect *e)
{
	struct tpl *part;

	if (e == NULL || e->n == 0)
		return;
	page_text(pg, "SEEN", e->mark);
	part = page_row(pg, "EFFECT");
	tpl_text(part, "GO", *in_text(rq, IN_GO) == '\0' ? "next" : in_text(rq, IN_GO));
	for (size_t i = 0; i < e->n; i++)
		tpl_text(tpl_row(part, "LINE"), "SENTENCE", e->line[i]);
}
