/*
 * operation_create.c - a new draft with all that every operation has, and the end of one that was never finished.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"

#include "domain/audit.h"
#include "domain/link.h"
#include "domain/operation.h"
#include "domain/operation_row.h"

enum { TALLY_SHARDS = 16 };

enum { Q_LOCK_USER, Q_UNTOUCHED, Q_INSERT, Q_OWNER, Q_ZONE, Q_TALLY, Q_RULE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LOCK_USER] = { "uu", "s", "SELECT g.time_zone FROM user u JOIN organisation g ON g.id = u.organisation_id"
	    " WHERE u.id = ? AND g.id = ? FOR UPDATE" },
	[Q_UNTOUCHED] = { "uu", "u", "SELECT id FROM operation WHERE organisation_id = ? AND state = 'draft'"
	    " AND created_by = ? AND revision = 1 ORDER BY id DESC LIMIT 1" },
	[Q_INSERT] = { "usui", "", "INSERT INTO operation (organisation_id, time_zone, created_by, created_at)"
	    " VALUES (?, ?, ?, ?)" },
	[Q_OWNER] = { "uui", "", "INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (?, ?, 'owner', ?)" },
	[Q_ZONE] = { "us", "", "INSERT INTO operation_zone (operation_id, zone, name) VALUES (?, 0, ?)" },
	[Q_TALLY] = { "uu", "", "INSERT INTO queue_tally (operation_id, shard) VALUES (?, ?)" },
	[Q_RULE] = { "uuuu", "", "INSERT INTO recycling_rule (operation_id, status, max_calls, minutes) VALUES (?, ?, ?, ?)" },
};
DB_STATEMENTS(q)

/* What a careful organiser would tick; page 5 shows it and can change all of it. */
static const struct { enum status status; unsigned max_calls, minutes; } proposals[] = {
	{ ST_NO_ANSWER, 3, 90 }, { ST_NOT_HOME, 2, 240 }, { ST_CALL_BACK, 2, 120 }, { ST_BUSY, 3, 15 },
};

struct creation {
	struct organisation_id organisation;
	struct user_id by;
	int64_t now;
	struct arena *arena;
	struct operation_id made;
	bool again;
	bool nobody;
};

static bool
fill_new(struct db *db, const struct creation *c, const char *zone)
{
	uint64_t id = c->made.v;
	struct val tally[TALLY_SHARDS * 2], rules[NITEMS(proposals) * 4];
	struct link link;

	for (unsigned i = 0; i < TALLY_SHARDS; i++) {
		tally[i * 2] = V_U(id);
		tally[i * 2 + 1] = V_U(i);
	}
	for (size_t i = 0; i < NITEMS(proposals); i++) {
		rules[i * 4] = V_U(id);
		rules[i * 4 + 1] = V_U(proposals[i].status);
		rules[i * 4 + 2] = V_U(proposals[i].max_calls);
		rules[i * 4 + 3] = V_U(proposals[i].minutes);
	}
	return db_write(db, &q[Q_OWNER], IN(V_U(id), V_U(c->by.v), V_I(c->now)), NULL) == WROTE &&
	    db_write(db, &q[Q_ZONE], IN(V_U(id), V_S(zone)), NULL) == WROTE &&
	    db_bulk(db, &q[Q_TALLY], tally, 2, TALLY_SHARDS) == WROTE &&
	    db_bulk(db, &q[Q_RULE], rules, 4, NITEMS(proposals)) == WROTE &&
	    audit_add(db, c->organisation, c->by, c->now, "operation.create", "operation", id, "") &&
	    link_add(db, c->organisation, c->made, MEMBER_AGENT, c->by, c->now, &link, c->arena);
}

static bool
create(struct db *db, void *ctx)
{
	struct creation *c = ctx;
	struct row user, untouched;

	c->again = c->nobody = false;
	/* The user's row serialises two clicks of the same person. */
	switch (db_row(db, &q[Q_LOCK_USER], IN(V_U(c->by.v), V_U(c->organisation.v)), c->arena, &user)) {
	case FOUND:	break;
	case NONE:	c->nobody = true; return false;
	case FAILED:	return false;
	}
	switch (db_row(db, &q[Q_UNTOUCHED], IN(V_U(c->organisation.v), V_U(c->by.v)), c->arena, &untouched)) {
	case FOUND:
		c->made.v = row_u(&untouched, 0);
		c->again = true;
		return true;
	case NONE:	break;
	case FAILED:	return false;
	}
	if (db_write(db, &q[Q_INSERT], IN(V_U(c->organisation.v), V_S(row_s(&user, 0)), V_U(c->by.v), V_I(c->now)),
	    NULL) != WROTE)
		return false;
	c->made.v = db_last_id(db);
	return fill_new(db, c, row_s(&user, 0));
}

enum saved
operation_create(struct db *db, struct organisation_id org, struct user_id by, int64_t now,
    struct operation_id *out, struct arena *a)
{
	struct creation c = { .organisation = org, .by = by, .now = now, .arena = a };
	enum tx t = tx_write(db, create, &c);

	*out = c.made;
	if (t == TX_DONE)
		return c.again ? ALREADY : SAVED;
	return c.nobody ? REFUSED : t == TX_UNSURE ? UNSURE : NOT_SAVED;
}
