/*
 * audit.c - who changed or revealed what, as administrators read it.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/text.h"

#include "domain/audit_list.h"

#include "account.h"
#include "tpl/audit.names.h"

/* The moments of the day that was asked for, in the organisation's zone. */
static void
day_range(struct req *rq, struct audit_wish *w)
{
	struct tm day = { 0 };
	int y, m, d;

	if (!parse_date(in_text(rq, IN_DAY), &y, &m, &d))
		return;
	day = (struct tm){ .tm_year = y - 1900, .tm_mon = m - 1, .tm_mday = d };
	w->from = clock_moment(rq_who(rq)->zone, &day);
	day = (struct tm){ .tm_year = y - 1900, .tm_mon = m - 1, .tm_mday = d + 1 };
	w->before = clock_moment(rq_who(rq)->zone, &day);
}

/* What was changed, with a way there when there is one. People are named on their own record only. */
static void
show_object(struct req *rq, struct tpl *row, const struct audit_row *r)
{
	static const struct { const char *object, *label, *path; } objects[] = {
		{ "operation", N_("Operation %llu"), "/operations/%llu" }, { "user", N_("User %llu"), "/users/%llu" },
		{ "survey", N_("Questionnaire %llu"), "/surveys/%llu" }, { "person", N_("Person %llu"), "/people/%llu" },
		{ "import", N_("Import %llu"), "/imports/%llu" }, { "export", N_("Export %llu"), "/exports/%llu" }, { "token", N_("Token %llu"), NULL },
		{ "entry", N_("Place %llu of a list"), NULL }, { "sheet", N_("Call sheet %llu"), NULL },
	};

	for (size_t i = 0; i < NITEMS(objects) && r->object_id != 0; i++) {
		bool there = objects[i].path != NULL && (*r->title != '\0' || strcmp(r->object, "person") == 0 || strcmp(r->object, "import") == 0 ||
		    strcmp(r->object, "export") == 0);
		struct tpl *t;

		if (strcmp(r->object, objects[i].object) != 0)
			continue;
		t = tpl_row(row, there ? AUDIT_LINKED : AUDIT_PLAIN);
		tpl_text(t, AUDIT_TITLE, *r->title != '\0' ? r->title :
		    arena_fmt(rq_arena(rq), tr(rq_lang(rq), objects[i].label), (unsigned long long)r->object_id));
		if (there)
			tpl_text(t, AUDIT_HREF, arena_fmt(rq_arena(rq), objects[i].path, (unsigned long long)r->object_id));
	}
}

/* What stands below the verb; a record that was looked at needs no second word. */
static const char *
detail_words(enum lang lang, const struct audit_row *r)
{
	if (strcmp(r->verb, "person.reveal") != 0)
		return strcmp(r->detail, r->title) == 0 ? "" : r->detail;
	return strcmp(r->detail, "copy") == 0 ? tr(lang, N_("copy of everything")) : "";
}

static void
show_row(struct req *rq, struct tpl *table, const struct audit_row *r)
{
	struct tpl *row = tpl_row(table, AUDIT_ROW);
	const char *detail = detail_words(rq_lang(rq), r);

	tpl_text(row, AUDIT_WHEN, full_moment_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, r->at));
	if (*r->name != '\0')
		tpl_text(tpl_row(row, AUDIT_SOMEBODY), AUDIT_NAME, r->name);
	else
		tpl_show(row, AUDIT_NOBODY);
	tpl_text(row, AUDIT_WHAT, verb_words(rq_lang(rq), r->verb));
	if (*detail != '\0')
		tpl_text(tpl_row(row, AUDIT_DETAIL), AUDIT_TEXT, text_cut(rq_arena(rq), detail, 200));
	show_object(rq, row, r);
}

enum http
audit_show(struct req *rq)
{
	struct audit_wish wish = { .organisation = { rq_who(rq)->organisation }, .user = { in_uint(rq, IN_USER) },
	    .after_at = (int64_t)in_uint(rq, IN_AT), .after_id = in_uint(rq, IN_BEFORE) };
	struct audit_person *people;
	struct audit_row *list;
	struct tpl *table, *t;
	struct page *pg;
	size_t n, known;
	bool more;

	day_range(rq, &wish);
	if (!audit_list(rq_db(rq), &wish, &list, &n, &more, rq_arena(rq)) ||
	    !audit_people(rq_db(rq), wish.organisation, &people, &known, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "account/audit.tpl", tr(rq_lang(rq), N_("Who did what")));
	page_menu(pg, "users");
	for (size_t i = 0; i < known; i++) {
		t = page_row(pg, AUDIT_PERSON);
		tpl_text(t, AUDIT_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)people[i].id.v));
		tpl_text(t, AUDIT_NAME, people[i].name);
		if (people[i].id.v == wish.user.v)
			tpl_show(t, AUDIT_CHOSEN);
	}
	page_input(pg, IN_DAY, AUDIT_DAY, AUDIT_DAY_WRONG);
	if (wish.user.v != 0 || wish.from != 0)
		page_show(pg, AUDIT_FILTERED);
	if (n == 0)
		page_show(pg, AUDIT_EMPTY);
	else {
		table = page_row(pg, AUDIT_TABLE);
		for (size_t i = 0; i < n; i++)
			show_row(rq, table, &list[i]);
	}
	if (more) {
		t = page_row(pg, AUDIT_NEXT);
		tpl_text(t, AUDIT_FOR_USER, wish.user.v == 0 ? "" : arena_fmt(rq_arena(rq), "%llu", (unsigned long long)wish.user.v));
		tpl_text(t, AUDIT_FOR_DAY, in_text(rq, IN_DAY));
		tpl_text(t, AUDIT_AT, arena_fmt(rq_arena(rq), "%lld", (long long)list[n - 1].at));
		tpl_text(t, AUDIT_BEFORE, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[n - 1].id));
	}
	return page_send(pg);
}
