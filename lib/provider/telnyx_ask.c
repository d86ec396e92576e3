/*
 * telnyx_ask.c - requests with the API key, what their errors mean, and what the account knows.
 */
#include "provider/telnyx.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/json.h"
#include "plumb/urlenc.h"

enum fetched
telnyx_ask(struct connection *c, struct arena *a, const char *path, struct json *body, struct fetch_answer *got,
    struct json **json)
{
	struct fetch_request rq = {
		.method = body != NULL ? "POST" : "GET",
		.url = arena_fmt(a, "%s%s", c->base_url, path),
		.bearer = c->config.api_secret,
		.content_type = "application/json",
		.body = body != NULL ? json_string(body) : NULL,
	};
	enum fetched f = fetch(a, &rq, got);

	*json = f == FETCH_ANSWERED ? json_parse(a, got->body, got->len) : NULL;
	return f;
}

bool
telnyx_code(struct json *json, struct answer *out)
{
	struct json *error = json_at(json_get(json, "errors"), 0);
	const char *code = json_as_text(json_get(error, "code"));
	const char *about = json_as_text(json_get(json_get(error, "source"), "pointer"));

	if (!id_ok(code, sizeof(out->code) - 1))
		return false;
	snprintf(out->code, sizeof(out->code), "%s", code);
	if (out->trouble != TROUBLE_REFUSED)	/* the status said it: credentials, funds, rate */
		return true;
	if (about != NULL && strcmp(about, "/to") == 0)
		out->class = CLASS_INVALID_NUMBER;
	else if (about != NULL && strcmp(about, "/from") == 0) {
		out->class = CLASS_ACCOUNT;
		out->trouble = TROUBLE_CALLER_ID;
	}
	return true;
}

static enum asked
get(struct connection *c, struct arena *a, const char *path, struct json **json, struct answer *out)
{
	struct fetch_answer got;
	enum asked r = asked_of(telnyx_ask(c, a, path, NULL, &got, json), &got, out);

	if (r != ASKED_OK)
		telnyx_code(*json, out);
	else if (json_get(*json, "data") == NULL) {
		out->trouble = TROUBLE_ANSWER;
		return ASKED_LATER;
	}
	return r;
}

/* It says that a call is over and how long it was, not why it ended: an end without a class. */
enum asked
telnyx_fetch(struct connection *c, struct arena *a, const char *call, const struct fact *about, struct facts *facts,
    struct answer *out)
{
	struct fact f = fact_of_poll(about, call);
	struct json *json, *data;
	struct buf path;
	int64_t seconds;
	enum asked r;

	buf_init_in(&path, a, 1000);
	buf_text(&path, "/v2/calls/");
	urlenc_text(&path, call);
	if ((r = get(c, a, path.data, &json, out)) != ASKED_OK)
		return r;
	data = json_get(json, "data");
	if (json_get(data, "is_alive") == NULL) {
		out->trouble = TROUBLE_ANSWER;
		return ASKED_LATER;
	}
	if (json_as_bool(json_get(data, "is_alive")))
		return ASKED_OK;
	f.kind = FACT_ENDED;
	f.at_us = moment_of(json_as_text(json_get(data, "end_time")));
	if (json_as_int(json_get(data, "call_duration"), &seconds) && seconds >= 0 && seconds <= 1000000) {
		f.has_seconds = true;
		f.seconds = (unsigned)seconds;
		f.proves_answer = seconds > 0;
		f.class = seconds > 0 ? CLASS_ANSWERED : CLASS_NONE;
	}
	fact_set_word(&f, "not alive");
	facts_add(a, facts, f, NULL);
	return ASKED_OK;
}

enum trouble
telnyx_check(struct connection *c, struct arena *a, const char *from, struct answer *out)
{
	struct json *json;
	const char *money;
	struct buf query;
	enum asked r = get(c, a, "/v2/balance", &json, out);

	if (r != ASKED_OK)
		return r == ASKED_GONE ? TROUBLE_ANSWER : out->trouble;
	money = json_as_text(json_get(json_get(json, "data"), "available_credit"));
	if (money == NULL)
		money = json_as_text(json_get(json_get(json, "data"), "balance"));
	if (money != NULL && strtod(money, NULL) <= 0)
		return TROUBLE_FUNDS;
	r = get(c, a, arena_fmt(a, "/v2/call_control_applications/%s", c->config.account), &json, out);
	if (r != ASKED_OK)
		return r == ASKED_GONE ? TROUBLE_ACCOUNT : out->trouble;
	if (from == NULL)
		return TROUBLE_NONE;
	buf_init_in(&query, a, 200);
	urlenc_pair(&query, "filter[phone_number]", from);
	r = get(c, a, arena_fmt(a, "/v2/phone_numbers?%s", query.data), &json, out);
	if (r != ASKED_OK)
		return r == ASKED_GONE ? TROUBLE_ANSWER : out->trouble;
	return json_at(json_get(json, "data"), 0) == NULL ? TROUBLE_CALLER_ID : TROUBLE_NONE;
}
