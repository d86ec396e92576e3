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
log_served(const struct req *rq)
{
	const char *pattern = rq->route != NULL ? rq->route->pattern : "(no route)";
	double ms = (double)(clock_now_us() - rq->now) / 1000;

	log_event("%s %s id=%llu status=%d ms=%.1f bytes=%llu user=%llu",
	    text_tame(rq->arena, rq->method), pattern, (unsigned long long)rq->id, (int)rq->answer.status, ms,
	    (unsigned long long)rq->sent, (unsigned long long)rq->who.user);
}

static void
begin(struct req *rq, const struct app *app, struct wire *w, struct db *db, struct arena *a)
{
	bool good = req_begin(rq, app, w, db, a);

	log_request(rq->log_id);
	if (good)
		route_dispatch(rq);
	else
		resp_refuse(rq, R_BAD_REQUEST);
}

static void
finish(struct req *rq)
{
	log_request(rq->log_id);
	if (!rq->gone)
		resp_send(rq);
	if (rq->app->afterwards != NULL && rq->route != NULL && rq->who.user != 0)
		rq->app->afterwards(rq->db, &rq->who, rq->now);
	log_served(rq);
	wire_finish(rq->wire);
	log_request("-");
}

/* One request, or, in an area that settles, also those that have come meanwhile. How many. */
static unsigned
serve(const struct app *app, struct wire *w, struct db *db, struct arena *a)
{
	struct req rq[WIRE_MOST];
	unsigned n = 0;

	do
		begin(&rq[n++], app, w, db, a);
	while (app->settle != NULL && (w = wire_more()) != NULL);
	if (app->settle != NULL)
		app->settle(db, a);
	for (unsigned i = 0; i < n; i++)
		finish(&rq[i]);
	return n;
}

int
app_run(const struct app *app)
{
	struct arena *a = arena_new();
	unsigned served = 0, last;
	struct wire *w;
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
		if ((w = wire_accept()) == NULL)
			break;
		served += serve(app, w, db, a);
	}
	log_event("ended served=%u", served);
	db_close(db);
	arena_free(a);
	return 0;
}
