/*
 * A filter's people loaded into an operation: everybody is loaded or counted with the reason, as one plain query of each person
 * says (facts 103, 104, 107); due_at strictly increases; loads that are killed again and again end as one that was not.
 */
#include "check.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/lang.h"
#include "plumb/log.h"

#include "domain/list.h"
#include "domain/status.h"

enum { PEOPLE = 20000, NOW = 1700000000 };
static const struct organisation_id org = { 1 };
static struct db *db;
static struct arena *a;

static void
run(const char *sql)
{
	const char *why;

	if (!db_script(db, sql, a, &why)) {
		printf("not ok - %s\n", why);
		exit(1);
	}
}

static const char *
value(const char *sql)
{
	const char *v = NULL;

	return db_script_value(db, sql, a, &v) && v != NULL ? v : "(none)";
}

static void
house(void)
{
	run("INSERT INTO organisation (id, name, created_at) VALUES (1, 'x', 0)");
	/* every number position, state and reason meets every other */
	for (unsigned i = 1; i <= 3; i++)
		run(arena_fmt(a, "INSERT INTO operation (id, organisation_id, state, version, source, method, name, time_zone, created_by, created_at)"
		    " VALUES (%u, 1, 'active', 'original', 'contact', 'phone', 'x', 'America/Toronto', 1, 1);"
		    "INSERT INTO operation_zone VALUES (%u, 0, 'America/Toronto');"
		    "INSERT INTO exclusion_rule (operation_id, position, criterion, status, household) VALUES (%u, 1, 'voted', %d, FALSE),"
		    " (%u, 2, 'voted', %d, TRUE)", i, i, i, ST_REMOVED_VOTED, i, ST_REMOVED_ANSWERED));
	run(arena_fmt(a, "INSERT INTO person (id, organisation_id, kind, last_name, city, tags, household_id, time_zone, has_voted, calls_forbidden,"
	    " deceased, created_at, updated_at) SELECT seq, IF(seq %% 97 = 0, 2, 1), 'contact', 'x', IF(seq %% 3 = 0, 'Laval', 'Lévis'),"
	    " IF(seq %% 5 = 0, 'membre', ''), IF(seq %% 11 = 0, NULL, seq DIV 2 + 1), ELT(1 + seq %% 7, '', 'America/Halifax', 'America/Toronto', '',"
	    " 'America/Vancouver', '', 'Mars/Olympus'), seq %% 23 = 0, seq %% 29 = 0, seq %% 31 = 0, 1, 1 FROM seq_1_to_%d;"
	    "INSERT INTO phone (person_id, position, kind, e164, state) SELECT seq, 2, 'home', CONCAT('+1514', 2000000 + seq), IF(seq %% 13 = 0, 'wrong', 'ok')"
	    " FROM seq_1_to_%d WHERE seq %% 4 > 0;"
	    "INSERT INTO phone (person_id, position, kind, e164, state) SELECT seq, 1 + seq %% 2, 'cell', CONCAT('+1438', 9000000 - seq), 'ok'"
	    " FROM seq_1_to_%d WHERE seq %% 3 > 0;"
	    "INSERT INTO suppression (organisation_id, e164, created_at) SELECT IF(person_id %% 2 = 0, 1, 2), e164, 1 FROM phone WHERE person_id %% 17 < 2;"
	    "INSERT INTO entry (operation_id, person_id, due_at, e164, loaded_at) SELECT seq, 15, 0, '', 0 FROM seq_1_to_3", PEOPLE, PEOPLE, PEOPLE));
}

/* A tag or a city: the pages ask person by person. */
static struct load_id
start(uint64_t operation)
{
	struct people_filter f;
	struct load_id id = { 0 };
	enum refusal why;

	people_filter_read(a, "f.1=tags&o.1=any&v.1=membre&f.2=city&o.2=is&v.2=laval&join.1=any", PERSON_CONTACT, "America/Toronto", &f);
	CHECK(load_start(db, org, (struct user_id){ 1 }, (struct operation_id){ operation }, &f, NOW * SECOND_US, &id, &why, a) == SAVED);
	return id;
}

static bool
steps(struct load_id id)
{
	bool finished = false;
	struct arena *page = arena_new();

	while (!finished) {
		arena_reset(page);
		if (!load_step(db, id, NOW * SECOND_US, &finished, page))
			return false;
	}
	arena_free(page);
	return true;
}

/* Another process at it, killed at any moment, until one ends. Its times grow, so that one does. */
static unsigned
killed(struct load_id id)
{
	for (unsigned turn = 0; turn < 200; turn++) {
		pid_t child = fork();
		int status;
		if (child == 0) {
			db = db_open(false);	/* the parent's is left alone */
			_exit(steps(id) ? 0 : 1);
		}
		usleep(3000 + turn * 5000 + turn * 7919 % 20000);
		kill(child, SIGKILL);
		waitpid(child, &status, 0);
		if (WIFEXITED(status))
			return WEXITSTATUS(status) == 0 ? turn : 999;
	}
	return 999;
}

