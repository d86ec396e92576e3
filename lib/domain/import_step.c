/*
 * import_step.c - the worker's part: one page of rows in one transaction, with its place in the file.
 */
#include "domain/import_in.h"

#include <unistd.h>

#include "domain/audit.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/csv.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/text.h"

enum { Q_TURN, Q_LOCK, Q_PLACE, Q_FAIL, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_TURN]  = { "u", "", "INSERT INTO import_turn (organisation_id, turn) VALUES (?, 1) ON DUPLICATE KEY UPDATE turn = turn + 1" },
	[Q_LOCK]  = { "u", "us", "SELECT offset_bytes, state FROM import WHERE id = ? FOR UPDATE" },
	[Q_PLACE] = { "suuuuuuuuuuiu", "", "UPDATE import SET state = ?, offset_bytes = ?, line = ?, rows_read = rows_read + ?,"
	    " rows_added = rows_added + ?, rows_updated = rows_updated + ?, rows_same = rows_same + ?, rows_merged = rows_merged + ?,"
	    " rows_refused = rows_refused + ?, phones_refused = phones_refused + ?, cells_refused = cells_refused + ?,"
	    " finished_at = ? WHERE id = ?" },
	[Q_FAIL]  = { "iu", "", "UPDATE import SET state = 'failed', finished_at = ? WHERE id = ? AND state <> 'done'" },
};
DB_STATEMENTS(q)

/* The file of the import at work, kept open from step to step: reopening a UTF-16 file converts it anew. */
static struct { uint64_t id; struct csv *csv; } at_work;

static void
let_go(void)
{
	csv_close(at_work.csv);
	at_work.csv = NULL;
	at_work.id = 0;
}

static struct csv *
file_of(const struct import *im)
{
	struct csv_shape shape = { .separator = im->separator, .text = true };
	struct csv_row header;

	if (at_work.csv != NULL && at_work.id == im->id.v && csv_offset(at_work.csv) == im->offset)
		return at_work.csv;
	let_go();
	snprintf(shape.charset, sizeof(shape.charset), "%s", im->charset);
	at_work.csv = csv_open(im->path, &shape, im->offset, im->line);
	at_work.id = im->id.v;
	if (at_work.csv != NULL && im->offset == 0 && csv_next(at_work.csv, &header) == FAILED)
		let_go();
	return at_work.csv;
}

static const char *
join_cells(struct arena *a, const struct csv_row *row)
{
	struct buf b;

	buf_init_in(&b, a, 16 * 1024);
	for (size_t i = 0; i < row->ncells && !b.full; i++) {
		buf_text(&b, i > 0 ? "\x1f" : "");
		buf_text(&b, row->cell[i]);
	}
	return b.data == NULL ? "" : b.data;
}

static bool
blank_row(const struct csv_row *row)
{
	for (size_t i = 0; i < row->ncells; i++)
		if (!text_is_blank(row->cell[i]))
			return false;
	return true;
}

/* False: the file cannot be read. *end: nothing comes after this page. */
static bool
read_page(struct page *p, struct csv *csv, bool *end)
{
	uint64_t from = csv_offset(csv);
	struct csv_row row;
	enum found f = FOUND;

	while (p->nrows < PAGE_ROWS && csv_offset(csv) - from < PAGE_BYTES && (f = csv_next(csv, &row)) == FOUND) {
		struct irow *r = &p->row[p->nrows];
		if (!row.not_text && blank_row(&row))
			continue;
		r->line = row.line;
		r->refused = row.not_text ? R_NOT_TEXT : row.bad_quote ? R_ROW_BAD_QUOTE : row.too_long ? R_TOO_LONG :
		    import_read_row(p->a, p->im->mapping, p->im->ncolumns, row.cell, row.ncells, &r->row);
		if (r->refused == R_NONE)
			import_own_read(p->a, p->im, row.cell, row.ncells, &r->row);
		r->nread = r->row.nrefused;
		/* kept for every row that may yet be refused: as somebody else's number, or for want of room */
		if (r->refused != R_NONE || r->row.nrefused > 0 || r->row.value[IF_BIRTH_DATE] != NULL || r->row.value[IF_NOTES] != NULL ||
		    r->row.value[IF_TAGS] != NULL)
			r->text = join_cells(p->a, &row);
		if (r->refused == R_NONE)
			import_keys(p, r);
		p->nrows++;
	}
	*end = f == NONE;
	return f != FAILED;
}

static void
add_person(struct page *p, const struct irow *r)
{
	struct known *k = arena_alloc(p->a, sizeof(*k));

	memcpy(k->value, r->row.value, sizeof(k->value));
	if (p->im->nown > 0) {
		k->own = arena_alloc(p->a, p->im->nown * sizeof(*k->own));
		memcpy(k->own, r->row.own, p->im->nown * sizeof(*k->own));
	}
	for (size_t i = 0; i < r->row.nphones; i++)
		k->phone[k->nphones++] = (struct known_phone){ r->row.phone[i].kind, r->row.phone[i].e164, r->row.phone[i].extension, false };
	k->numbered = r->numbered;
	k->key = r->numbered ? r->strong : r->weak;
	k->has_key = true;
	k->name = r->name;
	k->has_address = r->has_address;
	k->address = r->address;
	k->seen = k->touched = k->changed = true;
	page_add(p, k);
	p->added++;
}

static void
count_refused(struct page *p, const struct irow *r)
{
	for (size_t j = 0; j < r->row.nrefused; j++) {
		enum refusal why = r->row.refused[j].why;
		bool phone = why == R_PHONE_WORDS || why == R_PHONE_LETTERS || why == R_PHONE_EMERGENCY || why == R_PHONE_IMPOSSIBLE;

		p->phones_refused += phone;
		p->cells_refused += !phone;
	}
}

