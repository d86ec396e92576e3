/*
 * page.c - an HTML page: head, the area's template, foot, each in the request's language.
 */
#include <stdlib.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/conf.h"
#include "plumb/log.h"
#include "plumb/page.h"
#include "plumb/request.h"
#include "plumb/seal.h"

#include "tpl/head.names.h"

#define PAGE_MAX	(8u * 1024 * 1024)
#define FILES_MAX	8

struct page {
	struct req *rq;
	const char *title, *menu, *shape;
	struct tpl *body;
	bool bare, whole;
	const char *scripts[FILES_MAX], *styles[FILES_MAX];
	size_t nscripts, nstyles;
	const char *notice, *again;
	bool good;
};

static void
end_tpl(void *t)
{
	tpl_free(t);
}

static struct tpl *
open_tpl(struct req *rq, const char *name)
{
	struct tpl *t = tpl_new(arena_fmt(rq->arena, "%s/%s/%s", conf.templates, lang_code(rq->lang), name));

	if (t == NULL)
		die("page: no memory");
	arena_defer(rq->arena, end_tpl, t);
	return t;
}

struct page *
page_new(struct req *rq, const char *name, const char *title)
{
	struct page *pg = arena_alloc(rq->arena, sizeof(*pg));

	pg->rq = rq;
	pg->title = title;
	pg->menu = pg->shape = "";
	pg->body = open_tpl(rq, name);
	return pg;
}

struct tpl *
page_tpl(struct page *pg)
{
	return pg->body;
}

void
page_text(struct page *pg, const char *name, const char *value)
{
	tpl_text(pg->body, name, value);
}

/* 1 234 567 or 1,234,567: thousands from the right. */
const char *
page_number(const struct req *rq, uint64_t value)
{
	const char *gap = rq->lang == LANG_FR ? "\xc2\xa0" : ",";
	char digits[24];
	struct buf b;
	size_t n = (size_t)snprintf(digits, sizeof(digits), "%llu", (unsigned long long)value);

	buf_init_in(&b, rq->arena, 64);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			buf_text(&b, gap);
		buf_bytes(&b, &digits[i], 1);
	}
	return b.data;
}

void
page_uint(struct page *pg, const char *name, uint64_t value)
{
	tpl_text(pg->body, name, page_number(pg->rq, value));
}

void
page_show(struct page *pg, const char *section)
{
	tpl_show(pg->body, section);
}

struct tpl *
page_row(struct page *pg, const char *section)
{
	return tpl_row(pg->body, section);
}

void
page_wrong(struct page *pg, const char *wrong, enum refusal why)
{
	tpl_text(tpl_row(pg->body, wrong), "WRONG", refusal_text(why, pg->rq->lang));
}

void
page_input(struct page *pg, unsigned f, const char *name, const char *wrong)
{
	const struct req *rq = pg->rq;
	enum refusal why = in_refusal(rq, f);

	if (name != NULL)
		page_text(pg, name, in_typed(rq, f));
	/* a page opened by a link has not been filled in yet: nothing is missing on it */
	if (why != R_NONE && (rq->post || why != R_MISSING))
		page_wrong(pg, wrong, why);
}

void
page_menu(struct page *pg, const char *item)
{
	pg->menu = item;
}

void
page_bare(struct page *pg)
{
	pg->bare = true;
}

void
page_whole(struct page *pg)
{
	pg->whole = true;
}

void
page_shape(struct page *pg, const char *css_class)
{
	pg->shape = css_class;
}

void
page_script(struct page *pg, const char *name)
{
	assert(pg->nscripts < FILES_MAX);
	pg->scripts[pg->nscripts++] = name;
}

void
page_style(struct page *pg, const char *name)
{
	assert(pg->nstyles < FILES_MAX);
	pg->styles[pg->nstyles++] = name;
}

void
page_again(struct page *pg, const char *seconds)
{
	pg->again = seconds;
}

void
page_notice(struct page *pg, const char *text, bool good)
{
	pg->notice = text;
	pg->good = good;
}

/* Where the visitor is, to come back to after changing the language. A form's answer has no address of its own. */
static const char *
here(const struct req *rq)
{
	if (rq->post || *rq->query == '\0')
		return rq->path;
	return arena_fmt(rq->arena, "%s?%s", rq->path, rq->query);
}

