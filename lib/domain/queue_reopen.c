/*
 * queue_reopen.c - people put back on a list, and a status that was wrong. Both become what replaying the
 * attempts gives; a wrong attempt stays, and a further one says that it was wrong.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/queue_change.h"
#include "domain/queue_in.h"
#include "domain/queue_list.h"

enum { NOTE_CHARS = 500 };

enum { Q_LOCK, Q_HOLD, Q_ATTEMPTS, Q_PERSON, Q_NUMBER, Q_BACK, Q_HOLD_BACK, Q_REASON_BACK, Q_COUNT_ONLY, Q_ATTEMPT,
	Q_STATUS_TALLY, Q_ALIVE, Q_DEAD_ENTRIES, Q_RIGHT_NUMBER, Q_BEFORE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LOCK] = { "uu", "suus", "SELECT state, reason, person_id, e164 FROM entry WHERE id = ? AND operation_id = ? FOR UPDATE" },
	[Q_HOLD] = { "uu", "s", "SELECT state FROM hold WHERE person_id = ? AND entry_id = ? FOR UPDATE" },
	[Q_ATTEMPTS] = { "u", "uuuuiissuuuus", "SELECT number, status, rule_max, rule_minutes, saved_at, callback_at, next_e164, e164,"
	    " corrects, kept_minutes, rule_more, rule_other_part, time_zone FROM attempt WHERE entry_id = ? ORDER BY number" },
	[Q_PERSON] = { "u", "uu", "SELECT calls_forbidden, deceased FROM person WHERE id = ?" },
	[Q_NUMBER] = { "uus", "s", "SELECT f.e164 FROM phone f WHERE f.person_id = ? AND f.state = 'ok' AND NOT EXISTS"
	    " (SELECT 1 FROM suppression s WHERE s.organisation_id = ? AND s.e164 = f.e164)"
	    " ORDER BY f.e164 = ? DESC, f.position, f.id LIMIT 1" },
	[Q_BACK] = { "suiubsuu", "", "UPDATE entry SET state = ?, band = ?, due_at = ?, reason = ?, retries_used = ?, e164 = ?,"
	    " attempts = ?, skipped_at = NULL WHERE id = ?" },
	[Q_HOLD_BACK] = { "suiu", "", "UPDATE hold h JOIN entry e ON e.person_id = h.person_id AND e.id = h.entry_id"
	    " SET h.state = ?, h.band = ?, h.due_at = ? WHERE e.id = ?" },
	[Q_REASON_BACK] = { "ubu", "", "UPDATE entry SET reason = ?, retries_used = ?, skipped_at = NULL WHERE id = ?" },
	[Q_COUNT_ONLY] = { "u", "", "UPDATE entry SET attempts = attempts + 1 WHERE id = ?" },
	[Q_ATTEMPT] = { "uuuuusuuuuuusiibsu", "", "INSERT INTO attempt (operation_id, entry_id, number, person_id, user_id, e164,"
	    " status, rule_max, rule_minutes, rule_more, rule_other_part, survey_version_id, time_zone, started_at, saved_at, form_key,"
	    " note, corrects)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, ?)" },
	[Q_STATUS_TALLY] = { "uuui", "", "INSERT INTO status_tally (operation_id, shard, status, attempts) VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE attempts = attempts + VALUES(attempts)" },
	[Q_ALIVE] = { "iu", "", "UPDATE person SET deceased = FALSE, updated_at = ? WHERE id = ?" },
	[Q_DEAD_ENTRIES] = { "uuu", "uu", "SELECT id, operation_id FROM entry WHERE person_id = ? AND reason = ? AND id <> ?"
	    " AND state = 'removed' ORDER BY id FOR UPDATE" },
	[Q_BEFORE] = { "bu", "u", "SELECT id FROM attempt WHERE form_key = ? AND status = ?" },
	[Q_RIGHT_NUMBER] = { "us", "", "UPDATE phone SET state = 'ok' WHERE person_id = ? AND e164 = ?" },
};
DB_STATEMENTS(q)

enum found
queue_lock(struct db *db, struct operation_id op, struct entry_id entry, struct queue_locked *l, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_LOCK], IN(V_U(entry.v), V_U(op.v)), a, &r);

	if (f != FOUND)
		return f;
	*l = (struct queue_locked){ .op = op, .entry = entry, .state = queue_state_of(row_s(&r, 0)),
		.reason = (enum status)row_u(&r, 1), .person = { row_u(&r, 2) }, .e164 = row_s(&r, 3) };
	l->returns = l->state;
	if (l->state == QS_HELD && (f = db_row(db, &q[Q_HOLD], IN(V_U(l->person.v), V_U(entry.v)), a, &r)) == FOUND)
		l->returns = queue_state_of(row_s(&r, 0));
	return f;
}

bool
queue_replay(struct db *db, struct entry_id entry, struct replay *out, enum status *decided, const char **dialled, struct arena *a)
{
	struct rows rs;

	*out = replay_start();
	*decided = ST_NONE;
	*dialled = "";
	if (!db_rows(db, &q[Q_ATTEMPTS], IN(V_U(entry.v)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *r = &rs.row[i];
		struct recycle_rule rule = { .ticked = !row_is_null(r, 2), .max_calls = (unsigned)row_u(r, 2),
			.minutes = (unsigned)row_u(r, 3), .more_calls = (unsigned)row_u(r, 10),
			.other_part_in = row_u(r, 11) != 0 ? row_s(r, 12) : NULL };
		if (row_u(r, 1) == ST_NONE || row_u(r, 1) >= ST__MAX)
			return false;
		replay_attempt(out, !row_is_null(r, 8), &rule, (enum status)row_u(r, 1), row_i(r, 4),
		    queue_callback(row_i(r, 5), (unsigned)row_u(r, 9)),
		    row_s(r, 6)[0] != '\0');
		if (out->deciding == out->now.attempts || out->deciding == 0) {
			*decided = out->deciding == 0 ? ST_NONE : (enum status)row_u(r, 1);
			*dialled = out->deciding == 0 ? "" : row_s(r, 7);
		}
	}
	return true;
}

/* Writes what the fold says, in the entry or, while an agent is with them, where their hold returns to. With another number,
 * their clock is that number's again. */
