/*
 * dialer_line.c - agents' own legs: rung once per shift, opened by a key that proves a person (or called in from a
 * browser by one who signed in), ended when the agent says so. In progressive mode an open line with somebody in hand is where the next call comes from.
 */
#include "domain/dialer_in.h"

#include "domain/queue.h"
#include "plumb/seal.h"

#define RING_S		30
#define KEY_WAIT_US	(100 * SECOND_US)	/* ringing, and the time to press the key */
#define LOOK_OPEN_US	(5 * MINUTE_US)
#define LOOK_NEXT_US	SECOND_US
#define LATER_US	(10 * SECOND_US)
#define GONE_MOST	2

enum { Q_READ, Q_SENT, Q_FACT, Q_LOOK, Q_LOOKED, Q_CALLED, Q_WHY, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_READ] = { "u", "uuusssssiiiuuisu", "SELECT trunk_id, operation_id, user_id, e164, from_e164, lang, room, state, COALESCE(sent_at, 0),"
	    " COALESCE(end_asked_at, 0), COALESCE(ended_at, 0), gone, cost_looks, COALESCE(cost_micro, -1), call_id, way = 'browser' FROM agent_line WHERE id = ?" },
	[Q_SENT] = { "iiu", "", "UPDATE agent_line SET state = 'sent', sent_at = ?, look_at = ?, facts = facts + 1 WHERE id = ? AND state = 'wanted' AND end_asked_at IS NULL" },
	[Q_FACT] = { "ubii", "", "INSERT INTO call_fact (leg, of_id, fact_key, kind, source, at_us, received_at)"
	    " VALUES ('agent', ?, ?, 'requested', 'local', ?, ?)" },
	[Q_LOOK] = { "iui", "", "UPDATE agent_line FORCE INDEX (PRIMARY) SET look_at = ? WHERE id = ? AND look_at = ?" },
	[Q_LOOKED] = { "uuu", "", "UPDATE agent_line SET gone = gone + ?, cost_looks = cost_looks + ? WHERE id = ?" },
	[Q_WHY] = { "su", "", "UPDATE agent_line SET refusal = ? WHERE id = ? AND refusal = ''" },
	[Q_CALLED] = { "b", "u", "SELECT id FROM live_call WHERE form_key = ? LIMIT 1" },
};
DB_STATEMENTS(q)

struct own_leg {
	struct line_id id;
	struct trunk_id trunk;
	struct operation_id op;
	struct user_id user;
	const char *e164, *from, *lang, *room, *state, *call_id;
	int64_t sent_at, end_asked_at, ended_at, cost;
	unsigned gone, cost_looks;
	bool browser;			/* nobody rings it: it was sent for when it was wanted */
};

static bool
look_at(struct db *db, const struct own_leg *l, int64_t at)
{
	return db_write(db, &q[Q_LOOK], IN(at == INT64_MAX ? V_NULL : V_I(at), V_U(l->id.v), V_I(dialer_lease)), NULL) == WROTE;
}

static enum found
later(struct db *db, const struct own_leg *l, int64_t at)
{
	return look_at(db, l, at) ? FOUND : FAILED;
}

/* Ends the line when the kind does: refused, not placed, given up. */
static bool
say(struct db *db, const struct own_leg *l, enum fact_kind kind, const char *word, const char *call, int64_t now, struct arena *a)
{
	struct fact f = fact_of_line(l->id, kind, now);

	snprintf(f.word, sizeof(f.word), "%s", word);
	snprintf(f.call, sizeof(f.call), "%s", call);
	return fact_add(db, l->trunk, 0, &f, now, NULL, a) != TOLD_FAILED;
}

/* --- ringing the agent --- */

struct ringing { struct own_leg *l; const struct trunk *trunk; int64_t now, wait_us; bool gone; struct arena *a; };

static bool
write_down(struct db *db, void *ctx)
{
	struct ringing *x = ctx;
	struct fact f = fact_of_line(x->l->id, FACT_REQUESTED, x->now);
	uint64_t mine = 0;

	if (!dialer_pace(db, x->l->trunk, x->trunk->cps, x->now, &x->wait_us, x->a))
		return false;
	if (x->wait_us > 0)
		return look_at(db, x->l, x->now + x->wait_us);
	if (db_write(db, &q[Q_SENT], IN(V_I(x->now), V_I(x->now + LEASE_US), V_U(x->l->id.v)), &mine) != WROTE)
		return false;
	x->gone = mine == 0;
	dialer_lease = x->gone ? dialer_lease : x->now + LEASE_US;
	return x->gone || db_write(db, &q[Q_FACT], IN(V_U(x->l->id.v), V_B(f.key, sizeof(f.key)), V_I(x->now), V_I(x->now)), NULL) == WROTE;
}

