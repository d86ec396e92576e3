/*
 * power_count.c - who answered and who heard nobody, on record; the window that the law looks at; what the guard measures.
 */
#include "domain/power.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"

enum { WINDOW_DAYS = 30, DIALS = 200, CALLS = 260 };
#define STOPPED_FOR_US	MINUTE_US
#define SILENT_S	2	/* longer without an agent, and they have heard nobody */

enum { Q_WHAT, Q_ADD, Q_CHANGE, Q_TALLY, Q_NEWEST, Q_WINDOW, Q_RESTS, Q_NOW, Q_RINGING, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_WHAT] = { "u", "ss", "SELECT what, CAST(day AS CHAR) FROM power_answer WHERE call_id = ? FOR UPDATE" },
	[Q_ADD] = { "uusiss", "", "INSERT IGNORE INTO power_answer (call_id, operation_id, day, at, what, reason) VALUES (?, ?, ?, ?, ?, ?)" },
	[Q_CHANGE] = { "ssu", "", "UPDATE power_answer SET what = ?, reason = IF(reason = '', ?, reason) WHERE call_id = ?" },
	[Q_TALLY] = { "usii", "", "INSERT INTO power_tally (operation_id, day, connected, abandoned) VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE connected = connected + VALUES(connected), abandoned = abandoned + VALUES(abandoned)" },
	[Q_NEWEST] = { "uu", "ssui", "SELECT outcome, refusal, state = 'ended' AND call_id <> '', COALESCE(ended_at, 0) FROM live_call FORCE INDEX (by_operation)"
	    " WHERE operation_id = ? ORDER BY id DESC LIMIT ?" },
	[Q_WINDOW] = { "us", "ii", "SELECT CAST(COALESCE(SUM(connected), 0) AS SIGNED), CAST(COALESCE(SUM(abandoned), 0) AS SIGNED) FROM power_tally"
	    " WHERE operation_id = ? AND day >= ?" },
	[Q_RESTS] = { "uuii", "u", "SELECT c.id FROM live_call c FORCE INDEX (by_person) LEFT JOIN power_answer w ON w.call_id = c.id"
	    " WHERE c.person_id IN (SELECT ? UNION ALL SELECT gone_id FROM person_merged WHERE kept_id = ?)"
	    " AND ((w.what = 'abandoned' AND w.at >= ?) OR (c.outcome = 'abandoned' AND c.ended_at >= ?)) LIMIT 1" },
	[Q_NOW] = { "u", "iuusi", "SELECT at, agents, `lines`, why, COALESCE(locked_until, 0) FROM power WHERE operation_id = ? AND at > 0" },
	[Q_RINGING] = { "uuu", "u", "SELECT COUNT(*) FROM hold WHERE user_id BETWEEN ? AND ? AND operation_id = ?" },
};
DB_STATEMENTS(q)

struct power_window
power_window(const struct operation *op, int64_t now)
{
	struct tm t = clock_local(op->zone, now), from = t, until = t;
	struct power_window w;

	strftime(w.today, sizeof(w.today), "%Y-%m-%d", &t);
	if (rules_in_force(op->rules_chosen, op->rules_of, op->zone) == RULES_CA) {
		from.tm_mday = 1;
		until = (struct tm){ .tm_year = t.tm_year, .tm_mon = t.tm_mon + 1, .tm_mday = 1 };
		w.until = clock_moment(op->zone, &until);
	} else {
		from = clock_local(op->zone, now - (WINDOW_DAYS - 1) * DAY_US);
		w.until = now + WINDOW_DAYS * DAY_US;
	}
	strftime(w.from, sizeof(w.from), "%Y-%m-%d", &from);
	return w;
}

/* --- the record --- */

static const char *const words[] = { "neither", "connected", "abandoned" };

/* A machine, nobody, or who put the phone down before they could have heard that nobody is there: neither. */
static enum power_what
what_of(const struct live_call *c)
{
	if (c->outcome == OUTCOME_ABANDONED)
		return POWER_ABANDONED;
	if (c->outcome != OUTCOME_ANSWERED && c->outcome != OUTCOME_HUNG_UP)
		return POWER_NEITHER;
	if (!POWER_IS(c->user))
		return POWER_CONNECTED;
	return c->ending.has_talk && c->ending.talk_s >= SILENT_S ? POWER_ABANDONED : POWER_NEITHER;
}

