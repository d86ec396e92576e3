/*
 * merge_choose.c - with whom a record is merged: likely ones, or a search.
 */
#include "plumb/arena.h"
#include "plumb/text.h"

#include "domain/merge.h"

#include "people.h"
#include "tpl/merge.names.h"

enum { FOUND_SHOWN = 20 };

static const char *
number_text(struct req *rq, uint64_t n)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n);
}

const char *
merge_name(struct req *rq, const char *first, const char *last)
{
	return text_trim(rq_arena(rq), arena_fmt(rq_arena(rq), "%s %s", first, last));
}

struct page *
merge_new(struct req *rq, const struct record *r)
{
	struct page *pg = page_new(rq, "people/merge.tpl", tr(rq_lang(rq), N_("Merge with another record")));

	page_menu(pg, r->kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_style(pg, "people.css");
	page_shape(pg, "page-form");
	page_text(pg, MERGE_ID, number_text(rq, rq_id(rq)));
	page_text(pg, MERGE_WHO, merge_name(rq, r->value[IF_FIRST_NAME], r->value[IF_LAST_NAME]));
	return pg;
}

static void
why_row(struct req *rq, struct tpl *row, bool is, const char *words)
{
	if (is)
		tpl_text(tpl_row(row, MERGE_WHY), MERGE_TEXT, tr(rq_lang(rq), words));
}

static bool
fill_offers(struct req *rq, struct tpl *choose)
{
	struct merge_offer *offer;
	size_t n;

	if (!merge_offers(rq_db(rq), record_by(rq).organisation, record_by(rq).person, &offer, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(choose, MERGE_OFFER);
		tpl_text(row, MERGE_ID, number_text(rq, rq_id(rq)));
		tpl_text(row, MERGE_OTHER, number_text(rq, offer[i].id.v));
		tpl_text(row, MERGE_NAME, merge_name(rq, offer[i].first_name, offer[i].last_name));
		tpl_text(row, MERGE_CITY, offer[i].city);
		if (*offer[i].file_number != '\0')
			tpl_text(tpl_row(row, MERGE_NUMBERED), MERGE_TEXT, offer[i].file_number);
		why_row(rq, row, offer[i].same_name, N_("same name"));
		why_row(rq, row, offer[i].same_phone, N_("same phone number"));
		why_row(rq, row, offer[i].same_email, N_("same e-mail"));
		why_row(rq, row, offer[i].same_address, N_("same address"));
		why_row(rq, row, offer[i].same_number, N_("same file number"));
	}
	if (n == 0)
		tpl_show(choose, MERGE_NO_OFFER);
	return true;
}

static bool
fill_found(struct req *rq, struct tpl *choose, enum person_kind kind)
{
	const struct people_filter f = { .kind = kind, .search = in_text(rq, IN_SEARCH), .city = "", .tag = "", .subdivision = "", .language = "",
	    .zone = rq_who(rq)->zone };
	const struct people_order by_name = { SORT_NAME, false };
	struct person_line *line = arena_alloc(rq_arena(rq), PEOPLE_PAGE * sizeof(*line));
	size_t n, shown = 0;
	uint64_t total;
	bool more;

	if (text_is_blank(f.search))
		return true;
	if (!people_page(rq_db(rq), record_by(rq).organisation, &f, &by_name, (struct person_id){ 0 }, line, &n, &more, &total, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n && shown < FOUND_SHOWN; i++) {
		struct tpl *row;
		if (line[i].id.v == rq_id(rq))
			continue;
		row = tpl_row(choose, MERGE_FOUND);
		shown++;
		tpl_text(row, MERGE_ID, number_text(rq, rq_id(rq)));
		tpl_text(row, MERGE_OTHER, number_text(rq, line[i].id.v));
		tpl_text(row, MERGE_NAME, merge_name(rq, line[i].first_name, line[i].last_name));
		tpl_text(row, MERGE_CITY, line[i].city);
	}
	if (shown == 0)
		tpl_show(choose, MERGE_NOT_FOUND);
	if (shown == FOUND_SHOWN)
		tpl_show(choose, MERGE_MORE_FOUND);
	return true;
}

enum http
merge_choose(struct req *rq)
{
	struct record r;
	struct page *pg;
	struct tpl *choose;

	switch (record_by_id(rq_db(rq), record_by(rq).organisation, record_by(rq).person, &r, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return gone_or_merged(rq);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	pg = merge_new(rq, &r);
	choose = page_row(pg, MERGE_CHOOSE);
	tpl_text(choose, MERGE_ID, number_text(rq, rq_id(rq)));
	tpl_text(choose, MERGE_SEARCH, in_text(rq, IN_SEARCH));
	if (!fill_offers(rq, choose) || !fill_found(rq, choose, r.kind))
		return resp_refuse(rq, R_BUSY);
	return page_send(pg);
}
