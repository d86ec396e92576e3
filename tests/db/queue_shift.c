/*
 * queue_shift - what an agent's day needs of the queue: one call for a household, appointments kept for an agent, the other
 * number of a wrong one at once, a number chosen by hand, a call taken back. After each: the audit.
 */
#include "queue_world.h"

static const struct user_id me = { 101 }, you = { 102 };
static int64_t now = NOON;

static struct saved_call
save_call(struct user_id who, const struct held *h, enum status status, int64_t callback_at, unsigned keep, uint64_t mate)
{
	struct entry_id mates[1] = { { mate } };
	struct call c = { .entry = h->entry, .form_key = h->form_key, .claimed_at = h->claimed_at, .status = status,
		.callback_at = callback_at, .keep_minutes = keep, .note = "", .mates = mates, .nmates = mate != 0 };
	struct saved_call s = { 0 };

	s.saved = queue_save(db, &op, rules, who, &c, now, true, &s.claimed, &s.next, &s.nobody, &s.why, ar);
	return s;
}

static uint64_t
entry_of(uint64_t person)
{
	return (uint64_t)sql_int("SELECT id FROM entry WHERE operation_id = 1 AND person_id = %llu", (unsigned long long)person);
}

static int64_t
attempts(uint64_t person)
{
	return sql_int("SELECT COUNT(*) FROM attempt WHERE person_id = %llu", (unsigned long long)person);
}

static void
drop(struct user_id who)
{
	struct held h;

	if (queue_held(db, &op, who, now, &h, ar) == FOUND)
		queue_skip(db, op.id, who, h.entry, now);
}

/* Persons 1 and 2 live together on one landline, 3 lives with them and has another number. */
static void
couple(void)
{
	struct held h = hold_next(me, now);
	struct saved_call s;

	CHECK_EQ_U_N("the first of the couple", h.person.v, 1);
	s = save_call(me, &h, ST_NO_ANSWER, 0, 0, entry_of(2));
	CHECK_EQ_I_N("saved for both", s.saved, SAVED);
	CHECK_CASE("fact 119: each has an attempt with the status, and comes back when the rule says", attempts(1) == 1 && attempts(2) == 1 &&
	    sql_int("SELECT COUNT(*) FROM entry WHERE person_id IN (1, 2) AND state = 'waiting' AND reason = 8 AND due_at = %lld",
	    (long long)(now + 90 * MINUTE_US)) == 2);
	CHECK_CASE("nobody of them is called twice: the next is somebody else", s.claimed == CLAIMED && s.next.person.v != 2);
	CHECK_EQ_I_N("the agent's calls are as many as the attempts", sql_int("SELECT SUM(calls) FROM agent_tally WHERE user_id = 101"), 2);
	s = save_call(me, &h, ST_NO_ANSWER, 0, 0, entry_of(2));
	CHECK_CASE("fact 117: the same form again stores nothing", s.saved == ALREADY && attempts(1) == 1 && attempts(2) == 1);
	CHECK_EQ_U_N("audit: one call for two", audit_wrong(), 0);

	now += 2 * HOUR_US;
	drop(me);
	forget_marks();
	h = hold_next(me, now);
	CHECK_CASE("both come back", h.person.v == 1 || h.person.v == 2);
	s = save_call(me, &h, ST_COMPLETED, 0, 0, entry_of(h.person.v == 1 ? 2 : 1));
	CHECK_CASE("after a conversation the other one, on the same line, comes next", s.claimed == CLAIMED &&
	    s.next.person.v == (h.person.v == 1 ? 2 : 1) && attempts(s.next.person.v) == 1);
	save_call(me, &s.next, ST_REFUSED, 0, 0, entry_of(3));
	CHECK_EQ_I_N("somebody of the household at another number gets no attempt", attempts(3), 0);
	drop(me);

	/* one was called a moment ago and is to be called later */
	sql("UPDATE entry SET household_id = 76, e164 = '+15145558888' WHERE person_id IN (41, 42)");
	queue_claim_entry(db, &op, me, (struct entry_id){ entry_of(41) }, now, &h, &s.nobody, ar);
	s = save_call(me, &h, ST_NO_ANSWER, 0, 0, 0);
	drop(me);
	queue_claim_entry(db, &op, me, (struct entry_id){ entry_of(42) }, now, &h, &s.nobody, ar);
	s = save_call(me, &h, ST_NO_ANSWER, 0, 0, entry_of(41));
	CHECK_CASE("fact 50: nor somebody who is to be called later", s.saved == SAVED && attempts(41) == 1 && attempts(42) == 1);
	drop(me);

	h = hold_next(me, now);
	s = save_call(me, &h, ST_NO_ANSWER, 0, 0, entry_of(9));
	CHECK_CASE("nor does somebody of another household", s.saved == SAVED && attempts(9) == 0);
	drop(me);
	h = hold_next(me, now);
	s = save_call(me, &h, ST_COMPLETED, 0, 0, entry_of(55));
	CHECK_CASE("and no form chooses whom to call", s.claimed == CLAIMED && s.next.person.v != 55);
	drop(me);
	CHECK_EQ_U_N("audit: couples", audit_wrong(), 0);
}

