/*
 * queue_add.c - puts a page of people into an operation's list.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"

#include "domain/queue_in.h"

/*
 * The operation's row is locked first, so that two loads into the same list come one after the other: due_at
 * and the zones' numbers are dealt out here.
 */
enum { Q_LOCK, Q_BEYOND, Q_LAST, Q_ADD, Q_TALLY, Q_REASON, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LOCK] = { "u", "u", "SELECT id FROM operation WHERE id = ? FOR UPDATE" },
	[Q_BEYOND] = { "uu", "u", "SELECT EXISTS (SELECT 1 FROM entry FORCE INDEX (once) WHERE operation_id = ? AND person_id > ?)" },
	/* who rests until tomorrow (day_calls) stands behind them */
	[Q_LAST] = { "uui", "i", "SELECT MAX(due_at) FROM entry FORCE INDEX (claim)"
	    " WHERE operation_id = ? AND zone = ? AND band = 3 AND due_at <= ?" },
	[Q_ADD] = { "uususiuuui", "", "INSERT INTO entry (operation_id, person_id, state, reason, e164, due_at, zone, band,"
	    " household_id, loaded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	[Q_TALLY] = { "uuuu", "", "INSERT INTO queue_tally (operation_id, shard, ready, removed) VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE ready = ready + VALUES(ready), removed = removed + VALUES(removed)" },
	[Q_REASON] = { "uuuu", "", "INSERT INTO entry_tally (operation_id, shard, state, reason, people) VALUES (?, ?, 'removed', ?, ?)"
	    " ON DUPLICATE KEY UPDATE people = people + VALUES(people)" },
};
DB_STATEMENTS(q)

#define ADD_COLUMNS	10

/* Zones of the list while a page is added; due_at goes on in each. */
struct zones { struct queue_zones z; int64_t due_at[ZONES_MOST]; };

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
		if (db_row(db, &q[Q_LAST], IN(V_U(op->id.v), V_U(zone), V_I(now)), a, &r) != FOUND)
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
	struct val home;
	const char *zone, *postal_code;	/* where they are: zone.h */
	bool already, forbidden, voted, numbered;
	const char *e164;		/* the number to dial; NULL: none that may be called */
	enum status out;
};

/* A row for each number of each person of the page: joins cost a quarter of what subqueries do. On the list there is nobody
 * of a page beyond all who are on it: then nobody is looked up there. Sorted here: the server would first write it all to a
 * table of its own. */
#define PEOPLE	"%sSELECT STRAIGHT_JOIN p.id, p.household_id, p.time_zone, p.postal_code, p.forbidden, p.has_voted, %s,"		\
	" f.e164, s.id IS NOT NULL, f.position, f.id FROM (%s) p%s"							\
	" LEFT JOIN phone f FORCE INDEX (PRIMARY) ON f.person_id = p.id AND f.state = 'ok'"				\
	" LEFT JOIN suppression s ON s.organisation_id = ? AND s.e164 = f.e164"
#define ON_THE_LIST	" LEFT JOIN entry e FORCE INDEX (once) ON e.operation_id = ? AND e.person_id = p.id"

/* By person, and a person's numbers in their order. */
static int
in_order(const void *x, const void *y)
{
	static const unsigned column[] = { 0, 9, 10 };

	for (size_t i = 0; i < NITEMS(column); i++) {
		uint64_t a = row_u(x, column[i]), b = row_u(y, column[i]);
		if (a != b)
			return a < b ? -1 : 1;
	}
	return 0;
}

static bool
read_people(struct db *db, const struct operation *op, const struct queue_page *page, struct seat **out, size_t *n, struct arena *a)
{
	struct val *in = arena_alloc(a, (page->nin + 2) * sizeof(*in));
	struct seat *seats, *s = NULL;
	size_t nin = page->nin;
	struct rows rs;
	struct row r;
	bool beyond;

	if (db_row(db, &q[Q_BEYOND], IN(V_U(op->id.v), V_U(page->after.v)), a, &r) != FOUND)
		return false;
	beyond = row_u(&r, 0) == 0;
	if (nin > 0)
		memcpy(in, page->in, nin * sizeof(*in));
	if (!beyond)
		in[nin++] = V_U(op->id.v);
	in[nin++] = V_U(op->organisation.v);
	if (!db_rows_of(db, arena_fmt(a, PEOPLE, page->before, beyond ? "0" : "e.id IS NOT NULL", page->sql, beyond ? "" : ON_THE_LIST),
	    "uussuuusuuu", in, nin, a, &rs))
		return false;
	if (rs.n > 1)
		qsort(rs.row, rs.n, sizeof(*rs.row), in_order);
	*out = seats = arena_alloc(a, (rs.n + 1) * sizeof(*seats));
	*n = 0;
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *at = &rs.row[i];
		if (s == NULL || s->person != row_u(at, 0)) {
			s = &seats[(*n)++];
			*s = (struct seat){ .person = row_u(at, 0), .home = row_is_null(at, 1) ? V_NULL : V_U(row_u(at, 1)),
			    .zone = row_s(at, 2), .postal_code = row_s(at, 3), .forbidden = row_u(at, 4) != 0, .voted = row_u(at, 5) != 0,
			    .already = row_u(at, 6) != 0 };
		}
		s->numbered |= !row_is_null(at, 7);
		if (s->e164 == NULL && row_u(at, 8) == 0)	/* the first that is not on the do-not-call list */
			s->e164 = row_s(at, 7);
	}
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
	for (size_t k = 0; k < nrules; k++) {	/* the first that matches counts (fact 70) */
		bool here = rules[k].criterion == CR_VOTED && !rules[k].household;	/* has been read with the page */
		if (!here && !exclusion_match(db, &rules[k], 1, ids, n, out, a))
			return false;
		for (size_t i = 0; i < n; i++)
			if (seats[i].out == ST_NONE)
				seats[i].out = !here ? out[i] : seats[i].voted ? rules[k].status : ST_NONE;
	}
	return true;
}

