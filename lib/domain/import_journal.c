/*
 * import_journal.c - what an import must know to be undone: whom it added, and how those it changed looked before.
 */
#include "domain/import_in.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"

enum { ADDED_A_ROW = 500, FORGET_ROWS = 5000, FORGET_IMPORTS = 20 };

#define IDS "JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j"
#define KEPT "household_id, time_zone, natural_key, name_key, changed_import, file_number, last_name, first_name, email," \
	" language, birth_date, sex, nationality, civic_number, street, apartment, city, postal_code, member_until, donations_year," \
	" organization, tags, notes, electoral_division, district, polling_subdivision, elector_number, polling_place, advance_vote," \
	" calls_forbidden, has_voted"

enum { Q_ADDED, Q_BEFORE, Q_PHONES, Q_OLD, Q_NO_ADDED, Q_NO_BEFORE, Q_NO_PHONES, Q_NO_OWN, Q_NO_JOURNAL, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ADDED]  = { "uuuis", "", "INSERT INTO import_added (import_id, line, part, written_at, people) VALUES (?, ?, ?, ?, ?)" },
	/* the first time only: later it would show what this import did itself */
	[Q_PHONES] = { "usu", "", "INSERT INTO import_before_phone (import_id, person_id, e164, position, kind, extension)"
	    " SELECT ?, f.person_id, f.e164, f.position, f.kind, f.extension FROM " IDS
	    " STRAIGHT_JOIN phone f FORCE INDEX (PRIMARY) ON f.person_id = j.id"
	    " WHERE NOT EXISTS (SELECT 1 FROM import_before b WHERE b.import_id = ? AND b.person_id = j.id)" },
	[Q_BEFORE] = { "uuis", "", "INSERT INTO import_before (import_id, added, written_at, person_id, updated_at, " KEPT ")"
	    " SELECT ?, changed_import <=> ?, ?, p.id, updated_at, " KEPT " FROM " IDS " STRAIGHT_JOIN person p ON p.id = j.id"
	    " ON DUPLICATE KEY UPDATE written_at = VALUES(written_at)" },
	[Q_OLD] = { "iu", "u", "SELECT id FROM import WHERE journal AND state IN ('done', 'failed', 'undone') AND finished_at < ? LIMIT ?" },
	[Q_NO_ADDED]  = { "uu", "", "DELETE FROM import_added WHERE import_id = ? LIMIT ?" },
	[Q_NO_BEFORE] = { "uu", "", "DELETE FROM import_before WHERE import_id = ? LIMIT ?" },
	[Q_NO_PHONES] = { "uu", "", "DELETE FROM import_before_phone WHERE import_id = ? LIMIT ?" },
	[Q_NO_OWN]    = { "uu", "", "DELETE FROM import_before_own WHERE import_id = ? LIMIT ?" },
	[Q_NO_JOURNAL] = { "u", "", "UPDATE import SET journal = FALSE WHERE id = ?" },
};
DB_STATEMENTS(q)

bool
journal_added(struct db *db, const struct page *p, const bool *added)
{
	struct val *in = arena_alloc(p->a, (p->nknown / ADDED_A_ROW + 1) * 5 * sizeof(*in));
	uint64_t line = p->nrows == 0 ? 0 : p->row[0].line;
	size_t parts = 0, i = 0;

	while (i < p->nknown) {
		struct buf ids;
		size_t n = 0;

		id_list_open(&ids, p->a);
		for (; i < p->nknown && n < ADDED_A_ROW; i++)
			if (added[i]) {
				id_list_id(&ids, p->known[i]->id);
				n++;
			}
		if (n == 0)
			break;
		struct val *v = &in[5 * parts];
		v[0] = V_U(p->im->id.v);
		v[1] = V_U(line);
		v[2] = V_U(parts++);
		v[3] = V_I(p->now);
		v[4] = V_S(id_list_close(&ids));
	}
	return parts == 0 || db_bulk(db, &q[Q_ADDED], in, 5, parts) == WROTE;
}

bool
journal_changed(struct db *db, const struct page *p)
{
	const struct val im = V_U(p->im->id.v);
	const char *list;
	struct buf ids;

	if (!p->im->journal)
		return true;
	id_list_open(&ids, p->a);
	for (size_t i = 0; i < p->nknown; i++)
		if (p->known[i]->id != 0 && p->known[i]->changed)
			id_list_id(&ids, p->known[i]->id);
	if (ids.len <= 1)
		return true;
	list = id_list_close(&ids);
	return journal_own(db, p, list) && db_write(db, &q[Q_PHONES], IN(im, V_S(list), im), NULL) == WROTE &&
	    db_write(db, &q[Q_BEFORE], IN(im, im, V_I(p->now), V_S(list)), NULL) == WROTE;
}

static bool
forget(struct db *db, enum found *more, struct stmt *s, uint64_t id)
{
	uint64_t n = 0;

	if (db_write(db, s, IN(V_U(id), V_U(FORGET_ROWS)), &n) != WROTE)
		return false;
	if (n == FORGET_ROWS)
		*more = FOUND;
	return true;
}

bool
import_forget(struct db *db, int64_t now, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_OLD], IN(V_I(now - IMPORT_UNDO_US), V_U(FORGET_IMPORTS)), a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		uint64_t id = row_u(&rows.row[i], 0);
		enum found more;
		do {
			more = NONE;
			if (!forget(db, &more, &q[Q_NO_ADDED], id) || !forget(db, &more, &q[Q_NO_BEFORE], id) ||
			    !forget(db, &more, &q[Q_NO_PHONES], id) || !forget(db, &more, &q[Q_NO_OWN], id))
				return false;
		} while (more == FOUND);
		if (db_write(db, &q[Q_NO_JOURNAL], IN(V_U(id)), NULL) != WROTE)
			return false;
	}
	return true;
}
