/*
 * operation.c - one operation's numbers. Totals come from the tallies and add up to the list and to the calls;
 * `tocsin audit` recounts them.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"
#include "plumb/moment.h"

#include "tpl/operation.names.h"

#include "dashboard.h"

/* What callers chose, and apart from it what was detected on the line: the busiest first. */
static void
group_show(struct req *rq, struct page *pg, enum status_by by, const char *title, const uint64_t attempts[ST__MAX], uint64_t most)
{
	enum status order[ST__MAX];
	struct tpl *group, *row;
	size_t n = 0;

	for (unsigned s = 0; s < ST__MAX; s++) {
		size_t at = n;
		if (attempts[s] == 0 || (status_by((enum status)s) == S_AUTO) != (by == S_AUTO))
			continue;
		for (n++; at > 0 && attempts[order[at - 1]] < attempts[s]; at--)
			order[at] = order[at - 1];
		order[at] = (enum status)s;
	}
	if (n == 0)
		return;
	group = page_row(pg, OPERATION_STATUS_GROUP);
	tpl_text(group, OPERATION_TITLE, title);
	for (size_t i = 0; i < n; i++) {
		row = tpl_row(group, OPERATION_STATUS_ROW);
		tpl_text(row, OPERATION_LABEL, status_label(order[i], rq_lang(rq)));
		tpl_text(row, OPERATION_COUNT, page_number(rq, attempts[order[i]]));
		tpl_text(row, OPERATION_BAR, status_reached(order[i]) ? "bar-done" : "bar-later");
		tpl_text(row, OPERATION_WIDTH, arena_fmt(rq_arena(rq), "%llu",
		    (unsigned long long)(attempts[order[i]] * 100 / most)));
	}
}

static bool
statuses_show(struct req *rq, struct page *pg, struct operation_id id)
{
	uint64_t attempts[ST__MAX], all = 0, most = 1;

	if (!queue_status_totals(rq_db(rq), id, attempts, rq_arena(rq)))
		return false;
	for (unsigned s = 0; s < ST__MAX; s++) {
		all += attempts[s];
		most = attempts[s] > most ? attempts[s] : most;
	}
	group_show(rq, pg, S_AGENT, tr(rq_lang(rq), "Chosen by callers"), attempts, most);
	group_show(rq, pg, S_AUTO, tr(rq_lang(rq), "Detected on the line"), attempts, most);
	if (all == 0)
		page_show(pg, OPERATION_NO_CALLS);
	page_uint(pg, OPERATION_CALLS, all);
	return true;
}

static const char *
next_words(struct req *rq, const struct operation_numbers *n)
{
	enum lang lang = rq_lang(rq);
	const char *zone = n->op.zone;

	if (n->phase == PHASE_RUNNING && n->next_at != 0 && n->later > 0)
		return arena_fmt(rq_arena(rq), trn(lang, "%s person comes back later, the first: %s.",
		    "%s people come back later, the first: %s.", n->later), page_number(rq, n->later),
		    moment_words(rq_arena(rq), lang, zone, rq_now(rq), whole_minute(n->next_at)));
	if (n->opens_at != 0)
		return arena_fmt(rq_arena(rq), tr(lang, "Calls open: %s."),
		    moment_words(rq_arena(rq), lang, zone, rq_now(rq), n->opens_at));
	return NULL;
}

/* What its owner can do about it. */
static void
actions_show(struct page *pg, const struct operation_numbers *n)
{
	struct tpl *owner;

	if (may_call(n))
		page_show(pg, OPERATION_CALL);
	if (n->role != MEMBER_OWNER)
		return;
	owner = page_row(pg, OPERATION_OWNER);
	if (n->op.state == OP_PAUSED)
		tpl_show(owner, OPERATION_RESUME);
	else if (may_pause(n))
		tpl_show(owner, OPERATION_PAUSE);
	page_show(pg, n->phase == PHASE_ARCHIVED ? OPERATION_RESTORE : OPERATION_ARCHIVE);
}

