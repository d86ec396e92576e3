/*
 * demo_calls.c - three evenings on the phone: each agent claims, talks, saves and gets the next, by the real verbs
 * with moments of the past. The same every time: the chances come from a fixed seed.
 */
#include "domain/demo_in.h"

#include "domain/queue.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/log.h"

enum { EVENINGS = 3, BEGIN_HOUR = 17, END_HOUR = 19 };

/* How calls end, in a hundred. */
static const struct { enum status status; unsigned chance; const char *note; } outcomes[] = {
	{ ST_COMPLETED, 31, "" }, { ST_NO_ANSWER, 27, "" }, { ST_VOICEMAIL, 13, "" }, { ST_NOT_HOME, 8, "De retour vers 19 h" },
	{ ST_CALL_BACK, 6, "À table, rappeler plus tard" }, { ST_BUSY, 4, "" }, { ST_REFUSED, 4, "" },
	{ ST_WRONG_NUMBER, 3, "" }, { ST_HUNG_UP, 1, "" }, { ST_LANGUAGE_BARRIER, 1, "Portugais" }, { ST_MOVED, 1, "" },
	{ ST_DNC, 1, "Ne veut plus être appelé" },
};

struct dice { uint64_t x; };

static unsigned
roll(struct dice *d, unsigned sides)
{
	d->x = d->x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)((d->x >> 33) % sides);
}

struct agent {
	struct user_id user;
	int64_t at;			/* when the call at hand ends */
	bool holds;
	struct held held;
};

static void
talk(struct making *m, struct dice *d, struct agent *ag, struct call *call, struct call_answer *answer)
{
	unsigned p = roll(d, 100), i = 0;

	while (i + 1 < NITEMS(outcomes) && p >= outcomes[i].chance)
		p -= outcomes[i++].chance;
	*call = (struct call){ .entry = ag->held.entry, .form_key = ag->held.form_key, .claimed_at = ag->held.claimed_at,
		.status = outcomes[i].status, .note = roll(d, 3) == 0 ? outcomes[i].note : "" };
	if (call->status == ST_COMPLETED && m->question.nchoices > 0) {
		/* the first choices are the most frequent */
		unsigned a = roll(d, (unsigned)m->question.nchoices), b = roll(d, (unsigned)m->question.nchoices);
		*answer = (struct call_answer){ .question = m->question.id, .choice = m->question.choices[a < b ? a : b].id,
			.text = "" };
		call->answers = answer;
		call->nanswers = 1;
	}
	if (call->status == ST_CALL_BACK && roll(d, 2) == 0) {
		struct tm when = clock_local(m->op.zone, ag->at + DAY_US);
		when.tm_hour = 10 + (int)roll(d, 10);
		when.tm_min = 30;
		when.tm_sec = 0;
		call->callback_at = clock_moment(m->op.zone, &when);
	}
}

/* One call ends at ag->at; the next begins unless the evening is over. */
static bool
one_call(struct making *m, const struct recycle_rule *rules, struct dice *d, struct agent *ag, int64_t evening_ends)
{
	struct arena *a = arena_new();
	struct call_answer answer;
	struct call call;
	struct nobody_now nobody;
	enum claimed claimed = CLAIMED_NOBODY;
	enum refusal why = R_NONE;
	bool next = ag->at + 5 * MINUTE_US < evening_ends, ok;

	talk(m, d, ag, &call, &answer);
	ok = queue_save(m->db, &m->op, rules, ag->user, &call, ag->at, next, &claimed, &ag->held, &nobody, &why, a) == SAVED;
	if (!ok)
		log_error("demo: a call could not be saved: %s", refusal_key(why));
	m->calls += ok;
	ag->holds = ok && next && claimed == CLAIMED;
	if (ag->holds) {	/* its texts outlive this call's memory */
		ag->held.form_key = arena_strdup(m->arena, ag->held.form_key);
		ag->held.e164 = ag->held.zone = ag->held.zones = NULL;
		ag->at += (call.status == ST_COMPLETED ? 150 : 45) * SECOND_US + (int64_t)roll(d, 170 * 1000) * 1000;
	}
	arena_free(a);
	return ok && claimed != CLAIM_FAILED;
}

static bool
evening(struct making *m, const struct recycle_rule *rules, struct dice *d, int64_t begins, int64_t ends)
{
	struct agent agent[DEMO_AGENTS];

	for (unsigned i = 0; i < DEMO_AGENTS; i++) {
		struct nobody_now nobody;
		int64_t at = begins + (int64_t)roll(d, 900 * 1000) * 1000;

		agent[i] = (struct agent){ .user = m->agent[i], .at = at + 2 * MINUTE_US };
		switch (queue_claim(m->db, &m->op, agent[i].user, at, &agent[i].held, &nobody, m->arena)) {
		case CLAIMED:	agent[i].holds = true; break;
		case CLAIMED_NOBODY: break;
		case CLAIM_FAILED: return false;
		}
	}
	for (;;) {
		struct agent *first = NULL;

		for (unsigned i = 0; i < DEMO_AGENTS; i++)
			if (agent[i].holds && (first == NULL || agent[i].at < first->at))
				first = &agent[i];
		if (first == NULL)
			return true;
		if (!one_call(m, rules, d, first, ends))
			return false;
	}
}

bool
demo_calls(struct making *m, int64_t now)
{
	struct recycle_rule rules[ST__MAX];
	struct dice d = { 20261123 };

	if (operation_rules(m->db, m->op.id, rules, m->arena) != FOUND)
		return false;
	for (int ago = EVENINGS; ago >= 1; ago--) {
		struct tm day = clock_local(m->op.zone, now - ago * DAY_US);
		int64_t begins, ends;

		day.tm_min = day.tm_sec = 0;
		day.tm_hour = BEGIN_HOUR;
		begins = clock_moment(m->op.zone, &day);
		day.tm_hour = END_HOUR;
		ends = clock_moment(m->op.zone, &day);
		if (!evening(m, rules, &d, begins, ends))
			return false;
	}
	return true;
}
