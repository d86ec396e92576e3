/*
 * twilio_sign.c - X-Twilio-Signature. What was signed is the address as the provider called it, which is
 * our public base and the raw REQUEST_URI (never what the proxy in front says), and the decoded form, sorted. A body
 * that is no form is signed by its hash in the address.
 */
#include "provider/twilio.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/seal.h"
#include "plumb/sha1.h"

enum { SIGNED_MOST = 4 * HOOK_BODY_MOST };

char *
twilio_signature(struct arena *a, const char *secret, const char *url, const struct pairs *form)
{
	unsigned char mac[SHA1_BYTES];
	struct buf b;

	buf_init_in(&b, a, SIGNED_MOST);
	buf_text(&b, url);
	for (size_t i = 0; form != NULL && i < form->n; i++) {
		const struct pair *p = &form->pair[i];

		/* as the vendor's library: a pair that was sent twice counts once */
		if (i > 0 && strcmp(p->name, p[-1].name) == 0 && strcmp(p->value, p[-1].value) == 0)
			continue;
		buf_text(&b, p->name);
		buf_text(&b, p->value);
	}
	if (b.full)
		return arena_strdup(a, "");	/* equal to no signature */
	sha1_hmac(secret, b.data, b.len, mac);
	return seal_base64(a, mac, sizeof(mac));
}

/* --- the address, in the forms in which it may have been signed ---------------------------------------- */

enum { FORMS = 4 };

/* Raw apostrophes as %27: some of the signing side escapes them. */
static char *
escaped(struct arena *a, const char *url)
{
	struct buf b;

	if (strchr(url, '\'') == NULL)
		return NULL;
	buf_init_in(&b, a, SIGNED_MOST);
	for (; *url != '\0'; url++)
		if (*url == '\'')
			buf_text(&b, "%27");
		else
			buf_bytes(&b, url, 1);
	return b.data;
}

/* Without a port, and with one: the signing side is not consistent about the usual ports. */
static void
address_forms(struct connection *c, struct arena *a, const char *uri, const char *out[FORMS])
{
	const char *host = strstr(c->public_url, "://") + 3, *port = strchr(host, ':');
	bool https = strncmp(c->public_url, "https:", 6) == 0;

	out[0] = arena_fmt(a, "%.*s%s", port == NULL ? (int)strlen(c->public_url) : (int)(port - c->public_url),
	    c->public_url, uri);
	out[1] = arena_fmt(a, "%s%s%s", c->public_url, port != NULL ? "" : https ? ":443" : ":80", uri);
	out[2] = escaped(a, out[0]);
	out[3] = escaped(a, out[1]);
}

/* --- the verdict -------------------------------------------------------------------------------------- */

static const char *
signature_of(struct connection *c, const struct hook_request *rq)
{
	const char *s = NULL;

	for (size_t i = 0; i < NITEMS(c->dialect->headers) && s == NULL && c->dialect->headers[i] != NULL; i++)
		s = rq->header(rq->ctx, c->dialect->headers[i]);
	return s;
}

static bool
type_is(const char *type, const char *want)
{
	size_t n = strlen(want);

	return type != NULL && strncasecmp(type, want, n) == 0 && (type[n] == '\0' || type[n] == ';' || type[n] == ' ');
}

/* bodySHA256 of the query; "" when there is none. */
static const char *
body_hash(struct arena *a, const char *uri)
{
	const char *query = strchr(uri, '?'), *hash = NULL;
	struct pairs p;

	if (query != NULL && pairs_read(a, query + 1, strlen(query + 1), &p))
		hash = pairs_get(&p, "bodySHA256");
	return hash != NULL ? hash : "";
}

/* An empty body counts as "{}". */
static bool
body_fits(const char *hash, const struct hook_request *rq)
{
	unsigned char want[32], got[32];

	if (!seal_unhex(hash, want, sizeof(want)))
		return false;
	if (rq->len == 0)
		seal_sha256("{}", 2, got);
	else
		seal_sha256(rq->body, rq->len, got);
	return seal_equal(want, got, sizeof(got));
}

/* Signed by secret 0 or 1? Neither: -1. Every form is tried: how long it takes says nothing about which fitted. */
static int
signed_by(struct connection *c, struct arena *a, const struct hook_request *rq, const char *signature,
    const struct pairs *form)
{
	unsigned char raw[SHA1_BYTES];
	const char *url[FORMS];
	int by = -1;

	if (!seal_unbase64(signature, raw, sizeof(raw)))
		return -1;
	address_forms(c, a, rq->uri, url);
	for (int s = 1; s >= 0; s--)
		for (size_t i = 0; i < FORMS && c->config.secret[s] != NULL; i++)
			if (url[i] != NULL && text_equal(signature, twilio_signature(a, c->config.secret[s], url[i], form)))
				by = s;
	return by;
}

enum verdict
twilio_verify(struct connection *c, struct arena *a, struct hook_request *rq)
{
	const char *signature = signature_of(c, rq), *account, *hash;
	bool post = strcmp(rq->method, "POST") == 0, json = type_is(rq->content_type, "application/json");
	struct pairs *form = arena_alloc(a, sizeof(*form));
	bool read = false;
	int by;

	if (post && !json && !type_is(rq->content_type, "application/x-www-form-urlencoded"))
		return VERDICT_TYPE;
	if (signature == NULL)
		return VERDICT_UNSIGNED;
	hash = body_hash(a, rq->uri);
	if (json || *hash != '\0') {
		if (!body_fits(hash, rq))
			return VERDICT_BAD;
	} else if (post && !(read = pairs_read(a, (const char *)rq->body, rq->len, form)))
		return VERDICT_MALFORMED;
	by = signed_by(c, a, rq, signature, form);
	if (by < 0)
		return VERDICT_BAD;
	/* a sub-account's request under our token */
	if ((account = pairs_get(form, "AccountSid")) != NULL && strcmp(account, c->config.account) != 0)
		return VERDICT_OTHER_ACCOUNT;
	rq->form = read ? form : NULL;
	return by == 0 ? VERDICT_OK : VERDICT_OLD_SECRET;
}
