/*
 * person.h - one contact or elector with phones, household and history, as the people pages show it.
 */
#ifndef DOMAIN_PERSON_H
#define DOMAIN_PERSON_H

#include "domain/ids.h"
#include "domain/status.h"
#include "plumb/base.h"

struct arena;
struct db;

enum person_kind { PERSON_CONTACT, PERSON_ELECTOR };
/* Characters, by every way a value comes: form, file, API, merging. Four bytes each still fit the column. */
enum { PERSON_TAGS_MAX = 500, PERSON_NOTES_MAX = 16000 };
const char *person_kind_code(enum person_kind);		/* "contact", "elector": stored */
enum person_kind person_kind_of(const char *code);

struct person_phone { const char *kind, *e164, *extension; bool wrong, suppressed; };
struct person {
	struct person_id id;
	enum person_kind kind;
	const char *file_number, *last_name, *first_name, *email, *language, *birth_date, *sex, *nationality;
	const char *civic_number, *street, *apartment, *city, *postal_code, *time_zone;
	const char *member_until, *donations_year, *organization, *tags, *notes;
	const char *electoral_division, *district, *polling_subdivision, *elector_number, *polling_place;
	bool calls_forbidden, deceased, has_voted;
	uint64_t household;		/* 0: none */
	struct person_phone *phones;
	size_t nphones;
};
enum found person_by_id(struct db *, struct organisation_id, struct person_id, struct person *, struct arena *);

struct housemate { struct person_id id; const char *last_name, *first_name; };
/* The others at the same address. */
bool person_housemates(struct db *, const struct person *, struct housemate **out, size_t *n, struct arena *);

struct person_call {
	int64_t saved_at;
	enum status status;
	const char *operation, *agent, *note, *zone;	/* operation "": a call outside operations */
};
/* Newest first, at most 100. */
bool person_calls(struct db *, struct person_id, struct person_call **out, size_t *n, struct arena *);

#endif
