/*
 * join.c - the page that a link opens, and joining by it.
 */
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/seal.h"

#include "domain/link.h"
#include "domain/practice.h"

#include "share.h"
#include "tpl/join.names.h"
#include "tpl/over.names.h"

enum { DAY_S = 24 * 3600 };

/* A kind page for a link that gives nothing (any more). */
static enum http
over_page(struct req *rq, enum invite_state state)
{
	struct page *pg = page_new(rq, "share/over.tpl", tr(rq_lang(rq), N_("This link no longer works")));

	page_bare(pg);
	page_shape(pg, "page-narrow");
	page_show(pg, state == INVITE_OVER ? OVER_ENDED : state == INVITE_USED_UP ? OVER_USED : OVER_STOPPED);
	if (rq_who(rq)->user != 0)
		page_show(pg, OVER_MINE);
	return page_send_as(pg, HTTP_NOT_FOUND);
}

/* Who is signed in joins as themselves; a visitor of a practice is nobody yet, and gives a name (the same, if they like). */
static bool
signed_in(struct req *rq)
{
	return rq_who(rq)->user != 0 && practice_visitor(rq_db(rq), rq_who(rq), rq_arena(rq)) != FOUND;
}

static enum http
join_page(struct req *rq, const struct invitation *in, enum refusal why)
{
	const struct who *who = rq_who(rq);
	struct page *pg = page_new(rq, "share/join.tpl", name_words(rq, &in->op));
	struct tpl *t;

	page_bare(pg);
	page_shape(pg, "page-narrow");
	page_text(pg, JOIN_OPERATION, name_words(rq, &in->op));
	page_text(pg, JOIN_ORGANISATION, in->organisation);
	if (in->op.dated)
		tpl_text(page_row(pg, JOIN_WHEN), JOIN_HOURS, hours_words(rq, &in->op));
	if (in->role == MEMBER_OWNER)
		page_show(pg, JOIN_AS_OWNER);
	else
		tpl_show(page_row(pg, JOIN_AS_AGENT), in->op.method == OP_SOFTWARE ? JOIN_SOFTWARE : JOIN_OWN_PHONE);
	if (signed_in(rq)) {
		t = page_row(pg, JOIN_SIGNED_IN);
		tpl_text(t, JOIN_ME, who->name);
		tpl_text(t, JOIN_WORD, rq_word(rq));
		tpl_text(t, JOIN_CSRF, rq_csrf(rq));
	} else if (in->role == MEMBER_OWNER) {
		tpl_text(page_row(pg, JOIN_MUST_SIGN_IN), JOIN_WORD, rq_word(rq));
	} else {
		t = page_row(pg, JOIN_BY_NAME);
		tpl_text(t, JOIN_WORD, rq_word(rq));
		tpl_text(t, JOIN_CSRF, rq_csrf(rq));
		tpl_text(t, JOIN_KEY, in_refusal(rq, IN_KEY) == R_NONE && in_given(rq, IN_KEY) ? in_text(rq, IN_KEY) :
		    seal_token(rq_arena(rq), 16));
		tpl_text(t, JOIN_NAME, rq_is_post(rq) ? in_typed(rq, IN_NAME) : who->name);
		tpl_text(t, JOIN_CONTACT, in_typed(rq, IN_CONTACT));
		tpl_show(t, in->asks_contact ? JOIN_CONTACT_NEEDED : JOIN_CONTACT_OPTIONAL);
		if (rq_is_post(rq) && in_refusal(rq, IN_NAME) != R_NONE)
			tpl_text(tpl_row(t, JOIN_NAME_WRONG), "WRONG", refusal_text(in_refusal(rq, IN_NAME), rq_lang(rq)));
		if (in_refusal(rq, IN_CONTACT) != R_NONE)
			tpl_text(tpl_row(t, JOIN_CONTACT_WRONG), "WRONG", refusal_text(in_refusal(rq, IN_CONTACT), rq_lang(rq)));
	}
	if (why != R_NONE)
		page_notice(pg, refusal_text(why, rq_lang(rq)), false);
	return page_send_as(pg, why != R_NONE ? refusal_status(why) : rq_is_post(rq) ? HTTP_UNPROCESSABLE : HTTP_OK);
}

/* FOUND: open; everything else has been answered. */
static bool
open_invitation(struct req *rq, struct invitation *in, enum http *status)
{
	switch (link_by_token(rq_db(rq), rq_word(rq), rq_now(rq), in, rq_arena(rq))) {
	case FOUND:	return true;
	case NONE:	*status = over_page(rq, INVITE_STOPPED); return false;
	default:	*status = resp_refuse(rq, R_BUSY); return false;
	}
}

enum http
join_show(struct req *rq)
{
	struct invitation in;
	enum http status;

	if (!open_invitation(rq, &in, &status))
		return status;
	return in.state == INVITE_OPEN ? join_page(rq, &in, R_NONE) : over_page(rq, in.state);
}

static enum http
joined(struct req *rq, const struct invitation *in, enum saved s, struct operation_id op, enum refusal why)
{
	switch (s) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), in->role == MEMBER_OWNER ? "/operations/%llu" : "/agent/%llu",
		    (unsigned long long)op.v));
	case REFUSED:
		return why == R_LINK_ENDED ? over_page(rq, in->state == INVITE_OPEN ? INVITE_STOPPED : in->state) : join_page(rq, in, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

enum http
join_now(struct req *rq)
{
	const struct who *who = rq_who(rq);
	struct volunteer new;
	struct invitation in;
	struct operation_id op;
	const char *session;
	enum refusal why;
	enum http status;
	enum saved s;

	if (!open_invitation(rq, &in, &status))
		return status;
	if (signed_in(rq)) {
		s = link_join(rq_db(rq), rq_word(rq), who, rq_now(rq), &op, &why, rq_arena(rq));
		return joined(rq, &in, s, op, why);
	}
	if (!IN_FIT(rq, IN_KEY))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (in.asks_contact && in_refusal(rq, IN_CONTACT) == R_NONE && in_blank(rq, IN_CONTACT))
		in_refuse(rq, IN_CONTACT, R_MISSING);
	if (!IN_FIT(rq, IN_NAME, IN_CONTACT))
		return join_page(rq, &in, R_NONE);
	new = (struct volunteer){
		.name = in_text(rq, IN_NAME), .contact = in_text(rq, IN_CONTACT), .key = in_text(rq, IN_KEY),
		.address = rq_address(rq), .lang = rq_lang(rq),
	};
	s = link_join_new(rq_db(rq), rq_word(rq), &new, rq_now(rq), &op, &session, &why, rq_arena(rq));
	if (s == SAVED || s == ALREADY)
		resp_sign_in(rq, session, (int64_t)conf.session_days * DAY_S);
	return joined(rq, &in, s, op, why);
}
