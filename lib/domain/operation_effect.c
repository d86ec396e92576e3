/*
 * operation_effect.c - counts from the claim index, zone by zone, never further than EFFECT_LOOK people of each.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"

#include "domain/operation_effect.h"
#include "domain/queue.h"
#include "domain/zone.h"

enum { Q_ZONES, Q_DUE, Q_WAITING, Q_REASONS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ZONES] = { "u", "us", "SELECT zone, name FROM operation_zone WHERE operation_id = ? ORDER BY zone" },
	[Q_DUE] = { "uuiu", "u", "SELECT COUNT(*) FROM (SELECT 1 FROM entry FORCE INDEX (claim) WHERE operation_id = ? AND zone = ?"
	    " AND band IN (2, 3) AND due_at <= ? LIMIT ?) x" },
	/* by the minute: the hours know no seconds; an appointment that an agent keeps is when it was made for */
	[Q_WAITING] = { "uuu", "uiu", "SELECT x.band, COALESCE(k.at, x.due_at) DIV 60000000, COUNT(*) FROM (SELECT id, band, due_at"
	    " FROM entry FORCE INDEX (claim) WHERE operation_id = ? AND zone = ? AND band IN (1, 2) LIMIT ?) x"
	    " LEFT JOIN kept_appointment k ON x.band = 1 AND k.entry_id = x.id GROUP BY 1, 2" },
	[Q_REASONS] = { "uuu", "uu", "SELECT reason, COUNT(*) FROM (SELECT reason FROM entry FORCE INDEX (claim)"
	    " WHERE operation_id = ? AND zone = ? AND band IN (1, 2) LIMIT ?) x GROUP BY reason" },
};
DB_STATEMENTS(q)

/* The first moment from `due` on at which that person may be called; 0: never. */
static int64_t
happens(const struct hours *h, const char *zone, int64_t due, int64_t now)
{
	int64_t at = due > now ? due : now, open;

	switch (hours_at(h, zone, at, &open, NULL)) {
	case HOURS_OPEN:	return at;
	case HOURS_ENDED:	return 0;
	default:		return open;
	}
}

static bool
waiting(struct db *db, const struct operation *op, const struct hours *h, unsigned zone, const char *zones, int64_t now,
    struct hours_effect *e, struct arena *a)
{
	struct rows rs;
	uint64_t all = 0;

	if (!db_rows(db, &q[Q_WAITING], IN(V_U(op->id.v), V_U(zone), V_U(EFFECT_LOOK)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		bool appointment = row_u(&rs.row[i], 0) == BAND_APPOINTMENT;
		int64_t due = row_i(&rs.row[i], 1) * MINUTE_US;
		uint64_t n = row_u(&rs.row[i], 2);
		int64_t before = happens(&op->hours, zones, due, now), after = happens(h, zones, due, now);

		all += n;
		if (before == 0)
			continue;
		if (after == 0 && appointment)
			e->appointments_lost += n;
		else if (after == 0)
			e->retries_lost += n;
		else if (appointment && after > before)
			e->appointments_moved += n;
	}
	e->more |= all >= EFFECT_LOOK;
	return true;
}

static bool
due_now(struct db *db, const struct operation *op, const struct hours *h, unsigned zone, const char *zones, int64_t now,
    struct hours_effect *e, struct arena *a)
{
	int64_t open;
	struct row r;

	if (hours_at(&op->hours, zones, now, NULL, NULL) != HOURS_OPEN || hours_at(h, zones, now, &open, NULL) == HOURS_OPEN)
		return true;
	if (db_row(db, &q[Q_DUE], IN(V_U(op->id.v), V_U(zone), V_I(now), V_U(EFFECT_LOOK)), a, &r) != FOUND)
		return false;
	e->later += row_u(&r, 0);
	e->more |= row_u(&r, 0) >= EFFECT_LOOK;
	if (open != 0 && (e->later_at == 0 || open < e->later_at))
		e->later_at = open;
	return true;
}

bool
operation_effect_of_hours(struct db *db, const struct operation *op, const struct hours *h, int64_t now,
    struct hours_effect *e, struct arena *a)
{
	struct queue_totals t;
	struct rows zones;

	*e = (struct hours_effect){ 0 };
	if (!op->dated)
		return true;
	if (!db_rows(db, &q[Q_ZONES], IN(V_U(op->id.v)), a, &zones))
		return false;
	for (size_t i = 0; i < zones.n; i++) {
		unsigned zone = (unsigned)row_u(&zones.row[i], 0);
		const char *name = zone == 0 ? op->zone : row_s(&zones.row[i], 1);

		if (zones_known(name) && (!waiting(db, op, h, zone, name, now, e, a) || !due_now(db, op, h, zone, name, now, e, a)))
			return false;
	}
	if (hours_at(&op->hours, op->zone, now, NULL, NULL) != HOURS_ENDED && hours_at(h, op->zone, now, NULL, NULL) == HOURS_ENDED) {
		if (queue_totals(db, op->id, &t, a) != FOUND)
			return false;
		e->fresh_lost = t.ready;
		e->later = 0;
	}
	return true;
}

static bool
same(const struct recycle_rule *x, const struct recycle_rule *y)
{
	return x->ticked == y->ticked && (!x->ticked || (x->max_calls == y->max_calls && x->minutes == y->minutes));
}

bool
operation_effect_of_recycling(struct db *db, const struct operation *op, const struct recycling *x,
    struct recycling_effect *e, struct arena *a)
{
	struct recycle_rule now[ST__MAX];
	bool all = op->more_calls != x->more_calls || op->other_part != x->other_part, any = all;
	struct rows zones, rs;

	*e = (struct recycling_effect){ 0 };
	if (operation_rules(db, op->id, now, a) != FOUND)
		return false;
	for (unsigned s = 0; s < ST__MAX; s++)
		any = any || !same(&now[s], &x->rules[s]);
	if (!any)
		return true;
	if (!db_rows(db, &q[Q_ZONES], IN(V_U(op->id.v)), a, &zones))
		return false;
	for (size_t i = 0; i < zones.n; i++) {
		uint64_t seen = 0;

		if (!db_rows(db, &q[Q_REASONS], IN(V_U(op->id.v), V_U(row_u(&zones.row[i], 0)), V_U(EFFECT_LOOK)), a, &rs))
			return false;
		for (size_t j = 0; j < rs.n; j++) {
			uint64_t s = row_u(&rs.row[j], 0), n = row_u(&rs.row[j], 1);

			seen += n;
			if (s >= ST__MAX || (!all && same(&now[s], &x->rules[s])))
				continue;
			e->by_status[s] += n;
			e->waiting += n;
		}
		e->more |= seen >= EFFECT_LOOK;
	}
	return true;
}
