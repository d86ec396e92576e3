/*
 * alarm - when each of the five rings, and that none does while nobody may be called.
 */
#include "check.h"

#include "domain/alarm_mail.h"
#include "plumb/clock.h"

#define NOW INT64_C(1795000000000000)

static bool on[ALARM__MAX], paused, locked;
static unsigned homes;

/* `n` calls, one every `gap` seconds, the newest `ago` minutes ago, each `long_` seconds, all to `household`. */
static void
look(enum op_phase phase, uint64_t on_line, uint64_t callable, unsigned n, int64_t ago, int64_t gap, int64_t seconds, uint64_t household)
{
	struct operation_numbers numbers = { .phase = phase, .on_line = on_line };
	struct alarm_call call[ALARM_CALLS];

	for (unsigned i = 0; i < n; i++) {
		call[i].saved_at = NOW - ago * MINUTE_US - i * gap * SECOND_US;
		call[i].started_at = call[i].saved_at - seconds * SECOND_US;
		call[i].household = household;
	}
	alarms_of(&numbers, callable, call, n, paused, locked, NOW, on, &homes);
}

/* Once until it is over, at most once an hour. */
static void
told(void)
{
	struct alarm_told t = { .mailed_at = 0 };
	int64_t now = NOW;
	unsigned mails = 0;

	CHECK_CASE("silent: nothing is told", !alarm_tell(&t, false, now));
	CHECK_CASE("it begins to ring: it is told", alarm_tell(&t, true, now += MINUTE_US));
	for (int i = 0; i < 300; i++)
		mails += alarm_tell(&t, true, now += MINUTE_US);
	CHECK_EQ_U_N("it goes on ringing for five hours: not again", mails, 0);
	CHECK_CASE("over, and again", !alarm_tell(&t, false, now += MINUTE_US) && alarm_tell(&t, true, now += MINUTE_US));
	for (int i = 0; i < 59; i++)
		mails += alarm_tell(&t, i % 2 == 0 ? false : true, now += MINUTE_US);
	CHECK_EQ_U_N("coming and going within the hour: not again", mails, 0);
	CHECK_CASE("after the hour: told", alarm_tell(&t, true, now += MINUTE_US));
	CHECK_CASE("still ringing from within the hour: told when it is over", !alarm_tell(&t, false, now += MINUTE_US) && !alarm_tell(&t, true, now += MINUTE_US) &&
	    alarm_tell(&t, true, t.mailed_at + HOUR_US));
	now = t.mailed_at + 2 * HOUR_US;
	CHECK_CASE("nobody looked for a while: it is another ringing", alarm_tell(&t, true, now));
}

int
main(void)
{
	look(PHASE_RUNNING, 2, 500, 20, 1, 90, 80, 0);
	CHECK_CASE("all is well: none rings", !on[ALARM_STALLED] && !on[ALARM_NEARLY_EMPTY] && !on[ALARM_SHORT] && !on[ALARM_HOME]);
	look(PHASE_RUNNING, 0, 500, 20, 31, 90, 80, 0);
	CHECK_CASE("stalled: people to call, and no call for half an hour", on[ALARM_STALLED]);
	look(PHASE_RUNNING, 0, 500, 20, 29, 90, 80, 0);
	CHECK_CASE("not yet", !on[ALARM_STALLED]);
	look(PHASE_RUNNING, 0, 0, 20, 31, 90, 80, 0);
	CHECK_CASE("with nobody to call it is no alarm", !on[ALARM_STALLED]);
	look(PHASE_RUNNING, 0, 500, 20, 13 * 60, 90, 80, 0);
	CHECK_CASE("the next morning nobody has begun yet", !on[ALARM_STALLED]);
	look(PHASE_RUNNING, 0, 500, 0, 0, 0, 0, 0);
	CHECK_CASE("nor before the first call", !on[ALARM_STALLED]);
	look(PHASE_RUNNING, 3, 29, 0, 0, 0, 0, 0);
	CHECK_CASE("nearly empty: fewer than ten for each caller", on[ALARM_NEARLY_EMPTY]);
	look(PHASE_RUNNING, 3, 30, 0, 0, 0, 0, 0);
	CHECK_CASE("ten for each are enough", !on[ALARM_NEARLY_EMPTY]);
	look(PHASE_RUNNING, 0, 0, 0, 0, 0, 0, 0);
	CHECK_CASE("without callers nobody runs out", !on[ALARM_NEARLY_EMPTY]);
	look(PHASE_RUNNING, 1, 500, 10, 1, 60, 7, 0);
	CHECK_CASE("short calls", on[ALARM_SHORT]);
	look(PHASE_RUNNING, 1, 500, 9, 1, 60, 7, 0);
	CHECK_CASE("nine are too few to say", !on[ALARM_SHORT]);
	look(PHASE_RUNNING, 1, 500, 10, 1, 60, 8, 0);
	CHECK_CASE("eight seconds are a call", !on[ALARM_SHORT]);
	look(PHASE_RUNNING, 1, 500, 20, 61, 60, 7, 0);
	CHECK_CASE("calls of an hour ago are over", !on[ALARM_SHORT]);
	look(PHASE_RUNNING, 1, 500, 4, 1, 300, 60, 77);
	CHECK_CASE("the same home four times in an hour", on[ALARM_HOME] && homes == 1);
	look(PHASE_RUNNING, 1, 500, 3, 1, 300, 60, 77);
	CHECK_CASE("three times", !on[ALARM_HOME]);
	look(PHASE_RUNNING, 1, 500, 4, 1, 0, 60, 77);
	CHECK_CASE("one call saved for four of the household is one", !on[ALARM_HOME]);
	for (unsigned p = 0; p <= PHASE_ARCHIVED; p++) {
		if (p == PHASE_RUNNING)
			continue;
		look((enum op_phase)p, 3, 5, 20, 31, 60, 2, 77);
		CHECK_CASE(phase_code((enum op_phase)p), !on[ALARM_STALLED] && !on[ALARM_NEARLY_EMPTY] && !on[ALARM_SHORT] && !on[ALARM_HOME]);
	}
	paused = true;
	look(PHASE_RUNNING, 2, 500, 20, 1, 90, 80, 0);
	CHECK_CASE("paused by the telephone company", on[ALARM_PAUSED] && !on[ALARM_STALLED]);
	look(PHASE_OUTSIDE_HOURS, 2, 500, 20, 1, 90, 80, 0);
	CHECK_CASE("at night that can wait", !on[ALARM_PAUSED]);
	paused = false;
	locked = true;
	look(PHASE_RUNNING, 2, 500, 20, 1, 90, 80, 0);
	CHECK_CASE("power mode is locked", on[ALARM_POWER] && !on[ALARM_PAUSED]);
	look(PHASE_ENDED, 2, 500, 20, 1, 90, 80, 0);
	CHECK_CASE("of an operation that has ended it is no news", !on[ALARM_POWER]);
	told();
	return check_done();
}
