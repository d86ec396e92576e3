/*
 * horizon.c - see horizon.h.
 */
#include "domain/horizon.h"

#include "plumb/arena.h"
#include "plumb/db.h"

enum { WALK = 2000, WALKS_MOST = 50 };

/* Per table: what comes after an id; the highest; how many there are between two. */
enum { Q_OF, Q_LOCK, Q_SET, Q_AFTER, Q_MAX = Q_AFTER + HORIZON__MAX, Q_COUNT = Q_MAX + HORIZON__MAX, Q__MAX = Q_COUNT + HORIZON__MAX };
static struct stmt q[Q__MAX] = {
	[Q_OF]   = { "s", "uui", "SELECT safe_id, seen_id, seen_at FROM horizon WHERE what = ?" },
	[Q_LOCK] = { "s", "uui", "SELECT safe_id, seen_id, seen_at FROM horizon WHERE what = ? FOR UPDATE" },
	[Q_SET]  = { "uuis", "", "UPDATE horizon SET safe_id = ?, seen_id = ?, seen_at = ? WHERE what = ?" },
#define OF(which, table)													\
	[Q_AFTER + which] = { "uu", "u", "SELECT id FROM " table " WHERE id > ? ORDER BY id LIMIT ?" },				\
	[Q_MAX + which]   = { "", "u", "SELECT COALESCE(MAX(id), 0) FROM " table },						\
	[Q_COUNT + which] = { "uu", "u", "SELECT COUNT(*) FROM " table " WHERE id > ? AND id <= ?" },
	OF(HORIZON_ATTEMPT, "attempt")
	OF(HORIZON_ENTRY_LOG, "entry_log")
#undef OF
};
DB_STATEMENTS(q)

static const char *const word[HORIZON__MAX] = { [HORIZON_ATTEMPT] = "attempt", [HORIZON_ENTRY_LOG] = "entry_log" };

bool
horizon_of(struct db *db, enum horizon h, uint64_t *safe, struct arena *a)
{
	struct row r;

	if (db_row(db, &q[Q_OF], IN(V_S(word[h])), a, &r) != FOUND)
		return false;
	*safe = row_u(&r, 0);
	return true;
}

struct advance { enum horizon h; int64_t now; struct place { uint64_t safe, seen; int64_t at; } peeked; uint64_t rows; struct arena *a; };

static void
place_of(const struct row *r, struct place *p)
{
	*p = (struct place){ row_u(r, 0), row_u(r, 1), row_i(r, 2) };
}

/* As far as ids follow one another. *gap: something is behind a gap. */
static bool
walk(struct db *db, const struct advance *x, uint64_t *safe, bool *gap)
{
	*gap = false;
	for (unsigned i = 0; i < WALKS_MOST; i++) {
		struct rows rs;
		size_t k = 0;

		if (!db_rows(db, &q[Q_AFTER + x->h], IN(V_U(*safe), V_U(WALK)), x->a, &rs))
			return false;
		for (; k < rs.n && row_u(&rs.row[k], 0) == *safe + 1; k++)
			++*safe;
		*gap = k < rs.n;
		if (k < WALK)
			return true;
	}
	return true;
}

static bool
waited(const struct advance *x, const struct place *p)
{
	return p->seen > p->safe && x->now - p->at >= HORIZON_SETTLES_US;
}

/* How many rows are between the horizon and what was seen behind it, those included that are not committed. */
static bool
peek(struct db *db, struct advance *x)
{
	struct row r;
	bool ok;

	if (db_row(db, &q[Q_OF], IN(V_S(word[x->h])), x->a, &r) != FOUND)
		return false;
	place_of(&r, &x->peeked);
	if (!waited(x, &x->peeked))
		return true;
	if (!tx_peek_begin(db))
		return false;
	ok = db_row(db, &q[Q_COUNT + x->h], IN(V_U(x->peeked.safe), V_U(x->peeked.seen)), x->a, &r) == FOUND;
	x->rows = ok ? row_u(&r, 0) : 0;
	tx_read_end(db);
	return ok;
}

/* Is every row in there that the peek saw? A moment later, so who has committed since counts too. */
static bool
whole(struct db *db, const struct advance *x, const struct place *p, bool *yes)
{
	struct row r;

	*yes = false;
	if (!waited(x, p) || p->safe != x->peeked.safe || p->seen != x->peeked.seen)
		return true;
	if (db_row(db, &q[Q_COUNT + x->h], IN(V_U(p->safe), V_U(p->seen)), x->a, &r) != FOUND)
		return false;
	*yes = row_u(&r, 0) >= x->rows;
	return true;
}

static bool
advance(struct db *db, void *ctx)
{
	struct advance *x = ctx;
	struct place p, was;
	bool gap, yes;
	struct row r;

	if (db_row(db, &q[Q_LOCK], IN(V_S(word[x->h])), x->a, &r) != FOUND)
		return false;
	place_of(&r, &p);
	was = p;
	if (!whole(db, x, &p, &yes))
		return false;
	if (yes)
		p.safe = p.seen;
	if (!walk(db, x, &p.safe, &gap))
		return false;
	if (gap && (p.seen <= p.safe || x->now < p.at)) {	/* the clock of a test may go backwards */
		if (db_row(db, &q[Q_MAX + x->h], NO_IN, x->a, &r) != FOUND)
			return false;
		p.seen = row_u(&r, 0);
		p.at = x->now;
	} else if (p.safe == was.safe)
		return true;
	return db_write(db, &q[Q_SET], IN(V_U(p.safe), V_U(p.seen), V_I(p.at), V_S(word[x->h])), NULL) == WROTE;
}

bool
horizon_advance(struct db *db, int64_t now, struct arena *a)
{
	bool ok = true;

	for (enum horizon h = 0; h < HORIZON__MAX; h++) {
		struct advance x = { .h = h, .now = now, .a = a };
		ok = peek(db, &x) && tx_write(db, advance, &x) == TX_DONE && ok;
	}
	return ok;
}
