/*
 * webhook.h - what a provider tells us: verified on the raw bytes, read, added to the set of facts. One durable
 * round trip for all that wait; nothing here waits for any network.
 */
#ifndef DOMAIN_WEBHOOK_H
#define DOMAIN_WEBHOOK_H

#include "plumb/base.h"
#include "provider/hook.h"

struct arena;
struct db;
struct kept;

enum { WEBHOOKS_MOST = 16 };	/* as many as may wait (wire.h), be told together (live_call.h) */

/* One request and what is to be answered. */
struct webhook {
	struct hook_request request;
	const char *log_id;		/* of the request, for lines about it */
	/*
	 * 204 or instructions when all is stored, was stored before, or concerns nobody we know (so that the provider stops);
	 * 503 when it could not be stored: the provider sends it again and it counts once.
	 */
	struct hook_answer answer;
	const char *said;		/* the verdict in one word, for the log */
	/* webhooks_take's own: what was read, the connection, and the revision of it that the request was verified by */
	struct hook path;
	struct facts facts;
	struct kept *kept;
	unsigned revision;
	bool open;			/* verified and read, not stored yet */
	bool alone;			/* not, or no longer, for telling together */
};

/*
 * Answers all, at most WEBHOOKS_MOST. Each is verified by itself; what most of them say is stored in one transaction (facts_tell),
 * the rest one by one, and so are all when that fails: one that is odd harms no other.
 */
void webhooks_take(struct db *, struct webhook *const *, size_t n, struct arena *);

#endif
