/*
 * calls.c - what becomes of a call: rings, is answered or not, talks, ends; and what is told about it.
 */
#include "sim.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/urlenc.h"

enum { SAYS_MS = 5000 };	/* as long as a sentence takes */

enum what { DIALS, RINGS, ANSWERS, HEARD, ENDS, PRESSES };
struct due { int64_t at_ms; enum what what; struct call *call; };

static struct call **calls;
static unsigned ncalls, room_for;
static struct due *due;
static size_t ndue, due_room;

static void
later(struct call *c, enum what what, int64_t ms)
{
	if (ndue == due_room) {
		due_room = due_room == 0 ? 64 : 2 * due_room;
		due = must_realloc(due, due_room * sizeof(*due));
	}
	due[ndue++] = (struct due){ now_ms() + ms / options.speed, what, c };
}

struct call *
call_new(bool agent, const char *to, const char *from)
{
	struct call *c = must_alloc(sizeof(*c));

	if (ncalls == room_for) {
		room_for = room_for == 0 ? 256 : 2 * room_for;
		calls = must_realloc(calls, room_for * sizeof(struct call *));
	}
	c->number = ncalls;
	calls[ncalls++] = c;
	snprintf(c->sid, sizeof(c->sid), "CA%08x%016llx%08x", options.seed, (unsigned long long)clock_now_us(), c->number);
	snprintf(c->to, sizeof(c->to), "%s", to);
	snprintf(c->from, sizeof(c->from), "%s", from);
	c->agent = agent;
	c->created_us = clock_now_us();
	c->script = script_of(to);
	return c;
}

struct call *
call_nth(unsigned n)
{
	return n < ncalls ? calls[n] : NULL;
}

struct call *
call_of(const char *sid)
{
	unsigned n;

	if (strlen(sid) != 34)
		return NULL;
	n = (unsigned)strtoul(sid + 26, NULL, 16);
	return n < ncalls && strcmp(calls[n]->sid, sid) == 0 ? calls[n] : NULL;
}

const char *
room_id(const struct call *agent)
{
	static char id[35];

	snprintf(id, sizeof(id), "CF%s", agent->sid + 2);
	return id;
}

struct call *
room_of(const char *name)
{
	for (unsigned i = ncalls; i-- > 0; )
		if (calls[i]->agent && calls[i]->joined && calls[i]->state == IN_PROGRESS &&
		    (strcmp(calls[i]->room, name) == 0 || strcmp(room_id(calls[i]), name) == 0))
			return calls[i];
	return NULL;
}

/* --- what is told --- */

static const char *
rfc2822(struct arena *a)
{
	struct tm t = clock_local("UTC", clock_now_us());
	char text[40];

	strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S +0000", &t);
	return arena_strdup(a, text);
}

static void
common(struct buf *b, struct arena *a, const struct call *c, const char *word)
{
	urlenc_pair(b, "CallSid", c->sid);
	urlenc_pair(b, "AccountSid", options.account);
	urlenc_pair(b, "From", c->from);
	urlenc_pair(b, "To", c->to);
	urlenc_pair(b, "CallStatus", word);
	urlenc_pair(b, "ApiVersion", "2010-04-01");
	urlenc_pair(b, "Direction", "outbound-api");
	urlenc_pair(b, "Timestamp", rfc2822(a));
}

/* A webhook may be lost, doubled, late: by chance, the same chance each time. */
static void
tell(const char *url, struct buf *b, uint64_t of, const char *what)
{
	unsigned luck = chance(what, of, 100), late = 0;

	if (url == NULL || luck < options.lost)
		return;
	luck = (luck + 100 - options.lost) % 100;
	if (luck >= options.doubled && luck < options.doubled + options.late)
		late = 3000 + chance("late", of, 15000);
	http_post(url, b->data, late / options.speed, NULL);
	if (luck < options.doubled)
		http_post(url, b->data, chance("double", of, 2000) / options.speed, NULL);
}

