/*
 * record.c - the fields of a record: read, changed all at once.
 */
#include "domain/record_in.h"

#include "domain/audit.h"
#include "domain/import_in.h"
#include "domain/outcome.h"
#include "domain/queue_change.h"
#include "domain/zone.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"

#define FIELDS "file_number, last_name, first_name, email, language, birth_date, sex, nationality, civic_number, street," \
	" apartment, city, postal_code, member_until, donations_year, organization, tags, notes, electoral_division," \
	" district, polling_subdivision, elector_number, polling_place, advance_vote"
#define SET_FIELDS "file_number = ?, last_name = ?, first_name = ?, email = ?, language = ?, birth_date = ?, sex = ?," \
	" nationality = ?, civic_number = ?, street = ?, apartment = ?, city = ?, postal_code = ?, member_until = ?," \
	" donations_year = ?, organization = ?, tags = ?, notes = ?, electoral_division = ?, district = ?," \
	" polling_subdivision = ?, elector_number = ?, polling_place = ?, advance_vote = ?"
#define FIELDS_SIGNS "ssssssssssssssssssssssss"
#define READ "SELECT " FIELDS ", kind, calls_forbidden, deceased, updated_at FROM person WHERE organisation_id = ? AND id = ?"
/* The columns above are the first of the import's own list; permission and vote come after them. */
enum { NFORM = NSTORED - 2, COL_KIND = NFORM, COL_FORBIDDEN, COL_DECEASED, COL_UPDATED };

enum { Q_READ, Q_LOCK, Q_SET, Q_HOUSEHOLD_ADD, Q_HOUSEHOLD, Q_MOVE, Q_ENTRIES, Q_KEY, Q_ASKED, Q_VOTED, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_READ] = { "uu", FIELDS_SIGNS "suui", READ },
	[Q_LOCK] = { "uu", FIELDS_SIGNS "suui", READ " FOR UPDATE" },
	[Q_SET] = { FIELDS_SIGNS "suubiu", "", "UPDATE person SET " SET_FIELDS ", time_zone = ?, calls_forbidden = ?, deceased = ?,"
	    " name_key = ?, updated_at = ? WHERE id = ?" },
	[Q_HOUSEHOLD_ADD] = { "usb", "", "INSERT IGNORE INTO household (organisation_id, kind, address_key) VALUES (?, ?, ?)" },
	[Q_HOUSEHOLD] = { "usb", "u", "SELECT id FROM household WHERE organisation_id = ? AND kind = ? AND address_key = ?" },
	[Q_MOVE] = { "uu", "", "UPDATE person SET household_id = ? WHERE id = ?" },
	[Q_ENTRIES] = { "uu", "", "UPDATE entry SET household_id = ? WHERE person_id = ?" },
	[Q_ASKED] = { "uuiuui", "u", "SELECT s.id FROM phone f JOIN suppression s ON s.organisation_id = ? AND s.e164 = f.e164"
	    " AND s.person_id = f.person_id WHERE f.person_id = ? AND s.created_at > ?"
	    " UNION SELECT s.person_id FROM suppression_person s WHERE s.organisation_id = ? AND s.person_id = ? AND s.created_at > ? LIMIT 1" },
	[Q_VOTED] = { "iu", "", "UPDATE person SET has_voted = TRUE, voted_at = ? WHERE id = ? AND NOT has_voted" },
	[Q_KEY] = { "bu", "", "UPDATE person SET natural_key = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

bool
record_field(enum import_field f, enum person_kind kind)
{
	for (size_t i = 0; i < NFORM; i++)
		if (stored_field[i] == f)
			return import_field_of(f, kind);
	return false;
}

static void
fill(struct record *out, const struct row *r)
{
	*out = (struct record){ .kind = person_kind_of(row_s(r, COL_KIND)), .calls_forbidden = row_u(r, COL_FORBIDDEN) != 0,
	    .deceased = row_u(r, COL_DECEASED) != 0, .updated_at = row_i(r, COL_UPDATED) };
	for (size_t i = 0; i < IF__MAX; i++)
		out->value[i] = "";
	for (unsigned i = 0; i < NFORM; i++)
		if (!row_is_null(r, i))
			out->value[stored_field[i]] = row_s(r, i);
}

enum found
record_by_id(struct db *db, struct organisation_id org, struct person_id id, struct record *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_READ], IN(V_U(org.v), V_U(id.v)), a, &r);

	if (f == FOUND)
		fill(out, &r);
	return f;
}

