/*
 * twilio_call.c - calls that begin and end: requests to the account, and what their refusals mean.
 */
#include "provider/twilio.h"

#include <inttypes.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/json.h"
#include "plumb/urlenc.h"

enum { FORM_MOST = 16 * 1024 };

enum { NOT_IN_PROGRESS = 21220 };	/* the call is not in a state that could be changed so */

/* The codes of refusals that mean something to us. 21215 is about us while the country is in the operation's plan; for
 * one stray foreign number the dialer may know better. */
static const struct { int code; enum call_class class; enum trouble trouble; } codes[] = {
	{ 21211, CLASS_INVALID_NUMBER, TROUBLE_REFUSED },	/* To is no number */
	{ 21214, CLASS_INVALID_NUMBER, TROUBLE_REFUSED },	/* To cannot be reached */
	{ 21217, CLASS_INVALID_NUMBER, TROUBLE_REFUSED },
	{ 13224, CLASS_INVALID_NUMBER, TROUBLE_REFUSED },
	{ 20003, CLASS_ACCOUNT, TROUBLE_CREDENTIALS },
	{ 10001, CLASS_ACCOUNT, TROUBLE_SUSPENDED },
	{ 20005, CLASS_ACCOUNT, TROUBLE_SUSPENDED },
	{ 21210, CLASS_ACCOUNT, TROUBLE_CALLER_ID },		/* From is not ours */
	{ 21212, CLASS_ACCOUNT, TROUBLE_CALLER_ID },
	{ 21215, CLASS_ACCOUNT, TROUBLE_PERMISSION },		/* country not enabled */
	{ 21216, CLASS_ACCOUNT, TROUBLE_PERMISSION },
	{ 21219, CLASS_ACCOUNT, TROUBLE_PERMISSION },		/* trial account */
	{ 20429, CLASS_RATE, TROUBLE_RATE },
};

enum fetched
twilio_ask(struct connection *c, struct arena *a, const char *path, const struct buf *form, struct fetch_answer *got,
    struct json **json)
{
	const struct connection_config *k = &c->config;
	struct fetch_request rq = {
		.method = form != NULL ? "POST" : "GET",
		.url = arena_fmt(a, "%s%s%s%s", c->base_url, c->dialect->path, k->account, path),
		.user = k->api_user != NULL ? k->api_user : k->account,
		.password = k->api_secret != NULL ? k->api_secret : k->secret[0],
		.content_type = "application/x-www-form-urlencoded",
		.body = form != NULL ? form->data : NULL,
	};
	enum fetched f = fetch(a, &rq, got);

	*json = f == FETCH_ANSWERED ? json_parse(a, got->body, got->len) : NULL;
	return f;
}

bool
twilio_code(struct json *json, struct answer *out)
{
	int64_t code;

	if (!json_as_int(json_get(json, "code"), &code) || code <= 0 || code > INT32_MAX)
		return false;
	snprintf(out->code, sizeof(out->code), "%" PRId64, code);
	for (size_t i = 0; i < NITEMS(codes); i++)
		if (codes[i].code == code) {
			out->class = codes[i].class;
			out->trouble = codes[i].trouble;
		}
	return true;
}

/* --- dial ------------------------------------------------------------------------------------------- */

static void
pair_number(struct buf *b, const char *name, unsigned value)
{
	char text[12];

	snprintf(text, sizeof(text), "%u", value);
	urlenc_pair(b, name, text);
}

/* not sent and not signed, only obeyed: a database that is away for a while must not lose an event */
static const char *
again(struct connection *c, struct arena *a, const struct hook *hook)
{
	return arena_fmt(a, "%s%s", hook_url(c, a, hook), c->dialect->retries ? "#rc=5&rp=5xx,ct,rt" : "");
}

