/*
 * merge.c - one transaction makes one record of two. Locks both people in the order of their ids, then the entries.
 */
#include "domain/merge.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/queue_change.h"
#include "domain/queue_in.h"
#include "domain/queue_numbers.h"
#include "domain/record_in.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"
#include "plumb/text.h"

enum { DETAIL_CHARS = 1900 };

enum { Q_LOCK, Q_STATE, Q_SET, Q_ENTRIES, Q_GIVE, Q_OFF, Q_SHELL, Q_HOME, Q_PHONES, Q_PHONE_STATE, Q_PHONE_GIVE, Q_PHONE_DROP, Q_MERGE,
	Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LOCK] = { "uu", "usi", "SELECT id, kind, updated_at FROM person WHERE id = ? AND organisation_id = ? FOR UPDATE" },
	[Q_STATE] = { "u", "uiu", "SELECT has_voted, voted_at, contact_id FROM person WHERE id = ?" },
	[Q_SET] = { "uiuiu", "", "UPDATE person SET has_voted = ?, voted_at = ?, contact_id = ?, updated_at = GREATEST(?, updated_at + 1) WHERE id = ?" },
	[Q_ENTRIES] = { "uu", "uuusuiu", "SELECT id, operation_id, person_id, state, band, due_at, attempts FROM entry FORCE INDEX (by_person)"
	    " WHERE person_id IN (?, ?) ORDER BY operation_id, id FOR UPDATE" },
	[Q_GIVE] = { "uu", "", "UPDATE entry SET person_id = ? WHERE id = ?" },
	[Q_OFF] = { "uu", "", "UPDATE entry SET state = 'removed', band = 9, reason = ? WHERE id = ?" },
	[Q_SHELL] = { "u", "", "UPDATE entry SET e164 = '', household_id = NULL WHERE id = ?" },
	[Q_HOME] = { "u", "", "UPDATE entry e JOIN person p ON p.id = e.person_id SET e.household_id = p.household_id WHERE p.id = ?" },
	[Q_PHONES] = { "uu", "uuss", "SELECT id, person_id, e164, state FROM phone WHERE person_id IN (?, ?) ORDER BY position, id FOR UPDATE" },
	[Q_PHONE_STATE] = { "su", "", "UPDATE phone SET state = ? WHERE id = ?" },
	[Q_PHONE_GIVE] = { "uuu", "", "UPDATE phone SET person_id = ?, position = ? WHERE id = ?" },
	[Q_PHONE_DROP] = { "u", "", "DELETE FROM phone WHERE id = ?" },
	[Q_MERGE] = { "uuuui", "", "CALL merge_person(?, ?, ?, ?, ?)" },
};
DB_STATEMENTS(q)

struct merge {
	const struct record_by *by;
	struct person_id gone, kept;	/* kept: what there is afterwards */
	const struct merge_choice *choice;
	struct merge_pair *pair;
	bool already;
	enum refusal why;
	struct arena *a;
};

unsigned
merge_rank(enum queue_state s, unsigned band)
{
	switch (s) {
	case QS_DONE:	 return 4;
	case QS_REMOVED: return 3;
	case QS_WAITING: return band == BAND_APPOINTMENT ? 2 : 1;
	default:	 return 0;
	}
}

static bool
refuse(struct merge *x, enum refusal why)
{
	x->why = why;
	return false;
}

/* --- both are there, and as they were seen --- */

static bool
lock_one(struct db *db, struct merge *x, struct person_id id, struct row *r, enum found *f)
{
	*f = db_row(db, &q[Q_LOCK], IN(V_U(id.v), V_U(x->by->organisation.v)), x->a, r);
	return *f != FAILED;
}

static bool
lock_both(struct db *db, struct merge *x)
{
	bool first = x->by->person.v < x->gone.v;
	struct row mine, theirs;
	enum found m, t;

	if (first ? !lock_one(db, x, x->by->person, &mine, &m) || !lock_one(db, x, x->gone, &theirs, &t) :
	    !lock_one(db, x, x->gone, &theirs, &t) || !lock_one(db, x, x->by->person, &mine, &m))
		return false;
	if (m == NONE || t == NONE) {		/* the same form again, or somebody merged them the other way round */
		struct person_id into = { 0 };
		enum found f = merge_kept(db, x->by->organisation, m == NONE ? x->by->person : x->gone, &into, x->a);
		if (f == FAILED)
			return false;
		x->kept = into;
		x->already = f == FOUND && (m == NONE) != (t == NONE) && into.v == (m == NONE ? x->gone.v : x->by->person.v);
		return refuse(x, x->already ? R_NONE : R_NOT_FOUND);
	}
	if (x->by->person.v == x->gone.v || strcmp(row_s(&mine, 1), row_s(&theirs, 1)) != 0)
		return refuse(x, R_NOT_FOUND);
	if (row_i(&mine, 2) != x->choice->seen_mine || row_i(&theirs, 2) != x->choice->seen_theirs)
		return refuse(x, R_CHANGED_SINCE);
	return true;
}

