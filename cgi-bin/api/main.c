/*
 * main.c - the API area: every row asks for a token. Whose token it is decides what is there: as much as that person sees,
 * less what the token's scopes leave out (may).
 */
#include "plumb/app.h"

#include "domain/record.h"

#include "api.h"

static const struct route routes[] = {
	{ GET,  "/api/v1/operations",              operations_get, NEEDS_TOKEN | AS_JSON | READ_ONLY },
	{ GET,  "/api/v1/operations/:id",          operation_get,  NEEDS_TOKEN | AS_JSON | READ_ONLY },
	{ GET,  "/api/v1/operations/:id/entries",  entries_get,    NEEDS_TOKEN | AS_JSON | READ_ONLY },
	{ GET,  "/api/v1/operations/:id/changes",  changes_get,    NEEDS_TOKEN | AS_JSON | READ_ONLY },
	{ GET,  "/api/v1/operations/:id/attempts", attempts_get,   NEEDS_TOKEN | AS_JSON | READ_ONLY },
	{ GET,  "/api/v1/people",                  person_find,    NEEDS_TOKEN | AS_JSON | READ_ONLY },
	{ POST, "/api/v1/people",                  people_post,    NEEDS_TOKEN | AS_JSON },
	{ GET,  "/api/v1/people/:id",              person_get,     NEEDS_TOKEN | AS_JSON | READ_ONLY | REVEALS },
	{ POST, "/api/v1/people/:id",              person_change,  NEEDS_TOKEN | AS_JSON },
	{ GET,  "/api/v1/imports/:id",             import_get,     NEEDS_TOKEN | AS_JSON | READ_ONLY },
};

static const struct field fields[IN__MAX] = {
	[IN_CURSOR]      = { "cursor",      F_TEXT,   0, 64, 0, NULL },
	[IN_KIND]        = { "kind",        F_CHOICE, 0, 0,  0, "contact|elector" },
	[IN_FILE_NUMBER] = { "file_number", F_TEXT,   0, 40, 0, NULL },
	[IN_ARCHIVED]    = { "archived",    F_BOOL,   0, 0,  0, NULL },
};

/* A record that leaves by the API is a look at it. */
static bool
revealed(struct db *db, const struct who *who, const struct route *route, uint64_t id, int64_t now)
{
	struct record_by by = { { who->organisation }, { who->user }, { id }, now };

	(void)route;
	return record_revealed(db, &by, "copy");
}

int
main(void)
{
	static const struct app api = {
		.name = "api", .routes = routes, .nroutes = NITEMS(routes), .fields = fields, .nfields = NITEMS(fields),
		.who = token_who, .revealed = revealed, .afterwards = token_used, .json = true, .body_max = 1024 * 1024,
	};
	return app_run(&api);
}
