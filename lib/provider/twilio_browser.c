/*
 * twilio_browser.c - agents who speak in the browser: the token with which Twilio's own script signs in (a JWT, HS256,
 * by the API key), the hosts that script talks to, and whether the account is set up for it. Its identity is the line
 * and its room, so that a token opens no other door.
 */
#include "provider/twilio.h"

#include <inttypes.h>

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/json.h"
#include "plumb/seal.h"
#include "plumb/text.h"

/* What the script asks for: signalling (voice-js.roaming, after the first answer voice-js.EDGE), measurements of the sound
 * (eventgw.HOME), the tones it plays (sdk). Edge and home are told by the company while it runs. */
#define SIGNALLING	"wss://*.twilio.com"
#define THE_REST	"https://*.twilio.com"

#define OWN_SCRIPT	"/vendor/voice/twilio.min.js"	/* of this site: README, "In the browser" */

#define PREFIX		"client:"

/* --- who it is ---------------------------------------------------------------------------------------- */

bool
twilio_room_ok(const char *room)
{
	return room != NULL && *room != '\0' && strlen(room) <= ROOM_MOST &&
	    room[strspn(room, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

bool
twilio_identity(struct arena *a, const char *from, uint64_t *session, const char **room)
{
	const char *id, *mark;

	if (from == NULL || strncmp(from, PREFIX, strlen(PREFIX)) != 0)
		return false;
	id = from + strlen(PREFIX);
	mark = strchr(id, '_');
	if (mark == NULL || !parse_uint(arena_strndup(a, id, (size_t)(mark - id)), 1, INT64_MAX, session))
		return false;
	*room = mark + 1;
	return twilio_room_ok(*room);
}

char *
twilio_agent_token(struct connection *c, struct arena *a, uint64_t session, const char *room, unsigned ttl_s, int64_t now_us)
{
	const struct connection_config *k = &c->config;
	struct json *header = json_object(a), *claims = json_object(a), *grants = json_object(a);
	struct json *voice = json_object(a), *outgoing = json_object(a);
	int64_t now = now_us / SECOND_US;
	unsigned char mac[32];
	const char *part;
	char *text;

	if (session == 0 || !twilio_room_ok(room))
		return NULL;
	json_text(header, "typ", "JWT");
	json_text(header, "alg", "HS256");
	json_text(header, "cty", "twilio-fpa;v=1");
	json_text(outgoing, "application_sid", k->browser_app);
	json_put(voice, "outgoing", outgoing);
	json_text(grants, "identity", arena_fmt(a, "%" PRIu64 "_%s", session, room));
	json_put(grants, "voice", voice);
	json_text(claims, "jti", arena_fmt(a, "%s-%lld", k->browser_key, (long long)now));
	json_put(claims, "grants", grants);
	json_int(claims, "iat", now);
	json_int(claims, "exp", now + ttl_s);
	json_text(claims, "iss", k->browser_key);
	json_text(claims, "sub", k->account);
	part = json_string(header);
	text = seal_base64url(a, part, strlen(part));
	part = json_string(claims);
	text = arena_fmt(a, "%s.%s", text, seal_base64url(a, part, strlen(part)));
	seal_hmac256(k->browser_secret, strlen(k->browser_secret), text, strlen(text), mac);
	return arena_fmt(a, "%s.%s", text, seal_base64url(a, mac, sizeof(mac)));
}

/* --- where the script comes from and goes to ------------------------------------------------------------ */

/* A path of this site, or an address elsewhere: nothing that would end or widen a word of the page's policy. */
static bool
script_ok(const char *s)
{
	if (s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:@+%")] != '\0')
		return false;
	return (s[0] == '/' && s[1] != '/') || fetch_url_ok(s);
}

enum trouble
twilio_browser_open(struct connection *c)
{
	const struct connection_config *k = &c->config;

	if (k->browser_key == NULL && k->browser_secret == NULL && k->browser_app == NULL) {
		c->can &= ~(unsigned)CAN_BROWSER;
		return TROUBLE_NONE;
	}
	if (k->browser_key == NULL || k->browser_secret == NULL || k->browser_app == NULL)
		return TROUBLE_BROWSER;
	if (!twilio_sid_ok(k->browser_key, "SK") || !twilio_sid_ok(k->browser_app, "AP"))
		return TROUBLE_BROWSER_FORM;
	return k->browser_script == NULL || script_ok(k->browser_script) ? TROUBLE_NONE : TROUBLE_SCRIPT_ADDRESS;
}

void
twilio_browser(const struct connection *c, struct arena *a, struct browser *b)
{
	const char *script = c->config.browser_script != NULL ? c->config.browser_script : OWN_SCRIPT;
	size_t origin = 0;

	if (*script != '/') {	/* scheme://host[:port] */
		const char *host = strstr(script, "://") + 3;
		origin = (size_t)(host - script) + strcspn(host, "/");
	}
	*b = (struct browser){ .script = script, .script_from = arena_strndup(a, script, origin),
		.connect_to = SIGNALLING " " THE_REST, .media_from = "mediastream: " THE_REST,
		.voice_url = hook_url((struct connection *)c, a, &(struct hook){ c->config.id, 0, LEG_AGENT, HOOK_BROWSER }),
		.status_url = hook_url((struct connection *)c, a, &(struct hook){ c->config.id, 0, LEG_AGENT, HOOK_STATUS }) };
}

/* --- does it work? ---------------------------------------------------------------------------------------- */

/* Is there a script at its address? Our own site may be out of reach from inside; only a plain "no" counts there. */
static bool
script_there(struct connection *c, struct arena *a, const struct browser *b)
{
	bool own = *b->script == '/';
	struct fetch_answer got;
	struct fetch_request rq = { .method = "GET", .url = own ? arena_fmt(a, "%s%s", c->public_url, b->script) : b->script };

	return fetch(a, &rq, &got) == FETCH_ANSWERED ? got.status == HTTP_OK : own;
}

static bool
calls_us(struct json *app, const char *url, const char *method, const char *ours)
{
	return strcmp(text_of(app, url), ours) == 0 && strcmp(text_of(app, method), "POST") == 0;
}

enum trouble
twilio_check_browser(struct connection *c, struct arena *a, struct answer *out)
{
	const struct connection_config *k = &c->config;
	struct fetch_request rq = { .method = "GET", .user = k->browser_key, .password = k->browser_secret,
		.url = arena_fmt(a, "%s%s%s/Applications/%s.json", c->base_url, c->dialect->path, k->account, k->browser_app) };
	struct fetch_answer got;
	struct json *app;
	struct browser b;

	switch (asked_of(fetch(a, &rq, &got), &got, out)) {
	case ASKED_OK:		break;
	case ASKED_GONE:	return TROUBLE_BROWSER_APP;
	case ASKED_LATER:
	case ASKED_REFUSED:	return out->trouble == TROUBLE_CREDENTIALS ? TROUBLE_BROWSER_KEY : out->trouble;
	}
	app = json_parse(a, got.body, got.len);
	if (strcmp(text_of(app, "sid"), k->browser_app) != 0)
		return TROUBLE_ANSWER;
	twilio_browser(c, a, &b);
	if (!calls_us(app, "voice_url", "voice_method", b.voice_url) ||
	    !calls_us(app, "status_callback", "status_callback_method", b.status_url))
		return TROUBLE_BROWSER_HOOK;
	return script_there(c, a, &b) ? TROUBLE_NONE : TROUBLE_SCRIPT;
}
