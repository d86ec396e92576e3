/*
 * tokens.c - tokens for other programs: made here, shown once, ended here. Organisers only.
 */
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/date.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/seal.h"

#include "domain/token.h"

#include "account.h"
#include "tpl/tokens.names.h"

static bool
ticked(struct req *rq, const char *code)
{
	for (size_t i = 0; i < in_count(rq, IN_SCOPE); i++)
		if (strcmp(in_nth(rq, IN_SCOPE, i), code) == 0)
			return true;
	return false;
}

static const char *
scope_words(struct req *rq, unsigned scopes)
{
	const char *words = "";

	for (size_t i = 0; i < NITEMS(token_scopes); i++)
		if (scopes & (unsigned)token_scopes[i].scope)
			words = arena_fmt(rq_arena(rq), "%s%s%s", words, *words == '\0' ? "" : ", ", token_scopes[i].label[rq_lang(rq)]);
	return words;
}

static enum http
render(struct req *rq, enum http status, const char *made, enum refusal name_wrong, enum refusal scope_wrong, const char *notice)
{
	struct page *pg = page_new(rq, "account/tokens.tpl", tr(rq_lang(rq), N_("Tokens for other programs")));
	unsigned char key[16];
	struct token *list;
	size_t n;

	if (!token_list(rq_db(rq), (struct user_id){ rq_who(rq)->user }, &list, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	seal_random(key, sizeof(key));
	page_shape(pg, "page-form");
	page_text(pg, TOKENS_CSRF, rq_csrf(rq));
	page_text(pg, TOKENS_KEY, seal_hex(rq_arena(rq), key, sizeof(key)));
	page_text(pg, TOKENS_ADDRESS, arena_fmt(rq_arena(rq), "%s/api/v1", conf.public_url));
	if (notice != NULL)
		page_notice(pg, notice, true);
	if (made != NULL)
		tpl_text(page_row(pg, TOKENS_MADE), TOKENS_TEXT, made);
	page_text(pg, TOKENS_NAME, made == NULL ? in_typed(rq, IN_TOKEN_NAME) : "");
	if (name_wrong != R_NONE)
		page_wrong(pg, TOKENS_NAME_WRONG, name_wrong);
	if (scope_wrong != R_NONE)
		page_wrong(pg, TOKENS_SCOPE_WRONG, scope_wrong);
	for (size_t i = 0; i < NITEMS(token_scopes); i++) {
		struct tpl *row = page_row(pg, TOKENS_SCOPE);
		tpl_text(row, TOKENS_CODE, token_scopes[i].code);
		tpl_text(row, TOKENS_LABEL, token_scopes[i].label[rq_lang(rq)]);
		if (made == NULL && ticked(rq, token_scopes[i].code))
			tpl_show(row, TOKENS_TICKED);
	}
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, TOKENS_TOKEN);
		tpl_text(row, TOKENS_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[i].id));
		tpl_text(row, TOKENS_NAME, list[i].name);
		tpl_text(row, TOKENS_SCOPES, scope_words(rq, list[i].scopes));
		tpl_text(row, TOKENS_WHEN, full_day_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, list[i].created_at));
		if (list[i].used_at == 0)
			tpl_show(row, TOKENS_UNUSED);
		else
			tpl_text(tpl_row(row, TOKENS_USED), TOKENS_WHEN, ago_words(rq_arena(rq), rq_lang(rq), list[i].used_at, rq_now(rq)));
		tpl_text(row, TOKENS_CSRF, rq_csrf(rq));
	}
	if (n == 0)
		page_show(pg, TOKENS_NONE);
	return page_send_as(pg, status);
}

enum http
tokens_show(struct req *rq)
{
	return render(rq, HTTP_OK, NULL, R_NONE, R_NONE, NULL);
}

static enum http
make(struct req *rq)
{
	unsigned scopes = 0;
	unsigned char key[16];
	const char *text = NULL;
	enum refusal why = R_NONE;

	if (in_blank(rq, IN_TOKEN_KEY) || !seal_unhex(in_text(rq, IN_TOKEN_KEY), key, sizeof(key)))
		return resp_refuse(rq, R_BAD_REQUEST);
	for (size_t i = 0; i < NITEMS(token_scopes); i++)
		if (ticked(rq, token_scopes[i].code))
			scopes |= (unsigned)token_scopes[i].scope;
	if (in_refusal(rq, IN_TOKEN_NAME) != R_NONE || in_refusal(rq, IN_SCOPE) != R_NONE)
		return render(rq, HTTP_UNPROCESSABLE, NULL, in_refusal(rq, IN_TOKEN_NAME), in_refusal(rq, IN_SCOPE), NULL);
	switch (token_make(rq_db(rq), rq_who(rq), in_text(rq, IN_TOKEN_NAME), scopes, key, rq_now(rq), &text, &why, rq_arena(rq))) {
	case SAVED:
		return render(rq, HTTP_OK, text, R_NONE, R_NONE, NULL);
	case ALREADY:
	case UNSURE:
		return render(rq, HTTP_OK, NULL, R_NONE, R_NONE,
		    tr(rq_lang(rq), N_("This form was sent before. Its token was shown then, and cannot be shown again: end it below and make another.")));
	case REFUSED:
		if (why == R_NOT_ALLOWED)
			return resp_refuse(rq, why);
		return render(rq, HTTP_UNPROCESSABLE, NULL, why == R_NOT_A_CHOICE ? R_NONE : why, why == R_NOT_A_CHOICE ? why : R_NONE, NULL);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

enum http
tokens_save(struct req *rq)
{
	const char *what = in_text(rq, IN_TOKEN_DO);

	if (strcmp(what, "make") == 0)
		return make(rq);
	if (strcmp(what, "end") != 0 || in_uint(rq, IN_TOKEN) == 0)
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (token_end(rq_db(rq), rq_who(rq), in_uint(rq, IN_TOKEN), rq_now(rq), rq_arena(rq))) {
	case NOT_SAVED:
		return resp_refuse(rq, R_BUSY);
	default:
		return resp_redirect(rq, "/profile/tokens");
	}
}
