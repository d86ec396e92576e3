/*
 * survey_versions.h - a questionnaire's history: what each version changed, who made it, what hangs on it.
 */
#ifndef DOMAIN_SURVEY_VERSIONS_H
#define DOMAIN_SURVEY_VERSIONS_H

#include "domain/survey.h"

#define VERSIONS_MOST	50

/* The newest first, at most VERSIONS_MOST, complete. `answers`: how many were given to it and count (answer_tally). */
struct survey_edition { struct survey survey; uint64_t answers; };
bool survey_editions(struct db *, struct survey_id, struct survey_edition **out, size_t *n, struct arena *);

/* The operations of the organisation that use any version, by name; drafts too, archived ones not. */
struct survey_user { struct operation_id id; const char *name; struct version_id version; };
bool survey_users(struct db *, struct survey_id, struct survey_user **out, size_t *n, struct arena *);

/* What differs between a version and the one before it. */
enum edit_kind { ED_SCRIPT, ED_ADDED, ED_REMOVED, ED_TEXT, ED_KIND, ED_REQUIRED, ED_ANSWERS, ED_BRANCHES, ED_ORDER };
struct survey_edit { enum edit_kind kind; const struct question *question; unsigned number; };	/* NULL, 0: of none; removed: as it was */
/* At most `max`. Pure. */
size_t survey_edits(const struct survey *was, const struct survey *is, struct survey_edit *out, size_t max);

/* Which version an operation uses, and the newest there is. NONE: it has no questionnaire (yet). */
struct survey_in_use { struct survey_id id; const char *name; unsigned number, newest; };
enum found survey_of_operation(struct db *, struct organisation_id, struct operation_id, struct survey_in_use *, struct arena *);

#endif
