/*
 * import_undo.c - an import taken back within a day: people it changed look as before, people it added are gone.
 *
 * Whoever was used or changed since stays as they are: their row moved on (updated_at), another import changed them,
 * they stand in a call list, were called, or an elector is linked to them. A page is one transaction; what it undid
 * leaves the journal, so that an undo killed at any moment goes on where it stopped.
 */
#include "domain/import_in.h"

#include "domain/audit.h"
#include "domain/job.h"
#include "domain/queue_change.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"

enum { UNDO_ROWS = 500 };

#define IDS "JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j"
/* of the page, untouched since */
#define OURS "import_before b JOIN person p ON p.id = b.person_id AND p.updated_at = b.written_at AND p.changed_import = b.import_id"
#define PAGE "b.import_id = ? AND b.person_id <= ?"

enum { Q_START, Q_LOCK, Q_TURN, Q_OPERATIONS, Q_CHANGED, Q_LESS, Q_MORE, Q_RESTORE, Q_DONE, Q_PHONES_DONE,
    Q_ADDED, Q_FREE, Q_GONE, Q_PHONES_GONE, Q_PART_DONE, Q_COUNT, Q_END, Q_OPEN, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_START] = { "uui", "", "UPDATE import SET state = 'undoing' WHERE organisation_id = ? AND id = ? AND state IN ('done', 'failed')"
	    " AND finished_at > ? AND journal" },
	[Q_LOCK]  = { "u", "s", "SELECT state FROM import WHERE id = ? FOR UPDATE" },
	[Q_TURN]  = { "u", "", "INSERT INTO import_turn (organisation_id, turn) VALUES (?, 1) ON DUPLICATE KEY UPDATE turn = turn + 1" },
	/* as every load of a list does first: nobody comes into one while they are removed */
	[Q_OPERATIONS] = { "u", "u", "SELECT id FROM operation WHERE organisation_id = ? AND state IN ('draft', 'active', 'paused')"
	    " ORDER BY id FOR UPDATE" },
	[Q_CHANGED] = { "uu", "uu", "SELECT person_id, added FROM import_before WHERE import_id = ? ORDER BY person_id LIMIT ?" },
	[Q_LESS] = { "uu", "", "DELETE f FROM " OURS " JOIN phone f ON f.person_id = p.id"
	    " LEFT JOIN import_before_phone o ON o.import_id = b.import_id AND o.person_id = f.person_id AND o.e164 = f.e164"
	    " LEFT JOIN entry e ON e.person_id = f.person_id AND e.e164 = f.e164"
	    " WHERE " PAGE " AND o.e164 IS NULL AND e.id IS NULL" },
	[Q_MORE] = { "uu", "", "UPDATE " OURS " JOIN import_before_phone o ON o.import_id = b.import_id AND o.person_id = b.person_id"
	    " JOIN phone f ON f.person_id = o.person_id AND f.e164 = o.e164"
	    " SET f.position = o.position, f.kind = o.kind, f.extension = o.extension WHERE " PAGE },
	/* IGNORE: a number that somebody else has got since stays where it is */
	[Q_RESTORE] = { "uuu", "", "UPDATE IGNORE " OURS " SET p.updated_at = b.updated_at, p.household_id = b.household_id,"
	    " p.time_zone = b.time_zone, p.natural_key = b.natural_key, p.name_key = b.name_key, p.changed_import = b.changed_import,"
	    " p.file_number = b.file_number, p.last_name = b.last_name, p.first_name = b.first_name, p.email = b.email,"
	    " p.language = b.language, p.birth_date = b.birth_date, p.sex = b.sex, p.nationality = b.nationality,"
	    " p.civic_number = b.civic_number, p.street = b.street, p.apartment = b.apartment, p.city = b.city,"
	    " p.postal_code = b.postal_code, p.member_until = b.member_until, p.donations_year = b.donations_year,"
	    " p.organization = b.organization, p.tags = b.tags, p.notes = b.notes, p.electoral_division = b.electoral_division,"
	    " p.district = b.district, p.polling_subdivision = b.polling_subdivision, p.elector_number = b.elector_number,"
	    " p.polling_place = b.polling_place, p.advance_vote = b.advance_vote, p.calls_forbidden = b.calls_forbidden,"
	    " p.has_voted = b.has_voted WHERE " PAGE " AND b.added = ?" },
	[Q_DONE] = { "uu", "", "DELETE FROM import_before WHERE import_id = ? AND person_id <= ?" },
	[Q_PHONES_DONE] = { "uu", "", "DELETE FROM import_before_phone WHERE import_id = ? AND person_id <= ?" },
	[Q_ADDED] = { "u", "uuis", "SELECT line, part, written_at, people FROM import_added WHERE import_id = ? ORDER BY line DESC, part DESC LIMIT 1" },
	[Q_FREE] = { "siu", "u", "SELECT p.id FROM " IDS " STRAIGHT_JOIN person p ON p.id = j.id"
	    " WHERE p.updated_at = ? AND p.changed_import = ?"
	    " AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.person_id = p.id)"
	    " AND NOT EXISTS (SELECT 1 FROM attempt t WHERE t.person_id = p.id)"
	    " AND NOT EXISTS (SELECT 1 FROM person x WHERE x.contact_id = p.id) FOR UPDATE" },
	[Q_PHONES_GONE] = { "s", "", "DELETE f FROM " IDS " STRAIGHT_JOIN phone f ON f.person_id = j.id" },
	[Q_GONE] = { "s", "", "DELETE p FROM " IDS " STRAIGHT_JOIN person p ON p.id = j.id" },
	[Q_PART_DONE] = { "uuu", "", "DELETE FROM import_added WHERE import_id = ? AND line = ? AND part = ?" },
	[Q_COUNT] = { "uuuu", "", "UPDATE import SET undo_removed = undo_removed + ?, undo_restored = undo_restored + ?,"
	    " undo_kept = undo_kept + ? WHERE id = ?" },
	[Q_OPEN] = { "u", "", "DELETE FROM import_conflict WHERE import_id = ?" },
	[Q_END] = { "u", "", "UPDATE import SET state = 'undone' WHERE id = ?" },
};
DB_STATEMENTS(q)

