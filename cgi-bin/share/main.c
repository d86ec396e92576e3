/*
 * main.c - the share area: members, link, QR code, and joining.
 */
#include <limits.h>

#include "plumb/app.h"

#include "domain/session.h"
#include "domain/user.h"

#include "share.h"

static const struct field fields[IN__MAX] = {
	[IN_DO]      = { "do",      F_CHOICE, 0, 0,  F_REQUIRED, "add|role|remove|make|link_role|renew|stop|options|qr_on|qr_off|practice_on|practice_off" },
	[IN_USER]    = { "user",    F_UINT,   1, LONG_MAX, F_REQUIRED, NULL },
	[IN_ROLE]    = { "role",    F_CHOICE, 0, 0,  F_REQUIRED, "agent|owner|observer" },
	[IN_Q]       = { "q",       F_TEXT,   0, 80, 0, NULL },
	[IN_FROM]    = { "from",    F_CHOICE, 0, 0,  0, "wizard" },
	[IN_SURE]    = { "sure",    F_BOOL,   0, 0,  0, NULL },
	[IN_UNTIL]   = { "until",   F_DATE,   0, 0,  0, NULL },
	[IN_USES]    = { "uses",    F_UINT,   1, 100000, 0, NULL },
	[IN_ASKS]    = { "asks",    F_BOOL,   0, 0,  0, NULL },
	[IN_SAID]    = { "said",    F_CHOICE, 0, 0,  0, "add|role|remove|make|link_role|renew|stop|options|qr_on|qr_off|practice_on|practice_off" },
	[IN_NAME]    = { "name",    F_TEXT,   1, USER_NAME_MAX, F_REQUIRED, NULL },
	[IN_CONTACT] = { "contact", F_TEXT,   0, 190, 0, NULL },
	[IN_KEY]     = { "key",     F_TEXT,   22, 22, F_REQUIRED, NULL },
};

static const struct route routes[] = {
	{ GET,  "/share/:id",        share_show,   NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ POST, "/share/:id",        share_change, NEEDS_LOGIN | NEEDS_OWNER | NEEDS_CSRF },
	{ GET,  "/share/:id/sheet",  share_sheet,  NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ GET,  "/share/:id/qr.svg", share_qr,     NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ GET,  "/share/:id/qr.png", share_qr_png, NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ GET,  "/practice/over",    practice_over, READ_ONLY },
	{ GET,  "/practice/:word",   practice_page, READ_ONLY },
	{ POST, "/practice/:word",   practice_begin, NEEDS_CSRF },
	{ GET,  "/j/:word",          join_show,    READ_ONLY },
	{ POST, "/j/:word",          join_now,     NEEDS_CSRF },
};

int
main(void)
{
	static const struct app share = {
		.name = "share",
		.routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields),
		.who = session_who,
	};

	return app_run(&share);
}
