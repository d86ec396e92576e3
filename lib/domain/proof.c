/*
 * proof.c - see proof.h.
 */
#include "domain/proof.h"

#include "domain/status.h"
#include "domain/power.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/text.h"

enum { PAGE = 1000, LINE_MOST = 64 * 1024 };
#define PURPOSE "proof file"

enum { Q_CALLS, Q_TIMES, Q_CHANGED, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_CALLS] = { "uu", "uiisuussssuuuu", "SELECT STRAIGHT_JOIN t.id, t.started_at, t.saved_at, t.time_zone, IF(" POWER_IS_SQL("t.user_id") ", 0, t.user_id), t.person_id,"
	    " COALESCE(u.name, IF(" POWER_IS_SQL("t.user_id") ", '(the software)', '')),"
	    " p.last_name, p.first_name, t.e164, t.number, t.status, t.rule_max, t.rule_minutes"
	    " FROM attempt t FORCE INDEX (by_operation) LEFT JOIN user u ON u.id = t.user_id LEFT JOIN person p ON p.id = t.person_id"
	    " WHERE t.operation_id = ? AND t.id > ? ORDER BY t.id LIMIT 1000" },
	/* corrections are no calls */
	[Q_TIMES] = { "uui", "uis", "SELECT id, started_at, time_zone FROM attempt FORCE INDEX (by_operation) WHERE operation_id = ? AND id > ?"
	    " AND started_at > ? AND corrects IS NULL ORDER BY id LIMIT 1000" },
	[Q_CHANGED] = { "u", "i", "SELECT COALESCE(MAX(at), 0) FROM audit WHERE object = 'operation' AND object_id = ?"
	    " AND verb IN ('operation.details', 'operation.hours', 'operation.create')" },
};
DB_STATEMENTS(q)

/* --- the chain --- */

struct chain { unsigned char hash[32]; };

static void
next_hash(struct chain *c, const char *text, size_t n, struct arena *a)
{
	unsigned char *both = arena_alloc(a, sizeof(c->hash) + n);

	memcpy(both, c->hash, sizeof(c->hash));
	memcpy(both + sizeof(c->hash), text, n);
	seal_sha256(both, sizeof(c->hash) + n, c->hash);
}

static bool
put_line(FILE *out, struct chain *c, const char *text, struct arena *a)
{
	next_hash(c, text, strlen(text), a);
	return fprintf(out, "%s\t%s\n", text, seal_hex(a, c->hash, sizeof(c->hash))) > 0;
}

/* --- writing --- */

/* A name is one cell of one line, whatever it holds. */
static const char *
cell(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s == NULL ? "" : s);

	for (char *p = out; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	return out;
}