/* Row after row, so that pages may be cut anywhere. */
static void
decide(struct page *p)
{
	for (size_t i = 0; i < p->nrows; i++) {
		struct irow *r = &p->row[i];
		struct known *k = NULL;
		bool changed;

		p->verdict[i] = r->refused;
		r->row.nrefused = r->nread;		/* the page may be decided again, after a deadlock */
		if (r->refused == R_NONE)
			k = import_find(p, r, &p->verdict[i]);
		if (p->verdict[i] != R_NONE) {
			p->refused++;
			continue;
		}
		if (k == NULL) {
			add_person(p, r);
			count_refused(p, r);
			continue;
		}
		changed = import_merge(p, k, r);
		count_refused(p, r);
		if (k->seen && (changed || k->touched))
			p->merged++;
		else if (changed)
			p->updated++;
		else
			p->same++;
		k->seen = true;
		k->touched = k->touched || changed;
		k->changed = k->changed || changed;
	}
}

struct step {
	const struct import *im;
	struct csv *csv;
	struct irow *row;
	size_t nrows;
	bool end, overtaken;
	int64_t now;
	struct arena *a;
};

static bool
store_page(struct db *db, void *ctx)
{
	struct step *s = ctx;
	struct page *p = arena_alloc(s->a, sizeof(*p));
	struct row was;

	*p = (struct page){ .im = s->im, .now = s->now, .a = s->a, .row = s->row, .nrows = s->nrows };
	p->verdict = arena_alloc(s->a, (s->nrows + 1) * sizeof(*p->verdict));
	if (db_write(db, &q[Q_TURN], IN(V_U(s->im->organisation.v)), NULL) != WROTE ||
	    db_row(db, &q[Q_LOCK], IN(V_U(s->im->id.v)), s->a, &was) != FOUND)
		return false;
	/* another worker took over while this one slept */
	s->overtaken = row_u(&was, 0) != s->im->offset || strcmp(row_s(&was, 1), "done") == 0;
	if (s->overtaken)
		return false;
	if (!import_load_known(db, p))
		return false;
	decide(p);
	if (!import_store(db, p) ||
	    db_write(db, &q[Q_PLACE], IN(V_S(s->end ? "done" : "running"), V_U(csv_offset(s->csv)), V_U(csv_line(s->csv)), V_U(s->nrows),
	    V_U(p->added), V_U(p->updated), V_U(p->same), V_U(p->merged), V_U(p->refused), V_U(p->phones_refused),
	    V_U(p->cells_refused), s->end ? V_I(s->now) : V_NULL, V_U(s->im->id.v)), NULL) != WROTE)
		return false;
	return !s->end || audit_add(db, s->im->organisation, (struct user_id){ 0 }, s->now, "import.done", "import", s->im->id.v,
	    s->im->file_name);
}

static bool
fail_for_good(struct db *db, void *ctx)
{
	struct step *s = ctx;

	return db_write(db, &q[Q_FAIL], IN(V_I(s->now), V_U(s->im->id.v)), NULL) != NOT_WRITTEN &&
	    audit_add(db, s->im->organisation, (struct user_id){ 0 }, s->now, "import.fail", "import", s->im->id.v, "the file cannot be read");
}

bool
import_step(struct db *db, struct import_id id, int64_t now, bool *finished, struct arena *a)
{
	struct import *im = arena_alloc(a, sizeof(*im));
	struct step s = { .im = im, .now = now, .a = a };
	struct page reading = { .im = im, .a = a };
	enum found f = import_by_id(db, (struct organisation_id){ 0 }, id, im, a);
	enum tx tx;

	if (f == FOUND && im->state == IMPORT_UNDOING)
		return import_undo_step(db, im, now, finished, a);
	*finished = f == NONE || (f == FOUND && im->state != IMPORT_QUEUED && im->state != IMPORT_RUNNING);
	if (f == FAILED || *finished)
		return f != FAILED;
	reading.row = s.row = arena_alloc(a, PAGE_ROWS * sizeof(*s.row));
	if ((s.csv = file_of(im)) == NULL || !read_page(&reading, s.csv, &s.end)) {
		let_go();
		*finished = true;
		return tx_write(db, fail_for_good, &s) == TX_DONE;
	}
	s.nrows = reading.nrows;
	tx = tx_write(db, store_page, &s);
	if (tx != TX_DONE)
		let_go();		/* it has read on; the next step starts where the database says */
	if (tx == TX_DONE && s.end) {
		let_go();
		unlink(im->path);	/* personal data: what it held is stored */
		log_event("import done id=%llu", (unsigned long long)id.v);
	}
	*finished = tx == TX_DONE && s.end;
	return tx == TX_DONE || (tx == TX_REFUSED && s.overtaken);
}

bool
import_progress(struct db *db, struct import_id id, uint64_t *done, uint64_t *total, struct arena *a)
{
	struct import *im = arena_alloc(a, sizeof(*im));

	if (import_by_id(db, (struct organisation_id){ 0 }, id, im, a) != FOUND)
		return false;
	*total = im->bytes;
	if (im->state >= IMPORT_UNDOING) {
		*done = im->undo_removed + im->undo_restored + im->undo_kept;
		*total = im->rows_added + im->rows_updated > *done ? im->rows_added + im->rows_updated : *done;
		return true;
	}
	*done = im->state == IMPORT_DONE || im->offset > im->bytes ? im->bytes : im->offset;
	return true;
}
