#include "plumb/app.h"

#include "domain/session.h"

#include "survey.h"

#define SHOW	(NEEDS_LOGIN | NEEDS_ORGANISER | READ_ONLY)
#define SAVE	(NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF)

static const struct route routes[] = {
	{ GET,  "/surveys",             list_show,    SHOW },
	{ GET,  "/surveys/new",         new_show,     SHOW },
	{ POST, "/surveys/new",         new_save,     SAVE },
	{ GET,  "/surveys/:id",         edit_show,    SHOW },
	{ POST, "/surveys/:id",         edit_save,    SAVE },
	{ GET,  "/surveys/:id/preview", preview_show, SHOW },
	{ GET,  "/surveys/:id/versions", versions_show, SHOW },
	{ GET,  "/surveys/:id/copy",    copy_show,    SHOW },
	{ POST, "/surveys/:id/copy",    copy_save,    SAVE },
};

static const struct field fields[IN__MAX] = {
	[IN_GO]          = { "go",          F_TEXT,   0, 20,    0, NULL },
	[IN_OPERATION]   = { "operation",   F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_NAME]        = { "name",        F_TEXT,   1, 120,   F_REQUIRED, NULL },
	[IN_DESCRIPTION] = { "description", F_TEXT,   0, 500,   0, NULL },
	[IN_SCRIPT_EN]   = { "script_en",   F_LINES,  0, 8000,  0, NULL },
	[IN_SCRIPT_FR]   = { "script_fr",   F_LINES,  0, 8000,  0, NULL },
	/* how many questions the form has, then stable.0, kind.0, ... of each */
	[IN_QUESTIONS]   = { "questions",   F_UINT,   0, SURVEY_QUESTIONS_MAX, 0, NULL },
	[IN_STABLE]      = { "stable",      F_UINT,   0, 0x7fffffffffffL, F_KEYED, NULL },
	[IN_KIND]        = { "kind",        F_TEXT,   0, 20,    F_KEYED, NULL },
	[IN_REQUIRED]    = { "required",    F_BOOL,   0, 0,     F_KEYED, NULL },
	[IN_TEXT_EN]     = { "text_en",     F_LINES,  0, 1000,  F_KEYED, NULL },
	[IN_TEXT_FR]     = { "text_fr",     F_LINES,  0, 1000,  F_KEYED, NULL },
	[IN_FIELD]       = { "field",       F_TEXT,   0, 30,    F_KEYED, NULL },
	/* a scale: its ends and their words, then scale_next.N-0 ... scale_next.N-10 */
	[IN_SCALE_FROM]  = { "scale_from",  F_UINT,   0, 99,    F_KEYED, NULL },
	[IN_SCALE_TO]    = { "scale_to",    F_UINT,   0, 99,    F_KEYED, NULL },
	[IN_LOW_EN]      = { "low_en",      F_TEXT,   0, 60,    F_KEYED, NULL },
	[IN_LOW_FR]      = { "low_fr",      F_TEXT,   0, 60,    F_KEYED, NULL },
	[IN_HIGH_EN]     = { "high_en",     F_TEXT,   0, 60,    F_KEYED, NULL },
	[IN_HIGH_FR]     = { "high_fr",     F_TEXT,   0, 60,    F_KEYED, NULL },
	[IN_SCALE_NEXT]  = { "scale_next",  F_TEXT,   0, 4,     F_KEYED, NULL },
	/* where a yes/no question leads: "next", "end", or a question's number in the form */
	[IN_YES_NEXT]    = { "yes_next",    F_TEXT,   0, 4,     F_KEYED, NULL },
	[IN_NO_NEXT]     = { "no_next",     F_TEXT,   0, 4,     F_KEYED, NULL },
	/* how many rows of answers question N has, then answer.N-0 (its stable id), choice_en.N-0, ... of each */
	[IN_ANSWERS]     = { "answers",     F_UINT,   0, SURVEY_CHOICES_MAX, F_KEYED, NULL },
	[IN_ANSWER]      = { "answer",      F_UINT,   0, 0x7fffffffffffL, F_KEYED, NULL },
	[IN_CHOICE_EN]   = { "choice_en",   F_TEXT,   0, 300,   F_KEYED, NULL },
	[IN_CHOICE_FR]   = { "choice_fr",   F_TEXT,   0, 300,   F_KEYED, NULL },
	[IN_NEXT]        = { "next",        F_TEXT,   0, 4,     F_KEYED, NULL },
	/* the version that an edit began from, and how often its name had been changed */
	[IN_BASE]        = { "base",        F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_BASE_NAME]   = { "base_name",   F_UINT,   1, 0xffffffffL, 0, NULL },
	[IN_VERSION]     = { "version",     F_UINT,   1, 0x7fffffffffffL, 0, NULL },
};

int
main(void)
{
	static const struct app survey = {
		.name = "survey", .routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields), .who = session_who, .body_max = 512 * 1024,
	};
	return app_run(&survey);
}