static enum found
ring(struct db *db, struct own_leg *l, const struct trunk *trunk, struct connection *open, int64_t now, struct arena *a)
{
	bool fr = strcmp(l->lang, "fr") == 0;
	struct dial dial = { .leg = LEG_AGENT, .session = l->id.v, .to = l->e164, .from = l->from, .room = l->room, .ring_seconds = RING_S,
		.ask_key = fr ? "Bonjour. Appuyez sur le 1 pour commencer vos appels." : "Hello. Press 1 to start your calls.",
		.lang = fr ? "fr-CA" : "en-US" };
	struct ringing x = { l, trunk, now, 0, false, a };
	struct answer an = { 0 };
	struct dialing d;

	switch (dialing_of(db, l->op, &d, a)) {
	case FAILED:	return FAILED;
	case FOUND:
		if (!d.removed && d.paused == TROUBLE_NONE)
			break;
		/* fallthrough */
	case NONE:
		return say(db, l, FACT_REFUSED, refusal_key(R_DIALING_PAUSED), "", now, a) ? FOUND : FAILED;
	}
	if (tx_write(db, write_down, &x) != TX_DONE)
		return FAILED;
	if (x.gone || x.wait_us > 0)
		return FOUND;
	switch (connection_dial(open, a, &dial, &an)) {
	case DIAL_ACCEPTED:
		if (!say(db, l, FACT_ACCEPTED, "", an.call, clock_now_us(), a))
			return FAILED;
		return later(db, l, now + KEY_WAIT_US);
	case DIAL_REFUSED:
		if (an.class == CLASS_RATE)
			dialer_too_many(db, l->trunk, an.retry_after_s, now, a);
		else if (call_class_about(an.class) == ABOUT_US)
			dialer_trouble(db, l->trunk, l->op, &an, now);
		return say(db, l, FACT_REFUSED, trouble_word(an.trouble), "", now, a) ? FOUND : FAILED;
	case DIAL_NOT_SENT:
		return say(db, l, FACT_REFUSED, trouble_word(TROUBLE_UNREACHED), "", now, a) ? FOUND : FAILED;
	case DIAL_UNKNOWN:	/* a webhook may still tell its id; else it is given up, and nobody is rung from it */
		return say(db, l, FACT_UNSURE, "", "", now, a) ? later(db, l, now + KEY_WAIT_US) : FAILED;
	}
	return FOUND;
}

/* --- while it lasts, and after --- */

static enum found
ask(struct db *db, struct own_leg *l, const struct trunk *trunk, struct connection *open, bool over, int64_t now, struct arena *a)
{
	struct fact about = { .leg = LEG_AGENT, .session = l->id.v };
	struct facts facts = { 0 };
	struct answer an = { 0 };
	enum asked asked;

	switch (dialer_may_ask(db, trunk, now, a)) {
	case FAILED:	return FAILED;
	case NONE:	return later(db, l, now + SECOND_US);
	case FOUND:	break;
	}
	asked = connection_fetch(open, a, l->call_id, &about, &facts, &an);
	if (asked == ASKED_LATER || asked == ASKED_REFUSED)
		return later(db, l, now + LATER_US);
	if (db_write(db, &q[Q_LOOKED], IN(V_U(asked == ASKED_GONE), V_U(over), V_U(l->id.v)), NULL) != WROTE)
		return FAILED;
	if (asked == ASKED_GONE && !over && l->gone + 1 >= GONE_MOST)
		return say(db, l, FACT_GAVE_UP, "", "", now, a) ? FOUND : FAILED;
	for (size_t i = 0; i < facts.n; i++) {
		facts.fact[i].leg = LEG_AGENT;
		facts.fact[i].session = l->id.v;
		if (fact_add(db, l->trunk, 0, &facts.fact[i], now, NULL, a) == TOLD_FAILED)
			return FAILED;
	}
	return NONE;
}

static enum found
end(struct db *db, struct own_leg *l, struct connection *open, const char *why, int64_t now, struct arena *a)
{
	struct answer an = { 0 };

	if (l->call_id[0] == '\0')	/* nobody knows of a call: nothing to end */
		return say(db, l, strcmp(l->state, "wanted") == 0 ? FACT_NOT_PLACED : FACT_GAVE_UP, why, "", now, a) ? FOUND : FAILED;
	if (!say(db, l, FACT_HANGUP_ASKED, why, "", now, a))
		return FAILED;
	(void)connection_hang_up(open, a, l->call_id, &an);
	return later(db, l, now + LATER_US);
}

/* Nobody came to the line in time: said on the agent's page, and it is over. */
static enum found
nobody_came(struct db *db, struct own_leg *l, struct connection *open, int64_t now, struct arena *a)
{
	const char *why = l->browser ? "no_browser" : "no_key";

	if (db_write(db, &q[Q_WHY], IN(V_S(why), V_U(l->id.v)), NULL) != WROTE)
		return FAILED;
	if (l->call_id[0] == '\0' || now > l->sent_at + 3 * KEY_WAIT_US)
		return say(db, l, FACT_GAVE_UP, why, "", now, a) ? FOUND : FAILED;
	return end(db, l, open, why, now, a);
}

