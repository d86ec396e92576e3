/*
 * recycling.c - page 5: which statuses are called again, how many more times, after how many minutes.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/recycle.h"

#include "wizard.h"
#include "tpl/recycling.names.h"

/* What an unticked row proposes for the moment it is ticked. */
static const struct { enum status status; unsigned max_calls, minutes; } proposals[] = {
	{ ST_NO_ANSWER, 3, 90 }, { ST_NO_ANSWER_AUTO, 3, 90 }, { ST_NOT_HOME, 2, 240 }, { ST_CALL_BACK, 2, 120 }, { ST_BUSY, 3, 15 },
	{ ST_BUSY_AUTO, 3, 15 }, { ST_VOICEMAIL, 2, 240 }, { ST_VOICEMAIL_AUTO, 2, 240 }, { ST_ERROR, 2, 15 }, { ST_CANCELED, 2, 5 },
	{ ST_INVALID_NUMBER, 1, 1440 }, { ST_WRONG_NUMBER, 1, 1440 }, { ST_LANGUAGE_BARRIER, 1, 1440 }, { ST_HUNG_UP, 1, 2880 },
	{ ST_REMOVE, 1, 10080 },
};

static struct recycle_rule
proposal(enum status st)
{
	for (size_t i = 0; i < NITEMS(proposals); i++)
		if (proposals[i].status == st)
			return (struct recycle_rule){ .max_calls = proposals[i].max_calls, .minutes = proposals[i].minutes };
	return (struct recycle_rule){ .max_calls = 2, .minutes = 60 };
}

/* Does this page set the rule of that status: what agents choose, and what is detected when the software calls? */
static bool
settable(const struct operation *op, enum status st)
{
	return status_then(st) == Q_RETRY && (status_by(st) == S_AGENT || (status_by(st) == S_AUTO && op->method == OP_SOFTWARE));
}

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
row_values(struct req *rq, const struct operation *op, enum status st, const struct recycle_rule *stored)
{
	const char *code = status_code(st);
	struct recycle_rule usual = proposal(st);
	const struct recycle_rule *r = stored->ticked ? stored : &usual;

	if (rq_is_post(rq) && settable(op, st))
		return (struct shown){ in_keyed_given(rq, IN_TICK, code), in_keyed(rq, IN_MAX, code),
		    in_keyed(rq, IN_MINUTES, code), in_keyed_refusal(rq, IN_MAX, code), in_keyed_refusal(rq, IN_MINUTES, code) };
	return (struct shown){ stored->ticked, number(rq, r->max_calls), number(rq, r->minutes), R_NONE, R_NONE };
}

