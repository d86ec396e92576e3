/*
 * dialer_place.c - one person is rung. All that must be true is asked at this moment, in the transaction that writes the
 * request down; only then does it leave.
 */
#include "domain/dialer_in.h"

#include "domain/queue_in.h"

#define ESTIMATE_MICRO	20000	/* of a call whose price nobody has told, while none is known this month */
#define AGAIN_MOST	4	/* requests for one turn of an agent */
#define SAVED_WITHIN_US	HOUR_US	/* of its end a call is saved, by the agent or without */
#define AGAIN_US	(5 * SECOND_US)
#define MAX_SECONDS	0u	/* the provider's own limit */

enum { Q_LOCK, Q_TURN, Q_PERSON, Q_OTHER, Q_REFUSE, Q_SENT, Q_FACT, Q_HOLD, Q_ACCEPTED, Q_AGAIN, Q_TRIES, Q__MAX };
static struct stmt q[Q__MAX] = {
	/* a call of nobody's has no line: line.v is its holder */
	[Q_LOCK] = { "u", "susssi", "SELECT c.state, c.hang_up_at IS NOT NULL, l.state, l.room, l.room_id, COALESCE(l.end_asked_at, 0)"
	    " FROM live_call c LEFT JOIN agent_line l ON l.id = c.line_id WHERE c.id = ? FOR UPDATE" },
	/* locked until the request is written down: who ends this turn now sees a call under way, or is seen here */
	[Q_TURN] = { "uuui", "u", "SELECT user_id FROM hold WHERE user_id = ? AND operation_id = ? AND entry_id = ? AND claimed_at = ? FOR UPDATE" },
	[Q_PERSON] = { "suu", "uu", "SELECT e.zone,"
	    " p.calls_forbidden OR p.deceased OR s.id IS NOT NULL FROM entry e JOIN person p ON p.id = e.person_id"
	    " LEFT JOIN suppression s ON s.e164 = ? AND s.organisation_id = ? WHERE e.id = ?" },
	[Q_OTHER] = { "ubiiui", "u", "SELECT c.id FROM live_call c FORCE INDEX (by_person) WHERE c.person_id = ? AND c.form_key <> ? AND c.call_id <> ''"
	    " AND c.outcome NOT IN ('error', 'canceled', 'not_placed', 'refused_account')"
	    " AND (c.ended_at IS NULL OR c.ended_at >= ?"
	    " OR (c.ended_at >= ? AND NOT EXISTS (SELECT 1 FROM attempt t WHERE t.form_key = c.form_key)))"
	    " UNION ALL SELECT a.id FROM attempt a FORCE INDEX (by_person) WHERE a.person_id = ? AND a.saved_at >= ? AND a.corrects IS NULL LIMIT 1" },
	[Q_REFUSE] = { "siiu", "", "UPDATE live_call SET state = 'ended', outcome = 'not_placed', refusal = ?, ended_at = ?, live = NULL,"
	    " live_e164 = NULL, look_at = ? WHERE id = ? AND state = 'wanted'" },
	[Q_SENT] = { "iiu", "", "UPDATE live_call SET state = 'sent', sent_at = ?, look_at = ?, facts = facts + 1 WHERE id = ?" },
	[Q_FACT] = { "ubii", "", "INSERT INTO call_fact (leg, of_id, fact_key, kind, source, at_us, received_at)"
	    " VALUES ('contact', ?, ?, 'requested', 'local', ?, ?)" },
	[Q_HOLD] = { "iuui", "", "UPDATE hold SET held_until = GREATEST(held_until, ?) WHERE user_id = ? AND operation_id = ? AND claimed_at = ?" },
	[Q_ACCEPTED] = { "uu", "", "UPDATE live_call SET queue_ms = ? WHERE id = ?" },
	[Q_TRIES] = { "b", "u", "SELECT COUNT(*) FROM live_call WHERE form_key = ?" },
	[Q_AGAIN] = { "iiu", "", "INSERT INTO live_call (trunk_id, operation_id, line_id, user_id, entry_id, person_id, e164, from_e164,"
	    " claimed_at, form_key, live_e164, wanted_at, month, look_at) SELECT trunk_id, operation_id, line_id, user_id, entry_id,"
	    " person_id, e164, from_e164, claimed_at, form_key, e164, ?, month, ? FROM live_call WHERE id = ?" },
};
DB_STATEMENTS(q)

