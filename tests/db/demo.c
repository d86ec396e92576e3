/*
 * demo.c - the demo, loaded by a user who has the rights of sql/grants.sql and no others: it is made by the verbs
 * that people use, so this shows that those rights suffice, and the audit that the promises hold on it
 * (facts 48 to 52 happen in it by the hundred). And what that user may not do.
 */
#include "check.h"
#include "domain/admin.h"
#include "domain/demo.h"
#include "domain/practice.h"
#include "domain/queue.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

static struct arena *a;

static const char *
value(struct db *db, const char *sql)
{
	const char *v = NULL;

	return db_script_value(db, sql, a, &v) && v != NULL ? v : "(none)";
}

/* sql/grants.sql for another user. */
static const char *
grants_for(const char *user)
{
	FILE *f = fopen(arena_fmt(a, "%s/grants.sql", conf.sql), "r");
	char line[400], *at;
	struct buf b;

	buf_init_in(&b, a, 100000);
	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		if ((at = strstr(line, "TO tocsin@localhost")) != NULL)
			*at = '\0';
		buf_text(&b, line);
		if (at != NULL)
			buf_fmt(&b, "TO %s@localhost;\n", user);
	}
	if (f != NULL)
		fclose(f);
	return b.data;
}

static void
may_not(struct db *db)
{
	static const struct { const char *name, *sql; } no[] = {
		{ "change a saved call", "UPDATE attempt SET note = 'x'" },
		{ "delete a saved call", "DELETE FROM attempt" },
		{ "change an answer", "UPDATE answer SET text = 'x'" },
		{ "delete an answer", "DELETE FROM answer" },
		{ "change the audit", "UPDATE audit SET detail = ''" },
		{ "delete the audit", "DELETE FROM audit" },
		{ "forget a number that must not be called", "DELETE FROM suppression" },
		{ "empty a table", "TRUNCATE TABLE entry" },
		{ "drop a table", "DROP TABLE entry" },
		{ "change a table", "ALTER TABLE entry ADD COLUMN x INT" },
		{ "make a table", "CREATE TABLE x (x INT)" },
		{ "say that a migration was made", "INSERT INTO schema_version VALUES (999, 'x', 1, 'x')" },
	};
	const char *why;

	for (size_t i = 0; i < NITEMS(no); i++)
		CHECK_CASE(arena_fmt(a, "the programs' user may not %s", no[i].name), !db_script(db, no[i].sql, a, &why) &&
		    (strncmp(why, "1142", 4) == 0 || strncmp(why, "1044", 4) == 0 || strncmp(why, "1143", 4) == 0));
}

/* What a practice left, these rights cannot delete; the procedure can. */
static void
practised(struct db *db, struct db *top)
{
	struct who volunteer = { .user = strtoull(value(top, "SELECT MAX(user_id) FROM member WHERE role = 'agent'"), NULL, 10), .name = "Joannie", .lang = LANG_FR };
	struct operation_id of = { strtoull(value(top, "SELECT MAX(id) FROM operation"), NULL, 10) }, made;
	const char *before = value(top, "SELECT COUNT(*) FROM person");
	struct operation op;
	enum refusal why;

	CHECK_CASE("a volunteer of the demo practises with these rights", operation_by_id(db, of, &op, a) == FOUND &&
	    practice_start(db, &op, &volunteer, clock_now_us(), &made, &why, a) == SAVED && practice_end(db, made, clock_now_us()));
	practice_tidy(db, clock_now_us() + PRACTICE_STAYS, a);
	CHECK_EQ_S_N("and the worker forgets it with them", value(top, "SELECT (SELECT COUNT(*) FROM practice) + (SELECT COUNT(*) FROM organisation WHERE practice)"), "0");
	CHECK_EQ_S(value(top, "SELECT COUNT(*) FROM person"), before);
}

