/*
 * client.c - our side of a provider's interface as a program, for tests in node: one verb on one connection, and what came
 * of it as lines `name value`. The connection is in the environment; absent means not set.
 *
 *	PROVIDER=twilio BASE=http://127.0.0.1:4010 ACCOUNT=AC... SECRET=... client dial-contact
 */
#include <inttypes.h>

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/fetch.h"
#include "provider/hook.h"
#include "provider/twilio.h"

#define CALL	"CA00000000000000000000000000000001"
#define T0	INT64_C(1795442400000000)

static struct arena *a;
static struct connection *c;
static struct answer said;

static const char *const dialed_words[] = { "accepted", "refused", "unknown", "not_sent" };
static const char *const asked_words[] = { "ok", "gone", "later", "refused" };
static const char *const fetched_words[] = { "answered", "not_sent", "unknown" };

static const char *
env(const char *name, const char *otherwise)
{
	const char *s = getenv(name);

	return s != NULL ? s : otherwise;
}

static int
say(const char *what, const char *word)
{
	printf("%s %s\nclass %s\ntrouble %s\nstatus %d\ncode %s\ncall %s\nretry_after %u\nqueue_ms %u\n", what, word,
	    call_class_word(said.class), trouble_word(said.trouble), said.status, said.code, said.call, said.retry_after_s,
	    said.queue_ms);
	return 0;
}

static void
say_facts(const struct facts *facts)
{
	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *f = &facts->fact[i];

		printf("fact %s class=%s amd=%s word=%s seconds=%d cost=%" PRId64 "%s proves=%d attempt=%" PRIu64 " leg=%d digit=%c\n",
		    fact_kind_word(f->kind), call_class_word(f->class), amd_word(f->amd), f->word,
		    f->has_seconds ? (int)f->seconds : -1, f->cost_micro, f->currency, f->proves_answer, f->attempt, f->leg,
		    f->digit != 0 ? f->digit : '-');
	}
}

static struct dial
a_dial(enum leg leg)
{
	return (struct dial){
		.leg = leg, .attempt = 42, .session = 7, .to = env("TO", "+15145550123"), .from = "+15145550100", .room = "7_x9",
		.through = "+15145550111", .ring_seconds = 25, .max_seconds = 3600, .amd = true,
		.ask_key = "Appuyez sur 1 pour commencer l’appel & \"merci\" <3", .lang = "fr-CA",
	};
}

/* room NULL: for nobody in particular */
static int
dials_into(enum leg leg, const char *room)
{
	struct dial d = a_dial(leg);
	struct timespec from, to;
	enum dialed r;

	d.room = room;
	/* its own time: starting this program on a busy machine takes longer than that */
	clock_gettime(CLOCK_MONOTONIC, &from);
	r = connection_dial(c, a, &d, &said);
	clock_gettime(CLOCK_MONOTONIC, &to);
	printf("ms %ld\n", (to.tv_sec - from.tv_sec) * 1000L + (to.tv_nsec - from.tv_nsec) / 1000000);
	return say("dialed", dialed_words[r]);
}

static int
dial_agent(void)
{
	return dials_into(LEG_AGENT, "7_x9");
}

static int
dial_contact(void)
{
	return dials_into(LEG_CONTACT, "7_x9");
}

static int
dial_alone(void)
{
	return dials_into(LEG_CONTACT, NULL);
}

static int
hang_up(void)
{
	return say("asked", asked_words[connection_hang_up(c, a, env("CALL", CALL), &said)]);
}

static int
fetch_call(void)
{
	const struct fact about = { .leg = LEG_CONTACT, .attempt = 42 };
	struct facts facts;
	enum asked r = connection_fetch(c, a, env("CALL", CALL), &about, &facts, &said);

	say_facts(&facts);
	return say("asked", asked_words[r]);
}

static int
list(void)
{
	struct listing l;
	enum asked r = connection_list(c, a, "+15145550123", "+15145550100", T0, T0 + DAY_US, &l, &said);

	for (size_t i = 0; i < l.n; i++) {
		printf("listed %s %s %s %" PRId64 "\n", l.call[i].call, l.call[i].to, l.call[i].from, l.call[i].created_us);
		say_facts(&l.call[i].facts);
	}
	printf("more %d\n", l.more);
	return say("asked", asked_words[r]);
}

static int
participants(void)
{
	struct participants p;
	enum asked r = connection_participants(c, a, env("ROOM", "7_x9"), &p, &said);

	for (size_t i = 0; i < p.n; i++)
		printf("participant %s %s\n", p.who[i].call, p.who[i].label);
	return say("asked", asked_words[r]);
}

static int
check(void)
{
	return say("check", trouble_word(connection_check(c, a, getenv("FROM"), &said)));
}

