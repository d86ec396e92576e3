/*
 * source.c - page 2: contacts or electors.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/list.h"

#include "wizard.h"
#include "tpl/source.names.h"

/* "3,012 people", or "more than 10,000 people". */
static const char *
people_words(struct req *rq, enum person_kind kind)
{
	struct people_filter all = { .kind = kind, .search = "", .city = "", .tag = "", .subdivision = "", .language = "" };
	enum lang lang = rq_lang(rq);
	uint64_t n;

	if (!people_count(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, &all, &n, rq_arena(rq)))
		return "";
	if (n == 0)
		return tr(lang, N_("Nobody is there yet."));
	if (n > PEOPLE_COUNTED)
		return tr(lang, N_("More than 10,000 people."));
	return arena_fmt(rq_arena(rq), trn(lang, "%s person.", "%s people.", (unsigned long)n), page_number(rq, n));
}

static enum http
render(struct req *rq, const struct operation *op, enum http status, enum refusal why)
{
	struct page *pg = wizard_page(rq, op, P_SOURCE, "wizard/source.tpl");
	const char *chosen = rq_is_post(rq) ? in_typed(rq, IN_SOURCE) : op->source == OP_CONTACTS ? "contact" :
	    op->source == OP_ELECTORS ? "elector" : "";

	if (strcmp(chosen, "contact") == 0)
		page_show(pg, SOURCE_CONTACTS);
	if (strcmp(chosen, "elector") == 0)
		page_show(pg, SOURCE_ELECTORS);
	if (op->source != OP_NO_SOURCE && operation_has_list(rq_db(rq), op->id, rq_arena(rq)) == FOUND) {	/* fact 13 */
		page_text(pg, SOURCE_KEPT, op->source == OP_CONTACTS ? "contact" : "elector");
		page_show(pg, SOURCE_LOCKED);
		page_show(pg, operation_called(rq_db(rq), op->id, rq_arena(rq)) == FOUND ? SOURCE_BY_CALLS : SOURCE_BY_LIST);
	}
	page_text(pg, SOURCE_CONTACTS_THERE, people_words(rq, PERSON_CONTACT));
	page_text(pg, SOURCE_ELECTORS_THERE, people_words(rq, PERSON_ELECTOR));
	if (why != R_NONE)
		page_wrong(pg, SOURCE_SOURCE_WRONG, why);
	return page_send_as(pg, status);
}

enum http
source_show(struct req *rq)
{
	struct operation op;
	enum http no = wizard_open(rq, P_SOURCE, &op);

	return no != 0 ? no : render(rq, &op, HTTP_OK, R_NONE);
}

enum http
source_save(struct req *rq)
{
	struct operation op;
	enum refusal why = in_refusal(rq, IN_SOURCE);
	enum http no = wizard_open(rq, P_SOURCE, &op);
	enum saved s = REFUSED;

	if (no != 0)
		return no;
	if (wizard_changed(rq, &op, P_SOURCE))
		return render(rq, &op, HTTP_CONFLICT, R_NONE);
	if (why == R_NONE && in_blank(rq, IN_SOURCE))
		why = R_NOT_A_CHOICE;			/* fact 10 */
	if (why == R_NONE)
		s = operation_set_source(rq_db(rq), op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq),
		    strcmp(in_text(rq, IN_SOURCE), "contact") == 0 ? OP_CONTACTS : OP_ELECTORS, &why, rq_arena(rq));
	if (s == SAVED || s == ALREADY || (s == REFUSED && wizard_goes_back(rq)))
		return wizard_go(rq, &op, P_SOURCE);
	return s == REFUSED ? render(rq, &op, HTTP_UNPROCESSABLE, why) : wizard_failed(rq, s, why);
}
