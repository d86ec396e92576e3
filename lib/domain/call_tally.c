/*
 * call_tally.c - the counters of sql/070 as days, hours of the day and attempt numbers; and their recount.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"

#include "domain/call_tally.h"

#define HALF_HOUR_US	(30 * MINUTE_US)

enum { FOLDED = 8, FOLD_MOST = 5000 };	/* the shard of half hours that are over */

enum { Q_READ, Q_NUMBERS, Q_SHARDS, Q_GONE, Q_FOLD, Q_RECOUNT, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_READ] = { "u", "uuui", "SELECT half_hour, number, status, CAST(SUM(calls) AS SIGNED) FROM call_tally"
	    " WHERE operation_id = ? GROUP BY half_hour, number, status ORDER BY half_hour, number, status" },
	[Q_NUMBERS] = { "uu", "uuiiu", "SELECT number, status, CAST(SUM(calls) AS SIGNED), CAST(SUM(seconds) AS SIGNED), MIN(half_hour)"
	    " FROM call_tally WHERE operation_id = ? AND half_hour >= ? GROUP BY number, status" },
	[Q_SHARDS] = { "uuuuu", "uuuuii", "SELECT half_hour, number, status, shard, calls, seconds FROM call_tally WHERE operation_id = ?"
	    " AND half_hour BETWEEN ? AND ? AND shard <> ? ORDER BY half_hour, number, status, shard LIMIT ? FOR UPDATE" },
	[Q_GONE] = { "uuuuu", "", "DELETE FROM call_tally WHERE operation_id = ? AND half_hour = ? AND number = ? AND status = ? AND shard = ?" },
	[Q_FOLD] = { "uuuuuii", "", "INSERT INTO call_tally VALUES (?, ?, ?, ?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE calls = calls + VALUES(calls), seconds = seconds + VALUES(seconds)" },
	/* as the migration counted what was there before it */
	[Q_RECOUNT] = { "uuu", "uuuii", "WITH RECURSIVE correction AS ("
	    "  SELECT c.entry_id, c.corrects AS root, c.status, w.status AS was, w.corrects AS up"
	    "   FROM attempt c JOIN attempt w ON w.entry_id = c.entry_id AND w.number = c.corrects"
	    "   WHERE c.operation_id = ? AND c.corrects IS NOT NULL"
	    "  UNION ALL SELECT c.entry_id, c.up, c.status, c.was, w.corrects"
	    "   FROM correction c JOIN attempt w ON w.entry_id = c.entry_id AND w.number = c.up)"
	    " SELECT half_hour, number, status, SUM(n), SUM(seconds) FROM ("
	    "  SELECT started_at DIV 1800000000 AS half_hour, LEAST(number, 6) AS number, status, 1 AS n,"
	    "    IF(saved_at - started_at > 3600000000, 90, LEAST((saved_at - started_at + 500000) DIV 1000000, 600)) AS seconds"
	    "   FROM attempt WHERE operation_id = ? AND corrects IS NULL"
	    "  UNION ALL SELECT t.started_at DIV 1800000000, LEAST(t.number, 6), IF(s.old, c.was, c.status), IF(s.old, -1, 1), 0"
	    "   FROM correction c JOIN attempt t ON t.entry_id = c.entry_id AND t.number = c.root"
	    "   JOIN (SELECT TRUE AS old UNION SELECT FALSE) s WHERE c.up IS NULL"
	    "  UNION ALL SELECT half_hour, number, status, -calls, -seconds FROM call_tally WHERE operation_id = ?) x"
	    " GROUP BY half_hour, number, status HAVING SUM(n) <> 0 OR SUM(seconds) <> 0" },
};
DB_STATEMENTS(q)

