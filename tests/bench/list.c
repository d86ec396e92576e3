/*
 * list.c - loading a filter's people into an operation, for the benchmark (tests/bench/run-list calls it).
 *
 *	list fill N		2 N contacts as an import leaves them, N of them of one city; two zones, households of two, some
 *				without a number, on the do-not-call list or with calls forbidden; every tenth has voted
 *	list load OPERATION	loads those of the city into it, step after step as the worker does: "per_second people seconds"
 */
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/lang.h"
#include "plumb/log.h"
#include "plumb/text.h"

#include "domain/list.h"
#include "domain/status.h"

static const struct organisation_id org = { 1 };
static struct db *db;
static struct arena *a;

static void
sql(const char *text)
{
	const char *why;

	if (!db_script(db, text, a, &why))
		die("bench: %s", why);
}

static void
fill(uint64_t n)
{
	const unsigned long long part = 50000, all = n * 2;

	sql("INSERT INTO organisation (id, name, created_at) VALUES (1, 'Bench', 1);"
	    "INSERT INTO user (id, organisation_id, name, role, language, created_at) VALUES (1, 1, 'Marie', 'organiser', 'fr', 1)");
	for (unsigned i = 1; i <= 20; i++)
		sql(arena_fmt(a, "INSERT INTO operation (id, organisation_id, state, version, source, method, name, time_zone, starts_on, ends_at,"
		    " opens_at, closes_at, created_by, created_at, finished_at) VALUES (%u, 1, 'active', 'original', 'contact', 'phone', 'Bench',"
		    " 'America/Toronto', '2020-01-01', '2036-12-31 23:59', '00:00', '23:59', 1, 1, 1);"
		    "INSERT INTO operation_zone VALUES (%u, 0, 'America/Toronto');"
		    "INSERT INTO exclusion_rule (operation_id, position, criterion, status, household) VALUES (%u, 1, 'voted', %d, FALSE)", i, i, i, ST_REMOVED_VOTED));
	for (unsigned long long from = 1; from <= all; from += part) {
		unsigned long long to = from + part - 1 < all ? from + part - 1 : all;
		sql(arena_fmt(a, "INSERT INTO person (id, organisation_id, kind, last_name, first_name, city, household_id, time_zone, has_voted,"
		    " calls_forbidden, created_at, updated_at) SELECT seq, 1, 'contact', CONCAT('Tremblay', seq %% 9973), 'Élise',"
		    " IF(seq %% 4 < 2, 'Laval', 'Gatineau'), seq DIV 2 + 1, IF(seq %% 50 = 0, 'America/Halifax', 'America/Toronto'), seq %% 10 = 0,"
		    " seq %% 100 = 1, 1, 1 FROM seq_%llu_to_%llu;"
		    "INSERT INTO phone (person_id, position, kind, e164) SELECT seq, 1, 'home', CONCAT('+1', 2000000000 + seq * 7919 %% 100000007)"
		    " FROM seq_%llu_to_%llu WHERE seq %% 20 > 0;"
		    "INSERT INTO phone (person_id, position, kind, e164) SELECT seq, 2, 'cell', CONCAT('+1', 4000000000 + seq)"
		    " FROM seq_%llu_to_%llu WHERE seq %% 3 > 0", from, to, from, to, from, to));
	}
	sql("INSERT INTO suppression (organisation_id, e164, created_at) SELECT 1, e164, 1 FROM phone WHERE person_id % 200 = 5 AND position = 1;"
	    "ANALYZE TABLE person, phone, suppression");
}

static void
load(uint64_t operation)
{
	struct people_filter f;
	enum refusal why = R_NONE;
	bool finished = false;
	struct arena *page = arena_new();
	int64_t began;
	struct list_load l;
	struct load_id id;
	double took;

	people_filter_read(a, "f.1=city&o.1=is&v.1=Laval", PERSON_CONTACT, "America/Toronto", &f);
	if (load_start(db, org, (struct user_id){ 1 }, (struct operation_id){ operation }, &f, clock_now_us(), &id, &why, a) != SAVED)
		die("bench: the load cannot start: %s", refusal_key(why));
	began = clock_now_us();
	while (!finished) {
		arena_reset(page);
		if (!load_step(db, id, clock_now_us(), &finished, page))
			die("bench: a step failed");
	}
	took = (double)(clock_now_us() - began) / 1e6;
	if (load_by_id(db, org, id, &l, a) != FOUND || l.loaded + l.already + l.no_number + l.forbidden + l.excluded != l.total ||
	    l.no_number == 0 || l.forbidden == 0 || l.excluded == 0)
		die("bench: not everybody was loaded or counted");
	printf("%.0f %llu %.2f\n", (double)l.total / took, (unsigned long long)l.total, took);
	arena_free(page);
}

int
main(int argc, char **argv)
{
	uint64_t n;

	conf_load();
	log_open("bench");
	lang_open();
	if (argc != 3 || !parse_uint(argv[2], 1, 10000000, &n))
		die("usage: list fill N | load OPERATION");
	db = db_open(false);
	a = arena_new();
	if (strcmp(argv[1], "fill") == 0)
		fill(n);
	else
		load(n);
	db_close(db);
	arena_free(a);
	return 0;
}
