/*
 * list_page.c - people in pages, by the last one shown, never by OFFSET.
 *
 * With up to PEOPLE_COUNTED matches they are found by whatever index fits the filter, then sorted. With more (or no filter), an
 * index in the order wanted is walked until a page is full: they are dense enough for that.
 * Either way the time does not grow with the number of people.
 */
#include "domain/list_in.h"

#include "plumb/arena.h"

const char *const people_sort_code[SORT__MAX] = { "name", "first", "city", "place", "newest" };

enum { KEYS_MAX = 3 };
static const struct {
	const char *index, *key[KEYS_MAX];	/* before the id */
} order_of[SORT__MAX] = {
	[SORT_NAME]	  = { "by_name", { "last_name", "first_name" } },
	[SORT_FIRST_NAME] = { "by_first_name", { "first_name" } },
	[SORT_CITY]	  = { "by_city", { "city", "last_name" } },
	[SORT_PLACE]	  = { "by_place", { "place" } },
	[SORT_NEWEST]	  = { "PRIMARY", { NULL } },
};

static const char *
text(const struct row *r, unsigned col)
{
	return row_s(r, col) == NULL ? "" : row_s(r, col);
}

static void
more_values(struct clause *c, struct val v)
{
	assert(c->n < CLAUSE_VALUES);
	c->in[c->n++] = v;
}

/* Newest first is what "newest" means, so its other direction is upwards. */
static bool
falls(const struct people_order *o)
{
	return o->down != (o->by == SORT_NEWEST);
}

/* " AND (k1 > ? OR (k1 = ? AND (k2 > ? OR (k2 = ? AND id > ?))))", and k1 >= ? for the index. */
static bool
start_after(struct db *db, struct organisation_id org, const struct people_order *o, struct person_id after,
    struct clause *c, struct arena *a)
{
	const char *const *key = order_of[o->by].key, *beyond = falls(o) ? "<" : ">";
	struct rows rows;
	const struct row *r;
	unsigned n = 0;

	if (after.v == 0)
		return true;
	while (n < KEYS_MAX && key[n] != NULL)
		n++;
	if (!db_rows_of(db, arena_fmt(a, "SELECT %s, %s, %s FROM person WHERE organisation_id = ? AND id = ?",
	    n > 0 ? key[0] : "''", n > 1 ? key[1] : "''", n > 2 ? key[2] : "''"), "sss", IN(V_U(org.v), V_U(after.v)), a, &rows))
		return false;
	if (rows.n == 0)			/* somebody deleted meanwhile: from the start */
		return true;
	r = &rows.row[0];
	if (n > 0) {
		buf_fmt(&c->sql, " AND p.%s %s= ?", key[0], beyond);
		more_values(c, V_S(text(r, 0)));
	}
	buf_text(&c->sql, " AND (");
	for (unsigned i = 0; i < n; i++) {
		buf_fmt(&c->sql, "p.%s %s ? OR (p.%s = ? AND (", key[i], beyond, key[i]);
		more_values(c, V_S(text(r, i)));
		more_values(c, V_S(text(r, i)));
	}
	buf_fmt(&c->sql, "p.id %s ?", beyond);
	more_values(c, V_U(after.v));
	for (unsigned i = 0; i < n; i++)
		buf_text(&c->sql, "))");
	buf_text(&c->sql, ")");
	return true;
}

static const char *
order_by(struct arena *a, const struct people_order *o)
{
	const char *way = falls(o) ? " DESC" : "";
	struct buf b;

	buf_init_in(&b, a, 200);
	for (unsigned i = 0; i < KEYS_MAX && order_of[o->by].key[i] != NULL; i++)
		buf_fmt(&b, "p.%s%s, ", order_of[o->by].key[i], way);
	buf_fmt(&b, "p.id%s", way);
	return b.data;
}

#define COLUMNS	"p.id, p.last_name, p.first_name, p.city, p.language, p.tags, p.polling_subdivision, p.elector_number,"	\
	" (SELECT h.e164 FROM phone h WHERE h.person_id = p.id AND h.state = 'ok' ORDER BY h.position, h.id LIMIT 1),"	\
	" p.calls_forbidden, p.has_voted"

/* As a list that JSON_TABLE reads. */
static const char *
ids_list(const struct matches *f, struct arena *a)
{
	struct buf b;

	buf_init_in(&b, a, f->n * 21 + 64);
	for (size_t i = 0; i < f->n; i++)
		buf_fmt(&b, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)f->id[i]);
	buf_text(&b, f->n == 0 ? "[]" : "]");
	return b.data;
}

bool
people_page(struct db *db, struct organisation_id org, const struct people_filter *f, const struct people_order *o,
    struct person_id after, struct person_line *out, size_t *n, bool *more, uint64_t *total, struct arena *a)
{
	struct clause *c = arena_alloc(a, sizeof(*c));
	const char *from, *walk = "";
	struct matches found;
	struct rows rows;

	if (!people_find(db, org, f, &found, total, a))
		return false;
	if (!found.many) {
		from = "JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) found STRAIGHT_JOIN person p"
		    " ON p.id = found.id WHERE TRUE";
		buf_init_in(&c->sql, a, CLAUSE_BYTES);
		more_values(c, V_S(ids_list(&found, a)));
	} else {
		people_clause(a, org, f, c);
		from = arena_fmt(a, "person p FORCE INDEX (%s) WHERE ", order_of[o->by].index);
		walk = PERSON_BY_PERSON;
	}
	if (!start_after(db, org, o, after, c, a))
		return false;
	/* the page's ids first: what is shown of everybody else found would be read, too, before the sort */
	if (!db_rows_of(db, arena_fmt(a, "%sSELECT " COLUMNS " FROM (SELECT p.id FROM %s%s ORDER BY %s LIMIT %d) page"
	    " STRAIGHT_JOIN person p ON p.id = page.id ORDER BY %s", walk, from, c->sql.data == NULL ? "" : c->sql.data, order_by(a, o),
	    PEOPLE_PAGE + 1, order_by(a, o)), "ussssssssuu", c->in, c->n, a, &rows))
		return false;
	*more = rows.n > PEOPLE_PAGE;
	*n = *more ? PEOPLE_PAGE : rows.n;
	for (size_t i = 0; i < *n; i++) {
		const struct row *r = &rows.row[i];
		out[i] = (struct person_line){ { row_u(r, 0) }, text(r, 1), text(r, 2), text(r, 3), text(r, 4), text(r, 5), text(r, 6),
		    text(r, 7), row_s(r, 8), row_u(r, 9) != 0, row_u(r, 10) != 0 };
	}
	return true;
}
