/*
 * line_browser - a line in the browser: one at a time whoever asks at the same moment, a token of that line alone, who is
 * let in, and what the dialer does when nobody comes. What the connection needs for it goes in, changes and goes out.
 */
#include "queue_world.h"

#include "domain/dialer.h"
#include "domain/line.h"
#include "domain/trunk.h"

#define KEY "SK0123456789abcdef0123456789abcdef"
#define APP "AP0123456789abcdef0123456789abcdef"

static struct trunk_typed typed = { .name = "T", .account = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", .base_url = "", .provider = PROVIDER_TWILIO,
	.secret = "secret-of-test", .api_secret = "", .browser_key = KEY, .browser_secret = "secret-of-key", .browser_app = APP, .cps = 5,
	.currency = "CAD", .form_key = { 1 } };
static const struct trunk_id TRUNK = { 1 };
static int64_t now;

static enum trouble
change(struct trunk_typed t)
{
	enum trouble why = TROUBLE_NONE;

	t.secret = "";
	return trunk_change(db, ORG, TRUNK, AGENT(0), now, &t, &why, ar) == SAVED ? TROUBLE_NONE : why;
}

static bool
secret_there(void)
{
	return sql_int("SELECT browser_secret IS NOT NULL FROM trunk WHERE id = 1") == 1;
}

static void
settings(void)
{
	struct trunk_typed t = typed;
	enum trouble why;
	struct trunk_id id;
	struct trunk seen;

	t.browser_secret = "";
	CHECK_CASE("a key without its secret", trunk_add(db, ORG, AGENT(0), now, &t, &why, &id, ar) == REFUSED && why == TROUBLE_BROWSER);
	t.browser_secret = typed.browser_secret;
	t.provider = PROVIDER_SIGNALWIRE;
	t.base_url = "https://space.signalwire.example";
	CHECK_CASE("a provider of which it is not known", trunk_add(db, ORG, AGENT(0), now, &t, &why, &id, ar) == REFUSED && why == TROUBLE_NO_BROWSER);
	CHECK(trunk_add(db, ORG, AGENT(0), now, &typed, &why, &id, ar) == SAVED && id.v == TRUNK.v);
	CHECK_EQ_I_N("the secret is sealed", sql_int("SELECT browser_secret LIKE '%%secret-of-key%%' FROM trunk WHERE id = 1"), 0);
	CHECK_CASE("and opens again", trunk_use(db, TRUNK, &seen, ar) == FOUND && strcmp(seen.config.browser_secret, "secret-of-key") == 0);
	t = typed;
	t.browser_secret = "";
	t.browser_script = "https://elsewhere.example/twilio.min.js";
	CHECK_EQ_U_N("left empty it stays", change(t), TROUBLE_NONE);
	CHECK(secret_there());
	t.browser_app = "";
	CHECK_EQ_U_N("half of it is refused", change(t), TROUBLE_BROWSER);
	t.browser_key = "";
	CHECK_EQ_U_N("none of it: calls by phone only", change(t), TROUBLE_NONE);
	CHECK_CASE("and the secret is deleted", !secret_there());
	CHECK_EQ_U_N("set up again it wants the secret again", change((t = typed, t.browser_secret = "", t)), TROUBLE_BROWSER);
	CHECK_EQ_U(change(typed), TROUBLE_NONE);
}

static enum refusal
chosen(enum dial_voice voice)
{
	struct dialing d = { .trunk = TRUNK, .caller = "+15145550100", .ring_s = 20, .voice = voice };
	enum refusal why = R_NONE;

	return dialing_set(db, op.id, AGENT(0), now, &d, &why, ar) == NOT_SAVED ? R_BUSY : why;
}

