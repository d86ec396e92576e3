/*
 * since.c - see since.h.
 */
#include "domain/since.h"

#include "domain/entry_log.h"
#include "domain/horizon.h"
#include "domain/power.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

enum { Q_ENTRIES, Q_ATTEMPTS, Q_ANSWERS, Q_LAST_ATTEMPT, Q_LAST_PERSON, Q_WHOLE, Q_LOG, Q_RANGE, Q_CALLED, Q_NOW, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ENTRIES] = { "uuu", "uusuui", "SELECT id, person_id, state, attempts, reason, due_at FROM entry FORCE INDEX (once)"
	    " WHERE operation_id = ? AND person_id > ? ORDER BY person_id LIMIT ?" },
	[Q_ATTEMPTS] = { "uuuu", "uuuuuusssuiiis", "SELECT t.id, t.entry_id, t.person_id, IF(" POWER_IS_SQL("t.user_id") ", 0, t.user_id), t.number, t.corrects, u.name, t.e164, t.time_zone,"
	    " t.status, t.started_at, t.saved_at, t.callback_at, t.note FROM attempt t FORCE INDEX (by_operation) LEFT JOIN user u ON u.id = t.user_id"
	    " WHERE t.operation_id = ? AND t.id > ? AND t.id <= ? ORDER BY t.id LIMIT ?" },
	[Q_ANSWERS] = { "uuu", "uuus", "SELECT STRAIGHT_JOIN w.attempt_id, q.stable_id, k.stable_id, w.text FROM attempt t FORCE INDEX (by_operation)"
	    " JOIN answer w ON w.attempt_id = t.id JOIN question q ON q.id = w.question_id LEFT JOIN choice k ON k.id = w.choice_id"
	    " WHERE t.operation_id = ? AND t.id > ? AND t.id <= ? ORDER BY t.id, q.position, w.position" },
	[Q_LAST_ATTEMPT] = { "u", "u", "SELECT COALESCE(MAX(id), 0) FROM attempt WHERE operation_id = ?" },
	[Q_LAST_PERSON] = { "u", "u", "SELECT COALESCE(MAX(person_id), 0) FROM entry WHERE operation_id = ?" },
	[Q_WHOLE] = { "uuu", "uu", "SELECT id, person_id FROM entry FORCE INDEX (once) WHERE operation_id = ? AND person_id > ? ORDER BY person_id LIMIT ?" },
	[Q_LOG] = { "uuuu", "uuu", "SELECT id, first_entry, last_entry FROM entry_log FORCE INDEX (by_operation)"
	    " WHERE operation_id = ? AND id > ? AND id <= ? ORDER BY id LIMIT ?" },
	[Q_RANGE] = { "uuuu", "u", "SELECT id FROM entry FORCE INDEX (PRIMARY) WHERE id > ? AND id <= ? AND operation_id = ? ORDER BY id LIMIT ?" },
	[Q_CALLED] = { "uuuu", "uu", "SELECT id, COALESCE(entry_id, 0) FROM attempt FORCE INDEX (by_operation)"
	    " WHERE operation_id = ? AND id > ? AND id <= ? ORDER BY id LIMIT ?" },
	[Q_NOW] = { "su", "uusuui", "SELECT DISTINCT e.id, e.person_id, COALESCE(h.state, e.state), e.attempts, e.reason, COALESCE(h.due_at, e.due_at)"
	    " FROM JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j JOIN entry e ON e.id = j.id AND e.operation_id = ?"
	    " LEFT JOIN hold h ON h.person_id = e.person_id AND h.entry_id = e.id" },
};
DB_STATEMENTS(q)

/* --- cursors --- */

enum { PLACES = 3, MARK = 8, WHOLE = PLACES * 8 + MARK };
#define EVERYBODY	(UINT64_C(1) << 63)	/* in the first place: still at the list itself, the third place being a person */

static void
mark(enum since_kind kind, struct operation_id op, const uint64_t at[PLACES], unsigned char out[MARK])
{
	uint64_t about[2 + PLACES] = { (uint64_t)kind, op.v, at[0], at[1], at[2] };
	unsigned char whole[32];

	seal_mark("api cursor", about, sizeof(about), whole);
	memcpy(out, whole, MARK);
}

const char *
since_cursor(struct arena *a, enum since_kind kind, struct operation_id op, const struct since_place *p)
{
	uint64_t at[PLACES] = { kind == SINCE_ENTRIES ? p->person : p->attempt | (p->whole ? EVERYBODY : 0), p->log, p->whole ? p->person : p->entry };
	unsigned char bytes[WHOLE];

	for (int i = 0; i < PLACES * 8; i++)
		bytes[i] = (unsigned char)(at[i / 8] >> (56 - 8 * (i % 8)));
	mark(kind, op, at, bytes + PLACES * 8);
	return seal_hex(a, bytes, sizeof(bytes));
}

