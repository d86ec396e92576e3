/*
 * person.c - one person's record: numbers, address, household, what is known, the calls.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/date.h"
#include "plumb/phone.h"
#include "plumb/text.h"

#include "domain/custom.h"
#include "domain/person.h"
#include "domain/power.h"

#include "people.h"
#include "tpl/person.names.h"

const char *
kind_words(const struct req *rq, const char *kind)
{
	return tr(rq_lang(rq), strcmp(kind, "cell") == 0 ? N_("Cell phone") : strcmp(kind, "work") == 0 ? N_("Work phone") : N_("Landline phone"));
}

const char *
when_words(struct req *rq, int64_t at)
{
	return full_moment_words(rq_arena(rq), rq_lang(rq), rq_who(rq)->zone, at);
}

const char *
day_words(struct req *rq, const char *date)
{
	int year, month, day;

	return parse_date(date, &year, &month, &day) ? date_words(rq_arena(rq), rq_lang(rq), year, month, day) : date;
}

const char *
when_code(struct req *rq, int64_t at)
{
	char when[20];

	clock_text(rq_who(rq)->zone, at, when, sizeof(when));
	return arena_strdup(rq_arena(rq), when);
}

static const char *
digits(struct req *rq, uint64_t id)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)id);
}

/* Numbers that may be called lead to the question of call.c (facts 121, 124); the others are only words. */
static bool
fill_phones(struct req *rq, struct page *pg, const struct person *p)
{
	struct record_phone *list;
	char number[40];
	size_t n;

	if (!record_phones(rq_db(rq), record_by(rq).organisation, p->id, &list, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct record_phone *ph = &list[i];
		struct tpl *row = page_row(pg, PERSON_PHONE);
		bool quiet = ph->state == PHONE_FORBIDDEN || ph->suppressed || p->calls_forbidden || p->deceased;
		struct tpl *shown = tpl_row(row, quiet ? PERSON_QUIET : PERSON_CALLABLE);
		phone_display(ph->e164, number, sizeof(number));
		tpl_text(shown, PERSON_ID, digits(rq, p->id.v));
		tpl_text(shown, PERSON_PHONE_ID, digits(rq, ph->id));
		tpl_text(shown, PERSON_NUMBER, number);
		tpl_text(row, PERSON_KIND, kind_words(rq, ph->kind));
		if (*ph->extension != '\0')
			tpl_text(tpl_row(row, PERSON_EXTENSION), PERSON_TEXT, ph->extension);
		if (ph->state == PHONE_WRONG)
			tpl_show(row, PERSON_WRONG_NUMBER);
		if (ph->state == PHONE_FORBIDDEN || ph->suppressed)
			tpl_show(row, PERSON_SUPPRESSED);
	}
	if (n == 0)
		page_show(pg, PERSON_NO_PHONE);
	return true;
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

const char *
money_words(const struct req *rq, const char *amount)
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
	fact(pg, tr(lang, N_("Date of birth")), day_words(rq, p->birth_date));
	fact(pg, tr(lang, N_("Sex")), p->sex);
	fact(pg, tr(lang, N_("Nationality")), p->nationality);
	fact(pg, tr(lang, N_("File number")), p->file_number);
	fact(pg, tr(lang, N_("Member until")), day_words(rq, p->member_until));
	fact(pg, tr(lang, N_("Donations made this year")), money_words(rq, p->donations_year));
	fact(pg, tr(lang, N_("Organization")), p->organization);
	fact(pg, tr(lang, N_("Electoral division")), p->electoral_division);
	fact(pg, tr(lang, N_("District")), p->district);
	fact(pg, tr(lang, N_("Polling subdivision")), p->polling_subdivision);
	fact(pg, tr(lang, N_("Elector number")), p->elector_number);
	fact(pg, tr(lang, N_("Polling place")), p->polling_place);
	fact(pg, tr(lang, N_("Vote")), p->has_voted ? tr(lang, N_("has voted")) : "");
}

static bool
fill_own(struct req *rq, struct page *pg, const struct person *p)
{
	struct custom_field *own;
	size_t n;

	if (!custom_values(rq_db(rq), record_by(rq).organisation, p->id, &own, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++)
		fact(pg, own[i].name, own[i].form == CUSTOM_YES && *own[i].value != '\0' ? tr(rq_lang(rq), N_("Yes")) :
		    own[i].form == CUSTOM_DATE ? day_words(rq, own[i].value) : own[i].value);
	return true;
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
		tpl_text(row, PERSON_WHEN, when_words(rq, call[i].saved_at));
		tpl_text(row, PERSON_STATUS, status_label(call[i].status, rq_lang(rq)));
		tpl_text(row, PERSON_AGENT, power_saver(call[i].agent, rq_lang(rq)));
		tpl_text(row, PERSON_NOTE, call[i].note);
		tpl_text(row, PERSON_OPERATION, *call[i].operation == '\0' ? tr(rq_lang(rq), N_("outside operations")) : call[i].operation);
	}
	return true;
}

static bool
fill_linked(struct req *rq, struct page *pg, const struct person *p)
{
	struct record_match m;
	struct tpl *row;
	enum found f = record_linked(rq_db(rq), record_by(rq).organisation, p->id, &m, rq_arena(rq));

	if (f == FOUND) {
		row = page_row(pg, PERSON_LINKED);
		tpl_text(row, PERSON_TITLE, p->kind == PERSON_ELECTOR ? tr(rq_lang(rq), N_("The same person among the contacts")) :
		    tr(rq_lang(rq), N_("The same person among the electors")));
		tpl_text(row, PERSON_LINKED_ID, digits(rq, m.id.v));
		tpl_text(row, PERSON_NAME, arena_fmt(rq_arena(rq), "%s %s", m.first_name, m.last_name));
	}
	return f != FAILED;
}

static bool
fill_answers(struct req *rq, struct page *pg, const struct person *p)
{
	struct record_answer *answer;
	struct tpl *table = NULL;
	size_t n;

	if (!record_answers(rq_db(rq), p->id, rq_lang(rq), &answer, &n, rq_arena(rq)))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct tpl *row;
		if (table == NULL)
			table = page_row(pg, PERSON_ANSWERS);
		row = tpl_row(table, PERSON_ANSWER);
		tpl_text(row, PERSON_WHEN, when_words(rq, answer[i].at));
		tpl_text(row, PERSON_QUESTION, answer[i].question);
		tpl_text(row, PERSON_SAID, answer[i].answer);
		tpl_text(row, PERSON_OPERATION, answer[i].operation);
	}
	return true;
}

