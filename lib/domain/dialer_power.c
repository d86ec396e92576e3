/*
 * dialer_power.c - power mode: as many people are rung as the guard allows for the agents who wait, each held for nobody in
 * particular by the agents' own claim. Where the guard allows one call for each agent, that is progressive mode: who has waited
 * longest is given a person, and the ordinary way rings them (dialer_line.c).
 *
 * One process works on an operation at a time (power.look_at is leased); all it knows is in the database, so that whoever
 * comes next goes on: a hold of nobody's without a call is rung, or given back.
 */
#include "domain/dialer_in.h"

#include "domain/audit.h"
#include "domain/live_call_in.h"
#include "domain/queue_in.h"
#include "plumb/seal.h"

#define TURN_US		(SECOND_US / 4)		/* while somebody waits or rings */
#define NOBODY_US	(2 * SECOND_US)		/* nobody can be rung: look again */
#define STALE_US	(10 * SECOND_US)	/* what the dialer decided so long ago allows no call */
enum { AT_ONCE = 20 };				/* people claimed in one turn: other work goes on in between */

enum { Q_DUE, Q_LEASE, Q_READ, Q_NEXT, Q_WAITING, Q_OWN, Q_HELD, Q_CALLED, Q_WISH, Q_GIVE, Q_LINE_NOW, Q_NOT, Q_PUT, Q_LOCK, Q_MAY, Q_SENT, Q_OTHER,
	Q_ENTRY, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_DUE] = { "i", "ui", "SELECT operation_id, look_at FROM power WHERE look_at <= ? ORDER BY look_at LIMIT 5" },
	[Q_LEASE] = { "iui", "", "UPDATE power SET look_at = ? WHERE operation_id = ? AND look_at = ?" },
	[Q_READ] = { "u", "iu", "SELECT COALESCE(locked_until, 0), asks FROM power WHERE operation_id = ?" },
	[Q_NEXT] = { "uiiui", "", "UPDATE power SET look_at = IF(asks = ?, ?, ?) WHERE operation_id = ? AND look_at = ?" },
	[Q_WAITING] = { "u", "uu", "SELECT id, user_id FROM agent_line FORCE INDEX (waiting) WHERE operation_id = ? AND live = 1 AND waiting_at IS NOT NULL"
	    " AND state = 'open' AND end_asked_at IS NULL ORDER BY waiting_at, id" },
	/* whose own call nobody has answered yet: about to be free, or busy */
	[Q_OWN] = { "u", "u", "SELECT COUNT(*) FROM agent_line l FORCE INDEX (waiting) JOIN live_call c FORCE INDEX (line) ON c.line_id = l.id AND c.live = 1"
	    " WHERE l.operation_id = ? AND l.live = 1 AND l.state = 'open' AND l.end_asked_at IS NULL AND NOT EXISTS (SELECT 1 FROM call_fact f"
	    "  WHERE f.leg = 'contact' AND f.of_id = c.id AND f.kind IN ('answered', 'amd', 'bridged'))" },
	[Q_HELD] = { "uuu", "uuuisu", "SELECT h.user_id, h.entry_id, h.person_id, h.claimed_at, h.e164, COALESCE(c.id, 0) FROM hold h"
	    " LEFT JOIN live_call c FORCE INDEX (line) ON c.line_id = h.user_id AND c.live = 1"
	    " WHERE h.user_id BETWEEN ? AND ? AND h.operation_id = ? ORDER BY h.user_id" },
	[Q_CALLED] = { "b", "u", "SELECT id FROM live_call WHERE form_key = ? LIMIT 1" },
	[Q_WISH] = { LIVE_WISH_IN, "", LIVE_WISH },
	[Q_GIVE] = { "uuu", "", "UPDATE hold SET user_id = ? WHERE user_id = ? AND operation_id = ?" },
	[Q_LINE_NOW] = { "iu", "", "UPDATE agent_line SET waiting_at = NULL, look_at = ? WHERE id = ? AND waiting_at IS NOT NULL" },
	[Q_NOT] = { "u", "", "UPDATE agent_line FORCE INDEX (waiting) SET waiting_at = NULL WHERE operation_id = ? AND live = 1 AND waiting_at IS NOT NULL" },
	[Q_PUT] = { "isuuu", "", "UPDATE power SET at = ?, why = ?, agents = ?, `lines` = ? WHERE operation_id = ?" },
	[Q_LOCK] = { "iui", "", "UPDATE power SET locked_until = ? WHERE operation_id = ? AND COALESCE(locked_until, 0) <= ?" },
	[Q_MAY] = { "ui", "u", "SELECT `lines` FROM power WHERE operation_id = ? AND at >= ? FOR UPDATE" },
	[Q_SENT] = { "uuu", "u", "SELECT COUNT(*) FROM hold h JOIN live_call c FORCE INDEX (line) ON c.line_id = h.user_id AND c.live = 1 AND c.state = 'sent'"
	    " WHERE h.user_id BETWEEN ? AND ? AND h.operation_id = ?" },
	[Q_OTHER] = { "b", "u", "SELECT id FROM live_call WHERE form_key = ? AND live = 1 LIMIT 1" },
	[Q_ENTRY] = { "uuui", "u", "SELECT entry_id FROM hold WHERE user_id = ? AND operation_id = ? AND entry_id = ? AND claimed_at = ?" },
};
DB_STATEMENTS(q)

