/*
 * exclusion.h - who leaves an operation's list without being called (domain.md 1.2 page 6, facts 60 to 71).
 *
 * Rules are stored before the list exists; the queue applies them when people are loaded and again when one is
 * about to be offered. A person matching any rule is out with the status of the first rule that matches. With
 * `household`, a rule that matches one member matches every member of that household; no household is no match.
 * "Question" looks at answers of any operation, by stable id, so that a later edition of the question counts.
 */
#ifndef DOMAIN_EXCLUSION_H
#define DOMAIN_EXCLUSION_H

#include "domain/ids.h"
#include "domain/status.h"
#include "plumb/refusal.h"

struct arena;
struct db;

enum criterion { CR_VOTED, CR_QUESTION };
struct exclusion {
	enum criterion criterion;
	uint64_t question;		/* question.stable_id; CR_QUESTION */
	uint64_t choice;		/* choice.stable_id; 0: has any answer */
	enum status status;		/* one of S_RULE */
	bool household;
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

/* Replaces the operation's rules; own transaction, revision and audit. Returns as operation.h says. */
enum saved exclusion_set(struct db *, struct operation_id, struct user_id by, int64_t now,
    const struct exclusion *rules, size_t n, enum refusal *why, struct arena *);

#endif
