/*
 * live_call - facts on a database: told in any order, several times and at the same time they are the same set and give the
 * same outcome; what was told while an end was being applied is not lost.
 */
#include "queue_world.h"

#include "domain/live_call.h"
#include "domain/trunk.h"

static const struct trunk_id TRUNK = { 1 };
static unsigned revision;

static void
world(void)
{
	struct trunk_typed t = { .name = "T", .account = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", .base_url = "", .provider = PROVIDER_TWILIO,
		.secret = "secret-of-test", .api_secret = "", .cps = 5, .currency = "CAD", .form_key = { 1 } };
	enum trouble why;
	struct trunk_id id;
	struct trunk now;

	CHECK(trunk_add(db, ORG, AGENT(0), NOON, &t, &why, &id, ar) == SAVED && id.v == TRUNK.v);
	CHECK_CASE("the same form twice is one connection", trunk_add(db, ORG, AGENT(0), NOON, &t, &why, &id, ar) == ALREADY);
	CHECK_EQ_I_N("... and one row", sql_int("SELECT COUNT(*) FROM trunk"), 1);
	CHECK_EQ_I_N("a secret is not stored as it is", sql_int("SELECT COUNT(*) FROM trunk WHERE secret LIKE '%%secret-of-test%%'"), 0);
	CHECK(trunk_use(db, TRUNK, &now, ar) == FOUND);
	CHECK_EQ_S_N("and opens again", now.config.secret[0], "secret-of-test");
	t.secret = "another";
	CHECK(trunk_change(db, ORG, TRUNK, AGENT(0), NOON, &t, &why, ar) == SAVED && trunk_use(db, TRUNK, &now, ar) == FOUND);
	CHECK_CASE("case 17: the old one stays beside it", strcmp(now.config.secret[0], "another") == 0 && strcmp(now.config.secret[1], "secret-of-test") == 0);
	CHECK_CASE("another organisation's is not seen", trunk_of(db, (struct organisation_id){ 2 }, TRUNK, &now, ar) == NONE);
	CHECK(trunk_use(db, TRUNK, &now, ar) == FOUND);
	revision = now.revision;
}

static uint64_t
sent(uint64_t id)
{
	sql("INSERT INTO live_call (id, trunk_id, operation_id, line_id, user_id, entry_id, person_id, e164, from_e164, claimed_at, form_key,"
	    " call_id, state, wanted_at, sent_at, month) VALUES (%llu, 1, 1, %llu, 100, 1, 1, '+15145550123', '+15145550100', 1,"
	    " UNHEX(MD5(%llu)), 'CA%llu', 'sent', 1, 1, '2026-06-01')", (unsigned long long)id, (unsigned long long)id,
	    (unsigned long long)id, (unsigned long long)id);
	return id;
}

/* What webhooks say of an answered call; 4: a machine answered. */
static struct fact
event(uint64_t call, unsigned n)
{
	static const enum fact_kind kinds[] = { FACT_DIALING, FACT_RINGING, FACT_ANSWERED, FACT_ENDED, FACT_AMD };
	struct fact f = { .kind = kinds[n], .source = SOURCE_WEBHOOK, .leg = LEG_CONTACT, .attempt = call, .at_us = NOON + n * SECOND_US };

	snprintf(f.call, sizeof(f.call), "CA%llu", (unsigned long long)call);
	if (n == 3) {
		f.class = CLASS_ANSWERED;
		f.proves_answer = true;
		f.has_seconds = true;
		f.seconds = 9;
	}
	if (n == 4) {
		f.amd = AMD_MACHINE;
		f.at_us = NOON + 2 * SECOND_US + 1;
	}
	seal_sha256(&(struct { uint64_t c, n; }){ call, n }, 16, f.key);
	return f;
}

static enum told
tell(uint64_t call, unsigned n)
{
	struct fact f = event(call, n);

	return fact_add(db, TRUNK, revision, &f, NOON + HOUR_US, NULL, ar);
}

