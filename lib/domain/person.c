/*
 * person.c - one person's record.
 */
#include "domain/person.h"

#include "plumb/arena.h"
#include "plumb/db.h"

enum { Q_BY_ID, Q_PHONES, Q_HOUSE, Q_CALLS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_BY_ID] = { "uu", "uusssssssssssssssssssssssssuuu",
	    "SELECT id, household_id, kind, file_number, last_name, first_name, email, language, birth_date, sex, nationality,"
	    " civic_number, street, apartment, city, postal_code, time_zone, member_until, donations_year, organization, tags, notes,"
	    " electoral_division, district, polling_subdivision, elector_number, polling_place,"
	    " calls_forbidden, deceased, has_voted FROM person WHERE organisation_id = ? AND id = ?" },
	[Q_PHONES] = { "uu", "ssssu", "SELECT p.kind, p.e164, p.extension, p.state, s.id FROM phone p"
	    " LEFT JOIN suppression s ON s.organisation_id = ? AND s.e164 = p.e164 WHERE p.person_id = ? ORDER BY p.position, p.id" },
	[Q_HOUSE] = { "uu", "uss", "SELECT id, last_name, first_name FROM person WHERE household_id = ? AND id <> ?"
	    " ORDER BY last_name, first_name, id LIMIT 50" },
	[Q_CALLS] = { "u", "iussss", "SELECT t.saved_at, t.status, o.name, u.name, t.note, t.time_zone FROM attempt t"
	    " LEFT JOIN operation o ON o.id = t.operation_id LEFT JOIN user u ON u.id = t.user_id"
	    " WHERE t.person_id = ? ORDER BY t.saved_at DESC LIMIT 100" },
};
DB_STATEMENTS(q)

const char *
person_kind_code(enum person_kind kind)
{
	return kind == PERSON_ELECTOR ? "elector" : "contact";
}

enum person_kind
person_kind_of(const char *code)
{
	return strcmp(code, "elector") == 0 ? PERSON_ELECTOR : PERSON_CONTACT;
}

static const char *
text(const struct row *r, unsigned col)
{
	const char *s = row_s(r, col);

	return s == NULL ? "" : s;
}

static void
fill(struct person *p, const struct row *r)
{
	*p = (struct person){ .id = { row_u(r, 0) }, .household = row_u(r, 1), .kind = person_kind_of(text(r, 2)),
	    .file_number = text(r, 3), .last_name = text(r, 4), .first_name = text(r, 5), .email = text(r, 6),
	    .language = text(r, 7), .birth_date = text(r, 8), .sex = text(r, 9), .nationality = text(r, 10),
	    .civic_number = text(r, 11), .street = text(r, 12), .apartment = text(r, 13), .city = text(r, 14),
	    .postal_code = text(r, 15), .time_zone = text(r, 16), .member_until = text(r, 17), .donations_year = text(r, 18),
	    .organization = text(r, 19), .tags = text(r, 20), .notes = text(r, 21), .electoral_division = text(r, 22),
	    .district = text(r, 23), .polling_subdivision = text(r, 24), .elector_number = text(r, 25),
	    .polling_place = text(r, 26), .calls_forbidden = row_u(r, 27) != 0, .deceased = row_u(r, 28) != 0,
	    .has_voted = row_u(r, 29) != 0 };
}

enum found
person_by_id(struct db *db, struct organisation_id org, struct person_id id, struct person *out, struct arena *a)
{
	struct rows rows;
	struct row row;
	enum found f = db_row(db, &q[Q_BY_ID], IN(V_U(org.v), V_U(id.v)), a, &row);

	if (f != FOUND)
		return f;
	fill(out, &row);
	if (!db_rows(db, &q[Q_PHONES], IN(V_U(org.v), V_U(id.v)), a, &rows))
		return FAILED;
	out->nphones = rows.n;
	out->phones = arena_alloc(a, (rows.n + 1) * sizeof(*out->phones));
	for (size_t i = 0; i < rows.n; i++)
		out->phones[i] = (struct person_phone){ row_s(&rows.row[i], 0), row_s(&rows.row[i], 1), row_s(&rows.row[i], 2),
		    strcmp(row_s(&rows.row[i], 3), "wrong") == 0, !row_is_null(&rows.row[i], 4) };
	return FOUND;
}

bool
person_housemates(struct db *db, const struct person *p, struct housemate **out, size_t *n, struct arena *a)
{
	struct rows rows = { NULL, 0 };

	/* nobody shares a household they do not have */
	if (p->household != 0 && !db_rows(db, &q[Q_HOUSE], IN(V_U(p->household), V_U(p->id.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct housemate){ { row_u(&rows.row[i], 0) }, text(&rows.row[i], 1), text(&rows.row[i], 2) };
	return true;
}

bool
person_calls(struct db *db, struct person_id id, struct person_call **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_CALLS], IN(V_U(id.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		(*out)[i] = (struct person_call){ row_i(r, 0), row_u(r, 1) < ST__MAX ? (enum status)row_u(r, 1) : ST_NONE,
		    text(r, 2), text(r, 3), text(r, 4), text(r, 5) };
	}
	return true;
}
