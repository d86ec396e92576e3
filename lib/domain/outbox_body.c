/*
 * outbox_body.c - what a message says: ids, status and times; the choices of answers when its owner ticked that.
 */
#include "domain/outbox_in.h"

#include "domain/status.h"
#include "domain/power.h"
#include "plumb/arena.h"
#include "plumb/date.h"
#include "plumb/db.h"
#include "plumb/json.h"

enum { LOOK = 20000 };	/* ids at a time: most may be other organisations' */

enum { Q_CALLS, Q_ANSWERS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_CALLS] = { "uuuuuu", "uuuuuuuuiii", "SELECT t.id, t.operation_id, t.entry_id, t.person_id, IF(" POWER_IS_SQL("t.user_id") ", 0, t.user_id), t.number, t.status, t.corrects,"
	    " t.started_at, t.saved_at, t.callback_at FROM attempt t FORCE INDEX (PRIMARY) JOIN operation o ON o.id = t.operation_id"
	    " WHERE t.id > ? AND t.id <= ? AND o.organisation_id = ? AND (? = 0 OR t.operation_id = ?) ORDER BY t.id LIMIT ?" },
	[Q_ANSWERS] = { "u", "uu", "SELECT q.stable_id, k.stable_id FROM answer w JOIN question q ON q.id = w.question_id"
	    " JOIN choice k ON k.id = w.choice_id WHERE w.attempt_id = ? ORDER BY q.position, w.position" },
};
DB_STATEMENTS(q)

static void
put_id(struct json *j, const char *key, uint64_t id)
{
	if (id == 0)
		json_text(j, key, NULL);
	else
		json_int(j, key, (int64_t)id);
}

static struct json *
message(const char *type, int64_t at, struct json *data, struct arena *a)
{
	struct json *j = json_object(a);

	json_text(j, "type", type);
	json_text(j, "timestamp", utc_text(a, at));
	json_put(j, "data", data);
	return j;
}

static bool
put_answers(struct db *db, struct json *data, uint64_t attempt, struct arena *a)
{
	struct json *list = json_array(a);
	struct rows rs;

	if (!db_rows(db, &q[Q_ANSWERS], IN(V_U(attempt)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		struct json *one = json_object(a);
		put_id(one, "question", row_u(&rs.row[i], 0));
		put_id(one, "choice", row_u(&rs.row[i], 1));
		json_add(list, one);
	}
	json_put(data, "answers", list);
	return true;
}

static const char *
body_of(struct db *db, const struct row *r, bool with_answers, struct arena *a)
{
	static const char *const keys[] = { "id", "operation", "entry", "person", "agent" };
	enum status status = row_u(r, 6) < ST__MAX ? (enum status)row_u(r, 6) : ST_NONE;
	struct json *data = json_object(a);

	for (unsigned i = 0; i < NITEMS(keys); i++)
		put_id(data, keys[i], row_u(r, i));
	json_int(data, "number", (int64_t)row_u(r, 5));
	json_text(data, "status", status_code(status));
	json_bool(data, "reached", status_reached(status));
	put_id(data, "corrects", row_u(r, 7));
	json_text(data, "began_at", utc_text(a, row_i(r, 8)));
	json_text(data, "saved_at", utc_text(a, row_i(r, 9)));
	json_text(data, "call_back_at", utc_text(a, row_i(r, 10)));
	if (with_answers && !put_answers(db, data, row_u(r, 0), a))
		return NULL;
	return json_string(message(row_u(r, 7) == 0 ? "call.saved" : "call.corrected", row_i(r, 9), data, a));
}

bool
outbox_calls(struct db *db, struct organisation_id org, struct operation_id op, bool with_answers, uint64_t from, uint64_t until, size_t most,
    struct outbox_call **out, size_t *n, uint64_t *reached, struct arena *a)
{
	struct rows rs;

	*reached = until > from && until - from > LOOK ? from + LOOK : until;
	if (!db_rows(db, &q[Q_CALLS], IN(V_U(from), V_U(*reached), V_U(org.v), V_U(op.v), V_U(op.v), V_U(most)), a, &rs))
		return false;
	*n = rs.n;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rs.n; i++) {
		const char *body = body_of(db, &rs.row[i], with_answers, a);
		if (body == NULL)
			return false;
		(*out)[i] = (struct outbox_call){ row_u(&rs.row[i], 0), body };
	}
	return true;
}

const char *
outbox_test_body(int64_t at, struct arena *a)
{
	struct json *data = json_object(a);

	json_text(data, "says", "This is a test of Tocsin. No call was made.");
	return json_string(message("test", at, data, a));
}
