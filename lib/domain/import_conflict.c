/*
 * import_conflict.c - values that a file has otherwise than a person, when somebody decides between them.
 */
#include "domain/import_in.h"

#include "domain/audit.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"

enum { DECIDE_ROWS = 500, DECIDE_PAGES = 20 };

#define IDS "JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j"
#define OUT "uuuss"
#define ROW "c.id, c.line, c.person_id, c.field, c.theirs"

enum { Q_ADD, Q_LIST, Q_COUNT, Q_NAMED, Q_LOCK, Q_GONE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ADD]   = { "uuuss", "", "INSERT INTO import_conflict (import_id, person_id, line, field, theirs) VALUES (?, ?, ?, ?, ?)" },
	[Q_LIST]  = { "uu", OUT, "SELECT " ROW " FROM import_conflict c WHERE import_id = ? ORDER BY id LIMIT ?" },
	[Q_COUNT] = { "u", "u", "SELECT COUNT(*) FROM import_conflict WHERE import_id = ?" },
	[Q_NAMED] = { "su", OUT, "SELECT " ROW " FROM " IDS " STRAIGHT_JOIN import_conflict c ON c.id = j.id AND c.import_id = ? FOR UPDATE" },
	[Q_LOCK]  = { "uu", "s", "SELECT state FROM import WHERE organisation_id = ? AND id = ? FOR UPDATE" },
	[Q_GONE]  = { "su", "", "DELETE c FROM " IDS " STRAIGHT_JOIN import_conflict c ON c.id = j.id AND c.import_id = ?" },
};
DB_STATEMENTS(q)

bool
conflicts_store(struct db *db, const struct page *p)
{
	struct val *in, *v;
	size_t n = 0;

	for (const struct conflict *c = p->conflicts; c != NULL; c = c->next)
		n++;
	if (n == 0)
		return true;
	in = arena_alloc(p->a, n * 5 * sizeof(*in));
	v = in + n * 5;
	for (const struct conflict *c = p->conflicts; c != NULL; c = c->next) {
		v -= 5;					/* in the order of the file */
		v[0] = V_U(p->im->id.v);
		v[1] = V_U(c->who->id);
		v[2] = V_U(c->line);
		v[3] = V_S(c->own == NULL ? import_field_code(c->field) :
		    custom_code(p->a, &(struct custom_field){ .id = c->own->field, .form = c->own->form }));
		v[4] = V_S(c->theirs);
	}
	return db_bulk(db, &q[Q_ADD], in, 5, n) == WROTE;
}

/* The people of some conflicts, as they are now. */
static bool
load_people(struct db *db, struct page *p, const struct rows *rows, bool lock)
{
	struct buf ids;
	uint64_t last = 0;

	id_list_open(&ids, p->a);
	for (size_t i = 0; i < rows->n; i++)
		if (row_u(&rows->row[i], 2) != last)
			id_list_id(&ids, last = row_u(&rows->row[i], 2));
	return ids.len <= 1 || import_load_ids(db, p, id_list_close(&ids), lock);
}

/* Which of the import's own columns that is; im->nown: none. */
static size_t
own_of(const struct import *im, const char *code)
{
	enum custom_form form;
	uint64_t field = 0;
	size_t i = 0;

	if (!custom_of_code(code, &field, &form))
		return im->nown;
	while (i < im->nown && im->own[i].field != field)
		i++;
	return i;
}

static const char *
own_name(const struct custom_field *field, size_t n, uint64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (field[i].id == id)
			return field[i].name;
	return "";
}

bool
import_conflicts(struct db *db, struct import_id id, size_t max, struct import_conflict **out, size_t *n, uint64_t *total, struct arena *a)
{
	struct import *im = arena_alloc(a, sizeof(*im));
	struct page *p = arena_alloc(a, sizeof(*p));
	struct custom_field *field;
	size_t nfields;
	struct rows rows;
	struct row count;

	*n = 0;
	if (import_by_id(db, (struct organisation_id){ 0 }, id, im, a) != FOUND ||
	    db_row(db, &q[Q_COUNT], IN(V_U(id.v)), a, &count) != FOUND || !db_rows(db, &q[Q_LIST], IN(V_U(id.v), V_U(max)), a, &rows))
		return false;
	*total = row_u(&count, 0);
	*p = (struct page){ .im = im, .a = a };
	if (!load_people(db, p, &rows, false) || !custom_fields(db, im->organisation, im->kind, &field, &nfields, a))
		return false;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		const struct known *k = import_with_id(p, row_u(r, 2));
		enum import_field f = import_field_of_code(row_s(r, 3));
		size_t own = own_of(im, row_s(r, 3));
		const char *ours = k == NULL ? NULL : own < im->nown ? k->own[own] : k->value[f];
		if (k != NULL)
			(*out)[(*n)++] = (struct import_conflict){ row_u(r, 0), row_u(r, 1), { k->id }, k->value[IF_LAST_NAME],
			    k->value[IF_FIRST_NAME], f, ours == NULL ? "" : ours, row_s(r, 4),
			    own < im->nown ? own_name(field, nfields, im->own[own].field) : NULL };
	}
	return true;
}

