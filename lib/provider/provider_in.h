/*
 * provider_in.h - what an adapter is made of; only lib/provider includes it.
 *
 * To add a provider:
 *  1. a row in PROVIDERS (provider.h) and its adapter's name in the table of provider.c;
 *  2. NAME.h (what is peculiar, how it is configured), NAME.c (open, dial, hang_up), NAME_ask.c (fetch, list,
 *     participants, check), NAME_hook.c (verify, read), like telnyx*;
 *  3. its words in one table each, word -> fact; a word that is not in the table becomes FACT_IGNORED with unknown_word,
 *     never an end; the class of an end comes from class_of_code when there is a code;
 *  4. its signature's vectors, its rows of the webhook cases, and what its own library says, in tests/unit/NAME.c and
 *     tests/contract.
 * A function that is NULL cannot be done: connection_can must not promise it.
 *
 * What those that are not here would need (facts about them as of 2026, where not said otherwise from their documentation):
 *  Plivo      POST .../Call/ in JSON, Basic; numbers without "+". Signature V3: HMAC-SHA256 over base address, "?" and
 *             sorted query (a lone "?" when there are parameters but no query), "." before the parameters when there
 *             is a query, sorted key+value, "." and the nonce (X-Plivo-Signature-V3-Nonce); base64; the header may
 *             hold several, separated by commas, and a second header is signed by the main account. HangupCauseCode:
 *             1010, 1020, 2030, 2040 account; 2000, 2010 invalid number; 3010 busy, else 3000.. no answer; 1000
 *             canceled; 4000..4030 with BillDuration > 0 proves an answer; 0, 2060, 5000.. network.
 *  Vonage     POST /v1/calls, JWT by RS256: a signing key of our own. Events are JSON with a JWT (HS256 exactly, never
 *             "none") whose payload_hash is the SHA-256 of the raw body; api_key ours, iat in the window. A request
 *             without Authorization is answered 503 (they repeat it signed). "completed" follows every call, busy
 *             ones too, in any order: it proves only "over" (ENDED, CLASS_NONE). rejected/invalid_number and
 *             failed/number_out_of_service invalid number; rejected else rejected; unanswered, timeout no answer;
 *             failed else network. human, machine carry call_uuid instead of uuid. The cost is in "completed".
 *  Bandwidth  JSON; no signature: Basic on the callback by a random password, 401 with WWW-Authenticate. disconnect
 *             causes: busy, timeout no answer, cancel, rejected, account-limit account, error network (an invalid
 *             number is only a text), unknown ones network with the word kept. answerTime proves an answer.
 *  Sinch      JSON; HMAC-SHA256 (key base64-decoded) over method, base64 MD5 of the body, content type, "x-timestamp:..",
 *             path, by newlines; "Authorization: application KEY:SIG". DICE: result ANSWERED proves, BUSY, NOANSWER;
 *             reason BLOCKED rejected, USERNOTFOUND invalid number, NOCREDITPARTNER account, CANCEL, MANAGERHANGUP
 *             canceled. MD5 is in libcrypto, as SHA-1 (plumb/sha1).
 *  jambonz    JSON; "Jambonz-Signature: t=..,v1=hex", HMAC-SHA256 over t "." raw body, perhaps several v1; refuse what
 *             is older than the window, which their own verifier does not. sip_status before call_status (603 is
 *             "busy" there). Webhooks often come before the 201. A poll knows live calls only: "404" is an end
 *             without a reason.
 */
#ifndef PROVIDER_PROVIDER_IN_H
#define PROVIDER_PROVIDER_IN_H

#include "plumb/fetch.h"
#include "provider/hook.h"

struct adapter {
	enum trouble (*open)(struct connection *);	/* checks the config; fills base_url and can */
	enum dialed (*dial)(struct connection *, struct arena *, const struct dial *, struct answer *);
	enum asked (*hang_up)(struct connection *, struct arena *, const char *call, struct answer *);
	enum asked (*ask_key)(struct connection *, struct arena *, const char *call, const struct dial *, struct answer *);
	enum asked (*bridge)(struct connection *, struct arena *, const char *contact, const char *agent, struct answer *);
	enum asked (*fetch)(struct connection *, struct arena *, const char *call, const struct fact *about, struct facts *,
	    struct answer *);
	enum asked (*list)(struct connection *, struct arena *, const char *to, const char *from, int64_t from_us,
	    int64_t until_us, struct listing *, struct answer *);
	enum asked (*participants)(struct connection *, struct arena *, const char *room, struct participants *, struct answer *);
	enum trouble (*check)(struct connection *, struct arena *, const char *from, struct answer *);
	char *(*agent_token)(struct connection *, struct arena *, uint64_t session, const char *room, unsigned ttl_s, int64_t now_us);
	void (*browser)(const struct connection *, struct arena *, struct browser *);
	enum trouble (*check_browser)(struct connection *, struct arena *, struct answer *);
	const char *(*end_answer)(void);	/* the instructions that end the call that asked for some; for CAN_BROWSER */
	/* the instructions of hook_room and hook_sorry; for provider_hands_over */
	const char *(*room_answer)(struct arena *, uint64_t attempt, const char *room);
	const char *(*sorry_answer)(struct arena *, const char *sentence, const char *lang);
	enum verdict (*verify)(struct connection *, struct arena *, struct hook_request *);
	enum verdict (*read)(struct connection *, struct arena *, const struct hook *, const struct hook_request *,
	    struct facts *, struct hook_answer *);
};

extern const struct adapter adapter_physical, adapter_twilio, adapter_telnyx;

struct dialect;

struct connection {
	const struct adapter *adapter;
	struct connection_config config;	/* texts that are "" are NULL here */
	const struct dialect *dialect;		/* twilio.h; NULL for others */
	const char *base_url, *public_url;	/* never NULL after open, no slash at the end */
	unsigned can;				/* enum can */
	unsigned window_s;
};

/* A fresh fact of this hook: leg, attempt or session, source webhook. */
struct fact fact_of_hook(const struct hook *);
/* A fresh fact of a poll, about the attempt or session of `about` (NULL: of none). */
struct fact fact_of_poll(const struct fact *about, const char *call);
/* Adds one, with its key; at most 8 of a request, all that a poll may bring. */
void facts_add(struct arena *, struct facts *, struct fact, const char *event_id);
/* Into a fact's field: ASCII without control characters, cut. */
void fact_set_word(struct fact *, const char *word);
/* An id of the provider: printable ASCII without blanks, of at most `most` bytes. False: it is none. */
bool id_ok(const char *id, size_t most);

/* What a request that brought no usable answer means: fills status, retry_after_s, trouble, class. */
enum asked asked_of(enum fetched, const struct fetch_answer *, struct answer *);
enum dialed dialed_of(enum fetched, const struct fetch_answer *, struct answer *);

/* The moments that providers write: RFC 2822 ("Mon, 23 Nov 2026 14:00:00 +0000"), ISO 8601 in UTC with T or blank, with or
 * without a fraction. 0: not one of these. */
int64_t moment_of(const char *text);

/* "0.0300", "-0.005", "3e-2": millionths, rounded, without the sign. False: no number, or beyond 10^9. */
bool micro_of(const char *text, int64_t *out);

struct json;
/* The text (or number, as written) at that key; "" when there is none. */
const char *text_of(struct json *, const char *key);

/* Constant time, of what two texts hold; their lengths may show. */
bool text_equal(const char *a, const char *b);

/* Our address of a hook, as the provider is told it. */
char *hook_url(struct connection *, struct arena *, const struct hook *);

#endif
