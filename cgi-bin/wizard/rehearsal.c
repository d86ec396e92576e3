/*
 * rehearsal.c - what the rules of page 5 lead to, in words: beside that page, before the finish, and live.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/json.h"
#include "plumb/moment.h"

#include "domain/past.h"
#include "domain/queue.h"
#include "domain/rehearsal.h"

#include "wizard.h"

enum { USUAL_AGENTS = 5, USUAL_PEOPLE = 1000 };

static const char *
number(struct req *rq, uint64_t n)
{
	return page_number(rq, n);
}

static const char *
share(struct req *rq, const struct rehearsal *r, uint64_t people)
{
	return arena_fmt(rq_arena(rq), "%llu\xc2\xa0%%", (unsigned long long)(people == 0 ? 0 : r->reached * 100 / people));
}

static const char *
done(struct req *rq, const struct operation *op, const struct rehearsal *r)
{
	enum lang lang = rq_lang(rq);

	if (r->left > 0)
		return arena_fmt(rq_arena(rq), trn(lang, "not before the end: %s person still waits then",
		    "not before the end: %s people still wait then", (unsigned long)r->left), number(rq, r->left));
	return r->done_at == 0 ? "–" : moment_words(rq_arena(rq), lang, op->zone, rq_now(rq), r->done_at);
}

/* The statuses that come most often, with their share. */
static const char *
shares(struct req *rq, const struct past *p)
{
	bool said[ST__MAX] = { false };
	const char *text = "";
	uint64_t all = 0;

	for (unsigned s = 1; s < ST__MAX; s++)
		all += p->seen[s];
	for (unsigned n = 0; n < 5; n++) {
		unsigned best = 0;
		for (unsigned s = 1; s < ST__MAX; s++)
			if (p->seen[s] > 0 && !said[s] && (best == 0 || p->seen[s] > p->seen[best]))
				best = s;
		if (best == 0)
			break;
		said[best] = true;
		text = arena_fmt(rq_arena(rq), "%s%s%s %llu\xc2\xa0%%", text, *text == '\0' ? "" : ", ",
		    status_label((enum status)best, rq_lang(rq)), (unsigned long long)(p->seen[best] * 100 / all));
	}
	return text;
}

static const char *
basis(struct req *rq, const struct past *p)
{
	enum lang lang = rq_lang(rq);
	struct arena *a = rq_arena(rq);
	const char *from = p->calls == 0 ?
	    arena_fmt(a, tr(lang, "Based on usual figures, until your organization has %d calls of its own:"), PAST_CALLS) :
	    arena_fmt(a, tr(lang, "Based on your %s calls so far:"), number(rq, p->calls));

	return arena_fmt(a, tr(lang, "%s %s; %u seconds a call. It assumes that these agents call all the time while calls are open."
	    " %d people are played through and stand for the whole list."), from, shares(rq, p), p->seconds, REHEARSED);
}

static bool
prepare(struct req *rq, const struct operation *op, const struct recycling *r, struct rehearsal_of *of)
{
	struct queue_totals t;
	unsigned agents;

	*of = (struct rehearsal_of){ .more_calls = r->more_calls, .day_calls = r->day_calls, .other_part = r->other_part,
	    .hours = op->hours, .zone = op->zone, .start_at = rq_now(rq) };
	memcpy(of->rules, r->rules, sizeof(of->rules));
	if (!past_of(rq_db(rq), op->organisation, &of->past, rq_arena(rq)) || !past_agents(rq_db(rq), op->id, &agents, rq_arena(rq)) ||
	    queue_totals(rq_db(rq), op->id, &t, rq_arena(rq)) == FAILED)
		return false;
	of->agents = in_uint(rq, IN_AGENTS) > 0 ? (unsigned)in_uint(rq, IN_AGENTS) : agents > 0 ? agents : USUAL_AGENTS;
	of->people = in_uint(rq, IN_PEOPLE) > 0 ? in_uint(rq, IN_PEOPLE) : t.people - t.removed > 0 ? t.people - t.removed : USUAL_PEOPLE;
	return true;
}

static const char *
one_more(struct req *rq, const struct operation *op, struct rehearsal_of *of)
{
	enum status s = rehearsal_lever(of);
	struct rehearsal r;

	if (s == ST_NONE)
		return "";
	of->rules[s].max_calls++;
	of->more_calls += of->more_calls > 0;
	r = rehearse(of);
	return arena_fmt(rq_arena(rq), tr(rq_lang(rq), "One more call after “%s”: %s calls, %s reached, done: %s."),
	    status_label(s, rq_lang(rq)), number(rq, r.calls), share(rq, &r, of->people), done(rq, op, &r));
}

bool
rehearsal_of_page(struct req *rq, const struct operation *op, const struct recycling *rules, struct rehearsed *out)
{
	struct arena *a = rq_arena(rq);
	struct rehearsal_of of;
	struct rehearsal r;
	enum lang lang = rq_lang(rq);

	if (!prepare(rq, op, rules, &of))
		return false;
	r = rehearse(&of);
	*out = (struct rehearsed){
		.with = arena_fmt(a, tr(lang, "With %s and %s:"),
		    arena_fmt(a, trn(lang, "%s person", "%s people", (unsigned long)of.people), number(rq, of.people)),
		    arena_fmt(a, trn(lang, "%s agent", "%s agents", of.agents), number(rq, of.agents))),
		.calls = number(rq, r.calls),
		.reached = arena_fmt(a, "%s (%s)", share(rq, &r, of.people), number(rq, r.reached)),
		.done = done(rq, op, &r), .basis = basis(rq, &of.past),
		.agents = in_refusal(rq, IN_AGENTS) != R_NONE ? in_typed(rq, IN_AGENTS) : arena_fmt(a, "%u", of.agents),
		.people = in_refusal(rq, IN_PEOPLE) != R_NONE ? in_typed(rq, IN_PEOPLE) : arena_fmt(a, "%llu", (unsigned long long)of.people),
	};
	out->more = one_more(rq, op, &of);
	return true;
}

/* What page 5 asks while one types; the same words as the page's own. */
enum http
rehearsal_live(struct req *rq)
{
	struct json *j = json_object(rq_arena(rq));
	struct operation op;
	struct recycling rules;
	struct rehearsed r;

	switch (operation_by_id(rq_db(rq), (struct operation_id){ rq_id(rq) }, &op, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NOT_FOUND);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	if (!op.dated)
		return resp_refuse(rq, R_WRONG_STATE);
	recycling_typed(rq, &op, &rules);	/* a number that is being typed counts as not ticked */
	for (unsigned s = 0; s < ST__MAX; s++)
		rules.rules[s].ticked = rules.rules[s].ticked && rules.rules[s].max_calls > 0 && rules.rules[s].minutes > 0;
	if (!rehearsal_of_page(rq, &op, &rules, &r))
		return resp_refuse(rq, R_BUSY);
	json_text(j, "with", r.with);
	json_text(j, "calls", r.calls);
	json_text(j, "reached", r.reached);
	json_text(j, "done", r.done);
	json_text(j, "more", r.more);
	return resp_json(rq, HTTP_OK, json_string(j));
}
