/*
 * live_call_in.h - live_call.h from the inside: what its files share, and who asks for a call.
 */
#ifndef DOMAIN_LIVE_CALL_IN_H
#define DOMAIN_LIVE_CALL_IN_H

#include "domain/live_call.h"

struct row;

/* A fact as it comes out of the database, into *f. */
#define FACT_OUT "sssssssuuuiiuiss" "b"
#define FACT_COLUMNS "kind, source, call_id, room_id, class, amd, digit, sip, q850, marks, at_us, received_at, seconds, cost_micro," \
    " currency, word, fact_key"
void fact_fill(struct fact *, const struct row *, uint64_t call);
/* Somebody is to be rung: a row for the dialer to find, by a line or by none (line.c, dialer_power.c). A unique key refuses a line that has a
 * call, and a number that rings. */
#define LIVE_WISH_IN "uuuuuussib" "sis" "i"
#define LIVE_WISH "INSERT INTO live_call (trunk_id, operation_id, line_id, user_id, entry_id, person_id, e164, from_e164,"	\
    " claimed_at, form_key, live_e164, wanted_at, month, look_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
/* call_fact.marks */
unsigned fact_marks(const struct fact *);

#endif
