/*
 * since.c - see since.h.
 */
#include "domain/since.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/text.h"

enum { Q_ENTRIES, Q_ATTEMPTS, Q_ANSWERS, Q_LAST_ATTEMPT, Q_LAST_PERSON, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ENTRIES] = { "uuu", "uusuui", "SELECT id, person_id, state, attempts, reason, due_at FROM entry FORCE INDEX (once)"
	    " WHERE operation_id = ? AND person_id > ? ORDER BY person_id LIMIT ?" },
	[Q_ATTEMPTS] = { "uuu", "uuuuuusssuiiis", "SELECT t.id, t.entry_id, t.person_id, t.user_id, t.number, t.corrects, u.name, t.e164, t.time_zone,"
	    " t.status, t.started_at, t.saved_at, t.callback_at, t.note FROM attempt t FORCE INDEX (by_operation) LEFT JOIN user u ON u.id = t.user_id"
	    " WHERE t.operation_id = ? AND t.id > ? ORDER BY t.id LIMIT ?" },
	[Q_ANSWERS] = { "uuu", "uuus", "SELECT STRAIGHT_JOIN w.attempt_id, q.stable_id, k.stable_id, w.text FROM attempt t FORCE INDEX (by_operation)"
	    " JOIN answer w ON w.attempt_id = t.id JOIN question q ON q.id = w.question_id LEFT JOIN choice k ON k.id = w.choice_id"
	    " WHERE t.operation_id = ? AND t.id > ? AND t.id <= ? ORDER BY t.id, q.position, w.position" },
	[Q_LAST_ATTEMPT] = { "u", "u", "SELECT COALESCE(MAX(id), 0) FROM attempt WHERE operation_id = ?" },
	[Q_LAST_PERSON] = { "u", "u", "SELECT COALESCE(MAX(person_id), 0) FROM entry WHERE operation_id = ?" },
};
DB_STATEMENTS(q)

static void
mark(enum since_kind kind, struct operation_id op, uint64_t last, unsigned char out[8])
{
	uint64_t about[3] = { (uint64_t)kind, op.v, last };
	unsigned char whole[32];

	seal_mark("api cursor", about, sizeof(about), whole);
	memcpy(out, whole, 8);
}

const char *
since_cursor(struct arena *a, enum since_kind kind, struct operation_id op, uint64_t last)
{
	unsigned char bytes[16];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(last >> (56 - 8 * i));
	mark(kind, op, last, bytes + 8);
	return seal_hex(a, bytes, sizeof(bytes));
}

enum found
since_read(struct db *db, enum since_kind kind, struct operation_id op, const char *cursor, uint64_t *last, struct arena *a)
{
	unsigned char bytes[16], ours[8];
	struct row r;

	*last = 0;
	if (*cursor == '\0')
		return FOUND;
	if (!seal_unhex(cursor, bytes, sizeof(bytes)))
		return NONE;
	for (int i = 0; i < 8; i++)
		*last = *last << 8 | bytes[i];
	mark(kind, op, *last, ours);
	if (!seal_equal(ours, bytes + 8, sizeof(ours)))
		return NONE;
	if (db_row(db, &q[kind == SINCE_ENTRIES ? Q_LAST_PERSON : Q_LAST_ATTEMPT], IN(V_U(op.v)), a, &r) != FOUND)
		return FAILED;
	return *last > row_u(&r, 0) ? NONE : FOUND;
}

static enum status
status_at(const struct row *r, unsigned column)
{
	return row_u(r, column) < ST__MAX ? (enum status)row_u(r, column) : ST_NONE;
}

bool
since_entries(struct db *db, struct operation_id op, uint64_t *last, struct since_entry **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_ENTRIES], IN(V_U(op.v), V_U(*last), V_U(SINCE_PAGE)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		(*out)[i] = (struct since_entry){ row_u(r, 0), row_u(r, 1), row_u(r, 3), row_s(r, 2), status_at(r, 4), row_i(r, 5) };
		*last = row_u(r, 1);
	}
	return true;
}

bool
since_attempts(struct db *db, struct operation_id op, int64_t now, uint64_t *last, struct since_attempt **out, size_t *n, struct arena *a)
{
	uint64_t from = *last;
	struct rows rows, answers;
	size_t at = 0;

	if (!db_rows(db, &q[Q_ATTEMPTS], IN(V_U(op.v), V_U(from), V_U(SINCE_PAGE)), a, &rows))
		return false;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (*n = 0; *n < rows.n && row_i(&rows.row[*n], 11) <= now - SINCE_SETTLED_US; ++*n) {
		const struct row *r = &rows.row[*n];
		(*out)[*n] = (struct since_attempt){ .id = row_u(r, 0), .entry = row_u(r, 1), .person = row_u(r, 2), .user = row_u(r, 3),
		    .number = row_u(r, 4), .corrects = row_u(r, 5), .user_name = row_s(r, 6), .e164 = row_s(r, 7), .zone = row_s(r, 8),
		    .status = status_at(r, 9), .started_at = row_i(r, 10), .saved_at = row_i(r, 11), .callback_at = row_i(r, 12), .note = row_s(r, 13) };
		*last = row_u(r, 0);
	}
	if (*n == 0)
		return true;
	if (!db_rows(db, &q[Q_ANSWERS], IN(V_U(op.v), V_U(from), V_U(*last)), a, &answers))
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
