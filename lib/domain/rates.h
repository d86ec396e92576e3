/*
 * rates.h - contact, response, cooperation and refusal rates by the public definitions of AAPOR ("Standard Definitions",
 * list samples of named people by telephone). Pure.
 *
 * Everybody called at least once counts once, by what their last call came to. What is not known to be an interview
 * that broke off is none, so RR2 (which counts those) equals RR1 here and is not shown.
 */
#ifndef DOMAIN_RATES_H
#define DOMAIN_RATES_H

#include "domain/queue_clock.h"

struct rates {
	uint64_t complete;	/* I: completed */
	uint64_t refused;	/* R: refused, hung up, "do not call again" */
	uint64_t other;		/* O: somebody answered, and it was neither: call back, absent, another language ... */
	uint64_t no_contact;	/* NC: a voicemail */
	uint64_t unknown;	/* U: nobody answered, line busy: nobody knows whether it is the person's number */
	uint64_t outside;	/* not eligible, in no rate: wrong or invalid number, moved, voted already, taken off by a rule */
};
/* attempts: calls by status; they tell who said "do not call again" from who was on a do-not-call list already. */
struct rates rates_of(const struct reason_count *, size_t n, const uint64_t attempts[ST__MAX]);

/* Tenths of a percent, rounded; -1: nobody to count. */
int rate_response(const struct rates *);	/* RR1 = I / (I + R + NC + O + U) */
int rate_contact(const struct rates *);		/* CON1 = (I + R + O) / (I + R + NC + O + U) */
int rate_cooperation(const struct rates *);	/* COOP1 = I / (I + R + O) */
int rate_refusal(const struct rates *);		/* REF1 = R / (I + R + NC + O + U) */

#endif
