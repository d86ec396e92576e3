/*
 * queue_clock - the list with a clock over random histories: at every step the groups are the people ready and waiting,
 * the counters equal a recount, and the moment shown is the first minute at which a claim succeeds (issue 7).
 * SEED=n repeats one history.
 */
#include "queue_world.h"

#include "domain/queue_clock.h"
#include "domain/operation_report.h"
#include "domain/queue_list.h"

#define AGENTS	4
#define STEPS	100

static unsigned seed;
static int64_t now;
static struct held page[AGENTS];
static uint64_t people;

static unsigned
any(unsigned n)
{
	return (unsigned)rand_r(&seed) % n;
}

static int64_t
at(int month, int day, int hour, int minute)
{
	struct tm t = { .tm_year = 126, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_min = minute };

	return clock_moment("America/Toronto", &t);
}

/* People in the zones of three provinces. */
static void
more_people(unsigned n)
{
	world_people(people + 1, people + n);
	sql("UPDATE person SET time_zone = ELT(1 + id MOD 4, '', '', 'America/Edmonton', 'America/Halifax') WHERE id > %llu",
	    (unsigned long long)people);
	world_load(people + 1, people + n, now);
	people += n;
}

static uint64_t
listed(enum clock_group g, unsigned zone)
{
	struct clock_stretch stretch[CLOCK_ZONES * CLOCK_BANDS];
	struct queue_list_wish w = { .op = op.id, .state = -1, .search = "", .stretch = stretch };
	struct queue_line line[QUEUE_LIST_PAGE];
	uint64_t all = 0;
	bool more = true;
	size_t n;

	if (!queue_clock_stretches(db, &op, g, zone, now, stretch, NITEMS(stretch), &w.nstretch, ar))
		return UINT64_MAX;
	while (more) {
		if (!queue_list_page(db, &w, line, &n, &more, ar))
			return UINT64_MAX;
		all += n;
		if (n > 0)
			w.after = line[n - 1].person;
	}
	return all;
}

/* NULL: all is well. */
static const char *
adds_up(void)
{
	struct queue_clock c;
	uint64_t sum = 0, reasons = 0;
	struct reason_count *r;
	size_t n;

	if (!queue_clock(db, &op, now, &c, ar) || !queue_reasons(db, op.id, &r, &n, ar))
		return "the clock cannot be read";
	for (size_t i = 0; i < c.n; i++) {
		sum += c.row[i].people;
		if (c.row[i].more)
			return "a short list is not counted";
		if (listed(c.row[i].group, c.row[i].zone) != c.row[i].people)
			return "the page of a group lists others than its number says";
		if ((c.row[i].group == CLOCK_NEVER) != (c.row[i].at == 0) || (c.row[i].group == CLOCK_NOW) != (c.row[i].at == now))
			return "a group's moment is not of it";
	}
	if (sum != c.totals.ready + c.totals.waiting)
		return "the groups are not the people ready and waiting";
	if (c.totals.people != people)
		return "the states do not sum to the list";
	for (size_t i = 0; i < n; i++)
		reasons += r[i].people;
	if (reasons != c.totals.waiting + c.totals.done + c.totals.removed)
		return "the reasons do not sum to their states";
	return NULL;
}

/* Gives back whoever is claimed, so that the question changes little. */
static bool
claims(int64_t when)
{
	struct held h = hold_next(AGENT(9), when);

	if (h.entry.v == 0)
		return false;
	queue_skip(db, op.id, AGENT(9), h.entry, when);
	return true;
}

/* With nobody on the line, the shown minute is the first at which a claim succeeds. */
static const char *
first_minute(void)
{
	struct queue_clock c;
	unsigned released;
	int64_t first, minute;

	for (unsigned i = 0; i < AGENTS; i++)
		if (page[i].entry.v != 0)
			queue_skip(db, op.id, AGENT(i), page[i].entry, now);
	if (!queue_release_expired(db, INT64_MAX, 100, &released) || !queue_clock(db, &op, now, &c, ar))
		return "not read";
	first = queue_clock_first(&c);
	minute = (first + MINUTE_US - 1) / MINUTE_US * MINUTE_US;
	if (first == 0)
		return claims(now) || claims(now + 40 * DAY_US) ? "a claim succeeds though nobody is left" : NULL;
	if (first == now)
		return claims(now) ? NULL : "nobody can be claimed now";
	if (minute - MINUTE_US >= now && claims(minute - MINUTE_US))
		return "a claim succeeds a minute before";
	if (claims(first - 1))
		return "a claim succeeds a microsecond before";
	return claims(minute) ? NULL : "no claim succeeds at the minute shown";
}

