/*
 * invite.h - a one-time link by which somebody chooses their password: an invitation, or a new password for who
 * forgot theirs. The token is 144 bits of a keyed mark over the user and a random nonce: administrators see it as long
 * as it is open, the database holds its SHA-256. A person has at most one open link; mail carries it, not Tocsin.
 */
#ifndef DOMAIN_INVITE_H
#define DOMAIN_INVITE_H

#include "domain/signin.h"
#include "domain/staff.h"

struct invite { const char *name, *email; enum role role; enum lang lang; };
/* Makes the user and their link. The same form sent twice is one invitation (ALREADY). R_EMAIL_TAKEN. */
enum saved invite_send(struct db *, const struct staff_by *, const struct invite *, struct user_id *out, enum refusal *why,
    struct arena *);
/* A new link for somebody with an e-mail address; the one before stops. R_NOT_FOUND, R_USER_DISABLED. */
enum saved invite_renew(struct db *, const struct staff_by *, struct user_id, enum refusal *why, struct arena *);
/* The open link of a user. NONE: there is none. */
enum found invite_of(struct db *, struct user_id, int64_t now, const char **url, int64_t *expires_at, struct arena *);

struct invitee { struct user_id user; const char *name, *email; enum lang lang; bool first; /* an invitation */ };
/* NONE: never made, used, replaced, over, or its user is disabled. */
enum found invite_by_token(struct db *, const char *token, int64_t now, struct invitee *, struct arena *);
/* The password is chosen, every session of before ends. in->token NULL: they sign in with their second factor now.
 * Two at the same instant: one of them. R_LINK_ENDED, R_PASSWORD_SHORT. */
enum saved invite_accept(struct db *, const char *token, const char *password, const char *address, int64_t now,
    struct signed_in *in, enum refusal *why, struct arena *);

#endif
