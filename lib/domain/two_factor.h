/*
 * two_factor.h - the second step of signing in: a code of six digits from the person's telephone (TOTP), or one of
 * ten recovery codes. The secret is a keyed mark over the user and a random nonce: it is stored nowhere. A code of the
 * telephone works once; wrong ones pause the account (throttle.h). Every change leaves a row in audit.
 */
#ifndef DOMAIN_TWO_FACTOR_H
#define DOMAIN_TWO_FACTOR_H

#include "domain/ids.h"
#include "plumb/refusal.h"

struct arena;
struct db;

enum { RECOVERY_CODES = 10 };

struct two_factor {
	bool on;
	bool begun;			/* not on yet: the code below waits to be confirmed */
	int64_t since;
	unsigned codes_left;		/* recovery codes not used yet */
	const char *secret, *uri;	/* to be typed, and for the QR code; NULL unless begun */
};
/* NONE: no such user, or one without a password, who cannot have it. */
enum found two_factor_of(struct db *, struct user_id, struct two_factor *, struct arena *);

/* A new secret that waits to be confirmed; ALREADY: one waits. R_WRONG_STATE: it is on. */
enum saved two_factor_begin(struct db *, struct user_id, int64_t now, enum refusal *why, struct arena *);
/* On, with ten recovery codes ("K7QM-2XWD-9PTA") that are shown this once. R_WRONG_STEP_CODE, R_SIGNIN_PAUSED, R_WRONG_STATE. */
enum saved two_factor_confirm(struct db *, struct user_id, const char *code, const char *address, int64_t now,
    const char *codes[RECOVERY_CODES], enum refusal *why, struct arena *);
/* Ten new recovery codes in the place of the old, for a code of the telephone. */
enum saved two_factor_renew_codes(struct db *, struct user_id, const char *code, const char *address, int64_t now,
    const char *codes[RECOVERY_CODES], enum refusal *why, struct arena *);
/* Off, for a code of the telephone or a recovery code. */
enum saved two_factor_off(struct db *, struct user_id, const char *code, const char *address, int64_t now,
    enum refusal *why, struct arena *);
/* Off without a code: an administrator, for somebody who lost the telephone. ALREADY: it was off. */
enum saved two_factor_reset(struct db *, struct user_id, struct user_id by, int64_t now, struct arena *);

/* Inside the caller's transaction: does the code fit, and is it used now for the first time? *why: R_WRONG_STEP_CODE. */
bool two_factor_use(struct db *, struct user_id, const char *code, int64_t now, enum refusal *why, struct arena *);
/* Counts a try (throttle.h); false: *why is R_SIGNIN_PAUSED or R_NONE (the database failed). */
bool two_factor_try(struct db *, struct user_id, const char *address, int64_t now, enum refusal *why, struct arena *);
/* It was right: in the caller's transaction. */
bool two_factor_right(struct db *, struct user_id, const char *address, struct arena *);

#endif
