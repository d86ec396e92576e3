/*
 * queue_exclude.c - what follows for the call lists when something about people changes: rules that match now take
 * them off at once, rules that no longer match give them back, numbers that must not be called are not dialled.
 * All in the caller's transaction. Locks in the order entry, then hold; entries in the order of their ids.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"

#include "domain/queue_change.h"
#include "domain/queue_in.h"

enum { OPERATIONS_MOST = 1000, CHUNK = 500 };

enum { Q_OPERATIONS, Q_OFF, Q_RETURN, Q_NUMBER, Q_DIAL, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_OPERATIONS] = { "u", "u", "SELECT o.id FROM operation o WHERE o.organisation_id = ? AND o.state <> 'archived'"
	    " AND EXISTS (SELECT 1 FROM exclusion_rule r WHERE r.operation_id = o.id) ORDER BY o.id" },
	[Q_OFF] = { "uu", "", "UPDATE entry SET state = 'removed', band = 9, reason = ? WHERE id = ?" },
	/* the call that is going on is still saved; then they stay out */
	[Q_RETURN] = { "uu", "", "UPDATE entry e JOIN hold h ON h.person_id = e.person_id AND h.entry_id = e.id"
	    " SET h.state = 'removed', h.band = 9, e.reason = ? WHERE e.id = ?" },
	[Q_NUMBER] = { "uu", "s", "SELECT f.e164 FROM phone f WHERE f.person_id = ? AND f.state = 'ok' AND NOT EXISTS"
	    " (SELECT 1 FROM suppression s WHERE s.organisation_id = ? AND s.e164 = f.e164) ORDER BY f.position, f.id LIMIT 1" },
	[Q_DIAL] = { "su", "", "UPDATE entry SET e164 = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

/* --- lists of ids, bound --- */

struct ids { struct val *v; size_t n; const char *marks; };

static struct ids
ids_new(size_t room, struct arena *a)
{
	return (struct ids){ .v = arena_alloc(a, (room + 1) * sizeof(struct val)) };
}

static void
ids_marks(struct ids *x, struct arena *a)
{
	char *text = arena_alloc(a, x->n * 2 + 1);

	for (size_t i = 0; i < x->n; i++) {
		text[i * 2] = '?';
		text[i * 2 + 1] = i + 1 < x->n ? ',' : '\0';
	}
	x->marks = text;
}

static bool
rows_where(struct db *db, const char *fmt, const char *out, const struct ids *one, const struct ids *two, struct rows *rs,
    struct arena *a)
{
	size_t n = one->n + (two == NULL ? 0 : two->n);
	struct val *in = arena_alloc(a, (n + 1) * sizeof(*in));
	char *sql;

	memcpy(in, one->v, one->n * sizeof(*in));
	if (two != NULL)
		memcpy(in + one->n, two->v, two->n * sizeof(*in));
	sql = arena_fmt(a, fmt, one->marks, two == NULL ? "" : two->marks);
	return db_rows_of(db, sql, out, in, n, a, rs);
}

static bool
operations_with_rules(struct db *db, struct organisation_id org, struct ids *out, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_OPERATIONS], IN(V_U(org.v)), a, &rs))
		return false;
	*out = ids_new(rs.n, a);
	for (size_t i = 0; i < rs.n && i < OPERATIONS_MOST; i++)
		out->v[out->n++] = V_U(row_u(&rs.row[i], 0));
	ids_marks(out, a);
	return true;
}

/* These people and whoever lives with them. */
static bool
with_households(struct db *db, const struct person_id *people, size_t n, struct ids *out, struct arena *a)
{
	struct ids given = ids_new(n, a);
	struct rows rs;

	for (size_t i = 0; i < n; i++)
		given.v[given.n++] = V_U(people[i].v);
	ids_marks(&given, a);
	if (!rows_where(db, "SELECT h.id FROM person p JOIN person h ON h.household_id = p.household_id WHERE p.id IN (%s)"
	    " UNION SELECT p.id FROM person p WHERE p.id IN (%s)", "u", &given, &given, &rs, a))
		return false;
	*out = ids_new(rs.n, a);
	for (size_t i = 0; i < rs.n; i++)
		out->v[out->n++] = V_U(row_u(&rs.row[i], 0));
	ids_marks(out, a);
	return true;
}

/* --- rules --- */

/* Entries of one operation, one after another in `rs` from row `from` on; their statuses by its rules. */
static bool
match(struct db *db, const struct rows *rs, size_t from, size_t n, const struct exclusion *rules, size_t nrules,
    enum status *out, struct arena *a)
{
	struct person_id *who = arena_alloc(a, (n + 1) * sizeof(*who));

