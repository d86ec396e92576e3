/*
 * twilio_twiml.c - the instructions that we give: TwiML. Everything that comes from elsewhere is escaped.
 */
#include "provider/twilio.h"

#include <inttypes.h>

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/urlenc.h"

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

enum { DOCUMENT_MOST = 4000 };	/* the most that fits into a request to dial */

static void
xml(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++)
		switch (*s) {
		case '&':  buf_text(b, "&amp;"); break;
		case '<':  buf_text(b, "&lt;"); break;
		case '>':  buf_text(b, "&gt;"); break;
		case '"':  buf_text(b, "&quot;"); break;
		case '\'': buf_text(b, "&apos;"); break;
		default:   buf_bytes(b, s, 1);
		}
}

static void
attribute(struct buf *b, const char *name, const char *value)
{
	buf_fmt(b, " %s=\"", name);
	xml(b, value);
	buf_text(b, "\"");
}

static void
attribute_number(struct buf *b, const char *name, unsigned value)
{
	buf_fmt(b, " %s=\"%u\"", name, value);
}

static void
begin(struct buf *b, struct arena *a)
{
	buf_init_in(b, a, DOCUMENT_MOST);
	buf_text(b, DECLARATION "<Response>");
}

/* NULL: longer than a request takes. */
static const char *
end(struct buf *b)
{
	buf_text(b, "</Response>");
	return b->full ? NULL : b->data;
}

/* A voicemail presses no key; who presses one is let into the room of the query (twilio_hook.c answers). */
const char *
twiml_ask_key(struct connection *c, struct arena *a, const struct dial *d)
{
	struct hook key = { c->config.id, d->session, LEG_AGENT, HOOK_KEY };
	struct buf b, url;

	buf_init_in(&url, a, 500);
	urlenc_pair(&url, "room", d->room);
	begin(&b, a);
	buf_text(&b, "<Gather");
	attribute(&b, "input", "dtmf");
	attribute(&b, "numDigits", "1");
	attribute(&b, "finishOnKey", "");
	attribute(&b, "timeout", "10");
	attribute(&b, "actionOnEmptyResult", "true");
	attribute(&b, "method", "POST");
	attribute(&b, "action", arena_fmt(a, "%s?%s", hook_url(c, a, &key), url.data));
	buf_text(&b, "><Say");
	attribute(&b, "language", d->lang != NULL ? d->lang : "en-US");
	buf_text(&b, ">");
	xml(&b, d->ask_key);
	buf_text(&b, "</Say></Gather>");
	return end(&b);
}

/* Into a room, left open for more attributes; closed by into_room. owner: it starts and ends with this leg. */
static void
dial_room(struct buf *b, bool owner, const char *label)
{
	buf_text(b, "<Dial><Conference");
	attribute(b, "startConferenceOnEnter", owner ? "true" : "false");
	attribute(b, "endConferenceOnExit", owner ? "true" : "false");
	attribute(b, "beep", "false");
	attribute(b, "waitUrl", "");
	attribute(b, "participantLabel", label);
}

static void
into_room(struct buf *b, const char *room)
{
	buf_text(b, ">");
	xml(b, room);
	buf_text(b, "</Conference></Dial>");
}

/* The agent's leg starts the room and ends it: nobody is ever alone in it. */
const char *
twiml_room(struct connection *c, struct arena *a, uint64_t session, const char *room)
{
	struct hook hook = { c->config.id, session, LEG_AGENT, HOOK_ROOM };
	struct buf b;

	begin(&b, a);
	dial_room(&b, true, arena_fmt(a, "agent-%" PRIu64, session));
	attribute(&b, "statusCallback", hook_url(c, a, &hook));
	attribute(&b, "statusCallbackMethod", "POST");
	attribute(&b, "statusCallbackEvent", "start end join leave");
	into_room(&b, room);
	return end(&b);
}

const char *
twiml_through(struct connection *c, struct arena *a, const struct dial *d)
{
	struct hook done = { c->config.id, d->attempt, LEG_CONTACT, HOOK_DIAL };
	struct hook status = { c->config.id, d->attempt, LEG_CONTACT, HOOK_STATUS };
	struct buf b;

	begin(&b, a);
	buf_text(&b, "<Dial");
	attribute(&b, "answerOnBridge", "true");
	attribute(&b, "callerId", d->from);
	attribute_number(&b, "timeout", d->ring_seconds);
	if (d->max_seconds > 0)
		attribute_number(&b, "timeLimit", d->max_seconds);
	attribute(&b, "method", "POST");
	attribute(&b, "action", hook_url(c, a, &done));
	buf_text(&b, "><Number");
	attribute(&b, "statusCallback", hook_url(c, a, &status));
	attribute(&b, "statusCallbackEvent", "initiated ringing answered completed");
	buf_text(&b, ">");
	xml(&b, d->to);
	buf_text(&b, "</Number></Dial>");
	return end(&b);
}

/* As a participant by dial_contact: starts nothing, ends nothing, and who is in the room is told by the agent's leg. */
const char *
twiml_enter(struct arena *a, uint64_t attempt, const char *room)
{
	struct buf b;

	begin(&b, a);
	dial_room(&b, false, arena_fmt(a, "contact-%" PRIu64, attempt));
	into_room(&b, room);
	return end(&b);
}

const char *
twiml_sorry(struct arena *a, const char *sentence, const char *lang)
{
	struct buf b;

	begin(&b, a);
	buf_text(&b, "<Say");
	attribute(&b, "language", lang);
	buf_text(&b, ">");
	xml(&b, sentence);
	buf_text(&b, "</Say><Hangup/>");
	return end(&b);
}

const char *
twiml_hang_up(void)
{
	return DECLARATION "<Response><Hangup/></Response>";
}