enum call_kind
call_kind(enum status s)
{
	switch (s) {
	case ST_COMPLETED:
		return CALL_COMPLETED;
	case ST_REFUSED: case ST_HUNG_UP: case ST_DNC:
		return CALL_REFUSED;
	case ST_NOT_HOME: case ST_CALL_BACK: case ST_LANGUAGE_BARRIER: case ST_REMOVE: case ST_MOVED: case ST_DECEASED:
		return CALL_TALKED;
	case ST_VOICEMAIL: case ST_VOICEMAIL_AUTO:
		return CALL_VOICEMAIL;
	case ST_NO_ANSWER: case ST_NO_ANSWER_AUTO: case ST_BUSY: case ST_BUSY_AUTO: case ST_CANCELED: case ST_ERROR:
		return CALL_UNANSWERED;
	default:
		return CALL_WRONG;
	}
}

const char *
call_kind_label(enum call_kind k, enum lang lang)
{
	static const char *const label[CALL__MAX][LANG__MAX] = {
		[CALL_COMPLETED] = { "Completed", "Complété" }, [CALL_REFUSED] = { "Refused or hung up", "Refus ou raccroché" },
		[CALL_TALKED] = { "Reached, something else", "Joint, autre chose" }, [CALL_VOICEMAIL] = { "Voicemail", "Boîte vocale" },
		[CALL_UNANSWERED] = { "Nobody answered", "Personne n’a répondu" }, [CALL_WRONG] = { "Wrong number or taken back", "Mauvais numéro ou annulé" },
	};

	return label[k][lang];
}

uint64_t
cell_calls(const struct call_cell *c)
{
	int64_t n = 0;

	for (unsigned k = 0; k < CALL__MAX; k++)
		n += c->kind[k];
	return n < 0 ? 0 : (uint64_t)n;
}

uint64_t
cell_reached(const struct call_cell *c)
{
	int64_t n = c->kind[CALL_COMPLETED] + c->kind[CALL_REFUSED] + c->kind[CALL_TALKED];

	return n < 0 ? 0 : (uint64_t)n;
}

/* --- reading --- */

struct reading { struct call_tally *t; const char *zone; uint64_t half_hour; struct tm wall; size_t day, room; struct arena *a; };

static enum call_kind
kind_of(uint64_t status)
{
	return call_kind(status < ST__MAX ? (enum status)status : ST_NONE);
}

static size_t
place_of(uint64_t number)
{
	return number < 1 ? 0 : number > CALL_NUMBERS ? CALL_NUMBERS - 1 : (size_t)number - 1;
}

/* Half hours come in their order, so a day is new or the last one. */
static size_t
day_of(struct reading *x, const struct tm *wall)
{
	struct call_tally *t = x->t;
	struct call_day *d = t->ndays == 0 ? NULL : &t->day[t->ndays - 1], *more;

	if (d != NULL && d->day == wall->tm_mday && d->month == wall->tm_mon + 1 && d->year == wall->tm_year + 1900)
		return t->ndays - 1;
	if (t->ndays == x->room) {
		more = arena_alloc(x->a, (x->room = x->room * 2 + 32) * sizeof(*more));
		if (t->ndays > 0)
			memcpy(more, t->day, t->ndays * sizeof(*more));
		t->day = more;
	}
	t->day[t->ndays] = (struct call_day){ wall->tm_year + 1900, wall->tm_mon + 1, wall->tm_mday, { { 0 } } };
	return t->ndays++;
}

static bool
read_one(void *ctx, const struct row *r)
{
	struct reading *x = ctx;
	struct call_tally *t = x->t;
	enum call_kind k = kind_of(row_u(r, 2));

	if (row_u(r, 0) != x->half_hour) {
		x->half_hour = row_u(r, 0);
		x->wall = clock_local(x->zone, (int64_t)x->half_hour * HALF_HOUR_US);
		x->day = day_of(x, &x->wall);
	}
	t->day[x->day].cell.kind[k] += row_i(r, 3);
	t->hour[x->wall.tm_hour].kind[k] += row_i(r, 3);
	t->number[place_of(row_u(r, 1))].kind[k] += row_i(r, 3);
	t->all.kind[k] += row_i(r, 3);
	return true;
}

