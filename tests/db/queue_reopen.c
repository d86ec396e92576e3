/*
 * queue_reopen - people put back on a list, and wrong statuses corrected by a further attempt; after each step the
 * list is the fold of its attempts and the tallies are a recount.
 */
#include "queue_world.h"

#include "domain/queue_list.h"
#include "domain/suppression.h"

#define BY	AGENT(9)

static enum refusal why;
static int64_t now = NOON;

static struct held
call(uint64_t person, enum status s)
{
	struct held h;

	sql("UPDATE entry SET due_at = 1 WHERE operation_id = 1 AND person_id = %llu AND state <> 'held'", (unsigned long long)person);
	forget_marks();
	h = hold_next(AGENT(1), ++now);
	if (h.person.v != person) {
		printf("not ok - test set-up: %llu is held instead of %llu\n", (unsigned long long)h.person.v, (unsigned long long)person);
		exit(1);
	}
	if (s != ST_NONE)
		CHECK(save(AGENT(1), &h, s, ++now) == SAVED);
	return h;
}

static enum saved
correct(struct entry_id e, unsigned number, enum status s)
{
	return queue_correct(db, &op, BY, e, number, s, "erreur", ++now, &why, ar);
}

static enum saved
reopen(struct entry_id e)
{
	return queue_reopen(db, &op, BY, e, ++now, &why, ar);
}

static unsigned
deciding(struct entry_id e)
{
	struct queue_event *list;
	unsigned d = 99;
	size_t n;

	return queue_events(db, e, &list, &n, &d, ar) ? d : 98;
}

static int64_t
attempts_of(enum status s)
{
	return sql_int("SELECT COALESCE(SUM(attempts), 0) FROM status_tally WHERE operation_id = 1 AND status = %d", s);
}

static void
corrections(void)
{
	struct held h = call(1, ST_REFUSED);

	CHECK_EQ_S(state_of(h.entry), "done");
	CHECK_EQ_U(deciding(h.entry), 1);
	CHECK_CASE("a status that no agent chooses is refused", correct(h.entry, 1, ST_REMOVED_VOTED) == REFUSED && why == R_STATUS_UNKNOWN);
	CHECK_CASE("do not call again is not chosen here", correct(h.entry, 1, ST_DNC) == REFUSED);
	CHECK_CASE("a call that does not decide is refused", correct(h.entry, 2, ST_NO_ANSWER) == REFUSED && why == R_CHANGED_SINCE);
	CHECK(correct(h.entry, 1, ST_NO_ANSWER) == SAVED);
	CHECK_EQ_S_N("a wrong Refused becomes No answer: waits for its retry", state_of(h.entry), "waiting");
	CHECK_EQ_I_N("after the rule's minutes from now", sql_int("SELECT due_at FROM entry WHERE id = %llu",
	    (unsigned long long)h.entry.v), now + 90 * MINUTE_US);
	CHECK_CASE("the same form again is one correction", correct(h.entry, 1, ST_NO_ANSWER) == ALREADY);
	CHECK_EQ_I_N("nothing was deleted", sql_int("SELECT COUNT(*) FROM attempt WHERE entry_id = %llu", (unsigned long long)h.entry.v), 2);
	CHECK_CASE("the totals moved", attempts_of(ST_REFUSED) == 0 && attempts_of(ST_NO_ANSWER) == 1);
	CHECK_EQ_U_N("audit after a correction", audit_wrong(), 0);
	CHECK_CASE("a correction can be corrected", correct(h.entry, 2, ST_COMPLETED) == SAVED && strcmp(state_of(h.entry), "done") == 0);
	CHECK_CASE("and taken back: as if nobody had called", correct(h.entry, 3, ST_CORRECTED) == SAVED && strcmp(state_of(h.entry), "ready") == 0);
	CHECK_EQ_U_N("then nothing is left to correct", deciding(h.entry), 0);
	CHECK_EQ_U_N("audit after three", audit_wrong(), 0);
	h = call(1, ST_NOT_HOME);
	CHECK_EQ_U_N("the next call decides again", deciding(h.entry), 5);
	CHECK_EQ_U_N("audit after the next call", audit_wrong(), 0);

	h = call(2, ST_NO_ANSWER);
	h = call(2, ST_REFUSED);
	CHECK(correct(h.entry, 2, ST_CORRECTED) == SAVED);
	CHECK_CASE("taken back: what the call before it said", strcmp(state_of(h.entry), "waiting") == 0 && deciding(h.entry) == 0);
	CHECK_EQ_U_N("audit after that", audit_wrong(), 0);
	h = call(3, ST_NONE);
	CHECK_CASE("nobody changes whom an agent is with", correct(h.entry, 1, ST_BUSY) == REFUSED && why == R_PERSON_HELD &&
	    reopen(h.entry) == REFUSED);
	CHECK(save(AGENT(1), &h, ST_COMPLETED, ++now) == SAVED);
	CHECK_EQ_I_N("agents' calls are those they made", sql_int("SELECT SUM(calls) FROM agent_tally"), 5);
}

