/*
 * welcome.c - the page that an invitation or a link for a new password opens.
 */
#include "plumb/arena.h"
#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/invite.h"

#include "account.h"
#include "tpl/welcome.names.h"

static enum http
over_page(struct req *rq)
{
	struct page *pg = page_new(rq, "account/welcome.tpl", tr(rq_lang(rq), N_("This link no longer works")));

	page_bare(pg);
	page_shape(pg, "page-narrow");
	page_show(pg, WELCOME_OVER);
	return page_send_as(pg, HTTP_NOT_FOUND);
}

static enum http
welcome_page(struct req *rq, const struct invitee *who, enum http status)
{
	static const struct { unsigned f; const char *wrong; } parts[] = {
		{ IN_PASSWORD, WELCOME_PASSWORD_WRONG }, { IN_AGAIN, WELCOME_AGAIN_WRONG },
	};
	const char *title = arena_fmt(rq_arena(rq), tr(rq_lang(rq), who->first ? N_("Welcome, %s") : N_("A new password for %s")), who->name);
	struct page *pg = page_new(rq, "account/welcome.tpl", title);
	struct tpl *t = page_row(pg, WELCOME_OPEN);

	page_bare(pg);
	page_shape(pg, "page-narrow");
	tpl_text(t, WELCOME_TITLE, title);
	tpl_text(t, WELCOME_EMAIL, who->email);
	tpl_text(t, WELCOME_WORD, rq_word(rq));
	tpl_text(t, WELCOME_CSRF, rq_csrf(rq));
	tpl_show(t, who->first ? WELCOME_FIRST : WELCOME_AGAIN);
	for (size_t i = 0; rq_is_post(rq) && i < NITEMS(parts); i++)
		if (in_refusal(rq, parts[i].f) != R_NONE)
			tpl_text(tpl_row(t, parts[i].wrong), "WRONG", refusal_text(in_refusal(rq, parts[i].f), rq_lang(rq)));
	return page_send_as(pg, status);
}

static enum http
open_invitation(struct req *rq, struct invitee *who)
{
	switch (invite_by_token(rq_db(rq), rq_word(rq), rq_now(rq), who, rq_arena(rq))) {
	case FOUND:	return 0;
	case NONE:	return over_page(rq);
	default:	return resp_refuse(rq, R_BUSY);
	}
}

enum http
welcome_show(struct req *rq)
{
	struct invitee who;
	enum http no = open_invitation(rq, &who);

	return no != 0 ? no : welcome_page(rq, &who, HTTP_OK);
}

enum http
welcome_save(struct req *rq)
{
	struct invitee who;
	struct signed_in in;
	enum refusal why;
	enum http no = open_invitation(rq, &who);

	if (no != 0)
		return no;
	if (in_refusal(rq, IN_PASSWORD) == R_NONE && in_refusal(rq, IN_AGAIN) == R_NONE &&
	    strcmp(in_text(rq, IN_PASSWORD), in_text(rq, IN_AGAIN)) != 0)
		in_refuse(rq, IN_AGAIN, R_PASSWORDS_DIFFER);
	if (!IN_FIT(rq, IN_PASSWORD, IN_AGAIN))
		return welcome_page(rq, &who, HTTP_UNPROCESSABLE);
	switch (invite_accept(rq_db(rq), rq_word(rq), in_text(rq, IN_PASSWORD), rq_address(rq), rq_now(rq), &in, &why, rq_arena(rq))) {
	case SAVED:
		remember_language(rq, in.lang);
		if (in.token == NULL)
			return resp_redirect(rq, "/sign-in?said=reset");
		let_in(rq, in.token);
		return resp_redirect(rq, "/");
	case REFUSED:
		if (why == R_LINK_ENDED)	/* somebody was faster */
			return over_page(rq);
		in_refuse(rq, IN_PASSWORD, why);
		return welcome_page(rq, &who, HTTP_UNPROCESSABLE);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
