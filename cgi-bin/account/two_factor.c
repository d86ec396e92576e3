/*
 * two_factor.c - one's own second step: setting it up, new recovery codes, turning it off.
 */
#include "plumb/arena.h"
#include "plumb/date.h"
#include "plumb/page.h"
#include "plumb/qr.h"
#include "plumb/req.h"

#include "domain/two_factor.h"

#include "account.h"
#include "tpl/two-factor.names.h"

/* codes: shown this once, or NULL. */
static enum http
two_factor_page(struct req *rq, const char *const *codes, enum refusal why)
{
	struct page *pg = page_new(rq, "account/two-factor.tpl", tr(rq_lang(rq), N_("Second step when you sign in")));
	struct user_id me = { rq_who(rq)->user };
	struct two_factor f;
	struct tpl *t;

	switch (two_factor_of(rq_db(rq), me, &f, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_ALLOWED);	/* no password: nothing to guard */
	default:	return resp_refuse(rq, R_BUSY);
	}
	page_shape(pg, "page-form");
	page_script(pg, "share.js");		/* its print button */
	if (rq_who(rq)->held_back && !f.on)
		page_show(pg, TWO_FACTOR_MUST);
	if (codes != NULL) {
		t = page_row(pg, TWO_FACTOR_CODES);
		for (unsigned i = 0; i < RECOVERY_CODES; i++)
			tpl_text(tpl_row(t, TWO_FACTOR_CODE), TWO_FACTOR_TEXT, codes[i]);
		return page_send(pg);
	}
	t = page_row(pg, f.on ? TWO_FACTOR_ON : f.begun ? TWO_FACTOR_BEGUN : TWO_FACTOR_BEGIN);
	tpl_text(t, TWO_FACTOR_CSRF, rq_csrf(rq));
	if (f.on) {
		tpl_text(t, TWO_FACTOR_SINCE, full_moment_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, f.since));
		tpl_text(t, TWO_FACTOR_LEFT, f.codes_left == 0 ? tr(rq_lang(rq), N_("No recovery code is left.")) :
		    arena_fmt(rq_arena(rq), trn(rq_lang(rq), "%u recovery code is left.", "%u recovery codes are left.", f.codes_left), f.codes_left));
	} else if (f.begun)
		tpl_text(t, TWO_FACTOR_SECRET, f.secret);
	if (why != R_NONE)
		tpl_text(tpl_row(t, TWO_FACTOR_CODE_WRONG), "WRONG", refusal_text(why, rq_lang(rq)));
	return page_send_as(pg, why == R_NONE ? HTTP_OK : refusal_status(why));
}

enum http
two_factor_show(struct req *rq)
{
	return two_factor_page(rq, NULL, R_NONE);
}

enum http
two_factor_qr(struct req *rq)
{
	struct two_factor f;
	const char *svg;

	switch (two_factor_of(rq_db(rq), (struct user_id){ rq_who(rq)->user }, &f, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	default:	return resp_refuse(rq, R_BUSY);
	}
	if (!f.begun)			/* once it is on, nobody sees the secret again */
		return resp_refuse(rq, R_NOT_FOUND);
	if ((svg = qr_svg(rq_arena(rq), f.uri)) == NULL)
		return resp_refuse(rq, R_FAILED);
	return resp_bytes(rq, "image/svg+xml", NULL, svg, strlen(svg));
}

enum http
two_factor_save(struct req *rq)
{
	struct user_id me = { rq_who(rq)->user };
	const char *verb = in_text(rq, IN_DO), *code = in_text(rq, IN_STEP_CODE), *codes[RECOVERY_CODES];
	enum refusal why;
	enum saved s;

	if (!IN_FIT(rq, IN_DO))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (strcmp(verb, "begin") != 0 && !IN_FIT(rq, IN_STEP_CODE))
		return two_factor_page(rq, NULL, in_refusal(rq, IN_STEP_CODE));
	if (strcmp(verb, "begin") == 0)
		s = two_factor_begin(rq_db(rq), me, rq_now(rq), &why, rq_arena(rq));
	else if (strcmp(verb, "confirm") == 0)
		s = two_factor_confirm(rq_db(rq), me, code, rq_address(rq), rq_now(rq), codes, &why, rq_arena(rq));
	else if (strcmp(verb, "codes") == 0)
		s = two_factor_renew_codes(rq_db(rq), me, code, rq_address(rq), rq_now(rq), codes, &why, rq_arena(rq));
	else if (strcmp(verb, "off") == 0)
		s = two_factor_off(rq_db(rq), me, code, rq_address(rq), rq_now(rq), &why, rq_arena(rq));
	else
		return resp_refuse(rq, R_BAD_REQUEST);
	if (s == REFUSED)		/* the same form again, or from another tab: what holds now is shown */
		return why == R_WRONG_STATE ? resp_redirect(rq, "/profile/two-factor") : two_factor_page(rq, NULL, why);
	if (s != SAVED && s != ALREADY)
		return resp_refuse(rq, R_BUSY);
	if (strcmp(verb, "off") == 0)
		return resp_redirect(rq, "/profile?said=two_factor_off");
	return strcmp(verb, "begin") == 0 ? resp_redirect(rq, "/profile/two-factor") : two_factor_page(rq, codes, R_NONE);
}
