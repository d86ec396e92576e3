/* Drafts, the wizard's write verbs, finishing, versions of questionnaires, exclusions: against a real database. */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "domain/exclusion.h"
#include "domain/field.h"
#include "domain/operation.h"
#include "domain/survey.h"

#include "check.h"

#define NOW	INT64_C(1795460000000000)	/* 23 November 2026 */

static struct db *db;
static struct arena *a;
#include "sql.h"
static const struct organisation_id org = { 1 };
static const struct user_id marie = { 1 };
static enum refusal why;

static struct operation
read(struct operation_id id)
{
	struct operation op;

	if (operation_by_id(db, id, &op, a) != FOUND)
		die("operation %llu is not there", (unsigned long long)id.v);
	return op;
}

static struct operation_id
draft(void)
{
	struct operation_id id;

	if (operation_create(db, org, marie, NOW, &id, a) != SAVED)
		die("no draft");
	return id;
}

static struct question_id
some_question(void)
{
	struct survey *list, s;
	size_t n;

	if (!survey_list(db, org, &list, &n, a) || n == 0 || survey_version(db, list[0].version, &s, a) != FOUND)
		die("no survey");
	return s.questions[0].id;
}

static enum saved
details(struct operation_id id, struct question_id question, struct hours h, enum op_method method)
{
	struct operation_details d = { .name = "Pointage Laval", .description = "", .method = method, .hours = h, .question = question };

	return operation_set_details(db, id, marie, NOW, &d, &why, a);
}

static struct hours
usual(void)
{
	struct hours h;

	operation_default_hours("America/Toronto", NOW, &h);
	return h;
}

static struct operation_id
complete(void)
{
	struct operation_id id = draft();

	if (operation_set_version(db, id, marie, NOW, OP_ORIGINAL, &why, a) != SAVED ||
	    operation_set_source(db, id, marie, NOW, OP_CONTACTS, &why, a) != SAVED ||
	    details(id, some_question(), usual(), OP_PHONE) != SAVED)
		die("no complete operation");
	return id;
}

static void
drafts(void)
{
	struct operation_id one = draft(), two;
	struct operation op;
	struct recycle_rule rules[ST__MAX];
	const char *rows;

	CHECK_CASE("fact 8: a double click makes one draft", operation_create(db, org, marie, NOW, &two, a) == ALREADY && two.v == one.v);
	CHECK_EQ_S_N("fact 83: the creator is its owner",
	    value(arena_fmt(a, "SELECT role FROM member WHERE operation_id = %llu AND user_id = 1", (unsigned long long)one.v)), "owner");
	CHECK_CASE("the proposals are ticked", operation_rules(db, one, rules, a) == FOUND && rules[ST_NO_ANSWER].ticked &&
	    rules[ST_NO_ANSWER].max_calls == 3 && rules[ST_NO_ANSWER].minutes == 90 && rules[ST_CALL_BACK].minutes == 120 &&
	    !rules[ST_REMOVE].ticked);
	CHECK_CASE("source before version is refused", operation_set_source(db, one, marie, NOW, OP_CONTACTS, &why, a) == REFUSED &&
	    why == R_NO_VERSION);
	CHECK_CASE("a version", operation_set_version(db, one, marie, NOW, OP_ORIGINAL, &why, a) == SAVED);
	op = read(one);
	CHECK_CASE("a write opens the next page, raises the revision", op.version == OP_ORIGINAL && op.wizard_page == 2 && op.revision == 2);
	CHECK_EQ_S_N("a write leaves an audit row", value("SELECT verb FROM audit ORDER BY id DESC LIMIT 1"), "operation.version");
	CHECK_CASE("a touched draft is left alone by the next one", operation_create(db, org, marie, NOW, &two, a) == SAVED && two.v != one.v);
	CHECK_CASE("discard", operation_discard(db, two, marie, NOW, &why, a) == SAVED);
	rows = value(arena_fmt(a, "SELECT (SELECT COUNT(*) FROM operation WHERE id = %1$llu) + (SELECT COUNT(*) FROM member WHERE"
	    " operation_id = %1$llu) + (SELECT COUNT(*) FROM queue_tally WHERE operation_id = %1$llu) + (SELECT COUNT(*) FROM"
	    " recycling_rule WHERE operation_id = %1$llu)", (unsigned long long)two.v));
	CHECK_EQ_S_N("fact 8: a discarded draft leaves nothing", rows, "0");
}

