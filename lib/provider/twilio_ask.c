/*
 * twilio_ask.c - what the account knows: one call, the calls to a number, who is in a room, whether it works at all.
 * Numbers come as texts from one and as numbers from another: both are read.
 */
#include "provider/twilio.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/json.h"
#include "plumb/urlenc.h"

enum { PATH_MOST = 2000, PAGE = 200 };

static enum asked
get(struct connection *c, struct arena *a, const char *path, struct json **json, struct answer *out)
{
	struct fetch_answer got;
	enum asked r = asked_of(twilio_ask(c, a, path, NULL, &got, json), &got, out);

	if (r != ASKED_OK) {
		twilio_code(*json, out);
		return r;
	}
	if (*json == NULL) {		/* 200 and no JSON: another site lives there, or half an answer */
		out->trouble = TROUBLE_ANSWER;
		return ASKED_LATER;
	}
	return ASKED_OK;
}

/* --- one call --------------------------------------------------------------------------------------- */

static bool
is_over(const char *state)
{
	static const char *const words[] = { "completed", "busy", "no-answer", "canceled", "failed" };

	for (size_t i = 0; i < NITEMS(words); i++)
		if (strcmp(words[i], state) == 0)
			return true;
	return false;
}

/* The facts of a Call resource. */
static void
facts_of_call(struct arena *a, struct json *call, const struct fact *about, struct facts *facts)
{
	struct fact f = fact_of_poll(about, text_of(call, "sid"));
	const char *state = text_of(call, "status"), *by = text_of(call, "answered_by");
	bool over = is_over(state);
	int64_t seconds;

	if (over) {
		f.at_us = moment_of(text_of(call, "end_time"));
		if (json_as_int(json_get(call, "duration"), &seconds) && seconds >= 0 && seconds <= 1000000) {
			f.has_seconds = true;
			f.seconds = (unsigned)seconds;
		}
	}
	if (*state != '\0')
		twilio_state(a, facts, f, state, NULL);
	f.has_seconds = false;
	if (*by != '\0' && twilio_amd(by) != AMD_NONE) {
		f.kind = FACT_AMD;
		f.amd = twilio_amd(by);
		f.at_us = 0;		/* it was before the end; when, nobody says */
		fact_set_word(&f, by);
		facts_add(a, facts, f, NULL);
		f.amd = AMD_NONE;
	}
	/* stated some time after the end; null until then. Negative: we pay */
	if (over && micro_of(json_as_text(json_get(call, "price")), &f.cost_micro) &&
	    strlen(text_of(call, "price_unit")) == 3) {
		f.kind = FACT_COST;
		f.at_us = 0;
		snprintf(f.currency, sizeof(f.currency), "%s", text_of(call, "price_unit"));
		fact_set_word(&f, text_of(call, "price"));
		facts_add(a, facts, f, NULL);
	}
}

enum asked
twilio_fetch(struct connection *c, struct arena *a, const char *call, const struct fact *about, struct facts *facts,
    struct answer *out)
{
	struct json *json;
	struct buf path;
	enum asked r;

	buf_init_in(&path, a, PATH_MOST);
	buf_text(&path, "/Calls/");
	urlenc_text(&path, call);
	buf_text(&path, ".json");
	if ((r = get(c, a, path.data, &json, out)) != ASKED_OK)
		return r;
	if (!twilio_call_id_ok(c, text_of(json, "sid"))) {
		out->trouble = TROUBLE_ANSWER;
		return ASKED_LATER;
	}
	facts_of_call(a, json, about, facts);
	return ASKED_OK;
}

/* --- the calls to a number --------------------------------------------------------------------------- */

struct window { const char *to, *from; int64_t from_us, until_us; };

/* The call with that id is already there (it was queued, and is no longer). */
static bool
have(const struct listing *l, const char *id)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->call[i].call, id) == 0)
			return true;
	return false;
}

static void
take_calls(struct connection *c, struct arena *a, struct json *json, const struct window *w, struct listing *l)
{
	struct json *calls = json_get(json, "calls"), *call;

	for (size_t i = 0; (call = json_at(calls, i)) != NULL; i++) {
		const char *id = text_of(call, "sid");
		int64_t created = moment_of(text_of(call, "date_created"));
		struct listed *to;

		/* `from` is as the provider writes it; a whole second of its clock may lie before ours */
		if (!twilio_call_id_ok(c, id) || have(l, id) || strcmp(text_of(call, "from"), w->from) != 0 ||
		    strcmp(text_of(call, "to"), w->to) != 0 ||
		    created < w->from_us - w->from_us % SECOND_US - SECOND_US || created > w->until_us)
			continue;
		if (l->n == 2 * PAGE) {
			l->more = true;
			return;
		}
		to = &l->call[l->n++];
		snprintf(to->call, sizeof(to->call), "%s", id);
		snprintf(to->to, sizeof(to->to), "%s", text_of(call, "to"));
		snprintf(to->from, sizeof(to->from), "%s", text_of(call, "from"));
		to->created_us = created;
		facts_of_call(a, call, NULL, &to->facts);
	}
	if (*text_of(json, "next_page_uri") != '\0')
		l->more = true;
}

