/*
 * sharing.c - page 8: who takes part so far, the link and its QR code. Its forms are the share area's, which come back
 * here; the rest is that area's page, the same one that the dashboard's "Share" opens.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/text.h"

#include "domain/link.h"
#include "domain/share.h"

#include "wizard.h"
#include "tpl/sharing.names.h"

static enum http
render(struct req *rq, const struct operation *op)
{
	enum lang lang = rq_lang(rq);
	struct page *pg = wizard_page(rq, op, P_SHARING, "wizard/sharing.tpl");
	struct member *members;
	struct link link;
	size_t n;

	if (!share_members(rq_db(rq), op, rq_now(rq), &members, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, SHARING_MEMBER);
		tpl_text(row, SHARING_WHO, members[i].name);
		tpl_text(row, SHARING_INITIAL, text_initials(rq_arena(rq), members[i].name));
		tpl_text(row, SHARING_ROLE, tr(lang, members[i].role == MEMBER_OWNER ? N_("Owner") : members[i].role == MEMBER_AGENT ? N_("Agent") : N_("Observer")));
		if (members[i].role == MEMBER_OWNER)
			tpl_show(row, SHARING_TOP);
		if (members[i].user.v == rq_who(rq)->user)
			tpl_show(row, SHARING_YOU);
	}
	page_script(pg, "share.js");	/* its copy button */
	switch (link_of(rq_db(rq), op->id, &link, rq_arena(rq))) {
	case FOUND: {
		struct tpl *row = page_row(pg, SHARING_LINK);
		tpl_text(row, SHARING_URL, link.url);
		tpl_show(row, link.role == MEMBER_OWNER ? SHARING_GIVES_OWNER : SHARING_GIVES_AGENT);
		tpl_text(row, SHARING_CSRF, rq_csrf(rq));
		tpl_show(row, op->share_qr ? SHARING_QR : SHARING_NO_QR);
		break;
	}
	case NONE:	page_show(pg, SHARING_NO_LINK); break;
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	return page_send(pg);
}

enum http
sharing_show(struct req *rq)
{
	struct operation op;
	enum http no = wizard_open(rq, P_SHARING, &op);

	return no != 0 ? no : render(rq, &op);
}

enum http
sharing_save(struct req *rq)
{
	struct operation op;
	enum refusal why;
	enum saved s;
	enum http no = wizard_open(rq, P_SHARING, &op);

	if (no != 0)
		return no;
	s = operation_pass_page(rq_db(rq), op.id, P_SHARING, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &why, rq_arena(rq));
	if (s != SAVED && s != ALREADY)
		return wizard_failed(rq, s, why);
	if (strcmp(in_text(rq, IN_GO), "share") == 0)
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/share/%llu", (unsigned long long)op.id.v));
	return wizard_go(rq, &op, P_SHARING);
}
