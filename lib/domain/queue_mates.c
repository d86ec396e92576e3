/*
 * queue_mates.c - one call for a household that shares a number: what it means for the others on the list.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/seal.h"

#include "domain/queue_in.h"

#define MATE_CHARS	183	/* as save_and_claim reads them */

enum { Q_MATE, Q_OTHER_NUMBER, Q__MAX };
static struct stmt q[Q__MAX] = {
	/* On this list, in this household, at this number, with nobody, and not before their time (fact 50). */
	[Q_MATE] = { "uusui", "uusubu", "SELECT e.id, e.person_id, e.state, e.attempts * 256 + e.reason, e.retries_used, e.zone FROM entry e"
	    " JOIN entry m ON m.id = ? AND m.household_id = e.household_id AND m.id <> e.id"
	    " WHERE e.id = ? AND e.e164 = ? AND e.operation_id = ? AND (e.state = 'ready'"
	    "  OR (e.state = 'waiting' AND e.due_at <= ?))" },
	[Q_OTHER_NUMBER] = { "uus", "s", "SELECT f.e164 FROM phone f WHERE f.person_id = ? AND f.state = 'ok'"
	    " AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.organisation_id = ? AND s.e164 = f.e164)"
	    " AND f.e164 <> ? ORDER BY f.position, f.id LIMIT 1" },
};
DB_STATEMENTS(q)

enum found
queue_other_number(struct db *db, struct organisation_id org, struct person_id person, const char *not_e164, const char **out,
    struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_OTHER_NUMBER], IN(V_U(person.v), V_U(org.v), V_S(not_e164)), a, &r);

	*out = f == FOUND ? row_s(&r, 0) : "";
	return f;
}

int64_t
queue_callback(int64_t callback_at, unsigned keep_minutes)
{
	return callback_at == 0 ? 0 : callback_at + (int64_t)keep_minutes * MINUTE_US;
}

void
queue_mate_key(const unsigned char call_key[FORM_KEY_BYTES], struct entry_id entry, unsigned char out[FORM_KEY_BYTES])
{
	struct { unsigned char call[FORM_KEY_BYTES]; uint64_t entry; } what = { .entry = entry.v };
	unsigned char mark[32];

	memcpy(what.call, call_key, FORM_KEY_BYTES);
	seal_mark("mate", &what, sizeof(what), mark);
	memcpy(out, mark, FORM_KEY_BYTES);
}

/* An outcome of the line, not of the one person on it. */
static bool
shares(enum status s)
{
	return s != ST_COMPLETED && s != ST_DNC && s != ST_DECEASED && s != ST_REMOVE;
}

static unsigned
code_of(enum queue_state s)
{
	return s == QS_READY ? 1 : s == QS_WAITING ? 2 : s == QS_DONE ? 3 : 4;
}

/* NONE: no such mate, whatever the form says. */
static enum found
read_mate(struct db *db, const struct queue_call *c, struct entry_id mate, struct row *r, struct arena *a)
{
	return db_row(db, &q[Q_MATE], IN(V_U(c->entry.v), V_U(mate.v), V_S(c->e164), V_U(c->op->id.v), V_I(c->now)), a, r);
}

static bool
add(struct db *db, const struct queue_call *c, const struct row *r, struct buf *b, struct arena *a)
{
	struct entry_id mate = { row_u(r, 0) };
	struct person_id person = { row_u(r, 1) };
	enum queue_state was = queue_state_of(row_s(r, 2));
	struct fold fold = { .state = was, .reason = (enum status)(row_u(r, 3) & 255), .attempts = (unsigned)(row_u(r, 3) >> 8) };
	unsigned char retries[RETRIES_BYTES], key[FORM_KEY_BYTES];
	const char *next = "";
	const void *bytes;
	unsigned zone;
	size_t n;

	bytes = row_b(r, 4, &n);
	queue_retries_read(&fold.retries, bytes, n);
	if (c->status == ST_WRONG_NUMBER && queue_other_number(db, c->op->organisation, person, c->e164, &next, a) == FAILED)
		return false;
	if (next[0] != '\0' && !queue_zone_follow(db, c->op, mate, next, &zone, a))
		return false;
	queue_mate_key(c->form_key, mate, key);
	buf_fmt(b, "%020llu%020llu%05u%03u%1u", (unsigned long long)mate.v, (unsigned long long)person.v, fold.attempts,
	    (unsigned)fold.reason, code_of(was));
	fold_attempt(&fold, c->rule, c->status, c->now, queue_callback(c->callback_at, c->keep_minutes), next[0] != '\0');
	n = queue_retries_write(&fold.retries, retries);
	buf_fmt(b, "%1u%1u%017lld%03u%-64s%-16s%s", code_of(fold.state), (unsigned)fold.band,
	    (long long)(fold.state == QS_WAITING ? fold.due_at : c->now), (unsigned)fold.reason, seal_hex(a, retries, n), next,
	    seal_hex(a, key, sizeof(key)));
	return true;
}

bool
queue_mates(struct db *db, struct queue_call *c, const struct entry_id *mates, size_t n, struct queue_first next[MATES_MAX],
    size_t *nnext, struct arena *a)
{
	struct buf b;

	c->mates = NULL;
	*nnext = 0;
	if (n == 0)
		return true;
	buf_init_in(&b, a, MATES_MAX * MATE_CHARS + 64);
	for (size_t i = 0; i < n && i < MATES_MAX; i++) {
		bool twice = false;
		struct row r;

		for (size_t k = 0; k < i; k++)
			twice |= mates[k].v == mates[i].v;
		switch (twice ? NONE : read_mate(db, c, mates[i], &r, a)) {
		case FOUND:	break;
		case NONE:	continue;
		case FAILED:	return false;
		}
		if (!shares(c->status))
			next[(*nnext)++] = (struct queue_first){ mates[i], (unsigned)row_u(&r, 5) };
		else if (!add(db, c, &r, &b, a))
			return false;
	}
	if (b.len > 0)
		c->mates = b.data;
	return !b.full;
}
