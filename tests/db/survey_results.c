/* Results per question: counted as answers arrive, per person, across versions; days by their index; words a page at a time. */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include <stdlib.h>

#include "domain/operation.h"
#include "domain/survey_results.h"
#include "domain/survey_versions.h"

#include "check.h"

#define NOW	INT64_C(1795460000000000)	/* 23 November 2026, 14:53 in Toronto */
#define HOUR	INT64_C(3600000000)
#define DAY	(24 * HOUR)

static struct db *db;
static struct arena *a;
#include "sql.h"
static const struct organisation_id org = { 1 };
static const struct user_id marie = { 1 };
static struct operation op = { .id = { 7 }, .organisation = { 1 } };
static struct survey s;			/* the newest version */
static uint64_t attempts;

enum { SUPPORT, ISSUES, NOTES };	/* the questions */

static void
save_survey(void)
{
	struct version_id made;
	enum refusal why;

	if (survey_save(db, org, marie, NOW, &s, (struct operation_id){ 0 }, &made, &why, a) != SAVED ||
	    survey_version(db, made, &s, a) != FOUND)
		die("no survey");
	op.survey_version = made;
}

static void
set_up(void)
{
	static struct choice yes[3] = { { .text = { "Yes", "Oui" } }, { .text = { "No", "Non" } }, { .text = { "Perhaps", "Peut-être" } } };
	static struct choice issue[3] = { { .text = { "Health", "Santé" } }, { .text = { "School", "École" } }, { .text = { "Housing", "Logement" } } };
	static struct question three[3] = {
		{ .kind = "single_choice", .text = { "Support?", "Appui?" }, .choices = yes, .nchoices = 3 },
		{ .kind = "multiple_choice", .text = { "Issues?", "Enjeux?" }, .choices = issue, .nchoices = 3 },
		{ .kind = "text_long", .text = { "Notes?", "Notes?" } },
	};

	run("INSERT INTO organisation (id, name, created_at) VALUES (1, 'O', 1);"
	    "INSERT INTO user (id, organisation_id, name, role, created_at) VALUES (1, 1, 'Marie', 'organiser', 1),"
	    " (2, 1, 'Léa', 'volunteer', 1), (3, 1, 'Bob', 'volunteer', 1);"
	    "INSERT INTO operation (id, organisation_id, state, version, source, method, name, time_zone, created_by, created_at)"
	    " VALUES (7, 1, 'active', 'specialized', 'contact', 'phone', 'Op', 'America/Toronto', 1, 1),"
	    " (8, 1, 'active', 'specialized', 'contact', 'phone', 'Other', 'America/Toronto', 1, 1)");
	s = (struct survey){ .name = "S", .description = "", .script = { "", "" }, .questions = three, .nquestions = 3 };
	save_survey();
}

/* One saved call: `support` and `issues` are choices (from 1; issues in a mask), 0: not answered. */
static void
call(uint64_t operation, unsigned entry, unsigned number, unsigned user, int64_t at, unsigned support, unsigned issues, const char *notes)
{
	uint64_t id = ++attempts;
	unsigned position = 0;

	run(arena_fmt(a, "INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, survey_version_id,"
	    " time_zone, started_at, saved_at, form_key) VALUES (%llu, %s, %u, %u, %u, %u, '', 1, %llu, '', %lld, %lld,"
	    " UNHEX(LPAD(HEX(%llu), 32, '0')))", (unsigned long long)id, operation == 0 ? "NULL" : arena_fmt(a, "%llu",
	    (unsigned long long)operation), entry, number, entry, user, (unsigned long long)s.version.v, (long long)at, (long long)at,
	    (unsigned long long)id));
	if (support > 0)
		run(arena_fmt(a, "INSERT INTO answer (attempt_id, question_id, choice_id) VALUES (%llu, %llu, %llu)", (unsigned long long)id,
		    (unsigned long long)s.questions[SUPPORT].id.v, (unsigned long long)s.questions[SUPPORT].choices[support - 1].id.v));
	for (unsigned i = 0; i < 3; i++)
		if (issues & 1u << i)
			run(arena_fmt(a, "INSERT INTO answer (attempt_id, question_id, position, choice_id) VALUES (%llu, %llu, %u, %llu)",
			    (unsigned long long)id, (unsigned long long)s.questions[ISSUES].id.v, position++,
			    (unsigned long long)s.questions[ISSUES].choices[i].id.v));
	if (notes != NULL)
		run(arena_fmt(a, "INSERT INTO answer (attempt_id, question_id, text) VALUES (%llu, %llu, '%s')", (unsigned long long)id,
		    (unsigned long long)s.questions[NOTES].id.v, notes));
}

