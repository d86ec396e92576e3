/*
 * hook_world.h - a webhook for tests: a connection, a request with its headers, and what became of it.
 */
#ifndef TESTS_HOOK_WORLD_H
#define TESTS_HOOK_WORLD_H

#include "plumb/arena.h"
#include "provider/hook.h"

#define HOOK_NOW INT64_C(1700000000000000)
#define HOOK_AC	 "AC00000000000000000000000000000001"
#define HOOK_CA1 "CA00000000000000000000000000000001"
#define HOOK_CA2 "CA00000000000000000000000000000002"
#define HOOK_CF	 "CF00000000000000000000000000000001"
#define HOOK_TOKEN "0123456789abcdef0123456789abcdef"

struct hook_headers { const char *name[4], *value[4]; };

__attribute__((unused)) static const char *
hook_header(void *ctx, const char *name)
{
	const struct hook_headers *h = ctx;

	for (size_t i = 0; i < NITEMS(h->name); i++)
		if (h->name[i] != NULL && strcmp(h->name[i], name) == 0)
			return h->value[i];
	return NULL;
}

__attribute__((unused)) static struct hook_request
hook_post(const char *uri, const char *type, const char *body, struct hook_headers *h)
{
	return (struct hook_request){
		.method = "POST", .uri = uri, .content_type = type, .body = (const unsigned char *)body, .len = strlen(body),
		.header = hook_header, .ctx = h, .now_us = HOOK_NOW,
	};
}

/* Connection 3; the token of its webhooks is HOOK_TOKEN. */
__attribute__((unused)) static struct connection *
hook_twilio(struct arena *a, enum provider p)
{
	const struct connection_config k = {
		.id = 3, .provider = p, .base_url = p == PROVIDER_TWILIO ? NULL : "https://provider.example.org",
		.public_url = "https://calls.example.org",
		.account = p == PROVIDER_SIGNALWIRE ? "b08dacad-9e1c-4f25-9f66-4bd1c8e1c1a5" : HOOK_AC,
		.secret = { HOOK_TOKEN },
	};
	enum trouble why;

	return connection_open(a, &k, &why);
}

#endif
