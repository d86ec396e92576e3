/*
 * merge - two records of one person become one: what each says comes together, nobody is twice on a list, nobody who
 * is done, removed, suppressed or voted becomes callable, every entry stays the fold of its attempts. Sent twice and
 * merged crosswise it happens once.
 */
#include "queue_world.h"

#include "domain/exclusion.h"
#include "domain/merge.h"
#include "domain/suppression.h"
#include "domain/voted.h"

#define BY	AGENT(0)

static int64_t now = NOON;
static struct person_id kept;
static enum refusal why;

static struct record_by
by_of(uint64_t person)
{
	return (struct record_by){ ORG, BY, { person }, ++now };
}

/* Merges `gone` into `keep`, taking the rows named ("", "email", ...). */
static enum saved
merge(uint64_t keep, uint64_t gone, const char *take)
{
	struct merge_pair *pair = arena_alloc(ar, sizeof(*pair));
	struct record_by by = by_of(keep);
	struct merge_choice c = { .theirs = &take, .n = *take != '\0' };

	if (merge_look(db, ORG, (struct person_id){ keep }, (struct person_id){ gone }, pair, ar) == FOUND) {
		c.seen_mine = pair->mine.updated_at;
		c.seen_theirs = pair->theirs.updated_at;
	}
	return merge_people(db, &by, (struct person_id){ gone }, &c, &kept, &why, ar);
}

static const char *
text_of(const char *fmt, uint64_t id)
{
	const char *v = NULL;

	db_script_value(db, arena_fmt(ar, fmt, (unsigned long long)id), ar, &v);
	return v == NULL ? "" : v;
}

static struct entry_id
entry_of(uint64_t person)
{
	return (struct entry_id){ (uint64_t)sql_int("SELECT COALESCE((SELECT id FROM entry WHERE operation_id = %llu AND person_id = %llu), 0)",
	    (unsigned long long)op.id.v, (unsigned long long)person) };
}

/* Calls this person with that status, whoever is first on the list. */
static void
call(uint64_t person, enum status status, int64_t callback_at)
{
	for (int i = 0; i < 60; i++) {
		struct held h = hold_next(AGENT(1), ++now);
		if (h.entry.v == 0)
			break;
		if (h.person.v == person) {
			CHECK(save_full(AGENT(1), &h, status, callback_at, now, false).saved == SAVED);
			return;
		}
		queue_skip(db, op.id, AGENT(1), h.entry, now);
	}
	CHECK_CASE("the person to be called came", false);
}

