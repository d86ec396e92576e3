/*
 * main.c - the people area: contacts and electors, one record, and loading them into an operation.
 */
#include "plumb/app.h"

#include "domain/session.h"

#include "people.h"

/* Agents see the people they call, one after another; the whole list is the organisers' (fact 128). */
#define SHOW	(NEEDS_LOGIN | NEEDS_ORGANISER | READ_ONLY)

static const struct route routes[] = {
	{ GET,  "/contacts",        contacts_show,      SHOW },
	{ GET,  "/electors",        electors_show,      SHOW },
	{ GET,  "/people/load",     load_show,          SHOW },
	{ POST, "/people/load",     load_begin,         NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF },
	{ GET,  "/people/progress", load_progress_json, SHOW | AS_JSON },
	{ GET,  "/people/:id",      person_show,        SHOW },
};

static const struct field fields[IN__MAX] = {
	[IN_SEARCH]    = { "q",         F_TEXT,   0, 100, 0, NULL },
	[IN_CITY]      = { "city",      F_TEXT,   0, 80,  0, NULL },
	[IN_TAG]       = { "tag",       F_TEXT,   0, 80,  0, NULL },
	[IN_SECTION]   = { "section",   F_TEXT,   0, 20,  0, NULL },
	[IN_LANGUAGE]  = { "language",  F_CHOICE, 0, 0,   0, "fr|en" },
	[IN_PHONE]     = { "phone",     F_BOOL,   0, 0,   0, NULL },
	[IN_NOT_VOTED] = { "not_voted", F_BOOL,   0, 0,   0, NULL },
	[IN_AFTER]     = { "after",     F_UINT,   0, 0x7fffffffffffL, 0, NULL },
	[IN_OPERATION] = { "operation", F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_KIND]      = { "kind",      F_CHOICE, 0, 0,   0, "contact|elector" },
	[IN_LOAD]      = { "load",      F_UINT,   1, 0x7fffffffffffL, 0, NULL },
};

int
main(void)
{
	static const struct app people = {
		.name = "people", .routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields), .who = session_who,
	};
	return app_run(&people);
}
