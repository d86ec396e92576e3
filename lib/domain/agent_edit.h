/*
 * agent_edit.h - what an agent corrects in the record of the person on the line.
 *
 * Promise 7: a field that the operation does not make editable is refused whoever asks. The same edit sent
 * again changes nothing, so it may be repeated with the form it came in. Each change leaves a row in audit
 * with the old and the new value (fact 81).
 */
#ifndef DOMAIN_AGENT_EDIT_H
#define DOMAIN_AGENT_EDIT_H

#include "domain/field.h"
#include "plumb/refusal.h"

/* A phone's value is E.164 and its extension apart; an empty one changes nothing (a wrong number is an outcome). */
struct agent_edit { enum person_field field; const char *value, *extension; };
/* A number as typed (fact 82). False: *why says what is wrong with it. "" stays "". */
bool agent_edit_phone(const char *typed, struct agent_edit *, enum refusal *why, struct arena *);

/* May the rules let an agent write this field at all? */
bool agent_may_edit(const struct field_rules *, enum person_field);
/* Values are checked for their form by the caller. REFUSED: *why is R_FIELD_LOCKED, nothing was written.
 * SAVED: at least one changed; ALREADY: they all were so. The person is the one of that entry of the operation. */
enum saved agent_edit(struct db *, const struct operation *, const struct field_rules *, struct user_id,
    struct entry_id, const struct agent_edit *, size_t n, int64_t now, enum refusal *why, struct arena *);

#endif
