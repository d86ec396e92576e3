/*
 * db.c - the database layer: three answers, values of every kind, failures that repeat the whole,
 * connections that break before and during COMMIT. Promise 4 rests on this, with facts 112 and 117.
 */
#include <pthread.h>
#include <unistd.h>

#include "check.h"
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/conf.h"
#include "plumb/db.h"

enum { Q_GET, Q_ALL, Q_ADD, Q_SET, Q_KILL, Q_TWO, Q_WRONG_SETS, Q_LATE, Q_KINDS, Q_TOO_LARGE, Q_MISSING, Q_SUM,
	Q_GO, Q_LOCK_ALL, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_GET]   = { "u", "us", "SELECT id, word FROM thing WHERE id = ?" },
	[Q_ALL]   = { "", "us", "SELECT id, word FROM thing ORDER BY id" },
	[Q_ADD]   = { "us", "", "INSERT INTO thing (id, word) VALUES (?, ?)" },
	[Q_SET]   = { "su", "", "UPDATE thing SET word = ? WHERE id = ?" },
	[Q_KILL]  = { "", "", "KILL CONNECTION_ID()" },
	[Q_TWO]   = { "u", "us|s", "CALL two_sets(?)" },
	[Q_WRONG_SETS] = { "u", "us", "CALL two_sets(?)" },
	[Q_LATE]  = { "", "u", "CALL fails_late()" },
	[Q_KINDS] = { "uidsbs", "uidsbss", "SELECT ?, ?, ?, ?, ?, ?, DATE '2026-11-23'" },
	[Q_TOO_LARGE] = { "", "u", "SELECT -1" },
	[Q_MISSING] = { "", "u", "SELECT x FROM no_such_table" },
	[Q_SUM]   = { "", "us", "SELECT SUM(id), TIME '09:30:00' FROM thing" },
	[Q_LOCK_ALL] = { "", "us", "SELECT id, word FROM thing ORDER BY id FOR UPDATE" },
	[Q_GO]    = { "", "", "CALL meets_a_deadlock()" },
};
DB_STATEMENTS(q)

static struct arena *a;
static struct db *db, *other;

static const char *
value(const char *sql)
{
	const char *v = NULL;

	return db_script_value(other, sql, a, &v) ? v : "(failed)";
}

static void
script(const char *sql)
{
	const char *why;

	if (!db_script(other, sql, a, &why))
		printf("not ok - set-up: %s\n", why), exit(1);
}

static struct db *
connect_to(const char *socket)
{
	struct db *d = db_connect(socket, conf.db_user, conf.db_password, conf.db_name);

	if (d == NULL)
		printf("not ok - no connection to %s\n", socket), exit(1);
	return d;
}

static void
answers(void)
{
	struct row r;
	struct rows rows;
	uint64_t n;

	CHECK_CASE("a row is FOUND", db_row(db, &q[Q_GET], IN(V_U(1)), a, &r) == FOUND);
	CHECK_EQ_S(row_s(&r, 1), "one");
	CHECK_CASE("no row is NONE", db_row(db, &q[Q_GET], IN(V_U(99)), a, &r) == NONE);
	CHECK_CASE("a broken statement is FAILED, never NONE", db_row(db, &q[Q_MISSING], NO_IN, a, &r) == FAILED);
	CHECK_CASE("a value too large for its letter is FAILED", db_row(db, &q[Q_TOO_LARGE], NO_IN, a, &r) == FAILED);
	CHECK_CASE("the connection still works after failures", db_rows(db, &q[Q_ALL], NO_IN, a, &rows));
	CHECK_EQ_U_N("all rows came", rows.n, 3);
	CHECK_CASE("a unique key says DUPLICATE", db_write(db, &q[Q_ADD], IN(V_U(1), V_S("x")), NULL) == DUPLICATE);
	CHECK_CASE("an update changes a row", db_write(db, &q[Q_SET], IN(V_S("uno"), V_U(1)), &n) == WROTE && n == 1);
	CHECK_CASE("the same update changes none", db_write(db, &q[Q_SET], IN(V_S("uno"), V_U(1)), &n) == WROTE && n == 0);
	CHECK_CASE("text too long is NOT_WRITTEN, not cut",
	    db_write(db, &q[Q_SET], IN(V_S("a word that is longer than its column of thirty characters"), V_U(1)), &n) == NOT_WRITTEN);
	CHECK_CASE("sums and times as their letters", db_row(db, &q[Q_SUM], NO_IN, a, &r) == FOUND &&
	    row_u(&r, 0) == 6 && strcmp(row_s(&r, 1), "09:30:00") == 0);
}

