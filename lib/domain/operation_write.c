/*
 * operation_write.c - the shape all writes to an operation share: lock, change, revision + 1, audit.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"

#include "domain/audit.h"
#include "domain/operation.h"
#include "domain/operation_row.h"

enum { Q_LOCK, Q_TOUCH, Q_ORGANISATION, Q_PAGE, Q_CHANGED, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LOCK] = { "u", OPERATION_OUT, "SELECT " OPERATION_COLUMNS " FROM operation o WHERE o.id = ? FOR UPDATE" },
	[Q_TOUCH] = { "uu", "", "UPDATE operation SET revision = revision + 1,"
	    " wizard_page = GREATEST(wizard_page, ?) WHERE id = ?" },
	[Q_ORGANISATION] = { "u", "u", "SELECT organisation_id FROM operation WHERE id = ?" },
	[Q_PAGE] = { "uuiu", "", "INSERT INTO operation_page (operation_id, page, revision, user_id, changed_at)"
	    " SELECT id, ?, revision, ?, ? FROM operation WHERE id = ? ON DUPLICATE KEY UPDATE revision = VALUES(revision),"
	    " user_id = VALUES(user_id), changed_at = VALUES(changed_at)" },
	[Q_CHANGED] = { "uuuu", "si", "SELECT u.name, c.changed_at FROM operation_page c JOIN user u ON u.id = c.user_id"
	    " WHERE c.operation_id = ? AND c.page = ? AND c.revision > ? AND c.user_id <> ?" },
};
DB_STATEMENTS(q)

bool
op_lock(struct db *db, struct op_write *w)
{
	struct row r;

	w->why = R_NONE;
	switch (db_row(db, &q[Q_LOCK], IN(V_U(w->id.v)), w->arena, &r)) {
	case FOUND:	break;
	case NONE:	w->why = R_NOT_FOUND; return false;
	case FAILED:	return false;
	}
	operation_fill(&w->op, &r);
	if (w->op.state == OP_ARCHIVED) {
		w->why = R_WRONG_STATE;
		return false;
	}
	return true;
}

enum saved
op_run(struct db *db, bool (*work)(struct db *, void *), struct op_write *w, enum refusal *why)
{
	enum tx t = tx_write(db, work, w);

	*why = w->why;
	switch (t) {
	case TX_DONE:	 return SAVED;
	case TX_REFUSED: return w->why == R_NONE ? NOT_SAVED : REFUSED;
	case TX_UNSURE:	 return UNSURE;
	case TX_FAILED:	 break;
	}
	*why = R_BUSY;
	return NOT_SAVED;
}

bool
operation_touch(struct db *db, struct operation_id id, unsigned page_done, struct user_id by, int64_t now,
    const char *verb, const char *detail, struct arena *a)
{
	unsigned open = page_done == 0 ? 1 : page_done < 9 ? page_done + 1 : 9;
	struct row r;

	return db_write(db, &q[Q_TOUCH], IN(V_U(open), V_U(id.v)), NULL) == WROTE &&
	    (page_done == 0 || db_write(db, &q[Q_PAGE], IN(V_U(page_done), V_U(by.v), V_I(now), V_U(id.v)), NULL) == WROTE) &&
	    db_row(db, &q[Q_ORGANISATION], IN(V_U(id.v)), a, &r) == FOUND &&
	    audit_add(db, (struct organisation_id){ row_u(&r, 0) }, by, now, verb, "operation", id.v, detail);
}

enum found
operation_page_changed(struct db *db, struct operation_id id, unsigned page, unsigned seen, struct user_id by,
    struct page_change *out, struct arena *a)
{
	struct row r;
	enum found f = seen == 0 ? NONE : db_row(db, &q[Q_CHANGED], IN(V_U(id.v), V_U(page), V_U(seen), V_U(by.v)), a, &r);

	if (f == FOUND)
		*out = (struct page_change){ .by = row_s(&r, 0), .at = row_i(&r, 1) };
	return f;
}

bool
op_unchanged(struct db *db, struct op_write *w, unsigned page, unsigned seen)
{
	struct page_change c;
	enum found f = operation_page_changed(db, w->id, page, seen, w->by, &c, w->arena);

	if (f == FOUND)
		w->why = R_PAGE_CHANGED;
	return f == NONE;
}
