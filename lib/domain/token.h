/*
 * token.h - tokens by which another program speaks for an organiser: made and ended by them, shown once, stored as a
 * hash. A token may what its scopes name, and never more than its user may at that moment. All end when the user's
 * password changes, or when they are disabled.
 */
#ifndef DOMAIN_TOKEN_H
#define DOMAIN_TOKEN_H

#include "domain/ids.h"
#include "plumb/base.h"
#include "plumb/refusal.h"
#include "plumb/who.h"

struct arena;
struct db;

/* Columns: enum, bit, code, English, French. */
#define TOKEN_SCOPES(X)													\
	X(SCOPE_NUMBERS,       1, "numbers",       "Operations and their numbers", "Les opérations et leurs chiffres")	\
	X(SCOPE_PEOPLE_READ,   2, "people:read",   "Look people up", "Consulter des personnes")				\
	X(SCOPE_PEOPLE_WRITE,  4, "people:write",  "Add and change people", "Ajouter et modifier des personnes")		\
	X(SCOPE_ATTEMPTS_READ, 8, "attempts:read", "Lists, calls and answers", "Les listes, les appels et les réponses")
#define AS_SCOPE(id, bit, code, en, fr) id = bit,
enum token_scope { TOKEN_SCOPES(AS_SCOPE) SCOPE_ALL = 15 };
#undef AS_SCOPE

struct token_scope_row { enum token_scope scope; const char *code, *label[LANG__MAX]; };
extern const struct token_scope_row token_scopes[4];

#define TOKEN_NAME_MAX	80
#define TOKENS_MOST	20

/* form_key: 16 bytes of the form. *text: the token, to be shown now and never again. ALREADY: this form made one, whose text is
 * gone. REFUSED: R_NOT_ALLOWED (organisers only), R_MISSING (a name), R_NOT_A_CHOICE (a scope), R_OUT_OF_RANGE (too many). */
enum saved token_make(struct db *, const struct who *, const char *name, unsigned scopes, const unsigned char form_key[16], int64_t now,
    const char **text, enum refusal *why, struct arena *);

struct token { uint64_t id; const char *name; unsigned scopes; int64_t created_at, used_at; };	/* used_at 0: never */
/* Living ones of this user, newest first. */
bool token_list(struct db *, struct user_id, struct token **out, size_t *n, struct arena *);
/* ALREADY: it had ended, or is somebody else's. */
enum saved token_end(struct db *, const struct who *, uint64_t id, int64_t now, struct arena *);

/* In the caller's transaction. */
bool token_end_all(struct db *, struct organisation_id, struct user_id of, struct user_id by, int64_t now);

/* who_fn of the API: `hash` is the SHA-256 of what stood behind "Bearer". NONE: no such token, ended, or its user is disabled, is no
 * organiser any more, or must set up a second factor first. who.extra: its struct token_use. */
struct token_use { unsigned scopes; int64_t used_at; };
enum found token_who(struct db *, const unsigned char hash[32], uint64_t id, int64_t now, struct who *, struct arena *);
/* Notes that it was used; writes at most once a minute. */
void token_used(struct db *, const struct who *, int64_t now);

#endif