static bool
become(struct db *db, struct organisation_id org, const struct queue_locked *l, const struct fold *f, const char *e164, int64_t now, struct arena *a)
{
	unsigned char retries[RETRIES_BYTES];
	size_t n = queue_retries_write(&f->retries, retries);
	int64_t due_at = f->state == QS_WAITING ? f->due_at : now;

	if (!entry_log(db, l->op, l->entry.v))
		return false;
	if (l->state == QS_HELD)
		return db_write(db, &q[Q_HOLD_BACK], IN(V_S(queue_state_word(f->state)), V_U(f->band), V_I(due_at), V_U(l->entry.v)),
		    NULL) == WROTE &&
		    db_write(db, &q[Q_REASON_BACK], IN(V_U(f->reason), V_B(retries, n), V_U(l->entry.v)), NULL) == WROTE;
	return db_write(db, &q[Q_BACK], IN(V_S(queue_state_word(f->state)), V_U(f->band), V_I(due_at), V_U(f->reason),
	    V_B(retries, n), V_S(e164), V_U(f->attempts), V_U(l->entry.v)), NULL) == WROTE &&
	    (f->state == l->state || queue_tally_move(db, l->op, l->state, f->state)) &&
	    (strcmp(e164, l->e164) == 0 || queue_zone_moved(db, org, &l->person, 1, a));
}

/* May they be offered again? *e164: the number to dial. */
static bool
may_return(struct db *db, struct organisation_id org, const struct queue_locked *l, const char *wanted, const char **e164,
    enum refusal *why, struct arena *a)
{
	struct exclusion *rules;
	enum status out;
	size_t n;
	struct row r;

	*e164 = l->e164;
	if (db_row(db, &q[Q_PERSON], IN(V_U(l->person.v)), a, &r) != FOUND)
		return false;
	if (row_u(&r, 0) != 0 || row_u(&r, 1) != 0) {
		*why = R_NOT_TO_BE_CALLED;
		return true;
	}
	switch (db_row(db, &q[Q_NUMBER], IN(V_U(l->person.v), V_U(org.v), V_S(wanted)), a, &r)) {
	case FOUND:	*e164 = row_s(&r, 0); break;
	case NONE:	*why = R_NO_NUMBER_LEFT; return true;
	case FAILED:	return false;
	}
	if (!exclusion_rules(db, l->op, &rules, &n, a) || !exclusion_of(db, rules, n, l->person, &out, a))
		return false;
	if (out != ST_NONE)
		*why = R_RULE_MATCHES;
	return true;
}

bool
queue_restore(struct db *db, struct organisation_id org, const struct queue_locked *l, int64_t now, enum refusal *why,
    struct arena *a)
{
	enum status decided;
	const char *dialled, *e164 = l->e164;
	struct replay p;

