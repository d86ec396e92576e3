/* What reaches the agent's page: fields by rule, order, highlight; the household, the calls before; edits. */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/lang.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "domain/agent_edit.h"
#include "domain/agent_screen.h"

#include "check.h"

static struct db *db;
static struct arena *a;
#include "sql.h"
static struct operation op;
static const struct user_id lea = { 2 };
static const struct today today = { 2026, 11, 24 };
static struct held held;

static struct agent_screen
look(bool reveal)
{
	struct agent_screen s;
	struct field_rules rules;

	if (!field_rules_of(db, &op, &rules, a) ||
	    agent_screen(db, &op, &rules, &held, lea, &today, reveal, NULL, &s, a) != FOUND)
		die("no screen");
	return s;
}

static size_t
place_of(const struct agent_screen *s, enum person_field f)
{
	for (size_t i = 0; i < s->nfields; i++)
		if (s->field[i].field == f)
			return i;
	return FIELD__MAX;
}

static void
set_up(void)
{
	run("INSERT INTO organisation (id, name, created_at) VALUES (1, 'O', 1);"
	    "INSERT INTO user (id, organisation_id, name, role, created_at) VALUES (1, 1, 'Marie', 'organiser', 1),"
	    " (2, 1, 'Léa', 'volunteer', 1);"
	    "INSERT INTO operation (id, organisation_id, state, source, name, time_zone, created_by, created_at)"
	    " VALUES (7, 1, 'active', 'contact', 'Op', 'America/Toronto', 1, 1), (8, 1, 'active', 'contact', 'Autre', 'America/Toronto', 1, 1);"
	    "INSERT INTO household (id, organisation_id, kind, address_key) VALUES (5, 1, 'contact', REPEAT('a', 16));"
	    "INSERT INTO person (id, organisation_id, kind, last_name, first_name, email, language, birth_date, nationality,"
	    " civic_number, street, city, notes, donations_year, household_id, created_at, updated_at) VALUES"
	    " (11, 1, 'contact', 'Tremblay', 'Zoé', 'zoe@example.org', 'fr', '1969-05-02', 'Secretland', '12', 'rue A', 'Laval', 'chien', 120, 5, 1, 1),"
	    " (12, 1, 'contact', 'Tremblay', 'Bob', '', '', NULL, '', '', '', '', '', NULL, 5, 1, 1),"
	    " (13, 1, 'contact', 'Tremblay', 'Absente', '', '', NULL, '', '', '', '', '', NULL, 5, 1, 1);"
	    "INSERT INTO phone (person_id, position, kind, e164, extension, state) VALUES (11, 1, 'home', '+15145550000', '', 'ok'),"
	    " (11, 2, 'cell', '+15145550001', '22', 'ok'), (11, 3, 'work', '+15145550002', '', 'wrong');"
	    "INSERT INTO entry (id, operation_id, person_id, due_at, e164, loaded_at, reason, attempts) VALUES"
	    " (21, 7, 11, 1, '+15145550000', 1, 0, 0), (22, 7, 12, 2, '+15145550000', 1, 8, 1), (23, 8, 13, 1, '+15145550009', 1, 0, 0);"
	    "INSERT INTO attempt (operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key, note)"
	    " VALUES (7, 21, 1, 11, 2, '+15145550000', 8, 'America/Toronto', 1, 100, REPEAT('a', 16), 'ancien'),"
	    " (7, 21, 2, 11, 2, '+15145550000', 12, 'America/Toronto', 1, 200, REPEAT('b', 16), ''),"
	    " (8, 23, 1, 11, 2, '+15145550000', 12, 'America/Toronto', 1, 300, REPEAT('c', 16), 'ailleurs');"
	    "INSERT INTO agent_tally (operation_id, user_id, day, calls, reached, last_at) VALUES (7, 2, '2026-11-24', 23, 9, 1),"
	    " (7, 2, '2026-11-23', 99, 99, 1), (8, 2, '2026-11-24', 50, 50, 1);");
	if (operation_by_id(db, (struct operation_id){ 7 }, &op, a) != FOUND)
		die("no operation");
	held = (struct held){ .entry = { 21 }, .person = { 11 }, .e164 = "+15145550000", .zone = "America/Toronto",
		.attempts = 2 };
}

static void
by_default(void)
{
	struct agent_screen s = look(true);

	CHECK_EQ_S_N("the name", s.first_name, "Zoé");
	CHECK_EQ_U_N("fact 78: a field hidden by default is not in the page's data", place_of(&s, FIELD_NATIONALITY), FIELD__MAX);
	CHECK_CASE("a visible one is, raw", place_of(&s, FIELD_EMAIL) < s.nfields &&
	    strcmp(s.field[place_of(&s, FIELD_EMAIL)].value, "zoe@example.org") == 0);
	CHECK_CASE("fact 80: a contact has no polling place", place_of(&s, FIELD_POLLING_PLACE) == FIELD__MAX);
	CHECK_EQ_U_N("the number to dial is the landline", s.dial_field, FIELD_PHONE_HOME);
	CHECK_EQ_U_N("one other number: a wrong one is not shown", s.nphones, 1);
	CHECK_EQ_S_N("with its extension", s.phone[0].extension, "22");
	CHECK_EQ_U_N("fact 119: the household on this list, not on others", s.nmates, 1);
	CHECK_CASE("fact 119: with the same number and the last status", s.mate[0].same_number && s.mate[0].called &&
	    s.mate[0].reason == ST_NO_ANSWER && strcmp(s.mate[0].name, "Bob Tremblay") == 0);
	CHECK_EQ_U_N("earlier calls of this operation only", s.ntries, 2);
	CHECK_EQ_U_N("the newest first", (uint64_t)s.try[0].at, 200);
	CHECK_CASE("with the note and the caller", strcmp(s.try[1].note, "ancien") == 0 && strcmp(s.try[1].agent, "Léa") == 0);
	CHECK_CASE("the agent's calls of today, here", s.calls == 23 && s.reached == 9);
	CHECK_EQ_S_N("the city for the script", s.city, "Laval");
	s = look(false);
	CHECK_CASE("fact 25: when calls are closed no number is read at all", s.nphones == 0 && s.dial_field == FIELD__MAX);
}