static int
check_browser(void)
{
	return say("check", trouble_word(connection_check_browser(c, a, &said)));
}

static int
ask_key(void)
{
	struct dial d = a_dial(LEG_AGENT);

	return say("asked", asked_words[connection_ask_key(c, a, "v3:agent", &d, &said)]);
}

static int
bridge(void)
{
	return say("asked", asked_words[connection_bridge(c, a, "v3:contact", "v3:agent", &said)]);
}

static int
token(void)
{
	const char *t = connection_agent_token(c, a, 7, "x9", 3600, T0);

	printf("%s\n", t != NULL ? t : "none");
	return 0;
}

static int
twiml(void)
{
	struct dial d = a_dial(LEG_AGENT), contact = a_dial(LEG_CONTACT);

	printf("ask %s\nroom %s\nthrough %s\nend %s\nenter %s\nsorry %s\n", twiml_ask_key(c, a, &d), twiml_room(c, a, 7, "7_x9"),
	    twiml_through(c, a, &contact), twiml_hang_up(), twiml_enter(a, 42, "7_x9"),
	    twiml_sorry(a, "Bonjour, ici « Les Amis » & <nous>. Au revoir.", "fr-CA"));
	return 0;
}

/* A request that nobody may take: proves that whoever judges the others is awake. */
static int
broken(void)
{
	struct fetch_answer got;
	const struct fetch_request rq = {
		.method = "POST", .url = arena_fmt(a, "%s/2010-04-01/Accounts/%s/Calls.json", getenv("BASE"), getenv("ACCOUNT")),
		.user = getenv("ACCOUNT"), .password = getenv("SECRET"), .content_type = "application/x-www-form-urlencoded",
		.body = "From=%2B15145550100&Timeout=abc",
	};
	enum fetched f = fetch(a, &rq, &got);

	printf("fetched %s\nstatus %d\n", fetched_words[f], got.status);
	return 0;
}

/* A webhook: URI, TYPE, headers SIGNATURE and STAMP, NOW in seconds; the body from standard input. */
static const char *
header(void *ctx, const char *name)
{
	(void)ctx;
	if (strstr(name, "signature") != NULL)
		return getenv("SIGNATURE");
	return strcmp(name, "telnyx-timestamp") == 0 ? getenv("STAMP") : NULL;
}

static int
hook(void)
{
	unsigned char body[HOOK_BODY_MOST];
	size_t n = fread(body, 1, sizeof(body), stdin);
	struct hook_request rq = {
		.method = "POST", .uri = env("URI", ""), .content_type = getenv("TYPE"), .body = body, .len = n, .header = header,
		.now_us = strtoll(env("NOW", "0"), NULL, 10) * SECOND_US,
	};
	struct hook_answer answer = { .status = HTTP_NOT_FOUND };
	struct facts facts = { 0 };
	struct hook where;
	enum verdict v = hook_verify(c, a, &rq);

	if (verdict_good(v) && hook_path_read(rq.uri, &where)) {
		if (hook_read(c, a, &where, &rq, &facts, &answer) == VERDICT_OK)
			say_facts(&facts);
		if (answer.body != NULL)
			printf("body %s\n", answer.body);
	}
	printf("verdict %s\n", verdict_word(v));
	return 0;
}

static const struct { const char *name; int (*run)(void); } verbs[] = {
	{ "dial-agent", dial_agent }, { "dial-contact", dial_contact }, { "dial-alone", dial_alone }, { "hang-up", hang_up }, { "fetch", fetch_call }, { "list", list },
	{ "participants", participants }, { "check", check }, { "check-browser", check_browser }, { "ask-key", ask_key }, { "bridge", bridge }, { "token", token },
	{ "twiml", twiml }, { "broken", broken }, { "hook", hook },
};

int
main(int argc, char **argv)
{
	const struct connection_config k = {
		.id = 3, .provider = provider_of(getenv("PROVIDER")), .base_url = getenv("BASE"),
		.public_url = env("PUBLIC", "https://calls.example.org"), .account = getenv("ACCOUNT"),
		.secret = { getenv("SECRET"), getenv("SECRET2") }, .api_secret = getenv("API_SECRET"), .browser_key = getenv("BROWSER_KEY"),
		.browser_secret = getenv("BROWSER_SECRET"), .browser_app = getenv("BROWSER_APP"), .browser_script = getenv("BROWSER_SCRIPT"),
	};
	enum trouble why;

	a = arena_new();
	if ((c = connection_open(a, &k, &why)) == NULL) {
		printf("not open: %s\n", trouble_word(why));
		return 2;
	}
	for (size_t i = 0; argc == 2 && i < NITEMS(verbs); i++)
		if (strcmp(verbs[i].name, argv[1]) == 0)
			return verbs[i].run();
	fprintf(stderr, "client: no such verb\n");
	return 2;
}
