/*
 * page.h - an HTML page: a template of the area inside the house's head and foot.
 *
 * Handlers give raw text; ctemplate escapes it by context. Names are constants that the build
 * takes from the template: tpl/details.tpl gives "tpl/details.names.h" with
 * #define DETAILS_TITLE "TITLE", so a misspelt name does not compile.
 * The whole body is rendered before the first byte leaves.
 */
#ifndef PLUMB_PAGE_H
#define PLUMB_PAGE_H

#include "plumb/base.h"
#include "plumb/refusal.h"
#include "plumb/tpl.h"

struct page;
struct req;

/* `name` is "<area>/<file>.tpl"; the request's language picks the compiled copy. Title: shown in the tab. */
struct page *page_new(struct req *, const char *name, const char *title);
struct tpl  *page_tpl(struct page *);			/* the root, for tpl_row, tpl_text, ... */
void page_text(struct page *, const char *name, const char *value);	/* NULL is "" */
void page_uint(struct page *, const char *name, uint64_t value);	/* with the language's thousands: 1 234 / 1,234 */
const char *page_number(const struct req *, uint64_t value);	/* the same text, for rows */
void page_show(struct page *, const char *section);
struct tpl *page_row(struct page *, const char *section);

/* An input shown again: its typed text under `name` (NULL: only the refusal); when refused, section `wrong` with the sentence under WRONG. */
void page_input(struct page *, unsigned f, const char *name, const char *wrong);
void page_wrong(struct page *, const char *wrong, enum refusal);	/* a sentence of the domain's beside a field */

/* Which main menu item is lit: "operations", "contacts", "electors", "surveys", "agent", "users", "connections", "". */
void page_menu(struct page *, const char *item);
/* No site menu: the agent's screen, sign-in, a join page. */
void page_bare(struct page *);
/* The template is the whole document, for a page without our head and foot: nothing of it depends on who looks. */
void page_whole(struct page *);
/* A class beside "page" on <main>: "page-narrow" (one small form), "page-form" (a long one). */
void page_shape(struct page *, const char *css_class);
/* Adds <script type="module" src="/js/NAME"> and <link rel="stylesheet" href="/css/NAME">. */
void page_script(struct page *, const char *name);
void page_style(struct page *, const char *name);
/* Without a script the page comes again after so many seconds; with one, it looks for itself. */
void page_again(struct page *, const char *seconds);
/* One message on top after a redirect: resp_redirect to a path with ?said=KEY is not used; the page says it itself. */
void page_notice(struct page *, const char *text, bool good);

enum http page_send(struct page *);			/* 200 */
/* 200 with an ETag, or 304 without a body for who has this very page already (If-None-Match): numbers that are asked for
 * again and again. */
enum http page_send_live(struct page *);
enum http page_send_as(struct page *, enum http);	/* 422 for a refused form */

#endif
