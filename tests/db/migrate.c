/*
 * migrate.c - migrations: each once, in order; a changed, missing or newer one is refused; a failing one says where.
 */
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "domain/schema.h"
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/db.h"

static struct arena *a;
static struct db *db;
static const char *folder, *why;

static void
put(const char *name, const char *text)
{
	FILE *f = fopen(arena_fmt(a, "%s/%s", folder, name), "w");

	fputs(text, f);
	fclose(f);
}

static void
drop(const char *name)
{
	unlink(arena_fmt(a, "%s/%s", folder, name));
}

/* Runs it; what it printed. */
static char said[1000];

static bool
migrate(void)
{
	FILE *out;
	bool ok;

	memset(said, 0, sizeof(said));
	out = fmemopen(said, sizeof(said) - 1, "w");
	ok = schema_migrate(db, folder, 1000000, out, a, &why);
	fclose(out);
	return ok;
}

static const char *
value(const char *sql)
{
	const char *v = NULL;

	return db_script_value(db, sql, a, &v) && v != NULL ? v : "(none)";
}

/* Both at once, each in a process of its own: how many files this one applied; 100: it failed. */
static int
both_at_once(const char *name)
{
	pid_t pid[4];
	int applied = 0;

	fflush(stdout);
	for (size_t i = 0; i < NITEMS(pid); i++)
		if ((pid[i] = fork()) == 0) {
			int lines = 0;
			if ((db = db_connect(conf.db_socket, conf.db_user, conf.db_password, name)) == NULL || !migrate()) {
				printf("# %s\n", why);
				_exit(100);
			}
			for (const char *c = said; *c != '\0'; c++)
				lines += *c == '\n';
			_exit(lines);
		}
	for (size_t i = 0; i < NITEMS(pid); i++) {
		int status = 0;
		waitpid(pid[i], &status, 0);
		applied += WIFEXITED(status) ? WEXITSTATUS(status) : 100;
	}
	return applied;
}

int
main(void)
{
	const char *name;
	struct db *top;
	unsigned version = 99;

	a = arena_new();
	conf_load();
	name = arena_fmt(a, "%s_m", conf.db_name);
	folder = arena_fmt(a, "%s/sql", getenv("TOCSIN_TEST_DIR"));
	mkdir(folder, 0700);
	top = db_connect(conf.db_socket, conf.db_user, conf.db_password, NULL);
	if (top == NULL || !db_script(top, arena_fmt(a, "CREATE DATABASE %s CHARACTER SET latin1", name), a, &why) ||
	    (db = db_connect(conf.db_socket, conf.db_user, conf.db_password, name)) == NULL) {
		printf("not ok - set-up\n");
		return 1;
	}
	CHECK_CASE("an empty folder is refused", !migrate() && strstr(why, "no migration") != NULL);
	CHECK_CASE("an empty database has version 0", schema_version(db, &version, a) && version == 0);
	put("001_one.sql", "-- a comment; with a semicolon\nCREATE TABLE one (t VARCHAR(10));\nINSERT INTO one VALUES ('Gélinas');\n");
	put("002_two.sql", "CREATE PROCEDURE two() BEGIN DECLARE n INT; SET n = 1; SELECT n; END;\n");
	put("grants.sql", "this is no migration;");
	put("03_short.sql", "neither is this;");
	CHECK_CASE("both are applied, in order", migrate() && strcmp(said, "001_one.sql\n002_two.sql\n") == 0);
	CHECK_EQ_S_N("text without a collation compares without accents",
	    value("SELECT COUNT(*) FROM one WHERE t = 'GELINAS'"), "1");
	CHECK_CASE("a second run applies nothing", migrate() && said[0] == '\0');
	CHECK_EQ_S(value("SELECT COUNT(*) FROM one"), "1");
	CHECK(schema_version(db, &version, a) && version == 2);
	put("004_four.sql", "DO 1;");
	put("003_three.sql", "CREATE TABLE three (a INT);\nCREATE TABLE broken (a NO_SUCH_TYPE);\nCREATE TABLE never (a INT);\n");
	CHECK_CASE("a failing file stops there and is named", !migrate() && strstr(why, "003_three.sql") != NULL && said[0] == '\0');
	CHECK_CASE("its number is not written, nor a later file tried", schema_version(db, &version, a) && version == 2);
	drop("004_four.sql");
	put("003_three.sql", "CREATE OR REPLACE TABLE three (a INT);\n");
	CHECK_CASE("put right, it goes on", migrate() && strcmp(said, "003_three.sql\n") == 0);
	put("002_two.sql", "CREATE PROCEDURE two() SELECT 2;\n");
	CHECK_CASE("a changed file is refused", !migrate() && strstr(why, "002_two.sql was changed") != NULL);
	put("002_two.sql", "CREATE PROCEDURE two() BEGIN DECLARE n INT; SET n = 1; SELECT n; END;\n");
	put("002_twice.sql", "DO 1;\n");
	CHECK_CASE("one number twice is refused", !migrate() && strstr(why, "two migrations") != NULL);
	drop("002_twice.sql");
	put("012_twelve.sql", "CREATE TABLE twelve (a INT);\n");
	put("010_ten.sql", "CREATE TABLE ten (a INT);\n");
	CHECK_CASE("numbers may be left out; the order is theirs", migrate() && strcmp(said, "010_ten.sql\n012_twelve.sql\n") == 0 &&
	    schema_version(db, &version, a) && version == 12);
	CHECK_CASE("and nothing is left to do", migrate() && said[0] == '\0');
	put("013_slow.sql", "CREATE TABLE slow (a INT);\nDO SLEEP(0.5);\nINSERT INTO slow VALUES (1);\nCREATE TABLE slower (a INT);\n");
	put("014_after.sql", "CREATE TABLE after_it (a INT);\n");
	CHECK_EQ_I_N("four at the same moment: each file is applied once, by whoever came first", both_at_once(name), 2);
	CHECK_EQ_S(value("SELECT COUNT(*) FROM slow"), "1");
	put("011_late.sql", "DO 1;\n");
	CHECK_CASE("a new one behind what is applied is refused", !migrate() && strstr(why, "011_late.sql is new") != NULL);
	drop("011_late.sql");
	drop("003_three.sql");
	CHECK_CASE("older programs on a newer database are refused", !migrate() && strstr(why, "older") != NULL);
	db_script(top, arena_fmt(a, "DROP DATABASE %s", name), a, &why);
	db_close(db);
	db_close(top);
	CHECK_CASE("the real ones were applied here", (db = db_open(false)) != NULL);
	CHECK_CASE("this build needs the newest", schema_version(db, &version, a) && version == db_schema_number());
	db_close(db);
	arena_free(a);
	return check_done();
}
