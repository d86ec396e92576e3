/*
 * queue - the database's part of the benchmark (tests/bench/run calls it):
 *
 *   queue fill N           operation 1 with N people due now, its agents with their sessions; and operation 2, whose
 *                          bands appointment and retry hold N/10 people each who are due in two hours, and N/10 due now
 *   queue bare S CLIENTS   the bare save-and-claim procedure for S seconds
 *   queue sql S CLIENTS    all the SQL of POST /agent/1/save (session, save and claim, the next person's page), bare
 *   queue naive S CLIENTS  separate statements with ORDER BY band, due_at LIMIT 1 FOR UPDATE SKIP LOCKED
 *   queue commit S CLIENTS one-row durable commits, for scale
 *   queue check            persons called twice, differences that the audit finds
 *
 * Each run prints: rate p50_ms p99_ms
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/agent_context.h"
#include "domain/agent_screen.h"
#include "domain/queue_in.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/log.h"
#include "plumb/seal.h"
#include "plumb/text.h"

#define CLIENTS_MOST	64
#define BUCKETS		20000		/* of 10 microseconds */

struct client { uint64_t done, failed; uint32_t bucket[BUCKETS]; };

static struct db *db;
static struct arena *ar;
static struct operation op;
static struct client *clients;		/* shared with the children */

static void
sql(const char *text)
{
	const char *why;

	if (!db_script(db, text, ar, &why))
		die("bench: %s", why);
}

static int64_t
steady_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * SECOND_US + ts.tv_nsec / 1000;
}

static void
note(struct client *c, int64_t us)
{
	size_t b = (size_t)us / 10;

	c->bucket[b < BUCKETS ? b : BUCKETS - 1]++;
	c->done++;
}

static void
report(unsigned n, double seconds)
{
	uint64_t done = 0, failed = 0, seen = 0;
	double p50 = 0, p99 = 0;

	for (unsigned i = 0; i < n; i++) {
		done += clients[i].done;
		failed += clients[i].failed;
	}
	for (size_t b = 0; b < BUCKETS; b++) {
		for (unsigned i = 0; i < n; i++)
			seen += clients[i].bucket[b];
		if (p50 == 0 && seen * 2 >= done)
			p50 = (double)(b + 1) / 100;
		if (p99 == 0 && seen * 100 >= done * 99)
			p99 = (double)(b + 1) / 100;
	}
	if (failed > 0)
		fprintf(stderr, "bench: %llu failed\n", (unsigned long long)failed);
	printf("%.0f %.2f %.2f\n", (double)done / seconds, p50, p99);
}

/* --- the bare procedure -------------------------------------------------------------------------- */

static const struct recycle_rule again = { .ticked = true, .max_calls = 3, .minutes = 90 };

static void
bare(struct client *c, unsigned n, int64_t until)
{
	static const char answer[] = "00000000000000000001" "00000" "00000000000000000001" "00003" "oui";
	struct user_id user = { 100 + n };
	struct queue_settings *s = queue_settings(db, &op, ar);
	struct queue_answer r = { 0 };
	struct field_rules fields;
	uint64_t show;

	if (!field_rules_of(db, &op, &fields, ar))
		die("bench: no field rules");
	show = agent_screen_ask(&fields, true);
	for (int64_t t; (t = steady_us()) < until;) {
		struct queue_call call = { .op = &op, .user = user, .now = clock_now_us() };

		struct queue_plan plan = queue_plan(s, &op, call.now, false, ar);

		call.plan = plan.places;
		call.expire = plan.expire;
		call.show = show;
		if (r.claimed == CALL_CLAIMED) {
			bool retry = c->done % 5 < 3;
			call.status = retry ? ST_NO_ANSWER : ST_COMPLETED;
			call.rule = &again;
			call.entry = r.got.entry;
			call.person = r.got.person;
			call.e164 = r.got.e164;
			call.next_e164 = "";
			call.zone = "America/Toronto";
			call.note = "une note";
			call.answers = answer;
			call.claimed_at = r.got.claimed_at;
			call.was = QS_HELD;
			call.returns = QS_READY;
			call.after = fold_start();
			fold_attempt(&call.after, call.rule, call.status, call.now, 0, false);
			queue_form_key(call.entry, user, call.claimed_at, call.form_key);
		}
		if (!queue_run(db, &call, &r, ar) || r.claimed != CALL_CLAIMED)
			c->failed++;
		queue_mark(s, &plan, call.now, &r);
		if (call.status != ST_NONE)
			note(c, steady_us() - t);
		/* what is needed of the answer outlives the arena */
		static char e164[20];
		if (r.claimed == CALL_CLAIMED) {
			snprintf(e164, sizeof(e164), "%s", r.got.e164);
			r.got.e164 = e164;
		}
		arena_reset(ar);
	}
}

