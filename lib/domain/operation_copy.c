/*
 * operation_copy.c - a draft with every rule of another operation. Which tables and columns are copied, and which
 * are not, is proved against the schema in tests/db/accounts.c: a new one without a decision fails there.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

#include "domain/audit.h"
#include "domain/link.h"
#include "domain/operation.h"
#include "domain/operation_row.h"
#include "domain/outcome.h"

enum { NAME_MOST = 120 };

enum { Q_SOURCE, Q_UNTOUCHED, Q_COPY, Q_OWNER, Q_ZONE, Q_TALLY, Q_RECYCLING, Q_EXCLUSIONS, Q_FIELDS, Q_ALSO, Q_DIALING, Q__MAX };
static struct stmt q[Q__MAX] = {
	/* locked, so that a double click makes one copy */
	[Q_SOURCE] = { "u", OPERATION_OUT, "SELECT " OPERATION_COLUMNS " FROM operation o WHERE o.id = ? FOR UPDATE" },
	[Q_UNTOUCHED] = { "uu", "u", "SELECT id FROM operation WHERE copied_from = ? AND created_by = ? AND state = 'draft'"
	    " AND revision = 2 ORDER BY id DESC LIMIT 1" },
	[Q_COPY] = { "usuiu", "", "INSERT INTO operation (organisation_id, revision, wizard_page, version, source, method, name,"
	    " description, survey_version_id, question_id, time_zone, starts_on, ends_at, opens_at, closes_at, hold_minutes,"
	    " share_qr, purpose, call_rules, day_hours, holidays, more_calls, day_calls, other_part, created_by, created_at, copied_from)"
	    " SELECT ?, 2, 9, version, source, method, ?, description, survey_version_id, question_id, time_zone,"
	    " starts_on, ends_at, opens_at, closes_at, hold_minutes, share_qr, purpose, call_rules, day_hours, holidays, more_calls,"
	    " day_calls, other_part, ?, ?, id FROM operation WHERE id = ?" },
	[Q_OWNER] = { "uui", "", "INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (?, ?, 'owner', ?)" },
	[Q_ZONE] = { "us", "", "INSERT INTO operation_zone (operation_id, zone, name) VALUES (?, 0, ?)" },
	[Q_TALLY] = { "uu", "", "INSERT INTO queue_tally (operation_id, shard) SELECT ?, shard FROM queue_tally WHERE operation_id = ?" },
	[Q_RECYCLING] = { "uu", "", "INSERT INTO recycling_rule (operation_id, status, max_calls, minutes)"
	    " SELECT ?, status, max_calls, minutes FROM recycling_rule WHERE operation_id = ?" },
	[Q_EXCLUSIONS] = { "uu", "", "INSERT INTO exclusion_rule (operation_id, position, criterion, question_stable_id,"
	    " choice_stable_id, status, household, filter_name, filter) SELECT ?, position, criterion, question_stable_id,"
	    " choice_stable_id, status, household, filter_name, filter FROM exclusion_rule WHERE operation_id = ?" },
	[Q_FIELDS] = { "uu", "", "INSERT INTO field_rule (operation_id, field, position, mode, highlight)"
	    " SELECT ?, field, position, mode, highlight FROM field_rule WHERE operation_id = ?" },
	[Q_ALSO] = { "uu", "", "INSERT INTO operation_question (operation_id, question_stable_id)"
	    " SELECT ?, question_stable_id FROM operation_question WHERE operation_id = ?" },
	[Q_DIALING] = { "uu", "", "INSERT INTO dialing (operation_id, trunk_id, caller_e164, mode, ring_seconds, voice)"
	    " SELECT ?, trunk_id, caller_e164, mode, ring_seconds, voice FROM dialing WHERE operation_id = ?" },
};
DB_STATEMENTS(q)

struct copy {
	struct operation_id from, made;
	const char *pattern;
	struct user_id by;
	int64_t now;
	enum refusal why;
	bool again;
	struct arena *arena;
};

/* The copy's name; of a long one as much as fits. */
static const char *
copy_name(const struct copy *c, const char *name)
{
	size_t added = text_chars(c->pattern) - 2;	/* its %s */

	return arena_fmt(c->arena, c->pattern, added < NAME_MOST ? text_cut(c->arena, name, NAME_MOST - added) : "");
}

bool
operation_copy(struct db *db, const struct operation *from, struct organisation_id org, const char *name, struct user_id by,
    int64_t now, struct operation_id *made)
{
	static const unsigned rules[] = { Q_TALLY, Q_RECYCLING, Q_EXCLUSIONS, Q_FIELDS, Q_ALSO, Q_DIALING };

	if (db_write(db, &q[Q_COPY], IN(V_U(org.v), V_S(name), V_U(by.v), V_I(now), V_U(from->id.v)), NULL) != WROTE)
		return false;
	made->v = db_last_id(db);
	for (size_t i = 0; i < NITEMS(rules); i++)
		if (db_write(db, &q[rules[i]], IN(V_U(made->v), V_U(from->id.v)), NULL) != WROTE)
			return false;
	return db_write(db, &q[Q_ZONE], IN(V_U(made->v), V_S(from->zone)), NULL) == WROTE;
}

static bool
copy(struct db *db, void *ctx)
{
	struct copy *c = ctx;
	struct operation op;
	struct link link;
	struct row r;
	enum found f;

	c->why = R_NONE;
	c->again = false;
	if ((f = db_row(db, &q[Q_SOURCE], IN(V_U(c->from.v)), c->arena, &r)) != FOUND) {
		c->why = f == NONE ? R_NOT_FOUND : R_NONE;
		return false;
	}
	operation_fill(&op, &r);
	if (op.state == OP_DRAFT) {
		c->why = R_WRONG_STATE;
		return false;
	}
	if ((f = db_row(db, &q[Q_UNTOUCHED], IN(V_U(c->from.v), V_U(c->by.v)), c->arena, &r)) == FAILED)
		return false;
	if (f == FOUND) {
		c->made.v = row_u(&r, 0);
		return c->again = true;
	}
	return operation_copy(db, &op, op.organisation, copy_name(c, op.name), c->by, c->now, &c->made) &&
	    db_write(db, &q[Q_OWNER], IN(V_U(c->made.v), V_U(c->by.v), V_I(c->now)), NULL) == WROTE &&
	    audit_add(db, op.organisation, c->by, c->now, "operation.duplicate", "operation", c->made.v,
	    arena_fmt(c->arena, "of operation %llu %s", (unsigned long long)c->from.v, op.name)) &&
	    link_add(db, op.organisation, c->made, MEMBER_AGENT, c->by, c->now, &link, c->arena);
}

enum saved
operation_duplicate(struct db *db, struct operation_id id, const char *pattern, struct user_id by, int64_t now,
    struct operation_id *out, enum refusal *why, struct arena *a)
{
	struct copy c = { .from = id, .pattern = pattern, .by = by, .now = now, .arena = a };
	enum tx t = tx_write(db, copy, &c);
	enum saved s = saved_of(t, c.why);

	*why = c.why;
	*out = c.made;
	return s == SAVED && c.again ? ALREADY : s;
}
