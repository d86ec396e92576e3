/*
 * show.c - one connection: does it work, which numbers it shows, what it cost this month, what was noticed.
 */
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/clock.h"
#include "plumb/moment.h"

#include "domain/noticed.h"

#include "tpl/show.names.h"

#include "connection.h"

enum { NOTICED_DAYS = 30 };

/* What the administrator enters at the provider, for agents who speak in the browser. */
static void
browser(struct req *rq, struct page *pg, const struct trunk *t)
{
	enum trouble why;
	struct connection *open = connection_open(rq_arena(rq), &t->config, &why);
	struct browser b;
	struct tpl *row;

	if (open == NULL || !connection_browser(open, rq_arena(rq), &b))
		return;
	row = page_row(pg, SHOW_BROWSER);
	tpl_text(row, SHOW_VOICE_URL, b.voice_url);
	tpl_text(row, SHOW_STATUS_URL, b.status_url);
	tpl_text(row, SHOW_SCRIPT, b.script);
}

static void
state(struct req *rq, struct page *pg, const struct trunk *t)
{
	enum lang lang = rq_lang(rq);
	const char *when = t->checked_at == 0 ? "" : moment_words(rq_arena(rq), lang, rq_who(rq)->zone, rq_now(rq), t->checked_at);
	struct tpl *row;

	if (t->paused != TROUBLE_NONE) {
		row = page_row(pg, SHOW_PAUSED);
		tpl_text(row, SHOW_WHY, tr(lang, trouble_text(t->paused)));
		tpl_text(row, SHOW_WHEN, moment_words(rq_arena(rq), lang, rq_who(rq)->zone, rq_now(rq), t->paused_at));
	}
	if (t->asked) {
		page_show(pg, SHOW_ASKED);
		resp_header(rq, "Refresh", "2");
	} else if (t->checked_at == 0)
		page_show(pg, SHOW_UNCHECKED);
	else {
		row = page_row(pg, t->checked == TROUBLE_NONE ? SHOW_WORKS : SHOW_BROKEN);
		tpl_text(row, SHOW_WHY, tr(lang, trouble_text(t->checked)));
		tpl_text(row, SHOW_WHEN, when);
	}
	if (t->has_old)
		page_show(pg, SHOW_OLD);
	browser(rq, pg, t);
	if (t->sealed_badly)
		page_show(pg, SHOW_SEALED_BADLY);
}

/* Whether operations may have several people rung for each agent, and what that means. */
static void
power(struct req *rq, struct page *pg, const struct trunk *t)
{
	struct tpl *row;

	if (!provider_hands_over(t->provider))
		return;
	row = page_row(pg, SHOW_POWER);
	tpl_text(row, SHOW_ID, id_text(rq, t->id.v));
	tpl_text(row, SHOW_CSRF, rq_csrf(rq));
	tpl_show(row, t->power ? SHOW_ALLOWED : SHOW_FORBIDDEN);
}

static bool
callers(struct req *rq, struct page *pg, const struct trunk *t)
{
	const char **e164;
	size_t n;

	if (!trunk_callers(rq_db(rq), t->id, &e164, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, SHOW_CALLER);
		tpl_text(row, SHOW_ID, id_text(rq, t->id.v));
		tpl_text(row, SHOW_CSRF, rq_csrf(rq));
		tpl_text(row, SHOW_E164, e164[i]);
		tpl_text(row, SHOW_NUMBER, number_text(rq, e164[i]));
	}
	if (n == 0)
		page_show(pg, SHOW_NO_CALLER);
	return true;
}

static bool
costs(struct req *rq, struct page *pg, const struct trunk *t)
{
	const char *month = trunk_month_of(rq_who(rq)->zone, rq_now(rq), rq_arena(rq));
	struct trunk_costs c;

	if (!trunk_month(rq_db(rq), t->id, month, &c, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < c.n; i++) {
		struct tpl *row = page_row(pg, SHOW_COST);
		tpl_text(row, SHOW_AMOUNT, money(rq, c.of[i].micro, c.of[i].currency));
		tpl_text(row, SHOW_CALLS, arena_fmt(rq_arena(rq), trn(rq_lang(rq), "%llu call", "%llu calls", c.of[i].calls),
		    (unsigned long long)c.of[i].calls));
	}
	if (c.n == 0)
		page_show(pg, SHOW_NO_COST);
	if (c.unknown > 0)
		tpl_text(page_row(pg, SHOW_NOT_YET), SHOW_CALLS, arena_fmt(rq_arena(rq), trn(rq_lang(rq), "%llu call", "%llu calls", c.unknown),
		    (unsigned long long)c.unknown));
	if (t->budget_micro != 0)
		tpl_text(page_row(pg, SHOW_BUDGET), SHOW_AMOUNT, money(rq, (int64_t)t->budget_micro, t->currency));
	return true;
}

static bool
noticed(struct req *rq, struct page *pg, const struct trunk *t)
{
	struct noticed list[NOTICED__MAX];
	size_t n;

	if (!noticed_since(rq_db(rq), t->id, rq_now(rq) - NOTICED_DAYS * DAY_US, list, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, SHOW_NOTICED);
		tpl_text(row, SHOW_TIMES, page_number(rq, list[i].times));
		tpl_text(row, SHOW_WHY, tr(rq_lang(rq), noticed_text(list[i].what)));
		tpl_text(row, SHOW_WHEN, moment_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, rq_now(rq), list[i].last_at));
	}
	if (n > 0)
		page_show(pg, SHOW_NOTICED_ANY);
	return true;
}

