/*
 * who.h - who is asking, as the route table needs it. Filled by a function that the
 * area names in its struct app (domain/session.h: session_who), so plumbing knows no user table.
 */
#ifndef PLUMB_WHO_H
#define PLUMB_WHO_H

#include "plumb/base.h"
#include "plumb/lang.h"

struct arena;
struct db;

/* In both the higher may what the lower may, but for one thing: an observer sees numbers that an agent does not. */
enum role { ROLE_NOBODY, ROLE_VOLUNTEER, ROLE_OBSERVER, ROLE_ORGANISER, ROLE_ADMINISTRATOR };
enum member_role { MEMBER_NONE, MEMBER_OBSERVER, MEMBER_AGENT, MEMBER_OWNER };

/* The stored words; any other word has the fewest rights. */
static inline enum role
role_of_word(const char *word)
{
	return strcmp(word, "administrator") == 0 ? ROLE_ADMINISTRATOR :
	    strcmp(word, "organiser") == 0 ? ROLE_ORGANISER : strcmp(word, "observer") == 0 ? ROLE_OBSERVER : ROLE_VOLUNTEER;
}
static inline const char *
role_word(enum role role)
{
	return role == ROLE_ADMINISTRATOR ? "administrator" : role == ROLE_ORGANISER ? "organiser" :
	    role == ROLE_OBSERVER ? "observer" : "volunteer";
}
static inline enum member_role
member_role_of_word(const char *word)		/* NULL: no member */
{
	return word == NULL ? MEMBER_NONE : strcmp(word, "owner") == 0 ? MEMBER_OWNER :
	    strcmp(word, "agent") == 0 ? MEMBER_AGENT : MEMBER_OBSERVER;
}
static inline const char *
member_role_word(enum member_role role)		/* not of MEMBER_NONE */
{
	return role == MEMBER_OWNER ? "owner" : role == MEMBER_AGENT ? "agent" : "observer";
}

struct who {
	uint64_t user;			/* 0: not signed in */
	uint64_t organisation;
	enum role role;
	enum member_role member;	/* in the operation that the address names (:id), else MEMBER_NONE */
	bool held_back;			/* must set up the second factor before anything else */
	enum lang lang;
	const char *name;
	const char *csrf;		/* what a form of this session must carry */
	const char *zone;		/* the organisation's IANA zone */
	unsigned char session[32];	/* hash of the cookie */
	void *extra;			/* whatever the area's own who function read beside it (the agent area) */
};

/*
 * `session` is the SHA-256 of the cookie, `id` the :id of the address (0 when it has none).
 * FOUND: signed in, *out filled, strings in the arena. NONE: no such session, or ended.
 */
typedef enum found who_fn(struct db *, const unsigned char session[32], uint64_t id,
    int64_t now, struct who *out, struct arena *);

#endif
