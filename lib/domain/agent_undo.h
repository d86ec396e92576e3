/*
 * agent_undo.h - what a call that was taken back had said, so that nothing is typed twice.
 */
#ifndef DOMAIN_AGENT_UNDO_H
#define DOMAIN_AGENT_UNDO_H

#include "domain/queue.h"

/* Fills note, answers and nanswers. */
bool agent_undo_read(struct db *, uint64_t attempt, struct call *, struct arena *);
/* The specialized version: a conversation with these answers, on the person's card, under the new hold. */
bool agent_undo_talk(struct db *, struct operation_id, struct user_id, struct entry_id, int64_t claimed_at, uint64_t attempt, int64_t now);

#endif
