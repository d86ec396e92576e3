/*
 * call_tally - calls by day, by hour and by attempt number are counters that equal a recount, whatever was saved, put right or
 * taken back; the migration counts what was there before it as the trigger counts what comes.
 */
#include "queue_world.h"

#include "domain/call_tally.h"
#include "domain/queue_list.h"

static unsigned seed = 7;
static int64_t now = NOON;

static unsigned
any(unsigned n)
{
	return (unsigned)rand_r(&seed) % n;
}

/* Somebody's call, and sometimes what becomes of it afterwards: taken back at once, put right, put right again. */
static void
one_call(void)
{
	enum status list[ST__MAX], to;
	size_t n = status_sorted(S_AGENT, LANG_EN, list);
	struct held h;
	enum refusal why;
	unsigned number;
	uint64_t attempt;

	now += (int64_t)any(40) * MINUTE_US + any(1000000);
	h = hold_next(AGENT(any(4)), now);
	if (h.entry.v == 0)
		return;
	struct call c = { .entry = h.entry, .form_key = h.form_key, .claimed_at = h.claimed_at, .status = any(3) ? ST_NO_ANSWER : list[any((unsigned)n)], .note = "" };
	enum claimed claimed;
	struct nobody_now nobody;
	struct user_id agent = { (uint64_t)sql_int("SELECT user_id FROM hold WHERE entry_id = %llu", (unsigned long long)h.entry.v) };

	now += (int64_t)(any(12) == 0 ? 4000 + any(90000) : any(900)) * SECOND_US;	/* at the end of the shift, from paper */
	if (queue_save(db, &op, rules, agent, &c, now, false, &claimed, &h, &nobody, &why, ar) != SAVED)
		return;
	if (any(6) == 0)
		queue_undo(db, &op, agent, &c, now + SECOND_US, &attempt, &why, ar);
	for (unsigned again = any(5) == 0 ? 1 + any(3) : 0; again > 0; again--) {
		number = (unsigned)sql_int("SELECT MAX(number) FROM attempt WHERE entry_id = %llu", (unsigned long long)c.entry.v);
		to = list[any((unsigned)n)];
		if (queue_may_correct_to(to))
			queue_correct(db, &op, AGENT(5), c.entry, number, to, "", now + HOUR_US, &why, ar);
	}
}

static void
histories(void)
{
	struct call_tally t;
	struct call_numbers n;
	uint64_t day = 0, hour = 0, number = 0;

	for (unsigned s = 1; s < ST__MAX; s++)
		if (status_by((enum status)s) == S_AGENT || status_by((enum status)s) == S_AUTO)
			CHECK_CASE("what reached somebody is one of the first three kinds", status_reached((enum status)s) == (call_kind((enum status)s) <= CALL_TALKED));
	world_people(1, 60);
	world_load(1, 60, now);
	for (unsigned i = 0; i < 250; i++)
		one_call();
	CHECK_CASE("there were retries, calls taken back and statuses put right", sql_int("SELECT COUNT(*) FROM attempt WHERE number > 1 AND corrects IS NULL") > 20 &&
	    sql_int("SELECT COUNT(*) FROM attempt WHERE status = %d", ST_CORRECTED) > 3 && sql_int("SELECT COUNT(*) FROM attempt c JOIN attempt w ON w.entry_id ="
	    " c.entry_id AND w.number = c.corrects WHERE w.corrects IS NOT NULL") > 3);
	CHECK_EQ_U_N("the audit agrees with every counter", audit_wrong(), 0);
	CHECK(call_tally(db, op.id, op.zone, &t, ar));
	for (size_t i = 0; i < t.ndays; i++)
		day += cell_calls(&t.day[i].cell);
	for (size_t i = 0; i < 24; i++)
		hour += cell_calls(&t.hour[i]);
	for (size_t i = 0; i < CALL_NUMBERS; i++)
		number += cell_calls(&t.number[i]);
	CHECK_EQ_U_N("fact 126: days sum to the calls", day, (uint64_t)sql_int("SELECT SUM(calls) FROM agent_tally"));
	CHECK_CASE("fact 126: hours and attempt numbers too", hour == day && number == day && cell_calls(&t.all) == day);
	CHECK_EQ_U_N("kinds are those of the totals by status", (uint64_t)t.all.kind[CALL_UNANSWERED], (uint64_t)sql_int("SELECT SUM(attempts) FROM status_tally"
	    " WHERE status IN (%d, %d)", ST_NO_ANSWER, ST_BUSY));
	CHECK_CASE("more first calls than second ones, more second than third", cell_calls(&t.number[0]) > cell_calls(&t.number[1]) &&
	    cell_calls(&t.number[1]) > cell_calls(&t.number[2]));
	CHECK_CASE("by attempt number alone: the same", call_numbers(db, op.id, 0, &n, ar) && memcmp(n.number, t.number, sizeof(n.number)) == 0 &&
	    memcmp(&n.all, &t.all, sizeof(n.all)) == 0 && n.first_at > NOON - HOUR_US && n.first_at <= now);
	CHECK_EQ_I_N("with the agents' time", (int64_t)n.seconds, sql_int("SELECT SUM(seconds) FROM call_tally"));
	CHECK_CASE("since a moment: fewer", call_numbers(db, op.id, now - DAY_US, &n, ar) && cell_calls(&n.all) < day && cell_calls(&n.all) > 0);
}

