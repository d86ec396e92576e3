/*
 * telnyx - Ed25519 by the vector that OpenSSL and libsodium agree on, and the facts in the events.
 */
#include "check.h"
#include "hook_world.h"

#include "plumb/clock.h"
#include "provider/outcome.h"

#define KEY	"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
#define OTHER	"O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik="
#define STAMP	"1700000000"
#define BODY	"{\"data\":{\"event_type\":\"call.hangup\",\"id\":\"0ccc7b54-4df3-4bca-a65a-3da1ecc777f0\","	\
    "\"occurred_at\":\"2026-11-23T14:00:00.000000Z\",\"payload\":{\"call_control_id\":\"v3:abc\",\"client_state\":\"NDI=\","	\
    "\"hangup_cause\":\"user_busy\",\"hangup_source\":\"callee\",\"sip_hangup_cause\":\"486\",\"state\":\"hangup\"},"		\
    "\"record_type\":\"event\"}}"
#define SIGNATURE "kw9dp4lBud+SxIV0COSNkLKwx6IP4bz5X8+s409u+IiNZBSsa8ZMr1OYPQ0/Q8jB1brF5QUhEDl/WcI26nL9Aw=="

static struct arena *a;

static struct connection *
connection(const char *first, const char *second, unsigned window_s)
{
	const struct connection_config k = {
		.id = 3, .provider = PROVIDER_TELNYX, .public_url = "https://calls.example.org", .account = "1494404757140276705",
		.secret = { first, second }, .api_secret = "KEY0123", .window_s = window_s,
	};
	enum trouble why;

	return connection_open(a, &k, &why);
}

static enum verdict
verdict(struct connection *c, const char *body, const char *signature, const char *stamp, int64_t later_s)
{
	struct hook_headers h = { { "telnyx-signature-ed25519", "telnyx-timestamp" }, { signature, stamp } };
	struct hook_request rq = hook_post("/hooks/3/42/contact", "application/json", body, &h);

	rq.now_us += later_s * SECOND_US;
	return hook_verify(c, a, &rq);
}

static void
signatures(void)
{
	struct connection *c = connection(KEY, NULL, 0);
	struct hook_headers h = { { "telnyx-signature-ed25519", "telnyx-timestamp" }, { SIGNATURE, STAMP } };
	struct hook_request rq = hook_post("/hooks/3/42/contact", "application/x-www-form-urlencoded", BODY, &h);

	CHECK_EQ_U_N("the vector", verdict(c, BODY, SIGNATURE, STAMP, 0), VERDICT_OK);
	CHECK_EQ_U_N("case 23: 299 s old", verdict(c, BODY, SIGNATURE, STAMP, 299), VERDICT_OK);
	CHECK_EQ_U_N("case 23: 301 s old", verdict(c, BODY, SIGNATURE, STAMP, 301), VERDICT_STALE);
	CHECK_EQ_U_N("case 23: 301 s in the future", verdict(c, BODY, SIGNATURE, STAMP, -301), VERDICT_STALE);
	CHECK_EQ_U_N("a wider window", verdict(connection(KEY, NULL, 600), BODY, SIGNATURE, STAMP, 599), VERDICT_OK);
	CHECK_EQ_U_N("case 23: a time that is none", verdict(c, BODY, SIGNATURE, "12x", 0), VERDICT_BAD);
	CHECK_EQ_U_N("case 23: another time", verdict(c, BODY, SIGNATURE, "1700000001", 0), VERDICT_BAD);
	CHECK_EQ_U_N("case 24: one blank more", verdict(c, " " BODY, SIGNATURE, STAMP, 0), VERDICT_BAD);
	CHECK_EQ_U_N("case 2: no signature", verdict(c, BODY, NULL, STAMP, 0), VERDICT_UNSIGNED);
	CHECK_EQ_U_N("case 2: no time", verdict(c, BODY, SIGNATURE, NULL, 0), VERDICT_UNSIGNED);
	CHECK_CASE("case 3: not base64, too short, another", verdict(c, BODY, "%%%", STAMP, 0) == VERDICT_BAD &&
	    verdict(c, BODY, "kw9d", STAMP, 0) == VERDICT_BAD && verdict(c, BODY, "A" SIGNATURE, STAMP, 0) == VERDICT_BAD);
	CHECK_EQ_U_N("case 17: by the older key", verdict(connection(OTHER, KEY, 0), BODY, SIGNATURE, STAMP, 0), VERDICT_OLD_SECRET);
	CHECK_EQ_U_N("case 19: by another's key", verdict(connection(OTHER, NULL, 0), BODY, SIGNATURE, STAMP, 0), VERDICT_BAD);
	CHECK_EQ_U_N("case 22: a form", hook_verify(c, a, &rq), VERDICT_TYPE);
}

