/*
 * demo.h - a demo organisation in an empty database, made by the same verbs that people use: an owner, a list
 * imported from a file, an operation set up page by page, volunteers who joined by its link, three evenings of calls;
 * and, where the simulation runs, an operation that calls through it. So tocsin audit holds on it, and every page has
 * something to show.
 */
#ifndef DOMAIN_DEMO_H
#define DOMAIN_DEMO_H

#include "plumb/base.h"

struct arena;
struct db;

struct demo {
	const char *file;		/* in: the people, a CSV file */
	const char *password;		/* in: the owner's */
	const char *organisation, *owner, *email;
	const char *link;		/* for agents */
	const char *software_link;	/* of the operation that calls through the simulation; NULL: conf.sim_port is 0 */
	uint64_t people, calls;
};

/* False: *why says. An empty database only: a person who may sign in is enough to refuse; but a demo that stopped
 * half-way (killed, no disk) is begun again over what it left. */
bool demo_load(struct db *, struct demo *, int64_t now, const char **why, struct arena *);

#endif
