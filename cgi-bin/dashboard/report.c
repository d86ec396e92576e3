/*
 * report.c - one operation's report, to read or to print: the public rates, calls by day and by caller. Every table sums
 * to the calls saved.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"
#include "plumb/lang.h"

#include "domain/rates.h"

#include "tpl/report.names.h"

#include "dashboard.h"

static const char *
percent(struct req *rq, int tenths)
{
	return tenths < 0 ? "–" : arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%d.%d%%"), tenths / 10, tenths % 10);
}

static bool
rates_show(struct req *rq, struct page *pg, struct operation_id id)
{
	enum lang lang = rq_lang(rq);
	uint64_t attempts[ST__MAX];
	struct reason_count *why;
	struct rates r;
	size_t n;

	if (!queue_status_totals(rq_db(rq), id, attempts, rq_arena(rq)) || !queue_reasons(rq_db(rq), id, &why, &n, rq_arena(rq)))
		return false;
	r = rates_of(why, n, attempts);
	const struct { const char *name, *what; int tenths; } rate[] = {
		{ tr(lang, "Contact rate (CON1)"), tr(lang, "Somebody was reached: of all people called, those who answered."), rate_contact(&r) },
		{ tr(lang, "Response rate (RR1)"), tr(lang, "Completed, of all people called."), rate_response(&r) },
		{ tr(lang, "Cooperation rate (COOP1)"), tr(lang, "Completed, of those who were reached."), rate_cooperation(&r) },
		{ tr(lang, "Refusal rate (REF1)"), tr(lang, "Refused, hung up or asked not to be called again, of all people called."), rate_refusal(&r) },
	};
	const struct { const char *name; uint64_t n; } part[] = {
		{ tr(lang, "Completed"), r.complete }, { tr(lang, "Refused, hung up, do not call again"), r.refused },
		{ tr(lang, "Reached, neither completed nor refused"), r.other }, { tr(lang, "Voicemail"), r.no_contact },
		{ tr(lang, "Nobody answered, or the line was busy"), r.unknown },
		{ tr(lang, "In no rate: wrong number, moved, already voted, taken off"), r.outside },
	};

	for (size_t i = 0; i < NITEMS(rate); i++) {
		struct tpl *row = page_row(pg, REPORT_RATE);
		tpl_text(row, REPORT_LABEL, rate[i].name);
		tpl_text(row, REPORT_WORDS, rate[i].what);
		tpl_text(row, REPORT_COUNT, percent(rq, rate[i].tenths));
		tpl_text(row, REPORT_WIDTH, arena_fmt(rq_arena(rq), "%d", rate[i].tenths < 0 ? 0 : rate[i].tenths / 10));
	}
	for (size_t i = 0; i < NITEMS(part); i++) {
		struct tpl *row = page_row(pg, REPORT_PART);
		tpl_text(row, REPORT_LABEL, part[i].name);
		tpl_text(row, REPORT_COUNT, page_number(rq, part[i].n));
	}
	return true;
}

/* "24 November 2026" of "2026-11-24". */
static const char *
day_words(struct req *rq, const char *day)
{
	int y, m, d;

	return sscanf(day, "%d-%d-%d", &y, &m, &d) == 3 && m >= 1 && m <= 12 ? date_words(rq_arena(rq), rq_lang(rq), y, m, d) : day;
}

static void
calls_show(struct req *rq, struct tpl *table, const struct calls_by *list, size_t n, bool days)
{
	uint64_t calls = 0, reached = 0, most = 1;

	for (size_t i = 0; i < n; i++) {
		calls += list[i].calls;
		reached += list[i].reached;
		most = list[i].calls > most ? list[i].calls : most;
	}
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(table, REPORT_ROW);
		tpl_text(row, REPORT_LABEL, days ? day_words(rq, list[i].name) : list[i].name);
		tpl_text(row, REPORT_COUNT, page_number(rq, list[i].calls));
		tpl_text(row, REPORT_REACHED, page_number(rq, list[i].reached));
		if (days)
			tpl_text(tpl_row(row, REPORT_BAR), REPORT_WIDTH, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)(list[i].calls * 100 / most)));
	}
	if (n == 0)
		tpl_show(table, REPORT_NO_CALLS);
	tpl_text(table, REPORT_ALL_CALLS, page_number(rq, calls));
	tpl_text(table, REPORT_ALL_REACHED, page_number(rq, reached));
}

enum http
report_show(struct req *rq)
{
	struct calls_by *days, *callers = NULL;
	size_t ndays, ncallers = 0;
	struct operation op;
	struct page *pg;

	if (!may_see(rq_who(rq), rq_who(rq)->member))
		return resp_refuse(rq, R_NOT_ALLOWED);
	switch (operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, &op, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	if (op.organisation.v != rq_who(rq)->organisation)
		return resp_refuse(rq, R_NOT_FOUND);
	if (!operation_days(rq_db(rq), op.id, &days, &ndays, rq_arena(rq)) ||
	    (sees_callers(rq) && !operation_callers(rq_db(rq), op.id, &callers, &ncallers, rq_arena(rq))))
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "dashboard/report.tpl", op.name);
	page_menu(pg, "operations");
	page_shape(pg, "page-form");
	page_style(pg, "dashboard.css");
	page_text(pg, REPORT_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op.id.v));
	page_text(pg, REPORT_NAME, op.name);
	page_text(pg, REPORT_AS_OF, full_moment_words(rq_arena(rq), rq_lang(rq), op.zone, rq_now(rq)));
	if (!rates_show(rq, pg, op.id))
		return resp_refuse(rq, R_BUSY);
	calls_show(rq, page_row(pg, REPORT_DAYS), days, ndays, true);
	if (sees_callers(rq))
		calls_show(rq, page_row(pg, REPORT_CALLERS), callers, ncallers, false);
	return page_send(pg);
}
