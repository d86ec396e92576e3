/*
 * exclusion_work.c - the worker's part: who matches a rule by what was answered in a call, or because the rules were
 * changed while the list was there, leaves within seconds, not only when somebody is about to call them.
 */
#include "domain/exclusion.h"

#include "domain/queue_change.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"

/* A call gets its number before it is committed: those of the last seconds are looked at again. */
enum { PAGE = 500, SETTLED_S = 3 };

enum { Q_SWEEPS, Q_SWEEP, Q_PEOPLE, Q_ON, Q_DONE, Q_WATCHING, Q_SEEN, Q_BEGIN, Q_CALLS, Q_SEEN_ON, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_SWEEPS] = { "", "u", "SELECT operation_id FROM exclusion_sweep ORDER BY operation_id LIMIT 20" },
	[Q_SWEEP]  = { "u", "uu", "SELECT o.organisation_id, s.last_person FROM exclusion_sweep s JOIN operation o ON o.id = s.operation_id"
	    " WHERE s.operation_id = ? FOR UPDATE" },
	[Q_PEOPLE] = { "uuu", "u", "SELECT person_id FROM entry FORCE INDEX (once) WHERE operation_id = ? AND person_id > ? ORDER BY person_id LIMIT ?" },
	[Q_ON]     = { "uu", "", "UPDATE exclusion_sweep SET last_person = ? WHERE operation_id = ?" },
	[Q_DONE]   = { "u", "", "DELETE FROM exclusion_sweep WHERE operation_id = ?" },
	[Q_WATCHING] = { "", "u", "SELECT DISTINCT o.organisation_id FROM exclusion_rule r JOIN operation o ON o.id = r.operation_id"
	    " WHERE r.criterion <> 'voted' AND o.state IN ('active', 'paused') LIMIT 200" },
	[Q_SEEN]   = { "u", "u", "SELECT last_attempt FROM exclusion_watch WHERE organisation_id = ? FOR UPDATE" },
	/* what was answered before is found when lists are loaded or rules set */
	[Q_BEGIN]  = { "u", "", "INSERT INTO exclusion_watch (organisation_id, last_attempt) SELECT ?, COALESCE(MAX(id), 0) FROM attempt" },
	[Q_CALLS]  = { "uuu", "uui", "SELECT t.id, t.person_id, t.saved_at FROM attempt t FORCE INDEX (PRIMARY) JOIN person p ON p.id = t.person_id"
	    " AND p.organisation_id = ? WHERE t.id > ? ORDER BY t.id LIMIT ?" },
	[Q_SEEN_ON] = { "uu", "", "UPDATE exclusion_watch SET last_attempt = ? WHERE organisation_id = ?" },
};
DB_STATEMENTS(q)

struct page { uint64_t of; int64_t now; bool more; struct arena *a; };

static bool
sweep_page(struct db *db, void *ctx)
{
	struct page *x = ctx;
	struct person_id *who;
	struct rows rs;
	struct row r;
	enum found f = db_row(db, &q[Q_SWEEP], IN(V_U(x->of)), x->a, &r);

	x->more = false;
	if (f != FOUND)		/* another worker was faster */
		return f == NONE;
	if (!db_rows(db, &q[Q_PEOPLE], IN(V_U(x->of), V_U(row_u(&r, 1)), V_U(PAGE)), x->a, &rs))
		return false;
	if (rs.n == 0)
		return db_write(db, &q[Q_DONE], IN(V_U(x->of)), NULL) == WROTE;
	who = arena_alloc(x->a, rs.n * sizeof(*who));
	for (size_t i = 0; i < rs.n; i++)
		who[i].v = row_u(&rs.row[i], 0);
	x->more = true;
	return queue_exclude(db, (struct organisation_id){ row_u(&r, 0) }, who, rs.n, x->a) &&
	    db_write(db, &q[Q_ON], IN(V_U(who[rs.n - 1].v), V_U(x->of)), NULL) == WROTE;
}

static bool
watch_page(struct db *db, void *ctx)
{
	struct page *x = ctx;
	struct person_id *who;
	uint64_t settled;
	struct rows rs;
	struct row r;
	enum found f = db_row(db, &q[Q_SEEN], IN(V_U(x->of)), x->a, &r);

	x->more = false;
	if (f != FOUND)
		return f == NONE && db_write(db, &q[Q_BEGIN], IN(V_U(x->of)), NULL) == WROTE;
	settled = row_u(&r, 0);
	if (!db_rows(db, &q[Q_CALLS], IN(V_U(x->of), V_U(settled), V_U(PAGE)), x->a, &rs))
		return false;
	if (rs.n == 0)
		return true;
	who = arena_alloc(x->a, rs.n * sizeof(*who));
	for (size_t i = 0; i < rs.n; i++)
		who[i].v = row_u(&rs.row[i], 1);
	for (size_t i = 0; i < rs.n && row_i(&rs.row[i], 2) <= x->now - SETTLED_S * SECOND_US; i++)
		settled = row_u(&rs.row[i], 0);
	x->more = rs.n == PAGE && settled == row_u(&rs.row[rs.n - 1], 0);
	return queue_exclude(db, (struct organisation_id){ x->of }, who, rs.n, x->a) &&
	    (settled == row_u(&r, 0) || db_write(db, &q[Q_SEEN_ON], IN(V_U(settled), V_U(x->of)), NULL) == WROTE);
}

/* One page of each; a page that others were in the way of comes again in a second. */
static bool
pages(struct db *db, struct stmt *which, bool (*work)(struct db *, void *), int64_t now, bool *more, struct arena *a)
{
	struct arena *own = arena_new();
	struct rows rs;
	bool ok = db_rows(db, which, NO_IN, a, &rs);

	for (size_t i = 0; ok && i < rs.n; i++) {
		struct page x = { .of = row_u(&rs.row[i], 0), .now = now, .a = own };
		ok = tx_write(db, work, &x) == TX_DONE;
		*more = *more || (ok && x.more);
		arena_reset(own);
	}
	arena_free(own);
	return ok;
}

bool
exclusion_work(struct db *db, int64_t now, bool *more, struct arena *a)
{
	*more = false;
	return pages(db, &q[Q_SWEEPS], sweep_page, now, more, a) && pages(db, &q[Q_WATCHING], watch_page, now, more, a);
}
