/*
 * words.c - what several pages of this area say about an operation.
 */
#include "plumb/arena.h"
#include "plumb/date.h"
#include "plumb/req.h"
#include "plumb/text.h"

#include "domain/hours_words.h"
#include "domain/operation.h"

#include "share.h"

bool
open_operation(struct req *rq, struct operation *op, enum http *status)
{
	switch (operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, op, rq_arena(rq))) {
	case FOUND:	return true;
	case NONE:	*status = resp_refuse(rq, R_NOT_FOUND); return false;
	default:	*status = resp_refuse(rq, R_BUSY); return false;
	}
}

const char *
hours_words(struct req *rq, const struct operation *op)
{
	const struct hours *h = &op->hours;
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);

	if (!op->dated)
		return "";
	return arena_fmt(a, tr(lang, "From %s to %s, %s"),
	    date_words(a, lang, h->start_year, h->start_month, h->start_day),
	    date_words(a, lang, h->end_year, h->end_month, h->end_day),
	    hours_words_week(a, lang, h));
}

const char *
name_words(struct req *rq, const struct operation *op)
{
	return text_is_blank(op->name) ? tr(rq_lang(rq), N_("New operation")) : op->name;
}
