/*
 * phone_refusal.h - what phone_parse says no with, as a refusal.
 */
#ifndef DOMAIN_PHONE_REFUSAL_H
#define DOMAIN_PHONE_REFUSAL_H

#include "plumb/phone.h"
#include "plumb/refusal.h"

static inline enum refusal
phone_refusal(enum phone_verdict v)
{
	switch (v) {
	case PHONE_OK:		return R_NONE;
	case PHONE_EMPTY:	return R_MISSING;
	case PHONE_WORDS:	return R_PHONE_WORDS;
	case PHONE_LETTERS:	return R_PHONE_LETTERS;
	case PHONE_EMERGENCY:	return R_PHONE_EMERGENCY;
	case PHONE_IMPOSSIBLE:	break;
	}
	return R_PHONE_IMPOSSIBLE;
}

#endif
