/*
 * suppression - do not call, by number, by person and by list: at once on every call list (fact 134).
 */
#include "queue_world.h"

#include "domain/suppression.h"

static enum refusal why;

static const char *
state_on(uint64_t operation, uint64_t person)
{
	return state_of((struct entry_id){ (uint64_t)sql_int("SELECT id FROM entry WHERE operation_id = %llu AND person_id = %llu",
	    (unsigned long long)operation, (unsigned long long)person) });
}

static uint64_t
wrong_on_both(void)
{
	uint64_t one = 999, two = 999;

	queue_audit(db, (struct operation_id){ 1 }, stdout, &one, ar);
	queue_audit(db, (struct operation_id){ 2 }, stdout, &two, ar);
	return one + two;
}

static void
by_number(void)
{
	sql("INSERT INTO phone (person_id, position, kind, e164) VALUES (2, 2, 'cell', '+15143000002')");
	CHECK_CASE("words are no number", suppression_add_number(db, ORG, AGENT(0), "aucun", "", NOON, &why, ar) == REFUSED &&
	    why == R_PHONE_WORDS);
	CHECK(suppression_add_number(db, ORG, AGENT(0), "(514) 200-0001 poste 22", "a demandé", NOON, &why, ar) == SAVED);
	CHECK_CASE("in another writing it is there already",
	    suppression_add_number(db, ORG, AGENT(0), "+1 514 2000001", "", NOON, &why, ar) == ALREADY);
	CHECK_CASE("fact 134: off every list at once", strcmp(state_on(1, 1), "removed") == 0 && strcmp(state_on(2, 1), "removed") == 0);
	CHECK(suppression_add_number(db, ORG, AGENT(0), "514 200-0002", "", NOON, &why, ar) == SAVED);
	CHECK_EQ_I_N("who has another number is called there", sql_int("SELECT COUNT(*) FROM entry WHERE person_id = 2"
	    " AND state = 'ready' AND e164 = '+15143000002'"), 2);
	CHECK_EQ_U_N("audit after numbers", wrong_on_both(), 0);
}

static void
while_held(void)
{
	struct held h;

	sql("UPDATE entry SET due_at = 1 WHERE operation_id = 1 AND person_id = 3");
	h = hold_next(AGENT(1), NOON);
	CHECK(h.person.v == 3 && suppression_add_number(db, ORG, AGENT(0), "514 200-0003", "", NOON, &why, ar) == SAVED);
	CHECK_EQ_U_N("audit while an agent is with them", wrong_on_both(), 0);
	CHECK(save(AGENT(1), &h, ST_NO_ANSWER, NOON + 1) == SAVED);
	CHECK_EQ_S_N("the call that was going on is saved, and is the last one", state_of(h.entry), "removed");
	CHECK_EQ_U_N("audit after it", wrong_on_both(), 0);
}

static void
by_person(void)
{
	sql("UPDATE phone SET e164 = '+15142000010' WHERE person_id = 11; UPDATE entry SET e164 = '+15142000010' WHERE person_id = 11");
	CHECK(suppression_add_person(db, ORG, AGENT(0), (struct person_id){ 10 }, false, "par courriel", NOON, &why, ar) == SAVED);
	CHECK_CASE("a person is off every list", strcmp(state_on(1, 10), "removed") == 0 && strcmp(state_on(2, 10), "removed") == 0);
	CHECK_EQ_S_N("who shares the number stays", state_on(1, 11), "ready");
	CHECK(suppression_add_person(db, ORG, AGENT(0), (struct person_id){ 10 }, false, "", NOON, &why, ar) == ALREADY);
	CHECK(suppression_add_person(db, ORG, AGENT(0), (struct person_id){ 10 }, true, "", NOON, &why, ar) == SAVED);
	CHECK_EQ_S_N("with their numbers: who shares one goes too", state_on(1, 11), "removed");
	CHECK_CASE("nobody of another organisation", suppression_add_person(db, (struct organisation_id){ 2 }, AGENT(0),
	    (struct person_id){ 12 }, true, "", NOON, &why, ar) == REFUSED && why == R_NOT_FOUND);
	CHECK_EQ_U_N("audit after people", wrong_on_both(), 0);
	world_people(60, 60);
	sql("UPDATE phone SET e164 = '+15142000001' WHERE person_id = 60");
	CHECK_EQ_U_N("fact 134: nor are they loaded later", world_load(60, 60, NOON).forbidden, 1);
}

