/*
 * floor_race - an organiser sends a person back at the instant at which their agent saves the call, and while a third wants
 * somebody: hundreds of times. The call is stored once, the turn is ended once, counters and audit stay clean.
 */
#include "queue_world.h"

#include <sys/mman.h>

enum { ROUNDS = 400, SAVER, SENDER, CLAIMER, PROCESSES };

static struct shared {
	int round, done[PROCESSES];
	struct { struct entry_id entry; char form_key[33]; int64_t claimed_at; } form;
	unsigned saved, not_saved, sent, already, not_sent;
} *sh;

static int64_t
moment(int round)
{
	return NOON + (int64_t)round * SECOND_US;
}

static void
one(int who, int round, unsigned *seed)
{
	struct held h = { .entry = sh->form.entry, .form_key = sh->form.form_key, .claimed_at = sh->form.claimed_at };
	enum turn_end end;
	enum refusal why;
	struct saved_call c;

	usleep((unsigned)rand_r(seed) % 1500);
	switch (who) {
	case SAVER:
		c = save_full(AGENT(1), &h, round % 2 == 0 ? ST_NO_ANSWER : ST_REFUSED, 0, moment(round) + 1, round % 3 == 0);
		if (c.saved == SAVED)
			sh->saved++;
		else
			sh->not_saved++;
		if (c.claimed == CLAIMED && queue_skip(db, op.id, AGENT(1), c.next.entry, moment(round) + 2) != SAVED)
			sh->not_saved++;
		break;
	case SENDER:
		switch (queue_send_back(db, &op, AGENT(0), AGENT(1), h.entry, h.claimed_at, moment(round) + 1, &end, &why, ar)) {
		case SAVED:	sh->sent++; break;
		case ALREADY:	sh->already++; break;
		default:	sh->not_sent++;
		}
		break;
	case CLAIMER:
		h = hold_next(AGENT(2), moment(round) + 1);
		if (h.entry.v != 0)
			queue_skip(db, op.id, AGENT(2), h.entry, moment(round) + 3);
		break;
	}
}

static int
child(int who)
{
	unsigned seed = 17u * (unsigned)who;

	for (int round = 1; round <= ROUNDS; round++) {
		while (__atomic_load_n(&sh->round, __ATOMIC_ACQUIRE) < round)
			usleep(50);
		one(who, round, &seed);
		__atomic_store_n(&sh->done[who], round, __ATOMIC_RELEASE);
		if (round % 50 == 0) {
			arena_reset(ar);
			world_read();
		}
	}
	return 0;
}

int
main(void)
{
	unsigned wrong = 0, held = 0;
	pid_t pid[PROCESSES];

	world_open();
	world_people(1, 2000);
	world_load(1, 2000, NOON - HOUR_US);
	sh = mmap(NULL, sizeof(*sh), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (int who = SAVER; who < PROCESSES; who++)
		pid[who] = in_child(child, who);
	for (int round = 1; round <= ROUNDS; round++) {
		struct held h = hold_next(AGENT(1), moment(round));

		sh->form.entry = h.entry;
		sh->form.claimed_at = h.claimed_at;
		snprintf(sh->form.form_key, sizeof(sh->form.form_key), "%s", h.form_key);
		__atomic_store_n(&sh->round, round, __ATOMIC_RELEASE);
		for (int who = SAVER; who < PROCESSES; who++)
			while (__atomic_load_n(&sh->done[who], __ATOMIC_ACQUIRE) < round)
				usleep(100);
		wrong += sql_int("SELECT COUNT(*) FROM attempt WHERE entry_id = %llu AND started_at = %lld", (unsigned long long)h.entry.v,
		    (long long)h.claimed_at) != 1;
		held += sql_int("SELECT COUNT(*) FROM hold") != 0;
		if (round % 50 == 0) {
			arena_reset(ar);
			world_read();
		}
	}
	for (int who = SAVER; who < PROCESSES; who++)
		CHECK_EQ_I_N("the process ended well", child_code(pid[who]), 0);
	CHECK_EQ_U_N("every call is saved, whoever was first", sh->saved, ROUNDS);
	CHECK_EQ_U_N("none is refused or lost", sh->not_saved, 0);
	CHECK_EQ_U_N("fact 117: and each is one attempt", wrong, 0);
	CHECK_EQ_U_N("every turn was sent back or over", sh->sent + sh->already, ROUNDS);
	CHECK_EQ_U_N("with no failure", sh->not_sent, 0);
	printf("# sent back first %u times, saved first %u times\n", sh->sent, sh->already);
	CHECK_CASE("both orders have been seen", sh->sent > 0 && sh->already > 0);
	CHECK_EQ_U_N("nobody stays held", held, 0);
	CHECK_EQ_I_N("a row in the audit log for each turn that was sent back, and no other", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'call.send_back'"), sh->sent);
	CHECK_EQ_I_N("nobody was given the same person's call twice", sql_int("SELECT COUNT(*) FROM (SELECT entry_id, number FROM attempt GROUP BY 1, 2 HAVING COUNT(*) > 1) x"), 0);
	CHECK_EQ_U_N("audit: states, counters and holds", audit_wrong(), 0);
	return check_done();
}
