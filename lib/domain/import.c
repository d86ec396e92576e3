/*
 * import.c - an import's row: read, started, thrown away, looked into. import_take.c makes it.
 */
#include "domain/import.h"
#include "domain/import_in.h"

#include <unistd.h>

#include "domain/audit.h"
#include "domain/job.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/conf.h"
#include "plumb/csv.h"
#include "plumb/db.h"
#include "plumb/text.h"

#define COLUMNS "id, organisation_id, kind, state, file_name, path, bytes, charset, separator_char, mapping, header," \
	" offset_bytes, line, rows_read, rows_added, rows_updated, rows_same, rows_merged, rows_refused," \
	" phones_refused, cells_refused, created_by, created_at, finished_at, workbook, known,"\
	" undo_removed, undo_restored, undo_kept, rule, journal"
#define OUT "uussssussssuuuuuuuuuuuiiuuuuusu"

enum { Q_BY_ID, Q_ANY, Q_LIST, Q_START, Q_DISCARD, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_BY_ID] = { "uu", OUT, "SELECT " COLUMNS " FROM import WHERE organisation_id = ? AND id = ?" },
	[Q_ANY]   = { "u", OUT, "SELECT " COLUMNS " FROM import WHERE id = ?" },
	[Q_LIST]  = { "u", OUT, "SELECT " COLUMNS " FROM import WHERE organisation_id = ? ORDER BY id DESC LIMIT 50" },
	[Q_START] = { "ssuu", "", "UPDATE import SET mapping = ?, rule = ?, state = 'queued' WHERE organisation_id = ? AND id = ? AND state = 'uploaded'" },
	[Q_DISCARD] = { "uu", "", "DELETE FROM import WHERE organisation_id = ? AND id = ? AND state = 'uploaded'" },
};
DB_STATEMENTS(q)

static const char *const states[] = { "uploaded", "queued", "running", "done", "failed", "undoing", "undone" };

static const char *const rules[] = { "correct", "fill", "ask" };

const char *
import_rule_code(enum import_rule r)
{
	return rules[r];
}

enum import_rule
import_rule_of(const char *code)
{
	for (size_t i = 0; i < NITEMS(rules); i++)
		if (strcmp(code, rules[i]) == 0)
			return (enum import_rule)i;
	return IMPORT_CORRECT;
}

const char *
import_file(struct arena *a, const char *path)
{
	return arena_fmt(a, "%s/imports/%s", conf.data, path);
}

/* Column by column; the mapping may be shorter than the header when nothing was chosen yet. */
static void
fill_columns(struct import *im, const char *header, const char *mapping, struct arena *a)
{
	const char *code[IMPORT_COLUMNS_MAX];
	size_t n = text_split(a, mapping, ',', code, NITEMS(code));

	im->header_text = header;
	im->ncolumns = text_split(a, header, '\x1f', im->header, NITEMS(im->header));
	if (n == 0 && im->ncolumns > 0)
		import_guess_columns(a, im->kind, im->header, im->ncolumns, im->mapping);
	for (size_t i = 0; i < n && i < im->ncolumns; i++)
		if (!import_own_take(im, i, code[i]))
			im->mapping[i] = import_field_of_code(code[i]);
}

static void
fill(struct import *im, const struct row *r, struct arena *a)
{
	*im = (struct import){ .id = { row_u(r, 0) }, .organisation = { row_u(r, 1) }, .kind = person_kind_of(row_s(r, 2)),
	    .file_name = row_s(r, 4), .path = import_file(a, row_s(r, 5)), .bytes = row_u(r, 6), .charset = row_s(r, 7),
	    .separator = *row_s(r, 8) == '\0' ? ';' : *row_s(r, 8) == 't' ? '\t' : *row_s(r, 8),
	    .offset = row_u(r, 11), .line = row_u(r, 12), .rows_read = row_u(r, 13), .rows_added = row_u(r, 14),
	    .rows_updated = row_u(r, 15), .rows_same = row_u(r, 16), .rows_merged = row_u(r, 17), .rows_refused = row_u(r, 18),
	    .phones_refused = row_u(r, 19), .cells_refused = row_u(r, 20), .created_by = { row_u(r, 21) },
	    .created_at = row_i(r, 22), .finished_at = row_i(r, 23),
	    .workbook = row_u(r, 24) != 0, .known = row_u(r, 25) != 0,
	    .undo_removed = row_u(r, 26), .undo_restored = row_u(r, 27), .undo_kept = row_u(r, 28),
	    .rule = import_rule_of(row_s(r, 29)), .journal = row_u(r, 30) != 0 };
	for (size_t i = 0; i < NITEMS(states); i++)
		if (strcmp(row_s(r, 3), states[i]) == 0)
			im->state = (enum import_state)i;
	fill_columns(im, row_s(r, 10), row_s(r, 9), a);
}