static void
kept(void)
{
	struct held h = hold_next(me, now), other;
	int64_t at = now + HOUR_US, next = 0;
	uint64_t person = h.person.v;
	struct saved_call s = save_call(me, &h, ST_CALL_BACK, at, KEEP_MINUTES, 0);

	CHECK_CASE("kept: the attempt says when and for how long", s.saved == SAVED &&
	    sql_int("SELECT kept_minutes FROM attempt WHERE person_id = %llu", (unsigned long long)person) == KEEP_MINUTES);
	drop(me);
	CHECK_CASE("the agent is told when", queue_kept_next(db, op.id, me, now, &next, ar) == FOUND && next == at);
	CHECK_EQ_U_N("audit: an appointment that is kept", audit_wrong(), 0);
	now = at + MINUTE_US;
	forget_marks();
	other = hold_next(you, now);
	CHECK_CASE("a minute after it another agent gets somebody else", other.entry.v != 0 && other.person.v != person);
	h = hold_next(me, now);
	CHECK_EQ_U_N("and its agent gets it, before all others", h.person.v, person);
	queue_skip(db, op.id, me, h.entry, now);
	h = hold_next(me, now);
	CHECK_CASE("skipped, it does not come back to them at once", h.person.v != person);
	drop(me);
	now = at + KEEP_MINUTES * MINUTE_US;
	drop(you);
	forget_marks();
	other = hold_next(you, now);
	CHECK_EQ_U_N("fact 116: when its agent has not come, anybody gets it, still before the others", other.person.v, person);
	s = save_call(you, &other, ST_REFUSED, 0, 0, 0);
	CHECK_EQ_I_N("called: nothing is kept any more", sql_int("SELECT COUNT(*) FROM kept_appointment"), 0);
	drop(you);
	CHECK_EQ_U_N("audit: an appointment that anybody took", audit_wrong(), 0);
}

static void
wrong_number(void)
{
	struct held h = hold_next(me, now);
	uint64_t person = h.person.v;
	struct saved_call s;
	enum refusal why;

	sql("INSERT INTO phone (person_id, position, kind, e164) VALUES (%llu, 2, 'cell', '+14385550001'),"
	    " (%llu, 3, 'work', '+14385550002')", (unsigned long long)person, (unsigned long long)person);
	CHECK_CASE("a number that is not the person's is refused", queue_dial(db, &op, me, h.entry, "+15142000020", now, &why, ar) == REFUSED &&
	    why == R_NOT_FOUND);
	CHECK_CASE("another agent cannot choose it", queue_dial(db, &op, you, h.entry, "+14385550002", now, &why, ar) == REFUSED);
	CHECK_EQ_I_N("the agent chooses which number is dialled", queue_dial(db, &op, me, h.entry, "+14385550002", now, &why, ar), SAVED);
	CHECK_EQ_I_N("twice is once", queue_dial(db, &op, me, h.entry, "+14385550002", now, &why, ar), ALREADY);
	queue_held(db, &op, me, now, &h, ar);
	CHECK_EQ_S_N("it is the one dialled", h.e164, "+14385550002");
	s = save_call(me, &h, ST_WRONG_NUMBER, 0, 0, 0);
	CHECK_CASE("after a wrong number the same agent has the same person, with another number", s.claimed == CLAIMED &&
	    s.next.person.v == person && strcmp(s.next.e164, "+14385550002") != 0);
	CHECK_EQ_I_N("the attempt holds the number that was dialled", sql_int("SELECT COUNT(*) FROM attempt WHERE person_id = %llu"
	    " AND e164 = '+14385550002' AND next_e164 <> ''", (unsigned long long)person), 1);
	s = save_call(me, &s.next, ST_WRONG_NUMBER, 0, 0, 0);
	CHECK_CASE("then the third", s.next.person.v == person && strcmp(s.next.e164, "+14385550001") == 0);
	s = save_call(me, &s.next, ST_WRONG_NUMBER, 0, 0, 0);
	CHECK_CASE("and when none is left somebody else comes", s.claimed == CLAIMED && s.next.person.v != person);
	drop(me);
	CHECK_EQ_U_N("audit: numbers", audit_wrong(), 0);
}

static enum saved
undo(struct user_id who, const struct held *h, uint64_t mate, enum refusal *why)
{
	struct entry_id mates[1] = { { mate } };
	struct call c = { .entry = h->entry, .form_key = h->form_key, .claimed_at = h->claimed_at, .mates = mates, .nmates = mate != 0 };
	uint64_t attempt;

	return queue_undo(db, &op, who, &c, now, &attempt, why, ar);
}

static const char *
zone_of(uint64_t entry)
{
	const char *v = "";

	(void)db_script_value(db, arena_fmt(ar, "SELECT z.name FROM entry e JOIN operation_zone z ON z.operation_id = e.operation_id AND z.zone = e.zone"
	    " WHERE e.id = %llu", (unsigned long long)entry), ar, &v);
	return arena_strdup(ar, v);
}

