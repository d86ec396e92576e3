/*
 * twilio.c - the adapter's table, the dialects, and what makes a configuration whole.
 */
#include "provider/twilio.h"

#include "plumb/arena.h"
#include "plumb/urlenc.h"

#define PATH	"/2010-04-01/Accounts/"
#define TWILIO_CAN (CAN_DIAL | CAN_AMD | CAN_CONFERENCE | CAN_BROWSER | CAN_RINGING | CAN_FETCH_CAUSE | CAN_LIST |	\
    CAN_COST | CAN_SIP_CODE)

static const struct dialect dialects[] = {
	{ PROVIDER_TWILIO, "https://api.twilio.com", PATH, { "x-twilio-signature", NULL }, true, true, true, TWILIO_CAN },
	{ PROVIDER_SIM, NULL, PATH, { "x-twilio-signature", NULL }, true, false, false, TWILIO_CAN & ~CAN_BROWSER },
	{ PROVIDER_SIGNALWIRE, NULL, "/api/laml" PATH, { "x-signalwire-signature", "x-twilio-signature" }, false, false,
	  false, TWILIO_CAN & ~CAN_BROWSER },
	{ PROVIDER_SOMLENG, NULL, PATH, { "x-twilio-signature", NULL }, false, false, false,
	  CAN_DIAL | CAN_FETCH_CAUSE | CAN_LIST | CAN_COST | CAN_SIP_CODE },
};

bool
twilio_sid_ok(const char *s, const char *letters)
{
	return strlen(s) == 34 && strncmp(s, letters, 2) == 0 && strspn(s + 2, "0123456789abcdef") == 32;
}

bool
twilio_call_id_ok(const struct connection *c, const char *id)
{
	return id != NULL && (c->dialect->own_ids ? twilio_sid_ok(id, "CA") : id_ok(id, CALL_ID_MOST));
}

static enum trouble
open_it(struct connection *c)
{
	const struct connection_config *k = &c->config;

	for (size_t i = 0; i < NITEMS(dialects); i++)
		if (dialects[i].provider == k->provider)
			c->dialect = &dialects[i];
	assert(c->dialect != NULL);
	if (c->base_url == NULL)
		c->base_url = c->dialect->base_url;
	if (k->account == NULL || (c->dialect->own_ids ? !twilio_sid_ok(k->account, "AC") :
	    k->account[strspn(k->account, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")] != '\0'))
		return TROUBLE_ACCOUNT;
	if (k->secret[0] == NULL)
		return TROUBLE_SECRET;
	if (k->api_user != NULL && (k->api_secret == NULL || strchr(k->api_user, ':') != NULL))
		return TROUBLE_SECRET;
	c->can = c->dialect->can;
	return c->can & CAN_BROWSER ? twilio_browser_open(c) : TROUBLE_NONE;
}

const struct adapter adapter_twilio = {
	.open = open_it,
	.dial = twilio_dial,
	.hang_up = twilio_hang_up,
	.fetch = twilio_fetch,
	.list = twilio_list,
	.participants = twilio_participants,
	.check = twilio_check,
	.agent_token = twilio_agent_token,
	.browser = twilio_browser,
	.check_browser = twilio_check_browser,
	.end_answer = twiml_hang_up, .room_answer = twiml_enter, .sorry_answer = twiml_sorry,
	.verify = twilio_verify,
	.read = twilio_read,
};

/* --- forms ------------------------------------------------------------------------------------------ */

struct growing { struct pairs *to; size_t room; struct arena *arena; };

static bool
take_pair(void *ctx, const char *name, const char *value)
{
	struct growing *g = ctx;

	if (g->to->n == g->room)
		return false;
	g->to->pair[g->to->n++] = (struct pair){ name, value };
	return true;
}

static int
by_name_and_value(const void *va, const void *vb)
{
	const struct pair *a = va, *b = vb;
	int by_name = strcmp(a->name, b->name);

	return by_name != 0 ? by_name : strcmp(a->value, b->value);
}

bool
pairs_read(struct arena *a, const char *text, size_t n, struct pairs *out)
{
	struct growing g = { .to = out, .room = 1, .arena = a };

	for (size_t i = 0; i < n; i++)
		g.room += text[i] == '&';
	*out = (struct pairs){ .pair = arena_alloc(a, g.room * sizeof(*out->pair)) };
	if (!form_parse(a, text, n, take_pair, &g))
		return false;
	qsort(out->pair, out->n, sizeof(*out->pair), by_name_and_value);
	return true;
}

const char *
pairs_get(const struct pairs *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->pair[i].name, name) == 0)
			return p->pair[i].value;
	return NULL;
}
