/*
 * provider - lists, what makes a connection, the paths of webhooks, and how what providers write is read.
 */
#include "check.h"
#include "hook_world.h"

#include "plumb/clock.h"
#include "plumb/fetch.h"
#include "plumb/json.h"
#include "provider/twilio.h"

static struct arena *a;

static void
words(void)
{
	bool good = true;

	for (unsigned i = 0; i < PROVIDER__MAX; i++)
		good = good && provider_of(provider_word((enum provider)i)) == i && *provider_name((enum provider)i) != '\0';
	for (unsigned i = 0; i < TROUBLE__MAX; i++)
		good = good && trouble_of(trouble_word((enum trouble)i)) == i && *trouble_text((enum trouble)i) != '\0';
	CHECK_CASE("every stored word leads back", good && provider_of("x") == PROVIDER__MAX && trouble_of(NULL) == TROUBLE__MAX);
}

/* --- opening -------------------------------------------------------------------------------------------- */

static enum trouble
opens(struct connection_config k)
{
	enum trouble why;

	return connection_open(a, &k, &why) != NULL ? TROUBLE_NONE : why;
}

static void
opening(void)
{
	const struct connection_config good = {
		.id = 3, .provider = PROVIDER_TWILIO, .public_url = "https://calls.example.org", .account = HOOK_AC, .secret = { HOOK_TOKEN },
	}, telnyx = {
		.id = 4, .provider = PROVIDER_TELNYX, .public_url = "https://calls.example.org", .account = "1494404757140276705",
		.secret = { "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" }, .api_secret = "KEY",
	};
	struct connection_config k = good;
	struct dial d = { .leg = LEG_CONTACT, .to = "+15145550123", .from = "+15145550100" };
	static const struct { const char *address, *from; bool fits; } scripts[] = {
		{ "/vendor/other.js", "", true }, { "https://calls.example.com/sdk/twilio.min.js", "https://calls.example.com", true },
		{ "http://127.0.0.1:8000/twilio.min.js", "http://127.0.0.1:8000", true }, { "http://calls.example.com/twilio.js", "", false },
		{ "//calls.example.com/twilio.js", "", false }, { "https://calls.example.com/a;b.js", "", false },
		{ "https://calls.example.com/'unsafe-inline'", "", false }, { "twilio.js", "", false },
	};
	struct connection *c;
	struct answer said;
	struct browser b;
	enum trouble why;

	CHECK_EQ_U_N("a good one", opens(good), TROUBLE_NONE);
	k.account = "ACxyz";
	CHECK_EQ_U_N("an account that is none of Twilio's", opens(k), TROUBLE_ACCOUNT);
	k.provider = PROVIDER_SIGNALWIRE;
	CHECK_EQ_U_N("SignalWire needs an address", opens(k), TROUBLE_BASE_URL);
	k.base_url = "https://space.signalwire.example";
	CHECK_EQ_U_N("and has other accounts", opens(k), TROUBLE_NONE);
	k.base_url = "https://name:password@space.signalwire.example";
	CHECK_EQ_U_N("no password in the address", opens(k), TROUBLE_BASE_URL);
	k.base_url = "http://space.signalwire.example";
	CHECK_EQ_U_N("not without https", opens(k), TROUBLE_BASE_URL);
	k.base_url = "https://space.signalwire.example/";
	CHECK_EQ_U_N("no slash at the end", opens(k), TROUBLE_BASE_URL);
	k = good;
	k.public_url = "http://calls.example.org";
	CHECK_EQ_U_N("our own address with https", opens(k), TROUBLE_PUBLIC_URL);
	k.public_url = "https://calls.example.org/sub";
	CHECK_EQ_U_N("and without a path", opens(k), TROUBLE_PUBLIC_URL);
	k = good;
	k.secret[0] = "";
	CHECK_EQ_U_N("no secret", opens(k), TROUBLE_SECRET);
	k.secret[0] = "a\r\nb";
	CHECK_EQ_U_N("a secret with a line end", opens(k), TROUBLE_SECRET);
	k.secret[0] = NULL;
	k.secret[1] = HOOK_TOKEN;
	CHECK_EQ_U_N("only the second secret", opens(k), TROUBLE_NONE);
	k = good;
	k.browser_key = "SK1";
	CHECK_EQ_U_N("half of what browsers need", opens(k), TROUBLE_BROWSER);
	k.browser_secret = "s";
	k.browser_app = "AP1";
	CHECK_EQ_U_N("not as they are written", opens(k), TROUBLE_BROWSER_FORM);
	k.browser_key = "SK0123456789abcdef0123456789abcdef";
	k.browser_app = "AP0123456789abcdef0123456789abcdef";
	for (size_t i = 0; i < NITEMS(scripts); i++) {
		k.browser_script = scripts[i].address;
		CHECK_EQ_U_N(scripts[i].address, opens(k), scripts[i].fits ? TROUBLE_NONE : TROUBLE_SCRIPT_ADDRESS);
		if ((c = connection_open(a, &k, &why)) != NULL && connection_browser(c, a, &b))
			CHECK_EQ_S_N(scripts[i].address, b.script_from, scripts[i].from);
	}
	k.browser_script = NULL;
	c = connection_open(a, &k, &why);
	CHECK_CASE("the script lies on this site unless another address is given", connection_browser(c, a, &b) && b.script[0] == '/' && b.script_from[0] == '\0');
	CHECK_EQ_S(b.voice_url, "https://calls.example.org/hooks/3/0/agent/browser");
	CHECK_EQ_S(b.status_url, "https://calls.example.org/hooks/3/0/agent");
	CHECK_CASE("all of it", c != NULL && connection_can(c) & CAN_BROWSER && connection_agent_token(c, a, 7, "x9", 600, HOOK_NOW) != NULL);
	CHECK_CASE("a token for a room with a dash, which a browser cannot be called", connection_agent_token(c, a, 7, "x-9", 600, HOOK_NOW) == NULL);
	CHECK_CASE("or for no line", connection_agent_token(c, a, 0, "x9", 600, HOOK_NOW) == NULL);
	c = connection_open(a, &good, &why);
	CHECK_CASE("none of it", !(connection_can(c) & CAN_BROWSER) && connection_agent_token(c, a, 7, "x9", 600, HOOK_NOW) == NULL && !connection_browser(c, a, &b));
	k.provider = PROVIDER__MAX;
	CHECK_EQ_U_N("no such provider", opens(k), TROUBLE_PROVIDER);
	CHECK_EQ_U_N("Telnyx", opens(telnyx), TROUBLE_NONE);
	k = telnyx;
	k.secret[0] = "short";
	CHECK_EQ_U_N("Telnyx with a key that is none", opens(k), TROUBLE_SECRET);
	k = telnyx;
	k.api_secret = NULL;
	CHECK_EQ_U_N("Telnyx without an API key", opens(k), TROUBLE_SECRET);

	k = (struct connection_config){ .id = 1, .provider = PROVIDER_PHYSICAL };
	c = connection_open(a, &k, &why);
	CHECK_CASE("the physical phone can nothing", c != NULL && connection_can(c) == 0 && connection_id(c) == 1);
	CHECK_CASE("a dial is refused, and about us", connection_dial(c, a, &d, &said) == DIAL_REFUSED &&
	    said.class == CLASS_ACCOUNT && call_class_about(said.class) == ABOUT_US);
	CHECK_EQ_U_N("its check is content", connection_check(c, a, NULL, &said), TROUBLE_NONE);
}

