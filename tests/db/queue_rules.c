/*
 * queue_rules - what an operation's rules say beside "how often and when" of one status: a cap over all statuses, a
 * cap per person and day over all operations, another part of the day, weekday windows and holidays, people who may be
 * in several zones. Each is replayed by the audit.
 */
#include "queue_world.h"

#include "domain/queue_change.h"
#include "domain/zone.h"

static int64_t
at(int month, int day, int hour, int minute, int second)
{
	struct tm t = { .tm_year = 126, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_min = minute, .tm_sec = second };

	return clock_moment("America/Toronto", &t);
}

static void
set(const char *what)
{
	sql("UPDATE operation SET %s, revision = revision + 1 WHERE id = %llu", what, (unsigned long long)op.id.v);
	world_read();
}

static void
choose(uint64_t id)
{
	op.id.v = id;
	world_read();
}

static void
over_all_statuses(void)
{
	int64_t now = at(6, 2, 9, 0, 0);
	static const enum status then[] = { ST_NO_ANSWER, ST_NOT_HOME, ST_CALL_BACK };
	struct held h;

	set("more_calls = 2");
	world_people(1, 1);
	world_load(1, 1, now);
	for (size_t i = 0; i < NITEMS(then); i++) {
		h = hold_next(AGENT(1), now);
		save(AGENT(1), &h, then[i], now + MINUTE_US);
		CHECK_EQ_S_N("two further calls over all statuses, then done", state_of(h.entry), i < 2 ? "waiting" : "done");
		now += 4 * HOUR_US;
	}
	CHECK_EQ_I_N("the attempt stores the cap of its moment", sql_int("SELECT MIN(rule_more) FROM attempt"), 2);
	set("more_calls = NULL");
	CHECK_EQ_U_N("fact 59: and is replayed with it when the rule has changed", audit_wrong(), 0);
}

static void
other_part(void)
{
	struct held h;

	set("other_part = TRUE");
	world_people(10, 10);
	world_load(10, 10, at(6, 3, 9, 0, 0));
	h = hold_next(AGENT(1), at(6, 3, 9, 0, 0));
	save(AGENT(1), &h, ST_NO_ANSWER, at(6, 3, 9, 5, 0));
	CHECK_EQ_U_N("fact 50: not after 90 minutes when it is still morning", hold_next(AGENT(1), at(6, 3, 11, 59, 59)).entry.v, 0);
	h = hold_next(AGENT(1), at(6, 3, 12, 0, 0));
	CHECK_CASE("in the afternoon", h.person.v == 10);
	save(AGENT(1), &h, ST_NO_ANSWER, at(6, 3, 12, 1, 0));
	CHECK_EQ_U_N("then not before the evening", hold_next(AGENT(1), at(6, 3, 16, 59, 59)).entry.v, 0);
	h = hold_next(AGENT(1), at(6, 3, 17, 0, 0));
	CHECK_CASE("in the evening", h.person.v == 10);
	set("other_part = FALSE");
	CHECK_EQ_U_N("audit replays the part of the day", audit_wrong(), 0);
	save(AGENT(1), &h, ST_COMPLETED, at(6, 3, 17, 1, 0));
}

static void
per_day(void)
{
	int64_t now = at(6, 4, 10, 0, 0);
	struct held h;
	struct nobody_now n;
	int64_t due;

	world_operation(2);
	world_people(20, 21);
	set("day_calls = 2");
	world_load(20, 20, now);
	choose(2);
	set("day_calls = 2");
	world_load(20, 21, now);
	choose(1);
	h = hold_next(AGENT(1), now);
	CHECK_EQ_U_N("the first call of the day, in one operation", h.person.v, 20);
	save(AGENT(1), &h, ST_BUSY, now);
	choose(2);
	h = hold_next(AGENT(2), now + 1);
	CHECK_EQ_U_N("the second in another", h.person.v, 20);
	save(AGENT(2), &h, ST_NO_ANSWER, now + 2);
	h = hold_next(AGENT(2), now + 5 * HOUR_US);
	CHECK_EQ_U_N("the retry of a third call that day is passed over", h.person.v, 21);
	save(AGENT(2), &h, ST_COMPLETED, now + 5 * HOUR_US);
	CHECK_CASE("nobody until tomorrow", nobody_now(AGENT(2), now + 5 * HOUR_US, &n) == NOBODY_LATER && n.until == at(6, 5, 0, 0, 0));
	due = sql_int("SELECT due_at FROM entry WHERE operation_id = 2 AND person_id = 20");
	CHECK_EQ_I_N("they wait until then", due, at(6, 5, 0, 0, 0));
	world_people(22, 22);
	world_load(22, 22, now + 5 * HOUR_US);
	CHECK_EQ_U_N("people loaded meanwhile do not wait with them", hold_next(AGENT(2), now + 5 * HOUR_US + 1).person.v, 22);
	queue_skip(db, op.id, AGENT(2), hold_next(AGENT(2), now + 5 * HOUR_US + 1).entry, now + 5 * HOUR_US + 2);
	world_clear();
	world_people(23, 23);
	world_load(23, 23, at(6, 5, 9, 0, 0));
	sql("INSERT INTO attempt (person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key) SELECT 23, 100, '+15142000023',"
	    " 8, 'America/Toronto', %lld + seq, %lld + seq, UNHEX(LPAD(seq, 32, '0')) FROM seq_1_to_2", (long long)at(6, 5, 9, 1, 0),
	    (long long)at(6, 5, 9, 1, 0));
	CHECK_CASE("calls by hand count too, also for who was never called here",
	    nobody_now(AGENT(2), at(6, 5, 9, 2, 0), &n) == NOBODY_LATER && n.until == at(6, 6, 0, 0, 0));
	CHECK_EQ_S_N("they stay ready", (sql_int("SELECT state = 'ready' FROM entry WHERE operation_id = 2 AND person_id = 23") == 1 ?
	    "ready" : "?"), "ready");
	CHECK_EQ_U_N("nobody is held by the look", (uint64_t)sql_int("SELECT COUNT(*) FROM hold"), 0);
	CHECK_CASE("the next day they come", (h = hold_next(AGENT(2), at(6, 6, 9, 0, 0))).person.v == 23);
	CHECK(save_full(AGENT(2), &h, ST_CALL_BACK, at(6, 6, 10, 0, 0), at(6, 6, 9, 1, 0), false).saved == SAVED);
	sql("UPDATE operation SET day_calls = 1, revision = revision + 1 WHERE id = 2");
	world_read();
	CHECK_EQ_U_N("fact 116: an appointment is kept: the person asked for it", hold_next(AGENT(2), at(6, 6, 10, 0, 0)).person.v, 23);
	CHECK_EQ_U_N("audit", audit_wrong(), 0);
	choose(1);
	CHECK_EQ_U_N("audit of the first", audit_wrong(), 0);
}

