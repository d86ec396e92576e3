/*
 * outbox_in.h - what outbox.c (settings), outbox_send.c and outbox_body.c share.
 */
#ifndef DOMAIN_OUTBOX_IN_H
#define DOMAIN_OUTBOX_IN_H

#include "domain/outbox.h"

#define OUTBOX_SECRET_PURPOSE	"webhook out"
enum { OUTBOX_SECRET_BYTES = 32 };

/* Calls to be told, in their order. */
struct outbox_call { uint64_t attempt; const char *body; };
/* At most `most` of those after `from` and up to `until`; *reached: how far that is, when none of them is this address's. */
bool outbox_calls(struct db *, struct organisation_id, struct operation_id, bool with_answers, uint64_t from, uint64_t until, size_t most,
    struct outbox_call **out, size_t *n, uint64_t *reached, struct arena *);
const char *outbox_test_body(int64_t at, struct arena *);

#endif
