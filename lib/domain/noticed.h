/*
 * noticed.h - what happened at a connection's door, or with its calls, that a person should know of: counted in hook_tally where
 * it is met, shown to administrators.
 */
#ifndef DOMAIN_NOTICED_H
#define DOMAIN_NOTICED_H

#include "domain/trunk.h"

/* Columns: enum, stored word, the English sentence, which is also the key of the translation. Words that are counted and stand
 * for nothing to be done (method, type, too_large, erased) are not here. */
#define NOTICED(X)	\
	X(NOTICED_UNSIGNED,       "unsigned",       "Requests without a signature, refused")	\
	X(NOTICED_BAD,            "bad",            "Requests with a wrong signature, refused: is the secret the present one?")	\
	X(NOTICED_STALE,          "stale",          "Requests signed at another time, refused: is this server’s clock right?")	\
	X(NOTICED_OTHER_ACCOUNT,  "other_account",  "Requests about another account, refused")	\
	X(NOTICED_NO_SECRET,      "no_secret",      "Requests that nobody could verify, as there is no secret")	\
	X(NOTICED_OLD_SECRET,     "old_secret",     "Requests signed by the old secret")	\
	X(NOTICED_MALFORMED,      "malformed",      "Requests that could not be read, refused")	\
	X(NOTICED_ORPHAN,         "orphan",         "News of calls that are not known here")	\
	X(NOTICED_OTHER_TRUNK,    "other_trunk",    "News of another connection’s calls, refused")	\
	X(NOTICED_UNKNOWN_WORD,   "unknown_word",   "Words of the company that this program does not know")	\
	X(NOTICED_CONFLICT,       "conflict",       "Calls of which the company says two things")	\
	X(NOTICED_TOO_LONG,       "too_long",       "Calls hung up because they went on for hours: was a line left open?")	\
	X(NOTICED_LATE,           "late",           "Calls whose end was told when the next call to the same person had begun")

#define AS_NOTICED(id, word, text) id,
enum noticed_what { NOTICED(AS_NOTICED) NOTICED__MAX };
#undef AS_NOTICED

const char *noticed_text(enum noticed_what);
/* Once more. In the caller's transaction, if there is one. */
bool noticed_count(struct db *, struct trunk_id, enum noticed_what, int64_t now);
/* The same by its word, one that stands for nothing to be done among them. */
bool noticed_count_word(struct db *, struct trunk_id, const char *word, int64_t now);

struct noticed { enum noticed_what what; uint64_t times; int64_t last_at; };
/* Since that moment, the latest first; at most NOTICED__MAX. */
bool noticed_since(struct db *, struct trunk_id, int64_t since, struct noticed out[NOTICED__MAX], size_t *n, struct arena *);

#endif
