/*
 * save - a save that is cut at every step: before the call, inside the procedure (the process is killed, its
 * connection is killed, the server is killed), after the commit and before the answer. Whatever happened, the same
 * form sent again ends in one attempt, the agent is with one person, and the audit finds nothing.
 *
 * Runs with a database server of its own (tests/with-db --own), which it kills and starts again.
 */
#include "queue_world.h"

#include <signal.h>
#include <sys/mman.h>
#include <time.h>

#define PATIENCE_MS	30000
#define PAUSE_MS	150	/* INNODB_TRX is a copy that the server renews only when nobody has read it for 100 ms */

static struct shared {
	struct entry_id entry;
	int64_t claimed_at;
	char form_key[33];
	int at;				/* how far the child came */
	enum saved saved;
	bool stop;
	unsigned acknowledged[8];
} *sh;

static int64_t now = NOON;
static const struct user_id me = { 101 };

/* --- the child: one save ------------------------------------------------------------------------- */

static int
saver(int how)
{
	struct held h = { .entry = sh->entry, .claimed_at = sh->claimed_at, .form_key = sh->form_key };

	world_read();
	sh->at = 1;
	if (how == 0)
		raise(SIGKILL);			/* before anything was sent */
	sh->saved = save_full(me, &h, ST_REFUSED, 0, NOON + HOUR_US, true).saved;
	sh->at = 2;
	if (how == 2)
		raise(SIGKILL);			/* committed, and nobody is told */
	return 0;
}

static void
form_of(const struct held *h)
{
	sh->entry = h->entry;
	sh->claimed_at = h->claimed_at;
	snprintf(sh->form_key, sizeof(sh->form_key), "%s", h->form_key);
	sh->at = 0;
	sh->saved = NOT_SAVED;
}

static bool
until_ms(bool (*done)(void))
{
	for (int i = 0; i < PATIENCE_MS / PAUSE_MS; i++) {
		if (done())
			return true;
		usleep(PAUSE_MS * 1000);
	}
	return false;
}

static int64_t inside_id;

/* Somebody waits for a lock inside the procedure. */
static bool
somebody_inside(void)
{
	inside_id = sql_int("SELECT MIN(trx_mysql_thread_id) FROM information_schema.innodb_trx"
	    " WHERE trx_state = 'LOCK WAIT'");
	return inside_id > 0;
}

static bool
nobody_inside(void)
{
	return sql_int("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_mysql_thread_id <> CONNECTION_ID()") == 0;
}

/* The same form again, as the page does; then everything must be as if it had been sent once. */
static void
send_again(const char *what, const struct held *h, enum saved want)
{
	struct saved_call c = save_full(me, h, ST_REFUSED, 0, NOON + HOUR_US + 1, true), d;
	char name[200];

	snprintf(name, sizeof(name), "fact 117, %s: sent again it is %s", what, want == SAVED ? "saved" : "already there");
	CHECK_EQ_I_N(name, c.saved, want);
	d = save_full(me, h, ST_REFUSED, 0, NOON + HOUR_US + 2, true);
	snprintf(name, sizeof(name), "%s: one attempt, done, and the agent is with one other person", what);
	CHECK_CASE(name, sql_int("SELECT COUNT(*) FROM attempt WHERE entry_id = %llu", (unsigned long long)h->entry.v) == 1 &&
	    strcmp(state_of(h->entry), "done") == 0 && c.claimed == CLAIMED && d.claimed == CLAIMED &&
	    c.next.entry.v == d.next.entry.v && c.next.entry.v != h->entry.v &&
	    sql_int("SELECT COUNT(*) FROM hold WHERE user_id = 101") == 1);
	snprintf(name, sizeof(name), "%s: audit", what);
	CHECK_EQ_U_N(name, audit_wrong(), 0);
}

static void
killed_outside(void)
{
	struct held h = hold_next(me, now);
	pid_t pid;

	form_of(&h);
	pid = in_child(saver, 0);
	CHECK_EQ_I_N("the process died before the call", child_code(pid), -1);
	CHECK_EQ_S_N("and nothing was saved", state_of(h.entry), "held");
	send_again("kill -9 before the call", &h, SAVED);

	h = hold_next(me, now + HOUR_US);
	form_of(&h);
	pid = in_child(saver, 2);
	CHECK_CASE("the process died after the commit", child_code(pid) == -1 && sh->at == 2 && sh->saved == SAVED);
	send_again("kill -9 after the commit, before the answer", &h, ALREADY);
}

/* The test holds a row that the procedure needs, so the save stands still in the middle. */
static pid_t
stand_inside(const struct held *h, const char *row)
{
	pid_t pid;

	form_of(h);
	world_connect();
	pid = in_child(saver, 1);
	sql("BEGIN");
	sql("%s", row);
	if (!until_ms(somebody_inside))
		CHECK_CASE("the save stands inside the procedure", false);
	return pid;
}

static const struct { const char *name, *row; } steps[] = {
	{ "at the entry's update", "SELECT id FROM entry WHERE id = %llu FOR UPDATE" },
	{ "between attempt and tallies", "SELECT 1 FROM agent_tally WHERE user_id = 101 AND operation_id = 1 AND 0 < %llu FOR UPDATE" },
	{ "at the hold's update", "SELECT 1 FROM hold WHERE user_id = 101 AND operation_id = 1 AND 0 < %llu FOR UPDATE" },
};

