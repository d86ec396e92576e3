/*
 * filter_saved.h - filters kept under a name, for every organiser of the organisation.
 */
#ifndef DOMAIN_FILTER_SAVED_H
#define DOMAIN_FILTER_SAVED_H

#include "domain/list.h"

enum { SAVED_FILTERS_MAX = 100, SAVED_NAME_MAX = 80 };

struct saved_filter_id { uint64_t v; };
struct saved_filter { struct saved_filter_id id; const char *name, *text; };

/* Of that kind of people, by name. */
bool filter_saved_list(struct db *, struct organisation_id, enum person_kind, struct saved_filter **out, size_t *n, struct arena *);

/* Keeps it; the same name again replaces what was there (ALREADY: it was the same). REFUSED: R_MISSING without a name,
 * R_TOO_LONG, R_NOT_A_CHOICE for a condition that cannot be asked, R_OUT_OF_RANGE when there are SAVED_FILTERS_MAX. */
enum saved filter_save(struct db *, struct organisation_id, struct user_id by, const char *name,
    const struct people_filter *, int64_t now, enum refusal *why, struct arena *);
/* ALREADY: it was gone. */
enum saved filter_forget(struct db *, struct organisation_id, struct user_id by, struct saved_filter_id, int64_t now, struct arena *);

#endif
