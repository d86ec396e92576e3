/*
 * dialing.h - how an operation calls from the software: through which connection, from which number, in which mode.
 */
#ifndef DOMAIN_DIALING_H
#define DOMAIN_DIALING_H

#include "domain/operation.h"
#include "provider/provider.h"

/* POWER: power.h. Chosen, it counts while an administrator allows it (and the law that the operation keeps to, and the provider
 * has rooms); else, and from that moment on, it is progressive. */
enum dial_mode { DIAL_PREVIEW, DIAL_PROGRESSIVE, DIAL_POWER };
/* How agents speak: by their own phones, or in the browser, where a phone is still possible. */
enum dial_voice { VOICE_PHONE, VOICE_BROWSER };

struct dialing {
	struct trunk_id trunk;
	const char *caller;		/* E.164 */
	enum dial_mode mode;		/* as it counts now */
	enum dial_mode chosen;		/* as its owner chose */
	unsigned ring_s;
	enum dial_voice voice;		/* as chosen */
	bool browser;			/* chosen, and the connection is set up for it */
	enum trouble paused;		/* of the connection, else of this operation; TROUBLE_NONE: calls are placed */
	int64_t paused_at;
	bool removed;			/* the connection is gone, or the number is none of its caller ids any more */
};

/* NONE: it never called from the software. */
enum found dialing_of(struct db *, struct operation_id, struct dialing *, struct arena *);

/* May this operation be called in power mode? In the United States only who has consented may be dialled so, which nobody
 * here knows of anybody. Pure. */
bool dialing_power(const struct operation *, enum provider, bool allowed);

enum { RING_S_LEAST = 10, RING_S_MOST = 60 };
/* REFUSED: R_NO_PROVIDER: no such caller id of a connection of this organisation; R_NO_BROWSER: its connection is not set up
 * for calls in the browser; R_NO_POWER: d->chosen is power, which is not allowed there. */
enum saved dialing_set(struct db *, struct operation_id, struct user_id by, int64_t now,
    const struct dialing *, enum refusal *why, struct arena *);
/* In the caller's transaction, for an operation that begins to call from the software: the organisation's first
 * connection and caller id, preview. NONE: there is none. FOUND also when it has one already. */
enum found dialing_begin(struct db *, const struct operation *, struct arena *);
/* What concerns this operation alone (its caller id, a country): no call of it until an administrator has looked. */
bool dialing_pause(struct db *, struct operation_id, enum trouble, int64_t now);

#endif
