/*
 * worker.h - the worker's parts.
 */
#ifndef WORKER_H
#define WORKER_H

#include "plumb/base.h"

struct arena;
struct db;

/* SIGTERM or SIGINT came: finish the step at hand and leave. */
bool worker_stops(void);

/* Leases one job and works on it for some seconds. FOUND: worked; NONE: nothing to do; FAILED: try again later. */
enum found jobs_work(struct db *, const char *worker, struct arena *);

/* Talks to telephony providers until a signal comes, or the heart should beat again. */
void calls_work(struct db *, struct arena *);

/* Sends what leaves by itself until a signal comes, or the heart should beat again; once: what there is now. */
void out_work(struct db *, bool once, struct arena *);

/* What time has ended: holds, sessions, files. Each looks at the clock itself and does nothing too early. */
void upkeep_holds(struct db *, int64_t now);
void upkeep_horizon(struct db *, int64_t now, struct arena *);
void upkeep_rest(struct db *, int64_t now, struct arena *);

#endif
