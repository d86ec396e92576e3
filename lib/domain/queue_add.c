/*
 * queue_add.c - puts a page of people into an operation's list.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"

#include "domain/queue_in.h"

/*
 * The operation's row is locked first, so that two loads into the same list come one after the other: due_at
 * and the zones' numbers are dealt out here.
 */
enum { Q_LOCK, Q_PEOPLE, Q_LAST, Q_ZONES, Q_ZONE_ADD, Q_TOUCH, Q_ADD, Q_TALLY, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LOCK] = { "u", "u", "SELECT id FROM operation WHERE id = ? FOR UPDATE" },
	[Q_PEOPLE] = { "uusu", "uusuuus", "SELECT p.id, p.household_id, p.time_zone, p.calls_forbidden OR p.deceased,"
	    " EXISTS (SELECT 1 FROM entry e WHERE e.operation_id = ? AND e.person_id = p.id),"
	    " EXISTS (SELECT 1 FROM phone f WHERE f.person_id = p.id AND f.state = 'ok'),"
	    " (SELECT f.e164 FROM phone f WHERE f.person_id = p.id AND f.state = 'ok' AND NOT EXISTS"
	    "  (SELECT 1 FROM suppression s WHERE s.organisation_id = ? AND s.e164 = f.e164)"
	    "  ORDER BY f.position, f.id LIMIT 1)"
	    " FROM (SELECT MIN(n) AS n, id FROM JSON_TABLE(CAST(? AS CHAR),"
	    "  '$[*]' COLUMNS (n FOR ORDINALITY, id BIGINT UNSIGNED PATH '$')) t GROUP BY id) j"
	    " JOIN person p ON p.id = j.id AND p.organisation_id = ? ORDER BY j.n" },
	[Q_LAST] = { "uu", "i", "SELECT MAX(due_at) FROM entry FORCE INDEX (claim)"
	    " WHERE operation_id = ? AND zone = ? AND band = 3" },
	[Q_ZONES] = { "u", "us", "SELECT zone, name FROM operation_zone WHERE operation_id = ? ORDER BY zone" },
	[Q_ZONE_ADD] = { "uus", "", "INSERT INTO operation_zone (operation_id, zone, name) VALUES (?, ?, ?)" },
	[Q_TOUCH] = { "u", "", "UPDATE operation SET revision = revision + 1 WHERE id = ?" },
	[Q_ADD] = { "uususiuusi", "", "INSERT INTO entry (operation_id, person_id, state, reason, e164, due_at, zone, band,"
	    " household_id, loaded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, ''), ?)" },
	[Q_TALLY] = { "uuuu", "", "INSERT INTO queue_tally (operation_id, shard, ready, removed) VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE ready = ready + VALUES(ready), removed = removed + VALUES(removed)" },
};
DB_STATEMENTS(q)

#define ADD_COLUMNS	10
#define ZONES_MOST	256

/* Zones of the list while a page is added; due_at goes on in each. */
struct zones { const char *name[ZONES_MOST]; int64_t due_at[ZONES_MOST]; unsigned n, added; };

static bool
read_zones(struct db *db, const struct operation *op, struct zones *z, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_ZONES], IN(V_U(op->id.v)), a, &rs))
		return false;
	z->name[0] = op->zone;
	z->n = 1;
	for (size_t i = 0; i < rs.n; i++) {
		uint64_t number = row_u(&rs.row[i], 0);
		if (number == 0 || number >= ZONES_MOST)
			continue;
		z->name[number] = row_s(&rs.row[i], 1);
		if (number >= z->n)
			z->n = (unsigned)number + 1;
	}
	return true;
}

/* The number of a person's zone; one that is not known, or the 257th, is the operation's. */
static bool
zone_number(struct db *db, const struct operation *op, struct zones *z, const char *name, unsigned *number)
{
	*number = 0;
	if (name == NULL || *name == '\0' || strcmp(name, op->zone) == 0)
		return true;
	for (unsigned i = 1; i < z->n; i++)
		if (z->name[i] != NULL && strcmp(z->name[i], name) == 0) {
			*number = i;
			return true;
		}
	if (z->n == ZONES_MOST || !clock_zone_known(name))
		return true;
	if (db_write(db, &q[Q_ZONE_ADD], IN(V_U(op->id.v), V_U(z->n), V_S(name)), NULL) != WROTE)
		return false;
	z->name[z->n] = name;
	z->added++;
	*number = z->n++;
	return true;
}

