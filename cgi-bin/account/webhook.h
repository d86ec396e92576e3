/*
 * webhook.h - what webhooks.c (all of them, a new one) and webhook.c (one) share.
 */
#ifndef WEBHOOK_H
#define WEBHOOK_H

#include "plumb/base.h"

struct outbox;
struct req;

/* "All operations", or the name of its operation. */
const char *webhook_scope(struct req *, const struct outbox *);
/* Its page. secret: just made, shown this once; notice: what was done; both may be NULL. */
enum http webhook_render(struct req *, uint64_t id, const char *secret, const char *notice);

#endif
