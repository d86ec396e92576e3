/*
 * agent_context.h - everything the agent area must know before its handler runs, in one statement:
 * session, user, role, operation, and whom this agent holds there. agent_who is the area's who_fn.
 *
 * Immutable things (rules and zones of one operation.revision) are kept by the process.
 */
#ifndef DOMAIN_AGENT_CONTEXT_H
#define DOMAIN_AGENT_CONTEXT_H

#include "domain/queue.h"
#include "plumb/who.h"

struct agent_context {
	bool in_operation;			/* agent or owner of :id; else nothing below is filled */
	struct operation op;
	struct operation_id practice_of;	/* :id is a practice of this one; v = 0: it is a real operation */
	bool visitor;				/* of the practice link: knows no other operation */
	const struct recycle_rule *rules;	/* ST__MAX of them, of op.revision */
	int64_t break_since;			/* 0: not on a break */
	bool holding;				/* held is filled and not expired at this request's moment */
	struct held held;
	struct queue_first kept;		/* an appointment this agent kept, due now; for queue_save */
	struct hold_seen seen;			/* give it to queue_save in call.seen: it saves a round trip */
};

/* who_fn: also sets out->extra to a struct agent_context (never NULL when FOUND). */
enum found agent_who(struct db *, const unsigned char session[32], uint64_t id,
    int64_t now, struct who *out, struct arena *);

static inline const struct agent_context *
agent_context(const struct who *w)
{
	return w->extra;
}

#endif
