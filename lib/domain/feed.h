/*
 * feed.h - people that another program sends: stored by an import of their own, so that validation, matching,
 * households, what is refused and why, and the undoing are exactly those of a file (import.h). Calling goes on meanwhile.
 */
#ifndef DOMAIN_FEED_H
#define DOMAIN_FEED_H

#include "domain/import.h"
#include "plumb/who.h"

struct json;

enum { FEED_MOST = 500, FEED_KEY_MOST = 80 };

/*
 * `people`: an array of 1 to FEED_MOST objects; each key is the code of an import field, or of a field of the
 * organisation's own that is in use (custom_code), each value a text, a number or a boolean; "" and what is missing erase nothing. `key`: the sender's idempotency key; `body` is what was sent, so that
 * the same key with other people is told apart.
 * SAVED and ALREADY: *out is the import (ALREADY: of an earlier request with this key). REFUSED: R_BAD_REQUEST, *at says
 * which object; R_CHANGED_SINCE: the key was used for other people; R_BUSY: the earlier request is still under way.
 */
enum saved feed_people(struct db *, const struct who *, enum person_kind, struct json *people, const char *key,
    const void *body, size_t nbody, int64_t now, struct import_id *out, enum refusal *why, size_t *at, struct arena *);

/* One record changed by its id: the fields named, all others stay. "" empties one. Same writing as an import's; of own fields as
 * the record's form has it (custom_read). REFUSED: as
 * record_change, and *field is the code that was refused, or "". */
enum saved feed_change(struct db *, const struct who *, struct person_id, struct json *fields, int64_t now, enum refusal *why,
    const char **field, struct arena *);

/* The record with that file number; NONE. */
enum found feed_by_file_number(struct db *, struct organisation_id, enum person_kind, const char *number, struct person_id *, struct arena *);

/* For the worker's upkeep: keys of more than a day ago. */
bool feed_forget(struct db *, int64_t now);

#endif