/* As webhooks that came together: in one go, and each that was not told so by itself. How many were told together. */
static unsigned
tell_all(const struct fact *f, size_t n)
{
	struct telling t[TELL_MOST];
	unsigned told = 0;

	for (size_t i = 0; i < n; i++)
		t[i] = (struct telling){ .fact = &f[i], .at = NOON + HOUR_US };
	facts_tell(db, TRUNK, revision, t, n, ar);
	for (size_t i = 0; i < n; i++) {
		told += t[i].told;
		if (!t[i].told)
			CHECK(fact_add(db, TRUNK, revision, &f[i], NOON + HOUR_US, NULL, ar) != TOLD_FAILED);
	}
	return told;
}

static const char *
outcome(uint64_t call)
{
	struct live_call c;

	return live_call_by_id(db, (struct live_call_id){ call }, &c, ar) == FOUND && c.state == LIVE_ENDED ? outcome_word(c.outcome) : "pending";
}

static void
orders(void)
{
	unsigned order[5] = { 0, 1, 2, 3, 4 }, at[5] = { 0 }, wrong = 0, wrong_together = 0, n = 0;
	uint64_t id = 1000;

	/* Heap's permutations of five facts; each fact told twice: one by one; together, cut in two anywhere, with one from before */
	for (unsigned i = 0; ; ) {
		uint64_t call = sent(id++), other = sent(1000 + id);
		struct fact f[10];
		for (unsigned k = 0; k < 5; k++) {
			if (tell(call, order[k]) != TOLD_NEW || tell(call, order[k]) != TOLD_KNOWN)
				wrong++;
			f[k] = f[5 + k] = event(other, order[k]);
		}
		wrong += strcmp(outcome(call), "voicemail") != 0;
		(void)tell_all(f, n % 10);
		(void)tell_all(f + n % 10, 10 - n % 10);
		wrong_together += strcmp(outcome(other), "voicemail") != 0;
		n++;
		while (i < 5 && at[i] >= i)
			at[i++] = 0;
		if (i >= 5)
			break;
		unsigned a = i % 2 == 0 ? 0 : at[i], t = order[a];
		order[a] = order[i];
		order[i] = t;
		at[i]++;
		i = 0;
	}
	CHECK_EQ_U_N("cases 41, 42, 61: five facts in all 120 orders, each twice: one outcome", wrong, 0);
	CHECK_EQ_U_N("... also when they come together, in one go or in two", wrong_together, 0);
	CHECK_EQ_U(n, 120);
	CHECK_EQ_I_N("and five facts each", sql_int("SELECT COUNT(*) FROM call_fact"), 1200);
	CHECK_EQ_I_N("and nothing is left to be derived", sql_int("SELECT COUNT(*) FROM live_call WHERE applied <> facts OR state <> 'ended'"), 0);
}

/* Half of them one by one, half of them two together. */
static int
child(int n)
{
	const struct fact f[] = { event(5000, (unsigned)n % 5), event(5000, (unsigned)(n + 2) % 5) };

	if (n % 2 == 0)
		return tell(5000, (unsigned)n % 5) == TOLD_FAILED;
	(void)tell_all(f, 2);
	return 0;
}

static void
at_once(void)
{
	pid_t pid[20];
	unsigned bad = 0;

	sent(5000);
	for (int i = 0; i < 20; i++)
		pid[i] = in_child(child, i);
	for (int i = 0; i < 20; i++)
		bad += child_code(pid[i]) != 0;
	CHECK_EQ_U_N("case 32: five facts, four times each, all at once", bad, 0);
	CHECK_EQ_I_N("... are five", sql_int("SELECT COUNT(*) FROM call_fact WHERE of_id = 5000"), 5);
	CHECK_EQ_S_N("... with the outcome of all of them", outcome(5000), "voicemail");
}