bool
call_tally(struct db *db, struct operation_id op, const char *zone, struct call_tally *out, struct arena *a)
{
	struct reading x = { .t = out, .zone = zone, .half_hour = UINT64_MAX, .a = a };

	*out = (struct call_tally){ .ndays = 0 };
	return db_each(db, &q[Q_READ], IN(V_U(op.v)), read_one, &x);
}

bool
call_numbers(struct db *db, struct operation_id op, int64_t since, struct call_numbers *out, struct arena *a)
{
	struct rows rs;
	int64_t at;

	*out = (struct call_numbers){ .first_at = 0 };
	if (!db_rows(db, &q[Q_NUMBERS], IN(V_U(op.v), V_U(since <= 0 ? 0 : since / HALF_HOUR_US)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *r = &rs.row[i];

		out->number[place_of(row_u(r, 0))].kind[kind_of(row_u(r, 1))] += row_i(r, 2);
		out->all.kind[kind_of(row_u(r, 1))] += row_i(r, 2);
		out->seconds += row_i(r, 3) < 0 ? 0 : (uint64_t)row_i(r, 3);
		at = (int64_t)row_u(r, 4) * HALF_HOUR_US;
		if (out->first_at == 0 || at < out->first_at)
			out->first_at = at;
	}
	return true;
}

/* --- folding --- */

struct fold { struct operation_id op; uint64_t from, until; size_t n; struct arena *a; };

static bool
fold_some(struct db *db, void *ctx)
{
	struct fold *x = ctx;
	struct rows rs;

	if (!db_rows(db, &q[Q_SHARDS], IN(V_U(x->op.v), V_U(x->from), V_U(x->until), V_U(FOLDED), V_U(FOLD_MOST)), x->a, &rs))
		return false;
	x->n = rs.n;
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *r = &rs.row[i];

		if (db_write(db, &q[Q_GONE], IN(V_U(x->op.v), V_U(row_u(r, 0)), V_U(row_u(r, 1)), V_U(row_u(r, 2)), V_U(row_u(r, 3))), NULL) != WROTE)
			return false;
		if (db_write(db, &q[Q_FOLD], IN(V_U(x->op.v), V_U(row_u(r, 0)), V_U(row_u(r, 1)), V_U(row_u(r, 2)), V_U(FOLDED), V_I(row_i(r, 4)),
		    V_I(row_i(r, 5))), NULL) != WROTE)
			return false;
	}
	return true;
}

bool
call_tally_fold(struct db *db, struct operation_id op, int64_t from, int64_t until, struct arena *a)
{
	struct fold x = { .op = op, .from = from <= 0 ? 0 : (uint64_t)(from / HALF_HOUR_US), .until = until <= HALF_HOUR_US ? 0 : (uint64_t)(until / HALF_HOUR_US) - 1, .a = a };

	do {
		if (tx_write(db, fold_some, &x) != TX_DONE)
			return false;
	} while (x.n == FOLD_MOST);
	return true;
}

bool
call_tally_audit(struct db *db, struct operation_id op, FILE *out, uint64_t *wrong, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_RECOUNT], IN(V_U(op.v), V_U(op.v), V_U(op.v)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		char when[20];

		clock_text("UTC", (int64_t)row_u(&rs.row[i], 0) * HALF_HOUR_US, when, sizeof(when));
		fprintf(out, "operation %llu: attempts number %llu of status %llu in the half hour from %s UTC are off their tally by %lld, their time by %lld seconds\n",
		    (unsigned long long)op.v, (unsigned long long)row_u(&rs.row[i], 1), (unsigned long long)row_u(&rs.row[i], 2), when,
		    (long long)row_i(&rs.row[i], 3), (long long)row_i(&rs.row[i], 4));
	}
	*wrong += rs.n;
	return true;
}
