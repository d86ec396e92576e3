/*
 * outcome.h - what a transaction came to, as a verb answers it.
 */
#ifndef DOMAIN_OUTCOME_H
#define DOMAIN_OUTCOME_H

#include "plumb/base.h"
#include "plumb/db.h"
#include "plumb/refusal.h"

/* `why` is what the work refused with; R_NONE after "refused" means that a statement failed (logged). */
static inline enum saved
saved_of(enum tx t, enum refusal why)
{
	switch (t) {
	case TX_DONE:	 return SAVED;
	case TX_REFUSED: return why == R_NONE ? NOT_SAVED : REFUSED;
	case TX_UNSURE:	 return UNSURE;
	case TX_FAILED:	 break;
	}
	return NOT_SAVED;
}

#endif
