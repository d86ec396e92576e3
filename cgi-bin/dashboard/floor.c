/*
 * floor.c - who calls and what they do at this moment (domain/floor.h), and the page on which an organiser ends a turn that
 * lasts too long. Names are for those who see callers; everybody else sees how many do what.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"
#include "plumb/lang.h"
#include "plumb/moment.h"

#include "domain/dialing.h"
#include "domain/floor.h"
#include "domain/power.h"

#include "tpl/back.names.h"
#include "tpl/operation.names.h"

#include "dashboard.h"

static const char *
number(struct req *rq, uint64_t n)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n);
}

static const char *
pace_words(struct req *rq, enum floor_pace p)
{
	switch (p) {
	case PACE_CALMER:	return tr(rq_lang(rq), "calmer than most");
	case PACE_LIKE_MOST:	return tr(rq_lang(rq), "like most");
	case PACE_BRISKER:	return tr(rq_lang(rq), "brisker than most");
	case PACE_NONE:		break;
	}
	return NULL;
}

static void
agent_show(struct req *rq, struct tpl *table, const struct operation_numbers *n, const struct floor_agent *x)
{
	struct tpl *row = tpl_row(table, OPERATION_AGENT_ROW), *t;
	const char *pace = pace_words(rq, x->pace);

	tpl_text(row, OPERATION_AGENT_NAME, x->name);
	tpl_text(row, OPERATION_CODE, floor_code(x->state));
	tpl_text(row, OPERATION_LABEL, floor_label(x->state, rq_lang(rq)));
	if (x->since != 0) {
		t = tpl_row(row, OPERATION_AGENT_SINCE);
		tpl_text(t, OPERATION_SINCE, number(rq, (uint64_t)(x->since / SECOND_US)));
		tpl_text(t, OPERATION_WORDS, arena_fmt(rq_arena(rq), tr(rq_lang(rq), "since %s"), at_words(rq, &n->op, x->since)));
		if (x->state != FLOOR_GONE)
			tpl_show(t, OPERATION_TICKS);
	}
	if (x->held.v != 0 && n->role == MEMBER_OWNER) {
		t = tpl_row(row, OPERATION_SEND_BACK);
		tpl_text(t, OPERATION_ID, number(rq, n->op.id.v));
		tpl_text(t, OPERATION_QUERY, arena_fmt(rq_arena(rq), "?user=%llu&entry=%llu&claimed=%lld", (unsigned long long)x->user.v,
		    (unsigned long long)x->held.v, (long long)x->claimed_at));
		tpl_text(t, OPERATION_AGENT_NAME, x->name);
	}
	tpl_text(row, OPERATION_COUNT, page_number(rq, x->calls));
	tpl_text(row, OPERATION_AGENT_REACHED, page_number(rq, x->reached));
	tpl_text(row, OPERATION_RATE, x->rate == 0 ? "–" : page_number(rq, x->rate));
	if (pace != NULL)
		tpl_text(tpl_row(row, OPERATION_PACE), OPERATION_WORDS, pace);
	tpl_text(row, OPERATION_ANSWERS, page_number(rq, x->answers));
}

/* How many calls may ring for those who wait, and how many people heard nobody. */
static bool
power_show(struct req *rq, struct tpl *card, const struct operation *op)
{
	enum lang lang = rq_lang(rq);
	struct dialing d = { .chosen = DIAL_PREVIEW };
	struct power_now p = { .why = POWER_UNKNOWN };
	int year = 0, month = 0, day = 0;
	struct tpl *t;

	if (op->method != OP_SOFTWARE)
		return true;
	if (dialing_of(rq_db(rq), op->id, &d, rq_arena(rq)) == FAILED)
		return false;
	if (d.chosen != DIAL_POWER)
		return true;
	switch (power_now(rq_db(rq), op, rq_now(rq), &p, rq_arena(rq))) {
	case FAILED:	return false;
	case NONE:	return true;
	case FOUND:	break;
	}
	t = tpl_row(card, OPERATION_POWER);
	tpl_text(t, OPERATION_LINES, page_number(rq, p.lines));
	tpl_text(t, OPERATION_AGENTS_WAIT, page_number(rq, p.agents));
	tpl_text(t, OPERATION_RINGING, page_number(rq, p.ringing));
	tpl_text(t, OPERATION_SHARE, power_share_text(rq_arena(rq), lang, p.abandoned, p.connected));
	tpl_text(t, OPERATION_ABANDONED, page_number(rq, p.abandoned));
	tpl_text(t, OPERATION_ANSWERED, page_number(rq, p.abandoned + p.connected));
	(void)sscanf(p.from, "%d-%d-%d", &year, &month, &day);
	tpl_text(t, OPERATION_FROM, date_words(rq_arena(rq), lang, year, month, day));
	tpl_text(t, OPERATION_WHY, d.mode != DIAL_POWER ? tr(lang, "Power mode is not allowed any more: the software calls one person for each agent.")
	    : power_why_label(p.why, lang));
	if (p.locked_until != 0)
		tpl_text(tpl_row(t, OPERATION_LOCKED), OPERATION_UNTIL, full_moment_words(rq_arena(rq), lang, op->zone, p.locked_until));
	return true;
}

