/*
 * show.c - the sharing page: people with roles, and the link.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/date.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/text.h"

#include "domain/link.h"
#include "domain/share.h"
#include "domain/user.h"

#include "share.h"
#include "tpl/share.names.h"

/* First letters of the first and the last word: "Marie-Ève Gagnon" is MG. */
static const char *
initials(struct arena *a, const char *name)
{
	const char *word[8] = { NULL };
	size_t n = text_split(a, name, ' ', word, NITEMS(word));
	const char *first = n > 0 ? text_cut(a, word[0], 1) : "";

	return n > 1 ? arena_fmt(a, "%s%s", first, text_cut(a, word[n - 1], 1)) : first;
}

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
	else if (m->last_call_at != 0)
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
	struct tpl *menu = tpl_row(row, SHARE_MENU), *t;
	const char *user = arena_fmt(rq_arena(rq), "%llu", (unsigned long long)m->user.v);

	tpl_text(menu, SHARE_LABEL, arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Change: %s"), m->name));
	t = tpl_row(menu, m->role == MEMBER_OWNER ? SHARE_LOWER : SHARE_RAISE);
	tpl_text(t, SHARE_CSRF, rq_csrf(rq));
	tpl_text(t, SHARE_USER, user);
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

		tpl_text(row, SHARE_INITIALS, initials(rq_arena(rq), list[i].name));
		tpl_text(row, SHARE_NAME, list[i].name);
		tpl_text(row, SHARE_ABOUT, about(rq, &list[i]));
		if (list[i].user.v == rq_who(rq)->user)
			tpl_show(row, SHARE_YOU);
		if (list[i].by_link)
			tpl_show(row, SHARE_BY_LINK);
		tpl_show(row, list[i].role == MEMBER_OWNER ? SHARE_OWNER : SHARE_AGENT);
		if (list[i].role == MEMBER_AGENT || owners > 1 || list[i].disabled)
			show_menu(rq, row, &list[i]);
	}
	if (n == 1)
		page_show(pg, SHARE_ALONE);
	return true;
}

static bool
show_found(struct req *rq, struct page *pg, const struct operation *op)
{
	const char *words = in_text(rq, IN_Q);
	struct user *list;
	size_t n;

	page_input(pg, IN_Q, SHARE_Q, SHARE_Q_WRONG);
	if (*words == '\0')
		return true;
	if (!user_search(rq_db(rq), op->organisation, words, op->id, &list, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, SHARE_FOUND);

		tpl_text(row, SHARE_INITIALS, initials(rq_arena(rq), list[i].name));
		tpl_text(row, SHARE_NAME, list[i].name);
		tpl_text(row, SHARE_ABOUT, list[i].email != NULL ? list[i].email : list[i].contact);
		tpl_text(row, SHARE_CSRF, rq_csrf(rq));
		tpl_text(row, SHARE_USER, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[i].id.v));
	}
	if (n == 0)
		tpl_text(page_row(pg, SHARE_NOBODY), SHARE_WORDS, words);
	return true;
}

static const char *
uses_words(struct req *rq, const struct link *l)
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);

	if (l->max_uses == 1)
		return tr(lang, l->uses == 0 ? N_("Works once, for one person.") : N_("Was used: it worked once, for one person."));
	if (l->uses == 0)
		return tr(lang, N_("Nobody has used it yet."));
	return arena_fmt(a, trn(lang, "Used by %u person.", "Used by %u people.", l->uses), l->uses);
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
	tpl_text(t, SHARE_USES, uses_words(rq, &l));
	tpl_show(t, l.role == MEMBER_OWNER ? SHARE_FOR_OWNERS : SHARE_FOR_AGENTS);
	if (l.role == MEMBER_OWNER)
		tpl_show(t, SHARE_WARNING);
	if (op->share_qr)
		tpl_text(tpl_row(t, SHARE_QR), SHARE_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op->id.v));
	tpl_show(t, op->share_qr ? SHARE_QR_IS_ON : SHARE_QR_IS_OFF);
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
		{ "qr_on",     N_("The QR code is shown.") },
		{ "qr_off",    N_("The QR code is no longer shown.") },
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
	page_text(pg, SHARE_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op.id.v));
	page_text(pg, SHARE_OPERATION, name_words(rq, &op));
	if (op.state == OP_DRAFT)
		tpl_text(page_row(pg, SHARE_DRAFT), SHARE_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op.id.v));
	else
		tpl_text(page_row(pg, SHARE_STARTED), SHARE_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op.id.v));
	if (!show_found(rq, pg, &op) || !show_members(rq, pg, &op) || !show_link(rq, pg, &op))
		return resp_refuse(rq, R_BUSY);
	say(rq, pg, why);
	return page_send_as(pg, why == R_NONE ? HTTP_OK : refusal_status(why));
}

enum http
share_show(struct req *rq)
{
	return share_page(rq, R_NONE);
}
