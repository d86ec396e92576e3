/*
 * queue_list.c - pages of an operation's call list. By person, never by OFFSET; held and waiting people, who are few
 * in a long list, are looked up by band.
 */
#include "domain/queue_list.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"
#include "plumb/phone.h"
#include "plumb/text.h"

#include "domain/list_in.h"
#include "domain/queue_in.h"

enum { WORDS_MAX = 5, STRETCHES_MAX = CLOCK_ZONES * CLOCK_BANDS, VALUES_MAX = 40 + 4 * STRETCHES_MAX };

#define COLUMNS "e.id, e.person_id, p.last_name, p.first_name, e.e164, e.state, e.reason, e.attempts, e.due_at"
#define OUT "uussssuui"
/* an operation's zones are numbered from 0 without a gap: with them the index leads to the band */
#define IN_ZONES " AND e.zone <= (SELECT MAX(z.zone) FROM operation_zone z WHERE z.operation_id = e.operation_id)"

enum { Q_ONE, Q_EVENTS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ONE] = { "uu", OUT, "SELECT " COLUMNS " FROM entry e JOIN person p ON p.id = e.person_id"
	    " WHERE e.operation_id = ? AND e.id = ?" },
	[Q_EVENTS] = { "u", "uusssiu", "SELECT t.number, t.status, u.name, t.note, t.time_zone, t.saved_at, t.corrects FROM attempt t"
	    " LEFT JOIN user u ON u.id = t.user_id WHERE t.entry_id = ? ORDER BY t.number DESC" },
};
DB_STATEMENTS(q)

static void
fill(struct queue_line *l, const struct row *r)
{
	*l = (struct queue_line){ .entry = { row_u(r, 0) }, .person = { row_u(r, 1) }, .last_name = row_s(r, 2),
		.first_name = row_s(r, 3), .e164 = row_s(r, 4), .state = queue_state_of(row_s(r, 5)),
		.reason = row_u(r, 6) < ST__MAX ? (enum status)row_u(r, 6) : ST_NONE, .attempts = (unsigned)row_u(r, 7),
		.due_at = row_i(r, 8) };
}

/* Whose number it is, is found first. */
static size_t
search_number(struct arena *a, struct buf *sql, const struct phone_number *number, struct val *in, size_t n)
{
	const char *e164 = arena_strdup(a, number->e164);

	buf_text(sql, " AND e.person_id IN (SELECT f.person_id FROM phone f WHERE f.e164 = ?) AND e.e164 = ?");
	in[n++] = V_S(e164);
	in[n++] = V_S(e164);
	return n;
}

static size_t
search_words(struct arena *a, struct buf *sql, const char *text, struct val *in, size_t n)
{
	const char *word[WORDS_MAX];
	size_t words;

	if (text_is_blank(text))
		return n;
	words = text_split(a, text_trim(a, text), ' ', word, NITEMS(word));
	for (size_t i = 0; i < words; i++) {
		if (*word[i] == '\0')
			continue;
		buf_text(sql, " AND (p.last_name LIKE ? OR p.first_name LIKE ? OR p.last_name LIKE ? OR p.last_name LIKE ? OR p.first_name LIKE ?)");
		const char *first = clause_pattern(a, "", word[i]), *part = clause_pattern(a, "%-", word[i]);
		memcpy(in + n, (struct val[]){ V_S(first), V_S(first), V_S(clause_pattern(a, "% ", word[i])), V_S(part), V_S(part) },
		    5 * sizeof(*in));
		n += 5;
	}
	return n;
}

/* " AND ((e.zone = ? AND e.band = ? AND e.due_at BETWEEN ? AND ?) OR ...)" */
static size_t
stretches(struct buf *sql, const struct queue_list_wish *w, struct val *in, size_t n)
{
	buf_text(sql, " AND (FALSE");
	for (size_t i = 0; i < w->nstretch && i < STRETCHES_MAX; i++) {
		const struct clock_stretch *s = &w->stretch[i];
		buf_text(sql, " OR (e.zone = ? AND e.band = ? AND e.due_at BETWEEN ? AND ?)");
		memcpy(in + n, (struct val[]){ V_U(s->zone), V_U(s->band), V_I(s->from), V_I(s->until) }, 4 * sizeof(*in));
		n += 4;
	}
	buf_text(sql, ")");
	return n;
}

