/*
 * profile.c - one's own name, language, password and sessions.
 */
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/seal.h"

#include "domain/alarm_mail.h"
#include "domain/session.h"
#include "domain/user.h"

#include "account.h"
#include "tpl/profile.names.h"

/* What the address says was done just before. */
static void
say(struct req *rq, struct page *pg)
{
	static const struct { const char *said, *text; } words[] = {
		{ "profile",  N_("Your name and language are saved.") },
		{ "password", N_("Your password is changed. Everywhere else you have been signed out.") },
		{ "session",  N_("The session has ended.") },
		{ "alarms",   N_("Saved.") },
		{ "two_factor_off", N_("The second step is off: your password alone signs you in.") },
	};

	for (size_t i = 0; i < NITEMS(words); i++)
		if (strcmp(in_text(rq, IN_SAID), words[i].said) == 0)
			page_notice(pg, tr(rq_lang(rq), words[i].text), true);
}

/* `password`: the form sent was the password's, so the other one shows what is stored. */
static enum http
profile_page(struct req *rq, enum http status, bool password)
{
	struct user_id id = { rq_who(rq)->user };
	struct page *pg = page_new(rq, "account/profile.tpl", tr(rq_lang(rq), N_("My profile")));
	bool typed = rq_is_post(rq) && !password, french;
	struct user u;

	if (user_by_id(rq_db(rq), id, &u, rq_arena(rq)) != FOUND || !sessions_show(rq, pg, id, "/profile/sessions"))
		return resp_refuse(rq, R_BUSY);
	french = (typed ? lang_of(in_text(rq, IN_LANGUAGE)) : u.lang) == LANG_FR;
	page_shape(pg, "page-form");
	page_text(pg, PROFILE_CSRF, rq_csrf(rq));
	page_text(pg, PROFILE_NAME, u.name);
	if (typed)
		page_input(pg, IN_NAME, PROFILE_NAME, PROFILE_NAME_WRONG);
	page_show(pg, french ? PROFILE_FRENCH : PROFILE_ENGLISH);
	if (u.email != NULL)
		tpl_text(page_row(pg, PROFILE_BY_EMAIL), PROFILE_EMAIL, u.email);
	else
		page_show(pg, PROFILE_VOLUNTEER);
	if (u.password_hash != NULL) {
		static const struct { unsigned f; const char *wrong; } parts[] = {
			{ IN_CURRENT, PROFILE_CURRENT_WRONG }, { IN_PASSWORD, PROFILE_PASSWORD_WRONG }, { IN_AGAIN, PROFILE_AGAIN_WRONG },
		};
		struct tpl *form = page_row(pg, PROFILE_PASSWORD_FORM);

		page_show(pg, u.two_factor ? PROFILE_SECOND_ON : PROFILE_SECOND_OFF);

		tpl_text(form, PROFILE_CSRF, rq_csrf(rq));
		tpl_text(form, PROFILE_EMAIL, u.email);
		for (size_t i = 0; password && i < NITEMS(parts); i++)
			if (in_refusal(rq, parts[i].f) != R_NONE)
				tpl_text(tpl_row(form, parts[i].wrong), "WRONG",
				    refusal_text(in_refusal(rq, parts[i].f), rq_lang(rq)));
	}
	if (rq_who(rq)->role >= ROLE_ORGANISER)
		page_show(pg, PROFILE_MAY_TOKENS);
	if (*conf.sendmail != '\0' && u.email != NULL && rq_who(rq)->role >= ROLE_ORGANISER) {
		struct tpl *alarms = page_row(pg, PROFILE_ALARMS);
		bool wished;

		if (!alarm_mail_wished(rq_db(rq), id, &wished, rq_arena(rq)))
			return resp_refuse(rq, R_BUSY);
		tpl_text(alarms, PROFILE_CSRF, rq_csrf(rq));
		if (wished)
			tpl_show(alarms, PROFILE_WISHED);
	}
	say(rq, pg);
	return page_send_as(pg, status);
}

enum http
profile_show(struct req *rq)
{
	return profile_page(rq, HTTP_OK, false);
}

enum http
profile_save(struct req *rq)
{
	enum lang lang = lang_of(in_text(rq, IN_LANGUAGE));

	if (!IN_FIT(rq, IN_NAME, IN_LANGUAGE))
		return profile_page(rq, HTTP_UNPROCESSABLE, false);
	if (user_set_profile(rq_db(rq), (struct user_id){ rq_who(rq)->user }, in_text(rq, IN_NAME), lang,
	    rq_now(rq), rq_arena(rq)) != SAVED)
		return resp_refuse(rq, R_BUSY);
	remember_language(rq, lang);
	return resp_redirect(rq, "/profile?said=profile");
}

enum http
password_save(struct req *rq)
{
	enum refusal why;

	if (in_refusal(rq, IN_PASSWORD) == R_NONE && in_refusal(rq, IN_AGAIN) == R_NONE &&
	    strcmp(in_text(rq, IN_PASSWORD), in_text(rq, IN_AGAIN)) != 0)
		in_refuse(rq, IN_AGAIN, R_PASSWORDS_DIFFER);
	if (!IN_FIT(rq, IN_CURRENT, IN_PASSWORD, IN_AGAIN))
		return profile_page(rq, HTTP_UNPROCESSABLE, true);
	switch (user_change_password(rq_db(rq), (struct user_id){ rq_who(rq)->user }, in_text(rq, IN_CURRENT),
	    in_text(rq, IN_PASSWORD), rq_who(rq)->session, rq_now(rq), &why, rq_arena(rq))) {
	case SAVED:
		return resp_redirect(rq, "/profile?said=password");
	case REFUSED:
		in_refuse(rq, why == R_PASSWORD_SHORT ? IN_PASSWORD : IN_CURRENT, why);
		return profile_page(rq, HTTP_UNPROCESSABLE, true);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

enum http
alarms_save(struct req *rq)
{
	if (in_refusal(rq, IN_ALARMS) != R_NONE)
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (alarm_mail_wish(rq_db(rq), rq_who(rq), in_bool(rq, IN_ALARMS), rq_now(rq), rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, "/profile?said=alarms");
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

enum http
session_end_mine(struct req *rq)
{
	struct user_id me = { rq_who(rq)->user };
	unsigned char hash[32];

	if (!IN_FIT(rq, IN_SESSION) || !seal_unhex(in_text(rq, IN_SESSION), hash, sizeof(hash)))
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (session_end_one(rq_db(rq), me, hash, me, rq_now(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, "/profile?said=session");
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
