/*
 * job.h - work that the worker does: queue it, show its progress.
 */
#ifndef DOMAIN_JOB_H
#define DOMAIN_JOB_H

#include "domain/ids.h"
#include "plumb/base.h"

struct arena;
struct db;

enum job_state { JOB_QUEUED, JOB_RUNNING, JOB_DONE, JOB_FAILED };
struct job { struct job_id id; enum job_state state; uint64_t done, total; const char *message; };

/* Inside the caller's transaction. kind: "import" or "load". */
bool job_queue(struct db *, struct organisation_id, const char *kind, uint64_t object, uint64_t total,
    struct user_id by, int64_t now, struct job_id *out);
/* The newest job of that object. */
enum found job_of(struct db *, const char *kind, uint64_t object, struct job *, struct arena *);

/* For the worker: leases one job that nobody works on; renews; ends. A lease lasts 60 s. */
enum found job_lease(struct db *, const char *worker, int64_t now, struct job_id *, const char **kind,
    uint64_t *object, struct arena *);
bool job_progress(struct db *, struct job_id, const char *worker, uint64_t done, uint64_t total, int64_t now);
bool job_end(struct db *, struct job_id, bool ok, const char *message, int64_t now);

#endif