static void
kinds(void)
{
	static char longest[70000];
	unsigned char bytes[300];
	struct row r;
	size_t n;

	memset(longest, 'e', sizeof(longest) - 1);
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)i;
	if (!CHECK_CASE("every kind goes in and comes out", db_row(db, &q[Q_KINDS], IN(V_U(UINT64_MAX), V_I(INT64_MIN),
	    V_D(2.5), V_S(longest), V_B(bytes, sizeof(bytes)), V_S("Gélinas ☎ 𝄞")), a, &r) == FOUND))
		return;
	CHECK(row_u(&r, 0) == UINT64_MAX);
	CHECK(row_i(&r, 1) == INT64_MIN);
	CHECK(row_d(&r, 2) == 2.5);
	CHECK_CASE("long text comes whole", strcmp(row_s(&r, 3), longest) == 0);
	CHECK_CASE("bytes with NUL come whole", memcmp(row_b(&r, 4, &n), bytes, 300) == 0 && n == 300);
	CHECK_EQ_S(row_s(&r, 5), "Gélinas ☎ 𝄞");
	CHECK_EQ_S(row_s(&r, 6), "2026-11-23");
	CHECK_CASE("NULL goes in and comes out", db_row(db, &q[Q_KINDS], IN(V_NULL, V_NULL, V_NULL, V_S(NULL), V_NULL, V_S("")),
	    a, &r) == FOUND && row_is_null(&r, 0) && row_is_null(&r, 3) && row_s(&r, 3) == NULL && !row_is_null(&r, 5));
	CHECK_CASE("... and is 0 where a number is read", row_u(&r, 0) == 0 && row_d(&r, 2) == 0.0);
}

static bool
count_two(void *ctx, const struct row *r)
{
	unsigned *n = ctx;

	(void)r;
	return ++*n < 2;
}

static void
many(void)
{
	struct rows sets[2], rows;
	struct val in[12000 * 2];
	unsigned seen = 0;
	size_t n;

	CHECK_CASE("a procedure gives two sets", db_call(db, &q[Q_TWO], IN(V_U(2)), a, sets, 2, &n) && n == 2);
	CHECK_CASE("each with its columns", sets[0].n == 1 && strcmp(row_s(&sets[0].row[0], 1), "two") == 0 &&
	    sets[1].n == 2 && strcmp(row_s(&sets[1].row[1], 0), "b") == 0);
	CHECK_CASE("more sets than its signature has is a failure", !db_rows(db, &q[Q_WRONG_SETS], IN(V_U(2)), a, &rows));
	CHECK_CASE("a procedure that fails after its first set fails", !db_rows(db, &q[Q_LATE], NO_IN, a, &rows));
	CHECK_CASE("db_each stops early", db_each(db, &q[Q_ALL], NO_IN, count_two, &seen) && seen == 2);
	CHECK_CASE("a query put together at run time", db_rows_of(db, "SELECT word FROM thing WHERE id >= ? ORDER BY id",
	    "s", IN(V_U(2)), a, &rows) && rows.n == 2);
	for (unsigned i = 0; i < 12000; i++) {
		in[i * 2] = V_U(1000 + i);
		in[i * 2 + 1] = i % 3 == 0 ? V_NULL : V_S("bulk");
	}
	CHECK_CASE("12,000 rows in bulk", db_bulk(db, &q[Q_ADD], in, 2, 5000) == WROTE &&
	    db_bulk(db, &q[Q_ADD], in + 10000, 2, 5000) == WROTE && db_bulk(db, &q[Q_ADD], in + 20000, 2, 2000) == WROTE);
	CHECK_EQ_S(value("SELECT COUNT(*) FROM thing WHERE id >= 1000"), "12000");
	CHECK_EQ_S(value("SELECT COUNT(*) FROM thing WHERE id >= 1000 AND word IS NULL"), "4000");
	CHECK_CASE("the same in bulk again is DUPLICATE", db_bulk(db, &q[Q_ADD], in, 2, 10) == DUPLICATE);
	CHECK_CASE("the statement still runs singly", db_write(db, &q[Q_ADD], IN(V_U(20000), V_S("one by one")), NULL) == WROTE);
	script("DELETE FROM thing WHERE id >= 1000");
}

/* What a transaction under test does; `run` counts how often the whole was begun. */
struct work { unsigned run; bool refuse, broken, cut, commits; const char *word; pthread_barrier_t *meet; uint64_t first, second; };

static bool
work(struct db *d, void *ctx)
{
	struct work *w = ctx;
	struct row r;

	w->run++;
	if (db_write(d, &q[Q_SET], IN(V_S(w->word), V_U(w->first)), NULL) != WROTE)
		return false;
	if (w->meet != NULL && w->run == 1)
		pthread_barrier_wait(w->meet);		/* both hold their first row now */
	if (w->cut && w->run == 1)
		db_write(d, &q[Q_KILL], NO_IN, NULL);
	if (w->broken)
		db_row(d, &q[Q_MISSING], NO_IN, a, &r);	/* and forgets to look at the answer */
	if (w->second != 0 && db_write(d, &q[Q_SET], IN(V_S(w->word), V_U(w->second)), NULL) != WROTE)
		return false;
	return !w->refuse;
}

