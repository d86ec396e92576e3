/*
 * share.h - who takes part in an operation, and as what. Every write leaves a row in audit.
 */
#ifndef DOMAIN_SHARE_H
#define DOMAIN_SHARE_H

#include "domain/ids.h"
#include "domain/operation.h"
#include "plumb/refusal.h"
#include "plumb/who.h"

struct arena;
struct db;

struct member {
	struct user_id user;
	const char *name, *email, *contact;	/* email NULL, contact "": not given */
	enum member_role role;
	bool by_link, disabled, with_somebody;	/* with_somebody: holds a person now */
	int64_t joined_at, last_call_at;	/* last_call_at 0: no call yet */
	unsigned calls_today;			/* today in the operation's zone */
};
/* Owners first, then by name. */
bool share_members(struct db *, const struct operation *, int64_t now, struct member **out, size_t *n, struct arena *);

/* Somebody of the same organisation. Adding a member again changes the role. R_NOT_FOUND, R_LAST_OWNER (fact 97). */
enum saved share_add(struct db *, const struct operation *, struct user_id whom, enum member_role, struct user_id by,
    int64_t now, enum refusal *why, struct arena *);
enum saved share_set_role(struct db *, const struct operation *, struct user_id whom, enum member_role, struct user_id by,
    int64_t now, enum refusal *why, struct arena *);
/* Their sessions that came by a link of this operation end, who they hold goes back to the list. */
enum saved share_remove(struct db *, const struct operation *, struct user_id whom, struct user_id by,
    int64_t now, enum refusal *why, struct arena *);
/* "Share QR" */
enum saved share_set_qr(struct db *, const struct operation *, bool on, struct user_id by, int64_t now,
    enum refusal *why, struct arena *);

/* Inside the caller's transaction: makes somebody a member, never lowering a role (fact 95).
 * *raised: the role is new or higher. */
bool member_join(struct db *, struct operation_id, struct user_id, enum member_role, uint64_t link, int64_t now,
    bool *raised, struct arena *);
/* Gives back to the list whom these users hold in this operation. */
void share_release(struct db *, struct operation_id, const struct user_id *users, size_t n, int64_t now, struct arena *);

#endif
