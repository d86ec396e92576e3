/*
 * queue_dial.c - another number of the person held. The hold's unique key says whether somebody else is on that line.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/queue_change.h"
#include "domain/queue_in.h"

enum { Q_ENTRY, Q_HOLD, Q_NUMBER, Q_BUSY, Q_DIAL, Q_ENTRY_DIAL, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ENTRY] = { "uu", "u", "SELECT person_id FROM entry WHERE id = ? AND operation_id = ? FOR UPDATE" },
	[Q_HOLD] = { "uuui", "s", "SELECT e164 FROM hold WHERE user_id = ? AND operation_id = ? AND entry_id = ? AND held_until > ? FOR UPDATE" },
	[Q_NUMBER] = { "usu", "u", "SELECT f.id FROM phone f WHERE f.person_id = ? AND f.e164 = ? AND f.state = 'ok'"
	    " AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.organisation_id = ? AND s.e164 = f.e164)" },
	[Q_BUSY] = { "s", "u", "SELECT entry_id FROM hold WHERE e164 = ?" },
	[Q_DIAL] = { "suu", "", "UPDATE hold SET e164 = ? WHERE user_id = ? AND operation_id = ?" },
	[Q_ENTRY_DIAL] = { "su", "", "UPDATE entry SET e164 = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

struct dial {
	const struct operation *op;
	struct user_id user;
	struct entry_id entry;
	const char *e164;
	int64_t now;
	enum refusal why;
	bool already;
	struct arena *a;
};

static bool
refuse(struct dial *x, enum refusal why)
{
	x->why = why;
	return false;
}

static bool
dial(struct db *db, void *ctx)
{
	struct dial *x = ctx;
	struct row r, person;
	enum found f;

	x->why = R_NONE;
	x->already = false;
	if ((f = db_row(db, &q[Q_ENTRY], IN(V_U(x->entry.v), V_U(x->op->id.v)), x->a, &person)) == FOUND)
		f = db_row(db, &q[Q_HOLD], IN(V_U(x->user.v), V_U(x->op->id.v), V_U(x->entry.v), V_I(x->now)), x->a, &r);
	if (f != FOUND)
		return f == NONE ? refuse(x, R_NOT_FOUND) : false;
	if (strcmp(row_s(&r, 0), x->e164) == 0) {
		x->already = true;
		return false;
	}
	f = db_row(db, &q[Q_NUMBER], IN(V_U(row_u(&person, 0)), V_S(x->e164), V_U(x->op->organisation.v)), x->a, &r);
	if (f != FOUND)
		return f == NONE ? refuse(x, R_NOT_FOUND) : false;
	if ((f = db_row(db, &q[Q_BUSY], IN(V_S(x->e164)), x->a, &r)) != NONE)
		return f == FOUND ? refuse(x, R_NUMBER_BUSY) : false;
	switch (db_write(db, &q[Q_DIAL], IN(V_S(x->e164), V_U(x->user.v), V_U(x->op->id.v)), NULL)) {
	case WROTE:	break;
	case DUPLICATE: return refuse(x, R_NUMBER_BUSY);	/* since this instant */
	case NOT_WRITTEN: return false;
	}
	return db_write(db, &q[Q_ENTRY_DIAL], IN(V_S(x->e164), V_U(x->entry.v)), NULL) == WROTE &&
	    queue_zone_moved(db, x->op->organisation, &(struct person_id){ row_u(&person, 0) }, 1, x->a) &&
	    audit_add(db, x->op->organisation, x->user, x->now, "call.number", "entry", x->entry.v, "");
}

enum saved
queue_dial(struct db *db, const struct operation *op, struct user_id user, struct entry_id entry, const char *e164, int64_t now,
    enum refusal *why, struct arena *a)
{
	struct dial x = { .op = op, .user = user, .entry = entry, .e164 = e164, .now = now, .a = a };
	enum tx t = tx_write(db, dial, &x);

	*why = x.why;
	return t == TX_REFUSED && x.already ? ALREADY : saved_of(t, x.why);
}
