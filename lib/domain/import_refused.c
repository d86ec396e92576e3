/*
 * import_refused.c - what an import did not take, for the page and the download.
 */
#include "domain/import.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

enum { Q_AFTER, Q_REASONS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_AFTER] = { "uuuuu", "uuusss", "SELECT line, position, whole_row, reason, cell, row_text FROM import_refusal"
	    " WHERE import_id = ? AND line >= ? AND (line > ? OR position > ?) ORDER BY line, position LIMIT ?" },
	[Q_REASONS] = { "u", "su", "SELECT reason, COUNT(*) AS times FROM import_refusal WHERE import_id = ? GROUP BY reason"
	    " ORDER BY times DESC, reason" },
};
DB_STATEMENTS(q)

enum { CELLS_MAX = 300 };

bool
import_refusals(struct db *db, struct import_id id, uint64_t after_line, unsigned after_column, size_t max,
    struct import_refused **out, size_t *n, struct arena *a)
{
	const char *cell[CELLS_MAX];
	struct rows rows;

	if (!db_rows(db, &q[Q_AFTER], IN(V_U(id.v), V_U(after_line), V_U(after_line), V_U(after_column), V_U(max)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		size_t ncells = text_split(a, row_s(r, 5), '\x1f', cell, NITEMS(cell));
		struct import_refused *x = &(*out)[i];
		*x = (struct import_refused){ row_u(r, 0), (unsigned)row_u(r, 1), row_u(r, 2) != 0, row_s(r, 3), row_s(r, 4),
		    arena_alloc(a, (ncells + 1) * sizeof(*x->cells)), ncells };
		memcpy(x->cells, cell, ncells * sizeof(*cell));
	}
	return true;
}

bool
import_reasons(struct db *db, struct import_id id, struct import_reason **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_REASONS], IN(V_U(id.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct import_reason){ row_s(&rows.row[i], 0), row_u(&rows.row[i], 1) };
	return true;
}
