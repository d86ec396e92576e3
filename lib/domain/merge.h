/*
 * merge.h - two records that are the same person become one. It cannot be undone.
 *
 * Both are contacts, or both electors, of one organisation. Numbers, tags, notes, calls, answers, marks of who has voted,
 * "do not call" and links come together. A field, or an address as a whole, that both have otherwise is chosen.
 * In an operation that both stand in, the entry that is further on stays (done, then removed, then waiting for
 * an appointment, for another call, never called): nobody who is done, removed or suppressed becomes callable. The other
 * entry stays without a person, off the list, with its attempts, so that totals and promise 2 hold.
 */
#ifndef DOMAIN_MERGE_H
#define DOMAIN_MERGE_H

#include "domain/custom.h"
#include "domain/queue.h"
#include "domain/record.h"

#define MERGE_ROWS	(IF__MAX + CUSTOM_FIELDS_MAX)
#define MERGE_PARTS	5

/* What is compared: one field, an address with its parts, or a field of the organisation's own. */
struct merge_row {
	const char *code;		/* "email", "address", "own-12": in forms */
	enum import_field field[MERGE_PARTS];
	size_t n;
	const struct custom_field *own;	/* n = 0 */
	const char *mine[MERGE_PARTS], *theirs[MERGE_PARTS];	/* as stored; "" blank */
	bool differs;			/* both say something, and not the same */
	bool propose_theirs;		/* what is taken when nobody chooses: blanks filled, else the record changed last */
};
/* An operation with both on its list. */
struct merge_list { const char *operation; enum queue_state mine, theirs; bool theirs_stays; };

struct merge_pair {
	struct record mine, theirs;
	struct merge_row row[MERGE_ROWS];
	size_t nrows;
	struct merge_list *list;
	size_t nlists;
};
/* How far on an entry is; the one with the higher rank stays, of two alike that of the record that is kept. Pure. */
unsigned merge_rank(enum queue_state, unsigned band);

/* NONE: one of them is not there, or they are not of the same kind. */
enum found merge_look(struct db *, struct organisation_id, struct person_id mine, struct person_id theirs, struct merge_pair *,
    struct arena *);

/* theirs: codes of rows where the other record's value is taken; rows that do not differ follow by themselves. seen_...: what
 * merge_look said of both (updated_at). */
struct merge_choice { const char *const *theirs; size_t n; int64_t seen_mine, seen_theirs; };
/* Keeps by->person. ALREADY: they are one already, also the other way round; *kept: the record that there is.
 * REFUSED: R_NOT_FOUND, R_CHANGED_SINCE, R_PERSON_HELD, R_TOO_MANY_PHONES, R_MERGE_TOO_LONG. */
enum saved merge_people(struct db *, const struct record_by *, struct person_id theirs, const struct merge_choice *,
    struct person_id *kept, enum refusal *why, struct arena *);

/* FOUND: this record was merged into *kept. */
enum found merge_kept(struct db *, struct organisation_id, struct person_id gone, struct person_id *kept, struct arena *);

/* Who may be the same person, likeliest first, at most 20. */
struct merge_offer {
	struct person_id id;
	const char *last_name, *first_name, *city, *file_number;
	bool same_name, same_phone, same_email, same_address, same_number;
};
bool merge_offers(struct db *, struct organisation_id, struct person_id, struct merge_offer **out, size_t *n, struct arena *);

#endif
