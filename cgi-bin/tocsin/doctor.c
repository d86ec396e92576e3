/*
 * tocsin doctor - looks at the set-up as it is and says what to do about it.
 */
#include "tocsin.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/mail.h"

#include "domain/admin.h"
#include "domain/schema.h"

const char doctor_help[] =
"usage: tocsin doctor\n"
"\n"
"Looks at settings, folders, the server's key, the database and the worker, and says in plain words what\n"
"is wrong and what to do. Then prints every setting with its bounds. Exit code 1 when something is wrong.\n"
"Run it with the settings of the programs, as the user they run as.\n";

enum { WORKER_SILENT_S = 120, JOB_WAITS_S = 600, PURGE_MOST = 100000 };

static unsigned wrongs;

static void
fine(const char *what)
{
	printf("ok      %s\n", what);
}

static void PRINTF_LIKE(1, 2)
wrong(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("WRONG   ", stdout);
	vprintf(fmt, ap);
	putchar('\n');
	va_end(ap);
	wrongs++;
}

static void PRINTF_LIKE(1, 2)
note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("note    ", stdout);
	vprintf(fmt, ap);
	putchar('\n');
	va_end(ap);
}

static void
look_at_files(struct arena *a)
{
	struct stat st;
	const char *head = arena_fmt(a, "%s/fr/head.tpl", conf.templates);

	if (stat(conf.secret_file, &st) != 0)
		wrong("the server's key %s cannot be read (%s): run tocsin migrate, as the user of the programs",
		    conf.secret_file, strerror(errno));
	else if (access(conf.secret_file, R_OK) != 0)
		wrong("the server's key %s may not be read by this user", conf.secret_file);
	else if ((st.st_mode & 07) != 0 || (st.st_mode & 020) != 0)
		wrong("the server's key %s can be read or changed by others: chmod 0600 %s", conf.secret_file, conf.secret_file);
	else
		fine("the server's key is private");
	if (access(head, R_OK) != 0)
		wrong("the pages are not in %s (%s): setting templates, or make install", conf.templates, strerror(errno));
	else
		fine("the templates are there");
	if (access(conf.data, R_OK | W_OK | X_OK) != 0)
		wrong("files cannot be written in %s (%s): setting data, or its owner", conf.data, strerror(errno));
	else
		fine("uploads can be written");
	if (*conf.sendmail != '\0' && access(conf.sendmail, X_OK) != 0)
		wrong("mail cannot be handed to %s (%s): setting sendmail", conf.sendmail, strerror(errno));
	else if (*conf.sendmail != '\0' && !mail_address_ok(conf.mail_from))
		wrong("mail cannot come from %s: setting mail_from", conf.mail_from);
	else if (*conf.sendmail != '\0')
		fine("alarms can go by e-mail");
	if (strncmp(conf.public_url, "https://", 8) == 0)
		fine("the site is served by https");
	else if (strstr(conf.public_url, "://127.0.0.1") != NULL || strstr(conf.public_url, "://localhost") != NULL)
		note("public_url is %s: links work on this machine only", conf.public_url);
	else
		wrong("public_url is %s: without https, passwords travel in clear", conf.public_url);
}

static void
look_at_clock(void)
{
	int64_t now = clock_now_us();
	const char *override = getenv("TOCSIN_CLOCK");

	if (override != NULL && *override != '\0')
		wrong("TOCSIN_CLOCK is set: this clock is for tests");
	else if (now < INT64_C(1767225600) * SECOND_US)		/* 2026 */
		wrong("the clock of this machine is in the past: calling hours depend on it");
	else if (!clock_zone_known("America/Toronto"))
		wrong("the time zones are missing: apt install tzdata");
	else
		fine("the clock and the time zones");
}

static void
look_at_worker(const struct admin_health *h)
{
	int64_t now = clock_now_us();

	if (h->beat_at == 0)
		wrong("no worker has ever run: imports and lists wait for it (cgi-bin/worker, or worker --once from cron)");
	else if (now - h->beat_at > WORKER_SILENT_S * SECOND_US)
		wrong("no worker was heard for %lld minutes: imports and lists wait for it",
		    (long long)((now - h->beat_at) / MINUTE_US));
	else
		fine("the worker is alive");
	if (h->oldest_job_at != 0 && now - h->oldest_job_at > JOB_WAITS_S * SECOND_US)
		note("%llu jobs wait or run, the oldest for %lld minutes", (unsigned long long)h->waiting_jobs,
		    (long long)((now - h->oldest_job_at) / MINUTE_US));
	if (h->failed_jobs > 0)
		note("%llu jobs have failed so far; the worker's log says why", (unsigned long long)h->failed_jobs);
}

static void
look_at_database(struct arena *a)
{
	struct db *db = db_connect(conf.db_socket, conf.db_user, conf.db_password, conf.db_name);
	struct admin_health h;
	unsigned have;

	if (db == NULL) {
		wrong("the database does not answer at %s as user %s: is MariaDB running, does the user exist,"
		    " is the password right?", conf.db_socket, conf.db_user);
		return;
	}
	fine("the database answers");
	if (!schema_version(db, &have, a))
		wrong("the schema cannot be read");
	else if (have < db_schema_number())
		wrong("the database has schema %u, the programs need %u: run tocsin migrate", have, db_schema_number());
	else if (have > db_schema_number())
		wrong("the database has schema %u, newer than these programs (%u): install the newer ones", have, db_schema_number());
	else if (!admin_health(db, &h, a))
		wrong("the tables cannot be read: sql/grants.sql gives the user its rights");
	else {
		fine("the schema fits");
		if (h.durable)
			fine("a saved call is on disk when the agent sees it");
		else
			wrong("innodb_flush_log_at_trx_commit is not 1: a power cut loses saved calls");
		if (h.may_change_tables || h.may_change_calls)
			note("the database user %s may change tables or saved calls: the programs' user should have"
			    " the rights of sql/grants.sql only", conf.db_user);
		if (h.buffer_pool_mb < 256)
			note("innodb_buffer_pool_size is %llu MB: a million people want 1024 or more",
			    (unsigned long long)h.buffer_pool_mb);
		if (h.slow_purge > PURGE_MOST)
			wrong("the database keeps %llu old row versions: a transaction stays open for very long, calls get slow",
			    (unsigned long long)h.slow_purge);
		if (h.prepared > h.prepared_most / 2)
			wrong("%llu statements are prepared of %llu allowed: programs will not start beyond; set max_prepared_stmt_count to %llu",
			    (unsigned long long)h.prepared, (unsigned long long)h.prepared_most, (unsigned long long)h.prepared * 4);
		look_at_worker(&h);
		printf("        MariaDB %s\n", h.version);
	}
	db_close(db);
}

int
doctor_run(int argc, char **argv, struct arena *a)
{
	(void)argv;
	if (argc != 1)
		return used_wrongly("doctor", "takes no arguments");
	look_at_files(a);
	look_at_clock();
	look_at_database(a);
	putchar('\n');
	conf_print(stdout);
	putchar('\n');
	if (wrongs == 0)
		printf("Nothing is wrong.\n");
	else
		printf("%u thing%s to put right.\n", wrongs, wrongs == 1 ? "" : "s");
	return wrongs == 0 ? 0 : 1;
}