/* "3: 2 1 0 | 2: 1 2 0 | 1:" - people, then each answer's; question after question. */
static const char *
story(struct results_wish w)
{
	struct result *list;
	struct buf b;
	size_t n;

	w.operation = op.id;
	if (!survey_results(db, &op, &w, &list, &n, a))
		die("no results");
	buf_init_in(&b, a, 2000);
	for (size_t i = 0; i < n; i++) {
		buf_fmt(&b, "%s%llu:", i == 0 ? "" : " | ", (unsigned long long)list[i].people);
		for (size_t c = 0; c < list[i].nanswers; c++)
			buf_fmt(&b, " %llu", (unsigned long long)list[i].answers[c].people);
	}
	return b.len == 0 ? "" : b.data;
}

/* Counters against a recount from the answers themselves, as tocsin audit makes it. */
static uint64_t
differences(void)
{
	uint64_t wrong = 0;

	if (!survey_results_audit(db, op.id, stdout, &wrong, a) || !survey_results_audit(db, (struct operation_id){ 8 }, stdout, &wrong, a))
		die("no audit");
	return wrong;
}

static const struct results_wish all;

static void
counting(void)
{
	CHECK_EQ_S_N("nothing yet: the questions with zeros", story(all), "0: 0 0 0 | 0: 0 0 0 | 0:");
	call(7, 1, 1, 2, NOW, 1, 3, "note");
	call(7, 2, 1, 3, NOW, 1, 2, NULL);
	call(7, 3, 1, 2, NOW - DAY, 2, 0, NULL);
	call(8, 4, 1, 2, NOW, 3, 7, "elsewhere");
	CHECK_EQ_S_N("people, not picks: two issues of one person are one person", story(all), "3: 2 1 0 | 2: 1 2 0 | 1:");
	CHECK_EQ_S_N("of one agent", story((struct results_wish){ .agent = { 3 } }), "1: 1 0 0 | 1: 0 1 0 | 0:");
	call(0, 0, 0, 2, NOW, 1, 0, NULL);
	CHECK_EQ_S_N("a call of no operation counts in none", story(all), "3: 2 1 0 | 2: 1 2 0 | 1:");
	call(7, 1, 2, 3, NOW, 2, 4, NULL);
	CHECK_EQ_S_N("who is called again counts with the newest answer, all of the old ones go", story(all), "3: 1 2 0 | 2: 0 1 1 | 1:");
	CHECK_EQ_S_N("and with the agent who took it", story((struct results_wish){ .agent = { 2 } }), "1: 0 1 0 | 0: 0 0 0 | 1:");
	call(7, 1, 3, 3, NOW, 0, 0, NULL);
	call(7, 1, 4, 3, NOW, 3, 0, NULL);
	CHECK_EQ_S_N("a call without an answer takes nothing back", story(all), "3: 1 1 1 | 2: 0 1 1 | 1:");
	CHECK_EQ_U_N("the counters are a recount", differences(), 0);
}

