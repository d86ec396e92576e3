/*
 * forecast.c - when an operation will be done, in words: a day, the days between which it ends eight times out of ten, and
 * how many callers it takes.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/lang.h"
#include "plumb/moment.h"

#include "tpl/operation.names.h"

#include "dashboard.h"

/* No forecast is good to the minute: today it tells a quarter of an hour ("17:30"), else the day; NULL: not today. */
static const char *
hour_today(struct req *rq, const char *zone, int64_t at)
{
	int64_t quarter = (at + 15 * MINUTE_US / 2) / (15 * MINUTE_US) * (15 * MINUTE_US);
	const char *today = moment_day(rq_arena(rq), zone, rq_now(rq));

	return at == 0 || strcmp(moment_day(rq_arena(rq), zone, quarter), today) != 0 ? NULL :
	    moment_words(rq_arena(rq), rq_lang(rq), zone, rq_now(rq), quarter);
}

static const char *
day(struct req *rq, const char *zone, int64_t at)
{
	const char *hour = hour_today(rq, zone, at);

	return at == 0 ? tr(rq_lang(rq), "after the end") : hour != NULL ? arena_fmt(rq_arena(rq), tr(rq_lang(rq), "today, about %s"), hour) :
	    moment_day_words(rq_arena(rq), rq_lang(rq), zone, rq_now(rq), at);
}

const char *
forecast_likely(struct req *rq, const char *zone, const struct forecast *f)
{
	return f->likely == 0 ? tr(rq_lang(rq), "not before the end") : day(rq, zone, f->likely);
}

const char *
forecast_band(struct req *rq, const char *zone, const struct forecast *f)
{
	const char *from = day(rq, zone, f->early), *to = day(rq, zone, f->late), *hour = hour_today(rq, zone, f->late);

	return strcmp(from, to) == 0 ? from : hour != NULL ? arena_fmt(rq_arena(rq), "%s\xc2\xa0– %s", from, hour) : arena_fmt(rq_arena(rq), "%s\xc2\xa0– %s", from, to);
}

/* Two digits say all that a forecast knows: "2,400". */
static const char *
about(struct req *rq, uint64_t n)
{
	uint64_t unit = 1;

	while (n / unit >= 100)
		unit *= 10;
	return page_number(rq, (n + unit / 2) / unit * unit);
}

static void
number_show(struct tpl *t, const char *label, const char *value)
{
	struct tpl *n = tpl_row(t, OPERATION_NUMBER_OF);

	tpl_text(n, OPERATION_LABEL, label);
	tpl_text(n, OPERATION_COUNT, value);
}

/* "5", "1.5", "0.4": callers at the same time. */
static const char *
callers(struct req *rq, double n)
{
	unsigned tenths = n < 0.1 ? 1 : (unsigned)(n * 10 + 0.5);

	if (tenths >= 100 || tenths % 10 == 0)
		return page_number(rq, (tenths + 5) / 10);
	return arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%u.%u"), tenths / 10, tenths % 10);
}

const char *
forecast_pace(struct req *rq, const struct outlook *o, enum op_phase phase)
{
	enum lang lang = rq_lang(rq);
	const char *n = callers(rq, o->agents);

	if (o->now)
		return arena_fmt(rq_arena(rq), trn(lang, "If the %s caller of this moment goes on for as long as calls are open.",
		    "If the %s callers of this moment go on for as long as calls are open.", (unsigned long)o->agents), n);
	return arena_fmt(rq_arena(rq), phase == PHASE_PAUSED ? tr(lang, "If it is resumed now and goes on as it did. Callers at the same time, on average while calls are open: %s.") :
	    tr(lang, "If it goes on as it did. Callers at the same time, on average while calls are open: %s."), n);
}

static void
foreseen_show(struct req *rq, struct tpl *card, const struct operation_numbers *n, const struct outlook *o)
{
	const struct forecast *f = &o->forecast;
	struct tpl *t = tpl_row(card, OPERATION_FORESEEN);
	enum lang lang = rq_lang(rq);
	struct arena *a = rq_arena(rq);

	number_show(t, tr(lang, "Likely done"), forecast_likely(rq, n->op.zone, f));
	if (f->early != 0)
		number_show(t, tr(lang, "Eight times out of ten"), forecast_band(rq, n->op.zone, f));
	if (f->left_likely > 0)
		number_show(t, tr(lang, "People left when it ends"), f->left_few == f->left_many ? about(rq, f->left_many) :
		    arena_fmt(a, "%s\xc2\xa0– %s", about(rq, f->left_few), about(rq, f->left_many)));
	number_show(t, tr(lang, "Calls until then"), arena_fmt(a, tr(lang, "about %s"), about(rq, f->calls)));
	if (o->callers == 0)
		tpl_text(tpl_row(t, OPERATION_NO_NUMBER), OPERATION_WORDS, tr(lang, "More callers alone would not do it in time: some people come back too late."));
	else
		number_show(t, tr(lang, "Callers it takes to be done in time"), page_number(rq, o->callers));
	tpl_text(t, OPERATION_PACE, forecast_pace(rq, o, n->phase));
	tpl_text(t, OPERATION_BASIS, arena_fmt(a, tr(lang, "Learned from %s calls of this operation: %llu\xc2\xa0%% reached somebody, one takes %u seconds. The rest is"
	    " played through forty times with its own rules and hours; it assumes that people answer as they did so far, and that the list stays as it is."),
	    page_number(rq, o->calls), (unsigned long long)(o->reached * 100 / o->calls), f->seconds));
}

bool
forecast_show(struct req *rq, struct page *pg, const struct operation_numbers *n)
{
	struct outlook o;
	struct tpl *card;

	if (!outlook(rq_db(rq), n, rq_now(rq), true, &o, rq_arena(rq)))
		return false;
	if (o.kind == OUTLOOK_NONE)
		return true;
	card = page_row(pg, OPERATION_FORECAST);
	if (o.kind == OUTLOOK_KNOWN)
		foreseen_show(rq, card, n, &o);
	else
		tpl_text(tpl_row(card, OPERATION_TOO_EARLY), OPERATION_WORDS, arena_fmt(rq_arena(rq), trn(rq_lang(rq),
		    "After about %2$d calls this says when the operation will be done, and how many callers it takes. So far there is %1$s.",
		    "After about %2$d calls this says when the operation will be done, and how many callers it takes. So far there are %1$s.",
		    (unsigned long)o.calls), page_number(rq, o.calls), FORECAST_CALLS));
	return true;
}

bool
forecast_words(struct req *rq, const struct operation_numbers *n, const char **words)
{
	struct outlook o;

	*words = NULL;
	if (!outlook(rq_db(rq), n, rq_now(rq), false, &o, rq_arena(rq)))
		return false;
	if (o.kind == OUTLOOK_KNOWN)
		*words = arena_fmt(rq_arena(rq), tr(rq_lang(rq), "likely done: %s"), forecast_likely(rq, n->op.zone, &o.forecast));
	return true;
}
