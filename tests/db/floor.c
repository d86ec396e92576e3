/*
 * floor - who does what, told from the database; a turn that an organiser ends; a turn that runs out leaves its row; the page for
 * the wall and its token.
 */
#include "queue_world.h"

#include "domain/agent_break.h"
#include "domain/floor.h"
#include "domain/wall.h"

static const struct user_id boss = { 100 }, lea = { 101 }, sam = { 102 }, zoe = { 103 };
static int64_t now = NOON;
static enum turn_end end;
static enum refusal why;

static const struct floor_agent *
agent(struct user_id who)
{
	static struct floor f;

	if (!floor_of(db, &op, "2026-06-10", now, &f, ar))
		return NULL;
	for (size_t i = 0; i < f.n; i++)
		if (f.agent[i].user.v == who.v)
			return &f.agent[i];
	return NULL;
}

/* Is that agent in that state since that moment? */
static bool
is(struct user_id who, enum floor_state state, int64_t since)
{
	const struct floor_agent *x = agent(who);

	return x != NULL && x->state == state && x->since == since;
}

static enum saved
back(const struct held *h, struct user_id holder)
{
	return queue_send_back(db, &op, boss, holder, h->entry, h->claimed_at, now, &end, &why, ar);
}

static void
own_phone(void)
{
	struct held h;
	struct floor f;

	CHECK_CASE("before the first call nobody is on the floor", floor_of(db, &op, "2026-06-10", now, &f, ar) && f.n == 0 && f.median == 0);
	h = hold_next(lea, now);
	CHECK_CASE("a person on the page: calling, since then", is(lea, FLOOR_CALLING, now));
	CHECK_CASE("with the turn to end", agent(lea)->held.v == h.entry.v && agent(lea)->claimed_at == h.claimed_at && !agent(lea)->on_call);
	sql("INSERT INTO call_draft (user_id, operation_id, entry_id, claimed_at, survey_version_id, talking, shown_id, started_at)"
	    " VALUES (101, 1, %llu, %lld, 1, TRUE, 0, %lld)", (unsigned long long)h.entry.v, (long long)h.claimed_at, (long long)now + 5);
	CHECK_CASE("the conversation of a questionnaire has begun: on the line", is(lea, FLOOR_TALKING, now + 5));
	sql("UPDATE call_draft SET talking = FALSE");
	CHECK_CASE("back on the card: calling", is(lea, FLOOR_CALLING, h.claimed_at));
	sql("DELETE FROM call_draft");
	now += MINUTE_US;
	save(lea, &h, ST_COMPLETED, now);
	CHECK_CASE("saved, and nobody after that: between two calls", is(lea, FLOOR_IDLE, now) && agent(lea)->calls == 1 && agent(lea)->reached == 1);
	CHECK_EQ_I_N("the day's row knows its first call", sql_int("SELECT first_at FROM agent_tally WHERE user_id = 101"), now);
	for (unsigned i = 0; i < 9; i++) {
		now += 5 * MINUTE_US;
		h = hold_next(lea, now);
		save(lea, &h, ST_NO_ANSWER, now);
	}
	CHECK_EQ_I_N("no later call writes it", sql_int("SELECT last_at - first_at FROM agent_tally WHERE user_id = 101"), 45 * MINUTE_US);
	CHECK_EQ_U_N("nine calls after the first in three quarters of an hour: 12 an hour", agent(lea)->rate, 12);
	CHECK_CASE("nobody to compare with", agent(lea)->pace == PACE_NONE);
	CHECK(agent_break_begin(db, op.id, lea, now, ar) == SAVED);
	now += 15 * MINUTE_US;
	CHECK_CASE("on a break", is(lea, FLOOR_BREAK, now - 15 * MINUTE_US));
	CHECK(agent_break_end(db, op.id, lea, now));
	CHECK_CASE("between two calls since its end", is(lea, FLOOR_IDLE, now));
	h = hold_next(lea, now += 5 * MINUTE_US);
	save(lea, &h, ST_NO_ANSWER, now);
	CHECK_EQ_U_N("a break is no part of the shift: the same pace", agent(lea)->rate, 12);
	now += 10 * MINUTE_US;
	CHECK_CASE("nothing for ten minutes: gone, since then", is(lea, FLOOR_GONE, now - 10 * MINUTE_US));
	CHECK_EQ_U_N("which does not slow them down", agent(lea)->rate, 12);
	h = hold_next(sam, now);
	now = h.held_until;
	CHECK_CASE("a turn whose time is over: gone, since it began", is(sam, FLOOR_GONE, h.claimed_at));
}

