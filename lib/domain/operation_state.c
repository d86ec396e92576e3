/*
 * operation_state.c - draft to active, pause, resume, archive, restore; and a draft thrown away.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/db.h"

#include "domain/audit.h"
#include "domain/operation.h"
#include "domain/operation_row.h"

enum { Q_FINISH, Q_STATE, Q_DROP_JOBS, Q_DROP_LOADS, Q_DROP_RECYCLING, Q_DROP_EXCLUSIONS, Q_DROP_FIELDS, Q_DROP_QUESTIONS, Q_DROP_MEMBERS,
	Q_DROP_LINKS, Q_DROP_ENTRIES, Q_DROP_ZONES, Q_DROP_QUEUE, Q_DROP_STATUSES, Q_DROP_PAGES, Q_DROP, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_FINISH] = { "iu", "", "UPDATE operation SET state = 'active', finished_at = ? WHERE id = ?" },
	[Q_STATE] = { "su", "", "UPDATE operation SET state = ? WHERE id = ?" },
	[Q_DROP_JOBS] = { "u", "", "DELETE j FROM job j JOIN list_load l ON j.kind = 'load' AND j.object_id = l.id"
	    " WHERE l.operation_id = ?" },
	[Q_DROP_LOADS] = { "u", "", "DELETE FROM list_load WHERE operation_id = ?" },
	[Q_DROP_RECYCLING] = { "u", "", "DELETE FROM recycling_rule WHERE operation_id = ?" },
	[Q_DROP_EXCLUSIONS] = { "u", "", "DELETE FROM exclusion_rule WHERE operation_id = ?" },
	[Q_DROP_FIELDS] = { "u", "", "DELETE FROM field_rule WHERE operation_id = ?" },
	[Q_DROP_QUESTIONS] = { "u", "", "DELETE FROM operation_question WHERE operation_id = ?" },
	[Q_DROP_MEMBERS] = { "u", "", "DELETE FROM member WHERE operation_id = ?" },
	[Q_DROP_LINKS] = { "u", "", "DELETE FROM link WHERE operation_id = ?" },
	[Q_DROP_ENTRIES] = { "u", "", "DELETE FROM entry WHERE operation_id = ?" },
	[Q_DROP_ZONES] = { "u", "", "DELETE FROM operation_zone WHERE operation_id = ?" },
	[Q_DROP_QUEUE] = { "u", "", "DELETE FROM queue_tally WHERE operation_id = ?" },
	[Q_DROP_STATUSES] = { "u", "", "DELETE FROM status_tally WHERE operation_id = ?" },
	[Q_DROP_PAGES] = { "u", "", "DELETE FROM operation_page WHERE operation_id = ?" },
	[Q_DROP] = { "u", "", "DELETE FROM operation WHERE id = ? AND state = 'draft'" },
};
DB_STATEMENTS(q)

enum found
operation_missing(struct db *db, const struct operation *op, unsigned *page, enum refusal *why, struct arena *a)
{
	*page = 0;
	*why = R_NONE;
	if (op->version == OP_NO_VERSION) {
		*page = 1;
		*why = R_NO_VERSION;
	} else if (op->source == OP_NO_SOURCE) {
		*page = 2;
		*why = R_NO_SOURCE;
	} else if (op->name[0] == '\0' || !op->dated || op->method == OP_NO_METHOD) {
		*page = 3;
		*why = R_NO_DETAILS;
	} else if (op->version == OP_SPECIALIZED && op->survey_version.v == 0) {
		*page = 4;
		*why = R_NO_SURVEY;		/* fact 38 */
	} else if (op->version == OP_ORIGINAL && op->question.v == 0) {
		*page = 4;
		*why = R_NO_QUESTION;
	} else {
		switch (operation_has_list(db, op->id, a)) {
		case FOUND:	break;
		case NONE:	*page = 9; *why = R_NO_LIST; break;
		case FAILED:	return FAILED;
		}
	}
	return FOUND;
}

static bool
finish(struct db *db, void *ctx)
{
	struct op_write *w = ctx;
	unsigned page;

	if (!op_lock(db, w))
		return false;
	if (w->op.state != OP_DRAFT)
		return true;		/* finished already: the same button again */
	if (operation_missing(db, &w->op, &page, &w->why, w->arena) != FOUND || page != 0)
		return false;
	return db_write(db, &q[Q_FINISH], IN(V_I(w->now), V_U(w->id.v)), NULL) == WROTE &&
	    operation_touch(db, w->id, 9, w->by, w->now, "operation.finish", w->op.name, w->arena);
}