/* --- all that a request of the agent area does, but HTTP and HTML --------------------------------------- */

static void
request(struct client *c, unsigned n, int64_t until)
{
	struct user_id user = { 100 + n };
	unsigned char session[32];
	struct today day = { 2026, 11, 23 };
	struct field_rules fields;
	char cookie[40];

	snprintf(cookie, sizeof(cookie), "bench%llu", (unsigned long long)user.v);
	seal_sha256(cookie, strlen(cookie), session);
	if (!field_rules_of(db, &op, &fields, ar))
		die("bench: no field rules");
	for (int64_t t; (t = steady_us()) < until;) {
		static const struct call_answer yes[] = { { { 1 }, { 1 }, "" } };
		int64_t now = clock_now_us();
		const struct agent_context *x;
		struct screen_rows rows = { .show = agent_screen_ask(&fields, true) };
		struct agent_screen screen;
		struct nobody_now nobody;
		struct held next;
		enum claimed claimed;
		enum refusal why;
		struct who who;

		if (agent_who(db, session, 1, now, &who, ar) != FOUND) {
			c->failed++;
			return;
		}
		x = agent_context(&who);
		if (!x->holding) {
			queue_claim(db, &x->op, user, now, &next, &nobody, ar);
			continue;
		}
		struct call call = { .entry = x->held.entry, .form_key = x->held.form_key, .claimed_at = x->held.claimed_at,
			.status = c->done % 5 < 3 ? ST_NO_ANSWER : ST_COMPLETED, .note = "une note", .answers = yes, .nanswers = 1,
			.seen = &x->seen, .screen = &rows };
		if (queue_save(db, &x->op, x->rules, user, &call, now, true, &claimed, &next, &nobody, &why, ar) != SAVED ||
		    claimed != CLAIMED || agent_screen(db, &x->op, &fields, &next, user, &day, true, &rows, &screen, ar) != FOUND)
			c->failed++;
		note(c, steady_us() - t);
		arena_reset(ar);
	}
}

/* --- what one would write first -------------------------------------------------------------------- */

