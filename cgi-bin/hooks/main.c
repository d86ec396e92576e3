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

static enum http
hook_post(struct req *rq)
{
	struct hook_request request = { .method = "POST", .uri = rq_target(rq), .content_type = rq_header(rq, "CONTENT_TYPE"),
		.header = header, .ctx = rq, .now_us = rq_now(rq) };
	struct hook_answer answer = { 0 };
	const char *said = "";

	request.body = rq_raw(rq, &request.len);
	webhook_take(rq_db(rq), &request, &answer, &said, rq_arena(rq));
	if (strcmp(said, "ok") != 0)
		log_event("webhook %s", said);
	return resp_text(rq, answer.status, answer.content_type, answer.body);
}

int
main(void)
{
	static const struct route routes[] = {
		{ POST, "/hooks/:rest", hook_post, RAW },
	};
	static const struct app hooks = { .name = "hooks", .routes = routes, .nroutes = NITEMS(routes), .body_max = HOOK_BODY_MOST };

	return app_run(&hooks);
}