struct turn {
	struct operation op;
	struct dialing d;
	struct power_measured m;
	struct rows waiting, held;	/* lines whose agents wait; holds of nobody's */
	struct power power;		/* of those who wait now */
	enum power_why why;		/* of all who are free, or about to be */
	bool on, many, stopped;		/* on: power mode counts here; many: the guard allows more than one each */
	int64_t now, locked_until;
	uint64_t asks;			/* as before the waiting were read */
	struct arena *a;
};

/* --- holds of nobody's --- */

static enum found
back(struct db *db, struct operation_id op, struct user_id holder, struct entry_id entry, int64_t now)
{
	return queue_put_back(db, op, holder, entry, now) == NOT_SAVED ? FAILED : FOUND;
}

enum found
dialer_power_back(struct db *db, const struct live_call *c, int64_t now, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_OTHER], IN(V_B(c->form_key, sizeof(c->form_key))), a, &r);

	if (f != NONE)
		return f;
	/* the same slot may hold somebody else by now */
	f = db_row(db, &q[Q_ENTRY], IN(V_U(c->user.v), V_U(c->op.v), V_U(c->entry.v), V_I(c->claimed_at)), a, &r);
	return f == FOUND ? back(db, c->op, c->user, c->entry, now) : f == NONE ? FOUND : f;
}

/* A call of nobody's is wanted. ALREADY: it was, or its number rings for somebody else. */
static enum saved
wish(struct db *db, const struct turn *t, struct user_id holder, struct entry_id entry, struct person_id person, const char *e164, int64_t claimed_at)
{
	unsigned char key[FORM_KEY_BYTES];

	queue_form_key(entry, holder, claimed_at, key);
	switch (db_write(db, &q[Q_WISH], IN(V_U(t->d.trunk.v), V_U(t->op.id.v), V_U(holder.v), V_U(holder.v), V_U(entry.v), V_U(person.v), V_S(e164),
	    V_S(t->d.caller), V_I(claimed_at), V_B(key, sizeof(key)), V_S(e164), V_I(t->now), V_S(trunk_month_of(t->op.zone, t->now, t->a)),
	    V_I(t->now)), NULL)) {
	case WROTE:		return SAVED;
	case DUPLICATE:		return ALREADY;
	case NOT_WRITTEN:	break;
	}
	return NOT_SAVED;
}