/* --- events --------------------------------------------------------------------------------------------- */

static struct fact
event(const char *type, const char *payload)
{
	struct hook_headers h = { { NULL }, { NULL } };
	struct hook_request rq = hook_post("/hooks/3/42/contact", "application/json", arena_fmt(a,
	    "{\"data\":{\"event_type\":\"%s\",\"id\":\"e-1\",\"occurred_at\":\"2026-11-23T14:00:00.5Z\",\"payload\":"
	    "{\"call_control_id\":\"v3:abc\"%s%s}}}", type, *payload != '\0' ? "," : "", payload), &h);
	struct hook_answer said;
	struct facts facts;
	struct hook hook;

	if (!hook_path_read(rq.uri, &hook) ||
	    hook_read(connection(KEY, NULL, 0), a, &hook, &rq, &facts, &said) != VERDICT_OK || facts.n != 1)
		return (struct fact){ 0 };
	return facts.fact[0];
}

static struct fact
hangup(const char *cause, const char *sip)
{
	return event("call.hangup", arena_fmt(a, "\"hangup_cause\":\"%s\",\"hangup_source\":\"callee\",\"sip_hangup_cause\":\"%s\"", cause, sip));
}

static void
events(void)
{
	static const struct { const char *type, *payload; enum fact_kind kind; enum amd amd; } rows[] = {
		{ "call.initiated", "", FACT_DIALING, AMD_NONE },
		{ "call.answered", "", FACT_ANSWERED, AMD_NONE },
		{ "call.bridged", "", FACT_BRIDGED, AMD_NONE },
		{ "call.machine.detection.ended", "\"result\":\"human\"", FACT_AMD, AMD_HUMAN },
		{ "call.machine.detection.ended", "\"result\":\"machine\"", FACT_AMD, AMD_MACHINE },
		{ "call.machine.detection.ended", "\"result\":\"not_sure\"", FACT_AMD, AMD_UNKNOWN },
		{ "call.machine.premium.detection.ended", "\"result\":\"human_residence\"", FACT_AMD, AMD_HUMAN },
		{ "call.machine.premium.detection.ended", "\"result\":\"fax_detected\"", FACT_AMD, AMD_FAX },
		{ "call.machine.premium.detection.ended", "\"result\":\"silence\"", FACT_AMD, AMD_UNKNOWN },
		{ "call.machine.premium.detection.ended", "\"result\":\"dog\"", FACT_IGNORED, AMD_NONE },
		{ "call.machine.premium.greeting.ended", "\"result\":\"beep_detected\"", FACT_IGNORED, AMD_NONE },
		{ "call.gather.ended", "\"digits\":\"1\"", FACT_KEY, AMD_NONE },
		{ "call.something.new", "", FACT_IGNORED, AMD_NONE },
	};
	static const struct { const char *cause, *sip; enum call_class class; } ends[] = {
		{ "user_busy", "486", CLASS_BUSY }, { "user_busy", "unspecified", CLASS_BUSY }, { "call_rejected", "603", CLASS_REJECTED },
		{ "normal_clearing", "200", CLASS_NONE }, { "originator_cancel", "487", CLASS_CANCELED }, { "timeout", "unspecified", CLASS_NO_ANSWER },
		{ "no_answer", "480", CLASS_NO_ANSWER }, { "not_found", "404", CLASS_INVALID_NUMBER }, { "unspecified", "503", CLASS_NETWORK },
		{ "unspecified", "604", CLASS_INVALID_NUMBER }, { "time_limit", "unspecified", CLASS_NONE }, { "fizzle", "unspecified", CLASS_NETWORK },
	};
	struct fact f, g;

	for (size_t i = 0; i < NITEMS(rows); i++) {
		f = event(rows[i].type, rows[i].payload);
		CHECK_CASE(arena_fmt(a, "%s %s", rows[i].type, rows[i].payload), f.kind == rows[i].kind && f.amd == rows[i].amd &&
		    f.attempt == 42 && f.leg == LEG_CONTACT && strcmp(f.call, "v3:abc") == 0 && f.at_us == INT64_C(1795442400500000));
	}
	for (size_t i = 0; i < NITEMS(ends); i++) {
		f = hangup(ends[i].cause, ends[i].sip);
		CHECK_CASE(arena_fmt(a, "hangup: %s, %s", ends[i].cause, ends[i].sip), f.kind == FACT_ENDED && f.class == ends[i].class &&
		    f.by_callee && !f.proves_answer);
	}
	f = hangup("fizzle", "unspecified");
	CHECK_CASE("case 84: an unknown cause is kept and counted", f.unknown_word && strcmp(f.word, "fizzle") == 0);
	CHECK_CASE("an unknown event is counted, a known one of no interest not", event("call.something.new", "").unknown_word &&
	    !event("call.dtmf.received", "").unknown_word);
	f = event("call.cost", "\"total_cost\":\"0.0235\",\"status\":\"success\"");
	CHECK_CASE("case 92: the cost", f.kind == FACT_COST && f.cost_micro == 23500 && strcmp(f.currency, "USD") == 0);
	CHECK_CASE("a cost that failed is none", event("call.cost", "\"total_cost\":\"0\",\"status\":\"error\"").kind == FACT_IGNORED);
	f = hangup("user_busy", "486");
	g = hangup("user_busy", "486");
	CHECK_CASE("case 82: the same event by the failover address is one fact", memcmp(f.key, g.key, FACT_KEY_BYTES) == 0);
}

