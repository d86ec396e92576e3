/*
 * queue_zone.c - the numbers under which an operation knows its people's time zones, and people who move.
 */
#include "domain/queue_change.h"
#include "domain/queue_in.h"
#include "plumb/arena.h"
#include "plumb/buf.h"

enum { Q_LOCK, Q_ZONES, Q_ADD, Q_TOUCH, Q_ENTRIES, Q_PLACE, Q_MOVE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LOCK] = { "u", "u", "SELECT id FROM operation WHERE id = ? FOR UPDATE" },
	[Q_ZONES] = { "u", "us", "SELECT zone, name FROM operation_zone WHERE operation_id = ? ORDER BY zone" },
	[Q_ADD] = { "uus", "", "INSERT INTO operation_zone (operation_id, zone, name) VALUES (?, ?, ?)" },
	[Q_TOUCH] = { "u", "", "UPDATE operation SET revision = revision + 1 WHERE id = ?" },
	/* who may be called again; entry.zone is kept while an agent holds them, and the hold returns to it */
	[Q_ENTRIES] = { "su", "uusssssu", "SELECT e.id, e.operation_id, o.time_zone, p.time_zone, p.postal_code, e.e164, z.name, e.zone"
	    " FROM JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j"
	    " JOIN person p ON p.id = j.id AND p.organisation_id = ? JOIN entry e ON e.person_id = p.id AND e.band < 9"
	    " JOIN operation o ON o.id = e.operation_id AND o.state <> 'archived'"
	    " LEFT JOIN operation_zone z ON z.operation_id = e.operation_id AND z.zone = e.zone ORDER BY e.operation_id, e.id" },
	[Q_PLACE] = { "u", "ssus", "SELECT p.time_zone, p.postal_code, e.zone, z.name FROM entry e JOIN person p ON p.id = e.person_id"
	    " LEFT JOIN operation_zone z ON z.operation_id = e.operation_id AND z.zone = e.zone WHERE e.id = ?" },
	[Q_MOVE] = { "uu", "", "UPDATE entry SET zone = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

bool
queue_zones_read(struct db *db, struct operation_id op, const char *own, struct queue_zones *z, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_ZONES], IN(V_U(op.v)), a, &rs))
		return false;
	*z = (struct queue_zones){ .op = op, .name = { own }, .n = 1 };
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

bool
queue_zone_number(struct db *db, struct queue_zones *z, const char *zones, unsigned *number)
{
	*number = 0;
	if (zones == NULL || *zones == '\0')
		return true;
	for (unsigned i = 0; i < z->n; i++)
		if (z->name[i] != NULL && strcmp(z->name[i], zones) == 0) {
			*number = i;
			return true;
		}
	if (z->n == ZONES_MOST || !zones_known(zones))
		return true;
	if (db_write(db, &q[Q_ADD], IN(V_U(z->op.v), V_U(z->n), V_S(zones)), NULL) != WROTE)
		return false;
	z->name[z->n] = zones;
	z->added++;
	*number = z->n++;
	return true;
}

bool
queue_zones_end(struct db *db, const struct queue_zones *z)
{
	/* a new zone is new to processes that keep this revision's zones */
	return z->added == 0 || db_write(db, &q[Q_TOUCH], IN(V_U(z->op.v)), NULL) == WROTE;
}

const char *
queue_people_text(const struct person_id *people, size_t n, struct arena *a)
{
	struct buf b;

	buf_init_in(&b, a, n * 21 + 64);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)people[i].v);
	buf_text(&b, n == 0 ? "[]" : "]");
	return b.data;
}

/* Is an entry of zone `number`, called `name`, where these zones put it? Number 0 is the operation's own, whatever is stored. */
static bool
stays(const char *own, const char *zones, uint64_t number, const char *name)
{
	return strcmp(*zones == '\0' ? own : zones, number == 0 ? own : name) == 0;
}

bool
queue_zone_moved(struct db *db, struct organisation_id org, const struct person_id *people, size_t n, struct arena *a)
{
	struct queue_zones *z = arena_alloc(a, sizeof(*z));
	struct rows rs;
	struct row r;

	*z = (struct queue_zones){ .n = 0 };
	if (n == 0)
		return true;
	if (!db_rows(db, &q[Q_ENTRIES], IN(V_S(queue_people_text(people, n, a)), V_U(org.v)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *e = &rs.row[i];
		struct operation_id op = { row_u(e, 1) };
		const char *own = row_s(e, 2), *zones = zones_of_person(row_s(e, 3), row_s(e, 4), row_s(e, 5));
		unsigned number;

		if (stays(own, zones, row_u(e, 7), row_is_null(e, 6) ? own : row_s(e, 6)))
			continue;
		if (z->op.v != op.v) {		/* numbers are dealt out one load or move at a time */
			if ((z->op.v != 0 && !queue_zones_end(db, z)) || db_row(db, &q[Q_LOCK], IN(V_U(op.v)), a, &r) != FOUND ||
			    !queue_zones_read(db, op, own, z, a))
				return false;
		}
		if (!queue_zone_number(db, z, zones, &number) || db_write(db, &q[Q_MOVE], IN(V_U(number), V_U(row_u(e, 0))), NULL) != WROTE)
			return false;
	}
	return z->op.v == 0 || queue_zones_end(db, z);
}

struct follow {
	const struct operation *op;
	struct entry_id entry;
	const char *zones;
	unsigned number;
	struct arena *a;
};

static bool
follow(struct db *db, void *ctx)
{
	struct follow *x = ctx;
	struct queue_zones *z = arena_alloc(x->a, sizeof(*z));
	struct row r;

	return db_row(db, &q[Q_LOCK], IN(V_U(x->op->id.v)), x->a, &r) == FOUND &&
	    queue_zones_read(db, x->op->id, x->op->zone, z, x->a) && queue_zone_number(db, z, x->zones, &x->number) &&
	    db_write(db, &q[Q_MOVE], IN(V_U(x->number), V_U(x->entry.v)), NULL) == WROTE && queue_zones_end(db, z);
}

bool
queue_zone_follow(struct db *db, const struct operation *op, struct entry_id entry, const char *e164, unsigned *zone, struct arena *a)
{
	struct follow x = { .op = op, .entry = entry, .a = a };
	struct row r;

	if (db_row(db, &q[Q_PLACE], IN(V_U(entry.v)), a, &r) != FOUND)
		return false;
	*zone = (unsigned)row_u(&r, 2);
	x.zones = zones_of_person(row_s(&r, 0), row_s(&r, 1), e164);
	if (stays(op->zone, x.zones, *zone, row_is_null(&r, 3) ? op->zone : row_s(&r, 3)))
		return true;
	if (tx_write(db, follow, &x) != TX_DONE)
		return false;
	*zone = x.number;
	return true;
}
