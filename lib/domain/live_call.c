/*
 * live_call.c - calls and their facts, in and out of the database; the outcome applied.
 */
#include "domain/live_call_in.h"

#include "domain/noticed.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"
#include "provider/reconcile.h"

#define CALL_OUT "uuuuuu" "ssibss" "sss" "uuuu" "iii" "iuuiuiui"
#define FACT_IN "uuuib" "ssss" "sss" "uuui" "uiss"
#define LOOK_TALK_US MINUTE_US
#define LATE "256"	/* LIVE_LATE */
_Static_assert(LIVE_LATE == 256, "LATE is LIVE_LATE as text");
#define RING_S 25	/* of a call whose operation is not at hand */

enum { Q_READ, Q_ADD_CALL, Q_ADD_LINE, Q_APPLY, Q_LOOK, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_READ] = { "u", CALL_OUT "|" FACT_OUT, "CALL call_facts(?)" },
	[Q_ADD_CALL] = { FACT_IN "u", "u|" CALL_OUT "|" FACT_OUT, "CALL add_call_fact(?,?,?,?,?, ?,?,?,?, ?,?,?, ?,?,?,?, ?,?,?,?, ?)" },
	[Q_ADD_LINE] = { FACT_IN, "u", "CALL add_line_fact(?,?,?,?,?, ?,?,?,?, ?,?,?, ?,?,?,?, ?,?,?,?)" },
	/* guarded by the number of facts: what was derived from fewer is not stored */
	[Q_APPLY] = { "suuu" "uuuu" "iiiuu", "", "UPDATE live_call SET outcome = ?, flags = ? | (flags & " LATE "), talk_seconds = ?, applied = ?,"
	    " state = IF(?, 'ended', state), live = IF(? OR state = 'ended', NULL, live), live_e164 = IF(? OR state = 'ended', NULL, live_e164),"
	    " ended_at = IF(? AND ended_at IS NULL, ?, ended_at), look_at = COALESCE(LEAST(look_at, ?), look_at, ?)"
	    " WHERE id = ? AND facts = ?" },
	[Q_LOOK] = { "iu", "", "UPDATE live_call SET look_at = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

static const char *const state_words[] = { "wanted", "sent", "ended" };

/* --- out of the database --- */

void
fact_fill(struct fact *f, const struct row *r, uint64_t call)
{
	const void *key;
	size_t n;

	*f = (struct fact){
		.kind = fact_kind_of(row_s(r, 0)), .source = fact_source_of(row_s(r, 1)), .leg = LEG_CONTACT, .attempt = call,
		.class = call_class_of(row_s(r, 4)), .amd = amd_of(row_s(r, 5)), .digit = row_s(r, 6)[0],
		.sip = (int)row_u(r, 7), .q850 = (int)row_u(r, 8), .by_callee = row_u(r, 9) & 1, .proves_answer = row_u(r, 9) & 2,
		.unknown_word = row_u(r, 9) & 4, .at_us = row_i(r, 10), .has_seconds = !row_is_null(r, 12),
		.seconds = (unsigned)row_u(r, 12), .cost_micro = row_i(r, 13),
	};
	snprintf(f->call, sizeof(f->call), "%s", row_s(r, 2));
	snprintf(f->room_id, sizeof(f->room_id), "%s", row_s(r, 3));
	snprintf(f->currency, sizeof(f->currency), "%s", row_s(r, 14));
	snprintf(f->word, sizeof(f->word), "%s", row_s(r, 15));
	key = row_b(r, 16, &n);
	memcpy(f->key, key, n < sizeof(f->key) ? n : sizeof(f->key));
}

static void
call_fill(struct live_call *c, const struct row *r, const struct rows *facts, struct arena *a)
{
	const char *state = row_s(r, 12);
	const void *key;
	size_t n;

	*c = (struct live_call){
		.id = { row_u(r, 0) }, .trunk = { row_u(r, 1) }, .op = { row_u(r, 2) }, .line = { row_u(r, 3) },
		.user = { row_u(r, 4) }, .entry = { row_u(r, 5) }, .e164 = row_s(r, 6), .from = row_s(r, 7), .claimed_at = row_i(r, 8),
		.call_id = row_s(r, 10), .call_other = row_s(r, 11), .refusal = row_s(r, 13),
		.flags = (unsigned)row_u(r, 15), .facts = (unsigned)row_u(r, 16), .applied = (unsigned)row_u(r, 17),
		.queue_ms = (unsigned)row_u(r, 18), .wanted_at = row_i(r, 19), .sent_at = row_i(r, 20), .hang_up_at = row_i(r, 21),
		.ended_at = row_i(r, 22), .looks = (unsigned)row_u(r, 23), .gone = (unsigned)row_u(r, 24), .looked_at = row_i(r, 25),
		.cost_looks = (unsigned)row_u(r, 26), .cost_known = !row_is_null(r, 27), .person = { row_u(r, 28) },
		.look_at = row_is_null(r, 29) ? INT64_MAX : row_i(r, 29),
	};
	c->outcome = row_s(r, 14)[0] == '\0' ? OUTCOME_PENDING : outcome_of_word(row_s(r, 14));
	key = row_b(r, 9, &n);
	memcpy(c->form_key, key, n < sizeof(c->form_key) ? n : sizeof(c->form_key));
	for (unsigned s = 0; s < NITEMS(state_words); s++)
		if (strcmp(state, state_words[s]) == 0)
			c->state = (enum live_state)s;
	c->nfacts = facts->n;
	c->fact = arena_alloc(a, (facts->n + 1) * sizeof(*c->fact));
	for (size_t i = 0; i < facts->n; i++)
		fact_fill(&c->fact[i], &facts->row[i], c->id.v);
	c->ending = outcome_of(c->fact, c->nfacts, SHORT_TALK_S);
}

enum found
live_call_by_id(struct db *db, struct live_call_id id, struct live_call *c, struct arena *a)
{
	struct rows sets[2];
	size_t n;

	if (!db_call(db, &q[Q_READ], IN(V_U(id.v)), a, sets, 2, &n) || n != 2)
		return FAILED;
	if (sets[0].n == 0)
		return NONE;
	call_fill(c, &sets[0].row[0], &sets[1], a);
	return FOUND;
}

/* --- facts in --- */

struct adding {
	struct stmt *s;
	uint64_t connection, of;
	unsigned revision;
	const struct fact *f;
	int64_t now;
	bool contact, want;
	struct arena *a;
	struct rows sets[3];
	size_t n;
};

static bool
add(struct db *db, void *ctx)
{
	struct adding *x = ctx;
	const struct fact *f = x->f;
	const char digit[2] = { f->digit, '\0' };

	const struct val in[] = { V_U(x->connection), V_U(x->revision), V_U(x->of), V_I(x->now), V_B(f->key, sizeof(f->key)),
	    V_S(fact_kind_word(f->kind)), V_S(fact_source_word(f->source)), V_S(f->call), V_S(f->room_id),
	    V_S(call_class_word(f->class)), V_S(amd_word(f->amd)), V_S(digit), V_U((unsigned)f->sip), V_U((unsigned)f->q850),
	    V_U(fact_marks(f)), V_I(f->at_us),
	    f->has_seconds ? V_U(f->seconds) : V_NULL, V_I(f->cost_micro), V_S(f->currency), V_S(f->word), V_U(x->want) };

	return db_call(db, x->s, in, x->contact ? NITEMS(in) : NITEMS(in) - 1, x->a, x->sets, 3, &x->n);
}

enum told
fact_add(struct db *db, struct trunk_id connection, unsigned revision, const struct fact *f, int64_t now,
    struct live_call *call, struct arena *a)
{
	bool contact = f->leg == LEG_CONTACT;
	struct adding x = { .s = contact ? &q[Q_ADD_CALL] : &q[Q_ADD_LINE], .connection = connection.v, .revision = revision,
		.of = contact ? f->attempt : f->session, .f = f, .now = now, .contact = contact,
		.want = call != NULL, .a = a };
	struct live_call c;
	enum told what;

	if (!db_retry(db, add, &x) && !(db_lost(db) && db_retry(db, add, &x)))	/* its key makes the second time harmless */
		return TOLD_FAILED;
	if (x.n < 1 || x.sets[0].n != 1)
		return TOLD_FAILED;
	switch (row_u(&x.sets[0].row[0], 0)) {
	case 0:	what = TOLD_KNOWN; break;
	case 1:	what = TOLD_NEW; break;
	case 2:	return TOLD_NO_CALL;
	case 3:	return TOLD_OTHER_CONNECTION;
	case 4:	return TOLD_ERASED;
	default: return TOLD_STALE;
	}
	if (what == TOLD_NEW && f->unknown_word)
		(void)noticed_count(db, connection, NOTICED_UNKNOWN_WORD, now);
	if (!contact)
		return what;
	if (x.n == 1 && call == NULL)	/* it cannot have ended the call */
		return what;
	if (x.n != 3 || x.sets[1].n != 1)
		return TOLD_FAILED;
	call_fill(&c, &x.sets[1].row[0], &x.sets[2], a);
	if (c.applied != c.facts && (c.ending.final || c.outcome != OUTCOME_PENDING) && !live_call_apply(db, &c, now))
		return TOLD_FAILED;
	if (call != NULL)
		*call = c;
	return what;
}

static void
own_key(struct fact *f, uint64_t id)
{
	struct { uint64_t leg, id, kind; } what = { (uint64_t)f->leg, id, (uint64_t)f->kind };

	seal_sha256(&what, sizeof(what), f->key);
}

struct fact
fact_of_call(const struct live_call *c, enum fact_kind kind, int64_t now)
{
	struct fact f = { .kind = kind, .source = SOURCE_LOCAL, .leg = LEG_CONTACT, .attempt = c->id.v, .session = c->line.v, .at_us = now };

	own_key(&f, c->id.v);
	return f;
}

struct fact
fact_of_line(struct line_id id, enum fact_kind kind, int64_t now)
{
	struct fact f = { .kind = kind, .source = SOURCE_LOCAL, .leg = LEG_AGENT, .session = id.v, .at_us = now };

	own_key(&f, id.v);
	return f;
}

/* --- what follows --- */

static int64_t
time_of(const struct live_call *c, enum fact_kind kind)
{
	for (size_t i = 0; i < c->nfacts; i++)
		if (c->fact[i].kind == kind)
			return c->fact[i].at_us != 0 ? c->fact[i].at_us : c->sent_at;
	return 0;
}

/* When they left the room for good; 0: they did not, or are back. */
static int64_t
left_at(const struct live_call *c)
{
	int64_t in = 0, out = 0;

	for (size_t i = 0; i < c->nfacts; i++)
		if (c->fact[i].kind == FACT_BRIDGED && c->fact[i].at_us > in)
			in = c->fact[i].at_us;
		else if (c->fact[i].kind == FACT_UNBRIDGED && c->fact[i].at_us > out)
			out = c->fact[i].at_us;
	return out >= in ? out : 0;
}

bool
live_call_has(const struct live_call *c, enum fact_kind kind)
{
	for (size_t i = 0; i < c->nfacts; i++)
		if (c->fact[i].kind == kind)
			return true;
	return false;
}

struct looked
live_call_looked(const struct live_call *c, unsigned ring_s)
{
	struct looked l = { .requested_us = c->sent_at, .queue_ms = c->queue_ms, .ring_s = ring_s, .answered_us = time_of(c, FACT_ANSWERED),
		.left_us = left_at(c), .unclear_us = time_of(c, FACT_ENDED), .looks = c->looks, .gone = c->gone, .looked_us = c->looked_at };

	l.accepted_us = time_of(c, FACT_ACCEPTED);
	if (l.accepted_us == 0 && c->call_id[0] != '\0')
		l.accepted_us = c->sent_at;
	return l;
}

int64_t
live_call_look(const struct live_call *c, int64_t now, unsigned ring_s)
{
	struct looked l = live_call_looked(c, ring_s);
	int64_t at = now;

	if (c->ending.final) {
		if (c->refusal[0] != '\0' || c->cost_known || c->call_id[0] == '\0')
			return INT64_MAX;
		return cost_next(c->ended_at == 0 ? now : c->ended_at, c->cost_looks, &at) ? at : INT64_MAX;
	}
	(void)reconcile_next(&l, now, &at);
	/* that they left is one of the facts that wake nobody */
	return c->ending.answered && at > now + LOOK_TALK_US ? now + LOOK_TALK_US : at;
}

/* What was told while the end was being applied, and saw the call going on: from now on nobody does. */
static bool
apply_rest(struct db *db, struct live_call *c, int64_t now)
{
	struct arena *a = arena_new();
	struct live_call again;
	bool ok = live_call_by_id(db, c->id, &again, a) == FOUND;

	if (ok && again.nfacts != c->nfacts && (again.ending.outcome != c->outcome || again.ending.flags != c->flags))
		ok = live_call_apply(db, &again, now);
	if (ok) {
		c->outcome = again.outcome;
		c->flags = again.flags;
	}
	arena_free(a);
	return ok;
}

bool
live_call_apply(struct db *db, struct live_call *c, int64_t now)
{
	/* over just now: the dialer looks at once, for what follows the end (the next person, a save without the agent) */
	bool over = c->ending.final && c->state != LIVE_ENDED;
	int64_t look = over ? now : live_call_look(c, now, RING_S);
	uint64_t changed = 0;

	if (db_write(db, &q[Q_APPLY], IN(V_S(outcome_word(c->ending.outcome)), V_U(c->ending.flags),
	    c->ending.has_talk ? V_U(c->ending.talk_s) : V_NULL, V_U(c->facts), V_U(c->ending.final),
	    V_U(c->ending.final), V_U(c->ending.final), V_U(c->ending.final), V_I(now),
	    look == INT64_MAX ? V_NULL : V_I(look), look == INT64_MAX ? V_NULL : V_I(look), V_U(c->id.v), V_U(c->facts)), &changed) != WROTE)
		return false;
	if (changed == 0)
		return true;
	if (over)
		log_event("call %llu ended outcome=%s", (unsigned long long)c->id.v, outcome_word(c->ending.outcome));
	if (c->ending.flags & (ENDING_CONFLICT | ENDING_TWO_CALLS) & ~c->flags)
		(void)noticed_count(db, c->trunk, NOTICED_CONFLICT, now);
	c->applied = c->facts;
	c->outcome = c->ending.outcome;
	c->flags = c->ending.flags;
	if (c->ending.final) {
		c->state = LIVE_ENDED;
		if (c->ended_at == 0)
			c->ended_at = now;
	}
	return !over || apply_rest(db, c, now);
}

enum status
outcome_status(enum outcome o)
{
	switch (o) {
	case OUTCOME_HUNG_UP:
	case OUTCOME_ABANDONED:
	case OUTCOME_ANSWERED:		return ST_HUNG_UP;	/* somebody was there, and no agent says how it went */
	case OUTCOME_VOICEMAIL:		return ST_VOICEMAIL_AUTO;
	case OUTCOME_FAX:
	case OUTCOME_INVALID_NUMBER:	return ST_INVALID_NUMBER;
	case OUTCOME_NO_ANSWER:
	case OUTCOME_REJECTED:		return ST_NO_ANSWER_AUTO;
	case OUTCOME_BUSY:		return ST_BUSY_AUTO;
	case OUTCOME_CANCELED:		return ST_CANCELED;
	case OUTCOME_UNKNOWN:		return ST_ERROR;
	case OUTCOME_PENDING:
	case OUTCOME_ERROR:
	case OUTCOME_ACCOUNT:
	case OUTCOME_NOT_PLACED:
	case OUTCOME__MAX:		break;
	}
	return ST_NONE;
}
