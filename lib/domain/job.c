/*
 * job.c - the table job.
 */
#include "domain/job.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/log.h"

enum { Q_QUEUE, Q_OF, Q_WAITING, Q_LEASE, Q_PROGRESS, Q_BACK, Q_END, Q_GIVE_UP, Q_BEAT, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_QUEUE] = { "usuuui", "", "INSERT INTO job (organisation_id, kind, object_id, total, created_by, created_at)"
	              " VALUES (?, ?, ?, ?, ?, ?)" },
	[Q_OF]    = { "su", "usuus", "SELECT id, state, done, total, message FROM job"
	              " WHERE kind = ? AND object_id = ? ORDER BY id DESC LIMIT 1" },
	/* a job given back waits behind those that were never touched (leased_until 0) */
	[Q_WAITING] = { "is", "uusuu", "SELECT id, organisation_id, kind, object_id, tries FROM job"
	              " WHERE state IN ('queued', 'running') AND (leased_until <= ? OR leased_by = ?)"
	              " ORDER BY leased_until, id LIMIT 1 FOR UPDATE SKIP LOCKED" },
	[Q_LEASE] = { "siu", "", "UPDATE job SET state = 'running', leased_by = ?, leased_until = ?, tries = tries + 1 WHERE id = ?" },
	/* leased_until always grows, so a row changed means that the lease is ours, also when the clock stands still */
	[Q_PROGRESS] = { "uuius", "", "UPDATE job SET done = ?, total = ?, leased_until = GREATEST(leased_until + 1, ?), tries = 0"
	              " WHERE id = ? AND leased_by = ? AND state = 'running'" },
	[Q_BACK]  = { "ius", "", "UPDATE job SET leased_until = ?, leased_by = '' WHERE id = ? AND leased_by = ? AND state = 'running'" },
	[Q_END]   = { "ssius", "", "UPDATE job SET state = ?, message = ?, finished_at = ?, leased_by = '', leased_until = 0"
	              " WHERE id = ? AND leased_by = ? AND state = 'running'" },
	[Q_GIVE_UP] = { "iu", "", "UPDATE job SET state = 'failed', message = 'gave up', finished_at = ?, leased_by = ''"
	              " WHERE id = ?" },
	[Q_BEAT]  = { "sii", "", "INSERT INTO worker (name, started_at, beat_at) VALUES (?, ?, ?)"
	              " ON DUPLICATE KEY UPDATE started_at = VALUES(started_at), beat_at = VALUES(beat_at)" },
};
DB_STATEMENTS(q)

static const char *const state_code[] = {
	[JOB_QUEUED] = "queued", [JOB_RUNNING] = "running", [JOB_DONE] = "done", [JOB_FAILED] = "failed",
};

bool
job_queue(struct db *db, struct organisation_id organisation, const char *kind, uint64_t object,
    uint64_t total, struct user_id by, int64_t now, struct job_id *out)
{
	if (db_write(db, &q[Q_QUEUE], IN(V_U(organisation.v), V_S(kind), V_U(object), V_U(total),
	    by.v == 0 ? V_NULL : V_U(by.v), V_I(now)), NULL) != WROTE)
		return false;
	out->v = db_last_id(db);
	return true;
}

enum found
job_of(struct db *db, const char *kind, uint64_t object, struct job *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_OF], IN(V_S(kind), V_U(object)), a, &r);

	if (f != FOUND)
		return f;
	*out = (struct job){ .id = { row_u(&r, 0) }, .done = row_u(&r, 2), .total = row_u(&r, 3), .message = row_s(&r, 4) };
	for (size_t i = 0; i < NITEMS(state_code); i++)
		if (strcmp(state_code[i], row_s(&r, 1)) == 0)
			out->state = (enum job_state)i;
	return FOUND;
}

struct leasing { const char *worker; int64_t now; struct leased *out; bool none; struct arena *arena; };

static bool
lease(struct db *db, void *ctx)
{
	struct leasing *l = ctx;

	l->none = false;
	for (;;) {
		struct row r;

		switch (db_row(db, &q[Q_WAITING], IN(V_I(l->now), V_S(l->worker)), l->arena, &r)) {
		case FOUND:	break;
		case NONE:	l->none = true; return true;
		case FAILED:	return false;
		}
		*l->out = (struct leased){ { row_u(&r, 0) }, { row_u(&r, 1) }, row_s(&r, 2), row_u(&r, 3),
		    (unsigned)row_u(&r, 4) + 1 };
		if (l->out->tries <= JOB_TRIES_MOST)
			return db_write(db, &q[Q_LEASE], IN(V_S(l->worker), V_I(l->now + JOB_LEASE_US), V_U(l->out->id.v)),
			    NULL) == WROTE;
		log_error("job %llu of kind %s gets nowhere: given up", (unsigned long long)l->out->id.v, l->out->kind);
		if (db_write(db, &q[Q_GIVE_UP], IN(V_I(l->now), V_U(l->out->id.v)), NULL) != WROTE)
			return false;
	}
}

enum found
job_lease(struct db *db, const char *worker, int64_t now, struct leased *out, struct arena *a)
{
	struct leasing l = { worker, now, out, false, a };

	if (tx_write(db, lease, &l) != TX_DONE)
		return FAILED;
	return l.none ? NONE : FOUND;
}

static bool
one(struct db *db, struct stmt *s, const struct val *in, size_t nin)
{
	uint64_t n;

	return db_write(db, s, in, nin, &n) == WROTE && n == 1;
}

bool
job_progress(struct db *db, struct job_id id, const char *worker, uint64_t done, uint64_t total, int64_t now)
{
	return one(db, &q[Q_PROGRESS], IN(V_U(done), V_U(total), V_I(now + JOB_LEASE_US), V_U(id.v), V_S(worker)));
}

bool
job_give_back(struct db *db, struct job_id id, const char *worker, int64_t not_before)
{
	return one(db, &q[Q_BACK], IN(V_I(not_before), V_U(id.v), V_S(worker)));
}

bool
job_end(struct db *db, struct job_id id, const char *worker, bool ok, const char *message, int64_t now)
{
	return one(db, &q[Q_END], IN(V_S(state_code[ok ? JOB_DONE : JOB_FAILED]), V_S(message), V_I(now), V_U(id.v), V_S(worker)));
}

bool
job_beat(struct db *db, const char *worker, int64_t started_at, int64_t now)
{
	return db_write(db, &q[Q_BEAT], IN(V_S(worker), V_I(started_at), V_I(now)), NULL) == WROTE;
}