struct placing {
	struct live_call *c;
	const struct trunk *trunk;
	struct operation op;
	struct dialing d;
	const char *room, *room_id, *refusal;	/* refusal: why not; NULL: sent */
	bool gone;				/* not wanted any more: somebody else was quicker */
	int64_t now, wait_us;
	struct arena *a;
};

static const char *
hours_refusal(enum hours_verdict v)
{
	return v == HOURS_OPEN ? NULL : refusal_key(v == HOURS_NOT_STARTED ? R_NOT_STARTED : v == HOURS_ENDED ? R_ENDED : R_OUTSIDE_HOURS);
}

/* Known cost of the month and an estimate for what is not known yet: stops new calls, never one that goes on. */
static bool
budget_left(struct db *db, const struct placing *x, bool *left)
{
	const struct trunk *t = x->trunk;
	struct trunk_costs costs;
	int64_t known = 0, each = ESTIMATE_MICRO;

	*left = true;
	if (t->budget_micro == 0)
		return true;
	if (!trunk_month(db, t->id, trunk_month_of(x->op.zone, x->now, x->a), &costs, x->a))
		return false;
	for (size_t i = 0; i < costs.n; i++)
		if (strcmp(costs.of[i].currency, t->currency) == 0 && costs.of[i].calls > 0) {
			known = costs.of[i].micro;
			each = known / (int64_t)costs.of[i].calls;
		}
	*left = known + each * (int64_t)costs.unknown < (int64_t)t->budget_micro;
	return true;
}

/* Who was on the line with another agent when this one was given them, or was and is not saved yet, or has been saved since: a
 * hold can end before its call does, or before it is saved. False: the database. */
static bool
meanwhile(struct db *db, struct placing *x)
{
	struct row r;
	enum found f = db_row(db, &q[Q_OTHER], IN(V_U(x->c->person.v), V_B(x->c->form_key, sizeof(x->c->form_key)), V_I(x->c->claimed_at),
	    V_I(x->c->claimed_at - SAVED_WITHIN_US), V_U(x->c->person.v), V_I(x->c->claimed_at)), x->a, &r);

	if (f == FOUND)
		x->refusal = REFUSED_MEANWHILE;
	return f != FAILED;
}

/* Everything that must be true; x->refusal says what is not. False: the database. */
static bool
check(struct db *db, struct placing *x)
{
	const struct live_call *c = x->c;
	struct queue_settings *s;
	struct row lock, person;
	enum found turn;
	bool left, alone = POWER_IS(c->user), may = true;

	if (db_row(db, &q[Q_LOCK], IN(V_U(c->id.v)), x->a, &lock) != FOUND)
		return false;
	x->gone = strcmp(row_s(&lock, 0), "wanted") != 0;
	x->room = row_s(&lock, 3);
	x->room_id = x->room == NULL || row_s(&lock, 4)[0] == '\0' ? NULL : row_s(&lock, 4);
	if (x->gone)
		return true;
	if (operation_by_id(db, c->op, &x->op, x->a) != FOUND || (s = queue_settings(db, &x->op, x->a)) == NULL)
		return false;
	if (row_u(&lock, 1) != 0)
		x->refusal = "canceled";
	else if (!alone && (x->room == NULL || strcmp(row_s(&lock, 2), "open") != 0 || row_i(&lock, 5) != 0))
		x->refusal = refusal_key(R_NO_LINE);
	else if (x->op.state != OP_ACTIVE || !x->op.dated)
		x->refusal = refusal_key(R_PAUSED);
	if (x->refusal != NULL)
		return true;
	if ((turn = db_row(db, &q[Q_TURN], IN(V_U(c->user.v), V_U(c->op.v), V_U(c->entry.v), V_I(c->claimed_at)), x->a, &person)) == FOUND)
		turn = db_row(db, &q[Q_PERSON], IN(V_S(c->e164), V_U(x->op.organisation.v), V_U(c->entry.v)), x->a, &person);
	switch (turn) {
	case FAILED:	return false;
	case NONE:	x->refusal = "gone"; return true;
	case FOUND:	break;
	}
	if (row_u(&person, 1) != 0)
		x->refusal = refusal_key(R_NOT_TO_BE_CALLED);
	else
		x->refusal = hours_refusal(hours_at(&x->op.hours, queue_zone_name(s, &x->op, (unsigned)row_u(&person, 0)), x->now, NULL, NULL));
	if (x->refusal == NULL && !meanwhile(db, x))
		return false;
	if (x->refusal != NULL)
		return true;
	switch (dialing_of(db, c->op, &x->d, x->a)) {
	case FAILED:	return false;
	case NONE:	x->refusal = refusal_key(R_NO_PROVIDER); return true;
	case FOUND:	break;
	}
	if (x->d.removed || x->d.trunk.v != c->trunk.v || x->op.method != OP_SOFTWARE)
		x->refusal = refusal_key(R_NO_PROVIDER);
	else if (x->d.paused != TROUBLE_NONE)
		x->refusal = refusal_key(R_DIALING_PAUSED);
	else if (alone && x->d.mode != DIAL_POWER)
		x->refusal = refusal_key(R_NO_POWER);
	else if (alone && !dialer_power_may(db, c->op, x->now, &may, x->a))
		return false;
	else if (!may)
		x->refusal = refusal_key(R_NO_LINE);
	else if (!budget_left(db, x, &left))
		return false;
	else if (!left)
		x->refusal = refusal_key(R_BUDGET);
	return true;
}

