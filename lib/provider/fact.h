/*
 * fact.h - what is known about one leg of a call. Webhooks, answers to our requests, polls, agents' clicks: all
 * become facts, which are only ever added. What a call came to is a pure function of the set (outcome.h),
 * so that duplicates, reordering and lateness cannot matter. No provider's word is decided upon above this folder.
 */
#ifndef PROVIDER_FACT_H
#define PROVIDER_FACT_H

#include "plumb/base.h"

enum leg { LEG_NONE, LEG_CONTACT, LEG_AGENT };

/*
 * What a fact says. Columns: enum, the word that is stored, does it come from our side?
 *   REQUESTED   the request to dial leaves now (written before it does)
 *   ACCEPTED    the provider took it; `call` is its id
 *   REFUSED     it did not, nothing was placed; `class` says why
 *   UNSURE      nobody knows whether it was placed: no second dial, reconcile.h settles it
 *   NOT_PLACED  reconciliation proved that it never was: as if it had not been requested
 *   CANCEL_ASKED, HANGUP_ASKED  we asked the provider to stop before, after the answer
 *   NO_AGENT    a person was there and we had nobody: the reason of the HANGUP_ASKED beside it
 *   DISPOSED    the agent said how it went; what was said stays with the attempt
 *   GAVE_UP     reconciliation found nothing to the end of its horizon
 *   KEY         the agent pressed a key: a person holds that phone; `digit`. In a browser the click that opened the line
 *   BRIDGED, UNBRIDGED  this leg entered, left the session's room
 *   IGNORED     understood and of no interest, or a word we do not know (`unknown_word`): never final
 */
#define FACT_KINDS(X)					\
	X(FACT_NONE,         "",             false)	\
	X(FACT_REQUESTED,    "requested",    true)	\
	X(FACT_ACCEPTED,     "accepted",     true)	\
	X(FACT_REFUSED,      "refused",      true)	\
	X(FACT_UNSURE,       "unsure",       true)	\
	X(FACT_NOT_PLACED,   "not_placed",   true)	\
	X(FACT_CANCEL_ASKED, "cancel_asked", true)	\
	X(FACT_HANGUP_ASKED, "hangup_asked", true)	\
	X(FACT_NO_AGENT,     "no_agent",     true)	\
	X(FACT_DISPOSED,     "disposed",     true)	\
	X(FACT_GAVE_UP,      "gave_up",      true)	\
	X(FACT_QUEUED,       "queued",       false)	\
	X(FACT_DIALING,      "dialing",      false)	\
	X(FACT_RINGING,      "ringing",      false)	\
	X(FACT_ANSWERED,     "answered",     false)	\
	X(FACT_AMD,          "amd",          false)	\
	X(FACT_KEY,          "key",          false)	\
	X(FACT_BRIDGED,      "bridged",      false)	\
	X(FACT_UNBRIDGED,    "unbridged",    false)	\
	X(FACT_ENDED,        "ended",        false)	\
	X(FACT_COST,         "cost",         false)	\
	X(FACT_IGNORED,      "ignored",      false)

#define AS_FACT_KIND(id, word, ours) id,
enum fact_kind { FACT_KINDS(AS_FACT_KIND) FACT__MAX };
#undef AS_FACT_KIND

/* What answered, as the provider guesses: advice. AMD_UNKNOWN is not decisive: taken for a person. */
#define AMDS(X)				\
	X(AMD_NONE,    "")		\
	X(AMD_HUMAN,   "human")		\
	X(AMD_MACHINE, "machine")	\
	X(AMD_FAX,     "fax")		\
	X(AMD_UNKNOWN, "unknown")

#define AS_AMD(id, word) id,
enum amd { AMDS(AS_AMD) AMD__MAX };
#undef AS_AMD

/*
 * The class of an end or of a refusal, from the SIP code or Q.850 cause where there is one, else from the
 * provider's word. Columns: enum, stored word, whom it is about.
 *   ABOUT_CONTACT  may use up that contact's calls       ABOUT_NETWORK  says nothing about anybody
 *   ABOUT_US       credentials, funds, permission, rate: stops the dialling, touches no contact
 */
enum about { ABOUT_NOBODY, ABOUT_CONTACT, ABOUT_NETWORK, ABOUT_US };