/* A change between two states that both stand in the list below; anything else is R_WRONG_STATE. */
struct change {
	struct op_write w;
	enum op_state to;
	const char *word, *verb;
};

static bool
change_state(struct db *db, void *ctx)
{
	struct change *c = ctx;

	if (!op_lock(db, &c->w))
		return false;
	if (c->w.op.state == c->to)
		return true;
	if (c->w.op.state == OP_DRAFT) {
		c->w.why = R_WRONG_STATE;
		return false;
	}
	return db_write(db, &q[Q_STATE], IN(V_S(c->word), V_U(c->w.id.v)), NULL) == WROTE &&
	    operation_touch(db, c->w.id, 0, c->w.by, c->w.now, c->verb, c->w.op.name, c->w.arena);
}

static bool
restore(struct db *db, void *ctx)
{
	struct op_write *w = ctx;

	if (!op_lock(db, w)) {
		if (w->why != R_WRONG_STATE)
			return false;
		w->why = R_NONE;	/* archived: what is asked for */
	} else
		return true;		/* restored already */
	return db_write(db, &q[Q_STATE], IN(V_S("paused"), V_U(w->id.v)), NULL) == WROTE &&
	    operation_touch(db, w->id, 0, w->by, w->now, "operation.restore", w->op.name, w->arena);
}

static bool
discard(struct db *db, void *ctx)
{
	static const unsigned drops[] = { Q_DROP_JOBS, Q_DROP_LOADS, Q_DROP_RECYCLING, Q_DROP_EXCLUSIONS, Q_DROP_FIELDS, Q_DROP_QUESTIONS,
		Q_DROP_MEMBERS, Q_DROP_LINKS, Q_DROP_ENTRIES, Q_DROP_ZONES, Q_DROP_QUEUE, Q_DROP_STATUSES, Q_DROP_PAGES, Q_DROP };
	struct op_write *w = ctx;

	if (!op_lock(db, w))
		return false;
	if (w->op.state != OP_DRAFT) {
		w->why = R_WRONG_STATE;
		return false;
	}
	if (!audit_add(db, w->op.organisation, w->by, w->now, "operation.discard", "operation", w->id.v, w->op.name))
		return false;
	for (size_t i = 0; i < NITEMS(drops); i++)
		if (db_write(db, &q[drops[i]], IN(V_U(w->id.v)), NULL) != WROTE)
			return false;
	return true;
}

enum saved
operation_finish(struct db *db, struct operation_id id, struct user_id by, int64_t now, enum refusal *why, struct arena *a)
{
	struct op_write w = { .id = id, .by = by, .now = now, .arena = a };
	return op_run(db, finish, &w, why);
}

enum saved
operation_discard(struct db *db, struct operation_id id, struct user_id by, int64_t now, enum refusal *why, struct arena *a)
{
	struct op_write w = { .id = id, .by = by, .now = now, .arena = a };
	return op_run(db, discard, &w, why);
}

enum saved
operation_pause(struct db *db, struct operation_id id, struct user_id by, int64_t now, enum refusal *why, struct arena *a)
{
	struct change c = { { .id = id, .by = by, .now = now, .arena = a }, OP_PAUSED, "paused", "operation.pause" };
	return op_run(db, change_state, &c.w, why);
}

enum saved
operation_resume(struct db *db, struct operation_id id, struct user_id by, int64_t now, enum refusal *why, struct arena *a)
{
	struct change c = { { .id = id, .by = by, .now = now, .arena = a }, OP_ACTIVE, "active", "operation.resume" };
	return op_run(db, change_state, &c.w, why);
}

enum saved
operation_archive(struct db *db, struct operation_id id, struct user_id by, int64_t now, enum refusal *why, struct arena *a)
{
	struct change c = { { .id = id, .by = by, .now = now, .arena = a }, OP_ARCHIVED, "archived", "operation.archive" };
	return op_run(db, change_state, &c.w, why);
}

enum saved
operation_restore(struct db *db, struct operation_id id, struct user_id by, int64_t now, enum refusal *why, struct arena *a)
{
	struct op_write w = { .id = id, .by = by, .now = now, .arena = a };
	return op_run(db, restore, &w, why);
}
