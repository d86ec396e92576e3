/*
 * dialer_in.h - what the dialer_*.c files share.
 *
 *   dialer.c        what is due, leases, connections, pace
 *   dialer_place.c  a person is rung: everything that must be true at that moment
 *   dialer_look.c   hang up; lost webhooks, lost requests
 *   dialer_after.c  what follows the end: a save without the agent, the next person, the price
 *   dialer_late.c   what was saved for it, and is known better since
 *   dialer_line.c   agents' own legs
 *   dialer_power.c  whom to ring for agents who wait (power.h)
 */
#ifndef DOMAIN_DIALER_IN_H
#define DOMAIN_DIALER_IN_H

#include "domain/dialer.h"
#include "domain/dialing.h"
#include "domain/line.h"
#include "domain/live_call.h"
#include "domain/power.h"
#include "domain/trunk.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/log.h"

#define LEASE_US	(30 * SECOND_US)	/* longer than any request to a provider */

/* In the caller's transaction: may one request leave now? Else *wait_us. False: the database. */
bool dialer_pace(struct db *, struct trunk_id, unsigned cps, int64_t now, int64_t *wait_us, struct arena *);
void dialer_too_many(struct db *, struct trunk_id, unsigned retry_after_s, int64_t now, struct arena *);
/* One question about a call a second and connection (a simulation: as many as one likes). FOUND: go; NONE: later. */
enum found dialer_may_ask(struct db *, const struct trunk *, int64_t now, struct arena *);
/* A refusal that concerns us and not the person called: stops the dialling with one visible reason. */
void dialer_trouble(struct db *, struct trunk_id, struct operation_id, const struct answer *, int64_t now);
/* The look_at by which this process holds what it works on. A look_at is only moved on while it is still that: whoever has
 * written a wish meanwhile (hang up, end the line) has set it to now, and is not overlooked. */
extern int64_t dialer_lease;
bool dialer_look_at(struct db *, const struct live_call *, int64_t at);
/* Adds one of our own facts; the call as it is afterwards. */
bool dialer_say(struct db *, struct live_call *, enum fact_kind, int64_t now, struct arena *);

enum found dialer_place(struct db *, struct live_call *, int64_t now, struct arena *);
enum found dialer_look(struct db *, struct live_call *, int64_t now, struct arena *);
enum found dialer_after(struct db *, struct live_call *, int64_t now, struct arena *);
/* The attempt of that number was saved for it with that status. Does what became of it say otherwise? */
enum found dialer_late(struct db *, const struct live_call *, unsigned number, enum status saved, int64_t now, struct arena *);
enum found dialer_line(struct db *, struct line_id, int64_t now, struct arena *);
/* An operation whose agents wait. NONE: none is due. */
enum found dialer_power_due(struct db *, int64_t now, struct arena *);
/* In the transaction that places a call of nobody's: may one more ring? *may. False: the database. */
bool dialer_power_may(struct db *, struct operation_id, int64_t now, bool *may, struct arena *);
/* A hold of nobody's whose call came to nothing goes back to the list, unless a further request of it is under way. */
enum found dialer_power_back(struct db *, const struct live_call *, int64_t now, struct arena *);

#endif