/* Each process tells a fact of each call, one by one or ten together, so that ends meet the facts of calls that go on. */
static int
crowd_child(int n)
{
	struct fact f[10];
	int bad = 0;

	for (uint64_t call = 5100; call < 5140; call++) {
		f[call % 10] = event(call, (unsigned)n % 5);
		if (n < 5)
			bad += tell(call, (unsigned)n) == TOLD_FAILED;
		else if (call % 10 == 9)
			(void)tell_all(f, 10);
	}
	return bad != 0;
}

static void
crowd(void)
{
	pid_t pid[10];
	unsigned bad = 0;

	for (uint64_t call = 5100; call < 5140; call++)
		sent(call);
	for (int i = 0; i < 10; i++)
		pid[i] = in_child(crowd_child, i);
	for (int i = 0; i < 10; i++)
		bad += child_code(pid[i]) != 0;
	CHECK_EQ_U_N("forty calls, told by ten at once", bad, 0);
	CHECK_EQ_I_N("... have their facts", sql_int("SELECT COUNT(*) FROM call_fact WHERE of_id BETWEEN 5100 AND 5139"), 200);
	CHECK_EQ_I_N("... and the outcome of all of them", sql_int("SELECT COUNT(*) FROM live_call WHERE id BETWEEN 5100 AND 5139"
	    " AND outcome = 'voicemail' AND state = 'ended' AND applied = facts"), 40);
}

static bool
told(const struct fact *f, unsigned of_revision)
{
	struct telling t = { .fact = f, .at = NOON };

	facts_tell(db, TRUNK, of_revision, &t, 1, ar);
	return t.told;
}

/* The short way of an end is all or nothing. */
static void
short_end(void)
{
	static const char untouched[] = "SELECT state = 'sent' AND facts = 0 AND outcome = '' AND ended_at IS NULL AND look_at IS NULL"
	    " AND NOT EXISTS (SELECT 1 FROM call_fact f WHERE f.of_id = c.id AND f.kind = 'ended') FROM live_call c WHERE id = 5200";
	struct fact f = event(sent(5200), 3), rings = event(5200, 1);
	struct live_call c;

	CHECK(told(&rings, revision) && told(&rings, revision));
	CHECK_EQ_I_N("what is told again is there once", sql_int("SELECT COUNT(*) FROM call_fact WHERE of_id = 5200"), 1);
	CHECK_CASE("an end verified by a secret that was taken away", !told(&f, revision + 1) &&
	    fact_add(db, TRUNK, revision + 1, &f, NOON, NULL, ar) == TOLD_STALE);
	CHECK_EQ_I_N("... is not stored, nor anything else", sql_int(untouched), 1);
	CHECK(told(&f, revision));
	CHECK_EQ_I_N("an end is stored with its outcome, and the dialer looks", sql_int("SELECT state = 'ended' AND facts = 1 AND applied = 1"
	    " AND outcome = 'answered_hungup' AND live IS NULL AND live_e164 IS NULL AND ended_at = %lld AND look_at = %lld AND talk_seconds = 9"
	    " FROM live_call WHERE id = 5200", (long long)NOON, (long long)NOON), 1);
	CHECK(!told(&f, revision) && fact_add(db, TRUNK, revision, &f, NOON, NULL, ar) == TOLD_KNOWN);
	CHECK_EQ_I_N("... once", sql_int("SELECT facts FROM live_call WHERE id = 5200"), 1);
	f = event(sent(5202), 3);
	f.class = CLASS_INVALID_NUMBER;
	f.sip = 404;
	f.proves_answer = f.has_seconds = false;
	snprintf(f.word, sizeof(f.word), "failed");
	CHECK(told(&f, revision));
	CHECK_EQ_S_N("an end with a code", outcome(5202), "invalid_number");
	f.source = SOURCE_POLL;
	f.class = CLASS_NETWORK;
	f.sip = 0;
	f.at_us += HOUR_US;
	f.key[0] ^= 1;
	CHECK(fact_add(db, TRUNK, 0, &f, NOON + HOUR_US, &c, ar) == TOLD_NEW);
	CHECK_EQ_S_N("... is not forgotten because a poll for the price knows the word alone", outcome(5202), "invalid_number");
	f = event(sent(5201), 3);
	f.class = CLASS_NONE;
	f.proves_answer = f.has_seconds = false;
	CHECK(!told(&f, revision) && fact_add(db, TRUNK, revision, &f, NOON, NULL, ar) == TOLD_NEW);
	CHECK_EQ_I_N("an end that does not say enough is stored, and the dialer asks", sql_int("SELECT state = 'sent' AND facts = 1 AND outcome = ''"
	    " AND look_at IS NOT NULL AND (SELECT COUNT(*) FROM call_fact WHERE of_id = 5201) = 1 FROM live_call WHERE id = 5201"), 1);
}

