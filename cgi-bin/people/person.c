/*
 * person.c - one person's record: numbers, address, household, what is known, the calls.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/phone.h"
#include "plumb/text.h"

#include "domain/person.h"

#include "people.h"
#include "tpl/person.names.h"

static const char *
kind_words(const struct req *rq, const char *kind)
{
	return tr(rq_lang(rq), strcmp(kind, "cell") == 0 ? N_("Cell phone") : strcmp(kind, "work") == 0 ? N_("Work phone") : N_("Landline phone"));
}

static void
fill_phones(struct req *rq, struct page *pg, const struct person *p)
{
	char number[32];

	for (size_t i = 0; i < p->nphones; i++) {
		const struct person_phone *ph = &p->phones[i];
		struct tpl *row = page_row(pg, PERSON_PHONE);
		phone_display(ph->e164, number, sizeof(number));
		tpl_text(row, PERSON_E164, ph->e164);
		tpl_text(row, PERSON_NUMBER, number);
		tpl_text(row, PERSON_KIND, kind_words(rq, ph->kind));
		if (*ph->extension != '\0')
			tpl_text(tpl_row(row, PERSON_EXTENSION), PERSON_TEXT, ph->extension);
		if (ph->wrong)
			tpl_show(row, PERSON_WRONG_NUMBER);
		if (ph->suppressed)
			tpl_show(row, PERSON_SUPPRESSED);
	}
	if (p->nphones == 0)
		page_show(pg, PERSON_NO_PHONE);
}

static void
fact(struct page *pg, const char *name, const char *value)
{
	struct tpl *row;

	if (*value == '\0')
		return;
	row = page_row(pg, PERSON_FACT);
	tpl_text(row, PERSON_NAME, name);
	tpl_text(row, PERSON_VALUE, value);
}

static const char *
money(const struct req *rq, const char *amount)
{
	const char *point = strchr(amount, '.');

	if (*amount == '\0')
		return "";
	if (rq_lang(rq) != LANG_FR || point == NULL)
		return arena_fmt(rq_arena(rq), "$%s", amount);
	return arena_fmt(rq_arena(rq), "%.*s,%s $", (int)(point - amount), amount, point + 1);
}

static void
fill_facts(struct req *rq, struct page *pg, const struct person *p)
{
	enum lang lang = rq_lang(rq);

	fact(pg, tr(lang, N_("E-mail")), p->email);
	fact(pg, tr(lang, N_("Language")), strcmp(p->language, "fr") == 0 ? "Français" : strcmp(p->language, "en") == 0 ? "English" : "");
	fact(pg, tr(lang, N_("Date of birth")), p->birth_date);
	fact(pg, tr(lang, N_("Sex")), p->sex);
	fact(pg, tr(lang, N_("Nationality")), p->nationality);
	fact(pg, tr(lang, N_("File number")), p->file_number);
	fact(pg, tr(lang, N_("Member until")), p->member_until);
	fact(pg, tr(lang, N_("Donations made this year")), money(rq, p->donations_year));
	fact(pg, tr(lang, N_("Organization")), p->organization);
	fact(pg, tr(lang, N_("Electoral division")), p->electoral_division);
	fact(pg, tr(lang, N_("District")), p->district);
	fact(pg, tr(lang, N_("Polling subdivision")), p->polling_subdivision);
	fact(pg, tr(lang, N_("Elector number")), p->elector_number);
	fact(pg, tr(lang, N_("Polling place")), p->polling_place);
	fact(pg, tr(lang, N_("Vote")), p->has_voted ? tr(lang, N_("has voted")) : "");
}

static void
fill_address(struct req *rq, struct page *pg, const struct person *p)
{
	struct arena *a = rq_arena(rq);
	const char *street = text_trim(a, arena_fmt(a, "%s %s", p->civic_number, p->street));
	const char *city = text_trim(a, arena_fmt(a, "%s %s", p->city, p->postal_code));
	struct tpl *row;

	if (*street == '\0' && *city == '\0') {
		page_show(pg, PERSON_NO_ADDRESS);
		return;
	}
	row = page_row(pg, PERSON_ADDRESS);
	tpl_text(row, PERSON_STREET, street);
	tpl_text(row, PERSON_CITY, city);
	if (*p->apartment != '\0')
		tpl_text(tpl_row(row, PERSON_APARTMENT), PERSON_TEXT, p->apartment);
}

static bool
fill_household(struct req *rq, struct page *pg, const struct person *p)
{
	struct housemate *mate;
	size_t n;

	if (!person_housemates(rq_db(rq), p, &mate, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = page_row(pg, PERSON_MATE);
		tpl_text(row, PERSON_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)mate[i].id.v));
		tpl_text(row, PERSON_NAME, arena_fmt(rq_arena(rq), "%s %s", mate[i].first_name, mate[i].last_name));
	}
	if (n == 0)
		page_show(pg, PERSON_ALONE);
	return true;
}

static bool
fill_calls(struct req *rq, struct page *pg, const struct person *p)
{
	struct person_call *call;
	struct tpl *table;
	size_t n;

	if (!person_calls(rq_db(rq), p->id, &call, &n, rq_arena(rq)))
		return false;
	if (n == 0) {
		page_show(pg, PERSON_NO_CALLS);
		return true;
	}
	table = page_row(pg, PERSON_CALLS);
	for (size_t i = 0; i < n; i++) {
		struct tpl *row = tpl_row(table, PERSON_CALL);
		char when[20];
		clock_text(rq_who(rq)->zone, call[i].saved_at, when, sizeof(when));
		tpl_text(row, PERSON_WHEN, when);
		tpl_text(row, PERSON_STATUS, status_label(call[i].status, rq_lang(rq)));
		tpl_text(row, PERSON_AGENT, call[i].agent);
		tpl_text(row, PERSON_NOTE, call[i].note);
		tpl_text(row, PERSON_OPERATION, *call[i].operation == '\0' ? tr(rq_lang(rq), N_("outside operations")) : call[i].operation);
	}
	return true;
}

enum http
person_show(struct req *rq)
{
	struct arena *a = rq_arena(rq);
	struct person p;
	struct page *pg;
	const char *name, *tag[40];
	size_t ntags;

	switch (person_by_id(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, (struct person_id){ rq_id(rq) }, &p, a)) {
	case FOUND:  break;
	case NONE:   return resp_refuse(rq, R_NOT_FOUND);
	case FAILED: return resp_refuse(rq, R_BUSY);
	}
	name = text_trim(a, arena_fmt(a, "%s %s", p.first_name, p.last_name));
	pg = page_new(rq, "people/person.tpl", name);
	page_menu(pg, p.kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_style(pg, "people.css");
	page_show(pg, p.kind == PERSON_ELECTOR ? PERSON_OF_ELECTORS : PERSON_OF_CONTACTS);
	page_text(pg, PERSON_PATH, people_path(p.kind));
	page_text(pg, PERSON_WHO, name);
	if (p.calls_forbidden)
		page_show(pg, PERSON_FORBIDDEN);
	if (p.deceased)
		page_show(pg, PERSON_DECEASED);
	ntags = text_split(a, p.tags, '|', tag, NITEMS(tag));
	for (size_t i = 0; i < ntags; i++)
		tpl_text(page_row(pg, PERSON_TAGGED), PERSON_TEXT, tag[i]);
	if (*p.notes != '\0')
		tpl_text(page_row(pg, PERSON_NOTES), PERSON_TEXT, p.notes);
	fill_phones(rq, pg, &p);
	fill_facts(rq, pg, &p);
	fill_address(rq, pg, &p);
	return fill_household(rq, pg, &p) && fill_calls(rq, pg, &p) ? page_send(pg) : resp_refuse(rq, R_BUSY);
}