static void
killed_inside(void)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct held h;
		char name[200], row[300];
		pid_t pid;

		/* the process: the server finishes or undoes what it was told; either is fine, a half is not */
		h = hold_next(me, now += HOUR_US);
		snprintf(row, sizeof(row), steps[i].row, (unsigned long long)h.entry.v);
		pid = stand_inside(&h, row);
		kill(pid, SIGKILL);
		child_code(pid);
		sql("COMMIT");
		CHECK_CASE("the server is done with what the dead process asked", until_ms(nobody_inside));
		snprintf(name, sizeof(name), "kill -9 of the process %s", steps[i].name);
		send_again(name, &h, strcmp(state_of(h.entry), "done") == 0 ? ALREADY : SAVED);

		/* the connection: rolled back by the server; the save sends itself again and gets through */
		h = hold_next(me, now += HOUR_US);
		snprintf(row, sizeof(row), steps[i].row, (unsigned long long)h.entry.v);
		pid = stand_inside(&h, row);
		sql("KILL CONNECTION %lld", (long long)inside_id);
		usleep(100000);
		sql("COMMIT");
		snprintf(name, sizeof(name), "connection killed %s", steps[i].name);
		CHECK_CASE(name, child_code(pid) == 0 && sh->saved == SAVED);
		send_again(name, &h, ALREADY);
	}
}

/* --- the server ---------------------------------------------------------------------------------- */

static int
busy(int n)
{
	struct user_id u = AGENT(10 + n);
	int64_t t = NOON + 5 * DAY_US;
	struct held h = { 0 };

	bool open = false;		/* a form was sent and nobody has said yet that it is saved */

	while (!sh->stop || open) {
		struct saved_call c;

		t += SECOND_US;
		if (h.entry.v == 0) {
			struct nobody_now nobody;
			if (queue_claim(db, &op, u, t, &h, &nobody, ar) != CLAIMED) {
				h = (struct held){ 0 };
				usleep(200000);
			}
			continue;
		}
		/* as a page does: the same form until somebody says that it is saved */
		c = save_full(u, &h, sh->acknowledged[n] % 3 == 0 ? ST_NO_ANSWER : ST_REFUSED, 0, t, true);
		open = c.saved != SAVED && c.saved != ALREADY;
		if (!open) {
			sh->acknowledged[n]++;
			h = c.claimed == CLAIMED ? c.next : (struct held){ 0 };
		} else {
			usleep(200000);
		}
	}
	return 0;
}

static bool
server_start(void)
{
	const char *start = getenv("TOCSIN_DB_START");
	pid_t pid = fork();

	if (pid == 0) {
		execl("/bin/bash", "bash", start, (char *)NULL);
		_exit(127);
	}
	return child_code(pid) == 0;
}

static bool
server_kill(void)
{
	FILE *f = fopen(getenv("TOCSIN_DB_PIDFILE"), "r");
	long pid = 0;

	if (f == NULL || fscanf(f, "%ld", &pid) != 1 || pid < 2)
		return false;
	fclose(f);
	if (kill((pid_t)pid, SIGKILL) != 0)
		return false;
	for (int i = 0; i < PATIENCE_MS / 20 && kill((pid_t)pid, 0) == 0; i++)
		usleep(20000);
	return true;
}

static void
server_killed(void)
{
	pid_t pid[4];
	unsigned acknowledged = 0;
	int64_t attempts;

	sh->stop = false;
	for (int i = 0; i < 4; i++)
		pid[i] = in_child(busy, i);
	for (int round = 0; round < 3; round++) {
		unsigned before = sh->acknowledged[0];
		usleep(500000);
		CHECK_CASE("the database is killed in the middle of saves", server_kill());
		usleep(200000);
		CHECK_CASE("and starts again", server_start());
		for (int i = 0; i < PATIENCE_MS / 20 && sh->acknowledged[0] <= before + 1; i++)
			usleep(20000);
		CHECK_CASE("the agents go on by themselves", sh->acknowledged[0] > before + 1);
	}
	sh->stop = true;
	for (int i = 0; i < 4; i++) {
		CHECK_EQ_I_N("an agent's process lived through it", child_code(pid[i]), 0);
		acknowledged += sh->acknowledged[i];
	}
	world_connect();
	attempts = sql_int("SELECT COUNT(*) FROM attempt WHERE user_id BETWEEN 110 AND 113");
	CHECK_CASE("calls were saved", acknowledged > 20);
	CHECK_EQ_I_N("every call that was acknowledged is there, once", attempts, acknowledged);
	CHECK_EQ_U_N("audit after the server was killed three times", audit_wrong(), 0);
}

int
main(void)
{
	world_open();
	sh = mmap(NULL, sizeof(*sh), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (getenv("TOCSIN_DB_START") == NULL) {
		printf("not ok - this test needs a server of its own: tests/with-db --own\n");
		return 1;
	}
	world_people(1, 40000);
	world_load(1, 20000, NOON);
	killed_outside();
	killed_inside();
	server_killed();
	return check_done();
}
