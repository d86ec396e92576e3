/*
 * copy.c - everything known about one person, for that person: as JSON, or as a table for Excel.
 */
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/csv.h"
#include "plumb/json.h"
#include "plumb/text.h"

#include "domain/custom.h"
#include "domain/power.h"
#include "domain/record.h"

#include "people.h"

#define COPY_MAX	(4u * 1024 * 1024)

struct all {
	struct person p;
	struct record r;
	struct record_phone *phone;
	struct person_call *call;
	struct record_answer *answer;
	struct record_event *event;
	struct housemate *mate;
	struct custom_field *own;
	struct record_match linked;
	bool is_linked;
	size_t nphones, ncalls, nanswers, nevents, nmates, nown;
};

static enum found
read_all(struct req *rq, struct all *x)
{
	struct record_by by = record_by(rq);
	struct arena *a = rq_arena(rq);
	struct db *db = rq_db(rq);
	enum found f = person_by_id(db, by.organisation, by.person, &x->p, a);

	if (f == FOUND)
		f = record_by_id(db, by.organisation, by.person, &x->r, a);
	if (f != FOUND)
		return f;
	f = record_linked(db, by.organisation, by.person, &x->linked, a);
	x->is_linked = f == FOUND;
	return f != FAILED && record_phones(db, by.organisation, by.person, &x->phone, &x->nphones, a) &&
	    person_calls(db, by.person, &x->call, &x->ncalls, a) &&
	    record_answers(db, by.person, rq_lang(rq), &x->answer, &x->nanswers, a) &&
	    record_events(db, by.organisation, by.person, &x->event, &x->nevents, a) &&
	    custom_values(db, by.organisation, by.person, &x->own, &x->nown, a) &&
	    person_housemates(db, &x->p, &x->mate, &x->nmates, a) ? FOUND : FAILED;
}

static const char *
file_name(struct req *rq, const char *kind)
{
	return arena_fmt(rq_arena(rq), "tocsin-%llu.%s", (unsigned long long)rq_id(rq), kind);
}

static const char *
full(struct arena *a, const char *first, const char *last)
{
	return text_trim(a, arena_fmt(a, "%s %s", first, last));
}

/* --- JSON --- */

static struct json *
fields_json(struct arena *a, const struct all *x)
{
	struct json *j = json_object(a);

	for (unsigned f = IF_NONE + 1; f < IF__MAX; f++)
		if (record_field((enum import_field)f, x->r.kind))
			json_text(j, import_field_code((enum import_field)f), x->r.value[f]);
	json_text(j, "time_zone", x->p.time_zone);
	json_bool(j, "calls_forbidden", x->p.calls_forbidden);
	json_bool(j, "deceased", x->p.deceased);
	json_bool(j, "has_voted", x->p.has_voted);
	return j;
}

enum http
copy_json(struct req *rq)
{
	struct arena *a = rq_arena(rq);
	struct json *top, *list, *j;
	struct all x;
	enum found f = read_all(rq, &x);
	const char *text;

	if (f != FOUND)
		return resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	top = json_object(a);
	json_int(top, "id", (int64_t)x.p.id.v);
	json_text(top, "kind", person_kind_code(x.p.kind));
	json_put(top, "fields", fields_json(a, &x));
	json_put(top, "own_fields", j = json_object(a));
	for (size_t i = 0; i < x.nown; i++)
		json_text(j, x.own[i].name, x.own[i].value);
	json_put(top, "phones", list = json_array(a));
	for (size_t i = 0; i < x.nphones; i++) {
		json_add(list, j = json_object(a));
		json_text(j, "kind", x.phone[i].kind);
		json_text(j, "number", x.phone[i].e164);
		json_text(j, "extension", x.phone[i].extension);
		json_text(j, "state", phone_state_code(x.phone[i].state));
		json_bool(j, "do_not_call", x.phone[i].suppressed);
	}
	json_put(top, "household", list = json_array(a));
	for (size_t i = 0; i < x.nmates; i++) {
		json_add(list, j = json_object(a));
		json_text(j, "name", full(a, x.mate[i].first_name, x.mate[i].last_name));
	}
	json_text(top, "linked_to", x.is_linked ? full(a, x.linked.first_name, x.linked.last_name) : NULL);
	json_put(top, "calls", list = json_array(a));
	for (size_t i = 0; i < x.ncalls; i++) {
		json_add(list, j = json_object(a));
		json_text(j, "at", when_code(rq, x.call[i].saved_at));
		json_text(j, "status", status_code(x.call[i].status));
		json_text(j, "agent", power_saver(x.call[i].agent, rq_lang(rq)));
		json_text(j, "operation", x.call[i].operation);
		json_text(j, "note", x.call[i].note);
	}
	json_put(top, "answers", list = json_array(a));
	for (size_t i = 0; i < x.nanswers; i++) {
		json_add(list, j = json_object(a));
		json_text(j, "at", when_code(rq, x.answer[i].at));
		json_text(j, "question", x.answer[i].question);
		json_text(j, "answer", x.answer[i].answer);
		json_text(j, "operation", x.answer[i].operation);
	}
	json_put(top, "changes", list = json_array(a));
	for (size_t i = 0; i < x.nevents; i++) {
		json_add(list, j = json_object(a));
		json_text(j, "at", when_code(rq, x.event[i].at));
		json_text(j, "by", x.event[i].who);
		json_text(j, "what", x.event[i].verb);
		json_text(j, "detail", x.event[i].detail);
	}
	text = json_string(top);
	return resp_bytes(rq, "application/json; charset=utf-8", file_name(rq, "json"), text, strlen(text));
}

