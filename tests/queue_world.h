/*
 * queue_world.h - a small world for tests of the queue: an organisation, agents, an operation that is open day
 * and night, people. Every function stops the program when the database says no.
 */
#ifndef TESTS_QUEUE_WORLD_H
#define TESTS_QUEUE_WORLD_H

#include "check.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/queue.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#define ORG	((struct organisation_id){ 1 })
#define AGENT(n) ((struct user_id){ 100 + (n) })
#define NOON	INT64_C(1781107200000000)	/* 10 June 2026, 12:00 in Toronto */

static struct db *db;
static struct arena *ar;
static struct operation op;
static struct recycle_rule rules[ST__MAX];

/* Not static inline: -Wunused is quiet about functions marked so. */
#define WORLD __attribute__((unused)) static

WORLD void
sql(const char *fmt, ...)
{
	const char *why;
	char text[8000];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (!db_script(db, text, ar, &why)) {
		printf("not ok - test set-up: %s: %s\n", why, text);
		exit(1);
	}
}

WORLD int64_t
sql_int(const char *fmt, ...)
{
	const char *v = NULL;
	char text[4000];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (!db_script_value(db, text, ar, &v)) {
		printf("not ok - test set-up: %s\n", text);
		exit(1);
	}
	return v == NULL ? INT64_MIN : strtoll(v, NULL, 10);
}

WORLD void
world_read(void)
{
	if (operation_by_id(db, op.id, &op, ar) != FOUND || operation_rules(db, op.id, rules, ar) != FOUND) {
		printf("not ok - test set-up: the operation cannot be read\n");
		exit(1);
	}
}

/* An operation of the same shape; several may exist. */
WORLD void
world_operation(uint64_t id)
{
	sql("INSERT INTO operation (id, organisation_id, state, revision, version, source, method, name, time_zone,"
	    " starts_on, ends_at, opens_at, closes_at, created_by, created_at) VALUES (%llu, 1, 'active', 5, 'original',"
	    " 'contact', 'phone', 'Test', 'America/Toronto', '2026-01-01', '2026-12-31 23:00', '00:00', '23:59', 100, 1);"
	    "INSERT INTO operation_zone VALUES (%llu, 0, 'America/Toronto');"
	    "INSERT INTO recycling_rule SELECT %llu, s, m, t FROM (SELECT 8 s, 3 m, 90 t UNION SELECT 10, 2, 120"
	    " UNION SELECT 9, 2, 30) x;"
	    "INSERT INTO member SELECT %llu, id, 'agent', NULL, 1 FROM user",
	    (unsigned long long)id, (unsigned long long)id, (unsigned long long)id, (unsigned long long)id);
}

WORLD void
world_connect(void)
{
	db_close(db);
	db = db_open(false);
}

WORLD void
world_open(void)
{
	conf_load();
	log_open("test");
	seal_open();
	db = db_open(false);
	ar = arena_new();
	if (sql_int("SELECT COUNT(*) FROM organisation") == 0) {
		sql("INSERT INTO organisation (id, name, created_at) VALUES (1, 'Test', 1);"
		    "INSERT INTO user (id, organisation_id, name, role, created_at)"
		    " SELECT 100 + seq, 1, CONCAT('Agent ', seq), 'volunteer', 1 FROM seq_0_to_59");
		world_operation(1);
	}
	op.id.v = 1;
	world_read();
}

/* People `first` to `last`, each with a landline of their own, loaded into the operation `op`. */
struct world_load { struct person_id *p; size_t n; int64_t now; struct load_counts counts; };
WORLD bool
world_load_work(struct db *d, void *ctx)
{
	struct world_load *x = ctx;
	return queue_add(d, &op, x->p, x->n, x->now, &x->counts, ar);
}

WORLD struct load_counts
world_load(uint64_t first, uint64_t last, int64_t now)
{
	struct world_load x = { .n = last - first + 1, .now = now };

	x.p = arena_alloc(ar, x.n * sizeof(*x.p));
	for (size_t i = 0; i < x.n; i++)
		x.p[i].v = first + i;
	if (tx_write(db, world_load_work, &x) != TX_DONE) {
		printf("not ok - test set-up: queue_add\n");
		exit(1);
	}
	world_read();
	return x.counts;
}