/* What is not as usual is left to fact_add, and harms nobody it came with. */
static void
odd_ones(void)
{
	struct fact f[8], *odd = f + 2;
	struct telling t[8];
	unsigned n = 0, wrong = 0;

	for (uint64_t call = 5300; call < 5308; call++)
		f[n++] = event(sent(call), call == 5301 || call == 5307 ? 3 : 1);
	sql("UPDATE live_call SET call_id = '' WHERE id = 5302");
	sql("UPDATE live_call SET trunk_id = 2 WHERE id = 5303");
	sql("UPDATE live_call SET person_id = NULL WHERE id = 5304");
	odd[3].attempt = 999999;
	odd[4].unknown_word = true;
	for (unsigned i = 0; i < n; i++)
		t[i] = (struct telling){ .fact = &f[i], .at = NOON };
	facts_tell(db, TRUNK, revision, t, n, ar);
	for (unsigned i = 0; i < n; i++)
		wrong += t[i].told != (i < 2 || i == 7);
	CHECK_EQ_U_N("told are those that are as usual", wrong, 0);
	CHECK_EQ_I_N("... and nothing else is stored", sql_int("SELECT COUNT(*) FROM call_fact WHERE of_id BETWEEN 5300 AND 5307 OR of_id = 999999"), 3);
	CHECK_CASE("... with their outcomes", strcmp(outcome(5301), "answered_hungup") == 0 && strcmp(outcome(5307), "answered_hungup") == 0);
	CHECK(fact_add(db, TRUNK, revision, &odd[0], NOON, NULL, ar) == TOLD_NEW);
	CHECK(fact_add(db, TRUNK, revision, &odd[1], NOON, NULL, ar) == TOLD_OTHER_CONNECTION);
	CHECK(fact_add(db, TRUNK, revision, &odd[2], NOON, NULL, ar) == TOLD_ERASED);
	CHECK(fact_add(db, TRUNK, revision, &odd[4], NOON, NULL, ar) == TOLD_NEW);
	f[0] = event(sent(5310), 0);
	f[1] = event(sent(5311), 3);
	f[2] = event(5311, 3);		/* contradicts it */
	f[2].class = CLASS_BUSY;
	f[2].proves_answer = f[2].has_seconds = false;
	f[2].key[0] ^= 1;
	snprintf(f[2].word, sizeof(f[2].word), "busy");
	CHECK_EQ_U_N("of two ends of a call one is told with others", tell_all(f, 3), 2);
	CHECK_EQ_I_N("... and both count", sql_int("SELECT COUNT(*) = 2 AND MIN(c.flags & 1) AND MIN(c.facts = 2 AND c.applied = 2) FROM call_fact f"
	    " JOIN live_call c ON c.id = f.of_id WHERE of_id = 5311"), 1);
}

