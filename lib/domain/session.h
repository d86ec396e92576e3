/*
 * session.h - sessions in the database, by the hash of their cookie.
 */
#ifndef DOMAIN_SESSION_H
#define DOMAIN_SESSION_H

#include "domain/ids.h"
#include "plumb/who.h"

/* who_fn of every area but the agent's: user, organisation, role, and the role in operation `id` (0: none).
 * One statement by primary keys. A disabled user or an ended session is NONE. */
enum found session_who(struct db *, const unsigned char session[32], uint64_t id,
    int64_t now, struct who *, struct arena *);

/* Makes a session (link 0: signed in by password); the token for the cookie is in the arena. */
bool session_start(struct db *, struct user_id, uint64_t link, const char *address, int64_t now,
    const char **token, struct arena *);
bool session_end(struct db *, const unsigned char session[32]);

#endif
