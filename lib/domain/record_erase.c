/*
 * record_erase.c - the end of a record. What must stay is counted and forbidden; nothing of it is a name.
 */
#include "domain/record.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/queue_in.h"
#include "domain/suppression.h"
#include "plumb/arena.h"
#include "plumb/db.h"

enum { Q_ENTRIES, Q_PERSON, Q_NUMBERS, Q_FORGET, Q_OFF, Q_ERASE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ENTRIES] = { "u", "uus", "SELECT id, operation_id, state FROM entry WHERE person_id = ? ORDER BY id FOR UPDATE" },
	[Q_PERSON] = { "uu", "su", "SELECT kind, calls_forbidden FROM person WHERE organisation_id = ? AND id = ? FOR UPDATE" },
	[Q_NUMBERS] = { "u", "s", "SELECT e164 FROM phone WHERE person_id = ?"
	    " AND (state = 'forbidden' OR EXISTS (SELECT 1 FROM person p WHERE p.id = person_id AND p.calls_forbidden))" },
	[Q_FORGET] = { "u", "", "UPDATE entry SET e164 = '', household_id = NULL WHERE person_id = ?" },
	[Q_OFF] = { "uu", "", "UPDATE entry SET state = 'removed', band = 9, reason = ? WHERE id = ?" },
	[Q_ERASE] = { "uu", "", "CALL erase_person(?, ?)" },
};
DB_STATEMENTS(q)

struct erase { const struct record_by *by; enum refusal why; struct arena *a; };

/* Off every list they wait on. The attempts of those entries, and so the totals, stay. */
static bool
off_lists(struct db *db, struct erase *x)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_ENTRIES], IN(V_U(x->by->person.v)), x->a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		enum queue_state state = queue_state_of(row_s(r, 2));
		if (state == QS_HELD) {		/* an agent has them on the line, or has just closed the page */
			x->why = R_PERSON_HELD;
			return false;
		}
		if ((state == QS_READY || state == QS_WAITING) &&
		    (db_write(db, &q[Q_OFF], IN(V_U(ST_REMOVED_BY_HAND), V_U(row_u(r, 0))), NULL) != WROTE ||
		    !queue_tally_move(db, (struct operation_id){ row_u(r, 1) }, state, QS_REMOVED) ||
		    !entry_log(db, (struct operation_id){ row_u(r, 1) }, row_u(r, 0))))
			return false;
	}
	return db_write(db, &q[Q_FORGET], IN(V_U(x->by->person.v)), NULL) == WROTE;
}

/* "Do not call" outlives the record: the numbers stay forbidden for everybody. */
static bool
keep_forbidden(struct db *db, struct erase *x)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_NUMBERS], IN(V_U(x->by->person.v)), x->a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		if (!suppression_add(db, x->by->organisation, row_s(&rows.row[i], 0), (struct person_id){ 0 }, "erased",
		    x->by->user, x->by->now))
			return false;
	return true;
}

static bool
erase_work(struct db *db, void *ctx)
{
	struct erase *x = ctx;
	struct row r;
	enum found f;

	x->why = R_NONE;
	if ((f = db_row(db, &q[Q_PERSON], IN(V_U(x->by->organisation.v), V_U(x->by->person.v)), x->a, &r)) != FOUND) {
		x->why = f == NONE ? R_NOT_FOUND : R_NONE;
		return false;
	}
	return off_lists(db, x) && keep_forbidden(db, x) &&
	    db_write(db, &q[Q_ERASE], IN(V_U(x->by->organisation.v), V_U(x->by->person.v)), NULL) == WROTE &&
	    audit_add(db, x->by->organisation, x->by->user, x->by->now, "person.erase", "person", x->by->person.v, "");
}

enum saved
record_erase(struct db *db, const struct record_by *by, enum refusal *why, struct arena *a)
{
	struct erase x = { .by = by, .a = a };
	enum tx t = tx_write(db, erase_work, &x);
	enum saved s = saved_of(t, x.why);

	*why = x.why;
	return s;
}
