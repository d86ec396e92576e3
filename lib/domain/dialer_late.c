/*
 * dialer_late.c - a call that was saved as what nobody knew better, and the provider tells a day later: the saved status and
 * the further call that it has led to are put right, unless that further call has begun.
 */
#include "domain/dialer_in.h"

#include "domain/noticed.h"
#include "domain/queue_in.h"

enum { Q_FLAG, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_FLAG] = { "uuu", "", "UPDATE live_call SET flags = flags | ? WHERE id = ? AND flags & ? = 0" },
};
DB_STATEMENTS(q)

struct late {
	const struct live_call *c;
	const struct operation *op;
	struct recycle_rule rules[ST__MAX];
	unsigned number;
	enum status status;
	int64_t now;
	enum refusal why;
	bool already;
	struct arena *a;
};

/* Only who waits for a further call: nobody comes back to a list because of old news. */
static bool
put_right(struct db *db, void *ctx)
{
	struct late *x = ctx;
	struct queue_locked l;

	x->already = false;
	x->why = R_NOT_FOUND;
	switch (queue_lock(db, x->op->id, x->c->entry, &l, x->a)) {
	case FOUND:	break;
	case NONE:	return false;
	case FAILED:	return x->why = R_NONE, false;
	}
	if (l.state != QS_WAITING && l.state != QS_HELD)
		return false;
	return queue_correct_in(db, x->op, x->rules, x->c->user, x->c->entry, x->number, x->status, "", x->now, &x->already, &x->why, x->a);
}

/* An agent's word stays; of what was detected only an answer, or any news after "nobody knows", is worth a change. */
static bool
is_news(const struct live_call *c, enum status saved)
{
	enum status now = outcome_status(c->outcome);

	return status_by(saved) == S_AUTO && now != ST_NONE && now != saved && c->ending.uses_call && c->outcome != OUTCOME_UNKNOWN &&
	    (saved == ST_ERROR || c->ending.answered);
}

static enum found
flag(struct db *db, const struct live_call *c, int64_t now)
{
	uint64_t n = 0;

	if (db_write(db, &q[Q_FLAG], IN(V_U(LIVE_LATE), V_U(c->id.v), V_U(LIVE_LATE)), &n) != WROTE ||
	    (n > 0 && !noticed_count(db, c->trunk, NOTICED_LATE, now)))
		return FAILED;
	return FOUND;
}

enum found
dialer_late(struct db *db, const struct live_call *c, unsigned number, enum status saved, int64_t now, struct arena *a)
{
	struct operation op;
	struct late x = { .c = c, .op = &op, .number = number, .status = outcome_status(c->outcome), .now = now, .a = a };

	if (!is_news(c, saved))
		return FOUND;
	if (operation_by_id(db, c->op, &op, a) != FOUND || operation_rules(db, c->op, x.rules, a) == FAILED)
		return FAILED;
	if (op.state == OP_ARCHIVED)
		return FOUND;
	switch (tx_write(db, put_right, &x)) {
	case TX_DONE:
		log_event("call %llu: told late, %s instead of %s", (unsigned long long)c->id.v, status_code(x.status), status_code(saved));
		return FOUND;
	case TX_REFUSED:
		return x.why == R_PERSON_HELD ? flag(db, c, now) : x.why == R_NONE && !x.already ? FAILED : FOUND;
	case TX_FAILED:
	case TX_UNSURE:
		break;
	}
	return FAILED;
}
