/*
 * queue_clock.c - the stretches of the claim index as groups with a number and a moment.
 */
#include "domain/queue_clock.h"

#include "plumb/arena.h"
#include "plumb/clock.h"

#include "domain/queue_in.h"
#include "domain/zone.h"

#define NO_TIME	INT64_MIN
#define ALWAYS	INT64_MAX

#define STRETCH	" FROM entry FORCE INDEX (claim) WHERE operation_id = ? AND zone = ? AND band = ? AND due_at BETWEEN ? AND ?"

enum { Q_ZONES, Q_LOOK, Q_COUNT, Q_REASONS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ZONES] = { "u", "us", "SELECT zone, name FROM operation_zone WHERE operation_id = ? ORDER BY zone LIMIT 63" },
	/* the first, and whether there is one beyond CLOCK_LOOK: counting up to there would first write them to a table */
	[Q_LOOK] = { "uuuii" "uuuiiu", "iu", "SELECT (SELECT due_at" STRETCH " ORDER BY due_at LIMIT 1),"
	    " (SELECT 1" STRETCH " ORDER BY due_at LIMIT 1 OFFSET ?)" },
	[Q_COUNT] = { "uuuii", "u", "SELECT COUNT(*)" STRETCH },
	[Q_REASONS] = { "u", "sui", "SELECT state, reason, CAST(SUM(people) AS SIGNED) FROM entry_tally WHERE operation_id = ?"
	    " GROUP BY state, reason HAVING SUM(people) > 0 ORDER BY state, SUM(people) DESC, reason" },
};
DB_STATEMENTS(q)

static const char *const codes[CLOCK__MAX] = { "now", "closed", "soon", "next", "later", "appointment", "never" };

const char *
clock_group_code(enum clock_group g)
{
	return codes[g];
}

enum clock_group
clock_group_of(const char *code)
{
	for (unsigned g = 0; g < CLOCK__MAX; g++)
		if (strcmp(codes[g], code) == 0)
			return (enum clock_group)g;
	return CLOCK__MAX;
}

/* When the person in that zone who is due at `due` can be claimed; 0: never. */
static int64_t
claimable_at(const struct operation *op, const char *zone, int64_t due, int64_t now)
{
	int64_t at = due > now ? due : now, open;

	switch (hours_at(&op->hours, zone, at, &open, NULL)) {
	case HOURS_OPEN:	return at;
	case HOURS_ENDED:	return 0;
	default:		return open;
	}
}

/* The first minute from which on who becomes due is never called. Hours begin and end on minutes; whole days are too
 * many to walk one after the other when calls go on for a year, so: doubling steps, then halves. */
static int64_t
over_at(const struct operation *op, const char *zone, int64_t now)
{
	int64_t low = now / MINUTE_US, high = low, step = 60;

	for (; claimable_at(op, zone, high * MINUTE_US, now) != 0; step *= 2) {
		low = high;
		high += step;
	}
	while (high - low > 1) {
		int64_t mid = low + (high - low) / 2;
		if (claimable_at(op, zone, mid * MINUTE_US, now) != 0)
			low = mid;
		else
			high = mid;
	}
	return high * MINUTE_US;
}

/* The last moments of "today" and of the next day with calls, where the people are. */
static void
days_of(const struct operation *op, const char *zone, int64_t now, int64_t *today, int64_t *next)
{
	int64_t open = now, closes = 0;

	*today = now;
	if (hours_at(&op->hours, zone, now, &open, &closes) == HOURS_OPEN) {
		*today = closes - 1;
		hours_at(&op->hours, zone, closes, &open, NULL);
	}
	*next = *today;
	if (open != 0 && hours_at(&op->hours, zone, open, NULL, &closes) == HOURS_OPEN)
		*next = closes - 1;
}

