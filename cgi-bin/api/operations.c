/*
 * operations.c - operations and their numbers, an operation's list and its calls.
 */
#include "plumb/arena.h"
#include "plumb/date.h"

#include "domain/operation_report.h"
#include "domain/since.h"

#include "api.h"

bool
may(struct req *rq, enum token_scope scope, enum http *answer)
{
	const struct token_use *token = rq_who(rq)->extra;

	if (token->scopes & (unsigned)scope)
		return true;
	*answer = resp_refuse(rq, R_SCOPE);
	return false;
}

void
put_moment(struct req *rq, struct json *j, const char *key, int64_t at)
{
	json_text(j, key, utc_text(rq_arena(rq), at));
}

enum http
refuse_at(struct req *rq, enum refusal why, const char *field, int64_t index)
{
	struct json *j = json_object(rq_arena(rq));

	json_text(j, "refused", refusal_key(why));
	json_text(j, "message", refusal_text(why, rq_lang(rq)));
	json_text(j, "request", rq_log_id(rq));
	if (*field != '\0')
		json_text(j, "field", field);
	if (index >= 0)
		json_int(j, "index", index);
	return resp_json(rq, refusal_status(why), json_string(j));
}

/* --- numbers --- */

static struct json *
numbers(struct req *rq, const struct operation_numbers *n)
{
	struct arena *a = rq_arena(rq);
	struct json *j = json_object(a), *list = json_object(a);
	const struct queue_totals *t = &n->totals;

	json_int(j, "id", (int64_t)n->op.id.v);
	json_text(j, "name", n->op.name);
	json_text(j, "state", phase_code(n->phase));
	json_text(j, "time_zone", n->op.zone);
	json_text(j, "people", n->op.source == OP_ELECTORS ? "elector" : "contact");
	json_text(j, "owner", n->owner);
	json_int(j, "agents", n->agents);
	json_int(j, "on_line", (int64_t)n->on_line);
	json_int(j, "attempts", (int64_t)n->attempts);
	json_int(j, "reached", (int64_t)n->reached);
	json_int(j, "callable", (int64_t)n->callable);
	put_moment(rq, j, "next_at", n->next_at);
	put_moment(rq, j, "opens_at", n->opens_at);
	json_int(list, "ready", t->ready);
	json_int(list, "held", t->held);
	json_int(list, "waiting", t->waiting);
	json_int(list, "done", t->done);
	json_int(list, "removed", t->removed);
	json_put(j, "list", list);
	return j;
}

static struct report_wish
wish(struct req *rq)
{
	const struct who *who = rq_who(rq);

	return (struct report_wish){ .organisation = { who->organisation }, .user = { who->user }, .all = who->role == ROLE_ADMINISTRATOR,
	    .observed = true, .archived = in_bool(rq, IN_ARCHIVED), .search = "", .now = rq_now(rq) };
}

