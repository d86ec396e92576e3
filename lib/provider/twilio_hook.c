/*
 * twilio_hook.c - the facts in Twilio's requests, and the instructions that some of them wait for.
 */
#include "provider/twilio.h"

#include "plumb/arena.h"
#include "plumb/text.h"

/* --- words ------------------------------------------------------------------------------------------ */

static const struct {
	const char *word;
	enum fact_kind kind;
	enum call_class class;
} states[] = {
	{ "queued",	 FACT_QUEUED,	CLASS_NONE },
	{ "initiated",	 FACT_DIALING,	CLASS_NONE },
	{ "ringing",	 FACT_RINGING,	CLASS_NONE },
	{ "in-progress", FACT_ANSWERED,	CLASS_NONE },
	{ "answered",	 FACT_ANSWERED,	CLASS_NONE },	/* SignalWire's other word for it */
	{ "completed",	 FACT_ENDED,	CLASS_ANSWERED },
	{ "busy",	 FACT_ENDED,	CLASS_BUSY },
	{ "no-answer",	 FACT_ENDED,	CLASS_NO_ANSWER },
	{ "canceled",	 FACT_ENDED,	CLASS_CANCELED },
	{ "failed",	 FACT_ENDED,	CLASS_NETWORK },
};

enum amd
twilio_amd(const char *word)
{
	if (strcmp(word, "human") == 0)
		return AMD_HUMAN;
	if (strncmp(word, "machine_", 8) == 0)
		return AMD_MACHINE;
	if (strcmp(word, "fax") == 0)
		return AMD_FAX;
	return strcmp(word, "unknown") == 0 ? AMD_UNKNOWN : AMD_NONE;
}

static void
add_unknown(struct arena *a, struct facts *facts, struct fact f, const char *word)
{
	f.kind = FACT_IGNORED;
	f.unknown_word = true;
	fact_set_word(&f, word);
	facts_add(a, facts, f, NULL);
}

/* The code beats the word where it says why nobody answered; 487 only says that it was stopped, the word says by whom. */
static enum call_class
class_of_end(enum call_class by_word, int sip)
{
	enum call_class by_code = class_of_code(sip, 0);

	if (by_word == CLASS_ANSWERED || by_code == CLASS_NONE || by_code == CLASS_ANSWERED)
		return by_word;
	if (sip == 487 && (by_word == CLASS_CANCELED || by_word == CLASS_NO_ANSWER))
		return by_word;
	return by_code;
}

void
twilio_state(struct arena *a, struct facts *facts, struct fact f, const char *word, const char *sip)
{
	uint64_t code;
	size_t i;

	for (i = 0; i < NITEMS(states) && strcmp(states[i].word, word) != 0; i++)
		;
	if (i == NITEMS(states)) {
		add_unknown(a, facts, f, word);
		return;
	}
	f.kind = states[i].kind;
	fact_set_word(&f, f.kind == FACT_ANSWERED ? "in-progress" : word);	/* one answer told in two words is one fact */
	if (f.kind == FACT_ENDED) {
		if (sip != NULL && parse_uint(sip, 100, 699, &code))
			f.sip = (int)code;
		f.class = class_of_end(states[i].class, f.sip);
		f.proves_answer = states[i].class == CLASS_ANSWERED;
	} else
		f.has_seconds = false;
	facts_add(a, facts, f, NULL);
}

static void
add_amd(struct arena *a, struct facts *facts, struct fact f, const char *word)
{
	f.kind = FACT_AMD;
	f.has_seconds = false;
	f.amd = twilio_amd(word);
	if (f.amd == AMD_NONE) {
		add_unknown(a, facts, f, word);
		return;
	}
	fact_set_word(&f, word);
	facts_add(a, facts, f, NULL);
}

/* --- requests --------------------------------------------------------------------------------------- */

struct reading {
	struct connection *c;
	struct arena *a;
	const struct hook *hook;
	const struct pairs *form, *query;
	struct facts *facts;
	struct hook_answer *answer;
};

static void
set_seconds(struct fact *f, const char *text)
{
	uint64_t s;

	if (text != NULL && parse_uint(text, 0, 1000000, &s)) {
		f->has_seconds = true;
		f->seconds = (unsigned)s;
	}
}