static void
outcomes(void)
{
	struct fact set[3] = { hangup("normal_clearing", "200") };

	CHECK_EQ_U_N("case 81: normal_clearing alone is not an answer", outcome_of(set, 1, 5).outcome, OUTCOME_PENDING);
	set[1] = event("call.answered", "");
	CHECK_EQ_U_N("case 81: with call.answered it is", outcome_of(set, 2, 5).outcome, OUTCOME_HUNG_UP);
	set[0] = event("call.machine.premium.detection.ended", "\"result\":\"machine\"");
	set[1] = event("call.machine.premium.detection.ended", "\"result\":\"human_residence\"");
	set[1].at_us += 6 * SECOND_US;
	set[2] = hangup("normal_clearing", "200");
	CHECK_EQ_U_N("case 68: a machine, after screening a person", outcome_of(set, 3, 5).amd, AMD_HUMAN);
}

static void
malformed(void)
{
	static const char *const bodies[] = {
		"", "x", "[]", "{}", "{\"data\":null}", "{\"data\":{\"event_type\":\"call.hangup\"}}",
		"{\"data\":{\"event_type\":\"call.hangup\",\"id\":\"e\",\"payload\":{}}}",
		"{\"data\":{\"event_type\":\"call.hangup\",\"id\":\"e\",\"payload\":{\"call_control_id\":\"a b\"}}}",
		"{\"data\":{\"event_type\":7,\"id\":{},\"payload\":[]}}", BODY "x",
	};
	unsigned refused = 0;

	for (size_t i = 0; i < NITEMS(bodies); i++) {
		struct hook_headers h = { { NULL }, { NULL } };
		struct hook_request rq = hook_post("/hooks/3/42/contact", "application/json", bodies[i], &h);
		struct hook hook = { 3, 42, LEG_CONTACT, HOOK_STATUS };
		struct hook_answer said;
		struct facts facts;

		refused += hook_read(connection(KEY, NULL, 0), a, &hook, &rq, &facts, &said) == VERDICT_MALFORMED && facts.n == 0 &&
		    said.status == HTTP_BAD;
	}
	CHECK_EQ_U_N("ten bodies that are no events", refused, NITEMS(bodies));
}

int
main(void)
{
	a = arena_new();
	signatures();
	events();
	outcomes();
	malformed();
	arena_free(a);
	return check_done();
}