/* Entry 9: yes, then no, then the last call is taken back, then the first one too. */
static void
taken_back(void)
{
	const char *before = story(all);

	call(7, 9, 1, 2, NOW, 1, 1, "first");
	call(7, 9, 2, 3, NOW, 2, 0, NULL);
	CHECK_EQ_S_N("two calls", story(all), "4: 1 2 1 | 3: 1 1 1 | 2:");
	run(arena_fmt(a, "INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, corrects, time_zone, started_at, saved_at,"
	    " form_key) VALUES (801, 7, 9, 3, 9, 3, '', 24, 2, '', %lld, %lld, REPEAT('b', 16))", (long long)NOW, (long long)NOW));
	CHECK_EQ_S_N("the last one taken back: what was answered before counts again", story(all), "4: 2 1 1 | 3: 1 1 1 | 2:");
	CHECK_EQ_S_N("also that day", story((struct results_wish){ .from = NOW - HOUR, .to = NOW + HOUR }), "3: 2 0 1 | 3: 1 1 1 | 2:");
	call(7, 9, 4, 3, NOW, 3, 0, NULL);
	CHECK_EQ_S_N("saved anew", story(all), "4: 1 1 2 | 3: 1 1 1 | 2:");
	run(arena_fmt(a, "INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, corrects, time_zone, started_at, saved_at,"
	    " form_key) VALUES (802, 7, 9, 5, 9, 3, '', 24, 1, '', %lld, %lld, REPEAT('c', 16)),"
	    " (803, 7, 9, 6, 9, 3, '', 24, 4, '', %lld, %lld, REPEAT('d', 16))", (long long)NOW, (long long)NOW, (long long)NOW, (long long)NOW));
	CHECK_EQ_S_N("all of them taken back: as if nobody had called", story(all), before);
	CHECK_EQ_U_N("the counters are a recount", differences(), 0);
	run("UPDATE answer_tally SET people = people + 1 WHERE operation_id = 7 LIMIT 1");
	CHECK_EQ_U_N("a wrong counter is found", differences(), 1);
	run("UPDATE answer_tally SET people = people - 1 WHERE operation_id = 7 LIMIT 1");
}

static void
days(void)
{
	struct results_wish today = { .from = NOW - 12 * HOUR, .to = NOW + 9 * HOUR }, yesterday = { .from = NOW - DAY - 12 * HOUR, .to = NOW - 12 * HOUR };

	CHECK_EQ_S_N("one day: the newest answer of that day", story(today), "2: 1 0 1 | 2: 0 1 1 | 1:");
	CHECK_EQ_S_N("the day before", story(yesterday), "1: 0 1 0 | 0: 0 0 0 | 0:");
	today.agent.v = 2;
	CHECK_EQ_S_N("one agent's day: what was answered anew to another does not count for them", story(today), "0: 0 0 0 | 0: 0 0 0 | 1:");
}

static void
versions(void)
{
	struct version_id first = s.version;
	struct survey_edition *editions;
	struct survey_edit edits[10];
	struct question *q;
	size_t n;

	s.questions[SUPPORT].choices[2].text[LANG_EN] = "Maybe";
	q = arena_alloc(a, 3 * sizeof(*q));
	memcpy(q, s.questions, 2 * sizeof(*q));		/* the notes go, a yes/no comes */
	q[2] = (struct question){ .kind = "yes_no", .text = { "Lift?", "Transport?" } };
	s.questions = q;
	save_survey();
	CHECK_EQ_S_N("a new version: the same questions keep their counts, the one that went stands last", story(all),
	    "3: 1 1 1 | 2: 0 1 1 | 0: 0 0 | 1:");
	run(arena_fmt(a, "INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at,"
	    " form_key) VALUES (900, 7, 1, 5, 1, 2, '', 1, '', %lld, %lld, REPEAT('x', 16));"
	    "INSERT INTO answer (attempt_id, question_id, choice_id) VALUES (900, %llu, %llu)", (long long)NOW, (long long)NOW,
	    (unsigned long long)s.questions[SUPPORT].id.v, (unsigned long long)s.questions[SUPPORT].choices[0].id.v));
	CHECK_EQ_S_N("the same question answered anew in the new version counts once", story(all), "3: 2 1 0 | 2: 0 1 1 | 0: 0 0 | 1:");
	CHECK_EQ_S_N("by version: only what was answered to it", story((struct results_wish){ .version = s.version }), "1: 1 0 0 | 0: 0 0 0 | 0: 0 0");
	CHECK_EQ_S_N("the old one", story((struct results_wish){ .version = first }), "2: 1 1 0 | 2: 0 1 1 | 1:");
	CHECK_EQ_U_N("the counters are a recount", differences(), 0);
	CHECK_CASE("two editions, the newest first, with their answers", survey_editions(db, s.id, &editions, &n, a) && n == 2 &&
	    editions[0].answers == 1 && editions[1].answers == 8 && strcmp(editions[0].survey.made_by, "Marie") == 0);
	n = survey_edits(&editions[1].survey, &editions[0].survey, edits, NITEMS(edits));
	CHECK_CASE("what changed: an answer's words, a question more, one less", n == 3 && edits[0].kind == ED_ANSWERS && edits[0].number == 1 &&
	    edits[1].kind == ED_ADDED && edits[1].number == 3 && edits[2].kind == ED_REMOVED);
}

