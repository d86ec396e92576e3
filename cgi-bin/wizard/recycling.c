/*
 * recycling.c - page 5: which statuses are called again, how many more times, after how many minutes.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/recycle.h"

#include "wizard.h"
#include "tpl/recycling.names.h"

/* What an unticked row proposes for the moment it is ticked. */
static const struct recycle_rule proposal = { .max_calls = 2, .minutes = 60 };

static const char *
number(struct req *rq, unsigned n)
{
	return arena_fmt(rq_arena(rq), "%u", n);
}

/* "1 h 30 between calls": what the minutes mean. */
static const char *
words(struct req *rq, enum status st, const char *minutes_typed)
{
	enum lang lang = rq_lang(rq);
	struct arena *a = rq_arena(rq);
	char *end;
	unsigned long m = strtoul(minutes_typed, &end, 10), days, hours;
	const char *span;

	if (st == ST_CALL_BACK)
		return tr(lang, N_("or at the time the person asks for"));
	if (*minutes_typed == '\0' || *end != '\0' || m == 0 || m > MAX_MINUTES)
		return "";
	days = m / 1440;
	hours = m % 1440 / 60;
	if (days > 0)
		span = hours > 0 ? arena_fmt(a, tr(lang, "%lu d %lu h"), days, hours) : arena_fmt(a, tr(lang, "%lu d"), days);
	else if (hours > 0)
		span = m % 60 > 0 ? arena_fmt(a, "%lu h %02lu", hours, m % 60) : arena_fmt(a, "%lu h", hours);
	else
		span = arena_fmt(a, "%lu min", m);
	return arena_fmt(a, tr(lang, "%s between calls"), span);
}

/* A row's values: typed when the form comes back, else stored. */
struct shown { bool ticked; const char *max_calls, *minutes; enum refusal max_wrong, minutes_wrong; };

static struct shown
row_values(struct req *rq, enum status st, const struct recycle_rule *stored)
{
	const char *code = status_code(st);
	const struct recycle_rule *r = stored->ticked ? stored : &proposal;

	if (rq_is_post(rq) && status_by(st) == S_AGENT)
		return (struct shown){ in_keyed_given(rq, IN_TICK, code), in_keyed(rq, IN_MAX, code),
		    in_keyed(rq, IN_MINUTES, code), in_keyed_refusal(rq, IN_MAX, code), in_keyed_refusal(rq, IN_MINUTES, code) };
	return (struct shown){ stored->ticked, number(rq, r->max_calls), number(rq, r->minutes), R_NONE, R_NONE };
}

static void
add_row(struct req *rq, struct page *pg, const char *section, enum status st, const struct recycle_rule *stored)
{
	enum lang lang = rq_lang(rq);
	struct shown v = row_values(rq, st, stored);
	struct tpl *row = page_row(pg, section);

	tpl_text(row, RECYCLING_CODE, status_code(st));
	tpl_text(row, RECYCLING_LABEL, status_label(st, lang));
	tpl_text(row, RECYCLING_MAX, v.max_calls);
	tpl_text(row, RECYCLING_MINUTES, v.minutes);
	tpl_text(row, RECYCLING_WORDS, words(rq, st, v.minutes));
	if (st != ST_CALL_BACK)
		tpl_show(row, RECYCLING_LIVE_WORDS);
	tpl_text(row, RECYCLING_OTHERWISE, st == ST_REMOVE ? tr(lang, N_("Ends for good")) :
	    st == ST_WRONG_NUMBER ? tr(lang, N_("Ends after one attempt; a second number is tried at once")) :
	    tr(lang, N_("Ends after one attempt")));
	if (v.ticked)
		tpl_show(row, RECYCLING_TICKED);
	if (st == ST_REMOVE)
		tpl_show(row, RECYCLING_WARNING);
	/* One sentence for empty, zero, negative and not a number: what would fit. */
	if (v.ticked && v.max_wrong != R_NONE)
		tpl_text(tpl_row(row, RECYCLING_MAX_WRONG), RECYCLING_WRONG,
		    arena_fmt(rq_arena(rq), tr(lang, "Enter a whole number from 1 to %d."), MAX_CALLS));
	if (v.ticked && v.minutes_wrong != R_NONE)
		tpl_text(tpl_row(row, RECYCLING_MINUTES_WRONG), RECYCLING_WRONG,
		    arena_fmt(rq_arena(rq), tr(lang, "Enter a whole number from 1 to %d."), MAX_MINUTES));
}

