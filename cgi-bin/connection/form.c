/*
 * form.c - a connection added or changed. Secrets go in and never come out: a field left empty keeps what is there.
 */
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/conf.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "tpl/form.names.h"

#include "connection.h"

/* Agent and person meet in a room of the company; who has none that we can use is not offered (provider.h). */
static bool
has_rooms(enum provider p)
{
	return p == PROVIDER_TWILIO || p == PROVIDER_SIGNALWIRE || (p == PROVIDER_SIM && conf.sim_port != 0);
}

static void
providers(struct req *rq, struct page *pg, enum provider chosen)
{
	for (unsigned p = 0; p < PROVIDER__MAX; p++) {
		struct tpl *row;
		if (!has_rooms((enum provider)p))
			continue;
		row = page_row(pg, FORM_PROVIDER);
		tpl_text(row, FORM_CODE, provider_word((enum provider)p));
		tpl_text(row, FORM_LABEL, tr(rq_lang(rq), provider_name((enum provider)p)));
		if (p == chosen)
			tpl_show(row, FORM_CHOSEN);
	}
}

static void
currencies(struct req *rq, struct page *pg, const char *chosen)
{
	const char *code[10];
	size_t n = text_split(rq_arena(rq), CURRENCIES, '|', code, NITEMS(code));

	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, FORM_MONEY);
		tpl_text(row, FORM_CODE, code[i]);
		if (strcmp(code[i], chosen) == 0)
			tpl_show(row, FORM_CHOSEN);
	}
}

/* Beside which field what the adapter does not take is said. */
static const char *
section_of(enum trouble t)
{
	switch (t) {
	case TROUBLE_ACCOUNT:	return FORM_ACCOUNT_WRONG;
	case TROUBLE_BASE_URL:	return FORM_BASE_WRONG;
	case TROUBLE_SECRET:	return FORM_SECRET_WRONG;
	case TROUBLE_SCRIPT_ADDRESS: return FORM_SCRIPT_WRONG;
	case TROUBLE_BROWSER:
	case TROUBLE_BROWSER_FORM:
	case TROUBLE_NO_BROWSER: return FORM_BROWSER_WRONG;
	default:		return FORM_TROUBLE;
	}
}

static void
value(struct req *rq, struct page *pg, const char *name, unsigned f, const char *stored)
{
	page_text(pg, name, in_given(rq, f) ? in_typed(rq, f) : stored);
}

static enum http
render(struct req *rq, const struct trunk *t, enum trouble trouble, enum http status)
{
	static const struct { unsigned field; const char *wrong; } inputs[] = {
		{ IN_NAME, FORM_NAME_WRONG }, { IN_PROVIDER, FORM_PROVIDER_WRONG }, { IN_CPS, FORM_CPS_WRONG }, { IN_BUDGET, FORM_BUDGET_WRONG },
	};
	enum lang lang = rq_lang(rq);
	struct page *pg = page_new(rq, "connection/form.tpl", t == NULL ? tr(lang, N_("Add a connection")) : t->name);
	enum provider chosen = t != NULL ? t->provider : provider_of(in_text(rq, IN_PROVIDER));
	unsigned char key[16];

	page_menu(pg, "connections");
	page_shape(pg, "page-form");
	page_text(pg, FORM_CSRF, rq_csrf(rq));
	page_text(pg, FORM_TITLE, t == NULL ? tr(lang, N_("Add a connection")) : t->name);
	page_text(pg, FORM_ACTION, t == NULL ? "/connections/new" : arena_fmt(rq_arena(rq), "%s/edit", place_of(rq, t->id)));
	page_text(pg, FORM_BACK, t == NULL ? "/connections" : place_of(rq, t->id));
	seal_random(key, sizeof(key));
	page_text(pg, FORM_KEY, in_text(rq, IN_KEY)[0] != '\0' ? in_text(rq, IN_KEY) : seal_hex(rq_arena(rq), key, sizeof(key)));
	if (t == NULL) {
		page_show(pg, FORM_NEW);
		providers(rq, pg, chosen);
	} else
		page_text(pg, FORM_PROVIDER_NAME, tr(lang, provider_name(chosen)));
	if (t != NULL)
		page_show(pg, FORM_CHANGE);
	if (t == NULL || t->provider != PROVIDER_SIM)
		page_show(pg, FORM_ACCOUNT_FIELDS);
	if (t == NULL || t->provider == PROVIDER_TWILIO) {
		page_show(pg, FORM_BROWSER_FIELDS);
		if (in_text(rq, IN_BROWSER_KEY)[0] != '\0' || in_text(rq, IN_BROWSER_SECRET)[0] != '\0' || in_text(rq, IN_BROWSER_APP)[0] != '\0' ||
		    in_text(rq, IN_BROWSER_SCRIPT)[0] != '\0' || (t != NULL && t->config.browser_key[0] != '\0'))
			page_show(pg, FORM_BROWSER_OPEN);
	}
	value(rq, pg, FORM_BROWSER_KEY, IN_BROWSER_KEY, t == NULL ? "" : t->config.browser_key);
	value(rq, pg, FORM_BROWSER_APP, IN_BROWSER_APP, t == NULL ? "" : t->config.browser_app);
	value(rq, pg, FORM_BROWSER_SCRIPT, IN_BROWSER_SCRIPT, t == NULL ? "" : t->config.browser_script);
	value(rq, pg, FORM_NAME, IN_NAME, t == NULL ? "" : t->name);
	value(rq, pg, FORM_ACCOUNT, IN_ACCOUNT, t == NULL ? "" : t->account);
	value(rq, pg, FORM_BASE, IN_BASE, t == NULL ? "" : t->base_url);
	value(rq, pg, FORM_CPS, IN_CPS, arena_fmt(rq_arena(rq), "%u", t == NULL ? 1 : t->cps));
	value(rq, pg, FORM_BUDGET, IN_BUDGET, t == NULL || t->budget_micro == 0 ? "" : id_text(rq, t->budget_micro / 1000000));
	currencies(rq, pg, in_text(rq, IN_CURRENCY)[0] != '\0' ? in_text(rq, IN_CURRENCY) : t == NULL ? "USD" : t->currency);
	for (size_t i = 0; rq_is_post(rq) && i < NITEMS(inputs); i++)
		page_input(pg, inputs[i].field, NULL, inputs[i].wrong);
	if (trouble != TROUBLE_NONE)
		tpl_text(page_row(pg, section_of(trouble)), FORM_WRONG, tr(lang, trouble_text(trouble)));
	return page_send_as(pg, status);
}

