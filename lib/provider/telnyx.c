/*
 * telnyx.c - the adapter's table, and the commands that place, join and end calls.
 */
#include "provider/telnyx.h"

#include <inttypes.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/json.h"
#include "plumb/seal.h"
#include "plumb/urlenc.h"

static bool
public_key_ok(const char *text)
{
	unsigned char key[32];

	return seal_unbase64(text, key, sizeof(key));
}

static enum trouble
open_it(struct connection *c)
{
	const struct connection_config *k = &c->config;

	if (c->base_url == NULL)
		c->base_url = "https://api.telnyx.com";
	if (k->account == NULL || k->account[strspn(k->account, "0123456789")] != '\0')
		return TROUBLE_ACCOUNT;
	if (k->api_secret == NULL || k->secret[0] == NULL || !public_key_ok(k->secret[0]) ||
	    (k->secret[1] != NULL && !public_key_ok(k->secret[1])))
		return TROUBLE_SECRET;
	c->can = CAN_DIAL | CAN_AMD | CAN_IDEMPOTENT_DIAL | CAN_COST | CAN_SIP_CODE | NEEDS_COMMANDS;
	return TROUBLE_NONE;
}

/* One try. A repetition of it with the same command_id places nothing more. */
static enum dialed
dial_once(struct connection *c, struct arena *a, struct json *body, struct answer *out)
{
	struct fetch_answer got;
	struct json *json;
	const char *id;
	enum dialed r = dialed_of(telnyx_ask(c, a, "/v2/calls", body, &got, &json), &got, out);

	if (r == DIAL_REFUSED && !telnyx_code(json, out) && got.status >= 405 && got.status != 429)
		return DIAL_UNKNOWN;
	if (r != DIAL_ACCEPTED)
		return r;
	id = json_as_text(json_get(json_get(json, "data"), "call_control_id"));
	if (!id_ok(id, CALL_ID_MOST)) {
		out->trouble = TROUBLE_ANSWER;
		return DIAL_UNKNOWN;
	}
	snprintf(out->call, sizeof(out->call), "%s", id);
	return DIAL_ACCEPTED;
}

static enum dialed
dial(struct connection *c, struct arena *a, const struct dial *d, struct answer *out)
{
	bool agent = d->leg == LEG_AGENT;
	struct hook hook = { c->config.id, agent ? d->session : d->attempt, d->leg, HOOK_STATUS };
	struct json *body = json_object(a);
	struct answer again = { .leg = d->leg };
	enum dialed r;

	json_text(body, "connection_id", c->config.account);
	json_text(body, "to", d->to);
	json_text(body, "from", d->from);
	json_int(body, "timeout_secs", d->ring_seconds);
	if (d->max_seconds > 0)
		json_int(body, "time_limit_secs", d->max_seconds);
	if (d->amd && !agent)
		json_text(body, "answering_machine_detection", "detect");
	json_text(body, "webhook_url", hook_url(c, a, &hook));
	json_text(body, "webhook_url_method", "POST");
	json_text(body, "command_id", arena_fmt(a, "tocsin-%" PRIu64 "-%s-%" PRIu64, hook.connection,
	    agent ? "agent" : "contact", hook.id));
	r = dial_once(c, a, body, out);
	/* only a yes can be believed now: the first try may have been placed whatever the second is told */
	if (r == DIAL_UNKNOWN && dial_once(c, a, body, &again) == DIAL_ACCEPTED) {
		*out = again;
		return DIAL_ACCEPTED;
	}
	return r;
}

/* /v2/calls/ID/actions/WHAT */
static enum asked
command(struct connection *c, struct arena *a, const char *call, const char *what, struct json *body, struct answer *out)
{
	struct fetch_answer got;
	struct json *json;
	struct buf path;
	enum asked r;

	buf_init_in(&path, a, 1000);
	buf_text(&path, "/v2/calls/");
	urlenc_text(&path, call);
	buf_fmt(&path, "/actions/%s", what);
	r = asked_of(telnyx_ask(c, a, path.data, body, &got, &json), &got, out);
	if (r != ASKED_OK)
		telnyx_code(json, out);
	return r;
}

static enum asked
hang_up(struct connection *c, struct arena *a, const char *call, struct answer *out)
{
	enum asked r = command(c, a, call, "hangup", json_object(a), out);

	if (r == ASKED_REFUSED && strcmp(out->code, "90018") == 0) {	/* the call has ended */
		*out = (struct answer){ .status = out->status };
		return ASKED_OK;
	}
	return r;
}

/* Whoever presses a key is a person; a voicemail does not. */
static enum asked
ask_key(struct connection *c, struct arena *a, const char *call, const struct dial *d, struct answer *out)
{
	struct json *body = json_object(a);

	json_text(body, "payload", d->ask_key);
	json_text(body, "language", d->lang != NULL ? d->lang : "en-US");
	json_text(body, "voice", "female");
	json_int(body, "maximum_digits", 1);
	json_int(body, "minimum_digits", 1);
	json_int(body, "timeout_millis", 10000);
	json_text(body, "valid_digits", "0123456789*#");
	json_text(body, "terminating_digit", "");
	return command(c, a, call, "gather_using_speak", body, out);
}

/* The agent's leg is parked again when the contact leaves. */
static enum asked
bridge(struct connection *c, struct arena *a, const char *contact, const char *agent, struct answer *out)
{
	struct json *body = json_object(a);

	json_text(body, "call_control_id", contact);
	json_text(body, "park_after_unbridge", "self");
	return command(c, a, agent, "bridge", body, out);
}

const struct adapter adapter_telnyx = {
	.open = open_it,
	.dial = dial,
	.hang_up = hang_up,
	.ask_key = ask_key,
	.bridge = bridge,
	.fetch = telnyx_fetch,
	.check = telnyx_check,
	.verify = telnyx_verify,
	.read = telnyx_read,
};