/* Twice: a call that is still queued has no start time, and the filter by day leaves it out. */
enum asked
twilio_list(struct connection *c, struct arena *a, const char *to, const char *from, int64_t from_us,
    int64_t until_us, struct listing *l, struct answer *out)
{
	const struct window w = { to, from, from_us, until_us };
	struct tm day = clock_local("UTC", from_us);
	char date[11];

	strftime(date, sizeof(date), "%Y-%m-%d", &day);
	l->call = arena_alloc(a, 2 * PAGE * sizeof(*l->call));
	for (int queued = 0; queued <= 1; queued++) {
		struct json *json;
		struct buf query;
		enum asked r;

		buf_init_in(&query, a, PATH_MOST);
		urlenc_pair(&query, "To", to);
		urlenc_pair(&query, "From", from);
		urlenc_pair(&query, queued ? "Status" : "StartTime>", queued ? "queued" : date);
		urlenc_pair(&query, "PageSize", arena_fmt(a, "%d", PAGE));
		if ((r = get(c, a, arena_fmt(a, "/Calls.json?%s", query.data), &json, out)) != ASKED_OK)
			return r;
		take_calls(c, a, json, &w, l);
	}
	return ASKED_OK;
}

/* --- a room ------------------------------------------------------------------------------------------- */

/* The id of the room of that name which is open now. */
static enum asked
room_id(struct connection *c, struct arena *a, const char *room, const char **id, struct answer *out)
{
	struct json *json;
	struct buf query;
	enum asked r;

	buf_init_in(&query, a, PATH_MOST);
	urlenc_pair(&query, "FriendlyName", room);
	urlenc_pair(&query, "Status", "in-progress");
	if ((r = get(c, a, arena_fmt(a, "/Conferences.json?%s", query.data), &json, out)) != ASKED_OK)
		return r;
	*id = text_of(json_at(json_get(json, "conferences"), 0), "sid");
	return id_ok(*id, CALL_ID_MOST) ? ASKED_OK : ASKED_GONE;
}

enum asked
twilio_participants(struct connection *c, struct arena *a, const char *room, struct participants *who,
    struct answer *out)
{
	struct json *json, *list, *p;
	const char *id = room;
	struct buf path;
	enum asked r;

	/* our names have no such length and form; an id needs no look-up */
	if (!(strlen(room) == 34 && strncmp(room, "CF", 2) == 0) && (r = room_id(c, a, room, &id, out)) != ASKED_OK)
		return r;
	buf_init_in(&path, a, PATH_MOST);
	buf_text(&path, "/Conferences/");
	urlenc_text(&path, id);
	buf_fmt(&path, "/Participants.json?PageSize=%d", PAGE);
	if ((r = get(c, a, path.data, &json, out)) != ASKED_OK)
		return r;
	list = json_get(json, "participants");
	who->who = arena_alloc(a, PAGE * sizeof(*who->who));
	for (size_t i = 0; who->n < PAGE && (p = json_at(list, i)) != NULL; i++) {
		if (!twilio_call_id_ok(c, text_of(p, "call_sid")))
			continue;
		snprintf(who->who[who->n].call, sizeof(who->who[0].call), "%s", text_of(p, "call_sid"));
		snprintf(who->who[who->n++].label, sizeof(who->who[0].label), "%s", text_of(p, "label"));
	}
	return ASKED_OK;
}

/* --- does it work? ------------------------------------------------------------------------------------- */

/* Is the number among the account's, or one that it may show? What cannot be asked there is not held against it. */
static enum trouble
check_number(struct connection *c, struct arena *a, const char *from, struct answer *out)
{
	static const struct { const char *path, *list; } places[] = {
		{ "/IncomingPhoneNumbers.json?", "incoming_phone_numbers" },
		{ "/OutgoingCallerIds.json?", "outgoing_caller_ids" },
	};

	for (size_t i = 0; i < NITEMS(places); i++) {
		struct json *json;
		struct buf query;
		enum asked r;

		buf_init_in(&query, a, PATH_MOST);
		urlenc_pair(&query, "PhoneNumber", from);
		r = get(c, a, arena_fmt(a, "%s%s", places[i].path, query.data), &json, out);
		if (r == ASKED_GONE)
			return TROUBLE_NONE;
		if (r != ASKED_OK)
			return out->trouble;
		if (json_at(json_get(json, places[i].list), 0) != NULL)
			return TROUBLE_NONE;
	}
	return TROUBLE_CALLER_ID;
}

enum trouble
twilio_check(struct connection *c, struct arena *a, const char *from, struct answer *out)
{
	struct json *json;
	const char *state, *money;
	enum asked r = get(c, a, ".json", &json, out);

	if (r == ASKED_GONE)
		return TROUBLE_CREDENTIALS;	/* no such account, for this secret */
	if (r != ASKED_OK)
		return out->trouble;
	state = text_of(json, "status");
	if (*state == '\0')
		return TROUBLE_ANSWER;
	if (strcmp(state, "active") != 0)
		return TROUBLE_SUSPENDED;
	if (c->dialect->balance && get(c, a, "/Balance.json", &json, out) == ASKED_OK) {
		money = text_of(json, "balance");
		if (*money == '-' || (*money != '\0' && strtod(money, NULL) <= 0))
			return TROUBLE_FUNDS;
	}
	return from != NULL ? check_number(c, a, from, out) : TROUBLE_NONE;
}