bool
import_may_undo(const struct import *im, int64_t now)
{
	return (im->state == IMPORT_DONE || im->state == IMPORT_FAILED) && im->rows_added + im->rows_updated + im->rows_merged > 0 &&
	    im->finished_at > now - IMPORT_UNDO_US;
}

struct undoing { const struct import *im; struct user_id by; int64_t now; struct arena *a; bool already, ended; };

static bool
start(struct db *db, void *ctx)
{
	struct undoing *u = ctx;
	struct job_id job;
	uint64_t n = 0;

	if (db_write(db, &q[Q_START], IN(V_U(u->im->organisation.v), V_U(u->im->id.v), V_I(u->now - IMPORT_UNDO_US)), &n) == NOT_WRITTEN)
		return false;
	u->already = n == 0;
	return n == 0 || (job_queue(db, u->im->organisation, "import", u->im->id.v, 0, u->by, u->now, &job) &&
	    audit_add(db, u->im->organisation, u->by, u->now, "import.undo", "import", u->im->id.v, u->im->file_name));
}

enum saved
import_undo(struct db *db, struct organisation_id org, struct user_id by, struct import_id id, int64_t now, struct arena *a)
{
	struct import *im = arena_alloc(a, sizeof(*im));
	struct undoing u = { .im = im, .by = by, .now = now, .a = a };
	enum tx tx;

	switch (import_by_id(db, org, id, im, a)) {
	case FOUND:  break;
	case NONE:   return ALREADY;
	case FAILED: return NOT_SAVED;
	}
	tx = tx_write(db, start, &u);
	return tx == TX_UNSURE ? UNSURE : tx != TX_DONE ? NOT_SAVED : u.already ? ALREADY : SAVED;
}

static bool
count(struct db *db, const struct undoing *u, uint64_t removed, uint64_t restored, uint64_t kept)
{
	return db_write(db, &q[Q_COUNT], IN(V_U(removed), V_U(restored), V_U(kept), V_U(u->im->id.v)), NULL) == WROTE;
}

