/*
 * import_merge.c - what a row adds to a person. Pure.
 *
 * The first row of a person in a file corrects what it says otherwise, if that is the import's rule; a later one only
 * fills blanks, so that the file read twice ends where it ended the first time. Blank cells erase nothing.
 */
#include "domain/import_in.h"

#include "plumb/arena.h"
#include "plumb/text.h"

static bool
has_tag(const char *tags, const char *tag)
{
	size_t n = strlen(tag);

	for (const char *p = tags; (p = strstr(p, tag)) != NULL; p += n)
		if ((p == tags || p[-1] == '|') && (p[n] == '\0' || p[n] == '|'))
			return true;
	return false;
}

/* What there is no room for is named among what was not taken, never dropped in silence. */
static void
no_room(const struct page *p, struct irow *r, enum import_field f, const char *value)
{
	struct row_refusal *x = r->row.refused, *end = x + r->row.nrefused;
	size_t column = 0;

	while (column < p->im->ncolumns && p->im->mapping[column] != f)
		column++;
	while (x < end && x->column != column + 1)		/* one line for each column, whatever is in it */
		x++;
	if (x < end)
		x->cell = arena_fmt(p->a, "%s, %s", x->cell, value);
	else
		import_leave_out(&r->row, column, R_FIELD_FULL, value);
}

static bool
add_tags(struct page *p, struct known *k, struct irow *r)
{
	const char *tags = r->row.value[IF_TAGS], *part[64], *now = k->value[IF_TAGS] == NULL ? "" : k->value[IF_TAGS];
	size_t n = text_split(p->a, tags, '|', part, NITEMS(part));
	bool changed = false;

	for (size_t i = 0; i < n; i++)
		if (has_tag(now, part[i]))
			continue;
		else if (text_chars(now) + 1 + text_chars(part[i]) > PERSON_TAGS_MAX)
			no_room(p, r, IF_TAGS, part[i]);
		else {
			now = *now == '\0' ? part[i] : arena_fmt(p->a, "%s|%s", now, part[i]);
			changed = true;
		}
	if (changed)
		k->value[IF_TAGS] = now;
	return changed;
}

/* Notes of callers stay: a note that is not there yet goes below. */
static bool
add_note(struct page *p, struct known *k, struct irow *r)
{
	const char *note = r->row.value[IF_NOTES], *now = k->value[IF_NOTES];

	if (now == NULL)
		k->value[IF_NOTES] = note;
	else if (strstr(now, note) != NULL)
		return false;
	else if (text_chars(now) + 1 + text_chars(note) > PERSON_NOTES_MAX) {
		no_room(p, r, IF_NOTES, note);
		return false;
	} else
		k->value[IF_NOTES] = arena_fmt(p->a, "%s\n%s", now, note);
	return true;
}

static size_t
phone_at(const struct known *k, const char *e164)
{
	size_t i = 0;

	while (i < k->nphones && strcmp(k->phone[i].e164, e164) != 0)
		i++;
	return i;
}

/* The row's numbers first, then the others that were known; on a later row only behind them. */
static bool
add_phones(struct known *k, const struct irow *r, bool fill)
{
	struct known_phone list[KNOWN_PHONES];
	size_t n = 0;
	bool same = true;

	if (fill) {
		for (size_t i = 0; i < r->row.nphones && k->nphones < KNOWN_PHONES; i++) {
			const struct row_phone *ph = &r->row.phone[i];
			if (phone_at(k, ph->e164) < k->nphones)
				continue;
			k->phone[k->nphones++] = (struct known_phone){ ph->kind, ph->e164, ph->extension, false };
			same = false;
		}
		return !same;
	}
	for (size_t i = 0; i < r->row.nphones; i++) {
		const struct row_phone *ph = &r->row.phone[i];
		size_t at = phone_at(k, ph->e164);
		list[n++] = (struct known_phone){ ph->kind, ph->e164, ph->extension, at < k->nphones && k->phone[at].stored };
		same = same && at == i && at < k->nphones && strcmp(k->phone[at].kind, ph->kind) == 0 &&
		    strcmp(k->phone[at].extension, ph->extension) == 0;
	}
	for (size_t j = 0; j < k->nphones; j++) {
		bool listed = false;
		for (size_t i = 0; i < r->row.nphones; i++)
			listed = listed || strcmp(k->phone[j].e164, r->row.phone[i].e164) == 0;
		if (!listed && n < KNOWN_PHONES)
			list[n++] = k->phone[j];
	}
	if (same)
		return false;
	memcpy(k->phone, list, n * sizeof(list[0]));
	k->nphones = n;
	return true;
}

static bool
is_address(enum import_field f)
{
	return f == IF_CIVIC_NUMBER || f == IF_STREET || f == IF_APARTMENT || f == IF_CITY || f == IF_POSTAL_CODE;
}

/* Is this another address, so that its parts must not be mixed with the old one's? */
static bool
moved(const struct known *k, const struct irow *r, bool fill)
{
	return !fill && r->has_address && k->has_address &&
	    memcmp(k->address.byte, r->address.byte, sizeof(r->address.byte)) != 0;
}

void
import_add_conflict(struct page *p, const struct known *k, const struct irow *r, enum import_field f, const struct own_column *own, const char *theirs)
{
	struct conflict *c;

	if (k->seen || p->im->rule != IMPORT_ASK)
		return;
	c = arena_alloc(p->a, sizeof(*c));
	*c = (struct conflict){ k, f, own, theirs, r->line, p->conflicts };
	p->conflicts = c;
}

bool
import_merge(struct page *p, struct known *k, struct irow *r)
{
	bool fill = k->seen || p->im->rule != IMPORT_CORRECT;
	bool changed = false, other_address = moved(k, r, fill);
	/* a file that knows no such column says nothing; one that has it and leaves it blank says "none" of a new address */
	const char *old_apartment = k->value[IF_APARTMENT];

	for (size_t i = 0; i < NSTORED; i++) {
		enum import_field f = stored_field[i];
		const char *v = r->row.value[f];
		if (f == IF_TAGS || f == IF_NOTES || v == NULL)
			continue;
		if (k->value[f] != NULL && (f == IF_FILE_NUMBER || strcmp(k->value[f], v) == 0))
			continue;
		/* half an address filled in from another one would be a third */
		if (fill && (k->value[f] != NULL || (is_address(f) && k->has_address))) {
			import_add_conflict(p, k, r, f, NULL, v);
			continue;
		}
		k->value[f] = v;
		changed = true;
		k->address_changed = k->address_changed || is_address(f);
	}
	if (other_address && r->row.value[IF_APARTMENT] == NULL && old_apartment != NULL) {
		k->value[IF_APARTMENT] = NULL;
		changed = k->address_changed = true;
	}
	if (r->row.value[IF_TAGS] != NULL)
		changed = add_tags(p, k, r) || changed;
	if (r->row.value[IF_NOTES] != NULL)
		changed = add_note(p, k, r) || changed;
	changed = import_own_merge(p, k, r) || changed;
	if (add_phones(k, r, fill))
		changed = k->phones_changed = true;
	if (r->numbered && !k->numbered) {		/* the same person, now with a number */
		k->numbered = changed = true;
		page_set_key(p, k, &r->strong);
	}
	if (k->address_changed)
		k->has_address = household_key(p->a, k->value[IF_CIVIC_NUMBER], k->value[IF_STREET], k->value[IF_APARTMENT],
		    k->value[IF_CITY], &k->address);
	return changed;
}
