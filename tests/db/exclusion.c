/*
 * exclusion - a saved filter as a rule: at the load, when something about people changes, by the worker and at the claim; a
 * filter that is forgotten later; who may set one. And an import that says who has voted (facts 60 to 71).
 */
#include "queue_world.h"

#include "domain/custom.h"
#include "domain/exclusion.h"
#include "domain/filter_saved.h"
#include "domain/import.h"
#include "domain/record.h"
#include "domain/voted.h"

#define BY	AGENT(50)	/* an organiser */

static int64_t now = NOON;
static enum refusal why;

static enum saved
rule(const char *text, bool household)
{
	struct rule_filter *f = arena_alloc(ar, sizeof(*f));
	struct exclusion *e = arena_alloc(ar, sizeof(*e));
	enum saved s;

	*f = (struct rule_filter){ .name = "Filtre", .text = text };
	*e = (struct exclusion){ .criterion = CR_FILTER, .status = ST_REMOVED_BY_HAND, .household = household, .filter = f };
	s = exclusion_set(db, op.id, BY, ++now, e, 1, &why, ar);
	world_read();
	return s;
}

static const char *
of(uint64_t person)
{
	const char *v = NULL;

	db_script_value(db, arena_fmt(ar, "SELECT state FROM entry WHERE operation_id = 1 AND person_id = %llu", (unsigned long long)person), ar, &v);
	return v == NULL ? "?" : v;
}

static void
work(void)
{
	bool more = true;

	for (int i = 0; more && i < 100; i++)
		CHECK(exclusion_work(db, now += 10 * SECOND_US, &more, ar));
}

static void
filters(void)
{
	world_people(1, 40);
	sql("UPDATE person SET city = 'Laval' WHERE id IN (1, 2); UPDATE person SET household_id = 7 WHERE id IN (2, 3);"
	    "UPDATE person SET household_id = 8 WHERE id IN (4, 5); UPDATE user SET role = 'organiser' WHERE id = 150");
	CHECK_CASE("a rule without a condition is none", rule("", false) == REFUSED && why == R_NOT_A_CHOICE);
	CHECK_CASE("a filter that is not understood is none", rule("f.1=salary&o.1=is&v.1=1", false) == REFUSED && why == R_NOT_A_CHOICE);
	CHECK_CASE("nor one that misses its value", rule("f.1=city&o.1=is", false) == REFUSED && why == R_NOT_A_CHOICE);
	CHECK_CASE("nor one about the other kind of people", rule("f.1=polling_place&o.1=is&v.1=x", false) == REFUSED && why == R_NOT_A_CHOICE);
	CHECK(rule("f.1=city&o.1=is&v.1=laval&f.2=tags&o.2=any&v.2=jamais&g.2=2&groups=any", true) == SAVED);
	struct load_counts c = world_load(1, 20, now);
	CHECK_EQ_U_N("fact 68: rules set before act on the list loaded later", c.excluded, 3);
	CHECK_EQ_S(of(1), "removed");
	CHECK_EQ_S_N("fact 64: with the household", of(3), "removed");
	CHECK_EQ_S_N("fact 71: nobody without a household", of(6), "ready");

	/* changes of a record act in their own transaction, on the household too */
	struct record r;
	CHECK(record_by_id(db, ORG, (struct person_id){ 4 }, &r, ar) == FOUND);
	struct record_change to = { .seen_at = r.updated_at };
	memcpy(to.value, r.value, sizeof(to.value));
	to.value[IF_TAGS] = "jamais";
	CHECK(record_change(db, &(struct record_by){ ORG, BY, { 4 }, ++now }, &to, &why, ar) == SAVED);
	CHECK_EQ_S_N("domain.md 5.7: a tag takes its person off", of(4), "removed");
	CHECK_EQ_S(of(5), "removed");
	CHECK_EQ_U(audit_wrong(), 0);

	/* what changes behind our back is seen at the claim */
	sql("UPDATE person SET city = 'Laval' WHERE id = 6");
	for (int i = 0; i < 30; i++) {
		struct held h = hold_next(AGENT(1), ++now);
		if (h.entry.v == 0)
			break;
		CHECK_CASE("a claim looks again", h.person.v != 6);
		queue_skip(db, op.id, AGENT(1), h.entry, now);
	}
	CHECK_EQ_S(of(6), "removed");

	/* rules that are changed while the list is there: by the worker */
	CHECK(rule("f.1=last_name&o.1=is&v.1=Name8", false) == SAVED);
	CHECK_EQ_S(of(8), "ready");
	work();
	CHECK_EQ_S_N("a rule set later acts within seconds", of(8), "removed");
	CHECK_EQ_I(sql_int("SELECT COUNT(*) FROM exclusion_sweep"), 0);
	CHECK_EQ_S_N("and does not bring back who was out", of(1), "removed");
	CHECK_EQ_U(audit_wrong(), 0);

	/* the saved filter is forgotten: the rule stays what it was */
	struct people_filter *f = arena_alloc(ar, sizeof(*f));
	struct saved_filter *list;
	size_t n;
	people_filter_read(ar, "f.1=last_name&o.1=is&v.1=Name9", PERSON_CONTACT, "America/Toronto", f);
	CHECK(filter_save(db, ORG, BY, "Neuf", f, ++now, &why, ar) == SAVED && filter_saved_list(db, ORG, PERSON_CONTACT, &list, &n, ar) && n == 1);
	CHECK(rule(list[0].text, false) == SAVED && filter_forget(db, ORG, BY, list[0].id, ++now, ar) == SAVED);
	work();
	CHECK_EQ_S_N("a filter that was forgotten still takes off", of(9), "removed");

	/* somebody who may not see the people of the filter: keeps the rule that is there, sets no other */
	struct rule_filter same = { .name = "Neuf", .text = list[0].text }, other = { .name = "Dix", .text = "f.1=donations&o.1=ge&v.1=100" };
	struct exclusion e = { .criterion = CR_FILTER, .status = ST_REMOVED_BY_HAND, .filter = &other };
	CHECK_CASE("a filter by somebody who may not see the field", exclusion_set(db, op.id, AGENT(1), ++now, &e, 1, &why, ar) == REFUSED &&
	    why == R_FILTER_UNSEEN);
	e.filter = &same;
	CHECK_CASE("the one that is there stays", exclusion_set(db, op.id, AGENT(1), ++now, &e, 1, &why, ar) == SAVED);
}

