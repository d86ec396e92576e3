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
	/* a row for each number of each person: joins cost a quarter of what subqueries do */
	[Q_PEOPLE] = { "suuu", "uusuusuuu", "SELECT STRAIGHT_JOIN p.id, p.household_id, p.time_zone, p.calls_forbidden OR p.deceased,"
	    " e.id IS NOT NULL, f.e164, f.position, f.id, s.id IS NOT NULL"
	    " FROM JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j"
	    " JOIN person p ON p.id = j.id AND p.organisation_id = ?"
	    " LEFT JOIN entry e ON e.operation_id = ? AND e.person_id = p.id"
	    " LEFT JOIN phone f ON f.person_id = p.id AND f.state = 'ok'"
	    " LEFT JOIN suppression s ON s.organisation_id = ? AND s.e164 = f.e164" },
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

/* Somebody of the page. */
struct seat {
	uint64_t person;
	size_t place;			/* in the order given */
	const char *home, *zone;	/* home: '' none */
	bool there, already, forbidden, numbered;
	const char *e164;		/* the number to dial; NULL: none that may be called */
	uint64_t position, phone;	/* that number's */
	enum status out;
};

static int
by_person(const void *x, const void *y)
{
	const struct seat *p = x, *s = y;

	return p->person != s->person ? (p->person < s->person ? -1 : 1) : p->place < s->place ? -1 : p->place > s->place;
}

static int
by_place(const void *x, const void *y)
{
	const struct seat *p = x, *s = y;

	return p->place < s->place ? -1 : p->place > s->place;
}

static struct seat *
seat_of(struct seat *seats, size_t n, uint64_t person)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t at = from + (to - from) / 2;
		if (seats[at].person == person)
			return &seats[at];
		if (seats[at].person < person)
			from = at + 1;
		else
			to = at;
	}
	return NULL;
}

/* One row of Q_PEOPLE: the first number, by position, that is not on the do-not-call list. */
static void
seat_row(struct seat *s, const struct row *r, struct arena *a)
{
	if (!s->there) {
		s->there = true;
		s->home = row_is_null(r, 1) ? "" : arena_fmt(a, "%llu", (unsigned long long)row_u(r, 1));
		s->zone = row_s(r, 2);
		s->forbidden = row_u(r, 3) != 0;
		s->already = row_u(r, 4) != 0;
	}
	if (row_is_null(r, 5))
		return;
	s->numbered = true;
	if (row_u(r, 8) != 0 || (s->e164 != NULL && (s->position < row_u(r, 6) ||
	    (s->position == row_u(r, 6) && s->phone < row_u(r, 7)))))
		return;
	s->e164 = row_s(r, 5);
	s->position = row_u(r, 6);
	s->phone = row_u(r, 7);
}

/* The page's people of this organisation, each once, in the order given. */
static bool
read_people(struct db *db, const struct operation *op, const struct person_id *people, size_t n, struct seat **out, size_t *nout,
    struct arena *a)
{
	struct seat *seats = arena_alloc(a, n * sizeof(*seats));
	struct rows rs;
	struct buf ids;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		seats[i] = (struct seat){ .person = people[i].v, .place = i };
	qsort(seats, n, sizeof(*seats), by_person);
	buf_init_in(&ids, a, n * 21 + 64);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || seats[kept - 1].person != seats[i].person) {
			buf_fmt(&ids, "%c%llu", kept == 0 ? '[' : ',', (unsigned long long)seats[i].person);
			seats[kept++] = seats[i];
		}
	buf_text(&ids, "]");
	if (!db_rows(db, &q[Q_PEOPLE], IN(V_S(ids.data), V_U(op->organisation.v), V_U(op->id.v), V_U(op->organisation.v)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		struct seat *s = seat_of(seats, kept, row_u(&rs.row[i], 0));
		if (s != NULL)
			seat_row(s, &rs.row[i], a);
	}
	*nout = 0;
	for (size_t i = 0; i < kept; i++)
		if (seats[i].there)
			seats[(*nout)++] = seats[i];
	qsort(seats, *nout, sizeof(*seats), by_place);
	*out = seats;
	return true;
}

static bool
exclusions_of(struct db *db, const struct operation *op, struct seat *seats, size_t n, struct arena *a)
{
	struct person_id *ids = arena_alloc(a, (n + 1) * sizeof(*ids));
	enum status *out = arena_alloc(a, (n + 1) * sizeof(*out));
	struct exclusion *rules;
	size_t nrules;

	if (!exclusion_rules(db, op->id, &rules, &nrules, a))
		return false;
	for (size_t i = 0; i < n; i++)
		ids[i].v = seats[i].person;
	if (nrules > 0 && !exclusion_match(db, rules, nrules, ids, n, out, a))
		return false;
	for (size_t i = 0; i < n; i++)
		seats[i].out = out[i];
	return true;
}

bool
queue_add(struct db *db, const struct operation *op, const struct person_id *people, size_t n,
    int64_t now, struct load_counts *counts, struct arena *a)
{
	struct zones *z = arena_alloc(a, sizeof(*z));
	struct load_counts c = { 0 };
	struct seat *seats;
	struct row r;
	struct val *v;
	size_t rows = 0, nseats;

	*counts = c;
	if (n == 0)
		return true;
	if (db_row(db, &q[Q_LOCK], IN(V_U(op->id.v)), a, &r) != FOUND || !read_zones(db, op, z, a) ||
	    !read_people(db, op, people, n, &seats, &nseats, a) || !exclusions_of(db, op, seats, nseats, a))
		return false;
	v = arena_alloc(a, (nseats + 1) * ADD_COLUMNS * sizeof(*v));
	for (size_t i = 0; i < nseats; i++) {
		const struct seat *s = &seats[i];
		bool gone = s->out != ST_NONE;
		unsigned zone;
		int64_t due_at;

		if (s->already) {
			c.already++;
		} else if (s->forbidden || (s->numbered && s->e164 == NULL)) {
			c.forbidden++;
		} else if (!s->numbered) {
			c.no_number++;
		} else {
			if (!zone_number(db, op, z, s->zone, &zone) || !next_due(db, op, z, zone, now, &due_at, a))
				return false;
			memcpy(v + rows * ADD_COLUMNS, (struct val[ADD_COLUMNS]){ V_U(op->id.v), V_U(s->person),
			    V_S(queue_state_word(gone ? QS_REMOVED : QS_READY)), V_U(s->out), V_S(s->e164), V_I(due_at),
			    V_U(zone), V_U(gone ? BAND_OUT : BAND_FRESH), V_S(s->home), V_I(now) }, ADD_COLUMNS * sizeof(*v));
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
