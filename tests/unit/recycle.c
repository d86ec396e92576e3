/*
 * recycle - the recycling rule in tables: facts 47 to 52, 57 and 116.
 */
#include "check.h"

#include "domain/recycle.h"
#include "plumb/clock.h"

#define NOW INT64_C(1795000000000000)

static const struct recycle_rule off;

static struct recycle_next
after(enum status s, struct recycle_rule rule, unsigned used, int64_t callback_at)
{
	struct retries r = { { 0 } };

	r.used[s] = (uint8_t)used;
	return recycle_decide(&rule, s, &r, NOW, callback_at);
}

/* How many calls a person gets who always answers `s`; *gap is the shortest time between two. */
static unsigned
calls_in_all(enum status s, struct recycle_rule rule, int64_t *gap)
{
	struct retries r = { { 0 } };
	int64_t at = NOW;
	unsigned calls = 1;

	*gap = INT64_MAX;
	for (; calls < 1000; calls++) {
		struct recycle_next n = recycle_decide(&rule, s, &r, at, 0);
		if (n.state != QS_WAITING)
			break;
		if (n.due_at - at < *gap)
			*gap = n.due_at - at;
		at = n.due_at;
		r = n.retries;
	}
	return calls;
}

static void
every_status(void)
{
	static const struct recycle_rule on = { true, 2, 15 };

	for (unsigned i = 1; i < ST__MAX; i++) {
		enum status s = (enum status)i;
		struct recycle_next n = after(s, on, 0, 0), o = after(s, off, 0, 0);
		bool final = status_then(s) == Q_FINAL;
		bool removes = s == ST_REMOVE || status_by(s) == S_RULE;
		char name[120];

		snprintf(name, sizeof(name), "fact 45: %s ticked: %s", status_code(s), final ? "ends" : "comes back");
		CHECK_CASE(name, final ? n.band == BAND_OUT && n.due_at == 0
		    : n.state == QS_WAITING && n.band == BAND_RETRY && n.due_at == NOW + 15 * MINUTE_US);
		snprintf(name, sizeof(name), "fact 51: %s unticked ends after one attempt", status_code(s));
		CHECK_CASE(name, o.band == BAND_OUT && o.state == (removes ? QS_REMOVED : QS_DONE));
	}
}

int
main(void)
{
	struct recycle_next n;
	int64_t gap;

	CHECK_EQ_U_N("fact 48: No answer 3 / 90 is 4 calls in all",
	    calls_in_all(ST_NO_ANSWER_AUTO, (struct recycle_rule){ true, 3, 90 }, &gap), 4);
	CHECK_EQ_I_N("fact 48: each at least 90 minutes after the previous", gap, 90 * MINUTE_US);
	CHECK_EQ_U_N("fact 49: Call back 2 / 120 is two further calls",
	    calls_in_all(ST_CALL_BACK, (struct recycle_rule){ true, 2, 120 }, &gap), 3);
	CHECK_EQ_I_N("fact 49: at least 120 minutes apart", gap, 120 * MINUTE_US);
	CHECK_EQ_U_N("fact 51: unticked is one call",
	    calls_in_all(ST_NO_ANSWER, off, &gap), 1);

	n = after(ST_NO_ANSWER, (struct recycle_rule){ true, 3, 90 }, 0, 0);
	CHECK_EQ_I_N("fact 50: due at 90 minutes, not before", n.due_at, NOW + 90 * MINUTE_US);

	n = after(ST_NO_ANSWER, (struct recycle_rule){ true, 2, 30 }, 1, 0);
	CHECK_CASE("fact 52: No answer uses up only its own allowance",
	    n.retries.used[ST_NO_ANSWER] == 2 && n.retries.used[ST_CALL_BACK] == 0);
	n = recycle_decide(&(struct recycle_rule){ true, 1, 30 }, ST_CALL_BACK, &n.retries, NOW, 0);
	CHECK_CASE("fact 52: Call back still has its own", n.state == QS_WAITING && n.retries.used[ST_CALL_BACK] == 1);

	n = after(ST_CALL_BACK, (struct recycle_rule){ true, 1, 120 }, 0, NOW + 7 * DAY_US);
	CHECK_CASE("fact 116: the time asked for replaces the minutes, as an appointment",
	    n.band == BAND_APPOINTMENT && n.due_at == NOW + 7 * DAY_US && n.retries.used[ST_CALL_BACK] == 1);
	n = after(ST_CALL_BACK, (struct recycle_rule){ true, 1, 120 }, 1, NOW + DAY_US);
	CHECK_CASE("an appointment uses one retry of Call back like any other", n.state == QS_DONE);
	n = after(ST_NO_ANSWER, (struct recycle_rule){ true, 1, 120 }, 0, NOW + DAY_US);
	CHECK_CASE("a time with another status is not an appointment", n.band == BAND_RETRY);
	n = after(ST_REMOVE, off, 0, 0);
	CHECK_CASE("fact 57: Remove from call list, unticked, removes", n.state == QS_REMOVED);
	n = after(ST_REMOVE, (struct recycle_rule){ true, 1, 60 }, 0, 0);
	CHECK_CASE("Remove from call list can be recycled when ticked", n.state == QS_WAITING);
	n = after(ST_NO_ANSWER, (struct recycle_rule){ true, 1000, 1 }, UINT8_MAX, 0);
	CHECK_CASE("a count never wraps round", n.state == QS_DONE);
	every_status();
	return check_done();
}
