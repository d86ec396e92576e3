/*
 * pause.c - the page without a person: a start, or why nobody is callable and until when, in the queue's own
 * words (fact 118). It asks again by itself, without a script: the Refresh header opens the GET address.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"
#include "plumb/moment.h"

#include "domain/dialing.h"
#include "domain/operation_report.h"

#include "tpl/pause.names.h"

#include "agent.h"

#define LOOK_AGAIN_S	"60"

static struct page *
pause_new(struct req *rq, const char *title, const struct say *say)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct today today = today_in(op->zone, rq_now(rq));
	unsigned calls, reached;
	struct page *pg;
	struct tpl *notice;

	if (agent_today(rq_db(rq), op->id, (struct user_id){ rq_who(rq)->user }, &today, &calls, &reached,
	    rq_arena(rq)) == FAILED)
		return NULL;
	pg = page_new(rq, "agent/pause.tpl", op->name);
	page_bare(pg);
	page_style(pg, "agent.css");
	page_script(pg, "agent.js");
	practice_show(rq, pg, "agent/pause.tpl");
	bar_show(rq, pg, calls, reached, false);
	undo_show(rq, pg, say);
	page_text(pg, PAUSE_SAVED, say->saved == NULL ? "" : say->saved);
	page_text(pg, PAUSE_TITLE, title);
	if (say->notice != NULL) {
		notice = page_row(pg, PAUSE_NOTICE);
		tpl_text(notice, PAUSE_TONE, say->good ? "notice-good" : "notice-warn");
		tpl_text(notice, PAUSE_TEXT, say->notice);
	}
	return pg;
}

static void
why(struct page *pg, const char *sentence)
{
	tpl_text(page_row(pg, PAUSE_WHY), PAUSE_SENTENCE, sentence);
}

static void
when(struct req *rq, struct page *pg, const char *what, int64_t at)
{
	struct tpl *t;

	if (at <= 0)
		return;
	t = page_row(pg, PAUSE_TIME);
	tpl_text(t, PAUSE_AT_WHAT, what);
	tpl_text(t, PAUSE_AT,
	    moment_words(rq_arena(rq), rq_lang(rq), agent_context(rq_who(rq))->op.zone, rq_now(rq), at));
}

static void
go(struct req *rq, struct page *pg, const char *weight, const char *button)
{
	struct tpl *form = page_row(pg, PAUSE_GO);

	tpl_text(form, PAUSE_OPERATION_ID, arena_fmt(rq_arena(rq), "%llu",
	    (unsigned long long)agent_context(rq_who(rq))->op.id.v));
	tpl_text(form, PAUSE_CSRF, rq_csrf(rq));
	tpl_text(form, PAUSE_WEIGHT, weight);
	tpl_text(form, PAUSE_BUTTON, button);
}

/* The way into a practice: at any hour, but not for an owner who looks ahead into a draft. */
static void
rehearse(struct req *rq, struct page *pg)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct tpl *form;

	if (in_practice(rq) || op->state == OP_DRAFT || op->state == OP_ARCHIVED)
		return;
	form = page_row(pg, PAUSE_REHEARSE);
	tpl_text(form, PAUSE_OPERATION_ID, digits(rq, op->id.v));
	tpl_text(form, PAUSE_CSRF, rq_csrf(rq));
}

/* Everybody of the practice has been met, or waits for a later moment: there are always others. */
static enum http
pause_practice(struct req *rq, const struct say *say)
{
	enum lang lang = rq_lang(rq);
	struct page *pg = pause_new(rq, tr(lang, "You have met everything there is"), say);

	if (pg == NULL)
		return resp_refuse(rq, R_BUSY);
	why(pg, tr(lang, "You are ready for the real calls. Or go on with other invented people."));
	go(rq, pg, "btn-quiet", tr(lang, "Practise with other people"));
	return page_send_as(pg, say->status == 0 ? HTTP_OK : say->status);
}

/* Nobody is held, and the list goes on without this agent. */
enum http
pause_break(struct req *rq, int64_t since, const struct say *say)
{
	enum lang lang = rq_lang(rq);
	struct page *pg = pause_new(rq, tr(lang, "You are on a break"), say);
	int64_t kept;

	if (pg == NULL)
		return resp_refuse(rq, R_BUSY);
	when(rq, pg, tr(lang, "Since"), since);
	why(pg, tr(lang, "Nobody waits for you: whoever was on your page is back on the list."));
	if (queue_kept_next(rq_db(rq), agent_context(rq_who(rq))->op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &kept,
	    rq_arena(rq)) == FOUND)
		why(pg, arena_fmt(rq_arena(rq), tr(lang, "Your next appointment: %s"),
		    moment_words(rq_arena(rq), lang, agent_context(rq_who(rq))->op.zone, rq_now(rq), kept)));
	go(rq, pg, "btn-primary", tr(lang, "Go on calling"));
	return page_send_as(pg, say->status == 0 ? HTTP_OK : say->status);
}

static void
look_again(struct req *rq, struct page *pg)
{
	resp_header(rq, "Refresh", arena_fmt(rq_arena(rq), LOOK_AGAIN_S ";url=/agent/%llu",
	    (unsigned long long)agent_context(rq_who(rq))->op.id.v));
	page_show(pg, PAUSE_LOOKS);
}

