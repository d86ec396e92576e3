/*
 * voted.h - who has voted: one person, a "bingo" sheet by section of vote and elector number, or a file of them.
 * What follows for the call lists happens in the transaction of the mark itself (queue_change.h); a claim looks again.
 */
#ifndef DOMAIN_VOTED_H
#define DOMAIN_VOTED_H

#include "domain/ids.h"
#include "domain/outcome.h"

struct arena;
struct db;

struct batch_id { uint64_t v; };
enum voted_source { VOTED_ONE, VOTED_SHEET, VOTED_FILE };

/* Marks this person, or takes the mark back; ALREADY: nothing to change. REFUSED: nobody of the organisation. */
enum saved voted_set(struct db *, struct organisation_id, struct user_id by, struct person_id, bool voted, int64_t now,
    struct arena *);

/* One elector as a sheet or a file names them. division "": whichever has that section. */
struct voted_ref { const char *division, *section, *number; };
enum { VOTED_SHEET_MAX = 500, VOTED_FILE_MAX = 20000 };
/* "12 15-18, 22" becomes 12, 15, 16, 17, 18, 22; false: more than `max`, or a range that is none. */
bool voted_numbers(struct arena *, const char *text, const char **out, size_t max, size_t *n);

/* Marks all that are found and tells in the batch about the others: numbers nobody has, or that several people have.
 * Page by page; when it fails midway the same again marks the rest. */
enum saved voted_mark(struct db *, struct organisation_id, struct user_id by, enum voted_source, const char *label,
    const struct voted_ref *, size_t n, int64_t now, struct batch_id *out, struct arena *);
/* Takes back what this batch marked and nobody has changed since. ALREADY: was undone. */
enum saved voted_undo(struct db *, struct organisation_id, struct user_id by, struct batch_id, int64_t now,
    struct arena *);

struct voted_batch {
	struct batch_id id;
	enum voted_source source;
	const char *label, *missed_text, *by;
	uint64_t marked, already, missed;
	int64_t created_at;
	bool undone;
};
/* Newest first, at most 20. */
bool voted_batches(struct db *, struct organisation_id, struct voted_batch **out, size_t *n, struct arena *);
enum found voted_batch_by_id(struct db *, struct organisation_id, struct batch_id, struct voted_batch *, struct arena *);
/* Whom it marked, by number, at most 100. */
struct voted_person { struct person_id id; const char *last_name, *first_name, *section, *number; };
bool voted_people(struct db *, struct batch_id, struct voted_person **out, size_t *n, struct arena *);

#endif