static void *
in_thread(void *ctx)
{
	struct db *d = connect_to(conf.db_socket);
	struct work *w = ctx;
	enum tx t = tx_write(d, work, w);

	w->commits = t == TX_DONE;
	db_close(d);
	return NULL;
}

static void
transactions(void)
{
	struct work w = { .word = "done", .first = 1 };

	CHECK_CASE("a transaction commits", tx_write(db, work, &w) == TX_DONE);
	CHECK_EQ_S(value("SELECT word FROM thing WHERE id = 1"), "done");
	w = (struct work){ .word = "refused", .first = 1, .refuse = true };
	CHECK_CASE("work that answers false rolls back", tx_write(db, work, &w) == TX_REFUSED && w.run == 1);
	CHECK_EQ_S(value("SELECT word FROM thing WHERE id = 1"), "done");
	w = (struct work){ .word = "half", .first = 1, .broken = true };
	CHECK_CASE("a failed statement is never committed around", tx_write(db, work, &w) == TX_FAILED && w.run == 1);
	CHECK_EQ_S(value("SELECT word FROM thing WHERE id = 1"), "done");
	w = (struct work){ .word = "cut", .first = 1, .second = 2, .cut = true };
	CHECK_CASE("a connection lost inside is made anew and the whole repeated", tx_write(db, work, &w) == TX_DONE && w.run == 2);
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(word ORDER BY id) FROM thing WHERE id < 3"), "cut,cut");
}

static void
deadlock(void)
{
	pthread_barrier_t meet;
	pthread_t t1, t2;
	struct work w1 = { .word = "A", .first = 1, .second = 2, .meet = &meet };
	struct work w2 = { .word = "B", .first = 2, .second = 1, .meet = &meet };

	pthread_barrier_init(&meet, NULL, 2);
	pthread_create(&t1, NULL, in_thread, &w1);
	pthread_create(&t2, NULL, in_thread, &w2);
	pthread_join(t1, NULL);
	pthread_join(t2, NULL);
	CHECK_CASE("two that deadlock both commit in the end", w1.commits && w2.commits);
	CHECK_EQ_U_N("one of them was repeated whole", w1.run + w2.run, 3);
	CHECK_CASE("and nothing is mixed", strcmp(value("SELECT COUNT(DISTINCT word) FROM thing WHERE id IN (1, 2)"), "1") == 0);
}

/* Reads and locks rows in order; the other holds the last one and wants the first: the deadlock comes in the middle of the rows. */
struct reading { unsigned run; bool one_row, got, commits; enum tx t; };

static bool
read_all(struct db *d, void *ctx)
{
	struct reading *r = ctx;
	struct arena *mine = arena_new();
	struct rows rows = { 0 };
	struct row row;

	r->run++;
	r->got = r->one_row ? db_row(d, &q[Q_LOCK_ALL], NO_IN, mine, &row) == FOUND :
	    db_rows(d, &q[Q_LOCK_ALL], NO_IN, mine, &rows) && rows.n == 3;
	arena_free(mine);
	return true;	/* does not even look: what failed must not be committed all the same */
}

static void *
reader(void *ctx)
{
	struct db *d = connect_to(conf.db_socket);
	struct reading *r = ctx;

	r->t = tx_write(d, read_all, r);
	db_close(d);
	return NULL;
}

static bool
late_in_fetch(struct reading *r)
{
	pthread_t t;
	const char *why;
	bool ok;

	/* many rows changed, so that the server takes the reader for the victim */
	ok = db_script(db, "START TRANSACTION; UPDATE weight SET n = n + 1; UPDATE thing SET word = 'held' WHERE id = 3", a, &why);
	pthread_create(&t, NULL, reader, r);
	/* until the reader waits for row 3; the server renews this table only after 0.1 s without a question */
	for (int i = 0; i < 50; i++) {
		usleep(150000);
		if (strcmp(value("SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'"
		    " AND trx_mysql_thread_id IN (SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE())"), "0") != 0)
			break;
	}
	ok = ok && db_script(db, "UPDATE thing SET word = 'held' WHERE id = 1; COMMIT", a, &why);
	pthread_join(t, NULL);
	return ok;
}

static void
fetch(void)
{
	struct reading all = { 0 }, one = { .one_row = true };

	CHECK_CASE("a deadlock in the middle of rows: the other goes on", late_in_fetch(&all));
	CHECK_CASE("... it came with errno 0, and is no end of rows: the whole is repeated", all.t == TX_DONE && all.run > 1 && all.got);
	CHECK_CASE("the same after the one row that is wanted", late_in_fetch(&one) && one.t == TX_DONE && one.run > 1 && one.got);
}

