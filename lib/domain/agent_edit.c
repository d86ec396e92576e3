#include "domain/agent_edit.h"

#include "plumb/arena.h"
#include "plumb/db.h"

#include "domain/audit.h"
#include "domain/outcome.h"

#define VALUES "SELECT p.email, p.language, p.nationality, LEFT(p.notes, 1000), p.id FROM entry e"	\
	" JOIN person p ON p.id = e.person_id WHERE e.id = ? AND e.operation_id = ?"
enum { Q_NOW, Q_LOCK, Q_EMAIL, Q_LANGUAGE, Q_NATIONALITY, Q_NOTES, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_NOW]  = { "uu", "ssssu", VALUES },
	[Q_LOCK] = { "uu", "ssssu", VALUES " FOR UPDATE" },
	[Q_EMAIL] = { "siu", "", "UPDATE person SET email = ?, updated_at = ? WHERE id = ?" },
	[Q_LANGUAGE] = { "siu", "", "UPDATE person SET language = ?, updated_at = ? WHERE id = ?" },
	[Q_NATIONALITY] = { "siu", "", "UPDATE person SET nationality = ?, updated_at = ? WHERE id = ?" },
	/* The page shows, and so changes, the first 1000 characters. */
	[Q_NOTES] = { "siu", "", "UPDATE person SET notes = CONCAT(?, SUBSTRING(notes, 1001)), updated_at = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

/* Which statement writes it, and which column of VALUES holds it now; -1: nobody may. */
static int
writer(enum person_field f, unsigned *column)
{
	switch (f) {
	case FIELD_EMAIL:	*column = 0; return Q_EMAIL;
	case FIELD_LANGUAGE:	*column = 1; return Q_LANGUAGE;
	case FIELD_NATIONALITY:	*column = 2; return Q_NATIONALITY;
	case FIELD_NOTES:	*column = 3; return Q_NOTES;
	default:		return -1;
	}
}

bool
agent_may_edit(const struct field_rules *rules, enum person_field f)
{
	unsigned column;

	for (size_t i = 0; i < rules->n; i++)
		if (rules->rule[i].field == f)
			return rules->rule[i].mode == MODE_EDITABLE && field_allows(f, MODE_EDITABLE) &&
			    writer(f, &column) >= 0;
	return false;
}

struct edit_ctx {
	const struct operation *op;
	struct user_id user;
	struct entry_id entry;
	const struct agent_edit *edit;
	size_t n, changed;
	int64_t now;
	struct arena *arena;
	enum refusal why;
};

static bool
edit_work(struct db *db, void *p)
{
	struct edit_ctx *cx = p;
	struct row r;

	cx->changed = 0;
	cx->why = R_NONE;
	switch (db_row(db, &q[Q_LOCK], IN(V_U(cx->entry.v), V_U(cx->op->id.v)), cx->arena, &r)) {
	case FOUND:	break;
	case NONE:	cx->why = R_NOT_FOUND; return false;
	case FAILED:	return false;
	}
	for (size_t i = 0; i < cx->n; i++) {
		const struct agent_edit *e = &cx->edit[i];
		unsigned column;
		int w = writer(e->field, &column);
		const char *old;

		assert(w >= 0);		/* agent_may_edit was asked */
		old = row_s(&r, column);
		if (strcmp(old, e->value) == 0)
			continue;
		if (db_write(db, &q[w], IN(V_S(e->value), V_I(cx->now), V_U(row_u(&r, 4))), NULL) != WROTE ||
		    !audit_add(db, cx->op->organisation, cx->user, cx->now, "person.edit", "person", row_u(&r, 4),
		        arena_fmt(cx->arena, "%s: %s -> %s", field_code(e->field), old, e->value)))
			return false;
		cx->changed++;
	}
	return true;
}

enum saved
agent_edit(struct db *db, const struct operation *op, const struct field_rules *rules, struct user_id user,
    struct entry_id entry, const struct agent_edit *edit, size_t n, int64_t now, enum refusal *why,
    struct arena *a)
{
	struct edit_ctx cx = { .op = op, .user = user, .entry = entry, .edit = edit, .n = n, .now = now, .arena = a };
	bool same = true;
	struct row r;
	enum saved s;
	enum tx t;

	*why = R_NONE;
	for (size_t i = 0; i < n; i++)
		if (!agent_may_edit(rules, edit[i].field)) {
			*why = R_FIELD_LOCKED;
			return REFUSED;
		}
	/* Most forms change nothing: seen without a lock, before a transaction is begun. */
	switch (n == 0 ? FOUND : db_row(db, &q[Q_NOW], IN(V_U(entry.v), V_U(op->id.v)), a, &r)) {
	case FOUND:	break;
	case NONE:	*why = R_NOT_FOUND; return REFUSED;
	case FAILED:	return NOT_SAVED;
	}
	for (size_t i = 0; i < n && same; i++) {
		unsigned column;
		same = writer(edit[i].field, &column) >= 0 && strcmp(row_s(&r, column), edit[i].value) == 0;
	}
	if (same)
		return ALREADY;
	t = tx_write(db, edit_work, &cx);	/* before `why` is read */
	s = saved_of(t, cx.why);
	*why = cx.why;
	return s == SAVED && cx.changed == 0 ? ALREADY : s;
}
