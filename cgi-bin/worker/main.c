/*
 * worker - imports, exports, list loads, and what time ends. Any number may run: jobs are leased.
 *
 *	worker		runs until SIGTERM, looks for work once a second
 *	worker --once	does what there is and ends, that of --out too: for cron
 *	worker --out	only sends what leaves by itself
 *	worker --calls	only talks to telephony providers: a program of its own, so that no import makes an agent wait
 */
#include "worker.h"

#include <signal.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/lang.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#include "domain/exclusion.h"
#include "domain/job.h"

enum { BEAT_S = 10 };

static volatile sig_atomic_t stop;

static void
on_stop(int sig)
{
	(void)sig;
	stop = 1;
}

bool
worker_stops(void)
{
	return stop != 0;
}

/* One name per process and machine, so that nobody renews another's lease. */
static const char *
name(struct arena *a)
{
	char host[41] = "";

	gethostname(host, sizeof(host) - 1);
	for (char *c = host; *c != '\0'; c++)
		if (*c < 0x21 || *c > 0x7e)
			*c = '_';
	return arena_fmt(a, "%s:%ld", host, (long)getpid());
}

static void
sleep_a_second(void)
{
	struct timespec second = { .tv_sec = 1 };

	nanosleep(&second, NULL);	/* a signal ends it early */
}

/* Everything there is to do now. False: the database failed. */
static bool
round_of_work(struct db *db, const char *me, struct arena *a)
{
	for (;;) {
		arena_reset(a);
		bool more = false;

		upkeep_holds(db, clock_now_us());
		upkeep_horizon(db, clock_now_us(), a);
		if (!exclusion_work(db, clock_now_us(), &more, a))	/* the next round tries again */
			log_warn("exclusions: a page failed");
		switch (jobs_work(db, me, a)) {
		case FOUND:	break;
		case NONE:	if (more) break; return true;
		case FAILED:	return false;
		}
		if (worker_stops())
			return true;
	}
}

int
main(int argc, char **argv)
{
	struct sigaction sa = { .sa_handler = on_stop };
	const char *how = argc == 2 ? argv[1] : "";
	bool once = strcmp(how, "--once") == 0, calls = strcmp(how, "--calls") == 0, out = strcmp(how, "--out") == 0, ok = true;
	int64_t started, beat = INT64_MIN;
	struct arena *a = arena_new(), *own = arena_new();
	const char *me;
	struct db *db;

	log_open(calls ? "dialer" : out ? "out" : "worker");
	if (argc > 1 && !once && !calls && !out)
		die("usage: worker [--once | --calls | --out]");
	conf_load();
	seal_open();
	lang_open();
	db = db_open(false);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	signal(SIGPIPE, SIG_IGN);
	me = name(own);
	started = clock_now_us();
	log_event("start name=%s%s", me, once ? " once" : "");
	while (!worker_stops()) {
		int64_t now = clock_now_us();

		/* the clock of a test may go backwards */
		if (beat == INT64_MIN || now - beat >= BEAT_S * SECOND_US || now < beat) {
			job_beat(db, me, started, now);
			beat = now;
		}
		if (calls) {
			calls_work(db, a);
			continue;
		}
		if (out) {
			out_work(db, false, a);
			continue;
		}
		ok = round_of_work(db, me, a);
		arena_reset(a);
		upkeep_rest(db, now, a);
		if (once) {
			out_work(db, true, a);
			break;
		}
		if (!worker_stops())
			sleep_a_second();
	}
	log_event("end name=%s", me);
	db_close(db);
	arena_free(a);
	arena_free(own);
	return once && !ok ? 1 : 0;
}
