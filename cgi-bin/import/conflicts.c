/*
 * conflicts.c - values that a file has otherwise than a person: decided one by one, or all at once.
 */
#include "plumb/arena.h"
#include "plumb/text.h"

#include "import.h"
#include "tpl/conflicts.names.h"

enum { SHOWN = 50, VALUE_CHARS = 200 };

static const char *
name_of(struct arena *a, const struct import_conflict *c)
{
	return text_trim(a, arena_fmt(a, "%s %s", c->first_name == NULL ? "" : c->first_name, c->last_name == NULL ? "" : c->last_name));
}

enum http
conflicts_show(struct req *rq)
{
	struct page *pg = page_new(rq, "import/conflicts.tpl", tr(rq_lang(rq), N_("Values that differ")));
	struct arena *a = rq_arena(rq);
	struct import_conflict *list;
	struct import im;
	enum http answer;
	uint64_t total;
	size_t n;

	if (!this_import(rq, &im, &answer))
		return answer;
	if (!import_conflicts(rq_db(rq), im.id, SHOWN, &list, &n, &total, a))
		return resp_refuse(rq, R_BUSY);
	page_style(pg, "people.css");
	page_menu(pg, im.kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_text(pg, CONFLICTS_CSRF, rq_csrf(rq));
	page_text(pg, CONFLICTS_ID, arena_fmt(a, "%llu", (unsigned long long)im.id.v));
	page_text(pg, CONFLICTS_FILE_NAME, im.file_name);
	page_uint(pg, CONFLICTS_TOTAL, total);
	page_show(pg, n == 0 ? CONFLICTS_NONE : CONFLICTS_SOME);
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, CONFLICTS_ROW);
		tpl_text(row, CONFLICTS_CONFLICT, arena_fmt(a, "%llu", (unsigned long long)list[i].id));
		tpl_text(row, CONFLICTS_PERSON, arena_fmt(a, "%llu", (unsigned long long)list[i].person.v));
		tpl_text(row, CONFLICTS_WHO, name_of(a, &list[i]));
		tpl_text(row, CONFLICTS_LINE, page_number(rq, list[i].line));
		tpl_text(row, CONFLICTS_FIELD, list[i].own != NULL ? list[i].own : import_field_label(list[i].field, rq_lang(rq)));
		tpl_text(row, CONFLICTS_OURS, text_cut(a, *list[i].ours == '\0' ? "" : shown_value(rq, list[i].field, list[i].ours), VALUE_CHARS));
		tpl_text(row, CONFLICTS_THEIRS, text_cut(a, shown_value(rq, list[i].field, list[i].theirs), VALUE_CHARS));
		if (*list[i].ours == '\0')
			tpl_show(row, CONFLICTS_BLANK);
	}
	return page_send(pg);
}

static enum saved
decide_some(struct req *rq, const struct import *im)
{
	const char *key[SHOWN];
	uint64_t take[SHOWN], keep[SHOWN], id;
	size_t n = in_keys(rq, IN_CHOICE, key, SHOWN), ntake = 0, nkeep = 0;

	for (size_t i = 0; i < n; i++) {
		if (!parse_uint(key[i], 1, INT64_MAX, &id))
			return REFUSED;
		if (strcmp(in_keyed(rq, IN_CHOICE, key[i]), "take") == 0)
			take[ntake++] = id;
		else if (strcmp(in_keyed(rq, IN_CHOICE, key[i]), "keep") == 0)
			keep[nkeep++] = id;
		else
			return REFUSED;
	}
	return import_decide(rq_db(rq), im, (struct user_id){ rq_who(rq)->user }, take, ntake, keep, nkeep, rq_now(rq), rq_arena(rq));
}

enum http
conflicts_save(struct req *rq)
{
	const char *go = in_text(rq, IN_GO);
	struct import im;
	enum http answer;
	enum saved saved;
	uint64_t left = 0;

	if (!this_import(rq, &im, &answer))
		return answer;
	if (strcmp(go, "take_all") == 0 || strcmp(go, "keep_all") == 0)
		saved = import_decide_all(rq_db(rq), &im, (struct user_id){ rq_who(rq)->user }, strcmp(go, "take_all") == 0, rq_now(rq), &left,
		    rq_arena(rq));
	else
		saved = decide_some(rq, &im);
	if (saved == REFUSED)
		return resp_refuse(rq, im.state == IMPORT_DONE || im.state == IMPORT_FAILED ? R_BAD_REQUEST : R_WRONG_STATE);
	return saved == NOT_SAVED ? resp_refuse(rq, R_BUSY) :
	    resp_redirect(rq, arena_fmt(rq_arena(rq), "/imports/%llu/conflicts", (unsigned long long)im.id.v));
}
