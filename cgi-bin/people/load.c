/*
 * load.c - people into an operation's call list: begun here, done by the worker, shown as it goes.
 */
#include "plumb/arena.h"
#include "plumb/json.h"

#include "domain/job.h"

#include "people.h"
#include "tpl/load.names.h"

enum http
load_begin(struct req *rq)
{
	const struct who *who = rq_who(rq);
	struct people_filter f;
	struct operation op;
	enum refusal why = R_NONE;
	struct load_id id;
	enum http answer;

	if (in_blank(rq, IN_KIND) || in_refusal(rq, IN_KIND) != R_NONE || in_uint(rq, IN_OPERATION) == 0)
		return resp_refuse(rq, R_BAD_REQUEST);
	if (!own_operation(rq, &op, &answer))
		return answer;
	if (!filter_of(rq, person_kind_of(in_text(rq, IN_KIND)), &f) || conditions_to_ask(rq, &f) > 0)
		return resp_refuse(rq, R_BAD_REQUEST);	/* never more people than were asked for */
	switch (load_start(rq_db(rq), (struct organisation_id){ who->organisation }, (struct user_id){ who->user }, op.id, &f,
	    rq_now(rq), &id, &why, rq_arena(rq))) {
	case SAVED:
		return resp_redirect(rq, arena_fmt(rq_arena(rq), "/people/load?operation=%llu&load=%llu", (unsigned long long)op.id.v,
		    (unsigned long long)id.v));
	case REFUSED:
		return resp_refuse(rq, why);
	default:
		return resp_refuse(rq, R_BUSY);
	}
}

/* The load that the address names, of an operation this user owns, and its job. */
static bool
this_load(struct req *rq, struct operation *op, struct list_load *l, struct job *job, enum http *answer)
{
	enum found f;

	if (!own_operation(rq, op, answer))
		return false;
	f = load_by_id(rq_db(rq), op->organisation, (struct load_id){ in_uint(rq, IN_LOAD) }, l, rq_arena(rq));
	if (f == FOUND && l->operation.v != op->id.v)
		f = NONE;
	if (f == FOUND)
		f = job_of(rq_db(rq), "load", l->id.v, job, rq_arena(rq));
	if (f != FOUND)
		*answer = resp_refuse(rq, f == NONE ? R_NOT_FOUND : R_BUSY);
	return f == FOUND;
}

static unsigned
percent(const struct list_load *l, const struct job *job)
{
	uint64_t done = l->loaded + l->already + l->no_number + l->forbidden + l->excluded;

	return job->state == JOB_DONE ? 100 : l->total == 0 || done >= l->total ? 99 : (unsigned)(done * 100 / l->total);
}

enum http
load_show(struct req *rq)
{
	struct operation op;
	struct list_load l;
	struct page *pg;
	struct job job;
	enum http answer;
	bool done;

	if (!this_load(rq, &op, &l, &job, &answer))
		return answer;
	done = job.state == JOB_DONE;
	pg = page_new(rq, "people/load.tpl", tr(rq_lang(rq), done ? N_("List loaded") : N_("Loading the list")));
	page_menu(pg, op.source == OP_ELECTORS ? "electors" : "contacts");
	page_style(pg, "people.css");
	page_script(pg, "import.js");
	page_show(pg, done ? LOAD_DONE : job.state == JOB_FAILED ? LOAD_FAILED : LOAD_RUNNING);
	page_show(pg, op.state == OP_DRAFT ? LOAD_DRAFT : LOAD_LIVE);
	page_text(pg, LOAD_NAME, *op.name == '\0' ? tr(rq_lang(rq), N_("Operation without a name yet")) : op.name);
	page_text(pg, LOAD_OPERATION, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)op.id.v));
	page_text(pg, LOAD_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)l.id.v));
	page_text(pg, LOAD_PEOPLE_PAGE, op.source == OP_ELECTORS ? "electors" : "contacts");
	page_text(pg, LOAD_PERCENT, arena_fmt(rq_arena(rq), "%u", percent(&l, &job)));
	page_uint(pg, LOAD_TOTAL, l.total);
	page_uint(pg, LOAD_LOADED, l.loaded);
	page_uint(pg, LOAD_ALREADY, l.already);
	page_uint(pg, LOAD_NO_NUMBER, l.no_number);
	page_uint(pg, LOAD_FORBIDDEN, l.forbidden);
	page_uint(pg, LOAD_EXCLUDED, l.excluded);
	return page_send(pg);
}

enum http
load_progress_json(struct req *rq)
{
	static const char *const states[] = { "queued", "running", "done", "failed" };
	struct json *j = json_object(rq_arena(rq));
	struct operation op;
	struct list_load l;
	struct job job;
	enum http answer;

	if (!this_load(rq, &op, &l, &job, &answer))
		return answer;
	json_text(j, "state", states[job.state]);
	json_int(j, "percent", percent(&l, &job));
	json_text(j, "loaded", page_number(rq, l.loaded));
	json_text(j, "already", page_number(rq, l.already));
	json_text(j, "no_number", page_number(rq, l.no_number));
	json_text(j, "forbidden", page_number(rq, l.forbidden));
	json_text(j, "excluded", page_number(rq, l.excluded));
	return resp_json(rq, HTTP_OK, json_string(j));
}
