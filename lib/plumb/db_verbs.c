/*
 * db_verbs.c - what a domain module calls: rows, one row, a write, a procedure; and what it reads from a row.
 */
#include "plumb/db_in.h"

#include "plumb/arena.h"

uint64_t
row_u(const struct row *r, unsigned col)
{
	assert(col < r->ncells);
	assert(r->cells[col].s == NULL);	/* fetched as text, it would be 0: the statement's signature is wrong */
	return r->cells[col].u;
}

int64_t
row_i(const struct row *r, unsigned col)
{
	return (int64_t)row_u(r, col);
}

double
row_d(const struct row *r, unsigned col)
{
	assert(col < r->ncells);
	return r->cells[col].d;
}

const char *
row_s(const struct row *r, unsigned col)
{
	assert(col < r->ncells);
	return r->cells[col].s;
}

const void *
row_b(const struct row *r, unsigned col, size_t *n)
{
	assert(col < r->ncells);
	*n = r->cells[col].n;
	return r->cells[col].s;
}

bool
row_is_null(const struct row *r, unsigned col)
{
	assert(col < r->ncells);
	return r->cells[col].null;
}

static bool
go(struct db *db, struct stmt *def, const struct val *in, size_t nin, struct taker *t)
{
	bool harmless = *def->out != '\0' && strncasecmp(def->sql, "SELECT", 6) == 0;

	for (unsigned tries = 1; ; tries++) {
		struct prepared *p;

		if (!db_may_run(db))
			return false;
		if ((p = db_prepared(db, def)) != NULL && db_run(db, p, in, nin, t))
			return true;
		if (t->given && t->restart == NULL)
			return false;
		if (!db_another_try(db, tries, harmless || p == NULL))
			return false;
		if (t->restart != NULL)
			t->restart(t->ctx);
		t->given = false;
	}
}

struct first { struct row *out; bool have; };

static bool
first_row(void *ctx, size_t set, const struct row *r)
{
	struct first *f = ctx;

	(void)set;
	*f->out = *r;
	f->have = true;
	return false;
}

static void
first_restart(void *ctx)
{
	((struct first *)ctx)->have = false;
}

enum found
db_row(struct db *db, struct stmt *def, const struct val *in, size_t nin, struct arena *a, struct row *out)
{
	struct first f = { out, false };
	struct taker t = { .row = first_row, .restart = first_restart, .ctx = &f, .arena = a, .keep = true };

	*out = (struct row){ 0 };
	if (!go(db, def, in, nin, &t))
		return FAILED;
	return f.have ? FOUND : NONE;
}

struct sets { struct rows *rows; size_t max; size_t *cap; struct arena *arena; };

static bool
sets_row(void *ctx, size_t set, const struct row *r)
{
	struct sets *s = ctx;
	struct rows *rows = &s->rows[set];

	assert(set < s->max);
	if (rows->n == s->cap[set]) {
		size_t cap = rows->n == 0 ? 8 : rows->n * 2;
		struct row *all = arena_alloc(s->arena, cap * sizeof(*all));

		if (rows->n > 0)
			memcpy(all, rows->row, rows->n * sizeof(*all));
		rows->row = all;
		s->cap[set] = cap;
	}
	rows->row[rows->n++] = *r;
	return true;
}

static void
sets_restart(void *ctx)
{
	struct sets *s = ctx;

	for (size_t i = 0; i < s->max; i++) {
		s->rows[i] = (struct rows){ 0 };
		s->cap[i] = 0;
	}
}

bool
db_call(struct db *db, struct stmt *def, const struct val *in, size_t nin,
    struct arena *a, struct rows *sets, size_t max, size_t *n)
{
	size_t cap[DB_SETS_MOST];
	struct sets s = { sets, max, cap, a };
	struct taker t = { .row = sets_row, .restart = sets_restart, .ctx = &s, .arena = a, .keep = true };
	bool ok;

	assert(max <= DB_SETS_MOST);
	sets_restart(&s);
	ok = go(db, def, in, nin, &t);
	*n = ok ? t.nsets : 0;
	return ok;
}

bool
db_rows(struct db *db, struct stmt *def, const struct val *in, size_t nin, struct arena *a, struct rows *out)
{
	size_t n;

	return db_call(db, def, in, nin, a, out, 1, &n);
}

struct each { bool (*fn)(void *, const struct row *); void *ctx; struct arena *arena; };

static bool
each_row(void *ctx, size_t set, const struct row *r)
{
	struct each *e = ctx;
	bool more = e->fn(e->ctx, r);

	(void)set;
	arena_reset(e->arena);
	return more;
}

bool
db_each(struct db *db, struct stmt *def, const struct val *in, size_t nin,
    bool (*fn)(void *ctx, const struct row *), void *ctx)
{
	struct each e = { fn, ctx, arena_new() };
	struct taker t = { .row = each_row, .ctx = &e, .arena = e.arena };
	bool ok = go(db, def, in, nin, &t);

	arena_free(e.arena);
	return ok;
}

enum wrote
db_write(struct db *db, struct stmt *def, const struct val *in, size_t nin, uint64_t *affected)
{
	struct taker t = { .duplicate_is_fine = true };

	if (affected != NULL)
		*affected = 0;
	if (!go(db, def, in, nin, &t))
		return NOT_WRITTEN;
	if (t.duplicate)
		return DUPLICATE;
	if (affected != NULL)
		*affected = t.affected;
	return WROTE;
}

bool
db_rows_of(struct db *db, const char *sql, const char *out, const struct val *in, size_t nin,
    struct arena *a, struct rows *rows)
{
	char *kinds = arena_alloc(a, nin + 1);
	struct stmt def = { .in = kinds, .out = out, .sql = sql };
	size_t cap[1];
	struct sets s = { rows, 1, cap, a };
	struct taker t = { .row = sets_row, .restart = sets_restart, .ctx = &s, .arena = a, .keep = true };

	for (size_t i = 0; i < nin; i++)
		kinds[i] = in[i].kind == 0 ? 's' : in[i].kind;
	for (unsigned tries = 1; ; tries++) {
		struct prepared p = { 0 };
		bool ok;

		sets_restart(&s);
		if (!db_may_run(db))
			return false;
		ok = db_prepare_as(db, &def, &p) && db_run(db, &p, in, nin, &t);
		db_unprepare(&p);
		if (ok)
			return true;
		if (!db_another_try(db, tries, true))
			return false;
	}
}