bool
power_abandoned(const struct live_call *c)
{
	return what_of(c) == POWER_ABANDONED;
}

struct counting { const struct operation *op; const struct live_call *c; enum power_what what; int64_t at; struct arena *a; };

static bool
tally(struct db *db, struct operation_id op, const char *day, enum power_what was, enum power_what is)
{
	return db_write(db, &q[Q_TALLY], IN(V_U(op.v), V_S(day), V_I((is == POWER_CONNECTED) - (was == POWER_CONNECTED)),
	    V_I((is == POWER_ABANDONED) - (was == POWER_ABANDONED))), NULL) == WROTE;
}

bool
power_record(struct db *db, const struct operation *op, struct live_call_id call, int64_t at, enum power_what what, const char *reason)
{
	struct power_window w = power_window(op, at);
	uint64_t first = 0;

	return db_write(db, &q[Q_ADD], IN(V_U(call.v), V_U(op->id.v), V_S(w.today), V_I(at), V_S(words[what]), V_S(reason)), &first) == WROTE &&
	    (first == 0 || tally(db, op->id, w.today, POWER_NEITHER, what));
}

static bool
count(struct db *db, void *ctx)
{
	struct counting *x = ctx;
	const char *reason = x->what != POWER_ABANDONED ? "" : POWER_IS(x->c->user) ? "unanswered" : "agent_left";
	enum power_what was = POWER_NEITHER;
	struct row r;

	switch (db_row(db, &q[Q_WHAT], IN(V_U(x->c->id.v)), x->a, &r)) {
	case FAILED:	return false;
	case NONE:
		return x->what == POWER_NEITHER || power_record(db, x->op, x->c->id, x->at, x->what, reason);
	case FOUND:	break;
	}
	while (was < POWER_ABANDONED && strcmp(words[was], row_s(&r, 0)) != 0)
		was++;
	return was == x->what || (db_write(db, &q[Q_CHANGE], IN(V_S(words[x->what]), V_S(reason), V_U(x->c->id.v)), NULL) == WROTE &&
	    tally(db, x->op->id, row_s(&r, 1), was, x->what));
}

bool
power_count(struct db *db, const struct operation *op, const struct live_call *c, int64_t now)
{
	struct arena *a = arena_new();
	struct counting x = { op, c, what_of(c), c->ended_at != 0 ? c->ended_at : now, a };
	bool ok = tx_write(db, count, &x) == TX_DONE;

	arena_free(a);
	return ok;
}

/* --- the measure --- */

static bool
ours(const char *refusal)
{
	static const enum refusal stops[] = { R_BUDGET, R_NO_PROVIDER, R_DIALING_PAUSED, R_PAUSED };

	for (size_t i = 0; i < NITEMS(stops); i++)
		if (strcmp(refusal, refusal_key(stops[i])) == 0)
			return true;
	return false;
}

bool
power_measure(struct db *db, const struct operation *op, int64_t now, struct power_measured *m, bool *stopped, struct arena *a)
{
	struct power_window w = power_window(op, now);
	struct rows rows;
	struct row r;

	*m = (struct power_measured){ 0 };
	*stopped = false;
	if (!db_rows(db, &q[Q_NEWEST], IN(V_U(op->id.v), V_U(CALLS)), a, &rows) ||
	    db_row(db, &q[Q_WINDOW], IN(V_U(op->id.v), V_S(w.from)), a, &r) != FOUND)
		return false;
	m->connected = row_i(&r, 0) > 0 ? (unsigned)row_i(&r, 0) : 0;
	m->abandoned = row_i(&r, 1) > 0 ? (unsigned)row_i(&r, 1) : 0;
	for (size_t i = 0; i < rows.n && m->dials < DIALS; i++) {
		const struct row *c = &rows.row[i];
		enum outcome o = outcome_of_word(row_s(c, 0));

		if (i == 0)
			*stopped = ours(row_s(c, 1)) && row_i(c, 3) > now - STOPPED_FOR_US;
		if (row_u(c, 2) == 0 || o == OUTCOME_ERROR || o == OUTCOME_ACCOUNT || o == OUTCOME_NOT_PLACED || o == OUTCOME_CANCELED)
			continue;
		m->dials++;
		m->live += o == OUTCOME_ANSWERED || o == OUTCOME_HUNG_UP || o == OUTCOME_ABANDONED;
		m->picked_up += o == OUTCOME_ANSWERED || o == OUTCOME_HUNG_UP || o == OUTCOME_ABANDONED || o == OUTCOME_VOICEMAIL || o == OUTCOME_FAX;
	}
	return true;
}

