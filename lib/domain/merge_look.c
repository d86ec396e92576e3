/*
 * merge_look.c - two records side by side, and who may be the same person.
 */
#include "domain/merge.h"

#include "domain/queue_fold.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

/* Offers: names and numbers have an index each, so that a million people are no matter; of very common names some. */
#define MAY_BE	"SELECT ? AS mine, x.id FROM ((SELECT c.id FROM person p JOIN person c FORCE INDEX (by_name) ON c.organisation_id = p.organisation_id"	\
	"   AND c.kind = p.kind AND c.last_name = p.last_name AND c.first_name = p.first_name WHERE p.id = ? AND p.last_name <> '' LIMIT 200)"	\
	" UNION (SELECT g.person_id FROM phone f JOIN phone g ON g.e164 = f.e164 WHERE f.person_id = ? LIMIT 200)"				\
	" UNION (SELECT c.id FROM person p JOIN person c FORCE INDEX (by_file_number) ON c.organisation_id = p.organisation_id"			\
	"   AND c.kind = p.kind AND c.file_number = p.file_number WHERE p.id = ? LIMIT 20)"							\
	" UNION (SELECT c.id FROM person p JOIN person c ON c.household_id = p.household_id WHERE p.id = ? AND c.first_name = p.first_name"	\
	"   LIMIT 50)) x"

enum { Q_OFFERS, Q_LISTS, Q_KEPT, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_OFFERS] = { "uuuuuu", "ussssuuuuu", "SELECT c.id, c.last_name, c.first_name, c.city, COALESCE(c.file_number, ''),"
	    " c.last_name = p.last_name AND c.first_name = p.first_name AS same_name,"
	    " EXISTS (SELECT 1 FROM phone f JOIN phone g ON g.e164 = f.e164 AND g.person_id = c.id WHERE f.person_id = p.id) AS same_phone,"
	    " p.email <> '' AND c.email = p.email AS same_email, COALESCE(c.household_id = p.household_id, FALSE) AS same_address,"
	    " COALESCE(p.file_number <> '' AND c.file_number = p.file_number, FALSE) AS same_number"
	    " FROM (" MAY_BE ") y JOIN person p ON p.id = y.mine JOIN person c ON c.id = y.id AND c.organisation_id = p.organisation_id"
	    " AND c.kind = p.kind AND c.id <> p.id WHERE p.organisation_id = ?"
	    " ORDER BY same_name * 2 + same_phone * 2 + same_email + same_address + same_number * 3 DESC, c.last_name, c.first_name, c.id LIMIT 20" },
	[Q_LISTS] = { "uuu", "ssusu", "SELECT o.name, e.state, e.band, f.state, f.band FROM entry e JOIN entry f ON f.operation_id = e.operation_id"
	    " AND f.person_id = ? JOIN operation o ON o.id = e.operation_id AND o.organisation_id = ? WHERE e.person_id = ?"
	    " ORDER BY o.id DESC LIMIT 50" },
	[Q_KEPT] = { "uu", "u", "SELECT kept_id FROM person_merged WHERE organisation_id = ? AND gone_id = ?" },
};
DB_STATEMENTS(q)

/* What goes together: half an address of each would be a third one. Other fields stand alone. */
static const struct { const char *code; enum import_field field[MERGE_PARTS]; size_t n; } together[] = {
	{ "address", { IF_CIVIC_NUMBER, IF_STREET, IF_APARTMENT, IF_CITY, IF_POSTAL_CODE }, 5 },
	{ "place", { IF_DIVISION, IF_DISTRICT, IF_SUBDIVISION, IF_ELECTOR_NUMBER, IF_POLLING_PLACE }, 5 },
};

static void
add_row(struct merge_pair *pair, struct merge_row *row)
{
	size_t n = row->own != NULL ? 1 : row->n;
	bool mine = false, theirs = false, same = true;

	for (size_t i = 0; i < n; i++) {
		mine = mine || *row->mine[i] != '\0';
		theirs = theirs || *row->theirs[i] != '\0';
		same = same && strcmp(row->mine[i], row->theirs[i]) == 0;
	}
	if (!mine && !theirs)
		return;
	row->differs = mine && theirs && !same;
	row->propose_theirs = !mine || (row->differs && pair->theirs.updated_at > pair->mine.updated_at);
	pair->row[pair->nrows++] = *row;
}

