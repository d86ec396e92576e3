/*
 * list.c - the Call Canvassing Dashboard: one row tells state, progress, who is callable and when more will be.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "tpl/list.names.h"

#include "dashboard.h"

/* Agents see only "Make calls" (fact 5), observers the numbers, owners all of it (fact 3). Nothing is offered that would be refused. */
static void
menu_show(struct req *rq, struct tpl *row, const struct operation_numbers *n)
{
	bool sees = n->phase != PHASE_DRAFT && may_see(rq_who(rq), n->role);
	struct tpl *menu, *owner;

	if (n->role != MEMBER_OWNER && !may_call(n) && !sees)
		return;
	menu = tpl_row(row, LIST_MENU);
	tpl_text(menu, LIST_MENU_LABEL, arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Menu of %s"),
	    n->op.name[0] == '\0' ? tr(rq_lang(rq), "a draft without a name") : n->op.name));
	if (may_call(n))
		tpl_show(menu, LIST_CALL);
	if (n->role != MEMBER_OWNER) {
		if (sees)
			tpl_show(menu, LIST_SEE);
		return;
	}
	owner = tpl_row(menu, LIST_OWNER);
	if (may_call(n))		/* fact 5: agents have it on their first screen, not here */
		tpl_show(owner, LIST_PRACTISE);
	if (n->phase != PHASE_ARCHIVED) {
		tpl_text(tpl_row(owner, LIST_EDIT), LIST_PAGE, wizard_page(&n->op));
		tpl_show(owner, LIST_SHARE);
	}
	if (n->phase == PHASE_DRAFT)
		return;
	tpl_show(owner, LIST_STATISTICS);
	tpl_show(owner, LIST_SHEETS);
	if (rq_who(rq)->role >= ROLE_ORGANISER)
		tpl_show(owner, LIST_EXPORT);
	if (n->phase != PHASE_ARCHIVED)
		tpl_show(owner, LIST_MANAGE);
	if (n->op.state == OP_PAUSED)
		tpl_show(owner, LIST_RESUME);
	else if (may_pause(n))
		tpl_show(owner, LIST_PAUSE);
	if (rq_who(rq)->role >= ROLE_ORGANISER)
		tpl_show(owner, LIST_DUPLICATE);
	tpl_show(owner, n->phase == PHASE_ARCHIVED ? LIST_RESTORE : LIST_ARCHIVE);
}

static bool
progress_show(struct req *rq, struct tpl *row, const struct operation_numbers *n)
{
	struct parts parts = parts_of(rq, &n->totals);
	const char *words;
	struct tpl *t;

	if (n->phase == PHASE_DRAFT) {
		tpl_text(tpl_row(row, LIST_DRAFT), LIST_PAGE, wizard_page(&n->op));
		return true;
	}
	t = tpl_row(row, LIST_BAR);
	tpl_text(t, LIST_DONE, parts.done);
	tpl_text(t, LIST_LATER, parts.later);
	tpl_text(t, LIST_REMOVED, parts.removed);
	tpl_text(t, LIST_WORDS, progress_words(rq, n));
	if (n->role == MEMBER_AGENT)
		return true;
	if (!forecast_words(rq, n, &words))
		return false;
	if (words != NULL)
		tpl_text(tpl_row(t, LIST_FORECAST), LIST_WORDS, words);
	return true;
}

static bool
row_show(struct req *rq, struct tpl *list, const struct operation_numbers *n)
{
	bool live = n->phase == PHASE_RUNNING || n->phase == PHASE_OUTSIDE_HOURS || n->phase == PHASE_PAUSED ||
	    n->phase == PHASE_NOBODY_LEFT;
	struct tpl *row = tpl_row(list, LIST_ROW), *name, *t;
	const char *words;

	tpl_text(row, LIST_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n->op.id.v));
	name = tpl_row(row, n->phase != PHASE_DRAFT && may_see(rq_who(rq), n->role) ? LIST_NAME_LINK : LIST_NAME_ONLY);
	tpl_text(name, LIST_NAME, n->op.name[0] == '\0' ? tr(rq_lang(rq), "Draft without a name") : n->op.name);
	/* On a phone, where each cell is a line, those that say nothing are left out. */
	tpl_text(row, LIST_ROW_CLASS, live ? "" : n->attempts > 0 ? "dash-still" : "dash-still dash-unreached");
	tpl_text(row, LIST_ABOUT, about_words(rq, n));
	if (*n->owner != '\0' && n->role != MEMBER_AGENT)
		tpl_text(tpl_row(row, LIST_TEAM), LIST_WORDS, n->agents == 0 ? n->owner : arena_fmt(rq_arena(rq), trn(rq_lang(rq), "%s · %s caller", "%s · %s callers", n->agents),
		    n->owner, page_number(rq, n->agents)));
	tpl_text(row, LIST_STATE_CODE, phase_code(n->phase));
	tpl_text(row, LIST_STATE, phase_label(n->phase, rq_lang(rq)));
	if ((words = opens_words(rq, n)) != NULL)
		tpl_text(tpl_row(row, LIST_OPENS), LIST_WORDS, words);
	if (!progress_show(rq, row, n))
		return false;
	tpl_text(row, LIST_CALLABLE, callable_words(rq, n));
	if ((words = more_words(rq, n)) != NULL)
		tpl_text(tpl_row(row, LIST_MORE), LIST_WORDS, words);
	t = tpl_row(row, n->on_line > 0 ? LIST_BUSY : LIST_IDLE);
	tpl_text(t, LIST_AGENTS, live ? page_number(rq, n->on_line) : "–");
	tpl_text(row, LIST_REACHED, reached_words(rq, n));
	menu_show(rq, row, n);
	return true;
}

