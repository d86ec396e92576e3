#include "sim.h"

#include <signal.h>

#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/log.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#include "domain/trunk.h"

struct options options = { .seed = 1, .speed = 1, .account = SIM_ACCOUNT };

static volatile sig_atomic_t stop;

static void
on_stop(int sig)
{
	(void)sig;
	stop = 1;
}

int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

unsigned
chance(const char *what, uint64_t n, unsigned below)
{
	struct { uint64_t seed, n; char what[16]; } in = { options.seed, n, "" };
	unsigned char out[32];
	uint64_t v;

	snprintf(in.what, sizeof(in.what), "%s", what);
	seal_sha256(&in, sizeof(in), out);
	memcpy(&v, out, sizeof(v));
	return (unsigned)(v % below);
}

static unsigned
number(const char *text, const char *name, uint64_t most)
{
	uint64_t v;

	if (text == NULL || !parse_uint(text, 0, most, &v))
		die("sim: %s: a number up to %llu", name, (unsigned long long)most);
	return (unsigned)v;
}

static void
read_options(int argc, char **argv)
{
	const struct { const char *name; unsigned *to; uint64_t most; } known[] = {
		{ "--port", &options.port, 65535 }, { "--hooks", &options.hooks, 65535 }, { "--seed", &options.seed, UINT32_MAX }, { "--speed", &options.speed, 1000 },
		{ "--doubled", &options.doubled, 100 }, { "--late", &options.late, 100 }, { "--lost", &options.lost, 100 },
	};

	for (int i = 1; i < argc; i += 2) {
		bool found = false;
		for (size_t k = 0; k < NITEMS(known); k++)
			if (strcmp(argv[i], known[k].name) == 0) {
				*known[k].to = number(argv[i + 1], argv[i], known[k].most);
				found = true;
			}
		if (!found)
			die("usage: sim [--port N] [--hooks N] [--seed N] [--speed N] [--doubled %%] [--late %%] [--lost %%]");
	}
	if (options.speed == 0)
		options.speed = 1;
	if (options.port == 0)
		options.port = conf.sim_port;
	if (options.port == 0)
		die("sim: which port? The setting sim_port, or --port");
}

int
main(int argc, char **argv)
{
	struct sigaction sa = { .sa_handler = on_stop };
	struct arena *a = arena_new();

	log_open("sim");
	conf_load();
	seal_open();
	read_options(argc, argv);
	options.token = trunk_sim_token(a);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	signal(SIGPIPE, SIG_IGN);
	http_open();
	log_event("start port=%u seed=%u speed=%u doubled=%u late=%u lost=%u", options.port, options.seed, options.speed,
	    options.doubled, options.late, options.lost);
	while (!stop) {
		int64_t due = calls_due();
		http_poll(due < 0 || due > 1000 ? 1000 : (int)due);
		calls_turn();
	}
	arena_free(a);
	log_event("end");
	return 0;
}
