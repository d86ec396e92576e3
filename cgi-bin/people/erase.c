/*
 * erase.c - personal data: erasing a person, and who looked at whom.
 */
#include "plumb/arena.h"
#include "plumb/text.h"

#include "domain/record.h"

#include "people.h"
#include "tpl/erase.names.h"
#include "tpl/reveals.names.h"

#define REVEALS_PAGE	100

static enum http
erase_page(struct req *rq, enum http status, enum refusal why)
{
	struct record_by by = record_by(rq);
	struct arena *a = rq_arena(rq);
	struct record r;
	struct page *pg;
	const char *who;

	switch (record_by_id(rq_db(rq), by.organisation, by.person, &r, a)) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	who = text_trim(a, arena_fmt(a, "%s %s", r.value[IF_FIRST_NAME], r.value[IF_LAST_NAME]));
	pg = page_new(rq, "people/erase.tpl", who);
	page_menu(pg, r.kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_shape(pg, "page-form");
	page_text(pg, ERASE_ID, arena_fmt(a, "%llu", (unsigned long long)by.person.v));
	page_text(pg, ERASE_WHO, who);
	page_text(pg, ERASE_CSRF, rq_csrf(rq));
	if (in_refusal(rq, IN_SURE) != R_NONE)
		tpl_text(page_row(pg, ERASE_UNSURE), ERASE_SENTENCE, tr(rq_lang(rq), N_("Tick the box if you really mean it.")));
	if (why != R_NONE)
		page_notice(pg, refusal_text(why, rq_lang(rq)), false);
	return page_send_as(pg, status);
}

enum http
erase_ask(struct req *rq)
{
	return erase_page(rq, HTTP_OK, R_NONE);
}

enum http
erase_now(struct req *rq)
{
	struct record_by by = record_by(rq);
	enum refusal why;
	struct record r;

	if (!in_bool(rq, IN_SURE)) {
		in_refuse(rq, IN_SURE, R_MISSING);
		return erase_page(rq, HTTP_UNPROCESSABLE, R_NONE);
	}
	if (record_by_id(rq_db(rq), by.organisation, by.person, &r, rq_arena(rq)) != FOUND)
		return resp_refuse(rq, R_NOT_FOUND);
	switch (record_erase(rq_db(rq), &by, &why, rq_arena(rq))) {
	case SAVED:
		return resp_redirect(rq, people_path(r.kind));
	case REFUSED:
		return why == R_NOT_FOUND ? resp_refuse(rq, why) : erase_page(rq, refusal_status(why), why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

enum http
reveals_show(struct req *rq)
{
	struct organisation_id org = { rq_who(rq)->organisation };
	struct record_reveal *list;
	struct tpl *table = NULL;
	struct page *pg;
	size_t n;

	if (!record_reveals(rq_db(rq), org, in_uint(rq, IN_BEFORE), &list, REVEALS_PAGE, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	pg = page_new(rq, "people/reveals.tpl", tr(rq_lang(rq), N_("Who looked at whom")));
	page_menu(pg, "contacts");
	if (n == 0)
		page_show(pg, REVEALS_EMPTY);
	for (size_t i = 0; i < n; i++) {
		struct tpl *row, *person;
		if (table == NULL)
			table = page_row(pg, REVEALS_TABLE);
		row = tpl_row(table, REVEALS_REVEAL);
		tpl_text(row, REVEALS_WHEN, when_words(rq, list[i].at));
		tpl_text(row, REVEALS_BY, list[i].who);
		tpl_text(row, REVEALS_WHAT, tr(rq_lang(rq), strcmp(list[i].what, "copy") == 0 ? N_("copy of everything") : N_("record")));
		if (*list[i].person == '\0') {
			tpl_show(row, REVEALS_ERASED);
			continue;
		}
		person = tpl_row(row, REVEALS_THERE);
		tpl_text(person, REVEALS_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[i].of.v));
		tpl_text(person, REVEALS_NAME, list[i].person);
	}
	if (n == REVEALS_PAGE)
		tpl_text(page_row(pg, REVEALS_NEXT), REVEALS_BEFORE, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)list[n - 1].id));
	return page_send(pg);
}
