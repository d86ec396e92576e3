/*
 * export.c - the export's side of the benchmark.
 *
 *	export OPERATION	makes the calls of that operation as the worker does: "rows_per_second rows bytes most_kB"
 */
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

#include <sys/resource.h>

#include "domain/export.h"

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	const struct who who = { .user = 1, .organisation = 1, .role = ROLE_ADMINISTRATOR };
	struct export_wish w = { .what = EXPORT_CALLS, .format = EXPORT_SEMICOLON, .lang = LANG_EN, .zone = "America/Toronto", .from_day = "",
		.until_day = "" };
	struct arena *a = arena_new(), *page = arena_new();
	unsigned char key[16];
	struct export_id id;
	struct export x;
	struct rusage r;
	bool finished = false, ok = true;
	enum refusal why;
	struct db *db;
	double began, took;

	conf_load();
	seal_open();
	seal_random(key, sizeof(key));
	db = db_open(false);
	w.operation.v = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	w.form_key = key;
	if (export_start(db, &who, &w, INT64_C(1795867200000000), &id, &why, a) != SAVED)
		return 1;
	began = seconds();
	while (ok && !finished) {
		ok = export_step(db, id, INT64_C(1795867200000000), &finished, page);
		arena_reset(page);
	}
	took = seconds() - began;
	if (!ok || export_by_id(db, &who, id, &x, a) != FOUND || x.state != EXPORT_DONE)
		return 1;
	getrusage(RUSAGE_SELF, &r);
	printf("%.0f %llu %llu %ld\n", (double)x.rows / took, (unsigned long long)x.rows, (unsigned long long)x.bytes, r.ru_maxrss);
	return 0;
}