/* Where the progress of this leg is told: each event by its own parameter. */
static void
callbacks(struct connection *c, struct arena *a, struct buf *b, const struct hook *hook)
{
	static const char *const events[] = { "initiated", "ringing", "answered", "completed" };

	urlenc_pair(b, "StatusCallback", again(c, a, hook));
	urlenc_pair(b, "StatusCallbackMethod", "POST");
	for (size_t i = 0; i < NITEMS(events); i++)
		urlenc_pair(b, "StatusCallbackEvent", events[i]);
}

static void
timers(struct buf *b, const struct dial *d)
{
	pair_number(b, "Timeout", d->ring_seconds);
	if (d->max_seconds > 0)
		pair_number(b, "TimeLimit", d->max_seconds);
}

/* The agent's leg: a call of its own, which opens the room. */
static const char *
dial_agent(struct connection *c, struct arena *a, const struct dial *d, struct buf *b)
{
	struct hook hook = { c->config.id, d->session, LEG_AGENT, HOOK_STATUS };
	const char *twiml = twiml_ask_key(c, a, d);

	if (twiml == NULL)
		return NULL;
	urlenc_pair(b, "To", d->to);
	urlenc_pair(b, "From", d->from);
	urlenc_pair(b, "Twiml", twiml);
	callbacks(c, a, b, &hook);
	timers(b, d);
	return "/Calls.json";
}

/* Without rooms: the agent's phone is called, and the contact from there. */
static const char *
dial_through(struct connection *c, struct arena *a, const struct dial *d, struct buf *b)
{
	struct hook hook = { c->config.id, d->session, LEG_AGENT, HOOK_STATUS };
	const char *twiml = twiml_through(c, a, d);

	if (d->through == NULL || twiml == NULL)
		return NULL;
	urlenc_pair(b, "To", d->through);
	urlenc_pair(b, "From", d->from);
	urlenc_pair(b, "Twiml", twiml);
	callbacks(c, a, b, &hook);
	pair_number(b, "Timeout", d->ring_seconds);
	return "/Calls.json";
}

/* A participant of the agent's room, who hears and starts nothing without the agent. */
static const char *
dial_contact(struct connection *c, struct arena *a, const struct dial *d, struct buf *b)
{
	struct hook hook = { c->config.id, d->attempt, LEG_CONTACT, HOOK_STATUS };
	struct buf path;

	urlenc_pair(b, "From", d->from);
	urlenc_pair(b, "To", d->to);
	urlenc_pair(b, "Label", arena_fmt(a, "contact-%" PRIu64, d->attempt));
	urlenc_pair(b, "EarlyMedia", "true");
	urlenc_pair(b, "Beep", "false");
	urlenc_pair(b, "StartConferenceOnEnter", "false");
	urlenc_pair(b, "EndConferenceOnExit", "false");
	callbacks(c, a, b, &hook);
	timers(b, d);
	if (d->amd) {
		hook.what = HOOK_AMD;
		urlenc_pair(b, "MachineDetection", "Enable");
		urlenc_pair(b, "AmdStatusCallback", hook_url(c, a, &hook));
		urlenc_pair(b, "AmdStatusCallbackMethod", "POST");
	}
	buf_init_in(&path, a, 1000);
	buf_text(&path, "/Conferences/");
	urlenc_text(&path, d->room_id != NULL ? d->room_id : d->room);
	buf_text(&path, "/Participants.json");
	return path.data;
}

/* Into no room yet: whoever answers is connected at once, and what they hear is asked for then. */
static const char *
dial_alone(struct connection *c, struct arena *a, const struct dial *d, struct buf *b)
{
	struct hook hook = { c->config.id, d->attempt, LEG_CONTACT, HOOK_ANSWER };

	urlenc_pair(b, "From", d->from);
	urlenc_pair(b, "To", d->to);
	urlenc_pair(b, "Url", again(c, a, &hook));
	urlenc_pair(b, "Method", "POST");
	hook.what = HOOK_STATUS;
	callbacks(c, a, b, &hook);
	timers(b, d);
	if (d->amd) {
		hook.what = HOOK_AMD;
		urlenc_pair(b, "MachineDetection", "Enable");
		urlenc_pair(b, "AsyncAmd", "true");
		urlenc_pair(b, "AsyncAmdStatusCallback", hook_url(c, a, &hook));
		urlenc_pair(b, "AsyncAmdStatusCallbackMethod", "POST");
	}
	return "/Calls.json";
}

