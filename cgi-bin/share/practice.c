/*
 * practice.c - the practice link: the page that it opens, and the practice that begins there. Nothing here shows or opens
 * anything of the operation but its name.
 */
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/seal.h"

#include "domain/practice.h"

#include "share.h"
#include "tpl/practice-over.names.h"
#include "tpl/practice.names.h"

enum { DAY_S = 24 * 3600 };

static enum http
over_page(struct req *rq, bool ended)
{
	struct page *pg = page_new(rq, "share/practice-over.tpl", tr(rq_lang(rq), ended ? N_("Practice is over") : N_("This link no longer works")));

	page_bare(pg);
	page_shape(pg, "page-narrow");
	page_show(pg, ended ? PRACTICE_OVER_ENDED : PRACTICE_OVER_STOPPED);
	return page_send_as(pg, ended ? HTTP_OK : HTTP_NOT_FOUND);
}

/* Where somebody lands who stops practising and knows no operation. */
enum http
practice_over(struct req *rq)
{
	return over_page(rq, true);
}

/* Whom the operation's organisation knows practises as themselves; anybody else, also of elsewhere, gives a name. */
static bool
known(const struct req *rq, const struct practice_invitation *in)
{
	return rq_who(rq)->user != 0 && rq_who(rq)->organisation == in->op.organisation.v;
}

static enum http
page(struct req *rq, const struct practice_invitation *in, enum refusal why)
{
	struct page *pg = page_new(rq, "share/practice.tpl", arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Practice: %s"), in->op.name));
	struct tpl *t;

	page_bare(pg);
	page_shape(pg, "page-narrow");
	page_text(pg, PRACTICE_OPERATION, in->op.name);
	page_text(pg, PRACTICE_ORGANISATION, in->organisation);
	page_text(pg, PRACTICE_WORD, rq_word(rq));
	page_text(pg, PRACTICE_CSRF, rq_csrf(rq));
	page_text(pg, PRACTICE_KEY, in_refusal(rq, IN_KEY) == R_NONE && in_given(rq, IN_KEY) ? in_text(rq, IN_KEY) : seal_token(rq_arena(rq), 16));
	if (!known(rq, in)) {
		t = page_row(pg, PRACTICE_BY_NAME);
		tpl_text(t, PRACTICE_NAME, rq_is_post(rq) ? in_typed(rq, IN_NAME) : rq_who(rq)->name);
		if (rq_is_post(rq) && in_refusal(rq, IN_NAME) != R_NONE)
			tpl_text(tpl_row(t, PRACTICE_NAME_WRONG), "WRONG", refusal_text(in_refusal(rq, IN_NAME), rq_lang(rq)));
	}
	if (why != R_NONE)
		page_notice(pg, refusal_text(why, rq_lang(rq)), false);
	return page_send_as(pg, why != R_NONE ? refusal_status(why) : rq_is_post(rq) ? HTTP_UNPROCESSABLE : HTTP_OK);
}

/* FOUND: open; everything else has been answered. */
static bool
open_invitation(struct req *rq, struct practice_invitation *in, enum http *status)
{
	switch (practice_by_token(rq_db(rq), rq_word(rq), in, rq_arena(rq))) {
	case FOUND:
		if (in->open)
			return true;
		/* fallthrough */
	case NONE:	*status = over_page(rq, false); return false;
	case FAILED:	break;
	}
	*status = resp_refuse(rq, R_BUSY);
	return false;
}

static enum http
to_practice(struct req *rq, struct operation_id id)
{
	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/agent/%llu", (unsigned long long)id.v));
}

enum http
practice_page(struct req *rq)
{
	struct practice_invitation in;
	struct operation_id id;
	enum http status;

	if (!open_invitation(rq, &in, &status))
		return status;
	switch (practice_of_visitor(rq_db(rq), in.op.id, rq_who(rq), &id, rq_arena(rq))) {
	case FOUND:	return to_practice(rq, id);	/* back from elsewhere */
	case NONE:	break;
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	return page(rq, &in, R_NONE);
}

enum http
practice_begin(struct req *rq)
{
	struct practice_invitation in;
	struct volunteer new;
	struct operation_id id;
	const char *session;
	enum refusal why;
	enum http status;
	enum saved s;

	if (!open_invitation(rq, &in, &status))
		return status;
	if (known(rq, &in))
		s = practice_start(rq_db(rq), &in.op, rq_who(rq), rq_now(rq), &id, &why, rq_arena(rq));
	else {
		if (!IN_FIT(rq, IN_KEY))
			return resp_refuse(rq, R_BAD_REQUEST);
		if (!IN_FIT(rq, IN_NAME))
			return page(rq, &in, R_NONE);
		new = (struct volunteer){ .name = in_text(rq, IN_NAME), .contact = "", .key = in_text(rq, IN_KEY), .address = rq_address(rq),
			.lang = rq_lang(rq) };
		s = practice_visit(rq_db(rq), rq_word(rq), &new, rq_now(rq), &id, &session, &why, rq_arena(rq));
		if (s == SAVED || s == ALREADY)
			resp_sign_in(rq, session, DAY_S);
	}
	switch (s) {
	case SAVED:
	case ALREADY:	return to_practice(rq, id);
	case REFUSED:	return why == R_LINK_ENDED || why == R_WRONG_STATE ? over_page(rq, false) : page(rq, &in, why);
	case UNSURE:
	case NOT_SAVED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}