/*
 * Within a list due_at strictly increases, so that the low-water mark can cut; it starts an hour back, so that
 * the last of a large page is not due in the future.
 */
static bool
next_due(struct db *db, const struct operation *op, struct zones *z, unsigned zone, int64_t now, int64_t *out,
    struct arena *a)
{
	struct row r;

	if (z->due_at[zone] == 0) {
		if (db_row(db, &q[Q_LAST], IN(V_U(op->id.v), V_U(zone)), a, &r) != FOUND)
			return false;
		z->due_at[zone] = now - HOUR_US;
		if (!row_is_null(&r, 0) && row_i(&r, 0) > z->due_at[zone])
			z->due_at[zone] = row_i(&r, 0);
	}
	*out = ++z->due_at[zone];
	return true;
}

static const char *
ids_text(const struct person_id *people, size_t n, struct arena *a)
{
	struct buf b;

	buf_init_in(&b, a, n * 21 + 64);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)people[i].v);
	buf_text(&b, "]");
	return b.data;
}

static bool
exclusions_of(struct db *db, const struct operation *op, const struct rows *rs, enum status *out, struct arena *a)
{
	struct person_id *ids = arena_alloc(a, (rs->n + 1) * sizeof(*ids));
	struct exclusion *rules;
	size_t nrules;

	if (!exclusion_rules(db, op->id, &rules, &nrules, a))
		return false;
	for (size_t i = 0; i < rs->n; i++)
		ids[i].v = row_u(&rs->row[i], 0);
	return nrules == 0 || exclusion_match(db, rules, nrules, ids, rs->n, out, a);
}

bool
queue_add(struct db *db, const struct operation *op, const struct person_id *people, size_t n,
    int64_t now, struct load_counts *counts, struct arena *a)
{
	struct zones *z = arena_alloc(a, sizeof(*z));
	struct load_counts c = { 0 };
	struct rows rs;
	struct row r;
	enum status *out;
	struct val *v;
	size_t rows = 0;

	*counts = c;
	if (n == 0)
		return true;
	if (db_row(db, &q[Q_LOCK], IN(V_U(op->id.v)), a, &r) != FOUND || !read_zones(db, op, z, a) ||
	    !db_rows(db, &q[Q_PEOPLE], IN(V_U(op->id.v), V_U(op->organisation.v), V_S(ids_text(people, n, a)),
	    V_U(op->organisation.v)), a, &rs))
		return false;
	out = arena_alloc(a, (rs.n + 1) * sizeof(*out));
	v = arena_alloc(a, (rs.n + 1) * ADD_COLUMNS * sizeof(*v));
	if (!exclusions_of(db, op, &rs, out, a))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *p = &rs.row[i];
		bool gone = out[i] != ST_NONE;
		struct val *at = v + rows * ADD_COLUMNS;
		unsigned zone;
		int64_t due_at;

		if (row_u(p, 4) != 0) {
			c.already++;
		} else if (row_u(p, 3) != 0 || (row_u(p, 5) != 0 && row_is_null(p, 6))) {
			c.forbidden++;
		} else if (row_u(p, 5) == 0) {
			c.no_number++;
		} else {
			const char *home = row_is_null(p, 1) ? "" :
			    arena_fmt(a, "%llu", (unsigned long long)row_u(p, 1));

			if (!zone_number(db, op, z, row_s(p, 2), &zone) || !next_due(db, op, z, zone, now, &due_at, a))
				return false;
			memcpy(at, (struct val[ADD_COLUMNS]){ V_U(op->id.v), V_U(row_u(p, 0)),
			    V_S(queue_state_word(gone ? QS_REMOVED : QS_READY)), V_U(out[i]), V_S(row_s(p, 6)), V_I(due_at),
			    V_U(zone), V_U(gone ? BAND_OUT : BAND_FRESH), V_S(home), V_I(now) }, ADD_COLUMNS * sizeof(*at));
			rows++;
			c.loaded += !gone;
			c.excluded += gone;
		}
	}
	if (rows > 0 && (db_bulk(db, &q[Q_ADD], v, ADD_COLUMNS, rows) != WROTE ||
	    db_write(db, &q[Q_TALLY], IN(V_U(op->id.v), V_U(db_shard(db)), V_U(c.loaded), V_U(c.excluded)), NULL) != WROTE))
		return false;
	/* a new zone is new to processes that keep this revision's zones */
	if (z->added > 0 && db_write(db, &q[Q_TOUCH], IN(V_U(op->id.v)), NULL) != WROTE)
		return false;
	*counts = c;
	return true;
}
