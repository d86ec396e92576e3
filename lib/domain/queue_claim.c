/*
 * queue_claim.c - whom an agent holds, and holding the next one.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/queue_in.h"

enum { Q_HELD, Q_KEPT, Q_KEPT_NEXT, Q_ZONE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_HELD] = { "uui", "uusuuuii", "SELECT h.entry_id, h.person_id, h.e164, e.attempts, e.reason, e.zone,"
	    " h.claimed_at, h.held_until FROM hold h JOIN entry e ON e.id = h.entry_id"
	    " WHERE h.user_id = ? AND h.operation_id = ? AND h.held_until > ?" },
	[Q_KEPT] = { "uui", "uu", "SELECT k.entry_id, x.zone FROM kept_appointment k" KEPT_ENTRY
	    " WHERE k.operation_id = ? AND k.user_id = ? AND k.at <= ? ORDER BY k.at LIMIT 1" },
	[Q_KEPT_NEXT] = { "uui", "i", "SELECT k.at FROM kept_appointment k" KEPT_ENTRY
	    " WHERE k.operation_id = ? AND k.user_id = ? AND k.at > ? ORDER BY k.at LIMIT 1" },
	[Q_ZONE] = { "uu", "u", "SELECT zone FROM entry WHERE id = ? AND operation_id = ?" },
};
DB_STATEMENTS(q)

enum found
queue_held(struct db *db, const struct operation *op, struct user_id user, int64_t now,
    struct held *h, struct arena *a)
{
	struct queue_settings *s = queue_settings(db, op, a);
	struct hold_seen seen;
	struct row r;
	enum found f;

	if (s == NULL)
		return FAILED;
	if ((f = db_row(db, &q[Q_HELD], IN(V_U(user.v), V_U(op->id.v), V_I(now)), a, &r)) != FOUND)
		return f;
	seen = (struct hold_seen){
		.entry = { row_u(&r, 0) }, .person = { row_u(&r, 1) }, .e164 = row_s(&r, 2),
		.attempts = (unsigned)row_u(&r, 3), .reason = (enum status)row_u(&r, 4), .claimed_at = row_i(&r, 6),
	};
	queue_held_fill(h, &seen, user, row_i(&r, 7), queue_zone_name(s, op, (unsigned)row_u(&r, 5)), a);
	return FOUND;
}

/* Exclusion rules count again at each offer (a person who has voted meanwhile). */
static enum found
excluded_now(struct db *db, const struct queue_settings *s, struct person_id p, enum status *why, struct arena *a)
{
	*why = ST_NONE;
	if (s->nexclusions == 0)
		return NONE;
	if (!exclusion_of(db, s->exclusions, s->nexclusions, p, why, a))
		return FAILED;
	return *why == ST_NONE ? NONE : FOUND;
}

/* Nobody may be called now; this agent may still hold somebody from before, whose call can be saved. */
static enum claimed
claim_nothing(struct db *db, struct queue_settings *s, const struct operation *op, struct user_id user, int64_t now,
    struct held *h, struct nobody_now *nobody, struct arena *a)
{
	switch (queue_held(db, op, user, now, h, a)) {
	case FOUND:	return CLAIMED;
	case FAILED:	return CLAIM_FAILED;
	case NONE:	break;
	}
	return queue_nobody(db, s, op, now, nobody, a) ? CLAIMED_NOBODY : CLAIM_FAILED;
}

enum claimed
queue_claim_from(struct db *db, const struct operation *given, struct user_id user, int64_t now,
    const struct queue_plan *first, const struct queue_answer *answer, const struct queue_first *wanted, size_t nwanted,
    struct held *h, struct nobody_now *nobody, struct arena *a)
{
	struct operation op = *given;
	struct queue_settings *s = queue_settings(db, &op, a);
	struct queue_plan plan;
	struct queue_answer r;
	bool thorough = false;

	/* Each round removed people or met a change; 200 rounds are 20,000 people removed in one request. */
	for (unsigned round = 0; round < 200 && s != NULL; round++) {
		enum status why;

		if (round == 0 && answer != NULL) {
			plan = *first;
			r = *answer;
		} else {
			struct queue_call c = { .op = &op, .user = user, .now = now };

			plan = queue_plan(s, &op, now, thorough, a);
			if (*plan.places != '\0')
				queue_plan_first(&plan, s, wanted, nwanted, a);
			if (*plan.places == '\0')
				break;
			c.plan = plan.places;
			c.expire = plan.expire;
			if (!queue_run(db, &c, &r, a))
				return CLAIM_FAILED;
			queue_mark(s, &plan, now, &r);
		}
		switch (r.claimed) {
		case CALL_CLAIMED:
			switch (excluded_now(db, s, r.got.person, &why, a)) {
			case FAILED:	return CLAIM_FAILED;
			case FOUND:
				if (queue_exclude_held(db, op.id, user, r.got.entry, why) == TX_FAILED)
					return CLAIM_FAILED;
				continue;
			case NONE:	break;
			}
			queue_held_fill(h, &r.got, user, r.held_until, queue_zone_name(s, &op, r.got.zone), a);
			return CLAIMED;
		case CALL_STALE:
			if (operation_by_id(db, op.id, &op, a) != FOUND)
				return CLAIM_FAILED;
			s = queue_settings(db, &op, a);
			break;
		case CALL_NOBODY:
			if (plan.thorough)
				return claim_nothing(db, s, &op, user, now, h, nobody, a);
			break;
		default:	/* CALL_AGAIN: it cleared away a good many, or met this agent's own expired hold */
			break;
		}
		thorough = true;
	}
	return s == NULL ? CLAIM_FAILED : claim_nothing(db, s, &op, user, now, h, nobody, a);
}

enum claimed
queue_claim(struct db *db, const struct operation *op, struct user_id user, int64_t now,
    struct held *h, struct nobody_now *nobody, struct arena *a)
{
	return queue_claim_entry(db, op, user, (struct entry_id){ 0 }, now, h, nobody, a);
}

enum claimed
queue_claim_entry(struct db *db, const struct operation *op, struct user_id user, struct entry_id entry, int64_t now,
    struct held *h, struct nobody_now *nobody, struct arena *a)
{
	struct queue_first first[2] = { { .entry = entry } };
	struct row r;

	if (!queue_kept(db, op->id, user, now, &first[1], a))
		return CLAIM_FAILED;
	switch (entry.v == 0 ? NONE : db_row(db, &q[Q_ZONE], IN(V_U(entry.v), V_U(op->id.v)), a, &r)) {
	case FOUND:	first[0].zone = (unsigned)row_u(&r, 0); break;
	case NONE:	break;
	case FAILED:	return CLAIM_FAILED;
	}
	return queue_claim_from(db, op, user, now, NULL, NULL, first, NITEMS(first), h, nobody, a);
}

bool
queue_kept(struct db *db, struct operation_id op, struct user_id user, int64_t now, struct queue_first *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_KEPT], IN(V_U(op.v), V_U(user.v), V_I(now)), a, &r);

	*out = f == FOUND ? (struct queue_first){ { row_u(&r, 0) }, (unsigned)row_u(&r, 1) } : (struct queue_first){ 0 };
	return f != FAILED;
}

enum found
queue_kept_next(struct db *db, struct operation_id op, struct user_id user, int64_t now, int64_t *at, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_KEPT_NEXT], IN(V_U(op.v), V_U(user.v), V_I(now)), a, &r);

	*at = f == FOUND ? row_i(&r, 0) : 0;
	return f;
}