#define CALL_CLASSES(X)							\
	X(CLASS_NONE,           "",               ABOUT_NOBODY)		\
	X(CLASS_ANSWERED,       "answered",       ABOUT_CONTACT)	\
	X(CLASS_BUSY,           "busy",           ABOUT_CONTACT)	\
	X(CLASS_NO_ANSWER,      "no_answer",      ABOUT_CONTACT)	\
	X(CLASS_INVALID_NUMBER, "invalid_number", ABOUT_CONTACT)	\
	X(CLASS_REJECTED,       "rejected",       ABOUT_CONTACT)	\
	X(CLASS_CANCELED,       "canceled",       ABOUT_CONTACT)	\
	X(CLASS_NETWORK,        "network",        ABOUT_NETWORK)	\
	X(CLASS_ACCOUNT,        "account",        ABOUT_US)		\
	X(CLASS_RATE,           "rate",           ABOUT_US)

#define AS_CALL_CLASS(id, word, about) id,
enum call_class { CALL_CLASSES(AS_CALL_CLASS) CLASS__MAX };
#undef AS_CALL_CLASS

/* Who says so. When two ends contradict each other the higher one counts. */
#define FACT_SOURCES(X)			\
	X(SOURCE_LOCAL,   "local")	\
	X(SOURCE_WEBHOOK, "webhook")	\
	X(SOURCE_POLL,    "poll")

#define AS_FACT_SOURCE(id, word) id,
enum fact_source { FACT_SOURCES(AS_FACT_SOURCE) SOURCE__MAX };
#undef AS_FACT_SOURCE

enum { CALL_ID_MOST = 127 };		/* a provider's id of a call: opaque; the longest seen is Telnyx's v3:... */
enum { ROOM_MOST = 63 };		/* [A-Za-z0-9_] (no "-"), chosen by us, not to be guessed */
enum { FACT_KEY_BYTES = 32 };

/* All zero is a fact that says nothing; every field has a meaning when it is zero. */
struct fact {
	enum fact_kind kind;
	enum fact_source source;
	enum leg leg;
	uint64_t attempt;		/* contact's leg: ours, from the callback's path or the room's label; 0: not given */
	uint64_t session;		/* agent's leg: likewise */
	char call[CALL_ID_MOST + 1];	/* the provider's id; "" when it gave none */
	char room[ROOM_MOST + 1];	/* of the session, for facts that come from the room or a browser; else "" */
	char room_id[CALL_ID_MOST + 1];	/* the provider's id of that room; else "" */
	enum call_class class;		/* ENDED, REFUSED */
	enum amd amd;			/* AMD */
	char digit;			/* KEY: '0'-'9', '*', '#'; 0: no key in time */
	int sip;			/* 0: not given */
	int q850;			/* 0: not given */
	bool by_callee;			/* ENDED: the called person hung up; false: another, or unknown */
	bool proves_answer;		/* ENDED: an answer is proved by this end alone */
	bool unknown_word;		/* IGNORED, ENDED: `word` is new to us; count it */
	int64_t at_us;			/* the provider's time (ours, for our own facts); 0: not given: once the key
					 * is made, the time of receipt may stand for it */
	bool has_seconds;		/* ENDED: is `seconds` known? */
	unsigned seconds;		/* ENDED: from the answer on */
	int64_t cost_micro;		/* COST: millionths of `currency`; positive: we pay */
	char currency[4];		/* COST: ISO 4217 */
	char word[33];			/* the provider's own word, for people; tamed ASCII */
	unsigned char key[FACT_KEY_BYTES];	/* the same event told twice has the same key (SHA-256); unique per connection */
};

/* Fills `key`. event_id: the provider's own id of the event, when it has one; NULL: the key is made of source, attempt,
 * session, call, kind, word and time, which a repetition has in common. Also right for our own facts. */
void fact_make_key(struct fact *, const char *event_id);

const char *fact_kind_word(enum fact_kind);
enum fact_kind fact_kind_of(const char *word);		/* FACT_NONE when unknown */
bool fact_is_ours(enum fact_kind);
const char *amd_word(enum amd);
enum amd amd_of(const char *word);			/* AMD_NONE when unknown */
const char *call_class_word(enum call_class);
enum call_class call_class_of(const char *word);	/* CLASS_NONE when unknown */
enum about call_class_about(enum call_class);
const char *fact_source_word(enum fact_source);
enum fact_source fact_source_of(const char *word);	/* SOURCE_LOCAL when unknown */

/* The class that a SIP code (0: none), else a Q.850 cause (0: none) stands for; CLASS_NONE when neither says
 * anything. 487 is CLASS_NO_ANSWER: outcome_of makes a cancel of it when we asked for one. */
enum call_class class_of_code(int sip, int q850);

#endif
