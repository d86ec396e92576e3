/*
 * floor.c - see floor.h. One statement by keys; for calls from the software a second one.
 */
#include "domain/floor.h"

#include <stdlib.h>

#include "domain/queue_in.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/db.h"

enum { Q_AGENTS, Q_DAY, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_AGENTS] = { "uuu" "uu" "us" "u" "u" "us" "u" "u", "us" "uuii" "uiii" "iii" "iu",
	    "SELECT u.id, u.name, COALESCE(t.calls, 0), COALESCE(t.reached, 0), COALESCE(t.first_at, 0), COALESCE(t.last_at, 0),"
	    " COALESCE(h.entry_id, 0), COALESCE(h.claimed_at, 0), COALESCE(h.held_until, 0), COALESCE(d.started_at, 0),"
	    " (SELECT b.started_at FROM agent_break b WHERE b.operation_id = ? AND b.user_id = u.id ORDER BY b.started_at DESC LIMIT 1),"
	    " (SELECT b.ended_at FROM agent_break b WHERE b.operation_id = ? AND b.user_id = u.id ORDER BY b.started_at DESC LIMIT 1),"
	    " (SELECT CAST(SUM(x.ended_at - x.started_at) AS SIGNED) FROM agent_break x"
	    "  WHERE x.operation_id = ? AND x.user_id = u.id AND x.started_at BETWEEN t.first_at AND t.last_at),"
	    " COALESCE(l.open_at, 0), COALESCE(s.answers, 0)"
	    /* whoever called today, and whoever has a person or an open line now */
	    " FROM (SELECT h.user_id FROM member m JOIN hold h ON h.user_id = m.user_id AND h.operation_id = m.operation_id"
	    "   WHERE m.operation_id = ?"
	    "  UNION SELECT l.user_id FROM member m JOIN agent_line l ON l.user_id = m.user_id AND l.live = 1"
	    "   AND l.operation_id = m.operation_id WHERE m.operation_id = ?"
	    "  UNION SELECT user_id FROM agent_tally WHERE operation_id = ? AND day = ?) w"
	    " JOIN user u ON u.id = w.user_id"
	    " LEFT JOIN hold h ON h.user_id = w.user_id AND h.operation_id = ?"
	    " LEFT JOIN call_draft d ON d.user_id = w.user_id AND d.operation_id = ? AND d.entry_id = h.entry_id"
	    "  AND d.claimed_at = h.claimed_at AND d.talking"
	    " LEFT JOIN agent_tally t ON t.operation_id = ? AND t.user_id = w.user_id AND t.day = ?"
	    " LEFT JOIN agent_line l ON l.user_id = w.user_id AND l.live = 1 AND l.state = 'open' AND l.operation_id = ?"
	    " LEFT JOIN (SELECT user_id, CAST(SUM(firsts) AS UNSIGNED) AS answers FROM answer_tally WHERE operation_id = ?"
	    "  GROUP BY user_id) s ON s.user_id = w.user_id"
	    " ORDER BY u.name, u.id LIMIT 1000" },
	[Q_DAY] = { "us", "uu", "SELECT CAST(COALESCE(SUM(calls), 0) AS UNSIGNED), CAST(COALESCE(SUM(reached), 0) AS UNSIGNED)"
	    " FROM agent_tally WHERE operation_id = ? AND day = ?" },
};
DB_STATEMENTS(q)

static const struct { const char *code, *label[LANG__MAX]; } states[FLOOR__MAX] = {
	[FLOOR_TALKING] = { "talking", { "talking", "en conversation" } },
	[FLOOR_WRITING] = { "writing", { "writing up", "note l’appel" } },
	[FLOOR_CALLING] = { "calling", { "calling", "appelle" } },
	[FLOOR_BREAK]   = { "break",   { "on a break", "en pause" } },
	[FLOOR_IDLE]    = { "idle",    { "between two calls", "entre deux appels" } },
	[FLOOR_GONE]    = { "gone",    { "gone", "n’est plus là" } },
};

