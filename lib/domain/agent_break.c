#include "domain/agent_break.h"

#include "domain/outcome.h"
#include "plumb/arena.h"

enum { Q_NOW, Q_BEGIN, Q_END, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_NOW] = { "uu", "ii", "SELECT started_at, ended_at FROM agent_break WHERE operation_id = ? AND user_id = ?"
	    " ORDER BY started_at DESC LIMIT 1" },
	[Q_BEGIN] = { "uui", "", "INSERT INTO agent_break (operation_id, user_id, started_at) VALUES (?, ?, ?)" },
	[Q_END] = { "iuui", "", "UPDATE agent_break SET ended_at = ? WHERE operation_id = ? AND user_id = ? AND started_at = ?" },
};
DB_STATEMENTS(q)

struct pause { struct operation_id op; struct user_id user; int64_t now; struct arena *a; };

enum found
agent_break_now(struct db *db, struct operation_id op, struct user_id user, int64_t *since, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_NOW], IN(V_U(op.v), V_U(user.v)), a, &r);

	if (f != FOUND)
		return f;
	*since = row_i(&r, 0);
	return row_is_null(&r, 1) ? FOUND : NONE;
}

static bool
begin(struct db *db, void *ctx)
{
	struct pause *x = ctx;
	int64_t since;

	switch (agent_break_now(db, x->op, x->user, &since, x->a)) {
	case FOUND:	return true;
	case FAILED:	return false;
	case NONE:	break;
	}
	return db_write(db, &q[Q_BEGIN], IN(V_U(x->op.v), V_U(x->user.v), V_I(x->now)), NULL) != NOT_WRITTEN;
}

enum saved
agent_break_begin(struct db *db, struct operation_id op, struct user_id user, int64_t now, struct arena *a)
{
	struct pause x = { op, user, now, a };

	return saved_of(tx_write(db, begin, &x), R_NONE);
}

static bool
end(struct db *db, void *ctx)
{
	struct pause *x = ctx;
	int64_t since;

	switch (agent_break_now(db, x->op, x->user, &since, x->a)) {
	case FOUND:	break;
	case NONE:	return true;
	case FAILED:	return false;
	}
	return db_write(db, &q[Q_END], IN(V_I(x->now), V_U(x->op.v), V_U(x->user.v), V_I(since)), NULL) == WROTE;
}

bool
agent_break_end(struct db *db, struct operation_id op, struct user_id user, int64_t now)
{
	struct pause x = { op, user, now, arena_new() };
	enum tx t = tx_write(db, end, &x);

	arena_free(x.a);
	return t == TX_DONE;
}
