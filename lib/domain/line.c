/*
 * line.c - an agent's line: seen, and wishes written down.
 */
#include "domain/line_in.h"

#include "domain/live_call_in.h"
#include "domain/outcome.h"
#include "domain/phone_refusal.h"
#include "domain/trunk.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/seal.h"

enum { Q_NEWEST, Q_CALL_OF, Q_START, Q_END, Q_LINE, Q_CALL, Q_BUSY, Q_HANG_UP, Q_SETTLED, Q_END_CALL, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_NEWEST] = { "u", "uusssu", "SELECT id, operation_id, e164, state, refusal, way = 'browser' FROM agent_line WHERE user_id = ? ORDER BY id DESC LIMIT 1" },
	[Q_CALL_OF] = { "b", "u", "SELECT id FROM live_call WHERE form_key = ? ORDER BY id DESC LIMIT 1" },
	[Q_START] = { "uuussssis" "i", "", "INSERT INTO agent_line (trunk_id, operation_id, user_id, e164, from_e164, lang, room, wanted_at, month, look_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	[Q_END] = { "iiu", "", "UPDATE agent_line SET end_asked_at = COALESCE(end_asked_at, ?), look_at = ? WHERE user_id = ? AND live = 1" },
	[Q_LINE] = { "uu", "uus", "SELECT id, trunk_id, state FROM agent_line WHERE user_id = ? AND operation_id = ? AND live = 1 FOR UPDATE" },
	[Q_CALL] = { LIVE_WISH_IN, "", LIVE_WISH },
	[Q_BUSY] = { "u", "u", "SELECT id FROM live_call WHERE line_id = ? AND live = 1" },
	[Q_HANG_UP] = { "iiu", "", "UPDATE live_call c JOIN agent_line l ON l.id = c.line_id"
	    " SET c.hang_up_at = COALESCE(c.hang_up_at, ?), c.look_at = ? WHERE l.user_id = ? AND l.live = 1 AND c.live = 1" },
	[Q_SETTLED] = { "b", "u", "SELECT id FROM live_call WHERE form_key = ? ORDER BY id" },
	[Q_END_CALL] = { "iib", "", "UPDATE live_call SET hang_up_at = COALESCE(hang_up_at, ?), look_at = ? WHERE form_key = ? AND live = 1" },
};
DB_STATEMENTS(q)

static enum line_state
state_of(const char *word)
{
	return strcmp(word, "wanted") == 0 ? LINE_WANTED : strcmp(word, "sent") == 0 ? LINE_SENT :
	    strcmp(word, "open") == 0 ? LINE_OPEN : LINE_ENDED;
}

static void
phase_of(struct line_now *n)
{
	const struct live_call *c = &n->call;
	bool rings = false, bridged = false;

	for (size_t i = 0; i < c->nfacts; i++) {
		rings = rings || c->fact[i].kind == FACT_RINGING;
		bridged = bridged || c->fact[i].kind == FACT_BRIDGED;
	}
	n->voicemail = c->ending.amd == AMD_MACHINE;
	if (c->state == LIVE_ENDED || c->ending.final)
		n->phase = PHASE_OVER;
	else if (c->state == LIVE_WANTED)
		n->phase = PHASE_WAITING;
	else
		n->phase = c->ending.answered || bridged ? PHASE_TALKING : rings ? PHASE_RINGING : PHASE_DIALING;
	if (n->phase == PHASE_OVER && c->ending.uses_call && c->ending.outcome != OUTCOME_ANSWERED)
		n->detected = outcome_status(c->ending.outcome);
}

static enum found
call_of(struct db *db, const char *form_key, struct live_call *c, struct arena *a)
{
	unsigned char key[LIVE_KEY_BYTES];
	struct row r;
	enum found f;

	if (!seal_unhex(form_key, key, sizeof(key)))
		return NONE;
	if ((f = db_row(db, &q[Q_CALL_OF], IN(V_B(key, sizeof(key))), a, &r)) != FOUND)
		return f;
	return live_call_by_id(db, (struct live_call_id){ row_u(&r, 0) }, c, a);
}

bool
line_now(struct db *db, struct user_id user, const struct held *held, struct line_now *n, struct arena *a)
{
	struct row r;

	*n = (struct line_now){ .e164 = "", .refusal = "" };
	switch (db_row(db, &q[Q_NEWEST], IN(V_U(user.v)), a, &r)) {
	case FAILED:	return false;
	case NONE:	break;
	case FOUND:
		n->id.v = row_u(&r, 0);
		n->op.v = row_u(&r, 1);
		n->e164 = row_s(&r, 2);
		n->state = state_of(row_s(&r, 3));
		n->refusal = row_s(&r, 4);
		n->browser = row_u(&r, 5) != 0;
	}
	if (held == NULL)
		return true;
	switch (call_of(db, held->form_key, &n->call, a)) {
	case FAILED:	return false;
	case NONE:	n->call = (struct live_call){ .id = { 0 } }; return true;
	case FOUND:	phase_of(n); return true;
	}
	return true;
}

/* --- wishes --- */

const char *
line_room(struct arena *a)
{
	unsigned char random[16];

	seal_random(random, sizeof(random));
	return seal_hex(a, random, sizeof(random));
}

struct wish {
	const struct operation *op;
	struct user_id user;
	const struct held *held;
	const struct dialing *d;
	unsigned char form_key[LIVE_KEY_BYTES];
	int64_t now;
	bool already;
	enum refusal why;
	struct arena *a;
};

