/*
 * list_in.h - a filter as SQL, shared by the pages and the loads; and how what people type becomes a pattern, for every search.
 */
#ifndef DOMAIN_LIST_IN_H
#define DOMAIN_LIST_IN_H

#include "domain/list.h"
#include "plumb/buf.h"
#include "plumb/db.h"

/* 50 conditions of 40 values, tags with their organisation, and the search (six words in five columns). */
enum { CLAUSE_VALUES = FILTER_CONDITIONS * (2 * FILTER_VALUES + 2) + 150, CLAUSE_BYTES = 200000 };

struct clause {
	struct buf sql;			/* "p.organisation_id = ? AND ..." over person p */
	struct val in[CLAUSE_VALUES];
	size_t n;
	unsigned way;			/* set before: 0 the whole filter, 1 to filter_ways only what fits in this way */
};
/* Who fits a filter, at most PEOPLE_COUNTED, so that they are searched once for count and page. Without a filter everybody fits: many. */
struct matches {
	uint64_t *id;			/* in the arena, upwards; of no use when `many` */
	size_t n;
	bool many;			/* more than PEOPLE_COUNTED, or all */
};
bool people_find(struct db *, struct organisation_id, const struct people_filter *, struct matches *, uint64_t *total, struct arena *);
/* Anything beside kind and search? */
bool people_narrowed(const struct people_filter *);
bool people_count_all(struct db *, struct organisation_id, const struct people_filter *, uint64_t *n, struct arena *);
void people_clause(struct arena *, struct organisation_id, const struct people_filter *, struct clause *out);

/*
 * "This or that" over other tables (a tag, an answer, a number) is a walk over everybody for the server, while each
 * alternative by itself has an index. Such a filter has several ways to fit: whoever fits in one of them fits. 1: ask for
 * the whole. The ways together find exactly whom the whole finds, some of them more than once.
 */
unsigned filter_ways(const struct filter *);
/* For filter_sql: what the ways differ in. The groups (0), the conditions of one group (its number), or nothing (-1). */
int filter_split(const struct filter *, unsigned *ways);

/* Before a SELECT that walks an index of people and stops when it has enough: conditions over other tables are looked up
 * person by person; otherwise the server collects everybody with that tag first, for each page. */
#define PERSON_BY_PERSON "SET STATEMENT optimizer_switch = 'semijoin=off,materialization=off,exists_to_in=off' FOR "

/* " AND (...)" for the conditions; nothing for none. */
void filter_sql(struct arena *, struct organisation_id, const char *zone, enum person_kind, const struct filter *, struct clause *);

/* " AND (...)" for each word of a search, for a person looked at by itself. */
void words_clause(struct arena *, const char *search, struct clause *);
/* "SELECT id ..." of at most `most` people whom the words find, when the filter has nothing else (NULL otherwise): by the indexes of names
 * alone, since each holds all that a word may begin. Read by their rows those of one word would be many (all who are called Marie),
 * while those who have all the words are few. */
const char *words_found(struct arena *, struct organisation_id, const struct people_filter *, uint64_t most, struct clause *values);

/* What people type is no pattern: % and _ stand for themselves. `before` stands in front of it: "", "%", "% "; anything
 * may follow. */
const char *clause_pattern(struct arena *, const char *before, const char *text);
/* The pattern of E.164 numbers that begin with these digits; "" when they are too few or no number. */
const char *clause_number(struct arena *, const char *typed);

#endif
