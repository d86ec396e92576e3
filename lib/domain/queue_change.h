/*
 * queue_change.h - what follows for the call lists when something about people changes outside of a call. Each
 * works in the caller's transaction, so what changed and what follows are one.
 */
#ifndef DOMAIN_QUEUE_CHANGE_H
#define DOMAIN_QUEUE_CHANGE_H

#include "domain/ids.h"
#include "plumb/base.h"

struct arena;
struct db;

/* The exclusion rules of every operation that is not archived, applied to these people and to whoever lives with
 * them: who matches now leaves the list (facts 64, 69, 70). A call going on is still saved; then they stay out. */
bool queue_exclude(struct db *, struct organisation_id, const struct person_id *people, size_t n, struct arena *);
/* Whom a rule about the vote took off and who matches no rule any more becomes what their calls say. */
bool queue_readmit(struct db *, struct organisation_id, const struct person_id *people, size_t n, int64_t now, struct arena *);

/* These numbers were just suppressed: people get their next number that may be called, or leave the list (fact 134). */
bool queue_silence_numbers(struct db *, struct organisation_id, const char *const *e164, size_t n, struct arena *);
/* Calls to this person were just forbidden. */
bool queue_silence_person(struct db *, struct organisation_id, struct person_id, struct arena *);

/* These people's address, own zone or number has changed: from now on their hours are those of where they are. */
bool queue_zone_moved(struct db *, struct organisation_id, const struct person_id *people, size_t n, struct arena *);

#endif
