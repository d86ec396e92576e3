/*
 * main.c - the people area: contacts and electors, one record, and loading them into an operation.
 */
#include "plumb/app.h"

#include "domain/filter_saved.h"
#include "domain/session.h"

#include "people.h"

/* Agents see the people they call, one after another; the whole list is the organisers' (fact 128). */
#define SHOW	(NEEDS_LOGIN | NEEDS_ORGANISER | READ_ONLY)

#define CHANGE	(NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF)

static const struct route routes[] = {
	{ GET,  "/contacts",        contacts_show,      SHOW },
	{ GET,  "/electors",        electors_show,      SHOW },
	{ GET,  "/people/load",     load_show,          SHOW },
	{ POST, "/people/load",     load_begin,         NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF },
	{ POST, "/people/filters",  filters_save,       NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF },
	{ POST, "/people/filters/forget", filters_forget, NEEDS_LOGIN | NEEDS_ORGANISER | NEEDS_CSRF },
	{ GET,  "/people/progress", load_progress_json, SHOW | AS_JSON },
	{ GET,  "/people/:id",      person_show,        SHOW | REVEALS },
	{ GET,  "/people/:id/edit", edit_show,          SHOW | REVEALS },
	{ POST, "/people/:id/edit", edit_save,          CHANGE },
	{ POST, "/people/:id/phones", phones_save,      CHANGE },
	{ POST, "/people/:id/link", link_save,          CHANGE },
	{ GET,  "/people/:id/call", call_ask,           SHOW | REVEALS },
	{ POST, "/people/:id/call", call_begin,         CHANGE },
	{ POST, "/people/:id/calls", call_save,         CHANGE },
	{ GET,  "/people/:id/copy.json", copy_json,     SHOW | REVEALS },
	{ GET,  "/people/:id/copy.csv", copy_csv,       SHOW | REVEALS },
	{ GET,  "/people/:id/erase", erase_ask,         SHOW },
	{ POST, "/people/:id/erase", erase_now,         CHANGE },
	{ POST, "/people/:id/custom", custom_save,      CHANGE },
	{ GET,  "/people/:id/merge", merge_show,        SHOW | REVEALS },
	{ POST, "/people/:id/merge", merge_save,        CHANGE },
	{ GET,  "/people/fields",   fields_show,        SHOW },
	{ POST, "/people/fields",   fields_save,        CHANGE },
	{ GET,  "/people/log",      reveals_show,       NEEDS_LOGIN | NEEDS_ADMIN | READ_ONLY },
	/* the keyboard page of a polling day, and a list of those who must not be called */
	{ GET,  "/people/voted",            voted_show,         SHOW },
	{ POST, "/people/voted",            voted_sheet,        CHANGE },
	{ POST, "/people/voted/file",       voted_file,         CHANGE | TAKES_FILE },
	{ POST, "/people/voted/undo",       voted_undo_post,    CHANGE },
	{ POST, "/people/:id/voted",        voted_person_post,  CHANGE },
	{ GET,  "/people/do-not-call",      do_not_call_show,   SHOW },
	{ POST, "/people/do-not-call",      do_not_call_add,    CHANGE },
	{ POST, "/people/do-not-call/file", do_not_call_file,   CHANGE | TAKES_FILE },
	{ POST, "/people/:id/do-not-call",  do_not_call_person, CHANGE },
	/* :id is the operation */
	{ GET,  "/people/list/:id",         call_list_show,     SHOW | NEEDS_OWNER },
	{ GET,  "/people/list/:id/person",  call_person_show,   SHOW | NEEDS_OWNER },
	{ POST, "/people/list/:id/person",  call_person_save,   CHANGE | NEEDS_OWNER },
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
	[IN_FIELD]     = { "f",         F_TEXT,   0, 40,  F_KEYED, NULL },
	[IN_COMPARE]   = { "o",         F_TEXT,   0, 20,  F_KEYED, NULL },
	[IN_VALUE]     = { "v",         F_TEXT,   0, 400, F_KEYED | F_REPEATS, NULL },
	[IN_GIVEN_IN]  = { "in",        F_UINT,   1, 0x7fffffffffffL, F_KEYED, NULL },
	[IN_GROUP]     = { "g",         F_UINT,   1, FILTER_GROUPS, F_KEYED, NULL },
	[IN_MATE]      = { "mate",      F_BOOL,   0, 0,   F_KEYED, NULL },
	[IN_JOIN]      = { "join",      F_CHOICE, 0, 0,   F_KEYED, "all|any" },
	[IN_GROUPS]    = { "groups",    F_CHOICE, 0, 0,   0, "all|any" },
	[IN_NEW]       = { "new",       F_TEXT,   0, 40,  F_KEYED, NULL },
	[IN_ADD]       = { "add",       F_UINT,   1, FILTER_GROUPS, 0, NULL },
	[IN_DROP]      = { "drop",      F_UINT,   1, FILTER_CONDITIONS, 0, NULL },
	[IN_LIVE]      = { "live",      F_BOOL,   0, 0,   0, NULL },
	[IN_SORT]      = { "sort",      F_CHOICE, 0, 0,   0, "name|first|city|place|newest" },
	[IN_DOWN]      = { "down",      F_BOOL,   0, 0,   0, NULL },
	[IN_FILTER_NAME] = { "filter_name", F_TEXT, 0, SAVED_NAME_MAX, F_REQUIRED, NULL },
	[IN_FILTER]    = { "filter",    F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_SET]             = { "set",             F_LINES,  0, PERSON_NOTES_MAX, F_KEYED, NULL },
	[IN_CALLS_FORBIDDEN] = { "calls_forbidden", F_BOOL,   0, 0,  0, NULL },
	[IN_DECEASED]        = { "deceased",        F_BOOL,   0, 0,  0, NULL },
	[IN_SEEN]            = { "seen",            F_UINT,   0, 0x7fffffffffffffffL, 0, NULL },
	[IN_NUMBER_ID]       = { "number_id",       F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_NUMBER]          = { "number",          F_TEXT,   0, 60, 0, NULL },
	[IN_NUMBER_KIND]     = { "number_kind",     F_CHOICE, 0, 0,  0, "home|cell|work" },
	[IN_NUMBER_STATE]    = { "number_state",    F_CHOICE, 0, 0,  0, "ok|wrong|forbidden" },
	[IN_NUMBER_DO]       = { "do",              F_CHOICE, 0, 0,  0, "save|first|remove|add" },
	[IN_CONTACT_ID]      = { "contact",         F_UINT,   0, 0x7fffffffffffL, 0, NULL },
	[IN_SAID]            = { "said",            F_TEXT,   0, 20, 0, NULL },
	[IN_CALL]            = { "call",            F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_CALL_CHOICE]     = { "choice",          F_CHOICE, 0, 0,  0, "once|always|ask" },
	[IN_CALL_FROM]       = { "from",            F_CHOICE, 0, 0,  0, "list" },
	[IN_FORM_KEY]        = { "form_key",        F_TEXT,   0, 32, 0, NULL },
	[IN_BEGUN]           = { "begun",           F_UINT,   1, 0x7fffffffffffffffL, 0, NULL },
	[IN_STATUS]          = { "status",          F_TEXT,   0, 30, 0, NULL },
	[IN_NOTE]            = { "note",            F_LINES,  0, 2000, 0, NULL },
	[IN_SURE]            = { "sure",            F_BOOL,   0, 0,  0, NULL },
	[IN_BEFORE]          = { "before",          F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_CUSTOM]          = { "custom",          F_TEXT,   0, 300, F_KEYED, NULL },
	[IN_OWN_FIELD]       = { "own_field",       F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_OWN_NAME]        = { "own_name",        F_TEXT,   1, 60, F_REQUIRED, NULL },
	[IN_OWN_FORM]        = { "own_form",        F_CHOICE, 0, 0,  0, "text|number|date|yes" },
	[IN_WITH]            = { "with",            F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_PICK]            = { "pick",            F_CHOICE, 0, 0,  F_KEYED, "mine|theirs" },
	[IN_SEEN_OTHER]      = { "seen_other",      F_UINT,   0, 0x7fffffffffffffffL, 0, NULL },
	[IN_OWN_DO]          = { "own_do",          F_CHOICE, 0, 0,  0, "define|away|back" },
	/* who has voted, do not call, an operation's list */
	[IN_NUMBERS]      = { "numbers",      F_TEXT,   0, 4000, 0, NULL },
	[IN_DIVISION]     = { "division",     F_TEXT,   0, 80, 0, NULL },
	[IN_BATCH]        = { "batch",        F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_FILE]         = { "file",         F_FILE,   0, 0,  0, NULL },
	[IN_PASTED]       = { "pasted",       F_LINES,  0, 200000, 0, NULL },
	[IN_VOTED]        = { "voted",        F_CHOICE, 0, 0,  0, "yes|no" },
	[IN_TEL]          = { "tel",          F_TEXT,   0, 40, 0, NULL },
	[IN_REASON]       = { "reason",       F_TEXT,   0, 200, 0, NULL },
	[IN_WITH_NUMBERS] = { "with_numbers", F_BOOL,   0, 0,  0, NULL },
	[IN_SHOW]         = { "show",         F_CHOICE, 0, 0,  0, "numbers|people" },
	[IN_STATE]        = { "state",        F_CHOICE, 0, 0,  0, "ready|held|waiting|done|removed" },
	[IN_ENTRY]        = { "entry",        F_UINT,   1, 0x7fffffffffffL, 0, NULL },
	[IN_ATTEMPT]      = { "attempt",      F_UINT,   1, 65535, 0, NULL },
	[IN_RIGHT]        = { "right",        F_TEXT,   0, 30, 0, NULL },
	[IN_ACT]          = { "act",          F_CHOICE, 0, 0,  0, "remove|reopen|correct" },
	/* a number of the operation's page: a status's code, a group of its clock and the zone where calls are closed */
	[IN_WHY]          = { "why",          F_TEXT,   0, 30, 0, NULL },
	[IN_WHEN]         = { "when",         F_CHOICE, 0, 0,  0, "now|closed|soon|next|later|appointment|never" },
	[IN_ZONE]         = { "zone",         F_UINT,   0, 255, 0, NULL },
};

/* Who looked at whom; the owner of the organisation reads it at /people/log. */
static bool
revealed(struct db *db, const struct who *who, const struct route *route, uint64_t id, int64_t now)
{
	struct record_by by = { { who->organisation }, { who->user }, { id }, now };

	return record_revealed(db, &by, strstr(route->pattern, "/copy.") != NULL ? "copy" : "view");
}

int
main(void)
{
	static const struct app people = {
		.name = "people", .routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields), .who = session_who, .revealed = revealed,
		.body_max = 256 * 1024,		/* notes as long as they may be: a form writes a letter with up to nine bytes */
	};
	return app_run(&people);
}