/* Those of a page who came, and of who was taken out by a rule, why. */
static bool
tally(struct db *db, struct operation_id op, const struct load_counts *c, const unsigned removed[ST__MAX])
{
	bool ok = db_write(db, &q[Q_TALLY], IN(V_U(op.v), V_U(db_shard(db)), V_U(c->loaded), V_U(c->excluded)), NULL) == WROTE;

	for (unsigned why = 0; ok && why < ST__MAX; why++)
		ok = removed[why] == 0 || db_write(db, &q[Q_REASON], IN(V_U(op.v), V_U(db_shard(db)), V_U(why), V_U(removed[why])), NULL) == WROTE;
	return ok;
}

bool
queue_add_page(struct db *db, const struct operation *op, const struct queue_page *page, int64_t now, struct load_counts *counts,
    size_t *n, struct person_id *last, struct arena *a)
{
	struct zones *z = arena_alloc(a, sizeof(*z));		/* zeroed */
	struct load_counts c = { 0 };
	struct seat *seats;
	struct row r;
	struct val *v;
	unsigned removed[ST__MAX] = { 0 };
	size_t rows = 0, nseats;
	uint64_t before;

	*counts = c;
	if (db_row(db, &q[Q_LOCK], IN(V_U(op->id.v)), a, &r) != FOUND || !queue_zones_read(db, op->id, op->zone, &z->z, a) ||
	    !read_people(db, op, page, &seats, &nseats, a) || !exclusions_of(db, op, seats, nseats, a))
		return false;
	*n = nseats;
	last->v = nseats == 0 ? 0 : seats[nseats - 1].person;
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
			const char *where = zones_of_person(s->zone, s->postal_code, s->e164);

			if (!queue_zone_number(db, &z->z, where, &zone) || !next_due(db, op, z, zone, now, &due_at, a))
				return false;
			memcpy(v + rows * ADD_COLUMNS, (struct val[ADD_COLUMNS]){ V_U(op->id.v), V_U(s->person),
			    V_S(queue_state_word(gone ? QS_REMOVED : QS_READY)), V_U(s->out), V_S(s->e164), V_I(due_at),
			    V_U(zone), V_U(gone ? BAND_OUT : BAND_FRESH), s->home, V_I(now) }, ADD_COLUMNS * sizeof(*v));
			rows++;
			c.loaded += !gone;
			c.excluded += gone;
			removed[s->out] += gone;
		}
	}
	if (rows > 0 && (!entry_log_mark(db, &before, a) || db_bulk(db, &q[Q_ADD], v, ADD_COLUMNS, rows) != WROTE ||
	    !entry_log_since(db, op->id, before) || !tally(db, op->id, &c, removed)))
		return false;
	if (!queue_zones_end(db, &z->z))
		return false;
	*counts = c;
	return true;
}

bool
queue_add(struct db *db, const struct operation *op, const struct person_id *people, size_t n,
    int64_t now, struct load_counts *counts, struct arena *a)
{
	struct queue_page page = { .before = "", .sql = "SELECT DISTINCT " QUEUE_PERSON " FROM JSON_TABLE(CAST(? AS CHAR), '$[*]'"
	    " COLUMNS (id BIGINT UNSIGNED PATH '$')) j JOIN person p ON p.id = j.id AND p.organisation_id = ?", .nin = 2 };
	struct person_id last;

	page.in = (const struct val[]){ V_S(queue_people_text(people, n, a)), V_U(op->organisation.v) };
	return queue_add_page(db, op, &page, now, counts, &n, &last, a);
}
