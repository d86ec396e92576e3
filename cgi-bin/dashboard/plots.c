/*
 * plots.c - the report's tables that can be looked at as plots too: calls by day, by hour of the day and by attempt number,
 * and how many are still to be called. plots.js reads the tables; without it they are what there is.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"
#include "plumb/lang.h"

#include "domain/call_tally.h"

#include "tpl/report.names.h"

#include "dashboard.h"

static const char *
share(struct req *rq, const struct call_cell *c)
{
	return cell_calls(c) == 0 ? "–" : arena_fmt(rq_arena(rq), "%llu\xc2\xa0%%", (unsigned long long)(cell_reached(c) * 100 / cell_calls(c)));
}

static void
kinds_show(struct req *rq, struct tpl *row, const struct call_cell *c)
{
	for (unsigned k = 0; k < CALL__MAX; k++)
		tpl_text(tpl_row(row, REPORT_KIND_COUNT), REPORT_COUNT, page_number(rq, c->kind[k] < 0 ? 0 : (uint64_t)c->kind[k]));
}

static void
line_show(struct req *rq, struct tpl *table, const char *label, const struct call_cell *c, uint64_t most, bool kinds)
{
	struct tpl *row = tpl_row(table, REPORT_ROW);

	tpl_text(row, REPORT_LABEL, label);
	tpl_text(tpl_row(row, REPORT_BAR), REPORT_WIDTH, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)(cell_calls(c) * 100 / most)));
	tpl_text(row, REPORT_COUNT, page_number(rq, cell_calls(c)));
	tpl_text(row, REPORT_REACHED, page_number(rq, cell_reached(c)));
	tpl_text(row, REPORT_SHARE, share(rq, c));
	if (kinds)
		kinds_show(rq, row, c);
}

static struct tpl *
table_begin(struct req *rq, struct page *pg, const char *title, const char *first, const struct call_cell *all, bool kinds)
{
	struct tpl *table = page_row(pg, REPORT_CELLS);

	tpl_text(table, REPORT_TITLE, title);
	tpl_text(table, REPORT_FIRST, first);
	tpl_text(table, REPORT_ALL_CALLS, page_number(rq, cell_calls(all)));
	tpl_text(table, REPORT_ALL_REACHED, page_number(rq, cell_reached(all)));
	tpl_text(table, REPORT_SHARE, share(rq, all));
	if (cell_calls(all) == 0)
		tpl_show(table, REPORT_NO_CALLS);
	if (!kinds)
		return table;
	tpl_show(table, REPORT_WITH_KINDS);
	for (unsigned k = 0; k < CALL__MAX; k++)
		tpl_text(tpl_row(table, REPORT_KIND), REPORT_LABEL, call_kind_label((enum call_kind)k, rq_lang(rq)));
	kinds_show(rq, table, all);
	return table;
}

static void
plot(struct tpl *table, const char *kind, const char *label)
{
	struct tpl *t = tpl_row(table, REPORT_PLOT);

	tpl_text(t, REPORT_PLOT_KIND, kind);
	tpl_text(t, REPORT_LABEL, label);
}

static uint64_t
most_of(uint64_t most, const struct call_cell *c)
{
	return cell_calls(c) > most ? cell_calls(c) : most;
}

/* The newest first, as one reads; the plots turn them round. */
static void
days_show(struct req *rq, struct page *pg, const struct call_tally *t)
{
	struct tpl *table = table_begin(rq, pg, tr(rq_lang(rq), "Calls by day"), tr(rq_lang(rq), "Day"), &t->all, t->ndays > 0);
	uint64_t most = 1;

	if (t->ndays > 0)
		plot(table, "kinds", tr(rq_lang(rq), "Calls by day"));
	if (t->ndays > 1)
		plot(table, "rate", tr(rq_lang(rq), "Share of calls that reached somebody, by day"));
	for (size_t i = 0; i < t->ndays; i++)
		most = most_of(most, &t->day[i].cell);
	for (size_t i = t->ndays; i-- > 0;)
		line_show(rq, table, day_month_words(rq_arena(rq), rq_lang(rq), t->day[i].month, t->day[i].day), &t->day[i].cell, most, true);
}

/* From the first hour with calls to the last, also those between them in which nobody called. */
static void
hours_show(struct req *rq, struct page *pg, const struct call_tally *t)
{
	struct tpl *table = table_begin(rq, pg, tr(rq_lang(rq), "Calls by hour of the day"), tr(rq_lang(rq), "Hour"), &t->all, false);
	unsigned first = 0, last = 24;
	uint64_t most = 1;

	while (first < 24 && cell_calls(&t->hour[first]) == 0)
		first++;
	while (last > first && cell_calls(&t->hour[last - 1]) == 0)
		last--;
	for (unsigned h = first; h < last; h++)
		most = most_of(most, &t->hour[h]);
	if (last > first)
		plot(table, "reached", tr(rq_lang(rq), "Calls by hour of the day"));
	for (unsigned h = first; h < last; h++)
		line_show(rq, table, minute_words(rq_arena(rq), rq_lang(rq), (int)h * 60), &t->hour[h], most, false);
}

static void
numbers_show(struct req *rq, struct page *pg, const struct call_tally *t)
{
	static const char *const name[CALL_NUMBERS] = { N_("First call"), N_("Second call"), N_("Third call"), N_("Fourth call"), N_("Fifth call"),
		N_("Sixth call or later") };
	struct tpl *table = table_begin(rq, pg, tr(rq_lang(rq), "Calls by attempt"), tr(rq_lang(rq), "Attempt"), &t->all, false);
	unsigned last = CALL_NUMBERS;

	while (last > 0 && cell_calls(&t->number[last - 1]) == 0)
		last--;
	if (last > 1)
		plot(table, "reached", tr(rq_lang(rq), "Calls by attempt"));
	for (unsigned i = 0; i < last; i++)
		line_show(rq, table, tr(rq_lang(rq), name[i]), &t->number[i], most_of(1, &t->number[0]), false);
}

bool
calls_show(struct req *rq, struct page *pg, const struct operation *op)
{
	struct call_tally t;

	if (!call_tally(rq_db(rq), op->id, op->zone, &t, rq_arena(rq)))
		return false;
	days_show(rq, pg, &t);
	hours_show(rq, pg, &t);
	numbers_show(rq, pg, &t);
	return true;
}

bool
remaining_show(struct req *rq, struct page *pg, const struct operation_numbers *n)
{
	const struct forecast *f;
	struct tpl *table, *row;
	struct outlook o;

	if (!outlook(rq_db(rq), n, rq_now(rq), false, &o, rq_arena(rq)))
		return false;
	f = &o.forecast;
	if (o.kind != OUTLOOK_KNOWN || f->ndays == 0)
		return true;
	table = page_row(pg, REPORT_FORECAST);
	tpl_text(table, REPORT_WORDS, forecast_pace(rq, &o, n->phase));
	for (size_t i = 0; i < f->ndays; i++) {
		struct tm day = clock_local(n->op.zone, f->day[i].at - 1);
		row = tpl_row(table, REPORT_ROW);
		tpl_text(row, REPORT_LABEL, day_month_words(rq_arena(rq), rq_lang(rq), day.tm_mon + 1, day.tm_mday));
		tpl_text(row, REPORT_COUNT, page_number(rq, f->day[i].likely));
		tpl_text(row, REPORT_FEW, page_number(rq, f->day[i].few));
		tpl_text(row, REPORT_MANY, page_number(rq, f->day[i].many));
	}
	return true;
}