static const char *
moment(struct arena *a, const char *zone, int64_t at)
{
	struct tm tm = clock_local(zone, at);

	return arena_fmt(a, "%04d-%02d-%02d %02d:%02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static const char *
rule_words(struct arena *a, const struct row *r)
{
	if (row_is_null(r, 12))
		return "no further call after this status";
	return arena_fmt(a, "at most %llu further calls, %llu minutes apart", (unsigned long long)row_u(r, 12), (unsigned long long)row_u(r, 13));
}

struct writing {
	FILE *out;
	const struct operation *op;
	struct chain chain;
	struct arena *a;
	uint64_t last, lines, page;
	int64_t changed;
	bool ok;
};

static const char *
hours_words(const struct writing *w, const char *zone, int64_t at)
{
	if (at <= w->changed)
		return "hours changed later";
	return hours_at(&w->op->hours, zone, at, NULL, NULL) == HOURS_OPEN ? "within hours" : "OUTSIDE HOURS";
}

static bool
put_call(void *ctx, const struct row *r)
{
	struct writing *w = ctx;
	struct arena *a = w->a;
	const char *zone = row_s(r, 3);
	enum status status = row_u(r, 11) < ST__MAX ? (enum status)row_u(r, 11) : ST_NONE;

	w->last = row_u(r, 0);
	w->lines++;
	w->page++;
	w->ok = put_line(w->out, &w->chain, arena_fmt(a, "%llu\t%s\t%s\t%s\t%s\t%s\t%llu\t%s\t%llu\t%s\t%s\t%llu\t%s\t%s", (unsigned long long)w->last,
	    moment(a, zone, row_i(r, 1)), moment(a, zone, row_i(r, 2)), zone, moment(a, "UTC", row_i(r, 1)), hours_words(w, zone, row_i(r, 1)),
	    (unsigned long long)row_u(r, 4), cell(a, row_s(r, 6)), (unsigned long long)row_u(r, 5),
	    cell(a, arena_fmt(a, "%s %s", row_s(r, 8) == NULL ? "" : row_s(r, 8), row_s(r, 7) == NULL ? "(erased)" : row_s(r, 7))),
	    row_s(r, 9), (unsigned long long)row_u(r, 10), status_code(status), rule_words(a, r)), a);
	return w->ok;
}

bool
proof_write(struct db *db, const struct operation *op, int64_t now, FILE *out, uint64_t *lines, struct arena *a)
{
	const struct hours *h = &op->hours;
	struct writing w = { .out = out, .op = op, .a = arena_new(), .ok = true };
	unsigned char seal[32];
	struct row r;
	bool ok = db_row(db, &q[Q_CHANGED], IN(V_U(op->id.v)), a, &r) == FOUND;

	if (ok)
		w.changed = row_i(&r, 0);
	ok = ok && put_line(out, &w.chain, arena_fmt(a, "Tocsin proof 1\toperation %llu\t%s\tcalls from %04d-%02d-%02d until %04d-%02d-%02d %02d:%02d,"
	    " each day %02d:%02d to %02d:%02d by the clock of the person called\thours last changed %s UTC\twritten %s UTC",
	    (unsigned long long)op->id.v, cell(a, op->name), h->start_year, h->start_month, h->start_day, h->end_year, h->end_month, h->end_day,
	    h->end_minute / 60, h->end_minute % 60, h->opens_minute / 60, h->opens_minute % 60, h->closes_minute / 60, h->closes_minute % 60,
	    moment(a, "UTC", w.changed), moment(a, "UTC", now)), a) &&
	    put_line(out, &w.chain, "call\tbegan (local)\tsaved (local)\ttime zone\tbegan (UTC)\thours\tcaller\tcaller's name\tperson\tperson's name\t"
	    "number\tattempt\tstatus\trule", a);
	do {
		w.page = 0;
		ok = ok && db_each(db, &q[Q_CALLS], IN(V_U(op->id.v), V_U(w.last)), put_call, &w) && w.ok;
		arena_reset(w.a);
	} while (ok && w.page == PAGE);
	ok = ok && put_line(out, &w.chain, arena_fmt(a, "end\t%llu calls", (unsigned long long)w.lines), a);
	seal_mark(PURPOSE, w.chain.hash, sizeof(w.chain.hash), seal);
	ok = ok && fprintf(out, "seal\t%s\n", seal_hex(a, seal, sizeof(seal))) > 0 && fflush(out) == 0;
	arena_free(w.a);
	*lines = w.lines;
	return ok;
}

/* --- checking --- */

enum proof_verdict
proof_check(FILE *in, uint64_t *line)
{
	char *text = must_alloc(LINE_MOST);
	struct chain c = { { 0 } };
	enum proof_verdict verdict = PROOF_CUT;
	struct arena *a = arena_new();
	bool ended = false;

	*line = 0;
	while (fgets(text, LINE_MOST, in) != NULL) {
		unsigned char given[32], seal[32];
		size_t n = strlen(text);
		char *tab;

		arena_reset(a);
		++*line;
		verdict = PROOF_CHANGED;
		if (n == 0 || text[n - 1] != '\n')
			break;
		text[--n] = '\0';
		if ((tab = strrchr(text, '\t')) == NULL || !seal_unhex(tab + 1, given, sizeof(given)))
			break;
		if (ended) {		/* the seal stands behind the end, and nothing behind it */
			if (tab - text != 4 || memcmp(text, "seal", 4) != 0 || fgetc(in) != EOF)
				break;
			seal_mark(PURPOSE, c.hash, sizeof(c.hash), seal);
			verdict = seal_equal(seal, given, sizeof(seal)) ? PROOF_GOOD : PROOF_NOT_OURS;
			break;
		}
		next_hash(&c, text, (size_t)(tab - text), a);
		if (!seal_equal(c.hash, given, sizeof(given)))
			break;
		ended = strncmp(text, "end\t", 4) == 0;
		verdict = PROOF_CUT;
	}
	arena_free(a);
	free(text);
	return verdict;
}

/* --- promise 6 --- */

struct looking { FILE *out; const struct operation *op; uint64_t last, page, wrong; };

static bool
look(void *ctx, const struct row *r)
{
	struct looking *l = ctx;
	const char *zone = row_s(r, 2);
	char when[17];

	l->last = row_u(r, 0);
	l->page++;
	if (hours_at(&l->op->hours, zone, row_i(r, 1), NULL, NULL) == HOURS_OPEN)
		return true;
	l->wrong++;
	clock_text(zone, row_i(r, 1), when, sizeof(when));
	fprintf(l->out, "attempt %llu: began outside the operation's hours, at %s in %s\n", (unsigned long long)l->last, when, zone);
	return true;
}

bool
proof_outside_hours(struct db *db, const struct operation *op, FILE *out, uint64_t *wrong)
{
	struct looking l = { .out = out, .op = op };
	struct arena *a = arena_new();
	struct row r;
	bool ok = db_row(db, &q[Q_CHANGED], IN(V_U(op->id.v)), a, &r) == FOUND;

	do {
		l.page = 0;
		ok = ok && (!op->dated || db_each(db, &q[Q_TIMES], IN(V_U(op->id.v), V_U(l.last), V_I(row_i(&r, 0))), look, &l));
	} while (ok && l.page == PAGE);
	arena_free(a);
	*wrong = l.wrong;
	return ok;
}
