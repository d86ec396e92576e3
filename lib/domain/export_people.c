/*
 * export_people.c - rows of contacts and electors: columns named as an import knows them, so that the file
 * can be brought in again, then the organisation's own fields.
 */
#include "domain/export_in.h"

#include "domain/custom.h"
#include "domain/import_field.h"
#include "domain/list_in.h"
#include "plumb/arena.h"
#include "plumb/phone.h"

enum { PAGE = 1000 };

enum { Q_ENDS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ENDS] = { "", "u", "SELECT COALESCE(MAX(id), 0) FROM person" },
};
DB_STATEMENTS(q)

/* Where the value comes from; NULL: not a column of person. */
static const char *const column_of[IF__MAX] = {
	[IF_FILE_NUMBER] = "p.file_number", [IF_LAST_NAME] = "p.last_name", [IF_FIRST_NAME] = "p.first_name", [IF_EMAIL] = "p.email",
	[IF_LANGUAGE] = "p.language", [IF_BIRTH_DATE] = "p.birth_date", [IF_SEX] = "p.sex", [IF_NATIONALITY] = "p.nationality",
	[IF_CIVIC_NUMBER] = "p.civic_number", [IF_STREET] = "p.street", [IF_APARTMENT] = "p.apartment", [IF_CITY] = "p.city",
	[IF_POSTAL_CODE] = "p.postal_code", [IF_MEMBER_UNTIL] = "p.member_until", [IF_DONATIONS] = "p.donations_year",
	[IF_ORGANIZATION] = "p.organization", [IF_TAGS] = "REPLACE(p.tags, '|', ', ')", [IF_NOTES] = "p.notes",
	[IF_FORBIDDEN] = "p.calls_forbidden", [IF_DIVISION] = "p.electoral_division", [IF_DISTRICT] = "p.district",
	[IF_SUBDIVISION] = "p.polling_subdivision", [IF_ELECTOR_NUMBER] = "p.elector_number", [IF_POLLING_PLACE] = "p.polling_place",
	[IF_ADVANCE_VOTE] = "p.advance_vote", [IF_HAS_VOTED] = "p.has_voted",
};

static const char *
phone_kind(enum import_field f)
{
	return f == IF_PHONE_HOME ? "home" : f == IF_PHONE_CELL ? "cell" : f == IF_PHONE_WORK ? "work" : NULL;
}

static enum person_kind
kind_of(const struct export *x)
{
	return x->what == EXPORT_ELECTORS ? PERSON_ELECTOR : PERSON_CONTACT;
}

static bool
shown(const struct export *x, enum import_field f)
{
	return import_field_of(f, kind_of(x)) && (column_of[f] != NULL || phone_kind(f) != NULL);
}

bool
export_people_header(struct db *db, const struct export *x, struct sink *s, struct arena *a)
{
	bool french = x->lang == LANG_FR;
	struct custom_field *own;
	size_t nown;

	if (!custom_fields(db, x->organisation, kind_of(x), &own, &nown, a))
		return false;
	sink_text(s, french ? "Personne" : "Person");
	for (enum import_field f = 0; f < IF__MAX; f++)
		if (shown(x, f))
			sink_text(s, import_field_label(f, x->lang));
	sink_text(s, french ? "Autres numéros" : "Other numbers");
	sink_text(s, french ? "Mauvais numéros" : "Wrong numbers");
	for (size_t i = 0; i < nown; i++)
		if (!own[i].put_away)
			sink_text(s, own[i].name);
	sink_end_row(s);
	return true;
}

/* Numbers and own values of everybody on the page, by person, read along with them. */
struct beside { struct rows phones, values; size_t phone, value; };

static bool
read_beside(struct db *db, const struct rows *people, struct beside *b, struct arena *a)
{
	struct val *in = arena_alloc(a, (people->n + 1) * sizeof(*in));
	struct buf marks;

	*b = (struct beside){ .phone = 0 };
	if (people->n == 0)
		return true;
	buf_init_in(&marks, a, 2 * PAGE + 1);
	for (size_t i = 0; i < people->n; i++) {
		buf_text(&marks, i == 0 ? "?" : ",?");
		in[i] = V_U(row_u(&people->row[i], 0));
	}
	return db_rows_of(db, arena_fmt(a, "SELECT person_id, kind, e164, extension, state FROM phone WHERE person_id IN (%s)"
	    " ORDER BY person_id, position, id", marks.data), "ussss", in, people->n, a, &b->phones) &&
	    db_rows_of(db, arena_fmt(a, "SELECT person_id, field_id, value FROM custom_value WHERE person_id IN (%s)"
	    " ORDER BY person_id, field_id", marks.data), "uus", in, people->n, a, &b->values);
}

static void
put_number(struct buf *list, const struct row *r)
{
	char shown_as[40];

	phone_display(row_s(r, 2), shown_as, sizeof(shown_as));
	buf_fmt(list, "%s%s", list->len > 0 ? ", " : "", shown_as);
	if (*row_s(r, 3) != '\0')
		buf_fmt(list, " ext. %s", row_s(r, 3));
}