static void
with_consequences(void)
{
	struct held h;

	sql("INSERT INTO phone (person_id, position, kind, e164) VALUES (4, 2, 'cell', '+15143000004')");
	h = call(4, ST_WRONG_NUMBER);
	CHECK(correct(h.entry, 1, ST_NO_ANSWER) == SAVED);
	CHECK_EQ_I_N("a number that was right after all is dialled again", sql_int("SELECT COUNT(*) FROM entry e JOIN phone f"
	    " ON f.person_id = e.person_id AND f.e164 = e.e164 AND f.state = 'ok' WHERE e.id = %llu AND e.e164 = '+15142000004'",
	    (unsigned long long)h.entry.v), 1);
	h = call(5, ST_DECEASED);
	CHECK(correct(h.entry, 1, ST_NOT_HOME) == SAVED);
	CHECK_EQ_I_N("who is not dead after all", sql_int("SELECT deceased FROM person WHERE id = 5"), 0);
	CHECK_EQ_S(state_of(h.entry), "waiting");
	h = call(6, ST_DNC);
	CHECK_CASE("fact 134: Do not call again stays", correct(h.entry, 1, ST_NO_ANSWER) == REFUSED && why == R_DNC_STAYS);
	CHECK_EQ_U_N("audit after consequences", audit_wrong(), 0);
}

static void
put_back(void)
{
	struct held h = call(7, ST_NO_ANSWER);
	struct entry_id e8 = { (uint64_t)sql_int("SELECT id FROM entry WHERE person_id = 8") };

	CHECK_CASE("who is on the list is not put back", reopen(e8) == ALREADY);
	CHECK(queue_remove(db, ORG, op.id, BY, e8, ++now) == SAVED && queue_remove(db, ORG, op.id, BY, h.entry, ++now) == SAVED);
	CHECK(reopen(e8) == SAVED);
	CHECK_EQ_S_N("a removed person is put back", state_of(e8), "ready");
	CHECK(reopen(h.entry) == SAVED);
	CHECK_EQ_S_N("one with a call waits as that call says", state_of(h.entry), "waiting");
	CHECK_EQ_U_N("audit after putting back", audit_wrong(), 0);

	CHECK(queue_remove(db, ORG, op.id, BY, e8, ++now) == SAVED);
	CHECK(suppression_add_number(db, ORG, BY, "514 200-0008", "", now, &why, ar) == SAVED);
	CHECK_CASE("fact 134: not with a number nobody may call", reopen(e8) == REFUSED && why == R_NO_NUMBER_LEFT);
	sql("INSERT INTO phone (person_id, position, kind, e164) VALUES (8, 2, 'cell', '+15143000008')");
	CHECK(reopen(e8) == SAVED);
	CHECK_EQ_I_N("but with another one", sql_int("SELECT COUNT(*) FROM entry WHERE id = %llu AND e164 = '+15143000008'",
	    (unsigned long long)e8.v), 1);
	CHECK(queue_remove(db, ORG, op.id, BY, e8, ++now) == SAVED);
	sql("UPDATE person SET has_voted = TRUE WHERE id = 8; INSERT INTO exclusion_rule (operation_id, position, criterion, status) VALUES (1, 1, 'voted', %d)",
	    ST_REMOVED_VOTED);
	CHECK_CASE("nor while a rule takes them out", reopen(e8) == REFUSED && why == R_RULE_MATCHES);
	CHECK_CASE("nobody of another operation", queue_reopen(db, &op, BY, (struct entry_id){ 99999 }, now, &why, ar) == REFUSED &&
	    why == R_NOT_FOUND);
	CHECK_EQ_I_N("who did it is in the audit", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'entry.reopen'"), 3);
	CHECK_EQ_U_N("audit at the end", audit_wrong(), 0);
}

static void
shown(void)
{
	struct queue_list_wish w = { .op = { 1 }, .state = -1, .search = "" };
	struct queue_line line[QUEUE_LIST_PAGE];
	unsigned seen = 0, pages = 0;
	bool more = true;
	size_t n;

	world_people(101, 220);
	world_load(101, 220, now);
	for (; more && queue_list_page(db, &w, line, &n, &more, ar); pages++) {
		seen += (unsigned)n;
		w.after = line[n - 1].person;
	}
	CHECK_CASE("everybody of the list once, page by page", seen == 140 && pages == 3);
	w = (struct queue_list_wish){ .op = { 1 }, .state = QS_REMOVED, .search = "" };
	CHECK(queue_list_page(db, &w, line, &n, &more, ar) && n > 0 && line[0].state == QS_REMOVED && line[0].reason != ST_NONE);
	w.state = QS_WAITING;
	CHECK(queue_list_page(db, &w, line, &n, &more, ar) && n > 0 && line[0].state == QS_WAITING);
	w.state = -1;
	w.search = "fir NAME21";
	CHECK_CASE("found by parts of a name", queue_list_page(db, &w, line, &n, &more, ar) && n == 10);
	w.search = "(514) 200-0101";
	CHECK(queue_list_page(db, &w, line, &n, &more, ar) && n == 1 && line[0].person.v == 101);
	w.search = "%";
	CHECK_CASE("what people type is no pattern", queue_list_page(db, &w, line, &n, &more, ar) && n == 0);
}

int
main(void)
{
	world_open();
	world_people(1, 20);
	world_load(1, 20, NOON);
	corrections();
	with_consequences();
	put_back();
	shown();
	return check_done();
}
