/*
 * people.c - people looked up, changed, and sent in.
 */
#include "plumb/arena.h"

#include "domain/custom.h"
#include "domain/feed.h"
#include "domain/record.h"

#include "api.h"

static struct organisation_id
org(const struct req *rq)
{
	return (struct organisation_id){ rq_who(rq)->organisation };
}

static enum person_kind
kind(const struct req *rq)
{
	return in_blank(rq, IN_KIND) ? PERSON_CONTACT : person_kind_of(in_text(rq, IN_KIND));
}

/* Only where: whose it is comes by the record's own address, which notes the look. */
enum http
person_find(struct req *rq)
{
	struct json *j = json_object(rq_arena(rq));
	struct person_id id;
	enum http answer;
	enum found f;

	if (!may(rq, SCOPE_PEOPLE_READ, &answer))
		return answer;
	if (in_blank(rq, IN_FILE_NUMBER) || in_refusal(rq, IN_FILE_NUMBER) != R_NONE || in_refusal(rq, IN_KIND) != R_NONE)
		return resp_refuse(rq, R_BAD_REQUEST);
	f = feed_by_file_number(rq_db(rq), org(rq), kind(rq), in_text(rq, IN_FILE_NUMBER), &id, rq_arena(rq));
	if (f != FOUND)
		return resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	json_int(j, "id", (int64_t)id.v);
	return resp_json(rq, HTTP_OK, json_string(j));
}

/* A field of the organisation's own, its value as what it is. */
static struct json *
own_field(struct req *rq, const struct custom_field *c)
{
	struct json *j = json_object(rq_arena(rq));

	json_text(j, "code", custom_code(rq_arena(rq), c));
	json_text(j, "name", c->name);
	json_text(j, "type", custom_form_code(c->form));
	if (c->form == CUSTOM_YES)
		json_bool(j, "value", *c->value != '\0');
	else if (c->form == CUSTOM_NUMBER && *c->value != '\0')
		json_int(j, "value", strtoll(c->value, NULL, 10));	/* custom_read keeps it to 18 digits */
	else
		json_text(j, "value", *c->value == '\0' ? NULL : c->value);
	return j;
}

enum http
person_get(struct req *rq)
{
	struct arena *a = rq_arena(rq);
	struct json *j = json_object(a), *fields = json_object(a), *phones = json_array(a);
	struct json *list = json_array(a);
	struct person_id id = { rq_id(rq) };
	struct custom_field *own;
	struct record_phone *p;
	struct record r;
	enum http answer;
	enum found f;
	size_t n, nown;

	if (!may(rq, SCOPE_PEOPLE_READ, &answer))
		return answer;
	f = record_by_id(rq_db(rq), org(rq), id, &r, a);
	if (f != FOUND || !record_phones(rq_db(rq), org(rq), id, &p, &n, a) || !custom_values(rq_db(rq), org(rq), id, &own, &nown, a))
		return resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	json_int(j, "id", (int64_t)id.v);
	json_text(j, "kind", person_kind_code(r.kind));
	json_bool(j, "calls_forbidden", r.calls_forbidden);
	json_bool(j, "deceased", r.deceased);
	put_moment(rq, j, "updated_at", r.updated_at);
	for (enum import_field i = 0; i < IF__MAX; i++)
		if (record_field(i, r.kind))
			json_text(fields, import_field_code(i), r.value[i] == NULL ? "" : r.value[i]);
	json_put(j, "fields", fields);
	for (size_t i = 0; i < n; i++) {
		struct json *one = json_object(a);
		json_text(one, "kind", p[i].kind);
		json_text(one, "number", p[i].e164);
		json_text(one, "extension", p[i].extension);
		json_text(one, "state", phone_state_code(p[i].state));
		json_bool(one, "do_not_call", p[i].suppressed);
		json_add(phones, one);
	}
	json_put(j, "phones", phones);
	for (size_t i = 0; i < nown; i++)
		json_add(list, own_field(rq, &own[i]));
	json_put(j, "own", list);
	return resp_json(rq, HTTP_OK, json_string(j));
}

/* The body; NULL: it is no JSON. */
static struct json *
body(struct req *rq)
{
	size_t n;
	const void *raw = rq_raw(rq, &n);

	return raw == NULL ? NULL : json_parse(rq_arena(rq), raw, n);
}

