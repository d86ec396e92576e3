/*
 * wall.h - the page for the room's wall: an operation's numbers, shown to whoever has its address. It lets nobody in and
 * names nobody.
 *
 * An operation has one at most, for as long as an owner wants it. Its token is 144 bits of a keyed mark over the operation
 * and a random nonce, as a link's (link.h): the server can show it again, the database holds only its SHA-256.
 */
#ifndef DOMAIN_WALL_H
#define DOMAIN_WALL_H

#include "domain/ids.h"
#include "domain/operation.h"
#include "plumb/lang.h"
#include "plumb/refusal.h"

struct arena;
struct db;

struct wall {
	const char *url;		/* conf.public_url "/wall/" token */
	enum lang lang;			/* what it is shown in unless a viewer asks for the other one */
	int64_t created_at;
};

/* NONE: there is none. */
enum found wall_of(struct db *, struct operation_id, struct wall *, struct arena *);
/* A page, or a new address for it: the one before shows nothing from then on. `before`: created_at of the one to be replaced,
 * 0 for none. ALREADY: it is another one by now, the same form was sent twice. */
enum saved wall_make(struct db *, const struct operation *, enum lang, int64_t before, struct user_id by, int64_t now, struct arena *);
/* ALREADY: there was none. */
enum saved wall_end(struct db *, const struct operation *, struct user_id by, int64_t now, struct arena *);

/* Whose page a token is. NONE: nobody's (any more). */
enum found wall_by_token(struct db *, const char *token, struct operation_id *, enum lang *, struct arena *);

#endif
