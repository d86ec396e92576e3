/*
 * queue_numbers.c - who waits for a number that is wrong, forbidden or gone. Locks in the order entry, then hold.
 */
#include "domain/queue_numbers.h"

#include "domain/audit.h"
#include "domain/queue_change.h"
#include "domain/queue_in.h"
#include "plumb/arena.h"
#include "plumb/db.h"

#define CALLABLE "f.state = 'ok' AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.organisation_id = ? AND s.e164 = f.e164)"

enum { Q_WAITING, Q_NEXT, Q_DIAL, Q_OFF, Q_RETURN, Q_REASON, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_WAITING] = { "uu", "uus", "SELECT e.id, e.operation_id, e.state FROM entry e WHERE e.person_id = ?"
	    " AND e.state IN ('ready', 'waiting', 'held') AND NOT EXISTS (SELECT 1 FROM phone f WHERE f.person_id = e.person_id"
	    "  AND f.e164 = e.e164 AND " CALLABLE ") ORDER BY e.id FOR UPDATE" },
	[Q_NEXT] = { "uu", "s", "SELECT f.e164 FROM phone f WHERE f.person_id = ? AND " CALLABLE " ORDER BY f.position, f.id LIMIT 1" },
	[Q_DIAL] = { "su", "", "UPDATE entry SET e164 = ? WHERE id = ?" },
	[Q_OFF] = { "uu", "", "UPDATE entry SET state = 'removed', band = 9, reason = ? WHERE id = ?" },
	[Q_RETURN] = { "u", "", "UPDATE hold h JOIN entry e ON e.person_id = h.person_id AND e.id = h.entry_id"
	    " SET h.state = 'removed', h.band = 9 WHERE e.id = ?" },
	[Q_REASON] = { "uu", "", "UPDATE entry SET reason = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

static bool
take_off(struct db *db, struct operation_id op, uint64_t entry, enum queue_state state)
{
	if (!entry_log(db, op, entry))
		return false;
	if (state == QS_HELD)		/* decides where their hold returns to */
		return db_write(db, &q[Q_RETURN], IN(V_U(entry)), NULL) == WROTE &&
		    db_write(db, &q[Q_REASON], IN(V_U(ST_REMOVED_BY_HAND), V_U(entry)), NULL) == WROTE;
	return db_write(db, &q[Q_OFF], IN(V_U(ST_REMOVED_BY_HAND), V_U(entry)), NULL) == WROTE &&
	    queue_tally_move(db, op, state, QS_REMOVED);
}

bool
queue_numbers_changed(struct db *db, struct organisation_id org, struct user_id by, struct person_id person, int64_t now, struct arena *a)
{
	struct rows waiting;
	struct row next;
	enum found f;

	if (!db_rows(db, &q[Q_WAITING], IN(V_U(person.v), V_U(org.v)), a, &waiting))
		return false;
	if (waiting.n == 0)
		return true;
	if ((f = db_row(db, &q[Q_NEXT], IN(V_U(person.v), V_U(org.v)), a, &next)) == FAILED)
		return false;
	for (size_t i = 0; i < waiting.n; i++) {
		uint64_t entry = row_u(&waiting.row[i], 0);
		struct operation_id op = { row_u(&waiting.row[i], 1) };
		if (f == FOUND) {
			if (db_write(db, &q[Q_DIAL], IN(V_S(row_s(&next, 0)), V_U(entry)), NULL) != WROTE)
				return false;
		} else if (!take_off(db, op, entry, queue_state_of(row_s(&waiting.row[i], 2))) ||
		    !audit_add(db, org, by, now, "entry.remove", "entry", entry, "no number left"))
			return false;
	}
	return f != FOUND || queue_zone_moved(db, org, &person, 1, a);
}
