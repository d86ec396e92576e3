/*
 * horizon.c - what other programs read from cursor to cursor: nothing is passed over while transactions commit in another
 * order than their ids, nothing comes twice; what changes a list without a call is noted.
 */
#include "queue_world.h"

#include "domain/entry_log.h"
#include "domain/horizon.h"
#include "domain/queue_change.h"
#include "domain/since.h"

enum { WRITERS = 6, EACH = 60 };

static uint64_t
safe(void)
{
	uint64_t n = 0;

	CHECK_CASE("the horizon is read", horizon_of(db, HORIZON_ATTEMPT, &n, ar));
	return n;
}

static const char *
insert(uint64_t key)
{
	return arena_fmt(ar, "INSERT INTO attempt (operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)"
	    " VALUES (1, NULL, 0, 1, 100, '+15145550100', 8, 'America/Toronto', 1, 1, UNHEX(MD5('%llu')))", (unsigned long long)key);
}

static void
say(struct db *d, const char *text)
{
	const char *why;

	if (!db_script(d, text, ar, &why)) {
		printf("not ok - test set-up: %s: %s\n", why, text);
		exit(1);
	}
}

static void
one_after_the_other(void)
{
	struct db *late = db_open(false);
	int64_t t = NOON;
	uint64_t from = safe();

	say(db, insert(1));
	CHECK_CASE("without a gap the horizon follows at once", horizon_advance(db, t, ar) && safe() == from + 1);
	say(late, "START TRANSACTION");
	say(late, insert(2));
	say(db, insert(3));
	CHECK_CASE("a lower id is on its way: the horizon waits", horizon_advance(db, t, ar) && safe() == from + 1);
	for (int i = 0; i < 5; i++)
		horizon_advance(db, t += 2 * HORIZON_SETTLES_US, ar);
	CHECK_EQ_U_N("... however long it takes", safe(), from + 1);
	say(late, "COMMIT");
	CHECK_CASE("... until it is in", horizon_advance(db, t, ar) && safe() == from + 3);
	say(late, "START TRANSACTION");
	say(late, insert(4));
	say(db, insert(5));
	say(late, "ROLLBACK");
	CHECK_CASE("an id that never comes", horizon_advance(db, t, ar) && safe() == from + 3 &&
	    horizon_advance(db, t + HORIZON_SETTLES_US - 1, ar) && safe() == from + 3);
	CHECK_CASE("... is waited for, and no longer", horizon_advance(db, t + HORIZON_SETTLES_US, ar) && safe() == from + 5);
	say(late, insert(6));
	CHECK_CASE("a clock that goes backwards stops nothing", horizon_advance(db, t - HOUR_US, ar) && safe() == from + 6);
	db_close(late);
}

/* Writes, waits, commits or not. The first id of each is printed to nobody: what is committed is counted afterwards. */
static void
writer(unsigned n)
{
	struct db *d = db_open(false);
	unsigned seed = n * 7919;

	for (unsigned i = 0; i < EACH; i++) {
		struct timespec t = { .tv_nsec = rand_r(&seed) % 20 == 0 ? 900000000 : rand_r(&seed) % 20000000 };
		say(d, "START TRANSACTION");
		say(d, insert(1000 + n * 1000 + i));
		nanosleep(&t, NULL);
		say(d, rand_r(&seed) % 10 == 0 ? "ROLLBACK" : "COMMIT");
	}
	db_close(d);
	_exit(0);
}

/* A clock that runs so fast that HORIZON_SETTLES_US are a third of a second, less than the longest transaction. */
static int64_t
fast(void)
{
	return clock_now_us() * 30;
}

