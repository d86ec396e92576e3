/*
 * custom.h - fields that the organisation defines for its contacts or its electors, and their values.
 */
#ifndef DOMAIN_CUSTOM_H
#define DOMAIN_CUSTOM_H

#include "domain/record.h"

enum custom_form { CUSTOM_TEXT, CUSTOM_NUMBER, CUSTOM_DATE, CUSTOM_YES, CUSTOM_FORMS };
const char *custom_form_code(enum custom_form);		/* "text", "number", "date", "yes": stored and in forms */
enum custom_form custom_form_of(const char *code);	/* CUSTOM_FORMS when unknown */

/* "own_date-12": how conditions of filters and columns of imports name the field. False: no such code. */
struct custom_field;
const char *custom_code(struct arena *, const struct custom_field *);
bool custom_of_code(const char *code, uint64_t *field, enum custom_form *);

#define CUSTOM_FIELDS_MAX	40	/* for each kind of people */
#define CUSTOM_NAME_MAX		60
#define CUSTOM_VALUE_MAX	300

struct custom_field { uint64_t id; const char *name; enum custom_form form; bool put_away; const char *value; /* "" blank */ };

/* All of that kind, by name; put away ones last. Values "". */
bool custom_fields(struct db *, struct organisation_id, enum person_kind, struct custom_field **out, size_t *n, struct arena *);
/* Those in use, with what the person has. */
bool custom_values(struct db *, struct organisation_id, struct person_id, struct custom_field **out, size_t *n, struct arena *);

/* R_CUSTOM_TAKEN, R_CUSTOM_MANY. by->person is not read. */
enum saved custom_define(struct db *, const struct record_by *, enum person_kind, const char *name, enum custom_form,
    enum refusal *why, struct arena *);
/* Put away: on no form any more, values stay; or back. R_NOT_FOUND. */
enum saved custom_put_away(struct db *, const struct record_by *, uint64_t field, bool away, enum refusal *why, struct arena *);

/* A value as typed, in the writing of its form; NULL: *why says what is wrong. "" is blank. Pure. */
const char *custom_read(struct arena *, enum custom_form, const char *typed, enum refusal *why);
/* Stores what custom_read made: values[i] belongs to fields[i]; what changes is in the audit. */
enum saved custom_store(struct db *, const struct record_by *, const struct custom_field *fields, const char *const *values, size_t n,
    enum refusal *why, struct arena *);
/* The same within the caller's transaction, which has locked the person. False: failed. */
bool custom_store_within(struct db *, const struct record_by *, const struct custom_field *fields, const char *const *values, size_t n,
    struct arena *);

#endif
