/*
 * provider.c - the lists of provider.h, and each verb handed to the connection's adapter.
 */
#include "provider/provider_in.h"

#include "plumb/arena.h"

#define AS_WORD(id, word, ...) [id] = word,
#define AS_TEXT(id, word, text) [id] = text,
static const char *const words[PROVIDER__MAX] = { PROVIDERS(AS_WORD) };
static const char *const names[PROVIDER__MAX] = { PROVIDERS(AS_TEXT) };
static const char *const trouble_words[TROUBLE__MAX] = { TROUBLES(AS_WORD) };
static const char *const trouble_texts[TROUBLE__MAX] = { TROUBLES(AS_TEXT) };

static const struct adapter *const adapters[PROVIDER__MAX] = {
	[PROVIDER_PHYSICAL] = &adapter_physical,
	[PROVIDER_TWILIO] = &adapter_twilio,
	[PROVIDER_SIGNALWIRE] = &adapter_twilio,
	[PROVIDER_SOMLENG] = &adapter_twilio,
	[PROVIDER_SIM] = &adapter_twilio,
	[PROVIDER_TELNYX] = &adapter_telnyx,
};

const char *
provider_word(enum provider p)
{
	assert((unsigned)p < PROVIDER__MAX);
	return words[p];
}

const char *
provider_name(enum provider p)
{
	assert((unsigned)p < PROVIDER__MAX);
	return names[p];
}

enum provider
provider_of(const char *word)
{
	unsigned i;

	for (i = 0; i < PROVIDER__MAX && (word == NULL || strcmp(words[i], word) != 0); i++)
		;
	return (enum provider)i;
}

bool
provider_hands_over(enum provider p)
{
	return p == PROVIDER_TWILIO || p == PROVIDER_SIGNALWIRE || p == PROVIDER_SIM;
}

const char *
trouble_word(enum trouble t)
{
	assert((unsigned)t < TROUBLE__MAX);
	return trouble_words[t];
}

enum trouble
trouble_of(const char *word)
{
	unsigned i;

	for (i = 0; i < TROUBLE__MAX && (word == NULL || strcmp(trouble_words[i], word) != 0); i++)
		;
	return (enum trouble)i;
}

const char *
trouble_text(enum trouble t)
{
	assert((unsigned)t < TROUBLE__MAX);
	return trouble_texts[t];
}

/* --- opening ---------------------------------------------------------------------------------------- */

static const char *
set_or_null(const char *s)
{
	return s != NULL && *s != '\0' ? s : NULL;
}

/* The config with "" as NULL. What goes into a header has no blank and no control character in it. */
static bool
take_config(struct connection *c, const struct connection_config *from)
{
	const char **texts[] = {
		&c->config.base_url, &c->config.public_url, &c->config.account, &c->config.secret[0], &c->config.secret[1],
		&c->config.api_secret, &c->config.api_user, &c->config.browser_key, &c->config.browser_secret,
		&c->config.browser_app, &c->config.browser_script,
	};

	c->config = *from;
	for (size_t i = 0; i < NITEMS(texts); i++) {
		*texts[i] = set_or_null(*texts[i]);
		if (*texts[i] != NULL && !id_ok(*texts[i], 1024))
			return false;
	}
	if (c->config.secret[0] == NULL) {	/* only a second one: it is the one */
		c->config.secret[0] = c->config.secret[1];
		c->config.secret[1] = NULL;
	}
	return true;
}

static bool
is_address(const char *url)
{
	return fetch_url_ok(url) && url[strlen(url) - 1] != '/' && strchr(url, '?') == NULL;
}

struct connection *
connection_open(struct arena *a, const struct connection_config *config, enum trouble *why)
{
	struct connection *c = arena_alloc(a, sizeof(*c));

	*why = TROUBLE_NONE;
	if ((unsigned)config->provider >= PROVIDER__MAX)
		*why = TROUBLE_PROVIDER;
	else if (!take_config(c, config))
		*why = TROUBLE_SECRET;
	if (*why != TROUBLE_NONE)
		return NULL;
	c->adapter = adapters[config->provider];
	c->base_url = c->config.base_url;
	c->public_url = c->config.public_url;
	c->window_s = c->config.window_s > 0 ? c->config.window_s : 300;
	if ((*why = c->adapter->open(c)) != TROUBLE_NONE)
		return NULL;
	if (c->can & CAN_DIAL) {
		if (!is_address(c->base_url))
			*why = TROUBLE_BASE_URL;
		else if (!is_address(c->public_url) || strchr(c->public_url + 8, '/') != NULL)
			*why = TROUBLE_PUBLIC_URL;
	}
	return *why == TROUBLE_NONE ? c : NULL;
}

uint64_t
connection_id(const struct connection *c)
{
	return c->config.id;
}

unsigned
connection_can(const struct connection *c)
{
	return c->can;
}

/* --- verbs ------------------------------------------------------------------------------------------ */

