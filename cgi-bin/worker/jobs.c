/*
 * jobs.c - a leased job, step by step. A step keeps its own place in its own transaction; the lease only says
 * who goes on. A job that takes long gives way after some seconds, so that a short one need not wait for it.
 */
#include "worker.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/log.h"

#include "domain/export.h"
#include "domain/import.h"
#include "domain/job.h"
#include "domain/list.h"

enum { TURN_S = 5 };

/* One step of the job's kind, and how far it has come. */
static bool
step(struct db *db, const struct leased *job, bool *finished, uint64_t *done, uint64_t *total, struct arena *a)
{
	int64_t now = clock_now_us();

	if (strcmp(job->kind, "import") == 0) {
		struct import_id id = { job->object };
		return import_step(db, id, now, finished, a) && import_progress(db, id, done, total, a);
	}
	if (strcmp(job->kind, "load") == 0) {
		struct load_id id = { job->object };
		return load_step(db, id, now, finished, a) && load_progress(db, id, done, total, a);
	}
	if (strcmp(job->kind, "export") == 0) {
		struct export_id id = { job->object };
		return export_step(db, id, now, finished, a) && export_progress(db, id, done, total, a);
	}
	log_error("job %llu is of no kind we know: %s", (unsigned long long)job->id.v, job->kind);
	return false;
}

/* Did the work itself end well? An import says so by its state. */
static bool
went_well(struct db *db, const struct leased *job, struct arena *a)
{
	struct import im;

	if (strcmp(job->kind, "import") != 0)
		return true;
	return import_by_id(db, job->organisation, (struct import_id){ job->object }, &im, a) != FOUND ||
	    im.state != IMPORT_FAILED;
}

static bool
stays(const struct leased *job)
{
	return strcmp(job->kind, "export") == 0 && export_stays((struct export_id){ job->object });
}

static enum found
failed_step(struct db *db, const char *worker, const struct leased *job)
{
	int64_t wait = job->tries < 6 ? SECOND_US << job->tries : MINUTE_US;

	log_warn("job %llu: a step failed (try %u), again in %lld s", (unsigned long long)job->id.v, job->tries,
	    (long long)(wait / SECOND_US));
	job_give_back(db, job->id, worker, clock_now_us() + wait);
	return FAILED;
}

enum found
jobs_work(struct db *db, const char *worker, struct arena *a)
{
	struct arena *page = arena_new();
	struct timespec began, at;
	struct leased job;
	enum found f;

	f = job_lease(db, worker, clock_now_us(), &job, a);
	if (f != FOUND)
		goto out;
	clock_gettime(CLOCK_MONOTONIC, &began);
	for (;;) {
		bool finished = false;
		uint64_t done = 0, total = 0;

		arena_reset(page);
		if (!step(db, &job, &finished, &done, &total, page)) {
			f = failed_step(db, worker, &job);
			goto out;
		}
		if (!job_progress(db, job.id, worker, done, total, clock_now_us())) {
			/* somebody else has it by now; their work and ours meet in the step's own transaction */
			log_warn("job %llu: the lease is lost", (unsigned long long)job.id.v);
			f = FAILED;
			goto out;
		}
		job.tries = 1;
		if (finished)
			break;
		clock_gettime(CLOCK_MONOTONIC, &at);
		/* An open workbook cannot change hands: while others have their turn the lease is kept, and so is the place of
		 * this worker in the queue. */
		if (!worker_stops() && at.tv_sec - began.tv_sec >= TURN_S && stays(&job))
			goto out;
		if (worker_stops() || at.tv_sec - began.tv_sec >= TURN_S) {
			job_give_back(db, job.id, worker, clock_now_us());
			goto out;
		}
	}
	if (!job_end(db, job.id, worker, went_well(db, &job, page), "", clock_now_us()))
		f = FAILED;
	log_event("job %llu ended kind=%s object=%llu", (unsigned long long)job.id.v, job.kind, (unsigned long long)job.object);
out:
	arena_free(page);
	return f;
}
