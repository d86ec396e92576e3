#include "plumb/app.h"

#include "agent.h"

static const struct route routes[] = {
	{ GET,  "/agent",          list_show, NEEDS_LOGIN | READ_ONLY },
	{ GET,  "/agent/:id",      call_get,  NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ GET,  "/agent/:id/next", back_get,  NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ GET,  "/agent/:id/save", back_get,  NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ GET,  "/agent/:id/skip", back_get,  NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ GET,  "/agent/:id/answer", back_get, NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ GET,  "/agent/:id/back", back_get,  NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ POST, "/agent/:id/answer", answer_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
	{ POST, "/agent/:id/back", back_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
	{ GET,  "/agent/:id/line", line_get, NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ POST, "/agent/:id/line/:word", line_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
	{ GET,  "/agent/:id/voice", voice_get, NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ GET,  "/agent/:id/voice/token", voice_token_get, NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ POST, "/agent/:id/voice", voice_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
	{ POST, "/agent/:id/next", next_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
	{ POST, "/agent/:id/save", save_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
	{ GET,  "/agent/:id/break", back_get, NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ GET,  "/agent/:id/number", back_get, NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ GET,  "/agent/:id/undo", back_get,  NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ POST, "/agent/:id/break", break_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
	{ POST, "/agent/:id/number", number_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
	{ POST, "/agent/:id/undo", undo_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
	{ POST, "/agent/:id/skip", skip_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
	{ GET,  "/agent/:id/practice", back_get, NEEDS_LOGIN | NEEDS_MEMBER | READ_ONLY },
	{ POST, "/agent/:id/practice", practice_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
	{ POST, "/agent/:id/stop", stop_post, NEEDS_LOGIN | NEEDS_MEMBER | NEEDS_CSRF },
};

static const struct field fields[IN__MAX] = {
	[IN_FORM_KEY]         = { "form_key",         F_TEXT,   32, 32,  F_REQUIRED, NULL },
	[IN_ENTRY]            = { "entry",            F_UINT,   1,  0x7fffffffffffL, F_REQUIRED, NULL },
	[IN_CLAIMED]          = { "claimed",          F_UINT,   1,  0x7fffffffffffffL, F_REQUIRED, NULL },
	[IN_STATUS]           = { "status",           F_TEXT,   1,  20,  0, NULL },
	[IN_ANSWER]           = { "answer",           F_UINT,   1,  0x7fffffffffffL, F_REPEATS, NULL },
	[IN_SAID]             = { "said",             F_LINES,  0,  4000, 0, NULL },
	[IN_NOTE]             = { "note",             F_LINES,  0,  2000, 0, NULL },
	[IN_CALLBACK_DATE]    = { "callback_date",    F_DATE,   0,  0,   0, NULL },
	[IN_CALLBACK_TIME]    = { "callback_time",    F_TIME,   0,  0,   0, NULL },
	[IN_KEEP]             = { "keep",             F_BOOL,   0,  0,   0, NULL },
	[IN_MATE]             = { "mate",             F_UINT,   1,  0x7fffffffffffL, F_REPEATS, NULL },
	[IN_NUMBER]           = { "number",           F_TEXT,   0,  17,  0, NULL },
	[IN_UNDO]             = { "undo",             F_TEXT,   0,  80,  0, NULL },	/* entry-claimed-form_key of the call saved */
	/* answers.12, texts.12: to the question 12, beside the operation's first */
	[IN_ANSWERS]          = { "answers",          F_UINT,   1,  0x7fffffffffffL, F_KEYED | F_REPEATS, NULL },
	[IN_TEXTS]            = { "texts",            F_LINES,  0,  4000, F_KEYED, NULL },
	[IN_EDIT_PHONE_HOME]  = { "edit_phone_home",  F_TEXT,   0,  60,  0, NULL },
	[IN_EDIT_PHONE_CELL]  = { "edit_phone_cell",  F_TEXT,   0,  60,  0, NULL },
	[IN_EDIT_PHONE_WORK]  = { "edit_phone_work",  F_TEXT,   0,  60,  0, NULL },
	[IN_EDIT_EMAIL]       = { "edit_email",       F_EMAIL,  0,  190, 0, NULL },
	[IN_EDIT_LANGUAGE]    = { "edit_language",    F_CHOICE, 0,  0,   0, "fr|en" },
	[IN_EDIT_NATIONALITY] = { "edit_nationality", F_TEXT,   0,  60,  0, NULL },
	[IN_EDIT_NOTES]       = { "edit_notes",       F_LINES,  0,  1000, 0, NULL },
	[IN_QUESTION]         = { "question",         F_UINT,   1,  0x7fffffffffffL, 0, NULL },
	[IN_GO]               = { "go",               F_CHOICE, 0,  0,   0, "next|skip|start|end" },
	[IN_LINE_NUMBER]      = { "line_number",      F_TEXT,   0,  30,  0, NULL },
	[IN_LINE]             = { "line",             F_UINT,   1,  0x7fffffffffffL, 0, NULL },
	[IN_END]              = { "end",              F_BOOL,   0,  0,   0, NULL },
};

int
main(void)
{
	static const struct app agent = {
		.name = "agent", .routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields), .who = agent_who,
	};
	return app_run(&agent);
}