/* Which version agents read from; its owner may move it on. */
static bool
survey_show(struct req *rq, struct page *pg, const struct operation_numbers *n)
{
	struct survey_in_use used;
	struct tpl *row;

	switch (survey_of_operation(rq_db(rq), n->op.organisation, n->op.id, &used, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return true;
	case FAILED:	return false;
	}
	row = page_row(pg, OPERATION_SURVEY);
	tpl_text(row, OPERATION_SURVEY_NAME, used.name);
	tpl_text(row, OPERATION_NUMBER, arena_fmt(rq_arena(rq), "%u", used.number));
	if (rq_who(rq)->role == ROLE_ORGANISER || rq_who(rq)->role == ROLE_ADMINISTRATOR)
		tpl_text(tpl_row(row, OPERATION_HISTORY), OPERATION_SURVEY_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)used.id.v));
	if (used.newest == used.number)
		tpl_show(row, OPERATION_IS_NEWEST);
	else if (n->role == MEMBER_OWNER && n->phase != PHASE_ARCHIVED)
		tpl_text(tpl_row(row, OPERATION_MOVE_ON), OPERATION_NEWEST, arena_fmt(rq_arena(rq), "%u", used.newest));
	return true;
}

/* What a form of this page has just done. */
static void
said_show(struct req *rq, struct page *pg)
{
	static const struct { const char *said, *text; } words[] = {
		{ "back",     N_("The person is back on the list.") },
		{ "soon",     N_("Their call has ended: what was detected on the line is saved within seconds, unless the caller says more.") },
		{ "over",     N_("That turn was over already: nothing has changed.") },
		{ "wall",     N_("The page for the wall is ready: open its address on the screen of the room.") },
		{ "wall_end", N_("The page for the wall is no longer shown.") },
	};

	for (size_t i = 0; i < NITEMS(words); i++)
		if (strcmp(in_text(rq, IN_SAID), words[i].said) == 0)
			page_notice(pg, tr(rq_lang(rq), words[i].text), true);
}

enum http
operation_show(struct req *rq)
{
	const struct who *who = rq_who(rq);
	struct report_wish wish = { .organisation = { who->organisation }, .user = { who->user }, .search = "",
		.now = rq_now(rq) };
	struct operation_numbers n;
	struct queue_clock clock;
	struct parts parts;
	const char *words;
	struct page *pg;

	if (!may_see(who, who->member))
		return resp_refuse(rq, R_NOT_ALLOWED);
	switch (operation_report_of(rq_db(rq), &wish, (struct operation_id){ rq_id(rq) }, &n, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	if (n.op.state == OP_DRAFT && n.role != MEMBER_OWNER)
		return resp_refuse(rq, R_NOT_ALLOWED);
	if (n.op.state == OP_DRAFT)
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/wizard/%llu/%s", (unsigned long long)n.op.id.v,
		    wizard_page(&n.op)));
	pg = page_new(rq, "dashboard/operation.tpl", n.op.name);
	page_menu(pg, "operations");
	page_style(pg, "dashboard.css");
	page_script(pg, "dashboard.js");
	page_script(pg, "floor.js");
	said_show(rq, pg);
	if (!queue_clock(rq_db(rq), &n.op, rq_now(rq), &clock, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	n.totals = clock.totals;	/* of one instant with the groups, so that they add up */
	callable_by_clock(&n, &clock);
	parts = parts_of(rq, &n.totals);
	page_text(pg, OPERATION_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n.op.id.v));
	page_text(pg, OPERATION_CSRF, rq_csrf(rq));
	page_text(pg, OPERATION_PAGE, wizard_page(&n.op));
	page_text(pg, OPERATION_NAME, n.op.name);
	page_text(pg, OPERATION_STATE_CODE, phase_code(n.phase));
	page_text(pg, OPERATION_STATE, phase_label(n.phase, rq_lang(rq)));
	page_text(pg, OPERATION_ABOUT, about_words(rq, &n));
	page_text(pg, OPERATION_DONE, parts.done);
	page_text(pg, OPERATION_LATER, parts.later);
	page_text(pg, OPERATION_REMOVED, parts.removed);
	page_text(pg, OPERATION_CALLABLE, callable_words(rq, &n));
	page_uint(pg, OPERATION_ON_LINE, n.on_line);
	page_uint(pg, OPERATION_ATTEMPTS, n.attempts);
	page_text(pg, OPERATION_REACHED, reached_words(rq, &n));
	if ((words = next_words(rq, &n)) != NULL)
		tpl_text(page_row(pg, OPERATION_NEXT), OPERATION_WORDS, words);
	actions_show(pg, &n);
	clock_show(rq, pg, &n, &clock);
	if (!alarms_show(rq, pg, &n, &clock) || !forecast_show(rq, pg, &n) || !people_show(rq, pg, &n, &n.totals) || !survey_show(rq, pg, &n) ||
	    !statuses_show(rq, pg, n.op.id) || !floor_show(rq, pg, &n) || !wall_card(rq, pg, &n))
		return resp_refuse(rq, R_BUSY);
	return page_send_live(pg);
}
