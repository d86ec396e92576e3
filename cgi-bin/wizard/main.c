#include "plumb/app.h"

#include "domain/session.h"

#include "wizard.h"

#define OWNER	(NEEDS_LOGIN | NEEDS_OWNER)
#define SHOW	(OWNER | READ_ONLY)
#define SAVE	(OWNER | NEEDS_CSRF)

static const struct route routes[] = {
	{ POST, "/wizard",                draft_create,    NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF },
	{ GET,  "/wizard/:id",            draft_resume,    SHOW },
	{ POST, "/wizard/:id/finish",     draft_finish,    SAVE },
	{ POST, "/wizard/:id/discard",    draft_discard,   SAVE },
	{ GET,  "/wizard/:id/version",    version_show,    SHOW },
	{ POST, "/wizard/:id/version",    version_save,    SAVE },
	{ GET,  "/wizard/:id/source",     source_show,     SHOW },
	{ POST, "/wizard/:id/source",     source_save,     SAVE },
	{ GET,  "/wizard/:id/details",    details_show,    SHOW },
	{ POST, "/wizard/:id/details",    details_save,    SAVE },
	{ GET,  "/wizard/:id/questions",  questions_show,  SHOW },
	{ POST, "/wizard/:id/questions",  questions_save,  SAVE },
	{ GET,  "/wizard/:id/recycling",  recycling_show,  SHOW },
	{ POST, "/wizard/:id/recycling",  recycling_save,  SAVE },
	{ GET,  "/wizard/:id/rehearsal",  rehearsal_live,  SHOW | AS_JSON },
	{ GET,  "/wizard/:id/exclusions", exclusions_show, SHOW },
	{ POST, "/wizard/:id/exclusions", exclusions_save, SAVE },
	{ GET,  "/wizard/:id/record",     record_show,     SHOW },
	{ POST, "/wizard/:id/record",     record_save,     SAVE },
	{ GET,  "/wizard/:id/sharing",    sharing_show,    SHOW },
	{ POST, "/wizard/:id/sharing",    sharing_save,    SAVE },
	{ GET,  "/wizard/:id/list",       list_show,       SHOW },
	{ POST, "/wizard/:id/list",       list_save,       SAVE },
	{ GET,  "/wizard/:id/loaded",     list_progress,   SHOW | AS_JSON },
};

static const struct field fields[IN__MAX] = {
	[IN_GO]          = { "go",          F_TEXT,   0, 40,    0, NULL },
	[IN_VERSION]     = { "version",     F_CHOICE, 0, 0,     0, "original|specialized" },
	[IN_SOURCE]      = { "source",      F_CHOICE, 0, 0,     0, "contact|elector" },
	[IN_NAME]        = { "name",        F_TEXT,   1, 120,   F_REQUIRED, NULL },
	[IN_DESCRIPTION] = { "description", F_LINES,  0, 2000,  0, NULL },
	[IN_QUESTION]    = { "question",    F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_ALSO]        = { "also",        F_UINT,   1, 0x7fffffffffffL, F_REPEATS, NULL },
	[IN_START]       = { "start",       F_DATE,   0, 0,     F_REQUIRED, NULL },
	[IN_END]         = { "end",         F_DATE,   0, 0,     F_REQUIRED, NULL },
	[IN_END_TIME]    = { "end_time",    F_TIME,   0, 0,     F_REQUIRED, NULL },
	[IN_OPENS]       = { "opens",       F_TIME,   0, 0,     F_REQUIRED, NULL },
	[IN_CLOSES]      = { "closes",      F_TIME,   0, 0,     F_REQUIRED, NULL },
	[IN_METHOD]      = { "method",      F_CHOICE, 0, 0,     0, "phone|software" },
	[IN_PURPOSE]     = { "purpose",     F_CHOICE, 0, 0,     0, "identification|information|fundraising" },
	[IN_RULES_OF]    = { "rules_of",    F_CHOICE, 0, 0,     0, "none|ca|us|us_strict" },
	[IN_HOLIDAYS]    = { "holidays",    F_CHOICE, 0, 0,     0, "qc|ca|us|gb|fr" },
	/* on.mon, from.mon, to.mon; read when by_day is ticked */
	[IN_BY_DAY]      = { "by_day",      F_BOOL,   0, 0,     0, NULL },
	[IN_ON]          = { "on",          F_BOOL,   0, 0,     F_KEYED, NULL },
	[IN_FROM]        = { "from",        F_TIME,   0, 0,     F_KEYED, NULL },
	[IN_TO]          = { "to",          F_TIME,   0, 0,     F_KEYED, NULL },
	[IN_SURVEY]      = { "survey",      F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	/* tick.no_answer, max.no_answer, minutes.no_answer: by the status's code */
	[IN_TICK]        = { "tick",        F_BOOL,   0, 0,     F_KEYED, NULL },
	[IN_MAX]         = { "max",         F_UINT,   1, MAX_CALLS,    F_KEYED | F_REQUIRED, NULL },
	[IN_MINUTES]     = { "minutes",     F_UINT,   1, MAX_MINUTES, F_KEYED | F_REQUIRED, NULL },
	/* who.0, status.0, household.0: by the rule's row; who is "voted", "q12" or "q12c5" */
	[IN_WHO]         = { "who",         F_TEXT,   0, 50,    F_KEYED, NULL },
	[IN_STATUS]      = { "status",      F_CHOICE, 0, 0,     F_KEYED, "removed_voted|removed_answered|removed_by_hand" },
	[IN_HOUSEHOLD]   = { "household",   F_BOOL,   0, 0,     F_KEYED, NULL },
	[IN_RULES]       = { "rules",       F_UINT,   0, 20,    0, NULL },
	/* field: the codes in their order; mode.email, lit.email */
	[IN_FIELD]       = { "field",       F_TEXT,   1, 30,    F_REPEATS, NULL },
	[IN_MODE]        = { "mode",        F_CHOICE, 0, 0,     F_KEYED, "visible|hidden|editable" },
	[IN_LIT]         = { "lit",         F_BOOL,   0, 0,     F_KEYED, NULL },
	[IN_MORE_CALLS]  = { "more_calls",  F_UINT,   1, MAX_CALLS, 0, NULL },
	[IN_DAY_CALLS]   = { "day_calls",   F_UINT,   1, MAX_DAY_CALLS, 0, NULL },
	[IN_OTHER_PART]  = { "other_part",  F_BOOL,   0, 0,     0, NULL },
	[IN_AGENTS]      = { "agents",      F_UINT,   1, MAX_AGENTS, 0, NULL },
	[IN_PEOPLE]      = { "people",      F_UINT,   1, MAX_PEOPLE, 0, NULL },
	/* of the operation when the form was made; what effect.c showed with it */
	[IN_REVISION]    = { "revision",    F_UINT,   1, UINT32_MAX, 0, NULL },
	[IN_SEEN]        = { "seen",        F_TEXT,   0, 64,    0, NULL },
};

int
main(void)
{
	static const struct app wizard = {
		.name = "wizard", .routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields), .who = session_who,
	};
	return app_run(&wizard);
}