static const char *
step(void)
{
	unsigned agent = any(AGENTS);
	enum status list[ST__MAX];
	size_t n = status_sorted(S_AGENT, LANG_EN, list);
	int64_t back;

	now += any(5) ? (int64_t)any(20) * MINUTE_US + any(1000000) : (int64_t)any(900) * MINUTE_US;
	if (any(15) == 0)
		now -= (int64_t)any(200) * MINUTE_US;
	switch (any(10)) {
	case 0: case 1: case 2: case 3: case 4:
		page[agent] = hold_next(AGENT(agent), now);
		if (page[agent].entry.v == 0)
			return NULL;
		back = any(2) ? now + (int64_t)any(3 * 1440) * MINUTE_US + 1 : 0;
		if (save_full(AGENT(agent), &page[agent], any(2) ? ST_NO_ANSWER : any(3) ? list[any((unsigned)n)] : ST_CALL_BACK, back, now, false).saved == NOT_SAVED)
			return "a save failed";
		return NULL;
	case 5:
		page[agent] = hold_next(AGENT(agent), now);
		return NULL;
	case 6:
		queue_remove(db, ORG, op.id, AGENT(0), (struct entry_id){ (uint64_t)sql_int("SELECT id FROM entry ORDER BY id LIMIT 1 OFFSET %u",
		    any((unsigned)people)) }, now);
		return NULL;
	case 7:
		sql("REPLACE INTO recycling_rule VALUES (1, %d, %u, %u)", list[any((unsigned)n)], 1 + any(4), 1 + any(2000));
		forget_marks();
		return NULL;
	case 8:
		more_people(1);
		return NULL;
	default:
		return first_minute();
	}
}

static bool
history(unsigned which)
{
	char name[160];
	const char *why = NULL;
	uint64_t wrong = 0;
	int i = 0;

	seed = which;
	now = at(6, 2, 8, 0) + (int64_t)any(24 * 60) * MINUTE_US;
	sql("DELETE FROM hold; DELETE FROM attempt; DELETE FROM entry; DELETE FROM phone; DELETE FROM person; DELETE FROM suppression; DELETE FROM queue_tally;"
	    "DELETE FROM entry_tally; DELETE FROM status_tally; DELETE FROM agent_tally; DELETE FROM call_tally");
	memset(page, 0, sizeof(page));
	people = 0;
	more_people(12);
	for (; i < STEPS && why == NULL && wrong == 0; i++) {
		why = step();
		if (why == NULL)
			why = adds_up();
		if (i % 10 == 0)
			wrong = audit_wrong();
	}
	if (why == NULL)
		why = first_minute();
	snprintf(name, sizeof(name), "a random history, SEED=%u, %d steps, %lld attempts", which, i, (long long)sql_int("SELECT COUNT(*) FROM attempt"));
	return check_line_(why == NULL && wrong == 0, name, __FILE__, __LINE__, "%s, audit found %llu, now %lld", why == NULL ? "" : why,
	    (unsigned long long)wrong, (long long)now);
}

static uint64_t
of_group(const struct queue_clock *c, enum clock_group g)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->row[i].group == g)
			return c->row[i].people;
	return 0;
}

static int64_t
rows_read(void)
{
	return sql_int("SELECT SUM(VARIABLE_VALUE) FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME IN"
	    " ('HANDLER_READ_NEXT', 'HANDLER_READ_PREV', 'HANDLER_READ_RND_NEXT')");
}

