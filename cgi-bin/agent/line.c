/*
 * line.c - calling from the software, on the agent's page: the state of the agent's line and of the call, and the buttons
 * that write a wish down for the dialer. Everything works by forms; line.js asks for this card each second and puts it in
 * its place.
 */
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/lang.h"

#include "domain/line.h"
#include "domain/power.h"
#include "domain/practice.h"

#include "tpl/line.names.h"
#include "tpl/line-page.names.h"

#include "agent.h"

/* --- words ------------------------------------------------------------------------------------------ */

/* Why a line or a call could not be had: a key of refusal.h, or a word of the provider's troubles. */
const char *
line_why(const char *word, enum lang lang)
{
	static const struct { const char *word, *text; } own[] = {
		{ "no_key",   N_("Nobody pressed 1 on your phone, so it was hung up.") },
		{ "no_browser", N_("Your line was not opened in its window in time. Try again.") },
		{ "canceled", N_("You stopped this call before it began.") },
		{ "gone",     N_("This person is not yours to call any more.") },
		{ REFUSED_MEANWHILE, N_("Somebody else has just called this person: take the next one.") },
		{ "busy",     N_("Your phone was busy.") },
	};

	for (size_t i = 0; i < NITEMS(own); i++)
		if (strcmp(own[i].word, word) == 0)
			return tr(lang, own[i].text);
	for (unsigned r = R_NONE + 1; r < R__MAX; r++)
		if (strcmp(refusal_key((enum refusal)r), word) == 0)
			return refusal_text((enum refusal)r, lang);
	if (trouble_of(word) != TROUBLE__MAX)
		return tr(lang, trouble_text(trouble_of(word)));
	return tr(lang, "Your phone could not be reached. Check its number and try again.");
}

static const char *
phase_words(const struct line_now *n, enum lang lang)
{
	switch (n->phase) {
	case PHASE_NO_CALL:	break;
	case PHASE_WAITING:	return tr(lang, "The call leaves in a moment…");
	case PHASE_DIALING:	return tr(lang, "Dialling…");
	case PHASE_RINGING:	return tr(lang, "It rings.");
	case PHASE_TALKING:	return n->voicemail ? tr(lang, "Voicemail, most likely.") : tr(lang, "Somebody has answered.");
	case PHASE_OVER:
		if (n->call.refusal[0] != '\0')
			return line_why(n->call.refusal, lang);
		if (n->call.ending.outcome == OUTCOME_ERROR || n->call.ending.outcome == OUTCOME_NOT_PLACED)
			return tr(lang, "The telephone network failed; this call does not count. You can try again.");
		if (n->call.ending.outcome == OUTCOME_ACCOUNT)
			return refusal_text(R_DIALING_PAUSED, lang);
		return tr(lang, "The call is over.");
	}
	return "";
}

/* --- the card ----------------------------------------------------------------------------------------- */

struct card {
	struct line_now now;
	struct dialing d;
	bool can, mine, open, live;	/* mine: the line is this operation's; live: a call goes on */
	bool waits;			/* in power mode, for whoever answers */
	const struct held *held;
};

static bool
card_read(struct req *rq, const struct held *held, struct card *c)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;

	*c = (struct card){ .held = held };
	switch (dialing_of(rq_db(rq), op->id, &c->d, rq_arena(rq))) {
	case FAILED:	return false;
	case FOUND:	c->can = !c->d.removed; break;
	case NONE:	break;
	}
	if (!line_now(rq_db(rq), (struct user_id){ rq_who(rq)->user }, held, &c->now, rq_arena(rq)))
		return false;
	c->mine = c->now.op.v == op->id.v && c->now.state != LINE_ENDED && c->now.state != LINE_NONE;
	c->open = c->mine && c->now.state == LINE_OPEN;
	c->live = c->now.phase >= PHASE_WAITING && c->now.phase <= PHASE_TALKING;
	if (held == NULL && c->open && c->d.mode == DIAL_POWER) {
		enum found f = wait_now(rq);
		if (f == FAILED)
			return false;
		c->waits = f == FOUND;
	}
	return true;
}

/* The same text for the same card. */
static const char *
card_mark(struct req *rq, const struct card *c)
{
	return arena_fmt(rq_arena(rq), "\"%d.%llu.%d.%d.%d.%llu.%d.%d.%d.%d.%d.%s\"", (int)c->now.state, (unsigned long long)c->now.id.v, c->now.browser, c->d.browser, (int)c->now.phase,
	    (unsigned long long)c->now.call.id.v, (int)c->now.detected, c->now.voicemail, (int)c->d.paused, (int)rq_lang(rq), c->waits,
	    c->held == NULL ? "" : c->held->form_key);
}

