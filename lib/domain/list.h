/*
 * list.h - which people: the filter of the people pages, its pages of results, and loading
 * them into an operation's call list by a job (facts 99 to 107).
 */
#ifndef DOMAIN_LIST_H
#define DOMAIN_LIST_H

#include "domain/filter.h"
#include "domain/ids.h"
#include "domain/person.h"
#include "plumb/refusal.h"

struct arena;
struct db;

enum { PEOPLE_PAGE = 50, PEOPLE_COUNTED = 10000 };

struct people_filter {
	enum person_kind kind;
	const char *search;		/* parts of names, or a phone number in any writing; "" everybody */
	const char *city, *tag, *subdivision;	/* "" any */
	const char *language;		/* "", "fr", "en" */
	bool has_phone, not_voted;
	struct filter conditions;	/* beside these */
	const char *zone;		/* whose days its dates are */
};

/* "q=gelinas&city=Laval&f.1=voted&o.1=no": for links, how a load and a saved filter store it. At most PEOPLE_FILTER_TEXT
 * bytes; NULL: longer. */
enum { PEOPLE_FILTER_TEXT = 8000 };
const char *people_filter_text(struct arena *, const struct people_filter *);
void people_filter_read(struct arena *, const char *text, enum person_kind, const char *zone, struct people_filter *out);

enum people_sort { SORT_NAME, SORT_FIRST_NAME, SORT_CITY, SORT_PLACE, SORT_NEWEST, SORT__MAX };
struct people_order { enum people_sort by; bool down; };
extern const char *const people_sort_code[SORT__MAX];	/* "name", "first", "city", "place", "newest" */

struct person_line {
	struct person_id id;
	const char *last_name, *first_name, *city, *language, *tags, *subdivision, *elector_number;
	const char *phone;		/* E.164 of the first number; NULL: none */
	bool calls_forbidden, has_voted;
};
/* One page after that person (v = 0: from the start). One more than PEOPLE_PAGE is never returned; *more says there are. *total: at
 * most PEOPLE_COUNTED + 1, so that the count stays cheap. */
bool people_page(struct db *, struct organisation_id, const struct people_filter *, const struct people_order *,
    struct person_id after, struct person_line *out, size_t *n, bool *more, uint64_t *total, struct arena *);

/* At most PEOPLE_COUNTED + 1. */
bool people_count(struct db *, struct organisation_id, const struct people_filter *, uint64_t *n, struct arena *);

struct list_load {
	struct load_id id;
	struct operation_id operation;
	const char *filter;
	uint64_t last_person, total;	/* total: what the filter gave at the start */
	uint64_t loaded, already, no_number, forbidden, excluded;
	int64_t created_at;
};
/* Stores the filter and queues the job "load". REFUSED: R_OTHER_SOURCE (fact 12), R_NOT_FOUND. */
enum saved load_start(struct db *, struct organisation_id, struct user_id, struct operation_id,
    const struct people_filter *, int64_t now, struct load_id *out, enum refusal *why, struct arena *);
enum found load_by_id(struct db *, struct organisation_id, struct load_id, struct list_load *, struct arena *);

/* For the worker, as import_step: one page of people, its counters and its place in one transaction. */
bool load_step(struct db *, struct load_id, int64_t now, bool *finished, struct arena *);
/* People looked at so far, and all that the filter gave at the start. */
bool load_progress(struct db *, struct load_id, uint64_t *done, uint64_t *total, struct arena *);

#endif
