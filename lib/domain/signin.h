/*
 * signin.h - e-mail address and password to a session; for who has a second factor, a code of their telephone too
 * (two_factor.h). Both steps are throttled, both leave a row in audit.
 */
#ifndef DOMAIN_SIGNIN_H
#define DOMAIN_SIGNIN_H

#include "domain/ids.h"
#include "plumb/lang.h"
#include "plumb/refusal.h"

struct arena;
struct db;

struct signed_in {
	struct user_id user;
	enum lang lang;
	const char *token;		/* NULL: the second step comes first, */
	const char *ticket;		/* with this in its form; good for ten minutes and until the password changes */
};

/* REFUSED: R_WRONG_PASSWORD (the same work and answer when there is no such account) or R_SIGNIN_PAUSED. */
enum saved signin_by_password(struct db *, const char *email, const char *password, const char *address,
    int64_t now, struct signed_in *, enum refusal *why, struct arena *);
/* REFUSED: R_WRONG_STEP_CODE, R_SIGNIN_PAUSED; R_FORM_TOO_OLD: begin again. */
enum saved signin_second_step(struct db *, const char *ticket, const char *code, const char *address,
    int64_t now, struct signed_in *, enum refusal *why, struct arena *);

#endif
