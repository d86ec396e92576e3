/*
 * list.c - page 9: the people to call. They are chosen on the people page, in another tab; this page notices.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/json.h"

#include "domain/queue.h"

#include "wizard.h"
#include "tpl/list.names.h"

/* What all loads together gave. */
struct sums { uint64_t people, already, no_number, forbidden, excluded; bool running, failed; size_t loads; };

static bool
sums_of(struct req *rq, const struct operation *op, struct sums *out)
{
	struct operation_load *loads;
	struct queue_totals totals;
	size_t n;

	*out = (struct sums){ 0 };
	if (!operation_loads(rq_db(rq), op->id, &loads, &n, rq_arena(rq)) ||
	    queue_totals(rq_db(rq), op->id, &totals, rq_arena(rq)) == FAILED)
		return false;
	out->people = totals.people;
	out->loads = n;
	for (size_t i = 0; i < n; i++) {
		out->already += loads[i].already;
		out->no_number += loads[i].no_number;
		out->forbidden += loads[i].forbidden;
		out->excluded += loads[i].excluded;
		out->running = out->running || loads[i].running;
	}
	out->failed = n > 0 && loads[0].failed;
	return true;
}

/* What these people lead to, before one finishes. */
static bool
add_rehearsal(struct req *rq, struct page *pg, const struct operation *op)
{
	struct recycling rules;
	struct rehearsed r;
	struct tpl *card;

	if (!recycling_stored(rq, op, &rules) || !rehearsal_of_page(rq, op, &rules, &r))
		return false;
	card = page_row(pg, LIST_REHEARSAL);
	tpl_text(card, LIST_WITH, r.with);
	tpl_text(card, LIST_CALLS, r.calls);
	tpl_text(card, LIST_REACHED, r.reached);
	tpl_text(card, LIST_DONE_AT, r.done);
	tpl_text(card, LIST_ONE_MORE, r.more);
	tpl_text(card, LIST_BASIS, r.basis);
	return true;
}

static enum http
render(struct req *rq, const struct operation *op, enum http status, enum refusal why)
{
	struct page *pg = wizard_page(rq, op, P_LIST, "wizard/list.tpl");
	struct sums s;

	if (!sums_of(rq, op, &s))
		return resp_refuse(rq, R_BUSY);
	page_script(pg, "wizard.js");
	page_text(pg, LIST_PEOPLE_PAGE, op->source == OP_ELECTORS ? "electors" : "contacts");
	page_show(pg, op->source == OP_ELECTORS ? LIST_OF_ELECTORS : LIST_OF_CONTACTS);
	page_uint(pg, LIST_PEOPLE, s.people);
	page_uint(pg, LIST_ALREADY, s.already);
	page_uint(pg, LIST_NO_NUMBER, s.no_number);
	page_uint(pg, LIST_FORBIDDEN, s.forbidden);
	page_uint(pg, LIST_EXCLUDED, s.excluded);
	page_show(pg, s.loads == 0 && s.people == 0 ? LIST_NOTHING : LIST_SOMETHING);
	if (s.people > 0 && op->dated && !add_rehearsal(rq, pg, op))
		return resp_refuse(rq, R_BUSY);
	if (s.running)
		page_show(pg, LIST_RUNNING);
	if (s.failed)
		page_show(pg, LIST_LOAD_FAILED);
	page_show(pg, op->state == OP_DRAFT ? LIST_DRAFT : LIST_LIVE);
	if (why != R_NONE)
		page_wrong(pg, LIST_LIST_WRONG, why);
	return page_send_as(pg, status);
}

enum http
list_show(struct req *rq)
{
	struct operation op;
	enum http no = wizard_open(rq, P_LIST, &op);

	return no != 0 ? no : render(rq, &op, HTTP_OK, R_NONE);
}

/* "Back", and where a refused "Finish Campaign Creation" comes back to (fact 102). */
enum http
list_save(struct req *rq)
{
	struct operation op;
	enum http no = wizard_open(rq, P_LIST, &op);

	if (no != 0)
		return no;
	if (wizard_goes_back(rq))
		return wizard_go(rq, &op, P_LIST);
	return render(rq, &op, HTTP_UNPROCESSABLE, R_NO_LIST);
}

/* What the open page asks when one comes back to its tab (fact 101). Numbers as the page writes them. */
enum http
list_progress(struct req *rq)
{
	struct operation op;
	struct sums s;
	struct json *j = json_object(rq_arena(rq));

	switch (operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, &op, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	if (!sums_of(rq, &op, &s))
		return resp_refuse(rq, R_BUSY);
	json_text(j, "people", page_number(rq, s.people));
	json_text(j, "already", page_number(rq, s.already));
	json_text(j, "no_number", page_number(rq, s.no_number));
	json_text(j, "forbidden", page_number(rq, s.forbidden));
	json_text(j, "excluded", page_number(rq, s.excluded));
	json_bool(j, "running", s.running);
	json_bool(j, "something", s.loads > 0 || s.people > 0);
	return resp_json(rq, HTTP_OK, json_string(j));
}