static void
fields(void)
{
	static const char *const part[] = { "civic_number = '12', street = 'Rue Aubert', city = 'Laval'", "civic_number = '9', street = 'Rue B', city = 'Québec'" };

	world_people(1, 20);
	sql("UPDATE person SET last_name = 'Roy', first_name = 'Anne', tags = 'membre|bénévole', notes = 'aime les chats', email = '',"
	    " %s WHERE id = 1; UPDATE person SET last_name = 'Roy', first_name = 'Anne', tags = 'membre|donatrice', notes = 'un chien',"
	    " email = 'a@example.org', sex = 'F', %s, updated_at = 5 WHERE id = 2;"
	    "INSERT INTO custom_field (id, organisation_id, kind, form, name, created_at, put_away_at) VALUES (1, 1, 'contact', 'text', 'Équipe', 1, NULL),"
	    " (2, 1, 'contact', 'yes', 'Affiche', 1, NULL), (3, 1, 'contact', 'text', 'Ancien', 1, 5);"
	    "INSERT INTO custom_value VALUES (1, 1, 'Nord'), (2, 1, 'Sud'), (2, 2, '1'), (2, 3, 'gardé');"
	    "INSERT INTO phone (person_id, position, kind, e164, state) VALUES (2, 2, 'cell', '+15142000001', 'wrong'), (2, 3, 'work', '+14185550009', 'ok')",
	    part[0], part[1]);
	struct merge_pair *p = arena_alloc(ar, sizeof(*p));
	CHECK(merge_look(db, ORG, (struct person_id){ 1 }, (struct person_id){ 2 }, p, ar) == FOUND);
	size_t differing = 0;
	for (size_t i = 0; i < p->nrows; i++) {
		differing += p->row[i].differs;
		if (strcmp(p->row[i].code, "email") == 0)
			CHECK_CASE("a blank is filled", !p->row[i].differs && p->row[i].propose_theirs);
		if (strcmp(p->row[i].code, "address") == 0)
			CHECK_CASE("of two addresses the one of the record changed last is proposed, as a whole", p->row[i].differs && p->row[i].propose_theirs &&
			    p->row[i].n == 5);
	}
	CHECK_EQ_U_N("what both say differently: the address and a field of their own", differing, 2);
	CHECK(merge_look(db, ORG, (struct person_id){ 1 }, (struct person_id){ 1 }, p, ar) == NONE);
	CHECK(merge_look(db, (struct organisation_id){ 2 }, (struct person_id){ 1 }, (struct person_id){ 2 }, p, ar) == NONE);

	struct merge_offer *offer;
	size_t n;
	CHECK(merge_offers(db, ORG, (struct person_id){ 1 }, &offer, &n, ar) && n == 1 && offer[0].id.v == 2 && offer[0].same_name && offer[0].same_phone &&
	    !offer[0].same_email);

	CHECK(merge(1, 2, "own-1") == SAVED && kept.v == 1);
	CHECK_EQ_S(text_of("SELECT email FROM person WHERE id = %llu", 1), "a@example.org");
	CHECK_EQ_S_N("what was not chosen stays", text_of("SELECT street FROM person WHERE id = %llu", 1), "Rue Aubert");
	CHECK_EQ_S(text_of("SELECT tags FROM person WHERE id = %llu", 1), "membre|bénévole|donatrice");
	CHECK_EQ_S(text_of("SELECT notes FROM person WHERE id = %llu", 1), "aime les chats\nun chien");
	CHECK_EQ_S(text_of("SELECT GROUP_CONCAT(value ORDER BY field_id) FROM custom_value WHERE person_id = %llu", 1), "Sud,1,gardé");
	CHECK_EQ_S_N("numbers come together; one that both have is as strict as the stricter",
	    text_of("SELECT GROUP_CONCAT(e164, ' ', state ORDER BY position) FROM phone WHERE person_id = %llu", 1),
	    "+15142000001 wrong,+15142000002 ok,+14185550009 ok");
	CHECK_EQ_S_N("what was lost stands in the audit", text_of("SELECT detail FROM audit WHERE verb = 'person.merge' AND object_id = %llu", 1),
	    "Anne Roy; civic_number: 9; street: Rue B; city: Québec; Équipe: Nord");
	CHECK_EQ_I(sql_int("SELECT COUNT(*) FROM phone WHERE person_id = 2"), 0);
	CHECK(merge_kept(db, ORG, (struct person_id){ 2 }, &kept, ar) == FOUND && kept.v == 1);
	CHECK(merge_kept(db, (struct organisation_id){ 2 }, (struct person_id){ 2 }, &kept, ar) == NONE);

	CHECK_CASE("the same form again", merge(1, 2, "") == ALREADY && kept.v == 1);
	CHECK_CASE("the other way round", merge(2, 1, "") == ALREADY && kept.v == 1);
	CHECK_CASE("somebody who was never there", merge(1, 999, "") == REFUSED && why == R_NOT_FOUND);
	CHECK(merge(1, 1, "") == REFUSED && why == R_NOT_FOUND);
	sql("UPDATE person SET kind = 'elector' WHERE id = 3");
	CHECK_CASE("an elector is no contact", merge(1, 3, "") == REFUSED && why == R_NOT_FOUND);
	sql("UPDATE person SET contact_id = 1 WHERE id = 3");
	CHECK(merge(4, 1, "") == SAVED);
	CHECK_EQ_I_N("a link follows", sql_int("SELECT contact_id FROM person WHERE id = 3"), 4);
	CHECK_CASE("an address leads on, merge after merge", merge_kept(db, ORG, (struct person_id){ 2 }, &kept, ar) == FOUND && kept.v == 4);

	struct record_by by = by_of(5);
	struct merge_choice old = { .seen_mine = 1, .seen_theirs = 0 };
	CHECK_CASE("a record changed since the page was shown", merge_people(db, &by, (struct person_id){ 6 }, &old, &kept, &why, ar) == REFUSED &&
	    why == R_CHANGED_SINCE);
	sql("UPDATE person SET notes = REPEAT('x', 9000) WHERE id IN (5, 6); UPDATE person SET notes = CONCAT('y', notes) WHERE id = 5;"
	    "UPDATE person SET notes = CONCAT(notes, 'z') WHERE id = 6");
	CHECK_CASE("notes that do not fit are not cut", merge(5, 6, "") == REFUSED && why == R_MERGE_TOO_LONG);
	CHECK_EQ_I_N("and nothing happened", sql_int("SELECT COUNT(*) FROM phone WHERE person_id = 6"), 1);
}

