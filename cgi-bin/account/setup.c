/*
 * setup.c - the first-run page: the first owner, while there is none.
 */
#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/setup.h"

#include "account.h"
#include "tpl/setup.names.h"

static enum http
setup_page(struct req *rq, enum http status)
{
	struct page *pg = page_new(rq, "account/setup.tpl", tr(rq_lang(rq), N_("Set up Tocsin")));
	bool french = in_given(rq, IN_LANGUAGE) ? lang_of(in_text(rq, IN_LANGUAGE)) == LANG_FR : rq_lang(rq) == LANG_FR;

	page_bare(pg);
	page_shape(pg, "page-narrow");
	page_text(pg, SETUP_CSRF, rq_csrf(rq));
	page_input(pg, IN_CODE, SETUP_CODE, SETUP_CODE_WRONG);
	page_input(pg, IN_ORGANISATION, SETUP_ORGANISATION, SETUP_ORGANISATION_WRONG);
	page_input(pg, IN_NAME, SETUP_NAME, SETUP_NAME_WRONG);
	page_input(pg, IN_EMAIL, SETUP_EMAIL, SETUP_EMAIL_WRONG);
	page_input(pg, IN_PASSWORD, NULL, SETUP_PASSWORD_WRONG);
	page_input(pg, IN_AGAIN, NULL, SETUP_AGAIN_WRONG);
	page_show(pg, french ? SETUP_FRENCH : SETUP_ENGLISH);
	return page_send_as(pg, status);
}

enum http
setup_show(struct req *rq)
{
	switch (setup_needed(rq_db(rq), rq_arena(rq))) {
	case FOUND:	return setup_page(rq, HTTP_OK);
	case NONE:	return resp_redirect(rq, "/sign-in");
	default:	return resp_refuse(rq, R_BUSY);
	}
}

/* The field that a refusal of the domain belongs to. */
static unsigned
field_of(enum refusal why)
{
	switch (why) {
	case R_PASSWORD_SHORT:	return IN_PASSWORD;
	case R_EMAIL_TAKEN:	return IN_EMAIL;
	default:		return IN_CODE;
	}
}

enum http
setup_save(struct req *rq)
{
	struct first_owner owner = {
		.code = in_text(rq, IN_CODE), .organisation = in_text(rq, IN_ORGANISATION),
		.name = in_text(rq, IN_NAME), .email = in_text(rq, IN_EMAIL), .password = in_text(rq, IN_PASSWORD),
		.lang = lang_of(in_text(rq, IN_LANGUAGE)), .address = rq_address(rq),
	};
	struct user_id user;
	const char *token;
	enum refusal why;

	if (in_refusal(rq, IN_PASSWORD) == R_NONE && in_refusal(rq, IN_AGAIN) == R_NONE &&
	    strcmp(owner.password, in_text(rq, IN_AGAIN)) != 0)
		in_refuse(rq, IN_AGAIN, R_PASSWORDS_DIFFER);
	if (!IN_FIT(rq, IN_CODE, IN_ORGANISATION, IN_NAME, IN_EMAIL, IN_PASSWORD, IN_AGAIN, IN_LANGUAGE))
		return setup_page(rq, HTTP_UNPROCESSABLE);
	switch (setup_first_owner(rq_db(rq), &owner, rq_now(rq), &user, &token, &why, rq_arena(rq))) {
	case SAVED:
		let_in(rq, token);
		remember_language(rq, owner.lang);
		return resp_redirect(rq, "/operations");
	case REFUSED:
		if (why == R_NOT_FOUND)		/* somebody was faster */
			return resp_redirect(rq, "/sign-in");
		in_refuse(rq, field_of(why), why);
		return setup_page(rq, refusal_status(why));
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