static int64_t
reads(void)
{
	return strtoll(value("SELECT SUM(VARIABLE_VALUE) FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME LIKE 'HANDLER_READ%'"), NULL, 10);
}

static void
many(void)
{
	struct results_wish day = { .operation = op.id, .from = NOW + 10 * DAY, .to = NOW + 11 * DAY }, everything = { .operation = op.id };
	struct result_text *texts;
	uint64_t older, pages = 0, seen = 0, notes = strtoull(value("SELECT n.stable_id FROM question n JOIN survey_version v ON v.id = n.version_id"
	    " WHERE v.number = 1 AND n.kind = 'text_long'"), NULL, 10);
	int64_t before, cost;
	struct result *list;
	size_t n;

	run(arena_fmt(a, "INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at,"
	    " form_key) SELECT 1000 + seq, 7, 100 + seq, 1, 1, 2 + seq MOD 2, '', 1, '', 1, %lld + seq * 1000000, UNHEX(LPAD(HEX(1000 + seq), 32, '0'))"
	    " FROM seq_1_to_20000;"
	    "INSERT INTO answer (attempt_id, question_id, choice_id) SELECT 1000 + seq, %llu, %llu FROM seq_1_to_20000;"
	    "INSERT INTO answer (attempt_id, question_id, text) SELECT 1000 + seq, (SELECT MIN(id) FROM question WHERE kind = 'text_long'),"
	    " CONCAT('w', seq) FROM seq_1_to_20000 WHERE seq MOD 500 = 0", (long long)(NOW + 2 * DAY),
	    (unsigned long long)s.questions[SUPPORT].id.v, (unsigned long long)s.questions[SUPPORT].choices[0].id.v));
	before = reads();
	CHECK_EQ_S_N("20,000 calls more", story(everything), "20003: 20002 1 0 | 2: 0 1 1 | 0: 0 0 | 41:");
	cost = reads() - before;
	CHECK_CASE(arena_fmt(a, "all the results read counters, not calls (%lld rows)", (long long)cost), cost < 2500);
	before = reads();
	survey_results(db, &op, &day, &list, &n, a);
	cost = reads() - before;
	CHECK_CASE(arena_fmt(a, "a day without calls reads none of the others (%lld rows)", (long long)cost), cost < 2500);
	older = 0;
	do {
		uint64_t from = older;
		before = reads();
		if (!survey_result_texts(db, &everything, notes, from, &texts, &n, &older, a))
			die("no texts");
		cost = reads() - before;
		seen += n;
		pages++;
		CHECK_CASE(arena_fmt(a, "a page of words looks through a part of the calls (%lld rows)", (long long)cost), cost < 6 * RESULT_LOOK + 2500);
	} while (older != 0 && pages < 30);
	CHECK_EQ_U_N("all the words are found, page by page", seen, 41);

	before = reads();
	call(op.id.v, 105, 2, 2, NOW + 20 * DAY, 2, 0, "");
	cost = reads() - before;
	CHECK_CASE(arena_fmt(a, "a second answer looks through that person's calls, not everybody's (%lld rows)", (long long)cost), cost < 500);
	before = reads();
	run(arena_fmt(a, "INSERT INTO attempt (operation_id, entry_id, number, person_id, user_id, e164, status, corrects, time_zone, started_at,"
	    " saved_at, form_key) VALUES (7, 105, 3, 105, 2, '', 24, 2, '', 1, %lld, UNHEX(MD5('back')))", (long long)(NOW + 20 * DAY)));
	cost = reads() - before;
	CHECK_CASE(arena_fmt(a, "nor does taking it back (%lld rows)", (long long)cost), cost < 500);
	CHECK_EQ_S_N("and the first answer counts again", story(everything), "20003: 20002 1 0 | 2: 0 1 1 | 0: 0 0 | 41:");
}

int
main(void)
{
	conf_load();
	log_open("test");
	seal_open();
	a = arena_new();
	db = db_open(false);
	set_up();
	counting();
	taken_back();
	days();
	versions();
	many();
	db_close(db);
	arena_free(a);
	return check_done();
}
