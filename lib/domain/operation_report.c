#include "domain/operation_report.h"
#include "domain/operation_row.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/db.h"

#define TALLY(column) " CAST(COALESCE((SELECT SUM(t." column ") FROM queue_tally t WHERE t.operation_id = o.id), 0) AS SIGNED),"
/* All that NUMBERS needs as parameters, in order: the statuses that reached somebody, now, the user. */
#define NUMBERS										\
	"SELECT " OPERATION_COLUMNS ", m.role,"				\
	" COALESCE((SELECT u.name FROM member x JOIN user u ON u.id = x.user_id WHERE x.operation_id = o.id"	\
	"  AND x.role = 'owner' ORDER BY x.joined_at, x.user_id LIMIT 1), ''),"	\
	" (SELECT COUNT(*) FROM member x WHERE x.operation_id = o.id AND x.role = 'agent'),"	\
	TALLY("ready") TALLY("held") TALLY("waiting") TALLY("done") TALLY("removed")	\
	" CAST(COALESCE((SELECT SUM(s.attempts) FROM status_tally s WHERE s.operation_id = o.id), 0) AS SIGNED),"	\
	" CAST(COALESCE((SELECT SUM(s.attempts) FROM status_tally s WHERE s.operation_id = o.id"	\
	"  AND FIND_IN_SET(s.status, ?)), 0) AS SIGNED),"				\
	" (SELECT COUNT(*) FROM member x JOIN hold h ON h.user_id = x.user_id AND h.operation_id = x.operation_id"	\
	"  WHERE x.operation_id = o.id AND h.held_until > ?)"	\
	" + (SELECT COUNT(*) FROM agent_line l FORCE INDEX (waiting) WHERE l.operation_id = o.id AND l.live = 1 AND l.waiting_at IS NOT NULL)"	\
	" FROM operation o LEFT JOIN member m ON m.operation_id = o.id AND m.user_id = ?"
#define NUMBERS_OUT	OPERATION_OUT "ssu" "iiiii" "iiu"

enum { Q_LIST, Q_ONE, Q_ZONES, Q_DUE, Q_CALLERS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LIST] = { "siu" "uuuuus" "u", NUMBERS_OUT, NUMBERS
	    " WHERE o.organisation_id = ? AND (? OR m.role IN ('owner', 'agent') OR (m.role = 'observer' AND ?))"
	    " AND (o.state <> 'archived' OR ?) AND (o.state <> 'draft' OR (? AND m.role = 'owner'))"
	    " AND o.name LIKE ?"
	    " ORDER BY o.state = 'archived', o.created_at DESC, o.id DESC LIMIT ?" },
	[Q_ONE] = { "siu" "uu", NUMBERS_OUT, NUMBERS " WHERE o.id = ? AND o.organisation_id = ?" },
	[Q_ZONES] = { "u", "u", "SELECT zone FROM operation_zone WHERE operation_id = ?" },
	/* One zone: each look is at the head of one stretch of the index. Joined with the zones, it would read each zone whole. */
	[Q_DUE] = { "uuiu" "uuiu" "uui" "uui", "uii", "SELECT"
	    " (SELECT COUNT(*) FROM (SELECT 1 FROM entry FORCE INDEX (claim) WHERE operation_id = ? AND zone = ? AND band = 1 AND due_at <= ? LIMIT ?) d) +"
	    " (SELECT COUNT(*) FROM (SELECT 1 FROM entry FORCE INDEX (claim) WHERE operation_id = ? AND zone = ? AND band = 2 AND due_at <= ? LIMIT ?) d),"
	    " (SELECT due_at FROM entry FORCE INDEX (claim) WHERE operation_id = ? AND zone = ? AND band = 1 AND due_at > ? ORDER BY due_at LIMIT 1),"
	    " (SELECT due_at FROM entry FORCE INDEX (claim) WHERE operation_id = ? AND zone = ? AND band = 2 AND due_at > ? ORDER BY due_at LIMIT 1)" },
	[Q_CALLERS] = { "u", "suu", "SELECT u.name, t.calls, t.reached FROM (SELECT user_id, CAST(SUM(calls) AS UNSIGNED) AS calls,"
	    " CAST(SUM(reached) AS UNSIGNED) AS reached FROM agent_tally WHERE operation_id = ? GROUP BY user_id) t"
	    " JOIN user u ON u.id = t.user_id ORDER BY t.calls DESC, u.name, u.id LIMIT 1000" },
};
DB_STATEMENTS(q)

static const struct { const char *code, *label[LANG__MAX]; } phases[] = {
	[PHASE_DRAFT]         = { "draft",    { "Draft", "Brouillon" } },
	[PHASE_UPCOMING]      = { "upcoming", { "Upcoming", "À venir" } },
	[PHASE_RUNNING]       = { "running",  { "Running", "En cours" } },
	[PHASE_OUTSIDE_HOURS] = { "outside",  { "Outside hours", "Hors des heures" } },
	[PHASE_PAUSED]        = { "paused",   { "Paused", "En pause" } },
	[PHASE_NOBODY_LEFT]   = { "left",     { "No one left to call", "Plus personne à appeler" } },
	[PHASE_ENDED]         = { "ended",    { "Ended", "Terminée" } },
	[PHASE_ARCHIVED]      = { "archived", { "Archived", "Archivée" } },
};

const char *
phase_label(enum op_phase p, enum lang lang)
{
	return phases[p].label[lang];
}

const char *
phase_code(enum op_phase p)
{
	return phases[p].code;
}

/* "7,9,10": for FIND_IN_SET. */
static const char *
reached_statuses(struct arena *a)
{
	struct buf b;

	buf_init_in(&b, a, 200);
	for (unsigned s = 0; s < ST__MAX; s++)
		if (status_reached((enum status)s))
			buf_fmt(&b, b.len == 0 ? "%u" : ",%u", s);
	return b.data;
}

