/*
 * audit.c - appends to the table audit; nothing here changes or removes a row.
 */
#include "domain/audit.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

enum { DETAIL_MOST = 2000 };

enum { Q_ADD, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ADD] = { "uuissus", "", "INSERT INTO audit (organisation_id, user_id, at, verb, object, object_id, detail)"
	            " VALUES (?, ?, ?, ?, ?, ?, ?)" },
};
DB_STATEMENTS(q)

bool
audit_add(struct db *db, struct organisation_id organisation, struct user_id user, int64_t now,
    const char *verb, const char *object, uint64_t object_id, const char *detail)
{
	struct arena *a = NULL;
	bool ok;

	if (detail == NULL)
		detail = "";
	if (text_chars(detail) > DETAIL_MOST) {
		a = arena_new();
		detail = text_cut(a, detail, DETAIL_MOST);
	}
	ok = db_write(db, &q[Q_ADD], IN(V_U(organisation.v), user.v == 0 ? V_NULL : V_U(user.v), V_I(now),
	    V_S(verb), V_S(object), object_id == 0 ? V_NULL : V_U(object_id), V_S(detail)), NULL) == WROTE;
	arena_free(a);
	return ok;
}
