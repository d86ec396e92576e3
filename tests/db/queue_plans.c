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

	r = reads();
	h = hold_next(AGENT(1), NOON);
	own = reads() - r - idle;
	CHECK_CASE("a claim reads few rows though 13,000 are not due", h.entry.v != 0 && own < 60);

	/* the first one also reads what the server knows of each table's columns */
	s = save_full(AGENT(1), &h, ST_COMPLETED, 0, NOON + 1, true);
	h = s.next;
	r = reads();
	s = save_full(AGENT(1), &h, ST_COMPLETED, 0, NOON + 1, true);
	own = reads() - r - idle;
	CHECK_CASE("save and claim too", s.claimed == CLAIMED && own < 30);

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
