/*
 * demo_in.h - what demo.c and demo_calls.c share.
 */
#ifndef DOMAIN_DEMO_IN_H
#define DOMAIN_DEMO_IN_H

#include "domain/ids.h"
#include "domain/operation.h"
#include "domain/survey.h"
#include "domain/user.h"

enum { DEMO_AGENTS = 3 };

struct making {
	struct db *db;
	int64_t now;			/* of the step being made: some days ago */
	struct organisation_id organisation;
	struct user_id owner, agent[DEMO_AGENTS];
	struct operation op;
	struct question question;	/* that the agents ask */
	uint64_t people, calls;
	const char *why;
	struct arena *arena;
};

/* Three evenings of calls, the last one before `now`. False: logged. */
bool demo_calls(struct making *, int64_t now);

#endif