/* The other number of a wrong one is in Vancouver: from now on their hours are Vancouver's; taken back, they are Toronto's again. */
static void
number_elsewhere(void)
{
	struct held h = hold_next(me, now);
	uint64_t entry = h.entry.v;
	struct saved_call s;
	enum refusal why;

	sql("INSERT INTO phone (person_id, position, kind, e164) VALUES (%llu, 2, 'cell', '+16045550001')", (unsigned long long)h.person.v);
	CHECK_EQ_S(zone_of(entry), "America/Toronto");
	s = save_call(me, &h, ST_WRONG_NUMBER, 0, 0, 0);
	CHECK_CASE("the other number is elsewhere", s.claimed == CLAIMED && s.next.entry.v == entry && strcmp(s.next.e164, "+16045550001") == 0);
	CHECK_EQ_S_N("after a wrong number the clock is the new number's", zone_of(entry), "America/Vancouver");
	CHECK_EQ_I(undo(me, &h, 0, &why), SAVED);
	CHECK_EQ_I_N("taken back, the first number is right again", sql_int("SELECT e164 LIKE '+1514%%' FROM entry WHERE id = %llu", (unsigned long long)entry), 1);
	CHECK_EQ_S_N("and so is its clock", zone_of(entry), "America/Toronto");
	drop(me);
	CHECK_EQ_U_N("audit: a number elsewhere", audit_wrong(), 0);
}

static void
taken_back(void)
{
	struct held h, was = hold_next(me, now);
	struct nobody_now nobody;
	struct saved_call s = save_call(me, &was, ST_REFUSED, 0, 0, 0);
	enum refusal why;

	now += 30 * SECOND_US;
	CHECK_CASE("another agent cannot take it back", undo(you, &was, 0, &why) == REFUSED && why == R_FORM_TOO_OLD);
	CHECK_EQ_I_N("taken back within the minute", undo(me, &was, 0, &why), SAVED);
	CHECK_CASE("whoever came next is on the list again", queue_held(db, &op, me, now, &h, ar) == NONE &&
	    strcmp(state_of(s.next.entry), "held") != 0);
	CHECK_EQ_I_N("nothing was rewritten: a further attempt says it", attempts(was.person.v), 2);
	CHECK_CASE("the person can be held again", queue_claim_entry(db, &op, me, was.entry, now, &h, &nobody, ar) == CLAIMED &&
	    h.person.v == was.person.v && strcmp(h.form_key, was.form_key) != 0);
	CHECK_EQ_I_N("twice is once", undo(me, &was, 0, &why), SAVED);
	CHECK_EQ_I_N("and stores nothing", attempts(was.person.v), 2);
	CHECK_EQ_U_N("audit: taken back", audit_wrong(), 0);

	queue_claim_entry(db, &op, me, was.entry, now, &h, &nobody, ar);
	was = h;
	save_call(me, &was, ST_NO_ANSWER, 0, 0, 0);
	now += (UNDO_SECONDS + 1) * SECOND_US;
	CHECK_CASE("after the minute it stays", undo(me, &was, 0, &why) == REFUSED && why == R_UNDO_LATE);

	/* somebody else holds the person by now */
	drop(me);
	was = hold_next(me, now);
	s = save_call(me, &was, ST_CALL_BACK, now + SECOND_US, 0, 0);
	now += 10 * SECOND_US;
	forget_marks();
	h = hold_next(you, now);
	CHECK_EQ_U_N("another agent has got them meanwhile", h.person.v, was.person.v);
	CHECK_CASE("then it stays", undo(me, &was, 0, &why) == REFUSED && why == R_PERSON_HELD && attempts(was.person.v) == 1);
	drop(you);
	drop(me);
	CHECK_EQ_U_N("audit: not taken back", audit_wrong(), 0);

	/* a couple */
	sql("UPDATE entry SET household_id = 77, e164 = '+15145559999' WHERE person_id IN (31, 32);");
	queue_claim_entry(db, &op, me, (struct entry_id){ entry_of(31) }, now, &h, &nobody, ar);
	CHECK_EQ_U_N("one of a couple", h.person.v, 31);
	save_call(me, &h, ST_NO_ANSWER, 0, 0, entry_of(32));
	CHECK_EQ_I_N("saved for both", attempts(31) + attempts(32), 2);
	CHECK_EQ_I_N("taken back for both", undo(me, &h, entry_of(32), &why), SAVED);
	CHECK_EQ_I_N("both are as before", sql_int("SELECT COUNT(*) FROM entry WHERE person_id IN (31, 32) AND state = 'ready'"), 2);
	CHECK_EQ_U_N("audit: a couple taken back", audit_wrong(), 0);
}

int
main(void)
{
	world_open();
	world_people(1, 60);
	sql("UPDATE phone SET e164 = '+15142000001' WHERE person_id = 2;"
	    "INSERT INTO household (id, organisation_id, kind, address_key) VALUES (5, 1, 'contact', REPEAT('a', 16));"
	    "UPDATE person SET household_id = 5 WHERE id IN (1, 2, 3)");
	world_load(1, 60, NOON - DAY_US);
	couple();
	kept();
	wrong_number();
	number_elsewhere();
	taken_back();
	return check_done();
}
