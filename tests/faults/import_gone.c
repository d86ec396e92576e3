/*
 * import_gone.c - a real worker imports while its database is killed (-9) and started again, and while the worker
 * itself is killed (-9): in the end every row of the file is there once (fact 131). Started with a database server
 * of its own.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "domain/import.h"
#include "domain/job.h"
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/text.h"

enum { ROWS = 20000, KILLS = 3 };

static struct arena *a;
static struct db *db;
static struct organisation_id org;
static struct user_id by;
static struct import_id id;
static pid_t worker;

static uint64_t
number(const char *sql)
{
	const char *v = NULL;
	uint64_t n = UINT64_MAX;

	return db_script_value(db, sql, a, &v) && v != NULL && parse_uint(v, 0, UINT64_MAX, &n) ? n : UINT64_MAX;
}

/* Households of two: the second member of each has the first one's address, written in capitals. */
static const char *
make_file(uint64_t *bytes)
{
	const char *path = arena_fmt(a, "%s/people.csv", getenv("TOCSIN_TEST_DIR"));
	FILE *f = fopen(path, "w");

	fputs("No dossier;Nom;Prénom;Téléphone résidence;No civique;Rue;Ville\n", f);
	for (unsigned i = 0; i < ROWS; i++)
		fprintf(f, "F-%06u;Nom%u;Prénom%u;514 2%02u-%04u;%u;%s;Montréal\n", i, i / 2, i, i / 10000 + 10, i % 10000,
		    i / 2 + 1, i % 2 == 0 ? "rue des Érables" : "RUE DES ERABLES");
	*bytes = (uint64_t)ftell(f);
	fclose(f);
	return path;
}

static void
start_worker(void)
{
	const char *program = arena_fmt(a, "%s/bin/worker", getenv("B"));

	fflush(stdout);
	if ((worker = fork()) == 0) {
		int log = open(arena_fmt(a, "%s/worker.log", getenv("TOCSIN_TEST_DIR")), O_WRONLY | O_CREAT | O_APPEND, 0600);
		dup2(log, STDERR_FILENO);
		execl(program, "worker", (char *)NULL);
		_exit(127);
	}
}

static bool
end_worker(int sig)
{
	int status;

	kill(worker, sig);
	return waitpid(worker, &status, 0) == worker && (sig == SIGKILL || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
}

/* The server's process gone, then another one on the same data. */
static bool
kill_database(void)
{
	FILE *f = fopen(getenv("TOCSIN_DB_PIDFILE"), "r");
	long pid = 0;
	int status;
	pid_t child;

	if (f == NULL || fscanf(f, "%ld", &pid) != 1 || pid <= 1)
		return false;
	fclose(f);
	if (kill((pid_t)pid, SIGKILL) != 0)
		return false;
	for (int i = 0; i < 500 && kill((pid_t)pid, 0) == 0; i++)
		usleep(10000);
	usleep(700000);		/* the worker meets it */
	if ((child = fork()) == 0) {
		execl(getenv("TOCSIN_DB_START"), "start-db", (char *)NULL);
		_exit(127);
	}
	return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Waits until the import has stored more rows than that; false after a minute, or when it has ended. */
static bool
past(uint64_t rows)
{
	for (int i = 0; i < 6000; i++) {
		struct import im;

		if (import_by_id(db, org, id, &im, a) == FOUND) {
			if (im.rows_read > rows)
				return im.state == IMPORT_RUNNING;
			if (im.state == IMPORT_DONE || im.state == IMPORT_FAILED)
				return false;
		}
		usleep(10000);
	}
	return false;
}

static struct import
finished(void)
{
	struct import im = { 0 };

	for (int i = 0; i < 1200; i++) {
		struct job job;

		if (import_by_id(db, org, id, &im, a) == FOUND && job_of(db, "import", id.v, &job, a) == FOUND &&
		    (job.state == JOB_DONE || job.state == JOB_FAILED))
			break;
		usleep(100000);
	}
	return im;
}

int
main(void)
{
	enum refusal why = R_NONE;
	const char *file, *no;
	struct import im;
	uint64_t bytes, reached = 0;

	a = arena_new();
	conf_load();
	seal_open();
	db = db_open(false);
	if (!db_script(db, "INSERT INTO organisation (name, created_at) VALUES ('O', 1);"
	    "INSERT INTO user (organisation_id, name, role, created_at) VALUES (1, 'U', 'organiser', 1)", a, &no))
		printf("not ok - set-up: %s\n", no), exit(1);
	org.v = by.v = 1;
	file = make_file(&bytes);
	if (!CHECK_CASE("a file of 20,000 rows is taken", import_take(db, org, by, PERSON_CONTACT, "people.csv", file, bytes,
	    clock_now_us(), &id, &why, a) == SAVED) || import_by_id(db, org, id, &im, a) != FOUND ||
	    !CHECK_CASE("and its columns are guessed", import_start(db, org, by, id, im.mapping, im.ncolumns, IMPORT_CORRECT, clock_now_us(), &why, a) == SAVED))
		return check_done();

	start_worker();
	for (int k = 1; k <= KILLS; k++) {
		if (!past(reached))
			break;		/* faster than we are: the check below counts */
		if (!CHECK_CASE(arena_fmt(a, "the database is killed in the middle and started again (%d)", k), kill_database()))
			break;
		import_by_id(db, org, id, &im, a);
		CHECK_CASE(arena_fmt(a, "what was stored stays stored (%d)", k),
		    import_by_id(db, org, id, &im, a) == FOUND && im.rows_read > reached);
		reached = im.rows_read;
		CHECK_EQ_U_N(arena_fmt(a, "as many people as rows that say so (%d)", k), number("SELECT COUNT(*) = (SELECT rows_added"
		    " FROM import) FROM person"), 1);
	}
	CHECK_CASE("the database was killed at least once in the middle", reached > 0 && reached < ROWS);
	if (past(reached)) {
		CHECK_CASE("the worker is killed in the middle", end_worker(SIGKILL));
		/* its lease would end in a minute */
		CHECK(db_script(db, "UPDATE job SET leased_until = 1 WHERE state = 'running'", a, &no));
		start_worker();
	}
	im = finished();
	CHECK_CASE("it ends well", im.state == IMPORT_DONE);
	CHECK_EQ_U(im.rows_read, ROWS);
	CHECK_EQ_U(im.rows_added, ROWS);
	CHECK_EQ_U_N("nothing was merged, updated or refused", im.rows_merged + im.rows_updated + im.rows_refused + im.phones_refused, 0);
	CHECK_EQ_U_N("every row is one person", number("SELECT COUNT(DISTINCT file_number) FROM person"), ROWS);
	CHECK_EQ_U_N("and no person is twice", number("SELECT COUNT(*) FROM person"), ROWS);
	CHECK_EQ_U_N("with one number each", number("SELECT COUNT(*) FROM phone"), ROWS);
	CHECK_EQ_U_N("fact 132: two to a household", number("SELECT COUNT(*) FROM (SELECT household_id FROM person"
	    " GROUP BY household_id HAVING COUNT(*) = 2) x"), ROWS / 2);
	CHECK_CASE("the worker ends gracefully", end_worker(SIGTERM));
	db_close(db);
	arena_free(a);
	return check_done();
}