bool
power_may_ring(const char *e164)
{
	/* Canadian Numbering Administrator's area codes in service, looked at 2026-11-28 */
	static const char canada[] = " 204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 468 474 506 514 519 548 579"
	    " 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942 ";
	char code[] = " 000 ";

	if (strncmp(e164, "+1", 2) != 0)
		return true;
	if (strlen(e164) != 12)
		return false;
	memcpy(code + 1, e164 + 2, 3);
	return strstr(canada, code) != NULL;
}

enum found
power_rests(struct db *db, struct person_id person, int64_t now, struct arena *a)
{
	struct row r;

	return db_row(db, &q[Q_RESTS], IN(V_U(person.v), V_U(person.v), V_I(now - POWER_REST_US), V_I(now - POWER_REST_US)), a, &r);
}

/* --- for pages --- */

enum found
power_now(struct db *db, const struct operation *op, int64_t now, struct power_now *p, struct arena *a)
{
	struct power_window w = power_window(op, now);
	struct row r, sum, n;
	enum found f = db_row(db, &q[Q_NOW], IN(V_U(op->id.v)), a, &r);

	if (f != FOUND)
		return f;
	if (db_row(db, &q[Q_WINDOW], IN(V_U(op->id.v), V_S(w.from)), a, &sum) != FOUND ||
	    db_row(db, &q[Q_RINGING], IN(V_U(POWER_HOLDER(op->id, 0).v), V_U(POWER_HOLDER(op->id, POWER_SLOTS).v), V_U(op->id.v)), a, &n) != FOUND)
		return FAILED;
	*p = (struct power_now){ .at = row_i(&r, 0), .agents = (unsigned)row_u(&r, 1), .lines = (unsigned)row_u(&r, 2),
		.why = power_why_of(row_s(&r, 3)), .locked_until = row_i(&r, 4) > now ? row_i(&r, 4) : 0, .ringing = (unsigned)row_u(&n, 0),
		.connected = (unsigned)(row_i(&sum, 0) > 0 ? row_i(&sum, 0) : 0), .abandoned = (unsigned)(row_i(&sum, 1) > 0 ? row_i(&sum, 1) : 0),
		.from = arena_strdup(a, w.from) };
	if (p->locked_until != 0)
		p->why = POWER_LOCKED;
	return FOUND;
}

const char *
power_saver(const char *name, enum lang lang)
{
	return *name != '\0' ? name : tr(lang, "the software");
}

const char *
power_why_label(enum power_why why, enum lang lang)
{
	static const char *const labels[POWER__MAX] = {
		[POWER_OK]      = N_("Several calls ring for those who wait; as many as the share of people who heard nobody allows."),
		[POWER_SMALL]   = N_("Fewer than five agents are free at once: one call for each, so that nobody hears silence."),
		[POWER_UNKNOWN] = N_("Too little is known yet: until fifty of the last 200 calls were answered by a person, one call for each agent."),
		[POWER_HIGH]    = N_("More than 2 % of those who answered heard nobody: one call for each agent until it is less."),
		[POWER_LOCKED]  = N_("More than 2.8 % of those who answered heard nobody: no power mode for the rest of the period, one call for each agent."),
	};

	return tr(lang, labels[(unsigned)why < POWER__MAX ? why : POWER_UNKNOWN]);
}

const char *
power_share_text(struct arena *a, enum lang lang, unsigned abandoned, unsigned connected)
{
	unsigned all = abandoned + connected, tenths = all == 0 ? 0 : (abandoned * 1000u + all - 1) / all;	/* never rounded down */

	return arena_fmt(a, lang == LANG_FR ? "%u,%u\u00a0%%" : "%u.%u%%", tenths / 10, tenths % 10);
}
