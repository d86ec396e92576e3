/*
 * twilio_token.c - the token with which Twilio's script in the browser signs in: a JWT (HS256) by the API key. Its
 * identity is the room, so that it opens no other door.
 */
#include "provider/twilio.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/json.h"
#include "plumb/seal.h"

char *
twilio_agent_token(struct connection *c, struct arena *a, const char *room, unsigned ttl_s, int64_t now_us)
{
	const struct connection_config *k = &c->config;
	struct json *header = json_object(a), *claims = json_object(a), *grants = json_object(a);
	struct json *voice = json_object(a), *outgoing = json_object(a);
	int64_t now = now_us / SECOND_US;
	unsigned char mac[32];
	const char *part;
	char *text;

	if (!id_ok(room, ROOM_MOST) || strchr(room, '-') != NULL)
		return NULL;
	json_text(header, "typ", "JWT");
	json_text(header, "alg", "HS256");
	json_text(header, "cty", "twilio-fpa;v=1");
	json_text(outgoing, "application_sid", k->browser_app);
	json_put(voice, "outgoing", outgoing);
	json_text(grants, "identity", room);
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
	seal_hmac256(k->browser_secret, text, strlen(text), mac);
	return arena_fmt(a, "%s.%s", text, seal_base64url(a, mac, sizeof(mac)));
}
