/*
 * operation.c - how one operation calls from the software: the number that people see, who starts each call, how agents
 * speak, how long it rings; and what it has cost.
 */
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/text.h"

#include "tpl/operation.names.h"

#include "connection.h"

/* "7 +15145550100": the connection and its number are chosen together. */
static const char *
caller_value(struct req *rq, struct trunk_id id, const char *e164)
{
	return arena_fmt(rq_arena(rq), "%llu %s", (unsigned long long)id.v, e164);
}

/* *power: one of the connections allows power mode for this operation. */
static bool
add_callers(struct req *rq, struct page *pg, const struct operation *op, const char *chosen, bool *power)
{
	struct trunk *list;
	size_t n, calls = 0;

	*power = false;
	if (!trunk_list(rq_db(rq), org_of(rq), &list, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char **e164;
		size_t m;

		if (!trunk_callers(rq_db(rq), list[i].id, &e164, &m, rq_arena(rq)))
			return false;
		*power = *power || (m > 0 && dialing_power(op, list[i].provider, list[i].power));
		for (size_t k = 0; k < m; k++, calls++) {
			const char *v = caller_value(rq, list[i].id, e164[k]);
			struct tpl *row = page_row(pg, OPERATION_CALLER);
			tpl_text(row, OPERATION_VALUE, v);
			tpl_text(row, OPERATION_LABEL, arena_fmt(rq_arena(rq), "%s · %s", number_text(rq, e164[k]), list[i].name));
			if (strcmp(v, chosen) == 0)
				tpl_show(row, OPERATION_CHOSEN);
		}
	}
	if (calls == 0)
		page_show(pg, OPERATION_NO_CALLER);
	return true;
}

static bool
add_costs(struct req *rq, struct page *pg, struct operation_id op)
{
	struct trunk_costs c;

	if (!trunk_operation_costs(rq_db(rq), op, &c, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < c.n; i++) {
		struct tpl *row = page_row(pg, OPERATION_COST);
		tpl_text(row, OPERATION_AMOUNT, money(rq, c.of[i].micro, c.of[i].currency));
		tpl_text(row, OPERATION_CALLS, arena_fmt(rq_arena(rq), trn(rq_lang(rq), "%llu call", "%llu calls", c.of[i].calls),
		    (unsigned long long)c.of[i].calls));
	}
	if (c.unknown > 0)
		tpl_text(page_row(pg, OPERATION_NOT_YET), OPERATION_CALLS, arena_fmt(rq_arena(rq),
		    trn(rq_lang(rq), "%llu call", "%llu calls", c.unknown), (unsigned long long)c.unknown));
	if (c.n == 0 && c.unknown == 0)
		page_show(pg, OPERATION_NO_COST);
	return true;
}

static enum dial_mode
mode_in(struct req *rq)
{
	const char *m = in_text(rq, IN_MODE);

	return strcmp(m, "power") == 0 ? DIAL_POWER : strcmp(m, "progressive") == 0 ? DIAL_PROGRESSIVE : DIAL_PREVIEW;
}

static enum http
render(struct req *rq, enum refusal wrong, enum http status)
{
	struct dialing d = { .caller = "", .ring_s = 25 };
	struct operation op;
	bool browser, power;
	enum dial_mode mode;
	struct page *pg;

	if (operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, &op, rq_arena(rq)) != FOUND ||
	    dialing_of(rq_db(rq), op.id, &d, rq_arena(rq)) == FAILED)
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "connection/operation.tpl", op.name);
	page_menu(pg, "operations");
	page_shape(pg, "page-form");
	page_text(pg, OPERATION_ID, id_text(rq, op.id.v));
	page_text(pg, OPERATION_CSRF, rq_csrf(rq));
	page_text(pg, OPERATION_NAME, op.name);
	if (strcmp(in_text(rq, IN_DONE), "saved") == 0)
		page_show(pg, OPERATION_SAVED);
	if (op.method != OP_SOFTWARE)
		page_show(pg, OPERATION_NOT_SOFTWARE);
	if (d.paused != TROUBLE_NONE)
		tpl_text(page_row(pg, OPERATION_PAUSED), OPERATION_WHY, tr(rq_lang(rq), trouble_text(d.paused)));
	mode = in_given(rq, IN_MODE) ? mode_in(rq) : d.chosen;
	browser = in_given(rq, IN_VOICE) ? strcmp(in_text(rq, IN_VOICE), "browser") == 0 : d.voice == VOICE_BROWSER;
	page_show(pg, browser ? OPERATION_BROWSER : OPERATION_PHONE);
	if (wrong == R_NO_BROWSER || (browser && !d.browser && !rq_is_post(rq)))
		tpl_text(page_row(pg, OPERATION_VOICE_WRONG), OPERATION_WRONG, refusal_text(R_NO_BROWSER, rq_lang(rq)));
	page_text(pg, OPERATION_RING, in_given(rq, IN_RING) ? in_typed(rq, IN_RING) : id_text(rq, d.ring_s));
	if (rq_is_post(rq))
		page_input(pg, IN_RING, NULL, OPERATION_RING_WRONG);
	if (wrong == R_NO_POWER || (d.chosen == DIAL_POWER && d.mode != DIAL_POWER && !rq_is_post(rq)))
		tpl_text(page_row(pg, OPERATION_MODE_WRONG), OPERATION_WRONG, wrong == R_NO_POWER ? refusal_text(wrong, rq_lang(rq))
		    : tr(rq_lang(rq), "Power mode is not allowed any more: the software calls one person for each agent."));
	if (wrong != R_NONE && wrong != R_NO_BROWSER && wrong != R_NO_POWER)
		tpl_text(page_row(pg, OPERATION_CALLER_WRONG), OPERATION_WRONG, refusal_text(wrong, rq_lang(rq)));
	if (!add_callers(rq, pg, &op, in_given(rq, IN_CALLER) ? in_typed(rq, IN_CALLER) : caller_value(rq, d.trunk, d.caller), &power) ||
	    !add_costs(rq, pg, op.id))
		return resp_refuse(rq, R_BUSY);
	if (power || mode == DIAL_POWER || d.chosen == DIAL_POWER) {
		struct tpl *row = page_row(pg, OPERATION_POWER);
		if (mode == DIAL_POWER)
			tpl_show(row, OPERATION_CHOSEN);
	}
	if (mode != DIAL_POWER)
		page_show(pg, mode == DIAL_PROGRESSIVE ? OPERATION_PROGRESSIVE : OPERATION_PREVIEW);
	return page_send_as(pg, status);
}

