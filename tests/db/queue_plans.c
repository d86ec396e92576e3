/*
 * queue_plans - what the hot statements read, whatever the size of the list: counted by the server itself, for a
 * claim, a save and "why nobody" on a list with many people who are not due.
 */
#include "queue_world.h"

#define MANY	20000

static int64_t
reads(void)
{
	return sql_int("SELECT SUM(VARIABLE_VALUE) FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME IN"
	    " ('Handler_read_key', 'Handler_read_next', 'Handler_read_prev', 'Handler_read_first', 'Handler_read_last',"
	    " 'Handler_read_rnd', 'Handler_read_rnd_next')");
}

static int64_t
pages(void)
{
	return sql_int("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
	    " WHERE VARIABLE_NAME = 'Innodb_buffer_pool_read_requests'");
}

int
main(void)
{
	struct saved_call s = { 0 };
	struct held h;
	int64_t idle, r, own;

	world_open();
	world_people(1, MANY);
	/* as many in each band: appointments and retries that are not due yet, people never called */
	sql("INSERT INTO entry (operation_id, person_id, state, reason, band, due_at, e164, loaded_at) SELECT 1, id,"
	    " IF(id %% 3 = 0, 'ready', 'waiting'), IF(id %% 3 = 0, 0, 10), IF(id %% 3 = 0, 3, id %% 3),"
	    " IF(id %% 3 = 0, %lld, %lld) + id, CONCAT('+1514', 2000000 + id), 1 FROM person;"
	    "INSERT INTO queue_tally (operation_id, shard, ready, waiting) SELECT 1, 0, SUM(band = 3), SUM(band < 3) FROM entry;"
	    "ANALYZE TABLE entry, person, hold", (long long)(NOON - DAY_US), (long long)(NOON + DAY_US));
	idle = -reads();
	idle += reads();	/* what counting costs by itself */

	/* the first one also reads what the server knows of each table's columns */
	hold_next(AGENT(3), NOON);
	r = reads();
	h = hold_next(AGENT(1), NOON);
	own = reads() - r - idle;
	printf("# a claim: %lld rows\n", (long long)own);
	CHECK_CASE("a claim reads few rows though 13,000 are not due", h.entry.v != 0 && own < 30);

	s = save_full(AGENT(1), &h, ST_COMPLETED, 0, NOON + 1, true);
	h = s.next;
	r = reads();
	s = save_full(AGENT(1), &h, ST_COMPLETED, 0, NOON + 1, true);
	own = reads() - r - idle;
	printf("# save and claim: %lld rows\n", (long long)own);
	CHECK_CASE("save and claim too", s.claimed == CLAIMED && own < 30);

	/* two on one line, an appointment that is kept, and the way to it: by key, whatever the list */
	{
		struct entry_id mate = { 0 };
		struct call c = { .entry = s.next.entry, .form_key = s.next.form_key, .claimed_at = s.next.claimed_at,
			.status = ST_NO_ANSWER, .note = "", .mates = &mate, .nmates = 1 };
		struct held kept = { 0 };

		mate.v = (uint64_t)sql_int("SELECT MAX(id) FROM entry WHERE band = 3");
		sql("UPDATE entry SET household_id = 7, e164 = '+15140000000' WHERE id IN (%llu, %llu);"
		    "UPDATE hold SET e164 = '+15140000000', household_id = 7 WHERE user_id = 101",
		    (unsigned long long)mate.v, (unsigned long long)c.entry.v);
		r = reads();
		queue_save(db, &op, rules, AGENT(1), &c, NOON + 1, true, &s.claimed, &s.next, &s.nobody, &s.why, ar);
		own = reads() - r - idle;
		CHECK_CASE("one call for two reads few rows", s.claimed == CLAIMED && own < 90 &&
		    sql_int("SELECT COUNT(*) FROM attempt WHERE entry_id = %llu", (unsigned long long)mate.v) == 1);
		sql("INSERT INTO kept_appointment (entry_id, operation_id, user_id, at, number) SELECT id, 1, 103, %lld, attempts FROM entry"
		    " WHERE band = 1 ORDER BY id LIMIT 5000", (long long)NOON + 1000000);
		sql("INSERT INTO kept_appointment (entry_id, operation_id, user_id, at, number) SELECT id, 1, 102, %lld, attempts FROM entry"
		    " WHERE band = 1 ORDER BY id DESC LIMIT 1; ANALYZE TABLE kept_appointment", (long long)NOON);
		r = reads();
		kept = hold_next(AGENT(2), NOON + 2);
		own = reads() - r - idle;
		CHECK_CASE("an appointment among 5,000 is found by key", own < 60 &&
		    (int64_t)kept.entry.v == sql_int("SELECT entry_id FROM kept_appointment WHERE user_id = 102"));
	}

	/* a cap per person and day looks at that person's calls only, by index */
	sql("UPDATE operation SET day_calls = 2 WHERE id = 1");
	world_read();
	h = s.next;
	s = save_full(AGENT(1), &h, ST_COMPLETED, 0, NOON + 1, true);
	r = reads();
	s = save_full(AGENT(1), &s.next, ST_COMPLETED, 0, NOON + 1, true);
	own = reads() - r - idle;
	CHECK_CASE("with a cap per person and day too", s.claimed == CLAIMED && own < 34);

	/* a thousand people called: their places in the index stay behind until they are purged */
	for (int i = 0; i < 1000 && s.claimed == CLAIMED; i++)
		s = save_full(AGENT(1), &s.next, ST_COMPLETED, 0, NOON + 2 + i, true);
	r = pages();
	for (int i = 0; i < 100 && s.claimed == CLAIMED; i++)
		s = save_full(AGENT(1), &s.next, ST_COMPLETED, 0, NOON + 2000 + i, true);
	own = (pages() - r) / 100;
	/* the server is shared with other tests: a generous bound, far below the thousands without the mark */
	CHECK_CASE("the low-water mark keeps claims from walking over people called before", own < 2000);

	sql("UPDATE entry SET state = 'removed', band = 9, reason = %d WHERE band = 3", ST_REMOVED_BY_HAND);
	save(AGENT(1), &s.next, ST_COMPLETED, NOON + 3000);
	{
		struct nobody_now n;
		r = reads();
		CHECK(nobody_now(AGENT(1), NOON + 4000, &n) == NOBODY_LATER);
		own = reads() - r - idle;
	}
	CHECK_CASE("why nobody is callable is read from the ends of the index", own < 120);
	return check_done();
}
