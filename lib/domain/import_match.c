/*
 * import_match.c - which person a row is. Pure.
 *
 * First by number: the party's file number, or division, section of vote and elector number. Then, when one of the two
 * has no number, by the same name together with a phone, an e-mail, a birth date or the address; what
 * contradicts (two birth dates, two numbers) decides against, and so does a tie between two people: a father and
 * son of one name at one address stay two.
 */
#include "domain/import_in.h"

#include <strings.h>

#include "plumb/arena.h"
#include "plumb/seal.h"

static size_t
bucket(const unsigned char *hash)
{
	return (hash[0] | (size_t)hash[1] << 8) % BUCKETS;
}

static void
hash_of(const char *text, void *out, size_t n)
{
	unsigned char hash[32];

	seal_sha256(text, strlen(text), hash);
	memcpy(out, hash, n);
}

static const char *
folded(struct page *p, const struct irow *r, enum import_field f)
{
	return r->row.value[f] == NULL ? "" : fold_text(p->a, r->row.value[f]);
}

static const char *
text_of(const char *value)
{
	return value == NULL ? "" : value;
}

void
import_name_key(struct arena *a, const char *last_name, const char *first_name, struct key8 *out)
{
	hash_of(arena_fmt(a, "%s\x1f%s", fold_text(a, last_name), fold_text(a, first_name)), out->byte, sizeof(out->byte));
}

void
import_keys(struct page *p, struct irow *r)
{
	const char *last = folded(p, r, IF_LAST_NAME), *first = folded(p, r, IF_FIRST_NAME), *number;
	const char *const *v = r->row.value;

	import_name_key(p->a, last, first, &r->name);
	r->has_address = household_key(p->a, v[IF_CIVIC_NUMBER], v[IF_STREET], v[IF_APARTMENT], v[IF_CITY], &r->address);
	if (*(number = folded(p, r, IF_FILE_NUMBER)) != '\0') {
		r->numbered = true;
		hash_of(arena_fmt(p->a, "file\x1f%s", number), r->strong.byte, sizeof(r->strong.byte));
	} else if (v[IF_SUBDIVISION] != NULL && v[IF_ELECTOR_NUMBER] != NULL) {
		r->numbered = true;
		hash_of(arena_fmt(p->a, "elector\x1f%s\x1f%s\x1f%s", folded(p, r, IF_DIVISION), folded(p, r, IF_SUBDIVISION),
		    folded(p, r, IF_ELECTOR_NUMBER)), r->strong.byte, sizeof(r->strong.byte));
	}
	hash_of(arena_fmt(p->a, "row\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s", last, first, text_of(v[IF_BIRTH_DATE]),
	    text_of(v[IF_EMAIL]), r->has_address ? seal_hex(p->a, r->address.byte, sizeof(r->address.byte)) : "",
	    r->row.nphones > 0 ? r->row.phone[0].e164 : "", r->row.nphones > 1 ? r->row.phone[1].e164 : ""),
	    r->weak.byte, sizeof(r->weak.byte));
}

static void
index_key(struct page *p, struct known *k)
{
	struct known **head = &p->by_key[bucket(k->key.byte)];

	if (k->has_key) {
		k->same_key = *head;
		*head = k;
	}
}

void
page_set_key(struct page *p, struct known *k, const struct key16 *key)
{
	struct known **at = &p->by_key[bucket(k->key.byte)];

	if (k->has_key) {
		while (*at != k)
			at = &(*at)->same_key;
		*at = k->same_key;
	}
	k->key = *key;
	k->has_key = true;
	index_key(p, k);
}

void
page_add(struct page *p, struct known *k)
{
	struct known **head = &p->by_name[bucket(k->name.byte)];

	if (p->nknown == p->room) {
		struct known **more = arena_alloc(p->a, (p->room * 2 + 64) * sizeof(*more));
		if (p->nknown > 0)
			memcpy(more, p->known, p->nknown * sizeof(*more));
		p->known = more;
		p->room = p->room * 2 + 64;
	}
	p->known[p->nknown++] = k;
	k->same_name = *head;
	*head = k;
	index_key(p, k);
}

struct known *
import_with_key(const struct page *p, const struct key16 *key)
{
	struct known *k = p->by_key[bucket(key->byte)];

	while (k != NULL && memcmp(k->key.byte, key->byte, sizeof(key->byte)) != 0)
		k = k->same_key;
	return k;
}

bool
import_has_key(const struct page *p, const struct irow *r)
{
	return import_with_key(p, r->numbered ? &r->strong : &r->weak) != NULL;
}

static bool
both_differ(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) != 0;
}

/* How much says that this person of the same name is the row's; 0 when nothing does, or something says no. */
static unsigned
evidence(const struct known *k, const struct irow *r)
{
	const char *const *v = r->row.value;
	unsigned n = 0;

	if (both_differ(k->value[IF_BIRTH_DATE], v[IF_BIRTH_DATE]) || (k->numbered && r->numbered))
		return 0;
	n += k->value[IF_BIRTH_DATE] != NULL && v[IF_BIRTH_DATE] != NULL;
	n += k->value[IF_EMAIL] != NULL && v[IF_EMAIL] != NULL && strcasecmp(k->value[IF_EMAIL], v[IF_EMAIL]) == 0;
	n += k->has_address && r->has_address && memcmp(k->address.byte, r->address.byte, sizeof(r->address.byte)) == 0;
	for (size_t i = 0; i < r->row.nphones; i++)
		for (size_t j = 0; j < k->nphones; j++)
			n += strcmp(r->row.phone[i].e164, k->phone[j].e164) == 0;
	return n;
}

struct known *
import_find(struct page *p, const struct irow *r, enum refusal *why)
{
	struct known *k, *best = NULL;
	unsigned most = 0;
	bool tie = false;

	*why = R_NONE;
	if (r->numbered && (k = import_with_key(p, &r->strong)) != NULL) {
		/* another name and another birth date: the number went to somebody else, and no history may go with it */
		if (memcmp(k->name.byte, r->name.byte, sizeof(r->name.byte)) != 0 &&
		    both_differ(k->value[IF_BIRTH_DATE], r->row.value[IF_BIRTH_DATE]))
			*why = R_ROW_OTHER_PERSON;
		return k;
	}
	if (!r->numbered && (k = import_with_key(p, &r->weak)) != NULL)
		return k;
	for (k = p->by_name[bucket(r->name.byte)]; k != NULL; k = k->same_name) {
		unsigned n;
		if (memcmp(k->name.byte, r->name.byte, sizeof(r->name.byte)) != 0 || (n = evidence(k, r)) == 0)
			continue;
		tie = n == most;
		if (n > most) {
			most = n;
			best = k;
		}
	}
	return tie ? NULL : best;
}
