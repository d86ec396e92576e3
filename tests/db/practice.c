/*
 * practice - an operation is rehearsed on invented people, with every outcome, edits, notes and answers; what is left of it
 * afterwards is nothing: every table of the database is the same byte for byte. And the ways around it.
 */
#include "queue_world.h"

#include "domain/agent_context.h"
#include "domain/agent_edit.h"
#include "domain/custom_shown.h"
#include "domain/line.h"
#include "domain/practice.h"
#include "domain/session.h"
#include "domain/survey.h"
#include "plumb/seal.h"

#define NIGHT	(NOON + 14 * HOUR_US)	/* 2 in the morning; the operation is closed since 21:00 */

static enum refusal why;
static struct operation real;
static const char *session[3];

/* --- what there is, table by table --- */

enum { TABLES = 120 };
struct sums { size_t n; const char *name[TABLES], *sum[TABLES]; };

static struct sums
sums(void)
{
	struct sums s = { 0 };
	struct rows names, r;

	if (!db_rows_of(db, "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY 1",
	    "s", NULL, 0, ar, &names) || names.n > TABLES)
		die("no tables");
	for (; s.n < names.n; s.n++) {
		s.name[s.n] = row_s(&names.row[s.n], 0);
		if (!db_rows_of(db, arena_fmt(ar, "CHECKSUM TABLE `%s` EXTENDED", s.name[s.n]), "ss", NULL, 0, ar, &r) || r.n != 1)
			die("no checksum of %s", s.name[s.n]);
		s.sum[s.n] = arena_fmt(ar, "%s of %lld rows", row_s(&r.row[0], 1), (long long)sql_int("SELECT COUNT(*) FROM `%s`", s.name[s.n]));
	}
	return s;
}

/* The tables that changed, by name. */
static const char *
changed(const struct sums *before)
{
	struct sums now = sums();
	const char *names = "";

	for (size_t i = 0; i < now.n; i++)
		if (strcmp(before->sum[i], now.sum[i]) != 0)
			names = arena_fmt(ar, "%s%s%s", names, *names == '\0' ? "" : ", ", now.name[i]);
	return names;
}

/* --- scenes --- */

static struct who
who_in(unsigned n, uint64_t operation, int64_t now)
{
	unsigned char hash[32];
	struct who w;

	seal_sha256(session[n], strlen(session[n]), hash);
	if (agent_who(db, hash, operation, now, &w, ar) != FOUND)
		w = (struct who){ .user = 0 };
	return w;
}

static struct operation_id
started(unsigned n, enum saved expected)
{
	struct who w = who_in(n, 1, NIGHT);
	struct operation_id made = { 0 };
	enum saved s = practice_start(db, &real, &w, NIGHT, &made, &why, ar);

	if (s != expected)
		printf("# practice_start: %d, wanted %d (%s)\n", s, expected, refusal_key(why));
	return s == expected ? made : (struct operation_id){ 0 };
}

/* One call of the pretend operation to its end; the status follows the story. */
static enum claimed
rehearse(const struct who *w, struct held *held, int64_t now, bool *sane)
{
	static const enum status of[STORY__MAX] = { [STORY_TALKS] = ST_COMPLETED, [STORY_VOICEMAIL] = ST_VOICEMAIL, [STORY_RINGS] = ST_NO_ANSWER,
		[STORY_BUSY] = ST_BUSY, [STORY_WRONG_NUMBER] = ST_WRONG_NUMBER, [STORY_LATER] = ST_CALL_BACK, [STORY_REFUSES] = ST_REFUSED,
		[STORY_NEVER] = ST_DNC, [STORY_NOT_HOME] = ST_NOT_HOME, [STORY_LANGUAGE] = ST_LANGUAGE_BARRIER, [STORY_MOVED] = ST_MOVED,
		[STORY_HANGS_UP] = ST_HUNG_UP, [STORY_NO_NUMBER] = ST_WRONG_NUMBER };
	const struct agent_context *cx = agent_context(w);
	struct survey s;
	struct call_answer answer;
	struct call c = { .entry = held->entry, .form_key = held->form_key, .claimed_at = held->claimed_at, .note = "une note d’exercice",
		.status = of[practice_story_of(held->e164)], .seen = NULL };
	enum claimed claimed = CLAIM_FAILED;
	struct nobody_now nobody;

	if (c.status == ST_CALL_BACK)
		c.callback_at = now + DAY_US;
	if (c.status == ST_COMPLETED && survey_version(db, cx->op.survey_version, &s, ar) == FOUND) {
		answer = (struct call_answer){ .question = s.questions[0].id, .choice = s.questions[0].choices[0].id, .text = "" };
		c.answers = &answer;
		c.nanswers = 1;
	}
	*sane = *sane && strncmp(held->e164, "+1", 2) == 0 && held->e164[3] == '9';
	*sane = queue_save(db, &cx->op, cx->rules, (struct user_id){ w->user }, &c, now, true, &claimed, held, &nobody, &why, ar) == SAVED && *sane;
	return claimed;
}

