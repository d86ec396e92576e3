/*
 * queue_hours - promise 6 and the reasons an agent is given (facts 22 to 26, 55, 56, 116, 118).
 */
#include "queue_world.h"

static int64_t
at(const char *zone, int month, int day, int hour, int minute, int second)
{
	struct tm t = { .tm_year = 126, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_min = minute,
		.tm_sec = second };

	return clock_moment(zone, &t);
}

#define T(...)	at("America/Toronto", __VA_ARGS__)

static void
edges(void)
{
	struct nobody_now n;
	struct held h, second;

	CHECK_CASE("fact 23: before the start date nobody can start a call",
	    nobody_now(AGENT(1), T(5, 31, 12, 0, 0), &n) == NOBODY_NOT_STARTED);
	CHECK_EQ_I_N("fact 118: and is told until when", n.until, T(6, 1, 9, 0, 0));
	h = hold_next(AGENT(1), T(6, 10, 20, 59, 59));
	CHECK_CASE("fact 24: a claim at 20:59:59", h.entry.v != 0);
	CHECK_CASE("fact 25: no claim at 21:00:00", nobody_now(AGENT(2), T(6, 10, 21, 0, 0), &n) == NOBODY_OUTSIDE_HOURS);
	CHECK_EQ_I_N("fact 118: closed until the next opening", n.until, T(6, 11, 9, 0, 0));
	CHECK_CASE("fact 26: a call begun before closing is saved after it",
	    save_full(AGENT(1), &h, ST_NO_ANSWER, 0, T(6, 10, 21, 6, 0), true).claimed == CLAIMED_NOBODY);
	CHECK_EQ_S_N("and counted", state_of(h.entry), "waiting");
	second = hold_next(AGENT(2), T(6, 11, 8, 59, 59));
	CHECK_CASE("fact 55: a retry due in the night waits", second.entry.v == 0);
	second = hold_next(AGENT(2), T(6, 11, 9, 0, 0));
	CHECK_EQ_U_N("fact 55: and is offered at the next opening, first", second.entry.v, h.entry.v);
	save(AGENT(2), &second, ST_COMPLETED, T(6, 11, 9, 1, 0));
	CHECK_CASE("fact 22: the last second", (h = hold_next(AGENT(1), T(6, 30, 18, 29, 59))).entry.v != 0);
	CHECK_CASE("fact 22: from the end on nobody can start a call",
	    nobody_now(AGENT(2), T(6, 30, 18, 30, 0), &n) == NOBODY_ENDED && n.until == 0);
	CHECK_CASE("fact 22: one minute after", nobody_now(AGENT(2), T(6, 30, 18, 31, 0), &n) == NOBODY_ENDED);
	CHECK(save(AGENT(1), &h, ST_NO_ANSWER, T(6, 30, 18, 31, 0)) == SAVED);
	CHECK_CASE("fact 56: a retry due after the end is never offered",
	    nobody_now(AGENT(2), T(7, 1, 10, 0, 0), &n) == NOBODY_ENDED);
}

static void
callbacks(void)
{
	struct held h = hold_next(AGENT(1), T(6, 12, 10, 0, 0)), g;
	int64_t now = T(6, 12, 10, 5, 0);

	CHECK_CASE("fact 116: a call-back in the past is refused",
	    save_full(AGENT(1), &h, ST_CALL_BACK, now - 1, now, false).why == R_CALLBACK_PAST);
	CHECK_CASE("fact 116: outside the hours too",
	    save_full(AGENT(1), &h, ST_CALL_BACK, T(6, 13, 21, 0, 0), now, false).why == R_CALLBACK_OUTSIDE);
	CHECK_CASE("fact 116: after the end too",
	    save_full(AGENT(1), &h, ST_CALL_BACK, T(7, 2, 10, 0, 0), now, false).why == R_CALLBACK_OUTSIDE);
	CHECK_EQ_S_N("nothing was saved", state_of(h.entry), "held");
	CHECK_CASE("fact 116: inside dates and hours it is an appointment",
	    save_full(AGENT(1), &h, ST_CALL_BACK, T(6, 13, 14, 30, 0), now, false).saved == SAVED);
	g = hold_next(AGENT(1), T(6, 13, 14, 29, 59));
	CHECK_CASE("not before", g.entry.v != h.entry.v);
	queue_skip(db, op.id, AGENT(1), g.entry, T(6, 13, 14, 29, 59));
	g = hold_next(AGENT(1), T(6, 13, 14, 30, 0));
	CHECK_EQ_U_N("at that moment, before everybody else", g.entry.v, h.entry.v);
	CHECK_CASE("a form sent again after its call-back's time is still that attempt",
	    save_full(AGENT(1), &h, ST_CALL_BACK, T(6, 13, 14, 30, 0), T(6, 13, 15, 0, 0), false).saved == ALREADY);
	save(AGENT(1), &g, ST_REFUSED, T(6, 13, 15, 0, 0));
}

