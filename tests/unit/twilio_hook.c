/*
 * twilio_hook - the facts in Twilio's webhooks, those of SignalWire and Somleng, and the instructions we answer.
 */
#include "check.h"
#include "hook_world.h"

#include "plumb/clock.h"
#include "provider/outcome.h"

#define FORM	"application/x-www-form-urlencoded"
#define STAMP	"&Timestamp=Mon%2C+23+Nov+2026+14%3A00%3A00+%2B0000"
#define STAMP_US INT64_C(1795442400000000)
#define CALL	"CallSid=" HOOK_CA1 "&AccountSid=" HOOK_AC

static struct arena *a;
static struct connection *tw, *sw, *so;
static struct hook_answer said;

/* What is read of one request; n -1: malformed. */
static struct facts
reads(struct connection *c, const char *uri, const char *body, enum verdict *v)
{
	struct hook_headers h = { { NULL }, { NULL } };
	struct hook_request rq = hook_post(uri, FORM, body, &h);
	struct facts facts = { 0 };
	struct hook hook;

	*v = hook_path_read(uri, &hook) ? hook_read(c, a, &hook, &rq, &facts, &said) : VERDICT__MAX;
	return facts;
}

/* The one fact of a request; FACT_NONE when there are none or several. */
static struct fact
one(struct connection *c, const char *uri, const char *body)
{
	enum verdict v;
	struct facts facts = reads(c, uri, body, &v);

	return v == VERDICT_OK && facts.n == 1 ? facts.fact[0] : (struct fact){ 0 };
}

/* --- states ------------------------------------------------------------------------------------------- */

static const struct {
	const char *name, *body;
	enum fact_kind kind;
	enum call_class class;
	int sip;
} states[] = {
	{ "case 55: queued", "CallStatus=queued", FACT_QUEUED, CLASS_NONE, 0 },
	{ "case 40: initiated", "CallStatus=initiated", FACT_DIALING, CLASS_NONE, 0 },
	{ "case 1: ringing", "CallStatus=ringing", FACT_RINGING, CLASS_NONE, 0 },
	{ "case 40: in-progress", "CallStatus=in-progress", FACT_ANSWERED, CLASS_NONE, 0 },
	{ "case 40: completed", "CallStatus=completed&CallDuration=35&SipResponseCode=200", FACT_ENDED, CLASS_ANSWERED, 200 },
	{ "case 44: busy, 486", "CallStatus=busy&SipResponseCode=486", FACT_ENDED, CLASS_BUSY, 486 },
	{ "case 45: busy, 603", "CallStatus=busy&SipResponseCode=603", FACT_ENDED, CLASS_REJECTED, 603 },
	{ "case 46: no-answer", "CallStatus=no-answer", FACT_ENDED, CLASS_NO_ANSWER, 0 },
	{ "case 47: failed, 404", "CallStatus=failed&SipResponseCode=404", FACT_ENDED, CLASS_INVALID_NUMBER, 404 },
	{ "case 48: failed, 480", "CallStatus=failed&SipResponseCode=480", FACT_ENDED, CLASS_NO_ANSWER, 480 },
	{ "case 49: failed, 503", "CallStatus=failed&SipResponseCode=503", FACT_ENDED, CLASS_NETWORK, 503 },
	{ "case 50: failed", "CallStatus=failed", FACT_ENDED, CLASS_NETWORK, 0 },
	{ "case 51: canceled, 487", "CallStatus=canceled&SipResponseCode=487", FACT_ENDED, CLASS_CANCELED, 487 },
	{ "no-answer, 487", "CallStatus=no-answer&SipResponseCode=487", FACT_ENDED, CLASS_NO_ANSWER, 487 },
	{ "failed, 487", "CallStatus=failed&SipResponseCode=487", FACT_ENDED, CLASS_NO_ANSWER, 487 },
	{ "completed with a code that means otherwise", "CallStatus=completed&SipResponseCode=486", FACT_ENDED, CLASS_ANSWERED, 486 },
	{ "busy with a code that is none", "CallStatus=busy&SipResponseCode=9999", FACT_ENDED, CLASS_BUSY, 0 },
	{ "case 56: a word that we do not know", "CallStatus=screening", FACT_IGNORED, CLASS_NONE, 0 },
};