static void
world(void)
{
	world_open();
	world_people(1, 5);
	world_load(1, 5, NOON);
	sql("UPDATE user SET language = 'fr', name = 'Léa' WHERE id = 101;"
	    "INSERT INTO survey (id, organisation_id, name, created_at) VALUES (1, 1, 'S', 1);"
	    "INSERT INTO survey_version (id, survey_id, number, script_fr, created_at) VALUES (1, 1, 1, 'Bonjour {first_name}', 1);"
	    "INSERT INTO question (id, version_id, stable_id, position, kind, text_fr) VALUES (11, 1, 11, 1, 'single_choice', 'Voterez-vous ?'),"
	    " (12, 1, 12, 2, 'text_short', 'Pourquoi ?');"
	    "INSERT INTO choice (question_id, stable_id, position, text_fr, next) VALUES (11, 111, 1, 'Oui', -1), (11, 112, 2, 'Non', 0);"
	    "INSERT INTO custom_field (id, organisation_id, kind, form, name, created_at) VALUES (1, 1, 'contact', 'text', 'Pancarte', 1);"
	    "INSERT INTO custom_value VALUES (1, 1, 'oui');"
	    "INSERT INTO field_rule (operation_id, field, position, mode, highlight) VALUES (1, 'own-1', 1, 'visible', 1), (1, 'email', 2, 'editable', 0);"
	    "INSERT INTO exclusion_rule (operation_id, position, criterion, status, household) VALUES (1, 1, 'voted', 20, 0);"
	    "INSERT INTO operation_question VALUES (1, 12);"
	    "INSERT INTO suppression (organisation_id, e164, created_at) VALUES (1, '+15145550199', 1);"
	    "UPDATE operation SET survey_version_id = 1, question_id = 11, opens_at = '09:00', closes_at = '21:00', day_calls = 1, holidays = 'qc' WHERE id = 1");
	forget_marks();
	real = op;
	for (unsigned n = 0; n < 3; n++)
		if (!session_start(db, AGENT(n), 0, "127.0.0.1", NOON, &session[n], ar))
			die("no session");
}

