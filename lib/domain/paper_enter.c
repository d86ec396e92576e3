/*
 * paper_enter.c - what comes back from a sheet: calls, calls typed wrong, what came too late, whoever is left.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/seal.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/paper.h"
#include "domain/queue_list.h"
#include "domain/queue_in.h"

enum { RELEASE_MOST = 2 * PAPER_PLACES };

enum { Q_PLACE, Q_MAY, Q_STATUS, Q_ENTERED, Q_LET_GO, Q_CALL, Q_AGAIN, Q_NOTED, Q_NOTE, Q_ENDED, Q_LET_ALL_GO, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_PLACE] = { "uuu", "uiub", "SELECT p.entry_id, p.key_at, p.attempts, p.form_key FROM paper_place p"
	    " JOIN paper_sheet s ON s.id = p.sheet_id WHERE p.sheet_id = ? AND p.number = ? AND s.operation_id = ?" },
	[Q_MAY] = { "uu", "u", "SELECT user_id FROM member WHERE operation_id = ? AND user_id = ? AND role IN ('owner', 'agent')" },
	[Q_STATUS] = { "b", "u", "SELECT status FROM attempt WHERE form_key = ?" },
	[Q_ENTERED] = { "uuub", "", "UPDATE paper_place SET entered_by = ? WHERE sheet_id = ? AND number = ? AND form_key = ? AND entered_by IS NULL" },
	[Q_LET_GO] = { "iuu", "", "UPDATE hold SET held_until = ? WHERE user_id = ? AND operation_id = ?" },
	/* the call of the place as it is now, and the one that takes it back, if there is one */
	[Q_CALL] = { "uuu", "uuiu", "SELECT p.entry_id, t.number, p.key_at, COALESCE((SELECT MAX(k.number) FROM attempt k"
	    "  WHERE k.entry_id = t.entry_id AND k.corrects = t.number), 0)"
	    " FROM paper_place p JOIN paper_sheet s ON s.id = p.sheet_id JOIN attempt t ON t.form_key = p.form_key"
	    " WHERE p.sheet_id = ? AND p.number = ? AND s.operation_id = ?" },
	[Q_AGAIN] = { "uibuui", "", "UPDATE paper_place SET attempts = ?, key_at = ?, form_key = ?, entered_by = NULL"
	    " WHERE sheet_id = ? AND number = ? AND key_at = ?" },
	[Q_NOTED] = { "iuu", "", "UPDATE paper_place SET noted_at = ? WHERE sheet_id = ? AND number = ? AND noted_at IS NULL" },
	[Q_NOTE] = { "siuu", "", "UPDATE person SET notes = CONCAT(IF(notes = '', '', CONCAT(notes, '\\n')), ?), updated_at = ?"
	    " WHERE id = (SELECT e.person_id FROM entry e WHERE e.id = ?) AND organisation_id = ?" },
	[Q_ENDED] = { "iuu", "", "UPDATE paper_sheet SET ended_at = ? WHERE id = ? AND operation_id = ? AND ended_at IS NULL" },
	[Q_LET_ALL_GO] = { "iuuu", "", "UPDATE hold SET held_until = ? WHERE operation_id = ? AND user_id BETWEEN ? AND ?" },
};
DB_STATEMENTS(q)

/* One step on one place. */
struct step {
	const struct operation *op;
	struct paper_id id;
	unsigned number;
	struct user_id by;
	int64_t now;
	const char *text;		/* of a note */
	struct entry_id entry;
	int64_t key_at;
	unsigned attempts;
	unsigned char key[FORM_KEY_BYTES];
	enum refusal why;
	bool already;
	struct arena *a;
};

static enum found
place(struct db *db, struct step *x)
{
	struct row r;
	enum found f = db_row(db, &q[Q_PLACE], IN(V_U(x->id.v), V_U(x->number), V_U(x->op->id.v)), x->a, &r);
	const void *key;
	size_t n;

	if (f != FOUND)
		return f;
	x->entry.v = row_u(&r, 0);
	x->key_at = row_i(&r, 1);
	x->attempts = (unsigned)row_u(&r, 2);
	key = row_b(&r, 3, &n);
	memcpy(x->key, key, n < sizeof(x->key) ? n : sizeof(x->key));
	return FOUND;
}

/* Holds whose time was just made to be over: their entries go to where they belong. Who fails here is followed by the worker. */
static void
let_go(struct db *db, int64_t now)
{
	unsigned released;

	(void)queue_release_expired(db, now, RELEASE_MOST, &released);
}

