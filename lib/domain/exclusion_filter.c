/*
 * exclusion_filter.c - whom a saved filter takes off a list: the filter of the people pages over given people.
 */
#include "domain/exclusion_in.h"

#include "domain/list_in.h"
#include "plumb/arena.h"

/* Those of `ids` that the clause over p is true of; with the household, also those who live with somebody it is true of. */
static void
ask(struct buf *sql, struct val *in, size_t *nin, const struct clause *c, const uint64_t *people, size_t n, bool household)
{
	buf_text(sql, household ? " UNION SELECT q.id FROM person q FORCE INDEX (PRIMARY) JOIN person p FORCE INDEX (by_household)"
	    " ON p.household_id = q.household_id WHERE q.id IN (" : "SELECT p.id FROM person p FORCE INDEX (PRIMARY) WHERE p.id IN (");
	for (size_t i = 0; i < n; i++) {
		buf_text(sql, i == 0 ? "?" : ",?");
		in[(*nin)++] = V_U(people[i]);
	}
	buf_fmt(sql, ") AND %s", c->sql.data);
	memcpy(in + *nin, c->in, c->n * sizeof(*in));
	*nin += c->n;
}

bool
exclusion_filter_match(struct db *db, const struct exclusion *rule, const uint64_t *people, size_t n, struct rows *out, struct arena *a)
{
	const struct rule_filter *f = rule->filter;
	struct people_filter *asked = arena_alloc(a, sizeof(*asked));
	struct clause *c = arena_alloc(a, sizeof(*c));
	struct val *in;
	struct buf sql;
	size_t nin = 0;

	*out = (struct rows){ .n = 0 };
	if (f == NULL || *f->text == '\0')
		return true;
	people_filter_read(a, f->text, f->kind, f->zone, asked);
	people_clause(a, f->organisation, asked, c);
	buf_init_in(&sql, a, 2 * CLAUSE_BYTES + 10000);
	in = arena_alloc(a, 2 * (n + c->n) * sizeof(*in));
	ask(&sql, in, &nin, c, people, n, false);
	if (rule->household)
		ask(&sql, in, &nin, c, people, n, true);
	assert(!sql.full);
	return db_rows_of(db, sql.data, "u", in, nin, a, out);
}
