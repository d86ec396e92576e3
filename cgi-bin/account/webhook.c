/*
 * webhook.c - one address: does it take what it is told, what was sent last, a test, a pause, its end.
 */
#include "plumb/arena.h"
#include "plumb/date.h"
#include "plumb/moment.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/seal.h"

#include "domain/outbox.h"

#include "account.h"
#include "tpl/webhook.names.h"
#include "webhook.h"

static const char *
at_words(struct req *rq, int64_t at)
{
	return moment_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, rq_now(rq), at);
}

/* What became of one try, in words. */
static const char *
answer_words(struct req *rq, const struct outbox_try *t)
{
	static const char *const words[] = {
		[FETCH_ADDRESS] = N_("Not sent: the address is not on the public network"), [FETCH_UNREACHED] = N_("No connection"),
		[FETCH_TLS] = N_("Not sent: its certificate does not fit"), [FETCH_SILENT] = N_("No answer within 8 seconds"),
		[FETCH_BROKEN] = N_("The connection broke"), [FETCH_TOO_LARGE] = N_("The answer was too large"),
	};

	if (t->status >= 200 && t->status < 300)
		return arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Taken (%u)"), t->status);
	if (t->status >= 300 && t->status < 400)
		return arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Refused (%u): it points elsewhere, which is not followed"), t->status);
	if (t->status != 0)
		return arena_fmt(rq_arena(rq), tr(rq_lang(rq), "Refused (%u)"), t->status);
	return tr(rq_lang(rq), (unsigned)t->why < NITEMS(words) && words[t->why] != NULL ? words[t->why] : N_("The connection broke"));
}

static const char *
pause_words(enum lang lang, enum outbox_pause why)
{
	return tr(lang, why == OUTBOX_BY_HAND ? N_("Somebody paused it here.") :
	    why == OUTBOX_GONE ? N_("The other system answered that this address is gone (410).") :
	    N_("It has taken nothing for a day and a half."));
}

static void
state_show(struct req *rq, struct page *pg, const struct outbox *b)
{
	struct tpl *row;

	if (b->paused != OUTBOX_GOES) {
		row = page_row(pg, WEBHOOK_PAUSED);
		tpl_text(row, WEBHOOK_WHY, pause_words(rq_lang(rq), b->paused));
		tpl_text(row, WEBHOOK_WHEN, at_words(rq, b->paused_at));
	} else if (b->failures > 0) {
		row = page_row(pg, WEBHOOK_FAILING);
		tpl_text(row, WEBHOOK_WHEN, at_words(rq, b->failing_since));
		tpl_text(row, WEBHOOK_NEXT, at_words(rq, b->next_at));
	} else
		page_show(pg, WEBHOOK_GOES);
	if (b->test_at != 0)
		page_show(pg, WEBHOOK_TESTING);
	page_show(pg, b->paused != OUTBOX_GOES ? WEBHOOK_RESUME : WEBHOOK_PAUSE);
	if (b->paused == OUTBOX_GOES && b->failures > 0)
		page_show(pg, WEBHOOK_NOW);
}

static bool
tries_show(struct req *rq, struct page *pg, uint64_t id)
{
	struct outbox_try *list;
	struct tpl *table;
	size_t n;

	if (!outbox_tries(rq_db(rq), id, &list, &n, rq_arena(rq)))
		return false;
	if (n == 0) {
		page_show(pg, WEBHOOK_NO_TRIES);
		return true;
	}
	table = page_row(pg, WEBHOOK_TRIES);
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(table, WEBHOOK_TRY);
		tpl_text(row, WEBHOOK_WHEN, at_words(rq, list[i].at));
		tpl_text(row, WEBHOOK_WHAT, list[i].attempt == 0 ? tr(rq_lang(rq), N_("Test")) :
		    arena_fmt(rq_arena(rq), tr(rq_lang(rq), N_("Call %llu")), (unsigned long long)list[i].attempt));
		tpl_text(row, WEBHOOK_ANSWER, answer_words(rq, &list[i]));
		tpl_text(row, WEBHOOK_TOOK, arena_fmt(rq_arena(rq), "%u\u00a0ms", list[i].took_ms));
	}
	return true;
}

