/*
 * past.h - how an organisation's calls went so far, for the rehearsal: from tallies, whatever the number of calls.
 */
#ifndef DOMAIN_PAST_H
#define DOMAIN_PAST_H

#include "domain/ids.h"
#include "domain/rehearsal.h"

struct arena;
struct db;

/* past_usual while there are fewer than PAST_CALLS calls. */
bool past_of(struct db *, struct organisation_id, struct past *, struct arena *);
/* How many agents an operation has. */
bool past_agents(struct db *, struct operation_id, unsigned *agents, struct arena *);

#endif