/* 4xx with a code of the provider's, or one of those that any front answers before it would place anything. */
static bool
surely_refused(int status, bool coded)
{
	return coded || status < 400 || (status >= 401 && status <= 404) || status == 429;
}

enum dialed
twilio_dial(struct connection *c, struct arena *a, const struct dial *d, struct answer *out)
{
	bool rooms = c->can & CAN_CONFERENCE, alone = rooms && d->leg == LEG_CONTACT && d->room == NULL;
	struct fetch_answer got;
	struct json *json;
	const char *path, *id;
	struct buf form;
	enum dialed r;
	int64_t ms;

	buf_init_in(&form, a, FORM_MOST);
	path = d->leg == LEG_AGENT ? dial_agent(c, a, d, &form) : alone ? dial_alone(c, a, d, &form) :
	    rooms ? dial_contact(c, a, d, &form) : dial_through(c, a, d, &form);
	if (path == NULL || form.full) {
		out->class = CLASS_ACCOUNT;
		out->trouble = TROUBLE_REFUSED;
		return DIAL_REFUSED;
	}
	if (!rooms)
		out->leg = LEG_AGENT;
	r = dialed_of(twilio_ask(c, a, path, &form, &got, &json), &got, out);
	if (r == DIAL_REFUSED && !surely_refused(got.status, twilio_code(json, out)))
		r = DIAL_UNKNOWN;
	if (r != DIAL_ACCEPTED)
		return r;
	id = json_as_text(json_get(json, d->leg == LEG_CONTACT && rooms && !alone ? "call_sid" : "sid"));
	if (!twilio_call_id_ok(c, id)) {	/* it says yes and not to what: something may be ringing */
		out->trouble = TROUBLE_ANSWER;
		return DIAL_UNKNOWN;
	}
	snprintf(out->call, sizeof(out->call), "%s", id);
	if (json_as_int(json_get(json, "queue_time"), &ms) && ms > 0 && ms < 86400000)
		out->queue_ms = (unsigned)ms;
	return DIAL_ACCEPTED;
}

/* --- hang up ---------------------------------------------------------------------------------------- */

/* *over: it is in no state that could be ended so; *state: what the answer says, NULL: nothing. */
static enum asked
set_status(struct connection *c, struct arena *a, const char *call, const char *word, const char **state, bool *over,
    struct answer *out)
{
	struct fetch_answer got;
	struct json *json;
	struct buf form, path;
	enum asked r;

	buf_init_in(&form, a, FORM_MOST);
	urlenc_pair(&form, "Status", word);
	buf_init_in(&path, a, 1000);
	buf_text(&path, "/Calls/");
	urlenc_text(&path, call);
	buf_text(&path, ".json");
	r = asked_of(twilio_ask(c, a, path.data, &form, &got, &json), &got, out);
	*state = json_as_text(json_get(json, "status"));
	*over = r == ASKED_REFUSED && twilio_code(json, out) && strtol(out->code, NULL, 10) == NOT_IN_PROGRESS;
	return r;
}

/*
 * First as a cancel: "completed" on a call that still rings could be told as a conversation. Only when it turns out
 * to have been answered, or cannot be canceled, it is ended.
 */
enum asked
twilio_hang_up(struct connection *c, struct arena *a, const char *call, struct answer *out)
{
	const char *state;
	bool over;
	enum asked r = set_status(c, a, call, "canceled", &state, &over, out);

	if (!over && (r != ASKED_OK || state == NULL || strcmp(state, "in-progress") != 0))
		return r;
	r = set_status(c, a, call, "completed", &state, &over, out);
	if (!over)
		return r;
	*out = (struct answer){ .status = out->status };
	return ASKED_OK;
}