static void
rehearsed(void)
{
	struct sums before = sums();
	struct operation_id id = started(1, SAVED), again;
	struct who w = who_in(1, id.v, NIGHT), other = who_in(2, id.v, NIGHT), at_home = who_in(1, 1, NIGHT), plain;
	const struct agent_context *cx = agent_context(&w);
	struct field_rules fields;
	struct custom_shown *own;
	struct survey copied;
	struct held held = { 0 };
	struct nobody_now nobody;
	unsigned char hash[32];
	unsigned calls = 0;
	bool sane = true;
	size_t n;

	CHECK_CASE("a volunteer of the operation practises", id.v != 0 && id.v != 1);
	CHECK_CASE("the button twice is one practice", (again = started(1, ALREADY)).v == id.v);
	CHECK_CASE("they sit there as somebody else", w.member == MEMBER_AGENT && w.user != 101 && w.user != 0 && strcmp(w.name, "Léa") == 0);
	CHECK_CASE("and it is known of which operation", cx->practice_of.v == 1 && !cx->visitor);
	CHECK_CASE("in the operation itself they are themselves", at_home.user == 101 && agent_context(&at_home)->practice_of.v == 0);
	CHECK_CASE("nobody else gets in", other.member == MEMBER_NONE);
	seal_sha256(session[1], strlen(session[1]), hash);
	CHECK_CASE("and no other area knows it", session_who(db, hash, id.v, NIGHT, &plain, ar) == FOUND && plain.member == MEMBER_NONE && plain.user == 101);

	CHECK_CASE("the real one is closed at that hour", nobody_now(AGENT(1), NIGHT, &nobody) == NOBODY_OUTSIDE_HOURS);
	CHECK_CASE("the same rules of recycling", cx->rules[ST_NO_ANSWER].ticked && cx->rules[ST_NO_ANSWER].max_calls == rules[ST_NO_ANSWER].max_calls);
	CHECK_CASE("the same script and questions, under other ids", survey_version(db, cx->op.survey_version, &copied, ar) == FOUND &&
	    strcmp(copied.script[LANG_FR], "Bonjour {first_name}") == 0 && copied.nquestions == 2 && copied.questions[0].nchoices == 2 &&
	    copied.questions[0].id.v != 11 && copied.questions[0].stable != 11 && copied.questions[0].choices[1].stable != 112 &&
	    cx->op.question.v == copied.questions[0].id.v && cx->op.nalso == 1 && cx->op.also[0] == copied.questions[1].stable);
	CHECK_CASE("without a simulation the agent's own phone, which does not ring either", cx->op.method == OP_PHONE && cx->op.day_calls == 1);

	for (int turn = 0; turn < 2; turn++) {
		if (queue_claim(db, &cx->op, (struct user_id){ w.user }, NIGHT + calls * MINUTE_US, &held, &nobody, ar) != CLAIMED)
			die("nobody to practise with");
		if (turn == 0) {
			enum refusal r;
			struct agent_edit edit = { .field = FIELD_EMAIL, .value = "nouveau@example.org" };
			CHECK_CASE("a field of the organisation's own is there too", field_rules_of(db, &cx->op, &fields, ar) && fields.nown == 1 &&
			    custom_shown(db, &cx->op, &fields, held.person, &own, &n, ar) && n == 1 && strcmp(own[0].name, "Pancarte") == 0);
			CHECK_CASE("a record can be corrected", agent_edit(db, &cx->op, &fields, (struct user_id){ w.user }, held.entry, &edit, 1, NIGHT, &r, ar) == SAVED);
		}
		do
			calls++;
		while (rehearse(&w, &held, NIGHT + calls * MINUTE_US, &sane) == CLAIMED && calls < 100);
		if (turn == 0) {
			CHECK_EQ_U_N("fourteen people, every story, one call each", calls, PRACTICE_ROUND);
			CHECK_CASE("there are always more", practice_more(db, id, LANG_FR, NIGHT, ar));
		}
	}
	CHECK_CASE("all saved, to numbers that nobody has", sane);
	CHECK_EQ_U_N("and as many again", calls, 2 * PRACTICE_ROUND);
	CHECK_EQ_I_N("\"do not call again\" holds in the practice alone", sql_int("SELECT COUNT(*) FROM suppression WHERE organisation_id = 1"), 1);
	CHECK_EQ_I_N("two were asked there", sql_int("SELECT COUNT(*) FROM suppression WHERE organisation_id <> 1"), 2);
	CHECK_EQ_I_N("nothing is called in the name of a real person", sql_int("SELECT COUNT(*) FROM attempt WHERE user_id IN (SELECT id FROM user WHERE organisation_id = 1)"
	    " OR operation_id = 1 OR person_id <= 5"), 0);
	CHECK_EQ_I_N("nobody audits it in the organisation's book", sql_int("SELECT COUNT(*) FROM audit WHERE organisation_id = 1"), 0);

	sql("UPDATE operation SET revision = revision + 1 WHERE id = 1; UPDATE survey_version SET script_fr = 'Bonsoir' WHERE id = 1");
	world_read();
	real = op;
	again = started(1, SAVED);
	w = who_in(1, again.v, NIGHT);
	CHECK_CASE("after an edit it is made anew, and follows", again.v != id.v && survey_version(db, agent_context(&w)->op.survey_version, &copied, ar) == FOUND &&
	    strcmp(copied.script[LANG_FR], "Bonsoir") == 0);
	CHECK_CASE("the one before is closed to them", who_in(1, id.v, NIGHT).member == MEMBER_NONE);
	sql("UPDATE operation SET revision = revision - 1 WHERE id = 1; UPDATE survey_version SET script_fr = 'Bonjour {first_name}' WHERE id = 1");
	world_read();
	real = op;

	CHECK_CASE("it ends, and ending twice is no error", practice_end(db, again, NIGHT) && practice_end(db, again, NIGHT + MINUTE_US));
	practice_tidy(db, NIGHT + PRACTICE_STAYS - 1, ar);
	CHECK_EQ_I_N("calls that are going on have some minutes", sql_int("SELECT COUNT(*) FROM practice"), 2);
	practice_tidy(db, NIGHT + PRACTICE_STAYS, ar);
	CHECK_EQ_S_N("then every table is what it was before, byte for byte", changed(&before), "");
}