/* Who died between a claim and its call left a hold that nothing rings: it goes back. */
static bool
mend(struct db *db, const struct turn *t)
{
	for (size_t i = 0; i < t->held.n; i++) {
		const struct row *h = &t->held.row[i];
		struct user_id holder = { row_u(h, 0) };
		struct entry_id entry = { row_u(h, 1) };
		unsigned char key[FORM_KEY_BYTES];
		struct row r;

		if (row_u(h, 5) != 0)
			continue;
		queue_form_key(entry, holder, row_i(h, 3), key);
		switch (db_row(db, &q[Q_CALLED], IN(V_B(key, sizeof(key))), t->a, &r)) {
		case FAILED:	return false;
		case FOUND:	continue;	/* it is over: dialer_after.c saves it, or gives it back */
		case NONE:	break;
		}
		if (back(db, t->op.id, holder, entry, t->now) == FAILED)
			return false;
	}
	return true;
}

/* --- agents who wait --- */

/* Whoever waits is free of it: their page says what a start would say. */
static bool
let_go(struct db *db, const struct turn *t)
{
	return db_write(db, &q[Q_NOT], IN(V_U(t->op.id.v)), NULL) == WROTE;
}

/* That agent is given a person of their own; *none: there is nobody. */
static bool
own(struct db *db, const struct turn *t, const struct row *line, bool *none)
{
	struct nobody_now nobody;
	struct held held;

	*none = false;
	switch (queue_claim(db, &t->op, (struct user_id){ row_u(line, 1) }, t->now, &held, &nobody, t->a)) {
	case CLAIM_FAILED:	return false;
	case CLAIMED_NOBODY:	*none = true; return true;
	case CLAIMED:		break;
	}
	return db_write(db, &q[Q_LINE_NOW], IN(V_I(t->now), V_U(row_u(line, 0))), NULL) == WROTE;
}

/* One call for each: those who have waited longest, as many as nobody's call will need none. */
static bool
one_each(struct db *db, const struct turn *t)
{
	bool none = false;

	for (size_t i = 0; i + t->held.n < t->waiting.n && !none; i++)
		if (!own(db, t, &t->waiting.row[i], &none))
			return false;
	return !none || t->held.n > 0 || let_go(db, t);
}

/* An appointment that one of them has kept is theirs: they are called as ever. *n: so many were given away. */
static bool
kept(struct db *db, const struct turn *t, unsigned *n)
{
	*n = 0;
	for (size_t i = 0; i < t->waiting.n; i++) {
		struct queue_first first;
		bool none;

		if (!queue_kept(db, t->op.id, (struct user_id){ row_u(&t->waiting.row[i], 1) }, t->now, &first, t->a))
			return false;
		if (first.entry.v == 0)
			continue;
		if (!own(db, t, &t->waiting.row[i], &none))
			return false;
		++*n;
	}
	return true;
}

/* --- many calls --- */

struct giving { const struct turn *t; struct user_id from, to; struct line_id line; };

static bool
give(struct db *db, void *ctx)
{
	struct giving *x = ctx;
	uint64_t n = 0;

	return db_write(db, &q[Q_LINE_NOW], IN(V_I(x->t->now), V_U(x->line.v)), &n) == WROTE && n == 1 &&
	    db_write(db, &q[Q_GIVE], IN(V_U(x->to.v), V_U(x->from.v), V_U(x->t->op.id.v)), NULL) == WROTE;
}

/* Who heard nobody within three days, or may not be rung so where they are, is called by an agent who is there, or by none. */
static bool
by_agent(struct db *db, const struct turn *t, struct user_id holder, struct entry_id entry)
{
	struct giving x = { .t = t, .from = holder };

	if (t->waiting.n > 0) {
		x.line.v = row_u(&t->waiting.row[0], 0);
		x.to.v = row_u(&t->waiting.row[0], 1);
		switch (tx_write(db, give, &x)) {
		case TX_DONE:		return true;
		case TX_REFUSED:	break;		/* not free any more */
		case TX_FAILED:
		case TX_UNSURE:		return false;
		}
	}
	return back(db, t->op.id, holder, entry, t->now) != FAILED;
}

static bool
slot_taken(const struct turn *t, struct user_id holder)
{
	for (size_t i = 0; i < t->held.n; i++)
		if (row_u(&t->held.row[i], 0) == holder.v)
			return true;
	return false;
}

