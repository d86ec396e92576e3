/*
 * telnyx_hook.c - Ed25519 over "timestamp|body", and the facts in the events.
 */
#include "provider/telnyx.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/json.h"
#include "plumb/seal.h"
#include "plumb/text.h"

/* --- signature -------------------------------------------------------------------------------------- */

static bool
by_key(const char *key, const unsigned char signature[64], const char *msg, size_t n)
{
	unsigned char raw[32];

	return seal_unbase64(key, raw, sizeof(raw)) && seal_signed(raw, signature, msg, n);
}

enum verdict
telnyx_verify(struct connection *c, struct arena *a, struct hook_request *rq)
{
	const char *signature = rq->header(rq->ctx, "telnyx-signature-ed25519");
	const char *stamp = rq->header(rq->ctx, "telnyx-timestamp");
	int64_t window = (int64_t)c->window_s, now = rq->now_us / SECOND_US;
	unsigned char raw[64];
	uint64_t at;
	size_t n;
	char *msg;

	if (rq->content_type == NULL || strncasecmp(rq->content_type, "application/json", 16) != 0)
		return VERDICT_TYPE;
	if (signature == NULL || stamp == NULL)
		return VERDICT_UNSIGNED;
	if (!parse_uint(stamp, 0, INT64_MAX / SECOND_US, &at) || !seal_unbase64(signature, raw, sizeof(raw)))
		return VERDICT_BAD;
	n = strlen(stamp) + 1;
	msg = arena_alloc(a, n + rq->len + 1);
	memcpy(msg, stamp, n - 1);
	msg[n - 1] = '|';
	if (rq->len > 0)
		memcpy(msg + n, rq->body, rq->len);
	n += rq->len;
	if (by_key(c->config.secret[0], raw, msg, n))
		return llabs((int64_t)at - now) > window ? VERDICT_STALE : VERDICT_OK;
	if (c->config.secret[1] != NULL && by_key(c->config.secret[1], raw, msg, n))
		return llabs((int64_t)at - now) > window ? VERDICT_STALE : VERDICT_OLD_SECRET;
	return VERDICT_BAD;
}

/* --- events ----------------------------------------------------------------------------------------- */

struct event { struct json *payload; struct fact *fact; };

static void
hangup(const struct event *e)
{
	static const struct { const char *word; enum call_class class; } causes[] = {
		{ "normal_clearing", CLASS_NONE },	/* after an answer or without one: look for call.answered */
		{ "time_limit", CLASS_NONE },
		{ "call_rejected", CLASS_REJECTED },
		{ "originator_cancel", CLASS_CANCELED },
		{ "timeout", CLASS_NO_ANSWER },
		{ "no_answer", CLASS_NO_ANSWER },
		{ "user_busy", CLASS_BUSY },
		{ "not_found", CLASS_INVALID_NUMBER },
		{ "unspecified", CLASS_NETWORK },
	};
	struct fact *f = e->fact;
	const char *word = text_of(e->payload, "hangup_cause");
	enum call_class by_code;
	uint64_t sip;
	size_t i;

	for (i = 0; i < NITEMS(causes) && strcmp(causes[i].word, word) != 0; i++)
		;
	f->class = i < NITEMS(causes) ? causes[i].class : CLASS_NETWORK;
	f->unknown_word = i == NITEMS(causes);
	if (parse_uint(text_of(e->payload, "sip_hangup_cause"), 100, 699, &sip))
		f->sip = (int)sip;
	by_code = class_of_code(f->sip, 0);
	if (by_code != CLASS_NONE && by_code != CLASS_ANSWERED && f->sip != 487)
		f->class = by_code;
	f->by_callee = strcmp(text_of(e->payload, "hangup_source"), "callee") == 0;
	fact_set_word(f, word);
}

