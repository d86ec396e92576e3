#include "plumb/app.h"
#include "plumb/arena.h"
#include "plumb/phone.h"

#include "domain/session.h"

#include "connection.h"

struct organisation_id
org_of(const struct req *rq)
{
	return (struct organisation_id){ rq_who(rq)->organisation };
}

struct user_id
user_of(const struct req *rq)
{
	return (struct user_id){ rq_who(rq)->user };
}

const char *
id_text(struct req *rq, uint64_t id)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)id);
}

const char *
number_text(struct req *rq, const char *e164)
{
	char text[40];

	phone_display(e164, text, sizeof(text));
	return arena_strdup(rq_arena(rq), text);
}

const char *
money(struct req *rq, int64_t micro, const char *currency)
{
	int64_t cents = (micro + 5000) / 10000;

	return arena_fmt(rq_arena(rq), rq_lang(rq) == LANG_FR ? "%lld,%02lld\u00a0%s" : "%lld.%02lld\u00a0%s",
	    (long long)(cents / 100), (long long)(cents % 100), currency);
}

const char *
place_of(struct req *rq, struct trunk_id id)
{
	return arena_fmt(rq_arena(rq), "/connections/%llu", (unsigned long long)id.v);
}

enum http
answered(struct req *rq, enum saved s, const char *to)
{
	switch (s) {
	case SAVED:
	case ALREADY:	return resp_redirect(rq, to);
	case REFUSED:	return resp_refuse(rq, R_NOT_FOUND);
	case UNSURE:
	case NOT_SAVED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}

static const struct route routes[] = {
	{ GET,  "/connections",            list_show,      NEEDS_LOGIN | NEEDS_ADMIN | READ_ONLY },
	{ GET,  "/connections/new",        new_show,       NEEDS_LOGIN | NEEDS_ADMIN | READ_ONLY },
	{ POST, "/connections/new",        new_save,       NEEDS_LOGIN | NEEDS_ADMIN | NEEDS_CSRF },
	{ GET,  "/connections/:id",        one_show,       NEEDS_LOGIN | NEEDS_ADMIN | READ_ONLY },
	{ GET,  "/connections/:id/edit",   edit_show,      NEEDS_LOGIN | NEEDS_ADMIN | READ_ONLY },
	{ POST, "/connections/:id/edit",   edit_save,      NEEDS_LOGIN | NEEDS_ADMIN | NEEDS_CSRF },
	{ POST, "/connections/:id/check",  check_post,     NEEDS_LOGIN | NEEDS_ADMIN | NEEDS_CSRF },
	{ POST, "/connections/:id/forget", forget_post,    NEEDS_LOGIN | NEEDS_ADMIN | NEEDS_CSRF },
	{ POST, "/connections/:id/remove", remove_post,    NEEDS_LOGIN | NEEDS_ADMIN | NEEDS_CSRF },
	{ POST, "/connections/:id/power",  power_post,     NEEDS_LOGIN | NEEDS_ADMIN | NEEDS_CSRF },
	{ POST, "/connections/:id/caller", caller_post,    NEEDS_LOGIN | NEEDS_ADMIN | NEEDS_CSRF },
	{ POST, "/connections/:id/caller-remove", caller_remove_post, NEEDS_LOGIN | NEEDS_ADMIN | NEEDS_CSRF },
	{ GET,  "/connections/:id/:word",  one_back,       NEEDS_LOGIN | NEEDS_ADMIN | READ_ONLY },
	{ GET,  "/connections/operation/:id", operation_show, NEEDS_LOGIN | NEEDS_OWNER | READ_ONLY },
	{ POST, "/connections/operation/:id", operation_save, NEEDS_LOGIN | NEEDS_OWNER | NEEDS_CSRF },
};

static const struct field fields[IN__MAX] = {
	[IN_NAME]       = { "name",       F_TEXT,   1, 80,  F_REQUIRED, NULL },
	[IN_PROVIDER]   = { "provider",   F_CHOICE, 0, 0,   F_REQUIRED, "twilio|signalwire|sim" },
	[IN_ACCOUNT]    = { "account",    F_TEXT,   0, 80,  0, NULL },
	[IN_BASE]       = { "base_url",   F_TEXT,   0, 200, 0, NULL },
	[IN_SECRET]     = { "secret",     F_TEXT,   0, 300, 0, NULL },
	[IN_CPS]        = { "cps",        F_UINT,   1, 30,  F_REQUIRED, NULL },
	[IN_BUDGET]     = { "budget",     F_UINT,   0, 1000000, 0, NULL },
	[IN_CURRENCY]   = { "currency",   F_CHOICE, 0, 0,   F_REQUIRED, CURRENCIES },
	[IN_KEY]        = { "key",        F_TEXT,   32, 32, 0, NULL },
	[IN_NUMBER]     = { "number",     F_TEXT,   0, 40,  0, NULL },
	[IN_CALLER]     = { "caller",     F_TEXT,   1, 60,  0, NULL },
	[IN_MODE]       = { "mode",       F_CHOICE, 0, 0,   F_REQUIRED, "preview|progressive|power" },
	[IN_RING]       = { "ring",       F_UINT,   RING_S_LEAST, RING_S_MOST, F_REQUIRED, NULL },
	[IN_BROWSER_KEY]    = { "browser_key",    F_TEXT, 0, 80,  0, NULL },
	[IN_BROWSER_SECRET] = { "browser_secret", F_TEXT, 0, 300, 0, NULL },
	[IN_BROWSER_APP]    = { "browser_app",    F_TEXT, 0, 80,  0, NULL },
	[IN_BROWSER_SCRIPT] = { "browser_script", F_TEXT, 0, 200, 0, NULL },
	[IN_VOICE]      = { "voice",      F_CHOICE, 0, 0,   0, "phone|browser" },
	[IN_ALLOW]      = { "allow",      F_CHOICE, 0, 0,   0, "yes|no" },
	[IN_DONE]       = { "done",       F_CHOICE, 0, 0,   0, "saved" },
};

int
main(void)
{
	static const struct app connection = { .name = "connection", .routes = routes, .nroutes = NITEMS(routes),
		.fields = fields, .nfields = NITEMS(fields), .who = session_who };

	return app_run(&connection);
}
