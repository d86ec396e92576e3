/*
 * survey_field.h - questions that correct the record: which fields they may ask for, and how what is said is read. Pure.
 *
 * Whether an operation lets its agents change a field is for its rules to say (agent_may_edit), call by call: a
 * questionnaire serves several operations.
 */
#ifndef DOMAIN_SURVEY_FIELD_H
#define DOMAIN_SURVEY_FIELD_H

#include "domain/field.h"
#include "plumb/refusal.h"

struct arena;

/* Those that an agent's conversation can write, in the order in which the editor offers them. */
extern const enum person_field survey_fields[];
extern const size_t nsurvey_fields;
/* FIELD__MAX: none of them. */
enum person_field survey_field(const char *code);
/* As the record would read it: R_NONE and *value in the arena, or why not. Blank is R_MISSING. */
enum refusal survey_field_read(enum person_field, const char *said, const char **value, struct arena *);

#endif