/* --- call lists --- */

static bool
off_list(struct db *db, const struct row *r)
{
	enum queue_state s = queue_state_of(row_s(r, 3));

	return s == QS_DONE || s == QS_REMOVED ||
	    (db_write(db, &q[Q_OFF], IN(V_U(ST_REMOVED_BY_HAND), V_U(row_u(r, 0))), NULL) == WROTE &&
	    queue_tally_move(db, (struct operation_id){ row_u(r, 1) }, s, QS_REMOVED));
}

/* Of two appointments the earlier one; of others alike the one with more calls. */
static bool
stays(const struct row *r, const struct row *than)
{
	unsigned a = merge_rank(queue_state_of(row_s(r, 3)), (unsigned)row_u(r, 4));
	unsigned b = merge_rank(queue_state_of(row_s(than, 3)), (unsigned)row_u(than, 4));

	if (a != b)
		return a > b;
	return a == 2 ? row_i(r, 5) < row_i(than, 5) : row_u(r, 6) > row_u(than, 6);
}

/* One operation's two entries: `other` is of the record that goes. */
static bool
both_listed(struct db *db, struct merge *x, const struct row *mine, const struct row *other)
{
	bool swap = stays(other, mine);
	const struct row *keep = swap ? other : mine, *leave = swap ? mine : other;
	const struct val keep_id = V_U(row_u(keep, 0)), leave_id = V_U(row_u(leave, 0));

	/* a person has one entry per operation at any moment: over nobody's */
	return (!swap || (db_write(db, &q[Q_GIVE], IN(V_U(0), leave_id), NULL) == WROTE &&
	    db_write(db, &q[Q_GIVE], IN(V_U(x->by->person.v), keep_id), NULL) == WROTE &&
	    db_write(db, &q[Q_GIVE], IN(V_U(x->gone.v), leave_id), NULL) == WROTE)) &&
	    off_list(db, leave) && db_write(db, &q[Q_SHELL], IN(leave_id), NULL) == WROTE &&
	    entry_log(db, (struct operation_id){ row_u(keep, 1) }, row_u(keep, 0)) &&
	    entry_log(db, (struct operation_id){ row_u(leave, 1) }, row_u(leave, 0)) &&
	    audit_add(db, x->by->organisation, x->by->user, x->by->now, "entry.merge", "entry", row_u(leave, 0),
	    arena_fmt(x->a, "%llu", (unsigned long long)row_u(keep, 0)));
}

static bool
merge_lists(struct db *db, struct merge *x)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_ENTRIES], IN(V_U(x->by->person.v), V_U(x->gone.v)), x->a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		if (queue_state_of(row_s(&rows.row[i], 3)) == QS_HELD)
			return refuse(x, R_PERSON_HELD);
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i], *next = i + 1 < rows.n ? r + 1 : NULL;
		bool mine = row_u(r, 2) == x->by->person.v;
		if (next != NULL && row_u(next, 1) == row_u(r, 1)) {
			if (!both_listed(db, x, mine ? r : next, mine ? next : r))
				return false;
			i++;
		} else if (!mine && (db_write(db, &q[Q_GIVE], IN(V_U(x->by->person.v), V_U(row_u(r, 0))), NULL) != WROTE ||
		    !entry_log(db, (struct operation_id){ row_u(r, 1) }, row_u(r, 0))))
			return false;
	}
	return true;
}

/* --- numbers --- */

static int
strictness(const char *state)
{
	return strcmp(state, "forbidden") == 0 ? 2 : strcmp(state, "wrong") == 0;
}

