/* Questionnaires with branches: versions keep them, operations follow as their version allows; the ready-made ones. */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "domain/operation.h"
#include "domain/survey.h"

#include "check.h"

#define NOW	INT64_C(1795460000000000)	/* 23 November 2026 */

static struct db *db;
static struct arena *a;
static const struct organisation_id org = { 1 };
static const struct user_id marie = { 1 };
static const struct operation_id nobody = { 0 };
static enum refusal why;

static void
run(const char *sql)
{
	const char *wrong;

	if (!db_script(db, sql, a, &wrong))
		die("%s: %s", sql, wrong);
}

static const char *
value(const char *sql)
{
	const char *v = NULL;

	if (!db_script_value(db, sql, a, &v))
		die("%s", sql);
	return v == NULL ? "" : v;
}

static struct survey
stored(struct version_id version)
{
	struct survey s;

	if (survey_version(db, version, &s, a) != FOUND)
		die("no version %llu", (unsigned long long)version.v);
	return s;
}

static struct operation
read(struct operation_id id)
{
	struct operation op;

	if (operation_by_id(db, id, &op, a) != FOUND)
		die("no operation %llu", (unsigned long long)id.v);
	return op;
}

static enum saved
save(const struct survey *s, struct operation_id only, struct version_id *made)
{
	return survey_save(db, org, marie, NOW, s, only, made, &why, a);
}

/* --- a small tree: 1 picks, 2 yes/no, 3 text to read, 4 notes --- */

static struct choice pick[2] = { { .text = { "We", "Nous" }, .next = 3 }, { .text = { "They", "Eux" }, .next = NEXT_END } };
static struct choice lift[2] = { { .next = 4 }, { .next = 0 } };
static struct question four[4] = {
	{ .kind = "single_choice", .text = { "A?", "A?" }, .choices = pick, .nchoices = 2 },
	{ .kind = "yes_no", .required = true, .text = { "B?", "B?" }, .choices = lift, .nchoices = 2 },
	{ .kind = "info", .required = true, .text = { "C.", "C." }, .choices = pick, .nchoices = 2 },
	{ .kind = "multiple_choice", .text = { "D?", "D?" }, .choices = pick, .nchoices = 2 },
};
static const struct survey tree = { .name = "Arbre", .description = "", .script = { "", "" }, .questions = four, .nquestions = 4 };

static const char *
leads(struct version_id version)
{
	return value(arena_fmt(a, "SELECT GROUP_CONCAT(n.position, '>', c.next ORDER BY n.position, c.position) FROM question n"
	    " JOIN choice c ON c.question_id = n.id WHERE n.version_id = %llu", (unsigned long long)version.v));
}

static void
versions(struct survey_id *survey, struct version_id *first)
{
	struct version_id made, later;
	struct survey s;

	CHECK_CASE("a tree is saved", save(&tree, nobody, first) == SAVED);
	CHECK_EQ_S_N("branches are stored where a kind has them, answers where it has answers", leads(*first), "1>3,1>-1,2>4,2>0,4>0,4>0");
	s = stored(*first);
	*survey = s.id;
	CHECK_CASE("and read", s.questions[0].choices[0].next == 3 && s.questions[0].choices[1].next == NEXT_END && s.questions[1].choices[0].next == 4);
	CHECK_CASE("yes/no has its words", strcmp(s.questions[1].choices[0].text[LANG_FR], "Oui") == 0);
	CHECK_CASE("required is stored, for a text to read out never", s.questions[1].required && !s.questions[0].required && !s.questions[2].required);
	CHECK_CASE("the same again is no new version", save(&s, nobody, &made) == ALREADY && made.v == first->v);
	s.questions[0].choices[1].next = 2;
	CHECK_CASE("fact 40: another branch is a new version", save(&s, nobody, &made) == SAVED && made.v != first->v);
	CHECK_EQ_S_N("fact 40: with the new branch", leads(made), "1>3,1>2,2>4,2>0,4>0,4>0");
	CHECK_EQ_S_N("fact 40: the old version keeps its own", leads(*first), "1>3,1>-1,2>4,2>0,4>0,4>0");
	CHECK_CASE("answers stay the same ones", stored(made).questions[0].choices[1].stable == s.questions[0].choices[1].stable);
	s = stored(made);
	s.questions[1].required = false;
	CHECK_CASE("so is what is required", save(&s, nobody, &later) == SAVED && stored(made).questions[1].required && !stored(later).questions[1].required);
}