const char *
floor_label(enum floor_state s, enum lang lang)
{
	return states[s].label[lang];
}

const char *
floor_code(enum floor_state s)
{
	return states[s].code;
}

/* --- pure --- */

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

enum floor_state
floor_state(const struct floor_signs *s, int64_t now, int64_t *since)
{
	if (s->held_until > now) {
		if (s->over_at != 0)
			return *since = s->over_at, FLOOR_WRITING;
		if (s->answered_at != 0 || s->conversation_at != 0)
			return *since = s->answered_at != 0 ? s->answered_at : s->conversation_at, FLOOR_TALKING;
		return *since = s->claimed_at, FLOOR_CALLING;
	}
	if (s->break_at != 0 && s->break_over_at == 0 && s->break_at > now - FLOOR_BREAK_HOURS * HOUR_US)
		return *since = s->break_at, FLOOR_BREAK;
	*since = later(later(s->claimed_at, s->saved_at), later(s->break_over_at, s->line_at));
	return s->line_at != 0 || (s->held_until == 0 && *since > now - FLOOR_IDLE_MINUTES * MINUTE_US) ? FLOOR_IDLE : FLOOR_GONE;
}

unsigned
floor_rate(uint64_t calls, int64_t first_at, int64_t last_at, int64_t breaks_us)
{
	int64_t worked = last_at - first_at - breaks_us;

	if (calls == 0 || first_at == 0 || worked < FLOOR_RATE_MINUTES * MINUTE_US)
		return 0;
	return (unsigned)(((calls - 1) * (uint64_t)HOUR_US + (uint64_t)worked / 2) / (uint64_t)worked);
}

static int
by_size(const void *x, const void *y)
{
	unsigned a = *(const unsigned *)x, b = *(const unsigned *)y;

	return a < b ? -1 : a > b;
}

unsigned
floor_median(unsigned *rates, size_t n)
{
	size_t none = 0;

	qsort(rates, n, sizeof(*rates), by_size);
	while (none < n && rates[none] == 0)
		none++;
	if (n - none < FLOOR_RATE_AGENTS)
		return 0;
	rates += none;
	n -= none;
	return n % 2 == 1 ? rates[n / 2] : (rates[n / 2 - 1] + rates[n / 2] + 1) / 2;
}

enum floor_pace
floor_pace(unsigned rate, unsigned median)
{
	if (rate == 0 || median == 0)
		return PACE_NONE;
	return rate * 4 < median * 3 ? PACE_CALMER : rate * 4 > median * 5 ? PACE_BRISKER : PACE_LIKE_MOST;
}

/* --- from the database --- */

struct seen { struct floor_agent *agent; struct floor_signs signs; int64_t first_at, breaks; };

/* The newest call of each turn, in the order of the rows of `seen`. */
static bool
calls_read(struct db *db, struct seen *seen, size_t n, struct arena *a)
{
	static const char head[] = "SELECT c.form_key, COALESCE(c.hang_up_at, c.ended_at, 0), c.live IS NOT NULL, COALESCE((SELECT MIN(IF(f.at_us = 0, f.received_at, f.at_us))"
	    " FROM call_fact f WHERE f.leg = 'contact' AND f.of_id = c.id AND f.kind IN ('answered', 'bridged')), 0)"
	    " FROM live_call c WHERE c.refusal = '' AND c.id IN (SELECT MAX(id) FROM live_call WHERE form_key IN (";
	struct val *in = arena_alloc(a, (n + 1) * sizeof(*in));
	unsigned char (*key)[FORM_KEY_BYTES] = arena_alloc(a, (n + 1) * sizeof(*key));
	struct rows rows;
	struct buf sql;
	size_t held = 0;

	buf_init_in(&sql, a, sizeof(head) + 2 * n + 100);
	buf_text(&sql, head);
	for (size_t i = 0; i < n; i++) {
		if (seen[i].agent->held.v == 0)
			continue;
		queue_form_key(seen[i].agent->held, seen[i].agent->user, seen[i].agent->claimed_at, key[i]);
		buf_text(&sql, held == 0 ? "?" : ",?");
		in[held++] = V_B(key[i], FORM_KEY_BYTES);
	}
	buf_text(&sql, ") GROUP BY form_key)");
	if (held == 0)
		return true;
	if (!db_rows_of(db, sql.data, "biui", in, held, a, &rows))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rows.n && seen[i].agent->held.v != 0; k++) {
			size_t bytes;
			const void *of = row_b(&rows.row[k], 0, &bytes);

			if (bytes != FORM_KEY_BYTES || memcmp(of, key[i], FORM_KEY_BYTES) != 0)
				continue;
			seen[i].signs.over_at = row_i(&rows.row[k], 1);
			seen[i].agent->on_call = row_u(&rows.row[k], 2) != 0;
			seen[i].signs.answered_at = row_i(&rows.row[k], 3);
		}
	return true;
}

