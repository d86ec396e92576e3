/*
 * queue_random - random histories of one list: saves, late saves, skips, expiries, edited rules, people added
 * and taken off, clocks that jump, and after every step the audit. The seed is printed; SEED=n repeats one.
 */
#include "queue_world.h"

#define AGENTS	5
#define STEPS	260

static unsigned seed;
static int64_t now = NOON;
static struct held page[AGENTS][3];	/* forms that are open in a tab, the newest first */
static uint64_t people;

static unsigned
any(unsigned n)
{
	return (unsigned)rand_r(&seed) % n;
}

static void
show(unsigned agent, const struct held *h)
{
	page[agent][2] = page[agent][1];
	page[agent][1] = page[agent][0];
	page[agent][0] = *h;
}

static enum status
any_status(void)
{
	enum status list[ST__MAX];
	size_t n = status_sorted(S_AGENT, LANG_EN, list);

	return any(2) ? ST_NO_ANSWER : list[any((unsigned)n)];
}

/* A form that is open somewhere is sent, perhaps long after its hold has gone. NULL: all was well. */
static const char *
send_form(unsigned agent)
{
	struct held *h = &page[agent][any(3)];
	enum status s = any_status();
	int64_t back = s == ST_CALL_BACK && any(2) ? now + (int64_t)any(3 * 1440) * MINUTE_US + 1 : 0;
	struct saved_call c;
	int64_t before;

	if (h->entry.v == 0)
		return NULL;
	before = sql_int("SELECT COUNT(*) FROM attempt");
	c = save_full(AGENT(agent), h, s, back, now, any(3) > 0);
	if (c.saved == REFUSED && c.why == R_CALLBACK_OUTSIDE)
		return NULL;
	if (c.saved != SAVED && c.saved != ALREADY)
		return "a save was neither saved nor already there";
	if (sql_int("SELECT COUNT(*) FROM attempt") - before != (c.saved == SAVED))
		return "the number of attempts does not fit the answer";
	if (save(AGENT(agent), h, s, now) != ALREADY)
		return "the same form again was not already there";
	if (c.claimed == CLAIMED)
		show(agent, &c.next);
	return NULL;
}

static void
edit_rules(void)
{
	enum status s = any_status();

	if (any(2))
		sql("DELETE FROM recycling_rule WHERE operation_id = 1 AND status = %d", s);
	else
		sql("REPLACE INTO recycling_rule VALUES (1, %d, %u, %u)", s, 1 + any(4), 1 + any(300));
	if (any(3) == 0)
		sql("UPDATE operation SET more_calls = NULLIF(%u, 0), day_calls = NULLIF(%u, 0), other_part = %u WHERE id = 1", any(6), any(5), any(2));
	forget_marks();
}

static const char *
step(void)
{
	unsigned agent = any(AGENTS), released;
	struct held h;

	now += any(4) ? (int64_t)any(5) * MINUTE_US : (int64_t)any(300) * MINUTE_US;
	if (any(12) == 0)
		now -= (int64_t)any(120) * MINUTE_US;
	switch (any(12)) {
	case 0: case 1:
		h = hold_next(AGENT(agent), now);
		if (h.entry.v != 0 && strcmp(state_of(h.entry), "held") != 0)
			return "a claimed person is not held";
		if (h.entry.v != 0)
			show(agent, &h);
		return NULL;
	case 2:
		if (page[agent][0].entry.v != 0 && queue_skip(db, op.id, AGENT(agent), page[agent][0].entry, now) == NOT_SAVED)
			return "a skip failed";
		return NULL;
	case 3:
		return queue_release_expired(db, now, 100, &released) ? NULL : "a release failed";
	case 4:
		edit_rules();
		return NULL;
	case 5:
		if (any(3) == 0) {
			world_people(people + 1, people + 6);
			if (any(2))
				sql("UPDATE person SET household_id = %u WHERE id > %llu", 1 + any(5), (unsigned long long)people);
			if (any(3) == 0)
				sql("UPDATE phone SET e164 = '+15145550000' WHERE person_id = %llu", (unsigned long long)people + 1);
			if (any(2))
				sql("INSERT INTO phone (person_id, position, kind, e164) SELECT id, 2, 'cell', CONCAT('+1438', 3000000 + id)"
				    " FROM person WHERE id > %llu", (unsigned long long)people);
			world_load(people + 1, people + 6, now);
			people += 6;
		} else if (any(2)) {
			sql("INSERT IGNORE INTO suppression (organisation_id, e164, created_at) SELECT 1, e164, 1 FROM phone"
			    " WHERE person_id = %llu", 1 + (unsigned long long)any((unsigned)people));
		}
		return NULL;
	case 6:
		if (any(3) == 0)
			queue_remove(db, ORG, op.id, AGENT(0), (struct entry_id){ 1 + any((unsigned)people) }, now);
		return NULL;
	default:
		return send_form(agent);
	}
}

static bool
history(unsigned which)
{
	char name[160];
	const char *why = NULL;
	uint64_t wrong = 0;
	int at = 0;

	seed = which;
	for (; at < STEPS && why == NULL && wrong == 0; at++) {
		why = step();
		wrong = audit_wrong();
	}
	snprintf(name, sizeof(name), "a random history, SEED=%u, %d steps, %lld attempts", which, at,
	    (long long)sql_int("SELECT COUNT(*) FROM attempt"));
	return check_line_(why == NULL && wrong == 0, name, __FILE__, __LINE__, "%s, audit found %llu",
	    why == NULL ? "" : why, (unsigned long long)wrong);
}

int
main(void)
{
	const char *given = getenv("SEED");
	unsigned first = given != NULL ? (unsigned)strtoul(given, NULL, 10) : 0;

	world_open();
	world_people(1, 24);
	sql("UPDATE person SET household_id = id DIV 4 + 1 WHERE id > 12");
	people = 24;
	world_load(1, 24, NOON);
	if (first != 0) {
		history(first);
	} else {
		for (unsigned s = 1; s <= 4 && history(s); s++)
			;
		history((unsigned)getpid());	/* a new one each time */
	}
	return check_done();
}