static void
status(void)
{
	struct fact f;
	enum verdict v;

	for (size_t i = 0; i < NITEMS(states); i++) {
		f = one(tw, "/hooks/3/42/contact", arena_fmt(a, "%s&%s", CALL STAMP, states[i].body));
		check_line_(f.kind == states[i].kind && f.class == states[i].class && f.sip == states[i].sip &&
		    f.attempt == 42 && f.leg == LEG_CONTACT && f.at_us == STAMP_US && strcmp(f.call, HOOK_CA1) == 0 &&
		    f.source == SOURCE_WEBHOOK && said.status == HTTP_NO_CONTENT, states[i].name, __FILE__, __LINE__,
		    "%s %s %d", fact_kind_word(f.kind), call_class_word(f.class), f.sip);
	}
	f = one(tw, "/hooks/3/42/contact", CALL STAMP "&CallStatus=completed&CallDuration=35");
	CHECK_CASE("case 43: completed proves an answer, and how long it was", f.proves_answer && f.has_seconds && f.seconds == 35);
	f = one(tw, "/hooks/3/42/contact", CALL "&CallStatus=busy");
	CHECK_CASE("busy proves none", !f.proves_answer && f.at_us == 0);
	f = one(tw, "/hooks/3/42/contact", CALL "&CallStatus=screening");
	CHECK_CASE("case 56: to be counted, with its word", f.unknown_word && strcmp(f.word, "screening") == 0);
	f = one(tw, "/hooks/3/42/contact", CALL "&CallStatus=scr%C3%A9%0Aen");
	CHECK_EQ_S_N("a word is tamed", f.word, "scr???en");
	f = one(tw, "/hooks/3/7/agent", CALL "&CallStatus=ringing");
	CHECK_CASE("case 73: the agent's leg is the session's", f.leg == LEG_AGENT && f.session == 7 && f.attempt == 0);
	CHECK_EQ_U_N("case 14: the first of two values", one(tw, "/hooks/3/42/contact", CALL "&CallStatus=busy&CallStatus=zzz").kind, FACT_ENDED);
	f = one(tw, "/hooks/3/42/contact", CALL "&CallStatus=busy&Timestamp=2021-04-28+21%3A51%3A18.731479Z");
	CHECK_EQ_I_N("case 85: the other way to write a moment", f.at_us, INT64_C(1619646678731479));

	(void)reads(tw, "/hooks/3/42/contact", "CallSid=CA1&CallStatus=busy", &v);
	CHECK_CASE("case 39: an id that is none of Twilio's", v == VERDICT_MALFORMED && said.status == HTTP_BAD);
	(void)reads(tw, "/hooks/3/42/contact", "CallStatus=busy", &v);
	CHECK_EQ_U_N("case 39: no id", v, VERDICT_MALFORMED);
	(void)reads(tw, "/hooks/3/42/contact", "CallSid=CA0000000000000000000000000000000G", &v);
	CHECK_EQ_U_N("case 39: not hex", v, VERDICT_MALFORMED);
	CHECK_EQ_U_N("case 39: SignalWire's ids have another form",
	    one(sw, "/hooks/3/42/contact", "CallSid=b08dacad-9e1c-4f25-9f66-4bd1c8e1c1a5&CallStatus=busy").kind, FACT_ENDED);
	(void)reads(sw, "/hooks/3/42/contact", "CallSid=a%0Ab&CallStatus=busy", &v);
	CHECK_EQ_U_N("case 39: but not any", v, VERDICT_MALFORMED);
	CHECK_CASE("no state at all is no fact", reads(tw, "/hooks/3/42/contact", CALL, &v).n == 0 && v == VERDICT_OK);
}

/* --- what makes two tellings one ------------------------------------------------------------------------ */

static bool
same_key(struct fact x, struct fact y)
{
	return x.kind != FACT_NONE && y.kind != FACT_NONE && memcmp(x.key, y.key, FACT_KEY_BYTES) == 0;
}

static void
keys(void)
{
	struct fact f = one(tw, "/hooks/3/42/contact", CALL STAMP "&CallStatus=ringing");

	CHECK_CASE("case 31: the same request again", same_key(f, one(tw, "/hooks/3/42/contact", CALL STAMP "&CallStatus=ringing")));
	CHECK_CASE("case 31: again, with a field that was added since",
	    same_key(f, one(tw, "/hooks/3/42/contact", CALL STAMP "&CallStatus=ringing&New=1&SequenceNumber=2")));
	CHECK_CASE("another state, another moment, another call are other facts",
	    !same_key(f, one(tw, "/hooks/3/42/contact", CALL STAMP "&CallStatus=initiated")) &&
	    !same_key(f, one(tw, "/hooks/3/42/contact", CALL "&CallStatus=ringing")) &&
	    !same_key(f, one(tw, "/hooks/3/42/contact", "CallSid=" HOOK_CA2 STAMP "&CallStatus=ringing")));
	CHECK_CASE("case 78: answered and in-progress of one moment are one",
	    same_key(one(sw, "/hooks/3/42/contact", CALL STAMP "&CallStatus=answered"),
	    one(sw, "/hooks/3/42/contact", CALL STAMP "&CallStatus=in-progress")));
}

