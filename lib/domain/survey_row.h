/*
 * survey_row.h - for the survey_*.c files: writes a version's questions and choices, in the caller's transaction.
 */
#ifndef DOMAIN_SURVEY_ROW_H
#define DOMAIN_SURVEY_ROW_H

#include "domain/survey.h"

/* A new survey without versions. */
bool survey_insert(struct db *, struct organisation_id, struct user_id by, int64_t now,
    const char *name, const char *description, struct survey_id *out);
/* A version with all its parts. Parts with stable = 0 get their own id as stable id. */
bool survey_insert_version(struct db *, struct survey_id, unsigned number, struct user_id by, int64_t now, const struct survey *,
    struct version_id *out);
/* A yes/no question has these two choices, whatever its maker wrote: only where they lead
 * (two choices given) is kept. Stable ids are taken over from `was`. */
void survey_yes_no(struct question *, const struct question *was, struct arena *);
/* A scale's numbers are the same answers in every version. */
void survey_scale(struct question *, const struct question *was);

/* The same script and questions, stable ids included; names apart. */
bool survey_same(const struct survey *, const struct survey *);
/* A copy whose stable ids are all of `was`: a form cannot borrow another survey's, nor one twice. Others are 0. */
void survey_own_copy(const struct survey *in, const struct survey *was, struct survey *out, struct arena *);

#endif
