/*
 * organisation.c - see organisation.h.
 */
#include "domain/organisation.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/staff.h"

enum { Q_BY_ID, Q_LOCK, Q_ZONES, Q_SET, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_BY_ID] = { "u", "ss", "SELECT name, time_zone FROM organisation WHERE id = ?" },
	[Q_LOCK]  = { "u", "ss", "SELECT name, time_zone FROM organisation WHERE id = ? FOR UPDATE" },
	[Q_ZONES] = { "u", "su", "SELECT time_zone, COUNT(*) AS n FROM operation WHERE organisation_id = ? AND state IN ('active', 'paused')"
	    " GROUP BY time_zone ORDER BY n DESC, time_zone" },
	[Q_SET]   = { "ssu", "", "UPDATE organisation SET name = ?, time_zone = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

enum found
organisation_by_id(struct db *db, struct organisation_id id, struct organisation *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_BY_ID], IN(V_U(id.v)), a, &r);

	if (f == FOUND)
		*out = (struct organisation){ id, row_s(&r, 0), row_s(&r, 1) };
	return f;
}

bool
organisation_zones(struct db *db, struct organisation_id id, struct zone_use **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_ZONES], IN(V_U(id.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct zone_use){ row_s(&rows.row[i], 0), (unsigned)row_u(&rows.row[i], 1) };
	return true;
}

struct set { const struct staff_by *by; const char *name, *zone; bool same; struct arena *arena; };

static bool
set(struct db *db, void *ctx)
{
	struct set *x = ctx;
	uint64_t id = x->by->organisation.v;
	const char *name, *zone;
	struct row r;

	if (db_row(db, &q[Q_LOCK], IN(V_U(id)), x->arena, &r) != FOUND)
		return false;
	name = row_s(&r, 0);
	zone = row_s(&r, 1);
	x->same = strcmp(name, x->name) == 0 && strcmp(zone, x->zone) == 0;
	return x->same || (db_write(db, &q[Q_SET], IN(V_S(x->name), V_S(x->zone), V_U(id)), NULL) == WROTE &&
	    audit_add(db, x->by->organisation, x->by->user, x->by->now, "organisation.settings", "organisation", id,
	    arena_fmt(x->arena, "name: %s -> %s; zone: %s -> %s", name, x->name, zone, x->zone)));
}

enum saved
organisation_set(struct db *db, const struct staff_by *by, const char *name, const char *zone, enum refusal *why, struct arena *a)
{
	struct set x = { by, name, zone, false, a };
	enum tx t;

	*why = R_NONE;
	if (!clock_zone_known(zone)) {
		*why = R_NOT_A_CHOICE;
		return REFUSED;
	}
	t = tx_write(db, set, &x);
	return t == TX_DONE && x.same ? ALREADY : saved_of(t, R_NONE);
}