/* --- which rows, in which order --- */

static uint64_t
share(uint64_t part, uint64_t whole)
{
	return whole == 0 ? 0 : part * 10000 / whole;
}

/* The larger, the further up; 0 for all when the rows stay as they come, by state. */
static uint64_t
weight(const struct operation_numbers *n, const char *sort)
{
	return strcmp(sort, "progress") == 0 ? share(n->totals.done, n->totals.people) : strcmp(sort, "callable") == 0 ? n->callable
	    : strcmp(sort, "calling") == 0 ? n->on_line : strcmp(sort, "reached") == 0 ? share(n->reached, n->attempts) : 0;
}

static bool
comes_after(const struct operation_numbers *a, const struct operation_numbers *b, const char *sort)
{
	return strcmp(sort, "name") == 0 ? strcasecmp(a->op.name, b->op.name) > 0 : weight(a, sort) < weight(b, sort);
}

/* Keeps those of the state that is asked for; equal ones stay as they came. */
static size_t
arrange(struct operation_numbers *list, size_t n, const char *state, const char *sort)
{
	size_t kept = 0, at;

	for (size_t i = 0; i < n; i++) {
		struct operation_numbers one = list[i];
		if (*state != '\0' && strcmp(phase_code(one.phase), state) != 0)
			continue;
		for (at = kept++; at > 0 && comes_after(&list[at - 1], &one, sort); at--)
			list[at] = list[at - 1];
		list[at] = one;
	}
	return kept;
}

/* After the wizard's end: the first thing to do is no search of the row's menu. */
static void
made_show(struct req *rq, struct page *pg, const struct operation_numbers *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].op.id.v == in_uint(rq, IN_MADE) && list[i].role == MEMBER_OWNER && list[i].phase != PHASE_DRAFT) {
			struct tpl *t = page_row(pg, LIST_MADE);
			tpl_text(t, LIST_NAME, list[i].op.name);
			tpl_text(t, LIST_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[i].op.id.v));
		}
}

static void
choices_show(struct req *rq, struct page *pg)
{
	static const struct { const char *code, *label; } sorts[] = {
		{ "name", N_("Name") }, { "progress", N_("Progress") }, { "callable", N_("Callable now") }, { "calling", N_("On the line") },
		{ "reached", N_("Reached") },
	};
	struct tpl *form = page_row(pg, LIST_FILTERS), *row;

	for (unsigned p = PHASE_DRAFT; p < PHASE_ARCHIVED; p++) {
		row = tpl_row(form, LIST_STATE_CHOICE);
		tpl_text(row, LIST_CODE, phase_code((enum op_phase)p));
		tpl_text(row, LIST_LABEL, phase_label((enum op_phase)p, rq_lang(rq)));
		if (strcmp(in_text(rq, IN_STATE), phase_code((enum op_phase)p)) == 0)
			tpl_show(row, LIST_CHOSEN);
	}
	for (size_t i = 0; i < NITEMS(sorts); i++) {
		row = tpl_row(form, LIST_SORT_CHOICE);
		tpl_text(row, LIST_CODE, sorts[i].code);
		tpl_text(row, LIST_LABEL, tr(rq_lang(rq), sorts[i].label));
		if (strcmp(in_text(rq, IN_SORT), sorts[i].code) == 0)
			tpl_show(row, LIST_CHOSEN);
	}
	if (in_bool(rq, IN_ARCHIVED))
		tpl_show(form, LIST_WITH_ARCHIVED);
}

enum http
list_show(struct req *rq)
{
	const struct who *who = rq_who(rq);
	struct report_wish wish = { .organisation = { who->organisation }, .user = { who->user },
		.all = who->role == ROLE_ADMINISTRATOR || who->role == ROLE_OBSERVER, .observed = true, .drafts = true, .archived = in_bool(rq, IN_ARCHIVED),
		.search = in_text(rq, IN_Q), .now = rq_now(rq) };
	bool organiser = who->role >= ROLE_ORGANISER, asked = wish.search[0] != '\0' || !in_blank(rq, IN_STATE);
	struct operation_numbers *list;
	struct page *pg;
	struct tpl *t;
	size_t n, kept;

	if (!operation_report(rq_db(rq), &wish, &list, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	kept = arrange(list, n, in_text(rq, IN_STATE), in_text(rq, IN_SORT));
	pg = page_new(rq, "dashboard/list.tpl", tr(rq_lang(rq), "Call Canvassing Dashboard"));
	page_menu(pg, "operations");
	page_style(pg, "dashboard.css");
	page_script(pg, "dashboard.js");
	page_text(pg, LIST_CSRF, rq_csrf(rq));		/* for every form: sections see what the page holds */
	if (n > 0 || asked)
		tpl_text(page_row(pg, LIST_SEARCH), LIST_Q, in_typed(rq, IN_Q));
	if (organiser)
		page_show(pg, LIST_CREATE);
	if (n > 1 || asked)
		choices_show(rq, pg);
	made_show(rq, pg, list, kept);
	if (kept > 0) {
		t = page_row(pg, LIST_LIST);
		for (size_t i = 0; i < kept; i++)
			if (!row_show(rq, t, &list[i]))
				return resp_refuse(rq, R_BUSY);
	} else if (asked)
		page_show(pg, LIST_FOUND_NOTHING);
	else if (organiser)
		page_show(pg, LIST_NEW);
	else
		page_show(pg, LIST_NONE_YET);
	if (organiser && (n > 0 || asked))
		page_show(pg, wish.archived ? LIST_CURRENT_LINK : LIST_ARCHIVED_LINK);
	return page_send_live(pg);
}
