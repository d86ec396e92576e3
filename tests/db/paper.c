/*
 * paper - sheets of paper: people taken by the rule of agents and kept until the sheet's time is over, calls typed in, taken
 * back, too late; sheets and agents at the same instant. Each part ends in an audit that finds nothing.
 */
#include "queue_world.h"

#include <sys/mman.h>

#include "domain/paper.h"
#include "domain/queue_list.h"

static struct paper_sheet sheet;
static struct nobody_now nobody;
static enum refusal why;
static unsigned forms;

static const char *
value(const char *text)
{
	const char *v = NULL;

	return db_script_value(db, text, ar, &v) && v != NULL ? v : "";
}

static unsigned char *
new_key(void)
{
	unsigned char *key = arena_alloc(ar, 16);

	memset(key, 0, 16);
	memcpy(key, &forms, sizeof(forms));
	key[15] = (unsigned char)getpid();
	key[14] = (unsigned char)(getpid() >> 8);
	forms++;
	return key;
}

static int64_t
tonight(int64_t now)
{
	int64_t ends[PAPER_DAYS + 1];

	return paper_ends(&op, now, ends) > 0 ? ends[0] : 0;
}

static enum saved
print_as(unsigned pages, int64_t now, const unsigned char *key, struct paper_id *out)
{
	struct paper_wish w = { .caller = AGENT(1), .new_name = "", .pages = pages, .until_at = tonight(now), .form_key = key, .by = AGENT(0) };

	return paper_print(db, &op, &w, now, out, &nobody, &why, ar);
}

static struct paper_sheet
printed(unsigned pages, int64_t now)
{
	struct paper_sheet s = { .id = { 0 } };
	struct paper_id id;

	if (print_as(pages, now, new_key(), &id) != SAVED || paper_by_id(db, op.id, id, &s, ar) != FOUND)
		s.id.v = 0;
	return s;
}

static struct paper_place
place_of(const struct paper_sheet *s, unsigned number)
{
	struct paper_place *p;
	size_t n;

	if (!paper_places(db, &op, s->id, &p, &n, ar) || number > n)
		return (struct paper_place){ .number = 0 };
	return p[number - 1];
}

static enum saved
enter(const struct paper_sheet *s, unsigned number, enum status status, int64_t called_at, int64_t now)
{
	struct paper_said said = { .number = number, .caller = AGENT(1), .called_at = called_at, .status = status, .note = "by hand" };

	return paper_enter(db, &op, rules, s, &said, AGENT(0), now, &why, ar);
}

static unsigned
holds_of(const struct paper_sheet *s)
{
	return (unsigned)sql_int("SELECT COUNT(*) FROM hold WHERE user_id BETWEEN %llu AND %llu",
	    (unsigned long long)PAPER_HOLDER(s->id, 1).v, (unsigned long long)PAPER_HOLDER(s->id, 255).v);
}