static void
tell_status(struct call *c, const char *word)
{
	struct arena *a = arena_new();
	struct buf b;

	buf_init_in(&b, a, 4000);
	common(&b, a, c, word);
	urlenc_pair(&b, "CallbackSource", "call-progress-events");
	urlenc_pair(&b, "SequenceNumber", arena_fmt(a, "%u", c->sequence++));
	if (c->state == OVER) {
		int64_t s = c->answered_us == 0 ? 0 : (c->ended_us - c->answered_us) * options.speed / SECOND_US;
		urlenc_pair(&b, "CallDuration", arena_fmt(a, "%lld", (long long)s));
		urlenc_pair(&b, "Duration", arena_fmt(a, "%lld", (long long)((s + 59) / 60)));
		if (c->sip != 0)
			urlenc_pair(&b, "SipResponseCode", arena_fmt(a, "%d", c->sip));
	}
	tell(c->callback, &b, c->number, word);
	arena_free(a);
}

static void
tell_room(struct call *agent, struct call *who, const char *event)
{
	struct arena *a = arena_new();
	struct buf b;

	buf_init_in(&b, a, 4000);
	urlenc_pair(&b, "ConferenceSid", room_id(agent));
	urlenc_pair(&b, "FriendlyName", agent->room);
	urlenc_pair(&b, "AccountSid", options.account);
	urlenc_pair(&b, "StatusCallbackEvent", event);
	urlenc_pair(&b, "Timestamp", rfc2822(a));
	urlenc_pair(&b, "CallSid", who->sid);
	urlenc_pair(&b, "ParticipantLabel", who->label);
	urlenc_pair(&b, "Muted", "false");
	tell(agent->room_callback, &b, who->number, event);
	arena_free(a);
}

/* --- what happens --- */

static void
leave(struct call *c)
{
	struct call *agent = c->agent ? c : room_of(c->room);

	if (!c->joined || agent == NULL)
		return;
	tell_room(agent, c, "participant-leave");
	c->joined = false;
	if (!c->agent)
		return;
	for (unsigned i = 0; i < ncalls; i++)	/* endConferenceOnExit */
		if (!calls[i]->agent && calls[i]->state == IN_PROGRESS && strcmp(calls[i]->room, c->room) == 0)
			call_end(calls[i], "completed", 200);
}

void
call_end(struct call *c, const char *word, int sip)
{
	if (c->state == OVER)
		return;
	leave(c);
	c->state = OVER;
	c->word = word;
	c->sip = sip;
	c->ended_us = clock_now_us();
	tell_status(c, word);
}

static void
join(struct call *c)
{
	struct call *agent = c->agent ? c : room_of(c->room);

	c->joined = agent != NULL;
	if (agent != NULL)
		tell_room(agent, c, "participant-join");
	else
		call_end(c, "completed", 200);	/* into a room that has closed meanwhile */
}

/* Which instructions there are for who has answered: asked for once, as after a key. */
static void
ask_where(struct call *c)
{
	struct arena *a = arena_new();
	struct buf b;

	buf_init_in(&b, a, 4000);
	common(&b, a, c, "in-progress");
	http_post(c->answer_url, b.data, 0, c);
	arena_free(a);
}

static void
answers(struct call *c)
{
	c->state = IN_PROGRESS;
	c->answered_us = clock_now_us();
	tell_status(c, "in-progress");
	if (c->agent) {
		later(c, PRESSES, 1500);
		return;
	}
	if (c->amd_callback != NULL)
		later(c, HEARD, 3500);
	later(c, ENDS, c->script.talk_ms);
	if (c->answer_url != NULL)
		ask_where(c);
	else
		join(c);
}

static void
heard(struct call *c)
{
	const char *by = c->script.end == END_MACHINE ? "machine_start" : c->script.end == END_FAX ? "fax" : "human";
	struct arena *a;
	struct buf b;

	if (c->state != IN_PROGRESS)
		return;
	snprintf(c->answered_by, sizeof(c->answered_by), "%s", by);
	a = arena_new();
	buf_init_in(&b, a, 4000);
	common(&b, a, c, "in-progress");
	urlenc_pair(&b, "AnsweredBy", by);
	urlenc_pair(&b, "MachineDetectionDuration", "3400");
	tell(c->amd_callback, &b, c->number, "amd");
	arena_free(a);
}

/* A voicemail presses nothing. Instructions are asked for once: this is no webhook that may be lost. */
static void
presses(struct call *c)
{
	struct arena *a;
	struct buf b;

	if (c->state != IN_PROGRESS || c->key_action == NULL)
		return;
	a = arena_new();
	buf_init_in(&b, a, 4000);
	common(&b, a, c, "in-progress");
	urlenc_pair(&b, "Digits", c->script.end == END_MACHINE ? "" : "1");
	http_post(c->key_action, b.data, 0, c);
	arena_free(a);
}

