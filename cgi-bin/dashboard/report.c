/*
 * report.c - one operation's report, to read or to print: the public rates, what is still to come, calls by day, hour, attempt
 * number and caller. Every table of calls sums to the calls saved.
 */
#include "plumb/arena.h"
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

static bool
callers_show(struct req *rq, struct page *pg, struct operation_id id)
{
	struct tpl *table;
	struct calls_by *list;
	uint64_t calls = 0, reached = 0;
	size_t n;

	if (!operation_callers(rq_db(rq), id, &list, &n, rq_arena(rq)))
		return false;
	table = page_row(pg, REPORT_CALLERS);
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(table, REPORT_ROW);
		tpl_text(row, REPORT_LABEL, list[i].name);
		tpl_text(row, REPORT_COUNT, page_number(rq, list[i].calls));
		tpl_text(row, REPORT_REACHED, page_number(rq, list[i].reached));
		calls += list[i].calls;
		reached += list[i].reached;
	}
	if (n == 0)
		tpl_show(table, REPORT_NO_CALLS);
	tpl_text(table, REPORT_ALL_CALLS, page_number(rq, calls));
	tpl_text(table, REPORT_ALL_REACHED, page_number(rq, reached));
	return true;
}

enum http
report_show(struct req *rq)
{
	const struct who *who = rq_who(rq);
	struct report_wish wish = { .organisation = { who->organisation }, .user = { who->user }, .search = "", .now = rq_now(rq) };
	struct operation_numbers n;
	struct page *pg;

	if (!may_see(who, who->member))
		return resp_refuse(rq, R_NOT_ALLOWED);
	switch (operation_report_of(rq_db(rq), &wish, (struct operation_id){ rq_id(rq) }, &n, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	pg = page_new(rq, "dashboard/report.tpl", n.op.name);
	page_menu(pg, "operations");
	page_shape(pg, "page-form");
	page_style(pg, "dashboard.css");
	page_script(pg, "plots.js");
	page_text(pg, REPORT_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n.op.id.v));
	page_text(pg, REPORT_NAME, n.op.name);
	page_text(pg, REPORT_AS_OF, full_moment_words(rq_arena(rq), rq_lang(rq), n.op.zone, rq_now(rq)));
	if (!rates_show(rq, pg, n.op.id) || !remaining_show(rq, pg, &n) || !calls_show(rq, pg, &n.op) ||
	    (sees_callers(rq) && !callers_show(rq, pg, n.op.id)))
		return resp_refuse(rq, R_BUSY);
	return page_send(pg);
}
