/*
 * dialer_look.c - a call that was sent and is not over: hung up when somebody wants that, and asked for when it is silent
 * for too long (reconcile.h). A request of which nobody knows is looked for in the provider's list, and never sent again.
 */
#include "domain/dialer_in.h"

#include "domain/noticed.h"
#include "plumb/seal.h"

#define LIST_BEFORE_US	(60 * SECOND_US)	/* and after: the two clocks may differ */
#define STAY_US		(5 * MINUTE_US)		/* for what is to be said after a conversation */
#define LATER_US	(5 * SECOND_US)
#define AFTER_HANG_UP_US (15 * SECOND_US)	/* the webhook of an end that we asked for should be here by then */

enum { Q_STAY, Q_LINE_OVER, Q_LOOKED, Q_ATTACHED, Q_RING, Q_HANG_UP, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_STAY] = { "iuuii", "", "UPDATE hold SET held_until = ? WHERE user_id = ? AND operation_id = ? AND claimed_at = ? AND held_until < ?" },
	[Q_LINE_OVER] = { "u", "u", "SELECT state = 'ended' FROM agent_line WHERE id = ?" },
	[Q_LOOKED] = { "iuuu", "", "UPDATE live_call SET looks = looks + 1, looked_at = ?, gone = gone + ? WHERE id = ? AND looks = ?" },
	[Q_ATTACHED] = { "usus", "u", "SELECT id FROM live_call WHERE trunk_id = ? AND call_id = ?"
	    " UNION ALL SELECT id FROM agent_line WHERE trunk_id = ? AND call_id = ?" },
	[Q_RING] = { "u", "u", "SELECT ring_seconds FROM dialing WHERE operation_id = ?" },
	[Q_HANG_UP] = { "iu", "", "UPDATE live_call SET hang_up_at = COALESCE(hang_up_at, ?) WHERE id = ?" },
};
DB_STATEMENTS(q)

static unsigned
ring_of(struct db *db, const struct live_call *c, struct arena *a)
{
	struct row r;

	return db_row(db, &q[Q_RING], IN(V_U(c->op.v)), a, &r) == FOUND ? (unsigned)row_u(&r, 0) : 25;
}

static enum found
ended(enum asked asked)
{
	return asked == ASKED_OK || asked == ASKED_GONE ? FOUND : NONE;
}

/* The fact first, then the request: whoever comes after a crash asks again, which is harmless. */
static enum found
hang_up(struct db *db, struct live_call *c, struct connection *open, int64_t now, struct arena *a)
{
	bool talking = c->ending.answered;
	struct answer an = { 0 };
	struct row r;
	bool done;

	if (!dialer_say(db, c, talking ? FACT_HANGUP_ASKED : FACT_CANCEL_ASKED, now, a))
		return FAILED;
	/* a person, and the agent's own leg had gone before them */
	if (talking && !live_call_has(c, FACT_BRIDGED)) {
		enum found f = db_row(db, &q[Q_LINE_OVER], IN(V_U(c->line.v)), a, &r);
		if (f == FAILED || (f == FOUND && row_u(&r, 0) != 0 && !dialer_say(db, c, FACT_NO_AGENT, now, a)))
			return FAILED;
	}
	done = ended(connection_hang_up(open, a, c->call_id, &an)) == FOUND;
	if (c->call_other[0] != '\0')
		done = ended(connection_hang_up(open, a, c->call_other, &an)) == FOUND && done;
	if (c->state != LIVE_SENT)
		return FOUND;
	return dialer_look_at(db, c, clock_now_us() + (done ? AFTER_HANG_UP_US : LATER_US)) ? FOUND : FAILED;
}

static bool
took_facts(struct db *db, struct live_call *c, struct facts *facts, int64_t now, struct arena *a)
{
	for (size_t i = 0; i < facts->n; i++) {
		struct fact *f = &facts->fact[i];

		f->leg = LEG_CONTACT;
		f->attempt = c->id.v;
		if (f->call[0] == '\0')
			snprintf(f->call, sizeof(f->call), "%s", c->call_id);
		if (fact_add(db, c->trunk, 0, f, now, c, a) == TOLD_FAILED)
			return false;
	}
	return true;
}

