/*
 * suppression.h - numbers nobody calls, in any operation of the organisation (fact 134).
 */
#ifndef DOMAIN_SUPPRESSION_H
#define DOMAIN_SUPPRESSION_H

#include "domain/ids.h"
#include "plumb/base.h"

struct arena;
struct db;

/* FOUND: do not call. */
enum found suppression_has(struct db *, struct organisation_id, const char *e164, struct arena *);
/* In the caller's transaction. A number already there stays as it is. `person` and `by` may be 0. */
bool suppression_add(struct db *, struct organisation_id, const char *e164, struct person_id,
    const char *reason, struct user_id by, int64_t now);

#endif