	for (size_t i = 0; i < n; i++)
		who[i].v = row_u(&rs->row[from + i], 2);
	return exclusion_match(db, rules, nrules, who, n, out, a);
}

static size_t
run_of_operation(const struct rows *rs, size_t from)
{
	size_t n = 0;

	while (from + n < rs->n && row_u(&rs->row[from + n], 1) == row_u(&rs->row[from], 1))
		n++;
	return n;
}

static bool
take_off(struct db *db, const struct rows *rs, size_t from, size_t n, const enum status *why)
{
	struct operation_id op = { row_u(&rs->row[from], 1) };
	unsigned moved[QS_REMOVED + 1] = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct row *r = &rs->row[from + i];
		enum queue_state state = queue_state_of(row_s(r, 3));
		if (why[i] == ST_NONE)
			continue;
		if (db_write(db, &q[state == QS_HELD ? Q_RETURN : Q_OFF], IN(V_U(why[i]), V_U(row_u(r, 0))), NULL) != WROTE ||
		    !entry_log(db, op, row_u(r, 0)))
			return false;
		moved[state] += state != QS_HELD;
	}
	return (moved[QS_READY] == 0 || queue_tally_shift(db, op, QS_READY, QS_REMOVED, moved[QS_READY])) &&
	    (moved[QS_WAITING] == 0 || queue_tally_shift(db, op, QS_WAITING, QS_REMOVED, moved[QS_WAITING]));
}

static bool
exclude_chunk(struct db *db, struct organisation_id org, const struct person_id *people, size_t npeople, struct arena *a)
{
	struct ids ops, who;
	struct rows rs;

	if (!operations_with_rules(db, org, &ops, a) || (ops.n > 0 && !with_households(db, people, npeople, &who, a)))
		return false;
	if (ops.n == 0 || who.n == 0)
		return true;
	if (!rows_where(db, "SELECT e.id, e.operation_id, e.person_id, e.state FROM entry e FORCE INDEX (by_person)"
	    " WHERE e.person_id IN (%s) AND e.operation_id IN (%s) AND e.state IN ('ready', 'waiting', 'held')"
	    " ORDER BY e.operation_id, e.id FOR UPDATE", "uuus", &who, &ops, &rs, a))
		return false;
	for (size_t from = 0, n; from < rs.n; from += n) {
		enum status *why;
		struct exclusion *rules;
		size_t nrules;
		n = run_of_operation(&rs, from);
		why = arena_alloc(a, (n + 1) * sizeof(*why));
		if (!exclusion_rules(db, (struct operation_id){ row_u(&rs.row[from], 1) }, &rules, &nrules, a) ||
		    !match(db, &rs, from, n, rules, nrules, why, a) || !take_off(db, &rs, from, n, why))
			return false;
	}
	return true;
}

bool
queue_exclude(struct db *db, struct organisation_id org, const struct person_id *people, size_t n, struct arena *a)
{
	for (size_t from = 0; from < n; from += CHUNK)
		if (!exclude_chunk(db, org, people + from, n - from < CHUNK ? n - from : CHUNK, a))
			return false;
	return true;
}

/* Is that the status of a rule about the vote? One by which organisers remove people by hand is not told apart. */
static bool
by_vote(const struct exclusion *rules, size_t n, enum status reason)
{
	for (size_t i = 0; i < n; i++)
		if (rules[i].criterion == CR_VOTED && rules[i].status == reason && reason != ST_REMOVED_BY_HAND)
			return true;
	return false;
}

static bool
readmit_run(struct db *db, struct organisation_id org, const struct rows *rs, size_t from, size_t n, int64_t now,
    struct arena *a)
{
	struct operation_id op = { row_u(&rs->row[from], 1) };
	enum status *still = arena_alloc(a, (n + 1) * sizeof(*still));
	struct exclusion *rules;
	size_t nrules;

	if (!exclusion_rules(db, op, &rules, &nrules, a) || !match(db, rs, from, n, rules, nrules, still, a))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct entry_id entry = { row_u(&rs->row[from + i], 0) };
		struct queue_locked l;
		enum refusal why;
		if (still[i] != ST_NONE || !by_vote(rules, nrules, (enum status)row_u(&rs->row[from + i], 3)))
			continue;
		if (queue_lock(db, op, entry, &l, a) != FOUND)
			return false;
		if (l.returns == QS_REMOVED && !queue_restore(db, org, &l, now, &why, a))
			return false;
	}
	return true;
}

