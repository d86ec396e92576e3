/*
 * home.c - the bare address, and changing the language.
 */
#include "plumb/conf.h"
#include "plumb/page.h"
#include "plumb/req.h"

#include "domain/setup.h"
#include "domain/user.h"

#include "account.h"

enum { YEAR_S = 365 * 24 * 3600, DAY_S = 24 * 3600 };

const char *
own_path(const char *next)
{
	if (next[0] != '/' || next[1] == '/')
		return "/";
	for (const char *p = next; *p != '\0'; p++)	/* browsers read a backslash as a slash */
		if ((unsigned char)*p <= ' ' || *p == '\\' || *p == 0x7f)
			return "/";
	return next;
}

void
remember_language(struct req *rq, enum lang lang)
{
	resp_cookie(rq, "lang", lang_code(lang), YEAR_S);
}

void
let_in(struct req *rq, const char *token)
{
	resp_sign_in(rq, token, (int64_t)conf.session_days * DAY_S);
}

enum http
home(struct req *rq)
{
	const struct who *who = rq_who(rq);

	if (who->user != 0)
		return resp_redirect(rq, who->role >= ROLE_OBSERVER ? "/operations" : "/agent");
	switch (setup_needed(rq_db(rq), rq_arena(rq))) {
	case FOUND:	return resp_redirect(rq, "/setup");
	case NONE:	return resp_redirect(rq, "/sign-in");
	default:	return resp_refuse(rq, R_BUSY);
	}
}

enum http
language_set(struct req *rq)
{
	const struct who *who = rq_who(rq);
	enum lang lang = lang_of(in_text(rq, IN_LANGUAGE));

	if (!IN_FIT(rq, IN_LANGUAGE))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (who->user != 0 && who->lang != lang) {
		enum saved s = user_set_profile(rq_db(rq), (struct user_id){ who->user }, who->name, lang,
		    rq_now(rq), rq_arena(rq));

		if (s != SAVED)
			return resp_refuse(rq, R_BUSY);
	}
	remember_language(rq, lang);
	return resp_redirect(rq, own_path(in_text(rq, IN_NEXT)));
}
