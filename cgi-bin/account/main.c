/*
 * main.c - the account area: first owner, sign in and out, language, profile.
 */
#include "plumb/app.h"

#include "domain/session.h"
#include "domain/user.h"

#include "account.h"

static const struct field fields[IN__MAX] = {
	[IN_CODE]         = { "code",         F_TEXT,   1, 40,  F_REQUIRED, NULL },
	[IN_ORGANISATION] = { "organisation", F_TEXT,   1, 120, F_REQUIRED, NULL },
	[IN_NAME]         = { "name",         F_TEXT,   1, USER_NAME_MAX, F_REQUIRED, NULL },
	[IN_EMAIL]        = { "email",        F_EMAIL,  0, 0,   F_REQUIRED, NULL },
	[IN_PASSWORD]     = { "password",     F_TEXT,   1, USER_PASSWORD_MAX, F_REQUIRED, NULL },
	[IN_AGAIN]        = { "again",        F_TEXT,   1, USER_PASSWORD_MAX, F_REQUIRED, NULL },
	[IN_CURRENT]      = { "current",      F_TEXT,   1, USER_PASSWORD_MAX, F_REQUIRED, NULL },
	[IN_LANGUAGE]     = { "language",     F_CHOICE, 0, 0,   F_REQUIRED, "fr|en" },
	[IN_NEXT]         = { "next",         F_TEXT,   0, 2000, 0, NULL },
	[IN_SESSION]      = { "session",      F_TEXT,   64, 64, F_REQUIRED, NULL },
	[IN_SAID]         = { "said",         F_CHOICE, 0, 0,   0, "profile|password|session" },
};

static const struct route routes[] = {
	{ GET,  "/",                  home,            READ_ONLY },
	{ GET,  "/setup",             setup_show,      READ_ONLY },
	{ POST, "/setup",             setup_save,      NEEDS_CSRF },
	{ GET,  "/sign-in",           sign_in_show,    READ_ONLY },
	{ POST, "/sign-in",           sign_in_try,     NEEDS_CSRF },
	{ POST, "/sign-out",          sign_out,        NEEDS_CSRF },
	{ POST, "/language",          language_set,    NEEDS_CSRF },
	{ GET,  "/profile",           profile_show,    NEEDS_LOGIN | READ_ONLY },
	{ POST, "/profile",           profile_save,    NEEDS_LOGIN | NEEDS_CSRF },
	{ GET,  "/profile/password",  profile_show,    NEEDS_LOGIN | READ_ONLY },
	{ POST, "/profile/password",  password_save,   NEEDS_LOGIN | NEEDS_CSRF },
	{ POST, "/profile/sessions",  session_end_one, NEEDS_LOGIN | NEEDS_CSRF },
};

int
main(void)
{
	static const struct app account = {
		.name = "account",
		.routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields),
		.who = session_who,
	};

	return app_run(&account);
}