static void
pages(void)
{
	struct operation_id id = complete();
	struct recycling x = { .rules = { [ST_NO_ANSWER] = { .ticked = true, .max_calls = 0, .minutes = 90 } } };
	struct recycle_rule got[ST__MAX];
	struct hours h = usual();
	struct field_rules fields, back;
	struct operation op = read(id);

	CHECK_CASE("details come back as they went in", op.dated && op.hours.opens_minute == 540 && op.hours.end_minute == 1260 &&
	    memcmp(&op.hours, &h, sizeof(h)) == 0 && op.method == OP_PHONE && op.survey_version.v != 0);
	h.end_year--;
	CHECK_CASE("fact 19: end before start", details(id, op.question, h, OP_PHONE) == REFUSED && why == R_END_BEFORE_START);
	h = usual();
	h.closes_minute = 500;
	CHECK_CASE("fact 21: closes before opens", details(id, op.question, h, OP_PHONE) == REFUSED && why == R_CLOSES_BEFORE_OPENS);
	CHECK_CASE("fact 31: no calls from the software without a provider", details(id, op.question, usual(), OP_SOFTWARE) == REFUSED &&
	    why == R_NO_PROVIDER);
	CHECK_CASE("somebody else's question", details(id, (struct question_id){ 999999 }, usual(), OP_PHONE) == REFUSED &&
	    why == R_NO_QUESTION);
	CHECK_CASE("fact 47: zero calls", operation_set_recycling(db, id, marie, NOW, &x, &why, a) == REFUSED && why == R_OUT_OF_RANGE);
	x.rules[ST_NO_ANSWER].max_calls = 2;
	x.rules[ST_ERROR] = (struct recycle_rule){ .ticked = true, .max_calls = 1, .minutes = 30 };
	CHECK_CASE("rules are replaced", operation_set_recycling(db, id, marie, NOW, &x, &why, a) == SAVED &&
	    operation_rules(db, id, got, a) == FOUND && got[ST_NO_ANSWER].max_calls == 2 && got[ST_ERROR].ticked && !got[ST_BUSY].ticked);
	field_rules_default(OP_CONTACTS, &fields);
	fields.rule[0].highlight = true;
	back.rule[0] = fields.rule[3];
	fields.rule[3] = fields.rule[4];
	fields.rule[4] = back.rule[0];
	CHECK_CASE("facts 72 to 74: fields are stored", operation_set_fields(db, id, marie, NOW, &fields, &why, a) == SAVED);
	op = read(id);
	CHECK_CASE("fact 74: in their order", field_rules_of(db, &op, &back, a) && back.n == fields.n &&
	    back.rule[3].field == fields.rule[3].field && back.rule[4].field == fields.rule[4].field);
	CHECK_CASE("fact 73: with their highlight", back.rule[0].highlight && !back.rule[1].highlight);
	for (size_t i = 0; i < fields.n; i++)
		if (fields.rule[i].field == FIELD_BIRTH_DATE)
			fields.rule[i].mode = MODE_EDITABLE;
	CHECK_CASE("fact 76: the date of birth is never editable", operation_set_fields(db, id, marie, NOW, &fields, &why, a) == REFUSED &&
	    why == R_FIELD_LOCKED);
	field_rules_default(OP_ELECTORS, &fields);
	CHECK_CASE("fact 80: electors' fields do not fit contacts", operation_set_fields(db, id, marie, NOW, &fields, &why, a) == REFUSED);
	CHECK_CASE("the furthest page is that of the fields", read(id).wizard_page == 8);
}

