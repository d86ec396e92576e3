/*
 * practice_in.h - what practice.c, practice_people.c and practice_link.c share.
 */
#ifndef DOMAIN_PRACTICE_IN_H
#define DOMAIN_PRACTICE_IN_H

#include "domain/practice.h"

/* One practice to be made, inside the caller's transaction. */
struct practice_new {
	const struct operation *of;
	struct user_id user;		/* v = 0: a visitor */
	const char *name;
	enum lang lang;
	int64_t now;
	struct organisation_id organisation;	/* out: these three */
	struct user_id as;
	struct operation_id operation;
};
bool practice_make(struct db *, struct practice_new *, struct arena *);

/* A round of people on the list of the pretend operation, in the caller's transaction. */
bool practice_invent(struct db *, const struct operation *practice, enum lang, int64_t now, struct arena *);

#endif
