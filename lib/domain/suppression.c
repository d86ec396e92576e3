/*
 * suppression.c - the organisation's do-not-call numbers.
 */
#include "domain/suppression.h"

#include "plumb/arena.h"
#include "plumb/db.h"

enum { Q_HAS, Q_ADD, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_HAS] = { "us", "u", "SELECT id FROM suppression WHERE organisation_id = ? AND e164 = ?" },
	[Q_ADD] = { "ususiu", "", "INSERT INTO suppression (organisation_id, e164, person_id, reason, created_at, created_by)"
	    " VALUES (?, ?, ?, ?, ?, ?)" },
};
DB_STATEMENTS(q)

enum found
suppression_has(struct db *db, struct organisation_id org, const char *e164, struct arena *a)
{
	struct row row;

	return db_row(db, &q[Q_HAS], IN(V_U(org.v), V_S(e164)), a, &row);
}

bool
suppression_add(struct db *db, struct organisation_id org, const char *e164, struct person_id person,
    const char *reason, struct user_id by, int64_t now)
{
	return db_write(db, &q[Q_ADD], IN(V_U(org.v), V_S(e164), person.v != 0 ? V_U(person.v) : V_NULL, V_S(reason),
	    V_I(now), by.v != 0 ? V_U(by.v) : V_NULL), NULL) != NOT_WRITTEN;
}