/* Two operations ask for their last person at the same moment, many times. */
static int
race(int n)
{
	struct nobody_now nobody;
	struct held h;

	choose(n == 0 ? 3 : 4);
	for (int i = 0; i < 40; i++)
		for (int64_t now = at(6, 8, 9, 0, 0) + i * MINUTE_US; queue_claim(db, &op, AGENT(10 + (uint64_t)n), now, &h, &nobody, ar) ==
		    CLAIMED; now++)
			save(AGENT(10 + (uint64_t)n), &h, ST_NO_ANSWER, now);
	return 0;
}

static void
together(void)
{
	pid_t one, other;

	world_people(100, 159);
	for (uint64_t id = 3; id <= 4; id++) {
		world_operation(id);
		sql("UPDATE recycling_rule SET minutes = 1, max_calls = 50 WHERE operation_id = %llu", (unsigned long long)id);
		choose(id);
		set("day_calls = 3");
		world_load(100, 159, at(6, 8, 9, 0, 0));
	}
	one = in_child(race, 0);
	other = in_child(race, 1);
	CHECK(child_code(one) == 0 && child_code(other) == 0);
	CHECK_EQ_I_N("two operations at once never make a fourth call of the day", sql_int("SELECT MAX(n) FROM (SELECT COUNT(*) n FROM attempt"
	    " WHERE operation_id IN (3, 4) GROUP BY person_id) x"), 3);
	CHECK_CASE("and both called", sql_int("SELECT COUNT(DISTINCT operation_id) FROM attempt WHERE operation_id IN (3, 4)") == 2);
	CHECK_EQ_U_N("audit", audit_wrong(), 0);
	choose(3);
	CHECK_EQ_U_N("audit of the other", audit_wrong(), 0);
}

static void
weekdays(void)
{
	struct nobody_now n;

	world_operation(5);
	choose(5);
	set("day_hours = '0900-2100,0900-2100,0900-2100,0900-2100,0900-2100,1000-1800,-', holidays = 'qc'");
	world_people(200, 201);
	world_load(200, 201, at(6, 22, 9, 0, 0));
	CHECK_CASE("fact 25: Tuesday 23 June at 20:59:59", hold_next(AGENT(1), at(6, 23, 20, 59, 59)).entry.v != 0);
	CHECK_CASE("fact 25: at 21:00:00 closed, over Saint-Jean", nobody_now(AGENT(2), at(6, 23, 21, 0, 0), &n) == NOBODY_OUTSIDE_HOURS &&
	    n.until == at(6, 25, 9, 0, 0));
	CHECK_CASE("fact 24: not on the holiday", nobody_now(AGENT(2), at(6, 24, 12, 0, 0), &n) == NOBODY_OUTSIDE_HOURS &&
	    n.until == at(6, 25, 9, 0, 0));
	CHECK_CASE("fact 24: not on a Sunday", nobody_now(AGENT(2), at(6, 28, 12, 0, 0), &n) == NOBODY_OUTSIDE_HOURS &&
	    n.until == at(6, 29, 9, 0, 0));
	CHECK_CASE("fact 24: on Saturday from 10:00", nobody_now(AGENT(2), at(6, 27, 9, 59, 59), &n) == NOBODY_OUTSIDE_HOURS &&
	    hold_next(AGENT(2), at(6, 27, 10, 0, 0)).entry.v != 0);
}

