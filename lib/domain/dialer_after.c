/*
 * dialer_after.c - what follows the end of a call: a save when no agent says how it went, the next person in progressive
 * mode, and the price, which providers tell late.
 */
#include "domain/dialer_in.h"

#include "domain/queue.h"
#include "plumb/seal.h"

#define BEFORE_HOLD_ENDS_US (15 * SECOND_US)
#define ASK_AGAIN_US	(2 * SECOND_US)
#define ASK_FOR_US	MINUTE_US
#define AFTER_ERROR_US	(10 * SECOND_US)	/* a network that fails is not asked for the next person at once */

enum { Q_SAVED, Q_HOLD, Q_LINE_OPEN, Q_COST_LOOKED, Q_LOOKED, Q_LINE_NOW, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_SAVED] = { "b", "uu", "SELECT number, status FROM attempt WHERE form_key = ?" },
	[Q_HOLD] = { "uui", "i", "SELECT held_until FROM hold WHERE user_id = ? AND operation_id = ? AND claimed_at = ?" },
	[Q_LINE_OPEN] = { "u", "u", "SELECT state = 'open' AND end_asked_at IS NULL FROM agent_line WHERE id = ?" },
	[Q_COST_LOOKED] = { "uu", "", "UPDATE live_call SET cost_looks = cost_looks + 1 WHERE id = ? AND cost_looks = ?" },
	[Q_LOOKED] = { "iu", "", "UPDATE live_call SET looks = looks + 1, looked_at = ? WHERE id = ?" },
	[Q_LINE_NOW] = { "iu", "", "UPDATE agent_line SET look_at = ? WHERE id = ? AND state = 'open'" },
};
DB_STATEMENTS(q)

struct after {
	struct live_call *c;
	struct operation op;
	struct dialing d;
	bool progressive, power, alone;		/* power: its agents wait for an answer; alone: the call is no agent's */
	bool held, open;			/* open: the agent's line */
	int64_t held_until;
};

static bool
around(struct db *db, struct after *x, struct arena *a)
{
	const struct live_call *c = x->c;
	struct row r;
	enum found f;

	if (operation_by_id(db, c->op, &x->op, a) != FOUND || dialing_of(db, c->op, &x->d, a) == FAILED)
		return false;
	x->progressive = x->d.mode != DIAL_PREVIEW;
	x->power = x->d.mode == DIAL_POWER;
	if ((f = db_row(db, &q[Q_HOLD], IN(V_U(c->user.v), V_U(c->op.v), V_I(c->claimed_at)), a, &r)) == FAILED)
		return false;
	x->held = f == FOUND;
	x->held_until = x->held ? row_i(&r, 0) : 0;
	if ((f = db_row(db, &q[Q_LINE_OPEN], IN(V_U(c->line.v)), a, &r)) == FAILED)
		return false;
	x->open = f == FOUND && row_u(&r, 0) != 0;
	return true;
}

/* Nobody was spoken to: no agent has anything to add. */
static bool
nobody_spoke(enum outcome o)
{
	return o != OUTCOME_ANSWERED && o != OUTCOME_HUNG_UP && o != OUTCOME_ABANDONED;
}

/* The agent is free: in power mode they wait for whoever answers. Not after somebody whom they said nothing about: it may be that
 * they have gone, and the next person would hear nobody. */
static bool
free_again(struct db *db, const struct after *x, int64_t now)
{
	bool waits;

	return !x->power || !x->held || !x->open || !nobody_spoke(x->c->outcome) || power_wait(db, x->op.id, x->c->user, now, &waits);
}

static enum found
save_it(struct db *db, struct after *x, enum status status, int64_t now, struct arena *a)
{
	const struct live_call *c = x->c;
	struct call call = { .entry = c->entry, .form_key = seal_hex(a, c->form_key, sizeof(c->form_key)), .claimed_at = c->claimed_at,
		.status = status, .note = "", .detected = true };
	struct recycle_rule rules[ST__MAX];
	struct nobody_now nobody;
	enum claimed claimed;
	enum refusal why;
	struct held held;

	if (operation_rules(db, c->op, rules, a) == FAILED)
		return FAILED;
	switch (queue_save(db, &x->op, rules, c->user, &call, now, x->progressive && !x->power && x->held && x->open, &claimed, &held, &nobody, &why, a)) {
	case SAVED:
	case ALREADY:
		break;
	case REFUSED:		/* the entry is gone with its person */
		log_warn("call %llu: cannot be saved, %s", (unsigned long long)c->id.v, refusal_key(why));
		break;
	case UNSURE:
	case NOT_SAVED:
		return FAILED;
	}
	return free_again(db, x, now) && db_write(db, &q[Q_LINE_NOW], IN(V_I(now), V_U(c->line.v)), NULL) == WROTE ? FOUND : FAILED;
}