#define LOADED	"FROM entry WHERE person_id <> 15 AND operation_id = "
#define LIST	"SELECT MD5(GROUP_CONCAT(CONCAT_WS(' ', person_id, state, reason, e164, zone, band, due_at, household_id) ORDER BY person_id)) " LOADED
#define COUNTS	"SELECT CONCAT_WS(' ', loaded, already, no_number, forbidden, excluded, total) FROM list_load WHERE operation_id = "
/* Each person asked by themselves. */
#define SHOULD	"CREATE TABLE should AS SELECT p.id, p.household_id, CASE WHEN p.id = 15 THEN 'already'"				\
	" WHEN p.calls_forbidden OR p.deceased THEN 'forbidden'"								\
	" WHEN NOT EXISTS (SELECT 1 FROM phone f WHERE f.person_id = p.id AND f.state = 'ok') THEN 'no_number'"			\
	" WHEN NOT EXISTS (SELECT 1 FROM phone f WHERE f.person_id = p.id AND f.state = 'ok' AND f.e164 NOT IN"			\
	"  (SELECT s.e164 FROM suppression s WHERE s.organisation_id = 1)) THEN 'forbidden'"					\
	" WHEN p.has_voted THEN 'voted'"											\
	" WHEN EXISTS (SELECT 1 FROM person h WHERE h.household_id = p.household_id AND h.has_voted) THEN 'home' ELSE 'ready' END AS what,"	\
	" (SELECT f.e164 FROM phone f WHERE f.person_id = p.id AND f.state = 'ok' AND f.e164 NOT IN"				\
	"  (SELECT s.e164 FROM suppression s WHERE s.organisation_id = 1) ORDER BY f.position, f.id LIMIT 1) AS e164"		\
	" FROM person p WHERE p.organisation_id = 1 AND (p.city = 'Laval' OR p.tags = 'membre')"

int
main(void)
{
	struct load_id id;
	unsigned kills;

	a = arena_new();
	conf_load();
	log_open("test");
	lang_open();
	if ((db = db_open(false)) == NULL)
		return 1;
	run("SET group_concat_max_len = 100000000");
	house();
	run(SHOULD);
	CHECK(steps(start(1)));
	CHECK_EQ_S_N("everybody is loaded, or counted with the reason", value(COUNTS "1"), value("SELECT CONCAT_WS(' ', SUM(what = 'ready'), SUM(what = 'already'),"
	    " SUM(what = 'no_number'), SUM(what = 'forbidden'), SUM(what IN ('voted', 'home')), COUNT(*)) FROM should"));
	CHECK_CASE("of each there are some", strtoull(value("SELECT MIN(n) FROM (SELECT COUNT(*) AS n FROM should WHERE what <> 'already' GROUP BY what) x"), NULL, 10) > 20);
	CHECK_EQ_S_N("as it should be for each", value("SELECT COUNT(*) FROM should s LEFT JOIN entry e ON e.operation_id = 1 AND e.person_id = s.id"
	    " WHERE s.what <> 'already' AND NOT (CASE s.what WHEN 'ready' THEN e.state = 'ready' AND e.band = 3 AND e.reason = 0 WHEN 'voted' THEN"
	    " e.state = 'removed' AND e.band = 9 AND e.reason = 21 WHEN 'home' THEN e.state = 'removed' AND e.band = 9 AND e.reason = 22 ELSE e.id IS NULL END"
	    " AND (e.id IS NULL OR (e.e164 = s.e164 AND e.household_id <=> s.household_id)))"), "0");
	CHECK_EQ_S_N("due_at strictly increases in each band of a zone", value("SELECT SUM(due_at <= before_it) FROM (SELECT due_at, LAG(due_at) OVER"
	    " (PARTITION BY zone, band ORDER BY person_id) AS before_it " LOADED "1) x"), "0");
	CHECK_EQ_S(value("SELECT GROUP_CONCAT(name ORDER BY name) FROM operation_zone WHERE operation_id = 1"),
	    "America/Halifax,America/Toronto,America/Vancouver");
	CHECK_EQ_S_N("the total of the list", value("SELECT CONCAT(SUM(ready), ' ', SUM(removed)) FROM queue_tally WHERE operation_id = 1"),
	    value("SELECT CONCAT(SUM(state = 'ready'), ' ', SUM(state = 'removed')) " LOADED "1"));

	id = start(2);
	kills = killed(id);
	printf("# killed %u times\n", kills);
	CHECK_CASE("killed at any moment, more than once", kills > 1 && kills < 999);
	CHECK_EQ_S_N("the same list", value(LIST "2"), value(LIST "1"));
	CHECK_EQ_S_N("the same counts", value(COUNTS "2"), value(COUNTS "1"));

	CHECK(steps(start(1)));
	CHECK_EQ_S_N("once more: everybody is there already", value("SELECT CONCAT(loaded + excluded, ' ', already) FROM list_load WHERE id = 3"),
	    value("SELECT CONCAT('0 ', SUM(what IN ('ready', 'already', 'voted', 'home'))) FROM should"));
	db_close(db);
	arena_free(a);
	return check_done();
}