static void
detection(const struct event *e)
{
	static const struct { const char *word; enum amd amd; } results[] = {
		{ "human", AMD_HUMAN }, { "human_residence", AMD_HUMAN }, { "human_business", AMD_HUMAN },
		{ "machine", AMD_MACHINE }, { "fax_detected", AMD_FAX }, { "silence", AMD_UNKNOWN }, { "not_sure", AMD_UNKNOWN },
	};
	const char *word = text_of(e->payload, "result");
	size_t i;

	for (i = 0; i < NITEMS(results) && strcmp(results[i].word, word) != 0; i++)
		;
	if (i < NITEMS(results))
		e->fact->amd = results[i].amd;
	else {
		e->fact->kind = FACT_IGNORED;
		e->fact->unknown_word = true;
	}
	fact_set_word(e->fact, word);
}

static void
gathered(const struct event *e)
{
	const char *digits = text_of(e->payload, "digits");

	if (*digits != '\0' && strchr("0123456789*#", *digits) != NULL)
		e->fact->digit = *digits;
	fact_set_word(e->fact, e->fact->digit != 0 ? "key" : "no key");
}

static void
cost(const struct event *e)
{
	const char *currency = text_of(e->payload, "currency");

	/* US dollars where it does not say */
	snprintf(e->fact->currency, sizeof(e->fact->currency), "%s", strlen(currency) == 3 ? currency : "USD");
	if (strcmp(text_of(e->payload, "status"), "error") == 0 ||
	    !micro_of(json_as_text(json_get(e->payload, "total_cost")), &e->fact->cost_micro))
		e->fact->kind = FACT_IGNORED;
	fact_set_word(e->fact, text_of(e->payload, "total_cost"));
}

/* `more`: what the event says beside being there. */
static const struct {
	const char *type;
	enum fact_kind kind;
	void (*more)(const struct event *);
} types[] = {
	{ "call.initiated", FACT_DIALING, NULL },
	{ "call.answered", FACT_ANSWERED, NULL },
	{ "call.bridged", FACT_BRIDGED, NULL },
	{ "call.hangup", FACT_ENDED, hangup },
	{ "call.machine.detection.ended", FACT_AMD, detection },
	{ "call.machine.premium.detection.ended", FACT_AMD, detection },
	{ "call.gather.ended", FACT_KEY, gathered },
	{ "call.cost", FACT_COST, cost },
	{ "call.machine.greeting.ended", FACT_IGNORED, NULL },
	{ "call.machine.premium.greeting.ended", FACT_IGNORED, NULL },
	{ "call.dtmf.received", FACT_IGNORED, NULL },
	{ "call.speak.started", FACT_IGNORED, NULL },
	{ "call.speak.ended", FACT_IGNORED, NULL },
};

enum verdict
telnyx_read(struct connection *c, struct arena *a, const struct hook *hook, const struct hook_request *rq,
    struct facts *facts, struct hook_answer *answer)
{
	struct json *data = json_get(json_parse(a, (const char *)rq->body, rq->len), "data");
	const char *type = text_of(data, "event_type"), *id = text_of(data, "id");
	struct json *payload = json_get(data, "payload");
	const char *call = text_of(payload, "call_control_id");
	struct fact f = fact_of_hook(hook);
	struct event e = { payload, &f };
	size_t i;

	(void)c;
	(void)answer;		/* 204, always: nothing waits for instructions */
	if (*type == '\0' || !id_ok(id, CALL_ID_MOST) || !id_ok(call, CALL_ID_MOST))
		return VERDICT_MALFORMED;
	snprintf(f.call, sizeof(f.call), "%s", call);
	f.at_us = moment_of(json_as_text(json_get(data, "occurred_at")));
	fact_set_word(&f, type);
	for (i = 0; i < NITEMS(types) && strcmp(types[i].type, type) != 0; i++)
		;
	f.kind = i < NITEMS(types) ? types[i].kind : FACT_IGNORED;
	f.unknown_word = i == NITEMS(types);
	if (i < NITEMS(types) && types[i].more != NULL)
		types[i].more(&e);
	facts_add(a, facts, f, id);
	return VERDICT_OK;
}