/* Nothing of it was theirs: in progressive mode somebody else comes first. */
static enum found
give_back(struct db *db, struct after *x, int64_t now, struct arena *a)
{
	struct nobody_now nobody;
	struct held held;

	if (queue_skip(db, x->op.id, x->c->user, x->c->entry, now) == NOT_SAVED)
		return FAILED;
	if (x->power)
		return free_again(db, x, now) ? FOUND : FAILED;
	if (queue_claim(db, &x->op, x->c->user, now, &held, &nobody, a) == CLAIM_FAILED)
		return FAILED;
	return db_write(db, &q[Q_LINE_NOW], IN(V_I(now), V_U(x->c->line.v)), NULL) == WROTE ? FOUND : FAILED;
}

/* *look: when to come back for this; INT64_MAX: all is done. */
static enum found
settle(struct db *db, struct live_call *c, int64_t now, int64_t *look, struct arena *a)
{
	enum status status = outcome_status(c->outcome);
	struct after x = { .c = c, .alone = POWER_IS(c->user) };
	struct row r;

	if (x.alone && power_abandoned(c))	/* they did not hang up, we did */
		status = ST_CANCELED;
	*look = INT64_MAX;
	if (x.alone && c->refusal[0] != '\0')
		return dialer_power_back(db, c, now, a);
	if (strcmp(c->refusal, REFUSED_MEANWHILE) == 0) {
		if (!around(db, &x, a))
			return FAILED;
		if (!x.progressive || !x.held || !x.open)
			return FOUND;
		if (now >= c->ended_at + AFTER_ERROR_US)
			return give_back(db, &x, now, a);
		*look = c->ended_at + AFTER_ERROR_US;
		return FOUND;
	}
	if (c->refusal[0] != '\0' || c->person.v == 0)
		return FOUND;
	switch (db_row(db, &q[Q_SAVED], IN(V_B(c->form_key, sizeof(c->form_key))), a, &r)) {
	case FAILED:	return FAILED;
	case FOUND:	return dialer_late(db, c, (unsigned)row_u(&r, 0), (enum status)row_u(&r, 1), now, a);
	case NONE:	break;
	}
	if (!around(db, &x, a))
		return FAILED;
	if (c->ending.uses_call && status != ST_NONE) {
		if (x.alone || !x.held || now >= x.held_until - BEFORE_HOLD_ENDS_US || (x.progressive && nobody_spoke(c->outcome)))
			return save_it(db, &x, status, now, a);
		*look = x.held_until - BEFORE_HOLD_ENDS_US;
		return FOUND;
	}
	if (x.alone) {
		if (now >= c->ended_at + AFTER_ERROR_US || c->outcome == OUTCOME_CANCELED)
			return dialer_power_back(db, c, now, a);
		*look = c->ended_at + AFTER_ERROR_US;
		return FOUND;
	}
	if (x.progressive && x.held && x.open && (c->outcome == OUTCOME_ERROR || c->outcome == OUTCOME_CANCELED)) {
		if (now >= c->ended_at + AFTER_ERROR_US || c->outcome == OUTCOME_CANCELED)
			return give_back(db, &x, now, a);
		*look = c->ended_at + AFTER_ERROR_US;
	}
	return FOUND;
}