static void
finishing(void)
{
	struct operation_id id = complete();
	unsigned revision, page;
	struct operation op;

	CHECK_CASE("fact 102: no finish without a list", operation_finish(db, id, marie, NOW, &why, a) == REFUSED && why == R_NO_LIST);
	op = read(id);
	CHECK_CASE("what is missing is page 9", operation_missing(db, &op, &page, &why, a) == FOUND && page == 9);
	run(arena_fmt(a, "INSERT INTO entry (operation_id, person_id, due_at, e164, loaded_at) VALUES (%llu, 1, 1, '+15145550101', 1)",
	    (unsigned long long)id.v));
	CHECK_CASE("fact 13: a loaded list fixes the source", operation_set_source(db, id, marie, NOW, OP_ELECTORS, &why, a) == REFUSED &&
	    why == R_LIST_LOADED);
	CHECK_CASE("finish", operation_finish(db, id, marie, NOW, &why, a) == SAVED);
	CHECK_CASE("it is active", read(id).state == OP_ACTIVE && read(id).finished_at == NOW);
	revision = read(id).revision;
	CHECK_CASE("finished twice is finished once", operation_finish(db, id, marie, NOW, &why, a) == SAVED && read(id).revision == revision);
	CHECK_CASE("no discard of what was finished", operation_discard(db, id, marie, NOW, &why, a) == REFUSED && why == R_WRONG_STATE);
	CHECK_CASE("pause", operation_pause(db, id, marie, NOW, &why, a) == SAVED && read(id).state == OP_PAUSED);
	CHECK_CASE("resume", operation_resume(db, id, marie, NOW, &why, a) == SAVED && read(id).state == OP_ACTIVE);
	run(arena_fmt(a, "INSERT INTO attempt (operation_id, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)"
	    " VALUES (%llu, 1, 1, '+15145550101', 8, 'America/Toronto', 1, 2, 'aaaaaaaaaaaaaaaa')", (unsigned long long)id.v));
	CHECK_CASE("fact 13: the source is fixed by the first call", operation_set_source(db, id, marie, NOW, OP_ELECTORS, &why, a) == REFUSED &&
	    why == R_CALLS_SAVED);
	CHECK_CASE("fact 13: so is the version", operation_set_version(db, id, marie, NOW, OP_SPECIALIZED, &why, a) == REFUSED &&
	    why == R_CALLS_SAVED);
	CHECK_CASE("the question of a running operation cannot be taken away", details(id, (struct question_id){ 0 }, usual(), OP_PHONE) ==
	    REFUSED && why == R_NO_QUESTION);
	CHECK_CASE("archive", operation_archive(db, id, marie, NOW, &why, a) == SAVED);
	CHECK_CASE("an archived operation cannot be edited", operation_pause(db, id, marie, NOW, &why, a) == REFUSED && why == R_WRONG_STATE);
}

/* --- questionnaires --- */

static uint64_t
choice_of(const struct survey *s, size_t question, size_t choice)
{
	return s->questions[question].choices[choice].id.v;
}