/* The new one, once; another one; until when the one before counts. */
static void
secret_show(struct req *rq, struct page *pg, const struct outbox *b, const char *secret)
{
	bool both = b->old_until > rq_now(rq);
	unsigned char key[16];
	struct tpl *row;

	if (secret != NULL) {
		row = page_row(pg, WEBHOOK_MADE);
		tpl_text(row, WEBHOOK_SECRET, secret);
		if (both)
			tpl_text(tpl_row(row, WEBHOOK_UNTIL), WEBHOOK_WHEN, at_words(rq, b->old_until));
	}
	if (both)
		tpl_text(page_row(pg, WEBHOOK_BOTH), WEBHOOK_WHEN, at_words(rq, b->old_until));
	seal_random(key, sizeof(key));
	page_text(pg, WEBHOOK_KEY, seal_hex(rq_arena(rq), key, sizeof(key)));
	page_text(pg, WEBHOOK_SEEN, arena_fmt(rq_arena(rq), "%lld", (long long)b->rotated_at));
}

enum http
webhook_render(struct req *rq, uint64_t id, const char *secret, const char *notice)
{
	struct page *pg = page_new(rq, "account/webhook.tpl", tr(rq_lang(rq), N_("Webhook")));
	struct outbox b;

	switch (outbox_of(rq_db(rq), rq_who(rq), id, &b, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	page_shape(pg, "page-form");
	page_text(pg, WEBHOOK_CSRF, rq_csrf(rq));
	page_text(pg, WEBHOOK_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)b.id));
	page_text(pg, WEBHOOK_URL, b.url);
	page_text(pg, WEBHOOK_SCOPE, webhook_scope(rq, &b));
	if (b.with_answers)
		page_show(pg, WEBHOOK_ANSWERS);
	if (notice != NULL)
		page_notice(pg, notice, true);
	secret_show(rq, pg, &b, secret);
	state_show(rq, pg, &b);
	if (!tries_show(rq, pg, b.id))
		return resp_refuse(rq, R_BUSY);
	return page_send(pg);
}

enum http
webhook_show(struct req *rq)
{
	return webhook_render(rq, rq_id(rq), NULL, NULL);
}

static enum http
rotate(struct req *rq)
{
	const char *secret;
	enum refusal why;
	unsigned char key[16];

	if (in_blank(rq, IN_TOKEN_KEY) || !seal_unhex(in_text(rq, IN_TOKEN_KEY), key, sizeof(key)) || in_refusal(rq, IN_SEEN) != R_NONE)
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (outbox_rotate(rq_db(rq), rq_who(rq), rq_id(rq), key, (int64_t)in_uint(rq, IN_SEEN), rq_now(rq), &secret, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return webhook_render(rq, rq_id(rq), secret, NULL);
	case REFUSED:
		return why != R_PAGE_CHANGED ? resp_refuse(rq, why) :
		    webhook_render(rq, rq_id(rq), NULL, tr(rq_lang(rq), N_("Somebody made another secret meanwhile. Nothing was changed now.")));
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

enum http
webhook_save(struct req *rq)
{
	static const char *const words[OUTBOX_DOES] = { "test", "pause", "resume", "remove", "end_old" };
	enum outbox_do what = 0;
	enum refusal why;

	if (strcmp(in_text(rq, IN_HOOK_DO), "rotate") == 0)
		return rotate(rq);
	while (what < OUTBOX_DOES && strcmp(in_text(rq, IN_HOOK_DO), words[what]) != 0)
		what++;
	if (what == OUTBOX_DOES || in_refusal(rq, IN_HOOK_DO) != R_NONE)
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (outbox_do(rq_db(rq), rq_who(rq), rq_id(rq), what, rq_now(rq), &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, what == OUTBOX_REMOVE ? "/webhooks" : arena_fmt(rq_arena(rq), "/webhooks/%llu", (unsigned long long)rq_id(rq)));
	case REFUSED:
		return resp_refuse(rq, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
