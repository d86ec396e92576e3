/*
 * edit.c - the form of a record: its fields, in groups, read with the rules of the import.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/phone.h"
#include "plumb/text.h"

#include "domain/record.h"

#include "people.h"
#include "tpl/edit.names.h"

static const struct { const char *title; enum import_field field[8]; size_t n; } groups[] = {
	{ N_("Name"), { IF_FIRST_NAME, IF_LAST_NAME, IF_LANGUAGE, IF_BIRTH_DATE, IF_SEX, IF_NATIONALITY }, 6 },
	{ N_("Address and e-mail"), { IF_CIVIC_NUMBER, IF_STREET, IF_APARTMENT, IF_CITY, IF_POSTAL_CODE, IF_EMAIL }, 6 },
	{ N_("What is known"), { IF_FILE_NUMBER, IF_ORGANIZATION, IF_MEMBER_UNTIL, IF_DONATIONS, IF_TAGS, IF_NOTES }, 6 },
	{ N_("Vote"), { IF_DIVISION, IF_DISTRICT, IF_SUBDIVISION, IF_ELECTOR_NUMBER, IF_POLLING_PLACE, IF_ADVANCE_VOTE }, 6 },
};

struct record_by
record_by(struct req *rq)
{
	const struct who *who = rq_who(rq);

	return (struct record_by){ { who->organisation }, { who->user }, { rq_id(rq) }, rq_now(rq) };
}

/* "a|b" as people write it; a tag with a comma in it keeps the bar, which the reader takes too. */
static const char *
tags_text(struct arena *a, const char *tags)
{
	const char *part[64];
	size_t n = text_split(a, tags, '|', part, NITEMS(part));
	struct buf b;

	if (strchr(tags, ',') != NULL || strchr(tags, ';') != NULL)
		return n > 1 ? tags : arena_fmt(a, "%s|", tags);
	buf_init_in(&b, a, 2000);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, i == 0 ? "%s" : ", %s", part[i]);
	return b.len == 0 ? "" : b.data;
}

static void
fill_input(struct req *rq, struct tpl *group, enum import_field f, const struct record *r, bool typed)
{
	enum lang lang = rq_lang(rq);
	enum value_kind kind = import_field_kind(f);
	const char *code = import_field_code(f), *value = r->value[f];
	enum refusal why = typed ? in_keyed_refusal(rq, IN_SET, code) : R_NONE;
	struct tpl *row = tpl_row(group, kind == VK_LANGUAGE ? EDIT_LANGUAGE_IN : kind == VK_NOTES ? EDIT_LINES_IN : EDIT_TEXT_IN);

	if (typed && in_keyed_given(rq, IN_SET, code))
		value = in_keyed(rq, IN_SET, code);
	else if (kind == VK_TAGS)
		value = tags_text(rq_arena(rq), value);
	tpl_text(row, EDIT_CODE, code);
	tpl_text(row, EDIT_LABEL, import_field_label(f, lang));
	tpl_text(row, EDIT_VALUE, value);
	if (kind == VK_LANGUAGE && strcmp(value, "fr") == 0)
		tpl_show(row, EDIT_FRENCH);
	if (kind == VK_LANGUAGE && strcmp(value, "en") == 0)
		tpl_show(row, EDIT_ENGLISH);
	/* what was typed and is no date must be seen again: a date input would show nothing */
	tpl_text(row, EDIT_TYPE, kind == VK_DATE && why == R_NONE ? "date" : "text");
	if (why != R_NONE)
		tpl_text(tpl_row(row, EDIT_BAD), EDIT_SENTENCE, refusal_text(why, lang));
	else if (kind == VK_TAGS)
		tpl_text(tpl_row(row, EDIT_HINTED), EDIT_HINT, tr(lang, N_("Separate tags with commas.")));
}

static bool
fill_numbers(struct req *rq, struct page *pg, const char *id)
{
	struct record_phone *ph;
	struct tpl *row;
	char number[40];
	size_t n;

	if (!record_phones(rq_db(rq), record_by(rq).organisation, record_by(rq).person, &ph, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		row = page_row(pg, EDIT_PHONE);
		phone_display(ph[i].e164, number, sizeof(number));
		tpl_text(row, EDIT_ID, id);
		tpl_text(row, EDIT_CSRF, rq_csrf(rq));
		tpl_text(row, EDIT_PHONE_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)ph[i].id));
		tpl_text(row, EDIT_NUMBER, number);
		if (*ph[i].extension != '\0')
			tpl_text(tpl_row(row, EDIT_EXTENSION), EDIT_TEXT, ph[i].extension);
		if (ph[i].suppressed)
			tpl_show(row, EDIT_SUPPRESSED);
		tpl_show(row, strcmp(ph[i].kind, "cell") == 0 ? EDIT_CELL : strcmp(ph[i].kind, "work") == 0 ? EDIT_WORK : EDIT_HOME);
		tpl_show(row, ph[i].state == PHONE_WRONG ? EDIT_WRONG_NUMBER : ph[i].state == PHONE_FORBIDDEN ? EDIT_NUMBER_FORBIDDEN : EDIT_OK);
		if (i > 0)
			tpl_show(row, EDIT_LATER);
	}
	page_text(pg, EDIT_TYPED_NUMBER, in_typed(rq, IN_NUMBER));
	if (in_refusal(rq, IN_NUMBER) != R_NONE)
		tpl_text(page_row(pg, EDIT_NUMBER_BAD), EDIT_SENTENCE, refusal_text(in_refusal(rq, IN_NUMBER), rq_lang(rq)));
	return true;
}

