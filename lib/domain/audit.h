/*
 * audit.h - who changed or revealed what: one row, in the transaction of the change. Append-only.
 */
#ifndef DOMAIN_AUDIT_H
#define DOMAIN_AUDIT_H

#include "domain/ids.h"
#include "plumb/base.h"

struct db;

/* verb: "operation.pause"; object and object_id: what it was done to. user v = 0: the system itself. */
bool audit_add(struct db *, struct organisation_id, struct user_id, int64_t now, const char *verb,
    const char *object, uint64_t object_id, const char *detail);

#endif