static void
together(void)
{
	struct floor f;

	sql("INSERT INTO agent_tally (operation_id, user_id, day, calls, reached, last_at, first_at) VALUES"
	    " (1, 110, '2026-06-10', 30, 1, %lld, %lld), (1, 111, '2026-06-10', 5, 5, %lld, %lld), (1, 112, '2026-06-09', 5, 5, 1, 1)",
	    (long long)now, (long long)(now - HOUR_US), (long long)now, (long long)(now - HOUR_US));
	CHECK(floor_of(db, &op, "2026-06-10", now, &f, ar));
	CHECK_EQ_U_N("the middle of three", f.median, 12);
	CHECK_CASE("each against it", agent((struct user_id){ 110 })->pace == PACE_BRISKER && agent((struct user_id){ 111 })->pace == PACE_CALMER &&
	    agent(lea)->pace == PACE_LIKE_MOST);
	CHECK_CASE("who called yesterday is not on the floor", agent((struct user_id){ 112 }) == NULL);
	CHECK_CASE("states are counted", f.in[FLOOR_IDLE] == 2 && f.in[FLOOR_GONE] == 2 && f.n == 4);
	CHECK_CASE("who is there comes first", f.agent[0].state == FLOOR_IDLE && f.agent[3].state == FLOOR_GONE);
	sql("DELETE FROM agent_tally WHERE user_id >= 110");
}

static void
ran_out(void)
{
	struct held h = hold_next(zoe, now);
	unsigned released = 0;

	now = h.held_until;
	sql("DELETE FROM audit");
	CHECK(queue_release_expired(db, now, 100, &released) && released >= 1);
	CHECK_EQ_I_N("a turn that runs out leaves its row: the number was revealed", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'call.expired'"
	    " AND user_id = 103 AND object = 'entry' AND object_id = %llu AND organisation_id = 1 AND at = %lld", (unsigned long long)h.entry.v, (long long)now), 1);
	h = hold_next(zoe, now);
	now = h.held_until + 2 * SECOND_US;
	sql("DELETE FROM audit");
	hold_next(sam, now);
	CHECK_EQ_I_N("also when another agent's claim ends it", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'call.expired'"
	    " AND user_id = 103 AND object_id = %llu", (unsigned long long)h.entry.v), 1);
	CHECK_EQ_U_N("audit: turns that ran out", audit_wrong(), 0);
	sql("DELETE FROM audit");
	h = hold_next(lea, now);
	save(lea, &h, ST_NO_ANSWER, now);
	h = hold_next(lea, now);
	queue_skip(db, op.id, lea, h.entry, now);
	CHECK_EQ_I_N("a call saved and a skip say it themselves", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'call.expired'"), 0);
	struct held s;
	if (queue_held(db, &op, sam, now, &s, ar) == FOUND)
		queue_skip(db, op.id, sam, s.entry, now);
}

static void
sent_back(void)
{
	struct held h, other;
	struct saved_call s;
	int64_t due;

	sql("DELETE FROM audit");
	h = hold_next(lea, now);
	due = sql_int("SELECT due_at FROM hold WHERE user_id = 101");
	CHECK_CASE("not somebody else's turn, not another moment's", back(&h, sam) == ALREADY &&
	    queue_send_back(db, &op, boss, lea, h.entry, h.claimed_at + 1, now, &end, &why, ar) == ALREADY);
	CHECK_EQ_I_N("and nothing is noted", sql_int("SELECT COUNT(*) FROM audit"), 0);
	CHECK_CASE("sent back", back(&h, lea) == SAVED && end == TURN_ENDED);
	CHECK_CASE("the person is where they were", sql_int("SELECT due_at FROM entry WHERE id = %llu AND state <> 'held' AND skipped_at IS NULL",
	    (unsigned long long)h.entry.v) == due && sql_int("SELECT COUNT(*) FROM hold") == 0);
	CHECK_EQ_I_N("who did it, and to whom", sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'call.send_back' AND user_id = 100"
	    " AND object_id = %llu AND detail = 'user 101'", (unsigned long long)h.entry.v), 1);
	CHECK_CASE("the same form again does nothing", back(&h, lea) == ALREADY && sql_int("SELECT COUNT(*) FROM audit") == 1);
	CHECK_EQ_U_N("audit: sent back", audit_wrong(), 0);
	s = save_full(lea, &h, ST_REFUSED, 0, now + 1, true);
	CHECK_CASE("what the agent saves afterwards counts once", s.saved == SAVED && sql_int("SELECT COUNT(*) FROM attempt WHERE entry_id = %llu"
	    " AND started_at = %lld", (unsigned long long)h.entry.v, (long long)h.claimed_at) == 1 && strcmp(state_of(h.entry), "done") == 0);
	CHECK_CASE("fact 117: and the same again not at all", save_full(lea, &h, ST_REFUSED, 0, now + 2, false).saved == ALREADY);
	CHECK_CASE("a turn that was saved is over", back(&h, lea) == ALREADY);
	queue_skip(db, op.id, lea, s.next.entry, now);

	/* somebody else has them by then */
	forget_marks();
	h = hold_next(lea, now);
	CHECK(back(&h, lea) == SAVED);
	CHECK_CASE("another agent may have them next", queue_claim_entry(db, &op, sam, h.entry, now + 1, &other, &s.nobody, ar) == CLAIMED &&
	    other.entry.v == h.entry.v);
	CHECK_CASE("the late call decides where that turn returns to", save(lea, &h, ST_REFUSED, now + 2) == SAVED &&
	    strcmp(state_of(h.entry), "held") == 0);
	CHECK_CASE("sent back again: nobody is called twice", back(&other, sam) == SAVED && strcmp(state_of(h.entry), "done") == 0);
	CHECK_EQ_U_N("audit: saved after somebody else had them", audit_wrong(), 0);
}

