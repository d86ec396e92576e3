/*
 * power.c - agents who wait, and the moment of an answer. Locks: the call, its hold, then the agent's line.
 */
#include "domain/power.h"

#include "domain/queue_in.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/log.h"

#define TRIES	20	/* agents who turn out to have somebody after all */

enum { Q_WAIT, Q_WAITS, Q_NO_MORE, Q_LOOK, Q_CALL, Q_HOLD, Q_NEXT, Q_BUSY, Q_GIVE_CALL, Q_GIVE_HOLD, Q_ROOM, Q_SAID, Q_NOBODY, Q_FACT,
	Q_WORDS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_WAIT] = { "iiuu", "", "UPDATE agent_line SET waiting_at = COALESCE(waiting_at, ?), look_at = ? WHERE user_id = ? AND operation_id = ?"
	    " AND live = 1 AND state = 'open' AND end_asked_at IS NULL"
	    " AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.user_id = agent_line.user_id AND h.operation_id = agent_line.operation_id)" },
	[Q_WAITS] = { "uu", "i", "SELECT waiting_at FROM agent_line WHERE user_id = ? AND operation_id = ? AND live = 1 AND state = 'open'"
	    " AND end_asked_at IS NULL AND waiting_at IS NOT NULL" },
	[Q_NO_MORE] = { "u", "", "UPDATE agent_line SET waiting_at = NULL WHERE user_id = ? AND live = 1 AND waiting_at IS NOT NULL" },
	[Q_LOOK] = { "ui", "", "INSERT INTO power (operation_id, look_at) VALUES (?, ?)"
	    " ON DUPLICATE KEY UPDATE look_at = COALESCE(look_at, VALUES(look_at)), asks = asks + 1" },
	[Q_CALL] = { "uu", "uuuuisu", "SELECT user_id, line_id, operation_id, entry_id, claimed_at, state, hang_up_at IS NOT NULL FROM live_call"
	    " WHERE id = ? AND trunk_id = ? FOR UPDATE" },
	[Q_HOLD] = { "uuui", "u", "SELECT user_id FROM hold WHERE user_id = ? AND operation_id = ? AND entry_id = ? AND claimed_at = ? FOR UPDATE" },
	/* Not SKIP LOCKED: the dialer touches a line for a moment, and its agent is free all the same. */
	[Q_NEXT] = { "uu", "uus", "SELECT id, user_id, room FROM agent_line FORCE INDEX (waiting) WHERE operation_id = ? AND live = 1"
	    " AND waiting_at IS NOT NULL AND state = 'open' AND end_asked_at IS NULL AND trunk_id = ? ORDER BY waiting_at, id LIMIT 1 FOR UPDATE" },
	[Q_BUSY] = { "u", "", "UPDATE agent_line FORCE INDEX (PRIMARY) SET waiting_at = NULL WHERE id = ?" },
	[Q_GIVE_CALL] = { "uubu", "", "UPDATE live_call SET line_id = ?, user_id = ?, form_key = ? WHERE id = ?" },
	[Q_GIVE_HOLD] = { "uiuu", "", "UPDATE hold SET user_id = ?, held_until = ? WHERE user_id = ? AND operation_id = ?" },
	[Q_ROOM] = { "u", "s", "SELECT room FROM agent_line WHERE id = ?" },
	[Q_SAID] = { "ub", "u", "SELECT of_id FROM call_fact WHERE leg = 'contact' AND of_id = ? AND fact_key = ?" },
	[Q_NOBODY] = { "u", "", "UPDATE live_call SET facts = facts + 1 WHERE id = ?" },
	[Q_FACT] = { "ubii", "", "INSERT INTO call_fact (leg, of_id, fact_key, kind, source, at_us, received_at)"
	    " VALUES ('contact', ?, ?, 'no_agent', 'local', ?, ?)" },
	/* in their own language, else in that of who made the operation */
	[Q_WORDS] = { "u", "ss", "SELECT g.name, COALESCE(NULLIF(p.language, ''), u.language, 'en') FROM live_call c JOIN operation o ON o.id = c.operation_id"
	    " JOIN organisation g ON g.id = o.organisation_id LEFT JOIN person p ON p.id = c.person_id LEFT JOIN user u ON u.id = o.created_by WHERE c.id = ?" },
};
DB_STATEMENTS(q)

/* --- agents --- */

bool
power_wait(struct db *db, struct operation_id op, struct user_id user, int64_t now, bool *waits)
{
	uint64_t n = 0;

	if (db_write(db, &q[Q_WAIT], IN(V_I(now), V_I(now), V_U(user.v), V_U(op.v)), &n) != WROTE)
		return false;
	*waits = n > 0;
	return n == 0 || db_write(db, &q[Q_LOOK], IN(V_U(op.v), V_I(now)), NULL) == WROTE;
}

bool
power_wait_no_more(struct db *db, struct user_id user)
{
	return db_write(db, &q[Q_NO_MORE], IN(V_U(user.v)), NULL) == WROTE;
}

enum found
power_waits(struct db *db, struct operation_id op, struct user_id user, int64_t *since, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_WAITS], IN(V_U(user.v), V_U(op.v)), a, &r);

	*since = f == FOUND ? row_i(&r, 0) : 0;
	return f;
}

/* --- a person has answered --- */

struct answer_of {
	struct trunk_id trunk;
	struct live_call_id id;
	struct user_id holder;
	struct operation op;
	struct entry_id entry;
	int64_t claimed_at, now;
	const char *room;		/* the agent's; NULL: nobody */
	bool over;
	struct arena *a;
};

