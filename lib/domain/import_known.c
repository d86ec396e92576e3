/*
 * import_known.c - the people a page of rows may be about, read once per page and locked: what an
 * agent edits meanwhile is not overwritten by an older copy.
 */
#include "domain/import_in.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"

#define PERSON "SELECT p.id, natural_key, name_key, household_id, seen_import, changed_import, file_number, last_name, first_name, email," \
	" language, birth_date, sex, nationality, civic_number, street, apartment, city, postal_code, member_until," \
	" donations_year, organization, tags, notes, electoral_division, district, polling_subdivision, elector_number," \
	" polling_place, advance_vote, IF(calls_forbidden, '1', ''), IF(has_voted, '1', '')"
#define PERSON_OUT "ubbuuussssssssssssssssssssssssss"

enum { Q_BY_KEY, Q_BY_NAME, Q_BY_ID, Q_LOOK, Q_PHONES, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_BY_KEY] = { "sus", PERSON_OUT, PERSON " FROM JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (k CHAR(32) PATH '$')) j"
	    " STRAIGHT_JOIN person p FORCE INDEX (natural_key)"
	    " ON p.organisation_id = ? AND p.kind = ? AND p.natural_key = UNHEX(j.k) FOR UPDATE" },
	[Q_BY_NAME] = { "sus", PERSON_OUT, PERSON " FROM JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (k CHAR(16) PATH '$')) j"
	    " STRAIGHT_JOIN person p FORCE INDEX (by_name_key)"
	    " ON p.organisation_id = ? AND p.kind = ? AND p.name_key = UNHEX(j.k) FOR UPDATE" },
#define BY_ID PERSON " FROM JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (k BIGINT UNSIGNED PATH '$')) j" \
	    " STRAIGHT_JOIN person p ON p.id = j.k AND p.organisation_id = ? AND p.kind = ?"
	[Q_BY_ID] = { "sus", PERSON_OUT, BY_ID " FOR UPDATE" },
	[Q_LOOK] = { "sus", PERSON_OUT, BY_ID },
	[Q_PHONES] = { "s", "usss", "SELECT f.person_id, f.kind, f.e164, f.extension"
	    " FROM JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j"
	    " STRAIGHT_JOIN phone f FORCE INDEX (PRIMARY) ON f.person_id = j.id ORDER BY f.person_id, f.position, f.id" },
};
DB_STATEMENTS(q)

const enum import_field stored_field[NSTORED] = {
	IF_FILE_NUMBER, IF_LAST_NAME, IF_FIRST_NAME, IF_EMAIL, IF_LANGUAGE, IF_BIRTH_DATE, IF_SEX, IF_NATIONALITY, IF_CIVIC_NUMBER,
	IF_STREET, IF_APARTMENT, IF_CITY, IF_POSTAL_CODE, IF_MEMBER_UNTIL, IF_DONATIONS, IF_ORGANIZATION, IF_TAGS, IF_NOTES,
	IF_DIVISION, IF_DISTRICT, IF_SUBDIVISION, IF_ELECTOR_NUMBER, IF_POLLING_PLACE, IF_ADVANCE_VOTE, IF_FORBIDDEN, IF_HAS_VOTED,
};

struct known *
import_with_id(const struct page *p, uint64_t id)
{
	struct known *k = p->by_id[id % BUCKETS];

	while (k != NULL && k->id != id)
		k = k->same_id;
	return k;
}

static void
fill(struct page *p, const struct row *r)
{
	struct known *k = arena_alloc(p->a, sizeof(*k));
	const unsigned char *key, *name;
	size_t nkey, nname;

	k->id = row_u(r, 0);
	if (import_with_id(p, k->id) != NULL)		/* by its number and by its name */
		return;
	key = row_b(r, 1, &nkey);
	name = row_b(r, 2, &nname);
	if (key != NULL && nkey == sizeof(k->key.byte)) {
		memcpy(k->key.byte, key, nkey);
		k->has_key = true;
	}
	if (name != NULL && nname == sizeof(k->name.byte))
		memcpy(k->name.byte, name, nname);
	k->household = row_u(r, 3);
	k->seen = k->marked = row_u(r, 4) == p->im->id.v;
	k->touched = row_u(r, 5) == p->im->id.v;
	for (size_t i = 0; i < NSTORED; i++) {
		const char *v = row_s(r, 6 + (unsigned)i);
		k->value[stored_field[i]] = v == NULL || *v == '\0' ? NULL : v;
	}
	k->numbered = k->value[IF_FILE_NUMBER] != NULL ||
	    (k->value[IF_SUBDIVISION] != NULL && k->value[IF_ELECTOR_NUMBER] != NULL);
	k->has_address = household_key(p->a, k->value[IF_CIVIC_NUMBER], k->value[IF_STREET], k->value[IF_APARTMENT],
	    k->value[IF_CITY], &k->address);
	page_add(p, k);
	k->same_id = p->by_id[k->id % BUCKETS];
	p->by_id[k->id % BUCKETS] = k;
}

static bool
read_people(struct db *db, struct page *p, struct stmt *by, struct buf *keys)
{
	struct rows rows;

	if (keys->len <= 1)		/* nobody to look for */
		return true;
	if (!db_rows(db, by, IN(V_S(id_list_close(keys)), V_U(p->im->organisation.v), V_S(person_kind_code(p->im->kind))),
	    p->a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		fill(p, &rows.row[i]);
	return true;
}

static bool
read_phones(struct db *db, struct page *p)
{
	struct rows rows;
	struct buf ids;

	if (p->nknown == 0)
		return true;
	id_list_open(&ids, p->a);
	for (size_t i = 0; i < p->nknown; i++)
		id_list_id(&ids, p->known[i]->id);
	if (!db_rows(db, &q[Q_PHONES], IN(V_S(id_list_close(&ids))), p->a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		struct known *k = import_with_id(p, row_u(r, 0));
		if (k != NULL && k->nphones < KNOWN_PHONES)
			k->phone[k->nphones++] = (struct known_phone){ row_s(r, 1), row_s(r, 2), row_s(r, 3), true };
	}
	return true;
}

bool
import_load_ids(struct db *db, struct page *p, const char *ids, bool lock)
{
	struct rows rows;

	if (!db_rows(db, &q[lock ? Q_BY_ID : Q_LOOK], IN(V_S(ids), V_U(p->im->organisation.v), V_S(person_kind_code(p->im->kind))), p->a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		fill(p, &rows.row[i]);
	return import_own_known(db, p);
}

bool
import_load_known(struct db *db, struct page *p)
{
	struct buf keys;

	id_list_open(&keys, p->a);
	for (size_t i = 0; i < p->nrows; i++) {
		const struct irow *r = &p->row[i];
		if (r->refused == R_NONE)
			id_list_key(&keys, r->numbered ? r->strong.byte : r->weak.byte, sizeof(r->strong.byte));
	}
	if (!read_people(db, p, &q[Q_BY_KEY], &keys))
		return false;
	id_list_open(&keys, p->a);
	for (size_t i = 0; i < p->nrows; i++) {
		const struct irow *r = &p->row[i];
		if (r->refused == R_NONE && !import_has_key(p, r))
			id_list_key(&keys, r->name.byte, sizeof(r->name.byte));
	}
	return read_people(db, p, &q[Q_BY_NAME], &keys) && read_phones(db, p) && import_own_known(db, p);
}
