/*
 * power - power mode on a database: agents who wait, answers at the same instant, who is left over, and the record. Whom the
 * dialer rings is in power_dialer.c.
 */
#include "power_world.h"

#include "domain/line.h"

enum { ROUNDS = 520 };

static void
one_answer(void)
{
	struct handing h;
	struct held held;
	struct line_now n;
	uint64_t c = rung(1, NOON);

	CHECK_CASE("an agent with an open line waits", waits(1, NOON) && waits(0, NOON + 1));
	sql("UPDATE agent_line SET state = 'sent' WHERE id = 13");
	CHECK_CASE("one without an open line does not", !waits(2, NOON));
	sql("UPDATE agent_line SET state = 'open' WHERE id = 13");
	CHECK_CASE("who has waited longest takes the answer", power_hand(db, TRUNK, (struct live_call_id){ c }, NOON + SECOND_US, &h, ar) == HANDED_ROOM &&
	    strcmp(h.room, "room1") == 0);
	CHECK_CASE("asked again, the same", power_hand(db, TRUNK, (struct live_call_id){ c }, NOON + 2 * SECOND_US, &h, ar) == HANDED_ROOM && strcmp(h.room, "room1") == 0);
	CHECK_CASE("another connection's is nothing", power_hand(db, (struct trunk_id){ 2 }, (struct live_call_id){ c }, NOON, &h, ar) == HANDED_OVER);
	CHECK(queue_held(db, &op, AGENT(1), NOON + 2 * SECOND_US, &held, ar) == FOUND);
	CHECK_CASE("the person is in their hand, and the call is theirs", line_now(db, AGENT(1), &held, &n, ar) && n.call.id.v == c && n.call.line.v == 12);
	CHECK_CASE("who has somebody does not wait", !waits(1, NOON + 3 * SECOND_US));
	CHECK_EQ_I_N("... and is not waiting", sql_int("SELECT COUNT(*) FROM agent_line WHERE user_id = 101 AND waiting_at IS NOT NULL"), 0);
	CHECK_CASE("what they save is a call like any other", save(AGENT(1), &held, ST_COMPLETED, NOON + MINUTE_US) == SAVED);
	CHECK_EQ_I_N("audit: nothing is wrong", (int64_t)audit_wrong(), 0);
	sql("UPDATE live_call SET state = 'ended', live = NULL, live_e164 = NULL");
	CHECK_CASE("an answer of a call that is over: nothing is said", power_hand(db, TRUNK, (struct live_call_id){ c }, NOON, &h, ar) == HANDED_OVER);
	clear();
}