static enum found
looked(struct db *db, struct live_call *c, bool gone, int64_t now, unsigned ring_s)
{
	if (db_write(db, &q[Q_LOOKED], IN(V_I(now), V_U(gone), V_U(c->id.v), V_U(c->looks)), NULL) != WROTE)
		return FAILED;
	c->looks++;
	c->gone += gone;
	c->looked_at = now;
	if (c->state != LIVE_SENT)
		return FOUND;
	return dialer_look_at(db, c, live_call_look(c, now, ring_s)) ? FOUND : FAILED;
}

static enum found
fetch(struct db *db, struct live_call *c, struct connection *open, int64_t now, unsigned ring_s, struct arena *a)
{
	struct fact about = { .leg = LEG_CONTACT, .attempt = c->id.v };
	struct facts facts = { 0 };
	struct answer an = { 0 };

	switch (connection_fetch(open, a, c->call_id, &about, &facts, &an)) {
	case ASKED_OK:
		if (!took_facts(db, c, &facts, now, a))
			return FAILED;
		return looked(db, c, false, now, ring_s);
	case ASKED_GONE:
		return looked(db, c, true, now, ring_s);
	case ASKED_REFUSED:
		dialer_trouble(db, c->trunk, c->op, &an, now);
		break;
	case ASKED_LATER:
		break;
	}
	return dialer_look_at(db, c, now + (an.retry_after_s != 0 ? (int64_t)an.retry_after_s * SECOND_US : 2 * LATER_US)) ? FOUND : FAILED;
}

/* The calls to that number that belong to nobody here. */
static bool
unattached(struct db *db, const struct live_call *c, const struct listing *list, const struct listed **one, unsigned *n, struct arena *a)
{
	*n = 0;
	for (size_t i = 0; i < list->n; i++) {
		const struct listed *l = &list->call[i];
		struct row r;

		switch (db_row(db, &q[Q_ATTACHED], IN(V_U(c->trunk.v), V_S(l->call), V_U(c->trunk.v), V_S(l->call)), a, &r)) {
		case FOUND:	continue;
		case FAILED:	return false;
		case NONE:	break;
		}
		*one = l;
		++*n;
	}
	return true;
}

static enum found
find_lost(struct db *db, struct live_call *c, struct connection *open, int64_t now, unsigned ring_s, struct arena *a)
{
	const struct listed *one = NULL;
	struct listing list = { 0 };
	struct answer an = { 0 };
	struct facts facts;
	struct fact f;
	unsigned n;

	switch (connection_list(open, a, c->e164, c->from, c->sent_at - LIST_BEFORE_US, now + LIST_BEFORE_US, &list, &an)) {
	case ASKED_OK:
	case ASKED_GONE:	break;
	case ASKED_REFUSED:	dialer_trouble(db, c->trunk, c->op, &an, now);	/* fallthrough */
	case ASKED_LATER:	return dialer_look_at(db, c, now + 2 * LATER_US) ? FOUND : FAILED;
	}
	if (!unattached(db, c, &list, &one, &n, a))
		return FAILED;
	switch (lost_decide(n, c->looks + 1)) {
	case LOST_ADOPT:
		f = fact_of_call(c, FACT_ACCEPTED, now);
		snprintf(f.call, sizeof(f.call), "%s", one->call);
		facts = one->facts;
		log_event("call %llu: found again", (unsigned long long)c->id.v);
		if (fact_add(db, c->trunk, 0, &f, now, c, a) == TOLD_FAILED || !took_facts(db, c, &facts, now, a))
			return FAILED;
		break;
	case LOST_NOT_PLACED:
		log_event("call %llu: was never placed", (unsigned long long)c->id.v);
		if (!dialer_say(db, c, FACT_NOT_PLACED, now, a))
			return FAILED;
		break;
	case LOST_CONFLICT:
		log_warn("call %llu: two calls of the provider could be it", (unsigned long long)c->id.v);
		if (!noticed_count(db, c->trunk, NOTICED_CONFLICT, now))
			return FAILED;
		break;
	case LOST_LOOK_AGAIN:
		break;
	}
	return looked(db, c, false, now, ring_s);
}