static void
kept(void)
{
	struct held h = hold_next(lea, now);
	int64_t at = now + HOUR_US;
	struct call c = { .entry = h.entry, .form_key = h.form_key, .claimed_at = h.claimed_at, .status = ST_CALL_BACK, .callback_at = at,
		.keep_minutes = KEEP_MINUTES, .note = "" };
	struct saved_call s;

	CHECK(queue_save(db, &op, rules, lea, &c, now, false, &s.claimed, &s.next, &s.nobody, &s.why, ar) == SAVED);
	now = at + MINUTE_US;
	forget_marks();
	h = hold_next(lea, now);
	CHECK_EQ_U_N("an appointment kept for its agent", h.entry.v, c.entry.v);
	CHECK(back(&h, lea) == SAVED);
	CHECK_EQ_I_N("sent back it is for anybody", sql_int("SELECT COUNT(*) FROM kept_appointment WHERE entry_id = %llu", (unsigned long long)h.entry.v), 0);
	CHECK_EQ_U_N("audit: an appointment sent back", audit_wrong(), 0);
}

/* A call from the software in this turn, as the dialer leaves it. */
static void
rung(const struct held *h, uint64_t id)
{
	sql("INSERT INTO live_call (id, trunk_id, operation_id, line_id, user_id, entry_id, person_id, e164, from_e164, claimed_at, form_key,"
	    " call_id, state, live_e164, wanted_at, sent_at, look_at, month) VALUES (%llu, 1, 1, 1, 101, %llu, %llu, '%s', '+15145550100', %lld,"
	    " UNHEX('%s'), 'CA%llu', 'sent', '%s', %lld, %lld, %lld, '2026-06-01')", (unsigned long long)id, (unsigned long long)h->entry.v,
	    (unsigned long long)h->person.v, h->e164, (long long)h->claimed_at, h->form_key, (unsigned long long)id, h->e164, (long long)now,
	    (long long)now, (long long)(now + 10 * MINUTE_US));
}

static void
fact(uint64_t call, const char *kind, const char *class, int64_t at)
{
	sql("INSERT INTO call_fact (leg, of_id, fact_key, kind, source, class, marks, at_us, received_at) VALUES ('contact', %llu, UNHEX(SHA2('%s%llu', 256)),"
	    " '%s', 'webhook', '%s', 2, %lld, %lld)", (unsigned long long)call, kind, (unsigned long long)call, kind, class, (long long)at, (long long)at);
}

static void
over(uint64_t call, const char *outcome)
{
	fact(call, "ended", strcmp(outcome, "answered") == 0 ? "answered" : "no_answer", now);
	sql("UPDATE live_call SET state = 'ended', live = NULL, live_e164 = NULL, outcome = '%s', ended_at = %lld WHERE id = %llu", outcome,
	    (long long)now, (unsigned long long)call);
}

