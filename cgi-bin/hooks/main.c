/*
 * hooks - where telephony providers tell us what became of a call. One row: the signature on the raw bytes
 * is the login.
 */
#include "plumb/app.h"
#include "plumb/arena.h"
#include "plumb/log.h"
#include "plumb/req.h"

#include "domain/webhook.h"

/* "x-twilio-signature" as the web server passes it: HTTP_X_TWILIO_SIGNATURE. */
static const char *
header(void *ctx, const char *name)
{
	char cgi[80] = "HTTP_";
	size_t n = strlen(name);

	if (n + 6 > sizeof(cgi))
		return NULL;
	for (size_t i = 0; i <= n; i++)
		cgi[5 + i] = name[i] == '-' ? '_' : name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 32) : name[i];
	return rq_header(ctx, cgi);
}

/* Read and not answered yet. */
static struct waiting { struct req *rq; struct webhook hook; } waiting[WEBHOOKS_MOST];
static size_t nwaiting;

static enum http
hook_post(struct req *rq)
{
	struct waiting *w = &waiting[nwaiting++];

	assert(nwaiting <= WEBHOOKS_MOST);
	*w = (struct waiting){ rq, { .log_id = rq_log_id(rq), .request = { .method = "POST", .uri = rq_target(rq),
		.content_type = rq_header(rq, "CONTENT_TYPE"), .header = header, .ctx = rq, .now_us = rq_now(rq) } } };
	w->hook.request.body = rq_raw(rq, &w->hook.request.len);
	return resp_text(rq, HTTP_UNAVAILABLE, NULL, NULL);	/* until it is stored */
}

/* All that have come: stored in one go. */
static void
answer(struct db *db, struct arena *a)
{
	struct webhook *hooks[WEBHOOKS_MOST];

	for (size_t i = 0; i < nwaiting; i++)
		hooks[i] = &waiting[i].hook;
	webhooks_take(db, hooks, nwaiting, a);
	for (size_t i = 0; i < nwaiting; i++) {
		const struct webhook *w = &waiting[i].hook;

		if (strcmp(w->said, "ok") != 0) {
			log_request(w->log_id);
			log_event("webhook %s", w->said);
		}
		resp_text(waiting[i].rq, w->answer.status, w->answer.content_type, w->answer.body);
	}
	nwaiting = 0;
}

int
main(void)
{
	static const struct route routes[] = {
		{ POST, "/hooks/:rest", hook_post, RAW },
	};
	static const struct app hooks = { .name = "hooks", .routes = routes, .nroutes = NITEMS(routes), .settle = answer,
		.body_max = HOOK_BODY_MOST };

	return app_run(&hooks);
}
