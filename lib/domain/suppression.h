/*
 * suppression.h - numbers nobody calls, in any operation of the organisation (fact 134).
 */
#ifndef DOMAIN_SUPPRESSION_H
#define DOMAIN_SUPPRESSION_H

#include "domain/ids.h"
#include "plumb/base.h"
#include "plumb/refusal.h"

struct arena;
struct db;

/* FOUND: do not call. */
enum found suppression_has(struct db *, struct organisation_id, const char *e164, struct arena *);
/* In the caller's transaction. A number already there stays as it is. `person` and `by` may be 0. */
bool suppression_add(struct db *, struct organisation_id, const char *e164, struct person_id,
    const char *reason, struct user_id by, int64_t now);

/*
 * --- the page of the organisation's list ---
 *
 * A number or a person never comes off it: who asked for it must not be called for 3 years and 14 days. Each verb takes
 * effect on every call list in the same transaction, and leaves a row in audit.
 */
#define SUPPRESSION_KEPT_YEARS	3
#define SUPPRESSION_KEPT_DAYS	14

/* ALREADY: is on the list. R_PHONE_... */
enum saved suppression_add_number(struct db *, struct organisation_id, struct user_id by, const char *number,
    const char *reason, int64_t now, enum refusal *why, struct arena *);
/* The person, at any number. with_numbers: their numbers too, so that nobody else is called there either. R_NOT_FOUND. */
enum saved suppression_add_person(struct db *, struct organisation_id, struct user_id by, struct person_id, bool with_numbers,
    const char *reason, int64_t now, enum refusal *why, struct arena *);

/* One row of a list that somebody brings: a number as written, when and why ("" and 0: not known). */
struct suppression_row { const char *number, *reason; int64_t since; };
struct suppression_counts { uint64_t added, already, refused; const char *first_refused[10]; };
enum { SUPPRESSION_FILE_MAX = 50000 };
/* Page by page; the same again adds nothing twice. */
enum saved suppression_add_all(struct db *, struct organisation_id, struct user_id by, const char *label,
    const struct suppression_row *, size_t n, int64_t now, struct suppression_counts *, struct arena *);

enum { SUPPRESSION_PAGE = 50 };
struct suppression_line {
	uint64_t id;			/* of the number, or of the person */
	const char *e164;		/* "" for a person */
	struct person_id person;	/* somebody who has the number; v = 0: nobody known */
	const char *last_name, *first_name, *reason, *by;
	int64_t created_at;
};
/* Newest first, behind that line (0: from the start). search: parts of a name, or a number in any writing. */
bool suppression_numbers(struct db *, struct organisation_id, const char *search, uint64_t after,
    struct suppression_line *out, size_t *n, bool *more, struct arena *);
bool suppression_people(struct db *, struct organisation_id, const char *search, uint64_t after,
    struct suppression_line *out, size_t *n, bool *more, struct arena *);
enum found suppression_totals(struct db *, struct organisation_id, uint64_t *numbers, uint64_t *people, struct arena *);

#endif