static void
zones(void)
{
	struct held h;
	struct nobody_now n;

	world_operation(6);
	choose(6);
	set("opens_at = '09:00', closes_at = '21:00'");
	world_people(300, 303);
	sql("UPDATE phone SET e164 = '+16042000300' WHERE person_id = 300;"
	    "UPDATE person SET postal_code = 'A0K 1A0' WHERE id = 301; UPDATE phone SET e164 = '+18002000302' WHERE person_id = 302;"
	    "UPDATE person SET time_zone = 'America/Halifax' WHERE id = 303; UPDATE phone SET e164 = '+16042000303' WHERE person_id = 303");
	world_load(300, 303, at(6, 14, 9, 0, 0));
	CHECK_EQ_I_N("by address, by number, by both possible", sql_int("SELECT COUNT(*) FROM operation_zone WHERE operation_id = 6 AND name IN"
	    " ('America/Vancouver', 'America/St_Johns|America/Goose_Bay', 'America/Halifax')"), 3);
	CHECK_CASE("at 7:45 in Toronto it is 9:15 in St. John's and 8:45 in Goose Bay: Halifax at 8:45 is closed too",
	    nobody_now(AGENT(1), at(6, 15, 7, 45, 0), &n) == NOBODY_OUTSIDE_HOURS && n.until == at(6, 15, 8, 0, 0));
	h = hold_next(AGENT(1), at(6, 15, 8, 0, 0));
	CHECK_CASE("promise 6: from 9:00 in Goose Bay on", h.person.v == 301 && strcmp(h.zone, "America/St_Johns") == 0);
	CHECK_EQ_S_N("the zones that were possible", h.zones, "America/St_Johns|America/Goose_Bay");
	save(AGENT(1), &h, ST_COMPLETED, at(6, 15, 8, 1, 0));
	CHECK_EQ_I_N("the attempt stores one", sql_int("SELECT time_zone = 'America/St_Johns' FROM attempt WHERE operation_id = 6"), 1);
	CHECK_EQ_U_N("at 20:00 in Toronto St. John's is closed, Vancouver comes last", hold_next(AGENT(1), at(6, 15, 20, 0, 0)).person.v, 302);
	CHECK_EQ_U_N("with a number from there", hold_next(AGENT(2), at(6, 15, 20, 0, 0)).person.v, 300);
}

static bool
moved(struct db *d, void *ctx)
{
	return queue_zone_moved(d, (struct organisation_id){ 1 }, ctx, 1, ar);
}

/* A zone change in mid-operation: the record is changed while the person waits, or while an agent talks with them. */
static void
moving(void)
{
	struct person_id who = { 400 };
	struct held h;
	struct nobody_now n;
	uint64_t revision;

	world_operation(7);
	choose(7);
	set("opens_at = '09:00', closes_at = '21:00'");
	world_people(400, 400);
	world_load(400, 400, at(6, 14, 9, 0, 0));
	h = hold_next(AGENT(1), at(6, 15, 20, 0, 0));
	CHECK_CASE("in Toronto", h.person.v == 400 && strcmp(h.zone, "America/Toronto") == 0);
	sql("UPDATE person SET time_zone = 'America/Vancouver' WHERE id = 400");
	revision = op.revision;
	CHECK(tx_write(db, moved, &who) == TX_DONE);
	world_read();
	CHECK_CASE("a new zone is a new revision", op.revision == revision + 1);
	CHECK_CASE("while an agent is with them too", queue_held(db, &op, AGENT(1), at(6, 15, 20, 1, 0), &h, ar) == FOUND &&
	    strcmp(h.zone, "America/Vancouver") == 0);
	queue_skip(db, op.id, AGENT(1), h.entry, at(6, 15, 20, 1, 0));
	CHECK_CASE("promise 6: at 22:00 in Toronto they may still be called", (h = hold_next(AGENT(1), at(6, 15, 22, 0, 0))).person.v == 400);
	queue_skip(db, op.id, AGENT(1), h.entry, at(6, 15, 22, 1, 0));
	CHECK_CASE("and not at 9:00 there", nobody_now(AGENT(1), at(6, 16, 9, 0, 0), &n) == NOBODY_OUTSIDE_HOURS && n.until == at(6, 16, 12, 0, 0));
	sql("UPDATE person SET time_zone = '' WHERE id = 400");
	CHECK(tx_write(db, moved, &who) == TX_DONE);
	world_read();
	CHECK_CASE("back again, under the number that the zone has already", (h = hold_next(AGENT(1), at(6, 16, 9, 0, 0))).person.v == 400 &&
	    sql_int("SELECT COUNT(*) FROM operation_zone WHERE operation_id = 7") == 2);
	save(AGENT(1), &h, ST_COMPLETED, at(6, 16, 9, 1, 0));
	CHECK_EQ_U_N("audit", audit_wrong(), 0);
}

int
main(void)
{
	world_open();
	over_all_statuses();
	other_part();
	per_day();
	together();
	weekdays();
	zones();
	moving();
	return check_done();
}