/* One number of the record that goes; `same`: the kept one has it, or NULL. */
static bool
take_number(struct db *db, struct merge *x, const struct row *r, const struct row *same, size_t *n)
{
	if (same == NULL)
		return ++*n <= RECORD_PHONES_MAX ?
		    db_write(db, &q[Q_PHONE_GIVE], IN(V_U(x->by->person.v), V_U(*n), V_U(row_u(r, 0))), NULL) == WROTE : refuse(x, R_TOO_MANY_PHONES);
	return (strictness(row_s(r, 3)) <= strictness(row_s(same, 3)) ||
	    db_write(db, &q[Q_PHONE_STATE], IN(V_S(row_s(r, 3)), V_U(row_u(same, 0))), NULL) == WROTE) &&
	    db_write(db, &q[Q_PHONE_DROP], IN(V_U(row_u(r, 0))), NULL) == WROTE;
}

/* The kept record's numbers first; one that both have is as strict as the stricter of the two. */
static bool
merge_numbers(struct db *db, struct merge *x)
{
	struct rows rows;
	size_t n = 0;

	if (!db_rows(db, &q[Q_PHONES], IN(V_U(x->by->person.v), V_U(x->gone.v)), x->a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		n += row_u(&rows.row[i], 1) == x->by->person.v;
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i], *same = NULL;
		if (row_u(r, 1) == x->by->person.v)
			continue;
		for (size_t k = 0; k < rows.n; k++)
			if (row_u(&rows.row[k], 1) == x->by->person.v && strcmp(row_s(&rows.row[k], 2), row_s(r, 2)) == 0)
				same = &rows.row[k];
		if (!take_number(db, x, r, same, &n))
			return false;
	}
	return true;
}

/* --- values --- */

static bool
takes_theirs(const struct merge *x, const struct merge_row *row)
{
	for (size_t i = 0; row->differs && i < x->choice->n; i++)
		if (strcmp(x->choice->theirs[i], row->code) == 0)
			return true;
	return !row->differs && row->propose_theirs;
}

static const char *
all_tags(struct arena *a, const char *mine, const char *theirs)
{
	const char *part[100], *tags = mine;
	size_t n = text_split(a, theirs, '|', part, NITEMS(part));

	for (size_t i = 0; i < n; i++)
		if (*part[i] != '\0' && strstr(arena_fmt(a, "|%s|", tags), arena_fmt(a, "|%s|", part[i])) == NULL)
			tags = *tags == '\0' ? part[i] : arena_fmt(a, "%s|%s", tags, part[i]);
	return tags;
}

static const char *
all_notes(struct arena *a, const char *mine, const char *theirs)
{
	if (*mine == '\0' || strstr(theirs, mine) != NULL)
		return theirs;
	return *theirs == '\0' || strstr(mine, theirs) != NULL ? mine : arena_fmt(a, "%s\n%s", mine, theirs);
}

/* What the record will say; *lost: what of both is not kept, for the audit. */
static void
choose(struct merge *x, struct record_change *want, const struct custom_field **own, const char **value, size_t *nown, struct buf *lost)
{
	const struct merge_pair *p = x->pair;

	*want = (struct record_change){ .calls_forbidden = p->mine.calls_forbidden || p->theirs.calls_forbidden,
	    .deceased = p->mine.deceased || p->theirs.deceased, .seen_at = p->mine.updated_at };
	memcpy(want->value, p->mine.value, sizeof(want->value));
	for (size_t i = 0; i < p->nrows; i++) {
		const struct merge_row *row = &p->row[i];
		bool theirs = takes_theirs(x, row);
		for (size_t k = 0; k < (row->own != NULL ? 1 : row->n); k++) {
			if (row->differs && strcmp(row->mine[k], row->theirs[k]) != 0)
				buf_fmt(lost, "; %s: %s", row->own != NULL ? row->own->name : import_field_code(row->field[k]),
				    theirs ? row->mine[k] : row->theirs[k]);
			if (row->own == NULL && theirs)
				want->value[row->field[k]] = row->theirs[k];
		}
		if (row->own != NULL && theirs) {
			own[*nown] = row->own;
			value[(*nown)++] = row->theirs[0];
		}
	}
	want->value[IF_TAGS] = all_tags(x->a, p->mine.value[IF_TAGS], p->theirs.value[IF_TAGS]);
	want->value[IF_NOTES] = all_notes(x->a, p->mine.value[IF_NOTES], p->theirs.value[IF_NOTES]);
}

