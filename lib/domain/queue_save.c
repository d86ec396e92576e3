/*
 * queue_save.c - save a call and hold the next person. What the call leads to is decided here, by the
 * fold; the procedure applies it only when the entry is still what the decision was made from,
 * and otherwise this reads and decides again.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/queue_in.h"

enum { Q_SEEN, Q_FORM, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_SEEN] = { "uu", "ususuubs", "SELECT e.person_id, e.e164, e.zone, e.state, e.attempts, e.reason,"
	    " e.retries_used, h.state"
	    " FROM entry e LEFT JOIN hold h ON h.person_id = e.person_id AND h.entry_id = e.id"
	    " WHERE e.id = ? AND e.operation_id = ?" },
	[Q_FORM] = { "b", "u", "SELECT id FROM attempt WHERE form_key = ?" },
};
DB_STATEMENTS(q)

#define NOTE_CHARS	2000
#define ANSWER_CHARS	4000
#define ANSWERS_MOST	(1 << 20)

/* As the procedure takes them apart: question (20), position (5), choice (20), characters of text (5), text. */
static const char *
answers_text(const struct call *call, struct arena *a)
{
	struct buf b;

	if (call->nanswers == 0)
		return "";
	buf_init_in(&b, a, ANSWERS_MOST);
	for (size_t i = 0; i < call->nanswers; i++) {
		const struct call_answer *x = &call->answers[i];
		const char *text = text_cut(a, x->text == NULL ? "" : x->text, ANSWER_CHARS);
		unsigned position = 0;

		for (size_t j = 0; j < i; j++)		/* several choices of one question */
			position += call->answers[j].question.v == x->question.v;
		buf_fmt(&b, "%020llu%05u%020llu%05zu", (unsigned long long)x->question.v, position,
		    (unsigned long long)x->choice.v, text_chars(text));
		buf_text(&b, text);
	}
	return b.full ? NULL : b.data;
}

/* The entry as it is now, whoever holds it: for a form whose hold is gone, or when a guess was wrong. */
static enum found
read_entry(struct db *db, struct queue_call *c, struct hold_seen *seen, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_SEEN], IN(V_U(c->entry.v), V_U(c->op->id.v)), a, &r);
	const void *bytes;
	size_t n;

	if (f != FOUND)
		return f;
	c->was = queue_state_of(row_s(&r, 3));
	*seen = (struct hold_seen){ .entry = c->entry, .person = { row_u(&r, 0) }, .e164 = row_s(&r, 1),
		.zone = (unsigned)row_u(&r, 2), .attempts = (unsigned)row_u(&r, 4), .reason = (enum status)row_u(&r, 5),
		.state = c->was == QS_HELD ? queue_state_of(row_s(&r, 7)) : c->was };
	bytes = row_b(&r, 6, &n);
	queue_retries_read(&seen->retries, bytes, n);
	return FOUND;
}

/* Everything that follows from the entry as seen. FAILED: logged. */
static enum found
decide(struct db *db, struct queue_call *c, const struct hold_seen *seen, struct arena *a)
{
	c->person = seen->person;
	c->e164 = seen->e164;
	c->was_attempts = seen->attempts;
	c->was_reason = seen->reason;
	c->returns = seen->state;
	c->after = (struct fold){ .state = seen->state, .band = BAND_OUT, .due_at = c->now, .reason = seen->reason,
		.retries = seen->retries, .attempts = seen->attempts };
	c->next_e164 = "";
	if (c->status == ST_WRONG_NUMBER &&
	    queue_other_number(db, c->op->organisation, c->person, c->e164, &c->next_e164, a) == FAILED)
		return FAILED;
	fold_attempt(&c->after, c->rule, c->status, c->now, queue_callback(c->callback_at, c->keep_minutes),
	    c->next_e164[0] != '\0');
	if (c->after.state == QS_DONE || c->after.state == QS_REMOVED)
		c->after.due_at = c->now;	/* of no meaning; keeps the index growing at its end */
	return FOUND;
}

static enum found
form_known(struct db *db, const struct queue_call *c, struct arena *a)
{
	struct row r;

	return db_row(db, &q[Q_FORM], IN(V_B(c->form_key, FORM_KEY_BYTES)), a, &r);
}

/* Whose hold the form was made from. */
static struct user_id
holder_of(const struct call *call, struct user_id user)
{
	return call->paper == NULL ? user : call->paper->holder;
}

/* Only this server's forms, only statuses an agent chooses, call-backs only when calls are possible. */
static enum refusal
refusal_of(const struct queue_settings *s, const struct operation *op, const struct call *call, unsigned zone,
    struct user_id user, int64_t now)
{
	if (!queue_form_ours(call->entry, holder_of(call, user), call->claimed_at, call->form_key))
		return R_FORM_TOO_OLD;
	if ((unsigned)call->status >= ST__MAX || (status_by(call->status) != S_AGENT &&
	    !(call->detected && op->method == OP_SOFTWARE && status_by(call->status) == S_AUTO)))
		return R_STATUS_UNKNOWN;
	if (call->paper != NULL && hours_at(&op->hours, queue_zone_name(s, op, zone), call->paper->called_at, NULL, NULL) != HOURS_OPEN)
		return R_OUTSIDE_HOURS;
	if (call->status != ST_CALL_BACK || call->callback_at == 0)
		return R_NONE;
	if (call->callback_at <= now)
		return R_CALLBACK_PAST;
	if (hours_at(&op->hours, queue_zone_name(s, op, zone), call->callback_at, NULL, NULL) != HOURS_OPEN)
		return R_CALLBACK_OUTSIDE;
	return R_NONE;
}

