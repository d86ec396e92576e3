/*
 * suppression_list.c - pages of the do-not-call list, newest first, by the last line shown.
 */
#include "domain/suppression.h"

#include "domain/list_in.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"
#include "plumb/phone.h"
#include "plumb/text.h"

enum { WORDS_MAX = 4 };

/* One person of the organisation who has the number; people come and go, so suppression.person_id is only a hint. */
#define HOLDER "(SELECT f.person_id FROM phone f JOIN person x ON x.id = f.person_id WHERE f.e164 = s.e164"		\
	" AND x.organisation_id = s.organisation_id ORDER BY f.person_id = s.person_id DESC, f.person_id LIMIT 1)"

enum { Q_TOTALS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_TOTALS] = { "uu", "uu", "SELECT (SELECT COUNT(*) FROM suppression WHERE organisation_id = ?),"
	    " (SELECT COUNT(*) FROM suppression_person WHERE organisation_id = ?)" },
};
DB_STATEMENTS(q)

struct wish { struct buf sql; struct val in[40]; size_t n; };

static void
names(struct arena *a, struct wish *w, const char *search)
{
	const char *word[WORDS_MAX];
	size_t n = text_split(a, text_trim(a, search), ' ', word, NITEMS(word));

	for (size_t i = 0; i < n; i++) {
		if (*word[i] == '\0')
			continue;
		buf_text(&w->sql, " AND (p.last_name LIKE ? OR p.first_name LIKE ?)");
		w->in[w->n++] = V_S(clause_pattern(a, "", word[i]));
		w->in[w->n] = w->in[w->n - 1];
		w->n++;
	}
}

static bool
page(struct db *db, struct wish *w, struct suppression_line *out, size_t *n, bool *more, struct arena *a)
{
	struct rows rs;

	if (w->sql.full || !db_rows_of(db, w->sql.data, "usussssi", w->in, w->n, a, &rs))
		return false;
	*more = rs.n > SUPPRESSION_PAGE;
	*n = *more ? SUPPRESSION_PAGE : rs.n;
	for (size_t i = 0; i < *n; i++) {
		const struct row *r = &rs.row[i];
		out[i] = (struct suppression_line){ .id = row_u(r, 0), .e164 = row_s(r, 1), .person = { row_u(r, 2) },
			.last_name = row_is_null(r, 3) ? "" : row_s(r, 3), .first_name = row_is_null(r, 4) ? "" : row_s(r, 4),
			.reason = row_s(r, 5), .by = row_is_null(r, 6) ? "" : row_s(r, 6), .created_at = row_i(r, 7) };
	}
	return true;
}

static void
begin(struct wish *w, const char *sql, uint64_t org, struct arena *a)
{
	buf_init_in(&w->sql, a, 4000);
	buf_text(&w->sql, sql);
	w->n = 0;
	w->in[w->n++] = V_U(org);
}

bool
suppression_numbers(struct db *db, struct organisation_id org, const char *search, uint64_t after,
    struct suppression_line *out, size_t *n, bool *more, struct arena *a)
{
	struct wish *w = arena_alloc(a, sizeof(*w));
	struct phone_number number;

	begin(w, "SELECT s.id, s.e164, p.id, p.last_name, p.first_name, s.reason, u.name, s.created_at FROM suppression s"
	    " LEFT JOIN person p ON p.id = " HOLDER " LEFT JOIN user u ON u.id = s.created_by WHERE s.organisation_id = ?", org.v, a);
	if (after != 0) {
		buf_text(&w->sql, " AND (s.created_at, s.id) < (SELECT b.created_at, b.id FROM suppression b WHERE b.id = ?)");
		w->in[w->n++] = V_U(after);
	}
	if (!text_is_blank(search) && phone_parse(search, "CA", &number) == PHONE_OK) {
		buf_text(&w->sql, " AND s.e164 = ?");
		w->in[w->n++] = V_S(arena_strdup(a, number.e164));
	} else
		names(a, w, search);
	buf_fmt(&w->sql, " ORDER BY s.created_at DESC, s.id DESC LIMIT %d", SUPPRESSION_PAGE + 1);
	return page(db, w, out, n, more, a);
}

bool
suppression_people(struct db *db, struct organisation_id org, const char *search, uint64_t after,
    struct suppression_line *out, size_t *n, bool *more, struct arena *a)
{
	struct wish *w = arena_alloc(a, sizeof(*w));
	struct phone_number number;

	begin(w, "SELECT s.person_id, '', p.id, p.last_name, p.first_name, s.reason, u.name, s.created_at FROM suppression_person s"
	    " JOIN person p ON p.id = s.person_id LEFT JOIN user u ON u.id = s.created_by WHERE s.organisation_id = ?", org.v, a);
	if (after != 0) {
		buf_text(&w->sql, " AND (s.created_at, s.person_id) < (SELECT b.created_at, b.person_id FROM suppression_person b"
		    " WHERE b.organisation_id = s.organisation_id AND b.person_id = ?)");
		w->in[w->n++] = V_U(after);
	}
	if (!text_is_blank(search) && phone_parse(search, "CA", &number) == PHONE_OK) {
		buf_text(&w->sql, " AND EXISTS (SELECT 1 FROM phone f WHERE f.person_id = p.id AND f.e164 = ?)");
		w->in[w->n++] = V_S(arena_strdup(a, number.e164));
	} else
		names(a, w, search);
	buf_fmt(&w->sql, " ORDER BY s.created_at DESC, s.person_id DESC LIMIT %d", SUPPRESSION_PAGE + 1);
	return page(db, w, out, n, more, a);
}

enum found
suppression_totals(struct db *db, struct organisation_id org, uint64_t *numbers, uint64_t *people, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_TOTALS], IN(V_U(org.v), V_U(org.v)), a, &r);

	*numbers = f == FOUND ? row_u(&r, 0) : 0;
	*people = f == FOUND ? row_u(&r, 1) : 0;
	return f;
}