static void
own_and_answers(void)
{
	sql("INSERT INTO custom_field (id, organisation_id, kind, form, name, created_at) VALUES (1, 1, 'contact', 'number', 'Enfants', 1)");
	CHECK(rule("f.1=own_number-1&o.1=ge&v.1=3&f.2=answer-9&o.2=not_empty&join.1=any", false) == SAVED);
	work();
	struct custom_field own = { .id = 1, .name = "Enfants", .form = CUSTOM_NUMBER };
	const char *three = "3";
	CHECK(custom_store(db, &(struct record_by){ ORG, BY, { 10 }, ++now }, &own, &three, 1, &why, ar) == SAVED);
	CHECK_EQ_S_N("a field of the organisation's own takes off at once", of(10), "removed");

	/* answered in another operation */
	sql("INSERT INTO survey (id, organisation_id, name, created_at) VALUES (1, 1, 'S', 0); INSERT INTO survey_version (id, survey_id, number, created_at)"
	    " VALUES (1, 1, 1, 0); INSERT INTO question (id, version_id, stable_id, position, kind) VALUES (9, 1, 9, 1, 'text_short');"
	    "INSERT INTO attempt (id, operation_id, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)"
	    " VALUES (900, 7, 11, 100, '', 16, 'America/Toronto', 1, %lld, x'99'); INSERT INTO answer (attempt_id, question_id, text) VALUES (900, 9, 'oui')",
	    (long long)now);
	CHECK_EQ_S(of(11), "ready");
	work();
	CHECK_EQ_S_N("fact 62: who answers anywhere leaves within seconds", of(11), "removed");
	CHECK_EQ_U(audit_wrong(), 0);
}

static struct import
import(const char *text)
{
	char *path = arena_fmt(ar, "%s/e-%lld", getenv("TOCSIN_TEST_DIR"), (long long)now++);
	struct import_id id = { 0 };
	bool finished = false;
	struct import im;
	FILE *out = fopen(path, "wb");

	fputs(text, out);
	fclose(out);
	if (import_take(db, ORG, BY, PERSON_ELECTOR, "bva.csv", path, 1000, now++, &id, &why, ar) != SAVED || import_by_id(db, ORG, id, &im, ar) != FOUND ||
	    import_start(db, ORG, BY, id, im.mapping, im.ncolumns, IMPORT_CORRECT, now++, &why, ar) != SAVED)
		printf("# import: %s\n", refusal_key(why));
	while (!finished && import_step(db, id, now++, &finished, ar))
		;
	CHECK(import_by_id(db, ORG, id, &im, ar) == FOUND && im.state == IMPORT_DONE);
	return im;
}

/* The file of an advance poll. */
static void
imported_votes(void)
{
	static const struct exclusion voted = { .criterion = CR_VOTED, .status = ST_REMOVED_VOTED, .household = true };
	struct import im;
	bool finished = false;

	import("No dossier;Nom;Prénom;Téléphone\nA30;Trente;Ann;514 555-3000\nA31;Trente;Bob;514 555-3001\nA32;Deux;Cid;514 555-3002\n");
	uint64_t ann = (uint64_t)sql_int("SELECT id FROM person WHERE file_number = 'A30'"), bob = (uint64_t)sql_int("SELECT id FROM person WHERE file_number = 'A31'"),
	    cid = (uint64_t)sql_int("SELECT id FROM person WHERE file_number = 'A32'");
	sql("UPDATE person SET household_id = 71 WHERE id IN (%llu, %llu)", (unsigned long long)bob, (unsigned long long)cid);
	CHECK(exclusion_set(db, op.id, BY, ++now, &voted, 1, &why, ar) == SAVED);
	world_read();
	struct person_id who[] = { { ann }, { bob }, { cid } };
	struct world_load x = { .p = who, .n = 3, .now = now };
	CHECK(tx_write(db, world_load_work, &x) == TX_DONE && x.counts.loaded == 3);
	im = import("No dossier;Nom;Prénom;BVA\nA30;Trente;Ann;oui\nA31;Trente;Bob;oui\nA32;Deux;Cid;\n");
	CHECK_EQ_S_N("fact 69: an import that says who has voted takes them off, without a claim", of(ann), "removed");
	CHECK_EQ_S_N("fact 64: and their household", of(cid), "removed");
	CHECK_EQ_I(sql_int("SELECT reason FROM entry WHERE operation_id = 1 AND person_id = %llu", (unsigned long long)cid), ST_REMOVED_VOTED);
	CHECK_EQ_U(audit_wrong(), 0);
	CHECK(import_undo(db, ORG, BY, im.id, ++now, ar) == SAVED);
	while (!finished && import_step(db, im.id, now++, &finished, ar))
		;
	CHECK_EQ_S_N("undone, they are back on the list", of(ann), "ready");
	CHECK_EQ_S(of(cid), "ready");
	CHECK_EQ_U(audit_wrong(), 0);
}

int
main(void)
{
	world_open();
	filters();
	own_and_answers();
	imported_votes();
	return check_done();
}