static void
strangers(void)
{
	struct fact f;

	CHECK_CASE("case 36: a call that nobody knows", tell(999999, 1) == TOLD_NO_CALL);
	CHECK_EQ_I_N("... is kept for an administrator", sql_int("SELECT COUNT(*) FROM call_orphan WHERE of_id = 999999"), 1);
	f = event(sent(6000), 1);
	CHECK_CASE("case 37: another connection's call", fact_add(db, (struct trunk_id){ 2 }, 0, &f, NOON, NULL, ar) == TOLD_OTHER_CONNECTION);
	CHECK_CASE("a connection that has changed since it was verified", fact_add(db, TRUNK, revision + 1, &f, NOON, NULL, ar) == TOLD_STALE);
	snprintf(f.call, sizeof(f.call), "CAother");
	CHECK(fact_add(db, TRUNK, revision, &f, NOON, NULL, ar) == TOLD_NEW);
	CHECK_EQ_I_N("case 34: a second id is kept beside the first", sql_int("SELECT call_id = 'CA6000' AND call_other = 'CAother' AND look_at IS NOT NULL"
	    " FROM live_call WHERE id = 6000"), 1);
	sql("UPDATE live_call SET person_id = NULL WHERE id = 6000");
	CHECK_CASE("case 38: somebody who was erased", tell(6000, 2) == TOLD_ERASED);
}

static void
money(void)
{
	struct fact f = event(sent(7000), 3);
	struct trunk_costs c;

	sql("UPDATE live_call SET call_id = '' WHERE id = 7000; DELETE FROM cost_tally");
	CHECK(fact_add(db, TRUNK, revision, &f, NOON, NULL, ar) == TOLD_NEW);
	CHECK(trunk_month(db, TRUNK, "2026-06-01", &c, ar) && c.n == 0);
	CHECK(tell(7000, 1) == TOLD_NEW && tell(7000, 4) == TOLD_NEW);
	CHECK_EQ_I_N("a call is taken once, whatever is told later", sql_int("SELECT calls FROM cost_tally WHERE currency = ''"), 1);
	CHECK(fact_add(db, TRUNK, 0, &(struct fact){ .kind = FACT_ENDED, .source = SOURCE_POLL, .leg = LEG_CONTACT, .attempt = sent(7002),
	    .call = "CA7002" }, NOON, NULL, ar) == TOLD_NEW);
	CHECK_EQ_I_N("nor one whose id is known", sql_int("SELECT calls FROM cost_tally WHERE currency = ''"), 1);
	CHECK(trunk_month(db, TRUNK, "2026-06-01", &c, ar) && c.n == 0);
	CHECK_EQ_U_N("case 92: a price that nobody has told is unknown, not 0", c.unknown, 1);
	f.kind = FACT_COST;
	f.cost_micro = 30000;
	snprintf(f.currency, sizeof(f.currency), "USD");
	f.key[0] ^= 1;
	CHECK(fact_add(db, TRUNK, 0, &f, NOON, NULL, ar) == TOLD_NEW && fact_add(db, TRUNK, 0, &f, NOON, NULL, ar) == TOLD_KNOWN);
	CHECK(trunk_month(db, TRUNK, "2026-06-01", &c, ar) && c.n == 1 && c.of[0].micro == 30000 && c.unknown == 0);
	f = event(sent(7001), 3);
	sql("UPDATE live_call SET call_id = '' WHERE id = 7001");
	CHECK(fact_add(db, TRUNK, revision, &f, NOON, NULL, ar) == TOLD_NEW);
	f.kind = FACT_COST;
	f.cost_micro = 20000;
	snprintf(f.currency, sizeof(f.currency), "CAD");
	f.key[0] ^= 1;
	CHECK(fact_add(db, TRUNK, 0, &f, NOON, NULL, ar) == TOLD_NEW);
	CHECK_CASE("case 94: another currency is kept apart", trunk_month(db, TRUNK, "2026-06-01", &c, ar) && c.n == 2);
}

int
main(void)
{
	world_open();
	world();
	orders();
	at_once();
	crowd();
	short_end();
	odd_ones();
	strangers();
	money();
	return check_done();
}
