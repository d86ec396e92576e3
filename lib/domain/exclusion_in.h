/*
 * exclusion_in.h - what the exclusion*.c files share. Nobody else includes it.
 */
#ifndef DOMAIN_EXCLUSION_IN_H
#define DOMAIN_EXCLUSION_IN_H

#include "domain/exclusion.h"

/* Of these people, at most 500: the ids of those whom a CR_FILTER rule matches. A filter that cannot be asked, or that
 * has no condition, matches nobody. False: failed. */
struct rows;
bool exclusion_filter_match(struct db *, const struct exclusion *rule, const uint64_t *people, size_t n, struct rows *out, struct arena *);

#endif
