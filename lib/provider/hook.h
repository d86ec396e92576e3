/*
 * hook.h - a provider's requests to us: the paths they come to, their signatures, the facts in them.
 *
 * Order: hook_path_read, then the connection's secrets, hook_verify on the raw bytes, and only then hook_read.
 * None of them waits for anything.
 */
#ifndef PROVIDER_HOOK_H
#define PROVIDER_HOOK_H

#include "provider/provider.h"

struct pairs;

enum { HOOK_BODY_MOST = 64 * 1024 };

/*
 * /hooks/<connection>/<id>/<leg>[/<what>]: the only key that exists before the provider has answered.
 * <id> is the attempt of a contact's leg and the session of an agent's.
 *   HOOK_STATUS  progress and end of the call; no further word in the path
 *   HOOK_AMD     who answered           HOOK_KEY    the key that the agent pressed (answered by instructions)
 *   HOOK_ROOM    who enters and leaves  HOOK_DIAL   the end of a contact dialled from the agent's leg (dial.through)
 *   HOOK_ANSWER  a person who was rung for no agent in particular has answered: where do they go? (hook_room, hook_sorry)
 *   HOOK_BROWSER a browser asks to be let into its room (id 0: line and room are in its token; so for the STATUS of its leg)
 */
#define HOOKS(X)			\
	X(HOOK_STATUS,  "")		\
	X(HOOK_AMD,     "amd")		\
	X(HOOK_KEY,     "key")		\
	X(HOOK_ROOM,    "room")		\
	X(HOOK_DIAL,    "dial")		\
	X(HOOK_BROWSER, "browser")	\
	X(HOOK_ANSWER,  "answer")

#define AS_HOOK(id, word) id,
enum hook_what { HOOKS(AS_HOOK) HOOK__MAX };
#undef AS_HOOK

struct hook { uint64_t connection, id; enum leg leg; enum hook_what what; };

/* `uri`: REQUEST_URI, undecoded; a query is allowed. False: no such path. */
bool  hook_path_read(const char *uri, struct hook *out);
char *hook_path(struct arena *, const struct hook *);

/* One request, raw. */
struct hook_request {
	const char *method;		/* "POST" */
	const char *uri;		/* REQUEST_URI, undecoded, with its query */
	const char *content_type;	/* NULL: none */
	const unsigned char *body;
	size_t len;
	const char *(*header)(void *ctx, const char *name);	/* lower-case name, "x-twilio-signature"; NULL: not sent */
	void *ctx;
	int64_t now_us;
	struct pairs *form;		/* hook_verify's, for hook_read: the form in the body, so that what is read is what
					 * was verified; NULL: not read as one */
};

/* Columns: enum, word for logs and counters, HTTP status to answer. */
#define VERDICTS(X)							\
	X(VERDICT_OK,            "ok",            HTTP_NO_CONTENT)	\
	X(VERDICT_OLD_SECRET,    "old_secret",    HTTP_NO_CONTENT)	\
	X(VERDICT_UNSIGNED,      "unsigned",      HTTP_FORBIDDEN)	\
	X(VERDICT_BAD,           "bad",           HTTP_FORBIDDEN)	\
	X(VERDICT_STALE,         "stale",         HTTP_FORBIDDEN)	\
	X(VERDICT_OTHER_ACCOUNT, "other_account", HTTP_FORBIDDEN)	\
	X(VERDICT_NO_SECRET,     "no_secret",     HTTP_UNAVAILABLE)	\
	X(VERDICT_METHOD,        "method",        HTTP_BAD_METHOD)	\
	X(VERDICT_TOO_LARGE,     "too_large",     HTTP_TOO_LARGE)	\
	X(VERDICT_TYPE,          "type",          HTTP_BAD_TYPE)	\
	X(VERDICT_MALFORMED,     "malformed",     HTTP_BAD)

#define AS_VERDICT(id, word, status) id,
enum verdict { VERDICTS(AS_VERDICT) VERDICT__MAX };
#undef AS_VERDICT

const char *verdict_word(enum verdict);
enum http verdict_status(enum verdict);
static inline bool verdict_good(enum verdict v) { return v == VERDICT_OK || v == VERDICT_OLD_SECRET; }

/* Is this request from the provider, for this connection? OLD_SECRET: yes, by secret[1]. */
enum verdict hook_verify(struct connection *, struct arena *, struct hook_request *);

/* What to answer. Instructions are a pure function of the request: a provider's retry gets the same bytes. */
struct hook_answer { enum http status; const char *content_type; const char *body; /* NULL: empty */ };

/*
 * The facts in a verified request: none, one or several. VERDICT_OK, or MALFORMED: nothing may be stored.
 * *answer is filled in either case.
 */
enum verdict hook_read(struct connection *, struct arena *, const struct hook *, const struct hook_request *,
    struct facts *, struct hook_answer *answer);
/* Instead of what hook_read has answered to HOOK_ANSWER, which ends the call: the person goes into that room; or hears that
 * sentence, spoken in `lang` ("fr-CA"), and the call ends. */
void hook_room(struct connection *, struct arena *, uint64_t attempt, const char *room, struct hook_answer *);
void hook_sorry(struct connection *, struct arena *, const char *sentence, const char *lang, struct hook_answer *);
/* Instead of what hook_read has answered a browser: its call is ended, nobody is let in. */
void hook_turn_away(struct connection *, struct hook_answer *);

#endif