/* Who comes before anybody else: mates who are on the line (there already), the same person at their other number, an
 * appointment. */
static size_t
wanted(const struct queue_call *c, const struct call *call, unsigned zone, size_t n, struct queue_first out[MATES_MAX + 2])
{
	if (c->next_e164[0] != '\0')
		out[n++] = (struct queue_first){ c->entry, zone };
	if (call->kept.entry.v != 0)
		out[n++] = call->kept;
	return n;
}

/* The procedure; after a connection that broke, once more: the form key makes that safe. */
static bool
run_twice(struct db *db, const struct queue_call *c, struct queue_answer *r, struct arena *a)
{
	if (queue_run(db, c, r, a))
		return true;
	if (!db_lost(db) || !queue_run(db, c, r, a))
		return false;
	if (r->saved == CALL_ALREADY)
		r->saved = CALL_SAVED;
	return true;
}

enum saved
queue_save(struct db *db, const struct operation *op, const struct recycle_rule rules[ST__MAX],
    struct user_id user, const struct call *call, int64_t now, bool next,
    enum claimed *claimed, struct held *held, struct nobody_now *nobody, enum refusal *why, struct arena *a)
{
	struct queue_settings *s = queue_settings(db, op, a);
	struct recycle_rule rule = { 0 };
	struct queue_call c = { .op = op, .user = user, .now = now, .status = call->status, .entry = call->entry,
		.claimed_at = call->paper == NULL ? call->claimed_at : call->paper->called_at, .rule = &rule,
		.callback_at = call->status == ST_CALL_BACK ? call->callback_at : 0 };
	struct queue_first first[MATES_MAX + 2];
	size_t nfirst;
	struct hold_seen seen = { 0 };
	struct queue_answer r = { 0 };
	struct queue_plan plan;
	char zone[ZONE_NAME];

	*why = R_NONE;
	*claimed = CLAIMED_NOBODY;
	*nobody = (struct nobody_now){ 0 };
	if (s == NULL)
		return NOT_SAVED;
	c.keep_minutes = c.callback_at == 0 ? 0 : call->keep_minutes;
	c.note = text_cut(a, call->note == NULL ? "" : call->note, NOTE_CHARS);
	if ((c.answers = answers_text(call, a)) == NULL) {
		*why = R_TOO_LARGE;
		return REFUSED;
	}

	for (unsigned tries = 0; tries < 10; tries++) {
		if (tries == 0 && call->seen != NULL && call->seen->entry.v == call->entry.v &&
		    call->seen->claimed_at == call->claimed_at) {
			seen = *call->seen;
			c.was = QS_HELD;
		} else {
			switch (read_entry(db, &c, &seen, a)) {
			case FOUND:	break;
			case NONE:	*why = R_NOT_FOUND; return REFUSED;
			case FAILED:	return NOT_SAVED;
			}
		}
		if (tries == 0) {
			*why = refusal_of(s, op, call, seen.zone, user, now);
			queue_form_key(call->entry, holder_of(call, user), call->claimed_at, c.form_key);
			if (*why == R_FORM_TOO_OLD || *why == R_STATUS_UNKNOWN)
				return REFUSED;
			if (*why != R_NONE) {	/* a call-back that was fine when this form was sent first */
				switch (form_known(db, &c, a)) {
				case FOUND:	*why = R_NONE; break;
				case NONE:	return REFUSED;
				case FAILED:	return NOT_SAVED;
				}
			}
			zone_next(queue_zone_name(s, op, seen.zone), zone);
			c.zone = zone;
			rule = operation_rule(op, &rules[call->status], zone);
		}
		if (call->paper != NULL && seen.attempts != call->paper->attempts)
			switch (form_known(db, &c, a)) {
			case FOUND:	return ALREADY;
			case NONE:	*why = R_CALLED_SINCE; return REFUSED;
			case FAILED:	return NOT_SAVED;
			}
		if (decide(db, &c, &seen, a) == FAILED || !queue_mates(db, &c, call->mates, call->nmates, first, &nfirst, a))
			return NOT_SAVED;
		if (c.next_e164[0] != '\0' && !queue_zone_follow(db, op, c.entry, c.next_e164, &seen.zone, a))
			return NOT_SAVED;
		nfirst = wanted(&c, call, seen.zone, nfirst, first);
		plan = next ? queue_plan(s, op, now, false, a) : (struct queue_plan){ .places = "" };
		if (*plan.places != '\0')
			queue_plan_first(&plan, s, first, nfirst, a);
		c.plan = plan.places;
		c.expire = plan.expire;
		c.show = call->screen == NULL ? 0 : call->screen->show;
		if (!run_twice(db, &c, &r, a))
			return db_lost(db) ? UNSURE : NOT_SAVED;
		if (r.saved == CALL_CHANGED)
			continue;
		if (*c.plan != '\0')
			queue_mark(s, &plan, now, &r);
		if (next)
			*claimed = queue_claim_from(db, op, user, now, &plan, *c.plan == '\0' ? NULL : &r, first, nfirst,
			    held, nobody, a);
		if (call->screen != NULL) {
			call->screen->person = r.got.person;
			call->screen->rows = r.screen;
		}
		return r.saved == CALL_ALREADY ? ALREADY : SAVED;
	}
	return NOT_SAVED;
}
