/*
 * twilio.h - Twilio's voice API, and those that speak it: one adapter, one row of differences each.
 *
 *   twilio      account AC..., secret: auth token (also signs webhooks); base address optional (a region's edge)
 *   signalwire  account: project id (a UUID), base address https://SPACE.signalwire.com; ids of any form; prices and
 *               durations come as numbers; one answer is told as "answered" and as "in-progress"
 *   somleng     base address of the installation; no conference, no AMD, no events but the last one: the agent's
 *               phone is called first and the contact from there (dial.through)
 *   sim         our own simulated provider: Twilio's row with a base address on this machine
 *
 * Bridge: the agent's call asks for a key and then opens the session's room; each contact enters it as a participant
 * and hears nobody else: the room starts and ends with the agent. AMD runs after the connection.
 * Callbacks are posted to hook_path; the answer's instructions (TwiML) are inline wherever they can be.
 */
#ifndef PROVIDER_TWILIO_H
#define PROVIDER_TWILIO_H

#include "provider/provider_in.h"

struct buf;
struct json;

/* What differs from one to the other. */
struct dialect {
	enum provider provider;
	const char *base_url;		/* NULL: must be configured */
	const char *path;		/* before the account */
	const char *headers[2];		/* that carry the signature, the first that is there counts */
	bool own_ids;			/* AC, CA, CF + 32 hex digits */
	bool retries;			/* understands "#rc=..": repeats a callback that we answer with 5xx */
	bool balance;			/* tells how much money is left */
	unsigned can;
};

/* A form, sorted by name and value; repeated pairs stay. */
struct pair { const char *name, *value; };
struct pairs { struct pair *pair; size_t n; };
bool pairs_read(struct arena *, const char *text, size_t n, struct pairs *out);	/* false: malformed */
const char *pairs_get(const struct pairs *, const char *name);			/* NULL: not there */

bool twilio_call_id_ok(const struct connection *, const char *id);
bool twilio_sid_ok(const char *, const char *letters);	/* two letters and 32 hex digits */

/* twilio_sign.c: base64(HMAC-SHA1(secret, url + sorted pairs)); pairs NULL: the url alone. */
char *twilio_signature(struct arena *, const char *secret, const char *url, const struct pairs *);
enum verdict twilio_verify(struct connection *, struct arena *, struct hook_request *);

/* twilio_hook.c */
enum verdict twilio_read(struct connection *, struct arena *, const struct hook *, const struct hook_request *,
    struct facts *, struct hook_answer *);
/* The facts in one state of a call, as a webhook or a poll tells it. `f` has source, leg, ids, time and length filled. */
void twilio_state(struct arena *, struct facts *, struct fact f, const char *word, const char *sip);
enum amd twilio_amd(const char *word);		/* AMD_NONE: a word that we do not know */

/* twilio_twiml.c: documents; the same values give the same bytes. */
const char *twiml_ask_key(struct connection *, struct arena *, const struct dial *);
const char *twiml_room(struct connection *, struct arena *, uint64_t session, const char *room);
const char *twiml_through(struct connection *, struct arena *, const struct dial *);	/* dials the contact from the agent's leg */
const char *twiml_hang_up(void);
const char *twiml_enter(struct arena *, uint64_t attempt, const char *room);	/* the contact enters an agent's room */
const char *twiml_sorry(struct arena *, const char *sentence, const char *lang);	/* says it, and hangs up */

/* twilio_call.c */
enum dialed twilio_dial(struct connection *, struct arena *, const struct dial *, struct answer *);
enum asked twilio_hang_up(struct connection *, struct arena *, const char *call, struct answer *);
/* One request below the account; form: a body, NULL: GET. *json: the answer's, NULL when it is none. */
enum fetched twilio_ask(struct connection *, struct arena *, const char *path, const struct buf *form,
    struct fetch_answer *got, struct json **json);
/* The provider's own code of a refusal, into code, class and trouble; false: the body has none. */
bool twilio_code(struct json *, struct answer *);

/* twilio_ask.c */
enum asked twilio_fetch(struct connection *, struct arena *, const char *call, const struct fact *about, struct facts *,
    struct answer *);
enum asked twilio_list(struct connection *, struct arena *, const char *to, const char *from, int64_t from_us,
    int64_t until_us, struct listing *, struct answer *);
enum asked twilio_participants(struct connection *, struct arena *, const char *room, struct participants *,
    struct answer *);
enum trouble twilio_check(struct connection *, struct arena *, const char *from, struct answer *);

/* twilio_browser.c */
enum trouble twilio_browser_open(struct connection *);	/* of the config; takes CAN_BROWSER away where it is not set up */
char *twilio_agent_token(struct connection *, struct arena *, uint64_t session, const char *room, unsigned ttl_s, int64_t now_us);
void twilio_browser(const struct connection *, struct arena *, struct browser *);
enum trouble twilio_check_browser(struct connection *, struct arena *, struct answer *);
bool twilio_room_ok(const char *room);
/* "client:7_x9", as the token named it: the session and its room. False: not one of ours. */
bool twilio_identity(struct arena *, const char *from, uint64_t *session, const char **room);

#endif