	*why = R_NONE;
	if (!queue_replay(db, l->entry, &p, &decided, &dialled, a))
		return false;
	if ((p.now.state == QS_READY || p.now.state == QS_WAITING) && !may_return(db, org, l, l->e164, &e164, why, a))
		return false;
	return *why != R_NONE || become(db, org, l, &p.now, e164, now, a);
}

/* --- by hand --- */

struct change {
	struct organisation_id organisation;
	const struct operation *op;
	const struct recycle_rule *rules;
	struct user_id by;
	struct entry_id entry;
	unsigned number;
	enum status status;
	const char *note;
	int64_t now;
	enum refusal why;
	bool already;
	struct arena *a;
};

static bool
refuse(struct change *x, enum refusal why)
{
	x->why = why;
	return false;
}

static bool
lock_free(struct db *db, struct change *x, struct queue_locked *l)
{
	x->why = R_NONE;
	x->already = false;
	switch (queue_lock(db, x->op->id, x->entry, l, x->a)) {
	case FOUND:	break;
	case NONE:	return refuse(x, R_NOT_FOUND);
	case FAILED:	return false;
	}
	return l->state != QS_HELD || refuse(x, R_PERSON_HELD);
}

static bool
reopen(struct db *db, void *ctx)
{
	struct change *x = ctx;
	struct queue_locked l;
	enum refusal why;

	if (!lock_free(db, x, &l))
		return false;
	if (l.state != QS_REMOVED || (status_by(l.reason) != S_RULE && l.reason != ST_DNC && l.reason != ST_DECEASED)) {
		x->already = true;
		return false;
	}
	if (!queue_restore(db, x->organisation, &l, x->now, &why, x->a))
		return false;
	return why != R_NONE ? refuse(x, why) :
	    audit_add(db, x->organisation, x->by, x->now, "entry.reopen", "entry", x->entry.v, status_code(l.reason));
}