static void
all_at_once(void)
{
	struct since_place p = { .attempt = safe() };
	uint64_t first = p.attempt, last = first, got = 0, sum = 0;
	bool order = true, ended = false, more;
	pid_t pid[WRITERS];
	int living = WRITERS;
	struct arena *page = arena_new();

	for (unsigned i = 0; i < WRITERS; i++)
		if ((pid[i] = fork()) == 0)
			writer(i);
	for (int64_t until = 0; !ended; ) {
		struct since_attempt *t;
		size_t n;

		arena_reset(page);
		horizon_advance(db, fast(), page);
		if (!since_attempts(db, op.id, &p, &t, &n, &more, page))
			break;
		for (size_t i = 0; i < n; i++) {
			order = order && t[i].id > last;
			last = t[i].id;
			got++;
			sum += t[i].id;
		}
		for (unsigned i = 0; i < WRITERS; i++)
			if (pid[i] != 0 && waitpid(pid[i], NULL, WNOHANG) == pid[i]) {
				pid[i] = 0;
				living--;
			}
		if (living == 0 && until == 0)
			until = clock_now_us() + 2 * SECOND_US;
		ended = until != 0 && clock_now_us() > until;
	}
	arena_free(page);
	CHECK_CASE("writers at once: what is read is in order", order);
	CHECK_EQ_U_N("... as many as were committed", got, (uint64_t)sql_int("SELECT COUNT(*) FROM attempt WHERE id > %llu", (unsigned long long)first));
	CHECK_EQ_U_N("... and the very same", sum, (uint64_t)sql_int("SELECT SUM(id) FROM attempt WHERE id > %llu", (unsigned long long)first));
	CHECK_CASE("some were rolled back, else this proves little", got < WRITERS * EACH && got > 0);
}

/* --- a list that changes --- */

static struct since_place at;
static struct since_entry *e;
static size_t n;

/* What has changed since the last look; 0 rows are a page too. */
static size_t
changed(void)
{
	struct since_place before = at;
	const char *cursor;
	bool more;

	if (!horizon_advance(db, NOON, ar) || !horizon_advance(db, NOON + HORIZON_SETTLES_US, ar) || !since_changes(db, op.id, &at, &e, &n, &more, ar))
		return SIZE_MAX;
	cursor = since_cursor(ar, SINCE_CHANGES, op.id, &at);
	CHECK_CASE("the cursor is read as it was written", since_read(db, SINCE_CHANGES, op.id, cursor, &at, ar) == FOUND);
	CHECK_CASE("and is of this kind only", since_read(db, SINCE_ATTEMPTS, op.id, cursor, &before, ar) == NONE);
	return n;
}

struct silenced { struct person_id person; };
static bool
silence(struct db *d, void *ctx)
{
	struct silenced *x = ctx;

	return queue_silence_person(d, ORG, x->person, ar);
}

static void
a_list(void)
{
	struct silenced x;
	struct nobody_now nobody;
	struct held held;
	uint64_t entries = 0;
	bool more = true;

	world_people(1, 1203);
	world_load(1, 1200, NOON);
	at = (struct since_place){ 0 };
	horizon_advance(db, NOON, ar);
	for (int i = 0; i < 5 && more; i++) {
		CHECK(since_changes(db, op.id, &at, &e, &n, &more, ar) && n <= SINCE_PAGE);
		entries += n;
	}
	CHECK_EQ_U_N("from the beginning: everybody, page after page", entries, 1200);
	CHECK_EQ_U_N("then nothing", changed(), 0);
	world_load(1201, 1203, NOON);
	CHECK_EQ_U_N("who was added since", changed(), 3);
	CHECK_CASE("somebody is held: nobody has changed", queue_claim(db, &op, AGENT(1), NOON, &held, &nobody, ar) == CLAIMED && changed() == 0);
	CHECK_CASE("taken off by hand while held", queue_remove(db, ORG, op.id, AGENT(0), held.entry, NOON) == SAVED && changed() == 1 &&
	    e[0].id == held.entry.v && strcmp(e[0].state, "removed") == 0);
	x.person.v = (uint64_t)sql_int("SELECT MIN(person_id) FROM entry WHERE operation_id = 1 AND state = 'ready'");
	CHECK_CASE("do not call", tx_write(db, silence, &x) == TX_DONE && changed() == 1 && e[0].person == x.person.v && e[0].reason == ST_DNC);
	CHECK(entry_log_silenced(db, ar));
	CHECK_EQ_U_N("what is noted is not noted again", changed(), 0);
	x.person.v = (uint64_t)sql_int("SELECT MAX(person_id) FROM entry WHERE operation_id = 1 AND state = 'ready'");
	sql("UPDATE entry SET state = 'removed', band = 9, reason = 20 WHERE operation_id = 1 AND person_id = %llu", (unsigned long long)x.person.v);
	CHECK_EQ_U_N("taken off by a claim", changed(), 0);
	CHECK_CASE("... is found by the tally", entry_log_silenced(db, ar) && changed() == 1 && e[0].person == x.person.v);
	CHECK_CASE("... once", entry_log_silenced(db, ar) && changed() == 0);
	sql("INSERT INTO attempt (operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)"
	    " SELECT 1, id, 1, person_id, 100, e164, 8, 'America/Toronto', 1, 1, UNHEX(MD5('call')) FROM entry WHERE state = 'ready' ORDER BY id LIMIT 1");
	CHECK_EQ_U_N("a call", changed(), 1);
	at.log += 1000;
	CHECK_CASE("a cursor from the future", since_read(db, SINCE_CHANGES, op.id, since_cursor(ar, SINCE_CHANGES, op.id, &at), &at, ar) == NONE);
}