/* Looked at again when something follows from it (dialer_after.c). */
static bool
refuse(struct db *db, const struct placing *x, const char *why)
{
	bool after = strcmp(why, REFUSED_MEANWHILE) == 0 || POWER_IS(x->c->user);

	return db_write(db, &q[Q_REFUSE], IN(V_S(why), V_I(x->now), after ? V_I(x->now) : V_NULL,
	    V_U(x->c->id.v)), NULL) == WROTE;
}

static bool
write_down(struct db *db, void *ctx)
{
	struct placing *x = ctx;
	struct live_call *c = x->c;
	struct fact f = fact_of_call(c, FACT_REQUESTED, x->now);
	int64_t hold;

	x->refusal = NULL;
	if (!check(db, x))
		return false;
	if (x->gone)
		return true;
	if (x->refusal != NULL)
		return refuse(db, x, x->refusal);
	if (!dialer_pace(db, c->trunk, x->trunk->cps, x->now, &x->wait_us, x->a))
		return false;
	if (x->wait_us > 0)
		return dialer_look_at(db, c, x->now + x->wait_us);
	hold = x->now + (int64_t)x->op.hold_minutes * MINUTE_US;
	dialer_lease = x->now + LEASE_US;
	return db_write(db, &q[Q_SENT], IN(V_I(x->now), V_I(x->now + LEASE_US), V_U(c->id.v)), NULL) == WROTE &&
	    db_write(db, &q[Q_FACT], IN(V_U(c->id.v), V_B(f.key, sizeof(f.key)), V_I(x->now), V_I(x->now)), NULL) == WROTE &&
	    db_write(db, &q[Q_HOLD], IN(V_I(hold), V_U(c->user.v), V_U(c->op.v), V_I(c->claimed_at)), NULL) == WROTE;
}

/* The same person once more, in the same turn, as nothing has reached them. */
static bool
again(struct db *db, const struct live_call *c, int64_t at, int64_t now, struct arena *a)
{
	struct row r;

	if (db_row(db, &q[Q_TRIES], IN(V_B(c->form_key, sizeof(c->form_key))), a, &r) != FOUND)
		return false;
	return row_u(&r, 0) > AGAIN_MOST || db_write(db, &q[Q_AGAIN], IN(V_I(now), V_I(at), V_U(c->id.v)), NULL) != NOT_WRITTEN;
}

/* A country that the account may not call says something about us when it is the operation's own, else about one number. */
static bool
about_number(const struct live_call *c, const struct answer *an)
{
	return an->trouble == TROUBLE_PERMISSION && strncmp(c->e164, "+1", 2) != 0;
}