enum found
dialer_look(struct db *db, struct live_call *c, int64_t now, struct arena *a)
{
	struct connection *open = NULL;
	struct trunk trunk;
	struct looked l;
	unsigned ring_s;
	int64_t at;
	enum look look;
	bool stuck, wish = c->hang_up_at != 0 || c->call_other[0] != '\0';
	bool asked = live_call_has(c, c->ending.answered ? FACT_HANGUP_ASKED : FACT_CANCEL_ASKED);

	/* the process that sent it may still be reading the answer, or has died: the lease tells */
	if (c->call_id[0] == '\0' && !live_call_has(c, FACT_UNSURE)) {
		if (now < c->sent_at + LEASE_US - SECOND_US && now >= c->sent_at)
			return dialer_look_at(db, c, c->sent_at + LEASE_US) ? FOUND : FAILED;
		if (!dialer_say(db, c, FACT_UNSURE, now, a))
			return FAILED;
	}
	/* while somebody talks the person is not given to anybody else, however long it takes */
	if (c->ending.answered && db_write(db, &q[Q_STAY], IN(V_I(now + STAY_US), V_U(c->user.v), V_U(c->op.v), V_I(c->claimed_at),
	    V_I(now + STAY_US)), NULL) != WROTE)
		return FAILED;
	if (trunk_open(db, c->trunk, &trunk, &open, a) == FAILED)
		return FAILED;
	if (open == NULL)	/* the connection was removed: nobody can be asked */
		return dialer_say(db, c, FACT_GAVE_UP, now, a) ? FOUND : FAILED;
	ring_s = ring_of(db, c, a);
	if (wish && !asked && c->call_id[0] != '\0')
		return hang_up(db, c, open, now, a);
	l = live_call_looked(c, ring_s);
	look = reconcile_next(&l, now, NULL);
	/* an end that we asked for and that nobody told us is asked for sooner than a ringing phone's */
	if (look == LOOK_NOT_YET && wish && asked && now >= c->hang_up_at + AFTER_HANG_UP_US && c->looked_at < c->hang_up_at + AFTER_HANG_UP_US)
		look = LOOK_CALL;
	/* ended by us for its length, and still not over: once more, and asked for every minute */
	stuck = look == LOOK_HANG_UP && wish && asked;
	if (stuck)
		look = now >= c->hang_up_at + AFTER_HANG_UP_US && now >= c->looked_at + MINUTE_US ? LOOK_CALL : LOOK_NOT_YET;
	if (look == LOOK_CALL || look == LOOK_LIST)
		switch (dialer_may_ask(db, &trunk, now, a)) {
		case FAILED:	return FAILED;
		case NONE:	return dialer_look_at(db, c, now + SECOND_US / 2) ? FOUND : FAILED;
		case FOUND:	break;
		}
	switch (look) {
	case LOOK_NOT_YET:
		at = stuck ? now + AFTER_HANG_UP_US : live_call_look(c, now, ring_s);
		return dialer_look_at(db, c, at > now ? at : now + SECOND_US) ? FOUND : FAILED;
	case LOOK_CALL:
		if (stuck && hang_up(db, c, open, now, a) == FAILED)
			return FAILED;
		return fetch(db, c, open, now, ring_s, a);
	case LOOK_LIST:		return find_lost(db, c, open, now, ring_s, a);
	case LOOK_HANG_UP:
		log_warn("call %llu: talks for longer than it may", (unsigned long long)c->id.v);
		if (db_write(db, &q[Q_HANG_UP], IN(V_I(now), V_U(c->id.v)), NULL) != WROTE ||
		    !noticed_count(db, c->trunk, NOTICED_TOO_LONG, now))
			return FAILED;
		return hang_up(db, c, open, now, a);
	case LOOK_GIVE_UP:	return dialer_say(db, c, FACT_GAVE_UP, now, a) ? FOUND : FAILED;
	}
	return FOUND;
}
