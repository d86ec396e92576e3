/*
 * record_phone.c - a person's numbers: kind, order, and whether each may be called.
 */
#include "domain/record.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/queue_change.h"
#include "domain/queue_numbers.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/phone.h"

enum { Q_LIST, Q_PERSON, Q_ADD, Q_SET, Q_POSITION, Q_REMOVE, Q_TOUCH, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LIST] = { "uuu", "ussssu", "SELECT f.id, f.kind, f.e164, f.extension, f.state, s.id FROM phone f"
	    " JOIN person p ON p.id = f.person_id AND p.organisation_id = ?"
	    " LEFT JOIN suppression s ON s.organisation_id = ? AND s.e164 = f.e164"
	    " WHERE f.person_id = ? ORDER BY f.position, f.id" },
	[Q_PERSON] = { "uu", "u", "SELECT id FROM person WHERE organisation_id = ? AND id = ? FOR UPDATE" },
	[Q_ADD] = { "uusss", "", "INSERT INTO phone (person_id, position, kind, e164, extension) VALUES (?, ?, ?, ?, ?)" },
	[Q_SET] = { "ssu", "", "UPDATE phone SET kind = ?, state = ? WHERE id = ?" },
	[Q_POSITION] = { "uu", "", "UPDATE phone SET position = ? WHERE id = ?" },
	[Q_REMOVE] = { "u", "", "DELETE FROM phone WHERE id = ?" },
	[Q_TOUCH] = { "iu", "", "UPDATE person SET updated_at = GREATEST(?, updated_at + 1) WHERE id = ?" },
};
DB_STATEMENTS(q)

static const char *const states[PHONE_STATES] = { "ok", "wrong", "forbidden" };

const char *
phone_state_code(enum phone_state s)
{
	return states[s];
}

bool
record_phones(struct db *db, struct organisation_id org, struct person_id id, struct record_phone **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_LIST], IN(V_U(org.v), V_U(org.v), V_U(id.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		unsigned s = 0;
		while (s < PHONE_STATES - 1 && strcmp(states[s], row_s(r, 4)) != 0)
			s++;
		(*out)[i] = (struct record_phone){ row_u(r, 0), row_s(r, 1), row_s(r, 2), row_s(r, 3), (enum phone_state)s, !row_is_null(r, 5) };
	}
	return true;
}

enum act { ADD, SET, FIRST, REMOVE };
struct work {
	const struct record_by *by;
	enum act act;
	uint64_t phone;
	const char *kind;
	enum phone_state state;
	struct phone_number number;
	struct record_phone *list;
	size_t n;
	bool changed;
	enum refusal why;
	struct arena *a;
};

static bool
note(struct db *db, const struct work *x, const char *verb, const char *detail)
{
	return audit_add(db, x->by->organisation, x->by->user, x->by->now, verb, "person", x->by->person.v, detail);
}

static bool
add(struct db *db, struct work *x)
{
	for (size_t i = 0; i < x->n; i++)
		if (strcmp(x->list[i].e164, x->number.e164) == 0)
			return true;
	if (x->n >= RECORD_PHONES_MAX) {
		x->why = R_TOO_MANY_PHONES;
		return false;
	}
	x->changed = true;
	return db_write(db, &q[Q_ADD], IN(V_U(x->by->person.v), V_U(x->n + 1), V_S(x->kind), V_S(x->number.e164),
	    V_S(x->number.extension)), NULL) == WROTE &&
	    note(db, x, "phone.add", arena_fmt(x->a, "%s: %s", x->kind, x->number.e164));
}

static bool
set(struct db *db, struct work *x, const struct record_phone *ph)
{
	if (strcmp(ph->kind, x->kind) == 0 && ph->state == x->state)
		return true;
	x->changed = true;
	return db_write(db, &q[Q_SET], IN(V_S(x->kind), V_S(states[x->state]), V_U(ph->id)), NULL) == WROTE &&
	    note(db, x, "phone.edit", arena_fmt(x->a, "%s: %s, %s -> %s, %s", ph->e164, ph->kind, states[ph->state], x->kind, states[x->state]));
}

