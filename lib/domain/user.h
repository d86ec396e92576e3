/*
 * user.h - who may sign in, and the volunteers who joined by a link (no e-mail, no password).
 */
#ifndef DOMAIN_USER_H
#define DOMAIN_USER_H

#include "domain/ids.h"
#include "plumb/lang.h"
#include "plumb/refusal.h"
#include "plumb/who.h"

struct arena;
struct db;

enum { USER_NAME_MAX = 80, USER_PASSWORD_MIN = 10, USER_PASSWORD_MAX = 200 };

struct user {
	struct user_id id;
	struct organisation_id organisation;
	enum role role;
	enum lang lang;
	bool disabled, two_factor;	/* two_factor: signing in takes a code of their telephone too */
	int64_t created_at, seen_at;	/* seen_at: the last sign-in, 0 never */
	const char *name;
	const char *email;		/* NULL: a volunteer of a link */
	const char *contact;		/* how a volunteer can be reached, as they wrote it; "" when not given */
	const char *password_hash;	/* NULL: cannot sign in by password */
};

enum found user_by_id(struct db *, struct user_id, struct user *, struct arena *);
enum found user_by_email(struct db *, const char *email, struct user *, struct arena *);

/* People of the organisation whose name or e-mail holds the words (without accents or case), by name;
 * disabled ones and members of `outside` are left out. At most 20. */
bool user_search(struct db *, struct organisation_id, const char *words, struct operation_id outside,
    struct user **out, size_t *n, struct arena *);

struct user_new {
	const char *name, *email;	/* email NULL: none */
	const char *password;		/* NULL: none */
	const char *contact;
	enum role role;
	enum lang lang;
};
/* `by` v = 0: the administrator's command. REFUSED: R_EMAIL_TAKEN, R_PASSWORD_SHORT. */
enum saved user_create(struct db *, struct organisation_id, const struct user_new *, struct user_id by,
    int64_t now, struct user_id *out, enum refusal *why, struct arena *);
/* The same inside the caller's transaction; hash: seal_password_hash or NULL. DUPLICATE: the e-mail is taken. */
bool user_add(struct db *, struct organisation_id, const struct user_new *, const char *hash, struct user_id by,
    int64_t now, struct user_id *out, bool *taken, struct arena *);

enum saved user_set_profile(struct db *, struct user_id, const char *name, enum lang, int64_t now, struct arena *);
/* R_NOT_THIS_PASSWORD; every other session of the user ends, `keep` (32 bytes) stays. */
enum saved user_change_password(struct db *, struct user_id, const char *current, const char *password,
    const unsigned char keep[32], int64_t now, enum refusal *why, struct arena *);
/* Without the current one: the administrator's command. All sessions end. */
enum saved user_reset_password(struct db *, struct user_id, const char *password, int64_t now,
    enum refusal *why, struct arena *);
/* Pure: "%words%" for LIKE, with what LIKE takes for wildcards taken literally. */
const char *user_like(struct arena *, const char *words);
/* Pure: 10 to 200 characters. */
bool user_password_fits(const char *password);

#endif