/* --- paths ---------------------------------------------------------------------------------------------- */

static void
paths(void)
{
	static const char *const bad[] = {
		"/hooks", "/hooks/", "/hooks/3", "/hooks/3/42", "/hooks/3/42/", "/hooks/3/42/other", "/hooks/x/42/contact", "/hooks/3/-1/contact",
		"/hooks/3/042/contact", "/hooks/3/42/contact/", "/hooks/3/42/contact/x", "/hooks/3/42/contact/amdx", "/hooks/3/42/contact/amd/",
		"/hooks/3/99999999999999999999/contact", "/hooks/3/42/contactx", "/hook/3/42/contact", "/hooks3/42/contact", "", "/hooks/3/42/contact#x",
	};
	unsigned refused = 0;
	bool good = true;
	struct hook h;

	for (unsigned w = 0; w < HOOK__MAX; w++)
		for (enum leg l = LEG_CONTACT; l <= LEG_AGENT; l++) {
			struct hook in = { 3, 42, l, (enum hook_what)w };

			good = good && hook_path_read(hook_path(a, &in), &h) && h.connection == 3 && h.id == 42 && h.leg == l && h.what == w;
		}
	CHECK_CASE("every path leads back", good);
	CHECK_EQ_S(hook_path(a, &(struct hook){ 3, 42, LEG_CONTACT, HOOK_STATUS }), "/hooks/3/42/contact");
	CHECK_CASE("a query is passed over", hook_path_read("/hooks/3/0/agent/browser?x=/y", &h) && h.what == HOOK_BROWSER && h.id == 0);
	for (size_t i = 0; i < NITEMS(bad); i++)
		refused += !hook_path_read(bad[i], &h);
	CHECK_EQ_U_N("paths that are none", refused, NITEMS(bad));
}

