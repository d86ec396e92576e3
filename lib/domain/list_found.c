/*
 * list_found.c - who fits a filter: how many, and their ids, by whatever indexes fit.
 */
#include "domain/list_in.h"

#include "plumb/arena.h"

/* A filter of several ways as the union of them, each from its own index; NULL: too long for one statement. */
static const char *
union_sql(struct organisation_id org, const struct people_filter *f, unsigned ways, uint64_t most, struct clause *out,
    struct arena *a)
{
	struct clause *c = arena_alloc(a, sizeof(*c));
	struct buf b;

	buf_init_in(&b, a, CLAUSE_BYTES);
	for (c->way = 1; c->way <= ways; c->way++) {
		people_clause(a, org, f, c);
		if (out->n + c->n > CLAUSE_VALUES)
			return NULL;
		/* the first `most` of each way are enough to say that there are so many */
		buf_fmt(&b, "%s(SELECT p.id FROM person p WHERE %s LIMIT %llu)", c->way > 1 ? " UNION " : "", c->sql.data,
		    (unsigned long long)most);
		memcpy(&out->in[out->n], c->in, c->n * sizeof(*c->in));
		out->n += c->n;
	}
	return b.full ? NULL : b.data;
}

/* "SELECT id ..." of at most `most` people who fit, found by whatever indexes fit; its values in `out`. */
static const char *
found_sql(struct organisation_id org, const struct people_filter *f, uint64_t most, struct clause *out, struct arena *a)
{
	unsigned ways = filter_ways(&f->conditions);
	const char *words = words_found(a, org, f, most, out), *several;

	if (words != NULL)
		return words;
	if (ways > 1 && (several = union_sql(org, f, ways, most, out, a)) != NULL)
		return arena_fmt(a, "SELECT u.id FROM (%s) u LIMIT %llu", several, (unsigned long long)most);
	people_clause(a, org, f, out);
	return arena_fmt(a, "SELECT p.id FROM person p WHERE %s LIMIT %llu", out->sql.data, (unsigned long long)most);
}

static bool
count_to(struct db *db, struct organisation_id org, const struct people_filter *f, uint64_t most, uint64_t *n, struct arena *a)
{
	struct clause *c = arena_alloc(a, sizeof(*c));
	const char *found = found_sql(org, f, most, c, a);
	struct rows rows;

	if (!db_rows_of(db, arena_fmt(a, "SELECT COUNT(*) FROM (%s) some", found), "u", c->in, c->n, a, &rows) || rows.n != 1)
		return false;
	*n = row_u(&rows.row[0], 0);
	return true;
}

bool
people_count(struct db *db, struct organisation_id org, const struct people_filter *f, uint64_t *n, struct arena *a)
{
	return count_to(db, org, f, PEOPLE_COUNTED + 1, n, a);
}

bool
people_count_all(struct db *db, struct organisation_id org, const struct people_filter *f, uint64_t *n, struct arena *a)
{
	return count_to(db, org, f, UINT32_MAX, n, a);
}

bool
people_narrowed(const struct people_filter *f)
{
	return *f->city != '\0' || *f->tag != '\0' || *f->subdivision != '\0' || *f->language != '\0' || f->has_phone ||
	    f->not_voted || f->conditions.n > 0 || f->conditions.broken;
}

static int
by_id(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Who fits by one statement, beside whom was found before. */
static bool
find_more(struct db *db, const char *sql, const struct clause *c, struct matches *f, struct arena *a)
{
	uint64_t *both;
	struct rows rows;
	size_t kept = 0;

	if (!db_rows_of(db, sql, "u", c->in, c->n, a, &rows))
		return false;
	both = arena_alloc(a, (f->n + rows.n + 1) * sizeof(*both));
	memcpy(both, f->id, f->n * sizeof(*both));
	for (size_t i = 0; i < rows.n; i++)
		both[f->n + i] = row_u(&rows.row[i], 0);
	qsort(both, f->n + rows.n, sizeof(*both), by_id);
	for (size_t i = 0; i < f->n + rows.n; i++)
		if (kept == 0 || both[kept - 1] != both[i])
			both[kept++] = both[i];
	*f = (struct matches){ both, kept, kept > PEOPLE_COUNTED };
	return true;
}

/* Of a filter with several ways one is asked after the other, from whom it finds to the people: often the first finds too
 * many, and its end is not waited for. */
static bool
find_all(struct db *db, struct organisation_id org, const struct people_filter *f, struct matches *found, struct arena *a)
{
	unsigned ways = filter_ways(&f->conditions);
	struct clause *c = arena_alloc(a, sizeof(*c));

	*found = (struct matches){ arena_alloc(a, sizeof(*found->id)), 0, false };
	if (ways == 1)
		return find_more(db, found_sql(org, f, PEOPLE_COUNTED + 1, c, a), c, found, a);
	for (c->way = 1; c->way <= ways && !found->many; c->way++) {
		people_clause(a, org, f, c);
		if (!find_more(db, arena_fmt(a, "SET STATEMENT optimizer_switch = 'materialization=off' FOR SELECT p.id FROM person p WHERE %s LIMIT %d",
		    c->sql.data, PEOPLE_COUNTED + 1), c, found, a))
			return false;
	}
	return true;
}

bool
people_find(struct db *db, struct organisation_id org, const struct people_filter *f, struct matches *found, uint64_t *total, struct arena *a)
{
	*found = (struct matches){ .many = true };
	/* everybody fits, and counting them is a look at one index */
	if (*f->search == '\0' && !people_narrowed(f))
		return people_count(db, org, f, total, a);
	if (!find_all(db, org, f, found, a))
		return false;
	*total = found->many ? PEOPLE_COUNTED + 1 : found->n;
	return true;
}