static void
say(struct tpl *t, const char *words)
{
	tpl_text(tpl_row(t, LINE_SAY), LINE_WORDS, words);
}

static void
call_fill(struct req *rq, struct tpl *t, const struct card *c, bool may)
{
	enum lang lang = rq_lang(rq);
	const struct line_now *n = &c->now;

	if (n->phase != PHASE_NO_CALL)
		say(t, phase_words(n, lang));
	if (c->live) {
		tpl_show(t, LINE_HANG_UP);
		return;
	}
	if (n->phase == PHASE_OVER && n->detected != ST_NONE) {
		struct tpl *d = tpl_row(t, LINE_DETECTED);
		tpl_text(d, LINE_STATUS, status_label(n->detected, lang));
		return;
	}
	if (n->phase == PHASE_OVER && n->call.ending.uses_call) {
		tpl_show(t, LINE_SAY_HOW);
		return;
	}
	if (!may)
		return;
	if (n->phase == PHASE_NO_CALL && c->d.mode != DIAL_PREVIEW)
		say(t, tr(lang, "The call starts by itself."));
	else
		tpl_show(t, n->phase == PHASE_NO_CALL ? LINE_CALL : LINE_CALL_AGAIN);
}

static void
card_fill(struct req *rq, struct tpl *t, const struct card *c, bool may, const char *typed, enum refusal wrong)
{
	enum lang lang = rq_lang(rq);
	const struct line_now *n = &c->now;

	tpl_text(t, LINE_OPERATION_ID, digits(rq, agent_context(rq_who(rq))->op.id.v));
	tpl_text(t, LINE_HELD, c->held == NULL ? "" : c->held->form_key);
	tpl_text(t, LINE_MARK, card_mark(rq, c));
	if (c->waits)
		tpl_show(t, LINE_WAITS);
	if (wrong != R_NONE && wrong != R_MISSING)
		tpl_text(tpl_row(t, LINE_WRONG), LINE_SENTENCE, refusal_text(wrong, lang));
	if (!c->can) {
		say(t, refusal_text(R_NO_PROVIDER, lang));
		return;
	}
	if (c->d.paused != TROUBLE_NONE) {
		struct tpl *p = tpl_row(t, LINE_PAUSED);
		tpl_text(p, LINE_WHY, tr(lang, trouble_text(c->d.paused)));
	}
	if (!c->mine) {
		struct tpl *s = tpl_row(t, c->d.browser ? LINE_OPEN_HERE : LINE_START);
		if (wrong != R_NONE)
			tpl_show(s, LINE_NUMBER_OPEN);
		tpl_text(s, LINE_OPERATION_ID, digits(rq, agent_context(rq_who(rq))->op.id.v));
		if (in_practice(rq))
			tpl_show(s, LINE_PRETEND);
		else
			tpl_text(tpl_row(s, LINE_OWN_PHONE), LINE_NUMBER, typed != NULL ? typed : n->e164[0] == '\0' ? "" : shown_number(rq, n->e164));
		if (n->state == LINE_ENDED && n->refusal[0] != '\0')
			say(t, line_why(n->refusal, lang));
		if (n->state != LINE_ENDED && n->state != LINE_NONE)
			say(t, tr(lang, "Your line is connected to another operation. Hang it up first, then connect it here."));
	} else if (!c->open && n->browser) {
		tpl_show(t, LINE_OPENING);
	} else if (!c->open) {
		if (in_practice(rq))
			say(t, tr(lang, "Your phone would ring now. The simulation answers it and presses 1 for you."));
		else
			tpl_text(tpl_row(t, LINE_RINGS), LINE_NUMBER, shown_number(rq, n->e164));
	} else
		call_fill(rq, t, c, may);
	if (n->state != LINE_ENDED && n->state != LINE_NONE && !c->live)
		tpl_show(t, n->browser ? LINE_CLOSE : LINE_END);
}

void
line_by_phone(struct req *rq, struct tpl *open)
{
	if (agent_context(rq_who(rq))->op.method != OP_SOFTWARE && !in_practice(rq))
		tpl_show(open, "PHONE");
}

bool
line_card(struct req *rq, struct tpl *into, const struct held *held)
{
	struct card c;

	if (!card_read(rq, held, &c))
		return false;
	card_fill(rq, part_show(rq, into, "LINE", "line"), &c, held != NULL && may_dial(rq, held, NULL),
	    in_given(rq, IN_LINE_NUMBER) ? in_typed(rq, IN_LINE_NUMBER) : NULL, in_refusal(rq, IN_LINE_NUMBER));
	return true;
}

void
line_show(struct req *rq, struct tpl *who, const struct held *held)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;

	if (op->method != OP_SOFTWARE)
		return;
	if (line_card(rq, who, held))	/* else the rest of the page is there; the card comes a second later */
		tpl_show(who, "SOFTWARE");
}