/* Somebody is in hand who was not rung yet. */
static enum found
next(struct db *db, struct own_leg *l, int64_t now, struct arena *a)
{
	struct operation op;
	struct dialing d;
	struct held held;
	enum refusal why;
	struct row r;
	unsigned char key[LIVE_KEY_BYTES];

	if (dialing_of(db, l->op, &d, a) == FAILED || operation_by_id(db, l->op, &op, a) != FOUND)
		return FAILED;
	if (d.mode == DIAL_PREVIEW)
		return NONE;
	switch (queue_held(db, &op, l->user, now, &held, a)) {
	case FAILED:	return FAILED;
	case NONE:	return FOUND;
	case FOUND:	break;
	}
	if (!seal_unhex(held.form_key, key, sizeof(key)))
		return FOUND;
	switch (db_row(db, &q[Q_CALLED], IN(V_B(key, sizeof(key))), a, &r)) {
	case FAILED:	return FAILED;
	case FOUND:	return FOUND;
	case NONE:	break;
	}
	return line_call(db, &op, l->user, &held, now, &why, a) == NOT_SAVED ? FAILED : FOUND;
}

static enum found
open_line(struct db *db, struct own_leg *l, const struct trunk *trunk, struct connection *open, int64_t now, struct arena *a)
{
	enum found f = next(db, l, now, a);

	if (f == FAILED)
		return FAILED;
	if (f == FOUND)
		return later(db, l, now + LOOK_NEXT_US);
	f = ask(db, l, trunk, open, false, now, a);
	return f == NONE ? later(db, l, now + LOOK_OPEN_US) : f;
}

static enum found
read_leg(struct db *db, struct own_leg *l, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_READ], IN(V_U(l->id.v)), a, &r);

	if (f != FOUND)
		return f;
	l->trunk.v = row_u(&r, 0);
	l->op.v = row_u(&r, 1);
	l->user.v = row_u(&r, 2);
	l->e164 = row_s(&r, 3);
	l->from = row_s(&r, 4);
	l->lang = row_s(&r, 5);
	l->room = row_s(&r, 6);
	l->state = row_s(&r, 7);
	l->sent_at = row_i(&r, 8);
	l->end_asked_at = row_i(&r, 9);
	l->ended_at = row_i(&r, 10);
	l->gone = (unsigned)row_u(&r, 11);
	l->cost_looks = (unsigned)row_u(&r, 12);
	l->cost = row_i(&r, 13);
	l->call_id = row_s(&r, 14);
	l->browser = row_u(&r, 15) != 0;
	return FOUND;
}

static enum found
ended(struct db *db, struct own_leg *l, const struct trunk *trunk, struct connection *open, int64_t now, struct arena *a)
{
	int64_t at;
	enum found f;

	if (l->call_id[0] == '\0' || l->cost >= 0 || !(connection_can(open) & CAN_COST) || !cost_next(l->ended_at, l->cost_looks, &at))
		return later(db, l, INT64_MAX);
	if (at > now)
		return later(db, l, at);
	f = ask(db, l, trunk, open, true, now, a);
	if (f != NONE)
		return f;
	return later(db, l, cost_next(l->ended_at, l->cost_looks + 1, &at) ? at : INT64_MAX);
}

enum found
dialer_line(struct db *db, struct line_id id, int64_t now, struct arena *a)
{
	struct connection *open = NULL;
	struct own_leg l = { .id = id };
	struct trunk trunk;
	enum found f;

	if ((f = read_leg(db, &l, a)) != FOUND)
		return f == NONE ? FOUND : f;
	if (trunk_open(db, l.trunk, &trunk, &open, a) == FAILED)
		return FAILED;
	if (strcmp(l.state, "ended") == 0)
		return open == NULL ? later(db, &l, INT64_MAX) : ended(db, &l, &trunk, open, now, a);
	if (open == NULL)
		return say(db, &l, FACT_GAVE_UP, refusal_key(R_NO_PROVIDER), "", now, a) ? FOUND : FAILED;
	if (l.end_asked_at != 0 && now < l.end_asked_at + MINUTE_US) {
		if (!l.browser && strcmp(l.state, "sent") == 0 && l.call_id[0] == '\0' && now < l.sent_at + LEASE_US)
			return later(db, &l, now + SECOND_US);	/* its answer is being read */
		return end(db, &l, open, "", now, a);
	}
	if (strcmp(l.state, "wanted") == 0)
		return ring(db, &l, &trunk, open, now, a);
	if (l.end_asked_at != 0)	/* a minute ago, and still no word of its end */
		return say(db, &l, FACT_GAVE_UP, "", "", now, a) ? FOUND : FAILED;
	if (strcmp(l.state, "open") == 0)
		return open_line(db, &l, &trunk, open, now, a);
	/* rung, and no key yet */
	if (now < l.sent_at + KEY_WAIT_US)
		return later(db, &l, l.sent_at + KEY_WAIT_US);
	if (l.call_id[0] == '\0' || now > l.sent_at + 3 * KEY_WAIT_US)
		return nobody_came(db, &l, open, now, a);
	f = ask(db, &l, &trunk, open, false, now, a);
	return f == NONE ? nobody_came(db, &l, open, now, a) : f;
}
