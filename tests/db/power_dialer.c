/*
 * power_dialer - whom the dialer rings in power mode: settings and the law's window, the guard as it decides on a database, and
 * what a death in between leaves.
 */
#include "power_world.h"

/* Whose rules, at which moment: the days that count, and the end of a lock. */
static void
windows(void)
{
	static const struct { const char *name; enum rules_of rules; const char *zone; int64_t now; const char *from, *today; int64_t until; bool may; } rows[] = {
		{ "Canada: the calendar month", RULES_CA, "America/Toronto", NOON, "2026-06-01", "2026-06-10", INT64_C(1782878400000000), true },
		{ "Canada, the last evening of a month there", RULES_CA, "America/Vancouver", INT64_C(1782878400000000) + HOUR_US, "2026-06-01", "2026-06-30",
		  INT64_C(1782889200000000), true },
		{ "Canada, December", RULES_CA, "America/Toronto", INT64_C(1797181200000000), "2026-12-01", "2026-12-13", INT64_C(1798779600000000), true },
		{ "the United States: 30 days, and never power mode", RULES_US, "America/New_York", NOON, "2026-05-12", "2026-06-10", NOON + 30 * DAY_US, false },
		{ "its strict states", RULES_US_STRICT, "America/New_York", NOON, "2026-05-12", "2026-06-10", NOON + 30 * DAY_US, false },
		{ "elsewhere: 30 days", RULES_NONE, "Europe/Paris", NOON, "2026-05-12", "2026-06-10", NOON + 30 * DAY_US, true },
	};

	for (size_t i = 0; i < NITEMS(rows); i++) {
		struct operation o = { .rules_chosen = true, .rules_of = rows[i].rules, .zone = rows[i].zone };
		struct power_window w = power_window(&o, rows[i].now);

		CHECK_EQ_S_N(rows[i].name, w.from, rows[i].from);
		CHECK_EQ_S_N(rows[i].name, w.today, rows[i].today);
		CHECK_EQ_I_N(rows[i].name, w.until, rows[i].until);
		CHECK_CASE(rows[i].name, dialing_power(&o, PROVIDER_TWILIO, true) == rows[i].may && !dialing_power(&o, PROVIDER_TWILIO, false) &&
		    !dialing_power(&o, PROVIDER_TELNYX, true));
	}
	CHECK_CASE("who has chosen no rules has those of the zone", dialing_power(&(struct operation){ .zone = "America/Toronto" }, PROVIDER_SIM, true) &&
	    !dialing_power(&(struct operation){ .zone = "America/New_York" }, PROVIDER_SIM, true));
	CHECK_EQ_S_N("a share is never said to be less than it is", power_share_text(ar, LANG_EN, 1, 399), "0.3%");
	CHECK_EQ_S_N("... in French", power_share_text(ar, LANG_FR, 28, 972), "2,8\u00a0%");
	CHECK_EQ_S_N("... of nobody", power_share_text(ar, LANG_EN, 0, 0), "0.0%");
	CHECK_CASE("numbers of Canada and of other countries may be rung for nobody", power_may_ring("+15145550123") && power_may_ring("+18675550123") &&
	    power_may_ring("+442071838750") && power_may_ring("+33123456789"));
	CHECK_CASE("the United States' may not, nor the Caribbean's, nor what is no number there", !power_may_ring("+12125550123") && !power_may_ring("+18765550123") &&
	    !power_may_ring("+18005550123") && !power_may_ring("+1514555") && !power_may_ring("+1 514 55501"));
	CHECK_EQ_S_N("the software saves", power_saver("", LANG_EN), "the software");
}