/* The value of an attribute, or the text up to the next tag; malloc'd, with &amp; undone. */
static char *
between(const char *s, const char *from, char until)
{
	const char *p = strstr(s, from), *end;
	char *out, *o;

	if (p == NULL || (end = strchr(p += strlen(from), until)) == NULL)
		return NULL;
	out = o = must_alloc((size_t)(end - p) + 1);
	while (p < end) {
		bool amp = strncmp(p, "&amp;", 5) == 0;
		*o++ = *p;
		p += amp ? 5 : 1;
	}
	return out;
}

void
call_instructed(struct call *c, const char *twiml)
{
	const char *conference = strstr(twiml, "<Conference");
	char *room, *label;

	if (c->state != IN_PROGRESS)
		return;
	if (conference == NULL && strstr(twiml, "<Say") != NULL) {
		later(c, ENDS, SAYS_MS);
		return;
	}
	if (conference == NULL) {
		call_end(c, "completed", 200);
		return;
	}
	if (!c->agent && (label = between(conference, "participantLabel=\"", '"')) != NULL) {
		snprintf(c->label, sizeof(c->label), "%s", label);
		free(label);
	}
	free(c->room_callback);
	c->room_callback = between(conference, "statusCallback=\"", '"');
	room = between(strchr(conference, '>') == NULL ? "" : strchr(conference, '>'), ">", '<');
	snprintf(c->room, sizeof(c->room), "%s", room == NULL ? "" : room);
	free(room);
	join(c);
}

static void
rings(struct call *c)
{
	static const struct { enum end end; const char *word; int sip; } at_once[] = {
		{ END_BUSY, "busy", 486 }, { END_INVALID, "failed", 404 }, { END_NETWORK, "failed", 503 }, { END_OFF, "failed", 480 },
	};

	for (size_t i = 0; i < NITEMS(at_once) && !c->agent; i++)
		if (c->script.end == at_once[i].end) {
			call_end(c, at_once[i].word, at_once[i].sip);
			return;
		}
	c->state = RINGING;
	tell_status(c, "ringing");
	if (c->script.end == END_RINGS || c->script.ring_ms > c->timeout_s * 1000)
		later(c, ENDS, (int64_t)c->timeout_s * 1000);
	else if (c->script.end == END_DECLINES)
		later(c, ENDS, c->script.ring_ms);
	else
		later(c, ANSWERS, c->agent ? 800 : c->script.ring_ms);
}

static void
ends(struct call *c)
{
	if (c->state == IN_PROGRESS)
		call_end(c, "completed", 200);
	else if (c->state == RINGING && c->script.end == END_DECLINES)
		call_end(c, "busy", 603);
	else if (c->state == RINGING)
		call_end(c, "no-answer", 487);
}

static void
happen(struct call *c, enum what what)
{
	switch (what) {
	case DIALS:
		if (c->state != QUEUED)
			return;
		c->state = INITIATED;
		tell_status(c, "initiated");
		later(c, RINGS, 400);
		return;
	case RINGS:
		if (c->state == INITIATED)
			rings(c);
		return;
	case ANSWERS:
		if (c->state == RINGING)
			answers(c);
		return;
	case HEARD:	heard(c); return;
	case ENDS:	ends(c); return;
	case PRESSES:	presses(c); return;
	}
}

void
call_begin(struct call *c)
{
	later(c, DIALS, 20);
}

const char *
state_word(const struct call *c)
{
	static const char *const words[] = { "queued", "queued", "ringing", "in-progress" };

	return c->state == OVER ? c->word : words[c->state];
}

int64_t
calls_due(void)
{
	int64_t next = -1, now = now_ms();

	for (size_t i = 0; i < ndue; i++)
		if (next < 0 || due[i].at_ms - now < next)
			next = due[i].at_ms > now ? due[i].at_ms - now : 0;
	return next;
}

void
calls_turn(void)
{
	int64_t now = now_ms();

	for (size_t i = 0; i < ndue; )
		if (due[i].at_ms <= now) {
			struct due d = due[i];
			due[i] = due[--ndue];
			happen(d.call, d.what);
		} else
			i++;
}
