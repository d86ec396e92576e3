/*
 * main.c - the import area: bring in a file of contacts or electors.
 */
#include "plumb/app.h"

#include "domain/session.h"

#include "import.h"

#define SHOW	(NEEDS_LOGIN | NEEDS_ORGANISER | READ_ONLY)
#define SAVE	(NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF)

static const struct route routes[] = {
	{ GET,  "/imports",                 imports_show,         SHOW },
	{ POST, "/imports",                 imports_take,         SAVE | TAKES_FILE },
	{ GET,  "/imports/:id",             import_show,          SHOW },
	{ POST, "/imports/:id",             import_save,          SAVE },
	{ GET,  "/imports/:id/progress",    import_progress_json, SHOW | AS_JSON },
	{ GET,  "/imports/:id/conflicts",   conflicts_show,       SHOW },
	{ POST, "/imports/:id/conflicts",   conflicts_save,       SAVE },
	{ GET,  "/imports/:id/refused.csv", import_refused_csv,   SHOW },
};

static const struct field fields[IN__MAX] = {
	[IN_KIND]      = { "kind",      F_CHOICE, 0, 0,  0, "contact|elector" },
	[IN_FILE]      = { "file",      F_FILE,   0, 0,  0, NULL },
	[IN_GO]        = { "go",        F_CHOICE, 0, 0,  0, "start|look|shape|guess|discard|undo|decide|take_all|keep_all" },
	[IN_CHARSET]   = { "charset",   F_TEXT,   0, 30, 0, NULL },
	[IN_SEPARATOR] = { "separator", F_CHOICE, 0, 0,  0, "semicolon|comma|tab" },
	/* column.0=last_name, by the column's place in the file; empty: not imported */
	[IN_COLUMN]    = { "column",    F_TEXT,   0, 30, F_KEYED, NULL },
	[IN_SURE]      = { "sure",      F_CHOICE, 0, 0,  0, "yes" },
	[IN_RULE]      = { "rule",      F_CHOICE, 0, 0,  0, "correct|fill|ask" },
	/* choice.123=take, by the conflict's id */
	[IN_CHOICE]    = { "choice",    F_CHOICE, 0, 0,  F_KEYED, "keep|take" },
	/* where the next page of refusals begins */
	[IN_LINE]      = { "line",      F_UINT,   0, 0x7fffffffffffL, 0, NULL },
	[IN_AT]        = { "at",        F_UINT,   0, 10000, 0, NULL },
};

int
main(void)
{
	static const struct app import = {
		.name = "import", .routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields), .who = session_who,
	};
	return app_run(&import);
}
