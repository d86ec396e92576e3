/*
 * telnyx.h - Telnyx, Call Control v2: JSON commands, JSON events signed by Ed25519.
 *
 * account: the connection_id of the Call Control application; api_secret: the API key; secret[]: public keys from the
 * portal (base64). There is no ringing event, no list of past calls and no cause in a poll; dials are
 * idempotent by command_id for a minute. Commands instead of documents: the agent's leg is asked for a key by
 * ask_key and waits parked; each contact is bridged to it when answered, and it is parked again after. TeXML, their
 * Twilio-like layer, is not used: it would be Twilio's adapter with this signature.
 * Not documented: whether a repeated webhook has a fresh timestamp; hence the window can be set.
 */
#ifndef PROVIDER_TELNYX_H
#define PROVIDER_TELNYX_H

#include "provider/provider_in.h"

struct json;

/* telnyx_hook.c */
enum verdict telnyx_verify(struct connection *, struct arena *, struct hook_request *);
enum verdict telnyx_read(struct connection *, struct arena *, const struct hook *, const struct hook_request *,
    struct facts *, struct hook_answer *);

/* telnyx_ask.c. body: JSON, NULL: GET. *json: the answer's, NULL when it is none. */
enum fetched telnyx_ask(struct connection *, struct arena *, const char *path, struct json *body,
    struct fetch_answer *got, struct json **json);
/* The first error's code and what it is about, into code, class and trouble; false: the body has none. */
bool telnyx_code(struct json *, struct answer *);
enum asked telnyx_fetch(struct connection *, struct arena *, const char *call, const struct fact *about, struct facts *,
    struct answer *);
enum trouble telnyx_check(struct connection *, struct arena *, const char *from, struct answer *);

#endif