/* --- who answered --------------------------------------------------------------------------------------- */

static void
amd(void)
{
	static const struct { const char *word; enum amd amd; } words[] = {
		{ "human", AMD_HUMAN }, { "machine_start", AMD_MACHINE }, { "machine_end_beep", AMD_MACHINE },
		{ "machine_end_silence", AMD_MACHINE }, { "machine_end_other", AMD_MACHINE }, { "fax", AMD_FAX },
		{ "unknown", AMD_UNKNOWN },
	};
	enum verdict v;
	struct facts both;
	struct fact f;

	for (size_t i = 0; i < NITEMS(words); i++) {
		f = one(tw, "/hooks/3/42/contact/amd", arena_fmt(a, CALL "&AnsweredBy=%s&MachineDetectionDuration=2140", words[i].word));
		CHECK_CASE(arena_fmt(a, "case 60: AnsweredBy %s", words[i].word), f.kind == FACT_AMD && f.amd == words[i].amd && f.attempt == 42);
	}
	f = one(tw, "/hooks/3/42/contact/amd", CALL "&CallStatus=in-progress&AnsweredBy=human");
	CHECK_CASE("its repetition of the state is not taken for the answer's moment", f.kind == FACT_AMD);
	f = one(tw, "/hooks/3/42/contact/amd", CALL "&AnsweredBy=robot");
	CHECK_CASE("a new word is no verdict", f.kind == FACT_IGNORED && f.unknown_word);
	both = reads(tw, "/hooks/3/42/contact", CALL STAMP "&CallStatus=completed&CallDuration=9&AnsweredBy=machine_start", &v);
	CHECK_CASE("a state and a verdict in one request are two facts", both.n == 2 && both.fact[0].kind == FACT_ENDED &&
	    both.fact[1].kind == FACT_AMD && !both.fact[1].has_seconds);
	f = one(tw, "/hooks/3/7/agent/amd", CALL "&AnsweredBy=machine_start");
	CHECK_CASE("case 67: a machine on the agent's leg", f.kind == FACT_AMD && f.leg == LEG_AGENT && f.session == 7);
}

/* --- key, room, browser, dial -------------------------------------------------------------------------- */

static void
key_press(void)
{
	enum verdict v;
	struct fact f = one(tw, "/hooks/3/7/agent/key?room=7_x9", CALL "&Digits=1");
	const char *room = said.body;

	CHECK_CASE("a key is pressed", f.kind == FACT_KEY && f.digit == '1' && f.session == 7 && strcmp(f.room, "7_x9") == 0);
	CHECK_EQ_S_N("it opens the room", room, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Dial><Conference "
	    "startConferenceOnEnter=\"true\" endConferenceOnExit=\"true\" beep=\"false\" waitUrl=\"\" participantLabel=\"agent-7\" "
	    "statusCallback=\"https://calls.example.org/hooks/3/7/agent/room\" statusCallbackMethod=\"POST\" "
	    "statusCallbackEvent=\"start end join leave\">7_x9</Conference></Dial></Response>");
	CHECK_EQ_S(said.content_type, "text/xml; charset=utf-8");
	(void)one(tw, "/hooks/3/7/agent/key?room=7_x9", CALL "&Digits=1");
	CHECK_EQ_S_N("asked again, the same bytes", said.body, room);
	f = one(tw, "/hooks/3/7/agent/key?room=7_x9", CALL "&Digits=");
	CHECK_CASE("case 67: no key, as a voicemail: no room", f.kind == FACT_KEY && f.digit == 0 &&
	    strstr(said.body, "<Hangup/>") != NULL && strstr(said.body, "Conference") == NULL);
	(void)reads(tw, "/hooks/3/7/agent/key?room=%3Cx%3E", CALL "&Digits=1", &v);
	CHECK_CASE("a room that is none of ours", v == VERDICT_MALFORMED && said.body == NULL);
	(void)reads(tw, "/hooks/3/7/agent/key", CALL "&Digits=1", &v);
	CHECK_EQ_U_N("no room", v, VERDICT_MALFORMED);
}