/* Whom a wrong "deceased" had taken off other lists comes back there too. */
static bool
alive_again(struct db *db, struct change *x, const struct queue_locked *l)
{
	struct rows rs;

	if (db_write(db, &q[Q_ALIVE], IN(V_I(x->now), V_U(l->person.v)), NULL) != WROTE ||
	    !db_rows(db, &q[Q_DEAD_ENTRIES], IN(V_U(l->person.v), V_U(ST_DECEASED), V_U(l->entry.v)), x->a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		struct queue_locked other;
		enum refusal why;
		if (queue_lock(db, (struct operation_id){ row_u(&rs.row[i], 1) }, (struct entry_id){ row_u(&rs.row[i], 0) }, &other,
		    x->a) != FOUND || !queue_restore(db, x->organisation, &other, x->now, &why, x->a))
			return false;
	}
	return true;
}

/* One correction per attempt: the same form again is found by this key. */
static void
correction_key(const struct change *x, unsigned char key[32])
{
	struct { uint64_t entry, corrects; } form = { x->entry.v, x->number };

	seal_mark("correct", &form, sizeof(form), key);
}

static bool
corrected_before(struct db *db, struct change *x)
{
	unsigned char key[32];
	struct row r;

	correction_key(x, key);
	x->already = db_row(db, &q[Q_BEFORE], IN(V_B(key, FORM_KEY_BYTES), V_U(x->status)), x->a, &r) == FOUND;
	return x->already;
}

static bool
add_attempt(struct db *db, const struct change *x, const struct queue_locked *l, unsigned number, const char *e164)
{
	const struct recycle_rule *rule = &x->rules[x->status];
	unsigned char key[32];

	correction_key(x, key);
	return db_write(db, &q[Q_ATTEMPT], IN(V_U(x->op->id.v), V_U(x->entry.v), V_U(number), V_U(l->person.v), V_U(x->by.v),
	    V_S(e164), V_U(x->status), rule->ticked ? V_U(rule->max_calls) : V_NULL, rule->ticked ? V_U(rule->minutes) : V_NULL,
	    V_U(x->op->more_calls), V_U(x->op->other_part),
	    x->op->survey_version.v == 0 ? V_NULL : V_U(x->op->survey_version.v), V_S(x->op->zone), V_I(x->now), V_I(x->now),
	    V_B(key, FORM_KEY_BYTES), V_S(x->note), V_U(x->number)), NULL) == WROTE;
}

static bool
tally_status(struct db *db, const struct change *x, enum status s, int by)
{
	return db_write(db, &q[Q_STATUS_TALLY], IN(V_U(x->op->id.v), V_U(db_shard(db)), V_U(s), V_I(by)), NULL) == WROTE;
}

static bool
correct(struct db *db, void *ctx)
{
	struct change *x = ctx;
	struct queue_locked l;
	enum status was;
	const char *dialled, *e164;
	/* what an organiser types, or an agent takes back, is an attempt in the operation's zone */
	struct recycle_rule rule = operation_rule(x->op, &x->rules[x->status], x->op->zone);
	struct replay p;

	if (!lock_free(db, x, &l) || !queue_replay(db, x->entry, &p, &was, &dialled, x->a))
		return false;
	if (p.deciding != x->number || was == ST_NONE)
		return !corrected_before(db, x) && refuse(x, R_CHANGED_SINCE);
	if (was == ST_DNC)
		return refuse(x, R_DNC_STAYS);
	if (was == x->status) {
		x->already = true;
		return false;
	}
	if (!add_attempt(db, x, &l, p.now.attempts + 1, dialled))
		return false;
	if ((was == ST_DECEASED && !alive_again(db, x, &l)) ||
	    (was == ST_WRONG_NUMBER && db_write(db, &q[Q_RIGHT_NUMBER], IN(V_U(l.person.v), V_S(dialled)), NULL) != WROTE))
		return false;
	fold_correct(&p.now, &p.before, &rule, x->status, x->now);
	e164 = l.e164;
	if (l.state == QS_REMOVED && (status_by(l.reason) == S_RULE || l.reason == ST_DNC || (l.reason == ST_DECEASED &&
	    was != ST_DECEASED))) {		/* out for another reason; putting them back replays this too */
		if (db_write(db, &q[Q_COUNT_ONLY], IN(V_U(x->entry.v)), NULL) != WROTE)
			return false;
	} else {
		if ((p.now.state == QS_READY || p.now.state == QS_WAITING) &&
		    (!may_return(db, x->organisation, &l, dialled, &e164, &x->why, x->a) || x->why != R_NONE))
			return false;
		if (!become(db, x->organisation, &l, &p.now, e164, x->now, x->a))
			return false;
	}
	return tally_status(db, x, was, -1) && tally_status(db, x, x->status, 1) &&
	    audit_add(db, x->organisation, x->by, x->now, "entry.correct", "entry", x->entry.v,
		arena_fmt(x->a, "%s -> %s", status_code(was), status_code(x->status)));
}

bool
queue_correct_in(struct db *db, const struct operation *op, const struct recycle_rule *rules, struct user_id by,
    struct entry_id entry, unsigned number, enum status status, const char *note, int64_t now, bool *already, enum refusal *why,
    struct arena *a)
{
	struct change x = { .organisation = op->organisation, .op = op, .rules = rules, .by = by, .entry = entry,
		.number = number, .status = status, .note = note, .now = now, .a = a };
	bool done = correct(db, &x);

	*already = x.already;
	*why = x.why;
	return done;
}

static enum saved
run(struct db *db, bool (*work)(struct db *, void *), struct change *x, enum refusal *why)
{
	enum tx t;

	*why = R_NONE;
	if (x->op->state == OP_ARCHIVED)
		return *why = R_WRONG_STATE, REFUSED;
	t = tx_write(db, work, x);
	*why = x->why;
	return t == TX_REFUSED && x->already ? ALREADY : saved_of(t, x->why);
}

enum saved
queue_reopen(struct db *db, const struct operation *op, struct user_id by, struct entry_id entry, int64_t now,
    enum refusal *why, struct arena *a)
{
	struct change x = { .organisation = op->organisation, .op = op, .by = by, .entry = entry, .now = now, .a = a };

	return run(db, reopen, &x, why);
}

bool
queue_may_correct_to(enum status s)
{
	return s == ST_CORRECTED ||
	    (status_by(s) == S_AGENT && s != ST_DNC && s != ST_DECEASED && s != ST_WRONG_NUMBER);
}

enum saved
queue_correct(struct db *db, const struct operation *op, struct user_id by, struct entry_id entry, unsigned number,
    enum status status, const char *note, int64_t now, enum refusal *why, struct arena *a)
{
	struct recycle_rule rules[ST__MAX];
	struct change x = { .organisation = op->organisation, .op = op, .rules = rules, .by = by, .entry = entry,
		.number = number, .status = status, .note = text_cut(a, note, NOTE_CHARS), .now = now, .a = a };

	if ((unsigned)status >= ST__MAX || !queue_may_correct_to(status))
		return *why = R_STATUS_UNKNOWN, REFUSED;
	if (operation_rules(db, op->id, rules, a) != FOUND)
		return *why = R_NONE, NOT_SAVED;
	return run(db, correct, &x, why);
}
