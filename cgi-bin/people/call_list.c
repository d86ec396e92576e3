/*
 * call_list.c - an operation's call list for its owners: who is in which state and why; one person of it with every
 * call, who can be taken off, put back, or given the status that was meant.
 */
#include "plumb/arena.h"
#include "plumb/moment.h"
#include "plumb/phone.h"

#include "domain/power.h"
#include "domain/queue.h"
#include "domain/queue_list.h"

#include "people.h"
#include "tpl/call-list.names.h"
#include "tpl/call-person.names.h"

/* Of many people, and of one: in French they are not written alike. */
static const struct { const char *code, *label, *one; enum queue_state state; } states[] = {
	{ "ready", N_("Never called yet"), N_("Not called yet"), QS_READY }, { "held", N_("With a caller now"), N_("With a caller now"), QS_HELD },
	{ "waiting", N_("Come back later"), N_("Comes back later"), QS_WAITING }, { "done", N_("Done"), N_("Finished"), QS_DONE },
	{ "removed", N_("Removed"), N_("Taken off the list"), QS_REMOVED },
};

static const char *
state_words(const struct req *rq, enum queue_state s)
{
	for (size_t i = 0; i < NITEMS(states); i++)
		if (states[i].state == s)
			return tr(rq_lang(rq), states[i].one);
	return "";
}

static const char *
name_of(struct req *rq, const struct queue_line *l)
{
	return arena_fmt(rq_arena(rq), "%s %s", l->first_name, l->last_name);
}

static const char *
display(struct req *rq, const char *e164)
{
	char text[32];

	phone_display(e164, text, sizeof(text));
	return arena_strdup(rq_arena(rq), text);
}

/* The route says that an owner asks; a draft without a source has no list yet. */
static enum found
this_operation(struct req *rq, struct operation *op)
{
	enum found f = operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, op, rq_arena(rq));

	return f == FOUND && (op->organisation.v != rq_who(rq)->organisation || op->source == OP_NO_SOURCE) ? NONE : f;
}

static void
head(struct req *rq, struct page *pg, const struct operation *op)
{
	page_menu(pg, "operations");
	page_style(pg, "people.css");
	page_text(pg, CALL_LIST_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op->id.v));
	page_text(pg, CALL_LIST_OPERATION, *op->name == '\0' ? tr(rq_lang(rq), N_("Operation without a name yet")) : op->name);
}

static void
fill_states(struct req *rq, struct page *pg, const struct queue_totals *t, const char *chosen)
{
	const uint64_t n[] = { t->ready, t->held, t->waiting, t->done, t->removed };

	for (size_t i = 0; i < NITEMS(states); i++) {
		struct tpl *row = page_row(pg, CALL_LIST_STATE_ROW);
		tpl_text(row, CALL_LIST_CODE, states[i].code);
		tpl_text(row, CALL_LIST_STATE, tr(rq_lang(rq), states[i].label));
		tpl_text(row, CALL_LIST_COUNT, page_number(rq, n[i]));
		if (strcmp(chosen, states[i].code) == 0)
			tpl_show(row, CALL_LIST_CHOSEN);
	}
}

static void
fill_lines(struct req *rq, struct page *pg, const struct operation *op, const struct queue_line *line, size_t n)
{
	struct tpl *table = page_row(pg, CALL_LIST_TABLE);

	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(table, CALL_LIST_PERSON);
		tpl_text(row, CALL_LIST_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op->id.v));
		tpl_text(row, CALL_LIST_ENTRY, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)line[i].entry.v));
		tpl_text(row, CALL_LIST_NAME, name_of(rq, &line[i]));
		tpl_text(row, CALL_LIST_NUMBER, display(rq, line[i].e164));
		tpl_text(row, CALL_LIST_STATE, state_words(rq, line[i].state));
		tpl_text(row, CALL_LIST_REASON, status_label(line[i].reason, rq_lang(rq)));
		tpl_text(row, CALL_LIST_CALLS, page_number(rq, line[i].attempts));
		if (line[i].state == QS_WAITING)
			tpl_text(tpl_row(row, CALL_LIST_DUE), CALL_LIST_WHEN, moment_words(rq_arena(rq), rq_lang(rq), op->zone, rq_now(rq), line[i].due_at));
	}
}

