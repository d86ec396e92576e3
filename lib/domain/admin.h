/*
 * admin.h - what the administrator's command reads across organisations.
 */
#ifndef DOMAIN_ADMIN_H
#define DOMAIN_ADMIN_H

#include "domain/ids.h"
#include "plumb/base.h"

struct arena;
struct db;

struct admin_organisation { struct organisation_id id; const char *name; };
bool admin_organisations(struct db *, struct admin_organisation **out, size_t *n, struct arena *);

/* Those who can sign in by e-mail, by name; volunteers of a link are only counted. */
struct admin_user { const char *organisation, *name, *email, *role; bool disabled; int64_t seen_at; };
bool admin_users(struct db *, struct admin_user **out, size_t *n, uint64_t *volunteers, struct arena *);

/* Every operation that was finished in the wizard, by id. */
struct admin_operation { struct operation_id id; const char *name; };
bool admin_operations(struct db *, struct admin_operation **out, size_t *n, struct arena *);

/* How the server is set up, and what waits. */
struct admin_health {
	const char *version;		/* of MariaDB */
	bool durable;			/* a COMMIT is on disk when it answers */
	bool may_change_tables;		/* this account could: the areas' should not */
	bool may_change_calls;		/* ... and could change or delete saved calls */
	uint64_t buffer_pool_mb;
	uint64_t slow_purge;		/* old row versions that a long-open snapshot keeps: claims get slow */
	uint64_t prepared, prepared_most;	/* statements that all programs keep prepared, and the server's limit */
	int64_t beat_at;		/* of the worker that was heard last; 0: none ever */
	uint64_t waiting_jobs, failed_jobs;
	int64_t oldest_job_at;		/* 0: none waits */
};
bool admin_health(struct db *, struct admin_health *, struct arena *);

/* Deletes what time has ended: sessions, throttle counts, one-time codes; forgets the files of imports that
 * ended before `files_before` and gives their names (in conf.data/imports), to be unlinked. At most 1000 of each. */
bool admin_tidy(struct db *, int64_t now, int64_t files_before, const char ***names, size_t *n, struct arena *);

#endif
