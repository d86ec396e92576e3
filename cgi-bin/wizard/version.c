/*
 * version.c - page 1: original or specialized (fact 9).
 */
#include "plumb/base.h"

#include "wizard.h"
#include "tpl/version.names.h"

static enum http
render(struct req *rq, const struct operation *op, enum http status, enum refusal why)
{
	struct page *pg = wizard_page(rq, op, P_VERSION, "wizard/version.tpl");

	if (op->version == OP_ORIGINAL)
		page_show(pg, VERSION_ORIGINAL);
	if (op->version == OP_SPECIALIZED)
		page_show(pg, VERSION_SPECIALIZED);
	if (op->state == OP_DRAFT)
		page_show(pg, VERSION_DRAFT);
	if (op->version != OP_NO_VERSION && operation_called(rq_db(rq), op->id, rq_arena(rq)) == FOUND) {	/* fact 13 */
		page_text(pg, VERSION_KEPT, op->version == OP_ORIGINAL ? "original" : "specialized");
		page_show(pg, VERSION_LOCKED);
	}
	if (why != R_NONE)
		page_wrong(pg, VERSION_VERSION_WRONG, why);
	return page_send_as(pg, status);
}

enum http
version_show(struct req *rq)
{
	struct operation op;
	enum http no = wizard_open(rq, P_VERSION, &op);

	return no != 0 ? no : render(rq, &op, HTTP_OK, R_NONE);
}

enum http
version_save(struct req *rq)
{
	struct operation op;
	enum refusal why = in_refusal(rq, IN_VERSION);
	enum http no = wizard_open(rq, P_VERSION, &op);
	enum saved s = REFUSED;

	if (no != 0)
		return no;
	if (wizard_changed(rq, &op, P_VERSION))
		return render(rq, &op, HTTP_CONFLICT, R_NONE);
	if (why == R_NONE && in_blank(rq, IN_VERSION))
		why = R_NOT_A_CHOICE;			/* fact 10 */
	if (why == R_NONE)
		s = operation_set_version(rq_db(rq), op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq),
		    strcmp(in_text(rq, IN_VERSION), "specialized") == 0 ? OP_SPECIALIZED : OP_ORIGINAL, &why, rq_arena(rq));
	if (s == SAVED || s == ALREADY || (s == REFUSED && wizard_goes_back(rq)))
		return wizard_go(rq, &op, P_VERSION);
	return s == REFUSED ? render(rq, &op, HTTP_UNPROCESSABLE, why) : wizard_failed(rq, s, why);
}
