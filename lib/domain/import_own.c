/*
 * import_own.c - columns that go to fields of the organisation's own: read, added to people, stored, and taken back.
 * A file without such a column runs none of it.
 */
#include "domain/import_in.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"
#include "plumb/text.h"

#define IDS "JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j"
#define OURS "import_before b JOIN person p ON p.id = b.person_id AND p.updated_at = b.written_at AND p.changed_import = b.import_id"
#define PAGE "b.import_id = ? AND b.person_id <= ?"

enum { Q_VALUES, Q_SET, Q_BEFORE, Q_LESS, Q_BACK, Q_DONE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_VALUES] = { "s", "uus", "SELECT v.person_id, v.field_id, v.value FROM " IDS " STRAIGHT_JOIN custom_value v ON v.person_id = j.id" },
	[Q_SET]    = { "uus", "", "INSERT INTO custom_value (person_id, field_id, value) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)" },
	/* the first time only, as journal_changed */
	[Q_BEFORE] = { "usu", "", "INSERT INTO import_before_own (import_id, person_id, field_id, value) SELECT ?, v.person_id, v.field_id, v.value FROM " IDS
	    " STRAIGHT_JOIN custom_value v ON v.person_id = j.id"
	    " WHERE NOT EXISTS (SELECT 1 FROM import_before b WHERE b.import_id = ? AND b.person_id = j.id)" },
	[Q_LESS]   = { "uu", "", "DELETE v FROM " OURS " JOIN custom_value v ON v.person_id = p.id LEFT JOIN import_before_own o"
	    " ON o.import_id = b.import_id AND o.person_id = v.person_id AND o.field_id = v.field_id WHERE " PAGE " AND o.field_id IS NULL" },
	[Q_BACK]   = { "uu", "", "UPDATE " OURS " JOIN import_before_own o ON o.import_id = b.import_id AND o.person_id = b.person_id"
	    " JOIN custom_value v ON v.person_id = o.person_id AND v.field_id = o.field_id SET v.value = o.value WHERE " PAGE },
	[Q_DONE]   = { "uu", "", "DELETE FROM import_before_own WHERE import_id = ? AND person_id <= ?" },
};
DB_STATEMENTS(q)

/* --- columns --- */

const struct own_column *
import_own_at(const struct import *im, size_t column)
{
	for (size_t i = 0; i < im->nown; i++)
		if (im->own[i].column == column)
			return &im->own[i];
	return NULL;
}

bool
import_own_take(struct import *im, size_t column, const char *code)
{
	struct own_column own = { .column = column };

	if (!custom_of_code(code, &own.field, &own.form) || im->nown == NITEMS(im->own))
		return false;
	for (size_t i = 0; i < im->nown; i++)
		if (im->own[i].column == column)
			return false;
	im->mapping[column] = IF_NONE;
	im->own[im->nown++] = own;
	return true;
}

bool
import_own_guess(struct db *db, struct import *im, struct arena *a)
{
	bool taken[CUSTOM_FIELDS_MAX] = { false };
	struct custom_field *field;
	size_t n;

	if (!custom_fields(db, im->organisation, im->kind, &field, &n, a))
		return false;
	for (size_t c = 0; n > 0 && c < im->ncolumns; c++) {
		const char *header = fold_text(a, im->header[c]);
		for (size_t i = 0; i < n && i < CUSTOM_FIELDS_MAX; i++)
			if (!taken[i] && !field[i].put_away && *header != '\0' && strcmp(header, fold_text(a, field[i].name)) == 0) {
				taken[i] = import_own_take(im, c, custom_code(a, &field[i]));
				break;
			}
	}
	return true;
}

/* --- cells --- */

/* "1 200" is 1200, "-5" stays. */
static const char *
whole(struct arena *a, const char *cell)
{
	char *out = arena_strdup(a, cell), *to = out;

	for (const char *s = cell; *s != '\0'; s++)
		if (strncmp(s, "\u00a0", 2) == 0)
			s++;
		else if (*s != ' ')
			*to++ = *s;
	*to = '\0';
	return out;
}

