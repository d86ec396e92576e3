/*
 * survey.h - questionnaires: a survey has versions; a version that has answers never changes.
 */
#ifndef DOMAIN_SURVEY_H
#define DOMAIN_SURVEY_H

#include "domain/ids.h"
#include "plumb/base.h"
#include "plumb/lang.h"

struct arena;
struct db;

struct choice {
	struct choice_id id;
	uint64_t stable;
	const char *text[LANG__MAX];
};
struct question {
	struct question_id id;
	uint64_t stable;
	unsigned position;
	const char *kind;		/* "single_choice", ... as sql/001 lists them */
	bool required;
	const char *text[LANG__MAX];
	struct choice *choices;
	size_t nchoices;
};
struct survey {
	struct survey_id id;
	struct version_id version;
	unsigned number;		/* of the version */
	const char *name, *description;
	const char *script[LANG__MAX];	/* with merge fields {first_name} {last_name} {agent} {operation} {city} {polling_place} */
	struct question *questions;
	size_t nquestions;
};

/* One version with everything in it (immutable once used: may be kept by a process). */
enum found survey_version(struct db *, struct version_id, struct survey *, struct arena *);
/* The newest version of every survey of the organisation, by name; questions not filled. */
bool survey_list(struct db *, struct organisation_id, struct survey **out, size_t *n, struct arena *);
const char *survey_text(const char *const text[LANG__MAX], enum lang);	/* that language, else the other */

#endif