static void
choice(void)
{
	struct dialing d;

	sql("INSERT INTO caller_id VALUES (1, '+15145550100', 1); UPDATE operation SET method = 'software' WHERE id = 1");
	world_read();
	CHECK_EQ_U_N("an operation chooses it", chosen(VOICE_BROWSER), R_NONE);
	CHECK(dialing_of(db, op.id, &d, ar) == FOUND && d.voice == VOICE_BROWSER && d.browser);
	sql("UPDATE trunk SET browser_key = '' WHERE id = 1");
	CHECK_EQ_U_N("not through a connection that is not set up for it", chosen(VOICE_BROWSER), R_NO_BROWSER);
	CHECK_CASE("chosen before, it is by phone meanwhile", dialing_of(db, op.id, &d, ar) == FOUND && d.voice == VOICE_BROWSER && !d.browser);
	sql("UPDATE trunk SET browser_key = '" KEY "' WHERE id = 1");
}

static enum saved
opens(unsigned agent, enum refusal *why)
{
	enum refusal dropped;

	return line_open_here(db, &op, AGENT(agent), LANG_FR, now, why == NULL ? &dropped : why, ar);
}

static int
opens_child(int n)
{
	enum refusal why = R_NONE;
	enum saved s = opens(1, &why);

	(void)n;
	return s == SAVED ? 0 : s == ALREADY ? 1 : 2;
}

static void
one_line(void)
{
	unsigned got[3] = { 0 };
	pid_t pid[8];
	struct line_id id;
	const char *token;

	for (int i = 0; i < 8; i++)
		pid[i] = in_child(opens_child, i);
	for (int i = 0; i < 8; i++) {
		int code = child_code(pid[i]);
		got[code >= 0 && code < 2 ? code : 2]++;
	}
	CHECK_CASE("asked for eight times at once: one line, given eight times", got[0] == 1 && got[1] == 7 && got[2] == 0);
	CHECK_EQ_I(sql_int("SELECT COUNT(*) FROM agent_line WHERE user_id = 101 AND live = 1 AND way = 'browser' AND state = 'sent' AND e164 = ''"), 1);
	CHECK_CASE("its token", line_token(db, op.id, AGENT(1), now, &id, &token, ar) == FOUND && strlen(token) > 100 && id.v != 0);
	CHECK_CASE("is nobody else's", line_token(db, op.id, AGENT(2), now, &id, &token, ar) == NONE);
	CHECK_CASE("and of no other operation", line_token(db, (struct operation_id){ 2 }, AGENT(1), now, &id, &token, ar) == NONE);
}

static struct line_id
line_of(unsigned agent)
{
	return (struct line_id){ (uint64_t)sql_int("SELECT MAX(id) FROM agent_line WHERE user_id = %u", 100 + agent) };
}

static const char *
room_of(struct line_id id)
{
	const char *v = "";

	(void)db_script_value(db, arena_fmt(ar, "SELECT room FROM agent_line WHERE id = %llu", (unsigned long long)id.v), ar, &v);
	return arena_strdup(ar, v);
}

/* What the browser's request to be let in tells. */
static enum told
calls_in(struct line_id id, const char *call)
{
	struct fact f = { .kind = FACT_KEY, .source = SOURCE_WEBHOOK, .leg = LEG_AGENT, .session = id.v, .digit = '1', .word = "browser" };

	snprintf(f.call, sizeof(f.call), "%s", call);
	fact_make_key(&f, NULL);
	return fact_add(db, TRUNK, 0, &f, now, NULL, ar);
}