enum http
operation_show(struct req *rq)
{
	return render(rq, R_NONE, HTTP_OK);
}

enum http
operation_save(struct req *rq)
{
	struct dialing d = { .chosen = mode_in(rq),
		.voice = strcmp(in_text(rq, IN_VOICE), "browser") == 0 ? VOICE_BROWSER : VOICE_PHONE, .ring_s = (unsigned)in_uint(rq, IN_RING) };
	const char *part[3];
	enum refusal why = R_NONE;

	if (text_split(rq_arena(rq), in_text(rq, IN_CALLER), ' ', part, NITEMS(part)) != 2 || !parse_uint(part[0], 1, INT64_MAX, &d.trunk.v))
		return render(rq, R_NOT_A_CHOICE, HTTP_UNPROCESSABLE);
	d.caller = part[1];
	if (!IN_FIT(rq, IN_MODE, IN_RING, IN_VOICE))
		return render(rq, R_NONE, HTTP_UNPROCESSABLE);
	switch (dialing_set(rq_db(rq), (struct operation_id){ rq_id(rq) }, user_of(rq), rq_now(rq), &d, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/connections/operation/%llu?done=saved", (unsigned long long)rq_id(rq)));
	case REFUSED:
		if (why == R_NO_BROWSER || why == R_NO_POWER)
			return render(rq, why, HTTP_UNPROCESSABLE);
		return why == R_NO_PROVIDER ? render(rq, R_NOT_A_CHOICE, HTTP_UNPROCESSABLE) : resp_refuse(rq, why);
	case UNSURE:
	case NOT_SAVED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}