/* --- what providers write --------------------------------------------------------------------------------- */

static void
moments(void)
{
	static const struct { const char *text; int64_t at; } rows[] = {
		{ "Mon, 23 Nov 2026 14:00:00 +0000", 1795442400000000 },
		{ "Mon, 23 Nov 2026 09:00:00 -0500", 1795442400000000 },
		{ "23 Nov 2026 14:00:00 GMT", 1795442400000000 },
		{ "2026-11-23T14:00:00Z", 1795442400000000 },
		{ "2026-11-23T14:00:00.25Z", 1795442400250000 },
		{ "2021-04-28 21:51:18.731479Z", 1619646678731479 },
		{ "2026-11-23T14:00:00.123456789Z", 1795442400123456 },
		{ "2026-11-23T14:00:00+00:00", 1795442400000000 },
		{ "2026-11-23T14:00:00", 0 }, { "2026-02-30T14:00:00Z", 0 }, { "2026-13-01T14:00:00Z", 0 }, { "2026-11-23T25:00:00Z", 0 },
		{ "Mon, 23 Foo 2026 14:00:00 +0000", 0 }, { "yesterday", 0 }, { "", 0 }, { "1700000000", 0 },
		{ "Mon, 23 Nov 2026 14:00:00 +0000 x", 0 }, { "Mon,", 0 }, { "Mon, 1", 0 }, { "2026-", 0 },
	};

	for (size_t i = 0; i < NITEMS(rows); i++)
		CHECK_EQ_I_N(arena_fmt(a, "case 85: \"%s\"", rows[i].text), moment_of(rows[i].text), rows[i].at);
	CHECK_EQ_I(moment_of(NULL), 0);
}

static void
amounts(void)
{
	int64_t v = 0;

	CHECK_CASE("case 92: \"-0.03000\" is 30,000 millionths, paid by us", micro_of("-0.03000", &v) && v == 30000);
	CHECK_CASE("case 79: -0.005", micro_of("-0.005", &v) && v == 5000);
	CHECK_CASE("0", micro_of("0", &v) && v == 0);
	CHECK_CASE("1.2345678 is rounded", micro_of("1.2345678", &v) && v == 1234568);
	CHECK_CASE("what is no amount", !micro_of("", &v) && !micro_of(NULL, &v) && !micro_of("free", &v) && !micro_of("1e99", &v) &&
	    !micro_of("nan", &v) && !micro_of("0x10", &v) && !micro_of("1 USD", &v));
}