int64_t
paper_moment(const struct paper_sheet *s, int64_t minute_at, int64_t now, enum refusal *why)
{
	int64_t first = s->printed_at + 1;	/* after the claim, also in the minute of printing */

	*why = minute_at > now && minute_at > first ? R_CALL_AHEAD : minute_at + MINUTE_US <= s->printed_at ? R_BEFORE_SHEET : R_NONE;
	return minute_at > first ? minute_at : first;
}

static enum found
may_call(struct db *db, const struct operation *op, const struct paper_sheet *s, struct user_id who, struct arena *a)
{
	struct row r;

	return who.v == s->caller.v ? FOUND : db_row(db, &q[Q_MAY], IN(V_U(op->id.v), V_U(who.v)), a, &r);
}

/* Who typed it in, once; and the place's hold is over. */
static bool
entered(struct db *db, void *ctx)
{
	struct step *x = ctx;
	uint64_t first;

	return db_write(db, &q[Q_ENTERED], IN(V_U(x->by.v), V_U(x->id.v), V_U(x->number), V_B(x->key, sizeof(x->key))), &first) == WROTE &&
	    (first == 0 || audit_add(db, x->op->organisation, x->by, x->now, "sheet.enter", "sheet", x->id.v,
	    arena_fmt(x->a, "%u", x->number))) &&
	    db_write(db, &q[Q_LET_GO], IN(V_I(x->now), V_U(PAPER_HOLDER(x->id, x->number).v), V_U(x->op->id.v)), NULL) == WROTE;
}

enum saved
paper_enter(struct db *db, const struct operation *op, const struct recycle_rule rules[ST__MAX], const struct paper_sheet *s,
    const struct paper_said *said, struct user_id by, int64_t now, enum refusal *why, struct arena *a)
{
	struct step x = { .op = op, .id = s->id, .number = said->number, .by = by, .now = now, .a = a };
	struct call_paper paper = { .holder = PAPER_HOLDER(s->id, said->number), .called_at = said->called_at };
	struct call call = { .paper = &paper, .status = said->status, .callback_at = said->callback_at, .note = said->note,
		.answers = said->answers, .nanswers = said->nanswers };
	struct nobody_now nobody;
	enum claimed claimed;
	struct held held;
	enum saved saved;
	struct row r;

	(void)paper_moment(s, said->called_at, now, why);
	if (*why != R_NONE)
		return REFUSED;
	switch (may_call(db, op, s, said->caller, a)) {
	case FOUND:	break;
	case NONE:	return *why = R_NOT_FOUND, REFUSED;
	case FAILED:	return NOT_SAVED;
	}
	switch (place(db, &x)) {
	case FOUND:	break;
	case NONE:	return *why = R_NOT_FOUND, REFUSED;
	case FAILED:	return NOT_SAVED;
	}
	paper.attempts = x.attempts;
	call.entry = x.entry;
	call.claimed_at = x.key_at;
	call.form_key = said->form_key != NULL ? said->form_key : seal_hex(a, x.key, sizeof(x.key));
	saved = queue_save(db, op, rules, said->caller, &call, now, false, &claimed, &held, &nobody, why, a);
	if (saved != SAVED && saved != ALREADY)
		return saved;
	if (saved == ALREADY && db_row(db, &q[Q_STATUS], IN(V_B(x.key, sizeof(x.key))), a, &r) == FOUND && row_u(&r, 0) != said->status)
		return *why = R_TYPED_IN, REFUSED;
	/* The call is saved: what comes now is done again with the same form, and else the hold ends with its sheet. */
	if (tx_write(db, entered, &x) == TX_DONE)
		let_go(db, now);
	return saved;
}

static bool
open_again(struct db *db, void *ctx)
{
	struct step *x = ctx;
	unsigned char key[FORM_KEY_BYTES];

	/* A key of its own, as if the place had been made anew. */
	queue_form_key(x->entry, PAPER_HOLDER(x->id, x->number), x->key_at + 1, key);
	return db_write(db, &q[Q_AGAIN], IN(V_U(x->attempts), V_I(x->key_at + 1), V_B(key, sizeof(key)), V_U(x->id.v), V_U(x->number),
	    V_I(x->key_at)), NULL) == WROTE;
}