/* --- CSV: what, which, value --- */

static void
line(struct buf *b, const char *what, const char *which, const char *value)
{
	csv_cell(b, what, ';');
	buf_text(b, ";");
	csv_cell(b, which, ';');
	buf_text(b, ";");
	csv_cell(b, value, ';');
	buf_text(b, "\r\n");
}

enum http
copy_csv(struct req *rq)
{
	struct arena *a = rq_arena(rq);
	enum lang lang = rq_lang(rq);
	const char *yes = tr(lang, N_("yes"));
	struct buf b;
	struct all x;
	enum found f = read_all(rq, &x);

	if (f != FOUND)
		return resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	buf_init_in(&b, a, COPY_MAX);
	buf_text(&b, "\xef\xbb\xbf");
	for (unsigned i = IF_NONE + 1; i < IF__MAX; i++)
		if (record_field((enum import_field)i, x.r.kind) && *x.r.value[i] != '\0')
			line(&b, tr(lang, N_("Record")), import_field_label((enum import_field)i, lang), x.r.value[i]);
	if (x.p.calls_forbidden)
		line(&b, tr(lang, N_("Record")), tr(lang, N_("do not call")), yes);
	if (x.p.deceased)
		line(&b, tr(lang, N_("Record")), tr(lang, N_("deceased")), yes);
	if (x.p.has_voted)
		line(&b, tr(lang, N_("Record")), tr(lang, N_("has voted")), yes);
	for (size_t i = 0; i < x.nown; i++)
		if (*x.own[i].value != '\0')
			line(&b, tr(lang, N_("Record")), x.own[i].name, x.own[i].value);
	for (size_t i = 0; i < x.nphones; i++)
		line(&b, kind_words(rq, x.phone[i].kind), x.phone[i].suppressed || x.phone[i].state == PHONE_FORBIDDEN ? tr(lang, N_("do not call")) :
		    x.phone[i].state == PHONE_WRONG ? tr(lang, N_("wrong number")) : "", arena_fmt(a, "%s %s", x.phone[i].e164, x.phone[i].extension));
	for (size_t i = 0; i < x.nmates; i++)
		line(&b, tr(lang, N_("At the same address")), "", full(a, x.mate[i].first_name, x.mate[i].last_name));
	if (x.is_linked)
		line(&b, x.r.kind == PERSON_ELECTOR ? tr(lang, N_("The same person among the contacts")) : tr(lang, N_("The same person among the electors")),
		    "", full(a, x.linked.first_name, x.linked.last_name));
	for (size_t i = 0; i < x.ncalls; i++)
		line(&b, tr(lang, N_("Calls")), arena_fmt(a, "%s, %s, %s", when_code(rq, x.call[i].saved_at), power_saver(x.call[i].agent, lang), x.call[i].operation),
		    arena_fmt(a, "%s. %s", status_label(x.call[i].status, lang), x.call[i].note));
	for (size_t i = 0; i < x.nanswers; i++)
		line(&b, tr(lang, N_("Answers")), x.answer[i].question, arena_fmt(a, "%s (%s)", x.answer[i].answer, when_code(rq, x.answer[i].at)));
	for (size_t i = 0; i < x.nevents; i++)
		line(&b, tr(lang, N_("Who changed what")), arena_fmt(a, "%s, %s", when_code(rq, x.event[i].at), x.event[i].who),
		    arena_fmt(a, "%s %s", x.event[i].verb, x.event[i].detail));
	if (b.full)
		return resp_refuse(rq, R_TOO_LARGE);
	return resp_bytes(rq, "text/csv; charset=utf-8", file_name(rq, "csv"), b.data, b.len);
}