/* A call's id into the fact; false: there is none of the right form. */
static bool
set_call(struct reading *r, struct fact *f, const char *name)
{
	const char *id = pairs_get(r->form, name);

	if (!twilio_call_id_ok(r->c, id))
		return false;
	snprintf(f->call, sizeof(f->call), "%s", id);
	return true;
}

static void
answer_with(struct reading *r, const char *twiml)
{
	*r->answer = (struct hook_answer){ HTTP_OK, "text/xml; charset=utf-8", twiml };
}

/* Of a browser's leg the path names no session: its token does, and Twilio repeats it. */
static bool
set_session(struct reading *r, struct fact *f)
{
	const char *room;

	return r->hook->id != 0 || r->hook->leg != LEG_AGENT || twilio_identity(r->a, pairs_get(r->form, "From"), &f->session, &room);
}

static bool
read_status(struct reading *r)
{
	struct fact f = fact_of_hook(r->hook);
	const char *word = pairs_get(r->form, "CallStatus"), *by = pairs_get(r->form, "AnsweredBy");

	if (!set_call(r, &f, "CallSid") || !set_session(r, &f))
		return false;
	f.at_us = moment_of(pairs_get(r->form, "Timestamp"));
	set_seconds(&f, pairs_get(r->form, "CallDuration"));
	/* the AMD callback repeats the state of the call, without its time: only what it is for counts */
	if (word != NULL && r->hook->what == HOOK_STATUS)
		twilio_state(r->a, r->facts, f, word, pairs_get(r->form, "SipResponseCode"));
	if (by != NULL)
		add_amd(r->a, r->facts, f, by);
	return true;
}

static bool
read_key(struct reading *r)
{
	struct fact f = fact_of_hook(r->hook);
	const char *digits = pairs_get(r->form, "Digits"), *room = pairs_get(r->query, "room");

	if (!set_call(r, &f, "CallSid") || !twilio_room_ok(room) || r->hook->leg != LEG_AGENT)
		return false;
	f.kind = FACT_KEY;
	snprintf(f.room, sizeof(f.room), "%s", room);
	if (digits != NULL && *digits != '\0' && strchr("0123456789*#", *digits) != NULL)
		f.digit = *digits;
	fact_set_word(&f, f.digit != 0 ? "key" : "no key");
	facts_add(r->a, r->facts, f, NULL);
	answer_with(r, f.digit != 0 ? twiml_room(r->c, r->a, r->hook->id, room) : twiml_hang_up());
	return true;
}

/* The identity in the token is the line and its room: a browser gets into no other. Whoever signed in to the site and
 * clicked there is a person: that click is the key. */
static bool
read_browser(struct reading *r)
{
	struct fact f = fact_of_hook(r->hook);
	const char *room;

	if (!set_call(r, &f, "CallSid") || r->hook->id != 0 || r->hook->leg != LEG_AGENT ||
	    !twilio_identity(r->a, pairs_get(r->form, "From"), &f.session, &room))
		return false;
	f.kind = FACT_KEY;
	f.digit = '1';
	snprintf(f.room, sizeof(f.room), "%s", room);
	fact_set_word(&f, "browser");
	facts_add(r->a, r->facts, f, NULL);
	answer_with(r, twiml_room(r->c, r->a, f.session, room));
	return true;
}

/* "contact-42" and "agent-7" are what we call the participants. */
static void
set_participant(struct fact *f, const char *label)
{
	uint64_t id;

	f->leg = LEG_NONE;
	if (label != NULL && strncmp(label, "contact-", 8) == 0 && parse_uint(label + 8, 1, INT64_MAX, &id)) {
		f->leg = LEG_CONTACT;
		f->attempt = id;
	} else if (label != NULL && strncmp(label, "agent-", 6) == 0)
		f->leg = LEG_AGENT;
}