/* *none: the list has nobody to ring. */
static bool
many(struct db *db, const struct turn *t, bool *none)
{
	unsigned more = t->power.lines > t->held.n ? t->power.lines - (unsigned)t->held.n : 0;

	*none = false;
	if (more > AT_ONCE)
		more = AT_ONCE;
	for (unsigned slot = 1; slot < POWER_SLOTS && more > 0; slot++) {
		struct user_id holder = POWER_HOLDER(t->op.id, slot);
		struct nobody_now nobody;
		struct held held;

		if (slot_taken(t, holder))
			continue;
		switch (queue_claim(db, &t->op, holder, t->now, &held, &nobody, t->a)) {
		case CLAIM_FAILED:	return false;
		case CLAIMED_NOBODY:	return *none = true;
		case CLAIMED:		break;
		}
		more--;
		if (!power_may_ring(held.e164))
			return by_agent(db, t, holder, held.entry);
		switch (power_rests(db, held.person, t->now, t->a)) {
		case FAILED:	return false;
		case FOUND:	return by_agent(db, t, holder, held.entry);
		case NONE:	break;
		}
		switch (wish(db, t, holder, held.entry, held.person, held.e164, held.claimed_at)) {
		case SAVED:	break;
		case ALREADY:
			if (back(db, t->op.id, holder, held.entry, t->now) == FAILED)
				return false;
			break;
		default:	return false;
		}
	}
	return true;
}

bool
dialer_power_may(struct db *db, struct operation_id op, int64_t now, bool *may, struct arena *a)
{
	struct row lines, sent;
	enum found f = db_row(db, &q[Q_MAY], IN(V_U(op.v), V_I(now - STALE_US)), a, &lines);

	*may = false;
	if (f != FOUND)
		return f == NONE;
	if (db_row(db, &q[Q_SENT], IN(V_U(POWER_HOLDER(op, 0).v), V_U(POWER_HOLDER(op, POWER_SLOTS).v), V_U(op.v)), a, &sent) != FOUND)
		return false;
	*may = row_u(&sent, 0) < row_u(&lines, 0);
	return true;
}

/* --- the decision --- */

static bool
lock_it(struct db *db, void *ctx)
{
	const struct turn *t = ctx;
	uint64_t first = 0;

	return db_write(db, &q[Q_LOCK], IN(V_I(t->locked_until), V_U(t->op.id.v), V_I(t->now)), &first) == WROTE &&
	    (first == 0 || audit_add(db, t->op.organisation, (struct user_id){ 0 }, t->now, "power.locked", "operation", t->op.id.v,
	    arena_fmt(t->a, "%u of %u", t->m.abandoned, t->m.abandoned + t->m.connected)));
}

/* Too many have heard nobody: from now to the end of the window it is off, on record, and an alarm (alarm.h). */
static bool
lock(struct db *db, struct turn *t)
{
	struct power_window w = power_window(&t->op, t->now);

	if (t->locked_until > t->now || t->power.why != POWER_LOCKED)
		return true;
	t->locked_until = w.until;
	log_warn("operation %llu: power mode is locked, %u of %u have heard nobody", (unsigned long long)t->op.id.v, t->m.abandoned,
	    t->m.abandoned + t->m.connected);
	return tx_write(db, lock_it, t) == TX_DONE;
}

/* The guard's m are all who are free or ring somebody of their own; the calls, only for those who can take one. */
static bool
decide(struct db *db, struct turn *t)
{
	unsigned waiting = (unsigned)t->waiting.n;
	struct power all;
	struct row r;

	all = t->power = power_lines(&t->m, waiting);
	t->why = all.why;
	if (!t->on || t->stopped)
		return true;
	if (!lock(db, t))
		return false;
	if (t->locked_until > t->now)
		all = t->power = (struct power){ .lines = waiting, .why = POWER_LOCKED };
	if (all.why == POWER_SMALL && waiting > 0) {
		if (db_row(db, &q[Q_OWN], IN(V_U(t->op.id.v)), t->a, &r) != FOUND)
			return false;
		all = power_lines(&t->m, waiting + (unsigned)row_u(&r, 0));
	}
	t->many = all.why == POWER_OK;
	t->why = all.why;
	if (t->why == POWER_SMALL)	/* would more agents help at all? Else people read what stands in the way of any */
		t->why = power_lines(&t->m, AT_ONCE).why == POWER_OK ? POWER_SMALL : power_lines(&t->m, AT_ONCE).why;
	return true;
}

