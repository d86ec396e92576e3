/*
 * live_call_in.h - live_call.h from the inside: what its files share.
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
/* call_fact.marks */
unsigned fact_marks(const struct fact *);

#endif