static void
nobody_waits(void)
{
	struct handing h;
	struct live_call call;
	struct held held;
	struct nobody_now nobody;
	uint64_t c = rung(1, NOON);
	struct operation later = op;

	sql("UPDATE person SET language = 'fr'");
	CHECK_CASE("nobody waits: the person is told so", power_hand(db, TRUNK, (struct live_call_id){ c }, NOON, &h, ar) == HANDED_NOBODY);
	CHECK_CASE("... in their language, with the organisation's name", h.lang == LANG_FR && strstr(power_sorry(&h, ar), "ici Test.") != NULL);
	CHECK_EQ_I_N("... which is on record", sql_int("SELECT COUNT(*) FROM power_answer WHERE what = 'abandoned' AND reason = 'no_agent'"), 1);
	CHECK(waits(0, NOON));
	CHECK_CASE("an agent who comes a moment later does not get somebody who was sent away",
	    power_hand(db, TRUNK, (struct live_call_id){ c }, NOON + SECOND_US, &h, ar) == HANDED_NOBODY);
	CHECK_EQ_I_N("told twice it counts once", tally("abandoned"), 1);
	sql("INSERT INTO call_fact (leg, of_id, fact_key, kind, source, call_id, class, marks, at_us, received_at, seconds) VALUES"
	    " ('contact', %llu, UNHEX(MD5('a')), 'answered', 'webhook', 'CA1', '', 0, %lld, 1, NULL),"
	    " ('contact', %llu, UNHEX(MD5('e')), 'ended', 'webhook', 'CA1', 'answered', 2, %lld, 1, 5)", (unsigned long long)c, (long long)NOON,
	    (unsigned long long)c, (long long)(NOON + 5 * SECOND_US));
	CHECK(live_call_by_id(db, (struct live_call_id){ c }, &call, ar) == FOUND && live_call_apply(db, &call, NOON + 6 * SECOND_US));
	CHECK_EQ_S_N("its outcome is abandoned", outcome_word(call.outcome), "abandoned");
	CHECK(live_call_by_id(db, (struct live_call_id){ c }, &call, ar) == FOUND);
	CHECK_CASE("counted again at the end: once", power_count(db, &op, &call, NOON) && power_count(db, &op, &call, NOON) && tally("abandoned") == 1);
	CHECK(dialer_after(db, &call, NOON + 6 * SECOND_US, ar) == FOUND);
	CHECK_EQ_I_N("the software saves it, as a call that we ended", sql_int("SELECT COUNT(*) FROM attempt WHERE status = %d AND user_id >> 62 = 1", ST_CANCELED), 1);
	CHECK_EQ_I_N("... and holds nobody any more", sql_int("SELECT COUNT(*) FROM hold"), 0);
	CHECK_EQ_I_N("audit: nothing is wrong after it", (int64_t)audit_wrong(), 0);
	sql("UPDATE power_tally SET abandoned = abandoned + 1");
	CHECK_EQ_I_N("audit: a tally that is not the record is found", (int64_t)audit_wrong(), 1);
	sql("UPDATE power_tally SET abandoned = abandoned - 1");
	CHECK_CASE("they rest: three days without a call for nobody", power_rests(db, call.person, NOON + DAY_US, ar) == FOUND &&
	    power_rests(db, call.person, NOON + POWER_REST_US + MINUTE_US, ar) == NONE);
	/* the rule of the status brings them back after an hour: to an agent, not to nobody */
	world_clear();
	sql("UPDATE entry SET state = 'waiting', band = 2, reason = %d WHERE id = %llu; UPDATE queue_tally SET waiting = waiting + 1, removed = removed - 1", ST_CANCELED,
	    (unsigned long long)call.entry.v);
	forget_marks();
	CHECK(queue_claim(db, &op, POWER_HOLDER(later.id, 9), NOON + 2 * HOUR_US, &held, &nobody, ar) == CLAIMED && held.person.v == call.person.v);
	CHECK(queue_put_back(db, op.id, POWER_HOLDER(op.id, 9), held.entry, NOON + 2 * HOUR_US) == SAVED);
	CHECK_EQ_I_N("given back by the software, nobody has seen a number", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'call.skip'"), 0);
	clear();
	sql("UPDATE entry SET state = 'ready', band = 3, reason = 0, due_at = id WHERE attempts = 0; DELETE FROM queue_tally;"
	    "INSERT INTO queue_tally (operation_id, shard, ready, waiting, done) SELECT 1, 0, SUM(state = 'ready'), SUM(state = 'waiting'), SUM(state = 'done') FROM entry");
	forget_marks();
}

/* --- at the same instant --- */

static uint64_t calls[AGENTS];
static int go[2];

static int
answers_now(int n)
{
	struct handing h;
	char byte;

	close(go[1]);
	if (read(go[0], &byte, 1) < 0)
		return 90;
	switch (power_hand(db, TRUNK, (struct live_call_id){ calls[n] }, NOON + SECOND_US, &h, ar)) {
	case HANDED_ROOM:	return h.room[4] - '0';
	case HANDED_NOBODY:	return 50;
	case HANDED_OVER:	return 60;
	case HANDED_FAILED:	break;
	}
	return 91;
}

static int
leaves_now(int n)
{
	char byte;

	close(go[1]);
	if (read(go[0], &byte, 1) < 0)
		return 90;
	return line_end(db, AGENT(n), NOON + SECOND_US, ar) == SAVED ? 70 : 91;
}

/* So many answer, so many wait, so many of those leave, all at once. */
static unsigned
round_of(unsigned answers, unsigned waiting, unsigned leaving)
{
	pid_t pid[2 * AGENTS];
	unsigned rooms = 0, taken = 0, wrong = 0, nobody = 0;

	for (unsigned i = 0; i < answers; i++)
		calls[i] = rung(1 + i, NOON);
	for (unsigned i = 0; i < waiting; i++)
		wrong += !waits((int)i, NOON + i);
	if (pipe(go) != 0)
		return 1;
	for (unsigned i = 0; i < answers; i++)
		pid[i] = in_child(answers_now, (int)i);
	for (unsigned i = 0; i < leaving; i++)
		pid[answers + i] = in_child(leaves_now, (int)i);
	close(go[0]);
	usleep(3000);
	close(go[1]);		/* all of them read the end at once */
	for (unsigned i = 0; i < answers + leaving; i++) {
		int code = child_code(pid[i]);
		if (code >= 90 || code < 0 || code == 60)
			wrong++;
		else if (code == 50)
			nobody++;
		else if (code < AGENTS) {
			wrong += taken >> code & 1;
			taken |= 1u << code;
			rooms++;
		}
	}
	wrong += rooms + nobody != answers || rooms > waiting || rooms + leaving < (answers < waiting ? answers : waiting);
	wrong += leaving == 0 && rooms != (answers < waiting ? answers : waiting);
	/* every agent who was given a call has its person, and nobody else has one */
	wrong += sql_int("SELECT COUNT(*) FROM hold h JOIN live_call c ON c.entry_id = h.entry_id AND c.user_id = h.user_id JOIN agent_line l ON l.id = c.line_id"
	    " AND l.user_id = h.user_id AND l.waiting_at IS NULL") != rooms;
	wrong += sql_int("SELECT COUNT(*) FROM hold WHERE user_id >> 62 = 1") != nobody;
	wrong += tally("abandoned") != nobody || sql_int("SELECT COUNT(*) FROM call_fact WHERE kind = 'no_agent'") != nobody;
	return wrong;
}

static void
races(void)
{
	unsigned wrong = 0, rounds = 0;

	for (; rounds < ROUNDS && wrong == 0; rounds++) {
		clear();
		wrong = round_of(2 + rounds % 4, 1 + rounds / 4 % 5, rounds % 3 == 0 ? 1 : 0);
		if (wrong != 0)
			printf("# round %u: %u wrong\n", rounds, wrong);
	}
	CHECK_EQ_I_N("answers and leavings at the same instant: each agent has one call, everybody else is on record", wrong, 0);
	CHECK_EQ_I_N("... in that many rounds", rounds, ROUNDS);
	clear();
}

/* --- the record --- */

static int
counts_now(int n)
{
	struct live_call c;

	(void)n;
	if (live_call_by_id(db, (struct live_call_id){ calls[0] }, &c, ar) != FOUND)
		return 1;
	c.outcome = OUTCOME_ANSWERED;
	c.user = AGENT(0);
	return power_count(db, &op, &c, NOON) ? 0 : 1;
}

static void
record(void)
{
	struct live_call c;
	pid_t pid[6];
	int codes = 0;

	calls[0] = rung(1, NOON);
	for (int i = 0; i < 6; i++)
		pid[i] = in_child(counts_now, i);
	for (int i = 0; i < 6; i++)
		codes += child_code(pid[i]);
	CHECK_CASE("six who count the same call at once count it once", codes == 0 && tally("connected") == 1);
	CHECK(live_call_by_id(db, (struct live_call_id){ calls[0] }, &c, ar) == FOUND);
	c.user = AGENT(0);
	c.outcome = OUTCOME_ABANDONED;
	CHECK_CASE("news turns it: connected becomes abandoned", power_count(db, &op, &c, NOON) && tally("connected") == 0 && tally("abandoned") == 1);
	c.outcome = OUTCOME_VOICEMAIL;
	CHECK_CASE("a machine was no person", power_count(db, &op, &c, NOON) && tally("abandoned") == 0 && tally("connected") == 0);
	c.outcome = OUTCOME_HUNG_UP;
	c.user = POWER_HOLDER(op.id, 1);
	CHECK_CASE("who put the phone down at once is neither", power_count(db, &op, &c, NOON) && tally("abandoned") == 0);
	c.ending.has_talk = true;
	c.ending.talk_s = 4;
	CHECK_CASE("four seconds without us are an abandoned call", power_count(db, &op, &c, NOON) && tally("abandoned") == 1);
	clear();
}

int
main(void)
{
	world_open();
	power_world();
	one_answer();
	nobody_waits();
	races();
	record();
	return check_done();
}
