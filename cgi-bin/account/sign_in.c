/*
 * sign_in.c - signing in, in one step or two, and out.
 */
#include "plumb/log.h"
#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/session.h"
#include "domain/signin.h"

#include "account.h"
#include "tpl/second-step.names.h"
#include "tpl/sign-in.names.h"

static enum http
sign_in_page(struct req *rq, enum refusal why)
{
	struct page *pg = page_new(rq, "account/sign-in.tpl", tr(rq_lang(rq), N_("Sign in")));

	page_bare(pg);
	page_shape(pg, "page-narrow");
	page_text(pg, SIGN_IN_CSRF, rq_csrf(rq));
	page_text(pg, SIGN_IN_NEXT, own_path(in_text(rq, IN_NEXT)));
	if (strcmp(in_text(rq, IN_SAID), "reset") == 0)
		page_notice(pg, tr(rq_lang(rq), N_("Your new password is saved. Sign in with it.")), true);
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

/* The second step: a code of the telephone. The ticket says who gave the right password. */
static enum http
second_page(struct req *rq, const char *ticket, enum refusal why)
{
	struct page *pg = page_new(rq, "account/second-step.tpl", tr(rq_lang(rq), N_("Sign in: second step")));

	page_bare(pg);
	page_shape(pg, "page-narrow");
	page_text(pg, SECOND_STEP_CSRF, rq_csrf(rq));
	page_text(pg, SECOND_STEP_TICKET, ticket);
	page_text(pg, SECOND_STEP_NEXT, own_path(in_text(rq, IN_NEXT)));
	if (why != R_NONE)
		page_wrong(pg, SECOND_STEP_CODE_WRONG, why);
	return page_send_as(pg, why != R_NONE ? refusal_status(why) : HTTP_OK);
}

static enum http
signed_in(struct req *rq, const struct signed_in *in)
{
	const struct who *who = rq_who(rq);

	/* a volunteer who signs in properly leaves no second session behind */
	if (who->user != 0 && !session_end(rq_db(rq), who->session, (struct user_id){ who->user }, rq_now(rq)))
		log_warn("sign-in: the session before stays until it expires");
	let_in(rq, in->token);
	remember_language(rq, in->lang);
	return resp_redirect(rq, own_path(in_text(rq, IN_NEXT)));
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
	case SAVED:	return in.token == NULL ? second_page(rq, in.ticket, R_NONE) : signed_in(rq, &in);
	case REFUSED:	return sign_in_page(rq, why);
	default:	return resp_refuse(rq, R_BUSY);
	}
}

enum http
second_step_try(struct req *rq)
{
	struct signed_in in;
	enum refusal why;

	if (!IN_FIT(rq, IN_TICKET))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (!IN_FIT(rq, IN_STEP_CODE))
		return second_page(rq, in_text(rq, IN_TICKET), in_refusal(rq, IN_STEP_CODE) == R_MISSING ? R_MISSING : R_WRONG_STEP_CODE);
	switch (signin_second_step(rq_db(rq), in_text(rq, IN_TICKET), in_text(rq, IN_STEP_CODE), rq_address(rq), rq_now(rq),
	    &in, &why, rq_arena(rq))) {
	case SAVED:	return signed_in(rq, &in);
	case REFUSED:	return why == R_FORM_TOO_OLD ? sign_in_page(rq, why) : second_page(rq, in_text(rq, IN_TICKET), why);
	default:	return resp_refuse(rq, R_BUSY);
	}
}

enum http
sign_out(struct req *rq)
{
	if (rq_who(rq)->user != 0 && !session_end(rq_db(rq), rq_who(rq)->session,
	    (struct user_id){ rq_who(rq)->user }, rq_now(rq)))
		return resp_refuse(rq, R_BUSY);
	resp_sign_out(rq);
	return resp_redirect(rq, "/sign-in");
}