static void
fill_menu(struct page *pg, struct tpl *head)
{
	static const struct { const char *item, *section; } lit[] = {
		{ "operations", HEAD_AT_OPERATIONS }, { "contacts", HEAD_AT_CONTACTS },
		{ "electors", HEAD_AT_ELECTORS }, { "surveys", HEAD_AT_SURVEYS }, { "agent", HEAD_AT_AGENT },
	};
	enum role role = pg->rq->who.role;
	struct tpl *menu = tpl_row(head, role >= ROLE_ORGANISER ? HEAD_ORGANISER_MENU :
	    role == ROLE_OBSERVER ? HEAD_OBSERVER_MENU : HEAD_AGENT_MENU);

	for (size_t i = 0; i < NITEMS(lit); i++)
		if (strcmp(pg->menu, lit[i].item) == 0)
			tpl_show(menu, lit[i].section);
	if (role == ROLE_ADMINISTRATOR) {
		struct tpl *admin = tpl_row(menu, HEAD_ADMIN_MENU);
		if (strcmp(pg->menu, "users") == 0)
			tpl_show(admin, HEAD_AT_USERS);
		if (strcmp(pg->menu, "connections") == 0)
			tpl_show(admin, HEAD_AT_CONNECTIONS);
	}
}

static struct tpl *
make_head(struct page *pg)
{
	struct req *rq = pg->rq;
	struct tpl *head = open_tpl(rq, "head.tpl"), *t;
	enum lang other = rq->lang == LANG_FR ? LANG_EN : LANG_FR;

	tpl_text(head, HEAD_LANG, lang_code(rq->lang));
	tpl_text(head, HEAD_TITLE, pg->title);
	tpl_text(head, HEAD_SHAPE, pg->shape);
	for (size_t i = 0; i < pg->nstyles; i++)
		tpl_text(tpl_row(head, HEAD_STYLE), HEAD_NAME, pg->styles[i]);
	for (size_t i = 0; i < pg->nscripts; i++)
		tpl_text(tpl_row(head, HEAD_SCRIPT), HEAD_NAME, pg->scripts[i]);
	if (pg->again != NULL)
		tpl_text(tpl_row(head, HEAD_AGAIN), HEAD_SECONDS, pg->again);
	t = tpl_row(head, HEAD_LANGUAGE);
	tpl_text(t, HEAD_CSRF, rq_csrf(rq));
	tpl_text(t, HEAD_HERE, here(rq));
	tpl_text(t, HEAD_OTHER, lang_code(other));
	tpl_text(t, HEAD_OTHER_NAME, other == LANG_FR ? "Français" : "English");
	if (rq->who.user != 0) {
		tpl_text(tpl_row(head, HEAD_USER), HEAD_NAME, rq->who.name);
		tpl_text(tpl_row(head, HEAD_SIGN_OUT), HEAD_CSRF, rq_csrf(rq));
		if (!pg->bare)
			fill_menu(pg, head);
	}
	if (pg->notice != NULL)
		tpl_text(tpl_row(head, pg->good ? HEAD_GOOD : HEAD_BAD), HEAD_TEXT, pg->notice);
	return head;
}

static bool
render(struct page *pg, struct tpl *t, struct buf *out)
{
	size_t n;
	char *text = tpl_render(t, &n);

	if (text == NULL)
		return false;
	arena_defer(pg->rq->arena, free, text);
	buf_bytes(out, text, n);
	return true;
}

static bool
render_all(struct page *pg, struct buf *out)
{
	struct req *rq = pg->rq;

	buf_init_in(out, rq->arena, PAGE_MAX);
	if ((pg->whole || render(pg, make_head(pg), out)) && render(pg, pg->body, out) &&
	    (pg->whole || render(pg, open_tpl(rq, "foot.tpl"), out)) && !out->full)
		return true;
	log_error("page: \"%s\" cannot be rendered", pg->title);
	/* the error page itself may be what is missing: plain text needs no template */
	resp_plain(rq, refusal_text(R_FAILED, rq->lang));
	return false;
}

enum http
page_send_as(struct page *pg, enum http status)
{
	struct buf out;

	return render_all(pg, &out) ? resp_page(pg->rq, status, out.data, out.len) : HTTP_FAIL;
}

enum http
page_send_live(struct page *pg)
{
	struct req *rq = pg->rq;
	const char *has = rq_header(rq, "HTTP_IF_NONE_MATCH"), *tag;
	unsigned char sum[32];
	struct buf out;

	if (!render_all(pg, &out))
		return HTTP_FAIL;
	seal_sha256(out.data, out.len, sum);
	tag = arena_fmt(rq->arena, "\"%s\"", seal_hex(rq->arena, sum, 16));
	/* weak: the web server may compress what it passes on */
	resp_header(rq, "ETag", arena_fmt(rq->arena, "W/%s", tag));
	if (has != NULL && strstr(has, tag) != NULL)
		return resp_page(rq, HTTP_NOT_MODIFIED, "", 0);
	return resp_page(rq, HTTP_OK, out.data, out.len);
}

enum http
page_send(struct page *pg)
{
	return page_send_as(pg, HTTP_OK);
}
