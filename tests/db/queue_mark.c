/*
 * queue_mark - the low-water mark is a hint, never the truth: whoever becomes due below it is found.
 * (issue: an appointment moved earlier than the mark, a rule edited, an expired hold, a clock.)
 */
#include "queue_world.h"

/* Agent 1 works through a few people, so that this process has marks in the fresh and the retry band. */
static int64_t
raise_marks(int64_t now)
{
	for (int i = 0; i < 10; i++) {
		struct held h = hold_next(AGENT(1), now);
		now += SECOND_US;
		save(AGENT(1), &h, i < 7 ? ST_NO_ANSWER : ST_REFUSED, now);
	}
	now += 2 * HOUR_US;		/* the seven retries are due: they raise the retry band's mark */
	for (int i = 0; i < 3; i++) {
		struct held h = hold_next(AGENT(1), now);
		CHECK_CASE("a due retry comes before people never called", h.attempts == 1);
		save(AGENT(1), &h, ST_REFUSED, now += SECOND_US);
	}
	return now;
}

int
main(void)
{
	struct held first, h;
	int64_t now;

	world_open();
	world_people(1, 200);
	world_load(1, 200, NOON);
	now = raise_marks(NOON + HOUR_US);

	/* an appointment far below any mark of its band */
	h = hold_next(AGENT(1), now);
	save(AGENT(1), &h, ST_REFUSED, ++now);
	first = hold_next(AGENT(2), now);
	CHECK(save_full(AGENT(2), &first, ST_CALL_BACK, now + DAY_US, now + 1, false).saved == SAVED);
	sql("UPDATE entry SET band = 1, due_at = %lld WHERE id = %llu", (long long)(NOON - DAY_US),
	    (unsigned long long)first.entry.v);
	h = hold_next(AGENT(1), now += SECOND_US);
	CHECK_EQ_U_N("an appointment moved earlier than the mark is offered within a second", h.entry.v, first.entry.v);
	save(AGENT(1), &h, ST_REFUSED, ++now);

	/* a retry moved below the mark of its own band, found when nothing else of the band is above it */
	sql("UPDATE entry SET due_at = %lld WHERE band = 2 ORDER BY due_at DESC LIMIT 1", (long long)(NOON - DAY_US));
	sql("UPDATE entry SET due_at = %lld WHERE band = 2 AND due_at > %lld", (long long)(now + DAY_US), (long long)NOON);
	h = hold_next(AGENT(1), ++now);
	CHECK_CASE("a retry that became due below the mark is offered", h.attempts == 1);
	save(AGENT(1), &h, ST_REFUSED, ++now);

	/* below the mark with others above it: within a second of real time, or 512 claims */
	h = hold_next(AGENT(1), ++now);
	save(AGENT(1), &h, ST_REFUSED, ++now);
	first = hold_next(AGENT(3), ++now);	/* held */
	h = hold_next(AGENT(1), ++now);
	save(AGENT(1), &h, ST_REFUSED, ++now);	/* the mark is above agent 3's person */
	CHECK(queue_skip(db, op.id, AGENT(3), first.entry, now) == SAVED);
	sql("UPDATE entry SET due_at = %lld WHERE id = %llu", (long long)(NOON - DAY_US), (unsigned long long)first.entry.v);
	usleep(1100000);
	h = hold_next(AGENT(1), ++now);
	CHECK_EQ_U_N("a person below the mark is found within a second though others are above it",
	    h.entry.v, first.entry.v);
	save(AGENT(1), &h, ST_REFUSED, ++now);

	/* a hold that expires puts its person back below the mark */
	first = hold_next(AGENT(4), ++now);
	h = hold_next(AGENT(1), ++now);
	save(AGENT(1), &h, ST_REFUSED, ++now);
	now += 21 * MINUTE_US;
	usleep(1100000);
	h = hold_next(AGENT(1), now);
	CHECK_EQ_U_N("fact 113: an expired hold's person is offered again, below the mark", h.entry.v, first.entry.v);
	save(AGENT(1), &h, ST_REFUSED, ++now);

	/* the clock goes back by an hour: everybody due then is still found */
	h = hold_next(AGENT(1), now - HOUR_US);
	CHECK_CASE("with the clock set back the mark in the future hides nobody", h.entry.v != 0);
	save(AGENT(1), &h, ST_REFUSED, now);

	/* to the very end: the mark loses nobody */
	for (int i = 0; i < 400; i++) {
		h = hold_next(AGENT(1), now + 3 * DAY_US);
		if (h.entry.v == 0)
			break;
		save(AGENT(1), &h, ST_REFUSED, now + 3 * DAY_US);
	}
	CHECK_EQ_I_N("every person was offered in the end", sql_int("SELECT COUNT(*) FROM entry WHERE band < 9"), 0);
	CHECK_EQ_I_N("nobody was lost", sql_int("SELECT COUNT(*) FROM entry WHERE attempts > 0"), 200);
	return check_done();
}
