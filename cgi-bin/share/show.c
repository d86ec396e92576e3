/*
 * show.c - the sharing page: people with roles, and the link.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/date.h"
#include "plumb/moment.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/text.h"

#include "domain/link.h"
#include "domain/practice.h"
#include "domain/share.h"
#include "domain/user.h"

#include "share.h"
#include "tpl/share.names.h"

/* "lea@example.org · last call 4 minutes ago · 31 today" */
static const char *
about(struct req *rq, const struct member *m)
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	struct buf b;
	const char *parts[5];
	size_t n = 0;

	if (m->disabled)
		parts[n++] = tr(lang, N_("cannot sign in any more"));
	if (m->email != NULL)
		parts[n++] = m->email;
	else if (m->contact[0] != '\0')
		parts[n++] = m->contact;
	if (m->with_somebody)
		parts[n++] = tr(lang, N_("on a call now"));
	else if (m->role != MEMBER_OBSERVER && m->last_call_at != 0)
		parts[n++] = arena_fmt(a, tr(lang, "last call %s"), ago_words(a, lang, m->last_call_at, rq_now(rq)));
	else if (m->role == MEMBER_AGENT)
		parts[n++] = arena_fmt(a, tr(lang, "joined %s, no call yet"), ago_words(a, lang, m->joined_at, rq_now(rq)));
	if (m->calls_today > 0)
		parts[n++] = arena_fmt(a, trn(lang, "%u call today", "%u calls today", m->calls_today), m->calls_today);
	buf_init_in(&b, a, 2000);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i == 0 ? "" : " · ", parts[i]);
	return b.len == 0 ? "" : b.data;
}

/* What may be done with one member. The last owner can neither leave nor be lowered (fact 97): nothing is offered. */
static void
show_menu(struct req *rq, struct tpl *row, const struct member *m)
{
	static const struct { enum member_role role; const char *section; } offers[] = {
		{ MEMBER_OWNER, SHARE_RAISE }, { MEMBER_AGENT, SHARE_LOWER }, { MEMBER_OBSERVER, SHARE_OBSERVE },
	};
	struct tpl *menu = tpl_row(row, SHARE_MENU), *t;
	const char *user = arena_fmt(rq_arena(rq), "%llu", (unsigned long long)m->user.v);

	tpl_text(menu, SHARE_LABEL, arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Change: %s"), m->name));
	for (size_t i = 0; i < NITEMS(offers); i++) {
		if (m->role == offers[i].role)
			continue;
		t = tpl_row(menu, offers[i].section);
		tpl_text(t, SHARE_CSRF, rq_csrf(rq));
		tpl_text(t, SHARE_USER, user);
	}
	t = tpl_row(menu, SHARE_REMOVE);
	tpl_text(t, SHARE_CSRF, rq_csrf(rq));
	tpl_text(t, SHARE_USER, user);
}

static bool
show_members(struct req *rq, struct page *pg, const struct operation *op)
{
	struct member *list;
	size_t n, owners = 0;

	if (!share_members(rq_db(rq), op, rq_now(rq), &list, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++)
		owners += list[i].role == MEMBER_OWNER && !list[i].disabled;
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, SHARE_MEMBER);

		tpl_text(row, SHARE_INITIALS, text_initials(rq_arena(rq), list[i].name));
		tpl_text(row, SHARE_NAME, list[i].name);
		tpl_text(row, SHARE_ABOUT, about(rq, &list[i]));
		if (list[i].user.v == rq_who(rq)->user)
			tpl_show(row, SHARE_YOU);
		if (list[i].by_link)
			tpl_show(row, SHARE_BY_LINK);
		tpl_show(row, list[i].role == MEMBER_OWNER ? SHARE_OWNER : list[i].role == MEMBER_AGENT ? SHARE_AGENT : SHARE_OBSERVER);
		if (list[i].role != MEMBER_OWNER || owners > 1 || list[i].disabled)
			show_menu(rq, row, &list[i]);
	}
	if (n == 1)
		page_show(pg, SHARE_ALONE);
	return true;
}

static bool
show_found(struct req *rq, struct page *pg, const struct operation *op)
{
	const char *words = in_text(rq, IN_Q), *role = in_text(rq, IN_ROLE);
	struct user *list;
	size_t n;

	page_input(pg, IN_Q, SHARE_Q, SHARE_Q_WRONG);
	if (*words == '\0')
		return true;
	if (!user_search(rq_db(rq), op->organisation, words, op->id, &list, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, SHARE_FOUND);

		tpl_text(row, SHARE_INITIALS, text_initials(rq_arena(rq), list[i].name));
		tpl_text(row, SHARE_NAME, list[i].name);
		tpl_text(row, SHARE_ABOUT, list[i].email != NULL ? list[i].email : list[i].contact);
		tpl_text(row, SHARE_CSRF, rq_csrf(rq));
		tpl_text(row, SHARE_USER, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[i].id.v));
		tpl_show(row, strcmp(role, "owner") == 0 ? SHARE_AS_OWNER : strcmp(role, "observer") == 0 ? SHARE_AS_OBSERVER : SHARE_AS_AGENT);
	}
	if (n == 0)
		tpl_text(page_row(pg, SHARE_NOBODY), SHARE_WORDS, words);
	return true;
}