static void
lists(void)
{
	world_people(101, 140);
	world_load(101, 140, now);
	/* 101 waits for an appointment, 102 was not reached */
	call(101, ST_CALL_BACK, now + 3 * HOUR_US);
	call(102, ST_NO_ANSWER, 0);
	struct entry_id appointment = entry_of(101);
	CHECK(merge(102, 101, "") == SAVED);
	CHECK_CASE("the appointment stays, also when its record went", entry_of(102).v == appointment.v);
	CHECK_EQ_S(state_of(entry_of(102)), "waiting");
	CHECK_EQ_S_N("the other entry is off the list, nobody's", state_of(entry_of(101)), "removed");
	CHECK_EQ_I_N("all calls are in one history", sql_int("SELECT COUNT(*) FROM attempt WHERE person_id = 102"), 2);
	CHECK_EQ_U(audit_wrong(), 0);

	call(103, ST_COMPLETED, 0);
	CHECK(merge(104, 103, "") == SAVED);
	CHECK_EQ_S_N("who is done is not called again by another name", state_of(entry_of(104)), "done");
	CHECK_EQ_U(audit_wrong(), 0);

	struct held h = hold_next(AGENT(2), ++now);
	uint64_t other = h.person.v == 120 ? 121 : 120;
	CHECK_CASE("while an agent is with one of them: no", merge(other, h.person.v, "") == REFUSED && why == R_PERSON_HELD &&
	    merge(h.person.v, other, "") == REFUSED && why == R_PERSON_HELD);
	CHECK(save(AGENT(2), &h, ST_NO_ANSWER, now) == SAVED);
	CHECK_CASE("after the call: yes", merge(other, h.person.v, "") == SAVED);
	CHECK_EQ_S(state_of(entry_of(other)), "waiting");
	CHECK_EQ_U(audit_wrong(), 0);

	/* do not call, and the dead */
	CHECK(suppression_add_person(db, ORG, BY, (struct person_id){ 122 }, true, "demandé", ++now, &why, ar) == SAVED);
	CHECK(merge(123, 122, "") == SAVED);
	CHECK_EQ_S_N("fact 134: who must not be called is not, by any name", state_of(entry_of(123)), "removed");
	CHECK_EQ_I(sql_int("SELECT calls_forbidden FROM person WHERE id = 123"), 1);
	CHECK_EQ_S(text_of("SELECT reason FROM suppression_person WHERE person_id = %llu", 123), "demandé");
	CHECK_EQ_I(sql_int("SELECT COUNT(*) FROM suppression WHERE person_id = 122"), 0);
	call(124, ST_DECEASED, 0);
	CHECK(merge(125, 124, "") == SAVED && sql_int("SELECT deceased FROM person WHERE id = 125") == 1);
	CHECK_EQ_U(audit_wrong(), 0);

	/* votes: the mark comes along, rules act at once, undoing a sheet takes its mark back */
	static const struct exclusion rule = { CR_VOTED, 0, 0, ST_REMOVED_VOTED, false, NULL };
	CHECK(exclusion_set(db, op.id, BY, now, &rule, 1, &why, ar) == SAVED);
	sql("DELETE FROM entry WHERE operation_id = 1 AND person_id = 126; UPDATE queue_tally SET ready = ready - 1 WHERE operation_id = 1 LIMIT 1");
	CHECK(voted_set(db, ORG, BY, (struct person_id){ 126 }, true, ++now, ar) == SAVED);
	CHECK_EQ_S(state_of(entry_of(127)), "ready");
	CHECK(merge(127, 126, "") == SAVED);
	CHECK_EQ_S_N("fact 69: who has voted by another name leaves the list in the same transaction", state_of(entry_of(127)), "removed");
	CHECK_EQ_U(audit_wrong(), 0);

	/* an entry of one of them only goes with it; the number that is dialled stays right */
	sql("DELETE FROM entry WHERE operation_id = 1 AND person_id = 128; UPDATE queue_tally SET ready = ready - 1 WHERE operation_id = 1 LIMIT 1;"
	    "UPDATE phone SET state = 'forbidden' WHERE person_id = 129");
	CHECK(merge(128, 129, "") == SAVED);
	CHECK_EQ_S(state_of(entry_of(128)), "ready");
	CHECK_EQ_S(text_of("SELECT e164 FROM entry WHERE operation_id = 1 AND person_id = %llu", 128), "+15142000128");
	CHECK_EQ_U(audit_wrong(), 0);

	/* nobody of those who went comes to an agent */
	for (int i = 0; i < 80; i++) {
		struct held got = hold_next(AGENT(3), now + 5 * HOUR_US + i);
		if (got.entry.v == 0)
			break;
		CHECK_CASE("nobody without a record is offered", got.person.v != 101 && got.person.v != 103 && got.person.v != 122 && got.person.v != 123 &&
		    got.person.v != 124 && got.person.v != 126 && got.person.v != 127);
		CHECK(save(AGENT(3), &got, ST_COMPLETED, now + 5 * HOUR_US + i) == SAVED);
	}
	CHECK_EQ_I_N("nobody is twice in an operation", sql_int("SELECT COUNT(*) FROM (SELECT person_id FROM entry GROUP BY operation_id, person_id HAVING COUNT(*) > 1) x"), 0);
	CHECK_EQ_U(audit_wrong(), 0);
	CHECK(record_erase(db, &(struct record_by){ ORG, BY, { 102 }, ++now }, &why, ar) == SAVED);
	CHECK_EQ_I_N("erasing reaches what was merged", sql_int("SELECT COUNT(*) FROM audit WHERE object = 'person' AND object_id IN (101, 102) AND detail <> ''"), 0);
	CHECK_EQ_U(audit_wrong(), 0);
}