static void
refusals(struct survey_id survey)
{
	static const struct { const char *name; int next; enum refusal why; } cases[] = {
		{ "fact 41: a branch to a deleted question is refused when saved", 5, R_BRANCH_GONE },
		{ "fact 41: so is one that was marked as such", NEXT_GONE, R_BRANCH_GONE },
		{ "fact 41: a cycle is refused when saved", 1, R_BRANCH_BACK },
	};
	struct version_id made = { 0 };
	const char *before = value("SELECT COUNT(*) FROM survey_version");

	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct choice bad[2] = { { .next = 0 }, { .next = cases[i].next } };
		struct question q[4];
		struct survey s = tree;
		memcpy(q, four, sizeof(q));
		q[1].choices = bad;
		s.questions = q;
		s.id = survey;
		CHECK_CASE(cases[i].name, save(&s, nobody, &made) == REFUSED && why == cases[i].why);
	}
	CHECK_EQ_S_N("nothing of it is stored", value("SELECT COUNT(*) FROM survey_version"), before);
}

/* --- operations --- */

static struct operation_id
operation(enum op_version version, struct version_id survey, bool active)
{
	struct operation_id id;

	if (operation_create(db, org, marie, NOW, &id, a) != SAVED ||
	    operation_set_version(db, id, marie, NOW, version, &why, a) != SAVED ||
	    operation_set_survey(db, id, marie, NOW, survey, &why, a) != SAVED)
		die("no operation: %s", refusal_key(why));
	if (active)
		run(arena_fmt(a, "UPDATE operation SET state = 'active' WHERE id = %llu", (unsigned long long)id.v));
	return id;
}

static void
answer(unsigned attempt, struct operation_id op, const struct survey *s, size_t question, size_t choice)
{
	run(arena_fmt(a, "INSERT INTO attempt (id, operation_id, person_id, user_id, e164, status, survey_version_id, time_zone, started_at,"
	    " saved_at, form_key) VALUES (%u, %llu, 1, 1, '+15145550100', 1, %llu, 'America/Toronto', 1, 2, 'key%013u');"
	    "INSERT INTO answer (attempt_id, question_id, choice_id) VALUES (%u, %llu, %llu)", attempt, (unsigned long long)op.v,
	    (unsigned long long)s->version.v, attempt, attempt, (unsigned long long)s->questions[question].id.v,
	    (unsigned long long)s->questions[question].choices[choice].id.v));
}

static void
operations(struct survey_id survey)
{
	struct survey s, wordless;
	struct version_id made, only_words;
	struct operation_id talk, talk2, ask, draft_ask, silent;
	struct operation before;
	struct question words = { .kind = "text_long", .text = { "Notes?", "Notes?" } };

	if (survey_newest(db, org, survey, &s, a) != FOUND)
		die("no survey");
	talk = operation(OP_SPECIALIZED, s.version, true);
	talk2 = operation(OP_SPECIALIZED, s.version, false);
	ask = operation(OP_ORIGINAL, s.version, true);
	CHECK_CASE("fact 36: specialized takes the whole set", read(talk).survey_version.v == s.version.v && read(talk).question.v == 0);
	CHECK_CASE("original takes its first question with one answer", read(ask).question.v == s.questions[0].id.v);
	answer(1, talk, &s, 0, 0);
	answer(2, talk2, &s, 0, 1);
	answer(3, ask, &s, 0, 1);
	CHECK_EQ_S_N("fact 39: one set serves several operations, answers told apart", value("SELECT GROUP_CONCAT(t.operation_id, ':', c.text_en"
	    " ORDER BY t.id) FROM answer w JOIN attempt t ON t.id = w.attempt_id JOIN choice c ON c.id = w.choice_id"),
	    arena_fmt(a, "%llu:We,%llu:They,%llu:They", (unsigned long long)talk.v, (unsigned long long)talk2.v, (unsigned long long)ask.v));

	draft_ask = operation(OP_ORIGINAL, s.version, false);
	s.questions[0].text[LANG_EN] = "A, edited?";
	s.questions[0].choices[0].text[LANG_EN] = "We, edited";
	CHECK_CASE("an edit is saved", save(&s, nobody, &made) == SAVED);
	CHECK_CASE("a specialized draft takes it, without a question", read(talk2).survey_version.v == made.v && read(talk2).question.v == 0);
	CHECK_CASE("an original draft takes it with its question", read(draft_ask).question.v == stored(made).questions[0].id.v);
	CHECK_CASE("what runs keeps its version", read(talk).survey_version.v == s.version.v && read(ask).survey_version.v == s.version.v);
	CHECK_EQ_S_N("fact 40: stored answers read as before", value("SELECT GROUP_CONCAT(n.text_en, c.text_en ORDER BY w.attempt_id)"
	    " FROM answer w JOIN question n ON n.id = w.question_id JOIN choice c ON c.id = w.choice_id"), "A?We,A?They,A?They");
	s = stored(made);
	s.questions[3].text[LANG_EN] = "D, edited?";
	CHECK_CASE("the one it is edited from takes it", save(&s, talk, &made) == SAVED && read(talk).survey_version.v == made.v &&
	    read(talk).question.v == 0);

	before = read(ask);
	wordless = stored(made);
	wordless.questions = &words;
	wordless.nquestions = 1;
	CHECK_CASE("a set whose questions are all texts can be saved", save(&wordless, ask, &only_words) == SAVED);
	CHECK_CASE("a running original operation keeps the version with its question", read(ask).survey_version.v == before.survey_version.v &&
	    read(ask).question.v == before.question.v && before.question.v != 0);
	CHECK_CASE("an original draft has to choose again", read(draft_ask).survey_version.v == only_words.v && read(draft_ask).question.v == 0);
	CHECK_CASE("nor can original use it", operation_set_survey(db, draft_ask, marie, NOW, only_words, &why, a) == REFUSED &&
	    why == R_NO_ONE_ANSWER);
	CHECK_CASE("specialized can", operation_set_survey(db, talk, marie, NOW, only_words, &why, a) == SAVED);
	silent = operation(OP_SPECIALIZED, only_words, true);
	CHECK_CASE("nor change to original with it, once it runs", operation_set_version(db, silent, marie, NOW, OP_ORIGINAL, &why, a) == REFUSED &&
	    why == R_NO_ONE_ANSWER && read(silent).version == OP_SPECIALIZED);
	CHECK_CASE("fact 13: nor at all after a call", operation_set_version(db, talk, marie, NOW, OP_ORIGINAL, &why, a) == REFUSED &&
	    why == R_CALLS_SAVED);
	CHECK_CASE("another organisation's set", operation_set_survey(db, talk, marie, NOW, (struct version_id){ 99999 }, &why, a) == REFUSED &&
	    why == R_NO_SURVEY);
}

