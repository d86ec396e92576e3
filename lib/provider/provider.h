/*
 * provider.h - telephony as the dialer sees it. One connection is one account at one provider; what it can
 * do is asked (`can`), never guessed from its name, and the physical phone is a provider that can do nothing.
 *
 * Nothing here knows SQL, contacts or operations. Everything that an answer points to lives in the arena given.
 * No request waits longer than fetch.h's deadlines (connect 3 s, 8 s in all); hang_up, list, participants, check,
 * and dial where it is idempotent, may make more than one.
 * A further adapter: see provider_in.h.
 */
#ifndef PROVIDER_PROVIDER_H
#define PROVIDER_PROVIDER_H

#include "provider/fact.h"

struct arena;

/*
 * Columns: enum, stored word, name shown. signalwire, somleng and sim speak Twilio's language (twilio.h).
 *
 * Offered to administrators are those with CAN_CONFERENCE: twilio, signalwire, sim. The dialer joins agent and person in a
 * room. Somleng has none, and calling through the agent's phone (dial.through) would ring it for every person; Telnyx
 * would have to be told by commands at each answer (NEEDS_COMMANDS), which the dialer does not do. Both adapters are whole
 * and tested, for whoever adds that to dialer_place.c and dialer_line.c; until then their connections say TROUBLE_ROOMS.
 */
#define PROVIDERS(X)						\
	X(PROVIDER_PHYSICAL,   "physical",   "Physical phone")	\
	X(PROVIDER_TWILIO,     "twilio",     "Twilio")		\
	X(PROVIDER_SIGNALWIRE, "signalwire", "SignalWire")	\
	X(PROVIDER_SOMLENG,    "somleng",    "Somleng")		\
	X(PROVIDER_TELNYX,     "telnyx",     "Telnyx")		\
	X(PROVIDER_SIM,        "sim",        "Simulation")

#define AS_PROVIDER(id, word, name) id,
enum provider { PROVIDERS(AS_PROVIDER) PROVIDER__MAX };
#undef AS_PROVIDER

const char *provider_word(enum provider);
const char *provider_name(enum provider);
enum provider provider_of(const char *word);		/* PROVIDER__MAX when unknown */
/* Asks us, when a person answers, where they go (HOOK_ANSWER): what power mode needs. */
bool provider_hands_over(enum provider);

enum can {
	CAN_DIAL	    = 1 << 0,
	CAN_AMD		    = 1 << 1,	/* tells machines from people, after the connection */
	CAN_CONFERENCE	    = 1 << 2,	/* one room per agent session; without: dial.through */
	CAN_BROWSER	    = 1 << 3,	/* connection_agent_token gives one */
	CAN_RINGING	    = 1 << 4,	/* says when it rings */
	CAN_IDEMPOTENT_DIAL = 1 << 5,
	CAN_FETCH_CAUSE	    = 1 << 6,	/* a poll says why a call ended, not only that it did */
	CAN_LIST	    = 1 << 7,	/* a call whose id was lost can be found */
	CAN_COST	    = 1 << 8,
	CAN_SIP_CODE	    = 1 << 9,
	NEEDS_COMMANDS	    = 1 << 10	/* knows no instructions: see connection_ask_key and connection_bridge */
};

/* As the administrator set it up. Borrowed texts: they must live as long as the connection. NULL or "": not set. */
struct connection_config {
	uint64_t id;			/* ours; part of every callback's path */
	enum provider provider;
	const char *base_url;		/* of the provider's API; NULL: its own. https, or http to 127.0.0.1 */
	const char *public_url;		/* ours as the provider calls and signs it: https://host[:port], no slash at the end */
	const char *account;		/* Twilio: AC...; SignalWire: project; Telnyx: connection_id of the application */
	const char *secret[2];		/* what signs webhooks, newest first, two while rotating. Twilio: auth token;
					 * Telnyx: public key, base64 */
	const char *api_secret;		/* what our requests sign in with; NULL: secret[0]. Telnyx: API key */
	const char *api_user;		/* Twilio: SK... beside its secret in api_secret; NULL: account */
	const char *browser_key, *browser_secret, *browser_app;	/* Twilio: SK..., its secret, AP...; for CAN_BROWSER */
	const char *browser_script;	/* where the provider's script for the browser lies: https, or a path of our site;
					 * NULL: where README says to put it */
	unsigned window_s;		/* how far the time of a signed request may be off; 0: 300 */
	bool allow_get;			/* callbacks by GET are taken too */
};

/*
 * Why a connection does not work. Columns: enum, stored word, the English sentence, which is also the key of the
 * translation. The administrator reads it.
 */
