/*
 * hook.c - paths and verdicts of hook.h.
 */
#include "provider/provider_in.h"

#include <inttypes.h>

#include "plumb/arena.h"

#define AS_WORD(id, word, ...) [id] = word,
#define AS_STATUS(id, word, status) [id] = status,
static const char *const hook_words[HOOK__MAX] = { HOOKS(AS_WORD) };
static const char *const verdict_words[VERDICT__MAX] = { VERDICTS(AS_WORD) };
static const enum http statuses[VERDICT__MAX] = { VERDICTS(AS_STATUS) };

const char *
verdict_word(enum verdict v)
{
	assert((unsigned)v < VERDICT__MAX);
	return verdict_words[v];
}

enum http
verdict_status(enum verdict v)
{
	assert((unsigned)v < VERDICT__MAX);
	return statuses[v];
}

/* "/" and a number without leading zeros (0 itself is one); moves *s behind it. */
static bool
read_id(const char **s, uint64_t *out)
{
	const char *p = *s;
	uint64_t v = 0;
	size_t n;

	if (*p++ != '/')
		return false;
	n = strspn(p, "0123456789");
	if (n == 0 || n > 19 || (n > 1 && *p == '0'))
		return false;
	for (size_t i = 0; i < n; i++)
		v = v * 10 + (uint64_t)(p[i] - '0');
	*out = v;
	*s = p + n;
	return true;
}

/* "/" and a word; its length, 0: there is none. */
static size_t
word_at(const char *s)
{
	return *s == '/' ? strspn(s + 1, "abcdefghijklmnopqrstuvwxyz") : 0;
}

bool
hook_path_read(const char *uri, struct hook *out)
{
	const char *s = uri;
	size_t n;

	*out = (struct hook){ .leg = LEG_NONE };
	if (strncmp(s, "/hooks", 6) != 0)
		return false;
	s += 6;
	if (!read_id(&s, &out->connection) || !read_id(&s, &out->id))
		return false;
	n = word_at(s);
	if (n == 7 && strncmp(s + 1, "contact", 7) == 0)
		out->leg = LEG_CONTACT;
	else if (n == 5 && strncmp(s + 1, "agent", 5) == 0)
		out->leg = LEG_AGENT;
	else
		return false;
	s += 1 + n;
	n = word_at(s);
	for (unsigned i = n == 0 ? HOOK__MAX : 1; i < HOOK__MAX; i++)
		if (strlen(hook_words[i]) == n && strncmp(s + 1, hook_words[i], n) == 0)
			out->what = (enum hook_what)i;
	if (n != 0) {
		if (out->what == HOOK_STATUS)
			return false;
		s += 1 + n;
	}
	return *s == '\0' || *s == '?';
}

char *
hook_path(struct arena *a, const struct hook *h)
{
	assert(h->leg != LEG_NONE && (unsigned)h->what < HOOK__MAX);
	return arena_fmt(a, "/hooks/%" PRIu64 "/%" PRIu64 "/%s%s%s", h->connection, h->id,
	    h->leg == LEG_CONTACT ? "contact" : "agent", h->what == HOOK_STATUS ? "" : "/", hook_words[h->what]);
}

char *
hook_url(struct connection *c, struct arena *a, const struct hook *h)
{
	return arena_fmt(a, "%s%s", c->public_url, hook_path(a, h));
}

void
hook_turn_away(struct connection *c, struct hook_answer *answer)
{
	if (c->adapter->end_answer != NULL)
		answer->body = c->adapter->end_answer();
}

void
hook_room(struct connection *c, struct arena *a, uint64_t attempt, const char *room, struct hook_answer *answer)
{
	if (c->adapter->room_answer != NULL)
		answer->body = c->adapter->room_answer(a, attempt, room);
}

void
hook_sorry(struct connection *c, struct arena *a, const char *sentence, const char *lang, struct hook_answer *answer)
{
	if (c->adapter->sorry_answer != NULL)
		answer->body = c->adapter->sorry_answer(a, sentence, lang);
}

struct fact
fact_of_hook(const struct hook *h)
{
	return (struct fact){
		.source = SOURCE_WEBHOOK, .leg = h->leg,
		.attempt = h->leg == LEG_CONTACT ? h->id : 0,
		.session = h->leg == LEG_AGENT ? h->id : 0,
	};
}
