/*
 * job.h - work that the worker does: queue it, show its progress, lease it.
 *
 * A job belongs to one worker until its lease ends. A worker that dies loses it after a minute at most, and
 * the next one goes on where the work's own transaction stopped. A job that was leased many times
 * without getting anywhere has failed: it must not keep the others waiting for ever.
 */
#ifndef DOMAIN_JOB_H
#define DOMAIN_JOB_H

#include "domain/ids.h"
#include "plumb/base.h"

struct arena;
struct db;

#define JOB_LEASE_US	INT64_C(60000000)
enum { JOB_TRIES_MOST = 10 };

enum job_state { JOB_QUEUED, JOB_RUNNING, JOB_DONE, JOB_FAILED };
struct job { struct job_id id; enum job_state state; uint64_t done, total; const char *message; };

/* Inside the caller's transaction. kind: "import", "load" or "export". */
bool job_queue(struct db *, struct organisation_id, const char *kind, uint64_t object, uint64_t total,
    struct user_id by, int64_t now, struct job_id *out);
/* The newest job of that object. */
enum found job_of(struct db *, const char *kind, uint64_t object, struct job *, struct arena *);

/* --- for the worker: `worker` is its name, another one on each machine and in each process --- */

struct leased {
	struct job_id id;
	struct organisation_id organisation;
	const char *kind;
	uint64_t object;
	unsigned tries;			/* leases without progress, this one included */
};
/* Leases a job that nobody works on: the one that has waited longest, or one that this worker could not give back
 * because the database was gone. NONE: nothing to do. */
enum found job_lease(struct db *, const char *worker, int64_t now, struct leased *, struct arena *);
/* Work was stored: shows it, renews the lease. False: the lease was lost (leave the job alone), or the database failed. */
bool job_progress(struct db *, struct job_id, const char *worker, uint64_t done, uint64_t total, int64_t now);
/* Gives it back, to be leased again from that moment on. */
bool job_give_back(struct db *, struct job_id, const char *worker, int64_t not_before);
/* False: as job_progress. */
bool job_end(struct db *, struct job_id, const char *worker, bool ok, const char *message, int64_t now);

/* "I am alive." */
bool job_beat(struct db *, const char *worker, int64_t started_at, int64_t now);

#endif