static enum found
refused(struct db *db, struct live_call *c, struct answer *an, int64_t now, struct arena *a)
{
	struct fact f = fact_of_call(c, FACT_REFUSED, now);
	bool ours;

	if (about_number(c, an))
		an->class = CLASS_REJECTED;
	ours = call_class_about(an->class) == ABOUT_US;
	f.class = an->class;
	snprintf(f.word, sizeof(f.word), "%s", ours ? trouble_word(an->trouble) : an->code);
	if (an->class == CLASS_RATE)
		dialer_too_many(db, c->trunk, an->retry_after_s, now, a);
	else if (ours)
		dialer_trouble(db, c->trunk, c->op, an, now);
	if (fact_add(db, c->trunk, 0, &f, now, c, a) == TOLD_FAILED)
		return FAILED;
	if (an->class == CLASS_RATE && !again(db, c, now + (int64_t)(an->retry_after_s == 0 ? 1 : an->retry_after_s) * SECOND_US, now, a))
		return FAILED;
	return FOUND;
}

static enum found
answered(struct db *db, struct live_call *c, enum dialed result, struct answer *an, unsigned ring_s, struct arena *a)
{
	int64_t now = clock_now_us(), look;
	struct fact f;

	switch (result) {
	case DIAL_ACCEPTED:
		f = fact_of_call(c, FACT_ACCEPTED, now);
		snprintf(f.call, sizeof(f.call), "%s", an->call);
		if (fact_add(db, c->trunk, 0, &f, now, c, a) == TOLD_FAILED)
			return FAILED;
		if (c->state != LIVE_SENT)	/* its end was here before this answer */
			return FOUND;
		c->queue_ms = an->queue_ms;
		look = c->call_other[0] != '\0' || c->hang_up_at != 0 ? now : live_call_look(c, now, ring_s);
		return db_write(db, &q[Q_ACCEPTED], IN(V_U(an->queue_ms), V_U(c->id.v)), NULL) == WROTE && dialer_look_at(db, c, look) ? FOUND : FAILED;
	case DIAL_REFUSED:
		return refused(db, c, an, now, a);
	case DIAL_UNKNOWN:
		log_warn("call %llu: nobody knows whether the provider took it (status %d)", (unsigned long long)c->id.v, an->status);
		if (!dialer_say(db, c, FACT_UNSURE, now, a))
			return FAILED;
		return dialer_look_at(db, c, live_call_look(c, now, ring_s)) ? FOUND : FAILED;
	case DIAL_NOT_SENT:
		log_warn("call %llu: the provider is not reached", (unsigned long long)c->id.v);
		if (!dialer_say(db, c, FACT_NOT_PLACED, now, a) || !again(db, c, now + AGAIN_US, now, a))
			return FAILED;
		return FOUND;
	}
	return FOUND;
}

enum found
dialer_place(struct db *db, struct live_call *c, int64_t now, struct arena *a)
{
	struct trunk trunk = { .cps = 1 };
	struct placing x = { .c = c, .trunk = &trunk, .now = now, .a = a };
	struct connection *open = NULL;
	struct answer an = { 0 };
	struct dial dial;
	enum dialed result;

	if (trunk_open(db, c->trunk, &trunk, &open, a) == FAILED)
		return FAILED;
	if (open == NULL || !(connection_can(open) & CAN_CONFERENCE))
		return refuse(db, &x, refusal_key(R_NO_PROVIDER)) ? FOUND : FAILED;
	/* TX_UNSURE: whoever looks after the lease finds it wanted, or sent without an answer */
	if (tx_write(db, write_down, &x) != TX_DONE)
		return FAILED;
	if (x.gone || x.refusal != NULL || x.wait_us > 0)
		return FOUND;
	dial = (struct dial){ .leg = LEG_CONTACT, .attempt = c->id.v, .session = c->line.v, .to = c->e164, .from = c->from,
		.room = x.room, .room_id = x.room_id, .ring_seconds = x.d.ring_s, .max_seconds = MAX_SECONDS,
		.amd = (connection_can(open) & CAN_AMD) != 0 };
	c->sent_at = now;
	result = connection_dial(open, a, &dial, &an);
	return answered(db, c, result, &an, x.d.ring_s, a);
}
