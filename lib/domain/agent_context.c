/*
 * agent_context.c - session, user, role, operation and hold in one statement by primary keys; the operation's own
 * columns are read once per revision.
 */
#include "domain/agent_context.h"

#include "plumb/arena.h"

#include "domain/queue_in.h"
#include "domain/session.h"

/* Columns: 0-7 who, 8 and 9 the operation, then the hold, the kept appointment (its entry, and its zone in 8 bits) and
 * the break that this agent is on; who's again; the practice (practice.h). In one who practises sits in the place of its pretend
 * volunteer, and is nobody else there: the seat is looked up before the role. */
#define OPERATION	8
#define HOLD		10
#define KEPT		20
#define HELD_BACK	22
#define PRACTICE	23

enum { Q_WHO, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_WHO] = { "iuubi", "uussssss" "uu" "uusiisuuub" "ui" "u" "uu",
	    "SELECT COALESCE(pr.as_id, u.id), u.organisation_id, u.role, u.language, u.name, s.csrf, g.time_zone, m.role, o.id, o.revision,"
	    " h.entry_id, h.person_id, h.e164, h.claimed_at, h.held_until, h.state, e.attempts, e.zone, e.reason,"
	    " e.retries_used,"
	    " (SELECT k.entry_id << 8 | x.zone FROM kept_appointment k" KEPT_ENTRY
	    "  WHERE k.operation_id = o.id AND k.user_id = m.user_id AND k.at <= ? ORDER BY k.at LIMIT 1),"
	    " (SELECT IF(b.ended_at IS NULL, b.started_at, 0) FROM agent_break b WHERE b.operation_id = o.id AND b.user_id = m.user_id"
	    "  ORDER BY b.started_at DESC LIMIT 1), " USER_HELD_BACK ", COALESCE(pr.of_id, 0), pr.as_id = u.id"
	    " FROM session s JOIN user u ON u.id = s.user_id JOIN organisation g ON g.id = u.organisation_id"
	    " LEFT JOIN practice pr ON pr.operation_id = ? AND (pr.user_id = u.id OR pr.as_id = u.id)"
	    " LEFT JOIN member m ON m.operation_id = ? AND m.user_id = COALESCE(pr.as_id, u.id)"
	    " LEFT JOIN operation o ON o.id = m.operation_id AND o.organisation_id = COALESCE(pr.organisation_id, u.organisation_id)"
	    " LEFT JOIN hold h ON h.user_id = m.user_id AND h.operation_id = o.id"
	    " LEFT JOIN entry e ON e.id = h.entry_id"
	    " WHERE s.token_hash = ? AND s.expires_at > ? AND u.disabled_at IS NULL" },
};
DB_STATEMENTS(q)

static bool
fill_operation(struct db *db, struct agent_context *x, struct row *r, int64_t now, struct user_id user, struct arena *a)
{
	struct row h = { r->cells + HOLD, r->ncells - HOLD };
	struct queue_settings *s;
	struct recycle_rule *rules;
	const void *bytes;
	size_t n;

	if (queue_operation(db, (struct operation_id){ row_u(r, OPERATION) }, (unsigned)row_u(r, OPERATION + 1), &x->op, a) != FOUND)
		return false;
	if ((s = queue_settings(db, &x->op, a)) == NULL)
		return false;
	rules = arena_alloc(a, sizeof(s->rules));	/* the kept ones may go within this request */
	memcpy(rules, s->rules, sizeof(s->rules));
	x->rules = rules;
	x->in_operation = true;
	x->practice_of.v = row_u(r, PRACTICE);
	x->visitor = !row_is_null(r, PRACTICE + 1) && row_u(r, PRACTICE + 1) != 0;
	x->kept = (struct queue_first){ { row_u(r, KEPT) >> 8 }, (unsigned)row_u(r, KEPT) & 255 };
	x->break_since = row_is_null(r, KEPT + 1) ? 0 : row_i(r, KEPT + 1);
	if (row_is_null(&h, 0))
		return true;
	x->seen = (struct hold_seen){
		.entry = { row_u(&h, 0) }, .person = { row_u(&h, 1) }, .e164 = row_s(&h, 2), .claimed_at = row_i(&h, 3),
		.state = queue_state_of(row_s(&h, 5)), .attempts = (unsigned)row_u(&h, 6), .zone = (unsigned)row_u(&h, 7),
		.reason = (enum status)row_u(&h, 8),
	};
	bytes = row_b(&h, 9, &n);
	queue_retries_read(&x->seen.retries, bytes, n);
	x->holding = row_i(&h, 4) > now;
	if (x->holding)
		queue_held_fill(&x->held, &x->seen, user, row_i(&h, 4),
		    queue_zone_name(s, &x->op, x->seen.zone), a);
	return true;
}

enum found
agent_who(struct db *db, const unsigned char session[32], uint64_t id, int64_t now, struct who *out, struct arena *a)
{
	struct agent_context *x = arena_alloc(a, sizeof(*x));
	struct row r;
	enum found f = db_row(db, &q[Q_WHO], IN(V_I(now), V_U(id), V_U(id), V_B(session, 32), V_I(now)), a, &r);

	if (f != FOUND)
		return f;
	*out = (struct who){
		.user = row_u(&r, 0), .organisation = row_u(&r, 1), .role = role_of_word(row_s(&r, 2)),
		.lang = lang_of(row_s(&r, 3)), .name = row_s(&r, 4), .csrf = row_s(&r, 5), .zone = row_s(&r, 6),
		.held_back = row_u(&r, HELD_BACK) != 0, .extra = x,
	};
	memcpy(out->session, session, 32);
	if (row_is_null(&r, 7) || row_is_null(&r, OPERATION))
		return FOUND;
	out->member = member_role_of_word(row_s(&r, 7));
	return fill_operation(db, x, &r, now, (struct user_id){ out->user }, a) ? FOUND : FAILED;
}
