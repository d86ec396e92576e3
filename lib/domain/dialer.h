/*
 * dialer.h - the one who talks to providers: rings agents and people, hangs up, looks after lost webhooks, and does
 * what follows the end of a call. Any number of processes may run it: each thing is leased by moving its look_at on.
 *
 * Nothing lives in memory. A request is written down before it leaves (FACT_REQUESTED); a process that dies between
 * writing and reading leaves a call of which nobody knows, and whoever looks at it next settles that by asking
 * the provider, never by ringing again.
 */
#ifndef DOMAIN_DIALER_H
#define DOMAIN_DIALER_H

#include "plumb/base.h"

struct arena;
struct db;

/* Does one thing that is due. FOUND: did (ask again at once); NONE: nothing is due; FAILED: the database. Waits for
 * a provider for at most 10 seconds. */
enum found dialer_turn(struct db *, struct arena *);

#endif
