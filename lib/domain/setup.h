/*
 * setup.h - the first owner. Possible only while nobody can sign in, with a one-time code that
 * the administrator's command prints; checked and used in one transaction.
 */
#ifndef DOMAIN_SETUP_H
#define DOMAIN_SETUP_H

#include "domain/ids.h"
#include "plumb/lang.h"
#include "plumb/refusal.h"

struct arena;
struct db;

/* FOUND: there is no owner yet. NONE: there is one. */
enum found setup_needed(struct db *, struct arena *);

/* A new code, good for one day, such as "K7QM-2XWD-9PTA". NULL: there is an owner, or the database failed. */
const char *setup_code(struct db *, int64_t now, struct arena *);
/* Twelve random letters and digits, 60 bits: "K7QM-2XWD-9PTA". */
const char *setup_code_new(struct arena *);
/* Pure: as stored. Case, spaces and dashes do not count; O is 0, I and L are 1. "" when it cannot be a code. */
const char *setup_code_fold(struct arena *, const char *typed);

struct first_owner {
	const char *code, *organisation, *name, *email, *password;
	enum lang lang;
	const char *address;		/* where from, for the throttle */
};
/* REFUSED: R_WRONG_CODE, R_SIGNIN_PAUSED, R_PASSWORD_SHORT, R_NOT_FOUND (there is an owner).
 * *token is the cookie of the first session. Two at once make one owner. */
enum saved setup_first_owner(struct db *, const struct first_owner *, int64_t now, struct user_id *out,
    const char **token, enum refusal *why, struct arena *);

#endif
