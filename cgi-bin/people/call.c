/*
 * call.c - a call outside operations: a number is clicked in a list or a record, a question is answered (fact 122), and
 * the record opens with a panel for the call and its notes (fact 124).
 */
#include "plumb/arena.h"
#include "plumb/phone.h"
#include "plumb/text.h"

#include "domain/manual_call.h"

#include "people.h"
#include "tpl/ask.names.h"
#include "tpl/person.names.h"

static const char *
digits(struct req *rq, uint64_t id)
{
	return arena_fmt(rq_arena(rq), "%llu", (unsigned long long)id);
}

/* The number that ?call= names, or the first one when a list has only the person. */
static enum found
this_number(struct req *rq, struct manual_number *n, enum refusal *why)
{
	struct record_by by = record_by(rq);
	struct record_phone *list;
	uint64_t phone = in_uint(rq, IN_CALL);
	size_t count;

	if (phone == 0) {
		if (!record_phones(rq_db(rq), by.organisation, by.person, &list, &count, rq_arena(rq)))
			return FAILED;
		for (size_t i = 0; i < count && phone == 0; i++)
			if (list[i].state == PHONE_CALLABLE && !list[i].suppressed)
				phone = list[i].id;
		if (phone == 0 && count > 0)
			phone = list[0].id;
	}
	return manual_number(rq_db(rq), &by, phone, n, why, rq_arena(rq));
}

static enum http
to_record(struct req *rq, uint64_t phone)
{
	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/people/%llu?call=%llu", (unsigned long long)rq_id(rq), (unsigned long long)phone));
}

enum http
call_ask(struct req *rq)
{
	struct record_by by = record_by(rq);
	struct arena *a = rq_arena(rq);
	struct manual_number n;
	struct person p;
	struct page *pg;
	struct tpl *ask;
	enum refusal why;
	char number[40];
	bool unasked;
	const char *who, *back;
	enum found f = person_by_id(rq_db(rq), by.organisation, by.person, &p, a);

	if (f == FOUND)
		f = this_number(rq, &n, &why);
	if (f == FOUND && manual_unasked(rq_db(rq), by.user, &unasked, a) != FOUND)
		f = FAILED;
	if (f != FOUND)
		return resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	if (why == R_NONE && unasked)
		return to_record(rq, n.phone);
	back = strcmp(in_text(rq, IN_CALL_FROM), "list") == 0 ? people_path(p.kind) : arena_fmt(a, "/people/%llu", (unsigned long long)p.id.v);
	who = text_trim(a, arena_fmt(a, "%s %s", p.first_name, p.last_name));
	pg = page_new(rq, "people/ask.tpl", who);
	page_menu(pg, p.kind == PERSON_ELECTOR ? "electors" : "contacts");
	page_shape(pg, "page-narrow");
	page_text(pg, ASK_BACK, back);
	page_text(pg, ASK_WHO, who);
	phone_display(n.e164, number, sizeof(number));
	page_text(pg, ASK_NUMBER, number);
	if (*n.extension != '\0')
		tpl_text(page_row(pg, ASK_EXTENSION), ASK_TEXT, n.extension);
	if (why != R_NONE) {
		tpl_text(page_row(pg, ASK_FORBIDDEN), ASK_BACK, back);
		return page_send(pg);
	}
	ask = page_row(pg, ASK_ASK);
	tpl_text(ask, ASK_ID, digits(rq, p.id.v));
	tpl_text(ask, ASK_CSRF, rq_csrf(rq));
	tpl_text(ask, ASK_CALL_ID, digits(rq, n.phone));
	tpl_text(ask, ASK_BACK, back);
	return page_send(pg);
}

/* The answer: this time only, don't ask again, or (from the panel) ask again. */
enum http
call_begin(struct req *rq)
{
	struct record_by by = record_by(rq);
	const char *choice = in_text(rq, IN_CALL_CHOICE);
	struct manual_number n;
	enum refusal why;
	enum found f;

	if (*choice == '\0' || in_uint(rq, IN_CALL) == 0)
		return resp_refuse(rq, R_BAD_REQUEST);
	if ((f = this_number(rq, &n, &why)) != FOUND)
		return resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	if (why != R_NONE)
		return resp_refuse(rq, why);
	if (strcmp(choice, "once") != 0 && manual_set_unasked(rq_db(rq), &by, strcmp(choice, "always") == 0) != SAVED)
		return resp_refuse(rq, R_BUSY);
	return to_record(rq, n.phone);
}

