/*
 * staff.h - the people of an organisation as its administrators see and change them. An organisation always keeps an
 * administrator who can sign in, an operation always an owner. Every change leaves a row in audit.
 */
#ifndef DOMAIN_STAFF_H
#define DOMAIN_STAFF_H

#include "domain/ids.h"
#include "plumb/refusal.h"
#include "plumb/who.h"

struct arena;
struct db;

/* Who changes. organisation v = 0: the administrator's command, which may change everybody. */
struct staff_by { struct organisation_id organisation; struct user_id user; int64_t now; };

enum { STAFF_PAGE = 50 };
struct staff {
	struct user_id id;
	const char *name, *email, *contact;	/* email "": a volunteer who came by a link; contact "": not given */
	enum role role;
	bool disabled, two_factor;
	bool invited;				/* has an e-mail address and has not chosen a password yet */
	int64_t created_at;
	int64_t active_at;			/* the last sign-in, change or call; 0: none */
	unsigned operations;			/* in how many they have a role */
};
struct staff_wish {
	struct organisation_id organisation;
	bool volunteers;			/* those of links, else those with an e-mail address */
	const char *words;			/* part of name or e-mail; "" for all */
	struct user_id after;			/* v = 0: from the beginning; else after this one */
};
/* By name, at most STAFF_PAGE; *more: there are others after the last. */
bool staff_list(struct db *, const struct staff_wish *, struct staff **out, size_t *n, bool *more, struct arena *);
/* NONE: nobody of this organisation. */
enum found staff_of(struct db *, struct organisation_id, struct user_id, struct staff *, struct arena *);

/* R_NOT_FOUND, R_LAST_ADMINISTRATOR. */
enum saved staff_set_role(struct db *, const struct staff_by *, struct user_id whom, enum role, enum refusal *why,
    struct arena *);
/* All their sessions end, whom they hold goes back to the lists, open invitations stop. Where they were the only owner
 * of an operation, who disables them becomes its owner (by the command: the organisation's first administrator).
 * false: they may sign in again. R_NOT_FOUND, R_LAST_ADMINISTRATOR. */
enum saved staff_disable(struct db *, const struct staff_by *, struct user_id whom, bool disabled, enum refusal *why,
    struct arena *);
/* Signs them out everywhere. */
enum saved staff_end_sessions(struct db *, const struct staff_by *, struct user_id whom, enum refusal *why, struct arena *);

/* Must organisers and administrators have a second factor? */
enum found staff_two_factor(struct db *, struct organisation_id, bool *required, struct arena *);
enum saved staff_require_two_factor(struct db *, const struct staff_by *, bool required);

#endif