/* "Used by 11 people of 30 · until 2 December 2026" */
static const char *
uses_words(struct req *rq, const struct operation *op, const struct link *l)
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	const char *used = l->uses == 0 ? tr(lang, N_("Nobody has used it yet.")) :
	    arena_fmt(a, trn(lang, "Used by %u person.", "Used by %u people.", l->uses), l->uses);
	struct tm last;

	if (l->max_uses == 1)
		used = tr(lang, l->uses == 0 ? N_("Works once, for one person.") : N_("Was used: it worked once, for one person."));
	else if (l->max_uses != 0)
		used = arena_fmt(a, trn(lang, "%s At most %u.", "%s At most %u.", l->max_uses), used, l->max_uses);
	if (l->expires_at == 0)
		return used;
	last = clock_local(op->zone, l->expires_at - 1);
	return arena_fmt(a, tr(lang, l->expires_at > rq_now(rq) ? N_("%s Works until %s.") : N_("%s Worked until %s: nobody can join by it now.")),
	    used, date_words(a, lang, last.tm_year + 1900, last.tm_mon + 1, last.tm_mday));
}

/* Until when, how often, what it asks for: what was typed when it was refused, else what holds. */
static void
show_options(struct req *rq, struct tpl *link, const struct operation *op, const struct link *l)
{
	bool typed = strcmp(in_text(rq, IN_DO), "options") == 0;
	struct tpl *t = tpl_row(link, SHARE_OPTIONS);

	tpl_text(t, SHARE_CSRF, rq_csrf(rq));
	tpl_text(t, SHARE_UNTIL, typed ? in_typed(rq, IN_UNTIL) : l->expires_at == 0 ? "" : moment_day(rq_arena(rq), op->zone, l->expires_at - 1));
	if (typed && in_refusal(rq, IN_UNTIL) != R_NONE)
		tpl_text(tpl_row(t, SHARE_UNTIL_WRONG), "WRONG", refusal_text(in_refusal(rq, IN_UNTIL), rq_lang(rq)));
	if (typed)
		tpl_show(t, SHARE_TYPED);
	if (l->role == MEMBER_OWNER)	/* once, and only for who has an account */
		return;
	t = tpl_row(t, SHARE_FOR_MANY);
	tpl_text(t, SHARE_MOST, typed ? in_typed(rq, IN_USES) : l->max_uses == 0 ? "" : arena_fmt(rq_arena(rq), "%u", l->max_uses));
	if (typed && in_refusal(rq, IN_USES) != R_NONE)
		tpl_text(tpl_row(t, SHARE_MOST_WRONG), "WRONG", refusal_text(in_refusal(rq, IN_USES), rq_lang(rq)));
	if (typed ? in_bool(rq, IN_ASKS) : l->asks_contact)
		tpl_show(t, SHARE_ASKING);
}

/* A link that makes owners is asked for twice. */
static bool
asks_again(struct req *rq, struct tpl *link, const struct link *l)
{
	if (!rq_is_post(rq) || l->role == MEMBER_OWNER || strcmp(in_text(rq, IN_DO), "link_role") != 0 ||
	    strcmp(in_text(rq, IN_ROLE), "owner") != 0)
		return false;
	tpl_text(tpl_row(link, SHARE_SURE), SHARE_CSRF, rq_csrf(rq));
	return true;
}

static void
show_role(struct req *rq, struct tpl *link, const struct link *l)
{
	struct tpl *t = tpl_row(link, SHARE_ROLE_FORM);

	tpl_text(t, SHARE_CSRF, rq_csrf(rq));
	tpl_show(t, l->role == MEMBER_OWNER ? SHARE_FOR_OWNERS : SHARE_FOR_AGENTS);
}

