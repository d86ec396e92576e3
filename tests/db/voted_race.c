/*
 * voted_race - marks and suppressions at the same instant as claims, more than a thousand times each: who is marked, or
 * whose number is suppressed, is never offered by a claim that began after the commit.
 */
#include "queue_world.h"

#include <sys/mman.h>

#include "domain/exclusion.h"
#include "domain/suppression.h"
#include "domain/voted.h"

#define PEOPLE	2400	/* half of them are marked, half are suppressed */
#define CLAIMERS 3

static struct shared {
	volatile unsigned char committed[PEOPLE + 1];	/* set after the commit */
	int go, over;
	unsigned late[CLAIMERS], offered[CLAIMERS];
} *sh;

static void
wait_for_go(void)
{
	while (__atomic_load_n(&sh->go, __ATOMIC_ACQUIRE) == 0)
		usleep(200);
}

/* Takes one after the other; whoever was committed before the claim began must not come. */
static int
claimer(int n)
{
	unsigned char before[PEOPLE + 1];

	wait_for_go();
	for (int round = 0; !__atomic_load_n(&sh->over, __ATOMIC_ACQUIRE); round++) {
		struct held h;
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
		memcpy(before, (const void *)sh->committed, sizeof(before));
		h = hold_next(AGENT(n), NOON + round);
		if (h.entry.v == 0)
			continue;
		sh->offered[n]++;
		sh->late[n] += before[h.person.v] != 0;
		if (queue_skip(db, op.id, AGENT(n), h.entry, NOON + round) == NOT_SAVED)
			return 1;
		arena_reset(ar);
		world_read();
	}
	return 0;
}

static int
marker(int n)
{
	unsigned seed = 77u + (unsigned)n;
	enum refusal why;

	wait_for_go();
	for (uint64_t p = 1 + (uint64_t)n; p <= PEOPLE; p += 2) {
		enum saved s = n == 0 ? voted_set(db, ORG, AGENT(50), (struct person_id){ p }, true, NOON, ar) :
		    suppression_add_number(db, ORG, AGENT(50), arena_fmt(ar, "514 %07llu", 2000000ULL + p), "", NOON, &why, ar);
		if (s != SAVED)
			return 2;
		__atomic_store_n(&sh->committed[p], 1, __ATOMIC_SEQ_CST);
		if (rand_r(&seed) % 8 == 0)
			usleep((unsigned)rand_r(&seed) % 2000);
		arena_reset(ar);
	}
	return 0;
}

int
main(void)
{
	static const struct exclusion rule = { CR_VOTED, 0, 0, ST_REMOVED_VOTED, false, NULL };
	pid_t pid[CLAIMERS + 2];
	unsigned late = 0, offered = 0, wrong = 0;
	enum refusal why;

	world_open();
	sh = mmap(NULL, sizeof(*sh), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	world_people(1, PEOPLE);
	CHECK(exclusion_set(db, op.id, AGENT(0), NOON, &rule, 1, &why, ar) == SAVED);
	world_read();
	CHECK_EQ_U(world_load(1, PEOPLE, NOON).loaded, PEOPLE);
	for (int i = 0; i < CLAIMERS; i++)
		pid[i] = in_child(claimer, i);
	pid[CLAIMERS] = in_child(marker, 0);
	pid[CLAIMERS + 1] = in_child(marker, 1);
	usleep(200000);
	__atomic_store_n(&sh->go, 1, __ATOMIC_RELEASE);
	wrong += child_code(pid[CLAIMERS]) != 0;
	wrong += child_code(pid[CLAIMERS + 1]) != 0;
	__atomic_store_n(&sh->over, 1, __ATOMIC_RELEASE);
	for (int i = 0; i < CLAIMERS; i++) {
		wrong += child_code(pid[i]) != 0;
		late += sh->late[i];
		offered += sh->offered[i];
	}
	CHECK_EQ_U_N("every process ended well", wrong, 0);
	CHECK_CASE("people were offered meanwhile", offered > 200);
	CHECK_EQ_U_N("fact 69, fact 134: nobody is offered after the commit of a mark or a suppression, 1,200 times each", late, 0);
	CHECK_EQ_I_N("nobody is left on the list", sql_int("SELECT COUNT(*) FROM entry WHERE state IN ('ready', 'waiting')"), 0);
	CHECK_EQ_U_N("audit at the end", audit_wrong(), 0);
	return check_done();
}