static void
printing(void)
{
	struct paper_id id, again;
	unsigned char *key = new_key();
	unsigned twice = 0, released;

	world_people(1, 100);
	sql("UPDATE person SET deceased = TRUE WHERE id = 3");
	world_load(1, 100, NOON);
	sql("INSERT INTO suppression (organisation_id, e164, created_at) SELECT 1, e164, 1 FROM phone WHERE person_id IN (5, 6);"
	    "UPDATE person SET calls_forbidden = TRUE WHERE id = 8");
	CHECK(print_as(2, NOON, key, &id) == SAVED && paper_by_id(db, op.id, id, &sheet, ar) == FOUND);
	CHECK_EQ_U_N("forty people on two pages", sheet.people, 40);
	CHECK_CASE("all of them held for the sheet", sheet.held == 40 && sheet.entered == 0 && holds_of(&sheet) == 40);
	CHECK_CASE("nobody who is dead, forbidden or suppressed", sql_int("SELECT COUNT(*) FROM hold WHERE person_id IN (3, 5, 6, 8)") == 0);
	CHECK_EQ_I_N("until the end of calls tonight", sql_int("SELECT MIN(held_until) FROM hold"), tonight(NOON));
	CHECK_EQ_I_N("at 23:59", tonight(NOON) - NOON, 11 * HOUR_US + 59 * MINUTE_US);
	CHECK_CASE("the same form again is the same sheet", print_as(2, NOON + MINUTE_US, key, &again) == ALREADY && again.v == id.v &&
	    sql_int("SELECT COUNT(*) FROM hold") == 40);
	CHECK_EQ_I_N("one row in the audit that names the forty", sql_int("SELECT LENGTH(detail) - LENGTH(REPLACE(detail, ' ', '')) + 1"
	    " FROM audit WHERE verb = 'sheet.print' AND object_id = %llu", (unsigned long long)id.v), 40);
	for (unsigned i = 0; i < 60; i++) {
		struct held h = hold_next(AGENT(i), NOON + MINUTE_US);

		twice += h.entry.v != 0 && sql_int("SELECT COUNT(*) FROM paper_place WHERE entry_id = %llu", (unsigned long long)h.entry.v) != 0;
	}
	CHECK_EQ_U_N("sixty agents get nobody who is on it", twice, 0);
	CHECK_EQ_I_N("the agents' holds are as long as ever", sql_int("SELECT MAX(held_until) FROM hold WHERE user_id < 1000"),
	    NOON + MINUTE_US + (int64_t)op.hold_minutes * MINUTE_US);
	CHECK_EQ_U_N("audit after printing", audit_wrong(), 0);
	CHECK_CASE("nobody is left for another sheet", print_as(1, NOON + MINUTE_US, new_key(), &id) == REFUSED && why == R_NONE &&
	    nobody.why == NOBODY_ALL_HELD);
	CHECK_CASE("and it is in no list", paper_by_id(db, op.id, id, &(struct paper_sheet){ 0 }, ar) == NONE);
	sql("UPDATE hold SET held_until = %lld WHERE user_id < 1000", (long long)NOON);
	CHECK_CASE("the agents go home", queue_release_expired(db, NOON + MINUTE_US, 100, &released) && released > 50);
}

static void
refusals(void)
{
	struct paper_id id;
	struct paper_wish w = { .caller = { 999 }, .pages = 1, .until_at = tonight(NOON), .form_key = new_key(), .by = AGENT(0) };

	CHECK_CASE("who does not take part calls from no sheet", paper_print(db, &op, &w, NOON, &id, &nobody, &why, ar) == REFUSED && why == R_NOT_FOUND);
	w.caller = AGENT(1);
	w.until_at += MINUTE_US;
	CHECK_CASE("a time that is not offered", paper_print(db, &op, &w, NOON, &id, &nobody, &why, ar) == REFUSED && why == R_DAY_PAST);
	w.until_at = tonight(NOON);
	w.pages = PAPER_PAGES + 1;
	CHECK_CASE("eleven pages", paper_print(db, &op, &w, NOON, &id, &nobody, &why, ar) == REFUSED && why == R_OUT_OF_RANGE);
	sql("UPDATE operation SET opens_at = '13:00', revision = revision + 1 WHERE id = 1");
	world_read();
	CHECK_CASE("promise 6: no sheet outside the hours", print_as(1, NOON, new_key(), &id) == REFUSED && why == R_NONE && nobody.why == NOBODY_OUTSIDE_HOURS);
	sql("UPDATE operation SET opens_at = '00:00', state = 'paused', revision = revision + 1 WHERE id = 1");
	world_read();
	CHECK_CASE("nor of an operation that is paused", print_as(1, NOON, new_key(), &id) == REFUSED && nobody.why == NOBODY_PAUSED);
	sql("UPDATE operation SET state = 'active', revision = revision + 1 WHERE id = 1;"
	    "INSERT INTO hold SELECT %llu + seq, 1, 5000 + seq, 5000 + seq, CONCAT('+1999', 2000000 + seq), NULL, 1, %lld, 'ready', 3, 1 FROM seq_1_to_1950",
	    (unsigned long long)PAPER_HOLDERS + 256000, (long long)NOON + DAY_US);
	world_read();
	CHECK_CASE("2,000 people on sheets at most", print_as(1, NOON, new_key(), &id) == REFUSED && why == R_SHEETS_FULL);
	sql("DELETE FROM hold WHERE entry_id > 5000");
}

