/*
 * live_told.c - the short way into the set of facts: what several webhooks say about calls that go on, in one transaction.
 */
#include "domain/live_call_in.h"

#include "plumb/arena.h"
#include "plumb/db.h"

#define IDS_IN	"uuuuuuuuuuuuuuuu"
#define IDS	"(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
_Static_assert(sizeof(IDS_IN) == TELL_MOST + 1 && sizeof(IDS) == 2 * TELL_MOST + 2, "one mark for each");

enum { Q_LOCK, Q_ADD, Q_FACTS, Q_END, Q__MAX };
static struct stmt q[Q__MAX] = {
	/* Locked, so that it is one or the other with an end that is stored meanwhile. Who is locked by another, is not waited for. */
	[Q_LOCK] = { IDS_IN "uuu", "us", "SELECT id, call_id FROM live_call FORCE INDEX (PRIMARY) WHERE id IN " IDS " AND trunk_id = ?"
	    " AND state = 'sent' AND person_id IS NOT NULL AND (SELECT revision FROM trunk WHERE id = ? AND removed_at IS NULL) = ? FOR UPDATE SKIP LOCKED" },
	[Q_ADD] = { "ubsss" "ssssu" "uuiiu" "s", "", "INSERT IGNORE INTO call_fact (leg, of_id, fact_key, kind, source, call_id, room_id,"
	    " class, amd, digit, sip, q850, marks, at_us, received_at, seconds, word) VALUES ('contact', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	/* by the key also while the server believes the table to be empty, as it does for some seconds after the first calls */
	[Q_FACTS] = { IDS_IN, FACT_OUT "u", "SELECT " FACT_COLUMNS ", of_id FROM call_fact FORCE INDEX (PRIMARY)"
	    " WHERE leg = 'contact' AND of_id IN " IDS },
	[Q_END] = { "suui" "iiu", "", "UPDATE live_call SET facts = facts + 1, applied = facts, outcome = ?, flags = ?, talk_seconds = ?,"
	    " state = 'ended', live = NULL, live_e164 = NULL, ended_at = COALESCE(ended_at, ?), look_at = LEAST(COALESCE(look_at, ?), ?)"
	    " WHERE id = ?" },
};
DB_STATEMENTS(q)

enum { ADD_VALUES = 16, END_VALUES = 7 };

unsigned
fact_marks(const struct fact *f)
{
	return (f->by_callee ? 1u : 0) | (f->proves_answer ? 2u : 0) | (f->unknown_word ? 4u : 0);
}

struct work {
	uint64_t trunk;
	unsigned revision;
	struct telling *t;
	size_t n;
	struct arena *a;
};

/* The ids of those that are to be told, for IDS; a place that is left over repeats the last. How many. */
static size_t
ids(const struct work *x, bool ends_only, struct val out[TELL_MOST])
{
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++)
		if (x->t[i].told && (!ends_only || x->t[i].fact->kind == FACT_ENDED))
			out[n++] = V_U(x->t[i].fact->attempt);
	for (size_t i = n; n > 0 && i < TELL_MOST; i++)
		out[i] = out[n - 1];
	return n;
}

/* Usual: about a call by its id, with nothing to be counted; the only end of its call among these, and not the same as another. */
static bool
usual(const struct work *x, size_t i)
{
	const struct fact *f = x->t[i].fact;

	if (f->leg != LEG_CONTACT || f->attempt == 0 || f->call[0] == '\0' || f->kind == FACT_COST || f->unknown_word || fact_is_ours(f->kind))
		return false;
	for (size_t k = 0; k < i; k++) {
		const struct fact *g = x->t[k].fact;

		if (memcmp(f->key, g->key, sizeof(f->key)) == 0 || (f->kind == FACT_ENDED && g->kind == FACT_ENDED && f->attempt == g->attempt))
			return false;
	}
	return true;
}

static bool
choose(struct work *x)
{
	bool any = false;

	for (size_t i = 0; i < x->n; i++)
		any |= x->t[i].told = usual(x, i);
	return any;
}

/* Leaves those whose call goes on and is known by that id. False: FAILED, or there is none. */
static bool
lock(struct db *db, struct work *x)
{
	struct val in[TELL_MOST + 3] = { [TELL_MOST] = V_U(x->trunk), [TELL_MOST + 1] = V_U(x->trunk), [TELL_MOST + 2] = V_U(x->revision) };
	struct rows rows;

	if (ids(x, false, in) == 0 || !db_rows(db, &q[Q_LOCK], in, NITEMS(in), x->a, &rows))
		return false;
	for (size_t i = 0; i < x->n; i++) {
		const struct fact *f = x->t[i].fact;
		bool found = false;

		for (size_t r = 0; r < rows.n && x->t[i].told; r++)
			found = found || (row_u(&rows.row[r], 0) == f->attempt && strcmp(row_s(&rows.row[r], 1), f->call) == 0);
		x->t[i].told = found;
	}
	return rows.n > 0;
}