static void
by_list(void)
{
	static const struct suppression_row row[] = { { "514 200-0020", "demande", NOON - DAY_US }, { "514.200.0020", "", 0 },
		{ "confidentiel", "", 0 }, { "(514) 200-0021 poste 2", "", NOON + DAY_US }, { "514 200-0001", "autre", 0 } };
	struct suppression_row *many = arena_alloc(ar, 1200 * sizeof(*many));
	struct suppression_line line[SUPPRESSION_PAGE];
	struct suppression_counts c;
	uint64_t seen = 0, after = 0, numbers, people;
	bool more = true;
	size_t n;

	CHECK(suppression_add_all(db, ORG, AGENT(0), "do-not-call.csv", row, NITEMS(row), NOON, &c, ar) == SAVED);
	CHECK_CASE("added, already, refused", c.added == 2 && c.already == 2 && c.refused == 1);
	CHECK_EQ_S(c.first_refused[0], "confidentiel");
	CHECK_EQ_I_N("date and reason are the list's; a date that is not over is today",
	    sql_int("SELECT COUNT(*) FROM suppression WHERE (e164 = '+15142000020' AND reason = 'demande' AND created_at = %lld)"
	    " OR (e164 = '+15142000021' AND reason = 'do-not-call.csv' AND created_at = %lld)",
	    (long long)(NOON - DAY_US), (long long)NOON), 2);
	CHECK_EQ_S(state_on(2, 21), "removed");
	for (unsigned i = 0; i < 1200; i++)
		many[i] = (struct suppression_row){ arena_fmt(ar, "418 555-%04u", i), "", 0 };
	CHECK(suppression_add_all(db, ORG, AGENT(0), "liste", many, 1200, NOON, &c, ar) == SAVED && c.added == 1200);
	CHECK(suppression_totals(db, ORG, &numbers, &people, ar) == FOUND && people == 1);
	while (more && suppression_numbers(db, ORG, "", after, line, &n, &more, ar) && n > 0) {
		seen += n;
		after = line[n - 1].id;
	}
	CHECK_EQ_U_N("page by page, everyone once, also those of one moment", seen, numbers);
	CHECK(suppression_numbers(db, ORG, "(514) 200 0001", 0, line, &n, &more, ar) && n == 1 && strcmp(line[0].reason, "a demandé") == 0);
	CHECK_CASE("found by the name of who has it", suppression_numbers(db, ORG, "name2 fir", 0, line, &n, &more, ar) && n > 0 &&
	    line[0].person.v != 0);
	CHECK(suppression_people(db, ORG, "name10", 0, line, &n, &more, ar) && n == 1 && line[0].person.v == 10);
	CHECK_CASE("another organisation has its own", suppression_numbers(db, (struct organisation_id){ 2 }, "", 0, line, &n, &more, ar) && n == 0);
	CHECK_CASE("who put them there is in the audit", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'suppression.add'") >= 5);
	CHECK_EQ_U_N("audit after lists", wrong_on_both(), 0);
}

int
main(void)
{
	world_open();
	world_people(1, 40);
	world_operation(2);
	for (uint64_t id = 2; id >= 1; id--) {
		op.id.v = id;
		world_read();
		world_load(1, 40, NOON);
	}
	by_number();
	while_held();
	by_person();
	by_list();
	return check_done();
}
