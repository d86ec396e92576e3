#include "plumb/app.h"

#include "domain/session.h"

#include "dashboard.h"

static const struct route routes[] = {
	{ GET,  "/operations",             list_show,      NEEDS_LOGIN | READ_ONLY },
	{ GET,  "/operations/:id",         operation_show, NEEDS_LOGIN | READ_ONLY },
	{ GET,  "/operations/:id/results", results_show,   NEEDS_LOGIN | READ_ONLY },
	{ GET,  "/operations/:id/report",  report_show,    NEEDS_LOGIN | READ_ONLY },
	{ GET,  "/operations/:id/questions", state_get,    NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ POST, "/operations/:id/questions", questions_post, NEEDS_LOGIN | NEEDS_OWNER | NEEDS_CSRF },
	{ GET,  "/operations/:id/pause",   state_get,      NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ GET,  "/operations/:id/resume",  state_get,      NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ GET,  "/operations/:id/archive", state_get,      NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ GET,  "/operations/:id/restore", state_get,      NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ GET,  "/operations/:id/duplicate", state_get,    NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ POST, "/operations/:id/restore", restore_post,   NEEDS_LOGIN | NEEDS_OWNER | NEEDS_CSRF },
	{ POST, "/operations/:id/duplicate", duplicate_post, NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_OWNER | NEEDS_CSRF },
	{ POST, "/operations/:id/pause",   pause_post,     NEEDS_LOGIN | NEEDS_OWNER | NEEDS_CSRF },
	{ POST, "/operations/:id/resume",  resume_post,    NEEDS_LOGIN | NEEDS_OWNER | NEEDS_CSRF },
	{ POST, "/operations/:id/archive", archive_post,   NEEDS_LOGIN | NEEDS_OWNER | NEEDS_CSRF },
	{ GET,  "/operations/:id/back",    back_show,      NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ POST, "/operations/:id/back",    back_post,      NEEDS_LOGIN | NEEDS_OWNER | NEEDS_CSRF },
	{ GET,  "/operations/:id/wall",    wall_get,       NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ POST, "/operations/:id/wall",    wall_post,      NEEDS_LOGIN | NEEDS_OWNER | NEEDS_CSRF },
	{ GET,  "/wall/:word",             wall_show,      READ_ONLY },
};

static const struct field fields[IN__MAX] = {
	[IN_Q]        = { "q",        F_TEXT, 0, 100, 0, NULL },
	[IN_STATE]    = { "state",    F_CHOICE, 0, 0, 0, "draft|upcoming|running|outside|paused|left|ended" },
	[IN_SORT]     = { "sort",     F_CHOICE, 0, 0, 0, "name|progress|callable|calling|reached" },
	[IN_ARCHIVED] = { "archived", F_BOOL, 0, 0,   0, NULL },
	[IN_MADE]     = { "made",     F_UINT, 1, 0x7fffffffffffL, 0, NULL },	/* an operation whose creation just ended */
	/* which results, and which answers in words */
	[IN_AGENT]    = { "agent",    F_UINT, 1, 0x7fffffffffffL, 0, NULL },
	[IN_DAY]      = { "day",      F_DATE, 0, 0,   0, NULL },
	[IN_VERSION]  = { "version",  F_UINT, 1, 0x7fffffffffffL, 0, NULL },
	[IN_QUESTION] = { "question", F_UINT, 1, 0x7fffffffffffL, 0, NULL },
	[IN_BEFORE]   = { "before",   F_UINT, 1, 0x7fffffffffffL, 0, NULL },
	/* whose turn an organiser ends */
	[IN_USER]     = { "user",     F_UINT, 1, 0x7fffffffffffL, F_REQUIRED, NULL },
	[IN_ENTRY]    = { "entry",    F_UINT, 1, 0x7fffffffffffL, F_REQUIRED, NULL },
	[IN_CLAIMED]  = { "claimed",  F_UINT, 1, 0x7fffffffffffffL, F_REQUIRED, NULL },
	/* the page for the wall; shown: which one the form saw */
	[IN_DO]       = { "do",       F_CHOICE, 0, 0, F_REQUIRED, "make|end" },
	[IN_SHOWN]    = { "shown",    F_UINT, 0, 0x7fffffffffffffL, 0, NULL },
	[IN_SAID]     = { "said",     F_CHOICE, 0, 0, 0, "back|soon|over|wall|wall_end" },
	[IN_LANG]     = { "lang",     F_CHOICE, 0, 0, 0, "en|fr" },
	[IN_LIVE]     = { "live",     F_BOOL, 0, 0,   0, NULL },
};

int
main(void)
{
	static const struct app dashboard = {
		.name = "dashboard", .routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields), .who = session_who,
	};
	return app_run(&dashboard);
}
