/*
 * queue_race - many processes at once: two hundred claims by 20 clients, eight who save and claim with random
 * statuses, the same form from two processes at the same instant, releases in between. Then the audit.
 */
#include "queue_world.h"

#include <sys/mman.h>

#define PROCESSES	20
#define EACH		10

static struct shared {
	uint64_t entry[PROCESSES][EACH];
	int go;
	struct { struct entry_id entry; char form_key[33]; int64_t claimed_at; } form;
	unsigned saved, already, other;
	uint64_t next[2];
} *sh;

static void
wait_for(int step)
{
	while (__atomic_load_n(&sh->go, __ATOMIC_ACQUIRE) < step)
		usleep(200);
}

static int
claimer(int n)
{
	wait_for(1);
	for (int i = 0; i < EACH; i++) {
		/* a different agent each time: 200 people held at once */
		struct user_id u = { 1000 + (uint64_t)(n * EACH + i) };
		struct held h = hold_next(u, NOON + HOUR_US);
		sh->entry[n][i] = h.entry.v;
	}
	return 0;
}

static void
all_children(int (*fn)(int), int n, int step)
{
	pid_t pid[64];
	int wrong = 0;

	for (int i = 0; i < n; i++)
		pid[i] = in_child(fn, i);
	usleep(300000);
	__atomic_store_n(&sh->go, step, __ATOMIC_RELEASE);
	for (int i = 0; i < n; i++)
		wrong += child_code(pid[i]) != 0;
	CHECK_EQ_I_N("every process ended well", wrong, 0);
}

static void
two_hundred(void)
{
	unsigned missing = 0, twice = 0;

	all_children(claimer, PROCESSES, 1);
	for (int i = 0; i < PROCESSES * EACH; i++) {
		uint64_t e = sh->entry[i / EACH][i % EACH];
		missing += e == 0;
		for (int j = 0; j < i; j++)
			twice += e != 0 && e == sh->entry[j / EACH][j % EACH];
	}
	CHECK_EQ_U_N("fact 112: two hundred claims at once by 20 clients: everybody got somebody", missing, 0);
	CHECK_EQ_U_N("fact 112: and nobody was given twice", twice, 0);
	CHECK_EQ_I_N("two hundred holds", sql_int("SELECT COUNT(*) FROM hold"), 200);
	CHECK_EQ_U_N("audit after the rush", audit_wrong(), 0);
}

static int
saver(int n)
{
	static const enum status any[] = { ST_NO_ANSWER, ST_NOT_HOME, ST_CALL_BACK, ST_BUSY, ST_REMOVE, ST_COMPLETED,
		ST_REFUSED, ST_WRONG_NUMBER, ST_DNC, ST_VOICEMAIL };
	struct user_id u = AGENT(n);
	unsigned seed = 7919u * (unsigned)n + 1, released;
	int64_t now = NOON + 2 * HOUR_US;
	struct held h;

	wait_for(2);
	h = hold_next(u, now);
	for (int i = 0; i < 60 && h.entry.v != 0; i++) {
		enum status s = any[(unsigned)rand_r(&seed) % NITEMS(any)];
		int64_t back = s == ST_CALL_BACK && i % 2 ? now + (int64_t)(rand_r(&seed) % 60) * MINUTE_US + 1 : 0;
		struct saved_call c;

		now += SECOND_US * (1 + rand_r(&seed) % 600);	/* their clocks drift apart: holds of others expire */
		if (back != 0 && back <= now)
			back = now + 1;
		c = save_full(u, &h, s, back, now, true);
		if (c.saved != SAVED)
			return 1;
		if (i % 9 == 0 && save(u, &h, s, now + 1) != ALREADY)
			return 2;
		if (i % 7 == 0 && c.claimed == CLAIMED && queue_skip(db, op.id, u, c.next.entry, now) != SAVED)
			c.next = hold_next(u, now);	/* it expired for another clock */
		if (i % 5 == 0)
			queue_release_expired(db, now, 50, &released);
		arena_reset(ar);	/* with all that was read; the operation too */
		world_read();
		h = hold_next(u, now);
	}
	return 0;
}

static int
same_form(int n)
{
	struct held h = { .entry = sh->form.entry, .form_key = sh->form.form_key, .claimed_at = sh->form.claimed_at };
	struct saved_call c;

	wait_for(4);
	c = save_full(AGENT(30), &h, ST_REFUSED, 0, NOON + 40 * HOUR_US, true);
	__atomic_add_fetch(c.saved == SAVED ? &sh->saved : c.saved == ALREADY ? &sh->already : &sh->other, 1, __ATOMIC_ACQ_REL);
	sh->next[n] = c.claimed == CLAIMED ? c.next.entry.v : 0;
	return 0;
}

static void
twice_at_once(void)
{
	unsigned different = 0, not_one = 0;

	for (int round = 0; round < 10; round++) {
		struct held h = hold_next(AGENT(30), NOON + 40 * HOUR_US + round);
		pid_t a, b;

		sh->saved = sh->already = sh->other = 0;
		sh->form.entry = h.entry;
		sh->form.claimed_at = h.claimed_at;
		snprintf(sh->form.form_key, sizeof(sh->form.form_key), "%s", h.form_key);
		sh->go = 3;
		sh->form.claimed_at = h.claimed_at;
		a = in_child(same_form, 0);
		b = in_child(same_form, 1);
		usleep(120000);
		__atomic_store_n(&sh->go, INT32_MAX, __ATOMIC_RELEASE);
		child_code(a);
		child_code(b);
		not_one += sh->saved != 1 || sh->already != 1;
		different += sh->next[0] != sh->next[1];
		not_one += sql_int("SELECT COUNT(*) FROM attempt WHERE entry_id = %llu AND started_at = %lld",
		    (unsigned long long)h.entry.v, (long long)h.claimed_at) != 1;
	}
	CHECK_EQ_U_N("fact 117: the same form at the same instant from two processes is one attempt, ten times", not_one, 0);
	CHECK_EQ_U_N("and both answers show the same next person", different, 0);
}

int
main(void)
{
	world_open();
	sh = mmap(NULL, sizeof(*sh), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	world_people(1, 1500);
	/* households of three and, here and there, a number that two households share */
	sql("UPDATE person SET household_id = id DIV 3 + 1 WHERE id > 600;"
	    "UPDATE phone SET e164 = '+15145559999' WHERE person_id %% 37 = 0 AND person_id > 600");
	world_load(1, 1500, NOON);
	two_hundred();
	all_children(saver, 8, 2);
	CHECK_CASE("people were called", sql_int("SELECT COUNT(*) FROM attempt") > 200);
	CHECK_EQ_I_N("nobody held twice", sql_int("SELECT COUNT(*) - COUNT(DISTINCT person_id) FROM hold"), 0);
	CHECK_EQ_U_N("audit after eight savers with random statuses", audit_wrong(), 0);
	twice_at_once();
	CHECK_EQ_U_N("audit at the end", audit_wrong(), 0);
	return check_done();
}