enum http
operations_get(struct req *rq)
{
	struct json *j = json_object(rq_arena(rq)), *list = json_array(rq_arena(rq));
	struct report_wish w = wish(rq);
	struct operation_numbers *n;
	enum http answer;
	size_t count;

	if (!may(rq, SCOPE_NUMBERS, &answer))
		return answer;
	if (!operation_report(rq_db(rq), &w, &n, &count, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	for (size_t i = 0; i < count; i++)
		json_add(list, numbers(rq, &n[i]));
	json_put(j, "operations", list);
	return resp_json(rq, HTTP_OK, json_string(j));
}

enum http
operation_get(struct req *rq)
{
	struct report_wish w = wish(rq);
	struct operation_numbers n;
	enum http answer;
	enum found f;

	if (!may(rq, SCOPE_NUMBERS, &answer))
		return answer;
	w.archived = true;
	f = operation_report_of(rq_db(rq), &w, (struct operation_id){ rq_id(rq) }, &n, rq_arena(rq));
	if (f != FOUND)
		return resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	return resp_json(rq, HTTP_OK, json_string(numbers(rq, &n)));
}

/* --- the list and the calls: of operations one owns, and administrators all --- */

static bool
this_operation(struct req *rq, enum since_kind kind, struct operation *op, struct since_place *p, enum http *answer)
{
	const struct who *who = rq_who(rq);
	enum found f;

	if (!may(rq, SCOPE_ATTEMPTS_READ, answer))
		return false;
	f = operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, op, rq_arena(rq));
	if (f == FOUND && op->organisation.v != who->organisation)
		f = NONE;
	if (f == FOUND && who->role != ROLE_ADMINISTRATOR && who->member != MEMBER_OWNER) {
		*answer = resp_refuse(rq, R_NOT_ALLOWED);
		return false;
	}
	if (f != FOUND) {
		*answer = resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
		return false;
	}
	*p = (struct since_place){ .begun = false };
	f = in_refusal(rq, IN_CURSOR) != R_NONE ? NONE : since_read(rq_db(rq), kind, op->id, in_text(rq, IN_CURSOR), p, rq_arena(rq));
	if (f != FOUND)
		*answer = resp_refuse(rq, f != NONE ? R_BUSY : p->gone ? R_CURSOR_OLD : R_CURSOR);
	return f == FOUND;
}

/* The cursor goes on from the last row given; without a row it stays where it was, and at the beginning there is none. */
static enum http
page(struct req *rq, const char *name, struct json *list, enum since_kind kind, const struct operation *op, const struct since_place *p, bool more)
{
	struct json *j = json_object(rq_arena(rq));

	json_put(j, name, list);
	json_text(j, "cursor", !p->begun && p->person == 0 && p->attempt == 0 ? "" : since_cursor(rq_arena(rq), kind, op->id, p));
	json_bool(j, "more", more);
	return resp_json(rq, HTTP_OK, json_string(j));
}

static enum http
some_entries(struct req *rq, enum since_kind kind,
    bool (*some)(struct db *, struct operation_id, struct since_place *, struct since_entry **, size_t *, bool *, struct arena *))
{
	struct json *list = json_array(rq_arena(rq));
	struct since_place p;
	struct since_entry *e;
	struct operation op;
	enum http answer;
	bool more;
	size_t n;

	if (!this_operation(rq, kind, &op, &p, &answer))
		return answer;
	if (!some(rq_db(rq), op.id, &p, &e, &n, &more, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	for (size_t i = 0; i < n; i++) {
		struct json *j = json_object(rq_arena(rq));
		json_int(j, "id", (int64_t)e[i].id);
		json_int(j, "person", (int64_t)e[i].person);
		json_text(j, "state", e[i].state);
		json_text(j, "reason", e[i].reason == ST_NONE ? NULL : status_code(e[i].reason));
		json_int(j, "attempts", (int64_t)e[i].attempts);
		if (strcmp(e[i].state, "waiting") == 0)
			put_moment(rq, j, "due_at", e[i].due_at);
		else
			json_text(j, "due_at", NULL);
		json_add(list, j);
	}
	return page(rq, "entries", list, kind, &op, &p, more);
}

enum http
entries_get(struct req *rq)
{
	return some_entries(rq, SINCE_ENTRIES, since_entries);
}

enum http
changes_get(struct req *rq)
{
	return some_entries(rq, SINCE_CHANGES, since_changes);
}

static struct json *
attempt(struct req *rq, const struct since_attempt *t)
{
	struct arena *a = rq_arena(rq);
	struct json *j = json_object(a), *answers = json_array(a);

	json_int(j, "id", (int64_t)t->id);
	json_int(j, "entry", (int64_t)t->entry);
	json_int(j, "person", (int64_t)t->person);
	json_int(j, "number", (int64_t)t->number);
	json_int(j, "agent", (int64_t)t->user);
	json_text(j, "agent_name", t->user_name == NULL ? "" : t->user_name);
	json_text(j, "dialled", t->e164);
	json_text(j, "status", status_code(t->status));
	json_bool(j, "reached", status_reached(t->status));
	if (t->corrects == 0)
		json_text(j, "corrects", NULL);
	else
		json_int(j, "corrects", (int64_t)t->corrects);
	json_text(j, "time_zone", t->zone);
	put_moment(rq, j, "began_at", t->started_at);
	put_moment(rq, j, "saved_at", t->saved_at);
	put_moment(rq, j, "call_back_at", t->callback_at);
	json_text(j, "note", t->note);
	for (size_t i = 0; i < t->nanswers; i++) {
		struct json *w = json_object(a);
		json_int(w, "question", (int64_t)t->answers[i].question);
		if (t->answers[i].choice == 0)
			json_text(w, "choice", NULL);
		else
			json_int(w, "choice", (int64_t)t->answers[i].choice);
		json_text(w, "text", t->answers[i].text);
		json_add(answers, w);
	}
	json_put(j, "answers", answers);
	return j;
}

enum http
attempts_get(struct req *rq)
{
	struct json *list = json_array(rq_arena(rq));
	struct since_attempt *t;
	struct since_place p;
	struct operation op;
	enum http answer;
	bool more;
	size_t n;

	if (!this_operation(rq, SINCE_ATTEMPTS, &op, &p, &answer))
		return answer;
	if (!since_attempts(rq_db(rq), op.id, &p, &t, &n, &more, rq_arena(rq)))
		return resp_refuse(rq, R_BUSY);
	for (size_t i = 0; i < n; i++)
		json_add(list, attempt(rq, &t[i]));
	return page(rq, "attempts", list, SINCE_ATTEMPTS, &op, &p, more);
}