static void
add(struct clock_stretch *out, size_t *n, enum clock_group g, unsigned zone, unsigned band, int64_t from, int64_t until)
{
	if (from <= until)
		out[(*n)++] = (struct clock_stretch){ g, zone, band, from, until };
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t
most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

size_t
clock_cut(const struct operation *op, const struct clock_zone *z, int64_t now, struct clock_stretch out[CLOCK_STRETCHES])
{
	int64_t open, today, next, over, due;
	enum clock_group first = CLOCK_NOW;
	size_t n = 0;

	if (!op->dated || hours_at(&op->hours, z->name, now, &open, NULL) == HOURS_ENDED) {
		for (unsigned band = BAND_APPOINTMENT; band <= BAND_FRESH; band++)
			add(out, &n, CLOCK_NEVER, z->number, band, NO_TIME, ALWAYS);
		return n;
	}
	due = now;
	if (open != 0) {		/* closed: who becomes due before the opening waits for it as well */
		first = CLOCK_CLOSED;
		due = open;
	}
	over = over_at(op, z->name, now);
	days_of(op, z->name, now, &today, &next);
	due = least(due, over - 1);
	today = least(most(today, due), over - 1);
	next = least(most(next, today), over - 1);
	for (unsigned band = BAND_APPOINTMENT; band <= BAND_FRESH; band++) {
		add(out, &n, first, z->number, band, NO_TIME, due);
		if (band == BAND_APPOINTMENT) {
			add(out, &n, CLOCK_APPOINTMENT, z->number, band, due + 1, over - 1);
		} else {
			add(out, &n, CLOCK_SOON, z->number, band, due + 1, today);
			add(out, &n, CLOCK_NEXT, z->number, band, today + 1, next);
			add(out, &n, CLOCK_LATER, z->number, band, next + 1, over - 1);
		}
		add(out, &n, CLOCK_NEVER, z->number, band, over, ALWAYS);
	}
	return n;
}

static bool
read_zones(struct db *db, const struct operation *op, struct clock_zone zone[CLOCK_ZONES], size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_ZONES], IN(V_U(op->id.v)), a, &rs))
		return false;
	zone[0] = (struct clock_zone){ 0, op->zone };	/* the operation's own, whatever is stored */
	*n = 1;
	for (size_t i = 0; i < rs.n && *n < CLOCK_ZONES; i++)
		if (row_u(&rs.row[i], 0) != 0 && zones_known(row_s(&rs.row[i], 1)))
			zone[(*n)++] = (struct clock_zone){ (unsigned)row_u(&rs.row[i], 0), row_s(&rs.row[i], 1) };
	return true;
}

/* --- how many --- */

/* What one state's stretches hold together is known from the tallies. */
struct pool { uint64_t people, known; struct clock_row *longest; unsigned nlong; };

struct look { struct queue_clock *c; struct pool ready, waiting; };

static struct clock_row *
row_of(struct queue_clock *c, enum clock_group g, const struct clock_zone *z)
{
	struct clock_row *r;

	for (size_t i = 0; i < c->n; i++)
		if (c->row[i].group == g && (g != CLOCK_CLOSED || c->row[i].zone == z->number))
			return &c->row[i];
	r = &c->row[c->n++];
	*r = (struct clock_row){ .group = g };
	if (g == CLOCK_CLOSED) {
		r->zone = z->number;
		r->zone_name = z->name;
	}
	return r;
}

static bool
look_at(struct db *db, struct look *l, const struct operation *op, const struct clock_zone *z, const struct clock_stretch *s,
    int64_t now, struct arena *a)
{
	const struct val op_id = V_U(op->id.v), zone = V_U(s->zone), band = V_U(s->band), from = V_I(s->from), until = V_I(s->until);
	struct pool *pool = s->band == BAND_FRESH ? &l->ready : &l->waiting;
	struct clock_row *row;
	struct row r, n;
	int64_t at;

	if (db_row(db, &q[Q_LOOK], IN(op_id, zone, band, from, until, op_id, zone, band, from, until, V_U(CLOCK_LOOK)), a, &r) != FOUND)
		return false;
	if (row_is_null(&r, 0))
		return true;
	row = row_of(l->c, s->group, z);
	at = s->group == CLOCK_NEVER ? 0 : claimable_at(op, z->name, row_i(&r, 0), now);
	if (at != 0 && (row->at == 0 || at < row->at))
		row->at = at;
	if (row_is_null(&r, 1)) {
		if (db_row(db, &q[Q_COUNT], IN(op_id, zone, band, from, until), a, &n) != FOUND)
			return false;
		row->people += row_u(&n, 0);
		pool->known += row_u(&n, 0);
		return true;
	}
	pool->nlong++;
	pool->longest = row;
	row->people += CLOCK_LOOK;
	row->more++;
	return true;
}

