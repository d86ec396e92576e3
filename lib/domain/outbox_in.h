/*
 * outbox_in.h - what outbox.c (settings), outbox_secret.c, outbox_send.c and outbox_body.c share.
 */
#ifndef DOMAIN_OUTBOX_IN_H
#define DOMAIN_OUTBOX_IN_H

#include "domain/outbox.h"

#define OUTBOX_SECRET_PURPOSE	"webhook out"
/* Whose an address is. organisation; administrator?, user */
#define OUTBOX_MINE	" b.organisation_id = ? AND b.removed_at IS NULL AND (? = 1 OR EXISTS (SELECT 1 FROM member m"	\
    " WHERE m.operation_id = b.operation_id AND m.user_id = ? AND m.role = 'owner'))"
#define OUTBOX_WHO(who)	V_U((who)->organisation), V_U((who)->role == ROLE_ADMINISTRATOR), V_U((who)->user)
enum { OUTBOX_SECRET_BYTES = 32 };

/* Calls to be told, in their order. */
struct outbox_call { uint64_t attempt; const char *body; };
/* At most `most` of those after `from` and up to `until`; *reached: how far that is, when none of them is this address's. */
bool outbox_calls(struct db *, struct organisation_id, struct operation_id, bool with_answers, uint64_t from, uint64_t until, size_t most,
    struct outbox_call **out, size_t *n, uint64_t *reached, struct arena *);
const char *outbox_test_body(int64_t at, struct arena *);

#endif
