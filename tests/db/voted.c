/*
 * voted - marking who has voted takes people and their households off running lists in the same transaction, and
 * taking a mark back gives them back as their calls say (facts 60 to 71). Each part ends in an audit.
 */
#include "queue_world.h"

#include "domain/exclusion.h"
#include "domain/queue_list.h"
#include "domain/voted.h"

#define BY	AGENT(0)

static int64_t now = NOON;

static struct entry_id
entry_of(uint64_t operation, uint64_t person)
{
	return (struct entry_id){ (uint64_t)sql_int("SELECT id FROM entry WHERE operation_id = %llu AND person_id = %llu",
	    (unsigned long long)operation, (unsigned long long)person) };
}

static enum status
reason_of(struct entry_id e)
{
	return (enum status)sql_int("SELECT reason FROM entry WHERE id = %llu", (unsigned long long)e.v);
}

static uint64_t
wrong_everywhere(void)
{
	uint64_t all = 0, wrong;

	for (uint64_t id = 1; id <= 4; id++)
		all += queue_audit(db, (struct operation_id){ id }, stdout, &wrong, ar) ? wrong : 999;
	return all;
}

static enum saved
vote(uint64_t person, bool voted)
{
	return voted_set(db, ORG, BY, (struct person_id){ person }, voted, now, ar);
}

static void
rules_of(uint64_t operation, const struct exclusion *rule, size_t n)
{
	enum refusal why;

	CHECK(exclusion_set(db, (struct operation_id){ operation }, BY, now, rule, n, &why, ar) == SAVED);
}

/* Operations 1: vote; 2: vote with household; 3: a question first, then the vote; 4: none. Everybody is on all. */
static void
set_up(void)
{
	static const struct exclusion alone = { CR_VOTED, 0, 0, ST_REMOVED_VOTED, false, NULL };
	static const struct exclusion home = { CR_VOTED, 0, 0, ST_REMOVED_VOTED, true, NULL };
	static const struct exclusion both[] = { { CR_QUESTION, 9, 0, ST_REMOVED_ANSWERED, false, NULL }, { CR_VOTED, 0, 0, ST_REMOVED_VOTED, false, NULL } };

	world_people(1, 40);
	sql("UPDATE person SET kind = 'elector', household_id = IF(id BETWEEN 1 AND 3, 7, NULL), polling_subdivision = '12',"
	    " elector_number = id, electoral_division = IF(id = 40, 'Laval-Est', 'Laval')");
	sql("UPDATE person SET elector_number = '39' WHERE id = 40");
	for (uint64_t id = 1; id <= 4; id++) {
		if (id > 1)
			world_operation(id);
		op.id.v = id;
		world_read();
		if (id < 4)
			rules_of(id, id == 1 ? &alone : id == 2 ? &home : both, id == 3 ? 2 : 1);
		CHECK_EQ_U_N("fact 68: rules set before the list is loaded act on it; here nobody has voted", world_load(1, 40, NOON).loaded, 40);
	}
	sql("INSERT INTO survey_version (id, survey_id, number, created_at) VALUES (1, 1, 1, 1);"
	    "INSERT INTO question (id, version_id, stable_id, position, kind) VALUES (90, 1, 9, 1, 'text_short');"
	    "INSERT INTO attempt (id, operation_id, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)"
	    " VALUES (1000, NULL, 5, 100, '+15142000005', 8, 'America/Toronto', 1, 1, x'01');"
	    "INSERT INTO answer (attempt_id, question_id, text) VALUES (1000, 90, 'oui')");
}