static bool
look(struct db *db, struct turn *t)
{
	struct row r;

	if (db_row(db, &q[Q_READ], IN(V_U(t->op.id.v)), t->a, &r) != FOUND)
		return false;
	t->locked_until = row_i(&r, 0);
	t->asks = row_u(&r, 1);
	if (operation_by_id(db, t->op.id, &t->op, t->a) != FOUND || dialing_of(db, t->op.id, &t->d, t->a) == FAILED ||
	    !db_rows(db, &q[Q_WAITING], IN(V_U(t->op.id.v)), t->a, &t->waiting) ||
	    !db_rows(db, &q[Q_HELD], IN(V_U(POWER_HOLDER(t->op.id, 0).v), V_U(POWER_HOLDER(t->op.id, POWER_SLOTS).v), V_U(t->op.id.v)), t->a, &t->held) ||
	    !power_measure(db, &t->op, t->now, &t->m, &t->stopped, t->a))
		return false;
	t->on = t->d.mode == DIAL_POWER && t->op.method == OP_SOFTWARE && !t->d.removed && t->d.paused == TROUBLE_NONE && t->op.state == OP_ACTIVE;
	return decide(db, t);
}

/* *at: when to look again; INT64_MAX: when somebody waits. */
static bool
turn(struct db *db, struct turn *t, int64_t *at)
{
	unsigned given = 0;
	bool none = false;

	*at = t->now + TURN_US;
	if (!look(db, t) || !mend(db, t) ||
	    db_write(db, &q[Q_PUT], IN(V_I(t->now), V_S(power_word(t->why)), V_U(t->waiting.n), V_U(t->many ? t->power.lines : 0),
	    V_U(t->op.id.v)), NULL) != WROTE)
		return false;
	if (t->waiting.n == 0 && t->held.n == 0)
		*at = INT64_MAX;
	if (t->waiting.n == 0)
		return true;
	if (!t->many)
		return one_each(db, t);
	if (!kept(db, t, &given))
		return false;
	if (given > 0)		/* they are not free: the guard is asked again */
		return true;
	if (!many(db, t, &none))
		return false;
	if (none && t->held.n == 0)
		return let_go(db, t);
	if (none)
		*at = t->now + NOBODY_US;
	return true;
}

enum found
dialer_power_due(struct db *db, int64_t now, struct arena *a)
{
	struct rows due;

	if (!db_rows(db, &q[Q_DUE], IN(V_I(now)), a, &due))
		return FAILED;
	for (size_t i = 0; i < due.n; i++) {
		struct turn t = { .op = { .id = { row_u(&due.row[i], 0) } }, .now = now, .a = a };
		int64_t at, lease = now + LEASE_US;
		uint64_t mine = 0;
		bool done;

		if (db_write(db, &q[Q_LEASE], IN(V_I(lease), V_U(t.op.id.v), V_I(row_i(&due.row[i], 1))), &mine) != WROTE)
			return FAILED;
		if (mine == 0)
			continue;
		done = turn(db, &t, &at);
		/* at once when somebody has begun to wait meanwhile */
		if (db_write(db, &q[Q_NEXT], IN(V_U(t.asks), !done ? V_I(now + SECOND_US) : at == INT64_MAX ? V_NULL : V_I(at), V_I(now),
		    V_U(t.op.id.v), V_I(lease)), NULL) != WROTE)
			return FAILED;
		return done ? FOUND : FAILED;
	}
	return NONE;
}