/* Puts everything in order behind it: positions are 1, 2, 3 ... afterwards. */
static bool
first(struct db *db, struct work *x, size_t at)
{
	unsigned position = 1;

	if (at == 0)
		return true;
	x->changed = true;
	if (db_write(db, &q[Q_POSITION], IN(V_U(position), V_U(x->list[at].id)), NULL) != WROTE)
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (i != at && db_write(db, &q[Q_POSITION], IN(V_U(++position), V_U(x->list[i].id)), NULL) != WROTE)
			return false;
	return note(db, x, "phone.first", x->list[at].e164);
}

static bool
act(struct db *db, void *ctx)
{
	struct work *x = ctx;
	struct row r;
	size_t at = 0;
	bool ok = false;

	x->why = R_NONE;
	x->changed = false;
	switch (db_row(db, &q[Q_PERSON], IN(V_U(x->by->organisation.v), V_U(x->by->person.v)), x->a, &r)) {
	case FOUND:	break;
	case NONE:	x->why = R_NOT_FOUND; return false;
	case FAILED:	return false;
	}
	if (!record_phones(db, x->by->organisation, x->by->person, &x->list, &x->n, x->a))
		return false;
	while (at < x->n && x->list[at].id != x->phone)
		at++;
	if (x->act != ADD && at == x->n) {
		x->why = R_NOT_FOUND;
		return false;
	}
	switch (x->act) {
	case ADD:	ok = add(db, x); break;
	case SET:	ok = set(db, x, &x->list[at]); break;
	case FIRST:	ok = first(db, x, at); break;
	case REMOVE:
		x->changed = true;
		ok = db_write(db, &q[Q_REMOVE], IN(V_U(x->phone)), NULL) == WROTE && note(db, x, "phone.remove", x->list[at].e164);
		break;
	}
	if (!ok || !x->changed)
		return ok;
	return db_write(db, &q[Q_TOUCH], IN(V_I(x->by->now), V_U(x->by->person.v)), NULL) == WROTE &&
	    queue_numbers_changed(db, x->by->organisation, x->by->user, x->by->person, x->by->now, x->a) &&
	    queue_exclude(db, x->by->organisation, &x->by->person, 1, x->a);
}

static enum saved
run(struct db *db, struct work *x, enum refusal *why)
{
	enum tx t = tx_write(db, act, x);
	enum saved s = saved_of(t, x->why);

	*why = x->why;
	return s == SAVED && !x->changed ? ALREADY : s;
}

static bool
kind_known(const char *kind)
{
	return strcmp(kind, "home") == 0 || strcmp(kind, "cell") == 0 || strcmp(kind, "work") == 0;
}

enum saved
record_add_phone(struct db *db, const struct record_by *by, const char *kind, const char *number, enum refusal *why, struct arena *a)
{
	static const enum refusal said[] = { [PHONE_EMPTY] = R_MISSING, [PHONE_WORDS] = R_PHONE_WORDS, [PHONE_LETTERS] = R_PHONE_LETTERS,
		[PHONE_EMERGENCY] = R_PHONE_EMERGENCY, [PHONE_IMPOSSIBLE] = R_PHONE_IMPOSSIBLE };
	struct work x = { .by = by, .act = ADD, .kind = kind, .a = a };
	enum phone_verdict v = phone_parse(number, "CA", &x.number);

	*why = v != PHONE_OK ? said[v] : !kind_known(kind) ? R_NOT_A_CHOICE : R_NONE;
	return *why == R_NONE ? run(db, &x, why) : REFUSED;
}

enum saved
record_set_phone(struct db *db, const struct record_by *by, uint64_t phone, const char *kind, enum phone_state state,
    enum refusal *why, struct arena *a)
{
	struct work x = { .by = by, .act = SET, .phone = phone, .kind = kind, .state = state, .a = a };

	*why = kind_known(kind) ? R_NONE : R_NOT_A_CHOICE;
	return *why == R_NONE ? run(db, &x, why) : REFUSED;
}

enum saved
record_first_phone(struct db *db, const struct record_by *by, uint64_t phone, enum refusal *why, struct arena *a)
{
	struct work x = { .by = by, .act = FIRST, .phone = phone, .kind = "", .a = a };

	return run(db, &x, why);
}

enum saved
record_remove_phone(struct db *db, const struct record_by *by, uint64_t phone, enum refusal *why, struct arena *a)
{
	struct work x = { .by = by, .act = REMOVE, .phone = phone, .kind = "", .a = a };

	return run(db, &x, why);
}