/* The same number of index entries at 6,000 people and at 12,000. */
static void
does_not_grow(void)
{
	struct report_wish wish = { .organisation = ORG, .user = AGENT(0), .all = true, .drafts = true, .search = "", .now = 0 };
	struct operation_numbers one;
	struct queue_clock c;
	int64_t before, short_list, long_list;

	world_operation(2);
	op.id.v = 2;
	sql("UPDATE operation SET starts_on = '2026-06-01', ends_at = '2026-06-30 18:30', opens_at = '09:00', closes_at = '21:00' WHERE id = 2");
	world_read();
	now = at(6, 10, 12, 0);
	sql("INSERT INTO entry (operation_id, person_id, state, reason, zone, band, due_at, e164, loaded_at) SELECT 2, 1000000 + seq, 'ready', 0, 0, 3,"
	    " %lld + seq, '+15140000000', 1 FROM seq_1_to_6000", (long long)now - HOUR_US);
	sql("INSERT INTO queue_tally (operation_id, shard, ready) VALUES (2, 0, 6000)");
	before = rows_read();
	CHECK(queue_clock(db, &op, now, &c, ar));
	short_list = rows_read() - before;
	CHECK_EQ_U_N("a long stretch is exact all the same: the rest of the tally", of_group(&c, CLOCK_NOW), 6000);
	CHECK_EQ_U_N("and says so", c.row[0].more, 0);
	sql("INSERT INTO entry (operation_id, person_id, state, reason, zone, band, due_at, e164, loaded_at) SELECT 2, 2000000 + seq, 'waiting', 8, 0, 2,"
	    " %lld + seq, '+15140000000', 1 FROM seq_1_to_6000", (long long)now + HOUR_US);
	sql("INSERT INTO entry (operation_id, person_id, state, reason, zone, band, due_at, e164, loaded_at) SELECT 2, 3000000 + seq, 'waiting', 8, 0, 2,"
	    " %lld + seq, '+15140000000', 1 FROM seq_1_to_3000", (long long)now + 30 * HOUR_US);
	sql("UPDATE queue_tally SET waiting = 9000 WHERE operation_id = 2");
	before = rows_read();
	CHECK(queue_clock(db, &op, now, &c, ar));
	long_list = rows_read() - before;
	CHECK_EQ_U_N("two long stretches of one state are looked into no further than CLOCK_LOOK", of_group(&c, CLOCK_SOON), CLOCK_LOOK);
	CHECK_CASE("and say so", c.row[1].more == 1 && c.row[2].more == 1 && c.row[0].more == 0);
	CHECK_CASE("no group reads further than CLOCK_LOOK", short_list < 2 * CLOCK_LOOK + 200 && long_list < 6 * CLOCK_LOOK + 200);
	wish.now = now;
	before = rows_read();
	CHECK(operation_report_of(db, &wish, op.id, &one, ar) == FOUND);
	CHECK_CASE("nor does what the list of operations shows of one read the list", rows_read() - before < 200);
	CHECK_CASE("when more become callable is the head of what waits", one.next_at == now + HOUR_US + 1 && one.later == 9000 && one.callable == 6000);
	wish.now = now + 2 * HOUR_US;
	before = rows_read();
	CHECK(operation_report_of(db, &wish, op.id, &one, ar) == FOUND);
	/* once in the index, once among what was found */
	CHECK_CASE(arena_fmt(ar, "and who is due now is counted up to DUE_LOOK (%lld rows)", (long long)(rows_read() - before)), rows_read() - before < 2 * DUE_LOOK + 200 && one.more && one.callable == 6000 + DUE_LOOK);
	printf("# index entries read: %lld, %lld\n", (long long)short_list, (long long)long_list);
}

int
main(void)
{
	const char *given = getenv("SEED");
	unsigned first = given != NULL ? (unsigned)strtoul(given, NULL, 10) : 0;

	world_open();
	sql("UPDATE operation SET starts_on = '2026-06-01', ends_at = '2026-06-10 18:30', opens_at = '09:00', closes_at = '21:00'");
	world_read();
	if (first != 0) {
		history(first);
		return check_done();
	}
	for (unsigned s = 1; s <= 4 && history(s); s++)
		;
	history((unsigned)getpid());	/* a new one each time */
	does_not_grow();
	return check_done();
}
