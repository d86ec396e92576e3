/*
 * main.c - the paper area. A sheet is printed and typed in by owners of its operation; each time it is shown to be printed is
 * noted, because it shows numbers.
 */
#include "plumb/app.h"

#include "domain/session.h"
#include "domain/user.h"

#include "paper.h"

#define SHOW	(NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY)
#define SAVE	(NEEDS_LOGIN | NEEDS_OWNER | NEEDS_CSRF)

static const struct route routes[] = {
	{ GET,  "/sheets/:id",              sheets_show,  SHOW },
	{ POST, "/sheets/:id",              sheets_print, SAVE },
	{ GET,  "/sheets/:id/:word",        sheet_show,   SHOW },
	{ POST, "/sheets/:id/:word",        sheet_enter,  SAVE },
	{ POST, "/sheets/:id/:word/back",   sheet_back,   SAVE },
	{ GET,  "/sheets/:id/:word/print",  paper_show,   SHOW | REVEALS },
	{ GET,  "/sheets/:id/:word/qr.svg", paper_qr,     SHOW },
};

static const struct field fields[IN__MAX] = {
	[IN_PAGES]    = { "pages",    F_UINT,  1, PAPER_PAGES, 0, NULL },
	[IN_CALLER]   = { "caller",   F_UINT,  0, 0x7fffffffffffL, 0, NULL },	/* 0: by the name */
	[IN_NAME]     = { "name",     F_TEXT,  0, USER_NAME_MAX, 0, NULL },
	[IN_UNTIL]    = { "until",    F_UINT,  1, 0x7fffffffffffffL, 0, NULL },
	[IN_FORM_KEY] = { "form_key", F_TEXT,  32, 32, 0, NULL },		/* made when the form was shown */
	[IN_NUMBER]   = { "number",   F_TEXT,  0, 30, 0, NULL },
	[IN_PAGE]     = { "page",     F_UINT,  1, PAPER_PAGES, 0, NULL },
	[IN_DONE]     = { "done",     F_UINT,  1, PAPER_PLACES, 0, NULL },
	[IN_COUNT]    = { "count",    F_UINT,  1, PAPER_PLACES, 0, NULL },
	[IN_ON]       = { "on",       F_DATE,  0, 0, 0, NULL },
	[IN_AT]       = { "at",       F_TIME,  0, 0, 0, NULL },
	[IN_QUICK]    = { "quick",    F_TEXT,  0, 2200, 0, NULL },
	[IN_UNDO]     = { "undo",     F_UINT,  1, PAPER_PLACES, 0, NULL },
	/* of one place each: status.7; answers of its question 2: answer.7-2 */
	[IN_STATUS]   = { "status",   F_TEXT,  0, 2, F_KEYED, NULL },
	[IN_ANSWER]   = { "answer",   F_TEXT,  0, 4000, F_KEYED, NULL },
	[IN_NOTE]     = { "note",     F_TEXT,  0, 2000, F_KEYED, NULL },
	[IN_BACK]     = { "back",     F_TEXT,  0, 20, F_KEYED, NULL },
	[IN_KEEP]     = { "keep",     F_BOOL,  0, 0, F_KEYED, NULL },
	[IN_KEY]      = { "key",      F_TEXT,  32, 32, F_KEYED, NULL },
};

int
main(void)
{
	static const struct app paper = {
		.name = "paper", .routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields), .who = session_who, .revealed = paper_shown,
	};
	return app_run(&paper);
}