/* The statement of the migration that counts what is there, alone. */
static char *
first_count(void)
{
	static char text[40000];
	char path[500];
	FILE *f;
	size_t n;

	snprintf(path, sizeof(path), "%s/070_call_tally.sql", conf.sql);
	if ((f = fopen(path, "r")) == NULL)
		return NULL;
	n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	text[n] = '\0';
	char *begin = strstr(text, "\nINSERT INTO call_tally"), *end = begin == NULL ? NULL : strstr(begin, ";\n");
	if (end == NULL)
		return NULL;
	*end = '\0';
	return begin;
}

static void
before_the_migration(void)
{
	const char *why, *fill = first_count();

	sql("DELETE FROM call_tally");
	CHECK_CASE("without counters the audit finds differences", audit_wrong() > 10);
	if (CHECK_CASE("the migration counts what was there", fill != NULL && db_script(db, fill, ar, &why)))
		CHECK_EQ_U_N("as the trigger does", audit_wrong(), 0);
	sql("UPDATE call_tally SET calls = calls + 1 LIMIT 1");
	CHECK_EQ_U_N("a call too many is found", audit_wrong(), 1);
	sql("UPDATE call_tally SET calls = calls - 1 LIMIT 1");
	sql("UPDATE call_tally SET seconds = seconds + 1 LIMIT 1");
	CHECK_EQ_U_N("a second too much too", audit_wrong(), 1);
	sql("UPDATE call_tally SET seconds = seconds - 1 LIMIT 1");
}

static void
count(int64_t half_hour, int n)
{
	sql("INSERT INTO call_tally VALUES (9, %lld, 1, %d, 0, %d, 60)", (long long)half_hour, ST_COMPLETED, n);
}

static int64_t
half(int month, int day, int hour, int minute)
{
	struct tm t = { .tm_year = 126, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_min = minute };

	return clock_moment("UTC", &t) / (30 * MINUTE_US);
}

static void
clocks(void)
{
	struct operation_id nine = { 9 };
	struct call_tally t;

	count(half(11, 1, 5, 30), 1);	/* 1:30 in Toronto, before the clocks go back */
	count(half(11, 1, 6, 30), 2);	/* 1:30 again */
	count(half(11, 2, 4, 30), 4);	/* 23:30 of the same day */
	count(half(11, 2, 5, 0), 8);	/* midnight */
	CHECK(call_tally(db, nine, "America/Toronto", &t, ar));
	CHECK_EQ_U_N("the hour that autumn repeats counts both times", cell_calls(&t.hour[1]), 3);
	CHECK_CASE("days are those of the operation's clock", t.ndays == 2 && t.day[0].day == 1 && cell_calls(&t.day[0].cell) == 7 && cell_calls(&t.day[1].cell) == 8);
	CHECK(call_tally(db, nine, "America/St_Johns", &t, ar));
	CHECK_CASE("a zone that is half an hour off", t.ndays == 2 && cell_calls(&t.hour[3]) == 2 && cell_calls(&t.hour[1]) == 12 && cell_calls(&t.day[1].cell) == 12);
	CHECK_CASE("no calls, no days", call_tally(db, (struct operation_id){ 77 }, "America/Toronto", &t, ar) && t.ndays == 0 && cell_calls(&t.all) == 0);
}

/* Shards of several connections, folded, while calls go on. */
static void
folds(void)
{
	int64_t sum = sql_int("SELECT SUM(calls) FROM call_tally WHERE operation_id = 1"), before;
	struct call_tally t, again;

	sql("INSERT INTO call_tally SELECT operation_id, half_hour, number, status, 3, 2, 0 FROM call_tally WHERE operation_id = 1 AND shard = 8;"
	    "UPDATE call_tally SET calls = calls - 2 WHERE operation_id = 1 AND shard = 8");
	before = sql_int("SELECT COUNT(*) FROM call_tally WHERE operation_id = 1");
	CHECK_EQ_U_N("split into shards the audit agrees", audit_wrong(), 0);
	CHECK(call_tally(db, op.id, op.zone, &t, ar));
	CHECK_CASE("half hours that are not over stay as they are", call_tally_fold(db, op.id, 0, NOON - 2 * DAY_US, ar) &&
	    sql_int("SELECT COUNT(*) FROM call_tally WHERE operation_id = 1") == before);
	CHECK_CASE("folded there are half as many", call_tally_fold(db, op.id, 0, now + DAY_US, ar) &&
	    sql_int("SELECT COUNT(*) FROM call_tally WHERE operation_id = 1") * 2 == before);
	CHECK(call_tally(db, op.id, op.zone, &again, ar));
	CHECK_CASE("and nothing has changed", memcmp(&t.all, &again.all, sizeof(t.all)) == 0 && memcmp(t.hour, again.hour, sizeof(t.hour)) == 0 &&
	    memcmp(t.number, again.number, sizeof(t.number)) == 0 && sql_int("SELECT SUM(calls) FROM call_tally WHERE operation_id = 1") == sum);
	for (unsigned i = 0; i < 40; i++)
		one_call();
	CHECK_EQ_U_N("calls after that are counted beside it", audit_wrong(), 0);
	CHECK_CASE("folded again", call_tally_fold(db, op.id, 0, now + DAY_US, ar) && sql_int("SELECT COUNT(*) FROM call_tally WHERE operation_id = 1 AND shard <> 8") == 0);
	CHECK_EQ_U_N("the audit agrees", audit_wrong(), 0);
}

int
main(void)
{
	world_open();
	histories();
	before_the_migration();
	folds();
	clocks();
	return check_done();
}
