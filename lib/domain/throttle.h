/*
 * throttle.h - pauses after failed sign-ins, per account and per address; and after many joins from one address.
 *
 * A try is counted before the password is looked at and given back when it was right, so that a hundred
 * tries at the same instant are not a hundred guesses.
 */
#ifndef DOMAIN_THROTTLE_H
#define DOMAIN_THROTTLE_H

#include "plumb/base.h"

struct arena;
struct db;

struct throttle { unsigned failures; int64_t first_at, blocked_until; };

/* Pure. May one try now? What was counted after that try is in *next: after `tries` tries within
 * `pause_us` none is allowed until the pause is over; then counting starts anew. */
bool throttle_decide(const struct throttle *, unsigned tries, int64_t pause_us, int64_t now, struct throttle *next);
/* Pure. "a:203.0.113.9"; an IPv6 address counts as its /64, which is one household. */
const char *throttle_address(struct arena *, const char *address);

enum throttled { TRY_ALLOWED, TRY_PAUSED, TRY_FAILED };
/* `account` is an e-mail address or "setup"; whether it exists makes no difference. */
enum throttled throttle_try(struct db *, const char *account, const char *address, int64_t now, struct arena *);
/* It was right: the account starts from nothing, the address gets this try back. In the caller's transaction. */
bool throttle_clear(struct db *, const char *account, const char *address, struct arena *);

/* Somebody without an account joins by a link, from this address: conf.join_tries in one pause's time. While it is
 * paused this is one read, so that a thousand a second do no harm. Not given back: a volunteer was made. */
enum throttled throttle_join(struct db *, const char *address, int64_t now, struct arena *);

#endif