static bool
show_link(struct req *rq, struct page *pg, const struct operation *op)
{
	struct link l;
	struct tpl *t;

	switch (link_of(rq_db(rq), op->id, &l, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	tpl_text(page_row(pg, SHARE_NO_LINK), SHARE_CSRF, rq_csrf(rq)); return true;
	default:	return false;
	}
	t = page_row(pg, SHARE_LINK);
	tpl_text(t, SHARE_CSRF, rq_csrf(rq));
	tpl_text(t, SHARE_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op->id.v));
	tpl_text(t, SHARE_URL, l.url);
	/* people read it without its beginning; what is copied has it */
	tpl_text(t, SHARE_SHOWN, strncmp(l.url, "https://", 8) == 0 ? l.url + 8 : l.url);
	tpl_text(t, SHARE_USES, uses_words(rq, op, &l));
	if (l.role == MEMBER_OWNER)
		tpl_show(t, SHARE_WARNING);
	if (op->share_qr)
		tpl_text(tpl_row(t, SHARE_QR), SHARE_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op->id.v));
	tpl_show(t, op->share_qr ? SHARE_QR_IS_ON : SHARE_QR_IS_OFF);
	show_options(rq, t, op, &l);
	if (!asks_again(rq, t, &l))
		show_role(rq, t, &l);
	return true;
}

/* A draft has nothing to practise yet. */
static bool
show_practice(struct req *rq, struct page *pg, const struct operation *op)
{
	const char *url;
	struct tpl *t;

	if (op->state == OP_DRAFT)
		return true;
	switch (practice_link_of(rq_db(rq), op->id, &url, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	tpl_text(page_row(pg, SHARE_PRACTICE_OFF), SHARE_CSRF, rq_csrf(rq)); return true;
	case FAILED:	return false;
	}
	t = page_row(pg, SHARE_PRACTICE_ON);
	tpl_text(t, SHARE_CSRF, rq_csrf(rq));
	tpl_text(t, SHARE_PRACTICE_URL, url);
	tpl_text(t, SHARE_PRACTICE_SHOWN, strncmp(url, "https://", 8) == 0 ? url + 8 : url);
	return true;
}

static void
say(struct req *rq, struct page *pg, enum refusal why)
{
	static const struct { const char *said, *text; } words[] = {
		{ "add",       N_("Added. They find the operation when they sign in.") },
		{ "role",      N_("The role is changed.") },
		{ "remove",    N_("Removed. Whoever they had on the line is back in the list.") },
		{ "make",      N_("The link is ready: copy it or print the sheet.") },
		{ "link_role", N_("There is a new link for that role. The one before no longer works.") },
		{ "renew",     N_("There is a new link. The one before no longer works; who joined by it stays.") },
		{ "stop",      N_("The link is stopped and its people are signed out. Whoever they had on the line is back in the list.") },
		{ "options",   N_("The limits of the link are saved.") },
		{ "qr_on",     N_("The QR code is shown.") },
		{ "qr_off",    N_("The QR code is no longer shown.") },
		{ "practice_on",  N_("The practice link is ready: copy it and give it to whoever wants to try.") },
		{ "practice_off", N_("The practice link no longer works. Who practises now can finish.") },
	};

	if (why != R_NONE)
		page_notice(pg, refusal_text(why, rq_lang(rq)), false);
	for (size_t i = 0; why == R_NONE && i < NITEMS(words); i++)
		if (strcmp(in_text(rq, IN_SAID), words[i].said) == 0)
			page_notice(pg, tr(rq_lang(rq), words[i].text), true);
}

enum http
share_page(struct req *rq, enum refusal why)
{
	struct page *pg;
	struct operation op;
	enum http status;

	if (!open_operation(rq, &op, &status))
		return status;
	pg = page_new(rq, "share/share.tpl", arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%s: sharing"), name_words(rq, &op)));
	page_menu(pg, "operations");
	page_script(pg, "share.js");
	page_show(pg, strcmp(in_text(rq, IN_ROLE), "owner") == 0 && !rq_is_post(rq) ? SHARE_FIND_OWNER :
	    strcmp(in_text(rq, IN_ROLE), "observer") == 0 && !rq_is_post(rq) ? SHARE_FIND_OBSERVER : SHARE_FIND_AGENT);
	page_text(pg, SHARE_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op.id.v));
	page_text(pg, SHARE_OPERATION, name_words(rq, &op));
	if (op.state == OP_DRAFT)
		tpl_text(page_row(pg, SHARE_DRAFT), SHARE_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op.id.v));
	else
		tpl_text(page_row(pg, SHARE_STARTED), SHARE_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op.id.v));
	if (!show_found(rq, pg, &op) || !show_members(rq, pg, &op) || !show_link(rq, pg, &op) ||
	    !show_practice(rq, pg, &op))
		return resp_refuse(rq, R_BUSY);
	say(rq, pg, why);
	return page_send_as(pg, why != R_NONE ? refusal_status(why) : rq_is_post(rq) ? HTTP_UNPROCESSABLE : HTTP_OK);
}

enum http
share_show(struct req *rq)
{
	return share_page(rq, R_NONE);
}