/* The highest places there can be. */
static bool
highest(struct db *db, enum since_kind kind, struct operation_id op, uint64_t most[2], struct arena *a)
{
	struct row r;

	if (kind == SINCE_CHANGES)
		return horizon_of(db, HORIZON_ATTEMPT, &most[0], a) && horizon_of(db, HORIZON_ENTRY_LOG, &most[1], a);
	if (db_row(db, &q[kind == SINCE_ENTRIES ? Q_LAST_PERSON : Q_LAST_ATTEMPT], IN(V_U(op.v)), a, &r) != FOUND)
		return false;
	most[0] = row_u(&r, 0);
	most[1] = 0;
	return true;
}

enum found
since_read(struct db *db, enum since_kind kind, struct operation_id op, const char *cursor, struct since_place *p, struct arena *a)
{
	unsigned char bytes[WHOLE], ours[MARK];
	uint64_t at[PLACES] = { 0 }, most[2], gone = 0;

	*p = (struct since_place){ .begun = *cursor != '\0' };
	if (!p->begun)
		return FOUND;
	if (!seal_unhex(cursor, bytes, sizeof(bytes)))
		return NONE;
	for (int i = 0; i < PLACES * 8; i++)
		at[i / 8] = at[i / 8] << 8 | bytes[i];
	mark(kind, op, at, ours);
	if (!seal_equal(ours, bytes + PLACES * 8, MARK))
		return NONE;
	if (!highest(db, kind, op, most, a) || (kind == SINCE_CHANGES && !entry_log_gone(db, &gone, a)))
		return FAILED;
	p->whole = kind == SINCE_CHANGES && (at[0] & EVERYBODY) != 0;
	at[0] &= ~EVERYBODY;
	p->person = p->whole ? at[2] : at[0];
	p->attempt = at[0];
	p->log = at[1];
	p->entry = p->whole ? 0 : at[2];
	p->gone = kind == SINCE_CHANGES && at[1] < gone;
	if (p->gone)
		return NONE;
	return at[0] > most[0] || at[1] > most[1] ? NONE : FOUND;
}

/* --- the list --- */

static enum status
status_at(const struct row *r, unsigned column)
{
	return row_u(r, column) < ST__MAX ? (enum status)row_u(r, column) : ST_NONE;
}

static struct since_entry *
entries_of(const struct rows *rows, struct arena *a)
{
	struct since_entry *out = arena_alloc(a, (rows->n + 1) * sizeof(*out));

	for (size_t i = 0; i < rows->n; i++) {
		const struct row *r = &rows->row[i];
		out[i] = (struct since_entry){ row_u(r, 0), row_u(r, 1), row_u(r, 3), row_s(r, 2), status_at(r, 4), row_i(r, 5) };
	}
	return out;
}

bool
since_entries(struct db *db, struct operation_id op, struct since_place *p, struct since_entry **out, size_t *n, bool *more, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_ENTRIES], IN(V_U(op.v), V_U(p->person), V_U(SINCE_PAGE)), a, &rows))
		return false;
	*n = rows.n;
	*out = entries_of(&rows, a);
	*more = rows.n == SINCE_PAGE;
	if (rows.n > 0)
		p->person = row_u(&rows.row[rows.n - 1], 1);
	return true;
}

/* --- what has changed --- */

struct page { uint64_t entry[SINCE_PAGE]; size_t n; };

/* Everybody on the list, in the order of people: whoever comes to stand before the place meanwhile is in the log. */
static bool
everybody(struct db *db, struct operation_id op, struct since_place *p, struct page *page, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_WHOLE], IN(V_U(op.v), V_U(p->person), V_U(SINCE_PAGE)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		page->entry[page->n++] = row_u(&rs.row[i], 0);
		p->person = row_u(&rs.row[i], 1);
	}
	p->whole = rs.n == SINCE_PAGE;
	return true;
}

