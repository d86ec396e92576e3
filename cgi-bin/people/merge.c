/*
 * merge.c - one record of two: both side by side, what differs is chosen, then they are one.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/phone.h"
#include "plumb/text.h"

#include "domain/merge.h"

#include "people.h"
#include "tpl/merge.names.h"

static const char *
number_text(struct req *rq, uint64_t n)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n);
}

/* --- both side by side --- */

static const char *
row_label(struct req *rq, const struct merge_row *row)
{
	if (row->own != NULL)
		return row->own->name;
	if (strcmp(row->code, "address") == 0)
		return tr(rq_lang(rq), N_("Address"));
	if (strcmp(row->code, "place") == 0)
		return tr(rq_lang(rq), N_("Place on the list of electors"));
	return import_field_label(row->field[0], rq_lang(rq));
}

/* One value as people read it; the parts of an address in a line, those of a place each in its own with its name behind it. */
static const char *
row_value(struct req *rq, const struct merge_row *row, const char *const *value)
{
	bool place = strcmp(row->code, "place") == 0;
	struct arena *a = rq_arena(rq);
	struct buf b;

	if (row->own != NULL)
		return row->own->form == CUSTOM_YES && *value[0] != '\0' ? tr(rq_lang(rq), N_("Yes")) :
		    row->own->form == CUSTOM_DATE ? day_words(rq, value[0]) : value[0];
	buf_init_in(&b, a, 4000);
	for (size_t i = 0; i < row->n; i++) {
		const char *v = import_field_kind(row->field[i]) == VK_DATE ? day_words(rq, value[i]) : value[i];
		if (import_field_kind(row->field[i]) == VK_LANGUAGE && *v != '\0')
			v = strcmp(v, "fr") == 0 ? "Français" : "English";
		if (import_field_kind(row->field[i]) == VK_MONEY)
			v = money_words(rq, v);
		if (*v == '\0')
			continue;
		if (place)
			buf_fmt(&b, "%s (%s)", v, import_field_label(row->field[i], rq_lang(rq)));
		else
			buf_text(&b, row->field[i] == IF_APARTMENT ? arena_fmt(a, tr(rq_lang(rq), N_("apt. %s")), v) : v);
		buf_text(&b, place ? "\n" : row->field[i] == IF_CIVIC_NUMBER || row->field[i] == IF_CITY ? " " : ", ");
	}
	if (b.len == 0)
		return "—";
	while (b.len > 0 && strchr(", \n", b.data[b.len - 1]) != NULL)
		b.data[--b.len] = '\0';
	return b.data;
}

static void
fill_row(struct req *rq, struct tpl *form, const struct merge_row *r)
{
	struct tpl *row = tpl_row(form, MERGE_ROW), *in = tpl_row(row, r->differs ? MERGE_DIFFERS : MERGE_ALIKE);
	const char *pick = in_keyed(rq, IN_PICK, r->code);
	bool theirs = *pick == '\0' ? r->propose_theirs : strcmp(pick, "theirs") == 0;

	tpl_text(row, MERGE_CODE, r->code);
	tpl_text(row, MERGE_LABEL, row_label(rq, r));
	tpl_text(row, MERGE_MINE, row_value(rq, r, r->mine));
	tpl_text(row, MERGE_THEIRS, row_value(rq, r, r->theirs));
	if (r->differs)
		tpl_show(in, theirs ? MERGE_THEIRS_CHOSEN : MERGE_MINE_CHOSEN);
}

static void
both_text(struct tpl *form, const char *label, const char *text)
{
	struct tpl *row;

	if (*text == '\0')
		return;
	row = tpl_row(form, MERGE_BOTH);
	tpl_text(row, MERGE_LABEL, label);
	tpl_text(row, MERGE_TEXT, text);
}

/* "membre, bénévole" of "membre|bénévole"; each tag once. */
static void
add_tags(struct arena *a, struct buf *b, const char *tags)
{
	const char *part[100];
	size_t n = text_split(a, tags, '|', part, NITEMS(part));

	for (size_t i = 0; i < n; i++)
		if (b->len == 0 || strstr(arena_fmt(a, ", %s,", b->data), arena_fmt(a, ", %s,", part[i])) == NULL)
			buf_fmt(b, "%s%s", b->len > 0 ? ", " : "", part[i]);
}

static bool
fill_both(struct req *rq, struct tpl *form, const struct merge_pair *p, struct person_id other)
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	struct record_by by = record_by(rq);
	const struct person_id who[2] = { by.person, other };
	struct buf numbers, tags;
	char shown[40];

	buf_init_in(&numbers, a, 4000);
	buf_init_in(&tags, a, 4000);
	for (unsigned side = 0; side < 2; side++) {
		struct record_phone *ph;
		size_t n;
		if (!record_phones(rq_db(rq), by.organisation, who[side], &ph, &n, a))
			return false;
		for (size_t i = 0; i < n; i++) {
			phone_display(ph[i].e164, shown, sizeof(shown));
			if (numbers.len == 0 || strstr(numbers.data, shown) == NULL)
				buf_fmt(&numbers, "%s%s", numbers.len > 0 ? "\n" : "", shown);
		}
	}
	add_tags(a, &tags, p->mine.value[IF_TAGS]);
	add_tags(a, &tags, p->theirs.value[IF_TAGS]);
	both_text(form, tr(lang, N_("Phones")), numbers.len == 0 ? "" : numbers.data);
	both_text(form, tr(lang, N_("Tags")), tags.len == 0 ? "" : tags.data);
	both_text(form, tr(lang, N_("Notes")), *p->mine.value[IF_NOTES] == '\0' ? p->theirs.value[IF_NOTES] : *p->theirs.value[IF_NOTES] == '\0' ?
	    p->mine.value[IF_NOTES] : arena_fmt(a, "%s\n%s", p->mine.value[IF_NOTES], p->theirs.value[IF_NOTES]));
	return true;
}

