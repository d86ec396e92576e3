/*
 * manual_call.h - a call outside any operation (domain.md 1.8, facts 121 to 125): from the lists or from a
 * record, by an organiser. It is an attempt without an operation, in the person's history like any other.
 */
#ifndef DOMAIN_MANUAL_CALL_H
#define DOMAIN_MANUAL_CALL_H

#include "domain/record.h"
#include "domain/status.h"

/* The number of that person that may be called: NONE when the person or the number is not of this organisation;
 * *why R_NOT_TO_BE_CALLED when calls to the person or the number are forbidden, or somebody died (then FOUND too). */
struct manual_number { uint64_t phone; const char *e164, *extension, *zone; };
enum found manual_number(struct db *, const struct record_by *, uint64_t phone, struct manual_number *, enum refusal *why, struct arena *);

/* 32 hex digits that only this server makes; begun_at is in the form beside it. A form sent twice is one call. */
const char *manual_form_key(struct arena *, const struct record_by *, uint64_t phone, int64_t begun_at);
/* Statuses an agent may choose, but not the one that only means a list. */
bool manual_status(enum status);

struct manual_call {
	uint64_t phone;
	const char *form_key;
	int64_t begun_at;
	enum status status;
	const char *note;
	const char *zone;		/* the organisation's, for a person whose own is not known */
};
bool manual_key_ok(const struct record_by *, const struct manual_call *);
/* SAVED; ALREADY: this form was saved. R_FORM_TOO_OLD: the key is not ours; R_STATUS_UNKNOWN. A call that was begun
 * is saved also when the number was forbidden meanwhile. "Do not call again", a wrong number and a death mark
 * the record at once, as in an operation. */
enum saved manual_save(struct db *, const struct record_by *, const struct manual_call *, enum refusal *why, struct arena *);

/* "Don't ask again" before a call: a choice of each user. */
enum found manual_unasked(struct db *, struct user_id, bool *out, struct arena *);
enum saved manual_set_unasked(struct db *, const struct record_by *, bool unasked);

#endif
