/*
 * outcome - what a call came to, by the set of its facts: the corner cases one by one, then every order, every
 * repetition and every late arrival of each of these sets.
 */
#include "check.h"

#include "plumb/clock.h"
#include "provider/outcome.h"

#define T0 INT64_C(1795000000000000)
enum { MOST = 8, SHORT = 5 };

/* A fact in short: kind, seconds after T0 (-1: no time), and what follows by name. */
#define FACT(s, l, k, at, ...) \
	{ .kind = k, .source = s, .leg = l, .at_us = (at) < 0 ? 0 : T0 + (at) * SECOND_US, ##__VA_ARGS__ }
#define F(k, at, ...)	FACT(SOURCE_WEBHOOK, LEG_CONTACT, k, at, ##__VA_ARGS__)
#define OURS(k, at, ...) FACT(SOURCE_LOCAL, LEG_CONTACT, k, at, ##__VA_ARGS__)
#define POLLED(at, c, ...) FACT(SOURCE_POLL, LEG_CONTACT, FACT_ENDED, at, .class = c, ##__VA_ARGS__)
#define ENDED(at, c, ...) F(FACT_ENDED, at, .class = c, ##__VA_ARGS__)
#define REQUESTED	OURS(FACT_REQUESTED, 0)
#define ACCEPTED	OURS(FACT_ACCEPTED, 1, .call = "CA01")
#define COMPLETED(at, s) ENDED(at, CLASS_ANSWERED, .word = "completed", .call = "CA01", .proves_answer = true, .has_seconds = true, .seconds = s)
#define AMD(at, who)	F(FACT_AMD, at, .amd = who, .call = "CA01")

static const struct row {
	const char *name;
	enum outcome outcome;
	unsigned flags;
	int uses;		/* of the quota: 0, 1 */
	int talk;		/* seconds, -1: unknown */
	struct fact fact[MOST];
} rows[] = {
	{ "nothing known", OUTCOME_PENDING, 0, 0, -1, { { 0 } } },
	{ "requested only", OUTCOME_PENDING, 0, 0, -1, { REQUESTED } },
	{ "case 35: the answer was lost, a webhook tells of the call", OUTCOME_PENDING, 0, 0, -1,
	  { REQUESTED, OURS(FACT_UNSURE, 9), F(FACT_DIALING, 3, .call = "CA01") } },
	{ "case 34: two ids for one attempt", OUTCOME_PENDING, ENDING_TWO_CALLS, 0, -1,
	  { REQUESTED, F(FACT_RINGING, 3, .call = "CA02"), ACCEPTED } },
	{ "case 40: a conversation with the agent's word", OUTCOME_ANSWERED, 0, 1, 35,
	  { REQUESTED, ACCEPTED, F(FACT_RINGING, 2), F(FACT_ANSWERED, 9), F(FACT_BRIDGED, 10), F(FACT_UNBRIDGED, 44),
	    COMPLETED(44, 35), OURS(FACT_DISPOSED, 60) } },
	{ "case 41: the four webhooks alone", OUTCOME_HUNG_UP, 0, 1, 35,
	  { ACCEPTED, F(FACT_DIALING, 1), F(FACT_RINGING, 2), F(FACT_ANSWERED, 9), COMPLETED(44, 35) } },
	{ "case 42: ringing told after the end", OUTCOME_HUNG_UP, 0, 1, 35,
	  { ACCEPTED, COMPLETED(44, 35), F(FACT_RINGING, 48) } },
	{ "case 43: only completed", OUTCOME_HUNG_UP, 0, 1, 35, { ACCEPTED, COMPLETED(44, 35) } },
	{ "case 43: completed and the room's word", OUTCOME_ANSWERED, 0, 1, 35,
	  { ACCEPTED, COMPLETED(44, 35), F(FACT_BRIDGED, 10) } },
	{ "case 44: busy 486", OUTCOME_BUSY, 0, 1, -1, { ACCEPTED, ENDED(5, CLASS_BUSY, .sip = 486, .word = "busy") } },
	{ "case 45: busy with 603 was a refusal", OUTCOME_REJECTED, ENDING_LABELLED, 1, -1,
	  { ACCEPTED, ENDED(5, CLASS_REJECTED, .sip = 603, .word = "busy") } },
	{ "case 45: a poll without the code does not make it busy again", OUTCOME_REJECTED, ENDING_LABELLED, 1, -1,
	  { ACCEPTED, ENDED(5, CLASS_REJECTED, .sip = 603, .word = "busy"),
	    POLLED(5, CLASS_BUSY, .word = "busy") } },
	{ "two ends without a code: the poll's counts", OUTCOME_NO_ANSWER, ENDING_CONFLICT, 1, -1,
	  { ACCEPTED, ENDED(5, CLASS_BUSY, .word = "busy"), POLLED(5, CLASS_NO_ANSWER, .word = "no-answer") } },
	{ "an end with a code that says nothing, and one that says why", OUTCOME_BUSY, 0, 1, -1,
	  { ACCEPTED, ENDED(5, CLASS_NONE, .sip = 200, .word = "normal_clearing"), POLLED(5, CLASS_BUSY, .word = "busy") } },
	{ "two refusals with two codes", OUTCOME_REJECTED, ENDING_LABELLED, 1, -1,
	  { ACCEPTED, ENDED(5, CLASS_REJECTED, .sip = 403, .word = "failed"), ENDED(5, CLASS_REJECTED, .sip = 603, .word = "failed") } },
	{ "case 46: no answer, no code", OUTCOME_NO_ANSWER, 0, 1, -1, { ACCEPTED, ENDED(30, CLASS_NO_ANSWER, .word = "no-answer") } },
	{ "case 47: failed 404", OUTCOME_INVALID_NUMBER, ENDING_NUMBER, 1, -1,
	  { ACCEPTED, ENDED(3, CLASS_INVALID_NUMBER, .sip = 404, .word = "failed") } },
	{ "case 48: failed 480", OUTCOME_NO_ANSWER, 0, 1, -1, { ACCEPTED, ENDED(3, CLASS_NO_ANSWER, .sip = 480, .word = "failed") } },
	{ "case 49: failed 503 keeps the quota", OUTCOME_ERROR, 0, 0, -1,
	  { ACCEPTED, ENDED(3, CLASS_NETWORK, .sip = 503, .word = "failed") } },
	{ "case 50: failed without a code", OUTCOME_ERROR, 0, 0, -1, { ACCEPTED, ENDED(3, CLASS_NETWORK, .word = "failed") } },
	{ "case 51: we canceled after 3 s of ringing", OUTCOME_CANCELED, 0, 0, -1,
	  { ACCEPTED, F(FACT_RINGING, 4), OURS(FACT_CANCEL_ASKED, 7), ENDED(7, CLASS_CANCELED, .word = "canceled") } },
	{ "case 51: said as no answer", OUTCOME_CANCELED, 0, 0, -1,
	  { ACCEPTED, F(FACT_RINGING, 4), OURS(FACT_CANCEL_ASKED, 7), ENDED(6, CLASS_NO_ANSWER, .sip = 487, .word = "no-answer") } },
	{ "case 52: we canceled after 25 s of ringing", OUTCOME_CANCELED, 0, 1, -1,
	  { ACCEPTED, F(FACT_RINGING, 4), OURS(FACT_CANCEL_ASKED, 29), ENDED(29, CLASS_CANCELED, .word = "canceled") } },
	{ "case 53: canceled, and not by us", OUTCOME_NO_ANSWER, ENDING_NOT_ASKED, 1, -1,
	  { ACCEPTED, F(FACT_RINGING, 4), ENDED(29, CLASS_CANCELED, .word = "canceled") } },
	{ "rang out long before somebody clicked cancel", OUTCOME_NO_ANSWER, 0, 1, -1,
	  { ACCEPTED, F(FACT_RINGING, 4), ENDED(29, CLASS_NO_ANSWER, .word = "no-answer"), OURS(FACT_CANCEL_ASKED, 40) } },
	{ "case 54: completed and no-answer", OUTCOME_HUNG_UP, ENDING_CONFLICT, 1, 35,
	  { ACCEPTED, COMPLETED(44, 35), ENDED(44, CLASS_NO_ANSWER, .word = "no-answer") } },
	{ "case 55: queued is only told", OUTCOME_PENDING, 0, 0, -1, { ACCEPTED, F(FACT_QUEUED, 1) } },
	{ "case 56: a word that we do not know", OUTCOME_PENDING, 0, 0, -1,
	  { ACCEPTED, F(FACT_IGNORED, 1, .unknown_word = true, .word = "screening") } },
	{ "case 57: before, given up", OUTCOME_UNKNOWN, 0, 1, -1, { REQUESTED, ACCEPTED, OURS(FACT_GAVE_UP, 86400) } },
	{ "case 57: completed comes 26 h late", OUTCOME_HUNG_UP, 0, 1, 35,
	  { REQUESTED, ACCEPTED, OURS(FACT_GAVE_UP, 86400), COMPLETED(44, 35) } },
	{ "case 59: completed after the agent's word", OUTCOME_ANSWERED, 0, 1, 35,
	  { ACCEPTED, OURS(FACT_DISPOSED, 30), COMPLETED(44, 35) } },
	{ "given up on the end of a call that was answered and disposed of", OUTCOME_ANSWERED, 0, 1, -1,
	  { ACCEPTED, F(FACT_ANSWERED, 9), OURS(FACT_DISPOSED, 30), OURS(FACT_GAVE_UP, 86400) } },

	{ "case 60: a machine, the agent said nothing", OUTCOME_VOICEMAIL, 0, 1, 20,
	  { ACCEPTED, F(FACT_ANSWERED, 9), AMD(13, AMD_MACHINE), F(FACT_BRIDGED, 10), COMPLETED(29, 20) } },
	{ "case 62: a person, then a machine", OUTCOME_VOICEMAIL, ENDING_CHANGED_MIND, 1, 20,
	  { ACCEPTED, F(FACT_ANSWERED, 9), AMD(12, AMD_HUMAN), AMD(14, AMD_MACHINE), COMPLETED(29, 20) } },
	{ "case 63: AMD does not know", OUTCOME_HUNG_UP, 0, 1, 20,
	  { ACCEPTED, F(FACT_ANSWERED, 9), AMD(13, AMD_UNKNOWN), COMPLETED(29, 20) } },
	{ "case 64: AMD never came", OUTCOME_HUNG_UP, 0, 1, 20, { ACCEPTED, F(FACT_ANSWERED, 9), COMPLETED(29, 20) } },
	{ "case 65: a machine, but the agent talked with somebody", OUTCOME_ANSWERED, 0, 1, 20,
	  { ACCEPTED, AMD(13, AMD_MACHINE), COMPLETED(29, 20), OURS(FACT_DISPOSED, 40) } },
	{ "case 66: fax", OUTCOME_FAX, ENDING_NUMBER, 1, 20, { ACCEPTED, AMD(13, AMD_FAX), COMPLETED(29, 20) } },
	{ "case 68: a machine, after screening a person", OUTCOME_HUNG_UP, ENDING_CHANGED_MIND, 1, 20,
	  { ACCEPTED, AMD(13, AMD_MACHINE), AMD(19, AMD_HUMAN), COMPLETED(29, 20) } },

	{ "case 69: the agent left while it rang", OUTCOME_CANCELED, 0, 0, -1,
	  { ACCEPTED, F(FACT_RINGING, 2), OURS(FACT_CANCEL_ASKED, 8), ENDED(8, CLASS_CANCELED, .word = "canceled") } },
	{ "case 69: answered in the race", OUTCOME_ABANDONED, 0, 1, 2,
	  { ACCEPTED, F(FACT_RINGING, 2), OURS(FACT_CANCEL_ASKED, 8), F(FACT_ANSWERED, 8), COMPLETED(10, 2) } },
	{ "case 69: answered in the race, into a room without anybody", OUTCOME_ABANDONED, 0, 1, 20,
	  { ACCEPTED, OURS(FACT_CANCEL_ASKED, 8), F(FACT_ANSWERED, 8), F(FACT_BRIDGED, 9), COMPLETED(28, 20) } },
	{ "case 69: a machine answered in the race", OUTCOME_VOICEMAIL, 0, 1, 2,
	  { ACCEPTED, OURS(FACT_CANCEL_ASKED, 8), F(FACT_ANSWERED, 8), AMD(9, AMD_MACHINE), COMPLETED(10, 2) } },
	{ "case 70: nobody of ours within 2 s", OUTCOME_ABANDONED, 0, 1, 3,
	  { ACCEPTED, F(FACT_ANSWERED, 8), OURS(FACT_NO_AGENT, 10), OURS(FACT_HANGUP_ASKED, 10), COMPLETED(11, 3) } },
	{ "case 70: it was a machine", OUTCOME_VOICEMAIL, 0, 1, 3,
	  { ACCEPTED, F(FACT_ANSWERED, 8), OURS(FACT_NO_AGENT, 10), AMD(12, AMD_MACHINE), COMPLETED(11, 3) } },
	{ "case 71: gone after one second", OUTCOME_HUNG_UP, 0, 1, 2,
	  { ACCEPTED, F(FACT_ANSWERED, 8), F(FACT_BRIDGED, 9), F(FACT_UNBRIDGED, 10), COMPLETED(10, 2) } },
	{ "five seconds were a conversation", OUTCOME_ANSWERED, 0, 1, 6,
	  { ACCEPTED, F(FACT_ANSWERED, 8), F(FACT_BRIDGED, 9), F(FACT_UNBRIDGED, 14), COMPLETED(14, 6) } },
	{ "case 72: the leave was lost", OUTCOME_ANSWERED, 0, 1, 34,
	  { ACCEPTED, F(FACT_BRIDGED, 10), F(FACT_ANSWERED, 10), COMPLETED(44, 34) } },
	{ "case 72: the leave was lost, no times at all", OUTCOME_HUNG_UP, 0, 1, 3,
	  { ACCEPTED, F(FACT_BRIDGED, -1), COMPLETED(-1, 3) } },
	{ "in the room while it rang, and nobody answered", OUTCOME_NO_ANSWER, 0, 1, -1,
	  { ACCEPTED, F(FACT_RINGING, 3), F(FACT_BRIDGED, 3), F(FACT_UNBRIDGED, 28), ENDED(28, CLASS_NO_ANSWER, .word = "no-answer") } },
	{ "in the room while it rang, then a second of talk", OUTCOME_HUNG_UP, 0, 1, 1,
	  { ACCEPTED, F(FACT_RINGING, 3), F(FACT_BRIDGED, 3), F(FACT_ANSWERED, 20), F(FACT_UNBRIDGED, 21), COMPLETED(21, 1) } },
	{ "in the room while it rang, the agent left, answered in the race", OUTCOME_ABANDONED, 0, 1, 9,
	  { ACCEPTED, F(FACT_BRIDGED, 3), OURS(FACT_CANCEL_ASKED, 8), F(FACT_ANSWERED, 8), COMPLETED(17, 9) } },
	{ "case 73: the end of the agent's leg is not the contact's", OUTCOME_NO_ANSWER, 0, 1, -1,
	  { FACT(SOURCE_WEBHOOK, LEG_AGENT, FACT_ENDED, 30, .class = CLASS_ANSWERED, .proves_answer = true, .call = "CA02"),
	    ENDED(28, CLASS_NO_ANSWER, .word = "no-answer", .call = "CA01") } },

	{ "case 81: over, and nobody says how", OUTCOME_PENDING, 0, 0, -1,
	  { ACCEPTED, ENDED(9, CLASS_NONE, .word = "normal_clearing", .sip = 200) } },
	{ "case 81: the poll says no second", OUTCOME_NO_ANSWER, 0, 1, -1,
	  { ACCEPTED, ENDED(9, CLASS_NONE, .word = "normal_clearing", .sip = 200),
	    POLLED(9, CLASS_NONE, .has_seconds = true) } },
	{ "case 81: the poll says forty", OUTCOME_HUNG_UP, 0, 1, 40,
	  { ACCEPTED, ENDED(49, CLASS_NONE, .word = "normal_clearing", .sip = 200),
	    POLLED(49, CLASS_NONE, .has_seconds = true, .seconds = 40, .proves_answer = true) } },
	{ "case 83: 201 and failed/404", OUTCOME_INVALID_NUMBER, ENDING_NUMBER, 1, -1,
	  { REQUESTED, ENDED(1, CLASS_INVALID_NUMBER, .sip = 404), ACCEPTED } },
	{ "case 86: no webhook, the poll says no answer", OUTCOME_NO_ANSWER, 0, 1, -1,
	  { REQUESTED, ACCEPTED, POLLED(31, CLASS_NO_ANSWER, .word = "no-answer") } },
	{ "case 87: gone at the provider", OUTCOME_UNKNOWN, 0, 1, -1, { REQUESTED, ACCEPTED, OURS(FACT_GAVE_UP, 90) } },
	{ "case 90: it never was placed", OUTCOME_NOT_PLACED, 0, 0, -1,
	  { REQUESTED, OURS(FACT_UNSURE, 9), OURS(FACT_NOT_PLACED, 309) } },
	{ "case 90: so we thought", OUTCOME_BUSY, ENDING_CONFLICT, 1, -1,
	  { REQUESTED, OURS(FACT_UNSURE, 9), OURS(FACT_NOT_PLACED, 309), ENDED(8, CLASS_BUSY, .sip = 486) } },
	{ "case 95: 429", OUTCOME_NOT_PLACED, 0, 0, -1, { REQUESTED, OURS(FACT_REFUSED, 1, .class = CLASS_RATE) } },
	{ "case 95: 429, then requested again, no answer yet", OUTCOME_PENDING, 0, 0, -1,
	  { REQUESTED, OURS(FACT_REFUSED, 1, .class = CLASS_RATE), OURS(FACT_REQUESTED, 8) } },
	{ "case 95: 429, then requested again, nobody knows", OUTCOME_PENDING, 0, 0, -1,
	  { REQUESTED, OURS(FACT_REFUSED, 1, .class = CLASS_RATE), OURS(FACT_UNSURE, 8) } },
	{ "case 96: credentials revoked", OUTCOME_ACCOUNT, 0, 0, -1, { REQUESTED, OURS(FACT_REFUSED, 1, .class = CLASS_ACCOUNT) } },
	{ "the number was refused", OUTCOME_INVALID_NUMBER, ENDING_NUMBER, 1, -1,
	  { REQUESTED, OURS(FACT_REFUSED, 1, .class = CLASS_INVALID_NUMBER) } },
	{ "refused for no reason that we know", OUTCOME_ERROR, 0, 0, -1,
	  { REQUESTED, OURS(FACT_REFUSED, 1, .class = CLASS_NETWORK) } },
};

static size_t
size_of_row(const struct row *r)
{
	size_t n = 0;

	while (n < MOST && r->fact[n].kind != FACT_NONE)
		n++;
	return n;
}

static bool
same(const struct ending *a, const struct ending *b)
{
	return a->outcome == b->outcome && a->final == b->final && a->uses_call == b->uses_call && a->flags == b->flags &&
	    a->answered == b->answered && a->amd == b->amd && a->has_talk == b->has_talk && a->talk_s == b->talk_s &&
	    a->ended_us == b->ended_us;
}

static unsigned long orders;

/* Heap's algorithm: every order of f[0..n), each also with one of its facts told again at the end. */
static bool
every_order(struct fact *f, size_t n, size_t k, const struct ending *want)
{
	struct ending e;

	if (k <= 1) {
		e = outcome_of(f, n, SHORT);
		orders++;
		if (!same(&e, want))
			return false;
		f[n] = f[orders % n];
		e = outcome_of(f, n + 1, SHORT);
		return same(&e, want);
	}
	for (size_t i = 0; i < k; i++) {
		struct fact t;

		if (!every_order(f, n, k - 1, want))
			return false;
		t = f[k % 2 == 0 ? i : 0];
		f[k % 2 == 0 ? i : 0] = f[k - 1];
		f[k - 1] = t;
	}
	return true;
}

/* Every subset of the facts comes first (asked each time, as the program does), the rest late: what was said in
 * between does not matter for what is said at the end; and all of them twice. */
static bool
every_lateness(const struct fact *f, size_t n, const struct ending *want)
{
	for (unsigned early = 0; early < 1u << n; early++) {
		struct fact now[2 * MOST];
		struct ending e;
		size_t have = 0;

		for (size_t i = 0; i < n; i++)
			if (early & 1u << i)
				now[have++] = f[i];
		(void)outcome_of(now, have, SHORT);
		for (size_t i = n; i-- > 0; )
			if (!(early & 1u << i))
				now[have++] = f[i];
		e = outcome_of(now, have, SHORT);
		if (!same(&e, want))
			return false;
		memcpy(now + n, f, n * sizeof(*f));
		e = outcome_of(now, 2 * n, SHORT);
		if (!same(&e, want))
			return false;
	}
	return true;
}

static void
table(void)
{
	char name[200];

	for (size_t i = 0; i < NITEMS(rows); i++) {
		const struct row *r = &rows[i];
		size_t n = size_of_row(r);
		struct ending e = outcome_of(r->fact, n, SHORT);

		check_line_(e.outcome == r->outcome && e.final == (r->outcome != OUTCOME_PENDING) && e.flags == r->flags &&
		    e.uses_call == (r->uses != 0) && (e.has_talk ? (int)e.talk_s : -1) == r->talk, r->name, __FILE__, __LINE__,
		    "%s, flags %u, uses %d, talk %d", outcome_word(e.outcome), e.flags, e.uses_call,
		    e.has_talk ? (int)e.talk_s : -1);
		if (n > 0) {
			struct fact f[MOST + 1];

			memcpy(f, r->fact, n * sizeof(*f));
			snprintf(name, sizeof(name), "%s: in every order, doubled, late", r->name);
			CHECK_CASE(name, every_order(f, n, n, &e) && every_lateness(r->fact, n, &e));
		}
	}
	CHECK_CASE("case 41: all 40,320 orders of case 40 were among those tried", orders > 40320);
}

/* Sets that nobody thought of: facts drawn from all rows, in two orders. */
static void
mixed(void)
{
	uint32_t seed = 20261123;
	unsigned bad = 0;

	for (unsigned round = 0; round < 200000; round++) {
		struct fact f[MOST], g[MOST];
		struct ending a, b;
		size_t n = 0;

		while (n < MOST - 1) {
			const struct row *r;

			seed = seed * 1664525 + 1013904223;
			r = &rows[(seed >> 8) % NITEMS(rows)];
			if (size_of_row(r) > 0)
				f[n++] = r->fact[(seed >> 16) % size_of_row(r)];
		}
		for (size_t i = 0; i < n; i++)
			g[i] = f[(i * 3 + round) % n];		/* 3 and 7 have no common divisor */
		a = outcome_of(f, n, SHORT);
		b = outcome_of(g, n, SHORT);
		bad += !same(&a, &b);
	}
	CHECK_EQ_U_N("200,000 sets of facts that do not fit together: one outcome in two orders", bad, 0);
}

/* Telephony 5.3. */
static void
codes(void)
{
	static const struct { const char *name; enum call_class class; int sip[8], q850[10]; } classes[] = {
		{ "busy", CLASS_BUSY, { 486, 600 }, { 17 } },
		{ "no answer", CLASS_NO_ANSWER, { 408, 480, 487 }, { 18, 19, 20 } },
		{ "invalid number", CLASS_INVALID_NUMBER, { 404, 410, 484, 485, 604 }, { 1, 22, 28 } },
		{ "rejected", CLASS_REJECTED, { 403, 433, 603, 607, 608 }, { 21, 55 } },
		{ "network", CLASS_NETWORK, { 503, 488, 606, 483, 420, 500, 502, 504 }, { 34, 38, 41, 42, 44, 47, 58, 102, 127 } },
		{ "account", CLASS_ACCOUNT, { 401, 402, 407 }, { 50, 52, 57 } },
		{ "answered", CLASS_ANSWERED, { 200 }, { 0 } },
	};

	for (size_t i = 0; i < NITEMS(classes); i++) {
		bool good = true;

		for (size_t k = 0; k < NITEMS(classes[i].sip) && classes[i].sip[k] != 0; k++)
			good = good && class_of_code(classes[i].sip[k], 0) == classes[i].class;
		for (size_t k = 0; k < NITEMS(classes[i].q850) && classes[i].q850[k] != 0; k++)
			good = good && class_of_code(0, classes[i].q850[k]) == classes[i].class;
		CHECK_CASE(classes[i].name, good);
	}
	CHECK_CASE("the SIP code before the cause", class_of_code(486, 1) == CLASS_BUSY);
	CHECK_CASE("no code says nothing", class_of_code(0, 0) == CLASS_NONE && class_of_code(180, 0) == CLASS_NONE &&
	    class_of_code(0, 16) == CLASS_NONE && class_of_code(-3, 999) == CLASS_NONE);
}

/* Every stored word leads back to its number, and no two are the same. */
static void
stored_words(void)
{
	bool good = true;

	for (unsigned i = 0; i < OUTCOME__MAX; i++)
		good = good && outcome_of_word(outcome_word((enum outcome)i)) == i;
	for (unsigned i = 0; i < FACT__MAX; i++)
		good = good && fact_kind_of(fact_kind_word((enum fact_kind)i)) == i;
	for (unsigned i = 0; i < AMD__MAX; i++)
		good = good && amd_of(amd_word((enum amd)i)) == i;
	for (unsigned i = 0; i < CLASS__MAX; i++)
		good = good && call_class_of(call_class_word((enum call_class)i)) == i;
	for (unsigned i = 0; i < SOURCE__MAX; i++)
		good = good && fact_source_of(fact_source_word((enum fact_source)i)) == i;
	CHECK_CASE("every stored word leads back to its number", good);
	CHECK_CASE("a word that is none", outcome_of_word("x") == OUTCOME__MAX && fact_kind_of("x") == FACT_NONE &&
	    amd_of(NULL) == AMD_NONE && call_class_of("x") == CLASS_NONE);
	CHECK_CASE("whom a class is about", call_class_about(CLASS_BUSY) == ABOUT_CONTACT &&
	    call_class_about(CLASS_NETWORK) == ABOUT_NETWORK && call_class_about(CLASS_RATE) == ABOUT_US);
	CHECK_CASE("which facts are ours", fact_is_ours(FACT_GAVE_UP) && !fact_is_ours(FACT_QUEUED));
}

int
main(void)
{
	table();
	mixed();
	codes();
	stored_words();
	return check_done();
}