static void
typing(void)
{
	struct paper_place p = place_of(&sheet, 7), after;
	const int64_t called = NOON + 2 * HOUR_US, now = NOON + 5 * HOUR_US;
	unsigned long long entry = p.entry.v;

	CHECK_CASE("a place says whom to call", p.state == PAPER_HELD && p.e164[0] == '+' && strcmp(p.first_name, "First") == 0);
	CHECK_CASE("a moment to come is refused", enter(&sheet, 7, ST_NO_ANSWER, now + MINUTE_US, now) == REFUSED && why == R_CALL_AHEAD);
	CHECK_CASE("one before the sheet too", enter(&sheet, 7, ST_NO_ANSWER, NOON - 2 * MINUTE_US, now) == REFUSED && why == R_BEFORE_SHEET);
	CHECK_CASE("what only a provider says", enter(&sheet, 7, ST_VOICEMAIL_AUTO, called, now) == REFUSED && why == R_STATUS_UNKNOWN);
	CHECK_CASE("a place that is not there", enter(&sheet, 41, ST_NO_ANSWER, called, now) == REFUSED && why == R_NOT_FOUND);

	CHECK(enter(&sheet, 7, ST_NO_ANSWER, called, now) == SAVED);
	CHECK_EQ_I_N("fact 115: an attempt like any other, of who called, at the moment of the call", sql_int("SELECT COUNT(*) FROM attempt"
	    " WHERE entry_id = %llu AND user_id = 101 AND status = %d AND started_at = %lld AND saved_at = %lld AND number = 1 AND note = 'by hand'"
	    " AND e164 = '%s' AND time_zone = 'America/Toronto'", entry, ST_NO_ANSWER, (long long)called, (long long)now, p.e164), 1);
	CHECK_EQ_S_N("the rule of the status decides: again later", state_of(p.entry), "waiting");
	CHECK_EQ_I_N("90 minutes after it was typed in", sql_int("SELECT due_at FROM entry WHERE id = %llu", entry), now + 90 * MINUTE_US);
	CHECK_EQ_U_N("the place is given back", holds_of(&sheet), 39);
	CHECK_EQ_I_N("it counts for who called", sql_int("SELECT calls FROM agent_tally WHERE user_id = 101"), 1);
	after = place_of(&sheet, 7);
	CHECK_CASE("the sheet shows it", after.state == PAPER_ENTERED && after.status == ST_NO_ANSWER && after.called_at == called &&
	    strcmp(after.by, "Agent 1") == 0 && after.e164[0] == '\0');
	CHECK_CASE("the same form again counts once", enter(&sheet, 7, ST_NO_ANSWER, called, now + 1) == ALREADY &&
	    enter(&sheet, 7, ST_NO_ANSWER, called + MINUTE_US, now + 2) == ALREADY);
	CHECK_CASE("another outcome is told", enter(&sheet, 7, ST_COMPLETED, called, now + 2) == REFUSED && why == R_TYPED_IN);
	CHECK_EQ_I_N("one attempt", sql_int("SELECT COUNT(*) FROM attempt WHERE entry_id = %llu", entry), 1);
	CHECK_EQ_I_N("one row of who typed it in", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'sheet.enter' AND user_id = 100 AND detail = '7'"), 1);

	CHECK(enter(&sheet, 8, ST_DNC, called, now) == SAVED);
	CHECK_EQ_I_N("“do not call again” is so everywhere at once", sql_int("SELECT COUNT(*) FROM suppression s JOIN entry e ON e.e164 = s.e164"
	    " JOIN person p ON p.id = e.person_id WHERE e.id = %llu AND p.calls_forbidden", (unsigned long long)place_of(&sheet, 8).entry.v), 1);
	CHECK(enter(&sheet, 9, ST_WRONG_NUMBER, called, now) == SAVED && enter(&sheet, 10, ST_COMPLETED, called, now) == SAVED);
	CHECK_EQ_I_N("a wrong number is marked", sql_int("SELECT COUNT(*) FROM phone f JOIN entry e ON e.person_id = f.person_id WHERE e.id = %llu"
	    " AND f.state = 'wrong'", (unsigned long long)place_of(&sheet, 9).entry.v), 1);
	CHECK_CASE("a call at the minute of printing begins after it", enter(&sheet, 11, ST_BUSY, paper_moment(&sheet, NOON, now, &why), now) == SAVED &&
	    place_of(&sheet, 11).called_at == NOON + 1);
	CHECK_CASE("the numbers of the sheet", paper_by_id(db, op.id, sheet.id, &sheet, ar) == FOUND && sheet.entered == 5 && sheet.held == 35);
	CHECK_EQ_U_N("audit after typing in", audit_wrong(), 0);
}

static void
taking_back(void)
{
	const int64_t now = NOON + 5 * HOUR_US;
	struct paper_place p = place_of(&sheet, 10);
	struct paper_said said = { .number = 10, .form_key = p.form_key, .caller = AGENT(1), .called_at = now - HOUR_US, .status = ST_COMPLETED, .note = "" };

	CHECK_CASE("a call typed wrong is taken back", paper_take_back(db, &op, sheet.id, 10, AGENT(0), now + 1, &why, ar) == SAVED);
	CHECK_EQ_I_N("by an attempt that says so", sql_int("SELECT COUNT(*) FROM attempt WHERE entry_id = %llu AND corrects = 1 AND status = %d AND user_id = 100",
	    (unsigned long long)p.entry.v, ST_CORRECTED), 1);
	CHECK_CASE("the place is open again", place_of(&sheet, 10).state == PAPER_BACK);
	CHECK_CASE("taking back twice is once", paper_take_back(db, &op, sheet.id, 10, AGENT(0), now + 2, &why, ar) == ALREADY);
	CHECK_CASE("an old form of before is none any more", paper_enter(db, &op, rules, &sheet, &said, AGENT(0), now + 3, &why, ar) == REFUSED &&
	    why == R_FORM_TOO_OLD);
	CHECK(enter(&sheet, 10, ST_REFUSED, now - HOUR_US, now + 4) == SAVED && place_of(&sheet, 10).status == ST_REFUSED);
	CHECK_CASE("“do not call again” stays", paper_take_back(db, &op, sheet.id, 8, AGENT(0), now + 1, &why, ar) == REFUSED && why == R_DNC_STAYS);
	CHECK_EQ_U_N("audit after taking back", audit_wrong(), 0);
}

static void
too_late(void)
{
	const int64_t over = tonight(NOON), now = over + 10 * HOUR_US;
	struct paper_place p;
	struct held h = { 0 };
	unsigned released, i;

	queue_release_expired(db, over - 1, 500, &released);
	CHECK_EQ_U_N("a microsecond before its end the sheet holds its people", holds_of(&sheet), 35);
	do
		CHECK_CASE("the worker ends holds", queue_release_expired(db, over, 20, &released));
	while (released == 20);
	CHECK_EQ_U_N("then they are back by themselves", holds_of(&sheet), 0);
	CHECK_EQ_U_N("audit after the sheet's end", audit_wrong(), 0);
	p = place_of(&sheet, 20);
	CHECK_CASE("nobody has called: it can be typed in, without the number", p.state == PAPER_BACK && p.e164[0] == '\0');
	CHECK(enter(&sheet, 20, ST_REFUSED, NOON + HOUR_US, now) == SAVED);
	for (i = 0; i < 60 && h.entry.v != place_of(&sheet, 21).entry.v; i++)
		h = hold_next(AGENT(i), now);
	CHECK_CASE("an agent is with somebody of the sheet", h.entry.v == place_of(&sheet, 21).entry.v);
	CHECK_CASE("who is called now", save(AGENT(i - 1), &h, ST_NO_ANSWER, now + MINUTE_US) == SAVED && place_of(&sheet, 21).state == PAPER_CALLED);
	CHECK_CASE("the sheet comes too late", enter(&sheet, 21, ST_COMPLETED, NOON + HOUR_US, now + 2 * MINUTE_US) == REFUSED && why == R_CALLED_SINCE);
	CHECK_EQ_I_N("nothing was counted", sql_int("SELECT COUNT(*) FROM attempt WHERE entry_id = %llu", (unsigned long long)h.entry.v), 1);
	CHECK_CASE("it is kept as a note", paper_keep_note(db, &op, sheet.id, 21, "On paper: Completed", AGENT(0), now + 3, &why, ar) == SAVED &&
	    paper_keep_note(db, &op, sheet.id, 21, "On paper: Completed", AGENT(0), now + 4, &why, ar) == ALREADY);
	CHECK_EQ_I_N("once", sql_int("SELECT COUNT(*) FROM person p JOIN entry e ON e.person_id = p.id WHERE e.id = %llu AND p.notes = 'On paper: Completed'",
	    (unsigned long long)h.entry.v), 1);
	CHECK_CASE("the place says so", place_of(&sheet, 21).state == PAPER_NOTED);
	CHECK_CASE("a call that can be saved is no note", paper_keep_note(db, &op, sheet.id, 22, "x", AGENT(0), now, &why, ar) == REFUSED && why == R_WRONG_STATE);
	CHECK_EQ_U_N("audit after what came late", audit_wrong(), 0);
	sql("UPDATE hold SET held_until = 1");
	queue_release_expired(db, now, 500, &released);
}

static void
giving_back(void)
{
	const int64_t now = NOON + DAY_US;
	struct paper_sheet s = printed(1, now);
	struct paper_place p = place_of(&s, 1);
	const char *before = value(arena_fmt(ar, "SELECT state FROM hold WHERE entry_id = %llu", (unsigned long long)p.entry.v));

	CHECK_EQ_U_N("twenty", s.people, 20);
	CHECK_CASE("what is left goes back", enter(&s, 2, ST_REFUSED, now + HOUR_US, now + HOUR_US) == SAVED &&
	    paper_give_back(db, &op, s.id, AGENT(0), now + 2 * HOUR_US, ar) == SAVED && holds_of(&s) == 0);
	CHECK_CASE("to where it was", place_of(&s, 1).state == PAPER_BACK && strcmp(state_of(p.entry), before) == 0);
	CHECK_CASE("twice is once", paper_give_back(db, &op, s.id, AGENT(0), now + 2 * HOUR_US, ar) == SAVED &&
	    sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'sheet.back'") == 1);
	CHECK_EQ_U_N("audit after giving back", audit_wrong(), 0);
	s = printed(1, now + 3 * HOUR_US);
	sql("UPDATE paper_place SET entry_id = entry_id + 100000 WHERE sheet_id = %llu AND number = 5", (unsigned long long)s.id.v);
	CHECK_EQ_U_N("the audit finds who is held for a sheet and not on it", audit_wrong(), 1);
	sql("UPDATE paper_place SET entry_id = entry_id - 100000 WHERE sheet_id = %llu AND number = 5", (unsigned long long)s.id.v);
	CHECK_CASE("given back too", paper_give_back(db, &op, s.id, AGENT(0), now + 4 * HOUR_US, ar) == SAVED && audit_wrong() == 0);
}

/* --- at the same instant --- */

#define CHILDREN	8
static struct shared { int go; unsigned char key[16]; struct paper_id id[CHILDREN]; unsigned saved, already, other; } *sh;

static void
at_once(int (*fn)(int), int n)
{
	pid_t pid[CHILDREN];
	int wrong = 0;

	sh->go = 0;
	sh->saved = sh->already = sh->other = 0;
	for (int i = 0; i < n; i++)
		pid[i] = in_child(fn, i);
	usleep(200000);
	__atomic_store_n(&sh->go, 1, __ATOMIC_RELEASE);
	for (int i = 0; i < n; i++)
		wrong += child_code(pid[i]) != 0;
	CHECK_EQ_I_N("every process ended well", wrong, 0);
}

static void
count(enum saved s)
{
	while (!__atomic_load_n(&sh->go, __ATOMIC_ACQUIRE))
		usleep(100);
	__atomic_add_fetch(s == SAVED ? &sh->saved : s == ALREADY ? &sh->already : &sh->other, 1, __ATOMIC_ACQ_REL);
}

/* Even ones print sheets, odd ones call from a screen. */
static int
sheets_and_agents(int n)
{
	const int64_t now = NOON + 2 * DAY_US;
	struct paper_id id;

	while (!__atomic_load_n(&sh->go, __ATOMIC_ACQUIRE))
		usleep(100);
	forms = (unsigned)n * 1000;
	if (n % 2 == 0)
		return print_as(2, now, new_key(), &id) == SAVED ? 0 : 1;
	for (int i = 0; i < 30; i++)
		if (hold_next((struct user_id){ 1000 + (uint64_t)(n * 100 + i) }, now).entry.v == 0)
			return 2;
	return 0;
}

static void
never_shared(void)
{
	uint64_t shared = 0, held = 0;
	unsigned released;

	world_people(1001, 4000);
	/* households of two, a number that two people have */
	sql("UPDATE person SET household_id = id DIV 2 + 1 WHERE id > 2000; UPDATE phone SET e164 = '+15145559999' WHERE person_id > 1000 AND person_id %% 50 = 0");
	world_load(1001, 4000, NOON);
	for (int round = 0; round < 8; round++) {
		at_once(sheets_and_agents, CHILDREN);
		shared += (uint64_t)sql_int("SELECT COUNT(*) - COUNT(DISTINCT entry_id) FROM hold");
		shared += (uint64_t)sql_int("SELECT COUNT(*) - COUNT(DISTINCT e164) FROM hold");
		shared += (uint64_t)sql_int("SELECT COUNT(household_id) - COUNT(DISTINCT household_id) FROM hold");
		shared += (uint64_t)sql_int("SELECT COUNT(*) FROM paper_place p JOIN hold h ON h.entry_id = p.entry_id AND h.user_id < 100000"
		    " JOIN paper_sheet s ON s.id = p.sheet_id WHERE s.printed_at = %lld", (long long)NOON + 2 * DAY_US);
		held += (uint64_t)sql_int("SELECT COUNT(*) FROM hold");
		if (round % 2 == 1) {
			CHECK_EQ_U_N("audit after a rush of sheets and agents", audit_wrong(), 0);
			sql("UPDATE hold SET held_until = 1; DELETE FROM paper_place; DELETE FROM paper_sheet");
			do
				queue_release_expired(db, NOON + 2 * DAY_US, 200, &released);
			while (released > 0);
		}
	}
	CHECK_EQ_U_N("four sheets of forty and four times thirty agents, eight times: everybody got somebody", held, 4 * (280 + 280 * 2 - 120));
	CHECK_EQ_U_N("nobody, no number and no household is shared", shared, 0);
}

static int
same_sheet(int n)
{
	while (!__atomic_load_n(&sh->go, __ATOMIC_ACQUIRE))
		usleep(100);
	count(print_as(1, NOON + 3 * DAY_US, sh->key, &sh->id[n]));
	return 0;
}

static int
same_place(int n)
{
	while (!__atomic_load_n(&sh->go, __ATOMIC_ACQUIRE))
		usleep(100);
	/* they read another time off the paper, too */
	count(enter(&sheet, 3, ST_NO_ANSWER, NOON + 3 * DAY_US + (1 + n) * MINUTE_US, NOON + 3 * DAY_US + HOUR_US));
	return 0;
}

static void
same_form(void)
{
	unsigned not_one = 0;

	for (int round = 0; round < 6; round++) {
		memset(sh->key, 200 + round, sizeof(sh->key));
		at_once(same_sheet, 4);
		not_one += sh->saved != 1 || sh->already != 3;
		if (sh->other > 0)
			printf("sheets: saved %u, already %u, other %u\n", sh->saved, sh->already, sh->other);
		for (int i = 1; i < 4; i++)
			not_one += sh->id[i].v != sh->id[0].v;
		not_one += paper_by_id(db, op.id, sh->id[0], &sheet, ar) != FOUND || sheet.people != 20 || sheet.held != 20 || holds_of(&sheet) != 20;
		at_once(same_place, 4);
		not_one += sh->saved != 1 || sh->already != 3;
		if (sh->other > 0)
			printf("places: saved %u, already %u, other %u\n", sh->saved, sh->already, sh->other);
		not_one += sql_int("SELECT COUNT(*) FROM attempt WHERE entry_id = %llu", (unsigned long long)place_of(&sheet, 3).entry.v) != 1;
		not_one += sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'sheet.enter' AND object_id = %llu", (unsigned long long)sheet.id.v) != 1;
	}
	CHECK_EQ_U_N("the same form from four processes is one sheet, the same place typed in by four one call, six times", not_one, 0);
	CHECK_EQ_U_N("audit after that", audit_wrong(), 0);
}

/* A process that dies after the first claims: its people come back, and the same form goes on. */
static void
died_half_way(void)
{
	const int64_t now = NOON + 4 * DAY_US;
	unsigned char *key = new_key();
	struct paper_id id, again;
	unsigned released;

	CHECK(print_as(1, now, key, &id) == SAVED);
	sql("UPDATE hold SET held_until = %lld WHERE user_id >= %llu; DELETE FROM paper_place WHERE sheet_id = %llu;"
	    "UPDATE paper_sheet SET printed_at = NULL WHERE id = %llu",
	    (long long)now + 20 * MINUTE_US, (unsigned long long)PAPER_HOLDER(id, 1).v, (unsigned long long)id.v, (unsigned long long)id.v);
	CHECK_CASE("it is in no list", paper_by_id(db, op.id, id, &sheet, ar) == NONE);
	CHECK_CASE("the same form goes on with whom it holds", print_as(1, now + MINUTE_US, key, &again) == SAVED && again.v == id.v &&
	    paper_by_id(db, op.id, id, &sheet, ar) == FOUND && holds_of(&sheet) == 20);
	sql("UPDATE hold SET held_until = %lld WHERE user_id >= %llu; UPDATE paper_sheet SET printed_at = NULL WHERE id = %llu;"
	    "DELETE FROM paper_place WHERE sheet_id = %llu", (long long)now + 20 * MINUTE_US, (unsigned long long)PAPER_HOLDER(id, 1).v,
	    (unsigned long long)id.v, (unsigned long long)id.v);
	do
		queue_release_expired(db, now + 20 * MINUTE_US, 200, &released);
	while (released > 0);
	CHECK_EQ_U_N("else its people are back after the minutes of an agent's hold", holds_of(&sheet), 0);
	CHECK_EQ_U_N("audit after that", audit_wrong(), 0);
}

static void
codes(void)
{
	struct paper_id id = { 128 }, out;
	const char *code = paper_code(ar, id), *slip = arena_fmt(ar, "129%s", code + 3);

	CHECK_CASE("a code opens its sheet", paper_of_code(code, &out) && out.v == 128 && strncmp(code, "128-", 4) == 0 && strlen(code) == 7);
	CHECK_CASE("in small letters, with a blank", paper_of_code(arena_fmt(ar, " 128 %c%c%c ", code[4] | 32, code[5] | 32, code[6] | 32), &out) && out.v == 128);
	CHECK_CASE("a slip opens nothing", !paper_of_code(slip, &out) && !paper_of_code("128", &out) && !paper_of_code("", &out) &&
	    !paper_of_code("128-", &out) && !paper_of_code(arena_fmt(ar, "%sX", code), &out));
}

static void
by_a_new_name(void)
{
	const int64_t now = NOON + 5 * DAY_US;
	struct paper_id id;
	struct paper_wish w = { .new_name = "Zoé à l’église", .lang = LANG_FR, .pages = 1, .until_at = tonight(now), .form_key = new_key(), .by = AGENT(0) };

	CHECK(paper_print(db, &op, &w, now, &id, &nobody, &why, ar) == SAVED && paper_by_id(db, op.id, id, &sheet, ar) == FOUND);
	CHECK_EQ_S_N("somebody new calls", sheet.caller_name, "Zoé à l’église");
	CHECK_EQ_S_N("and takes part as an agent who cannot sign in", value("SELECT CONCAT(m.role, ' ', u.role, ' ', u.email IS NULL, u.password_hash IS NULL)"
	    " FROM user u JOIN member m ON m.user_id = u.id WHERE u.name LIKE 'Zo%'"), "agent volunteer 11");
	CHECK_CASE("the same form makes nobody twice", paper_print(db, &op, &w, now, &id, &nobody, &why, ar) == ALREADY &&
	    sql_int("SELECT COUNT(*) FROM user WHERE name LIKE 'Zo%%'") == 1);
}

int
main(void)
{
	world_open();
	sh = mmap(NULL, sizeof(*sh), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	codes();
	printing();
	refusals();
	typing();
	taking_back();
	too_late();
	giving_back();
	never_shared();
	same_form();
	died_half_way();
	by_a_new_name();
	return check_done();
}
