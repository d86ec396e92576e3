/*
 * entry_log.h - people of call lists who came, went or came back without a call, noted in the transaction that did it: for
 * other programs that keep up with a list (since.h). A call needs no note, its attempt is one; who is held for a call, or
 * whose turn only moves, has not changed.
 *
 * Who writes entry.state other than by saving a call writes here too. One place does not, because it is the hot path: a
 * claim that meets somebody who must not be called any more. The worker finds those by the tally (entry_log_silenced).
 */
#ifndef DOMAIN_ENTRY_LOG_H
#define DOMAIN_ENTRY_LOG_H

#include "domain/ids.h"
#include "plumb/base.h"

struct arena;
struct db;

bool entry_log(struct db *, struct operation_id, uint64_t entry);
/* The operation's entries after the first id, up to the last one there is: a page of a load. */
bool entry_log_since(struct db *, struct operation_id, uint64_t after);
/* The highest entry id there is, to be called before a page is added. */
bool entry_log_mark(struct db *, uint64_t *last, struct arena *);
/* For the worker, once a minute: what claims took off. */
bool entry_log_silenced(struct db *, struct arena *);

/*
 * For the worker's upkeep: what is older than ENTRY_LOG_KEPT_US goes, some thousand rows in a transaction, and entry_log_gone says up to
 * which id. It is told by marks that are made once a day, so a row stays a day longer at most. What an entry that is
 * off for "do not call" or "deceased" has in the log stays: entry_log_silenced asks it.
 */
#define ENTRY_LOG_KEPT_US	(60 * 24 * INT64_C(3600000000))
bool entry_log_forget(struct db *, int64_t now, struct arena *);
bool entry_log_gone(struct db *, uint64_t *id, struct arena *);

#endif