/* An elector's place on the list is one choice, and an import knows them by it afterwards. */
static void
electors(void)
{
	world_people(301, 303);
	sql("UPDATE person SET kind = 'elector', polling_subdivision = '12', elector_number = CONCAT(id), natural_key = UNHEX(LPAD(id, 32, '0')) WHERE id IN (301, 302);"
	    "UPDATE person SET electoral_division = 'Mille-Îles', polling_place = 'École' WHERE id = 302; UPDATE person SET contact_id = 303 WHERE id = 302");
	CHECK(merge(301, 302, "place") == SAVED);
	CHECK_EQ_S(text_of("SELECT CONCAT_WS(' ', electoral_division, polling_subdivision, elector_number, polling_place) FROM person WHERE id = %llu", 301),
	    "Mille-Îles 12 302 École");
	CHECK_CASE("known again by the number that was taken", sql_int("SELECT natural_key IS NOT NULL AND natural_key <> UNHEX(LPAD(301, 32, '0')) FROM person WHERE id = 301") == 1);
	CHECK_EQ_I_N("the contact that the other one was", sql_int("SELECT contact_id FROM person WHERE id = 301"), 303);
}

/* Each child merges the same pair, one of them the other way round; 30 pairs. */
static int
crosswise(int n)
{
	unsigned done = 0;

	for (uint64_t p = 200; p < 260; p += 2) {
		enum saved s = n == 0 ? merge(p, p + 1, "") : merge(p + 1, p, "");
		if (s == NOT_SAVED || s == UNSURE || (s == REFUSED && why != R_CHANGED_SINCE && why != R_NOT_FOUND))
			return 100;
		done += s == SAVED;
	}
	return (int)done;
}

int
main(void)
{
	world_open();
	fields();
	lists();
	electors();
	world_people(200, 259);
	world_load(200, 259, now);
	pid_t one = in_child(crosswise, 0), two = in_child(crosswise, 1);
	int a = child_code(one), b = child_code(two);
	CHECK_EQ_I_N("merged crosswise at once, each pair is one record", a + b, 30);
	CHECK_EQ_I(sql_int("SELECT COUNT(*) FROM person WHERE id BETWEEN 200 AND 259 AND organisation_id = 1"), 30);
	CHECK_EQ_I(sql_int("SELECT COUNT(*) FROM phone WHERE person_id BETWEEN 200 AND 259"), 60);
	world_read();
	CHECK_EQ_U(audit_wrong(), 0);
	return check_done();
}