/* voted_at is by what a batch of marks is undone. Marked twice, no batch alone may take the mark back. */
static struct val
voted_at(const struct row *m, const struct row *t)
{
	bool both = row_u(m, 0) != 0 && row_u(t, 0) != 0;

	if (both && row_i(m, 1) != row_i(t, 1))
		return V_I((row_i(m, 1) > row_i(t, 1) ? row_i(m, 1) : row_i(t, 1)) + 1);
	m = row_u(m, 0) != 0 ? m : t;
	return row_u(m, 0) == 0 || row_is_null(m, 1) ? V_NULL : V_I(row_i(m, 1));
}

static bool
store(struct db *db, struct merge *x, const struct row *m, const struct row *t)
{
	const struct custom_field *own[CUSTOM_FIELDS_MAX];
	const char *value[CUSTOM_FIELDS_MAX];
	struct custom_field *fields = arena_alloc(x->a, CUSTOM_FIELDS_MAX * sizeof(*fields));
	struct record_change want;
	struct buf lost;
	size_t nown = 0;
	const struct val contact = row_is_null(m, 2) ? (row_is_null(t, 2) ? V_NULL : V_U(row_u(t, 2))) : V_U(row_u(m, 2));

	buf_init_in(&lost, x->a, 60000);
	buf_text(&lost, text_trim(x->a, arena_fmt(x->a, "%s %s", x->pair->theirs.value[IF_FIRST_NAME], x->pair->theirs.value[IF_LAST_NAME])));
	choose(x, &want, own, value, &nown, &lost);
	for (size_t i = 0; i < nown; i++)
		fields[i] = *own[i];
	if (text_chars(want.value[IF_TAGS]) > PERSON_TAGS_MAX || text_chars(want.value[IF_NOTES]) > PERSON_NOTES_MAX)
		return refuse(x, R_MERGE_TOO_LONG);
	return db_write(db, &q[Q_MERGE], IN(V_U(x->by->organisation.v), V_U(x->by->person.v), V_U(x->gone.v), V_U(x->by->user.v),
	    V_I(x->by->now)), NULL) == WROTE &&
	    record_change_within(db, x->by, &want, &x->why, x->a) &&
	    custom_store_within(db, x->by, fields, value, nown, x->a) &&
	    db_write(db, &q[Q_SET], IN(V_U(row_u(m, 0) != 0 || row_u(t, 0) != 0), voted_at(m, t), contact, V_I(x->by->now),
	    V_U(x->by->person.v)), NULL) == WROTE &&
	    audit_add(db, x->by->organisation, x->by->user, x->by->now, "person.merge", "person", x->by->person.v,
	    text_cut(x->a, lost.data, DETAIL_CHARS)) &&
	    audit_add(db, x->by->organisation, x->by->user, x->by->now, "person.merged", "person", x->gone.v,
	    arena_fmt(x->a, "%llu", (unsigned long long)x->by->person.v));
}

/* --- all of it --- */

static bool
merge_work(struct db *db, void *ctx)
{
	struct merge *x = ctx;
	const struct person_id kept = x->by->person;
	struct row m, t;

	x->why = R_NONE;
	x->already = false;
	x->kept = kept;
	x->pair = arena_alloc(x->a, sizeof(*x->pair));
	if (!lock_both(db, x))
		return false;
	if (merge_look(db, x->by->organisation, kept, x->gone, x->pair, x->a) != FOUND ||
	    db_row(db, &q[Q_STATE], IN(V_U(kept.v)), x->a, &m) != FOUND || db_row(db, &q[Q_STATE], IN(V_U(x->gone.v)), x->a, &t) != FOUND)
		return false;
	return merge_lists(db, x) && merge_numbers(db, x) && store(db, x, &m, &t) &&
	    db_write(db, &q[Q_HOME], IN(V_U(kept.v)), NULL) == WROTE &&
	    queue_numbers_changed(db, x->by->organisation, x->by->user, kept, x->by->now, x->a) &&
	    (!(x->pair->mine.calls_forbidden || x->pair->theirs.calls_forbidden) || queue_silence_person(db, x->by->organisation, kept, x->a)) &&
	    queue_exclude(db, x->by->organisation, &kept, 1, x->a);
}

enum saved
merge_people(struct db *db, const struct record_by *by, struct person_id theirs, const struct merge_choice *choice,
    struct person_id *kept, enum refusal *why, struct arena *a)
{
	struct merge x = { .by = by, .gone = theirs, .choice = choice, .a = a };
	enum tx t = tx_write(db, merge_work, &x);

	*why = x.why;
	*kept = x.kept;
	return t == TX_REFUSED && x.already ? ALREADY : saved_of(t, x.why);
}
