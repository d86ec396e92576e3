/*
 * own.c - the organisation's own fields: defined on a page of their own, filled in on the record's form.
 */
#include "plumb/arena.h"

#include "domain/custom.h"

#include "people.h"
#include "tpl/edit.names.h"
#include "tpl/fields.names.h"

static const char *
digits(struct req *rq, uint64_t id)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)id);
}

static const char *
form_words(const struct req *rq, enum custom_form form)
{
	static const char *const words[CUSTOM_FORMS] = { N_("Text"), N_("Whole number"), N_("Date"), N_("Yes or not") };

	return tr(rq_lang(rq), words[form]);
}

/* --- on the record's form --- */

bool
custom_inputs(struct req *rq, struct page *pg, const char *id)
{
	struct record_by by = record_by(rq);
	struct custom_field *own;
	struct tpl *form;
	size_t n;

	if (!custom_values(rq_db(rq), by.organisation, by.person, &own, &n, rq_arena(rq)))
		return false;
	if (n == 0) {
		page_show(pg, EDIT_NO_CUSTOM);
		return true;
	}
	form = page_row(pg, EDIT_CUSTOM);
	tpl_text(form, EDIT_ID, id);
	tpl_text(form, EDIT_CSRF, rq_csrf(rq));
	for (size_t i = 0; i < n; i++) {
		const char *key = digits(rq, own[i].id);
		struct tpl *row = tpl_row(form, own[i].form == CUSTOM_YES ? EDIT_OWN_YES : EDIT_OWN_IN);
		enum refusal why = in_keyed_refusal(rq, IN_CUSTOM, key);
		const char *value = in_keyed_given(rq, IN_CUSTOM, key) ? in_keyed(rq, IN_CUSTOM, key) : own[i].value;
		tpl_text(row, EDIT_FIELD_ID, key);
		tpl_text(row, EDIT_LABEL, own[i].name);
		tpl_text(row, EDIT_VALUE, value);
		tpl_text(row, EDIT_TYPE, own[i].form == CUSTOM_DATE && why == R_NONE ? "date" : "text");
		if (own[i].form == CUSTOM_YES && strcmp(value, "1") == 0)
			tpl_show(row, EDIT_YES);
		if (why != R_NONE)
			tpl_text(tpl_row(row, EDIT_BAD), EDIT_SENTENCE, refusal_text(why, rq_lang(rq)));
	}
	return true;
}

enum http
custom_save(struct req *rq)
{
	struct record_by by = record_by(rq);
	struct custom_field *own;
	const char **value;
	enum refusal why;
	bool fits = true;
	size_t n, k = 0;

	if (!custom_values(rq_db(rq), by.organisation, by.person, &own, &n, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	value = arena_alloc(rq_arena(rq), (n + 1) * sizeof(*value));
	for (size_t i = 0; i < n; i++) {
		const char *key = digits(rq, own[i].id), *read;
		if (!in_keyed_given(rq, IN_CUSTOM, key))
			continue;
		if (in_keyed_refusal(rq, IN_CUSTOM, key) != R_NONE) {
			fits = false;
			continue;
		}
		if ((read = custom_read(rq_arena(rq), own[i].form, in_keyed(rq, IN_CUSTOM, key), &why)) == NULL) {
			in_refuse_keyed(rq, IN_CUSTOM, key, why);
			fits = false;
			continue;
		}
		own[k] = own[i];
		value[k++] = read;
	}
	if (!fits)
		return edit_again(rq, HTTP_UNPROCESSABLE);
	switch (custom_store(rq_db(rq), &by, own, value, k, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/people/%llu/edit?said=own", (unsigned long long)by.person.v));
	case REFUSED:
		return resp_refuse(rq, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

/* --- the page that defines them --- */

static bool
fill_group(struct req *rq, struct page *pg, enum person_kind kind)
{
	struct tpl *group = page_row(pg, FIELDS_GROUP);
	struct custom_field *own;
	bool typed = strcmp(in_text(rq, IN_KIND), person_kind_code(kind)) == 0;
	enum refusal why = in_refusal(rq, IN_OWN_NAME);
	size_t n;

	if (!custom_fields(rq_db(rq), record_by(rq).organisation, kind, &own, &n, rq_arena(rq)))
		return false;
	tpl_text(group, FIELDS_KIND, person_kind_code(kind));
	tpl_text(group, FIELDS_TITLE, kind == PERSON_ELECTOR ? tr(rq_lang(rq), N_("Electors")) : tr(rq_lang(rq), N_("Contacts")));
	tpl_text(group, FIELDS_CSRF, rq_csrf(rq));
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(group, FIELDS_OWN);
		tpl_text(row, FIELDS_CSRF, rq_csrf(rq));
		tpl_text(row, FIELDS_FIELD_ID, digits(rq, own[i].id));
		tpl_text(row, FIELDS_NAME, own[i].name);
		tpl_text(row, FIELDS_FORM, form_words(rq, own[i].form));
		tpl_show(row, own[i].put_away ? FIELDS_IS_AWAY : FIELDS_IN_USE);
	}
	if (n == 0)
		tpl_show(group, FIELDS_NONE);
	if (typed)
		tpl_text(group, FIELDS_TYPED, in_typed(rq, IN_OWN_NAME));
	if (typed && why != R_NONE)
		tpl_text(tpl_row(group, FIELDS_BAD), FIELDS_SENTENCE, refusal_text(why, rq_lang(rq)));
	return true;
}

static enum http
fields_page(struct req *rq, enum http status)
{
	struct page *pg = page_new(rq, "people/fields.tpl", tr(rq_lang(rq), N_("Fields of your organization")));

	page_menu(pg, "contacts");
	page_style(pg, "people.css");
	page_shape(pg, "page-form");
	if (!fill_group(rq, pg, PERSON_CONTACT) || !fill_group(rq, pg, PERSON_ELECTOR))
		return resp_refuse(rq, R_BUSY);
	if (strcmp(in_text(rq, IN_SAID), "saved") == 0)
		page_notice(pg, tr(rq_lang(rq), N_("Saved.")), true);
	return page_send_as(pg, status);
}

enum http
fields_show(struct req *rq)
{
	return fields_page(rq, HTTP_OK);
}

enum http
fields_save(struct req *rq)
{
	struct record_by by = record_by(rq);
	const char *act = in_text(rq, IN_OWN_DO), *kind = in_text(rq, IN_KIND), *form = in_text(rq, IN_OWN_FORM);
	enum refusal why = R_NONE;
	enum saved saved;

	if (strcmp(act, "define") == 0) {
		if (*kind == '\0' || *form == '\0')
			return resp_refuse(rq, R_BAD_REQUEST);
		if (!IN_FIT(rq, IN_OWN_NAME))
			return fields_page(rq, HTTP_UNPROCESSABLE);
		saved = custom_define(rq_db(rq), &by, person_kind_of(kind), in_text(rq, IN_OWN_NAME), custom_form_of(form), &why, rq_arena(rq));
	} else if (*act != '\0' && in_uint(rq, IN_OWN_FIELD) != 0)
		saved = custom_put_away(rq_db(rq), &by, in_uint(rq, IN_OWN_FIELD), strcmp(act, "away") == 0, &why, rq_arena(rq));
	else
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (saved) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, "/people/fields?said=saved");
	case REFUSED:
		if (why == R_NOT_FOUND)
			return resp_refuse(rq, why);
		in_refuse(rq, IN_OWN_NAME, why);
		return fields_page(rq, refusal_status(why));
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