/* --- the change --- */

struct change {
	const struct record_by *by;
	const struct record_change *want;
	struct record old;
	const char *value[IF__MAX];	/* what will be stored; "" blank */
	size_t changed;
	enum refusal why;
	struct arena *a;
};

static bool
note(struct db *db, const struct change *x, const char *verb, const char *detail)
{
	return audit_add(db, x->by->organisation, x->by->user, x->by->now, verb, "person", x->by->person.v, detail);
}

/* One row of the audit per field that changes; x->changed counts them. */
static bool
note_changes(struct db *db, struct change *x)
{
	for (size_t i = 0; i < NFORM; i++) {
		enum import_field f = stored_field[i];
		if (strcmp(x->old.value[f], x->value[f]) == 0)
			continue;
		x->changed++;
		if (!note(db, x, "person.edit", arena_fmt(x->a, "%s: %s -> %s", import_field_code(f), x->old.value[f], x->value[f])))
			return false;
	}
	if (x->old.calls_forbidden != x->want->calls_forbidden) {
		x->changed++;
		if (!note(db, x, x->want->calls_forbidden ? "person.do_not_call" : "person.allowed", ""))
			return false;
	}
	if (x->old.deceased != x->want->deceased) {
		x->changed++;
		if (!note(db, x, x->want->deceased ? "person.deceased" : "person.alive", ""))
			return false;
	}
	return true;
}

static bool
address_changed(const struct change *x)
{
	static const enum import_field part[] = { IF_CIVIC_NUMBER, IF_STREET, IF_APARTMENT, IF_CITY };

	for (size_t i = 0; i < NITEMS(part); i++)
		if (strcmp(x->old.value[part[i]], x->value[part[i]]) != 0)
			return true;
	return false;
}

/* The household of the new address, on the record and on every list: one call at a time per household. */
static bool
move(struct db *db, struct change *x)
{
	const struct val org = V_U(x->by->organisation.v), kind = V_S(person_kind_code(x->old.kind));
	const char *const *v = x->value;
	struct val household = V_NULL;
	struct address_key key;
	struct row r;

	if (!address_changed(x))
		return true;
	if (household_key(x->a, v[IF_CIVIC_NUMBER], v[IF_STREET], v[IF_APARTMENT], v[IF_CITY], &key)) {
		const struct val address = V_B(key.byte, sizeof(key.byte));
		if (db_write(db, &q[Q_HOUSEHOLD_ADD], IN(org, kind, address), NULL) == NOT_WRITTEN ||
		    db_row(db, &q[Q_HOUSEHOLD], IN(org, kind, address), x->a, &r) != FOUND)
			return false;
		household = V_U(row_u(&r, 0));
	}
	return db_write(db, &q[Q_MOVE], IN(household, V_U(x->by->person.v)), NULL) == WROTE &&
	    db_write(db, &q[Q_ENTRIES], IN(household, V_U(x->by->person.v)), NULL) == WROTE;
}

static void
keys_of(struct arena *a, const char *const *value, struct irow *out)
{
	struct page page = { .a = a };

	*out = (struct irow){ .line = 0 };
	for (size_t i = 0; i < NFORM; i++)
		if (*value[stored_field[i]] != '\0')
			out->row.value[stored_field[i]] = value[stored_field[i]];
	import_keys(&page, out);
}

/* By number an import knows a person again; without one it still does by name and date, phone or address. */
static bool
number_changed(struct db *db, struct change *x)
{
	struct irow before, after;
	enum wrote w;

	keys_of(x->a, x->old.value, &before);
	keys_of(x->a, x->value, &after);
	if (before.numbered == after.numbered && (!after.numbered ||
	    memcmp(before.strong.byte, after.strong.byte, sizeof(after.strong.byte)) == 0))
		return true;
	w = db_write(db, &q[Q_KEY], IN(after.numbered ? V_B(after.strong.byte, sizeof(after.strong.byte)) : V_NULL,
	    V_U(x->by->person.v)), NULL);
	if (w == DUPLICATE)
		x->why = R_ROW_OTHER_PERSON;
	return w == WROTE;
}

