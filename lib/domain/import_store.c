/*
 * import_store.c - a page's people, phones and refusals written, many rows to a statement.
 */
#include "domain/import_in.h"

#include "domain/queue_change.h"
#include "domain/zone.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"
#include "plumb/text.h"

#define FIELDS "file_number, last_name, first_name, email, language, birth_date, sex, nationality, civic_number, street," \
	" apartment, city, postal_code, member_until, donations_year, organization, tags, notes, electoral_division," \
	" district, polling_subdivision, elector_number, polling_place, advance_vote, calls_forbidden, has_voted"
#define SET_FIELDS "file_number = ?, last_name = ?, first_name = ?, email = ?, language = ?, birth_date = ?, sex = ?," \
	" nationality = ?, civic_number = ?, street = ?, apartment = ?, city = ?, postal_code = ?, member_until = ?," \
	" donations_year = ?, organization = ?, tags = ?, notes = ?, electoral_division = ?, district = ?," \
	" polling_subdivision = ?, elector_number = ?, polling_place = ?, advance_vote = ?, calls_forbidden = ?, has_voted = ?"
#define FIELDS_IN "ssssssssssssssssssssssssuu"
#define MARKS26 "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"

enum { Q_HOUSEHOLDS, Q_HOUSEHOLD, Q_IDS, Q_SEEN, Q_ADD, Q_CHANGE, Q_PHONE, Q_PHONE_AGAIN, Q_REFUSAL, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_HOUSEHOLDS] = { "sus", "ub", "SELECT h.id, h.address_key"
	    " FROM JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (k CHAR(32) PATH '$')) j STRAIGHT_JOIN household h FORCE INDEX (address)"
	    " ON h.organisation_id = ? AND h.kind = ? AND h.address_key = UNHEX(j.k)" },
	[Q_IDS] = { "sus", "ub", "SELECT p.id, p.natural_key"
	    " FROM JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (k CHAR(32) PATH '$')) j STRAIGHT_JOIN person p FORCE INDEX (natural_key)"
	    " ON p.organisation_id = ? AND p.kind = ? AND p.natural_key = UNHEX(j.k)" },
	[Q_SEEN] = { "su", "", "UPDATE JSON_TABLE(CAST(? AS CHAR), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j"
	    " STRAIGHT_JOIN person p ON p.id = j.id SET p.seen_import = ?" },
	[Q_HOUSEHOLD] = { "usb", "", "INSERT INTO household (organisation_id, kind, address_key) VALUES (?, ?, ?)" },
	[Q_ADD] = { FIELDS_IN "usbbusuuii", "", "INSERT INTO person (" FIELDS ", household_id, time_zone, natural_key, name_key,"
	    " organisation_id, kind, seen_import, changed_import, created_at, updated_at) VALUES (" MARKS26 ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	[Q_CHANGE] = { FIELDS_IN "usbbuuiu", "", "UPDATE person SET " SET_FIELDS ", household_id = ?, time_zone = ?, natural_key = ?,"
	    " name_key = ?, seen_import = ?, changed_import = ?, updated_at = ? WHERE id = ?" },
	[Q_PHONE] = { "uusss", "", "INSERT INTO phone (person_id, position, kind, e164, extension) VALUES (?, ?, ?, ?, ?)" },
	[Q_PHONE_AGAIN] = { "uusss", "", "INSERT INTO phone (person_id, position, kind, e164, extension) VALUES (?, ?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE position = VALUES(position), kind = VALUES(kind), extension = VALUES(extension)" },
	[Q_REFUSAL] = { "uuuusss", "", "INSERT INTO import_refusal (import_id, line, position, whole_row, reason, cell, row_text)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?)" },
};
DB_STATEMENTS(q)

/* --- households --- */

static bool
wants_household(const struct known *k)
{
	return k->changed && k->has_address && (k->id == 0 || k->address_changed || k->household == 0);
}