/* What cannot be done is refused as a matter of the account: it stops the dialling and touches no contact. */
static void
cannot(struct answer *out)
{
	*out = (struct answer){ .class = CLASS_ACCOUNT, .trouble = TROUBLE_REFUSED };
}

enum dialed
connection_dial(struct connection *c, struct arena *a, const struct dial *d, struct answer *out)
{
	*out = (struct answer){ .leg = d->leg };
	if (c->adapter->dial == NULL) {
		cannot(out);
		return DIAL_REFUSED;
	}
	return c->adapter->dial(c, a, d, out);
}

enum asked
connection_hang_up(struct connection *c, struct arena *a, const char *call, struct answer *out)
{
	*out = (struct answer){ 0 };
	if (c->adapter->hang_up == NULL || !id_ok(call, CALL_ID_MOST)) {
		cannot(out);
		return ASKED_REFUSED;
	}
	return c->adapter->hang_up(c, a, call, out);
}

enum asked
connection_ask_key(struct connection *c, struct arena *a, const char *call, const struct dial *d, struct answer *out)
{
	*out = (struct answer){ 0 };
	if (c->adapter->ask_key == NULL)
		return ASKED_OK;
	return c->adapter->ask_key(c, a, call, d, out);
}

enum asked
connection_bridge(struct connection *c, struct arena *a, const char *contact, const char *agent, struct answer *out)
{
	*out = (struct answer){ 0 };
	if (c->adapter->bridge == NULL)
		return ASKED_OK;
	return c->adapter->bridge(c, a, contact, agent, out);
}

enum asked
connection_fetch(struct connection *c, struct arena *a, const char *call, const struct fact *about, struct facts *facts,
    struct answer *out)
{
	*out = (struct answer){ 0 };
	*facts = (struct facts){ 0 };
	if (c->adapter->fetch == NULL || !id_ok(call, CALL_ID_MOST)) {
		cannot(out);
		return ASKED_REFUSED;
	}
	return c->adapter->fetch(c, a, call, about, facts, out);
}

enum asked
connection_list(struct connection *c, struct arena *a, const char *to, const char *from, int64_t from_us,
    int64_t until_us, struct listing *l, struct answer *out)
{
	*out = (struct answer){ 0 };
	*l = (struct listing){ 0 };
	if (c->adapter->list == NULL) {
		cannot(out);
		return ASKED_REFUSED;
	}
	return c->adapter->list(c, a, to, from, from_us, until_us, l, out);
}

enum asked
connection_participants(struct connection *c, struct arena *a, const char *room, struct participants *who,
    struct answer *out)
{
	*out = (struct answer){ 0 };
	*who = (struct participants){ 0 };
	if (c->adapter->participants == NULL || !id_ok(room, CALL_ID_MOST)) {
		cannot(out);
		return ASKED_REFUSED;
	}
	return c->adapter->participants(c, a, room, who, out);
}

enum trouble
connection_check(struct connection *c, struct arena *a, const char *from, struct answer *out)
{
	*out = (struct answer){ 0 };
	if (c->adapter->check != NULL)
		out->trouble = c->adapter->check(c, a, from, out);
	return out->trouble;
}

char *
connection_agent_token(struct connection *c, struct arena *a, uint64_t session, const char *room, unsigned ttl_s, int64_t now_us)
{
	return connection_can(c) & CAN_BROWSER ? c->adapter->agent_token(c, a, session, room, ttl_s, now_us) : NULL;
}

bool
connection_browser(const struct connection *c, struct arena *a, struct browser *b)
{
	if (!(connection_can(c) & CAN_BROWSER))
		return false;
	c->adapter->browser(c, a, b);
	return true;
}

enum trouble
connection_check_browser(struct connection *c, struct arena *a, struct answer *out)
{
	*out = (struct answer){ 0 };
	return connection_can(c) & CAN_BROWSER ? c->adapter->check_browser(c, a, out) : TROUBLE_BROWSER;
}

enum verdict
hook_verify(struct connection *c, struct arena *a, struct hook_request *rq)
{
	rq->form = NULL;
	if (rq->len > HOOK_BODY_MOST)
		return VERDICT_TOO_LARGE;
	if (strcmp(rq->method, "POST") != 0 && !(c->config.allow_get && strcmp(rq->method, "GET") == 0))
		return VERDICT_METHOD;
	if (c->adapter->verify == NULL || c->config.secret[0] == NULL)
		return VERDICT_NO_SECRET;
	return c->adapter->verify(c, a, rq);
}

enum verdict
hook_read(struct connection *c, struct arena *a, const struct hook *hook, const struct hook_request *rq,
    struct facts *facts, struct hook_answer *answer)
{
	enum verdict v;

	*facts = (struct facts){ 0 };
	*answer = (struct hook_answer){ .status = HTTP_NO_CONTENT };
	v = c->adapter->read == NULL ? VERDICT_NO_SECRET : c->adapter->read(c, a, hook, rq, facts, answer);
	if (v != VERDICT_OK) {
		*facts = (struct facts){ 0 };
		*answer = (struct hook_answer){ .status = verdict_status(v) };
	}
	return v;
}