static void
fill_outcomes(struct req *rq, struct tpl *panel)
{
	enum status sorted[ST__MAX];
	size_t n = status_sorted(S_AGENT, rq_lang(rq), sorted);

	for (size_t i = 0; i < n; i++) {
		struct tpl *row;
		if (!manual_status(sorted[i]) || sorted[i] == ST_COMPLETED || sorted[i] == ST_DNC)
			continue;
		row = tpl_row(panel, PERSON_OUTCOME);
		tpl_text(row, PERSON_CODE, status_code(sorted[i]));
		tpl_text(row, PERSON_LABEL, status_label(sorted[i], rq_lang(rq)));
	}
	tpl_text(panel, PERSON_DNC, status_label(ST_DNC, rq_lang(rq)));
}

/* A refused form comes again with its own key and moment: it is still the same call. */
bool
call_panel(struct req *rq, struct page *pg, const struct person *p)
{
	struct record_by by = record_by(rq);
	bool again = rq_is_post(rq), unasked;
	int64_t begun = again ? (int64_t)in_uint(rq, IN_BEGUN) : rq_now(rq);
	struct manual_number n;
	struct tpl *panel;
	enum refusal why;
	char number[40];
	enum found f;

	if (in_uint(rq, IN_CALL) == 0)
		return true;
	if ((f = this_number(rq, &n, &why)) != FOUND)
		return f == NONE;
	if (manual_unasked(rq_db(rq), by.user, &unasked, rq_arena(rq)) != FOUND)
		return false;
	panel = page_row(pg, PERSON_PANEL);
	if (why != R_NONE)
		tpl_show(panel, PERSON_NOT_TO_BE_CALLED);
	else {
		struct tpl *dial = tpl_row(panel, PERSON_DIAL);
		phone_display(n.e164, number, sizeof(number));
		tpl_text(dial, PERSON_E164, n.e164);
		tpl_text(dial, PERSON_NUMBER, number);
		if (*n.extension != '\0')
			tpl_text(tpl_row(dial, PERSON_EXTENSION), PERSON_TEXT, n.extension);
	}
	tpl_text(panel, PERSON_ID, digits(rq, p->id.v));
	tpl_text(panel, PERSON_CSRF, rq_csrf(rq));
	tpl_text(panel, PERSON_CALL_ID, digits(rq, n.phone));
	tpl_text(panel, PERSON_FORM_KEY, manual_form_key(rq_arena(rq), &by, n.phone, begun));
	tpl_text(panel, PERSON_BEGUN, arena_fmt(rq_arena(rq), "%lld", (long long)begun));
	tpl_text(panel, PERSON_NOTED, in_typed(rq, IN_NOTE));
	if (in_refusal(rq, IN_NOTE) != R_NONE)
		tpl_text(tpl_row(panel, PERSON_NOTE_BAD), PERSON_SENTENCE, refusal_text(in_refusal(rq, IN_NOTE), rq_lang(rq)));
	if (in_refusal(rq, IN_STATUS) != R_NONE)
		tpl_text(tpl_row(panel, PERSON_STATUS_BAD), PERSON_SENTENCE, refusal_text(in_refusal(rq, IN_STATUS), rq_lang(rq)));
	fill_outcomes(rq, panel);
	if (unasked) {
		struct tpl *ask = tpl_row(panel, PERSON_UNASKED);
		tpl_text(ask, PERSON_ID, digits(rq, p->id.v));
		tpl_text(ask, PERSON_CSRF, rq_csrf(rq));
		tpl_text(ask, PERSON_CALL_ID, digits(rq, n.phone));
	}
	return true;
}

enum http
call_save(struct req *rq)
{
	struct record_by by = record_by(rq);
	struct manual_call call = { .phone = in_uint(rq, IN_CALL), .form_key = in_text(rq, IN_FORM_KEY),
		.begun_at = (int64_t)in_uint(rq, IN_BEGUN), .status = status_of_code(in_text(rq, IN_STATUS)),
		.note = in_text(rq, IN_NOTE), .zone = rq_who(rq)->zone };
	enum refusal why;

	/* a form that comes again gets its key anew: only when it brought the right one */
	if (!manual_key_ok(&by, &call))
		return resp_refuse(rq, R_FORM_TOO_OLD);
	if (!manual_status(call.status))
		in_refuse(rq, IN_STATUS, R_STATUS_UNKNOWN);
	if (!in_all_fit(rq))
		return person_page(rq, HTTP_UNPROCESSABLE);
	switch (manual_save(rq_db(rq), &by, &call, &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/people/%llu?said=called", (unsigned long long)by.person.v));
	case REFUSED:
		return resp_refuse(rq, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}