#define TROUBLES(X)												\
	X(TROUBLE_NONE,        "none",        "The connection works.")						\
	X(TROUBLE_PROVIDER,    "provider",    "This provider is not known here.")				\
	X(TROUBLE_ROOMS,       "rooms",       "This provider has no rooms in which agent and person could be joined: no call can be placed through it.") \
	X(TROUBLE_BASE_URL,    "base_url",    "The address of the provider must start with https:// and have neither a name nor a password in it.") \
	X(TROUBLE_PUBLIC_URL,  "public_url",  "The public address of this site must start with https://: the provider calls it.") \
	X(TROUBLE_ACCOUNT,     "account",     "The account’s identifier is missing or not written as this provider writes it.") \
	X(TROUBLE_SECRET,      "secret",      "The secret is missing or not written as this provider writes it.")	\
	X(TROUBLE_BROWSER,     "browser",     "For calls in the browser the key, its secret and the application go together; one is missing.") \
	X(TROUBLE_BROWSER_FORM, "browser_form", "For calls in the browser the key is written SK… and the application AP…, each with 32 digits or letters behind it.") \
	X(TROUBLE_SCRIPT_ADDRESS, "script_address", "The address of the script starts with https://, or with / for a file of this site.") \
	X(TROUBLE_BROWSER_KEY, "browser_key", "The provider does not accept the key for calls in the browser, or not its secret.") \
	X(TROUBLE_BROWSER_APP, "browser_app", "The provider knows no such application for calls in the browser.") \
	X(TROUBLE_BROWSER_HOOK, "browser_hook", "At the provider, the application for calls in the browser does not have the two addresses that stand on this page, by POST. Copy them there.") \
	X(TROUBLE_SCRIPT,      "script",      "The provider’s script for calls in the browser is not at its address. Agents can use their phones meanwhile.") \
	X(TROUBLE_NO_BROWSER,  "no_browser",  "Calls in the browser are only known here for Twilio: leave these fields empty.") \
	X(TROUBLE_UNREACHED,   "unreached",   "The provider cannot be reached: check the address and this server’s way to the internet.") \
	X(TROUBLE_TLS,         "tls",         "The provider’s certificate is not valid for this address; nothing was sent.")	\
	X(TROUBLE_SILENT,      "silent",      "The provider did not answer in time.")				\
	X(TROUBLE_ANSWER,      "answer",      "What answers at this address does not speak as this provider does.")	\
	X(TROUBLE_FAILING,     "failing",     "The provider answers, but has trouble of its own. Try again later.")	\
	X(TROUBLE_CREDENTIALS, "credentials", "The provider does not accept the account’s identifier and secret.")	\
	X(TROUBLE_SUSPENDED,   "suspended",   "The provider has closed or suspended this account.")		\
	X(TROUBLE_FUNDS,       "funds",       "The account has no money left.")					\
	X(TROUBLE_CALLER_ID,   "caller_id",   "The provider does not know this number as one of the account’s.")	\
	X(TROUBLE_PERMISSION,  "permission",  "The account is not allowed to call this country or number.")	\
	X(TROUBLE_RATE,        "rate",        "The provider says that too many requests were made.")		\
	X(TROUBLE_REFUSED,     "refused",     "The provider refused, for a reason that this program does not know.")

#define AS_TROUBLE(id, word, text) id,
enum trouble { TROUBLES(AS_TROUBLE) TROUBLE__MAX };
#undef AS_TROUBLE

const char *trouble_word(enum trouble);
enum trouble trouble_of(const char *word);		/* TROUBLE__MAX when unknown */
const char *trouble_text(enum trouble);			/* English, the key of the translation */
/* Only about agents who would speak in the browser: calls by phone go on. */
static inline bool trouble_of_browser(enum trouble t) { return t >= TROUBLE_BROWSER && t <= TROUBLE_SCRIPT; }

struct connection;

/* No network. NULL: *why says what is wrong with the config. Lives in the arena. */
struct connection *connection_open(struct arena *, const struct connection_config *, enum trouble *why);
unsigned connection_can(const struct connection *);	/* enum can, ORed; browser only when its key is set */
uint64_t connection_id(const struct connection *);

/* One call to place. */
struct dial {
	enum leg leg;
	uint64_t attempt;	/* LEG_CONTACT */
	uint64_t session;	/* LEG_AGENT; for LEG_CONTACT the session whose room is entered */
	const char *to, *from;	/* E.164 */
	const char *room;	/* the session's; the agent's leg opens it after a key press, the contact's enters it. NULL,
				 * LEG_CONTACT: nobody's yet; who answers is asked for by HOOK_ANSWER (provider_hands_over) */
	const char *room_id;	/* the provider's id of it once a fact told it; NULL: by name */
	const char *through;	/* without CAN_CONFERENCE: the agent's number, called first, the contact from there */
	unsigned ring_seconds;	/* 5..600 */
	unsigned max_seconds;	/* 0: the provider's own limit */
	bool amd;
	const char *ask_key;	/* LEG_AGENT: the sentence that asks for the key, spoken in `lang` ("fr-CA", "en-US") */
	const char *lang;
};

