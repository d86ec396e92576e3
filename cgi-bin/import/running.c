/*
 * running.c - an import at work: its bar, which follows by itself.
 */
#include "plumb/arena.h"

#include "import.h"
#include "tpl/running.names.h"

enum http
running_page(struct req *rq, const struct import *im)
{
	bool back = im->state == IMPORT_UNDOING;
	struct page *pg = page_new(rq, "import/running.tpl", tr(rq_lang(rq), back ? N_("Being undone") : N_("Being imported")));

	page_style(pg, "people.css");
	page_menu(pg, im->kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_script(pg, "import.js");
	page_text(pg, RUNNING_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)im->id.v));
	page_text(pg, RUNNING_FILE_NAME, im->file_name);
	page_text(pg, RUNNING_STATE, state_words(rq, im));
	page_text(pg, RUNNING_PERCENT, arena_fmt(rq_arena(rq), "%u", percent(im)));
	page_show(pg, back ? RUNNING_BACK : RUNNING_FORTH);
	page_uint(pg, RUNNING_READ, im->rows_read);
	page_uint(pg, RUNNING_REFUSED, im->rows_refused);
	return page_send(pg);
}