/* One number of the operation's page: who is in their state for one reason, or one group of its clock. */
static bool
narrow(struct req *rq, const struct operation *op, struct queue_list_wish *w)
{
	struct clock_stretch *stretch;
	enum clock_group group = clock_group_of(in_text(rq, IN_WHEN));

	w->reason = status_of_code(in_text(rq, IN_WHY));
	if (group == CLOCK__MAX)
		return true;
	w->stretch = stretch = arena_alloc(rq_arena(rq), CLOCK_ZONES * CLOCK_BANDS * sizeof(*stretch));
	return queue_clock_stretches(rq_db(rq), op, group, (unsigned)in_uint(rq, IN_ZONE), rq_now(rq), stretch, CLOCK_ZONES * CLOCK_BANDS,
	    &w->nstretch, rq_arena(rq));
}

/* What the list is narrowed to, in words, and a way back to all of it. */
static void
narrowed_show(struct req *rq, struct page *pg)
{
	static const char *const words[CLOCK__MAX] = {
		[CLOCK_NOW] = N_("who can be called now"), [CLOCK_CLOSED] = N_("where calls are closed at this hour"),
		[CLOCK_SOON] = N_("who comes back later today"), [CLOCK_NEXT] = N_("who comes back on the next day of calls"),
		[CLOCK_LATER] = N_("who comes back after that"), [CLOCK_APPOINTMENT] = N_("who waits for an appointment"),
		[CLOCK_NEVER] = N_("who would come back after the end"),
	};
	enum clock_group group = clock_group_of(in_text(rq, IN_WHEN));
	enum status reason = status_of_code(in_text(rq, IN_WHY));
	struct tpl *t;

	if (group == CLOCK__MAX && reason == ST_NONE)
		return;
	t = page_row(pg, CALL_LIST_NARROWED);
	tpl_text(t, CALL_LIST_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)rq_id(rq)));
	tpl_text(t, CALL_LIST_WORDS, group != CLOCK__MAX ? tr(rq_lang(rq), words[group]) : status_label(reason, rq_lang(rq)));
	tpl_text(t, CALL_LIST_WHY_CODE, in_text(rq, IN_WHY));
	tpl_text(t, CALL_LIST_WHEN_CODE, in_text(rq, IN_WHEN));
	tpl_text(t, CALL_LIST_ZONE, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)in_uint(rq, IN_ZONE)));
}

