/*
 * queue_nobody.c - why nobody was given, and until when (fact 118): from the first due person of each zone
 * and band, found by index, and the hours of that zone.
 */
#include "plumb/base.h"

#include "domain/queue_in.h"

enum { Q_FIRST, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_FIRST] = { "uuuuuu", "iii", "SELECT"
	    " (SELECT MIN(due_at) FROM entry FORCE INDEX (claim) WHERE operation_id = ? AND zone = ? AND band = 1),"
	    " (SELECT MIN(due_at) FROM entry FORCE INDEX (claim) WHERE operation_id = ? AND zone = ? AND band = 2),"
	    " (SELECT MIN(due_at) FROM entry FORCE INDEX (claim) WHERE operation_id = ? AND zone = ? AND band = 3)" },
};
DB_STATEMENTS(q)

struct outlook {
	bool blocked;			/* due in an open zone, yet not given: with another agent, or their household is */
	bool closed, not_started;	/* due by the next opening, but calls are closed where they are */
	int64_t until;			/* the first moment at which somebody can be called; 0: never */
};

static void
look(struct outlook *o, const struct operation *op, const char *zone, int64_t due_at, int64_t now)
{
	int64_t at = now, open = 0;
	enum hours_verdict v = hours_at(&op->hours, zone, now, &open, NULL);

	if (v == HOURS_OPEN && due_at <= now) {
		o->blocked = true;
	} else if (v != HOURS_OPEN && v != HOURS_ENDED && due_at <= open) {
		o->closed = true;
		o->not_started |= v == HOURS_NOT_STARTED;
		at = open;
	} else {
		at = due_at > now ? due_at : now;
		if ((v = hours_at(&op->hours, zone, at, &open, NULL)) == HOURS_ENDED)
			return;
		if (v != HOURS_OPEN)
			at = open;
	}
	if (o->until == 0 || at < o->until)
		o->until = at;
}

bool
queue_nobody(struct db *db, struct queue_settings *s, const struct operation *op, int64_t now,
    struct nobody_now *out, struct arena *a)
{
	struct outlook o = { 0 };
	struct queue_totals t;
	bool all_ended = true;

	*out = (struct nobody_now){ .why = NOBODY_LEFT };
	if (s == NULL || queue_totals(db, op->id, &t, a) != FOUND)
		return false;
	out->people = t.ready + t.waiting;
	for (size_t i = 0; i < s->nzones && op->dated; i++) {
		struct row r;

		all_ended &= hours_at(&op->hours, s->zones[i].name, now, NULL, NULL) == HOURS_ENDED;
		if (db_row(db, &q[Q_FIRST], IN(V_U(op->id.v), V_U(s->zones[i].number), V_U(op->id.v),
		    V_U(s->zones[i].number), V_U(op->id.v), V_U(s->zones[i].number)), a, &r) != FOUND)
			return false;
		for (unsigned b = 0; b < ENTRY_BANDS; b++)
			if (!row_is_null(&r, b))
				look(&o, op, s->zones[i].name, row_i(&r, b), now);
	}
	out->until = o.until;
	if (op->state == OP_PAUSED)
		out->why = NOBODY_PAUSED;
	else if (op->state == OP_ARCHIVED || (op->dated && all_ended))
		out->why = NOBODY_ENDED;
	else if (op->state == OP_DRAFT)
		out->why = NOBODY_NOT_STARTED;
	else if (o.blocked)
		out->why = NOBODY_ALL_HELD;
	else if (o.until == 0)
		out->why = t.held > 0 ? NOBODY_ALL_HELD : NOBODY_LEFT;
	else if (o.closed)
		out->why = o.not_started ? NOBODY_NOT_STARTED : NOBODY_OUTSIDE_HOURS;
	else
		out->why = NOBODY_LATER;
	if (out->why != NOBODY_OUTSIDE_HOURS && out->why != NOBODY_NOT_STARTED && out->why != NOBODY_LATER)
		out->until = 0;
	return true;
}
