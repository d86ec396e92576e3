/*
 * twilio_sign - X-Twilio-Signature: the vendor's vectors V1 to V15, and the cases of transport that a signature decides.
 */
#include "check.h"
#include "hook_world.h"

#include "plumb/buf.h"
#include "plumb/clock.h"
#include "provider/twilio.h"

#define PATH	"/myapp.php?foo=1&bar=2"
#define U	"https://mycompany.com" PATH
#define P	"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212"
#define FORM	"application/x-www-form-urlencoded"
#define STATUS	"/hooks/3/42/contact"

/* Printed by the vendor's library 6.2.0; V1 and V9 also by openssl. */
static const struct { const char *name, *token, *url, *form, *signature; } vectors[] = {
	{ "V1", "12345", U, P, "RSOYDt4T1cUTdK1PDd93/VVr8B8=" },
	{ "V2", "12345", U, "CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234&From=%2B14158675310&To=%2B18005551212",
	  "GvWf1cFY/Q7PnoempGyD5oXAezc=" },
	{ "V3", "12345", "https://mycompany.com:443" PATH, P, "kvajT1Ptam85bY51eRf/AJRuM3w=" },
	{ "V4", "12345", "http://mycompany.com:80" PATH, P, "0ZXoZLH/DfblKGATFgpif+LLRf4=" },
	{ "V5", "12345", "http://mycompany.com:1234" PATH, P, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=" },
	{ "V6", "12345", "https://user:pass@mycompany.com" PATH, P, "CukzLTc1tT5dXEDIHm/tKBanW10=" },
	{ "V7", "12345", U "&Body=It's+amazing", P, "dsq4Ehbj6cs+KdTkpF5sSSplOWw=" },
	{ "V7, escaped", "12345", U "&Body=It%27s+amazing", P, "TfZzewPq8wqrGlMfyAud8+/IvJ0=" },
	{ "V8", "12345", U, "MessagingBinding.Address=%2B1415xxxxxxx&MessagingBinding.Address=%2B1325xxxxxxx",
	  "83O6e2vORAoJHUNzJjDWN1jz+BA=" },
	{ "V8, the other order", "12345", U,
	  "MessagingBinding.Address=%2B1325xxxxxxx&MessagingBinding.Address=%2B1415xxxxxxx", "83O6e2vORAoJHUNzJjDWN1jz+BA=" },
	{ "V9", "12345", U, "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234", "IK+Dwps556ElfBT0I3Rgjkr1wJU=" },
	{ "V10", "12345", U "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620", "",
	  "a9nBmqA0ju/hNViExpshrM61xv4=" },
	{ "V11", "12345", U, "", "zYQTYrRWXE7LtzbG4PfP7/bkkGo=" },
	{ "V12", "12345", U, "A=&B=x", "bWeevTHlSTOF+IbXptnJYtBAhiY=" },
	{ "V13", "12345", U, "FromCity=MONTR%C3%89AL&To=%2B15145550123", "A2BdJt5HCa9K/duPi3IQ+3wWrCs=" },
	{ "V14", "12345", U, "to=1&ToCity=2&To=3&Tp=4", "xi5jZ1eLLzHaMG1cGK6mAGAG2gU=" },
	{ "V15", HOOK_TOKEN, "https://calls.example.org/hooks/twilio/voice?attempt=42",
	  "CallSid=CA00000000000000000000000000000001&AccountSid=AC00000000000000000000000000000001&From=%2B15145550100"
	  "&To=%2B15145550123&CallStatus=no-answer&ApiVersion=2010-04-01&Direction=outbound-api&CallDuration=0&Duration=0"
	  "&SipResponseCode=480&Timestamp=Mon%2C+23+Nov+2026+14%3A00%3A00+%2B0000&CallbackSource=call-progress-events"
	  "&SequenceNumber=3", "pzu961yxGFh61AL+DIrXNbZJHdQ=" },
};

static struct arena *a;

static void
all_vectors(void)
{
	for (size_t i = 0; i < NITEMS(vectors); i++) {
		struct pairs form;

		if (!pairs_read(a, vectors[i].form, strlen(vectors[i].form), &form))
			form.n = 0;
		CHECK_EQ_S_N(vectors[i].name, twilio_signature(a, vectors[i].token, vectors[i].url, &form), vectors[i].signature);
	}
}

/* --- verdicts ----------------------------------------------------------------------------------------- */

static char *
signed_for(const char *token, const char *url, const char *body)
{
	struct pairs form;

	return pairs_read(a, body, strlen(body), &form) ? twilio_signature(a, token, url, &form) : NULL;
}

static enum verdict
verdict(struct connection *c, const char *uri, const char *type, const char *body, const char *signature)
{
	struct hook_headers h = { { "x-twilio-signature" }, { signature } };
	struct hook_request rq = hook_post(uri, type, body, &h);

	return hook_verify(c, a, &rq);
}

/* The usual request: signed for `signed_body`, arrives as `body`. */
static enum verdict
arrives(struct connection *c, const char *signed_body, const char *body)
{
	return verdict(c, STATUS, FORM, body, signed_for(HOOK_TOKEN, "https://calls.example.org" STATUS, signed_body));
}

#define RINGING "CallSid=" HOOK_CA1 "&AccountSid=" HOOK_AC "&CallStatus=ringing"

static void
transport(struct connection *c)
{
	const char *good = signed_for(HOOK_TOKEN, "https://calls.example.org" STATUS, RINGING);
	char *wrong = arena_strdup(a, good);

	wrong[3] = wrong[3] == 'A' ? 'B' : 'A';
	CHECK_EQ_U_N("case 1: a valid callback", verdict(c, STATUS, FORM, RINGING, good), VERDICT_OK);
	CHECK_EQ_U_N("case 2: no header", verdict(c, STATUS, FORM, RINGING, NULL), VERDICT_UNSIGNED);
	CHECK_EQ_U_N("case 3: one character changed", verdict(c, STATUS, FORM, RINGING, wrong), VERDICT_BAD);
	CHECK_CASE("case 3: longer, shorter, not base64, empty", verdict(c, STATUS, FORM, RINGING, arena_fmt(a, "%sA", good)) == VERDICT_BAD &&
	    verdict(c, STATUS, FORM, RINGING, "RSOY") == VERDICT_BAD && verdict(c, STATUS, FORM, RINGING, "%%%") == VERDICT_BAD &&
	    verdict(c, STATUS, FORM, RINGING, "") == VERDICT_BAD);
	CHECK_EQ_U_N("case 4: another query", verdict(c, STATUS "?x=1", FORM, RINGING, good), VERDICT_BAD);
	CHECK_EQ_U_N("case 5: a value changed", arrives(c, "CallSid=" HOOK_CA1 "&CallStatus=busy",
	    "CallSid=" HOOK_CA1 "&CallStatus=completed"), VERDICT_BAD);
	CHECK_EQ_U_N("case 6: a parameter added", arrives(c, RINGING, RINGING "&X=1"), VERDICT_BAD);
	CHECK_EQ_U_N("case 7: an unknown one that is signed", arrives(c, RINGING "&X=1", RINGING "&X=1"), VERDICT_OK);
	CHECK_EQ_U_N("case 8: in another order", arrives(c, RINGING,
	    "CallStatus=ringing&AccountSid=" HOOK_AC "&CallSid=" HOOK_CA1), VERDICT_OK);
	CHECK_EQ_U_N("case 9: signed with :443", verdict(c, STATUS, FORM, RINGING,
	    signed_for(HOOK_TOKEN, "https://calls.example.org:443" STATUS, RINGING)), VERDICT_OK);
	CHECK_EQ_U_N("case 10: signed for http", verdict(c, STATUS, FORM, RINGING,
	    signed_for(HOOK_TOKEN, "http://calls.example.org" STATUS, RINGING)), VERDICT_BAD);
	CHECK_EQ_U_N("case 11: %2b, %2B and a blank in two ways", arrives(c, "To=%2B1514&City=A+B", "To=%2b1514&City=A%20B"), VERDICT_OK);
	CHECK_EQ_U_N("case 12: UTF-8", arrives(c, "FromCity=MONTR%C3%89AL", "FromCity=MONTR%c3%89AL"), VERDICT_OK);
	CHECK_EQ_U_N("case 13: an empty value", arrives(c, "A=&B=x", "A=&B=x"), VERDICT_OK);
	CHECK_EQ_U_N("case 14: a key three times", arrives(c, "Digits=5678&Digits=1234&Digits=1234",
	    "Digits=1234&Digits=1234&Digits=5678"), VERDICT_OK);
	CHECK_EQ_U_N("a body that is no form", verdict(c, STATUS, FORM, "A=%zz", good), VERDICT_MALFORMED);
}

static void
json_bodies(struct connection *c)
{
	static const char body[] = "{\"property\": \"value\", \"boolean\": true}";
	static const char uri[] = STATUS "?bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
	const char *type = "application/json", *good = signed_for(HOOK_TOKEN, arena_fmt(a, "https://calls.example.org%s", uri), "");

	CHECK_EQ_U_N("case 16: JSON with its hash", verdict(c, uri, type, body, good), VERDICT_OK);
	CHECK_EQ_U_N("case 16: one byte changed", verdict(c, uri, type, "{\"property\": \"value\", \"boolean\": tru }", good), VERDICT_BAD);
	CHECK_EQ_U_N("case 16: no hash", verdict(c, STATUS, type, body,
	    signed_for(HOOK_TOKEN, "https://calls.example.org" STATUS, "")), VERDICT_BAD);
	CHECK_EQ_U_N("case 16: a form under a hash of another body", verdict(c, uri, FORM, RINGING, good), VERDICT_BAD);
}

static void
secrets(void)
{
	struct connection_config k = {
		.id = 3, .provider = PROVIDER_TWILIO, .public_url = "https://calls.example.org", .account = HOOK_AC,
		.secret = { HOOK_TOKEN, "T0T0T0T0T0T0T0T0T0T0T0T0T0T0T0T0" }, .allow_get = true,
	};
	const char *old = signed_for(k.secret[1], "https://calls.example.org" STATUS, RINGING);
	enum trouble why;
	struct connection *c = connection_open(a, &k, &why);
	struct hook_headers h = { { "x-twilio-signature" }, { NULL } };
	struct hook_request rq = hook_post(STATUS "?CallSid=x", NULL, "", &h);
	char *large = arena_alloc(a, HOOK_BODY_MOST + 2);

	CHECK_EQ_U_N("case 17: by the old token", verdict(c, STATUS, FORM, RINGING, old), VERDICT_OLD_SECRET);
	CHECK_EQ_U_N("case 17: by the new one", arrives(c, RINGING, RINGING), VERDICT_OK);
	k.secret[1] = NULL;
	CHECK_EQ_U_N("case 17: the old one was removed", verdict(connection_open(a, &k, &why), STATUS, FORM, RINGING, old), VERDICT_BAD);
	CHECK_EQ_U_N("case 19: by another connection's token", verdict(c, STATUS, FORM, RINGING,
	    signed_for("another token", "https://calls.example.org" STATUS, RINGING)), VERDICT_BAD);
	CHECK_EQ_U_N("case 20: another account's, signed by our token", arrives(c,
	    "AccountSid=AC00000000000000000000000000000009", "AccountSid=AC00000000000000000000000000000009"), VERDICT_OTHER_ACCOUNT);
	memset(large, 'a', HOOK_BODY_MOST + 1);
	CHECK_EQ_U_N("case 21: 65,537 bytes", verdict(c, STATUS, FORM, large, old), VERDICT_TOO_LARGE);
	CHECK_EQ_U_N("case 22: text/plain", verdict(c, STATUS, "text/plain", RINGING, old), VERDICT_TYPE);
	CHECK_EQ_U_N("case 22: no type", verdict(c, STATUS, NULL, RINGING, old), VERDICT_TYPE);
	CHECK_EQ_U_N("case 22: a form with a charset", verdict(c, STATUS, FORM "; charset=utf-8", RINGING, old), VERDICT_OLD_SECRET);

	rq.method = "GET";
	h.value[0] = signed_for(HOOK_TOKEN, "https://calls.example.org" STATUS "?CallSid=x", "");
	CHECK_EQ_U_N("case 15: GET, allowed", hook_verify(c, a, &rq), VERDICT_OK);
	CHECK_EQ_U_N("case 15: GET, not allowed", hook_verify(hook_twilio(a, PROVIDER_TWILIO), a, &rq), VERDICT_METHOD);
	rq.method = "PUT";
	CHECK_EQ_U_N("PUT", hook_verify(c, a, &rq), VERDICT_METHOD);

	k = (struct connection_config){ .id = 3, .provider = PROVIDER_PHYSICAL };
	CHECK_EQ_U_N("case 18: no secret", verdict(connection_open(a, &k, &why), STATUS, FORM, RINGING, old), VERDICT_NO_SECRET);
	CHECK_EQ_U_N("case 18: is 503", verdict_status(VERDICT_NO_SECRET), 503);
}

/* What is read is what was verified: the form is taken apart once. */
static void
read_once(struct connection *c)
{
	struct hook_headers h = { { "x-twilio-signature" }, { signed_for(HOOK_TOKEN, "https://calls.example.org" STATUS, RINGING) } };
	struct hook_request rq = hook_post(STATUS, FORM, RINGING, &h);
	struct hook_answer said;
	struct facts facts;
	struct hook path;

	CHECK(hook_path_read(STATUS, &path) && hook_verify(c, a, &rq) == VERDICT_OK && rq.form != NULL);
	rq.body = (const unsigned char *)"CallSid=" HOOK_CA1 "&CallStatus=completed";
	rq.len = strlen((const char *)rq.body);
	CHECK_CASE("the facts are those of the form that was signed", hook_read(c, a, &path, &rq, &facts, &said) == VERDICT_OK && facts.n == 1 &&
	    facts.fact[0].kind == FACT_RINGING);
	CHECK_CASE("what fails leaves no form of an earlier one", hook_verify(c, a, &rq) == VERDICT_BAD && rq.form == NULL);
	rq = hook_post(STATUS, FORM, "AccountSid=AC00000000000000000000000000000009", &h);
	h.value[0] = signed_for(HOOK_TOKEN, "https://calls.example.org" STATUS, "AccountSid=AC00000000000000000000000000000009");
	CHECK_CASE("nor does another account's", hook_verify(c, a, &rq) == VERDICT_OTHER_ACCOUNT && rq.form == NULL);
}

static void
ports_and_headers(void)
{
	struct connection_config k = {
		.id = 3, .provider = PROVIDER_SIM, .base_url = "http://127.0.0.1:9", .public_url = "http://127.0.0.1:8080",
		.account = HOOK_AC, .secret = { HOOK_TOKEN },
	};
	struct connection *c, *sw = hook_twilio(a, PROVIDER_SIGNALWIRE);
	enum trouble why;
	struct hook_headers h = { { "x-signalwire-signature", "x-twilio-signature" }, { NULL } };
	struct hook_request rq = hook_post(STATUS, FORM, "CallStatus=ringing", &h);

	c = connection_open(a, &k, &why);
	CHECK_EQ_U_N("our base has a port", verdict(c, STATUS, FORM, RINGING,
	    signed_for(HOOK_TOKEN, "http://127.0.0.1:8080" STATUS, RINGING)), VERDICT_OK);
	CHECK_EQ_U_N("... and was signed without", verdict(c, STATUS, FORM, RINGING,
	    signed_for(HOOK_TOKEN, "http://127.0.0.1" STATUS, RINGING)), VERDICT_OK);
	CHECK_EQ_U_N("... or for another port", verdict(c, STATUS, FORM, RINGING,
	    signed_for(HOOK_TOKEN, "http://127.0.0.1:8081" STATUS, RINGING)), VERDICT_BAD);
	CHECK_EQ_U_N("V7 the other way: signed escaped, called raw", verdict(c, STATUS "?b=It's", FORM, RINGING,
	    signed_for(HOOK_TOKEN, "http://127.0.0.1:8080" STATUS "?b=It%27s", RINGING)), VERDICT_OK);

	h.value[0] = signed_for(HOOK_TOKEN, "https://calls.example.org" STATUS, "CallStatus=ringing");
	CHECK_EQ_U_N("SignalWire's own header", hook_verify(sw, a, &rq), VERDICT_OK);
	h.value[1] = h.value[0];
	h.value[0] = NULL;
	CHECK_EQ_U_N("SignalWire with Twilio's header", hook_verify(sw, a, &rq), VERDICT_OK);
	h.name[1] = "x-other";
	CHECK_EQ_U_N("SignalWire with neither", hook_verify(sw, a, &rq), VERDICT_UNSIGNED);
}

int
main(void)
{
	struct connection *c;

	a = arena_new();
	c = hook_twilio(a, PROVIDER_TWILIO);
	all_vectors();
	transport(c);
	json_bodies(c);
	read_once(c);
	secrets();
	ports_and_headers();
	arena_free(a);
	return check_done();
}