/* What an answer means: nothing about the body, which the adapters read. */
static void
answers(void)
{
	static const struct {
		enum fetched f;
		struct fetch_answer got;
		enum dialed dialed;
		enum asked asked;
		enum trouble trouble;
	} rows[] = {
		{ FETCH_ANSWERED, { .status = 201 }, DIAL_ACCEPTED, ASKED_OK, TROUBLE_NONE },
		{ FETCH_ANSWERED, { .status = 301 }, DIAL_REFUSED, ASKED_REFUSED, TROUBLE_ANSWER },
		{ FETCH_ANSWERED, { .status = 400 }, DIAL_REFUSED, ASKED_REFUSED, TROUBLE_REFUSED },
		{ FETCH_ANSWERED, { .status = 401 }, DIAL_REFUSED, ASKED_REFUSED, TROUBLE_CREDENTIALS },
		{ FETCH_ANSWERED, { .status = 402 }, DIAL_REFUSED, ASKED_REFUSED, TROUBLE_FUNDS },
		{ FETCH_ANSWERED, { .status = 404 }, DIAL_REFUSED, ASKED_GONE, TROUBLE_REFUSED },
		{ FETCH_ANSWERED, { .status = 408 }, DIAL_UNKNOWN, ASKED_REFUSED, TROUBLE_REFUSED },
		{ FETCH_ANSWERED, { .status = 429, .retry_after_s = 7 }, DIAL_REFUSED, ASKED_LATER, TROUBLE_RATE },
		{ FETCH_ANSWERED, { .status = 500 }, DIAL_UNKNOWN, ASKED_LATER, TROUBLE_FAILING },
		{ FETCH_ANSWERED, { .status = 503 }, DIAL_UNKNOWN, ASKED_LATER, TROUBLE_FAILING },
		{ FETCH_UNKNOWN, { .why = FETCH_SILENT }, DIAL_UNKNOWN, ASKED_LATER, TROUBLE_SILENT },
		{ FETCH_UNKNOWN, { .why = FETCH_BROKEN }, DIAL_UNKNOWN, ASKED_LATER, TROUBLE_ANSWER },
		{ FETCH_UNKNOWN, { .why = FETCH_TOO_LARGE, .status = 200 }, DIAL_UNKNOWN, ASKED_LATER, TROUBLE_ANSWER },
		{ FETCH_NOT_SENT, { .why = FETCH_UNREACHED }, DIAL_NOT_SENT, ASKED_LATER, TROUBLE_UNREACHED },
		{ FETCH_NOT_SENT, { .why = FETCH_TLS }, DIAL_NOT_SENT, ASKED_LATER, TROUBLE_TLS },
		{ FETCH_NOT_SENT, { .why = FETCH_SILENT }, DIAL_NOT_SENT, ASKED_LATER, TROUBLE_UNREACHED },
	};
	struct answer said;

	for (size_t i = 0; i < NITEMS(rows); i++) {
		bool good = dialed_of(rows[i].f, &rows[i].got, &said) == rows[i].dialed && said.trouble == rows[i].trouble;

		good = good && asked_of(rows[i].f, &rows[i].got, &said) == rows[i].asked && said.retry_after_s == rows[i].got.retry_after_s;
		CHECK_CASE(arena_fmt(a, "an answer of %d, %s", rows[i].got.status, trouble_word(rows[i].trouble)), good);
	}
}

/* A refusal's code decides whom it is about. */
static void
codes(void)
{
	static const struct { const char *code; enum call_class class; } rows[] = {
		{ "21211", CLASS_INVALID_NUMBER }, { "21217", CLASS_INVALID_NUMBER }, { "21214", CLASS_INVALID_NUMBER }, { "13224", CLASS_INVALID_NUMBER },
		{ "20003", CLASS_ACCOUNT }, { "10001", CLASS_ACCOUNT }, { "21210", CLASS_ACCOUNT }, { "21215", CLASS_ACCOUNT },
		{ "21216", CLASS_ACCOUNT }, { "21219", CLASS_ACCOUNT }, { "20429", CLASS_RATE }, { "99999", CLASS_NETWORK },
	};

	for (size_t i = 0; i < NITEMS(rows); i++) {
		struct answer said = { .class = CLASS_NETWORK, .trouble = TROUBLE_REFUSED };
		const char *body = arena_fmt(a, "{\"code\": %s, \"message\": \"...\", \"status\": 400}", rows[i].code);

		CHECK_CASE(arena_fmt(a, "code %s is about %s", rows[i].code, call_class_word(rows[i].class)),
		    twilio_code(json_parse(a, body, strlen(body)), &said) && said.class == rows[i].class && strcmp(said.code, rows[i].code) == 0);
	}
	CHECK_CASE("no code", !twilio_code(NULL, &(struct answer){ 0 }));
}

static void
urls(void)
{
	static const char *const good[] = { "https://api.example.org", "https://a:8443/x?y", "http://127.0.0.1", "http://127.0.0.1:4010/x" };
	static const char *const bad[] = {
		"http://example.org", "http://127.0.0.1.evil.org", "http://127.0.0.1:80@evil.org/", "https://u:p@h/", "https://", "https:///x",
		"ftp://h", "file:///etc/passwd", "https://h/#x", "https://h/ x", "https://h\\@e", "", "http://localhost", "HTTPS://h", "http://127.0.0.1:80evil",
	};
	unsigned ok = 0, no = 0;

	for (size_t i = 0; i < NITEMS(good); i++)
		ok += fetch_url_ok(good[i]);
	for (size_t i = 0; i < NITEMS(bad); i++)
		no += !fetch_url_ok(bad[i]);
	CHECK_EQ_U_N("where fetch may go", ok, NITEMS(good));
	CHECK_EQ_U_N("where it may not", no, NITEMS(bad));
	CHECK_CASE("nowhere", !fetch_url_ok(NULL));
}

int
main(void)
{
	a = arena_new();
	words();
	opening();
	paths();
	moments();
	amounts();
	answers();
	codes();
	urls();
	arena_free(a);
	return check_done();
}