/* Two windows at the same moment. */
static int
start_in_child(int n)
{
	struct who w = who_in((unsigned)n % 2, 1, NIGHT);
	struct operation_id made;

	return practice_start(db, &real, &w, NIGHT, &made, &why, ar) <= ALREADY ? 0 : 1;
}

static void
at_once(void)
{
	struct sums before = sums();
	pid_t pid[6];
	int failed = 0;

	for (int i = 0; i < 6; i++)
		pid[i] = in_child(start_in_child, i);
	for (int i = 0; i < 6; i++)
		failed += child_code(pid[i]) != 0;
	CHECK_EQ_U_N("six windows of two volunteers at once all start", (unsigned)failed, 0);
	CHECK_EQ_I_N("two practices", sql_int("SELECT COUNT(*) FROM practice"), 2);
	practice_tidy(db, NIGHT + PRACTICE_LASTS - 1, ar);
	CHECK_EQ_I_N("a practice lasts a day", sql_int("SELECT COUNT(*) FROM practice WHERE ended_at IS NULL"), 2);
	practice_tidy(db, NIGHT + PRACTICE_LASTS, ar);
	CHECK_EQ_I_N("then it ends by itself", sql_int("SELECT COUNT(*) FROM practice WHERE ended_at IS NOT NULL"), 2);
	practice_tidy(db, NIGHT + PRACTICE_LASTS + PRACTICE_STAYS, ar);
	CHECK_EQ_S_N("and nothing is left", changed(&before), "");
}

