/*
 * list.c - every connection, and whether it works.
 */
#include "plumb/base.h"

#include "tpl/list.names.h"

#include "connection.h"

enum http
list_show(struct req *rq)
{
	struct page *pg = page_new(rq, "connection/list.tpl", tr(rq_lang(rq), N_("Telephony")));
	struct trunk *list;
	size_t n;

	if (!trunk_list(rq_db(rq), org_of(rq), &list, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	page_menu(pg, "connections");
	for (size_t i = 0; i < n; i++) {
		struct tpl *card = page_row(pg, LIST_CARD);

		tpl_text(card, LIST_ID, id_text(rq, list[i].id.v));
		tpl_text(card, LIST_NAME, list[i].name);
		tpl_text(card, LIST_PROVIDER, tr(rq_lang(rq), provider_name(list[i].provider)));
		if (list[i].paused != TROUBLE_NONE)
			tpl_text(tpl_row(card, LIST_PAUSED), LIST_WHY, tr(rq_lang(rq), trouble_text(list[i].paused)));
		else if (list[i].checked_at == 0)
			tpl_show(card, LIST_UNCHECKED);
		else
			tpl_text(tpl_row(card, list[i].checked == TROUBLE_NONE ? LIST_WORKS : LIST_BROKEN), LIST_WHY,
			    tr(rq_lang(rq), trouble_text(list[i].checked)));
	}
	if (n == 0)
		page_show(pg, LIST_NOTHING);
	return page_send(pg);
}