/* Settings: off, allowed, chosen, taken away. */
static void
settings(void)
{
	struct dialing d, was;
	enum refusal why_not;

	CHECK(dialing_of(db, op.id, &was, ar) == FOUND);
	CHECK_CASE("allowed and chosen", was.mode == DIAL_POWER && was.chosen == DIAL_POWER);
	CHECK_CASE("taken away, audited", trunk_allow_power(db, ORG, TRUNK, AGENT(0), NOON, false, ar) == SAVED && sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'trunk.power_off'") == 1);
	CHECK_CASE("... twice is once", trunk_allow_power(db, ORG, TRUNK, AGENT(0), NOON, false, ar) == ALREADY && sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'trunk.power_off'") == 1);
	CHECK_CASE("it is progressive at once, and what was chosen stays", dialing_of(db, op.id, &d, ar) == FOUND && d.mode == DIAL_PROGRESSIVE && d.chosen == DIAL_POWER);
	CHECK_CASE("it cannot be chosen", dialing_set(db, op.id, AGENT(0), NOON, &was, &why_not, ar) == REFUSED && why_not == R_NO_POWER);
	CHECK_CASE("nor allowed for another organisation's", trunk_allow_power(db, (struct organisation_id){ 2 }, TRUNK, AGENT(0), NOON, true, ar) == REFUSED);
	CHECK(trunk_allow_power(db, ORG, TRUNK, AGENT(0), NOON, true, ar) == SAVED);
	CHECK_CASE("allowed again it can", dialing_set(db, op.id, AGENT(0), NOON, &was, &why_not, ar) == SAVED);
	sql("UPDATE operation SET call_rules = 'us', revision = revision + 1 WHERE id = 1");
	CHECK_CASE("under American rules never", dialing_of(db, op.id, &d, ar) == FOUND && d.mode == DIAL_PROGRESSIVE &&
	    dialing_set(db, op.id, AGENT(0), NOON, &was, &why_not, ar) == REFUSED && why_not == R_NO_POWER);
	sql("UPDATE operation SET call_rules = NULL, revision = revision + 1 WHERE id = 1");
	world_read();
}

/* --- whom the dialer rings --- */

/* So many calls are over in this operation: `live` of them answered. */
static void
history(unsigned dials, unsigned live, unsigned abandoned, unsigned connected)
{
	sql("INSERT INTO live_call (trunk_id, operation_id, line_id, user_id, entry_id, person_id, e164, from_e164, claimed_at, form_key, call_id, state, live,"
	    " outcome, wanted_at, ended_at, month) SELECT 1, 1, 9000 + seq, 100, 0, NULL, '', '', 1, UNHEX(MD5(seq)), CONCAT('CB', seq), 'ended', NULL,"
	    " IF(seq <= %u, 'answered', 'no_answer'), 1, 1, '2026-06-01' FROM seq_1_to_%u;"
	    "INSERT INTO power_tally (operation_id, day, connected, abandoned) VALUES (1, '2026-06-09', %u, %u)", live, dials, connected, abandoned);
}

static int64_t
wanted(void)
{
	return sql_int("SELECT COUNT(*) FROM live_call WHERE state = 'wanted'");
}

static bool
turn(int64_t now)
{
	sql("UPDATE power SET look_at = %lld", (long long)now);
	return dialer_power_due(db, now, ar) == FOUND;
}

static const char *
why(void)
{
	const char *v = NULL;

	return db_script_value(db, "SELECT CONCAT(why, ' ', `lines`) FROM power", ar, &v) && v != NULL ? v : "?";
}

static int64_t
all_wait(int n, int64_t now)
{
	for (int i = 0; i < n; i++)
		CHECK(waits(i, now + i));
	return now;
}

static void
lines(void)
{
	struct power_measured m = { .dials = 200, .live = 60, .picked_up = 60, .connected = 300 };
	unsigned allowed = power_lines(&m, 8).lines;
	int64_t given;
	struct live_call c;
	bool may;

	history(200, 60, 0, 300);
	all_wait(8, NOON);
	CHECK(turn(NOON + SECOND_US));
	CHECK_CASE("eight agents wait: more than eight phones ring", allowed > 8 && wanted() == (int64_t)allowed);
	CHECK(turn(NOON + 2 * SECOND_US));
	CHECK_EQ_I_N("asked again it rings nobody more", wanted(), allowed);
	CHECK_EQ_I_N("nobody is rung twice, nobody of an agent's", sql_int("SELECT COUNT(DISTINCT person_id) FROM live_call WHERE state = 'wanted' AND user_id >> 62 = 1"), allowed);
	CHECK_CASE("a request may leave", dialer_power_may(db, op.id, NOON + 2 * SECOND_US, &may, ar) && may);
	sql("UPDATE live_call SET state = 'sent' WHERE state = 'wanted'");
	CHECK_CASE("no more than are allowed", dialer_power_may(db, op.id, NOON + 2 * SECOND_US, &may, ar) && !may);
	sql("UPDATE live_call SET state = 'wanted' WHERE state = 'sent'");
	CHECK_CASE("none by what was decided long ago", dialer_power_may(db, op.id, NOON + MINUTE_US, &may, ar) && !may);
	/* a claim whose call was never written: its process died in between */
	CHECK(hold_next(POWER_HOLDER(op.id, 400), NOON).entry.v != 0);
	CHECK(turn(NOON + 3 * SECOND_US));
	CHECK_EQ_I_N("a hold that nothing rings goes back", sql_int("SELECT COUNT(*) FROM hold WHERE user_id = %llu", (unsigned long long)POWER_HOLDER(op.id, 400).v), 0);
	/* a call that could not leave */
	sql("UPDATE live_call SET state = 'ended', live = NULL, live_e164 = NULL, refusal = 'outside_hours', outcome = 'not_placed' WHERE state = 'wanted' ORDER BY id LIMIT 1");
	CHECK(live_call_by_id(db, (struct live_call_id){ (uint64_t)sql_int("SELECT id FROM live_call WHERE refusal <> ''") }, &c, ar) == FOUND);
	CHECK(dialer_power_back(db, &c, NOON, ar) == FOUND);
	CHECK_EQ_I_N("... its person goes back", sql_int("SELECT COUNT(*) FROM hold h JOIN live_call c ON c.entry_id = h.entry_id WHERE c.refusal <> ''"), 0);
	/* the permission is taken away */
	sql("UPDATE trunk SET power = FALSE; UPDATE agent_line SET waiting_at = NULL WHERE id > 12");
	CHECK(turn(NOON + 4 * SECOND_US));
	given = sql_int("SELECT COUNT(*) FROM hold WHERE user_id < 1000");
	CHECK_CASE("without the permission no phone rings for nobody, and those that ring are enough for two", given == 0 && strstr(why(), " 0") != NULL);
	clear();
	CHECK(dialing_of(db, op.id, &(struct dialing){ 0 }, ar) == FOUND);
	all_wait(8, NOON);
	CHECK(turn(NOON + SECOND_US));
	CHECK_EQ_I_N("... and progressive it is: each has a person of their own", sql_int("SELECT COUNT(*) FROM hold WHERE user_id < 1000"), 8);
	CHECK_EQ_I_N("... and nobody waits", sql_int("SELECT COUNT(*) FROM agent_line WHERE waiting_at IS NOT NULL"), 0);
	sql("UPDATE trunk SET power = TRUE");
	clear();
}

static void
guard(void)
{
	static const struct { const char *name; int agents; unsigned dials, live, abandoned, connected; const char *why; bool many; } rows[] = {
		{ "nothing is known", 8, 10, 5, 0, 0, "unknown", false },
		{ "forty-nine answers", 8, 200, 49, 0, 100, "unknown", false },
		{ "fifty answers", 8, 200, 50, 0, 100, "ok", true },
		{ "four agents", 4, 200, 60, 0, 100, "small", false },
		{ "2 % exactly", 8, 200, 60, 2, 98, "ok", true },
		{ "more than 2 %", 8, 200, 60, 21, 979, "high", false },
		{ "more than 2.8 %", 8, 200, 60, 3, 97, "locked", false },
	};

	int64_t before;

	for (size_t i = 0; i < NITEMS(rows); i++) {
		int64_t pool, own;
		history(rows[i].dials, rows[i].live, rows[i].abandoned, rows[i].connected);
		all_wait(rows[i].agents, NOON);
		CHECK(turn(NOON + SECOND_US));
		pool = sql_int("SELECT COUNT(*) FROM hold WHERE user_id >> 62 = 1");
		own = sql_int("SELECT COUNT(*) FROM hold WHERE user_id < 1000");
		CHECK_CASE(rows[i].name, strncmp(why(), rows[i].why, strlen(rows[i].why)) == 0 &&
		    (rows[i].many ? pool > rows[i].agents && own == 0 : pool == 0 && own == rows[i].agents));
		clear();
	}
	/* locked to the end of the month, whatever is measured afterwards */
	before = sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'power.locked' AND object_id = 1");
	history(200, 60, 3, 97);
	all_wait(8, NOON);
	CHECK(turn(NOON + SECOND_US));
	CHECK_EQ_I_N("it is locked to the end of the month, by the clock of the operation", sql_int("SELECT locked_until DIV 1000000 FROM power"),
	    sql_int("SELECT UNIX_TIMESTAMP('2026-07-01 04:00:00')"));
	CHECK_EQ_I_N("... and the audit says so once", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'power.locked' AND object_id = 1"), before + 1);
	sql("UPDATE power_tally SET abandoned = 0; UPDATE agent_line SET waiting_at = %lld", (long long)NOON);
	sql("UPDATE entry e JOIN hold h ON h.entry_id = e.id SET e.state = h.state, e.band = h.band, e.due_at = h.due_at; DELETE FROM hold");
	forget_marks();
	CHECK(turn(NOON + DAY_US));
	CHECK_CASE("the next day it still is, though the share is 0 now", strncmp(why(), "locked 0", 8) == 0 &&
	    sql_int("SELECT COUNT(*) FROM hold WHERE user_id >> 62 = 1") == 0);
	sql("UPDATE agent_line SET waiting_at = %lld", (long long)NOON);
	sql("UPDATE entry e JOIN hold h ON h.entry_id = e.id SET e.state = h.state, e.band = h.band, e.due_at = h.due_at; DELETE FROM hold");
	forget_marks();
	CHECK(turn(NOON + 22 * DAY_US));
	CHECK_CASE("in July it is measured anew", strncmp(why(), "ok", 2) == 0 && sql_int("SELECT COUNT(*) FROM hold WHERE user_id >> 62 = 1") > 8);
	CHECK_EQ_I_N("audit: the lock is one row still", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'power.locked'"), before + 1);
	clear();
}

/* Who heard nobody yesterday comes up: an agent who waits is given them, and they are not rung for nobody. */
static void
rest(void)
{
	uint64_t first;

	history(200, 60, 0, 300);
	first = (uint64_t)sql_int("SELECT person_id FROM entry WHERE state = 'ready' ORDER BY due_at LIMIT 1");
	sql("INSERT INTO live_call (trunk_id, operation_id, line_id, user_id, entry_id, person_id, e164, from_e164, claimed_at, form_key, call_id, state, live,"
	    " outcome, wanted_at, ended_at, month) VALUES (1, 1, 9999, 100, 0, %llu, '', '', 1, UNHEX(MD5('rest')), 'CR', 'ended', NULL, 'abandoned', 1, %lld, '2026-06-01')",
	    (unsigned long long)first, (long long)(NOON - DAY_US));
	all_wait(8, NOON);
	CHECK(turn(NOON + SECOND_US));
	CHECK_EQ_I_N("they are with the agent who has waited longest", sql_int("SELECT user_id FROM hold WHERE person_id = %llu", (unsigned long long)first), 100);
	CHECK_EQ_I_N("... and not rung for nobody", sql_int("SELECT COUNT(*) FROM live_call WHERE state = 'wanted' AND person_id = %llu", (unsigned long long)first), 0);
	CHECK(turn(NOON + 2 * SECOND_US));
	CHECK_CASE("the others are rung as ever, for seven", wanted() > 7 && sql_int("SELECT agents FROM power") == 7);
	clear();
	/* an American number on a Canadian list */
	history(200, 60, 0, 300);
	first = (uint64_t)sql_int("SELECT person_id FROM entry WHERE state = 'ready' ORDER BY due_at LIMIT 1");
	sql("UPDATE entry SET e164 = '+12125550123' WHERE person_id = %llu", (unsigned long long)first);
	all_wait(8, NOON);
	CHECK(turn(NOON + SECOND_US));
	CHECK_CASE("a number of the United States is given to an agent, and not rung for nobody", sql_int("SELECT user_id FROM hold WHERE person_id = %llu", (unsigned long long)first) == 100 &&
	    sql_int("SELECT COUNT(*) FROM live_call WHERE state = 'wanted' AND person_id = %llu", (unsigned long long)first) == 0);
	clear();
	/* nobody is left on the list: they are let go, and their pages say so */
	history(200, 60, 0, 300);
	world_clear();
	forget_marks();
	all_wait(8, NOON);
	CHECK(turn(NOON + 3 * SECOND_US));
	CHECK_EQ_I_N("with nobody to ring nobody is left waiting", sql_int("SELECT COUNT(*) FROM agent_line WHERE waiting_at IS NOT NULL"), 0);
}

int
main(void)
{
	world_open();
	power_world();
	windows();
	settings();
	lines();
	guard();
	rest();
	return check_done();
}