enum http
person_change(struct req *rq)
{
	struct json *sent, *j = json_object(rq_arena(rq));
	enum refusal why = R_NONE;
	const char *field;
	enum http answer;

	if (!may(rq, SCOPE_PEOPLE_WRITE, &answer))
		return answer;
	if ((sent = json_get(body(rq), "fields")) == NULL)
		return resp_refuse(rq, R_BAD_REQUEST);
	switch (feed_change(rq_db(rq), rq_who(rq), (struct person_id){ rq_id(rq) }, sent, rq_now(rq), &why, &field, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		json_int(j, "id", (int64_t)rq_id(rq));
		return resp_json(rq, HTTP_OK, json_string(j));
	case REFUSED:
		return refuse_at(rq, why, field, -1);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

static bool
good_key(const char *key)
{
	size_t n = key == NULL ? 0 : strlen(key);

	return n > 0 && n <= FEED_KEY_MOST && strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-:.") == n;
}

enum http
people_post(struct req *rq)
{
	const char *key = rq_header(rq, "HTTP_IDEMPOTENCY_KEY"), *of;
	struct json *sent, *people, *j = json_object(rq_arena(rq));
	struct import_id id = { 0 };
	enum refusal why = R_NONE;
	enum http answer;
	const void *raw;
	size_t n, at = 0;

	if (!may(rq, SCOPE_PEOPLE_WRITE, &answer))
		return answer;
	sent = body(rq);
	people = json_get(sent, "people");
	of = json_as_text(json_get(sent, "kind"));
	if (!good_key(key))
		return refuse_at(rq, R_BAD_REQUEST, "Idempotency-Key", -1);
	if (people == NULL || of == NULL || (strcmp(of, "contact") != 0 && strcmp(of, "elector") != 0))
		return resp_refuse(rq, R_BAD_REQUEST);
	raw = rq_raw(rq, &n);
	switch (feed_people(rq_db(rq), rq_who(rq), person_kind_of(of), people, key, raw, n, rq_now(rq), &id, &why, &at, rq_arena(rq))) {
	case SAVED:
	case ALREADY:
		json_int(j, "import", (int64_t)id.v);
		return resp_json(rq, HTTP_ACCEPTED, json_string(j));
	case REFUSED:
		return refuse_at(rq, why, "", why == R_BAD_REQUEST ? (int64_t)at : -1);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

/* What became of people that were sent. */
enum http
import_get(struct req *rq)
{
	static const char *const states[] = { "uploaded", "queued", "running", "done", "failed", "undoing", "undone" };
	struct arena *a = rq_arena(rq);
	struct json *j = json_object(a), *refused = json_array(a);
	struct import_refused *x;
	enum http answer;
	struct import im;
	enum found f;
	size_t n;

	if (!may(rq, SCOPE_PEOPLE_WRITE, &answer))
		return answer;
	f = import_by_id(rq_db(rq), org(rq), (struct import_id){ rq_id(rq) }, &im, a);
	if (f != FOUND || !import_refusals(rq_db(rq), im.id, 0, 0, FEED_MOST, &x, &n, a))
		return resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	json_int(j, "id", (int64_t)im.id.v);
	json_text(j, "state", states[im.state]);
	json_int(j, "read", (int64_t)im.rows_read);
	json_int(j, "added", (int64_t)im.rows_added);
	json_int(j, "updated", (int64_t)im.rows_updated);
	json_int(j, "unchanged", (int64_t)im.rows_same);
	for (size_t i = 0; i < n; i++) {
		struct json *one = json_object(a);
		/* line 1 is the header, line 2 the first of those sent */
		json_int(one, "index", (int64_t)x[i].line - 2);
		json_text(one, "field", x[i].column > 0 && x[i].column <= im.ncolumns ? im.header[x[i].column - 1] : NULL);
		json_bool(one, "whole", x[i].whole_row);
		json_text(one, "reason", x[i].reason);
		json_text(one, "value", x[i].cell);
		json_add(refused, one);
	}
	json_put(j, "refused", refused);
	return resp_json(rq, HTTP_OK, json_string(j));
}