bool
floor_show(struct req *rq, struct page *pg, const struct operation_numbers *n)
{
	struct tpl *card, *table, *t;
	struct floor f;

	if (!floor_of(rq_db(rq), &n->op, moment_day(rq_arena(rq), n->op.zone, rq_now(rq)), rq_now(rq), &f, rq_arena(rq)))
		return false;
	card = page_row(pg, OPERATION_FLOOR);
	for (unsigned s = 0; s < FLOOR__MAX; s++) {
		if (f.in[s] == 0)
			continue;
		t = tpl_row(card, OPERATION_FLOOR_COUNT);
		tpl_text(t, OPERATION_COUNT, page_number(rq, f.in[s]));
		tpl_text(t, OPERATION_CODE, floor_code((enum floor_state)s));
		tpl_text(t, OPERATION_LABEL, floor_label((enum floor_state)s, rq_lang(rq)));
	}
	if (!power_show(rq, card, &n->op))
		return false;
	if (f.n == 0)
		tpl_show(card, OPERATION_NO_AGENTS);
	if (f.n == 0 || !sees_callers(rq))
		return true;
	table = tpl_row(card, OPERATION_AGENTS);
	for (size_t i = 0; i < f.n; i++)
		agent_show(rq, table, n, &f.agent[i]);
	if (f.median != 0)
		tpl_text(tpl_row(table, OPERATION_MEDIAN), OPERATION_RATE, page_number(rq, f.median));
	return true;
}

/* --- a turn that an organiser ends --- */

static enum http
back_page(struct req *rq, enum refusal why)
{
	struct operation_id id = { rq_id(rq) };
	const struct floor_agent *x = NULL;
	struct operation op;
	struct floor f;
	struct page *pg;
	struct tpl *t;

	if (operation_by_id(rq_db(rq), id, &op, rq_arena(rq)) != FOUND ||
	    !floor_of(rq_db(rq), &op, moment_day(rq_arena(rq), op.zone, rq_now(rq)), rq_now(rq), &f, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	for (size_t i = 0; i < f.n; i++)
		if (f.agent[i].user.v == in_uint(rq, IN_USER) && f.agent[i].held.v == in_uint(rq, IN_ENTRY) &&
		    f.agent[i].claimed_at == (int64_t)in_uint(rq, IN_CLAIMED))
			x = &f.agent[i];
	pg = page_new(rq, "dashboard/back.tpl", tr(rq_lang(rq), "Send a person back to the list"));
	page_menu(pg, "operations");
	page_shape(pg, "page-narrow");
	page_text(pg, BACK_ID, number(rq, id.v));
	page_text(pg, BACK_OPERATION, op.name);
	if (why != R_NONE)
		page_notice(pg, refusal_text(why, rq_lang(rq)), false);
	if (x == NULL) {
		page_show(pg, BACK_OVER);
		return page_send_as(pg, why == R_NONE ? HTTP_OK : refusal_status(why));
	}
	t = page_row(pg, BACK_TURN);
	tpl_text(t, BACK_SENTENCE, arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%s has had a person on their page since %s."), x->name,
	    at_words(rq, &op, x->claimed_at)));
	if (x->on_call) {
		tpl_show(t, BACK_ON_CALL);
		return page_send_as(pg, why == R_NONE ? HTTP_OK : refusal_status(why));
	}
	tpl_show(t, op.method == OP_SOFTWARE ? BACK_SOFTWARE : BACK_OWN_PHONE);
	t = tpl_row(t, BACK_FORM);
	tpl_text(t, BACK_ID, number(rq, id.v));
	tpl_text(t, BACK_CSRF, rq_csrf(rq));
	tpl_text(t, BACK_USER, number(rq, x->user.v));
	tpl_text(t, BACK_ENTRY, number(rq, x->held.v));
	tpl_text(t, BACK_CLAIMED, number(rq, (uint64_t)x->claimed_at));
	return page_send_as(pg, why == R_NONE ? HTTP_OK : refusal_status(why));
}

enum http
back_show(struct req *rq)
{
	return IN_FIT(rq, IN_USER, IN_ENTRY, IN_CLAIMED) ? back_page(rq, R_NONE) : resp_refuse(rq, R_BAD_REQUEST);
}

enum http
back_post(struct req *rq)
{
	struct operation op;
	enum turn_end end;
	enum refusal why;
	const char *said;

	if (!IN_FIT(rq, IN_USER, IN_ENTRY, IN_CLAIMED))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, &op, rq_arena(rq)) != FOUND)
		return resp_refuse(rq, R_BUSY);
	switch (queue_send_back(rq_db(rq), &op, (struct user_id){ rq_who(rq)->user }, (struct user_id){ in_uint(rq, IN_USER) },
	    (struct entry_id){ in_uint(rq, IN_ENTRY) }, (int64_t)in_uint(rq, IN_CLAIMED), rq_now(rq), &end, &why, rq_arena(rq))) {
	case SAVED:	said = end == TURN_ENDS_SOON ? "soon" : "back"; break;
	case ALREADY:	said = "over"; break;
	case REFUSED:	return back_page(rq, why);
	default:	return resp_refuse(rq, R_BUSY);
	}
	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/operations/%llu?said=%s", (unsigned long long)op.id.v, said));
}