void
import_own_read(struct arena *a, const struct import *im, const char *const *cell, size_t ncells, struct person_row *row)
{
	static const enum value_kind kind[CUSTOM_FORMS] = { VK_TEXT, VK_TEXT, VK_DATE, VK_YES };

	if (im->nown == 0)
		return;
	row->own = arena_alloc(a, im->nown * sizeof(*row->own));
	for (size_t i = 0; i < im->nown; i++) {
		const struct own_column *own = &im->own[i];
		const char *text = own->column < ncells ? import_cell_text(a, cell[own->column]) : "", *value;
		enum refusal why = R_NONE;
		if (*text == '\0')
			continue;
		value = import_read_value(a, kind[own->form], text, &why);
		if (why == R_NONE && value != NULL)
			value = custom_read(a, own->form, own->form == CUSTOM_NUMBER ? whole(a, value) : value, &why);
		if (why != R_NONE)
			import_leave_out(row, own->column, why, text);
		else
			row->own[i] = value;
	}
}

/* --- people --- */

bool
import_own_known(struct db *db, struct page *p)
{
	struct rows rows;
	struct buf ids;

	if (p->im->nown == 0 || p->nknown == 0)
		return true;
	id_list_open(&ids, p->a);
	for (size_t i = 0; i < p->nknown; i++) {
		p->known[i]->own = arena_alloc(p->a, p->im->nown * sizeof(*p->known[i]->own));
		id_list_id(&ids, p->known[i]->id);
	}
	if (!db_rows(db, &q[Q_VALUES], IN(V_S(id_list_close(&ids))), p->a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		struct known *k = import_with_id(p, row_u(&rows.row[i], 0));
		for (size_t c = 0; k != NULL && c < p->im->nown; c++)
			if (p->im->own[c].field == row_u(&rows.row[i], 1))
				k->own[c] = row_s(&rows.row[i], 2);
	}
	return true;
}

bool
import_own_merge(struct page *p, struct known *k, const struct irow *r)
{
	bool fill = k->seen || p->im->rule != IMPORT_CORRECT, changed = false;

	for (size_t i = 0; i < p->im->nown; i++) {
		const char *v = r->row.own[i];
		if (v == NULL || (k->own[i] != NULL && strcmp(k->own[i], v) == 0))
			continue;
		if (fill && k->own[i] != NULL) {
			import_add_conflict(p, k, r, IF_NONE, &p->im->own[i], v);
			continue;
		}
		k->own[i] = v;
		k->own_changed |= UINT64_C(1) << i;
		changed = true;
	}
	return changed;
}

bool
import_own_store(struct db *db, struct page *p, const bool *added)
{
	struct val *in;
	size_t n = 0;

	if (p->im->nown == 0)
		return true;
	in = arena_alloc(p->a, (p->nknown * p->im->nown * 3 + 1) * sizeof(*in));
	for (size_t i = 0; i < p->nknown; i++) {
		const struct known *k = p->known[i];
		for (size_t c = 0; k->own != NULL && c < p->im->nown; c++) {
			if (k->own[c] == NULL || !(added[i] || (k->own_changed & (UINT64_C(1) << c)) != 0))
				continue;
			in[n++] = V_U(k->id);
			in[n++] = V_U(p->im->own[c].field);
			in[n++] = V_S(k->own[c]);
		}
	}
	return n == 0 || db_bulk(db, &q[Q_SET], in, 3, n / 3) == WROTE;
}

/* --- undoing --- */

bool
journal_own(struct db *db, const struct page *p, const char *ids)
{
	return p->im->nown == 0 || db_write(db, &q[Q_BEFORE], IN(V_U(p->im->id.v), V_S(ids), V_U(p->im->id.v)), NULL) == WROTE;
}

bool
import_own_restore(struct db *db, const struct import *im, uint64_t last)
{
	const struct val id = V_U(im->id.v), to = V_U(last);

	return im->nown == 0 || (db_write(db, &q[Q_LESS], IN(id, to), NULL) == WROTE && db_write(db, &q[Q_BACK], IN(id, to), NULL) == WROTE);
}

bool
import_own_restored(struct db *db, const struct import *im, uint64_t last)
{
	return im->nown == 0 || db_write(db, &q[Q_DONE], IN(V_U(im->id.v), V_U(last)), NULL) == WROTE;
}