static void
one_person(void)
{
	CHECK(vote(1, true) == SAVED);
	CHECK_CASE("marking twice is one mark", vote(1, true) == ALREADY);
	CHECK_CASE("nobody of another organisation is marked", voted_set(db, (struct organisation_id){ 2 }, BY,
	    (struct person_id){ 2 }, true, now, ar) == REFUSED);
	CHECK_EQ_S_N("fact 69: who is marked is off the list at once", state_of(entry_of(1, 1)), "removed");
	CHECK_EQ_U_N("fact 61: with the rule's status", reason_of(entry_of(1, 1)), ST_REMOVED_VOTED);
	CHECK_EQ_S_N("in every running operation with such a rule", state_of(entry_of(3, 1)), "removed");
	CHECK_EQ_S_N("fact 60: an operation without rules keeps them", state_of(entry_of(4, 1)), "ready");
	CHECK_EQ_S_N("fact 65: without the box the household stays", state_of(entry_of(1, 2)), "ready");
	CHECK_CASE("fact 64: with it the household goes too", strcmp(state_of(entry_of(2, 2)), "removed") == 0 &&
	    strcmp(state_of(entry_of(2, 3)), "removed") == 0);
	CHECK(vote(4, true) == SAVED);
	CHECK_EQ_I_N("fact 71: nobody else without a household goes with them", sql_int("SELECT COUNT(*) FROM entry"
	    " WHERE operation_id = 2 AND state = 'removed'"), 4);
	CHECK(vote(5, true) == SAVED);
	CHECK_EQ_U_N("fact 70: two rules match, the first one's status is kept", reason_of(entry_of(3, 5)), ST_REMOVED_ANSWERED);
	CHECK_EQ_I_N("who marked whom is in the audit", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'person.voted'"), 3);
	CHECK_EQ_U_N("audit after marks", wrong_everywhere(), 0);

	CHECK(vote(4, false) == SAVED && vote(5, false) == SAVED);
	CHECK_EQ_S_N("taken back: on the list again", state_of(entry_of(1, 4)), "ready");
	CHECK_EQ_S_N("whom another rule takes out stays out", state_of(entry_of(3, 5)), "removed");
	CHECK(vote(2, true) == SAVED && vote(1, false) == SAVED);
	CHECK_EQ_S_N("a household stays out while one of it has voted", state_of(entry_of(2, 1)), "removed");
	CHECK(vote(2, false) == SAVED);
	CHECK_CASE("then all come back", strcmp(state_of(entry_of(2, 1)), "ready") == 0 && strcmp(state_of(entry_of(2, 3)), "ready") == 0);
	CHECK_EQ_U_N("audit after marks taken back", wrong_everywhere(), 0);
}

/* Called before, held while marked, saved while out. */
static void
with_calls(void)
{
	struct held h;
	int64_t due;

	op.id.v = 1;
	world_read();
	sql("UPDATE entry SET due_at = 1 WHERE operation_id = 1 AND person_id = 10");
	h = hold_next(AGENT(1), now);
	CHECK_EQ_U_N("the test's person is held", h.person.v, 10);
	CHECK(save(AGENT(1), &h, ST_NO_ANSWER, now) == SAVED);
	due = sql_int("SELECT due_at FROM entry WHERE id = %llu", (unsigned long long)h.entry.v);
	CHECK(vote(10, true) == SAVED && vote(10, false) == SAVED);
	CHECK_CASE("who waited waits again, until the same moment", strcmp(state_of(h.entry), "waiting") == 0 &&
	    sql_int("SELECT due_at FROM entry WHERE id = %llu", (unsigned long long)h.entry.v) == due);

	sql("UPDATE entry SET due_at = 1 WHERE operation_id = 1 AND person_id = 11");
	forget_marks();
	h = hold_next(AGENT(1), now);
	CHECK_EQ_U_N("the next one", h.person.v, 11);
	CHECK(vote(11, true) == SAVED);
	CHECK_EQ_S_N("marked while an agent is with them: the call goes on", state_of(h.entry), "held");
	CHECK_EQ_U_N("audit while held", audit_wrong(), 0);
	CHECK(save(AGENT(1), &h, ST_NOT_HOME, now + 1) == SAVED);
	CHECK_EQ_S_N("its call is saved, and they stay out", state_of(h.entry), "removed");
	CHECK_EQ_U_N("audit after the call", audit_wrong(), 0);
	CHECK(vote(11, false) == SAVED);
	CHECK_CASE("taken back: what that call says counts now", strcmp(state_of(h.entry), "removed") != 0 &&
	    reason_of(h.entry) == ST_NOT_HOME);
	CHECK_EQ_U_N("audit after that", audit_wrong(), 0);

	sql("UPDATE entry SET due_at = 1 WHERE operation_id = 1 AND person_id = 12");
	forget_marks();
	h = hold_next(AGENT(1), now);
	CHECK(h.person.v == 12 && vote(12, true) == SAVED && vote(12, false) == SAVED);
	CHECK_EQ_U_N("audit: marked and taken back while held", audit_wrong(), 0);
	CHECK(queue_skip(db, op.id, AGENT(1), h.entry, now + 2) == SAVED);
	CHECK_EQ_S_N("then skipped: back on the list", state_of(h.entry), "ready");
	CHECK_EQ_U_N("audit after the skip", wrong_everywhere(), 0);
}

static void
sheets(void)
{
	static const struct voted_ref sheet[] = { { "", "12", "20" }, { "", "12", "21" }, { "", "12", "20" }, { "", "12", "999" },
		{ "", "12", "39" }, { "laval est", "12", "39" }, { "", "13", "20" } };
	const char *number[VOTED_SHEET_MAX];
	struct voted_person *who;
	struct voted_batch b;
	struct batch_id id;
	size_t n;

	CHECK(voted_numbers(ar, "12 15-18, 22;7", number, VOTED_SHEET_MAX, &n) && n == 7);
	CHECK_CASE("a range becomes its numbers", strcmp(number[1], "15") == 0 && strcmp(number[4], "18") == 0 && strcmp(number[6], "7") == 0);
	CHECK_CASE("a range that is none is refused", !voted_numbers(ar, "18-15", number, VOTED_SHEET_MAX, &n) &&
	    !voted_numbers(ar, "1-999999", number, VOTED_SHEET_MAX, &n) && !voted_numbers(ar, "a-b", number, VOTED_SHEET_MAX, &n));
	CHECK(vote(21, true) == SAVED);
	CHECK(voted_mark(db, ORG, BY, VOTED_SHEET, "Section 12", sheet, NITEMS(sheet), now + 5, &id, ar) == SAVED);
	CHECK(voted_batch_by_id(db, ORG, id, &b, ar) == FOUND);
	CHECK_EQ_U_N("a sheet marks who is found, in the division it names", b.marked, 2);
	CHECK_EQ_U_N("who was marked before, or stands there twice, counts once", b.already, 2);
	CHECK_EQ_U_N("a number nobody has, or two people, is told", b.missed, 3);
	CHECK_EQ_S(b.missed_text, "12\t999\t0\n12\t39\t2\n13\t20\t0\n");
	CHECK_CASE("another organisation does not see the sheet", voted_batch_by_id(db, (struct organisation_id){ 2 }, id, &b, ar) == NONE);
	CHECK(voted_people(db, id, &who, &n, ar) && n == 2 && who[0].id.v == 20 && who[1].id.v == 40);
	CHECK_EQ_S_N("and off the lists they are", state_of(entry_of(1, 40)), "removed");

	CHECK_CASE("another organisation cannot undo it", voted_undo(db, (struct organisation_id){ 2 }, BY, id, now + 6, ar) == ALREADY);
	CHECK(vote(20, false) == SAVED && vote(20, true) == SAVED);
	CHECK(voted_undo(db, ORG, BY, id, now + 7, ar) == SAVED);
	CHECK_CASE("a sheet is undone once", voted_undo(db, ORG, BY, id, now + 8, ar) == ALREADY);
	CHECK_EQ_S_N("whom it marked is back", state_of(entry_of(1, 40)), "ready");
	CHECK_CASE("who was marked otherwise stays marked", sql_int("SELECT SUM(has_voted) FROM person WHERE id IN (20, 21)") == 2);
	CHECK_EQ_U_N("audit after sheets", wrong_everywhere(), 0);
}

static void
file(void)
{
	struct voted_ref *ref = arena_alloc(ar, 3000 * sizeof(*ref));
	struct voted_batch b;
	struct batch_id id;

	world_people(2001, 5000);
	sql("UPDATE person SET kind = 'elector', polling_subdivision = id DIV 100, elector_number = id %% 100 WHERE id > 2000");
	op.id.v = 1;
	world_read();
	CHECK_EQ_U_N("three thousand on the list", world_load(2001, 5000, NOON).loaded, 3000);
	for (unsigned i = 0; i < 3000; i++)
		ref[i] = (struct voted_ref){ "", arena_fmt(ar, "%u", (i + 2001) / 100), arena_fmt(ar, "%u", (i + 2001) % 100) };
	CHECK(voted_mark(db, ORG, BY, VOTED_FILE, "liste.csv", ref, 3000, now + 20, &id, ar) == SAVED);
	CHECK(voted_batch_by_id(db, ORG, id, &b, ar) == FOUND);
	CHECK_EQ_U_N("a file of three thousand numbers", b.marked, 3000);
	CHECK_EQ_I_N("all off the list", sql_int("SELECT COUNT(*) FROM entry WHERE operation_id = 1 AND person_id > 2000 AND state <> 'removed'"), 0);
	CHECK_EQ_U_N("audit after the file", audit_wrong(), 0);
	CHECK(voted_mark(db, ORG, BY, VOTED_FILE, "liste.csv", ref, 3000, now + 21, &id, ar) == SAVED);
	CHECK(voted_batch_by_id(db, ORG, id, &b, ar) == FOUND && b.marked == 0 && b.already == 3000);
	CHECK(voted_undo(db, ORG, BY, id, now + 22, ar) == SAVED);
	CHECK_EQ_I_N("undoing the second file, which marked nobody, changes nothing", sql_int("SELECT SUM(has_voted) FROM person WHERE id > 2000"), 3000);
	CHECK(voted_undo(db, ORG, BY, (struct batch_id){ id.v - 1 }, now + 23, ar) == SAVED);
	CHECK_EQ_I_N("undoing the first gives all back", sql_int("SELECT COUNT(*) FROM entry WHERE operation_id = 1 AND person_id > 2000 AND state = 'ready'"), 3000);
	CHECK_EQ_U_N("audit after the undo", audit_wrong(), 0);
}

int
main(void)
{
	world_open();
	set_up();
	one_person();
	with_calls();
	sheets();
	file();
	return check_done();
}