static bool
store(struct db *db, struct change *x)
{
	struct val in[NFORM + 6];
	struct key8 name;
	size_t n = 0;

	import_name_key(x->a, x->value[IF_LAST_NAME], x->value[IF_FIRST_NAME], &name);
	for (size_t i = 0; i < NFORM; i++) {
		enum import_field f = stored_field[i];
		bool null = f == IF_FILE_NUMBER || f == IF_BIRTH_DATE || f == IF_MEMBER_UNTIL || f == IF_DONATIONS;
		in[n++] = *x->value[f] == '\0' && null ? V_NULL : V_S(x->value[f]);
	}
	in[n++] = V_S(zone_of_postal_code(x->value[IF_POSTAL_CODE]));
	in[n++] = V_U(x->want->calls_forbidden);
	in[n++] = V_U(x->want->deceased);
	in[n++] = V_B(name.byte, sizeof(name.byte));
	in[n++] = V_I(x->by->now);
	in[n++] = V_U(x->by->person.v);
	return db_write(db, &q[Q_SET], in, n, NULL) == WROTE;
}

/* Who asked not to be called any more stays so for 3 years and 14 days (fact 134); what an organiser ticked may be taken back. */
static bool
may_be_allowed(struct db *db, struct change *x)
{
	const int64_t kept = (3 * 365 + 1 + 14) * DAY_US;
	struct row r;
	enum found f;

	if (!x->old.calls_forbidden || x->want->calls_forbidden)
		return true;
	f = db_row(db, &q[Q_ASKED], IN(V_U(x->by->organisation.v), V_U(x->by->person.v), V_I(x->by->now - kept),
	    V_U(x->by->organisation.v), V_U(x->by->person.v), V_I(x->by->now - kept)), x->a, &r);
	if (f == FOUND)
		x->why = R_DNC_STAYS;
	return f == NONE;
}

/* As in an import: "voted in advance: yes" is a vote. */
static bool
voted_in_advance(struct db *db, struct change *x)
{
	const char *yes = x->want->value[IF_HAS_VOTED];
	uint64_t marked = 0;

	if (yes == NULL || *yes == '\0' || strcmp(x->old.value[IF_ADVANCE_VOTE], x->value[IF_ADVANCE_VOTE]) == 0)
		return true;
	return db_write(db, &q[Q_VOTED], IN(V_I(x->by->now), V_U(x->by->person.v)), &marked) == WROTE &&
	    (marked == 0 || note(db, x, "person.voted", ""));
}

static bool
change_work(struct db *db, void *ctx)
{
	struct change *x = ctx;
	struct row r;

	x->why = R_NONE;
	x->changed = 0;
	switch (db_row(db, &q[Q_LOCK], IN(V_U(x->by->organisation.v), V_U(x->by->person.v)), x->a, &r)) {
	case FOUND:	break;
	case NONE:	x->why = R_NOT_FOUND; return false;
	case FAILED:	return false;
	}
	fill(&x->old, &r);
	for (size_t i = 0; i < NFORM; i++) {
		enum import_field f = stored_field[i];
		const char *v = x->want->value[f] == NULL ? "" : x->want->value[f];
		x->value[f] = import_field_of(f, x->old.kind) ? v : x->old.value[f];
	}
	if (*x->value[IF_LAST_NAME] == '\0' && *x->value[IF_FIRST_NAME] == '\0')
		x->why = R_ROW_NO_NAME;
	if (x->why != R_NONE || !may_be_allowed(db, x) || !note_changes(db, x))
		return false;
	if (x->changed == 0)
		return true;
	if (x->old.updated_at != x->want->seen_at) {
		x->why = R_CHANGED_MEANWHILE;
		return false;
	}
	return number_changed(db, x) && store(db, x) && move(db, x) && voted_in_advance(db, x) &&
	    queue_zone_moved(db, x->by->organisation, &x->by->person, 1, x->a) &&
	    queue_exclude(db, x->by->organisation, &x->by->person, 1, x->a);
}

bool
record_change_within(struct db *db, const struct record_by *by, const struct record_change *want, enum refusal *why, struct arena *a)
{
	struct change x = { .by = by, .want = want, .a = a };
	bool done = change_work(db, &x);

	*why = x.why;
	return done;
}

enum saved
record_change(struct db *db, const struct record_by *by, const struct record_change *want, enum refusal *why, struct arena *a)
{
	struct change x = { .by = by, .want = want, .a = a };
	enum tx t = tx_write(db, change_work, &x);
	enum saved s = saved_of(t, x.why);

	*why = x.why;
	return s == SAVED && x.changed == 0 ? ALREADY : s;
}