static bool
read_room(struct reading *r)
{
	static const struct { const char *word; enum fact_kind kind; } events[] = {
		{ "participant-join", FACT_BRIDGED }, { "participant-leave", FACT_UNBRIDGED },
		{ "conference-start", FACT_IGNORED }, { "conference-end", FACT_IGNORED },
		{ "participant-hold", FACT_IGNORED }, { "participant-unhold", FACT_IGNORED },
		{ "participant-mute", FACT_IGNORED }, { "participant-unmute", FACT_IGNORED },
		{ "participant-modify", FACT_IGNORED },
		{ "participant-speech-start", FACT_IGNORED }, { "participant-speech-stop", FACT_IGNORED },
	};
	struct fact f = fact_of_hook(r->hook);
	const char *event = pairs_get(r->form, "StatusCallbackEvent"), *room = pairs_get(r->form, "FriendlyName");
	const char *sid = pairs_get(r->form, "ConferenceSid");
	size_t i;

	if (event == NULL || !id_ok(sid, CALL_ID_MOST) || !twilio_room_ok(room))
		return false;
	snprintf(f.room, sizeof(f.room), "%s", room);
	snprintf(f.room_id, sizeof(f.room_id), "%s", sid);
	f.at_us = moment_of(pairs_get(r->form, "Timestamp"));
	for (i = 0; i < NITEMS(events) && strcmp(events[i].word, event) != 0; i++)
		;
	if (strncmp(event, "participant-", 12) == 0) {
		if (!set_call(r, &f, "CallSid"))
			return false;
		set_participant(&f, pairs_get(r->form, "ParticipantLabel"));
	}
	if (i == NITEMS(events)) {
		add_unknown(r->a, r->facts, f, event);
		return true;
	}
	f.kind = events[i].kind;
	fact_set_word(&f, event);
	facts_add(r->a, r->facts, f, NULL);
	return true;
}

/* <Dial> is over: what became of the contact's leg, told in the agent's call. */
static bool
read_dial(struct reading *r)
{
	struct fact f = fact_of_hook(r->hook);
	const char *word = pairs_get(r->form, "DialCallStatus"), *bridged = pairs_get(r->form, "DialBridged");

	if (word == NULL || r->hook->leg != LEG_CONTACT)
		return false;
	/* without an id no leg was made, as for a number that cannot be */
	if (pairs_get(r->form, "DialCallSid") != NULL && !set_call(r, &f, "DialCallSid"))
		return false;
	set_seconds(&f, pairs_get(r->form, "DialCallDuration"));
	twilio_state(r->a, r->facts, f, strcmp(word, "answered") == 0 ? "completed" : word, NULL);
	if (bridged != NULL && strcmp(bridged, "true") == 0) {
		f.kind = FACT_BRIDGED;
		f.has_seconds = false;
		fact_set_word(&f, "DialBridged");
		facts_add(r->a, r->facts, f, NULL);
	}
	answer_with(r, twiml_hang_up());
	return true;
}

/* Instructions are asked for when somebody or something has picked up. Whoever knows where they go says so (hook_room); until
 * then the call ends. */
static bool
read_answer(struct reading *r)
{
	struct fact f = fact_of_hook(r->hook);

	if (!set_call(r, &f, "CallSid") || r->hook->leg != LEG_CONTACT)
		return false;
	f.kind = FACT_ANSWERED;
	fact_set_word(&f, "answer");
	facts_add(r->a, r->facts, f, NULL);
	answer_with(r, twiml_hang_up());
	return true;
}

enum verdict
twilio_read(struct connection *c, struct arena *a, const struct hook *hook, const struct hook_request *rq,
    struct facts *facts, struct hook_answer *answer)
{
	static bool (*const readers[HOOK__MAX])(struct reading *) = {
		[HOOK_STATUS] = read_status, [HOOK_AMD] = read_status, [HOOK_KEY] = read_key,
		[HOOK_ROOM] = read_room, [HOOK_DIAL] = read_dial, [HOOK_BROWSER] = read_browser, [HOOK_ANSWER] = read_answer,
	};
	const char *mark = strchr(rq->uri, '?');
	struct pairs form = { 0 }, query = { 0 };
	struct reading r = { c, a, hook, &form, &query, facts, answer };

	/* signed by its hash; none of the events that we ask for is told so */
	if (rq->content_type != NULL && strncasecmp(rq->content_type, "application/json", 16) == 0)
		return VERDICT_OK;
	if (mark != NULL && !pairs_read(a, mark + 1, strlen(mark + 1), &query))
		return VERDICT_MALFORMED;
	if (strcmp(rq->method, "GET") == 0)
		form = query;
	else if (rq->form != NULL)
		form = *rq->form;
	else if (!pairs_read(a, (const char *)rq->body, rq->len, &form))
		return VERDICT_MALFORMED;
	return readers[hook->what](&r) ? VERDICT_OK : VERDICT_MALFORMED;
}
