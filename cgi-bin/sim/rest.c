/*
 * rest.c - the company's address: calls and participants are made, ended, asked for; as Twilio's OpenAPI file describes them.
 */
#include "sim.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/json.h"
#include "plumb/seal.h"
#include "plumb/urlenc.h"

#define ROOT	"/2010-04-01/Accounts/"
#define PAIRS	60
#define PRICE	"-0.00850"
#define PRICE_AFTER_US	(3 * SECOND_US)
#define LIST_MOST	200

struct form { struct { const char *name, *value; } pair[PAIRS]; size_t n; };

static bool
take(void *ctx, const char *name, const char *value)
{
	struct form *f = ctx;

	if (f->n == PAIRS)
		return false;
	f->pair[f->n].name = name;
	f->pair[f->n++].value = value;
	return true;
}

static const char *
get(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->pair[i].name, name) == 0)
			return f->pair[i].value;
	return "";
}

static struct answer_out
refuse(struct arena *a, int status, int code, const char *message)
{
	struct json *o = json_object(a);

	json_int(o, "code", code);
	json_text(o, "message", message);
	json_int(o, "status", status);
	return (struct answer_out){ .status = status, .body = json_string(o) };
}

static const char *
moment(struct arena *a, int64_t us)
{
	struct tm t;
	char text[40];

	if (us == 0)
		return NULL;
	t = clock_local("UTC", us);
	strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S +0000", &t);
	return arena_strdup(a, text);
}

static struct json *
resource(struct arena *a, const struct call *c)
{
	struct json *o = json_object(a);
	bool over = c->state == OVER, talked = over && c->answered_us != 0;

	json_text(o, "sid", c->sid);
	json_text(o, "account_sid", options.account);
	json_text(o, "to", c->to);
	json_text(o, "from", c->from);
	json_text(o, "status", state_word(c));
	json_text(o, "direction", "outbound-api");
	json_text(o, "date_created", moment(a, c->created_us));
	json_text(o, "start_time", moment(a, c->answered_us));
	json_text(o, "end_time", moment(a, c->ended_us));
	json_text(o, "duration", !over ? NULL : arena_fmt(a, "%lld", talked ?
	    (long long)((c->ended_us - c->answered_us) * options.speed / SECOND_US) : 0LL));
	json_text(o, "price", talked && clock_now_us() - c->ended_us > PRICE_AFTER_US ? PRICE : NULL);
	json_text(o, "price_unit", "USD");
	json_text(o, "answered_by", c->answered_by[0] == '\0' ? NULL : c->answered_by);
	json_text(o, "queue_time", "0");
	return o;
}

/* A copy without what stands behind '#': obeyed, never sent. */
static char *
url_of(const struct form *f, const char *name)
{
	const char *v = get(f, name);
	size_t n = strcspn(v, "#");
	char *s;

	if (n == 0)
		return NULL;
	s = must_alloc(n + 1);
	memcpy(s, v, n);
	return s;
}

static bool
e164(const char *s)
{
	size_t n = strlen(s);

	return s[0] == '+' && n >= 8 && n <= 16 && strspn(s + 1, "0123456789") == n - 1;
}

/* How the company behaves is the number's script; *out is what it answers, whether it rings or not. */
static bool
manner(struct arena *a, const struct script *s, const char *to, struct answer_out *out)
{
	static char seen[64][17];
	static unsigned n;

	switch (s->manner) {
	case MANNER_GOOD:	return true;
	case MANNER_REFUSES:	*out = refuse(a, 400, 21211, "The 'To' number is not a valid phone number."); return false;
	case MANNER_FAILS:	*out = refuse(a, 500, 20500, "Internal error"); return false;
	case MANNER_SILENT:	*out = (struct answer_out){ .never = true }; return false;
	case MANNER_GARBAGE:	*out = (struct answer_out){ .status = 200, .body = "<html>maintenance</html>" }; return false;
	case MANNER_TOO_MANY:
		for (unsigned i = 0; i < NITEMS(seen); i++)
			if (strcmp(seen[i], to) == 0)
				return true;
		snprintf(seen[n++ % NITEMS(seen)], sizeof(seen[0]), "%s", to);
		*out = refuse(a, 429, 20429, "Too many requests");
		out->retry_after_s = 7 / options.speed > 0 ? 7 / options.speed : 1;
		return false;
	case MANNER_FAILS_AND_RINGS:	*out = refuse(a, 500, 20500, "Internal error"); return true;
	case MANNER_SILENT_AND_RINGS:	*out = (struct answer_out){ .never = true }; return true;
	}
	return true;
}