WORLD void
world_people(uint64_t first, uint64_t last)
{
	sql("INSERT INTO person (id, organisation_id, kind, last_name, first_name, created_at, updated_at)"
	    " SELECT seq, 1, 'contact', CONCAT('Name', seq), 'First', 1, 1 FROM seq_%llu_to_%llu;"
	    "INSERT INTO phone (person_id, position, kind, e164)"
	    " SELECT seq, 1, 'home', CONCAT('+1514', 2000000 + seq) FROM seq_%llu_to_%llu",
	    (unsigned long long)first, (unsigned long long)last, (unsigned long long)first, (unsigned long long)last);
}

WORLD struct held
hold_next(struct user_id agent, int64_t now)
{
	struct held h = { 0 };
	struct nobody_now nobody;

	if (queue_claim(db, &op, agent, now, &h, &nobody, ar) != CLAIMED)
		h = (struct held){ 0 };
	return h;
}

WORLD enum nobody
nobody_now(struct user_id agent, int64_t now, struct nobody_now *n)
{
	struct held h;

	return queue_claim(db, &op, agent, now, &h, n, ar) == CLAIMED_NOBODY ? n->why : (enum nobody)99;
}

struct saved_call { enum saved saved; enum claimed claimed; struct held next; struct nobody_now nobody; enum refusal why; };
WORLD struct saved_call
save_full(struct user_id agent, const struct held *h, enum status status, int64_t callback_at, int64_t now, bool next)
{
	struct call c = { .entry = h->entry, .form_key = h->form_key, .claimed_at = h->claimed_at, .status = status,
		.callback_at = callback_at, .note = "note é" };
	struct saved_call s = { 0 };

	s.saved = queue_save(db, &op, rules, agent, &c, now, next, &s.claimed, &s.next, &s.nobody, &s.why, ar);
	return s;
}

WORLD enum saved
save(struct user_id agent, const struct held *h, enum status status, int64_t now)
{
	return save_full(agent, h, status, 0, now, false).saved;
}

WORLD const char *
state_of(struct entry_id e)
{
	const char *v = NULL;
	char text[100];

	snprintf(text, sizeof(text), "SELECT state FROM entry WHERE id = %llu", (unsigned long long)e.v);
	return db_script_value(db, text, ar, &v) && v != NULL ? v : "?";
}

/* Takes everybody off the list who is not held, as an organiser would, one by one. */
WORLD void
world_clear(void)
{
	sql("UPDATE entry SET state = 'removed', band = 9, reason = %d WHERE band < 8 AND operation_id = %llu;"
	    "DELETE FROM queue_tally WHERE operation_id = %llu;"
	    "INSERT INTO queue_tally (operation_id, shard, held, done, removed) SELECT operation_id, 0, SUM(state = 'held'),"
	    " SUM(state = 'done'), SUM(state = 'removed') FROM entry WHERE operation_id = %llu GROUP BY operation_id",
	    ST_REMOVED_BY_HAND, (unsigned long long)op.id.v, (unsigned long long)op.id.v, (unsigned long long)op.id.v);
}

/* This process's low-water marks are hints for a second: a new revision drops them now. */
WORLD void
forget_marks(void)
{
	sql("UPDATE operation SET revision = revision + 1 WHERE id = %llu", (unsigned long long)op.id.v);
	world_read();
}

/* Prints what audit finds; 0 is right. */
WORLD uint64_t
audit_wrong(void)
{
	uint64_t wrong = 999;

	if (!queue_audit(db, op.id, stdout, &wrong, ar))
		return 999;
	return wrong;
}

/* Runs fn in a process of its own with its own connection; its exit code is what it answers. */
WORLD pid_t
in_child(int (*fn)(int n), int n)
{
	pid_t pid;

	fflush(stdout);
	if ((pid = fork()) != 0)
		return pid;
	ar = arena_new();
	db = db_open(false);	/* the parent's is left alone */
	_exit(fn(n));
}

WORLD int
child_code(pid_t pid)
{
	int status = 0;

	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#endif
