/*
 * session.h - sessions in the database, by the hash of their cookie. They end after conf.session_days,
 * when their owner ends them, when the password changes, when the user is disabled, when the link
 * they came by is stopped.
 */
#ifndef DOMAIN_SESSION_H
#define DOMAIN_SESSION_H

#include "domain/ids.h"
#include "plumb/who.h"

/* SQL over user u joined to its organisation: must they set up a second factor before anything else? */
#define USER_HELD_BACK	"two_factor_required AND u.totp_at IS NULL AND u.role IN ('organiser', 'administrator')"

/* who_fn of every area but the agent's: user, organisation, role, and the role in operation `id` (0: none).
 * One statement by primary keys. A disabled user or an ended session is NONE. */
enum found session_who(struct db *, const unsigned char session[32], uint64_t id,
    int64_t now, struct who *, struct arena *);

/* Makes a session (link 0: signed in by password); the token for the cookie is in the arena. */
bool session_start(struct db *, struct user_id, uint64_t link, const char *address, int64_t now,
    const char **token, struct arena *);
/* The same inside the caller's transaction. *token NULL: a random one is made; otherwise that one is used. */
bool session_add(struct db *, struct user_id, uint64_t link, const char *address, int64_t now,
    const char **token, struct arena *);
/* Its user signs out. */
bool session_end(struct db *, const unsigned char session[32], struct user_id, int64_t now);

struct session_row {
	unsigned char hash[32];		/* of the cookie: tells nobody the cookie */
	const char *address;
	bool by_link;
	int64_t created_at, expires_at;
};
/* A user's living sessions, newest first. */
bool session_list(struct db *, struct user_id, int64_t now, struct session_row **out, size_t *n, struct arena *);
/* Ends one session of this user; `by`: themselves, or an administrator. ALREADY: it had ended, or is somebody else's. */
enum saved session_end_one(struct db *, struct user_id, const unsigned char session[32], struct user_id by, int64_t now);
/* Ends them all, inside the caller's transaction, which notes why. */
bool session_end_all(struct db *, struct user_id);

#endif
