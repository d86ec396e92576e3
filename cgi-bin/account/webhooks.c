/*
 * webhooks.c - addresses of other systems that are told every saved call: all of them, and a new one. Administrators see
 * all of the organisation, other organisers those of the operations they own.
 */
#include "plumb/arena.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/seal.h"

#include "domain/outbox.h"

#include "account.h"
#include "tpl/webhooks.names.h"
#include "tpl/webhook_new.names.h"
#include "webhook.h"

const char *
webhook_scope(struct req *rq, const struct outbox *b)
{
	return b->op.v == 0 ? tr(rq_lang(rq), N_("All operations")) : b->operation;
}

enum http
webhooks_show(struct req *rq)
{
	struct page *pg = page_new(rq, "account/webhooks.tpl", tr(rq_lang(rq), N_("Webhooks")));
	struct outbox *list;
	struct tpl *some;
	size_t n;

	if (!outbox_list(rq_db(rq), rq_who(rq), &list, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	page_shape(pg, "page-form");
	some = n > 0 ? page_row(pg, WEBHOOKS_SOME) : NULL;
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(some, WEBHOOKS_WEBHOOK);
		tpl_text(row, WEBHOOKS_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[i].id));
		tpl_text(row, WEBHOOKS_URL, list[i].url);
		tpl_text(row, WEBHOOKS_SCOPE, webhook_scope(rq, &list[i]));
		tpl_show(row, list[i].paused != OUTBOX_GOES ? WEBHOOKS_PAUSED : list[i].failures > 0 ? WEBHOOKS_FAILING : WEBHOOKS_GOES);
	}
	if (n == 0)
		page_show(pg, WEBHOOKS_NONE);
	return page_send(pg);
}

/* --- a new one --- */

static enum http
render(struct req *rq, enum http status, enum refusal url_wrong, enum refusal operation_wrong)
{
	struct page *pg = page_new(rq, "account/webhook_new.tpl", tr(rq_lang(rq), N_("Add a webhook")));
	bool all = rq_who(rq)->role == ROLE_ADMINISTRATOR;
	unsigned char key[16];
	struct outbox_choice *choice;
	size_t n;

	if (!outbox_choices(rq_db(rq), rq_who(rq), &choice, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	seal_random(key, sizeof(key));
	page_shape(pg, "page-form");
	page_text(pg, WEBHOOK_NEW_CSRF, rq_csrf(rq));
	page_text(pg, WEBHOOK_NEW_KEY, rq_is_post(rq) && !in_blank(rq, IN_TOKEN_KEY) ? in_text(rq, IN_TOKEN_KEY) : seal_hex(rq_arena(rq), key, sizeof(key)));
	page_text(pg, WEBHOOK_NEW_URL, in_typed(rq, IN_URL));
	if (url_wrong != R_NONE)
		page_wrong(pg, WEBHOOK_NEW_URL_WRONG, url_wrong);
	if (operation_wrong != R_NONE)
		page_wrong(pg, WEBHOOK_NEW_OPERATION_WRONG, operation_wrong);
	if (in_bool(rq, IN_ANSWERS))
		page_show(pg, WEBHOOK_NEW_TICKED);
	if (!all && n == 0)
		page_show(pg, WEBHOOK_NEW_NOTHING);
	else
		page_show(pg, WEBHOOK_NEW_MAY);
	if (all)
		page_show(pg, WEBHOOK_NEW_ALL);
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, WEBHOOK_NEW_OPERATION);
		tpl_text(row, WEBHOOK_NEW_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)choice[i].id.v));
		tpl_text(row, WEBHOOK_NEW_NAME, choice[i].name);
		if (in_uint(rq, IN_OPERATION) == choice[i].id.v)
			tpl_show(row, WEBHOOK_NEW_CHOSEN);
	}
	return page_send_as(pg, status);
}

enum http
webhook_new_show(struct req *rq)
{
	return render(rq, HTTP_OK, R_NONE, R_NONE);
}

enum http
webhook_new_save(struct req *rq)
{
	struct operation_id op = { in_uint(rq, IN_OPERATION) };
	const char *secret = NULL;
	enum refusal why = R_NONE;
	unsigned char key[16];
	uint64_t id = 0;

	if (in_blank(rq, IN_TOKEN_KEY) || !seal_unhex(in_text(rq, IN_TOKEN_KEY), key, sizeof(key)))
		return resp_refuse(rq, R_BAD_REQUEST);
	if (!IN_FIT(rq, IN_URL, IN_OPERATION, IN_ANSWERS))
		return render(rq, HTTP_UNPROCESSABLE, in_refusal(rq, IN_URL), in_refusal(rq, IN_OPERATION));
	switch (outbox_add(rq_db(rq), rq_who(rq), op, in_text(rq, IN_URL), in_bool(rq, IN_ANSWERS), key, rq_now(rq), &id, &secret, &why,
	    rq_arena(rq))) {
	case SAVED:
		return webhook_render(rq, id, secret, NULL);
	case ALREADY:
	case UNSURE:
		return resp_redirect(rq, "/webhooks");
	case REFUSED:
		if (why == R_NOT_ALLOWED)
			return op.v == 0 ? render(rq, HTTP_UNPROCESSABLE, R_NONE, R_MISSING) : resp_refuse(rq, why);
		return render(rq, HTTP_UNPROCESSABLE, why, R_NONE);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
