/*
 * agent_break.h - an agent's breaks: they hold nobody meanwhile, and whoever leads the operation sees it.
 */
#ifndef DOMAIN_AGENT_BREAK_H
#define DOMAIN_AGENT_BREAK_H

#include "domain/ids.h"
#include "plumb/db.h"

struct arena;

/* The person held was given back by the caller. On a break already: nothing changes. */
enum saved agent_break_begin(struct db *, struct operation_id, struct user_id, int64_t now, struct arena *);
/* Not on a break: nothing changes. */
bool agent_break_end(struct db *, struct operation_id, struct user_id, int64_t now);
/* FOUND: on a break since *since. */
enum found agent_break_now(struct db *, struct operation_id, struct user_id, int64_t *since, struct arena *);

#endif
