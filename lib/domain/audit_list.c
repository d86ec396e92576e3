/*
 * audit_list.c - see audit_list.h.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"

#include "domain/audit_list.h"

/* Of people the name stays on their record: here it would be one more reveal. */
#define LIST(index, who)									\
	"SELECT a.id, a.at, COALESCE(a.user_id, 0), COALESCE(u.name, ''), a.verb, a.object, COALESCE(a.object_id, 0), a.detail,"	\
	" COALESCE(CASE a.object WHEN 'operation' THEN (SELECT o.name FROM operation o WHERE o.id = a.object_id)"	\
	"  WHEN 'user' THEN (SELECT x.name FROM user x WHERE x.id = a.object_id)"		\
	"  WHEN 'survey' THEN (SELECT s.name FROM survey s WHERE s.id = a.object_id) END, '')"	\
	" FROM audit a FORCE INDEX (" index ") LEFT JOIN user u ON u.id = a.user_id"		\
	" WHERE a.organisation_id = ? AND " who " a.at >= ? AND a.at <= ? AND (a.at < ? OR a.id < ?)"	\
	" ORDER BY a.at DESC, a.id DESC LIMIT ?"
#define LIST_OUT "uiusssuss"

enum { Q_ALL, Q_USER, Q_PEOPLE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ALL] = { "uiiiuu", LIST_OUT, LIST("by_time", "") },
	[Q_USER] = { "uuiiiuu", LIST_OUT, LIST("by_user", "a.user_id = ? AND") },
	[Q_PEOPLE] = { "u", "us", "SELECT u.id, u.name FROM user u WHERE u.organisation_id = ? AND (u.email IS NOT NULL OR"
	    " EXISTS (SELECT 1 FROM audit a FORCE INDEX (by_user) WHERE a.organisation_id = u.organisation_id AND a.user_id = u.id))"
	    " ORDER BY u.email IS NULL, u.name, u.id LIMIT 200" },
};
DB_STATEMENTS(q)

bool
audit_list(struct db *db, const struct audit_wish *w, struct audit_row **out, size_t *n, bool *more, struct arena *a)
{
	int64_t last = w->before == 0 ? INT64_MAX : w->before - 1;
	uint64_t id = UINT64_MAX;
	struct rows rows;
	bool ok;

	if (w->after_at != 0 && w->after_at <= last) {
		last = w->after_at;
		id = w->after_id;
	}
	ok = w->user.v == 0 ?
	    db_rows(db, &q[Q_ALL], IN(V_U(w->organisation.v), V_I(w->from), V_I(last), V_I(last), V_U(id), V_U(AUDIT_PAGE + 1)), a, &rows) :
	    db_rows(db, &q[Q_USER], IN(V_U(w->organisation.v), V_U(w->user.v), V_I(w->from), V_I(last), V_I(last), V_U(id),
	    V_U(AUDIT_PAGE + 1)), a, &rows);
	if (!ok)
		return false;
	*more = rows.n > AUDIT_PAGE;
	*n = *more ? AUDIT_PAGE : rows.n;
	*out = arena_alloc(a, (*n + 1) * sizeof(**out));
	for (size_t i = 0; i < *n; i++) {
		const struct row *r = &rows.row[i];

		(*out)[i] = (struct audit_row){ row_u(r, 0), row_i(r, 1), { row_u(r, 2) }, row_s(r, 3), row_s(r, 4), row_s(r, 5),
		    row_s(r, 7), row_u(r, 6), row_s(r, 8) };
	}
	return true;
}

bool
audit_people(struct db *db, struct organisation_id org, struct audit_person **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_PEOPLE], IN(V_U(org.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (*n + 1) * sizeof(**out));
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct audit_person){ { row_u(&rows.row[i], 0) }, row_s(&rows.row[i], 1) };
	return true;
}
