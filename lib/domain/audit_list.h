/*
 * audit_list.h - the log that audit.h writes, as the organisation's administrators read it.
 */
#ifndef DOMAIN_AUDIT_LIST_H
#define DOMAIN_AUDIT_LIST_H

#include "domain/ids.h"
#include "plumb/base.h"

struct arena;
struct db;

enum { AUDIT_PAGE = 100 };
struct audit_row {
	uint64_t id;
	int64_t at;
	struct user_id user;		/* v = 0: the administrator's command, the worker, or nobody who is known */
	const char *name;		/* "" then */
	const char *verb, *object, *detail;
	uint64_t object_id;		/* 0: none */
	const char *title;		/* of what was changed, as far as it has a name and is still there; "" */
};
struct audit_wish {
	struct organisation_id organisation;
	struct user_id user;		/* v = 0: everybody */
	int64_t from, before;		/* of a day; before 0: until now */
	int64_t after_at;		/* 0: from the newest; else what came before this row */
	uint64_t after_id;
};
/* The newest first, at most AUDIT_PAGE; each page is a range of an index. */
bool audit_list(struct db *, const struct audit_wish *, struct audit_row **out, size_t *n, bool *more, struct arena *);

/* Whom one may ask for: everybody who signs in by e-mail, then volunteers who left a row; at most 200. */
struct audit_person { struct user_id id; const char *name; };
bool audit_people(struct db *, struct organisation_id, struct audit_person **out, size_t *n, struct arena *);

#endif