/* The log is kept for sixty days: who asks that often misses nothing, an older cursor is told, and from the beginning comes everybody. */
static void
forgotten(void)
{
	const int64_t days = 24 * HOUR_US;
	struct since_place old = { .begun = true, .log = 1 }, early;
	const char *cursor, *before = since_cursor(ar, SINCE_CHANGES, op.id, &old);
	uint64_t entries = 0, rows = (uint64_t)sql_int("SELECT COUNT(*) FROM entry_log"), kept;
	bool more = true;

	CHECK(horizon_advance(db, NOON, ar) && horizon_advance(db, NOON + HORIZON_SETTLES_US, ar));
	at = (struct since_place){ 0 };
	for (int i = 0; i < 5 && more; i++)
		CHECK(since_changes(db, op.id, &at, &e, &n, &more, ar));
	cursor = since_cursor(ar, SINCE_CHANGES, op.id, &at);
	CHECK(entry_log_forget(db, NOON, ar) && entry_log_forget(db, NOON + HOUR_US, ar));
	CHECK_EQ_U_N("one mark a day", (uint64_t)sql_int("SELECT COUNT(*) FROM entry_log_day"), 1);
	CHECK(entry_log_forget(db, NOON + ENTRY_LOG_KEPT_US - 1, ar));
	CHECK_EQ_U_N("a moment before its time nothing goes", (uint64_t)sql_int("SELECT COUNT(*) FROM entry_log"), rows);
	CHECK_CASE("... and an old cursor is read", since_read(db, SINCE_CHANGES, op.id, before, &early, ar) == FOUND);
	CHECK(entry_log_forget(db, NOON + ENTRY_LOG_KEPT_US, ar));
	kept = (uint64_t)sql_int("SELECT COUNT(*) FROM entry_log l JOIN entry x ON x.id = l.first_entry WHERE l.first_entry = l.last_entry"
	    " AND x.state = 'removed' AND x.reason IN (19, 20)");
	CHECK_CASE("then it goes, but for whom a claim took off", kept > 0 && kept < rows && (uint64_t)sql_int("SELECT COUNT(*) FROM entry_log") == kept);
	CHECK_CASE("an old cursor is refused, and why is told", since_read(db, SINCE_CHANGES, op.id, before, &early, ar) == NONE && early.gone);
	CHECK_CASE("a cursor of that day goes on", since_read(db, SINCE_CHANGES, op.id, cursor, &at, ar) == FOUND && !at.gone && changed() == 0);
	CHECK_CASE("whom a claim took off is not noted anew", entry_log_silenced(db, ar) && changed() == 0);
	at = (struct since_place){ 0 };
	more = true;
	for (int i = 0; i < 5 && more; i++) {
		CHECK(since_changes(db, op.id, &at, &e, &n, &more, ar));
		entries += n;
		CHECK_CASE("half-way the cursor is read as it was written", since_read(db, SINCE_CHANGES, op.id, since_cursor(ar, SINCE_CHANGES, op.id, &at), &at, ar) == FOUND);
	}
	CHECK_EQ_U_N("from the beginning still comes everybody", entries, (uint64_t)sql_int("SELECT COUNT(*) FROM entry WHERE operation_id = 1"));
	CHECK(entry_log_forget(db, NOON + ENTRY_LOG_KEPT_US + 40 * days, ar) && entry_log_forget(db, NOON + 2 * ENTRY_LOG_KEPT_US + 41 * days, ar));
	CHECK_CASE("marks go too", sql_int("SELECT COUNT(*) FROM entry_log_day") <= 2);
	CHECK_CASE("... and the same time again changes nothing", entry_log_forget(db, NOON + 2 * ENTRY_LOG_KEPT_US + 41 * days, ar));
}

int
main(void)
{
	world_open();
	a_list();
	forgotten();
	one_after_the_other();
	all_at_once();
	return check_done();
}