static void
finishing(void)
{
	struct operation op = { .id = { 12345 }, .version = OP_SPECIALIZED, .source = OP_CONTACTS, .method = OP_PHONE, .name = "x", .dated = true };
	unsigned page;

	CHECK_CASE("fact 38: specialized misses its question set", operation_missing(db, &op, &page, &why, a) == FOUND && page == 4 && why == R_NO_SURVEY);
	op.survey_version.v = 1;
	CHECK_CASE("with one, only the list is missing", operation_missing(db, &op, &page, &why, a) == FOUND && page == 9);
	op.version = OP_ORIGINAL;
	CHECK_CASE("original misses its question", operation_missing(db, &op, &page, &why, a) == FOUND && page == 4 && why == R_NO_QUESTION);
}

/* --- the ready-made ones --- */

static bool
ready_made(struct db *d, void *ctx)
{
	(void)ctx;
	return survey_ready_made(d, (struct organisation_id){ 2 }, marie, NOW, a);
}

static void
ready(void)
{
	struct survey_wrong w[8];
	struct survey *list;
	size_t n;

	CHECK_CASE("they are made", tx_write(db, ready_made, NULL) == TX_DONE);
	if (!survey_list(db, (struct organisation_id){ 2 }, &list, &n, a))
		die("no list");
	CHECK_CASE("five of them", n == 5);
	for (size_t i = 0; i < n; i++) {
		struct survey s = stored(list[i].version);
		bool both = true, required = true;
		CHECK_CASE(arena_fmt(a, "%s: nothing is wrong, every question is reached, in both languages", s.name),
		    survey_check(&s, w, 8, a) == 0 && survey_warn(&s, w, 8) == 0);
		for (size_t k = 0; k < s.nquestions; k++)
			for (size_t c = 0; c < s.questions[k].nchoices; c++) {
				both = both && s.questions[k].choices[c].text[LANG_FR][0] != '\0' && s.questions[k].choices[c].text[LANG_EN][0] != '\0';
				required = required && (s.questions[k].choices[c].next == 0 || s.questions[k].required);
			}
		CHECK_CASE("answers in both languages; who branches must be answered", both && required);
		CHECK_CASE("one of its first two questions can be asked alone, in the original version", survey_kind_branches(s.questions[0].kind) ||
		    survey_kind_branches(s.questions[1].kind));
		if (strncmp(s.name, "Pointage", 8) == 0)
			CHECK_EQ_S_N("Pointage: greeting, support, issues, 1st choice, help, lift, 2nd choice, notes", leads(s.version),
			    "2>4,2>3,2>7,2>6,3>0,3>0,3>0,3>0,3>0,4>5,4>6,4>6,4>6,4>6,5>0,5>0,5>0,5>0,6>8,6>8,7>0,7>0,7>0,7>0,7>0");
	}
}

int
main(void)
{
	struct survey_id survey;
	struct version_id first;

	conf_load();
	log_open("test");
	seal_open();
	a = arena_new();
	db = db_open(false);
	run("INSERT INTO organisation (id, name, created_at) VALUES (1, 'Laval', 1), (2, 'Other', 1);"
	    "INSERT INTO user (id, organisation_id, name, role, created_at) VALUES (1, 1, 'Marie', 'organiser', 1)");
	versions(&survey, &first);
	refusals(survey);
	operations(survey);
	finishing();
	ready();
	db_close(db);
	arena_free(a);
	return check_done();
}
