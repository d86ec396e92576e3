/*
 * line_browser.c - a line in the browser: nobody rings it, the browser calls in with a token that names the line.
 */
#include "domain/line_in.h"

#include "domain/trunk.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/log.h"

#define LEFT_US	(3 * SECOND_US)		/* the word of the end is usually here by then */

enum { Q_START, Q_LIVE, Q_AGAIN, Q_END, Q_TAKES, Q_LEG, Q_LEFT, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_START] = { "uuusssiisi", "", "INSERT INTO agent_line (trunk_id, operation_id, user_id, way, e164, from_e164, lang, room, state, wanted_at,"
	    " sent_at, month, look_at) VALUES (?, ?, ?, 'browser', '', ?, ?, ?, 'sent', ?, ?, ?, ?)" },
	[Q_LIVE] = { "u", "uuusssu", "SELECT id, trunk_id, operation_id, way, room, call_id, end_asked_at IS NOT NULL FROM agent_line"
	    " WHERE user_id = ? AND live = 1" },
	/* always another time: a row that stays as it is does not count as taken */
	[Q_AGAIN] = { "iiu", "", "UPDATE agent_line SET sent_at = GREATEST(?, sent_at + 1), look_at = ? WHERE id = ? AND state = 'sent' AND call_id = '' AND end_asked_at IS NULL" },
	[Q_END] = { "iiuu", "", "UPDATE agent_line SET end_asked_at = COALESCE(end_asked_at, ?), look_at = ? WHERE id = ? AND user_id = ? AND live = 1" },
	[Q_TAKES] = { "uu", "ss", "SELECT room, call_id FROM agent_line WHERE id = ? AND trunk_id = ? AND live = 1 AND way = 'browser' AND end_asked_at IS NULL" },
	[Q_LEG] = { "us", "u", "SELECT id FROM agent_line WHERE id = ? AND call_id = ?" },
	[Q_LEFT] = { "iu", "", "UPDATE agent_line SET look_at = ? WHERE id = ? AND live = 1 AND way = 'browser'" },
};
DB_STATEMENTS(q)

struct live { struct line_id id; struct trunk_id trunk; struct operation_id op; bool browser, ending; const char *room, *call; };

static enum found
live_line(struct db *db, struct user_id user, struct live *l, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_LIVE], IN(V_U(user.v)), a, &r);

	if (f == FOUND)
		*l = (struct live){ .id = { row_u(&r, 0) }, .trunk = { row_u(&r, 1) }, .op = { row_u(&r, 2) },
			.browser = strcmp(row_s(&r, 3), "browser") == 0, .room = row_s(&r, 4), .call = row_s(&r, 5), .ending = row_u(&r, 6) != 0 };
	return f;
}

/* The agent has a line already: one that waits for a browser is taken over, an old window's is ended. */
static enum saved
again(struct db *db, const struct operation *op, struct user_id user, int64_t now, enum refusal *why, struct arena *a)
{
	uint64_t mine = 0;
	struct live l;

	switch (live_line(db, user, &l, a)) {
	case FAILED:	return NOT_SAVED;
	case NONE:	*why = R_LINE_CLOSING; return REFUSED;	/* it ended just now */
	case FOUND:	break;
	}
	if (!l.browser || l.op.v != op->id.v) {
		*why = R_LINE_TAKEN;
		return REFUSED;
	}
	if (db_write(db, &q[Q_AGAIN], IN(V_I(now), V_I(now), V_U(l.id.v)), &mine) != WROTE)
		return NOT_SAVED;
	if (mine > 0)
		return ALREADY;
	*why = R_LINE_CLOSING;
	return line_end_one(db, user, l.id, now) == NOT_SAVED ? NOT_SAVED : REFUSED;
}

enum saved
line_end_one(struct db *db, struct user_id user, struct line_id id, int64_t now)
{
	uint64_t n = 0;

	if (db_write(db, &q[Q_END], IN(V_I(now), V_I(now), V_U(id.v), V_U(user.v)), &n) != WROTE)
		return NOT_SAVED;
	return n > 0 ? SAVED : ALREADY;
}

enum saved
line_open_here(struct db *db, const struct operation *op, struct user_id user, enum lang lang, int64_t now, enum refusal *why,
    struct arena *a)
{
	struct dialing d;
	bool failed;

	if ((*why = line_ready(db, op, &d, &failed, a)) == R_NONE && !d.browser)
		*why = R_NO_BROWSER;
	if (failed)
		return NOT_SAVED;
	if (*why != R_NONE)
		return REFUSED;
	switch (db_write(db, &q[Q_START], IN(V_U(d.trunk.v), V_U(op->id.v), V_U(user.v), V_S(d.caller),
	    V_S(lang == LANG_FR ? "fr" : "en"), V_S(line_room(a)), V_I(now), V_I(now), V_S(trunk_month_of(op->zone, now, a)), V_I(now)), NULL)) {
	case WROTE:		return SAVED;
	case DUPLICATE:		return again(db, op, user, now, why, a);
	case NOT_WRITTEN:	break;
	}
	return NOT_SAVED;
}

/* --- what its page needs --- */

enum found
line_token(struct db *db, struct operation_id op, struct user_id user, int64_t now, struct line_id *id, const char **token, struct arena *a)
{
	struct connection *open;
	struct trunk t;
	struct live l;
	enum found f;

	if ((f = live_line(db, user, &l, a)) != FOUND)
		return f;
	if (!l.browser || l.ending || l.op.v != op.v)
		return NONE;
	if ((f = trunk_open(db, l.trunk, &t, &open, a)) != FOUND)
		return f;
	*id = l.id;
	*token = connection_agent_token(open, a, l.id.v, l.room, LINE_TOKEN_S, now);
	return *token == NULL ? NONE : FOUND;
}

enum found
line_script(struct db *db, const struct dialing *d, struct browser *b, struct arena *a)
{
	struct connection *open;
	struct trunk t;
	enum found f;

	if (!d->browser || d->removed)
		return NONE;
	if ((f = trunk_open(db, d->trunk, &t, &open, a)) != FOUND)
		return f;
	return connection_browser(open, a, b) ? FOUND : NONE;
}

/* --- what webhooks ask --- */

enum found
line_takes(struct db *db, struct trunk_id trunk, struct line_id id, const char *room, const char *call, bool first, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_TAKES], IN(V_U(id.v), V_U(trunk.v)), a, &r);

	if (f != FOUND)
		return f;
	return strcmp(row_s(&r, 0), room) == 0 && (strcmp(row_s(&r, 1), call) == 0 || (first && row_s(&r, 1)[0] == '\0')) ? FOUND : NONE;
}

enum found
line_leg(struct db *db, struct line_id id, const char *call, struct arena *a)
{
	struct row r;

	return db_row(db, &q[Q_LEG], IN(V_U(id.v), V_S(call)), a, &r);
}

bool
line_left(struct db *db, struct line_id id, int64_t now)
{
	return db_write(db, &q[Q_LEFT], IN(V_I(now + LEFT_US), V_U(id.v)), NULL) == WROTE;
}