/* Only one stretch of the state is long: all the others of the state are in it. */
static void
settle(struct pool *p)
{
	if (p->nlong != 1 || p->people < p->known + CLOCK_LOOK)
		return;
	p->longest->people += p->people - p->known - CLOCK_LOOK;
	p->longest->more--;
}

static int
by_group(const void *x, const void *y)
{
	const struct clock_row *a = x, *b = y;

	return a->group != b->group ? (a->group < b->group ? -1 : 1) : a->at != b->at ? (a->at < b->at ? -1 : 1) : (a->zone > b->zone) - (a->zone < b->zone);
}

static bool
look_everywhere(struct db *db, struct look *l, const struct operation *op, int64_t now, struct arena *a)
{
	struct clock_stretch stretch[CLOCK_STRETCHES];
	struct clock_zone zone[CLOCK_ZONES];
	size_t zones, n;

	if (!read_zones(db, op, zone, &zones, a) || queue_totals(db, op->id, &l->c->totals, a) != FOUND)
		return false;
	l->ready.people = l->c->totals.ready;
	l->waiting.people = l->c->totals.waiting;
	l->c->row = arena_alloc(a, (CLOCK__MAX + zones) * sizeof(*l->c->row));
	for (size_t i = 0; i < zones; i++) {
		n = clock_cut(op, &zone[i], now, stretch);
		for (size_t k = 0; k < n; k++)
			if (!look_at(db, l, op, &zone[i], &stretch[k], now, a))
				return false;
	}
	return true;
}

bool
queue_clock(struct db *db, const struct operation *op, int64_t now, struct queue_clock *out, struct arena *a)
{
	struct look l = { .c = out };

	*out = (struct queue_clock){ .n = 0 };
	if (!look_everywhere(db, &l, op, now, a))
		return false;
	settle(&l.ready);
	settle(&l.waiting);
	qsort(out->row, out->n, sizeof(*out->row), by_group);
	return true;
}

int64_t
queue_clock_first(const struct queue_clock *c)
{
	int64_t first = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->row[i].at != 0 && (first == 0 || c->row[i].at < first))
			first = c->row[i].at;
	return first;
}

bool
queue_clock_stretches(struct db *db, const struct operation *op, enum clock_group g, unsigned number, int64_t now,
    struct clock_stretch *out, size_t max, size_t *n, struct arena *a)
{
	struct clock_stretch stretch[CLOCK_STRETCHES];
	struct clock_zone zone[CLOCK_ZONES];
	size_t zones, cut;

	*n = 0;
	if (!read_zones(db, op, zone, &zones, a))
		return false;
	for (size_t i = 0; i < zones; i++) {
		cut = clock_cut(op, &zone[i], now, stretch);
		for (size_t k = 0; k < cut; k++)
			if (stretch[k].group == g && (g != CLOCK_CLOSED || zone[i].number == number) && *n < max)
				out[(*n)++] = stretch[k];
	}
	return true;
}

bool
queue_reasons(struct db *db, struct operation_id op, struct reason_count **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_REASONS], IN(V_U(op.v)), a, &rs))
		return false;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	*n = rs.n;
	for (size_t i = 0; i < rs.n; i++)
		(*out)[i] = (struct reason_count){ queue_state_of(row_s(&rs.row[i], 0)),
			row_u(&rs.row[i], 1) < ST__MAX ? (enum status)row_u(&rs.row[i], 1) : ST_NONE, (uint64_t)row_i(&rs.row[i], 2) };
	return true;
}
