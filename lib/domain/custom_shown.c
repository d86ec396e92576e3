#include "domain/custom_shown.h"

#include "plumb/arena.h"
#include "plumb/db.h"

enum { Q_SHOWN, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_SHOWN] = { "uu", "sssu", "SELECT c.name, c.form, v.value, r.highlight FROM field_rule r"
	    " JOIN custom_field c ON c.id = CAST(SUBSTRING(r.field, 5) AS UNSIGNED) AND c.put_away_at IS NULL"
	    " JOIN operation o ON o.id = r.operation_id AND o.organisation_id = c.organisation_id AND o.source = c.kind"
	    " LEFT JOIN custom_value v ON v.person_id = ? AND v.field_id = c.id"
	    " WHERE r.operation_id = ? AND r.field LIKE 'own-%' AND r.mode <> 'hidden' ORDER BY r.position" },
};
DB_STATEMENTS(q)

bool
custom_shown(struct db *db, const struct operation *op, const struct field_rules *rules, struct person_id person,
    struct custom_shown **out, size_t *n, struct arena *a)
{
	bool any = false;
	struct rows rows;

	*n = 0;
	for (size_t i = 0; i < rules->nown; i++)
		any |= rules->own[i].shown;
	if (!any)
		return true;
	if (!db_rows(db, &q[Q_SHOWN], IN(V_U(person.v), V_U(op->id.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];

		(*out)[i] = (struct custom_shown){ row_s(r, 0), row_is_null(r, 2) ? "" : row_s(r, 2),
		    custom_form_of(row_s(r, 1)), row_u(r, 3) != 0 };
	}
	return true;
}
