/*
 * queue - claims, saves, skips, loads, statuses with consequences; each part ends in an audit that finds nothing.
 */
#include "queue_world.h"

static void
claims(void)
{
	struct held a, b, again;

	world_people(1, 30);
	CHECK_EQ_U_N("people are loaded", world_load(1, 30, NOON).loaded, 30);
	a = hold_next(AGENT(1), NOON);
	b = hold_next(AGENT(2), NOON);
	CHECK_CASE("fact 112: two agents get different people", a.entry.v != 0 && b.entry.v != 0 && a.entry.v != b.entry.v);
	again = hold_next(AGENT(1), NOON + MINUTE_US);
	CHECK_CASE("a second click on next gives the same person with the same form",
	    again.entry.v == a.entry.v && strcmp(again.form_key, a.form_key) == 0);
	CHECK(queue_held(db, &op, AGENT(1), NOON, &again, ar) == FOUND && again.entry.v == a.entry.v);
	CHECK_CASE("and nothing for who holds nobody", queue_held(db, &op, AGENT(3), NOON, &again, ar) == NONE);
	CHECK_EQ_S_N("the person's zone", a.zone, "America/Toronto");

	CHECK(queue_skip(db, op.id, AGENT(1), a.entry, NOON + MINUTE_US) == SAVED);
	CHECK(queue_skip(db, op.id, AGENT(1), a.entry, NOON + MINUTE_US) == ALREADY);
	CHECK_CASE("nobody skips another agent's person", queue_skip(db, op.id, AGENT(1), b.entry, NOON) == ALREADY);
	CHECK_EQ_S_N("fact 114: skipping gives the person back", state_of(a.entry), "ready");
	CHECK_EQ_I_N("fact 114: without an attempt", sql_int("SELECT COUNT(*) FROM attempt"), 0);
	again = hold_next(AGENT(1), NOON + 2 * MINUTE_US);
	CHECK_CASE("and others come first", again.entry.v != a.entry.v);
	CHECK_EQ_I_N("a skip leaves a trace, for it showed a number",
	    sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'call.skip' AND object_id = %llu", (unsigned long long)a.entry.v), 1);
	queue_skip(db, op.id, AGENT(1), again.entry, NOON + 2 * MINUTE_US);

	a = hold_next(AGENT(3), NOON + 21 * MINUTE_US);
	b = hold_next(AGENT(4), NOON + 21 * MINUTE_US);
	CHECK_EQ_I_N("fact 113: a hold ends by itself after the operation's minutes",
	    sql_int("SELECT COUNT(*) FROM hold WHERE user_id = 102"), 0);
	CHECK_EQ_U_N("audit after claims", audit_wrong(), 0);
}

static void
saves(void)
{
	struct held h = hold_next(AGENT(5), NOON + HOUR_US), forged;
	struct saved_call s = save_full(AGENT(5), &h, ST_COMPLETED, 0, NOON + HOUR_US + MINUTE_US, true);
	struct saved_call twice;
	unsigned long long e = h.entry.v;

	CHECK(s.saved == SAVED && s.claimed == CLAIMED && s.next.entry.v != h.entry.v);
	CHECK_EQ_I_N("fact 115: the attempt stores agent, person, number, status, start and end", sql_int(
	    "SELECT COUNT(*) FROM attempt t JOIN entry e ON e.id = t.entry_id WHERE t.entry_id = %llu AND t.user_id = 105"
	    " AND t.person_id = e.person_id AND t.e164 = e.e164 AND t.status = %d AND t.started_at = %lld AND t.saved_at = %lld"
	    " AND t.time_zone = 'America/Toronto' AND t.note = 'note é' AND t.number = 1", e, ST_COMPLETED,
	    (long long)(NOON + HOUR_US), (long long)(NOON + HOUR_US + MINUTE_US)), 1);
	twice = save_full(AGENT(5), &h, ST_COMPLETED, 0, NOON + HOUR_US + MINUTE_US + 1, true);
	CHECK_CASE("fact 117: the same form again is already saved", twice.saved == ALREADY);
	CHECK_CASE("and the agent is with the same next person", twice.claimed == CLAIMED &&
	    twice.next.entry.v == s.next.entry.v && strcmp(twice.next.form_key, s.next.form_key) == 0);
	CHECK_EQ_I_N("fact 117: one attempt", sql_int("SELECT COUNT(*) FROM attempt WHERE entry_id = %llu", e), 1);

	forged = s.next;
	forged.form_key = "00112233445566778899aabbccddeeff";
	CHECK_CASE("a forged form key is refused",
	    save_full(AGENT(5), &forged, ST_COMPLETED, 0, NOON, false).why == R_FORM_TOO_OLD);
	CHECK_CASE("another agent's form is refused",
	    save_full(AGENT(6), &s.next, ST_COMPLETED, 0, NOON, false).saved == REFUSED);
	forged = s.next;
	forged.claimed_at++;
	CHECK_CASE("a form with another moment is refused",
	    save_full(AGENT(5), &forged, ST_COMPLETED, 0, NOON, false).saved == REFUSED);
	CHECK_CASE("fact 53: an auto-detected status from a form is refused",
	    save_full(AGENT(5), &s.next, ST_BUSY_AUTO, 0, NOON, false).why == R_STATUS_UNKNOWN);
	CHECK_CASE("a status of a rule is refused",
	    save_full(AGENT(5), &s.next, ST_REMOVED_VOTED, 0, NOON, false).why == R_STATUS_UNKNOWN);
	CHECK_CASE("no status is refused", save_full(AGENT(5), &s.next, ST_NONE, 0, NOON, false).why == R_STATUS_UNKNOWN);
	CHECK(save(AGENT(5), &s.next, ST_REMOVE, NOON + 2 * HOUR_US) == SAVED);
	CHECK_EQ_S_N("fact 57: Remove from call list removes", state_of(s.next.entry), "removed");
	CHECK_EQ_U_N("audit after saves", audit_wrong(), 0);
}

static void
answers(void)
{
	static const struct call_answer list[] = {
		{ { 7 }, { 70 }, "" }, { { 7 }, { 72 }, NULL }, { { 8 }, { 0 }, "d’accord, à demain; « oui »\n2e ligne" },
	};
	struct held h = hold_next(AGENT(7), NOON + 3 * HOUR_US), next;
	struct call c = { .entry = h.entry, .form_key = h.form_key, .claimed_at = h.claimed_at, .status = ST_COMPLETED,
		.answers = list, .nanswers = 3 };
	struct nobody_now nobody;
	enum claimed claimed;
	enum refusal why;
	const char *text = "";

	CHECK(queue_save(db, &op, rules, AGENT(7), &c, NOON + 3 * HOUR_US, false, &claimed, &next, &nobody, &why, ar) == SAVED);
	CHECK_EQ_I_N("several choices of one question, and a text", sql_int("SELECT COUNT(*) * 1000 + SUM(choice_id = 70 AND"
	    " position = 0) * 100 + SUM(choice_id = 72 AND position = 1) * 10 + SUM(choice_id IS NULL AND question_id = 8)"
	    " FROM answer"), 3111);
	db_script_value(db, "SELECT text FROM answer WHERE question_id = 8", ar, &text);
	CHECK_EQ_S(text, list[2].text);
}

/* A person who never answers, with No answer 3 / 90 (world's rule). */
static void
recycling(void)
{
	struct held h, g;
	int64_t now = NOON + DAY_US;
	unsigned calls = 0;

	sql("UPDATE entry SET state = 'done', band = 9, reason = %d WHERE band IN (1,2,3)", ST_COMPLETED);
	world_people(101, 101);
	world_operation(2);
	op.id.v = 2;
	world_read();
	world_load(101, 101, now);
	h = hold_next(AGENT(8), now);
	for (; h.entry.v != 0; calls++) {
		int64_t saved_at = now += MINUTE_US;
		CHECK(save(AGENT(8), &h, ST_NO_ANSWER, saved_at) == SAVED);
		g = hold_next(AGENT(8), now = saved_at + 90 * MINUTE_US - 1);
		CHECK_CASE("fact 50: before 90 minutes not offered (fact 48)", g.entry.v == 0);
		h = hold_next(AGENT(8), now = saved_at + 90 * MINUTE_US);
		CHECK_CASE("fact 50: at 90 minutes offered, while the allowance lasts", (h.entry.v != 0) == (calls < 3));
	}
	CHECK_EQ_U_N("fact 48: four calls in all", calls, 4);
	CHECK_EQ_I_N("and then done", sql_int("SELECT COUNT(*) FROM entry WHERE operation_id = 2 AND state = 'done'"), 1);

	/* fact 59 */
	world_people(102, 103);
	world_load(102, 103, now);
	h = hold_next(AGENT(8), now);
	save(AGENT(8), &h, ST_NO_ANSWER, now);
	sql("UPDATE recycling_rule SET minutes = 10 WHERE operation_id = 2; UPDATE operation SET revision = revision + 1 WHERE id = 2");
	world_read();
	g = hold_next(AGENT(8), now);
	save(AGENT(8), &g, ST_NO_ANSWER, now);
	CHECK_EQ_I_N("fact 59: who waited before the edit waits as before", sql_int("SELECT due_at FROM entry WHERE id = %llu",
	    (unsigned long long)h.entry.v), now + 90 * MINUTE_US);
	CHECK_EQ_I_N("fact 59: attempts saved afterwards follow the new rule", sql_int("SELECT due_at FROM entry WHERE id = %llu",
	    (unsigned long long)g.entry.v), now + 10 * MINUTE_US);
	sql("DELETE FROM recycling_rule WHERE operation_id = 2 AND status = 8; UPDATE operation SET revision = revision + 1 WHERE id = 2");
	world_read();
	h = hold_next(AGENT(8), now + 10 * MINUTE_US);
	CHECK_EQ_U_N("fact 59: who waits under a rule that is gone is still called", h.entry.v, g.entry.v);
	save(AGENT(8), &h, ST_NO_ANSWER, now + 11 * MINUTE_US);
	CHECK_EQ_S_N("fact 51: and unticked, that was the last call", state_of(h.entry), "done");
	CHECK_EQ_U_N("audit after rules were edited", audit_wrong(), 0);
}

static void
loads(void)
{
	struct load_counts c;
	struct held h;
	int64_t now = NOON + 2 * DAY_US;

	world_operation(3);
	op.id.v = 3;
	world_people(201, 212);
	sql("DELETE FROM phone WHERE person_id = 201; UPDATE person SET calls_forbidden = 1 WHERE id = 202;"
	    "INSERT INTO suppression (organisation_id, e164, created_at) SELECT 1, e164, 1 FROM phone WHERE person_id = 203;"
	    "UPDATE person SET deceased = 1 WHERE id = 204; UPDATE phone SET state = 'wrong' WHERE person_id = 205;"
	    "INSERT INTO phone (person_id, position, kind, e164) VALUES (206, 2, 'cell', '+14389990206');"
	    "INSERT INTO suppression (organisation_id, e164, created_at) SELECT 1, e164, 1 FROM phone WHERE person_id = 206 AND position = 1;"
	    "UPDATE person SET time_zone = 'America/Vancouver' WHERE id = 207; UPDATE person SET time_zone = 'Nowhere/Land' WHERE id = 208");
	c = world_load(201, 212, now);
	CHECK_EQ_U_N("fact 104: people without a number (or with a wrong one) are counted", c.no_number, 2);
	CHECK_EQ_U_N("fact 107: people who may not be called are counted", c.forbidden, 3);
	CHECK_EQ_U_N("the others are loaded", c.loaded, 7);
	CHECK_EQ_I_N("the first number that may be dialled is taken",
	    sql_int("SELECT COUNT(*) FROM entry WHERE operation_id = 3 AND person_id = 206 AND e164 = '+14389990206'"), 1);
	CHECK_EQ_I_N("a person's zone becomes a zone of the list", sql_int("SELECT COUNT(*) FROM entry e JOIN operation_zone z"
	    " ON z.operation_id = e.operation_id AND z.zone = e.zone WHERE e.operation_id = 3 AND e.person_id = 207"
	    " AND z.name = 'America/Vancouver'"), 1);
	CHECK_EQ_I_N("an unknown zone is the operation's",
	    sql_int("SELECT zone FROM entry WHERE operation_id = 3 AND person_id = 208"), 0);
	c = world_load(201, 212, now + 1);
	CHECK_EQ_U_N("fact 103: loading twice puts nobody twice", c.already, 7);
	CHECK_EQ_U_N("fact 103: nobody is loaded again", c.loaded, 0);
	CHECK_EQ_I_N("due_at strictly increases within a list and zone, and is never in the future", sql_int(
	    "SELECT COUNT(DISTINCT zone, due_at) - COUNT(*) + SUM(due_at > %lld) FROM entry WHERE operation_id = 3", (long long)now), 0);
	h = hold_next(AGENT(9), now);
	CHECK_EQ_U_N("audit after loads", audit_wrong(), 0);
	save(AGENT(9), &h, ST_REFUSED, now);
}

static void
consequences(void)
{
	struct held h;
	int64_t now = NOON + 3 * DAY_US;
	unsigned long long p;

	h = hold_next(AGENT(9), now);
	p = h.person.v;
	world_operation(4);
	op.id.v = 4;
	world_load(p, p, now);
	world_people(301, 302);
	sql("INSERT INTO phone (person_id, position, kind, e164) VALUES (301, 2, 'cell', '+14389990301')");
	op.id.v = 3;
	world_read();
	CHECK(save(AGENT(9), &h, ST_DNC, now) == SAVED);
	CHECK_EQ_I_N("Do not call again is remembered for the number and the person", sql_int("SELECT COUNT(*) FROM suppression s"
	    " JOIN person p ON p.id = s.person_id WHERE s.person_id = %llu AND p.calls_forbidden", p), 1);
	op.id.v = 4;
	world_read();
	CHECK_CASE("fact 58: and works at once in every other operation", hold_next(AGENT(10), now).entry.v == 0);
	CHECK_EQ_I_N("where the person is off the list with that reason", sql_int("SELECT reason FROM entry WHERE operation_id = 4"
	    " AND person_id = %llu AND state = 'removed'", p), ST_DNC);

	world_load(301, 302, now);
	h = hold_next(AGENT(10), now);
	CHECK(save(AGENT(10), &h, ST_WRONG_NUMBER, now) == SAVED);
	CHECK_EQ_I_N("a wrong number is marked so", sql_int("SELECT COUNT(*) FROM phone WHERE person_id = 301 AND state = 'wrong'"), 1);
	h = hold_next(AGENT(10), now + SECOND_US);
	CHECK_EQ_S_N("and the second number is tried at once", h.e164, "+14389990301");
	CHECK(save(AGENT(10), &h, ST_WRONG_NUMBER, now + 2 * SECOND_US) == SAVED);
	CHECK_EQ_S_N("without a further number, unticked, that is the end", state_of(h.entry), "done");
	h = hold_next(AGENT(10), now + 3 * SECOND_US);
	CHECK(h.person.v == 302 && save(AGENT(10), &h, ST_DECEASED, now + 4 * SECOND_US) == SAVED);
	CHECK_EQ_I_N("Deceased is the person's", sql_int("SELECT deceased FROM person WHERE id = 302"), 1);
	CHECK_EQ_U_N("audit after consequences", audit_wrong(), 0);
	CHECK(queue_remove(db, ORG, op.id, AGENT(0), h.entry, now) == SAVED);
	CHECK(queue_remove(db, ORG, op.id, AGENT(0), h.entry, now) == ALREADY);
	CHECK_EQ_U_N("audit after a removal by hand", audit_wrong(), 0);
}

/* A proof that never fails proves nothing: each kind of damage is found. */
static void
damage(void)
{
	static const char *const harm[][2] = {
		{ "UPDATE queue_tally SET done = done + 1 WHERE operation_id = 2 LIMIT 1", "a tally that is off by one" },
		{ "UPDATE entry_tally SET people = people - 1 WHERE operation_id = 2 LIMIT 1", "a reason that is off by one" },
		{ "UPDATE status_tally SET attempts = attempts - 1 WHERE operation_id = 2 LIMIT 1", "a status that is off by one" },
		{ "UPDATE agent_tally SET calls = calls + 1 WHERE operation_id = 2 LIMIT 1", "an agent who is off by one" },
		{ "UPDATE call_tally SET calls = calls + 1 WHERE operation_id = 2 LIMIT 1", "calls of a half hour that are off by one" },
		{ "UPDATE entry SET retries_used = 'x' WHERE operation_id = 2 LIMIT 1", "retries that no attempt used" },
		{ "UPDATE entry SET attempts = attempts + 1 WHERE operation_id = 2 LIMIT 1", "an attempt too many" },
		{ "UPDATE entry SET due_at = due_at - 1 WHERE operation_id = 2 AND state = 'waiting' LIMIT 1", "a due time" },
		{ "UPDATE entry SET band = 1 WHERE operation_id = 2 AND state = 'done' LIMIT 1", "a band" },
		{ "UPDATE entry SET state = 'held', band = 8 WHERE operation_id = 2 LIMIT 1", "a held entry without a hold" },
		{ "DELETE FROM attempt WHERE operation_id = 2 LIMIT 1", "a lost attempt" },
	};

	op.id.v = 2;
	world_read();
	for (size_t i = 0; i < sizeof(harm) / sizeof(harm[0]); i++) {
		char name[100];
		uint64_t wrong = 0;
		FILE *quiet = fopen("/dev/null", "w");

		snprintf(name, sizeof(name), "audit finds %s", harm[i][1]);
		sql("CREATE OR REPLACE TABLE k1 AS SELECT * FROM entry; CREATE OR REPLACE TABLE k2 AS SELECT * FROM queue_tally;"
		    "CREATE OR REPLACE TABLE k3 AS SELECT * FROM status_tally; CREATE OR REPLACE TABLE k4 AS SELECT * FROM agent_tally;"
		    "CREATE OR REPLACE TABLE k5 AS SELECT * FROM attempt; CREATE OR REPLACE TABLE k6 AS SELECT * FROM entry_tally;"
		    "CREATE OR REPLACE TABLE k7 AS SELECT * FROM call_tally");
		sql("%s", harm[i][0]);
		CHECK_CASE(name, queue_audit(db, op.id, quiet, &wrong, ar) && wrong > 0);
		fclose(quiet);
		sql("REPLACE INTO entry SELECT * FROM k1; REPLACE INTO queue_tally SELECT * FROM k2;"
		    "REPLACE INTO status_tally SELECT * FROM k3; REPLACE INTO agent_tally SELECT * FROM k4;"
		    "INSERT IGNORE INTO attempt SELECT * FROM k5; DELETE FROM entry_tally; INSERT INTO entry_tally SELECT * FROM k6;"
		    "DELETE FROM call_tally; INSERT INTO call_tally SELECT * FROM k7");
	}
	CHECK_EQ_U_N("audit finds nothing once it is repaired", audit_wrong(), 0);
}

int
main(void)
{
	world_open();
	claims();
	saves();
	answers();
	recycling();
	loads();
	consequences();
	damage();
	return check_done();
}