bool
queue_list_page(struct db *db, const struct queue_list_wish *w, struct queue_line *out, size_t *n, bool *more, struct arena *a)
{
	/* which index, and what is asked of it, by state */
	static const struct { const char *index, *where; } by[] = {
		[QS_READY] = { "once", " AND e.state = 'ready'" }, [QS_HELD] = { "claim", IN_ZONES " AND e.band = 8" },
		[QS_WAITING] = { "claim", IN_ZONES " AND e.band IN (1, 2)" }, [QS_DONE] = { "once", " AND e.state = 'done'" },
		[QS_REMOVED] = { "once", " AND e.state = 'removed'" },
	};
	bool any = w->state < 0 || w->state > QS_REMOVED || w->stretch != NULL;
	/* many can be called now; who comes back later are few in a long list */
	bool few = w->nstretch > 0 && w->stretch[0].group != CLOCK_NOW && w->stretch[0].group != CLOCK_CLOSED;
	struct phone_number number;
	bool numbered = phone_parse(w->search, "CA", &number) == PHONE_OK;
	struct val in[VALUES_MAX] = { V_U(w->op.v), V_U(w->after.v) };
	size_t values = 2;
	struct rows rs;
	struct buf sql;

	buf_init_in(&sql, a, 32000);
	buf_fmt(&sql, "SELECT " COLUMNS " FROM entry e FORCE INDEX (%s) JOIN person p ON p.id = e.person_id WHERE e.operation_id = ?"
	    " AND e.person_id > ?%s",
	    numbered ? "once" : few ? "claim" : any ? "once" : by[w->state].index, any ? "" : by[w->state].where);
	if (w->reason != ST_NONE) {
		buf_text(&sql, " AND e.reason = ?");
		in[values++] = V_U(w->reason);
	}
	if (w->stretch != NULL)
		values = stretches(&sql, w, in, values);
	values = numbered ? search_number(a, &sql, &number, in, values) : search_words(a, &sql, w->search, in, values);
	buf_fmt(&sql, " ORDER BY e.person_id LIMIT %d", QUEUE_LIST_PAGE + 1);
	if (sql.full || !db_rows_of(db, sql.data, OUT, in, values, a, &rs))
		return false;
	*more = rs.n > QUEUE_LIST_PAGE;
	*n = *more ? QUEUE_LIST_PAGE : rs.n;
	for (size_t i = 0; i < *n; i++)
		fill(&out[i], &rs.row[i]);
	return true;
}

enum found
queue_list_one(struct db *db, struct operation_id op, struct entry_id entry, struct queue_line *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_ONE], IN(V_U(op.v), V_U(entry.v)), a, &r);

	if (f == FOUND)
		fill(out, &r);
	return f;
}

bool
queue_events(struct db *db, struct entry_id entry, struct queue_event **out, size_t *n, unsigned *deciding, struct arena *a)
{
	enum status decided;
	const char *dialled;
	struct replay p;
	struct rows rs;

	if (!db_rows(db, &q[Q_EVENTS], IN(V_U(entry.v)), a, &rs) || !queue_replay(db, entry, &p, &decided, &dialled, a))
		return false;
	*deciding = decided == ST_NONE ? 0 : p.deciding;
	*n = rs.n;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *r = &rs.row[i];
		(*out)[i] = (struct queue_event){ .number = (unsigned)row_u(r, 0),
			.status = row_u(r, 1) < ST__MAX ? (enum status)row_u(r, 1) : ST_NONE,
			.who = row_is_null(r, 2) ? "" : row_s(r, 2), .note = row_s(r, 3), .zone = row_s(r, 4), .saved_at = row_i(r, 5),
			.corrects = (unsigned)row_u(r, 6) };
	}
	return true;
}
