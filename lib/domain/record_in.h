/*
 * record_in.h - what the files about one record share. Nobody else includes it.
 */
#ifndef DOMAIN_RECORD_IN_H
#define DOMAIN_RECORD_IN_H

#include "domain/record.h"

/* record_change within the caller's transaction; false: failed, or *why. */
bool record_change_within(struct db *, const struct record_by *, const struct record_change *, enum refusal *why, struct arena *);

#endif