#define ROOM "ConferenceSid=" HOOK_CF "&FriendlyName=7_x9&AccountSid=" HOOK_AC STAMP

static void
rooms(void)
{
	struct fact f = one(tw, "/hooks/3/7/agent/room", ROOM "&StatusCallbackEvent=participant-join&CallSid=" HOOK_CA1
	    "&ParticipantLabel=contact-42");

	CHECK_CASE("case 40: the contact enters", f.kind == FACT_BRIDGED && f.leg == LEG_CONTACT && f.attempt == 42 && f.session == 7 &&
	    strcmp(f.room, "7_x9") == 0 && strcmp(f.room_id, HOOK_CF) == 0 && strcmp(f.call, HOOK_CA1) == 0 && f.at_us == STAMP_US);
	f = one(tw, "/hooks/3/7/agent/room", ROOM "&StatusCallbackEvent=participant-leave&CallSid=" HOOK_CA1 "&ParticipantLabel=contact-42");
	CHECK_CASE("and leaves", f.kind == FACT_UNBRIDGED && f.attempt == 42);
	f = one(tw, "/hooks/3/7/agent/room", ROOM "&StatusCallbackEvent=participant-join&CallSid=" HOOK_CA2 "&ParticipantLabel=agent-7");
	CHECK_CASE("the agent enters", f.kind == FACT_BRIDGED && f.leg == LEG_AGENT && f.attempt == 0 && f.session == 7);
	f = one(tw, "/hooks/3/7/agent/room", ROOM "&StatusCallbackEvent=participant-join&CallSid=" HOOK_CA2);
	CHECK_CASE("case 74: without a label it is known by its call", f.leg == LEG_NONE && strcmp(f.call, HOOK_CA2) == 0);
	f = one(tw, "/hooks/3/42/contact", "ConferenceSid=" HOOK_CF "&CallSid=" HOOK_CA1 "&CallStatus=ringing");
	CHECK_CASE("case 74: a participant's state, by its call and path", f.kind == FACT_RINGING && f.attempt == 42 && strcmp(f.call, HOOK_CA1) == 0);
	f = one(tw, "/hooks/3/7/agent/room", ROOM "&StatusCallbackEvent=conference-end");
	CHECK_CASE("the end of the room is only told", f.kind == FACT_IGNORED && !f.unknown_word && f.call[0] == '\0');
	f = one(tw, "/hooks/3/7/agent/room", ROOM "&StatusCallbackEvent=participant-dance&CallSid=" HOOK_CA1);
	CHECK_CASE("a new event is counted", f.kind == FACT_IGNORED && f.unknown_word);
}

static void
browser(void)
{
	static const char *const strangers[][2] = {
		{ "/hooks/3/0/agent/browser", "client%3A7" }, { "/hooks/3/0/agent/browser", "client%3A_x9" }, { "/hooks/3/0/agent/browser", "client%3A0_x9" },
		{ "/hooks/3/0/agent/browser", "client%3A7_" }, { "/hooks/3/0/agent/browser", "client%3A7_x%3C9" }, { "/hooks/3/0/agent/browser", "7_x9" },
		{ "/hooks/3/7/agent/browser", "client%3A7_x9" }, { "/hooks/3/0/agent", "%2B15145550100" },
	};
	enum verdict v;
	struct fact f = one(tw, "/hooks/3/0/agent/browser", CALL "&From=client%3A7_x9");

	CHECK_CASE("a browser is let into the room of its token", f.kind == FACT_KEY && f.digit == '1' && f.leg == LEG_AGENT && f.session == 7 &&
	    strcmp(f.room, "x9") == 0 && strstr(said.body, ">x9</Conference>") != NULL && strstr(said.body, "/hooks/3/7/agent/room") != NULL);
	f = one(tw, "/hooks/3/0/agent", CALL "&From=client%3A7_x9&CallStatus=completed&CallDuration=61");
	CHECK_CASE("the end of its leg is its line's", f.kind == FACT_ENDED && f.leg == LEG_AGENT && f.session == 7);
	for (size_t i = 0; i < NITEMS(strangers); i++) {
		(void)reads(tw, strangers[i][0], arena_fmt(a, CALL "&CallStatus=completed&From=%s", strangers[i][1]), &v);
		CHECK_EQ_U_N(strangers[i][1], v, VERDICT_MALFORMED);
	}
	(void)reads(tw, "/hooks/3/0/agent/browser", CALL "&From=%2B15145550100", &v);
	CHECK_EQ_U_N("a telephone is not", v, VERDICT_MALFORMED);
}

