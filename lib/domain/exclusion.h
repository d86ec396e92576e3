/*
 * exclusion.h - who leaves an operation's list without being called (domain.md 1.2 page 6, facts 60 to 71).
 *
 * Rules are stored before the list exists; the queue applies them when people are loaded and again when one is
 * about to be offered. A person matching any rule is out with the status of the first rule that matches. With
 * `household`, a rule that matches one member matches every member of that household; no household is no match.
 * "Question" looks at answers of any operation, by stable id, so that a later edition of the question counts.
 * "Filter" is a saved filter as it was when the rule was stored: changed or forgotten later, it stays what the owner chose.
 */
#ifndef DOMAIN_EXCLUSION_H
#define DOMAIN_EXCLUSION_H

#include "domain/ids.h"
#include "domain/person.h"
#include "domain/status.h"
#include "plumb/refusal.h"

struct arena;
struct db;

enum criterion { CR_VOTED, CR_QUESTION, CR_FILTER };
struct rule_filter {
	const char *name, *text;	/* of saved_filter; "" matches nobody */
	struct organisation_id organisation;	/* these three as exclusion_rules reads them */
	enum person_kind kind;
	const char *zone;
};
struct exclusion {
	enum criterion criterion;
	uint64_t question;		/* question.stable_id; CR_QUESTION */
	uint64_t choice;		/* choice.stable_id; 0: has any answer */
	enum status status;		/* one of S_RULE */
	bool household;
	const struct rule_filter *filter;	/* CR_FILTER */
};
#define EXCLUSIONS_MAX	20

/* In the order in which the owner put them. *n = 0 for the usual operation without rules. */
bool exclusion_rules(struct db *, struct operation_id, struct exclusion **out, size_t *n, struct arena *);

/* The status that takes this person out, ST_NONE when no rule matches. No rules: no statement is run. */
bool exclusion_of(struct db *, const struct exclusion *rules, size_t nrules, struct person_id,
    enum status *out, struct arena *);
/* The same for a page of people, one statement per rule: out[i] belongs to people[i]. */
bool exclusion_match(struct db *, const struct exclusion *rules, size_t nrules,
    const struct person_id *people, size_t npeople, enum status *out, struct arena *);

/* Replaces the operation's rules; own transaction, revision and audit; a list that is there is gone through by the worker.
 * R_FILTER_UNSEEN: a filter that the operation does not have yet, by somebody who may not see the people it asks about.
 * Otherwise returns as operation.h says. */
enum saved exclusion_set(struct db *, struct operation_id, struct user_id by, int64_t now,
    const struct exclusion *rules, size_t n, enum refusal *why, struct arena *);

/* For the worker, about once a second: lists whose rules were changed, and people who have answered something. Pages of
 * some hundred people, each one transaction. *more: there is more to do at once. False: failed, logged. */
bool exclusion_work(struct db *, int64_t now, bool *more, struct arena *);

#endif