static enum found
call_of(struct db *db, struct step *x, unsigned *number)
{
	struct row r;
	enum found f = db_row(db, &q[Q_CALL], IN(V_U(x->id.v), V_U(x->number), V_U(x->op->id.v)), x->a, &r);

	if (f != FOUND)
		return f;
	x->entry.v = row_u(&r, 0);
	*number = (unsigned)row_u(&r, 1);
	x->key_at = row_i(&r, 2);
	x->attempts = (unsigned)row_u(&r, 3);
	return FOUND;
}

enum saved
paper_take_back(struct db *db, const struct operation *op, struct paper_id id, unsigned number, struct user_id by, int64_t now,
    enum refusal *why, struct arena *a)
{
	struct step x = { .op = op, .id = id, .number = number, .by = by, .now = now, .a = a };
	unsigned attempt;
	enum saved s;

	*why = R_NONE;
	switch (call_of(db, &x, &attempt)) {
	case FOUND:	break;
	case NONE:	return ALREADY;		/* nothing is typed in there (any more) */
	case FAILED:	return NOT_SAVED;
	}
	s = queue_correct(db, op, by, x.entry, attempt, ST_CORRECTED, "", now, why, a);
	if (s != SAVED && s != ALREADY)
		return s;
	if (call_of(db, &x, &attempt) != FOUND || x.attempts == 0)
		return NOT_SAVED;
	return saved_of(tx_write(db, open_again, &x), R_NONE);
}

static bool
keep(struct db *db, void *ctx)
{
	struct step *x = ctx;
	uint64_t n;

	x->already = false;
	x->why = R_NONE;
	if (db_write(db, &q[Q_NOTED], IN(V_I(x->now), V_U(x->id.v), V_U(x->number)), &n) != WROTE)
		return false;
	if (n == 0) {
		x->already = true;
		return false;
	}
	if (db_write(db, &q[Q_NOTE], IN(V_S(x->text), V_I(x->now), V_U(x->entry.v), V_U(x->op->organisation.v)), &n) != WROTE)
		return false;
	if (n == 0) {
		x->why = R_NOT_FOUND;
		return false;
	}
	return audit_add(db, x->op->organisation, x->by, x->now, "sheet.note", "sheet", x->id.v, arena_fmt(x->a, "%u", x->number));
}

enum saved
paper_keep_note(struct db *db, const struct operation *op, struct paper_id id, unsigned number, const char *text,
    struct user_id by, int64_t now, enum refusal *why, struct arena *a)
{
	struct step x = { .op = op, .id = id, .number = number, .by = by, .now = now, .text = text, .a = a };
	struct paper_place *p;
	size_t n, i = 0;
	enum tx t;

	*why = R_NONE;
	if (!paper_places(db, op, id, &p, &n, a))
		return NOT_SAVED;
	while (i < n && p[i].number != number)
		i++;
	if (i == n || p[i].state == PAPER_GONE)
		return *why = R_NOT_FOUND, REFUSED;
	if (p[i].state == PAPER_NOTED)
		return ALREADY;
	if (p[i].state != PAPER_CALLED)
		return *why = R_WRONG_STATE, REFUSED;
	x.entry = p[i].entry;
	t = tx_write(db, keep, &x);
	*why = x.why;
	return t == TX_REFUSED && x.already ? ALREADY : saved_of(t, x.why);
}

static bool
end(struct db *db, void *ctx)
{
	struct step *x = ctx;
	uint64_t n;

	return db_write(db, &q[Q_ENDED], IN(V_I(x->now), V_U(x->id.v), V_U(x->op->id.v)), &n) == WROTE &&
	    (n == 0 || audit_add(db, x->op->organisation, x->by, x->now, "sheet.back", "sheet", x->id.v, "")) &&
	    db_write(db, &q[Q_LET_ALL_GO], IN(V_I(x->now), V_U(x->op->id.v), V_U(PAPER_HOLDER(x->id, 1).v),
	    V_U(PAPER_HOLDER(x->id, PAPER_PLACES).v)), NULL) == WROTE;
}

enum saved
paper_give_back(struct db *db, const struct operation *op, struct paper_id id, struct user_id by, int64_t now, struct arena *a)
{
	struct step x = { .op = op, .id = id, .by = by, .now = now, .a = a };
	enum saved s = saved_of(tx_write(db, end, &x), R_NONE);

	if (s == SAVED)
		let_go(db, now);
	return s;
}
