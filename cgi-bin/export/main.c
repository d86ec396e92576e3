/*
 * main.c - the export area: lists that leave the house as files. Organisers only (fact 128); what each of them may
 * export is the domain's to say. A file is fetched by a form, because each time is noted.
 */
#include "plumb/app.h"

#include "domain/session.h"

#include "export.h"

#define SHOW	(NEEDS_LOGIN | NEEDS_ORGANISER | READ_ONLY)
#define SAVE	(NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF)

static const struct route routes[] = {
	{ GET,  "/exports",              exports_show,         SHOW },
	{ POST, "/exports",              exports_make,         SAVE },
	{ GET,  "/exports/:id",          export_show,          SHOW },
	{ GET,  "/exports/:id/progress", export_progress_json, SHOW | AS_JSON },
	{ POST, "/exports/:id/file",     export_file,          SAVE },
};

static const struct field fields[IN__MAX] = {
	[IN_WHAT]      = { "what",      F_CHOICE, 0, 0, 0, "contacts|electors|calls|answers|refused|audit" },
	[IN_FORMAT]    = { "format",    F_CHOICE, 0, 0, 0, "semicolon|comma|xlsx" },
	[IN_OPERATION] = { "operation", F_UINT,   0, 0x7fffffffffffL, 0, NULL },
	[IN_IMPORT]    = { "import",    F_UINT,   0, 0x7fffffffffffL, 0, NULL },
	[IN_FROM]      = { "from",      F_DATE,   0, 0, 0, NULL },
	[IN_UNTIL]     = { "until",     F_DATE,   0, 0, 0, NULL },
	/* of the people page, as its address says it */
	[IN_FILTER]    = { "filter",    F_TEXT,   0, PEOPLE_FILTER_TEXT, 0, NULL },
	/* made when the form was shown */
	[IN_KEY]       = { "key",       F_TEXT,   32, 32, 0, NULL },
};

int
main(void)
{
	static const struct app export = {
		.name = "export", .routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields), .who = session_who,
	};
	return app_run(&export);
}