/* The addresses of a page, each once. */
struct place { struct address_key key; uint64_t household; struct place *next; };
struct places { struct place **bucket; size_t n; };

static struct place *
place_of(struct places *ps, const struct address_key *key, struct arena *a)
{
	struct place **head = &ps->bucket[(key->byte[0] | (size_t)key->byte[1] << 8) % BUCKETS], *at = *head;

	while (at != NULL && memcmp(at->key.byte, key->byte, sizeof(key->byte)) != 0)
		at = at->next;
	if (at == NULL && a != NULL) {
		at = arena_alloc(a, sizeof(*at));
		*at = (struct place){ .key = *key, .next = *head };
		*head = at;
		ps->n++;
	}
	return at;
}

/* Reads the households of the places that have none so far; *missing: how many of them have no row. */
static bool
find_households(struct db *db, struct page *p, struct places *ps, size_t *missing)
{
	struct rows rows;
	struct buf keys;
	size_t asked = 0;

	id_list_open(&keys, p->a);
	for (size_t i = 0; i < BUCKETS; i++)
		for (const struct place *at = ps->bucket[i]; at != NULL; at = at->next)
			if (at->household == 0) {
				id_list_key(&keys, at->key.byte, sizeof(at->key.byte));
				asked++;
			}
	*missing = 0;
	if (asked == 0)
		return true;
	if (!db_rows(db, &q[Q_HOUSEHOLDS], IN(V_S(id_list_close(&keys)), V_U(p->im->organisation.v),
	    V_S(person_kind_code(p->im->kind))), p->a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		struct address_key key;
		struct place *at;
		size_t len;
		const void *bytes = row_b(&rows.row[i], 1, &len);
		if (len != sizeof(key.byte))
			return false;
		memcpy(key.byte, bytes, len);
		if ((at = place_of(ps, &key, NULL)) == NULL)
			return false;
		at->household = row_u(&rows.row[i], 0);
	}
	*missing = asked - rows.n;
	return true;
}

static bool
add_households(struct db *db, struct page *p, const struct places *ps, size_t missing)
{
	struct val *add = arena_alloc(p->a, missing * 3 * sizeof(*add)), *v = add;

	for (size_t i = 0; i < BUCKETS; i++)
		for (const struct place *at = ps->bucket[i]; at != NULL; at = at->next)
			if (at->household == 0) {
				*v++ = V_U(p->im->organisation.v);
				*v++ = V_S(person_kind_code(p->im->kind));
				*v++ = V_B(at->key.byte, sizeof(at->key.byte));
			}
	/* somebody else's new household of this moment would be a DUPLICATE: the page is tried again */
	return db_bulk(db, &q[Q_HOUSEHOLD], add, 3, missing) == WROTE;
}

static bool
store_households(struct db *db, struct page *p)
{
	struct places ps = { arena_alloc(p->a, BUCKETS * sizeof(struct place *)), 0 };
	size_t missing;

	for (size_t i = 0; i < p->nknown; i++) {
		struct known *k = p->known[i];
		if (k->address_changed)		/* moved to no address, or to another one */
			k->household = 0;
		if (wants_household(k))
			place_of(&ps, &k->address, p->a);
	}
	if (!find_households(db, p, &ps, &missing))
		return false;
	if (missing > 0 && (!add_households(db, p, &ps, missing) || !find_households(db, p, &ps, &missing) || missing > 0))
		return false;
	for (size_t i = 0; i < p->nknown; i++)
		if (wants_household(p->known[i]))
			p->known[i]->household = place_of(&ps, &p->known[i]->address, NULL)->household;
	return true;
}

/* --- people --- */

static bool
may_be_null(enum import_field f)
{
	return f == IF_FILE_NUMBER || f == IF_BIRTH_DATE || f == IF_MEMBER_UNTIL || f == IF_DONATIONS;
}

/* What Q_ADD and Q_CHANGE have in common; how many values that is. */
static size_t
put_person(struct page *p, const struct known *k, struct val *in)
{
	size_t n = 0;
	struct key8 *name = arena_alloc(p->a, sizeof(*name));
	const char *zone = zone_of_postal_code(k->value[IF_POSTAL_CODE]);

	import_name_key(p->a, k->value[IF_LAST_NAME], k->value[IF_FIRST_NAME], name);
	for (size_t i = 0; i < NSTORED; i++) {
		enum import_field f = stored_field[i];
		const char *v = k->value[f];
		if (f == IF_FORBIDDEN || f == IF_HAS_VOTED)
			in[n++] = V_U(v != NULL);
		else
			in[n++] = v == NULL && !may_be_null(f) ? V_S("") : V_S(v);
	}
	in[n++] = k->household != 0 ? V_U(k->household) : V_NULL;
	in[n++] = V_S(zone);
	in[n++] = k->has_key ? V_B(k->key.byte, sizeof(k->key.byte)) : V_NULL;
	in[n++] = V_B(name->byte, sizeof(name->byte));
	return n;
}

static bool
change_people(struct db *db, struct page *p)
{
	enum { STEP = NSTORED + 8 };
	struct val *in = arena_alloc(p->a, (p->nknown + 1) * STEP * sizeof(*in));
	size_t rows = 0;

	for (size_t i = 0; i < p->nknown; i++) {
		struct known *k = p->known[i];
		struct val *v = &in[rows * STEP];
		size_t n;
		if (k->id == 0 || !k->changed)
			continue;
		n = put_person(p, k, v);
		v[n++] = V_U(p->im->id.v);
		v[n++] = V_U(p->im->id.v);
		v[n++] = V_I(p->now);
		v[n++] = V_U(k->id);
		assert(n == STEP);
		rows++;
	}
	return rows == 0 || db_bulk(db, &q[Q_CHANGE], in, STEP, rows) == WROTE;
}

static bool
add_people(struct db *db, struct page *p)
{
	enum { STEP = NSTORED + 10 };
	struct val *in = arena_alloc(p->a, (p->nknown + 1) * STEP * sizeof(*in));
	const struct val org = V_U(p->im->organisation.v), kind = V_S(person_kind_code(p->im->kind));
	struct rows got;
	struct buf keys;
	size_t rows = 0;

	id_list_open(&keys, p->a);
	for (size_t i = 0; i < p->nknown; i++) {
		struct known *k = p->known[i];
		struct val *v = &in[rows * STEP];
		size_t n;
		if (k->id != 0)
			continue;
		n = put_person(p, k, v);
		v[n++] = org;
		v[n++] = kind;
		v[n++] = V_U(p->im->id.v);
		v[n++] = V_U(p->im->id.v);
		v[n++] = V_I(p->now);
		v[n++] = V_I(p->now);
		assert(n == STEP);
		id_list_key(&keys, k->key.byte, sizeof(k->key.byte));
		rows++;
	}
	if (rows == 0)
		return true;
	/* ids are never assumed to be consecutive: asked by their keys */
	if (!tags_ours(db, p) || db_bulk(db, &q[Q_ADD], in, STEP, rows) != WROTE ||
	    !db_rows(db, &q[Q_IDS], IN(V_S(id_list_close(&keys)), org, kind), p->a, &got) || got.n != rows)
		return false;
	for (size_t i = 0; i < got.n; i++) {
		struct key16 by;
		struct known *k;
		size_t len;
		const void *key = row_b(&got.row[i], 1, &len);
		memcpy(by.byte, key, sizeof(by.byte));
		if ((k = import_with_key(p, &by)) == NULL)
			return false;
		k->id = row_u(&got.row[i], 0);
	}
	return true;
}

/* Of those added (no number can be there yet), or of those changed. */
static bool
store_phones(struct db *db, struct page *p, const bool *added, bool of_added)
{
	struct val *in = arena_alloc(p->a, (p->nknown * KNOWN_PHONES * 5 + 1) * sizeof(*in));
	size_t n = 0;

	for (size_t i = 0; i < p->nknown; i++) {
		const struct known *k = p->known[i];
		if (added[i] != of_added || (!added[i] && !k->phones_changed))
			continue;
		for (size_t j = 0; j < k->nphones; j++) {
			in[n++] = V_U(k->id);
			in[n++] = V_U(j + 1);
			in[n++] = V_S(k->phone[j].kind);
			in[n++] = V_S(k->phone[j].e164);
			in[n++] = V_S(k->phone[j].extension);
		}
	}
	return n == 0 || db_bulk(db, &q[of_added ? Q_PHONE : Q_PHONE_AGAIN], in, 5, n / 5) == WROTE;
}

/* Those whom this page met without changing them: the next rows of the file must know. */
static bool
mark_seen(struct db *db, struct page *p, const bool *added)
{
	struct buf ids;

	id_list_open(&ids, p->a);
	for (size_t i = 0; i < p->nknown; i++)
		if (!added[i] && p->known[i]->seen && !p->known[i]->marked && !p->known[i]->changed)
			id_list_id(&ids, p->known[i]->id);
	return ids.len <= 1 || db_write(db, &q[Q_SEEN], IN(V_S(id_list_close(&ids)), V_U(p->im->id.v)), NULL) == WROTE;
}

/* --- refusals --- */

static bool
store_refusals(struct db *db, struct page *p)
{
	enum { EACH = NITEMS(((struct person_row *)0)->refused) + 1 };
	struct val *in = arena_alloc(p->a, (p->nrows * EACH * 7 + 1) * sizeof(*in));
	size_t n = 0;

	for (size_t i = 0; i < p->nrows; i++) {
		const struct irow *r = &p->row[i];
		bool whole = p->verdict[i] != R_NONE;
		for (size_t j = 0; j < (whole ? 1 : r->row.nrefused); j++) {
			const struct row_refusal *x = &r->row.refused[j];
			in[n++] = V_U(p->im->id.v);
			in[n++] = V_U(r->line);
			in[n++] = V_U(whole ? 0 : x->column);
			in[n++] = V_U(whole);
			in[n++] = V_S(refusal_key(whole ? p->verdict[i] : x->why));
			in[n++] = V_S(whole ? "" : text_cut(p->a, x->cell, 200));
			in[n++] = V_S(r->text == NULL ? "" : r->text);
		}
	}
	return n == 0 || db_bulk(db, &q[Q_REFUSAL], in, 7, n / 7) == WROTE;
}

/* People who were there and say something else now: who has moved is called by the clock of where they are, and an exclusion
 * rule may take them, or whoever lives with them, off the lists they stand on (fact 69). In the page's transaction, so that no
 * import ends with somebody left to be called, or called at night. */
static bool
follow_changed(struct db *db, struct page *p, const bool *added)
{
	struct person_id *who = arena_alloc(p->a, (p->nknown + 1) * sizeof(*who));
	size_t n = 0;

	for (size_t i = 0; i < p->nknown; i++)
		if (!added[i] && p->known[i]->changed)
			who[n++].v = p->known[i]->id;
	return n == 0 || (queue_zone_moved(db, p->im->organisation, who, n, p->a) && queue_exclude(db, p->im->organisation, who, n, p->a));
}

bool
import_store(struct db *db, struct page *p)
{
	bool *added = arena_alloc(p->a, p->nknown + 1);

	for (size_t i = 0; i < p->nknown; i++)
		added[i] = p->known[i]->id == 0;
	/* changed people first: afterwards the added ones have ids too, and a key given up may be taken */
	return store_households(db, p) && journal_changed(db, p) && change_people(db, p) && add_people(db, p) &&
	    tags_added(db, p, added) && journal_added(db, p, added) && store_phones(db, p, added, true) &&
	    store_phones(db, p, added, false) && import_own_store(db, p, added) &&
	    mark_seen(db, p, added) && conflicts_store(db, p) && store_refusals(db, p) && follow_changed(db, p, added);
}