/* The first number of each kind has its column; a wrong one says so in its own. */
struct numbers { const char *of[IF__MAX], *more, *wrong; };

static struct numbers
numbers_of(const struct rows *phones, size_t from, size_t to, struct arena *a)
{
	struct buf one, more, wrong;
	struct numbers n = { .more = "", .wrong = "" };

	buf_init_in(&more, a, 2000);
	buf_init_in(&wrong, a, 2000);
	for (size_t i = from; i < to; i++) {
		const struct row *r = &phones->row[i];
		enum import_field f = IF_PHONE_HOME;

		while (phone_kind(f) != NULL && strcmp(phone_kind(f), row_s(r, 1)) != 0)
			f++;
		if (strcmp(row_s(r, 4), "wrong") == 0)
			put_number(&wrong, r);
		else if (phone_kind(f) == NULL || n.of[f] != NULL)
			put_number(&more, r);
		else {
			buf_init_in(&one, a, 100);
			put_number(&one, r);
			n.of[f] = one.data;
		}
	}
	if (more.len > 0)
		n.more = more.data;
	if (wrong.len > 0)
		n.wrong = wrong.data;
	return n;
}

static size_t
those_of(const struct rows *rows, size_t *at, uint64_t person)
{
	size_t from;

	while (*at < rows->n && row_u(&rows->row[*at], 0) < person)
		(*at)++;
	for (from = *at; *at < rows->n && row_u(&rows->row[*at], 0) == person; )
		(*at)++;
	return from;
}

static void
put_person(const struct export *x, struct sink *s, const struct row *r, struct beside *b, const struct custom_field *own, size_t nown,
    struct arena *a)
{
	uint64_t id = row_u(r, 0);
	size_t phones = those_of(&b->phones, &b->phone, id), values = those_of(&b->values, &b->value, id);
	struct numbers n = numbers_of(&b->phones, phones, b->phone, a);
	unsigned column = 1;

	sink_uint(s, id);
	for (enum import_field f = 0; f < IF__MAX; f++) {
		if (!shown(x, f))
			continue;
		if (phone_kind(f) != NULL) {
			sink_text(s, n.of[f]);
			continue;
		}
		if (import_field_kind(f) == VK_YES)
			sink_yes(s, strcmp(row_s(r, column), "1") == 0, x->lang);
		else
			sink_text(s, row_s(r, column));
		column++;
	}
	sink_text(s, n.more);
	sink_text(s, n.wrong);
	for (size_t i = 0; i < nown; i++) {
		const char *value = "";

		if (own[i].put_away)
			continue;
		for (size_t v = values; v < b->value; v++)
			if (row_u(&b->values.row[v], 1) == own[i].id)
				value = row_s(&b->values.row[v], 2);
		if (own[i].form == CUSTOM_YES)
			sink_yes(s, *value != '\0', x->lang);
		else
			sink_text(s, value);
	}
	sink_end_row(s);
}

bool
export_people_page(struct db *db, const struct export *x, struct place *at, struct sink *s, struct arena *a)
{
	struct clause *c = arena_alloc(a, sizeof(*c));
	struct people_filter f;
	struct custom_field *own;
	struct buf columns, out;
	struct beside b;
	struct rows rows;
	size_t nown;

	if (!custom_fields(db, x->organisation, kind_of(x), &own, &nown, a))
		return false;
	people_filter_read(a, x->filter, kind_of(x), x->zone, &f);
	people_clause(a, x->organisation, &f, c);
	buf_init_in(&columns, a, 4000);
	buf_init_in(&out, a, IF__MAX + 2);
	buf_text(&columns, "p.id");
	buf_text(&out, "u");
	for (enum import_field i = 0; i < IF__MAX; i++)
		if (shown(x, i) && column_of[i] != NULL) {
			buf_fmt(&columns, ", %s", column_of[i]);
			buf_text(&out, "s");
		}
	buf_text(&c->sql, " AND p.id > ? AND p.id <= ?");
	c->in[c->n++] = V_U(at->last_id);
	c->in[c->n++] = V_U(x->cut);
	if (!db_rows_of(db, arena_fmt(a, "SELECT %s FROM person p FORCE INDEX (PRIMARY) WHERE %s ORDER BY p.id LIMIT %d",
	    columns.data, c->sql.data, PAGE), out.data, c->in, c->n, a, &rows) || !read_beside(db, &rows, &b, a))
		return false;
	for (size_t i = 0; i < rows.n && !s->failed; i++)
		put_person(x, s, &rows.row[i], &b, own, nown, a);
	if (rows.n > 0)
		at->last_id = row_u(&rows.row[rows.n - 1], 0);
	at->end = rows.n < PAGE;
	return true;
}

bool
export_people_cut(struct db *db, const struct export *x, uint64_t *first, uint64_t *cut, struct arena *a)
{
	struct row r;

	(void)x;
	*first = 1;
	if (db_row(db, &q[Q_ENDS], NO_IN, a, &r) != FOUND)
		return false;
	*cut = row_u(&r, 0);
	return true;
}