static enum http
render(struct req *rq, const struct operation *op, enum http status)
{
	struct page *pg = wizard_page(rq, op, P_RECYCLING, "wizard/recycling.tpl");
	struct recycle_rule stored[ST__MAX];
	enum status sorted[ST__MAX];
	size_t n;

	if (operation_rules(rq_db(rq), op->id, stored, rq_arena(rq)) != FOUND)
		return resp_refuse(rq, R_BUSY);
	page_script(pg, "wizard.js");
	page_show(pg, op->method == OP_SOFTWARE ? RECYCLING_SOFTWARE : RECYCLING_OWN_PHONES);
	n = status_sorted(S_AUTO, rq_lang(rq), sorted);
	for (size_t i = 0; i < n; i++)
		if (status_then(sorted[i]) == Q_RETRY)
			add_row(rq, pg, RECYCLING_AUTO, sorted[i], &stored[sorted[i]]);
	n = status_sorted(S_AGENT, rq_lang(rq), sorted);
	for (size_t i = 0; i < n; i++)
		if (status_then(sorted[i]) == Q_RETRY)
			add_row(rq, pg, RECYCLING_BY_AGENT, sorted[i], &stored[sorted[i]]);
	if (status == HTTP_UNPROCESSABLE)
		page_show(pg, RECYCLING_SOME_WRONG);
	return page_send_as(pg, status);
}

/* The typed rules; with own phones what the detected statuses had stays. False: a ticked one does not fit (fact 47). */
static bool
typed_rules(struct req *rq, const struct operation *op, struct recycle_rule rules[ST__MAX])
{
	bool fit = true;

	for (unsigned i = ST_NONE + 1; i < ST__MAX; i++) {
		enum status st = (enum status)i;
		const char *code = status_code(st);
		if ((status_by(st) != S_AGENT && !(status_by(st) == S_AUTO && op->method == OP_SOFTWARE)) || status_then(st) != Q_RETRY)
			continue;
		rules[st] = (struct recycle_rule){ .ticked = in_keyed_given(rq, IN_TICK, code) };
		if (!rules[st].ticked)
			continue;
		if (!in_keyed_given(rq, IN_MAX, code))
			in_refuse_keyed(rq, IN_MAX, code, R_MISSING);
		if (!in_keyed_given(rq, IN_MINUTES, code))
			in_refuse_keyed(rq, IN_MINUTES, code, R_MISSING);
		rules[st].max_calls = (unsigned)in_keyed_uint(rq, IN_MAX, code);
		rules[st].minutes = (unsigned)in_keyed_uint(rq, IN_MINUTES, code);
		fit = fit && rules[st].max_calls > 0 && rules[st].minutes > 0;
	}
	return fit;
}

/* "Back" keeps the rows that fit. */
static void
keep_fitting(struct recycle_rule rules[ST__MAX], const struct recycle_rule stored[ST__MAX])
{
	for (unsigned st = 0; st < ST__MAX; st++)
		if (rules[st].ticked && (rules[st].max_calls == 0 || rules[st].minutes == 0))
			rules[st] = stored[st];
}

enum http
recycling_show(struct req *rq)
{
	struct operation op;
	enum http no = wizard_open(rq, P_RECYCLING, &op);

	return no != 0 ? no : render(rq, &op, HTTP_OK);
}

enum http
recycling_save(struct req *rq)
{
	struct operation op;
	struct recycle_rule rules[ST__MAX], stored[ST__MAX];
	enum refusal why = R_NONE;
	enum saved s;
	enum http no = wizard_open(rq, P_RECYCLING, &op);

	if (no != 0)
		return no;
	if (operation_rules(rq_db(rq), op.id, stored, rq_arena(rq)) != FOUND)
		return resp_refuse(rq, R_BUSY);
	memcpy(rules, stored, sizeof(rules));
	if (!typed_rules(rq, &op, rules)) {
		if (!wizard_goes_back(rq))
			return render(rq, &op, HTTP_UNPROCESSABLE);
		keep_fitting(rules, stored);
	}
	s = operation_set_rules(rq_db(rq), op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), rules, &why, rq_arena(rq));
	return s == SAVED || s == ALREADY ? wizard_go(rq, &op, P_RECYCLING) : wizard_failed(rq, s, why);
}