static unsigned calls;

static bool
call_once(struct db *d, void *ctx)
{
	(void)ctx;
	calls++;
	return db_write(d, &q[Q_GO], NO_IN, NULL) == WROTE;
}

static void
retry(void)
{
	script("UPDATE counter SET n = 0");
	calls = 0;
	CHECK_CASE("a procedure with its own transaction is repeated after 1213", db_retry(db, call_once, NULL) && calls == 3);
	CHECK_EQ_S(value("SELECT COUNT(*) FROM thing WHERE id = 500"), "1");
	script("UPDATE counter SET n = -1000; DELETE FROM thing WHERE id = 500");
	calls = 0;
	CHECK_CASE("... but not for ever", !db_retry(db, call_once, NULL) && calls == conf.tx_tries && !db_lost(db));
	CHECK_CASE("... and leaves nothing open behind", db_write(db, &q[Q_ADD], IN(V_U(501), V_S("after")), NULL) == WROTE);
	CHECK_EQ_S(value("SELECT COUNT(*) FROM thing WHERE id = 501"), "1");
	script("DELETE FROM thing WHERE id >= 500");
}

static void
snapshot(void)
{
	struct row r;

	CHECK(tx_read_begin(db));
	CHECK(db_row(db, &q[Q_GET], IN(V_U(3)), a, &r) == FOUND);
	script("UPDATE thing SET word = 'changed' WHERE id = 3");
	CHECK_CASE("a read-only request sees one moment", db_row(db, &q[Q_GET], IN(V_U(3)), a, &r) == FOUND &&
	    strcmp(row_s(&r, 1), "three") == 0);
	CHECK_CASE("and cannot write", db_write(db, &q[Q_SET], IN(V_S("x"), V_U(3)), NULL) == NOT_WRITTEN);
	tx_read_end(db);
	CHECK_CASE("afterwards it sees the present", db_row(db, &q[Q_GET], IN(V_U(3)), a, &r) == FOUND &&
	    strcmp(row_s(&r, 1), "changed") == 0);
	CHECK_CASE("and writes again", db_write(db, &q[Q_SET], IN(V_S("three"), V_U(3)), NULL) == WROTE);
}

static void
idle(void)
{
	struct row r;

	script(arena_fmt(a, "KILL %s", value("SELECT MAX(ID) FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID()"
	    " AND DB = DATABASE()")));
	usleep(20000);
	CHECK_CASE("a connection killed while idle is made anew for a read", db_row(db, &q[Q_GET], IN(V_U(3)), a, &r) == FOUND);
	script(arena_fmt(a, "KILL %s", value("SELECT MAX(ID) FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID()"
	    " AND DB = DATABASE()")));
	usleep(20000);
	CHECK_CASE("... and for a write, which had not left", db_write(db, &q[Q_SET], IN(V_S("idle"), V_U(3)), NULL) == WROTE);
}

int
main(void)
{
	a = arena_new();
	conf_load();
	other = connect_to(conf.db_socket);
	script("CREATE TABLE thing (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, word VARCHAR(30)) ENGINE=InnoDB;"
	    "INSERT INTO thing VALUES (1, 'one'), (2, 'two'), (3, 'three');"
	    "CREATE TABLE weight (id INT NOT NULL PRIMARY KEY, n INT NOT NULL) ENGINE=InnoDB;"
	    "INSERT INTO weight SELECT seq, 0 FROM seq_1_to_50;"
	    "CREATE TABLE counter (n INT NOT NULL) ENGINE=MyISAM; INSERT INTO counter VALUES (0);"
	    "CREATE PROCEDURE two_sets(p BIGINT UNSIGNED) BEGIN"
	    " SELECT id, word FROM thing WHERE id = p; SELECT 'a' UNION SELECT 'b'; END;"
	    "CREATE PROCEDURE fails_late() BEGIN SELECT id FROM thing; SIGNAL SQLSTATE '45000'; END;"
	    /* the counter is in another engine: it remembers what a rollback forgets */
	    "CREATE PROCEDURE meets_a_deadlock() BEGIN START TRANSACTION; INSERT INTO thing VALUES (500, 'p');"
	    " UPDATE counter SET n = n + 1; IF (SELECT n FROM counter) < 3 THEN"
	    " SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213; END IF; COMMIT; END");
	db = connect_to(conf.db_socket);
	answers();
	script("UPDATE thing SET word = 'one' WHERE id = 1");
	kinds();
	many();
	transactions();
	deadlock();
	fetch();
	script("UPDATE thing SET word = 'three' WHERE id = 3");
	retry();
	snapshot();
	idle();
	db_close(db);
	db_close(other);
	arena_free(a);
	return check_done();
}