/* The card alone, for line.js; 304 while nothing has changed. */
enum http
line_get(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	const struct held *held = cx->holding ? &cx->held : NULL;
	const char *have = rq_header(rq, "HTTP_IF_NONE_MATCH"), *mark;
	struct page *pg;
	struct card c;

	if (cx->op.method != OP_SOFTWARE)
		return resp_refuse(rq, R_NOT_FOUND);
	if (!card_read(rq, held, &c))
		return resp_refuse(rq, R_BUSY);
	mark = card_mark(rq, &c);
	resp_header(rq, "ETag", mark);
	if (have != NULL && strcmp(have, mark) == 0)
		return resp_text(rq, HTTP_NOT_MODIFIED, NULL, NULL);
	pg = page_new(rq, "agent/line-page.tpl", cx->op.name);
	page_bare(pg);
	page_style(pg, "agent.css");
	page_text(pg, LINE_PAGE_OPERATION_ID, digits(rq, cx->op.id.v));
	page_text(pg, LINE_PAGE_CSRF, rq_csrf(rq));
	card_fill(rq, part_show(rq, page_tpl(pg), "LINE", "line"), &c, held != NULL && may_dial(rq, held, NULL), NULL, R_NONE);
	return page_send(pg);
}

/* --- wishes ---------------------------------------------------------------------------------------------- */

static enum saved
wish(struct req *rq, const char *word, const struct held *held, enum refusal *why)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	struct user_id user = { rq_who(rq)->user };

	if (strcmp(word, "start") == 0)
		return line_start(rq_db(rq), &cx->op, user, rq_lang(rq), in_practice(rq) ? PRACTICE_PHONE : in_typed(rq, IN_LINE_NUMBER), rq_now(rq),
		    why, rq_arena(rq));
	if (strcmp(word, "end") == 0 && in_given(rq, IN_LINE))	/* by the window of that line */
		return line_end_one(rq_db(rq), user, (struct line_id){ in_uint(rq, IN_LINE) }, rq_now(rq));
	if (strcmp(word, "end") == 0)
		return line_end(rq_db(rq), user, rq_now(rq), rq_arena(rq));
	if (strcmp(word, "hang-up") == 0)
		return line_hang_up(rq_db(rq), user, rq_now(rq), rq_arena(rq));
	if (held == NULL || !may_dial(rq, held, NULL)) {
		*why = held == NULL ? R_CALL_OVER : R_OUTSIDE_HOURS;
		return REFUSED;
	}
	return line_call(rq_db(rq), &cx->op, user, held, rq_now(rq), why, rq_arena(rq));
}

enum http
line_post(struct req *rq)
{
	static const char *const words[] = { "start", "end", "hang-up", "call" };
	const struct agent_context *cx = agent_context(rq_who(rq));
	/* the form names whom it was about: a click on an old page rings nobody else */
	bool same = cx->holding && strcmp(in_text(rq, IN_FORM_KEY), cx->held.form_key) == 0;
	enum refusal why = R_NONE;
	bool known = false;
	struct say back = { .typed = true };

	for (size_t i = 0; i < NITEMS(words); i++)
		known = known || strcmp(words[i], rq_word(rq)) == 0;
	if (!known || cx->op.method != OP_SOFTWARE)
		return resp_refuse(rq, R_NOT_FOUND);
	switch (wish(rq, rq_word(rq), same ? &cx->held : NULL, &why)) {
	case SAVED:
	case ALREADY:	break;
	case REFUSED:
		in_refuse(rq, IN_LINE_NUMBER, why);
		back.status = refusal_status(why);
		break;
	case UNSURE:
	case NOT_SAVED:
		back.status = HTTP_UNAVAILABLE;
		back.notice = refusal_text(R_BUSY, rq_lang(rq));
	}
	if (!cx->holding)
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/agent/%llu", (unsigned long long)cx->op.id.v));
	return call_page(rq, &cx->held, &back);
}

/* --- what other pages ask --------------------------------------------------------------------------------- */

enum status
line_detected(struct req *rq, const struct held *held)
{
	struct line_now n;

	if (agent_context(rq_who(rq))->op.method != OP_SOFTWARE ||
	    !line_now(rq_db(rq), (struct user_id){ rq_who(rq)->user }, held, &n, rq_arena(rq)))
		return ST_NONE;
	return n.detected;
}

void
line_over(struct req *rq, const char *form_key, bool disposed)
{
	if (agent_context(rq_who(rq))->op.method == OP_SOFTWARE)
		(void)line_settled(rq_db(rq), form_key, disposed, rq_now(rq), rq_arena(rq));
}