static struct trunk_typed
typed(struct req *rq)
{
	struct trunk_typed t = { .name = in_text(rq, IN_NAME), .account = in_text(rq, IN_ACCOUNT), .base_url = in_text(rq, IN_BASE),
		.provider = provider_of(in_text(rq, IN_PROVIDER)), .secret = in_text(rq, IN_SECRET), .api_secret = "",
		.browser_key = in_text(rq, IN_BROWSER_KEY), .browser_secret = in_text(rq, IN_BROWSER_SECRET),
		.browser_app = in_text(rq, IN_BROWSER_APP), .browser_script = in_text(rq, IN_BROWSER_SCRIPT),
		.cps = (unsigned)in_uint(rq, IN_CPS), .budget_micro = in_uint(rq, IN_BUDGET) * 1000000, .currency = in_text(rq, IN_CURRENCY) };

	if (!seal_unhex(in_text(rq, IN_KEY), t.form_key, sizeof(t.form_key)))
		seal_random(t.form_key, sizeof(t.form_key));
	return t;
}

enum http
new_show(struct req *rq)
{
	return render(rq, NULL, TROUBLE_NONE, HTTP_OK);
}

enum http
new_save(struct req *rq)
{
	enum trouble trouble = TROUBLE_NONE;
	struct trunk_typed t = typed(rq);
	struct trunk_id id = { 0 };

	if (!IN_FIT(rq, IN_NAME, IN_PROVIDER, IN_ACCOUNT, IN_BASE, IN_SECRET, IN_CPS, IN_BUDGET, IN_CURRENCY,
	    IN_BROWSER_KEY, IN_BROWSER_SECRET, IN_BROWSER_APP, IN_BROWSER_SCRIPT))
		return render(rq, NULL, TROUBLE_NONE, HTTP_UNPROCESSABLE);
	if (!has_rooms(t.provider))
		return render(rq, NULL, TROUBLE_ROOMS, HTTP_UNPROCESSABLE);
	switch (trunk_add(rq_db(rq), org_of(rq), user_of(rq), rq_now(rq), &t, &trouble, &id, rq_arena(rq))) {
	case SAVED:	return resp_redirect(rq, place_of(rq, id));
	case ALREADY:	return resp_redirect(rq, "/connections");
	case REFUSED:	return render(rq, NULL, trouble, HTTP_UNPROCESSABLE);
	case UNSURE:
	case NOT_SAVED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}

static enum found
the_one(struct req *rq, struct trunk *t)
{
	return trunk_of(rq_db(rq), org_of(rq), (struct trunk_id){ rq_id(rq) }, t, rq_arena(rq));
}

enum http
edit_show(struct req *rq)
{
	struct trunk t;

	switch (the_one(rq, &t)) {
	case FOUND:	return render(rq, &t, TROUBLE_NONE, HTTP_OK);
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}

enum http
edit_save(struct req *rq)
{
	enum trouble trouble = TROUBLE_NONE;
	struct trunk_typed t = typed(rq);
	struct trunk now;

	switch (the_one(rq, &now)) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	if (!IN_FIT(rq, IN_NAME, IN_ACCOUNT, IN_BASE, IN_SECRET, IN_CPS, IN_BUDGET, IN_CURRENCY,
	    IN_BROWSER_KEY, IN_BROWSER_SECRET, IN_BROWSER_APP, IN_BROWSER_SCRIPT))
		return render(rq, &now, TROUBLE_NONE, HTTP_UNPROCESSABLE);
	switch (trunk_change(rq_db(rq), org_of(rq), now.id, user_of(rq), rq_now(rq), &t, &trouble, rq_arena(rq))) {
	case SAVED:
	case ALREADY:	return resp_redirect(rq, place_of(rq, now.id));
	case REFUSED:	return render(rq, &now, trouble, HTTP_UNPROCESSABLE);
	case UNSURE:
	case NOT_SAVED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}