enum http
one_render(struct req *rq, enum http status)
{
	struct trunk t;
	struct page *pg;

	switch (trunk_of(rq_db(rq), org_of(rq), (struct trunk_id){ rq_id(rq) }, &t, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	pg = page_new(rq, "connection/show.tpl", t.name);
	page_menu(pg, "connections");
	page_text(pg, SHOW_ID, id_text(rq, t.id.v));
	page_text(pg, SHOW_CSRF, rq_csrf(rq));
	page_text(pg, SHOW_NAME, t.name);
	page_text(pg, SHOW_PROVIDER, tr(rq_lang(rq), provider_name(t.provider)));
	page_text(pg, SHOW_TYPED, in_typed(rq, IN_NUMBER));
	if (rq_is_post(rq))
		page_input(pg, IN_NUMBER, NULL, SHOW_NUMBER_WRONG);
	state(rq, pg, &t);
	power(rq, pg, &t);
	if (!callers(rq, pg, &t) || !costs(rq, pg, &t) || !noticed(rq, pg, &t))
		return resp_refuse(rq, R_BUSY);
	return page_send_as(pg, status);
}

enum http
one_show(struct req *rq)
{
	return one_render(rq, HTTP_OK);
}

static struct trunk_id
the_id(struct req *rq)
{
	return (struct trunk_id){ rq_id(rq) };
}

enum http
check_post(struct req *rq)
{
	return answered(rq, trunk_ask(rq_db(rq), org_of(rq), the_id(rq), user_of(rq), rq_now(rq), rq_arena(rq)), place_of(rq, the_id(rq)));
}

enum http
forget_post(struct req *rq)
{
	return answered(rq, trunk_forget_old(rq_db(rq), org_of(rq), the_id(rq), user_of(rq), rq_now(rq), rq_arena(rq)), place_of(rq, the_id(rq)));
}

enum http
power_post(struct req *rq)
{
	if (in_blank(rq, IN_ALLOW) || in_refusal(rq, IN_ALLOW) != R_NONE)
		return resp_refuse(rq, R_BAD_REQUEST);
	return answered(rq, trunk_allow_power(rq_db(rq), org_of(rq), the_id(rq), user_of(rq), rq_now(rq),
	    strcmp(in_text(rq, IN_ALLOW), "yes") == 0, rq_arena(rq)), place_of(rq, the_id(rq)));
}

enum http
remove_post(struct req *rq)
{
	return answered(rq, trunk_remove(rq_db(rq), org_of(rq), the_id(rq), user_of(rq), rq_now(rq), rq_arena(rq)), "/connections");
}

enum http
caller_post(struct req *rq)
{
	enum refusal why = R_NONE;
	enum saved s = trunk_add_caller(rq_db(rq), org_of(rq), the_id(rq), user_of(rq), rq_now(rq), in_typed(rq, IN_NUMBER), &why, rq_arena(rq));

	if (s != REFUSED || why == R_NONE)
		return answered(rq, s, place_of(rq, the_id(rq)));
	in_refuse(rq, IN_NUMBER, why);
	return one_render(rq, HTTP_UNPROCESSABLE);
}

enum http
caller_remove_post(struct req *rq)
{
	return answered(rq, trunk_remove_caller(rq_db(rq), org_of(rq), the_id(rq), user_of(rq), rq_now(rq), in_text(rq, IN_CALLER), rq_arena(rq)),
	    place_of(rq, the_id(rq)));
}

/* The addresses of forms, opened by hand. */
enum http
one_back(struct req *rq)
{
	return resp_redirect(rq, place_of(rq, the_id(rq)));
}
