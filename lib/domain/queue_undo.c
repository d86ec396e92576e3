/*
 * queue_undo.c - an agent's last call taken back: a slip of the thumb, seen at once. The calls stay; further attempts say
 * that they are taken back (queue_correct), so the audit finds what it always finds.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/seal.h"

#include "domain/outcome.h"
#include "domain/queue_in.h"

enum { Q_CALL, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_CALL] = { "buu", "uuiu", "SELECT id, number, saved_at, entry_id FROM attempt WHERE form_key = ? AND user_id = ?"
	    " AND operation_id = ? AND corrects IS NULL" },
};
DB_STATEMENTS(q)

struct undo {
	const struct operation *op;
	struct user_id user;
	const struct call *call;
	unsigned char key[FORM_KEY_BYTES];
	struct recycle_rule rules[ST__MAX];
	int64_t now;
	uint64_t attempt;
	enum refusal why;
	struct arena *a;
};

/* One of the calls; ones that were never saved, as somebody else was quicker, are none. */
static enum found
take_back(struct db *db, struct undo *x, const unsigned char key[FORM_KEY_BYTES], uint64_t *attempt)
{
	bool already;
	struct row r;
	enum found f = db_row(db, &q[Q_CALL], IN(V_B(key, FORM_KEY_BYTES), V_U(x->user.v), V_U(x->op->id.v)), x->a, &r);

	if (f != FOUND)
		return f;
	*attempt = row_u(&r, 0);
	if (queue_correct_in(db, x->op, x->rules, x->user, (struct entry_id){ row_u(&r, 3) }, (unsigned)row_u(&r, 1), ST_CORRECTED, "",
	    x->now, &already, &x->why, x->a))
		return FOUND;
	return already ? FOUND : FAILED;
}

static bool
undo(struct db *db, void *ctx)
{
	struct undo *x = ctx;
	uint64_t other;

	x->why = R_NONE;
	switch (take_back(db, x, x->key, &x->attempt)) {
	case FOUND:	break;
	case NONE:
	case FAILED:	return false;
	}
	for (size_t i = 0; i < x->call->nmates && i < MATES_MAX; i++) {
		unsigned char key[FORM_KEY_BYTES];

		queue_mate_key(x->key, x->call->mates[i], key);
		if (take_back(db, x, key, &other) == FAILED)
			return false;
	}
	return true;
}

enum saved
queue_undo(struct db *db, const struct operation *op, struct user_id user, const struct call *call, int64_t now,
    uint64_t *attempt, enum refusal *why, struct arena *a)
{
	struct undo x = { .op = op, .user = user, .call = call, .now = now, .a = a };
	struct held held;
	struct row r;
	enum saved s;
	enum tx t;

	*attempt = 0;
	*why = R_NONE;
	if (!queue_form_ours(call->entry, user, call->claimed_at, call->form_key))
		return *why = R_FORM_TOO_OLD, REFUSED;
	queue_form_key(call->entry, user, call->claimed_at, x.key);
	if (operation_rules(db, op->id, x.rules, a) != FOUND)
		return NOT_SAVED;
	/* Too late: whom the agent holds now stays with them. */
	switch (db_row(db, &q[Q_CALL], IN(V_B(x.key, FORM_KEY_BYTES), V_U(user.v), V_U(op->id.v)), a, &r)) {
	case FOUND:
		if (row_i(&r, 2) + (int64_t)UNDO_SECONDS * SECOND_US < now)
			return *why = R_UNDO_LATE, REFUSED;
		break;
	case NONE:	return *why = R_NOT_FOUND, REFUSED;
	case FAILED:	return NOT_SAVED;
	}
	switch (queue_held(db, op, user, now, &held, a)) {
	case FOUND:
		s = queue_put_back(db, op->id, user, held.entry, now);
		if (s == NOT_SAVED || s == UNSURE)
			return s;
		break;
	case NONE:	break;
	case FAILED:	return NOT_SAVED;
	}
	t = tx_write(db, undo, &x);
	*why = x.why;
	*attempt = x.attempt;
	return saved_of(t, x.why);
}
