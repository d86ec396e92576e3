/*
 * app.h - the loop every area runs: accept, reset the arena, dispatch, log; a graceful stop on
 * SIGTERM; an end after conf.max_requests, so that a slow leak never becomes an outage.
 */
#ifndef PLUMB_APP_H
#define PLUMB_APP_H

#include "plumb/form.h"
#include "plumb/route.h"
#include "plumb/who.h"

struct app {
	const char *name;
	const struct route *routes;
	size_t nroutes;
	const struct field *fields;
	size_t nfields;
	who_fn *who;		/* domain/session.h: session_who, or the area's own */
	/* For rows that say REVEALS: stores that `who` was shown `id`, after the handler's snapshot has ended. False: failed,
	 * logged; then nothing is shown. */
	bool (*revealed)(struct db *, const struct who *, const struct route *, uint64_t id, int64_t now);
	/* When somebody known was answered: what may fail without anybody minding. NULL: nothing. */
	void (*afterwards)(struct db *, const struct who *, int64_t now);
	/* For what costs nearly as much for one as for many: requests that wait are taken together, each handler is run, then this, once: it
	 * answers those that their handlers have put aside, and then all answers leave. NULL: one request at a time. */
	void (*settle)(struct db *, struct arena *);
	bool json;		/* refusals are JSON, also of addresses that are not there */
	size_t body_max;	/* of a POST that is no upload; 0: 64 KiB */
};

/* conf_load, log, seal, lang, db_open, then the loop. Returns the exit code. */
int app_run(const struct app *);

#endif