static void
fill_match(struct req *rq, struct tpl *row, const char *id, const struct record_match *m)
{
	tpl_text(row, EDIT_ID, id);
	tpl_text(row, EDIT_CSRF, rq_csrf(rq));
	tpl_text(row, EDIT_CONTACT_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)m->id.v));
	tpl_text(row, EDIT_NAME, arena_fmt(rq_arena(rq), "%s %s", m->first_name, m->last_name));
	tpl_text(row, EDIT_CITY, m->city);
	if (m->same_phone)
		tpl_show(row, EDIT_SAME_PHONE);
}

static bool
fill_link(struct req *rq, struct page *pg, const char *id)
{
	struct record_by by = record_by(rq);
	struct tpl *link = page_row(pg, EDIT_LINK);
	struct record_match mine, *offer;
	size_t n;

	switch (record_linked(rq_db(rq), by.organisation, by.person, &mine, rq_arena(rq))) {
	case FAILED:	return false;
	case FOUND:	fill_match(rq, tpl_row(link, EDIT_LINKED), id, &mine); return true;
	case NONE:	break;
	}
	if (!record_link_offers(rq_db(rq), by.organisation, by.person, &offer, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++)
		fill_match(rq, tpl_row(link, EDIT_OFFER), id, &offer[i]);
	if (n == 0)
		tpl_show(link, EDIT_NO_OFFER);
	return true;
}

/* typed: the fields' form was sent and comes again. */
static enum http
edit_page(struct req *rq, enum http status, bool typed, enum refusal why)
{
	struct record_by by = record_by(rq);
	struct arena *a = rq_arena(rq);
	const char *id = arena_fmt(a, "%llu", (unsigned long long)by.person.v), *who;
	struct record r;
	struct page *pg;

	switch (record_by_id(rq_db(rq), by.organisation, by.person, &r, a)) {
	case FOUND:	break;
	case NONE:	return gone_or_merged(rq);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	who = text_trim(a, arena_fmt(a, "%s %s", r.value[IF_FIRST_NAME], r.value[IF_LAST_NAME]));
	pg = page_new(rq, "people/edit.tpl", who);
	page_menu(pg, r.kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_style(pg, "people.css");
	page_shape(pg, "page-form");
	page_text(pg, EDIT_ID, id);
	page_text(pg, EDIT_WHO, who);
	page_text(pg, EDIT_CSRF, rq_csrf(rq));
	/* the record as it is now: who reads the sentence and saves again means it */
	page_text(pg, EDIT_SEEN, arena_fmt(a, "%lld", (long long)r.updated_at));
	for (size_t g = 0; g < NITEMS(groups); g++) {
		struct tpl *group = NULL;
		for (size_t i = 0; i < groups[g].n; i++) {
			if (!record_field(groups[g].field[i], r.kind))
				continue;
			if (group == NULL)
				tpl_text(group = page_row(pg, EDIT_GROUP), EDIT_TITLE, tr(rq_lang(rq), groups[g].title));
			fill_input(rq, group, groups[g].field[i], &r, typed);
		}
	}
	if (typed ? in_bool(rq, IN_CALLS_FORBIDDEN) : r.calls_forbidden)
		page_show(pg, EDIT_FORBIDDEN);
	if (typed ? in_bool(rq, IN_DECEASED) : r.deceased)
		page_show(pg, EDIT_DECEASED);
	if (!custom_inputs(rq, pg, id) || !fill_numbers(rq, pg, id) || (r.kind == PERSON_ELECTOR && !fill_link(rq, pg, id)))
		return resp_refuse(rq, R_BUSY);
	if (why != R_NONE)
		page_notice(pg, refusal_text(why, rq_lang(rq)), false);
	else if (strcmp(in_text(rq, IN_SAID), "phones") == 0)
		page_notice(pg, tr(rq_lang(rq), N_("The numbers are saved.")), true);
	else if (strcmp(in_text(rq, IN_SAID), "link") == 0 || strcmp(in_text(rq, IN_SAID), "own") == 0)
		page_notice(pg, tr(rq_lang(rq), N_("Saved.")), true);
	return page_send_as(pg, status);
}

enum http
edit_again(struct req *rq, enum http status)
{
	return edit_page(rq, status, false, R_NONE);
}

enum http
edit_show(struct req *rq)
{
	return edit_page(rq, HTTP_OK, false, R_NONE);
}

/* What was typed, as one row of a file. Fields that the form did not send keep what is stored. */
static bool
read_form(struct req *rq, const struct record *r, struct record_change *out)
{
	enum import_field mapping[IF__MAX];
	const char *cell[IF__MAX];
	struct person_row row;
	size_t n = 0;
	bool fits = true;

	for (unsigned f = IF_NONE + 1; f < IF__MAX; f++) {
		const char *code = import_field_code((enum import_field)f);
		if (!record_field((enum import_field)f, r->kind))
			continue;
		mapping[n] = (enum import_field)f;
		cell[n++] = in_keyed_given(rq, IN_SET, code) ? in_keyed(rq, IN_SET, code) : r->value[f];
		fits = fits && in_keyed_refusal(rq, IN_SET, code) == R_NONE;
	}
	if (import_read_row(rq_arena(rq), mapping, n, cell, n, &row) == R_ROW_NO_NAME) {
		in_refuse_keyed(rq, IN_SET, import_field_code(IF_LAST_NAME), R_MISSING);
		fits = false;
	}
	for (size_t i = 0; i < row.nrefused; i++) {
		in_refuse_keyed(rq, IN_SET, import_field_code(mapping[row.refused[i].column - 1]), row.refused[i].why);
		fits = false;
	}
	memcpy(out->value, row.value, sizeof(out->value));
	return fits;
}

enum http
edit_save(struct req *rq)
{
	struct record_by by = record_by(rq);
	struct record_change change = { .calls_forbidden = in_bool(rq, IN_CALLS_FORBIDDEN), .deceased = in_bool(rq, IN_DECEASED),
		.seen_at = (int64_t)in_uint(rq, IN_SEEN) };
	struct record r;
	enum refusal why;

	switch (record_by_id(rq_db(rq), by.organisation, by.person, &r, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	if (!read_form(rq, &r, &change))
		return edit_page(rq, HTTP_UNPROCESSABLE, true, R_NONE);
	switch (record_change(rq_db(rq), &by, &change, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/people/%llu?said=saved", (unsigned long long)by.person.v));
	case REFUSED:
		return why == R_NOT_FOUND ? resp_refuse(rq, why) : edit_page(rq, refusal_status(why), true, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

static enum http
after(struct req *rq, enum saved saved, enum refusal why, const char *said)
{
	switch (saved) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/people/%llu/edit?said=%s", (unsigned long long)rq_id(rq), said));
	case REFUSED:
		if (why == R_NOT_FOUND)
			return resp_refuse(rq, why);
		in_refuse(rq, IN_NUMBER, why);
		return edit_page(rq, refusal_status(why), false, R_NONE);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

enum http
phones_save(struct req *rq)
{
	struct record_by by = record_by(rq);
	const char *act = in_text(rq, IN_NUMBER_DO), *kind = in_text(rq, IN_NUMBER_KIND), *state = in_text(rq, IN_NUMBER_STATE);
	uint64_t phone = in_uint(rq, IN_NUMBER_ID);
	unsigned s = PHONE_CALLABLE;
	enum refusal why = R_NONE;
	enum saved saved;

	if (!IN_FIT(rq, IN_NUMBER_DO, IN_NUMBER_KIND, IN_NUMBER_STATE, IN_NUMBER_ID) || *act == '\0')
		return resp_refuse(rq, R_BAD_REQUEST);
	while (s < PHONE_STATES - 1 && strcmp(phone_state_code((enum phone_state)s), state) != 0)
		s++;
	if (strcmp(act, "add") == 0 && in_refusal(rq, IN_NUMBER) != R_NONE) {
		saved = REFUSED;
		why = in_refusal(rq, IN_NUMBER);
	} else if (strcmp(act, "add") == 0)
		saved = record_add_phone(rq_db(rq), &by, kind, in_text(rq, IN_NUMBER), &why, rq_arena(rq));
	else if (strcmp(act, "first") == 0)
		saved = record_first_phone(rq_db(rq), &by, phone, &why, rq_arena(rq));
	else if (strcmp(act, "remove") == 0)
		saved = record_remove_phone(rq_db(rq), &by, phone, &why, rq_arena(rq));
	else if (*state == '\0')
		return resp_refuse(rq, R_BAD_REQUEST);
	else
		saved = record_set_phone(rq_db(rq), &by, phone, kind, (enum phone_state)s, &why, rq_arena(rq));
	return after(rq, saved, why, "phones");
}

enum http
link_save(struct req *rq)
{
	struct record_by by = record_by(rq);
	struct person_id contact = { in_uint(rq, IN_CONTACT_ID) };
	enum refusal why = R_NONE;
	enum saved saved = record_link(rq_db(rq), &by, contact, &why, rq_arena(rq));

	return after(rq, saved, why, "link");
}