static void
add_fields(struct merge_pair *pair, const char *code, const enum import_field *field, size_t n)
{
	struct merge_row row = { .code = code };

	for (size_t i = 0; i < n; i++)
		if (record_field(field[i], pair->mine.kind)) {
			row.field[row.n] = field[i];
			row.mine[row.n] = pair->mine.value[field[i]];
			row.theirs[row.n++] = pair->theirs.value[field[i]];
		}
	if (row.n > 0)
		add_row(pair, &row);
}

/* Is it part of a row of several, or does it come together anyway? */
static bool
elsewhere(enum import_field f)
{
	for (size_t g = 0; g < NITEMS(together); g++)
		for (size_t i = 0; i < together[g].n; i++)
			if (together[g].field[i] == f)
				return true;
	return f == IF_TAGS || f == IF_NOTES;
}

static bool
add_own(struct db *db, struct organisation_id org, struct person_id mine, struct person_id theirs, struct merge_pair *pair, struct arena *a)
{
	struct custom_field *m, *t;
	size_t nm, nt;

	if (!custom_values(db, org, mine, &m, &nm, a) || !custom_values(db, org, theirs, &t, &nt, a))
		return false;
	for (size_t i = 0, k = 0; i < nm; i++, k = 0) {
		struct merge_row row = { .code = arena_fmt(a, "own-%llu", (unsigned long long)m[i].id), .own = &m[i], .mine = { m[i].value } };
		while (k < nt && t[k].id != m[i].id)
			k++;
		row.theirs[0] = k < nt ? t[k].value : "";
		if (pair->nrows < MERGE_ROWS)
			add_row(pair, &row);
	}
	return true;
}

static bool
add_lists(struct db *db, struct organisation_id org, struct person_id mine, struct person_id theirs, struct merge_pair *pair, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_LISTS], IN(V_U(theirs.v), V_U(org.v), V_U(mine.v)), a, &rows))
		return false;
	pair->list = arena_alloc(a, (rows.n + 1) * sizeof(*pair->list));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		enum queue_state m = queue_state_of(row_s(r, 1)), t = queue_state_of(row_s(r, 3));
		pair->list[pair->nlists++] = (struct merge_list){ row_s(r, 0), m, t,
		    merge_rank(t, (unsigned)row_u(r, 4)) > merge_rank(m, (unsigned)row_u(r, 2)) };
	}
	return true;
}

enum found
merge_look(struct db *db, struct organisation_id org, struct person_id mine, struct person_id theirs, struct merge_pair *pair,
    struct arena *a)
{
	enum found f = record_by_id(db, org, mine, &pair->mine, a);

	pair->nrows = pair->nlists = 0;
	if (f == FOUND)
		f = record_by_id(db, org, theirs, &pair->theirs, a);
	if (f != FOUND || mine.v == theirs.v || pair->mine.kind != pair->theirs.kind)
		return f == FAILED ? FAILED : NONE;
	for (enum import_field i = IF_NONE + 1; i < IF__MAX; i++)
		if (i == together[0].field[0])
			for (size_t g = 0; g < NITEMS(together); g++)
				add_fields(pair, together[g].code, together[g].field, together[g].n);
		else if (!elsewhere(i))
			add_fields(pair, import_field_code(i), &i, 1);
	return add_own(db, org, mine, theirs, pair, a) && add_lists(db, org, mine, theirs, pair, a) ? FOUND : FAILED;
}

bool
merge_offers(struct db *db, struct organisation_id org, struct person_id id, struct merge_offer **out, size_t *n, struct arena *a)
{
	const struct val p = V_U(id.v);
	struct rows rows;

	if (!db_rows(db, &q[Q_OFFERS], IN(p, p, p, p, p, V_U(org.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		(*out)[i] = (struct merge_offer){ { row_u(r, 0) }, row_s(r, 1), row_s(r, 2), row_s(r, 3), row_s(r, 4), row_u(r, 5) != 0,
		    row_u(r, 6) != 0, row_u(r, 7) != 0, row_u(r, 8) != 0, row_u(r, 9) != 0 };
	}
	return true;
}

enum found
merge_kept(struct db *db, struct organisation_id org, struct person_id gone, struct person_id *kept, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_KEPT], IN(V_U(org.v), V_U(gone.v)), a, &r);

	if (f == FOUND)
		kept->v = row_u(&r, 0);
	return f;
}
