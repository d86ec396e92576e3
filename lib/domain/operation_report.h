/*
 * operation_report.h - operations with their numbers, as the dashboard and the agent's list show them.
 *
 * Nothing here counts a list: totals are sums of tally rows (16 per operation at most), and who becomes
 * callable next is looked up at the heads of the claim index, never further than DUE_LOOK people.
 */
#ifndef DOMAIN_OPERATION_REPORT_H
#define DOMAIN_OPERATION_REPORT_H

#include "domain/operation.h"
#include "domain/queue.h"
#include "plumb/lang.h"
#include "plumb/who.h"

#define DUE_LOOK	1000	/* retries that are due now are counted up to here */
#define REPORT_ROWS	200

struct operation_numbers {
	struct operation op;
	enum member_role role;		/* of who asks; an administrator may have none */
	const char *owner;		/* name of its first owner, "" when it has none */
	unsigned agents;		/* members with the role agent */
	struct queue_totals totals;
	uint64_t attempts, reached;	/* calls saved, and those where somebody answered */
	uint64_t on_line;		/* agents who hold somebody now */
	enum op_phase phase;
	int64_t opens_at;		/* upcoming or outside hours: when calls may begin; else 0 */
	/* Running operations only: */
	uint64_t callable;		/* never called, and retries due now (at most DUE_LOOK of them: then `more`) */
	bool more;
	int64_t next_at;		/* when the next retry or appointment becomes due; 0: none waits */
	uint64_t later;			/* how many wait for a later moment */
};

/* The state's word for people, and the short name that the theme's classes end in ("state-running"). */
const char *phase_label(enum op_phase, enum lang);
const char *phase_code(enum op_phase);

struct report_wish {
	struct organisation_id organisation;
	struct user_id user;
	bool all;			/* also operations in which the user has no role (administrators, observers of the organisation) */
	bool observed;			/* also those whose observer the user is: numbers and no calls */
	bool drafts, archived;		/* show the user's own drafts, and archived ones */
	const char *search;		/* part of the name; "" for all */
	int64_t now;
};
/* Running ones first, then upcoming, drafts, ended, archived; the newest first among equals. */
bool operation_report(struct db *, const struct report_wish *, struct operation_numbers **out, size_t *n,
    struct arena *);
/* One of them. */
enum found operation_report_of(struct db *, const struct report_wish *, struct operation_id,
    struct operation_numbers *, struct arena *);

/* Calls by caller, the busiest first; at most REPORT_LINES. They sum to all calls. (By day, hour and attempt number: call_tally.h.) */
enum { REPORT_LINES = 1000 };
struct calls_by { const char *name; uint64_t calls, reached; };
bool operation_callers(struct db *, struct operation_id, struct calls_by **out, size_t *n, struct arena *);

#endif
