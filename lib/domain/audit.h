/*
 * audit.h - who changed or revealed what: one row per act, in the transaction of the act itself.
 */
#ifndef DOMAIN_AUDIT_H
#define DOMAIN_AUDIT_H

#include "domain/ids.h"
#include "plumb/base.h"

struct db;

/*
 * user 0: the administrator's command or the worker. verb: "operation.pause"; object: "operation"; detail: what a
 * reader needs beside it, cut at 2000 characters, never a password or a token. False: logged; the
 * caller's transaction must fail.
 */
bool audit_add(struct db *, struct organisation_id, struct user_id, int64_t now, const char *verb,
    const char *object, uint64_t object_id, const char *detail);

#endif