static void
software(void)
{
	struct held h;
	int64_t since;

	sql("UPDATE operation SET method = 'software'");
	forget_marks();
	h = hold_next(lea, now);
	CHECK_CASE("not rung yet: calling", is(lea, FLOOR_CALLING, now));
	rung(&h, 1);
	CHECK_CASE("it rings: calling, and under way", is(lea, FLOOR_CALLING, now) && agent(lea)->on_call);
	CHECK_CASE("nobody is taken out of a call", back(&h, lea) == REFUSED && why == R_CALL_UNDER_WAY && strcmp(state_of(h.entry), "held") == 0);
	since = now += 20 * SECOND_US;
	fact(1, "answered", "", now);
	CHECK_CASE("somebody answered: on the line", is(lea, FLOOR_TALKING, since) && agent(lea)->on_call);
	CHECK_CASE("nor now", back(&h, lea) == REFUSED && why == R_CALL_UNDER_WAY);
	now += MINUTE_US;
	over(1, "answered");
	CHECK_CASE("over: writing up, since then", is(lea, FLOOR_WRITING, now) && !agent(lea)->on_call);
	CHECK_CASE("the call counts: it is saved as detected, not rung again", back(&h, lea) == SAVED && end == TURN_ENDS_SOON &&
	    strcmp(state_of(h.entry), "held") == 0 && sql_int("SELECT held_until FROM hold WHERE user_id = 101") == now + 10 * SECOND_US &&
	    sql_int("SELECT look_at FROM live_call WHERE id = 1") == now);
	CHECK_CASE("asked twice is asked once", back(&h, lea) == ALREADY && sql_int("SELECT COUNT(*) FROM audit WHERE verb = 'call.send_back'"
	    " AND object_id = %llu", (unsigned long long)h.entry.v) == 1);
	CHECK_CASE("the agent's own word is still taken", save(lea, &h, ST_REFUSED, now + SECOND_US) == SAVED && strcmp(state_of(h.entry), "done") == 0);

	h = hold_next(lea, now);
	rung(&h, 2);
	sql("UPDATE live_call SET state = 'ended', live = NULL, live_e164 = NULL, outcome = 'not_placed', refusal = 'canceled', ended_at = %lld"
	    " WHERE id = 2", (long long)now);
	CHECK_CASE("a call that was never sent is none: calling", is(lea, FLOOR_CALLING, h.claimed_at));
	CHECK_CASE("and the person goes back", back(&h, lea) == SAVED && end == TURN_ENDED && strcmp(state_of(h.entry), "held") != 0);
	CHECK_EQ_U_N("audit: calls from the software", audit_wrong(), 0);
	sql("UPDATE operation SET method = 'phone'");
	forget_marks();
}

static void
wall(void)
{
	struct operation_id id;
	struct wall w, first;
	const char *token;
	uint64_t calls, reached;
	enum lang lang;

	CHECK_CASE("no page", wall_of(db, op.id, &w, ar) == NONE && wall_end(db, &op, boss, now, ar) == ALREADY);
	CHECK(wall_make(db, &op, LANG_EN, 0, boss, now, ar) == SAVED && wall_of(db, op.id, &first, ar) == FOUND);
	CHECK_CASE("the same form twice makes one", wall_make(db, &op, LANG_EN, 0, boss, now + 1, ar) == ALREADY &&
	    wall_of(db, op.id, &w, ar) == FOUND && strcmp(w.url, first.url) == 0);
	token = strrchr(first.url, '/') + 1;
	CHECK_CASE("fact 98: 144 bits, and the database holds only its hash", strlen(token) == 24 &&
	    sql_int("SELECT COUNT(*) FROM wall WHERE token_hash = UNHEX(SHA2('%s', 256))", token) == 1 &&
	    sql_int("SELECT COUNT(*) FROM wall WHERE CONCAT_WS('|', nonce, token_hash) LIKE '%%%s%%'", token) == 0);
	CHECK_CASE("it says whose page it is, and in what language", wall_by_token(db, token, &id, &lang, ar) == FOUND && id.v == 1 &&
	    lang == LANG_EN);
	CHECK_CASE("not another token", wall_by_token(db, "AAAAAAAAAAAAAAAAAAAAAAAA", &id, &lang, ar) == NONE);
	CHECK(wall_make(db, &op, LANG_FR, first.created_at, boss, now + 2, ar) == SAVED && wall_of(db, op.id, &w, ar) == FOUND);
	CHECK_CASE("a new address: the old one shows nothing", strcmp(w.url, first.url) != 0 && w.lang == LANG_FR &&
	    wall_by_token(db, token, &id, &lang, ar) == NONE);
	CHECK_CASE("the form of the first one, sent late, changes nothing", wall_make(db, &op, LANG_FR, first.created_at, boss, now + 3, ar) == ALREADY);
	CHECK(wall_end(db, &op, boss, now, ar) == SAVED && wall_end(db, &op, boss, now, ar) == ALREADY);
	CHECK_CASE("ended", wall_by_token(db, strrchr(w.url, '/') + 1, &id, &lang, ar) == NONE);
	CHECK_EQ_I_N("each change has its row", sql_int("SELECT COUNT(*) FROM audit WHERE verb IN ('wall.make', 'wall.renew', 'wall.end') AND user_id = 100"), 3);
	CHECK_CASE("the day's numbers are those of its calls", floor_day(db, op.id, "2026-06-10", &calls, &reached, ar) &&
	    (int64_t)calls == sql_int("SELECT COUNT(*) FROM attempt WHERE corrects IS NULL") && floor_day(db, op.id, "2026-06-11", &calls, &reached, ar) && calls == 0);
}

int
main(void)
{
	world_open();
	world_people(1, 200);
	world_load(1, 200, NOON - HOUR_US);
	own_phone();
	together();
	ran_out();
	sent_back();
	kept();
	software();
	wall();
	return check_done();
}