/* The same work with the same promises, in the statements and the claim that come to mind first. */
enum { Q_MINE, Q_PREVIOUS, Q_ATTEMPT, Q_ANSWER, Q_RELEASE, Q_STATUS, Q_AGENT, Q_NEXT, Q_MAY, Q_HOLD, Q_TAKE, Q_TALLY, Q_ONE_ROW,
	Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_MINE] = { "uu", "u", "SELECT entry_id FROM hold WHERE user_id = ? AND operation_id = 1 AND entry_id = ? FOR UPDATE" },
	[Q_PREVIOUS] = { "iu", "", "UPDATE entry SET state = 'waiting', band = 2, due_at = ?, reason = 8, attempts = attempts + 1,"
	    " retries_used = '' WHERE id = ?" },
	[Q_ATTEMPT] = { "uuusiib", "", "INSERT INTO attempt (operation_id, entry_id, number, person_id, user_id, e164, status,"
	    " time_zone, started_at, saved_at, form_key, note) VALUES (1, ?, 1, ?, ?, ?, 8, 'America/Toronto', ?, ?, ?, 'une note')" },
	[Q_ANSWER] = { "u", "", "INSERT INTO answer (attempt_id, question_id, choice_id, text) VALUES (?, 1, 1, 'oui')" },
	[Q_RELEASE] = { "u", "", "DELETE FROM hold WHERE user_id = ? AND operation_id = 1" },
	[Q_STATUS] = { "u", "", "INSERT INTO status_tally (operation_id, shard, status, attempts) VALUES (1, ?, 8, 1)"
	    " ON DUPLICATE KEY UPDATE attempts = attempts + 1" },
	[Q_AGENT] = { "ui", "", "INSERT INTO agent_tally (operation_id, user_id, day, calls, reached, last_at)"
	    " VALUES (1, ?, '2026-11-23', 1, 0, ?) ON DUPLICATE KEY UPDATE calls = calls + 1, last_at = VALUES(last_at)" },
	[Q_NEXT] = { "i", "uusui", "SELECT e.id, e.person_id, e.e164, e.household_id, e.due_at FROM entry e"
	    " WHERE e.operation_id = 1 AND e.zone = 0 AND e.band <= 3 AND e.due_at <= ?"
	    " AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.household_id = e.household_id)"
	    " ORDER BY e.band, e.due_at LIMIT 1 FOR UPDATE SKIP LOCKED" },
	[Q_MAY] = { "us", "u", "SELECT p.id FROM person p JOIN operation o ON o.id = 1 AND o.state = 'active' WHERE p.id = ?"
	    " AND NOT p.calls_forbidden AND NOT p.deceased"
	    " AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.organisation_id = 1 AND s.e164 = ?)" },
	[Q_HOLD] = { "uuusuiii", "", "INSERT INTO hold (user_id, operation_id, entry_id, person_id, e164, household_id, claimed_at,"
	    " held_until, state, band, due_at) VALUES (?, 1, ?, ?, ?, ?, ?, ?, 'ready', 3, ?)" },
	[Q_TAKE] = { "u", "", "UPDATE entry SET state = 'held', band = 8 WHERE id = ?" },
	[Q_TALLY] = { "u", "", "INSERT INTO queue_tally (operation_id, shard, ready, waiting) VALUES (1, ?, -1, 1)"
	    " ON DUPLICATE KEY UPDATE ready = ready - 1, waiting = waiting + 1" },
	[Q_ONE_ROW] = { "iu", "", "UPDATE user SET seen_at = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

struct naive { uint64_t user, entry, person, next, next_person; int64_t now; char e164[20], next_e164[20]; unsigned char key[16]; };

static bool
naive_save(struct db *d, const struct naive *x)
{
	struct row r;

	return db_row(d, &q[Q_MINE], IN(V_U(x->user), V_U(x->entry)), ar, &r) == FOUND &&
	    db_write(d, &q[Q_PREVIOUS], IN(V_I(x->now + 90 * MINUTE_US), V_U(x->entry)), NULL) == WROTE &&
	    db_write(d, &q[Q_ATTEMPT], IN(V_U(x->entry), V_U(x->person), V_U(x->user), V_S(x->e164), V_I(x->now), V_I(x->now),
	    V_B(x->key, 16)), NULL) == WROTE &&
	    db_write(d, &q[Q_ANSWER], IN(V_U(db_last_id(d))), NULL) == WROTE &&
	    db_write(d, &q[Q_RELEASE], IN(V_U(x->user)), NULL) == WROTE &&
	    db_write(d, &q[Q_STATUS], IN(V_U(db_shard(d))), NULL) == WROTE &&
	    db_write(d, &q[Q_AGENT], IN(V_U(x->user), V_I(x->now)), NULL) == WROTE;
}

static bool
naive_work(struct db *d, void *ctx)
{
	struct naive *x = ctx;
	struct row r, may;

	if (x->entry != 0 && !naive_save(d, x))
		return false;
	if (db_row(d, &q[Q_NEXT], IN(V_I(x->now)), ar, &r) != FOUND ||
	    db_row(d, &q[Q_MAY], IN(V_U(row_u(&r, 1)), V_S(row_s(&r, 2))), ar, &may) != FOUND)
		return false;
	x->next = row_u(&r, 0);
	x->next_person = row_u(&r, 1);
	snprintf(x->next_e164, sizeof(x->next_e164), "%s", row_s(&r, 2));
	return db_write(d, &q[Q_HOLD], IN(V_U(x->user), V_U(x->next), V_U(x->next_person), V_S(x->next_e164), V_U(row_u(&r, 3)),
	    V_I(x->now), V_I(x->now + 20 * MINUTE_US), V_I(row_i(&r, 4))), NULL) == WROTE &&
	    db_write(d, &q[Q_TAKE], IN(V_U(x->next)), NULL) == WROTE &&
	    db_write(d, &q[Q_TALLY], IN(V_U(db_shard(d))), NULL) == WROTE;
}

static void
naive(struct client *c, unsigned n, int64_t until)
{
	struct naive x = { .user = 1000000 + n };	/* agents of their own: the others keep their holds */

	for (int64_t t; (t = steady_us()) < until;) {
		x.now = clock_now_us();
		seal_random(x.key, sizeof(x.key));
		if (tx_write(db, naive_work, &x) == TX_DONE) {
			if (x.entry != 0)
				note(c, steady_us() - t);
			x.entry = x.next;
			x.person = x.next_person;
			memcpy(x.e164, x.next_e164, sizeof(x.e164));
		}		/* else a household went to another agent this instant: once more */
		arena_reset(ar);
	}
	db_write(db, &q[Q_RELEASE], IN(V_U(x.user)), NULL);
}

static void
one_row(struct client *c, unsigned n, int64_t until)
{
	for (int64_t t; (t = steady_us()) < until; note(c, steady_us() - t))
		if (db_write(db, &q[Q_ONE_ROW], IN(V_I(t), V_U(100 + n)), NULL) != WROTE)
			c->failed++;
}

static void
run(void (*fn)(struct client *, unsigned, int64_t), unsigned seconds, unsigned n)
{
	int64_t begin = steady_us() + 300000, until = begin + seconds * SECOND_US;
	size_t size = CLIENTS_MOST * sizeof(*clients);

	assert(n <= CLIENTS_MOST);
	clients = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (clients == MAP_FAILED)
		die("bench: no memory");
	for (unsigned i = 0; i < n; i++)
		if (fork() == 0) {
			db = db_open(false);	/* the parent's is left alone */
			ar = arena_new();
			while (steady_us() < begin)
				usleep(1000);
			fn(&clients[i], i, until);
			_exit(0);
		}
	while (wait(NULL) > 0)
		;
	report(n, seconds);
}

/* --- data ------------------------------------------------------------------------------------------ */

static void
fill(unsigned n)
{
	/* households of three, next to each other, as lists sorted by address have them */
	static const char operation[] = "INSERT INTO operation (id, organisation_id, state, revision, version, source, method,"
	    " name, survey_version_id, question_id, time_zone, starts_on, ends_at, opens_at, closes_at, created_by, created_at,"
	    " finished_at) VALUES (%u, 1, 'active', 9, 'original', 'contact', 'phone', 'Bench', 1, 1, 'America/Toronto',"
	    " '2020-01-01', '2036-12-31 23:59', '00:00', '23:59', 100, 1, 1);"
	    "INSERT INTO operation_zone VALUES (%u, 0, 'America/Toronto');"
	    "INSERT INTO recycling_rule VALUES (%u, 8, 3, 90), (%u, 10, 2, 120);"
	    "INSERT INTO member SELECT %u, id, IF(id = 100, 'owner', 'agent'), NULL, 1 FROM user";

	sql("INSERT INTO organisation (id, name, created_at) VALUES (1, 'Bench', 1);"
	    "INSERT INTO user (id, organisation_id, name, role, language, created_at)"
	    " SELECT 100 + seq, 1, CONCAT('Agent ', seq), 'volunteer', 'fr', 1 FROM seq_0_to_63;"
	    "INSERT INTO survey (id, organisation_id, name, created_at) VALUES (1, 1, 'Bench', 1);"
	    "INSERT INTO survey_version (id, survey_id, number, script_en, script_fr, created_at) VALUES (1, 1, 1,"
	    " 'Hello {first_name}, this is {agent}.', 'Bonjour {first_name}, ici {agent}.', 1);"
	    "INSERT INTO question (id, version_id, stable_id, position, kind, text_en, text_fr)"
	    " VALUES (1, 1, 1, 1, 'single_choice', 'Will you vote?', 'Irez-vous voter ?');"
	    "INSERT INTO choice (id, question_id, stable_id, position, text_en, text_fr) VALUES"
	    " (1, 1, 1, 1, 'Yes', 'Oui'), (2, 1, 2, 2, 'No', 'Non'), (3, 1, 3, 3, 'Perhaps', 'Peut-être');"
	    "INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at)"
	    " SELECT UNHEX(SHA2(CONCAT('bench', id), 256)), id, MD5(id), 1, 4000000000000000 FROM user");
	for (unsigned i = 1; i <= 2; i++)
		sql(arena_fmt(ar, operation, i, i, i, i, i));
	sql(arena_fmt(ar, "INSERT INTO person (id, organisation_id, kind, last_name, first_name, civic_number, street, city,"
	    " household_id, created_at, updated_at) SELECT seq, 1, 'contact', CONCAT('Tremblay', seq), 'Élise', seq DIV 3,"
	    " 'rue Principale', 'Québec', seq DIV 3 + 1, 1, 1 FROM seq_1_to_%u;"
	    "INSERT INTO phone (person_id, position, kind, e164) SELECT seq, 1, 'home', CONCAT('+1', 2000000000 + seq)"
	    " FROM seq_1_to_%u", n + 3 * (n / 10), n + 3 * (n / 10)));
	sql(arena_fmt(ar, "INSERT INTO entry (operation_id, person_id, due_at, e164, household_id, loaded_at)"
	    " SELECT 1, seq, %lld + seq, CONCAT('+1', 2000000000 + seq), seq DIV 3 + 1, 1 FROM seq_1_to_%u;"
	    "INSERT INTO queue_tally (operation_id, shard, ready) VALUES (1, 0, %u)",
	    (long long)(clock_now_us() - HOUR_US), n, n));
	/* band 3, 1, 2: each a tenth */
	for (unsigned i = 0; i < 3; i++)
		sql(arena_fmt(ar, "INSERT INTO entry (operation_id, person_id, state, reason, band, due_at, e164, household_id, loaded_at)"
		    " SELECT 2, seq, '%s', %u, %u, %lld + seq, CONCAT('+1', 2000000000 + seq), seq DIV 3 + 1, 1 FROM seq_%u_to_%u",
		    i == 0 ? "ready" : "waiting", i == 0 ? 0 : 10, i == 0 ? 3 : i,
		    (long long)(clock_now_us() + (i == 0 ? -HOUR_US : 2 * HOUR_US)), n + i * (n / 10) + 1, n + (i + 1) * (n / 10)));
	sql("INSERT INTO queue_tally (operation_id, shard, ready, waiting) SELECT 2, 0, SUM(band = 3), SUM(band < 3) FROM entry"
	    " WHERE operation_id = 2; ANALYZE TABLE person, phone, entry");
}

static void
check(void)
{
	const char *twice = NULL;

	/* nobody of the fresh people may have been called a second time: no retry was due */
	if (!db_script_value(db, "SELECT COUNT(*) FROM (SELECT person_id FROM attempt GROUP BY person_id"
	    " HAVING COUNT(*) > 1) x", ar, &twice))
		die("bench: cannot check");
	printf("%s\n", twice);
}

int
main(int argc, char **argv)
{
	uint64_t a = 0, b = 0;

	conf_load();
	log_open("bench");
	seal_open();
	db = db_open(argc > 1 && strcmp(argv[1], "fill") == 0);	/* as migrate: a million entries take more than a minute */
	ar = arena_new();
	if (argc < 2 || (argc > 2 && !parse_uint(argv[2], 0, 10000000, &a)) || (argc > 3 && !parse_uint(argv[3], 1, CLIENTS_MOST, &b)))
		die("usage: queue fill N | bare S CLIENTS | sql S CLIENTS | naive S CLIENTS | commit S CLIENTS | check");
	if (strcmp(argv[1], "fill") == 0) {
		fill((unsigned)a);
		return 0;
	}
	op.id.v = 1;
	if (operation_by_id(db, op.id, &op, arena_new()) != FOUND)
		die("bench: queue fill N comes first");
	if (strcmp(argv[1], "check") == 0)
		check();
	else
		run(strcmp(argv[1], "bare") == 0 ? bare : strcmp(argv[1], "sql") == 0 ? request :
		    strcmp(argv[1], "naive") == 0 ? naive : one_row, (unsigned)a, (unsigned)b);
	return 0;
}
