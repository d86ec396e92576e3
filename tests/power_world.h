/*
 * power_world.h - what tests of power mode share: a connection that allows it, agents with open lines, people, a call that
 * rings for nobody.
 */
#ifndef TESTS_POWER_WORLD_H
#define TESTS_POWER_WORLD_H

#include "queue_world.h"

#include "domain/dialer_in.h"
#include "domain/queue_in.h"

#define TRUNK	((struct trunk_id){ 1 })
enum { AGENTS = 8 };

WORLD void
power_world(void)
{
	sql("INSERT INTO trunk (id, organisation_id, name, provider, cps, created_at, form_key, power) VALUES (1, 1, 'T', 'sim', 30, 1, UNHEX(MD5('t')), TRUE);"
	    "INSERT INTO caller_id VALUES (1, '+15145550100', 1);"
	    "UPDATE operation SET method = 'software', revision = revision + 1 WHERE id = 1;"
	    "INSERT INTO dialing (operation_id, trunk_id, caller_e164, mode) VALUES (1, 1, '+15145550100', 'power');"
	    "INSERT INTO recycling_rule VALUES (1, 3, 3, 60), (1, 4, 3, 60), (1, 5, 3, 60)");
	for (int i = 0; i < AGENTS; i++)
		sql("INSERT INTO agent_line (id, trunk_id, operation_id, user_id, e164, from_e164, lang, room, state, wanted_at, month)"
		    " VALUES (%d, 1, 1, %d, '+1438555%04d', '+15145550100', 'fr', 'room%d', 'open', 1, '2026-06-01')", 11 + i, 100 + i, 1000 + i, i);
	world_people(1, 400);
	world_load(1, 400, NOON - HOUR_US);
	world_read();
}

/* A person rung for nobody, as the dialer leaves it when the request has gone. */
WORLD uint64_t
rung(unsigned slot, int64_t now)
{
	struct user_id holder = POWER_HOLDER(op.id, slot);
	struct held h = hold_next(holder, now);
	unsigned char key[FORM_KEY_BYTES];

	queue_form_key(h.entry, holder, h.claimed_at, key);
	sql("INSERT INTO live_call (trunk_id, operation_id, line_id, user_id, entry_id, person_id, e164, from_e164, claimed_at, form_key, live_e164,"
	    " call_id, state, wanted_at, sent_at, month) VALUES (1, 1, %llu, %llu, %llu, %llu, '%s', '+15145550100', %lld, UNHEX('%s'), '%s', 'CA%llu', 'sent',"
	    " 1, %lld, '2026-06-01')", (unsigned long long)holder.v, (unsigned long long)holder.v, (unsigned long long)h.entry.v,
	    (unsigned long long)h.person.v, h.e164, (long long)h.claimed_at, h.form_key, h.e164, (unsigned long long)h.entry.v, (long long)now);
	return (uint64_t)sql_int("SELECT MAX(id) FROM live_call");
}

WORLD void
clear(void)
{
	sql("UPDATE agent_line SET waiting_at = NULL, end_asked_at = NULL; DELETE FROM call_fact; DELETE FROM live_call; DELETE FROM power_answer;"
	    "DELETE FROM power_tally; DELETE FROM power;"
	    "UPDATE entry e JOIN hold h ON h.entry_id = e.id SET e.state = h.state, e.band = h.band, e.due_at = h.due_at; DELETE FROM hold;"
	    "DELETE FROM queue_tally; INSERT INTO queue_tally (operation_id, shard, ready, waiting, done) SELECT 1, 0, SUM(state = 'ready'), SUM(state = 'waiting'),"
	    " SUM(state = 'done') FROM entry");
	forget_marks();
}

WORLD bool
waits(int agent, int64_t now)
{
	bool yes;

	CHECK(power_wait(db, op.id, AGENT(agent), now, &yes));
	return yes;
}

WORLD int64_t
tally(const char *column)
{
	return sql_int("SELECT COALESCE(SUM(%s), 0) FROM power_tally", column);
}

#endif