/* Those that were changed; *n: how many this page had. */
static bool
restore(struct db *db, struct undoing *u, size_t *n)
{
	const struct val im = V_U(u->im->id.v);
	uint64_t were = 0, restored = 0, last;
	struct person_id *who;
	struct rows rows;

	if (!db_rows(db, &q[Q_CHANGED], IN(im, V_U(UNDO_ROWS)), u->a, &rows))
		return false;
	if ((*n = rows.n) == 0)
		return true;
	last = row_u(&rows.row[rows.n - 1], 0);
	who = arena_alloc(u->a, rows.n * sizeof(*who));
	for (size_t i = 0; i < rows.n; i++)
		who[i].v = row_u(&rows.row[i], 0);
	for (size_t i = 0; i < rows.n; i++)
		were += row_u(&rows.row[i], 1) == 0;
	return db_write(db, &q[Q_LESS], IN(im, V_U(last)), NULL) == WROTE && db_write(db, &q[Q_MORE], IN(im, V_U(last)), NULL) == WROTE &&
	    import_own_restore(db, u->im, last) &&
	    db_write(db, &q[Q_RESTORE], IN(im, V_U(last), V_U(0)), &restored) == WROTE &&
	    db_write(db, &q[Q_RESTORE], IN(im, V_U(last), V_U(1)), NULL) == WROTE &&
	    db_write(db, &q[Q_DONE], IN(im, V_U(last)), NULL) == WROTE && db_write(db, &q[Q_PHONES_DONE], IN(im, V_U(last)), NULL) == WROTE &&
	    import_own_restored(db, u->im, last) &&
	    count(db, u, 0, restored, were - (restored < were ? restored : were)) &&
	    /* marks that the import had set are gone again, other values are back */
	    queue_readmit(db, u->im->organisation, who, rows.n, u->now, u->a) &&
	    queue_zone_moved(db, u->im->organisation, who, rows.n, u->a) && queue_exclude(db, u->im->organisation, who, rows.n, u->a);
}

static size_t
ids_in(const char *list)
{
	size_t n = 1;

	for (; *list != '\0'; list++)
		n += *list == ',';
	return n;
}

/* Those that were added, the last ones first. */
static bool
take_away(struct db *db, struct undoing *u, bool *any)
{
	const struct val im = V_U(u->im->id.v);
	struct rows rows, ops;
	struct row part;
	struct buf ids;
	enum found f = db_row(db, &q[Q_ADDED], IN(im), u->a, &part);
	size_t were;

	*any = f == FOUND;
	if (f != FOUND)
		return f == NONE;
	were = ids_in(row_s(&part, 3));
	if (!db_rows(db, &q[Q_OPERATIONS], IN(V_U(u->im->organisation.v)), u->a, &ops) ||
	    !db_rows(db, &q[Q_FREE], IN(V_S(row_s(&part, 3)), V_I(row_i(&part, 2)), im), u->a, &rows))
		return false;
	id_list_open(&ids, u->a);
	for (size_t i = 0; i < rows.n; i++)
		id_list_id(&ids, row_u(&rows.row[i], 0));
	if (rows.n > 0) {
		const char *list = id_list_close(&ids);
		if (db_write(db, &q[Q_PHONES_GONE], IN(V_S(list)), NULL) != WROTE || db_write(db, &q[Q_GONE], IN(V_S(list)), NULL) != WROTE)
			return false;
	}
	return db_write(db, &q[Q_PART_DONE], IN(im, V_U(row_u(&part, 0)), V_U(row_u(&part, 1))), NULL) == WROTE &&
	    count(db, u, rows.n, 0, were - (rows.n < were ? rows.n : were));
}

static bool
page(struct db *db, void *ctx)
{
	struct undoing *u = ctx;
	struct row was;
	size_t n = 0;
	bool any = true;

	u->ended = false;
	if (db_write(db, &q[Q_TURN], IN(V_U(u->im->organisation.v)), NULL) != WROTE ||
	    db_row(db, &q[Q_LOCK], IN(V_U(u->im->id.v)), u->a, &was) != FOUND)
		return false;
	if (strcmp(row_s(&was, 0), "undoing") != 0)
		return u->ended = true;
	if (!restore(db, u, &n) || (n == 0 && !take_away(db, u, &any)))
		return false;
	u->ended = n == 0 && !any;
	return !u->ended || (db_write(db, &q[Q_END], IN(V_U(u->im->id.v)), NULL) == WROTE && db_write(db, &q[Q_OPEN], IN(V_U(u->im->id.v)), NULL) == WROTE &&
	    audit_add(db, u->im->organisation, (struct user_id){ 0 }, u->now, "import.undone", "import", u->im->id.v, u->im->file_name));
}

bool
import_undo_step(struct db *db, const struct import *im, int64_t now, bool *finished, struct arena *a)
{
	struct undoing u = { .im = im, .now = now, .a = a };
	bool done = tx_write(db, page, &u) == TX_DONE;

	*finished = done && u.ended;
	return done;
}