/* The call of that agent's line, with the form key that their page makes of this turn. DUPLICATE: they have another call. */
static enum wrote
give_call(struct db *db, const struct answer_of *x, struct line_id line, struct user_id user)
{
	unsigned char key[FORM_KEY_BYTES];

	queue_form_key(x->entry, user, x->claimed_at, key);
	return db_write(db, &q[Q_GIVE_CALL], IN(V_U(line.v), V_U(user.v), V_B(key, sizeof(key)), V_U(x->id.v)), NULL);
}

/* FOUND: x->room; NONE: nobody waits. */
static enum found
give(struct db *db, struct answer_of *x)
{
	int64_t until = x->now + (int64_t)x->op.hold_minutes * MINUTE_US;
	bool moved = false;
	struct row r;

	for (unsigned tries = 0; tries < TRIES; tries++) {
		enum found f = db_row(db, &q[Q_NEXT], IN(V_U(x->op.id.v), V_U(x->trunk.v)), x->a, &r);
		struct user_id user;
		enum wrote w;

		if (f == FAILED)
			return FAILED;
		if (f == NONE)
			break;
		user.v = row_u(&r, 1);
		if (db_write(db, &q[Q_BUSY], IN(V_U(row_u(&r, 0))), NULL) != WROTE ||
		    (w = give_call(db, x, (struct line_id){ row_u(&r, 0) }, user)) == NOT_WRITTEN)
			return FAILED;
		if (w == DUPLICATE)
			continue;
		moved = true;
		if ((w = db_write(db, &q[Q_GIVE_HOLD], IN(V_U(user.v), V_I(until), V_U(x->holder.v), V_U(x->op.id.v)), NULL)) == NOT_WRITTEN)
			return FAILED;
		if (w == WROTE) {
			x->room = row_s(&r, 2);
			return FOUND;
		}
	}
	if (moved && give_call(db, x, (struct line_id){ x->holder.v }, x->holder) != WROTE)
		return FAILED;
	return NONE;
}

/* Somebody is there and hears nobody: from now on it is so, and on record, whatever else is told. */
static bool
nobody(struct db *db, const struct answer_of *x, const unsigned char key[FACT_KEY_BYTES])
{
	return db_write(db, &q[Q_FACT], IN(V_U(x->id.v), V_B(key, FACT_KEY_BYTES), V_I(x->now), V_I(x->now)), NULL) == WROTE &&
	    db_write(db, &q[Q_NOBODY], IN(V_U(x->id.v)), NULL) == WROTE &&
	    power_record(db, &x->op, x->id, x->now, POWER_ABANDONED, "no_agent");
}

static bool
hand(struct db *db, void *ctx)
{
	struct answer_of *x = ctx;
	struct live_call it = { .id = x->id };
	struct fact f = fact_of_call(&it, FACT_NO_AGENT, x->now);
	struct row r, other;
	enum found found;

	x->room = NULL;
	x->over = false;
	if ((found = db_row(db, &q[Q_CALL], IN(V_U(x->id.v), V_U(x->trunk.v)), x->a, &r)) == FAILED)
		return false;
	if (found == NONE || strcmp(row_s(&r, 5), "sent") != 0 || row_u(&r, 6) != 0)
		return x->over = true;
	x->holder.v = row_u(&r, 0);
	if (!POWER_IS(x->holder)) {	/* told before; or a call that its agent began */
		if ((found = db_row(db, &q[Q_ROOM], IN(V_U(row_u(&r, 1))), x->a, &other)) == FOUND)
			x->room = row_s(&other, 0);
		x->over = found == NONE;
		return found != FAILED;
	}
	x->entry.v = row_u(&r, 3);
	x->claimed_at = row_i(&r, 4);
	if ((found = db_row(db, &q[Q_SAID], IN(V_U(x->id.v), V_B(f.key, sizeof(f.key))), x->a, &other)) != NONE)
		return found == FOUND;
	if (operation_by_id(db, (struct operation_id){ row_u(&r, 2) }, &x->op, x->a) != FOUND)
		return false;
	found = db_row(db, &q[Q_HOLD], IN(V_U(x->holder.v), V_U(x->op.id.v), V_U(x->entry.v), V_I(x->claimed_at)), x->a, &other);
	if (found == FOUND)	/* else it has run out, and the person may be with somebody else by now */
		found = give(db, x);
	return found == FOUND || (found == NONE && nobody(db, x, f.key));
}

enum handed
power_hand(struct db *db, struct trunk_id trunk, struct live_call_id id, int64_t now, struct handing *h, struct arena *a)
{
	struct answer_of x = { .trunk = trunk, .id = id, .now = now, .a = a };
	struct row r;

	*h = (struct handing){ .organisation = "", .lang = LANG_EN };
	if (tx_write(db, hand, &x) != TX_DONE)
		return HANDED_FAILED;
	if (x.over)
		return HANDED_OVER;
	if (x.room != NULL) {
		h->room = x.room;
		return HANDED_ROOM;
	}
	log_event("call %llu: answered, and no agent waits", (unsigned long long)id.v);
	if (db_row(db, &q[Q_WORDS], IN(V_U(id.v)), a, &r) == FOUND) {
		h->organisation = row_s(&r, 0);
		h->lang = strcmp(row_s(&r, 1), "fr") == 0 ? LANG_FR : LANG_EN;
	}
	return HANDED_NOBODY;
}

const char *
power_sorry(const struct handing *h, struct arena *a)
{
	return arena_fmt(a, h->lang == LANG_FR ? "Bonjour, ici %s. Nous vous appelions, mais personne n’est libre pour vous parler en ce moment."
	    " Veuillez nous excuser. Au revoir." : "Hello, this is %s. We were calling you, but nobody is free to speak with you right now."
	    " We apologize. Goodbye.", h->organisation);
}