/* What the provider knows of it now; false: the database. *later: it could not be asked. */
static bool
ask(struct db *db, struct live_call *c, const struct trunk *trunk, struct connection *open, int64_t now, bool *later, struct arena *a)
{
	struct fact about = { .leg = LEG_CONTACT, .attempt = c->id.v };
	struct facts facts = { 0 };
	struct answer an = { 0 };
	enum found f = dialer_may_ask(db, trunk, now, a);

	*later = f == NONE;
	if (f != FOUND)
		return f == NONE;
	switch (connection_fetch(open, a, c->call_id, &about, &facts, &an)) {
	case ASKED_OK:
	case ASKED_GONE:	break;
	case ASKED_REFUSED:
	case ASKED_LATER:	*later = true; return true;
	}
	for (size_t i = 0; i < facts.n; i++) {
		facts.fact[i].leg = LEG_CONTACT;
		facts.fact[i].attempt = c->id.v;
		if (fact_add(db, c->trunk, 0, &facts.fact[i], now, c, a) == TOLD_FAILED)
			return false;
	}
	return true;
}

/* Somebody or something answered, and neither the agent nor the provider said what it was: the webhook with the verdict may
 * be lost, and the provider still knows. Asked once after the end, before anything is saved; not of one that is away. */
static enum found
who_answered(struct db *db, struct live_call *c, int64_t now, struct arena *a)
{
	struct connection *open = NULL;
	struct trunk trunk;
	bool later = false;

	if ((c->outcome != OUTCOME_HUNG_UP && c->outcome != OUTCOME_ANSWERED) || c->looked_at >= c->ended_at ||
	    c->call_id[0] == '\0' || live_call_has(c, FACT_AMD) || live_call_has(c, FACT_DISPOSED))
		return NONE;
	if (trunk_open(db, c->trunk, &trunk, &open, a) == FAILED)
		return FAILED;
	if (open != NULL && (connection_can(open) & CAN_AMD) && !ask(db, c, &trunk, open, now, &later, a))
		return FAILED;
	if (later && now < c->ended_at + ASK_FOR_US)
		return dialer_look_at(db, c, now + ASK_AGAIN_US) ? FOUND : FAILED;
	return db_write(db, &q[Q_LOOKED], IN(V_I(now), V_U(c->id.v)), NULL) == WROTE ? NONE : FAILED;
}

static enum found
price(struct db *db, struct live_call *c, int64_t now, int64_t *look, struct arena *a)
{
	struct connection *open = NULL;
	struct trunk trunk;
	bool later;

	*look = live_call_look(c, now, 0);
	if (*look > now)
		return FOUND;
	if (trunk_open(db, c->trunk, &trunk, &open, a) == FAILED)
		return FAILED;
	if (open == NULL || !(connection_can(open) & CAN_COST)) {
		*look = INT64_MAX;
		return FOUND;
	}
	if (!ask(db, c, &trunk, open, now, &later, a))
		return FAILED;
	if (later) {
		*look = now + 10 * SECOND_US;
		return FOUND;
	}
	if (db_write(db, &q[Q_COST_LOOKED], IN(V_U(c->id.v), V_U(c->cost_looks)), NULL) != WROTE)
		return FAILED;
	c->cost_looks++;
	*look = live_call_look(c, now, 0);
	return FOUND;
}

/* In power mode, chosen or not any more allowed, who answered is on record. */
static bool
recorded(struct db *db, const struct live_call *c, int64_t now, struct arena *a)
{
	struct operation op;
	struct dialing d;

	if (c->refusal[0] != '\0' || !c->ending.answered)
		return true;
	switch (dialing_of(db, c->op, &d, a)) {
	case FAILED:	return false;
	case NONE:	return true;
	case FOUND:	break;
	}
	if (d.chosen != DIAL_POWER && !POWER_IS(c->user))
		return true;
	return operation_by_id(db, c->op, &op, a) == FOUND && power_count(db, &op, c, now);
}

enum found
dialer_after(struct db *db, struct live_call *c, int64_t now, struct arena *a)
{
	int64_t settle_at, price_at;
	enum found f = who_answered(db, c, now, a);

	if (f != NONE)
		return f;
	if (!recorded(db, c, now, a))
		return FAILED;
	if (c->refusal[0] != '\0')	/* never sent: nobody has a price for it */
		return settle(db, c, now, &settle_at, a) != FAILED && dialer_look_at(db, c, settle_at) ? FOUND : FAILED;
	if (settle(db, c, now, &settle_at, a) == FAILED || price(db, c, now, &price_at, a) == FAILED)
		return FAILED;
	return dialer_look_at(db, c, settle_at < price_at ? settle_at : price_at) ? FOUND : FAILED;
}
