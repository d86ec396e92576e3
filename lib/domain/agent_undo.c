#include "domain/agent_undo.h"

#include "plumb/arena.h"
#include "plumb/db.h"

enum { Q_NOTE, Q_ANSWERS, Q_DRAFT, Q_DRAFT_ANSWERS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_NOTE] = { "u", "s", "SELECT note FROM attempt WHERE id = ?" },
	[Q_ANSWERS] = { "u", "uus", "SELECT question_id, choice_id, text FROM answer WHERE attempt_id = ? ORDER BY question_id, position" },
	[Q_DRAFT] = { "uuuiiu", "", "INSERT IGNORE INTO call_draft (user_id, operation_id, entry_id, claimed_at, survey_version_id,"
	    " talking, shown_id, started_at, note) SELECT ?, ?, ?, ?, survey_version_id, FALSE, 0, ?, note FROM attempt"
	    " WHERE id = ? AND survey_version_id IS NOT NULL" },
	[Q_DRAFT_ANSWERS] = { "uuuiu", "", "INSERT IGNORE INTO call_answer_draft (user_id, operation_id, entry_id, claimed_at,"
	    " question_id, choices, text) SELECT ?, ?, ?, ?, question_id, COALESCE(GROUP_CONCAT(choice_id ORDER BY position"
	    " SEPARATOR ' '), ''), MAX(text) FROM answer WHERE attempt_id = ? GROUP BY question_id" },
};
DB_STATEMENTS(q)

bool
agent_undo_read(struct db *db, uint64_t attempt, struct call *out, struct arena *a)
{
	struct call_answer *answers;
	struct rows rows;
	struct row r;

	if (db_row(db, &q[Q_NOTE], IN(V_U(attempt)), a, &r) != FOUND || !db_rows(db, &q[Q_ANSWERS], IN(V_U(attempt)), a, &rows))
		return false;
	answers = arena_alloc(a, (rows.n + 1) * sizeof(*answers));
	for (size_t i = 0; i < rows.n; i++)
		answers[i] = (struct call_answer){ { row_u(&rows.row[i], 0) }, { row_u(&rows.row[i], 1) }, row_s(&rows.row[i], 2) };
	out->note = row_s(&r, 0);
	out->answers = answers;
	out->nanswers = rows.n;
	return true;
}

struct talk { const struct val *head, *answers; };

static bool
write_talk(struct db *db, void *ctx)
{
	const struct talk *x = ctx;

	return db_write(db, &q[Q_DRAFT], x->head, 6, NULL) == WROTE && db_write(db, &q[Q_DRAFT_ANSWERS], x->answers, 5, NULL) == WROTE;
}

bool
agent_undo_talk(struct db *db, struct operation_id op, struct user_id user, struct entry_id entry, int64_t claimed_at,
    uint64_t attempt, int64_t now)
{
	const struct val head[] = { V_U(user.v), V_U(op.v), V_U(entry.v), V_I(claimed_at), V_I(now), V_U(attempt) };
	const struct val answers[] = { V_U(user.v), V_U(op.v), V_U(entry.v), V_I(claimed_at), V_U(attempt) };
	struct talk x = { head, answers };

	return tx_write(db, write_talk, &x) == TX_DONE;
}