bool
queue_readmit(struct db *db, struct organisation_id org, const struct person_id *people, size_t n, int64_t now, struct arena *a)
{
	for (size_t at = 0; at < n; at += CHUNK) {
		size_t some = n - at < CHUNK ? n - at : CHUNK;
		struct ids ops, who;
		struct rows rs;
		if (!operations_with_rules(db, org, &ops, a) || (ops.n > 0 && !with_households(db, people + at, some, &who, a)))
			return false;
		if (ops.n == 0 || who.n == 0)
			return true;
		if (!rows_where(db, "SELECT e.id, e.operation_id, e.person_id, e.reason FROM entry e FORCE INDEX (by_person)"
		    " WHERE e.person_id IN (%s) AND e.operation_id IN (%s) AND e.state IN ('removed', 'held')"
		    " ORDER BY e.operation_id, e.id FOR UPDATE", "uuuu", &who, &ops, &rs, a))
			return false;
		for (size_t from = 0, run; from < rs.n; from += run) {
			run = run_of_operation(&rs, from);
			if (!readmit_run(db, org, &rs, from, run, now, a))
				return false;
		}
	}
	return true;
}

/* --- do not call --- */

/* The next number of these people that may be called is dialled instead; who has none is off the list. */
static bool
silence_rows(struct db *db, struct organisation_id org, const struct rows *rs, bool whole_person, struct arena *a)
{
	struct person_id *other = arena_alloc(a, (rs->n + 1) * sizeof(*other));
	size_t n = 0;

	for (size_t i = 0; i < rs->n; i++) {
		const struct row *r = &rs->row[i];
		struct operation_id op = { row_u(r, 1) };
		enum queue_state state = queue_state_of(row_s(r, 3));
		enum found f = NONE;
		struct row number;
		if (!whole_person)
			f = db_row(db, &q[Q_NUMBER], IN(V_U(row_u(r, 2)), V_U(org.v)), a, &number);
		if (f == FAILED)
			return false;
		if (f == FOUND) {
			if (db_write(db, &q[Q_DIAL], IN(V_S(row_s(&number, 0)), V_U(row_u(r, 0))), NULL) != WROTE)
				return false;
			other[n++].v = row_u(r, 2);
		} else if (db_write(db, &q[state == QS_HELD ? Q_RETURN : Q_OFF], IN(V_U(ST_DNC), V_U(row_u(r, 0))), NULL) != WROTE ||
		    (state != QS_HELD && !queue_tally_move(db, op, state, QS_REMOVED)) || !entry_log(db, op, row_u(r, 0)))
			return false;
	}
	return queue_zone_moved(db, org, other, n, a);
}

static bool
living_operations(struct db *db, struct organisation_id org, struct ids *out, struct arena *a)
{
	struct rows rs;

	*out = ids_new(OPERATIONS_MOST, a);
	if (!db_rows_of(db, "SELECT id FROM operation WHERE organisation_id = ? AND state <> 'archived' ORDER BY id", "u",
	    IN(V_U(org.v)), a, &rs))
		return false;
	for (size_t i = 0; i < rs.n && i < OPERATIONS_MOST; i++)
		out->v[out->n++] = V_U(row_u(&rs.row[i], 0));
	ids_marks(out, a);
	return true;
}

#define ON_A_LIST " AND e.operation_id IN (%s) AND e.state IN ('ready', 'waiting', 'held') ORDER BY e.id FOR UPDATE"

bool
queue_silence_numbers(struct db *db, struct organisation_id org, const char *const *e164, size_t n, struct arena *a)
{
	struct ids numbers = ids_new(n, a), ops;
	struct rows rs;

	for (size_t i = 0; i < n; i++)
		numbers.v[numbers.n++] = V_S(e164[i]);
	ids_marks(&numbers, a);
	if (!living_operations(db, org, &ops, a))
		return false;
	return n == 0 || ops.n == 0 || (rows_where(db, "SELECT e.id, e.operation_id, e.person_id, e.state"
	    " FROM (SELECT DISTINCT person_id, e164 FROM phone FORCE INDEX (by_number) WHERE e164 IN (%s)) f"
	    " JOIN entry e FORCE INDEX (by_person) ON e.person_id = f.person_id AND e.e164 = f.e164 WHERE TRUE" ON_A_LIST, "uuus", &numbers, &ops, &rs, a) &&
	    silence_rows(db, org, &rs, false, a));
}

bool
queue_silence_person(struct db *db, struct organisation_id org, struct person_id person, struct arena *a)
{
	struct ids who = ids_new(1, a), ops;
	struct rows rs;

	who.v[who.n++] = V_U(person.v);
	ids_marks(&who, a);
	if (!living_operations(db, org, &ops, a))
		return false;
	return ops.n == 0 || (rows_where(db, "SELECT e.id, e.operation_id, e.person_id, e.state"
	    " FROM entry e FORCE INDEX (by_person) WHERE e.person_id IN (%s)" ON_A_LIST, "uuus", &who, &ops, &rs, a) &&
	    silence_rows(db, org, &rs, true, a));
}
