/*
 * frame.c - what the nine pages share: opening, the step bar, where a button leads, what a failed save shows.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/moment.h"
#include "plumb/text.h"

#include "wizard.h"
#include "tpl/steps.names.h"

static const struct { const char *path, *step, *title; } pages[P__MAX] = {
	[P_VERSION]    = { "version",    N_("Version"),   N_("Choose a version") },
	[P_SOURCE]     = { "source",     N_("Source"),    N_("Who will be called?") },
	[P_DETAILS]    = { "details",    N_("Details"),   N_("Details of the operation") },
	[P_QUESTIONS]  = { "questions",  N_("Questions"), N_("Choose a set of questions") },
	[P_RECYCLING]  = { "recycling",  N_("Recycling"), N_("Set call recycling options") },
	[P_EXCLUSIONS] = { "exclusions", N_("Blocking"),  N_("Block numbers") },
	[P_RECORD]     = { "record",     N_("Record"),    N_("What agents see of a person") },
	[P_SHARING]    = { "sharing",    N_("Sharing"),   N_("Share the operation") },
	[P_LIST]       = { "list",       N_("List"),      N_("Add the people to call") },
};

const char *
wizard_address(struct req *rq, const struct operation *op, enum wizard_page page)
{
	return arena_fmt(rq_arena(rq), "/wizard/%llu/%s", (unsigned long long)op->id.v, pages[page].path);
}

enum http
wizard_open(struct req *rq, enum wizard_page page, struct operation *op)
{
	switch (operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, op, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	if (op->state == OP_ARCHIVED)
		return resp_refuse(rq, R_WRONG_STATE);
	if (page > op->wizard_page)	/* the pages before it miss something: the first of them */
		return resp_redirect(rq, wizard_address(rq, op, (enum wizard_page)op->wizard_page));
	return (enum http)0;
}

bool
wizard_changed(struct req *rq, const struct operation *op, enum wizard_page page)
{
	struct page_change c;

	if (operation_page_changed(rq_db(rq), op->id, page, (unsigned)in_uint(rq, IN_REVISION), (struct user_id){ rq_who(rq)->user },
	    &c, rq_arena(rq)) != FOUND)
		return false;
	wizard_tell_changed(rq);
	return true;
}

void
wizard_tell_changed(struct req *rq)
{
	in_refuse(rq, IN_REVISION, R_PAGE_CHANGED);
}

/* Who changed this page meanwhile, on top of it; and of which revision its form is. */
static void
tell_changed(struct req *rq, struct page *pg, struct tpl *steps, const struct operation *op, enum wizard_page now)
{
	bool told = in_refusal(rq, IN_REVISION) == R_PAGE_CHANGED;
	unsigned revision = rq_is_post(rq) && !told && in_uint(rq, IN_REVISION) != 0 ? (unsigned)in_uint(rq, IN_REVISION) : op->revision;
	enum lang lang = rq_lang(rq);
	struct page_change c;
	struct tpl *row;

	page_text(pg, "REVISION", arena_fmt(rq_arena(rq), "%u", revision));
	if (!told || operation_page_changed(rq_db(rq), op->id, now, (unsigned)in_uint(rq, IN_REVISION) == 0 ? 1 :
	    (unsigned)in_uint(rq, IN_REVISION), (struct user_id){ rq_who(rq)->user }, &c, rq_arena(rq)) != FOUND)
		return;
	row = tpl_row(steps, STEPS_CHANGED);
	tpl_text(row, STEPS_SENTENCE, arena_fmt(rq_arena(rq), tr(lang, "%s changed the page “%s” meanwhile (%s)."), c.by,
	    tr(lang, pages[now].step), moment_words(rq_arena(rq), lang, rq_who(rq)->zone, rq_now(rq), c.at)));
	tpl_text(row, STEPS_HREF, wizard_address(rq, op, now));
}

struct page *
wizard_page(struct req *rq, const struct operation *op, enum wizard_page now, const char *file)
{
	enum lang lang = rq_lang(rq);
	const char *title = tr(lang, pages[now].title);
	struct page *pg = page_new(rq, file, title);
	struct tpl *steps;

	page_menu(pg, "operations");
	page_style(pg, "wizard.css");
	page_text(pg, "CSRF", rq_csrf(rq));
	page_text(pg, "ID", arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op->id.v));
	steps = tpl_include(page_tpl(pg), "STEPS", arena_fmt(rq_arena(rq), "%s/%s/wizard/steps.tpl", conf.templates, lang_code(lang)));
	tpl_text(steps, STEPS_TITLE, title);
	tpl_text(steps, STEPS_NAME, op->name);
	tpl_show(steps, op->state == OP_DRAFT ? STEPS_IS_NEW : STEPS_IS_EDIT);
	if (op->state != OP_DRAFT)
		tpl_text(tpl_row(steps, STEPS_KNOWN), STEPS_OPERATION, arena_fmt(rq_arena(rq), "/operations/%llu", (unsigned long long)op->id.v));
	else if (op->name[0] != '\0')
		tpl_show(steps, STEPS_NAMED);
	tell_changed(rq, pg, steps, op, now);
	for (unsigned p = P_VERSION; p < P__MAX; p++) {
		struct tpl *row = tpl_row(steps, STEPS_STEP);
		struct tpl *kind = tpl_row(row, p == now ? STEPS_NOW : p > op->wizard_page ? STEPS_CLOSED :
		    p < now ? STEPS_DONE : STEPS_OPEN);
		tpl_text(kind, STEPS_LABEL, tr(lang, pages[p].step));
		tpl_text(kind, STEPS_HREF, wizard_address(rq, op, (enum wizard_page)p));
	}
	return pg;
}

bool
wizard_goes_back(const struct req *rq)
{
	const char *go = in_text(rq, IN_GO);

	return strcmp(go, "back") == 0 || strcmp(go, "close") == 0;
}

enum http
wizard_go(struct req *rq, const struct operation *op, enum wizard_page page)
{
	if (strcmp(in_text(rq, IN_GO), "close") == 0)
		return resp_redirect(rq, op->state == OP_DRAFT ? "/operations" :
		    arena_fmt(rq_arena(rq), "/operations/%llu", (unsigned long long)op->id.v));
	if (strcmp(in_text(rq, IN_GO), "back") == 0)
		return resp_redirect(rq, page == P_VERSION ? "/operations" : wizard_address(rq, op, page - 1));
	return resp_redirect(rq, wizard_address(rq, op, page == P_LIST ? P_LIST : page + 1));
}

enum http
wizard_failed(struct req *rq, enum saved saved, enum refusal why)
{
	return resp_refuse(rq, saved == REFUSED && why != R_NONE ? why : R_BUSY);
}

int
wizard_pressed(const struct req *rq, const char *word)
{
	const char *go = in_text(rq, IN_GO);
	size_t n = strlen(word);
	uint64_t number;

	if (strncmp(go, word, n) != 0 || go[n] != '.' || !parse_uint(go + n + 1, 0, 1000, &number))
		return -1;
	return (int)number;
}