static const char *
state_text(const struct req *rq, enum queue_state s)
{
	static const char *const words[] = {
		[QS_READY] = N_("never called"), [QS_HELD] = N_("with an agent at this moment"), [QS_WAITING] = N_("waiting for another call"),
		[QS_DONE] = N_("done"), [QS_REMOVED] = N_("taken off the list"),
	};

	return tr(rq_lang(rq), words[s]);
}

static void
fill_lists(struct req *rq, struct tpl *form, const struct merge_pair *p)
{
	struct tpl *lists = NULL;

	for (size_t i = 0; i < p->nlists; i++) {
		const struct merge_list *l = &p->list[i];
		struct tpl *row;
		if (lists == NULL)
			lists = tpl_row(form, MERGE_LISTS);
		row = tpl_row(lists, MERGE_LIST);
		tpl_text(row, MERGE_NAME, l->operation);
		tpl_text(row, MERGE_TEXT, state_text(rq, l->mine == QS_HELD || l->theirs == QS_HELD ? QS_HELD : l->theirs_stays ? l->theirs : l->mine));
	}
}

static enum http
pair_page(struct req *rq, enum http status, enum refusal why)
{
	struct record_by by = record_by(rq), other = by;
	struct merge_pair *p = arena_alloc(rq_arena(rq), sizeof(*p));
	struct page *pg;
	struct tpl *form;

	other.person.v = in_uint(rq, IN_WITH);
	switch (merge_look(rq_db(rq), by.organisation, by.person, other.person, p, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return gone_or_merged(rq);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	pg = merge_new(rq, &p->mine);
	page_shape(pg, "");
	form = page_row(pg, MERGE_PAIR);
	tpl_text(form, MERGE_ID, number_text(rq, by.person.v));
	tpl_text(form, MERGE_OTHER, number_text(rq, other.person.v));
	tpl_text(form, MERGE_CSRF, rq_csrf(rq));
	/* both as they are now: who reads the sentence and sends it again means it */
	tpl_text(form, MERGE_SEEN, number_text(rq, (uint64_t)p->mine.updated_at));
	tpl_text(form, MERGE_SEEN_OTHER, number_text(rq, (uint64_t)p->theirs.updated_at));
	tpl_text(form, MERGE_CHANGED, when_words(rq, p->mine.updated_at));
	tpl_text(form, MERGE_OTHER_CHANGED, when_words(rq, p->theirs.updated_at));
	tpl_text(form, MERGE_OTHER_WHO, merge_name(rq, p->theirs.value[IF_FIRST_NAME], p->theirs.value[IF_LAST_NAME]));
	for (size_t i = 0; i < p->nrows; i++)
		fill_row(rq, form, &p->row[i]);
	if (!fill_both(rq, form, p, other.person))
		return resp_refuse(rq, R_BUSY);
	if (p->mine.calls_forbidden || p->theirs.calls_forbidden)
		tpl_show(form, MERGE_FORBIDDEN);
	fill_lists(rq, form, p);
	if (in_refusal(rq, IN_SURE) != R_NONE)
		tpl_text(tpl_row(form, MERGE_UNSURE), MERGE_SENTENCE, tr(rq_lang(rq), N_("Tick the box if you really mean it.")));
	if (why != R_NONE)
		page_notice(pg, refusal_text(why, rq_lang(rq)), false);
	rq_reveals(rq, other.person.v);
	return page_send_as(pg, status);
}

enum http
merge_show(struct req *rq)
{
	return in_uint(rq, IN_WITH) == 0 ? merge_choose(rq) : pair_page(rq, HTTP_OK, R_NONE);
}

static enum http
to_record(struct req *rq, struct person_id id, const char *said)
{
	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/people/%llu%s", (unsigned long long)id.v, said));
}

enum http
merge_save(struct req *rq)
{
	struct record_by by = record_by(rq);
	const char *keys[MERGE_ROWS], *theirs[MERGE_ROWS];
	struct merge_choice c = { .theirs = theirs, .seen_mine = (int64_t)in_uint(rq, IN_SEEN), .seen_theirs = (int64_t)in_uint(rq, IN_SEEN_OTHER) };
	struct person_id kept = by.person;
	size_t n = in_keys(rq, IN_PICK, keys, NITEMS(keys));
	enum refusal why;

	if (in_uint(rq, IN_WITH) == 0 || n > NITEMS(keys))
		return resp_refuse(rq, R_BAD_REQUEST);
	for (size_t i = 0; i < n; i++) {
		if (in_keyed_refusal(rq, IN_PICK, keys[i]) != R_NONE)
			return resp_refuse(rq, R_BAD_REQUEST);
		if (strcmp(in_keyed(rq, IN_PICK, keys[i]), "theirs") == 0)
			theirs[c.n++] = keys[i];
	}
	if (!in_bool(rq, IN_SURE)) {
		in_refuse(rq, IN_SURE, R_MISSING);
		return pair_page(rq, HTTP_UNPROCESSABLE, R_NONE);
	}
	switch (merge_people(rq_db(rq), &by, (struct person_id){ in_uint(rq, IN_WITH) }, &c, &kept, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return to_record(rq, kept, "?said=merged");
	case REFUSED:
		return why == R_NOT_FOUND ? resp_refuse(rq, why) : pair_page(rq, refusal_status(why), why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

enum http
gone_or_merged(struct req *rq)
{
	struct person_id kept;

	switch (merge_kept(rq_db(rq), record_by(rq).organisation, record_by(rq).person, &kept, rq_arena(rq))) {
	case FOUND:	return to_record(rq, kept, "?said=led");
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}
