/*
 * signin.h - signing in by password.
 */
#ifndef DOMAIN_SIGNIN_H
#define DOMAIN_SIGNIN_H

#include "domain/ids.h"
#include "plumb/lang.h"
#include "plumb/refusal.h"

struct arena;
struct db;

struct signed_in { struct user_id user; enum lang lang; const char *token; };

/* REFUSED: R_WRONG_PASSWORD (the same work and answer when there is no such account) or R_SIGNIN_PAUSED. */
enum saved signin_by_password(struct db *, const char *email, const char *password, const char *address,
    int64_t now, struct signed_in *, enum refusal *why, struct arena *);

#endif