/* By its link: nobody who is known, nothing that is known. */
static void
visited(void)
{
	struct volunteer v = { .name = "Passante", .contact = "", .address = "203.0.113.7", .key = "kkkkkkkkkkkkkkkkkkkkkk", .lang = LANG_EN };
	struct sums before;
	struct practice_invitation in;
	struct operation_id id, same;
	const char *url, *token, *cookie, *once_more;
	struct who w, elsewhere;

	CHECK_CASE("without a link there is none", practice_link_of(db, real.id, &url, ar) == NONE);
	CHECK_CASE("an owner turns it on", practice_link_set(db, &real, true, AGENT(0), NOON, &why, ar) == SAVED);
	CHECK_CASE("twice is once", practice_link_set(db, &real, true, AGENT(0), NOON, &why, ar) == ALREADY);
	world_read();
	real = op;
	before = sums();
	CHECK_CASE("an address to give away", practice_link_of(db, real.id, &url, ar) == FOUND && (token = strstr(url, "/practice/")) != NULL);
	token = strstr(url, "/practice/") + strlen("/practice/");
	CHECK_EQ_I_N("stored only as a hash", sql_int("SELECT COUNT(*) FROM practice_link WHERE token_hash = '%s'", token), 0);
	CHECK_CASE("it says whose operation", practice_by_token(db, token, &in, ar) == FOUND && in.op.id.v == 1 && in.open && strcmp(in.organisation, "Test") == 0);
	CHECK_CASE("another word opens nothing", practice_by_token(db, "AAAAAAAAAAAAAAAAAAAAAAAA", &in, ar) == NONE);
	CHECK_CASE("somebody unknown practises", practice_visit(db, token, &v, NIGHT, &id, &cookie, &why, ar) == SAVED);
	CHECK_CASE("their form twice is one practice", practice_visit(db, token, &v, NIGHT, &same, &once_more, &why, ar) == ALREADY && same.v == id.v &&
	    strcmp(cookie, once_more) == 0);
	session[2] = cookie;
	w = who_in(2, id.v, NIGHT);
	elsewhere = who_in(2, 1, NIGHT);
	CHECK_CASE("they call there", w.member == MEMBER_AGENT && agent_context(&w)->visitor && agent_context(&w)->practice_of.v == 1);
	CHECK_CASE("and are nobody in the operation", elsewhere.user != 0 && elsewhere.member == MEMBER_NONE && elsewhere.organisation != 1);
	CHECK_CASE("the link again leads back", practice_of_visitor(db, real.id, &w, &same, ar) == FOUND && same.v == id.v);
	CHECK_CASE("they are told from people", practice_visitor(db, &w, ar) == FOUND && practice_visitor(db, &(struct who){ .user = 101 }, ar) == NONE);
	CHECK_CASE("it ends", practice_end(db, id, NIGHT) && practice_of_visitor(db, real.id, &w, &same, ar) == NONE);
	practice_tidy(db, NIGHT + PRACTICE_STAYS, ar);
	CHECK_CASE("and with it their session", who_in(2, id.v, NIGHT + PRACTICE_STAYS).user == 0);
	CHECK_EQ_S_N("of who came nothing is left but the count against floods", changed(&before), "throttle");
	CHECK_CASE("an owner turns it off, twice", practice_link_set(db, &real, false, AGENT(0), NOON, &why, ar) == SAVED &&
	    practice_link_set(db, &real, false, AGENT(0), NOON, &why, ar) == ALREADY);
	v.key = "llllllllllllllllllllll";
	CHECK_CASE("then it opens nothing", practice_by_token(db, token, &in, ar) == NONE &&
	    practice_visit(db, token, &v, NIGHT, &id, &cookie, &why, ar) == REFUSED && why == R_LINK_ENDED);
	CHECK_CASE("one turned on later is another", practice_link_set(db, &real, true, AGENT(0), NOON, &why, ar) == SAVED && practice_by_token(db, token, &in, ar) == NONE);
	sql("UPDATE operation SET state = 'archived' WHERE id = 1");
	practice_link_of(db, real.id, &url, ar);
	CHECK_CASE("an archived operation is not practised", practice_by_token(db, strstr(url, "/practice/") + 10, &in, ar) == FOUND && !in.open);
	real.state = OP_DRAFT;
	CHECK_CASE("nor is a draft", started(0, REFUSED).v == 0 && why == R_WRONG_STATE);
	sql("UPDATE operation SET state = 'active' WHERE id = 1; DELETE FROM practice_link");
	world_read();
	real = op;
}