/* A person rung for nobody has answered: where do they go? */
static void
answer(void)
{
	enum verdict v;
	struct fact f = one(tw, "/hooks/3/42/contact/answer", CALL "&CallStatus=in-progress");

	CHECK_CASE("who asks for instructions has answered", f.kind == FACT_ANSWERED && f.leg == LEG_CONTACT && f.attempt == 42 && strcmp(f.call, HOOK_CA1) == 0);
	CHECK_CASE("until somebody says where they go, the call ends", strstr(said.body, "<Response><Hangup/></Response>") != NULL);
	hook_room(tw, a, 42, "x_9", &said);
	CHECK_CASE("into the room of an agent, which is theirs to begin and to end", strstr(said.body, ">x_9</Conference>") != NULL &&
	    strstr(said.body, "participantLabel=\"contact-42\"") != NULL && strstr(said.body, "startConferenceOnEnter=\"false\"") != NULL &&
	    strstr(said.body, "endConferenceOnExit=\"false\"") != NULL);
	hook_sorry(tw, a, "<Les Amis> & nous", "fr-CA", &said);
	CHECK_CASE("or a sentence, and the end", strstr(said.body, "<Say language=\"fr-CA\">&lt;Les Amis&gt; &amp; nous</Say><Hangup/>") != NULL);
	(void)reads(tw, "/hooks/3/42/contact/answer", "CallSid=x&CallStatus=in-progress", &v);
	CHECK_EQ_U_N("of no call of theirs", v, VERDICT_MALFORMED);
	(void)reads(tw, "/hooks/3/7/agent/answer", CALL, &v);
	CHECK_EQ_U_N("an agent's leg asks for nothing so", v, VERDICT_MALFORMED);
	CHECK_CASE("who hands over", provider_hands_over(PROVIDER_TWILIO) && provider_hands_over(PROVIDER_SIGNALWIRE) && provider_hands_over(PROVIDER_SIM) &&
	    !provider_hands_over(PROVIDER_SOMLENG) && !provider_hands_over(PROVIDER_TELNYX) && !provider_hands_over(PROVIDER_PHYSICAL));
}

static void
through_the_agent(void)
{
	enum verdict v;
	struct facts facts = reads(so, "/hooks/3/42/contact/dial", "CallSid=p-1&DialCallStatus=completed&DialCallSid=c-1"
	    "&DialCallDuration=31&DialBridged=true", &v);
	struct fact set[3];
	struct ending e;

	CHECK_CASE("the contact's end in the agent's call", facts.n == 2 && facts.fact[0].kind == FACT_ENDED &&
	    facts.fact[0].proves_answer && facts.fact[0].seconds == 31 && strcmp(facts.fact[0].call, "c-1") == 0 &&
	    facts.fact[1].kind == FACT_BRIDGED && strstr(said.body, "<Hangup/>") != NULL);
	set[0] = one(so, "/hooks/3/42/contact/dial", "CallSid=p-1&DialCallStatus=no-answer&DialCallSid=c-1");
	set[1] = one(so, "/hooks/3/7/agent", "CallSid=p-1&CallStatus=completed&CallDuration=40");
	e = outcome_of(set, 2, 5);
	CHECK_CASE("case 73: no answer there, the agent's call completed: no answer", e.outcome == OUTCOME_NO_ANSWER);
	set[0] = one(so, "/hooks/3/42/contact", "CallSid=s-1&CallStatus=no-answer&SipResponseCode=603&SequenceNumber=0"
	    "&CallbackSource=call-progress-events&CallDuration=0");
	e = outcome_of(set, 1, 5);
	CHECK_CASE("case 80: Somleng's only callback, no-answer with 603: rejected", e.outcome == OUTCOME_REJECTED);
}

int
main(void)
{
	a = arena_new();
	tw = hook_twilio(a, PROVIDER_TWILIO);
	sw = hook_twilio(a, PROVIDER_SIGNALWIRE);
	so = hook_twilio(a, PROVIDER_SOMLENG);
	status();
	keys();
	amd();
	key_press();
	rooms();
	browser();
	answer();
	through_the_agent();
	arena_free(a);
	return check_done();
}
