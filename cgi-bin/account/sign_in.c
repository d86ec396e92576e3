/*
 * sign_in.c - signing in and out.
 */
#include "plumb/log.h"
#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/session.h"
#include "domain/signin.h"

#include "account.h"
#include "tpl/sign-in.names.h"

static enum http
sign_in_page(struct req *rq, enum refusal why)
{
	struct page *pg = page_new(rq, "account/sign-in.tpl", tr(rq_lang(rq), N_("Sign in")));

	page_bare(pg);
	page_shape(pg, "page-narrow");
	page_text(pg, SIGN_IN_CSRF, rq_csrf(rq));
	page_text(pg, SIGN_IN_NEXT, own_path(in_text(rq, IN_NEXT)));
	page_input(pg, IN_EMAIL, SIGN_IN_EMAIL, SIGN_IN_EMAIL_WRONG);
	page_input(pg, IN_PASSWORD, NULL, SIGN_IN_PASSWORD_WRONG);
	if (why != R_NONE)
		page_wrong(pg, SIGN_IN_REFUSED, why);
	return page_send_as(pg, why != R_NONE ? refusal_status(why) : rq_is_post(rq) ? HTTP_UNPROCESSABLE : HTTP_OK);
}

enum http
sign_in_show(struct req *rq)
{
	if (rq_who(rq)->user != 0)
		return resp_redirect(rq, own_path(in_text(rq, IN_NEXT)));
	return sign_in_page(rq, R_NONE);
}

enum http
sign_in_try(struct req *rq)
{
	struct signed_in in;
	enum refusal why;

	if (!IN_FIT(rq, IN_EMAIL, IN_PASSWORD))
		return sign_in_page(rq, R_NONE);
	switch (signin_by_password(rq_db(rq), in_text(rq, IN_EMAIL), in_text(rq, IN_PASSWORD), rq_address(rq),
	    rq_now(rq), &in, &why, rq_arena(rq))) {
	case SAVED:
		/* a volunteer who signs in properly leaves no second session behind */
		if (rq_who(rq)->user != 0 && !session_end(rq_db(rq), rq_who(rq)->session))
			log_warn("sign-in: the session before stays until it expires");
		let_in(rq, in.token);
		remember_language(rq, in.lang);
		return resp_redirect(rq, own_path(in_text(rq, IN_NEXT)));
	case REFUSED:
		return sign_in_page(rq, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

enum http
sign_out(struct req *rq)
{
	if (rq_who(rq)->user != 0 && !session_end(rq_db(rq), rq_who(rq)->session))
		return resp_refuse(rq, R_BUSY);
	resp_sign_out(rq);
	return resp_redirect(rq, "/sign-in");
}
