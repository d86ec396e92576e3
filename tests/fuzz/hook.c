/*
 * hook.c - webhooks of any bytes: path, signature, facts, instructions. The first byte chooses provider and kind, the rest
 * up to a line end is the query, the body follows. What must hold: nobody gets in without the secret, what is
 * malformed has no fact, and what a fact holds is plain text with a key.
 */
#include "plumb/arena.h"
#include "provider/hook.h"
#include "provider/outcome.h"
#include "provider/provider_in.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const struct connection_config configs[] = {
	{ .id = 3, .provider = PROVIDER_TWILIO, .public_url = "https://calls.example.org", .account = "AC00000000000000000000000000000001",
	  .secret = { "0123456789abcdef0123456789abcdef", "old" }, .allow_get = true },
	{ .id = 3, .provider = PROVIDER_SIGNALWIRE, .public_url = "https://calls.example.org", .base_url = "https://s.example.org",
	  .account = "b08dacad-9e1c-4f25-9f66-4bd1c8e1c1a5", .secret = { "secret" } },
	{ .id = 3, .provider = PROVIDER_TELNYX, .public_url = "https://calls.example.org", .account = "1494404757140276705",
	  .secret = { "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" }, .api_secret = "KEY" },
};

/* Every header is this: a signature that cannot fit by chance. */
static const char *
header(void *ctx, const char *name)
{
	return strcmp(name, "telnyx-timestamp") == 0 ? "1700000000" : ctx;
}

static void
plain(const char *s, size_t most)
{
	assert(strlen(s) <= most);
	for (; *s != '\0'; s++)
		assert(*s >= ' ' && *s <= '~');
}

static void
facts_hold(const struct facts *facts)
{
	static const unsigned char none[FACT_KEY_BYTES];
	struct ending e;

	assert(facts->n <= 8);
	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *f = &facts->fact[i];

		assert(f->kind > FACT_NONE && f->kind < FACT__MAX && !fact_is_ours(f->kind) && f->source == SOURCE_WEBHOOK);
		plain(f->call, CALL_ID_MOST);
		plain(f->room, ROOM_MOST);
		plain(f->room_id, CALL_ID_MOST);
		plain(f->word, sizeof(f->word) - 1);
		plain(f->currency, 3);
		assert(f->cost_micro >= 0 && f->at_us >= 0);
		assert(f->digit == 0 || strchr("0123456789*#", f->digit) != NULL);
		assert(memcmp(f->key, none, sizeof(none)) != 0);
	}
	e = outcome_of(facts->fact, facts->n, 5);
	assert(e.final == (e.outcome != OUTCOME_PENDING));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *a;
	const unsigned char *rest, *body;
	struct hook_request rq = { 0 };
	struct hook_answer said;
	struct connection *c;
	struct facts facts;
	struct hook hook;
	enum trouble why;
	enum verdict v;
	const char *query;
	int64_t amount;
	unsigned k;

	if (n < 1)
		return 0;
	if (a == NULL)
		a = arena_new();
	k = data[0];
	rest = data + 1;
	body = memchr(rest, '\n', n - 1);
	query = body == NULL ? "" : arena_strndup(a, (const char *)rest, (size_t)(body - rest));
	body = body == NULL ? rest : body + 1;
	rq.method = k & 64 ? "GET" : "POST";
	rq.body = body;
	rq.len = (size_t)(data + n - body);
	rq.content_type = k % 3 == 2 || k & 128 ? "application/json" : "application/x-www-form-urlencoded";
	rq.header = header;
	rq.ctx = k & 32 ? "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" :
	    "kw9dp4lBud+SxIV0COSNkLKwx6IP4bz5X8+s409u+IiNZBSsa8ZMr1OYPQ0/Q8jB1brF5QUhEDl/WcI26nL9Aw==";
	rq.now_us = INT64_C(1700000000000000);
	hook = (struct hook){ 3, 42, k & 16 ? LEG_AGENT : LEG_CONTACT, (enum hook_what)(k / 3 % HOOK__MAX) };
	rq.uri = *query != '\0' ? arena_fmt(a, "%s?%s", hook_path(a, &hook), query) : hook_path(a, &hook);

	c = connection_open(a, &configs[k % 3], &why);
	assert(c != NULL);
	assert(!verdict_good(hook_verify(c, a, &rq)));
	v = hook_read(c, a, &hook, &rq, &facts, &said);
	assert(v == VERDICT_OK || (v == VERDICT_MALFORMED && facts.n == 0 && said.body == NULL));
	facts_hold(&facts);
	assert(said.body == NULL || (said.status == HTTP_OK && strncmp(said.body, "<?xml", 5) == 0));

	query = arena_strndup(a, (const char *)body, rq.len);
	(void)hook_path_read(query, &hook);
	assert(moment_of(query) >= 0);
	assert(!micro_of(query, &amount) || amount >= 0);
	arena_reset(a);
	return 0;
}
