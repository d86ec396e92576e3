/*
 * results.c - what people answered, question by question: counts and shares as bars and as a table, of all or of one
 * version, agent, day. Words are personal data: they are listed for owners only, a page at a time. Observers see numbers
 * and no name, also not those of the callers.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/lang.h"
#include "plumb/moment.h"
#include "plumb/text.h"

#include "domain/survey_results.h"

#include "tpl/results.names.h"
#include "tpl/words.names.h"

#include "dashboard.h"

static const char *
number(struct req *rq, uint64_t n)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n);
}

/* --- what is asked for --- */

static bool
is_owner(struct req *rq)
{
	return rq_who(rq)->member == MEMBER_OWNER;
}

/* The local day as two moments; a day that does not exist is no day. */
static void
wish_day(struct req *rq, const struct operation *op, struct results_wish *w)
{
	struct tm t = { 0 };
	int y, m, d;

	if (in_blank(rq, IN_DAY) || !parse_date(in_text(rq, IN_DAY), &y, &m, &d))
		return;
	t.tm_year = y - 1900;
	t.tm_mon = m - 1;
	t.tm_mday = d;
	t.tm_isdst = -1;
	w->from = clock_moment(op->zone, &t);
	t.tm_mday++;
	t.tm_isdst = -1;
	w->to = clock_moment(op->zone, &t);
}

static const char *
query(struct req *rq)
{
	const char *q = "";

	if (in_uint(rq, IN_AGENT) != 0)
		q = arena_fmt(rq_arena(rq), "%s&agent=%llu", q, (unsigned long long)in_uint(rq, IN_AGENT));
	if (in_uint(rq, IN_VERSION) != 0)
		q = arena_fmt(rq_arena(rq), "%s&version=%llu", q, (unsigned long long)in_uint(rq, IN_VERSION));
	if (!in_blank(rq, IN_DAY) && in_refusal(rq, IN_DAY) == R_NONE)
		q = arena_fmt(rq_arena(rq), "%s&day=%s", q, in_text(rq, IN_DAY));
	return q;
}

static bool
show_filters(struct req *rq, struct page *pg, const struct operation *op)
{
	struct result_version *versions;
	struct result_agent *agents;
	struct tpl *callers = sees_callers(rq) ? page_row(pg, RESULTS_CALLERS) : NULL;
	size_t nversions, nagents = 0;

	if (!survey_result_versions(rq_db(rq), op->id, &versions, &nversions, rq_arena(rq)) ||
	    (callers != NULL && !survey_result_agents(rq_db(rq), op->id, &agents, &nagents, rq_arena(rq))))
		return false;
	for (size_t i = 0; i < nversions; i++) {
		struct tpl *row = page_row(pg, RESULTS_VERSION);
		tpl_text(row, RESULTS_VALUE, number(rq, versions[i].id.v));
		tpl_text(row, RESULTS_NUMBER, number(rq, versions[i].number));
		if (versions[i].id.v == in_uint(rq, IN_VERSION))
			tpl_show(row, RESULTS_CHOSEN);
	}
	for (size_t i = 0; i < nagents; i++) {
		struct tpl *row = tpl_row(callers, RESULTS_AGENT);
		tpl_text(row, RESULTS_VALUE, number(rq, agents[i].id.v));
		tpl_text(row, RESULTS_NAME, agents[i].name);
		if (agents[i].id.v == in_uint(rq, IN_AGENT))
			tpl_show(row, RESULTS_CHOSEN);
	}
	page_input(pg, IN_DAY, RESULTS_DAY, RESULTS_DAY_WRONG);
	if (*query(rq) != '\0')
		page_show(pg, RESULTS_FILTERED);
	return true;
}

/* --- one question --- */

static const char *
share(struct req *rq, uint64_t part, uint64_t whole)
{
	return whole == 0 ? "–" : arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%llu%%"),
	    (unsigned long long)((part * 200 + whole) / (2 * whole)));
}

/* A scale's mean, to one decimal; its numbers begin their answers' words. */
static void
show_mean(struct req *rq, struct tpl *card, const struct result *r)
{
	uint64_t sum = 0, n = 0, tenths;

	for (size_t i = 0; i < r->nanswers; i++) {
		struct choice c = { .text = { [LANG_EN] = r->answers[i].text[LANG_EN] } };
		if (scale_number(&c) < 0)
			continue;
		sum += (uint64_t)scale_number(&c) * r->answers[i].people;
		n += r->answers[i].people;
	}
	if (n == 0)
		return;
	tenths = (sum * 20 + n) / (2 * n);
	tpl_text(tpl_row(card, RESULTS_MEAN), RESULTS_WORDS, arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Mean: %llu.%llu"),
	    (unsigned long long)(tenths / 10), (unsigned long long)(tenths % 10)));
}

