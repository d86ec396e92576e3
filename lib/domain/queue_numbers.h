/*
 * queue_numbers.h - the call lists after a person's numbers changed.
 */
#ifndef DOMAIN_QUEUE_NUMBERS_H
#define DOMAIN_QUEUE_NUMBERS_H

#include "domain/ids.h"
#include "plumb/base.h"

struct arena;
struct db;

/*
 * In the caller's transaction, after the numbers were written: on every list where this person waits for a number that
 * may no longer be called, the next one that may is dialled instead; who has none left is taken off by
 * `by`'s hand. A call going on is still saved. False: failed, logged.
 */
bool queue_numbers_changed(struct db *, struct organisation_id, struct user_id by, struct person_id, int64_t now, struct arena *);

#endif