static void
surveys(void)
{
	struct operation_id running = complete(), waiting = complete(), from_wizard;
	struct version_id first = read(running).survey_version, made;
	struct survey was, s, got;
	const char *old_answer;

	if (survey_version(db, first, &was, a) != FOUND)
		die("no version");
	CHECK_EQ_S_N("the ready-made sets are there", value("SELECT COUNT(*) FROM survey WHERE organisation_id = 1"), "5");
	CHECK_CASE("in both languages", was.script[LANG_EN][0] != '\0' && was.script[LANG_FR][0] != '\0' &&
	    was.questions[0].text[LANG_FR][0] != '\0');
	run(arena_fmt(a, "INSERT INTO entry (operation_id, person_id, due_at, e164, loaded_at) VALUES (%llu, 2, 1, '+15145550102', 1)",
	    (unsigned long long)running.v));
	operation_finish(db, running, marie, NOW, &why, a);
	run(arena_fmt(a, "INSERT INTO attempt (id, operation_id, person_id, user_id, e164, status, survey_version_id, time_zone, started_at,"
	    " saved_at, form_key) VALUES (900, %llu, 2, 1, '+15145550102', 16, %llu, 'America/Toronto', 1, 2, 'bbbbbbbbbbbbbbbb');"
	    "INSERT INTO answer (attempt_id, question_id, choice_id) VALUES (900, %llu, %llu)", (unsigned long long)running.v,
	    (unsigned long long)first.v, (unsigned long long)was.questions[0].id.v, (unsigned long long)choice_of(&was, 0, 0)));

	s = was;
	s.questions = arena_alloc(a, was.nquestions * sizeof(*s.questions));
	memcpy(s.questions, was.questions, was.nquestions * sizeof(*s.questions));
	s.script[LANG_EN] = "Hello again {first_name}";
	CHECK_CASE("an edit is saved", survey_save(db, org, marie, NOW, &s, (struct operation_id){ 0 }, &made, &why, a) == SAVED);
	CHECK_CASE("fact 40: as a new version", made.v != first.v && survey_version(db, made, &got, a) == FOUND && got.number == was.number + 1);
	CHECK_CASE("fact 40: its questions are the same ones", got.questions[0].stable == was.questions[0].stable &&
	    got.questions[0].id.v != was.questions[0].id.v && got.questions[0].choices[0].stable == was.questions[0].choices[0].stable);
	old_answer = value("SELECT c.text_en FROM answer w JOIN choice c ON c.id = w.choice_id WHERE w.attempt_id = 900");
	CHECK_EQ_S_N("fact 40: the stored answer reads as before", old_answer, was.questions[0].choices[0].text[LANG_EN]);
	CHECK_CASE("an operation under way keeps its version", read(running).survey_version.v == first.v);
	CHECK_CASE("a draft takes the new one, with the same question", read(waiting).survey_version.v == made.v &&
	    read(waiting).question.v == got.questions[0].id.v);
	CHECK_CASE("the same once more is no new version", survey_save(db, org, marie, NOW, &got, (struct operation_id){ 0 }, &made, &why, a) ==
	    ALREADY && made.v == got.version.v);
	from_wizard = running;
	got.script[LANG_EN] = "Third";
	CHECK_CASE("fact 37: edited from its own wizard, a running operation takes it too",
	    survey_save(db, org, marie, NOW, &got, from_wizard, &made, &why, a) == SAVED && read(running).survey_version.v == made.v);
	got.version = made;
	got.script[LANG_EN] = "Fourth";
	CHECK_CASE("not for somebody who is no owner", survey_save(db, org, (struct user_id){ 2 }, NOW, &got, from_wizard, &made, &why, a) ==
	    SAVED && read(running).survey_version.v != made.v);
	got.id.v = 99999;
	CHECK_CASE("a survey that is not there", survey_save(db, org, marie, NOW, &got, (struct operation_id){ 0 }, &made, &why, a) == REFUSED &&
	    why == R_NOT_FOUND);
	got.id = was.id;
	CHECK_CASE("another organisation's survey", survey_save(db, (struct organisation_id){ 7 }, marie, NOW, &got,
	    (struct operation_id){ 0 }, &made, &why, a) == REFUSED && why == R_NOT_FOUND);
	got.id.v = 0;
	CHECK_CASE("a copy as a new survey gets questions of its own", survey_save(db, org, marie, NOW, &got, (struct operation_id){ 0 }, &made,
	    &why, a) == SAVED && survey_version(db, made, &s, a) == FOUND && s.questions[0].stable != was.questions[0].stable);
	run(arena_fmt(a, "INSERT INTO attempt (id, operation_id, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)"
	    " VALUES (902, %llu, 3, 1, '+15145550103', 16, 'America/Toronto', 1, 2, 'dddddddddddddddd');"
	    "INSERT INTO answer (attempt_id, question_id, choice_id) VALUES (902, %llu, %llu)", (unsigned long long)waiting.v,
	    (unsigned long long)was.questions[0].id.v, (unsigned long long)choice_of(&was, 0, 0)));
	CHECK_EQ_S_N("fact 39: two operations answer the same question, told apart by operation",
	    value(arena_fmt(a, "SELECT GROUP_CONCAT(t.operation_id ORDER BY t.id) FROM answer w JOIN attempt t ON t.id = w.attempt_id"
	    " WHERE w.question_id = %llu", (unsigned long long)was.questions[0].id.v)),
	    arena_fmt(a, "%llu,%llu", (unsigned long long)running.v, (unsigned long long)waiting.v));
	CHECK_CASE("fact 36: use takes the set and its first question", operation_set_survey(db, waiting, marie, NOW, made, &why, a) == SAVED &&
	    read(waiting).survey_version.v == made.v && read(waiting).question.v == s.questions[0].id.v);
}

/* --- exclusions --- */

static enum status
out_of(const struct exclusion *rules, size_t n, uint64_t person)
{
	enum status one = ST_NONE, page[8];
	struct person_id people[8];

	for (uint64_t i = 0; i < 8; i++)
		people[7 - i] = (struct person_id){ 11 + i };
	if (!exclusion_of(db, rules, n, (struct person_id){ person }, &one, a) || !exclusion_match(db, rules, n, people, 8, page, a))
		die("exclusions cannot be asked");
	if (one != page[7 - (person - 11)])
		die("one person and a page of people give different answers for %llu", (unsigned long long)person);
	return one;
}