static void
show_question(struct req *rq, struct page *pg, const struct result *r, unsigned now)
{
	enum lang lang = rq_lang(rq);
	struct tpl *card = page_row(pg, RESULTS_QUESTION), *table;
	bool several = strcmp(r->kind, "multiple_choice") == 0;

	tpl_text(card, RESULTS_STABLE, number(rq, r->stable));
	tpl_text(card, RESULTS_TEXT, survey_text(r->text, lang));
	tpl_text(card, RESULTS_ANSWERED, r->people == 0 ? tr(lang, N_("Nobody has answered yet.")) : arena_fmt(rq_arena(rq), trn(lang, "%s person answered", "%s people answered", r->people),
	    page_number(rq, r->people)));
	if (now != 0 && r->since != now)
		tpl_text(tpl_row(card, RESULTS_BEFORE), RESULTS_NUMBER, number(rq, r->since));
	if (several && r->people > 0)
		tpl_show(card, RESULTS_SEVERAL);
	if (strcmp(r->kind, "scale") == 0)
		show_mean(rq, card, r);
	if (r->nanswers == 0) {
		if (is_owner(rq) && r->people > 0)
			tpl_text(tpl_row(card, RESULTS_READ), RESULTS_QUERY, arena_fmt(rq_arena(rq), "?question=%llu%s",
			    (unsigned long long)r->stable, query(rq)));
		else if (r->people > 0)
			tpl_show(card, RESULTS_OWNERS_READ);
		return;
	}
	if (r->people == 0)
		return;
	table = tpl_row(card, RESULTS_TABLE);
	for (size_t i = 0; i < r->nanswers; i++) {
		struct tpl *row = tpl_row(table, RESULTS_ROW);
		tpl_text(row, RESULTS_LABEL, survey_text(r->answers[i].text, lang));
		tpl_text(row, RESULTS_COUNT, page_number(rq, r->answers[i].people));
		tpl_text(row, RESULTS_SHARE, share(rq, r->answers[i].people, r->people));
		tpl_text(row, RESULTS_WIDTH, number(rq, r->people == 0 ? 0 : r->answers[i].people * 100 / r->people));
	}
}

/* --- the pages --- */

/* Whoever may see the operation's numbers; *w is what the page asks for. */
static enum http
open_results(struct req *rq, struct operation *op, struct results_wish *w)
{
	if (!may_see(rq_who(rq), rq_who(rq)->member) || (in_uint(rq, IN_AGENT) != 0 && !sees_callers(rq)))
		return resp_refuse(rq, R_NOT_ALLOWED);
	switch (operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, op, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	if (op->organisation.v != rq_who(rq)->organisation)
		return resp_refuse(rq, R_NOT_FOUND);
	*w = (struct results_wish){ .operation = op->id, .agent = { in_uint(rq, IN_AGENT) }, .version = { in_uint(rq, IN_VERSION) } };
	wish_day(rq, op, w);
	return (enum http)0;
}

static enum http
words_page(struct req *rq, const struct operation *op, const struct results_wish *w)
{
	struct result *list, *r = NULL;
	struct result_text *texts;
	uint64_t older, stable = in_uint(rq, IN_QUESTION);
	struct page *pg;
	size_t n;

	if (!is_owner(rq))
		return resp_refuse(rq, R_NOT_ALLOWED);
	if (!survey_results(rq_db(rq), op, w, &list, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	for (size_t i = 0; i < n; i++)
		if (list[i].stable == stable)
			r = &list[i];
	if (r == NULL)
		return resp_refuse(rq, R_NOT_FOUND);
	if (!survey_result_texts(rq_db(rq), w, stable, in_uint(rq, IN_BEFORE), &texts, &n, &older, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "dashboard/words.tpl", op->name);
	page_menu(pg, "operations");
	page_shape(pg, "page-form");
	page_style(pg, "dashboard.css");
	page_text(pg, WORDS_ID, number(rq, op->id.v));
	page_text(pg, WORDS_TEXT, survey_text(r->text, rq_lang(rq)));
	page_text(pg, WORDS_BACK, *query(rq) == '\0' ? "" : arena_fmt(rq_arena(rq), "?%s", query(rq) + 1));
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, WORDS_ANSWER);
		tpl_text(row, WORDS_SAID, texts[i].text);
		tpl_text(row, WORDS_LINE, arena_fmt(rq_arena(rq), "%s · %s", moment_words(rq_arena(rq), rq_lang(rq), op->zone, rq_now(rq),
		    texts[i].at), texts[i].agent));
	}
	if (n == 0)
		page_show(pg, WORDS_NONE);
	if (older != 0)
		tpl_text(page_row(pg, WORDS_OLDER), WORDS_QUERY, arena_fmt(rq_arena(rq), "?question=%llu&before=%llu%s",
		    (unsigned long long)stable, (unsigned long long)older, query(rq)));
	return page_send(pg);
}

enum http
results_show(struct req *rq)
{
	struct survey_in_use used = { .number = 0 };
	struct results_wish w;
	struct operation op;
	struct result *list;
	struct page *pg;
	size_t n;
	enum http no = open_results(rq, &op, &w);

	if (no != 0)
		return no;
	if (in_uint(rq, IN_QUESTION) != 0)
		return words_page(rq, &op, &w);
	if (survey_of_operation(rq_db(rq), op.organisation, op.id, &used, rq_arena(rq)) == FAILED ||
	    !survey_results(rq_db(rq), &op, &w, &list, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "dashboard/results.tpl", op.name);
	page_menu(pg, "operations");
	page_shape(pg, "page-form");
	page_style(pg, "dashboard.css");
	page_text(pg, RESULTS_ID, number(rq, op.id.v));
	page_text(pg, RESULTS_TITLE, op.name);
	if (!show_filters(rq, pg, &op))
		return resp_refuse(rq, R_BUSY);
	for (size_t i = 0; i < n; i++)
		show_question(rq, pg, &list[i], w.version.v == 0 ? used.number : 0);
	if (n == 0)
		page_show(pg, RESULTS_NOTHING);
	return page_send(pg);
}