static void
add_row(struct req *rq, struct page *pg, const struct operation *op, enum status st, const struct recycle_rule *stored)
{
	enum lang lang = rq_lang(rq);
	struct shown v = row_values(rq, op, st, stored);
	struct tpl *row = page_row(pg, status_by(st) == S_AUTO ? RECYCLING_AUTO : RECYCLING_BY_AGENT);

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

static void
add_rows(struct req *rq, struct page *pg, const struct operation *op, enum status_by by, const struct recycle_rule stored[ST__MAX])
{
	enum status sorted[ST__MAX];
	size_t n = status_sorted(by, rq_lang(rq), sorted);

	for (size_t i = 0; i < n; i++)
		if (status_then(sorted[i]) == Q_RETRY)
			add_row(rq, pg, op, sorted[i], &stored[sorted[i]]);
}

/* What counts over all statuses. */
static void
add_caps(struct req *rq, struct page *pg, const struct operation *op)
{
	bool post = rq_is_post(rq);

	page_text(pg, RECYCLING_MORE_CALLS, post ? in_typed(rq, IN_MORE_CALLS) : op->more_calls > 0 ? number(rq, op->more_calls) : "");
	page_text(pg, RECYCLING_DAY_CALLS, post ? in_typed(rq, IN_DAY_CALLS) : op->day_calls > 0 ? number(rq, op->day_calls) : "");
	if (post ? in_bool(rq, IN_OTHER_PART) : op->other_part)
		page_show(pg, RECYCLING_OTHER_PART);
	page_input(pg, IN_MORE_CALLS, NULL, RECYCLING_MORE_CALLS_WRONG);
	page_input(pg, IN_DAY_CALLS, NULL, RECYCLING_DAY_CALLS_WRONG);
}

static bool
add_rehearsal(struct req *rq, struct page *pg, const struct operation *op, const struct recycling *rules)
{
	struct rehearsed r;

	if (!op->dated)
		return true;
	if (!rehearsal_of_page(rq, op, rules, &r))
		return false;
	page_show(pg, RECYCLING_REHEARSAL);
	page_text(pg, RECYCLING_WITH, r.with);
	page_text(pg, RECYCLING_CALLS, r.calls);
	page_text(pg, RECYCLING_REACHED, r.reached);
	page_text(pg, RECYCLING_DONE_AT, r.done);
	page_text(pg, RECYCLING_ONE_MORE, r.more);
	page_text(pg, RECYCLING_BASIS, r.basis);
	page_text(pg, RECYCLING_AGENTS, r.agents);
	page_text(pg, RECYCLING_PEOPLE, r.people);
	page_input(pg, IN_AGENTS, NULL, RECYCLING_AGENTS_WRONG);
	page_input(pg, IN_PEOPLE, NULL, RECYCLING_PEOPLE_WRONG);
	return true;
}

/* `shown`: the rules of the page, typed or stored, for the rehearsal. */
static enum http
render(struct req *rq, const struct operation *op, const struct recycling *shown, const struct effect *effect, enum http status)
{
	struct page *pg = wizard_page(rq, op, P_RECYCLING, "wizard/recycling.tpl");
	struct recycle_rule stored[ST__MAX];

	if (operation_rules(rq_db(rq), op->id, stored, rq_arena(rq)) != FOUND || !add_rehearsal(rq, pg, op, shown))
		return resp_refuse(rq, R_BUSY);
	page_script(pg, "wizard.js");
	page_show(pg, op->method == OP_SOFTWARE ? RECYCLING_BY_SOFTWARE : RECYCLING_OWN_PHONES);
	add_rows(rq, pg, op, S_AUTO, stored);
	add_rows(rq, pg, op, S_AGENT, stored);
	add_caps(rq, pg, op);
	effect_show(rq, pg, effect);
	if (status == HTTP_UNPROCESSABLE)
		page_show(pg, RECYCLING_SOME_WRONG);
	return page_send_as(pg, status);
}

bool
recycling_typed(struct req *rq, const struct operation *op, struct recycling *x)
{
	bool fit = IN_FIT(rq, IN_MORE_CALLS, IN_DAY_CALLS);

	*x = (struct recycling){ .seen = (unsigned)in_uint(rq, IN_REVISION), .more_calls = (unsigned)in_uint(rq, IN_MORE_CALLS),
	    .day_calls = (unsigned)in_uint(rq, IN_DAY_CALLS), .other_part = in_bool(rq, IN_OTHER_PART) };
	for (unsigned i = ST_NONE + 1; i < ST__MAX; i++) {
		enum status st = (enum status)i;
		const char *code = status_code(st);

		if (!settable(op, st) || !in_keyed_given(rq, IN_TICK, code))
			continue;
		if (!in_keyed_given(rq, IN_MAX, code))
			in_refuse_keyed(rq, IN_MAX, code, R_MISSING);
		if (!in_keyed_given(rq, IN_MINUTES, code))
			in_refuse_keyed(rq, IN_MINUTES, code, R_MISSING);
		x->rules[st] = (struct recycle_rule){ .ticked = true, .max_calls = (unsigned)in_keyed_uint(rq, IN_MAX, code),
		    .minutes = (unsigned)in_keyed_uint(rq, IN_MINUTES, code) };
		fit = fit && x->rules[st].max_calls > 0 && x->rules[st].minutes > 0;	/* fact 47 */
	}
	return fit;
}

/* What this page does not set, and for "Back" what does not fit, stays as it is stored. */
static void
keep_stored(struct req *rq, const struct operation *op, struct recycling *x, const struct recycle_rule stored[ST__MAX])
{
	for (unsigned st = ST_NONE + 1; st < ST__MAX; st++)
		if (!settable(op, (enum status)st) || (x->rules[st].ticked && (x->rules[st].max_calls == 0 || x->rules[st].minutes == 0)))
			x->rules[st] = stored[st];
	if (in_refusal(rq, IN_MORE_CALLS) != R_NONE)
		x->more_calls = op->more_calls;
	if (in_refusal(rq, IN_DAY_CALLS) != R_NONE)
		x->day_calls = op->day_calls;
}

bool
recycling_stored(struct req *rq, const struct operation *op, struct recycling *x)
{
	*x = (struct recycling){ .more_calls = op->more_calls, .day_calls = op->day_calls, .other_part = op->other_part };
	return operation_rules(rq_db(rq), op->id, x->rules, rq_arena(rq)) == FOUND;
}

enum http
recycling_show(struct req *rq)
{
	struct operation op;
	struct recycling x;
	enum http no = wizard_open(rq, P_RECYCLING, &op);

	if (no != 0)
		return no;
	return recycling_stored(rq, &op, &x) ? render(rq, &op, &x, NULL, HTTP_OK) : resp_refuse(rq, R_BUSY);
}

enum http
recycling_save(struct req *rq)
{
	struct operation op;
	struct recycling x, stored;
	struct effect effect;
	enum refusal why = R_NONE;
	enum saved s;
	bool fit;
	enum http no = wizard_open(rq, P_RECYCLING, &op);

	if (no != 0)
		return no;
	if (!recycling_stored(rq, &op, &stored))
		return resp_refuse(rq, R_BUSY);
	fit = recycling_typed(rq, &op, &x);
	keep_stored(rq, &op, &x, stored.rules);
	if (wizard_changed(rq, &op, P_RECYCLING))
		return render(rq, &op, &x, NULL, HTTP_CONFLICT);
	if (strcmp(in_text(rq, IN_GO), "rehearse") == 0)
		return render(rq, &op, &x, NULL, fit && IN_FIT(rq, IN_AGENTS, IN_PEOPLE) ? HTTP_OK : HTTP_UNPROCESSABLE);
	if (!fit && !wizard_goes_back(rq))
		return render(rq, &op, &x, NULL, HTTP_UNPROCESSABLE);
	if (!effect_of_recycling(rq, &op, &x, &effect))
		return resp_refuse(rq, R_BUSY);
	if (effect_unseen(rq, &effect))
		return render(rq, &op, &x, &effect, HTTP_OK);
	s = operation_set_recycling(rq_db(rq), op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &x, &why, rq_arena(rq));
	if (s == REFUSED && why == R_PAGE_CHANGED) {	/* in this very moment */
		wizard_tell_changed(rq);
		return render(rq, &op, &x, NULL, HTTP_CONFLICT);
	}
	return s == SAVED || s == ALREADY ? wizard_go(rq, &op, P_RECYCLING) : wizard_failed(rq, s, why);
}
