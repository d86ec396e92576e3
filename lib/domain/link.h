/*
 * link.h - the link (and its QR code) by which people join an operation.
 *
 * The token is 144 bits of a keyed mark over the operation and a random nonce: the server can show it again,
 * the database holds only its SHA-256. An operation has at most one living link. Giving the link another
 * role makes a new one, so that nobody who got the old one gains rights; a link for owners works once.
 */
#ifndef DOMAIN_LINK_H
#define DOMAIN_LINK_H

#include "domain/ids.h"
#include "domain/operation.h"
#include "plumb/lang.h"
#include "plumb/refusal.h"
#include "plumb/who.h"

struct arena;
struct db;

struct link {
	uint64_t id;
	enum member_role role;
	unsigned uses, max_uses;	/* max_uses 0: no limit */
	int64_t created_at, expires_at;	/* expires_at 0: never */
	bool asks_contact;		/* who joins by a name must leave an e-mail address or a number too */
	const char *token, *url;	/* url: conf.public_url "/j/" token */
};

/* The living link. NONE: switched off, or never made. */
enum found link_of(struct db *, struct operation_id, struct link *, struct arena *);
/* A new link; the one before stops working, who joined by it stays. A new one for the same role keeps what was set
 * below, but for an expiry that is over. */
enum saved link_renew(struct db *, const struct operation *, enum member_role, struct user_id by, int64_t now,
    struct link *out, enum refusal *why, struct arena *);
/* The same inside the caller's transaction (a new operation, the demo). */
bool link_add(struct db *, struct organisation_id, struct operation_id, enum member_role, struct user_id by,
    int64_t now, struct link *out, struct arena *);
/* max_uses and expires_at 0: no limit. A link for owners stays one of a single use. R_LINK_ENDED: there is no link. */
struct link_options { int64_t expires_at; unsigned max_uses; bool asks_contact; };
enum saved link_set_options(struct db *, const struct operation *, const struct link_options *, struct user_id by,
    int64_t now, enum refusal *why, struct arena *);
/* Stops it and signs out everybody who is in by a link of this operation; whom they hold goes back to the list. */
enum saved link_stop(struct db *, const struct operation *, struct user_id by, int64_t now,
    unsigned *signed_out, enum refusal *why, struct arena *);

/* --- what a visitor sees --- */

enum invite_state { INVITE_OPEN, INVITE_STOPPED, INVITE_EXPIRED, INVITE_USED_UP, INVITE_OVER /* the operation ended */ };
struct invitation {
	uint64_t link;
	enum invite_state state;
	enum member_role role;
	bool asks_contact;
	struct operation op;
	const char *organisation;	/* its name */
};
/* NONE: no such link was ever made. */
enum found link_by_token(struct db *, const char *token, int64_t now, struct invitation *, struct arena *);

/* A signed-in user joins. ALREADY: was a member with this role or a higher one; not counted.
 * REFUSED: R_LINK_ENDED; R_NOT_ALLOWED (another organisation); R_NOT_SIGNED_IN (an owner link needs somebody with a password). */
enum saved link_join(struct db *, const char *token, const struct who *, int64_t now,
    struct operation_id *out, enum refusal *why, struct arena *);
/* Somebody unknown joins as agent by giving a name; *session is the cookie of a session bound to the link. */
/* key: random, made when the page was shown; the same form sent twice is one volunteer (ALREADY, the same session). */
struct volunteer { const char *name, *contact, *address, *key; enum lang lang; };
enum saved link_join_new(struct db *, const char *token, const struct volunteer *, int64_t now,
    struct operation_id *out, const char **session, enum refusal *why, struct arena *);

#endif
