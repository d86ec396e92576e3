/*
 * job.c - leases: one worker at a time, taken over when a worker is silent, given up when nothing helps.
 */
#include "check.h"
#include "domain/job.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"

static struct arena *a;

struct queueing { const char *kind; uint64_t object; struct job_id id; };

static bool
queue(struct db *db, void *ctx)
{
	struct queueing *j = ctx;

	return job_queue(db, (struct organisation_id){ 1 }, j->kind, j->object, 100, (struct user_id){ 0 }, 1, &j->id);
}

static struct job_id
queued(struct db *db, const char *kind, uint64_t object)
{
	struct queueing j = { kind, object, { 0 } };

	CHECK(tx_write(db, queue, &j) == TX_DONE);
	return j.id;
}

int
main(void)
{
	struct db *db, *db2;
	struct leased one, two;
	struct job_id first, second;
	struct job shown;
	int64_t t = 1000 * MINUTE_US;
	bool alone;

	a = arena_new();
	conf_load();
	db = db_open(false);
	db2 = db_open(false);
	CHECK_CASE("nothing to do is NONE", job_lease(db, "A", t, &one, a) == NONE);
	CHECK(job_of(db, "import", 7, &shown, a) == NONE);
	first = queued(db, "import", 7);
	second = queued(db, "load", 7);
	CHECK_CASE("the oldest comes first", job_lease(db, "A", t, &one, a) == FOUND && one.id.v == first.v &&
	    strcmp(one.kind, "import") == 0 && one.object == 7 && one.organisation.v == 1);
	CHECK_CASE("the next worker gets another one", job_lease(db2, "B", t, &two, a) == FOUND && two.id.v == second.v);
	CHECK_CASE("A could not give its job back and asks again: it is its own", job_lease(db, "A", t, &two, a) == FOUND && two.id.v == first.v);
	CHECK_CASE("the third gets none", job_lease(db2, "C", t, &two, a) == NONE);
	CHECK_CASE("progress shows", job_progress(db, first, "A", 40, 120, t) &&
	    job_of(db, "import", 7, &shown, a) == FOUND && shown.state == JOB_RUNNING && shown.done == 40 && shown.total == 120);
	CHECK_CASE("the same progress at the same moment is still ours", job_progress(db, first, "A", 40, 120, t));
	CHECK_CASE("nobody else's", !job_progress(db2, first, "B", 41, 120, t));

	t += 59 * SECOND_US;
	CHECK_CASE("a minute is not over", job_lease(db2, "C", t, &two, a) == NONE);
	CHECK(job_progress(db, first, "A", 50, 120, t));
	t += 2 * SECOND_US;
	CHECK_CASE("B is silent for a minute: C takes over, A goes on", job_lease(db2, "C", t, &two, a) == FOUND &&
	    two.id.v == second.v && job_lease(db2, "D", t, &one, a) == NONE);
	CHECK_CASE("B comes back too late", !job_progress(db, second, "B", 1, 1, t) && !job_end(db, second, "B", true, "", t) &&
	    !job_give_back(db, second, "B", t));
	CHECK_CASE("C ends it", job_end(db, second, "C", true, "", t) && job_of(db, "load", 7, &shown, a) == FOUND && shown.state == JOB_DONE);
	CHECK_CASE("an ended job is not leased again", job_lease(db2, "C", t + HOUR_US, &two, a) == FOUND && two.id.v == first.v);
	CHECK_CASE("and not ended twice", !job_end(db, second, "C", true, "", t));

	t += 2 * HOUR_US;
	CHECK_CASE("given back, it waits its time", job_lease(db, "A", t, &one, a) == FOUND && job_give_back(db, first, "A", t + SECOND_US) &&
	    job_lease(db, "A", t, &one, a) == NONE && job_lease(db, "A", t + SECOND_US, &one, a) == FOUND);
	second = queued(db, "load", 8);
	CHECK(job_give_back(db, first, "A", t));
	CHECK_CASE("one never touched goes before one given back", job_lease(db, "A", t + MINUTE_US, &one, a) == FOUND && one.id.v == second.v);
	CHECK(job_end(db, second, "A", false, "too bad", t) && job_of(db, "load", 8, &shown, a) == FOUND &&
	    shown.state == JOB_FAILED && strcmp(shown.message, "too bad") == 0);

	/* a job that kills its worker each time */
	alone = true;
	for (int i = 0; i < 30 && job_lease(db, "A", t, &one, a) == FOUND; i++) {
		alone = alone && one.tries <= JOB_TRIES_MOST;
		t += 2 * MINUTE_US;
	}
	CHECK_CASE("after ten leases without progress it has failed", alone && job_of(db, "import", 7, &shown, a) == FOUND &&
	    shown.state == JOB_FAILED);
	CHECK_CASE("and nobody leases it", job_lease(db, "A", t + HOUR_US, &one, a) == NONE);
	CHECK(job_beat(db, "A", 1, 2) && job_beat(db, "A", 1, 3));
	db_close(db);
	db_close(db2);
	arena_free(a);
	return check_done();
}
