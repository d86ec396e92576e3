/*
 * list_in.h - a filter as SQL, shared by the pages and the loads.
 */
#ifndef DOMAIN_LIST_IN_H
#define DOMAIN_LIST_IN_H

#include "domain/list.h"
#include "plumb/buf.h"
#include "plumb/db.h"

/* 50 conditions of 40 values, tags with their organisation, and the search. */
enum { CLAUSE_VALUES = FILTER_CONDITIONS * (2 * FILTER_VALUES + 2) + 100, CLAUSE_BYTES = 200000 };

struct clause {
	struct buf sql;			/* "p.organisation_id = ? AND ..." over person p */
	struct val in[CLAUSE_VALUES];
	size_t n;
};
bool people_count_all(struct db *, struct organisation_id, const struct people_filter *, uint64_t *n, struct arena *);
void people_clause(struct arena *, struct organisation_id, const struct people_filter *, struct clause *out);
/* " AND (...)" for the conditions; nothing for none. */
void filter_sql(struct arena *, struct organisation_id, const char *zone, enum person_kind, const struct filter *, struct clause *);

/* What people type is no pattern: % and _ stand for themselves. `before` is "" or "%"; anything may follow. */
const char *clause_pattern(struct arena *, const char *before, const char *text);
/* The pattern of E.164 numbers that begin with these digits; "" when they are too few or no number. */
const char *clause_number(struct arena *, const char *typed);

#endif
