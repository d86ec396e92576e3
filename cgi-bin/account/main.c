/*
 * main.c - the account area: first owner, sign in and out, language, profile, what other programs may and are told, users, who
 * did what.
 */
#include <limits.h>

#include "plumb/app.h"

#include "domain/organisation.h"
#include "domain/outbox.h"
#include "domain/session.h"
#include "domain/token.h"
#include "domain/user.h"

#include "account.h"

static const struct field fields[IN__MAX] = {
	[IN_CODE]         = { "code",         F_TEXT,   1, 40,  F_REQUIRED, NULL },
	[IN_ORGANISATION] = { "organisation", F_TEXT,   1, ORGANISATION_NAME_MAX, F_REQUIRED, NULL },
	[IN_NAME]         = { "name",         F_TEXT,   1, USER_NAME_MAX, F_REQUIRED, NULL },
	[IN_EMAIL]        = { "email",        F_EMAIL,  0, 0,   F_REQUIRED, NULL },
	[IN_PASSWORD]     = { "password",     F_TEXT,   1, USER_PASSWORD_MAX, F_REQUIRED, NULL },
	[IN_AGAIN]        = { "again",        F_TEXT,   1, USER_PASSWORD_MAX, F_REQUIRED, NULL },
	[IN_CURRENT]      = { "current",      F_TEXT,   1, USER_PASSWORD_MAX, F_REQUIRED, NULL },
	[IN_LANGUAGE]     = { "language",     F_CHOICE, 0, 0,   F_REQUIRED, "fr|en" },
	[IN_NEXT]         = { "next",         F_TEXT,   0, 2000, 0, NULL },
	[IN_SESSION]      = { "session",      F_TEXT,   64, 64, F_REQUIRED, NULL },
	[IN_SAID]         = { "said",         F_CHOICE, 0, 0,   0, "profile|password|session|alarms|two_factor_off|reset|required|optional|"
	    "invite|link|role|disable|enable|sign_out|end|two_factor|organisation" },
	[IN_TICKET]       = { "ticket",       F_TEXT,   20, 200, F_REQUIRED, NULL },
	[IN_STEP_CODE]    = { "step_code",    F_TEXT,   1, 20,  F_REQUIRED, NULL },
	[IN_DO]           = { "do",           F_CHOICE, 0, 0,   F_REQUIRED, "begin|confirm|codes|off|invite|required|optional|role|disable|enable|"
	    "link|sign_out|end|two_factor" },
	[IN_ROLE]         = { "role",         F_CHOICE, 0, 0,   F_REQUIRED, "administrator|organiser|observer|volunteer" },
	[IN_Q]            = { "q",            F_TEXT,   0, 80,  0, NULL },
	[IN_WHO]          = { "who",          F_CHOICE, 0, 0,   0, "link" },
	[IN_AFTER]        = { "after",        F_UINT,   1, LONG_MAX, 0, NULL },
	[IN_USER]         = { "user",         F_UINT,   1, LONG_MAX, 0, NULL },
	[IN_DAY]          = { "day",          F_DATE,   0, 0,   0, NULL },
	[IN_AT]           = { "at",           F_UINT,   1, LONG_MAX, 0, NULL },
	[IN_TOKEN]        = { "token",        F_UINT,   1, LONG_MAX, 0, NULL },
	[IN_TOKEN_DO]     = { "token_do",     F_CHOICE, 0, 0,   0, "make|end" },
	[IN_TOKEN_KEY]    = { "token_key",    F_TEXT,   32, 32, 0, NULL },
	[IN_TOKEN_NAME]   = { "token_name",   F_TEXT,   1, TOKEN_NAME_MAX, F_REQUIRED, NULL },
	[IN_SCOPE]        = { "scope",        F_CHOICE, 0, 0,   F_REPEATS, "numbers|people:read|people:write|attempts:read" },
	[IN_URL]          = { "url",          F_TEXT,   1, OUTBOX_URL_MAX, F_REQUIRED, NULL },
	[IN_OPERATION]    = { "operation",    F_UINT,   1, LONG_MAX, 0, NULL },
	[IN_ANSWERS]      = { "answers",      F_BOOL,   0, 0,   0, NULL },
	[IN_ALARMS]       = { "alarms",       F_BOOL,   0, 0,   0, NULL },
	[IN_HOOK_DO]      = { "hook_do",      F_CHOICE, 0, 0,   0, "test|pause|resume|remove|end_old|rotate" },
	[IN_SEEN]         = { "seen",         F_UINT,   0, LONG_MAX, 0, NULL },
	[IN_ZONE]         = { "zone",         F_TEXT,   1, 40,  F_REQUIRED, NULL },
	[IN_BEFORE]       = { "before",       F_UINT,   1, LONG_MAX, 0, NULL },
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
	{ POST, "/profile/alarms",    alarms_save,     NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF },
	{ POST, "/profile/sessions",  session_end_mine, NEEDS_LOGIN | NEEDS_CSRF },
	{ POST, "/sign-in/code",      second_step_try, NEEDS_CSRF },
	{ GET,  "/profile/two-factor", two_factor_show, NEEDS_LOGIN | BEFORE_TWO_FACTOR | READ_ONLY },
	{ POST, "/profile/two-factor", two_factor_save, NEEDS_LOGIN | BEFORE_TWO_FACTOR | NEEDS_CSRF },
	{ GET,  "/profile/two-factor/qr.svg", two_factor_qr, NEEDS_LOGIN | BEFORE_TWO_FACTOR | READ_ONLY },
	{ GET,  "/profile/tokens",    tokens_show,     NEEDS_LOGIN | NEEDS_ORGANISER | READ_ONLY },
	{ POST, "/profile/tokens",    tokens_save,     NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF },
	{ GET,  "/webhooks",          webhooks_show,   NEEDS_LOGIN | NEEDS_ORGANISER | READ_ONLY },
	{ GET,  "/webhooks/new",      webhook_new_show, NEEDS_LOGIN | NEEDS_ORGANISER | READ_ONLY },
	{ POST, "/webhooks/new",      webhook_new_save, NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF },
	{ GET,  "/webhooks/:id",      webhook_show,    NEEDS_LOGIN | NEEDS_ORGANISER | READ_ONLY },
	{ POST, "/webhooks/:id",      webhook_save,    NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF },
	{ GET,  "/welcome/:word",     welcome_show,    READ_ONLY },
	{ POST, "/welcome/:word",     welcome_save,    NEEDS_CSRF },
	{ GET,  "/users",             users_show,      NEEDS_LOGIN | NEEDS_ADMIN | READ_ONLY },
	{ POST, "/users",             users_save,      NEEDS_LOGIN | NEEDS_ADMIN | NEEDS_CSRF },
	{ GET,  "/users/:id",         user_show,       NEEDS_LOGIN | NEEDS_ADMIN | READ_ONLY },
	{ POST, "/users/:id",         user_save,       NEEDS_LOGIN | NEEDS_ADMIN | NEEDS_CSRF },
	{ GET,  "/audit",             audit_show,      NEEDS_LOGIN | NEEDS_ADMIN | READ_ONLY },
	{ GET,  "/organisation",      organisation_show, NEEDS_LOGIN | NEEDS_ADMIN | READ_ONLY },
	{ POST, "/organisation",      organisation_save, NEEDS_LOGIN | NEEDS_ADMIN | NEEDS_CSRF },
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
