/*
 * webhook.h - what a provider tells us: verified on the raw bytes, read, added to the set of facts. One durable
 * round trip for most; nothing here waits for any network.
 */
#ifndef DOMAIN_WEBHOOK_H
#define DOMAIN_WEBHOOK_H

#include "plumb/base.h"
#include "provider/hook.h"

struct arena;
struct db;

/*
 * The status to answer, with *answer filled. 204 or instructions when all is stored, was stored before, or concerns nobody we know
 * (so that the provider stops); 503 when it could not be stored: the provider sends it again and it counts once.
 * *said (arena): the verdict in one word, for the log.
 */
enum http webhook_take(struct db *, struct hook_request *, struct hook_answer *, const char **said, struct arena *);

#endif