static void
agent_fill(struct seen *s, const struct row *r)
{
	*s->agent = (struct floor_agent){ .user = { row_u(r, 0) }, .name = row_s(r, 1), .calls = row_u(r, 2), .reached = row_u(r, 3),
		.held = { row_u(r, 6) }, .claimed_at = row_i(r, 7), .answers = row_u(r, 14) };
	s->signs = (struct floor_signs){ .claimed_at = row_i(r, 7), .held_until = row_i(r, 8), .conversation_at = row_i(r, 9),
		.break_at = row_i(r, 10), .break_over_at = row_i(r, 11), .saved_at = row_i(r, 5), .line_at = row_i(r, 13) };
	s->first_at = row_i(r, 4);
	s->breaks = row_i(r, 12);
}

/* Who is there comes first; both as they came, by name. */
static void
order(struct floor *f, struct arena *a)
{
	struct floor_agent *out = arena_alloc(a, (f->n + 1) * sizeof(*out));
	size_t n = 0;

	for (int gone = 0; gone <= 1; gone++)
		for (size_t i = 0; i < f->n; i++)
			if ((f->agent[i].state == FLOOR_GONE) == gone)
				out[n++] = f->agent[i];
	f->agent = out;
}

bool
floor_of(struct db *db, const struct operation *op, const char *day, int64_t now, struct floor *f, struct arena *a)
{
	struct val id = V_U(op->id.v);
	struct seen *seen;
	struct rows rows;
	unsigned *rates;

	*f = (struct floor){ 0 };
	if (!db_rows(db, &q[Q_AGENTS], IN(id, id, id, id, id, id, V_S(day), id, id, id, V_S(day), id, id), a, &rows))
		return false;
	f->n = rows.n;
	f->agent = arena_alloc(a, (rows.n + 1) * sizeof(*f->agent));
	seen = arena_alloc(a, (rows.n + 1) * sizeof(*seen));
	rates = arena_alloc(a, (rows.n + 1) * sizeof(*rates));
	for (size_t i = 0; i < rows.n; i++) {
		seen[i].agent = &f->agent[i];
		agent_fill(&seen[i], &rows.row[i]);
	}
	if (op->method == OP_SOFTWARE && !calls_read(db, seen, rows.n, a))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		struct floor_agent *x = seen[i].agent;
		x->state = floor_state(&seen[i].signs, now, &x->since);
		rates[i] = x->rate = floor_rate(x->calls, seen[i].first_at, seen[i].signs.saved_at, seen[i].breaks);
		f->in[x->state]++;
	}
	f->median = floor_median(rates, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		f->agent[i].pace = floor_pace(f->agent[i].rate, f->median);
	order(f, a);
	return true;
}

bool
floor_day(struct db *db, struct operation_id id, const char *day, uint64_t *calls, uint64_t *reached, struct arena *a)
{
	struct row r;

	if (db_row(db, &q[Q_DAY], IN(V_U(id.v), V_S(day)), a, &r) != FOUND)
		return false;
	*calls = row_u(&r, 0);
	*reached = row_u(&r, 1);
	return true;
}