static void
let_in(void)
{
	struct line_id id = line_of(1), other;
	const char *room = room_of(id), *token;
	enum refusal why = R_NONE;
	struct line_now n;

	CHECK_CASE("the first that asks may be its leg", line_takes(db, TRUNK, id, room, "CA1", true, ar) == FOUND &&
	    line_takes(db, TRUNK, id, room, "CA1", false, ar) == NONE);
	CHECK_CASE("but not by another connection", line_takes(db, (struct trunk_id){ 2 }, id, room, "CA1", true, ar) == NONE);
	CHECK(calls_in(id, "CA1") == TOLD_NEW && calls_in(id, "CA1") == TOLD_KNOWN);
	CHECK_CASE("the click is the key: the line is open", line_now(db, AGENT(1), NULL, &n, ar) && n.state == LINE_OPEN && n.browser);
	CHECK_CASE("its own leg is let in, also when asked again", line_takes(db, TRUNK, id, room, "CA1", false, ar) == FOUND);
	CHECK(calls_in(id, "CA2") == TOLD_NEW);
	CHECK_CASE("a second leg is not", line_takes(db, TRUNK, id, room, "CA2", true, ar) == NONE);
	CHECK_CASE("nor who names another room", line_takes(db, TRUNK, id, "other", "CA1", true, ar) == NONE);
	CHECK_CASE("a page opened anew ends the old line first", opens(1, &why) == REFUSED && why == R_LINE_CLOSING);
	CHECK_CASE("a line that is being ended lets nobody in and gives no token", line_takes(db, TRUNK, id, room, "CA1", false, ar) == NONE &&
	    line_token(db, op.id, AGENT(1), now, &other, &token, ar) == NONE);
	sql("UPDATE agent_line SET state = 'ended', live = NULL, ended_at = 1, look_at = NULL WHERE id = %llu", (unsigned long long)id.v);
	CHECK_CASE("over, it can be opened again", opens(1, &why) == SAVED && line_of(1).v != id.v);
	CHECK_CASE("the old window, which goes now, does not end the new line", line_end_one(db, AGENT(1), id, now) == ALREADY &&
	    line_token(db, op.id, AGENT(1), now, &other, &token, ar) == FOUND && other.v == line_of(1).v);
	CHECK_CASE("nor does another agent", line_end_one(db, AGENT(2), other, now) == ALREADY && line_token(db, op.id, AGENT(1), now, &other, &token, ar) == FOUND);
	CHECK_CASE("who calls in to the old one", calls_in(id, "CA3") == TOLD_NEW && line_takes(db, TRUNK, id, room, "CA3", true, ar) == NONE);
	CHECK_EQ_I_N("... opens nothing", sql_int("SELECT state = 'ended' AND live IS NULL FROM agent_line WHERE id = %llu", (unsigned long long)id.v), 1);
}

static void
turns(void)
{
	for (int i = 0; i < 20; i++)
		if (dialer_turn(db, ar) != FOUND)
			break;
}

static void
nobody_comes(void)
{
	struct line_now n;

	turns();
	CHECK_CASE("the dialer waits for the browser, and rings nobody", line_now(db, AGENT(1), NULL, &n, ar) && n.state == LINE_SENT);
	sql("UPDATE agent_line SET sent_at = sent_at - 101000000, look_at = 1 WHERE user_id = 101 AND live = 1");
	turns();
	CHECK_CASE("for so long; then it is over, and the page can say why", line_now(db, AGENT(1), NULL, &n, ar) && n.state == LINE_ENDED &&
	    strcmp(n.refusal, "no_browser") == 0);
	CHECK(opens(1, NULL) == SAVED && line_end(db, AGENT(1), now, ar) == SAVED);
	turns();
	CHECK_CASE("closed before anybody called in: over at once", line_now(db, AGENT(1), NULL, &n, ar) && n.state == LINE_ENDED);
}

static void
beside_a_phone(void)
{
	enum refusal why = R_NONE;

	CHECK(line_start(db, &op, AGENT(3), LANG_FR, "438 555-0199", now, &why, ar) == SAVED);
	CHECK_CASE("no line in the browser beside a phone's", opens(3, &why) == REFUSED && why == R_LINE_TAKEN);
	CHECK(opens(4, &why) == SAVED);
	CHECK_CASE("and no phone beside the browser's", line_start(db, &op, AGENT(4), LANG_FR, "438 555-0198", now, &why, ar) == ALREADY);
	CHECK(chosen(VOICE_PHONE) == R_NONE);
	CHECK_CASE("not where agents speak by phone", opens(5, &why) == REFUSED && why == R_NO_BROWSER);
	CHECK(chosen(VOICE_BROWSER) == R_NONE);
	sql("UPDATE trunk SET paused = 'funds', paused_at = 1 WHERE id = 1");
	CHECK_CASE("nor while calls are paused", opens(5, &why) == REFUSED && why == R_DIALING_PAUSED);
}

int
main(void)
{
	world_open();
	now = clock_now_us();
	settings();
	choice();
	one_line();
	let_in();
	nobody_comes();
	beside_a_phone();
	return check_done();
}