int
main(void)
{
	struct demo d = { .password = "ouvre-toi-sesame" };
	struct admin_health health;
	const char *user, *why;
	struct db *top, *db;
	uint64_t wrong = 99;

	a = arena_new();
	conf_load();
	seal_open();
	user = arena_fmt(a, "g%s", strrchr(conf.db_name, '_') + 1);
	top = db_open(false);
	if (!db_script(top, arena_fmt(a, "CREATE USER %s@localhost IDENTIFIED BY 'g'", user), a, &why) ||
	    !CHECK_CASE("grants.sql runs", db_script(top, grants_for(user), a, &why)) ||
	    (db = db_connect(conf.db_socket, user, "g", conf.db_name)) == NULL)
		return check_done() | 1;
	CHECK_EQ_S_N("every table is in grants.sql", value(db, "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"),
	    value(top, "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"));
	/* three are called by triggers, with the rights of who made them */
	CHECK_EQ_S_N("and every procedure", value(db, "SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()"),
	    value(top, "SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()"
	    " AND ROUTINE_NAME NOT IN ('tally_answers', 'answered_before', 'count_correction')"));

	d.file = "/nowhere/people.csv";
	CHECK_CASE("without its file it stops half-way, and says where", !demo_load(db, &d, clock_now_us(), &why, a) && strstr(why, "/nowhere/people.csv") != NULL);
	d.file = arena_fmt(a, "%s/demo_people.csv", conf.sql);
	if (!CHECK_CASE("the demo loads with these rights only", demo_load(db, &d, clock_now_us(), &why, a)))
		printf("# %s\n", why);
	CHECK_EQ_U_N("399 of 400 rows are people", d.people, 399);
	CHECK_CASE("a few hundred calls", d.calls >= 200 && d.calls <= 600);
	CHECK_EQ_S(value(top, "SELECT COUNT(*) FROM attempt"), arena_fmt(a, "%llu", (unsigned long long)d.calls));
	CHECK_CASE("the audit finds no difference", queue_audit(top, (struct operation_id){ 1 }, stdout, &wrong, a) && wrong == 0);
	CHECK_EQ_S_N("nobody is left with an agent", value(top, "SELECT COUNT(*) FROM hold"), "0");
	CHECK_CASE("people are left to call", strtoul(value(top, "SELECT COUNT(*) FROM entry WHERE state = 'ready'"), NULL, 10) >= 50);
	CHECK_EQ_S_N("nobody was called outside the hours or after now", value(top, arena_fmt(a,
	    "SELECT COUNT(*) FROM attempt WHERE saved_at > %lld", (long long)clock_now_us())), "0");
	CHECK_EQ_S_N("nobody's number is dialled for whom calls are forbidden at load", value(top,
	    "SELECT COUNT(*) FROM attempt a JOIN person p ON p.id = a.person_id WHERE p.calls_forbidden"
	    " AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.e164 = a.e164)"), "0");
	/* killed just before its end: run again, over an operation with calls */
	db_script(top, "DELETE FROM audit WHERE verb = 'demo.done'; INSERT INTO job (organisation_id, kind, object_id, state, created_at)"
	    " VALUES (1, 'import', 1, 'running', 1)", a, &why);
	CHECK_CASE("without a simulation no operation calls from the software", d.software_link == NULL);
	conf.sim_port = 18080;
	if (!CHECK_CASE("a demo that broke is simply run again", demo_load(db, &d, clock_now_us(), &why, a)))
		printf("# %s\n", why);
	CHECK_EQ_S_N("nobody comes twice", value(top, "SELECT COUNT(*) FROM person WHERE organisation_id = 1"), "399");
	CHECK_EQ_S_N("two operations are to be seen: one calls from the software, through the simulation", value(top, "SELECT GROUP_CONCAT(CONCAT(o.method, ' ', COALESCE(t.provider, ''))"
	    " ORDER BY o.id) FROM operation o LEFT JOIN dialing d ON d.operation_id = o.id LEFT JOIN trunk t ON t.id = d.trunk_id WHERE o.state <> 'archived'"), "phone ,software sim");
	CHECK_CASE("with people to call and a link of its own", d.software_link != NULL && strcmp(d.software_link, d.link) != 0 &&
	    strtoul(value(top, "SELECT COUNT(*) FROM entry e JOIN operation o ON o.id = e.operation_id WHERE o.method = 'software' AND e.state = 'ready'"), NULL, 10) >= 20);
	practised(db, top);
	for (uint64_t id = 1; id <= 3; id++)
		CHECK_CASE("the audit finds no difference", queue_audit(top, (struct operation_id){ id }, stdout, &wrong, a) && wrong == 0);
	CHECK_CASE("a second time is refused", !demo_load(db, &d, clock_now_us(), &why, a) && strstr(why, "not empty") != NULL);
	CHECK_CASE("the doctor sees what the user may do", admin_health(db, &health, a) &&
	    !health.may_change_tables && !health.may_change_calls && admin_health(top, &health, a) &&
	    health.may_change_tables && health.may_change_calls);
	may_not(db);
	db_close(db);
	db_script(top, arena_fmt(a, "DROP USER %s@localhost", user), a, &why);
	db_close(top);
	arena_free(a);
	return check_done();
}