static void
by_rules(void)
{
	struct agent_screen s;

	run("INSERT INTO field_rule (operation_id, field, position, mode, highlight) VALUES (7, 'birth_date', 1, 'editable', 1),"
	    " (7, 'email', 2, 'editable', 0), (7, 'address', 3, 'hidden', 0), (7, 'phone_cell', 4, 'hidden', 0),"
	    " (7, 'household', 5, 'hidden', 0), (7, 'notes', 6, 'hidden', 0), (7, 'nonsense', 7, 'visible', 0),"
	    " (7, 'polling_place', 8, 'visible', 0), (7, 'donations_year', 9, 'visible', 0)");
	s = look(true);
	CHECK_CASE("fact 74: the operation's order", s.field[0].field == FIELD_BIRTH_DATE && s.field[1].field == FIELD_EMAIL);
	CHECK_CASE("fact 73: highlighted", s.field[0].highlight && !s.field[1].highlight);
	CHECK_CASE("fact 76: a date of birth stored as editable is only visible", !s.field[0].editable && s.field[1].editable);
	CHECK_CASE("fact 78: hidden fields are gone", place_of(&s, FIELD_ADDRESS) == FIELD__MAX && place_of(&s, FIELD_NOTES) == FIELD__MAX);
	CHECK_EQ_S_N("fact 78: and so is what a script would merge of them", s.city, "");
	CHECK_CASE("fact 78: a hidden number is not shown", s.nphones == 0);
	CHECK_CASE("fact 78: a hidden household is not shown", s.nmates == 0);
	CHECK_CASE("a field of another source stays away", place_of(&s, FIELD_POLLING_PLACE) == FIELD__MAX);
	CHECK_CASE("a number reads as money", strcmp(field_show(FIELD_DONATIONS_YEAR, s.field[place_of(&s, FIELD_DONATIONS_YEAR)].value,
	    LANG_FR, &today, a), "120\xc2\xa0$") == 0);
	held.person.v = 999;
	CHECK_CASE("somebody deleted is told apart from a broken database", ({ struct field_rules r; struct agent_screen x;
	    field_rules_of(db, &op, &r, a) && agent_screen(db, &op, &r, &held, lea, &today, true, NULL, &x, a) == NONE; }));
	held.person.v = 11;
}

static void
edits(void)
{
	const struct agent_edit email = { FIELD_EMAIL, "neuf@example.org", "" }, birth = { FIELD_BIRTH_DATE, "2000-01-01", "" };
	const struct agent_edit notes = { FIELD_NOTES, "x", "" };
	struct field_rules rules;
	enum refusal why;

	if (!field_rules_of(db, &op, &rules, a))
		die("no rules");
	CHECK_CASE("fact 79: an edit is stored", agent_edit(db, &op, &rules, lea, held.entry, &email, 1, 500, &why, a) == SAVED &&
	    strcmp(value("SELECT email FROM person WHERE id = 11"), "neuf@example.org") == 0);
	CHECK_EQ_S_N("fact 81: logged with agent, time, old and new", value("SELECT CONCAT(user_id, ' ', at, ' ', detail) FROM audit"),
	    "2 500 email: zoe@example.org -> neuf@example.org");
	CHECK_CASE("the same edit again changes nothing", agent_edit(db, &op, &rules, lea, held.entry, &email, 1, 600, &why, a) == ALREADY &&
	    strcmp(value("SELECT COUNT(*) FROM audit"), "1") == 0);
	CHECK_CASE("fact 77: a date of birth cannot be edited", agent_edit(db, &op, &rules, lea, held.entry, &birth, 1, 700, &why, a) == REFUSED &&
	    why == R_FIELD_LOCKED && strcmp(value("SELECT birth_date FROM person WHERE id = 11"), "1969-05-02") == 0);
	CHECK_CASE("fact 77: nor a hidden field", agent_edit(db, &op, &rules, lea, held.entry, &notes, 1, 700, &why, a) == REFUSED &&
	    strcmp(value("SELECT notes FROM person WHERE id = 11"), "chien") == 0);
	CHECK_CASE("nor anybody of another operation", agent_edit(db, &op, &rules, lea, (struct entry_id){ 23 }, &email, 1, 700, &why, a) == REFUSED &&
	    strcmp(value("SELECT email FROM person WHERE id = 13"), "") == 0);
}

int
main(void)
{
	conf_load();
	log_open("agent_screen");
	lang_open();
	seal_open();
	a = arena_new();
	db = db_open(false);
	set_up();
	by_default();
	by_rules();
	edits();
	db_close(db);
	arena_free(a);
	return check_done();
}
