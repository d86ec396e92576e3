/*
 * Staff, invitations, second steps and copies on the database: two at the same instant, by processes of their own;
 * and that a copy leaves no rule behind, also none that a later migration brings.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/invite.h"
#include "domain/operation.h"
#include "domain/staff.h"
#include "domain/two_factor.h"

#include "check.h"

#define T0	(20000 * DAY_US)
enum { AT_ONCE = 6 };

static struct db *db;
static struct arena *a;
#include "sql.h"
static const struct organisation_id org = { 1 };
static const struct user_id marie = { 1 }, lea = { 2 };
static enum refusal why;

/* Runs `work` in AT_ONCE processes at the same instant; how many of them it worked for. */
static unsigned
at_once(bool (*work)(struct db *, unsigned))
{
	int gate[2];
	unsigned good = 0;
	char byte;

	if (pipe(gate) != 0)
		die("pipe");
	for (unsigned i = 0; i < AT_ONCE; i++) {
		if (fork() != 0)
			continue;
		struct db *mine = db_open(true);
		close(gate[1]);
		if (read(gate[0], &byte, 1) != 0)
			_exit(2);
		_exit(work(mine, i) ? 0 : 1);
	}
	close(gate[0]);
	usleep(300000);			/* everybody is connected and waits */
	close(gate[1]);
	for (unsigned i = 0; i < AT_ONCE; i++) {
		int status;

		if (wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
			good++;
	}
	return good;
}

/* --- administrators --- */

static bool
demote_the_other(struct db *mine, unsigned i)
{
	struct staff_by by = { org, i % 2 == 0 ? marie : lea, T0 };

	return staff_set_role(mine, &by, i % 2 == 0 ? lea : marie, ROLE_ORGANISER, &why, a) == SAVED;
}

static bool
disable_the_other(struct db *mine, unsigned i)
{
	struct staff_by by = { org, i % 2 == 0 ? marie : lea, T0 };

	return staff_disable(mine, &by, i % 2 == 0 ? lea : marie, true, &why, a) == SAVED;
}

static void
administrators(void)
{
	CHECK_CASE("of two administrators who demote each other at the same instant one does", at_once(demote_the_other) == 1);
	CHECK_EQ_S_N("and one is left", value("SELECT COUNT(*) FROM user WHERE role = 'administrator' AND organisation_id = 1"), "1");
	run("UPDATE user SET role = 'administrator' WHERE id IN (1, 2)");
	CHECK_CASE("of two who disable each other one does", at_once(disable_the_other) == 1);
	CHECK_EQ_S_N("fact 97: every operation has an owner who can sign in", value("SELECT COUNT(*) FROM operation o WHERE NOT EXISTS (SELECT 1 FROM member m"
	    " JOIN user u ON u.id = m.user_id WHERE m.operation_id = o.id AND m.role = 'owner' AND u.disabled_at IS NULL)"), "0");
	run("UPDATE user SET disabled_at = NULL");
	struct staff_by command = { .now = T0 };
	CHECK_CASE("the administrator's command disables too", staff_disable(db, &command, lea, true, &why, a) == SAVED);
	CHECK_CASE("not the last", staff_disable(db, &command, marie, true, &why, a) == REFUSED && why == R_LAST_ADMINISTRATOR);
	CHECK_CASE("and who invited has no password yet does not count", (run("UPDATE user SET disabled_at = NULL, password_hash = NULL WHERE id = 2"),
	    staff_disable(db, &command, marie, true, &why, a) == REFUSED));
	run("UPDATE user SET password_hash = 'x' WHERE id = 2");
}

/* --- invitations --- */

static const char *token;

static bool
accept_it(struct db *mine, unsigned i)
{
	struct signed_in in;

	return invite_accept(mine, token, arena_fmt(a, "password number %u", i), "203.0.113.1", T0, &in, &why, a) == SAVED && in.token != NULL;
}

static bool
invite_her(struct db *mine, unsigned i)
{
	struct staff_by by = { org, marie, T0 };
	struct invite in = { "Zoé", "zoe@example.org", ROLE_VOLUNTEER, LANG_FR };
	struct user_id id;
	enum saved s = invite_send(mine, &by, &in, &id, &why, a);

	(void)i;
	return s == SAVED || s == ALREADY || (s == REFUSED && why == R_EMAIL_TAKEN);
}

static void
invitations(void)
{
	struct user_id zoe;
	const char *url;
	int64_t until;

	CHECK_CASE("the same invitation sent by several at the same instant", at_once(invite_her) == AT_ONCE);
	CHECK_EQ_S_N("makes one user with one link", value("SELECT CONCAT((SELECT COUNT(*) FROM user WHERE email = 'zoe@example.org'), ' ',"
	    " (SELECT COUNT(*) FROM one_time_code WHERE purpose = 'invite'))"), "1 1");
	zoe.v = strtoull(value("SELECT id FROM user WHERE email = 'zoe@example.org'"), NULL, 10);
	CHECK_CASE("a week long", invite_of(db, zoe, T0, &url, &until, a) == FOUND && until == T0 + 7 * DAY_US &&
	    invite_of(db, zoe, T0 + 7 * DAY_US, &url, &until, a) == NONE && invite_of(db, zoe, T0, &url, &until, a) == FOUND);
	token = strrchr(url, '/') + 1;
	CHECK_CASE("144 bits", strlen(token) == 24);
	CHECK_CASE("an invitation used at the same instant lets one in", at_once(accept_it) == 1);
	CHECK_EQ_S_N("with one session", value("SELECT COUNT(*) FROM session"), "1");
}

/* --- the second step --- */

static const char *one_code;

static bool
use_in(struct db *mine, void *ctx)
{
	(void)ctx;
	return two_factor_use(mine, marie, one_code, T0, &why, a);
}

static bool
use_it(struct db *mine, unsigned i)
{
	(void)i;
	return tx_write(mine, use_in, NULL) == TX_DONE;
}

static void
second_step(void)
{
	const char *codes[RECOVERY_CODES], *key;
	struct two_factor f;
	char command[200], line[20] = "";
	FILE *oath;

	run("UPDATE user SET disabled_at = NULL, role = 'administrator', password_hash = 'x' WHERE id = 1");
	CHECK_CASE("begun, twice is once", two_factor_begin(db, marie, T0, &why, a) == SAVED && two_factor_begin(db, marie, T0, &why, a) == ALREADY);
	CHECK_CASE("a secret to scan", two_factor_of(db, marie, &f, a) == FOUND && f.begun && !f.on && (key = strstr(f.uri, "secret=")) != NULL);
	snprintf(command, sizeof(command), "oathtool --totp -b -N @%lld %.32s", (long long)(T0 / SECOND_US), strstr(f.uri, "secret=") + 7);
	if ((oath = popen(command, "r")) == NULL || fgets(line, sizeof(line), oath) == NULL)
		die("oathtool");
	pclose(oath);
	line[6] = '\0';
	CHECK_CASE("an independent authenticator's code turns it on", two_factor_confirm(db, marie, line, "203.0.113.5", T0, codes, &why, a) == SAVED);
	one_code = line;
	CHECK_CASE("the code that turned it on is used up", at_once(use_it) == 0);
	run("UPDATE user SET totp_step = 0");
	CHECK_CASE("a code sent at the same instant works once", at_once(use_it) == 1);
	one_code = codes[4];
	CHECK_CASE("a recovery code too", at_once(use_it) == 1);
	CHECK_CASE("nine are left", two_factor_of(db, marie, &f, a) == FOUND && f.on && f.codes_left == 9 && f.uri == NULL);
	CHECK_CASE("off by a recovery code", two_factor_off(db, marie, codes[5], "203.0.113.5", T0, &why, a) == SAVED &&
	    two_factor_of(db, marie, &f, a) == FOUND && !f.on && !f.begun && f.codes_left == 0);
	CHECK_CASE("who has no password has none", (run("UPDATE user SET password_hash = NULL WHERE id = 3"),
	    two_factor_begin(db, (struct user_id){ 3 }, T0, &why, a) == REFUSED && why == R_NOT_ALLOWED));
}

/* --- a copy of an operation --- */

/* What a copy takes along; everything else that hangs on an operation is its people, its calls and its shares. */
static const char tables[] =
    "agent_break 0, agent_line 0, agent_tally 0, alarm_state 0, answer_tally 0, attempt 0, call_answer_draft 0, call_draft 0, call_tally 0, cost_tally 0, dialing 1, entry 0, entry_log 0, entry_silenced 0, entry_tally 0,"
    " exclusion_rule 1, exclusion_sweep 0, export 0, field_rule 1, hold 0, kept_appointment 0, link 0, list_load 0, live_call 0, member 0, operation_page 0, operation_question 1, operation_zone 0, outbox 0, paper_sheet 0, power 0, power_answer 0, power_tally 0, practice 0, practice_link 0, queue_tally 1, recycling_rule 1, status_tally 0, wall 0";
static const char columns[] =
    "call_rules,closes_at,copied_from,created_at,created_by,day_calls,day_hours,description,ends_at,finished_at,hold_minutes,holidays,id,"
    "method,more_calls,name,opens_at,organisation_id,other_part,purpose,question_id,revision,share_qr,source,starts_on,state,"
    "survey_version_id,time_zone,version,wizard_page";
/* What it says of the calls beyond their days and hours. */
#define CALL_RULES "SELECT CONCAT_WS(' ', purpose, call_rules, day_hours, holidays, more_calls, day_calls, other_part) FROM operation WHERE id = "

static void
copies(void)
{
	struct operation_id made, again, third;
	struct operation op, copy;
	const char *parts[40];
	size_t n = text_split(a, tables, ',', parts, NITEMS(parts));
	const char *known = "";

	for (size_t i = 0; i < n; i++)
		known = arena_fmt(a, "%s%s%.*s", known, i == 0 ? "" : ",", (int)strcspn(text_trim(a, parts[i]), " "), text_trim(a, parts[i]));
	CHECK_EQ_S_N("every table that hangs on an operation: operation_copy.c copies it, or it is no rule",
	    value("SELECT GROUP_CONCAT(c.table_name ORDER BY c.table_name) FROM information_schema.columns c WHERE c.table_schema = DATABASE() AND c.column_name = 'operation_id'"), known);
	CHECK_EQ_S_N("every column of operation: operation_copy.c copies it, or it begins anew",
	    value("SELECT GROUP_CONCAT(column_name ORDER BY column_name) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'operation'"), columns);

	run("UPDATE operation SET state = 'active', version = 'original', source = 'contact', method = 'phone', name = 'Pointage', description = 'x', revision = 9,"
	    " purpose = 'fundraising', call_rules = 'ca', day_hours = '0900-2100,0900-2100,0900-2100,0900-2100,0900-2100,-,-', holidays = 'qc',"
	    " more_calls = 5, day_calls = 2, other_part = TRUE WHERE id = 1;"
	    "INSERT INTO exclusion_rule (operation_id, position, criterion, status, household) VALUES (1, 1, 'voted', 20, 1);"
	    "INSERT INTO field_rule (operation_id, field, position, mode, highlight) VALUES (1, 'email', 3, 'editable', 1);"
	    "INSERT INTO operation_question (operation_id, question_stable_id) VALUES (1, 77), (1, 78);"
	    "INSERT INTO dialing (operation_id, trunk_id, caller_e164, mode, ring_seconds, voice) VALUES (1, 5, '+14185550100', 'progressive', 30, 'browser');"
	    "INSERT INTO entry (operation_id, person_id, due_at, e164, loaded_at) VALUES (1, 1, 1, '+14185550131', 0)");
	CHECK_CASE("a copy", operation_duplicate(db, (struct operation_id){ 1 }, "%s (copy)", marie, T0, &made, &why, a) == SAVED);
	CHECK_CASE("the button again gives the same", operation_duplicate(db, (struct operation_id){ 1 }, "%s (copy)", marie, T0, &again, &why, a) == ALREADY && again.v == made.v);
	CHECK_CASE("is a draft named after it", operation_by_id(db, made, &copy, a) == FOUND && operation_by_id(db, (struct operation_id){ 1 }, &op, a) == FOUND &&
	    copy.state == OP_DRAFT && strcmp(copy.name, "Pointage (copy)") == 0 && copy.version == op.version && copy.source == op.source && copy.wizard_page == 9);
	CHECK_EQ_S_N("with its hours by day, holidays, caps and parts of the day", value(arena_fmt(a, CALL_RULES "%llu", (unsigned long long)made.v)),
	    "fundraising ca 0900-2100,0900-2100,0900-2100,0900-2100,0900-2100,-,- qc 5 2 1");
	for (size_t i = 0; i < n; i++) {
		const char *t = text_trim(a, parts[i]);
		int length = (int)strcspn(t, " ");

		if (t[length + 1] == '1')
			CHECK_CASE(arena_fmt(a, "with every row of %.*s", length, t), strcmp(value(arena_fmt(a, "SELECT COUNT(*) FROM %.*s WHERE operation_id = %llu", length, t, (unsigned long long)made.v)),
			    value(arena_fmt(a, "SELECT COUNT(*) FROM %.*s WHERE operation_id = 1", length, t))) == 0);
	}
	CHECK_EQ_S_N("it calls from the software in the same way", value(arena_fmt(a, "SELECT CONCAT_WS(' ', trunk_id, caller_e164, mode, ring_seconds, voice) FROM dialing WHERE operation_id = %llu",
	    (unsigned long long)made.v)), "5 +14185550100 progressive 30 browser");
	CHECK_EQ_S_N("no people, one owner, a link of its own", value(arena_fmt(a, "SELECT CONCAT((SELECT COUNT(*) FROM entry WHERE operation_id = %1$llu), (SELECT COUNT(*) FROM member WHERE operation_id = %1$llu),"
	    " (SELECT COUNT(*) FROM link WHERE operation_id = %1$llu))", (unsigned long long)made.v)), "011");
	CHECK_CASE("the queue's audit finds it sound", strcmp(value(arena_fmt(a, "SELECT SUM(ready + held + waiting + done + removed) FROM queue_tally WHERE operation_id = %llu", (unsigned long long)made.v)), "0") == 0);
	run(arena_fmt(a, "UPDATE operation SET revision = 3 WHERE id = %llu; UPDATE operation SET name = REPEAT('é', 120) WHERE id = 1", (unsigned long long)made.v));
	CHECK_CASE("one that was touched is not given again; a long name is cut", operation_duplicate(db, (struct operation_id){ 1 }, "%s (copy)", marie, T0, &third, &why, a) == SAVED &&
	    third.v != made.v && operation_by_id(db, third, &copy, a) == FOUND && text_chars(copy.name) == 120);
	CHECK_CASE("a draft is not copied", operation_duplicate(db, third, "%s (copy)", marie, T0, &made, &why, a) == REFUSED && why == R_WRONG_STATE);
	CHECK_CASE("archived and restored: paused", operation_archive(db, (struct operation_id){ 1 }, marie, T0, &why, a) == SAVED &&
	    operation_restore(db, (struct operation_id){ 1 }, marie, T0, &why, a) == SAVED && operation_restore(db, (struct operation_id){ 1 }, marie, T0, &why, a) == SAVED &&
	    operation_by_id(db, (struct operation_id){ 1 }, &op, a) == FOUND && op.state == OP_PAUSED);
}

int
main(void)
{
	struct operation_id id;

	log_open("accounts");
	conf_load();
	seal_open();
	a = arena_new();
	db = db_open(true);
	run("INSERT INTO organisation (id, name, created_at) VALUES (1, 'Comité', 0);"
	    "INSERT INTO user (id, organisation_id, email, name, password_hash, role, created_at) VALUES"
	    " (1, 1, 'marie@example.org', 'Marie', 'x', 'administrator', 0), (2, 1, 'lea@example.org', 'Léa', 'x', 'administrator', 0),"
	    " (3, 1, 'karim@example.org', 'Karim', 'x', 'volunteer', 0)");
	if (!CHECK_CASE("an operation", operation_create(db, org, marie, T0, &id, a) == SAVED && id.v == 1))
		return check_done();
	administrators();
	invitations();
	second_step();
	copies();
	db_close(db);
	arena_free(a);
	return check_done();
}