enum http
call_list_show(struct req *rq)
{
	struct arena *a = rq_arena(rq);
	struct queue_list_wish w = { .op = { rq_id(rq) }, .state = -1, .search = in_text(rq, IN_SEARCH), .after = { in_uint(rq, IN_AFTER) } };
	struct queue_line *line = arena_alloc(a, QUEUE_LIST_PAGE * sizeof(*line));
	struct queue_totals totals;
	struct operation op;
	struct page *pg;
	bool more;
	size_t n;

	switch (this_operation(rq, &op)) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	for (size_t i = 0; i < NITEMS(states); i++)
		if (strcmp(in_text(rq, IN_STATE), states[i].code) == 0)
			w.state = (int)states[i].state;
	if (!narrow(rq, &op, &w) || !queue_list_page(rq_db(rq), &w, line, &n, &more, a) || queue_totals(rq_db(rq), op.id, &totals, a) != FOUND)
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "people/call-list.tpl", tr(rq_lang(rq), N_("Call list")));
	head(rq, pg, &op);
	page_text(pg, CALL_LIST_SEARCH, w.search);
	page_text(pg, CALL_LIST_KIND, op.source == OP_ELECTORS ? "electors" : "contacts");
	page_uint(pg, CALL_LIST_PEOPLE, totals.people);
	fill_states(rq, pg, &totals, in_text(rq, IN_STATE));
	narrowed_show(rq, pg);
	if (op.state != OP_ARCHIVED)
		tpl_text(page_row(pg, CALL_LIST_MORE_PEOPLE), CALL_LIST_KIND, op.source == OP_ELECTORS ? "electors" : "contacts");
	if (n > 0)
		fill_lines(rq, pg, &op, line, n);
	else
		page_show(pg, totals.people == 0 ? CALL_LIST_EMPTY : CALL_LIST_NONE_FOUND);
	if (more)
		tpl_text(page_row(pg, CALL_LIST_NEXT), CALL_LIST_HREF, arena_fmt(a, "/people/list/%llu?state=%s&why=%s&when=%s&zone=%llu&q=%s&after=%llu",
		    (unsigned long long)op.id.v, in_text(rq, IN_STATE), in_text(rq, IN_WHY), in_text(rq, IN_WHEN),
		    (unsigned long long)in_uint(rq, IN_ZONE), url_word(a, w.search), (unsigned long long)line[n - 1].person.v));
	return page_send(pg);
}

/* --- one person of it --- */

static void
fill_events(struct req *rq, struct page *pg, const struct queue_event *e, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, CALL_PERSON_EVENT);
		tpl_text(row, CALL_PERSON_NUMBER, arena_fmt(rq_arena(rq), "%u", e[i].number));
		tpl_text(row, CALL_PERSON_WHEN, moment_words(rq_arena(rq), rq_lang(rq), e[i].zone, rq_now(rq), e[i].saved_at));
		tpl_text(row, CALL_PERSON_STATUS, status_label(e[i].status, rq_lang(rq)));
		tpl_text(row, CALL_PERSON_WHO, power_saver(e[i].who, rq_lang(rq)));
		tpl_text(row, CALL_PERSON_NOTE, e[i].note);
		if (e[i].corrects != 0)
			tpl_text(tpl_row(row, CALL_PERSON_CORRECTS), CALL_PERSON_NUMBER, arena_fmt(rq_arena(rq), "%u", e[i].corrects));
	}
	if (n == 0)
		page_show(pg, CALL_PERSON_NO_CALLS);
}

/* Which of the three can be done with somebody in this state. */
static void
fill_actions(struct req *rq, struct page *pg, const struct operation *op, const struct queue_line *l, unsigned deciding,
    enum status decided)
{
	enum status list[ST__MAX];
	struct tpl *t;
	size_t n;

	if (op->state == OP_ARCHIVED)
		return;
	if (l->state != QS_REMOVED)
		tpl_text(page_row(pg, CALL_PERSON_REMOVE), CALL_PERSON_CSRF, rq_csrf(rq));
	if (l->state == QS_REMOVED && l->reason != ST_REMOVE)
		tpl_text(page_row(pg, CALL_PERSON_REOPEN), CALL_PERSON_CSRF, rq_csrf(rq));
	if (l->state == QS_HELD || deciding == 0 || decided == ST_DNC)
		return;
	t = page_row(pg, CALL_PERSON_CORRECT);
	tpl_text(t, CALL_PERSON_CSRF, rq_csrf(rq));
	tpl_text(t, CALL_PERSON_ATTEMPT, arena_fmt(rq_arena(rq), "%u", deciding));
	tpl_text(t, CALL_PERSON_WAS, status_label(decided, rq_lang(rq)));
	n = status_sorted(S_AGENT, rq_lang(rq), list);
	for (size_t i = 0; i < n; i++)
		if (queue_may_correct_to(list[i]) && list[i] != decided) {
			struct tpl *row = tpl_row(t, CALL_PERSON_RIGHT);
			tpl_text(row, CALL_PERSON_CODE, status_code(list[i]));
			tpl_text(row, CALL_PERSON_STATUS, status_label(list[i], rq_lang(rq)));
		}
}

