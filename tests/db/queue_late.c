/*
 * queue_late - holds that expire while people talk, households and shared numbers: nobody is called again who
 * was called, nobody is called twice at a time.
 */
#include "queue_world.h"

#define LATER	(NOON + 21 * MINUTE_US)		/* holds last 20 minutes here */

/* The person whom agent 1 holds will be the first to be offered when the hold ends. */
static void
first_in_line(int64_t due_at)
{
	sql("UPDATE hold SET due_at = %lld WHERE user_id = 101", (long long)due_at);
	forget_marks();
}

static void
expired(void)
{
	struct held a, b, c;

	/* nobody took the person meanwhile */
	a = hold_next(AGENT(1), NOON);
	hold_next(AGENT(2), LATER);			/* ends agent 1's hold, takes that person or another */
	queue_skip(db, op.id, AGENT(2), hold_next(AGENT(2), LATER).entry, LATER);
	CHECK_EQ_S_N("fact 113: the hold has ended", state_of(a.entry), "ready");
	CHECK_CASE("a save after the hold's end counts", save(AGENT(1), &a, ST_REFUSED, LATER + 1) == SAVED);
	CHECK_EQ_S_N("and the person is not called again", state_of(a.entry), "done");
	CHECK_CASE("once", save(AGENT(1), &a, ST_REFUSED, LATER + 2) == ALREADY);

	/* another agent holds the person by now */
	a = hold_next(AGENT(1), NOON + HOUR_US);
	first_in_line(5);
	b = hold_next(AGENT(2), LATER + HOUR_US);
	CHECK_EQ_U_N("the person went to another agent", b.entry.v, a.entry.v);
	CHECK_CASE("the first agent's save counts", save(AGENT(1), &a, ST_REFUSED, LATER + HOUR_US + 1) == SAVED);
	CHECK_EQ_S_N("while the second still talks", state_of(b.entry), "held");
	CHECK_EQ_U_N("audit in between", audit_wrong(), 0);
	CHECK(queue_skip(db, op.id, AGENT(2), b.entry, LATER + HOUR_US + 2) == SAVED);
	CHECK_EQ_S_N("whose skip does not bring the person back", state_of(b.entry), "done");

	/* both save */
	a = hold_next(AGENT(1), NOON + 2 * HOUR_US);
	first_in_line(6);
	b = hold_next(AGENT(2), LATER + 2 * HOUR_US);
	CHECK(b.entry.v == a.entry.v && save(AGENT(1), &a, ST_COMPLETED, LATER + 2 * HOUR_US + 1) == SAVED);
	CHECK(save(AGENT(2), &b, ST_NO_ANSWER, LATER + 2 * HOUR_US + 2) == SAVED);
	CHECK_EQ_S_N("both are attempts; completed stays completed", state_of(a.entry), "done");
	CHECK_EQ_I_N("two attempts", sql_int("SELECT attempts FROM entry WHERE id = %llu", (unsigned long long)a.entry.v), 2);

	/* the same agent gets the same person again, and sends the first form */
	a = hold_next(AGENT(1), NOON + 3 * HOUR_US);
	first_in_line(7);
	c = hold_next(AGENT(1), LATER + 3 * HOUR_US);
	CHECK(c.entry.v == a.entry.v && strcmp(c.form_key, a.form_key) != 0);
	CHECK_CASE("the old form of the same agent", save_full(AGENT(1), &a, ST_REFUSED, 0, LATER + 3 * HOUR_US + 1, true).next.entry.v
	    != a.entry.v);
	CHECK_EQ_S_N("ends it", state_of(a.entry), "done");

	/* taken off by hand during the call */
	a = hold_next(AGENT(3), NOON + 4 * HOUR_US);
	CHECK(queue_remove(db, ORG, op.id, AGENT(0), a.entry, NOON + 4 * HOUR_US) == SAVED);
	CHECK(save(AGENT(3), &a, ST_NO_ANSWER, NOON + 4 * HOUR_US + 1) == SAVED);
	CHECK_EQ_S_N("the call is saved and the person stays off", state_of(a.entry), "removed");
	a = hold_next(AGENT(3), NOON + 5 * HOUR_US);
	queue_remove(db, ORG, op.id, AGENT(0), a.entry, NOON + 5 * HOUR_US);
	queue_skip(db, op.id, AGENT(3), a.entry, NOON + 5 * HOUR_US);
	CHECK_EQ_S_N("also when it is skipped", state_of(a.entry), "removed");
	CHECK_EQ_U_N("audit after late saves", audit_wrong(), 0);
}

static void
families(void)
{
	struct held a, b;
	int64_t now = NOON + DAY_US;
	unsigned released = 0;

	world_clear();
	world_people(101, 106);
	/* 101-103 one household; 104, 105 one number; 106 alone */
	sql("UPDATE person SET household_id = 9 WHERE id BETWEEN 101 AND 103;"
	    "UPDATE phone SET e164 = '+15145550104' WHERE person_id IN (104, 105)");
	world_load(101, 106, now);
	a = hold_next(AGENT(1), now);
	b = hold_next(AGENT(2), now);
	CHECK_CASE("fact 119: a household is called by one agent at a time", a.person.v == 101 && b.person.v == 104);
	CHECK_EQ_U_N("a shared number is dialled once at a time", hold_next(AGENT(3), now).person.v, 106);
	CHECK_EQ_U_N("and then nobody is left to offer", hold_next(AGENT(4), now).person.v, 0);
	CHECK_EQ_U_N("the agent's own household may follow",
	    save_full(AGENT(1), &a, ST_COMPLETED, 0, now, true).next.person.v, 102);
	save(AGENT(2), &b, ST_COMPLETED, now);
	CHECK_EQ_U_N("the number is free again", hold_next(AGENT(4), now).person.v, 105);

	/* across operations: the same person, and their household */
	world_operation(2);
	op.id.v = 2;
	world_load(102, 103, now);
	CHECK_EQ_U_N("promise 3: nobody is with two agents, in any operation", hold_next(AGENT(5), now).person.v, 0);
	CHECK(queue_release_expired(db, now + HOUR_US, 100, &released));
	CHECK_EQ_U_N("the worker ends holds too", released, 3);
	CHECK_EQ_U_N("then the other operation may call", hold_next(AGENT(5), now + HOUR_US).person.v, 102);
	op.id.v = 1;
	world_read();
	CHECK_EQ_U_N("and the first one gives the others", hold_next(AGENT(1), now + HOUR_US).person.v, 105);
	CHECK_EQ_U_N("all others", hold_next(AGENT(2), now + HOUR_US).person.v, 106);
	CHECK_EQ_U_N("and not that household", hold_next(AGENT(3), now + HOUR_US).person.v, 0);
	CHECK_EQ_U_N("audit after households", audit_wrong(), 0);
}

int
main(void)
{
	world_open();
	world_people(1, 40);
	world_load(1, 40, NOON);
	expired();
	families();
	return check_done();
}