enum http
pause_nobody(struct req *rq, const struct nobody_now *n, const struct say *say)
{
	static const char *const title[] = {
		[NOBODY_OUTSIDE_HOURS] = N_("Calls are closed for now"),
		[NOBODY_NOT_STARTED]   = N_("Calls have not started yet"),
		[NOBODY_ENDED]         = N_("This operation has ended"),
		[NOBODY_PAUSED]        = N_("This operation is paused"),
		[NOBODY_LATER]         = N_("Nobody to call right now"),
		[NOBODY_ALL_HELD]      = N_("The last people are with other agents"),
		[NOBODY_LEFT]          = N_("Everybody has been called"),
	};
	enum lang lang = rq_lang(rq);
	struct arena *a = rq_arena(rq);
	struct page *pg;
	int64_t kept;

	if (in_practice(rq))
		return pause_practice(rq, say);
	if ((pg = pause_new(rq, tr(lang, title[n->why]), say)) == NULL)
		return resp_refuse(rq, R_BUSY);
	when(rq, pg, n->why == NOBODY_NOT_STARTED ? tr(lang, "First calls") : n->why == NOBODY_OUTSIDE_HOURS
	    ? tr(lang, "Calls open again") : tr(lang, "Next call"), n->until);
	switch (n->why) {
	case NOBODY_OUTSIDE_HOURS:
		why(pg, tr(lang, "Thank you, and see you then."));
		break;
	case NOBODY_NOT_STARTED:
		why(pg, tr(lang, "You are ready: come back to this page then."));
		break;
	case NOBODY_ENDED:
		why(pg, tr(lang, "No more calls will be made. Thank you for your help."));
		break;
	case NOBODY_PAUSED:
		why(pg, tr(lang, "Its owner has paused it. You can go on as soon as it is resumed."));
		break;
	case NOBODY_LATER:
		if (n->people > 0)
			why(pg, arena_fmt(a, trn(lang, "%s person waits for a later moment.",
			    "%s people wait for a later moment.", n->people), page_number(rq, n->people)));
		if (queue_kept_next(rq_db(rq), agent_context(rq_who(rq))->op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &kept,
		    a) == FOUND)
			why(pg, arena_fmt(a, tr(lang, "Your next appointment: %s"),
			    moment_words(a, lang, agent_context(rq_who(rq))->op.zone, rq_now(rq), kept)));
		why(pg, tr(lang, "A good moment for a glass of water."));
		break;
	case NOBODY_ALL_HELD:
		why(pg, tr(lang, "If one of them comes back to the list, you can take that call."));
		break;
	case NOBODY_LEFT:
		why(pg, tr(lang, "The list is finished. Thank you for your help!"));
		break;
	}
	if (n->why != NOBODY_ENDED) {
		go(rq, pg, "btn-quiet", tr(lang, "Look again now"));
		rehearse(rq, pg);
		if (n->why != NOBODY_LEFT)
			look_again(rq, pg);
	}
	return page_send_as(pg, say->status == 0 ? HTTP_OK : say->status);
}

/* How one calls here: with one's own phone, or by the software, and then by which line and who starts each call. */
static bool
tips(struct req *rq, struct page *pg)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct dialing d = { .mode = DIAL_PREVIEW };
	struct tpl *list;

	if (in_practice(rq)) {
		page_show(pg, PAUSE_PRETEND_TIPS);
		return true;
	}
	list = page_row(pg, PAUSE_TIPS);
	if (op->method != OP_SOFTWARE) {
		tpl_show(list, PAUSE_TIP_OWN_PHONE);
		return true;
	}
	if (dialing_of(rq_db(rq), op->id, &d, rq_arena(rq)) == FAILED)
		return false;
	tpl_show(list, d.browser ? PAUSE_TIP_BROWSER : PAUSE_TIP_LINE);
	tpl_show(list, d.mode == DIAL_PREVIEW ? PAUSE_TIP_PREVIEW : PAUSE_TIP_PROGRESSIVE);
	return true;
}

/* Looks without taking anybody: the numbers of the dashboard say whether a start would give somebody. */
enum http
pause_start(struct req *rq, const struct say *say)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct report_wish wish = { .organisation = op->organisation, .user = { rq_who(rq)->user }, .search = "",
		.now = rq_now(rq) };
	struct operation_numbers numbers;
	enum lang lang = rq_lang(rq);
	struct nobody_now n = { NOBODY_LATER, 0, 0 };
	struct page *pg;

	if (operation_report_of(rq_db(rq), &wish, op->id, &numbers, rq_arena(rq)) != FOUND)
		return resp_refuse(rq, R_BUSY);
	n.until = numbers.opens_at;
	n.people = numbers.later;
	switch (numbers.phase) {
	case PHASE_DRAFT:		/* an owner looking ahead */
	case PHASE_UPCOMING:		n.why = NOBODY_NOT_STARTED; return pause_nobody(rq, &n, say);
	case PHASE_OUTSIDE_HOURS:	n.why = NOBODY_OUTSIDE_HOURS; return pause_nobody(rq, &n, say);
	case PHASE_PAUSED:		n.why = NOBODY_PAUSED; return pause_nobody(rq, &n, say);
	case PHASE_ARCHIVED:
	case PHASE_ENDED:		n.why = NOBODY_ENDED; return pause_nobody(rq, &n, say);
	case PHASE_NOBODY_LEFT:		n.why = NOBODY_LEFT; return pause_nobody(rq, &n, say);
	case PHASE_RUNNING:
		if (numbers.callable > 0)
			break;
		n.until = numbers.next_at;
		n.why = numbers.next_at != 0 ? NOBODY_LATER : NOBODY_ALL_HELD;
		return pause_nobody(rq, &n, say);
	}
	if ((pg = pause_new(rq, tr(lang, "Ready to call?"), say)) == NULL || !tips(rq, pg))
		return resp_refuse(rq, R_BUSY);
	go(rq, pg, "btn-primary", tr(lang, "Start calling"));
	rehearse(rq, pg);
	return page_send_as(pg, say->status == 0 ? HTTP_OK : say->status);
}