static struct answer_out
place(struct arena *a, const struct form *f, const char *room)
{
	const char *to = get(f, "To"), *from = get(f, "From"), *twiml = get(f, "Twiml"), *p;
	struct answer_out out = { 0 };
	struct script script = script_of(to);
	struct call *agent = NULL, *c;
	struct json *o;

	if (!e164(to))
		return refuse(a, 400, 21211, "The 'To' number is not a valid phone number.");
	if (!e164(from))
		return refuse(a, 400, 21210, "The source phone number provided is not yet verified.");
	if (room != NULL && (agent = room_of(room)) == NULL)
		return refuse(a, 404, 20404, "The requested resource was not found");
	if (room == NULL && twiml[0] == '\0' && get(f, "Url")[0] == '\0')
		return refuse(a, 400, 21205, "Url parameter is required");
	if (twiml[0] == '\0' && !manner(a, &script, to, &out))
		return out;
	c = call_new(twiml[0] != '\0', to, from);
	c->timeout_s = (unsigned)strtoul(get(f, "Timeout"), NULL, 10);
	if (c->timeout_s == 0)
		c->timeout_s = 60;
	c->callback = url_of(f, "StatusCallback");
	c->amd_callback = url_of(f, room == NULL ? "AsyncAmdStatusCallback" : "AmdStatusCallback");
	c->answer_url = room == NULL && twiml[0] == '\0' ? url_of(f, "Url") : NULL;
	snprintf(c->label, sizeof(c->label), "%s", get(f, "Label"));
	if (agent != NULL)
		snprintf(c->room, sizeof(c->room), "%s", agent->room);
	else if ((p = strstr(twiml, "action=\"")) != NULL) {
		size_t n = strcspn(p += 8, "\"");
		c->key_action = must_alloc(n + 1);
		for (size_t i = 0, k = 0; i < n; i++) {
			c->key_action[k++] = p[i];
			if (strncmp(p + i, "&amp;", 5) == 0)
				i += 4;
		}
		snprintf(c->label, sizeof(c->label), "%s", "agent");
	}
	call_begin(c);
	if (out.status != 0 || out.never)
		return out;
	o = resource(a, c);
	if (room != NULL) {
		o = json_object(a);
		json_text(o, "call_sid", c->sid);
		json_text(o, "conference_sid", room_id(agent));
		json_text(o, "label", c->label);
		json_text(o, "status", "queued");
	}
	return (struct answer_out){ .status = 201, .body = json_string(o) };
}

static struct answer_out
change(struct arena *a, struct call *c, const char *status)
{
	if (strcmp(status, "canceled") != 0 && strcmp(status, "completed") != 0)
		return refuse(a, 400, 20001, "Unknown status");
	if (c->state == OVER)
		return refuse(a, 400, 21220, "Call is not in-progress. Cannot redirect.");
	if (c->state != IN_PROGRESS)
		call_end(c, "canceled", 487);
	else if (strcmp(status, "completed") == 0)
		call_end(c, "completed", 200);
	return (struct answer_out){ .status = 200, .body = json_string(resource(a, c)) };
}

static struct answer_out
list(struct arena *a, const struct form *f)
{
	struct json *o = json_object(a), *all = json_array(a);
	const char *to = get(f, "To"), *from = get(f, "From"), *status = get(f, "Status");
	unsigned n = 0;

	for (unsigned i = 0; call_nth(i) != NULL && n < LIST_MOST; i++) {
		const struct call *c = call_nth(i);
		bool queued = c->state == QUEUED;

		if ((to[0] != '\0' && strcmp(to, c->to) != 0) || (from[0] != '\0' && strcmp(from, c->from) != 0) ||
		    (status[0] != '\0' ? strcmp(status, state_word(c)) != 0 : queued))
			continue;
		json_add(all, resource(a, c));
		n++;
	}
	json_put(o, "calls", all);
	json_text(o, "next_page_uri", NULL);
	return (struct answer_out){ .status = 200, .body = json_string(o) };
}

static struct answer_out
account(struct arena *a)
{
	struct json *o = json_object(a);

	json_text(o, "sid", options.account);
	json_text(o, "status", "active");
	json_text(o, "friendly_name", "Simulation");
	return (struct answer_out){ .status = 200, .body = json_string(o) };
}

/* Any number may be a caller id here. */
static struct answer_out
numbers(struct arena *a, const struct form *f)
{
	struct json *o = json_object(a), *all = json_array(a), *one = json_object(a);

	json_text(one, "phone_number", get(f, "PhoneNumber"));
	json_add(all, one);
	json_put(o, "incoming_phone_numbers", all);
	return (struct answer_out){ .status = 200, .body = json_string(o) };
}

static bool
signed_in(struct arena *a, const char *authorization)
{
	const char *want = arena_fmt(a, "%s:%s", options.account, options.token);

	want = arena_fmt(a, "Basic %s", seal_base64(a, want, strlen(want)));
	return authorization != NULL && strlen(authorization) == strlen(want) && seal_equal(authorization, want, strlen(want));
}

struct answer_out
rest(struct arena *a, const char *method, const char *target, const char *authorization, const char *body)
{
	const char *root = arena_fmt(a, ROOT "%s", options.account), *query = strchr(target, '?'), *p;
	char *path = arena_strndup(a, target, strcspn(target, "?"));
	bool post = strcmp(method, "POST") == 0;
	struct form form = { .n = 0 };
	struct call *c;

	if (!signed_in(a, authorization))
		return refuse(a, 401, 20003, "Authenticate");
	if (strncmp(path, root, strlen(root)) != 0)
		return refuse(a, 404, 20404, "The requested resource was not found");
	path += strlen(root);
	if (!form_parse(a, query == NULL ? "" : query + 1, query == NULL ? 0 : strlen(query + 1), take, &form) ||
	    !form_parse(a, body, strlen(body), take, &form))
		return refuse(a, 400, 20001, "The request is malformed");
	if (strcmp(path, ".json") == 0)
		return account(a);
	if (strcmp(path, "/IncomingPhoneNumbers.json") == 0)
		return numbers(a, &form);
	if (strcmp(path, "/Calls.json") == 0)
		return post ? place(a, &form, NULL) : list(a, &form);
	if (strncmp(path, "/Conferences/", 13) == 0 && post && (p = strstr(path, "/Participants.json")) != NULL)
		return place(a, &form, arena_strndup(a, path + 13, (size_t)(p - path) - 13));
	if (strncmp(path, "/Calls/", 7) == 0 && strlen(path) == 7 + 34 + 5 && (c = call_of(arena_strndup(a, path + 7, 34))) != NULL) {
		if (post)
			return change(a, c, get(&form, "Status"));
		return (struct answer_out){ .status = 200, .body = json_string(resource(a, c)) };
	}
	return refuse(a, 404, 20404, "The requested resource was not found");
}
