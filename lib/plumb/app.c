/*
 * app.c - the loop every area runs.
 */
#include <unistd.h>

#include "plumb/app.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/request.h"
#include "plumb/seal.h"
#include "plumb/text.h"
#include "plumb/wire.h"

static int arg_n;
static char **arg;

/* glibc hands main's arguments to constructors too, so that an area's main stays tables and one call. */
__attribute__((constructor)) static void
keep_arguments(int argc, char **argv)
{
	arg_n = argc;
	arg = argv;
}

/* `--socket PATH`; an area has no other option. */
static const char *
socket_path(void)
{
	if (arg_n == 1)
		return NULL;
	if (arg_n == 3 && strcmp(arg[1], "--socket") == 0)
		return arg[2];
	die("usage: %s [--socket PATH]   (without it, descriptor 0 is the listening socket)", arg[0]);
}

/* The pattern, not the path: a link's word is a secret, a query may hold a name. */
static void
log_served(const struct req *rq, enum http status)
{
	const char *pattern = rq->route != NULL ? rq->route->pattern : "(no route)";
	double ms = (double)(clock_now_us() - rq->now) / 1000;

	log_event("%s %s id=%llu status=%d ms=%.1f bytes=%llu user=%llu",
	    text_tame(rq->arena, rq->method), pattern, (unsigned long long)rq->id, (int)status, ms,
	    (unsigned long long)rq->sent, (unsigned long long)rq->who.user);
}

static void
serve(const struct app *app, struct db *db, struct arena *a)
{
	struct req rq;
	enum http status;

	if (req_begin(&rq, app, db, a)) {
		log_request(rq.log_id);
		status = route_dispatch(&rq);
	} else {
		log_request(rq.log_id);
		status = resp_refuse(&rq, R_BAD_REQUEST);
		resp_send(&rq);
	}
	log_served(&rq, status);
	wire_finish();
	log_request("-");
}

int
app_run(const struct app *app)
{
	struct arena *a = arena_new();
	unsigned served = 0, last;
	struct db *db;

	conf_load();
	log_open(app->name);
	seal_open();
	lang_open();
	wire_open(socket_path());
	upload_sweep();
	db = db_open(false);
	/* processes started together do not end together */
	last = conf.max_requests + (unsigned)getpid() % (conf.max_requests / 10 + 1);
	log_event("started");
	while (served < last) {
		arena_reset(a);
		if (!wire_accept())
			break;
		serve(app, db, a);
		served++;
	}
	log_event("ended served=%u", served);
	db_close(db);
	arena_free(a);
	return 0;
}