static enum http
render(struct req *rq, enum http status, enum refusal why)
{
	struct entry_id entry = { in_uint(rq, IN_ENTRY) };
	enum status decided = ST_NONE;
	struct queue_event *event;
	struct queue_line l;
	struct operation op;
	struct page *pg;
	unsigned deciding;
	enum found f = this_operation(rq, &op);
	size_t n;

	if (f == FOUND)
		f = queue_list_one(rq_db(rq), op.id, entry, &l, rq_arena(rq));
	if (f != FOUND)
		return resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	if (!queue_events(rq_db(rq), entry, &event, &n, &deciding, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	for (size_t i = 0; i < n; i++)
		if (event[i].number == deciding)
			decided = event[i].status;
	pg = page_new(rq, "people/call-person.tpl", name_of(rq, &l));
	head(rq, pg, &op);
	if (why != R_NONE)
		page_notice(pg, refusal_text(why, rq_lang(rq)), false);
	page_text(pg, CALL_PERSON_ENTRY, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)l.entry.v));
	page_text(pg, CALL_PERSON_PERSON, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)l.person.v));
	page_text(pg, CALL_PERSON_NAME, name_of(rq, &l));
	page_text(pg, CALL_PERSON_PHONE, display(rq, l.e164));
	page_text(pg, CALL_PERSON_STATE, state_words(rq, l.state));
	if (l.reason != ST_NONE)
		tpl_text(page_row(pg, CALL_PERSON_REASON), CALL_PERSON_STATUS, status_label(l.reason, rq_lang(rq)));
	if (l.state == QS_WAITING)
		tpl_text(page_row(pg, CALL_PERSON_DUE), CALL_PERSON_WHEN, moment_words(rq_arena(rq), rq_lang(rq), op.zone, rq_now(rq), l.due_at));
	fill_actions(rq, pg, &op, &l, deciding, decided);
	fill_events(rq, pg, event, n);
	return page_send_as(pg, status);
}

enum http
call_person_show(struct req *rq)
{
	return render(rq, HTTP_OK, R_NONE);
}

enum http
call_person_save(struct req *rq)
{
	struct user_id by = { rq_who(rq)->user };
	struct entry_id entry = { in_uint(rq, IN_ENTRY) };
	const char *act = in_text(rq, IN_ACT);
	enum refusal why = R_NONE;
	struct operation op;
	enum saved s;

	if (entry.v == 0 || *act == '\0' || in_refusal(rq, IN_REASON) != R_NONE)
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (this_operation(rq, &op)) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	if (op.state == OP_ARCHIVED)
		return resp_refuse(rq, R_WRONG_STATE);
	if (strcmp(act, "remove") == 0)
		s = queue_remove(rq_db(rq), op.organisation, op.id, by, entry, rq_now(rq));
	else if (strcmp(act, "reopen") == 0)
		s = queue_reopen(rq_db(rq), &op, by, entry, rq_now(rq), &why, rq_arena(rq));
	else if (in_blank(rq, IN_RIGHT))
		return render(rq, HTTP_UNPROCESSABLE, R_STATUS_UNKNOWN);
	else
		s = queue_correct(rq_db(rq), &op, by, entry, (unsigned)in_uint(rq, IN_ATTEMPT),
		    status_of_code(in_text(rq, IN_RIGHT)), in_text(rq, IN_REASON), rq_now(rq), &why, rq_arena(rq));
	if (s == REFUSED)
		return render(rq, refusal_status(why), why);
	if (s == NOT_SAVED || s == UNSURE)
		return resp_refuse(rq, R_BUSY);
	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/people/list/%llu/person?entry=%llu", (unsigned long long)op.id.v,
	    (unsigned long long)entry.v));
}
