/*
 * mail_queue.h - mail that waits to be handed over. It is written in the transaction of what it tells, and gone when the
 * sendmail program has taken it; a worker that dies in between sends it again, under the same Message-ID.
 */
#ifndef DOMAIN_MAIL_QUEUE_H
#define DOMAIN_MAIL_QUEUE_H

#include "domain/ids.h"
#include "plumb/base.h"

struct arena;
struct db;

/* In the caller's transaction. */
bool mail_add(struct db *, struct user_id to, const char *subject, const char *body, int64_t now);

/* For the worker: the next one that waits, for a minute its own. NONE: none. */
struct mail_waiting { uint64_t id; const char *to, *subject, *body; int64_t created_at; unsigned tries; };
enum found mail_next(struct db *, int64_t now, struct mail_waiting *, struct arena *);
/* Taken, or never to be. */
bool mail_end(struct db *, uint64_t id);
/* Not now: after a minute, then later and later; a day after it was written it is given up. */
bool mail_later(struct db *, const struct mail_waiting *, int64_t now);

#endif