static void
exclusions(void)
{
	struct operation_id id = complete();
	struct exclusion voted = { .criterion = CR_VOTED, .status = ST_REMOVED_VOTED }, *stored;
	struct exclusion answered = { .criterion = CR_QUESTION, .status = ST_REMOVED_ANSWERED };
	struct exclusion both[2];
	struct survey s;
	size_t n;

	/* 11 voted, lives with 12; 13 answered, lives with 14; 15, 16 live nowhere, 16 voted */
	run("INSERT INTO person (id, organisation_id, kind, last_name, household_id, has_voted, created_at, updated_at) VALUES"
	    " (11, 1, 'contact', 'A', 51, 1, 1, 1), (12, 1, 'contact', 'B', 51, 0, 1, 1), (13, 1, 'contact', 'C', 52, 0, 1, 1),"
	    " (14, 1, 'contact', 'D', 52, 0, 1, 1), (15, 1, 'contact', 'E', NULL, 0, 1, 1), (16, 1, 'contact', 'F', NULL, 1, 1, 1),"
	    " (17, 1, 'contact', 'G', NULL, 0, 1, 1), (18, 1, 'contact', 'H', NULL, 0, 1, 1)");
	if (survey_version(db, read(id).survey_version, &s, a) != FOUND)
		die("no version");
	run(arena_fmt(a, "INSERT INTO attempt (id, operation_id, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)"
	    " VALUES (901, 77, 13, 1, '+15145550113', 16, 'America/Toronto', 1, 2, 'cccccccccccccccc');"
	    "INSERT INTO answer (attempt_id, question_id, choice_id) VALUES (901, %llu, %llu)",
	    (unsigned long long)s.questions[0].id.v, (unsigned long long)choice_of(&s, 0, 1)));
	answered.question = s.questions[0].stable;

	CHECK_CASE("fact 60: no rule takes nobody out", out_of(NULL, 0, 11) == ST_NONE);
	CHECK_CASE("fact 61: who voted gets the status", out_of(&voted, 1, 11) == ST_REMOVED_VOTED);
	CHECK_CASE("fact 65: without the box the household stays", out_of(&voted, 1, 12) == ST_NONE);
	voted.household = true;
	CHECK_CASE("fact 64: with it the household goes", out_of(&voted, 1, 12) == ST_REMOVED_VOTED);
	CHECK_CASE("fact 71: no household is grouped with nobody", out_of(&voted, 1, 15) == ST_NONE && out_of(&voted, 1, 16) == ST_REMOVED_VOTED);
	CHECK_CASE("fact 62: has a value", out_of(&answered, 1, 13) == ST_REMOVED_ANSWERED && out_of(&answered, 1, 14) == ST_NONE);
	answered.household = true;
	CHECK_CASE("fact 64: answers reach the household too", out_of(&answered, 1, 14) == ST_REMOVED_ANSWERED);
	answered.choice = s.questions[0].choices[1].stable;
	CHECK_CASE("fact 62: that answer", out_of(&answered, 1, 13) == ST_REMOVED_ANSWERED);
	answered.choice = s.questions[0].choices[0].stable;
	CHECK_CASE("fact 62: another answer stays", out_of(&answered, 1, 13) == ST_NONE && out_of(&answered, 1, 14) == ST_NONE);
	answered.choice = 0;
	both[0] = voted;
	both[1] = answered;
	run("UPDATE person SET has_voted = 1 WHERE id = 13");
	CHECK_CASE("fact 63, 70: any rule is enough, the first one's status is kept", out_of(both, 2, 13) == ST_REMOVED_VOTED);

	CHECK_CASE("fact 66: a rule without a status is refused",
	    exclusion_set(db, id, marie, NOW, &(struct exclusion){ .criterion = CR_VOTED }, 1, &why, a) == REFUSED && why == R_MISSING);
	CHECK_CASE("a status that agents set is no exclusion's", exclusion_set(db, id, marie, NOW,
	    &(struct exclusion){ .criterion = CR_VOTED, .status = ST_COMPLETED }, 1, &why, a) == REFUSED && why == R_NOT_A_CHOICE);
	CHECK_CASE("rules are stored", exclusion_set(db, id, marie, NOW, both, 2, &why, a) == SAVED && exclusion_rules(db, id, &stored, &n, a) &&
	    n == 2 && stored[1].question == answered.question && stored[1].household && stored[0].criterion == CR_VOTED);
	CHECK_CASE("fact 60: and taken away", exclusion_set(db, id, marie, NOW, NULL, 0, &why, a) == SAVED &&
	    exclusion_rules(db, id, &stored, &n, a) && n == 0);
}

static bool
ready_made(struct db *d, void *ctx)
{
	(void)ctx;
	return survey_ready_made(d, org, marie, NOW, a);
}

int
main(void)
{
	conf_load();
	log_open("test");
	seal_open();
	a = arena_new();
	db = db_open(false);
	run("INSERT INTO organisation (id, name, created_at) VALUES (1, 'Laval', 1), (7, 'Other', 1);"
	    "INSERT INTO user (id, organisation_id, name, role, created_at) VALUES (1, 1, 'Marie', 'organiser', 1), (2, 1, 'Paul', 'organiser', 1)");
	CHECK_CASE("ready-made questionnaires", tx_write(db, ready_made, NULL) == TX_DONE);
	drafts();
	pages();
	finishing();
	surveys();
	exclusions();
	db_close(db);
	arena_free(a);
	return check_done();
}