enum found
import_by_id(struct db *db, struct organisation_id org, struct import_id id, struct import *out, struct arena *a)
{
	struct row row;
	enum found f = org.v == 0 ? db_row(db, &q[Q_ANY], IN(V_U(id.v)), a, &row)
	    : db_row(db, &q[Q_BY_ID], IN(V_U(org.v), V_U(id.v)), a, &row);

	if (f != FOUND)
		return f;
	fill(out, &row, a);
	/* columns that nobody has chosen yet */
	return *row_s(&row, 9) == '\0' && out->state == IMPORT_UPLOADED && !import_own_guess(db, out, a) ? FAILED : FOUND;
}

bool
import_list(struct db *db, struct organisation_id org, struct import **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_LIST], IN(V_U(org.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		fill(&(*out)[i], &rows.row[i], a);
	return true;
}

struct change {
	struct organisation_id org;
	struct user_id by;
	struct import_id id;
	enum person_kind kind;
	const char *file_name, *header, *mapping;
	enum import_rule rule;
	uint64_t bytes;
	int64_t now;
	bool done;			/* by somebody before us */
};

static enum saved
saved_of(enum tx tx)
{
	return tx == TX_DONE ? SAVED : tx == TX_UNSURE ? UNSURE : NOT_SAVED;
}

static bool
start(struct db *db, void *ctx)
{
	struct change *t = ctx;
	struct job_id job;
	uint64_t n = 0;

	if (db_write(db, &q[Q_START], IN(V_S(t->mapping), V_S(import_rule_code(t->rule)), V_U(t->org.v), V_U(t->id.v)), &n) == NOT_WRITTEN)
		return false;
	t->done = n == 0;
	return n == 0 || (import_save_mapping(db, t->org, t->kind, t->header, t->mapping, t->rule, t->now) &&
	    job_queue(db, t->org, "import", t->id.v, t->bytes, t->by, t->now, &job) &&
	    audit_add(db, t->org, t->by, t->now, "import.start", "import", t->id.v, t->file_name));
}

enum saved
import_start(struct db *db, struct organisation_id org, struct user_id by, struct import_id id,
    const enum import_field *mapping, size_t n, enum import_rule rule, int64_t now, enum refusal *why, struct arena *a)
{
	struct import *columns = arena_alloc(a, sizeof(*columns));

	columns->ncolumns = n;
	memcpy(columns->mapping, mapping, n * sizeof(*mapping));
	return import_start_columns(db, org, by, id, columns, rule, now, why, a);
}

/* The code of the own field that the column goes to, when the organisation still has it in use; "" otherwise. */
static const char *
own_code(const struct import *columns, size_t column, const struct custom_field *field, size_t n, struct arena *a)
{
	const struct own_column *own = import_own_at(columns, column);

	for (size_t i = 0; own != NULL && i < n; i++)
		if (field[i].id == own->field && field[i].form == own->form && !field[i].put_away)
			return custom_code(a, &field[i]);
	return "";
}

enum saved
import_start_columns(struct db *db, struct organisation_id org, struct user_id by, struct import_id id, const struct import *columns,
    enum import_rule rule, int64_t now, enum refusal *why, struct arena *a)
{
	const enum import_field *mapping = columns->mapping;
	size_t n = columns->ncolumns, nfields;
	struct custom_field *field;
	struct change t = { .org = org, .by = by, .id = id, .rule = rule, .now = now };
	bool used[IF__MAX] = { false };
	struct import im;
	struct buf b;
	enum tx tx;

	switch (import_by_id(db, org, id, &im, a)) {
	case FOUND:  break;
	case NONE:   return *why = R_NOT_FOUND, REFUSED;
	case FAILED: return NOT_SAVED;
	}
	if (!custom_fields(db, org, im.kind, &field, &nfields, a))
		return NOT_SAVED;
	for (size_t i = 0; i < columns->nown; i++)
		for (size_t k = 0; k < i; k++)
			if (columns->own[k].field == columns->own[i].field)
				return *why = R_COLUMN_TWICE, REFUSED;
	buf_init_in(&b, a, 4000);
	for (size_t i = 0; i < n && i < im.ncolumns; i++) {
		if (mapping[i] != IF_NONE && (used[mapping[i]] || !import_field_of(mapping[i], im.kind)))
			return *why = R_COLUMN_TWICE, REFUSED;
		used[mapping[i]] = true;
		buf_text(&b, i > 0 ? "," : "");
		buf_text(&b, mapping[i] == IF_NONE ? own_code(columns, i, field, nfields, a) : import_field_code(mapping[i]));
	}
	if (!used[IF_LAST_NAME] && !used[IF_FIRST_NAME])
		return *why = R_NO_NAME_COLUMN, REFUSED;
	t.mapping = b.data;
	t.bytes = im.bytes;
	t.kind = im.kind;
	t.header = im.header_text;
	t.file_name = im.file_name;
	tx = tx_write(db, start, &t);
	return tx == TX_DONE && t.done ? ALREADY : saved_of(tx);
}

static bool
discard(struct db *db, void *ctx)
{
	struct change *t = ctx;
	uint64_t n = 0;

	if (db_write(db, &q[Q_DISCARD], IN(V_U(t->org.v), V_U(t->id.v)), &n) == NOT_WRITTEN)
		return false;
	t->done = n == 0;
	return n == 0 || audit_add(db, t->org, t->by, t->now, "import.discard", "import", t->id.v, t->file_name);
}

enum saved
import_discard(struct db *db, struct organisation_id org, struct user_id by, struct import_id id, int64_t now, struct arena *a)
{
	struct change t = { .org = org, .by = by, .id = id, .now = now };
	struct import im;
	enum tx tx;

	switch (import_by_id(db, org, id, &im, a)) {
	case FOUND:  break;
	case NONE:   return ALREADY;
	case FAILED: return NOT_SAVED;
	}
	t.file_name = im.file_name;
	tx = tx_write(db, discard, &t);
	if (tx == TX_DONE && !t.done)
		unlink(im.path);
	return tx == TX_DONE && t.done ? ALREADY : saved_of(tx);
}

bool
import_preview(const struct import *im, struct import_sample *out, size_t max, size_t *n, struct arena *a)
{
	struct csv_shape shape = { .separator = im->separator, .text = true };
	struct csv *csv;
	struct csv_row row;
	enum found f = FOUND;

	*n = 0;
	snprintf(shape.charset, sizeof(shape.charset), "%s", im->charset);
	if ((csv = csv_open(im->path, &shape, 0, 0)) == NULL)
		return false;
	if (csv_next(csv, &row) == FOUND)		/* the header */
		while (*n < max && (f = csv_next(csv, &row)) == FOUND) {
			struct import_sample *s = &out[(*n)++];
			*s = (struct import_sample){ .line = row.line, .ncells = row.ncells };
			s->cell = arena_alloc(a, (row.ncells + 1) * sizeof(*s->cell));
			for (size_t i = 0; i < row.ncells; i++)
				s->cell[i] = arena_strdup(a, row.cell[i]);
			s->refused = row.not_text ? R_NOT_TEXT : row.bad_quote ? R_ROW_BAD_QUOTE :
			    import_read_row(a, im->mapping, im->ncolumns, s->cell, s->ncells, &s->row);
			if (s->refused == R_NONE)
				import_own_read(a, im, s->cell, s->ncells, &s->row);
		}
	csv_close(csv);
	return f != FAILED;
}