static uint64_t
positive(int64_t n)
{
	return n < 0 ? 0 : (uint64_t)n;
}

/* Who may be called now, and when more may. */
static bool
fill_due(struct db *db, struct operation_numbers *n, int64_t now, struct arena *a)
{
	const struct val op = V_U(n->op.id.v), at = V_I(now), most = V_U(DUE_LOOK);
	uint64_t due = 0;
	struct rows zones;
	enum hours_verdict v;
	int64_t opens;

	if (!db_rows(db, &q[Q_ZONES], IN(op), a, &zones))
		return false;
	for (size_t i = 0; i < zones.n; i++) {
		const struct val zone = V_U(row_u(&zones.row[i], 0));
		struct row r;

		if (db_row(db, &q[Q_DUE], IN(op, zone, at, most, op, zone, at, most, op, zone, at, op, zone, at), a, &r) != FOUND)
			return false;
		due += row_u(&r, 0);
		for (unsigned band = 1; band <= 2; band++)
			if (!row_is_null(&r, band) && (n->next_at == 0 || row_i(&r, band) < n->next_at))
				n->next_at = row_i(&r, band);
	}
	n->more = due >= DUE_LOOK;
	if (n->more)
		due = DUE_LOOK;
	n->callable = n->totals.ready + due;
	n->later = n->totals.waiting > due ? n->totals.waiting - due : 0;
	/* due in the night is due at the opening; after the end it is never */
	if (n->next_at != 0 && (v = hours_at(&n->op.hours, n->op.zone, n->next_at, &opens, NULL)) != HOURS_OPEN)
		n->next_at = v == HOURS_ENDED ? 0 : opens;
	return true;
}

static bool
fill(struct db *db, struct operation_numbers *n, const struct row *r, int64_t now, struct arena *a)
{
	struct queue_totals *t = &n->totals;
	unsigned c = OPERATION_NCOLUMNS;

	operation_fill(&n->op, r);
	n->role = member_role_of_word(row_s(r, c));
	n->owner = row_s(r, c + 1);
	n->agents = (unsigned)row_u(r, c + 2);
	t->ready = positive(row_i(r, c + 3));
	t->held = positive(row_i(r, c + 4));
	t->waiting = positive(row_i(r, c + 5));
	t->done = positive(row_i(r, c + 6));
	t->removed = positive(row_i(r, c + 7));
	t->people = t->ready + t->held + t->waiting + t->done + t->removed;
	n->attempts = positive(row_i(r, c + 8));
	n->reached = positive(row_i(r, c + 9));
	n->on_line = row_u(r, c + 10);
	n->phase = operation_phase(&n->op, now, t->ready + t->held + t->waiting == 0, &n->opens_at);
	if (n->phase == PHASE_RUNNING)
		return fill_due(db, n, now, a);
	return true;
}

static int
phase_rank(enum op_phase p)
{
	static const int rank[] = {
		[PHASE_RUNNING] = 0, [PHASE_OUTSIDE_HOURS] = 1, [PHASE_PAUSED] = 2, [PHASE_NOBODY_LEFT] = 3,
		[PHASE_UPCOMING] = 4, [PHASE_DRAFT] = 5, [PHASE_ENDED] = 6, [PHASE_ARCHIVED] = 7,
	};
	return rank[p];
}

static int
by_phase(const void *x, const void *y)
{
	const struct operation_numbers *a = x, *b = y;
	int d = phase_rank(a->phase) - phase_rank(b->phase);

	if (d != 0)
		return d;
	if (a->op.created_at != b->op.created_at)
		return a->op.created_at > b->op.created_at ? -1 : 1;
	return a->op.id.v > b->op.id.v ? -1 : a->op.id.v < b->op.id.v;
}

/* "%text%", with what LIKE takes for wildcards taken literally. */
static const char *
like(const char *text, struct arena *a)
{
	struct buf b;

	buf_init_in(&b, a, 1000);
	buf_text(&b, "%");
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '%' || *p == '_' || *p == '\\')
			buf_text(&b, "\\");
		buf_bytes(&b, p, 1);
	}
	buf_text(&b, "%");
	return b.data;
}

bool
operation_report(struct db *db, const struct report_wish *w, struct operation_numbers **out, size_t *n,
    struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_LIST], IN(V_S(reached_statuses(a)), V_I(w->now), V_U(w->user.v),
	    V_U(w->organisation.v), V_U(w->all), V_U(w->observed), V_U(w->archived), V_U(w->drafts), V_S(like(w->search, a)),
	    V_U(REPORT_ROWS)), a, &rows))
		return false;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	*n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		if (!fill(db, &(*out)[i], &rows.row[i], w->now, a))
			return false;
	qsort(*out, *n, sizeof(**out), by_phase);
	return true;
}

enum found
operation_report_of(struct db *db, const struct report_wish *w, struct operation_id id,
    struct operation_numbers *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_ONE], IN(V_S(reached_statuses(a)), V_I(w->now), V_U(w->user.v),
	    V_U(id.v), V_U(w->organisation.v)), a, &r);

	if (f != FOUND)
		return f;
	memset(out, 0, sizeof(*out));
	return fill(db, out, &r, w->now, a) ? FOUND : FAILED;
}

bool
operation_callers(struct db *db, struct operation_id id, struct calls_by **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_CALLERS], IN(V_U(id.v)), a, &rows))
		return false;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	*n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct calls_by){ row_s(&rows.row[i], 0), row_u(&rows.row[i], 1), row_u(&rows.row[i], 2) };
	return true;
}