struct decision { const struct import *im; struct user_id by; const char *take, *both; uint64_t n; int64_t now; struct arena *a; bool undone; };

/* What the file said becomes the person's; households and keys follow as in an import. */
static bool
take_over(struct db *db, struct page *p, const struct rows *rows)
{
	if (!load_people(db, p, rows, true))
		return false;
	for (size_t i = 0; i < rows->n; i++) {
		struct known *k = import_with_id(p, row_u(&rows->row[i], 2));
		enum import_field f = import_field_of_code(row_s(&rows->row[i], 3));
		size_t own = own_of(p->im, row_s(&rows->row[i], 3));
		if (k != NULL && own < p->im->nown) {
			k->own[own] = row_s(&rows->row[i], 4);
			k->own_changed |= UINT64_C(1) << own;
			k->changed = true;
		}
		if (k == NULL || f == IF_NONE)
			continue;
		k->value[f] = row_s(&rows->row[i], 4);
		k->changed = k->address_changed = true;
		k->has_address = household_key(p->a, k->value[IF_CIVIC_NUMBER], k->value[IF_STREET], k->value[IF_APARTMENT],
		    k->value[IF_CITY], &k->address);
	}
	return import_store(db, p);
}

static bool
decide(struct db *db, void *ctx)
{
	struct decision *d = ctx;
	struct page *p = arena_alloc(d->a, sizeof(*p));
	const struct val im = V_U(d->im->id.v);
	struct rows rows;
	struct row was;

	*p = (struct page){ .im = d->im, .now = d->now, .a = d->a };
	if (db_row(db, &q[Q_LOCK], IN(V_U(d->im->organisation.v), im), d->a, &was) != FOUND)
		return false;
	d->undone = strcmp(row_s(&was, 0), "done") != 0 && strcmp(row_s(&was, 0), "failed") != 0;
	if (d->undone)
		return false;
	return (d->take == NULL || (db_rows(db, &q[Q_NAMED], IN(V_S(d->take), im), d->a, &rows) && take_over(db, p, &rows))) &&
	    db_write(db, &q[Q_GONE], IN(V_S(d->both), im), &d->n) == WROTE &&
	    audit_add(db, d->im->organisation, d->by, d->now, "import.decide", "import", d->im->id.v,
	    arena_fmt(d->a, "%llu", (unsigned long long)d->n));
}

static enum saved
decided(struct db *db, struct decision *d)
{
	enum tx tx = tx_write(db, decide, d);

	return tx == TX_DONE ? SAVED : tx == TX_UNSURE ? UNSURE : d->undone ? REFUSED : NOT_SAVED;
}

enum saved
import_decide(struct db *db, const struct import *im, struct user_id by, const uint64_t *take, size_t ntake,
    const uint64_t *keep, size_t nkeep, int64_t now, struct arena *a)
{
	struct decision d = { .im = im, .by = by, .now = now, .a = a };
	struct buf some, both;

	if (ntake + nkeep == 0)
		return ALREADY;
	id_list_open(&some, a);
	id_list_open(&both, a);
	for (size_t i = 0; i < ntake; i++) {
		id_list_id(&some, take[i]);
		id_list_id(&both, take[i]);
	}
	for (size_t i = 0; i < nkeep; i++)
		id_list_id(&both, keep[i]);
	d.take = ntake == 0 ? NULL : id_list_close(&some);
	d.both = id_list_close(&both);
	return decided(db, &d);
}

enum saved
import_decide_all(struct db *db, const struct import *im, struct user_id by, bool take, int64_t now, uint64_t *left, struct arena *a)
{
	struct arena *part = arena_new();
	enum saved saved = SAVED;
	struct row count;
	bool more = true;

	for (int i = 0; i < DECIDE_PAGES && more && saved == SAVED; i++) {
		struct rows rows;
		uint64_t *ids;
		arena_reset(part);
		if (!db_rows(db, &q[Q_LIST], IN(V_U(im->id.v), V_U(DECIDE_ROWS)), part, &rows)) {
			saved = NOT_SAVED;
			break;
		}
		if ((more = rows.n > 0)) {
			ids = arena_alloc(part, rows.n * sizeof(*ids));
			for (size_t k = 0; k < rows.n; k++)
				ids[k] = row_u(&rows.row[k], 0);
			saved = import_decide(db, im, by, ids, take ? rows.n : 0, ids, take ? 0 : rows.n, now + i, part);
		}
	}
	arena_free(part);
	if (saved == SAVED && db_row(db, &q[Q_COUNT], IN(V_U(im->id.v)), a, &count) == FOUND)
		*left = row_u(&count, 0);
	else if (saved == SAVED)
		saved = NOT_SAVED;
	return saved;
}
