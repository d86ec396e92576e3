/*
 * outlook - the forecast from the counters of a real list: too early, known, with those on the line and without, and at a cost
 * that does not grow with the list.
 */
#include "queue_world.h"

#include "domain/operation_report.h"
#include "domain/outlook.h"

static int64_t now = NOON - 3 * HOUR_US;

static int64_t
reads(void)
{
	return sql_int("SELECT SUM(VARIABLE_VALUE) FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME LIKE 'HANDLER_READ%%'");
}

static struct outlook
look(bool callers)
{
	struct report_wish w = { .organisation = ORG, .user = AGENT(0), .search = "", .now = now };
	struct operation_numbers n;
	struct outlook o = { .kind = OUTLOOK_NONE };

	if (operation_report_of(db, &w, op.id, &n, ar) != FOUND || !outlook(db, &n, now, callers, &o, ar)) {
		printf("not ok - test set-up: the outlook cannot be read\n");
		exit(1);
	}
	return o;
}

/* Two agents call for a while; every third call reaches somebody. */
static void
call_for(unsigned calls)
{
	for (unsigned i = 0; i < calls; i++) {
		struct held h = hold_next(AGENT(i % 2), now);

		now += 60 * SECOND_US;
		if (h.entry.v == 0 || save(AGENT(i % 2), &h, i % 3 == 0 ? ST_COMPLETED : i % 3 == 1 ? ST_NO_ANSWER : ST_VOICEMAIL, now) != SAVED) {
			printf("not ok - test set-up: a call\n");
			exit(1);
		}
	}
}

int
main(void)
{
	struct outlook o, again;
	int64_t r, idle, few, many;

	world_open();
	world_people(1, 400);
	world_load(1, 400, now);
	o = look(true);
	CHECK_CASE("before the first call: too early", o.kind == OUTLOOK_EARLY && o.calls == 0);
	call_for(29);
	o = look(true);
	CHECK_CASE("29 calls: too early, and it says how many there are", o.kind == OUTLOOK_EARLY && o.calls == 29);
	call_for(1);
	o = look(true);
	CHECK_CASE("30 calls: known", o.kind == OUTLOOK_KNOWN && o.calls == 30 && o.reached == 11 && o.forecast.seconds == 60);
	CHECK_CASE("nobody is on the line: as many as there were while calls were open", !o.now && o.agents > 0.5 && o.agents < 1.5);
	CHECK_CASE("370 people and those who come back, a minute each: some hours", o.forecast.early > now + 5 * HOUR_US && o.forecast.late < now + DAY_US && o.forecast.late > o.forecast.early);
	CHECK_EQ_U_N("one caller is enough until the end of the year", o.callers, 1);
	again = look(true);
	CHECK_CASE("asked again, the same", memcmp(&o.forecast, &again.forecast, sizeof(o.forecast)) == 0 && again.callers == o.callers);
	for (unsigned i = 0; i < 4; i++)
		hold_next(AGENT(i), now);
	again = look(true);
	CHECK_CASE("four are on the line: four, and sooner", again.now && again.agents == 4 && again.forecast.likely < o.forecast.likely);
	sql("UPDATE operation SET ends_at = '2026-06-10 10:30', revision = revision + 1 WHERE id = 1");
	o = look(true);
	CHECK_CASE("it ends in an hour: not done, some are left, more callers would do", o.forecast.early == 0 && o.forecast.left_few > 0 && o.callers != 1);
	sql("UPDATE operation SET ends_at = '2026-12-31 23:00', state = 'paused', revision = revision + 1 WHERE id = 1");
	CHECK_CASE("paused: as if it were resumed", look(false).kind == OUTLOOK_KNOWN);
	sql("UPDATE operation SET state = 'archived' WHERE id = 1");
	CHECK_CASE("archived: nothing to say", look(false).kind == OUTLOOK_NONE);
	sql("UPDATE operation SET state = 'active' WHERE id = 1");
	sql("UPDATE entry SET state = 'waiting', band = 1, due_at = %lld, reason = %d WHERE state = 'ready' LIMIT 1;"
	    "UPDATE queue_tally SET ready = ready - 1, waiting = waiting + 1 WHERE operation_id = 1 LIMIT 1", (long long)(now + 9 * DAY_US), ST_CALL_BACK);
	CHECK_CASE("the next seconds' answer is the one of before", look(false).forecast.early < now + 9 * DAY_US);
	now += 20 * SECOND_US;
	CHECK_CASE("an appointment in nine days: not done before it", look(false).forecast.early >= now - 20 * SECOND_US + 9 * DAY_US);

	/* ten times the list, the same rows read */
	look(false);
	r = reads();
	idle = reads() - r;
	r = reads();
	look(false);
	few = reads() - r - idle;
	world_people(401, 4400);
	world_load(401, 4400, now);
	sql("UPDATE entry SET state = 'waiting', band = 2, due_at = %lld + id, reason = %d, attempts = 1 WHERE state = 'ready' AND id MOD 2;"
	    "UPDATE queue_tally SET ready = ready - 2000, waiting = waiting + 2000 WHERE operation_id = 1 LIMIT 1; ANALYZE TABLE entry", (long long)now, ST_NO_ANSWER);
	r = reads();
	look(false);
	many = reads() - r - idle;
	printf("# rows read: %lld, with ten times the list %lld\n", (long long)few, (long long)many);
	CHECK_CASE("with ten times the list no more is read than those who wait and are looked at, and the thousand of the dashboard", many < few + 2 * FORECAST_WAITING + 2 * DUE_LOOK + 100);
	return check_done();
}