static void
zones(void)
{
	struct nobody_now n;
	struct held h;

	world_people(50, 51);
	sql("UPDATE person SET time_zone = 'America/Vancouver' WHERE id = 50");
	world_clear();
	world_load(50, 51, T(6, 15, 9, 0, 0));
	CHECK_CASE("promise 6: at 9:00 in Toronto the person in Vancouver sleeps",
	    (h = hold_next(AGENT(1), T(6, 15, 9, 0, 0))).person.v == 51);
	CHECK_CASE("fact 118: the reason names the zone's opening",
	    nobody_now(AGENT(2), T(6, 15, 9, 1, 0), &n) == NOBODY_OUTSIDE_HOURS && n.until == T(6, 15, 12, 0, 0));
	queue_skip(db, op.id, AGENT(1), h.entry, T(6, 15, 9, 2, 0));
	CHECK_EQ_U_N("of two open zones the one that closes first comes first",
	    (h = hold_next(AGENT(1), T(6, 15, 20, 0, 0))).person.v, 51);
	CHECK_EQ_U_N("then the other", (h = hold_next(AGENT(2), T(6, 15, 20, 0, 0))).person.v, 50);
	CHECK_EQ_S_N("with its own zone", h.zone, "America/Vancouver");
	CHECK_CASE("in whose hours a call-back must lie",
	    save_full(AGENT(2), &h, ST_CALL_BACK, T(6, 16, 10, 0, 0), T(6, 15, 20, 1, 0), false).why == R_CALLBACK_OUTSIDE);
	CHECK(save_full(AGENT(2), &h, ST_CALL_BACK, T(6, 16, 23, 0, 0), T(6, 15, 20, 1, 0), false).saved == SAVED);
}

static void
reasons(void)
{
	struct nobody_now n;
	struct held h;
	int64_t now = T(6, 16, 12, 0, 0);

	world_people(60, 61);
	queue_skip(db, op.id, AGENT(1), hold_next(AGENT(1), now).entry, now);
	world_clear();
	CHECK_CASE("fact 118: the list is finished", nobody_now(AGENT(1), now, &n) == NOBODY_LEFT);
	world_load(60, 61, now);
	h = hold_next(AGENT(1), now);
	save(AGENT(1), &h, ST_NO_ANSWER, now);
	h = hold_next(AGENT(1), now);
	CHECK_CASE("fact 118: the next retry at hh:mm",
	    nobody_now(AGENT(2), now, &n) == NOBODY_LATER && n.until == now + 90 * MINUTE_US && n.people == 1);
	save(AGENT(1), &h, ST_COMPLETED, now);
	h = hold_next(AGENT(1), now + 90 * MINUTE_US);
	CHECK_CASE("fact 118: everybody left is with other agents",
	    nobody_now(AGENT(2), now + 90 * MINUTE_US, &n) == NOBODY_ALL_HELD);
	sql("UPDATE operation SET state = 'paused', revision = revision + 1 WHERE id = 1");
	CHECK_CASE("an operation paused since it was read gives nobody", nobody_now(AGENT(2), now + 90 * MINUTE_US, &n) != 99);
	world_read();
	CHECK_CASE("fact 118: paused", nobody_now(AGENT(2), now + 90 * MINUTE_US, &n) == NOBODY_PAUSED);
	CHECK_CASE("a call going on is saved while paused", save(AGENT(1), &h, ST_REFUSED, now + 91 * MINUTE_US) == SAVED);
	sql("UPDATE operation SET state = 'active', revision = revision + 1 WHERE id = 1");

	/* stale settings: the process knows the operation as active, it was paused a moment ago */
	world_read();
	world_people(62, 62);
	world_load(62, 62, now);
	sql("UPDATE operation SET state = 'paused', revision = revision + 1 WHERE id = 1");
	CHECK_CASE("promise 6: the pause counts at the moment of the claim",
	    nobody_now(AGENT(2), now + 2 * HOUR_US, &n) == NOBODY_PAUSED);
	sql("UPDATE operation SET state = 'active', revision = revision + 1 WHERE id = 1");
	world_read();
	CHECK_EQ_U_N("audit", audit_wrong(), 0);
}

int
main(void)
{
	world_open();
	sql("UPDATE operation SET starts_on = '2026-06-01', ends_at = '2026-06-30 18:30', opens_at = '09:00', closes_at = '21:00'");
	world_read();
	world_people(1, 20);
	world_load(1, 20, T(6, 1, 9, 0, 0));
	edges();
	callbacks();
	zones();
	reasons();
	return check_done();
}
