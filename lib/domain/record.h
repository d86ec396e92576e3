/*
 * record.h - one person's record as organisers keep it: fields, numbers, the contact an elector is, what
 * happened to it, and its end.
 *
 * Values have the names, limits and writing of the import (import_field.h): what a column of a file may
 * say, the form may say. Every change leaves a row in audit with the old and the new value, in its own
 * transaction. Verbs answer SAVED; ALREADY: nothing changed; REFUSED: *why; UNSURE, NOT_SAVED: send it again.
 */
#ifndef DOMAIN_RECORD_H
#define DOMAIN_RECORD_H

#include "domain/import_field.h"
#include "domain/person.h"

struct arena;
struct db;

/* Who changes whose record. */
struct record_by { struct organisation_id organisation; struct user_id user; struct person_id person; int64_t now; };

/* --- fields --- */

/* Is this a field of the form? Numbers, permission and vote have ways of their own. */
bool record_field(enum import_field, enum person_kind);
struct record {
	enum person_kind kind;
	const char *value[IF__MAX];	/* "" when blank */
	bool calls_forbidden, deceased;
	int64_t updated_at;
};
enum found record_by_id(struct db *, struct organisation_id, struct person_id, struct record *, struct arena *);

/* All fields of the form at once; NULL or "" empties one. seen_at: the record's updated_at that the form was made
 * from. R_CHANGED_MEANWHILE: somebody else was faster. R_ROW_NO_NAME; R_ROW_OTHER_PERSON: the number is taken;
 * R_DNC_STAYS: calls may not be allowed again to who asked for none.
 * Household, time zone and what an import knows the person by follow from the values; who is now said to have voted
 * in advance (IF_HAS_VOTED beside it, as import_read_row gives it) has voted. */
struct record_change { const char *value[IF__MAX]; bool calls_forbidden, deceased; int64_t seen_at; };
enum saved record_change(struct db *, const struct record_by *, const struct record_change *, enum refusal *why, struct arena *);

/* --- numbers --- */

enum phone_state { PHONE_CALLABLE, PHONE_WRONG, PHONE_FORBIDDEN, PHONE_STATES };
const char *phone_state_code(enum phone_state);		/* "ok", "wrong", "forbidden": stored and in forms */
struct record_phone {
	uint64_t id;
	const char *kind, *e164, *extension;
	enum phone_state state;
	bool suppressed;		/* nobody of the organisation may call it */
};
bool record_phones(struct db *, struct organisation_id, struct person_id, struct record_phone **out, size_t *n, struct arena *);

#define RECORD_PHONES_MAX	12
/* kind: home, cell or work. A number as people write it; R_PHONE_... say what is wrong with it. ALREADY: it is there.
 * R_TOO_MANY_PHONES. */
enum saved record_add_phone(struct db *, const struct record_by *, const char *kind, const char *number, enum refusal *why, struct arena *);
/* Each keeps the call lists right in the same transaction (queue_numbers_changed). */
enum saved record_set_phone(struct db *, const struct record_by *, uint64_t phone, const char *kind, enum phone_state,
    enum refusal *why, struct arena *);
enum saved record_first_phone(struct db *, const struct record_by *, uint64_t phone, enum refusal *why, struct arena *);
enum saved record_remove_phone(struct db *, const struct record_by *, uint64_t phone, enum refusal *why, struct arena *);

/* --- who changed what --- */

struct record_event { int64_t at; const char *verb, *who, *detail; };	/* who "": the worker or an administrator's command */
/* Changes, newest first, at most 100; looking at the record is not among them. */
bool record_events(struct db *, struct organisation_id, struct person_id, struct record_event **out, size_t *n, struct arena *);

/* Every look at a record, and every copy made of it. */
struct record_reveal { uint64_t id; int64_t at; const char *what, *who, *person; struct person_id of; };	/* person "": erased */
/* Newest first, at most `max`, before that id (0: from the newest). */
bool record_reveals(struct db *, struct organisation_id, uint64_t before, struct record_reveal **out, size_t max, size_t *n, struct arena *);
/* Notes that this user has been shown the record: what = "view", "copy". */
bool record_revealed(struct db *, const struct record_by *, const char *what);

/* --- answers --- */

struct record_answer { int64_t at; const char *question, *answer, *operation; };
/* What the person answered in any operation, newest first, at most 200; in that language where there is a text in it. */
bool record_answers(struct db *, struct person_id, enum lang, struct record_answer **out, size_t *n, struct arena *);

/* --- the contact that an elector is --- */

struct record_match { struct person_id id; const char *last_name, *first_name, *city; bool same_phone; };
/* FOUND: the contact of this elector, or an elector whose contact this is (the first one). */
enum found record_linked(struct db *, struct organisation_id, struct person_id, struct record_match *, struct arena *);
/* Contacts who may be this elector: the same name, or the same number; at most 20. */
bool record_link_offers(struct db *, struct organisation_id, struct person_id, struct record_match **out, size_t *n, struct arena *);
/* by->person is an elector, `contact` a contact of the same organisation, or v = 0: none. R_NOT_FOUND. */
enum saved record_link(struct db *, const struct record_by *, struct person_id contact, enum refusal *why, struct arena *);

/* --- personal data --- */

/* Everything known about the person goes: fields, numbers, notes, the words of answers, what changes said. Calls
 * stay as numbers without a person; the numbers of somebody who must not be called stay in suppression, and lists
 * lose the person. R_PERSON_HELD while an agent holds them. It cannot be undone. */
enum saved record_erase(struct db *, const struct record_by *, enum refusal *why, struct arena *);

#endif