/*
 * What came of it:
 *   DIAL_ACCEPTED  placed; `call` is its id
 *   DIAL_REFUSED   nothing was placed; `class` and `trouble` say why (RATE: not before retry_after_s)
 *   DIAL_UNKNOWN   it may have been placed: never dial again, reconcile
 *   DIAL_NOT_SENT  nothing left this machine: may be tried again
 */
enum dialed { DIAL_ACCEPTED, DIAL_REFUSED, DIAL_UNKNOWN, DIAL_NOT_SENT };

/* What a request to the provider came to, beside its result. */
struct answer {
	enum leg leg;			/* whose leg `call` is: with dial.through the agent's */
	enum call_class class;		/* of a refusal; CLASS_NONE otherwise */
	enum trouble trouble;		/* TROUBLE_NONE when all went well */
	char call[CALL_ID_MOST + 1];	/* of the call placed, "" otherwise */
	unsigned retry_after_s;		/* 0: not said */
	unsigned queue_ms;		/* the provider's estimate of the wait before it really dials */
	int status;			/* HTTP's, 0: none came */
	char code[17];			/* the provider's own code, for people and logs */
};

enum dialed connection_dial(struct connection *, struct arena *, const struct dial *, struct answer *);

/* The other requests. ASKED_GONE: the provider knows no such call. ASKED_LATER: network, 5xx or 429, ask again. */
enum asked { ASKED_OK, ASKED_GONE, ASKED_LATER, ASKED_REFUSED };

/* Ends a call in whatever state it is; already over is ASKED_OK. */
enum asked connection_hang_up(struct connection *, struct arena *, const char *call, struct answer *);

/* Facts in the arena, to be added to the set like any others; nobody else needs to know that they were polled. */
struct facts { struct fact *fact; size_t n; };

/*
 * NEEDS_COMMANDS: the provider follows commands, not documents. When an agent's leg has answered, ask for the key; the
 * KEY fact comes by webhook, and the leg then waits in silence instead of in a room. When a contact's leg has
 * answered, bridge it to the agent's at once. Others do both by themselves: there this is ASKED_OK and does nothing.
 */
enum asked connection_ask_key(struct connection *, struct arena *, const char *agent_call, const struct dial *, struct answer *);
enum asked connection_bridge(struct connection *, struct arena *, const char *contact_call, const char *agent_call, struct answer *);

/* What the provider knows of one call: a state, an end, an answer, a cost. `about` (attempt or session, leg) is
 * copied into the facts. */
enum asked connection_fetch(struct connection *, struct arena *, const char *call, const struct fact *about,
    struct facts *, struct answer *);

/* A call that a list found: what may be the lost one. */
struct listed { char call[CALL_ID_MOST + 1]; char to[17], from[17]; int64_t created_us; struct facts facts; };
struct listing { struct listed *call; size_t n; bool more; };	/* more: there were too many to fetch all */

/* The calls to that number from that one, made in [from_us, until_us]; queued ones included. */
enum asked connection_list(struct connection *, struct arena *, const char *to, const char *from,
    int64_t from_us, int64_t until_us, struct listing *, struct answer *);

/* Who is in a room now. ASKED_GONE: there is no such room. */
struct participant { char call[CALL_ID_MOST + 1]; char label[65]; };
struct participants { struct participant *who; size_t n; };
enum asked connection_participants(struct connection *, struct arena *, const char *room, struct participants *, struct answer *);

/* Signs in, places no call; from: a caller id to look for, or NULL. TROUBLE_NONE: works. */
enum trouble connection_check(struct connection *, struct arena *, const char *from, struct answer *);

/* --- agents who speak in the browser, by the provider's own script (CAN_BROWSER) --- */

/* The token with which that script speaks for an agent: for one line and its room, ttl_s seconds from now_us on.
 * NULL: this connection has none. */
char *connection_agent_token(struct connection *, struct arena *, uint64_t session, const char *room, unsigned ttl_s, int64_t now_us);
/* Where the script lies, and what a page that loads it must allow: sources of a Content-Security-Policy, "" none. */
struct browser {
	const char *script, *script_from, *connect_to, *media_from;
	const char *voice_url, *status_url;	/* ours, which the administrator copies into the account */
};
bool connection_browser(const struct connection *, struct arena *, struct browser *);	/* false: not CAN_BROWSER */
/* Is the account set up for it, and is the script there? */
enum trouble connection_check_browser(struct connection *, struct arena *, struct answer *);

#endif
