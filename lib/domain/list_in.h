/*
 * list_in.h - a filter as SQL, shared by the pages and the loads.
 */
#ifndef DOMAIN_LIST_IN_H
#define DOMAIN_LIST_IN_H

#include "domain/list.h"
#include "plumb/buf.h"
#include "plumb/db.h"

enum { CLAUSE_VALUES = 64 };

struct clause {
	struct buf sql;			/* "p.organisation_id = ? AND ..." over person p */
	struct val in[CLAUSE_VALUES];
	size_t n;
};
bool people_count_all(struct db *, struct organisation_id, const struct people_filter *, uint64_t *n, struct arena *);
void people_clause(struct arena *, struct organisation_id, const struct people_filter *, struct clause *out);

#endif
