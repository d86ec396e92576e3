/*
 * live_told.c - the short ways into the set of facts: one statement for what ends nothing, one transaction of three for an end.
 */
#include "domain/live_call_in.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/log.h"

#define ADD "INSERT IGNORE INTO call_fact (leg, of_id, fact_key, kind, source, room_id, class, amd, digit, sip, q850, marks, at_us," \
    " received_at, seconds, word, call_id) SELECT 'contact', c.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, c.call_id FROM live_call c"
#define THE_CALL " c.id = ? AND c.trunk_id = ? AND c.call_id = ? AND c.state = 'sent' AND c.person_id IS NOT NULL"

enum { Q_TOLD, Q_TOLD_END, Q_FACTS, Q_END, Q__MAX };
static struct stmt q[Q__MAX] = {
	/* The shared lock makes it one or the other with an end that is stored meanwhile: in before it, or not in by this way. */
	[Q_TOLD] = { "bssss" "ssuuu" "iius" "uusu", "", ADD " JOIN trunk t ON t.id = c.trunk_id WHERE" THE_CALL
	    " AND t.revision = ? AND t.removed_at IS NULL LOCK IN SHARE MODE" },
	/* only the call is locked: ends of one connection do not wait for each other */
	[Q_TOLD_END] = { "bssss" "ssuuu" "iius" "uus", "", ADD " WHERE" THE_CALL " FOR UPDATE" },
	[Q_FACTS] = { "uu", FACT_OUT "u", "SELECT " FACT_COLUMNS ", (SELECT t.revision FROM trunk t WHERE t.id = ? AND t.removed_at IS NULL)"
	    " FROM call_fact WHERE leg = 'contact' AND of_id = ?" },
	[Q_END] = { "suui" "iiu", "", "UPDATE live_call SET facts = facts + 1, applied = facts, outcome = ?, flags = ?, talk_seconds = ?,"
	    " state = 'ended', live = NULL, live_e164 = NULL, ended_at = COALESCE(ended_at, ?), look_at = LEAST(COALESCE(look_at, ?), ?)"
	    " WHERE id = ?" },
};
DB_STATEMENTS(q)

unsigned
fact_marks(const struct fact *f)
{
	return (f->by_callee ? 1u : 0) | (f->proves_answer ? 2u : 0) | (f->unknown_word ? 4u : 0);
}

struct telling {
	uint64_t trunk;
	unsigned revision;
	const struct fact *f;
	int64_t now;
	struct arena *a;
	struct ending ending;
};

/* The values of a fact as ADD and THE_CALL want them, and the revision, for Q_TOLD. */
static bool
put(struct db *db, const struct telling *x, struct stmt *s)
{
	const struct fact *f = x->f;
	const char digit[2] = { f->digit, '\0' };
	uint64_t added = 0;
	const struct val in[] = { V_B(f->key, sizeof(f->key)), V_S(fact_kind_word(f->kind)), V_S(fact_source_word(f->source)),
	    V_S(f->room_id), V_S(call_class_word(f->class)), V_S(amd_word(f->amd)), V_S(digit), V_U((unsigned)f->sip), V_U((unsigned)f->q850),
	    V_U(fact_marks(f)), V_I(f->at_us), V_I(x->now), f->has_seconds ? V_U(f->seconds) : V_NULL, V_S(f->word), V_U(f->attempt),
	    V_U(x->trunk), V_S(f->call), V_U(x->revision) };

	return db_write(db, s, in, s == &q[Q_TOLD] ? NITEMS(in) : NITEMS(in) - 1, &added) == WROTE && added == 1;
}

/* An end. The call is locked by its first statement, so the facts that the second reads are all there are. False: not
 * the usual end, and nothing is stored. */
static bool
end(struct db *db, void *ctx)
{
	struct telling *x = ctx;
	struct rows rows;
	struct fact *all;

	if (!put(db, x, &q[Q_TOLD_END]) || !db_rows(db, &q[Q_FACTS], IN(V_U(x->trunk), V_U(x->f->attempt)), x->a, &rows) || rows.n == 0 ||
	    row_u(&rows.row[0], strlen(FACT_OUT)) != x->revision)
		return false;
	all = arena_alloc(x->a, rows.n * sizeof(*all));
	for (size_t i = 0; i < rows.n; i++)
		fact_fill(&all[i], &rows.row[i], x->f->attempt);
	x->ending = outcome_of(all, rows.n, SHORT_TALK_S);
	return x->ending.final && !(x->ending.flags & (ENDING_CONFLICT | ENDING_TWO_CALLS)) &&
	    db_write(db, &q[Q_END], IN(V_S(outcome_word(x->ending.outcome)), V_U(x->ending.flags),
	    x->ending.has_talk ? V_U(x->ending.talk_s) : V_NULL, V_I(x->now), V_I(x->now), V_I(x->now), V_U(x->f->attempt)), NULL) == WROTE;
}

bool
fact_add_short(struct db *db, struct trunk_id trunk, unsigned revision, const struct fact *f, int64_t now, struct arena *a)
{
	struct telling x = { .trunk = trunk.v, .revision = revision, .f = f, .now = now, .a = a };

	if (revision == 0 || f->call[0] == '\0' || f->kind == FACT_COST || fact_is_ours(f->kind))
		return false;
	if (f->kind != FACT_ENDED)
		return put(db, &x, &q[Q_TOLD]);
	if (tx_write(db, end, &x) != TX_DONE)
		return false;
	log_event("call %llu ended outcome=%s", (unsigned long long)f->attempt, outcome_word(x.ending.outcome));
	return true;
}
