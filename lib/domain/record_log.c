/*
 * record_log.c - what happened to a record, who looked at it, and what its person answered.
 */
#include "domain/record.h"

#include "domain/audit.h"
#include "plumb/arena.h"
#include "plumb/db.h"

#define REVEAL "person.reveal"

enum { Q_EVENTS, Q_REVEALS, Q_ANSWERS, Q__MAX };
static struct stmt q[Q__MAX] = {
	/* also of the records that were merged into this one, up to then */
	[Q_EVENTS] = { "uuu", "isss", "SELECT a.at, a.verb, u.name, a.detail FROM (SELECT ? AS id UNION ALL SELECT gone_id FROM person_merged"
	    "  WHERE kept_id = ?) r STRAIGHT_JOIN audit a FORCE INDEX (by_object) ON a.object = 'person' AND a.object_id = r.id"
	    " LEFT JOIN user u ON u.id = a.user_id WHERE a.organisation_id = ? AND a.verb NOT IN ('" REVEAL "', 'person.merged')"
	    " ORDER BY a.at DESC, a.id DESC LIMIT 100" },
	[Q_REVEALS] = { "uuu", "uissuss", "SELECT a.id, a.at, a.detail, u.name, a.object_id, p.first_name, p.last_name"
	    " FROM audit a FORCE INDEX (by_verb) LEFT JOIN user u ON u.id = a.user_id LEFT JOIN person p ON p.id = a.object_id"
	    " AND p.organisation_id = a.organisation_id"
	    " WHERE a.organisation_id = ? AND a.verb = '" REVEAL "' AND a.id < ? ORDER BY a.id DESC LIMIT ?" },
	/* several choices of one question in one line */
	[Q_ANSWERS] = { "u", "isssssss", "SELECT t.saved_at, o.name, v.text_en, v.text_fr,"
	    " GROUP_CONCAT(NULLIF(c.text_en, '') ORDER BY w.position SEPARATOR ', '),"
	    " GROUP_CONCAT(NULLIF(c.text_fr, '') ORDER BY w.position SEPARATOR ', '),"
	    " GROUP_CONCAT(NULLIF(w.text, '') ORDER BY w.position SEPARATOR ', '), v.kind"
	    " FROM attempt t JOIN answer w ON w.attempt_id = t.id JOIN question v ON v.id = w.question_id"
	    " LEFT JOIN choice c ON c.id = w.choice_id LEFT JOIN operation o ON o.id = t.operation_id"
	    " WHERE t.person_id = ? GROUP BY t.id, v.id ORDER BY t.saved_at DESC, t.id DESC, v.position LIMIT 200" },
};
DB_STATEMENTS(q)

static const char *
text(const struct row *r, unsigned col)
{
	const char *s = row_s(r, col);

	return s == NULL ? "" : s;
}

bool
record_events(struct db *db, struct organisation_id org, struct person_id id, struct record_event **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_EVENTS], IN(V_U(id.v), V_U(id.v), V_U(org.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct record_event){ row_i(&rows.row[i], 0), text(&rows.row[i], 1), text(&rows.row[i], 2), text(&rows.row[i], 3) };
	return true;
}

bool
record_reveals(struct db *db, struct organisation_id org, uint64_t before, struct record_reveal **out, size_t max, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_REVEALS], IN(V_U(org.v), V_U(before == 0 ? UINT64_MAX : before), V_U(max)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		(*out)[i] = (struct record_reveal){ row_u(r, 0), row_i(r, 1), text(r, 2), text(r, 3),
		    row_is_null(r, 5) ? "" : arena_fmt(a, "%s %s", text(r, 5), text(r, 6)), { row_u(r, 4) } };
	}
	return true;
}

bool
record_revealed(struct db *db, const struct record_by *by, const char *what)
{
	return audit_add(db, by->organisation, by->user, by->now, REVEAL, "person", by->person.v, what);
}

static const char *
either(const char *en, const char *fr, enum lang lang)
{
	const char *mine = lang == LANG_FR ? fr : en;

	return *mine != '\0' ? mine : lang == LANG_FR ? en : fr;
}

bool
record_answers(struct db *db, struct person_id id, enum lang lang, struct record_answer **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_ANSWERS], IN(V_U(id.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		const char *choice = either(text(r, 4), text(r, 5), lang);
		(*out)[i] = (struct record_answer){ row_i(r, 0), either(text(r, 2), text(r, 3), lang),
		    *choice != '\0' ? choice : text(r, 6), text(r, 1) };
	}
	return true;
}
