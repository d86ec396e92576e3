/*
 * voice.c - the agent's line in the browser: a small window of its own, so that turning the pages of the calls never cuts it.
 * voice.js asks for the microphone on a click, loads the provider's own script, and calls in with the token that it
 * gets here. This page, and no other, may load that script and reach the provider's hosts.
 */
#include "plumb/arena.h"
#include "plumb/json.h"
#include "plumb/lang.h"

#include "domain/line.h"

#include "tpl/voice.names.h"

#include "agent.h"

enum http
voice_get(struct req *rq)
{
	const struct operation *op = &agent_context(rq_who(rq))->op;
	struct dialing d;
	struct browser b;
	struct page *pg;
	enum found f;

	if (op->method != OP_SOFTWARE)
		return resp_refuse(rq, R_NOT_FOUND);
	if ((f = dialing_of(rq_db(rq), op->id, &d, rq_arena(rq))) == FOUND)
		f = line_script(rq_db(rq), &d, &b, rq_arena(rq));
	if (f != FOUND)
		return resp_refuse(rq, f == NONE ? R_NO_BROWSER : R_BUSY);
	pg = page_new(rq, "agent/voice.tpl", tr(rq_lang(rq), "My line"));
	page_bare(pg);
	page_style(pg, "agent.css");
	page_script(pg, "voice.js");
	page_text(pg, VOICE_NAME, op->name);
	page_text(pg, VOICE_OPERATION_ID, digits(rq, op->id.v));
	page_text(pg, VOICE_CSRF, rq_csrf(rq));
	page_text(pg, VOICE_SCRIPT, b.script);
	resp_allow(rq, b.script_from, b.connect_to, b.media_from);
	return page_send(pg);
}

/* Never kept by anybody: every answer of an area is no-store unless it says otherwise. */
static enum http
token(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	struct json *out = json_object(rq_arena(rq));
	struct line_id id;
	const char *text;

	switch (line_token(rq_db(rq), cx->op.id, (struct user_id){ rq_who(rq)->user }, rq_now(rq), &id, &text, rq_arena(rq))) {
	case FOUND:	break;
	case NONE:	return resp_refuse(rq, R_NO_LINE);
	case FAILED:	return resp_refuse(rq, R_BUSY);
	}
	json_text(out, "token", text);
	json_int(out, "seconds", LINE_TOKEN_S);
	json_int(out, "line", (int64_t)id.v);
	return resp_json(rq, HTTP_OK, json_string(out));
}

enum http
voice_token_get(struct req *rq)
{
	return token(rq);
}

/* A line is wanted: what it signs in with, or the sentence that says why not. */
enum http
voice_post(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	struct json *out = json_object(rq_arena(rq));
	enum refusal why = R_NONE;

	if (cx->op.method != OP_SOFTWARE)
		return resp_refuse(rq, R_NOT_FOUND);
	switch (line_open_here(rq_db(rq), &cx->op, (struct user_id){ rq_who(rq)->user }, rq_lang(rq), rq_now(rq), &why, rq_arena(rq))) {
	case SAVED:
	case ALREADY:	return token(rq);
	case REFUSED:
		json_text(out, "say", refusal_text(why, rq_lang(rq)));
		json_bool(out, "again", why == R_LINE_CLOSING);
		return resp_json(rq, refusal_status(why), json_string(out));
	case UNSURE:
	case NOT_SAVED:	break;
	}
	return resp_refuse(rq, R_BUSY);
}