/* Where a telephone company is pretended, the practice calls from the software through it, whatever the real account is. */
static void
by_software(void)
{
	struct sums before;
	struct operation_id id;
	struct who w;

	sql("INSERT INTO trunk (id, organisation_id, name, provider, created_at, form_key, budget_micro) VALUES (5, 1, 'Real', 'twilio', 1, REPEAT('x', 16), 1);"
	    "INSERT INTO caller_id VALUES (5, '+14185550100', 1); INSERT INTO dialing (operation_id, trunk_id, caller_e164, mode, ring_seconds, paused)"
	    " VALUES (1, 5, '+14185550100', 'progressive', 31, 'account'); UPDATE operation SET method = 'software', revision = revision + 1 WHERE id = 1");
	world_read();
	real = op;
	before = sums();
	conf.sim_port = 18080;
	id = started(1, SAVED);
	w = who_in(1, id.v, NIGHT);
	CHECK_CASE("from the software", agent_context(&w)->op.method == OP_SOFTWARE);
	CHECK_EQ_I_N("through an account of its own at the simulation, in the operation's manner, paused by nothing", sql_int("SELECT COUNT(*) FROM dialing d"
	    " JOIN trunk t ON t.id = d.trunk_id JOIN caller_id n ON n.trunk_id = t.id AND n.e164 = d.caller_e164 WHERE d.operation_id = %llu AND t.provider = 'sim'"
	    " AND t.organisation_id <> 1 AND t.budget_micro IS NULL AND d.mode = 'progressive' AND d.ring_seconds = 31 AND d.paused = ''", (unsigned long long)id.v), 1);
	CHECK_CASE("with a line", line_start(db, &agent_context(&w)->op, (struct user_id){ w.user }, LANG_FR, "+1 290 555-0160", NIGHT, &why, ar) == SAVED);
	sql("INSERT INTO live_call (trunk_id, operation_id, line_id, user_id, entry_id, e164, from_e164, claimed_at, form_key, wanted_at, month)"
	    " SELECT trunk_id, operation_id, id, user_id, 1, '+12905550160', from_e164, 1, REPEAT('k', 16), 1, '2026-06-01' FROM agent_line;"
	    "INSERT INTO call_fact (leg, of_id, fact_key, kind, source, received_at) SELECT 'contact', id, REPEAT('f', 32), 'ringing', 'hook', 1 FROM live_call"
	    " UNION SELECT 'agent', id, REPEAT('f', 32), 'ringing', 'hook', 1 FROM agent_line;"
	    "INSERT INTO call_orphan SELECT trunk_id, REPEAT('f', 32), 'contact', 1, 'ringing', '', 1 FROM agent_line;"
	    "INSERT INTO hook_tally SELECT trunk_id, 'orphan', 1, 1 FROM agent_line; INSERT INTO cost_tally SELECT trunk_id, '2026-06-01', operation_id, 'USD', 1, 1, 9 FROM agent_line");
	practice_end(db, id, NIGHT);
	CHECK_EQ_I_N("which the end hangs up", sql_int("SELECT COUNT(*) FROM agent_line WHERE end_asked_at IS NOT NULL AND look_at IS NOT NULL"), 1);
	practice_tidy(db, NIGHT + PRACTICE_STAYS, ar);
	CHECK_EQ_S_N("of calls, what was told of them and what they cost nothing is left", changed(&before), "");
	conf.sim_port = 0;
}

/* What hangs on an operation or an organisation without an index by it, and no practice has. */
static const char why_not[] = ",export,job,outbox,person_merged,";

static void
every_table(void)
{
	const char *text = NULL, *missing = "";
	struct rows r;

	if (!db_script_value(db, "SELECT ROUTINE_DEFINITION FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_NAME = 'practice_forget'", ar, &text) ||
	    !db_rows_of(db, "SELECT DISTINCT c.TABLE_NAME FROM information_schema.COLUMNS c WHERE c.TABLE_SCHEMA = DATABASE() AND c.COLUMN_NAME IN"
	    " ('operation_id', 'organisation_id') AND NOT EXISTS (SELECT 1 FROM information_schema.STATISTICS i WHERE i.TABLE_SCHEMA = DATABASE()"
	    " AND i.TABLE_NAME = c.TABLE_NAME AND i.COLUMN_NAME = c.COLUMN_NAME AND i.SEQ_IN_INDEX = 1) ORDER BY 1", "s", NULL, 0, ar, &r))
		die("no procedure");
	for (size_t i = 0; i < r.n; i++) {
		const char *t = row_s(&r.row[i], 0);

		if (strstr(text, arena_fmt(ar, "DELETE FROM %s WHERE", t)) == NULL && strstr(why_not, arena_fmt(ar, ",%s,", t)) == NULL)
			missing = arena_fmt(ar, "%s %s", missing, t);
	}
	CHECK_EQ_S_N("every table that hangs on an operation or an organisation has an index by it and is swept, is emptied by name, or stands in why_not", missing, "");
	{
		struct sums before = sums();

		sql("CALL practice_forget(1); CALL practice_forget(99)");
		CHECK_EQ_S_N("a real organisation is never forgotten", changed(&before), "");
		sql("INSERT INTO practice VALUES (1, 1, 1, 1, 101, 101, 1, NULL); CALL practice_forget(1)");
		CHECK_EQ_I_N("not even when a row says that it is a practice", sql_int("SELECT COUNT(*) FROM organisation WHERE id = 1"), 1);
		sql("DELETE FROM practice");
		CHECK_EQ_S_N("nothing of it", changed(&before), "");
	}
}

int
main(void)
{
	world();
	rehearsed();
	at_once();
	visited();
	by_software();
	every_table();
	db_close(db);
	arena_free(ar);
	return check_done();
}