enum http
person_page(struct req *rq, enum http status)
{
	struct arena *a = rq_arena(rq);
	struct person p;
	struct page *pg;
	const char *name, *tag[40], *said = in_text(rq, IN_SAID);
	size_t ntags;

	switch (person_by_id(rq_db(rq), (struct organisation_id){ rq_who(rq)->organisation }, (struct person_id){ rq_id(rq) }, &p, a)) {
	case FOUND:  break;
	case NONE:   return gone_or_merged(rq);
	case FAILED: return resp_refuse(rq, R_BUSY);
	}
	name = text_trim(a, arena_fmt(a, "%s %s", p.first_name, p.last_name));
	pg = page_new(rq, "people/person.tpl", name);
	page_menu(pg, p.kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_style(pg, "people.css");
	page_show(pg, p.kind == PERSON_ELECTOR ? PERSON_OF_ELECTORS : PERSON_OF_CONTACTS);
	page_text(pg, PERSON_PATH, people_path(p.kind));
	page_text(pg, PERSON_ID, digits(rq, p.id.v));
	page_text(pg, PERSON_WHO, name);
	if (rq_who(rq)->role == ROLE_ADMINISTRATOR)
		page_show(pg, PERSON_OWNER);
	page_text(pg, PERSON_CSRF, rq_csrf(rq));
	page_show(pg, p.has_voted ? PERSON_HAS_VOTED : PERSON_NOT_VOTED);
	page_show(pg, p.calls_forbidden ? PERSON_FORBIDDEN : PERSON_MAY_BE_CALLED);
	if (p.deceased)
		page_show(pg, PERSON_DECEASED);
	ntags = text_split(a, p.tags, '|', tag, NITEMS(tag));
	for (size_t i = 0; i < ntags; i++)
		tpl_text(page_row(pg, PERSON_TAGGED), PERSON_TEXT, tag[i]);
	if (*p.notes != '\0')
		tpl_text(page_row(pg, PERSON_NOTES), PERSON_TEXT, p.notes);
	fill_facts(rq, pg, &p);
	fill_address(rq, pg, &p);
	if (!fill_own(rq, pg, &p) || !fill_phones(rq, pg, &p) || !fill_household(rq, pg, &p) || !fill_calls(rq, pg, &p) || !fill_linked(rq, pg, &p) ||
	    !fill_answers(rq, pg, &p) || !fill_changes(rq, pg, p.id) || !call_panel(rq, pg, &p))
		return resp_refuse(rq, R_BUSY);
	if (strcmp(said, "saved") == 0)
		page_notice(pg, tr(rq_lang(rq), N_("Saved.")), true);
	else if (strcmp(said, "called") == 0)
		page_notice(pg, tr(rq_lang(rq), N_("The call is saved.")), true);
	else if (strcmp(said, "merged") == 0)
		page_notice(pg, tr(rq_lang(rq), N_("The two records are one now.")), true);
	else if (strcmp(said, "led") == 0)
		page_notice(pg, tr(rq_lang(rq), N_("The record at that address was merged into this one.")), true);
	return page_send_as(pg, status);
}

enum http
person_show(struct req *rq)
{
	return person_page(rq, HTTP_OK);
}
