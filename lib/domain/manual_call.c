/*
 * manual_call.c - calls outside operations.
 */
#include "domain/manual_call.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/queue_numbers.h"
#include "domain/suppression.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/seal.h"

enum { KEY_BYTES = 16 };
enum { Q_NUMBER, Q_FORM, Q_ADD, Q_FORBID, Q_DECEASED, Q_WRONG, Q_UNASKED, Q_SET_UNASKED, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_NUMBER] = { "uuu", "usssu", "SELECT f.id, f.e164, f.extension, p.time_zone,"
	    " p.calls_forbidden OR p.deceased OR f.state = 'forbidden' OR s.id IS NOT NULL"
	    " FROM person p JOIN phone f ON f.person_id = p.id"
	    " LEFT JOIN suppression s ON s.organisation_id = p.organisation_id AND s.e164 = f.e164"
	    " WHERE p.organisation_id = ? AND p.id = ? AND f.id = ?" },
	[Q_FORM] = { "b", "u", "SELECT id FROM attempt WHERE form_key = ?" },
	[Q_ADD] = { "uususiibs", "", "INSERT INTO attempt (person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key, note)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	[Q_FORBID] = { "iu", "", "UPDATE person SET calls_forbidden = TRUE, updated_at = GREATEST(?, updated_at + 1) WHERE id = ?" },
	[Q_DECEASED] = { "iu", "", "UPDATE person SET deceased = TRUE, updated_at = GREATEST(?, updated_at + 1) WHERE id = ?" },
	[Q_WRONG] = { "u", "", "UPDATE phone SET state = 'wrong' WHERE id = ?" },
	[Q_UNASKED] = { "u", "u", "SELECT call_unasked FROM user WHERE id = ?" },
	[Q_SET_UNASKED] = { "uu", "", "UPDATE user SET call_unasked = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

enum found
manual_number(struct db *db, const struct record_by *by, uint64_t phone, struct manual_number *out, enum refusal *why, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_NUMBER], IN(V_U(by->organisation.v), V_U(by->person.v), V_U(phone)), a, &r);

	*why = R_NONE;
	if (f != FOUND)
		return f;
	*out = (struct manual_number){ row_u(&r, 0), row_s(&r, 1), row_s(&r, 2), row_s(&r, 3) };
	if (row_u(&r, 4) != 0)
		*why = R_NOT_TO_BE_CALLED;
	return FOUND;
}

static void
key_of(const struct record_by *by, uint64_t phone, int64_t begun_at, unsigned char out[KEY_BYTES])
{
	struct { uint64_t user, person, phone; int64_t begun_at; } what = { by->user.v, by->person.v, phone, begun_at };
	unsigned char mark[32];

	seal_mark("manual call", &what, sizeof(what), mark);
	memcpy(out, mark, KEY_BYTES);
}

const char *
manual_form_key(struct arena *a, const struct record_by *by, uint64_t phone, int64_t begun_at)
{
	unsigned char key[KEY_BYTES];

	key_of(by, phone, begun_at, key);
	return seal_hex(a, key, sizeof(key));
}

bool
manual_status(enum status s)
{
	return s < ST__MAX && status_by(s) == S_AGENT && s != ST_REMOVE;
}

struct save {
	const struct record_by *by;
	const struct manual_call *call;
	unsigned char key[KEY_BYTES];
	bool already;
	enum refusal why;
	struct arena *a;
};

/* What the call says about the record, at once and for every operation. */
static bool
mark(struct db *db, const struct save *x, const struct manual_number *n)
{
	const struct record_by *by = x->by;
	const char *verb;

	switch (x->call->status) {
	case ST_DNC:
		if (db_write(db, &q[Q_FORBID], IN(V_I(by->now), V_U(by->person.v)), NULL) != WROTE ||
		    !suppression_add(db, by->organisation, n->e164, by->person, "call", by->user, by->now))
			return false;
		verb = "person.do_not_call";
		break;
	case ST_DECEASED:
		if (db_write(db, &q[Q_DECEASED], IN(V_I(by->now), V_U(by->person.v)), NULL) != WROTE)
			return false;
		verb = "person.deceased";
		break;
	case ST_WRONG_NUMBER:
		if (db_write(db, &q[Q_WRONG], IN(V_U(n->phone)), NULL) != WROTE ||
		    !queue_numbers_changed(db, by->organisation, by->user, by->person, by->now, x->a))
			return false;
		verb = "phone.wrong";
		break;
	default:
		return true;
	}
	return audit_add(db, by->organisation, by->user, by->now, verb, "person", by->person.v, "");
}

static bool
save_work(struct db *db, void *ctx)
{
	struct save *x = ctx;
	const struct manual_call *c = x->call;
	struct manual_number n;
	struct row r;
	enum refusal forbidden;
	enum wrote w;

	x->already = false;
	x->why = R_NONE;
	switch (db_row(db, &q[Q_FORM], IN(V_B(x->key, KEY_BYTES)), x->a, &r)) {
	case FOUND:	x->already = true; return false;
	case FAILED:	return false;
	case NONE:	break;
	}
	switch (manual_number(db, x->by, c->phone, &n, &forbidden, x->a)) {
	case NONE:	x->why = R_NOT_FOUND; return false;
	case FAILED:	return false;
	case FOUND:	break;
	}
	w = db_write(db, &q[Q_ADD], IN(V_U(x->by->person.v), V_U(x->by->user.v), V_S(n.e164), V_U(c->status),
	    V_S(*n.zone == '\0' ? c->zone : n.zone), V_I(c->begun_at), V_I(x->by->now), V_B(x->key, KEY_BYTES), V_S(c->note)), NULL);
	x->already = w == DUPLICATE;
	return w == WROTE && mark(db, x, &n);
}

bool
manual_key_ok(const struct record_by *by, const struct manual_call *call)
{
	unsigned char ours[KEY_BYTES], given[KEY_BYTES];

	key_of(by, call->phone, call->begun_at, ours);
	return seal_unhex(call->form_key, given, sizeof(given)) && seal_equal(ours, given, sizeof(given));
}

enum saved
manual_save(struct db *db, const struct record_by *by, const struct manual_call *call, enum refusal *why, struct arena *a)
{
	struct save x = { .by = by, .call = call, .a = a };
	enum saved s;
	enum tx t;

	key_of(by, call->phone, call->begun_at, x.key);
	*why = !manual_key_ok(by, call) ? R_FORM_TOO_OLD : !manual_status(call->status) ? R_STATUS_UNKNOWN : R_NONE;
	if (*why != R_NONE)
		return REFUSED;
	t = tx_write(db, save_work, &x);
	s = saved_of(t, x.why);
	*why = x.why;
	return x.already ? ALREADY : s;
}

enum found
manual_unasked(struct db *db, struct user_id user, bool *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_UNASKED], IN(V_U(user.v)), a, &r);

	*out = f == FOUND && row_u(&r, 0) != 0;
	return f;
}

struct unasked { const struct record_by *by; bool unasked; };

static bool
unasked_work(struct db *db, void *ctx)
{
	const struct unasked *x = ctx;

	return db_write(db, &q[Q_SET_UNASKED], IN(V_U(x->unasked), V_U(x->by->user.v)), NULL) == WROTE &&
	    audit_add(db, x->by->organisation, x->by->user, x->by->now, x->unasked ? "user.call_unasked" : "user.call_asked", "user", x->by->user.v, "");
}

enum saved
manual_set_unasked(struct db *db, const struct record_by *by, bool unasked)
{
	struct unasked x = { by, unasked };

	return saved_of(tx_write(db, unasked_work, &x), R_NONE);
}
