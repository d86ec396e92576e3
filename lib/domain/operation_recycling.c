/*
 * operation_recycling.c - what the wizard's page 5 stores: the rule of each status, and what counts over all of them.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"

#include "domain/operation.h"
#include "domain/operation_row.h"

enum { Q_CLEAR, Q_RULE, Q_CAPS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_CLEAR] = { "u", "", "DELETE FROM recycling_rule WHERE operation_id = ?" },
	[Q_RULE] = { "uuuu", "", "INSERT INTO recycling_rule (operation_id, status, max_calls, minutes) VALUES (?, ?, ?, ?)" },
	[Q_CAPS] = { "uuuu", "", "UPDATE operation SET more_calls = NULLIF(?, 0), day_calls = NULLIF(?, 0), other_part = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

struct set {
	struct op_write w;		/* first: op_run sees it */
	const struct recycling *recycling;
};

static bool
set_recycling(struct db *db, void *ctx)
{
	struct set *s = ctx;
	const struct recycling *x = s->recycling;
	struct val *v = arena_alloc(s->w.arena, ST__MAX * 4 * sizeof(*v));
	const char *said = "";
	size_t n = 0;

	if (!op_lock(db, &s->w) || !op_unchanged(db, &s->w, 5, x->seen))
		return false;
	for (unsigned st = ST_NONE + 1; st < ST__MAX; st++) {
		const struct recycle_rule *r = &x->rules[st];
		if (!r->ticked)
			continue;
		v[n * 4] = V_U(s->w.id.v);
		v[n * 4 + 1] = V_U(st);
		v[n * 4 + 2] = V_U(r->max_calls);
		v[n++ * 4 + 3] = V_U(r->minutes);
		said = arena_fmt(s->w.arena, "%s %s=%u/%u", said, status_code(st), r->max_calls, r->minutes);
	}
	said = arena_fmt(s->w.arena, "%s more=%u day=%u%s", said, x->more_calls, x->day_calls, x->other_part ? " other-part" : "");
	return db_write(db, &q[Q_CLEAR], IN(V_U(s->w.id.v)), NULL) == WROTE &&
	    (n == 0 || db_bulk(db, &q[Q_RULE], v, 4, n) == WROTE) &&
	    db_write(db, &q[Q_CAPS], IN(V_U(x->more_calls), V_U(x->day_calls), V_U(x->other_part), V_U(s->w.id.v)), NULL) == WROTE &&
	    operation_touch(db, s->w.id, 5, s->w.by, s->w.now, "operation.recycling", said, s->w.arena);
}

enum saved
operation_set_recycling(struct db *db, struct operation_id id, struct user_id by, int64_t now,
    const struct recycling *x, enum refusal *why, struct arena *a)
{
	struct set s = { .w = { .id = id, .by = by, .now = now, .arena = a }, .recycling = x };

	for (unsigned st = 0; st < ST__MAX; st++) {
		if (!x->rules[st].ticked)
			continue;
		*why = status_then(st) != Q_RETRY || st == ST_NONE ? R_NOT_A_CHOICE :
		    x->rules[st].max_calls == 0 || x->rules[st].minutes == 0 ? R_OUT_OF_RANGE : R_NONE;
		if (*why != R_NONE)
			return REFUSED;
	}
	if (x->more_calls > UINT16_MAX || x->day_calls > UINT8_MAX)
		return *why = R_OUT_OF_RANGE, REFUSED;
	return op_run(db, set_recycling, &s.w, why);
}