/* The entries of one row of the log, as many as there is room for. */
static bool
unfold(struct db *db, struct operation_id op, const struct row *r, struct since_place *p, struct page *page, struct arena *a)
{
	uint64_t id = row_u(r, 0), first = row_u(r, 1), last = row_u(r, 2), room = SINCE_PAGE - page->n;
	struct rows rs;

	if (first == last) {
		page->entry[page->n++] = first;
		p->log = id;
		return true;
	}
	if (!db_rows(db, &q[Q_RANGE], IN(V_U(p->entry >= first ? p->entry : first - 1), V_U(last), V_U(op.v), V_U(room)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++)
		page->entry[page->n++] = row_u(&rs.row[i], 0);
	p->entry = rs.n == room ? page->entry[page->n - 1] : 0;
	if (p->entry == 0)
		p->log = id;
	return true;
}

static bool
logged(struct db *db, struct operation_id op, uint64_t safe, struct since_place *p, struct page *page, bool *more, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_LOG], IN(V_U(op.v), V_U(p->log), V_U(safe), V_U(SINCE_PAGE)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n && page->n < SINCE_PAGE; i++)
		if (!unfold(db, op, &rs.row[i], p, page, a))
			return false;
	*more = rs.n > 0 && (rs.n == SINCE_PAGE || p->log != row_u(&rs.row[rs.n - 1], 0));
	if (!*more && safe > p->log)	/* of other operations: this reader needs none of it */
		p->log = safe;
	return true;
}

static bool
called(struct db *db, struct operation_id op, uint64_t safe, struct since_place *p, struct page *page, bool *more, struct arena *a)
{
	uint64_t room = SINCE_PAGE - page->n;
	struct rows rs;

	if (room == 0)
		return *more = true;
	if (!db_rows(db, &q[Q_CALLED], IN(V_U(op.v), V_U(p->attempt), V_U(safe), V_U(room)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		page->entry[page->n++] = row_u(&rs.row[i], 1);
		p->attempt = row_u(&rs.row[i], 0);
	}
	*more = rs.n == room;
	return true;
}

bool
since_changes(struct db *db, struct operation_id op, struct since_place *p, struct since_entry **out, size_t *n, bool *more, struct arena *a)
{
	struct page page = { .n = 0 };
	uint64_t attempts, log;
	struct rows rows;
	struct buf ids;

	if (!horizon_of(db, HORIZON_ATTEMPT, &attempts, a) || !horizon_of(db, HORIZON_ENTRY_LOG, &log, a))
		return false;
	if (!p->begun)		/* calls and changes until now are in what everybody is */
		*p = (struct since_place){ .begun = true, .whole = true, .attempt = attempts, .log = log };
	*more = true;
	if (p->whole && !everybody(db, op, p, &page, a))
		return false;
	if (!p->whole && (!logged(db, op, log, p, &page, more, a) || (!*more && !called(db, op, attempts, p, &page, more, a))))
		return false;
	buf_init_in(&ids, a, SINCE_PAGE * 24);
	for (size_t i = 0; i < page.n; i++)
		buf_fmt(&ids, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)page.entry[i]);
	buf_text(&ids, page.n == 0 ? "[]" : "]");
	if (!db_rows(db, &q[Q_NOW], IN(V_S(ids.data), V_U(op.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = entries_of(&rows, a);
	return true;
}

/* --- the calls --- */

bool
since_attempts(struct db *db, struct operation_id op, struct since_place *p, struct since_attempt **out, size_t *n, bool *more, struct arena *a)
{
	uint64_t from = p->attempt, safe;
	struct rows rows, answers;
	size_t at = 0;

	if (!horizon_of(db, HORIZON_ATTEMPT, &safe, a) ||
	    !db_rows(db, &q[Q_ATTEMPTS], IN(V_U(op.v), V_U(from), V_U(safe), V_U(SINCE_PAGE)), a, &rows))
		return false;
	*n = rows.n;
	*more = rows.n == SINCE_PAGE;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		(*out)[i] = (struct since_attempt){ .id = row_u(r, 0), .entry = row_u(r, 1), .person = row_u(r, 2), .user = row_u(r, 3),
		    .number = row_u(r, 4), .corrects = row_u(r, 5), .user_name = row_s(r, 6), .e164 = row_s(r, 7), .zone = row_s(r, 8),
		    .status = status_at(r, 9), .started_at = row_i(r, 10), .saved_at = row_i(r, 11), .callback_at = row_i(r, 12), .note = row_s(r, 13) };
		p->attempt = row_u(r, 0);
	}
	if (rows.n == 0)
		return true;
	if (!db_rows(db, &q[Q_ANSWERS], IN(V_U(op.v), V_U(from), V_U(p->attempt)), a, &answers))
		return false;
	for (size_t i = 0; i < *n; i++) {
		struct since_attempt *t = &(*out)[i];
		size_t first = at;

		while (at < answers.n && row_u(&answers.row[at], 0) == t->id)
			at++;
		t->nanswers = at - first;
		t->answers = arena_alloc(a, (t->nanswers + 1) * sizeof(*t->answers));
		for (size_t k = 0; k < t->nanswers; k++)
			t->answers[k] = (struct since_answer){ row_u(&answers.row[first + k], 1), row_u(&answers.row[first + k], 2), row_s(&answers.row[first + k], 3) };
	}
	return true;
}