enum refusal
line_ready(struct db *db, const struct operation *op, struct dialing *d, bool *failed, struct arena *a)
{
	enum found f = dialing_of(db, op->id, d, a);

	*failed = f == FAILED;
	if (f != FOUND || op->method != OP_SOFTWARE || d->removed)
		return R_NO_PROVIDER;
	return d->paused == TROUBLE_NONE ? R_NONE : R_DIALING_PAUSED;
}

enum saved
line_start(struct db *db, const struct operation *op, struct user_id user, enum lang lang, const char *number, int64_t now,
    enum refusal *why, struct arena *a)
{
	struct phone_number phone;
	struct dialing d;
	bool failed;

	if ((*why = line_ready(db, op, &d, &failed, a)) == R_NONE)
		*why = phone_refusal(phone_parse(number, "CA", &phone));
	if (failed)
		return NOT_SAVED;
	if (*why != R_NONE)
		return REFUSED;
	switch (db_write(db, &q[Q_START], IN(V_U(d.trunk.v), V_U(op->id.v), V_U(user.v), V_S(phone.e164), V_S(d.caller),
	    V_S(lang == LANG_FR ? "fr" : "en"), V_S(line_room(a)), V_I(now), V_S(trunk_month_of(op->zone, now, a)), V_I(now)), NULL)) {
	case WROTE:		return SAVED;
	case DUPLICATE:		return ALREADY;
	case NOT_WRITTEN:	break;
	}
	return NOT_SAVED;
}

enum saved
line_end(struct db *db, struct user_id user, int64_t now, struct arena *a)
{
	uint64_t n = 0;

	(void)a;
	if (db_write(db, &q[Q_END], IN(V_I(now), V_I(now), V_U(user.v)), &n) != WROTE)
		return NOT_SAVED;
	return n > 0 ? SAVED : ALREADY;
}

static bool
call(struct db *db, void *ctx)
{
	struct wish *x = ctx;
	const struct held *h = x->held;
	struct row line, busy;

	x->why = R_NONE;
	x->already = false;
	switch (db_row(db, &q[Q_LINE], IN(V_U(x->user.v), V_U(x->op->id.v)), x->a, &line)) {
	case FAILED:	return false;
	case FOUND:
		if (strcmp(row_s(&line, 2), "open") == 0)
			break;
		/* fallthrough */
	case NONE:
		x->why = R_NO_LINE;
		return false;
	}
	switch (db_write(db, &q[Q_CALL], IN(V_U(row_u(&line, 1)), V_U(x->op->id.v), V_U(row_u(&line, 0)), V_U(x->user.v), V_U(h->entry.v),
	    V_U(h->person.v), V_S(h->e164), V_S(x->d->caller), V_I(h->claimed_at), V_B(x->form_key, sizeof(x->form_key)),
	    V_S(h->e164), V_I(x->now), V_S(trunk_month_of(x->op->zone, x->now, x->a)), V_I(x->now)), NULL)) {
	case WROTE:		return true;
	case NOT_WRITTEN:	return false;
	case DUPLICATE:		break;
	}
	if (db_row(db, &q[Q_BUSY], IN(V_U(row_u(&line, 0))), x->a, &busy) == FOUND)
		x->already = true;
	else
		x->why = R_NUMBER_BUSY;
	return false;
}

enum saved
line_call(struct db *db, const struct operation *op, struct user_id user, const struct held *held, int64_t now,
    enum refusal *why, struct arena *a)
{
	struct dialing d;
	struct wish x = { .op = op, .user = user, .held = held, .d = &d, .now = now, .a = a };
	struct live_call before;
	bool failed;
	enum saved s;

	if ((*why = line_ready(db, op, &d, &failed, a)) != R_NONE)
		return failed ? NOT_SAVED : REFUSED;
	if (!seal_unhex(held->form_key, x.form_key, sizeof(x.form_key)))
		return NOT_SAVED;
	/* A person is rung again in the same turn only when the first time was not theirs (network, our account). */
	switch (call_of(db, held->form_key, &before, a)) {
	case FAILED:	return NOT_SAVED;
	case NONE:	break;
	case FOUND:
		if (before.state != LIVE_ENDED)
			return ALREADY;
		if (before.ending.uses_call) {
			*why = R_CALL_OVER;
			return REFUSED;
		}
	}
	s = saved_of(tx_write(db, call, &x), x.why);
	*why = x.why;
	return x.already ? ALREADY : s;
}

enum saved
line_hang_up(struct db *db, struct user_id user, int64_t now, struct arena *a)
{
	uint64_t n = 0;

	(void)a;
	if (db_write(db, &q[Q_HANG_UP], IN(V_I(now), V_I(now), V_U(user.v)), &n) != WROTE)
		return NOT_SAVED;
	return n > 0 ? SAVED : ALREADY;
}

bool
line_settled(struct db *db, const char *form_key, bool disposed, int64_t now, struct arena *a)
{
	unsigned char key[LIVE_KEY_BYTES];
	struct rows rows;
	bool ok;

	if (!seal_unhex(form_key, key, sizeof(key)))
		return true;
	if (!db_rows(db, &q[Q_SETTLED], IN(V_B(key, sizeof(key))), a, &rows))
		return false;
	if (rows.n == 0)
		return true;
	ok = db_write(db, &q[Q_END_CALL], IN(V_I(now), V_I(now), V_B(key, sizeof(key))), NULL) == WROTE;
	for (size_t i = 0; i < rows.n && disposed; i++) {
		struct live_call c;
		struct fact f;

		if (live_call_by_id(db, (struct live_call_id){ row_u(&rows.row[i], 0) }, &c, a) != FOUND)
			return false;
		f = fact_of_call(&c, FACT_DISPOSED, now);
		ok = fact_add(db, c.trunk, 0, &f, now, NULL, a) != TOLD_FAILED && ok;
	}
	return ok;
}