static bool
add(struct db *db, const struct work *x)
{
	struct val in[TELL_MOST * ADD_VALUES];
	char digit[TELL_MOST][2] = { "" };
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++) {
		const struct fact *f = x->t[i].fact;

		if (!x->t[i].told)
			continue;
		digit[i][0] = f->digit;
		memcpy(&in[n++ * ADD_VALUES], (const struct val[ADD_VALUES]){ V_U(f->attempt), V_B(f->key, sizeof(f->key)),
		    V_S(fact_kind_word(f->kind)), V_S(fact_source_word(f->source)), V_S(f->call), V_S(f->room_id),
		    V_S(call_class_word(f->class)), V_S(amd_word(f->amd)), V_S(digit[i]), V_U((unsigned)f->sip), V_U((unsigned)f->q850),
		    V_U(fact_marks(f)), V_I(f->at_us), V_I(x->t[i].at), f->has_seconds ? V_U(f->seconds) : V_NULL, V_S(f->word) },
		    ADD_VALUES * sizeof(*in));
	}
	return n > 0 && db_bulk(db, &q[Q_ADD], in, ADD_VALUES, n) == WROTE;
}

/* All facts of the call that `t` ends: those that are known, and those that are told beside it. 0: its end is among those known. */
static size_t
facts_of(const struct work *x, const struct telling *t, const struct rows *known, struct fact *out)
{
	size_t n = 0, before;

	for (size_t r = 0; r < known->n; r++)
		if (row_u(&known->row[r], strlen(FACT_OUT)) == t->fact->attempt)
			fact_fill(&out[n++], &known->row[r], t->fact->attempt);
	before = n;
	for (size_t i = 0; i < x->n; i++) {
		const struct fact *f = x->t[i].fact;
		bool there = !x->t[i].told || f->attempt != t->fact->attempt;

		for (size_t k = 0; k < before && !there; k++)
			there = memcmp(out[k].key, f->key, sizeof(f->key)) == 0;
		if (there && f == t->fact)
			return 0;
		if (!there)
			out[n++] = *f;
	}
	return n;
}

/* What becomes of the calls that are over, before their ends are stored. One that is not as usual is not told. */
static bool
endings(struct db *db, struct work *x)
{
	struct val in[TELL_MOST];
	struct rows known;
	struct fact *all;

	if (ids(x, true, in) == 0)
		return true;
	if (!db_rows(db, &q[Q_FACTS], in, TELL_MOST, x->a, &known))
		return false;
	all = arena_alloc(x->a, (known.n + x->n) * sizeof(*all));
	for (size_t i = 0; i < x->n; i++) {
		struct telling *t = &x->t[i];
		size_t n;

		if (!t->told || t->fact->kind != FACT_ENDED)
			continue;
		n = facts_of(x, t, &known, all);
		t->ending = outcome_of(all, n, SHORT_TALK_S);
		t->told = n > 0 && t->ending.final && !(t->ending.flags & (ENDING_CONFLICT | ENDING_TWO_CALLS));
	}
	return true;
}

static bool
end(struct db *db, const struct work *x)
{
	struct val in[TELL_MOST * END_VALUES];
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++) {
		const struct telling *t = &x->t[i];
		const struct ending *e = &t->ending;

		if (t->told && t->fact->kind == FACT_ENDED)
			memcpy(&in[n++ * END_VALUES], (const struct val[END_VALUES]){ V_S(outcome_word(e->outcome)), V_U(e->flags),
			    e->has_talk ? V_U(e->talk_s) : V_NULL, V_I(t->at), V_I(t->at), V_I(t->at), V_U(t->fact->attempt) },
			    END_VALUES * sizeof(*in));
	}
	return n == 0 || db_bulk(db, &q[Q_END], in, END_VALUES, n) == WROTE;
}

static bool
tell(struct db *db, void *ctx)
{
	struct work *x = ctx;

	(void)choose(x);
	return lock(db, x) && endings(db, x) && add(db, x) && end(db, x);
}

void
facts_tell(struct db *db, struct trunk_id trunk, unsigned revision, struct telling *t, size_t n, struct arena *a)
{
	struct work x = { .trunk = trunk.v, .revision = revision, .t = t, .n = n, .a = a };

	assert(n <= TELL_MOST);
	if (!choose(&x) || tx_write(db, tell, &x) == TX_DONE)
		return;
	for (size_t i = 0; i < n; i++)
		t[i].told = false;
}
