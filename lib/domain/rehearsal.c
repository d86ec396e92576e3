/*
 * rehearsal.c - the sample's calls in steps of a quarter of an hour.
 */
#include "domain/rehearsal.h"

#include "plumb/clock.h"

#include "domain/due_heap.h"

#define STEP_US		(15 * MINUTE_US)
#define STEPS_MOST	20000		/* half a year of open quarters of an hour */

struct past
past_usual(void)
{
	return (struct past){ .seconds = 90, .seen = { [ST_NO_ANSWER] = 42, [ST_VOICEMAIL] = 18, [ST_BUSY] = 3, [ST_NOT_HOME] = 4,
	    [ST_CALL_BACK] = 4, [ST_WRONG_NUMBER] = 6, [ST_HUNG_UP] = 3, [ST_LANGUAGE_BARRIER] = 1, [ST_REFUSED] = 7,
	    [ST_COMPLETED] = 12 } };
}

/* One of the sample. */
struct one { int64_t day_from; struct retries retries; unsigned calls; uint8_t today; bool reached; };

struct play {
	const struct rehearsal_of *of;
	struct one one[REHEARSED];
	struct due due[REHEARSED];
	struct due_heap waits;			/* over `due` */
	unsigned fresh;				/* of whom nobody was called from here on */
	uint64_t weights, calls, reached;
	int64_t midnight, next_midnight, done_at;
};

/* splitmix64 of who and which call: the same person fares the same in every rehearsal, so that two of them differ by their
 * rules and not by chance. */
static uint64_t
draw(unsigned who, unsigned calls, uint64_t below)
{
	uint64_t x = ((uint64_t)who * 256 + calls + 1) * UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return (x ^ x >> 31) % below;
}

static enum status
draw_status(const struct play *p, unsigned who)
{
	uint64_t at = draw(who, p->one[who].calls, p->weights);

	for (unsigned s = 1; s < ST__MAX; s++) {
		if (at < p->of->past.seen[s])
			return (enum status)s;
		at -= p->of->past.seen[s];
	}
	return ST_COMPLETED;
}

static void
call(struct play *p, unsigned who, int64_t now)
{
	struct one *o = &p->one[who];
	enum status s = draw_status(p, who);
	struct recycle_rule rule = p->of->rules[s];
	struct recycle_next next;

	rule.more_calls = p->of->more_calls;
	rule.other_part_in = p->of->other_part ? p->of->zone : NULL;
	if (o->day_from != p->midnight) {
		o->day_from = p->midnight;
		o->today = 0;
	}
	if (o->today < UINT8_MAX)
		o->today++;
	o->calls++;
	p->calls++;
	p->done_at = now;
	p->reached += !o->reached && status_reached(s);
	o->reached = o->reached || status_reached(s);
	next = recycle_decide(&rule, s, &o->retries, now, 0);
	o->retries = next.retries;
	if (next.state == QS_WAITING)
		due_add(&p->waits, who, next.due_at);
}

/* The next of the sample to call: due retries, then people never called. False: nobody now. */
static bool
call_next(struct play *p, int64_t now)
{
	while (p->waits.n > 0 && p->due[0].at <= now) {
		unsigned who = due_first(&p->waits);
		const struct one *o = &p->one[who];

		if (p->of->day_calls == 0 || o->day_from != p->midnight || o->today < p->of->day_calls) {
			call(p, who, now);
			return true;
		}
		due_add(&p->waits, who, p->next_midnight);
	}
	if (p->fresh == REHEARSED)
		return false;
	call(p, p->fresh++, now);
	return true;
}

static void
new_day(struct play *p, int64_t now)
{
	struct tm day = clock_local(p->of->zone, now);

	day.tm_hour = day.tm_min = day.tm_sec = 0;
	p->midnight = clock_moment(p->of->zone, &day);
	day.tm_mday++;
	p->next_midnight = clock_moment(p->of->zone, &day);
}

struct rehearsal
rehearse(const struct rehearsal_of *of)
{
	static struct play p;		/* too large for the stack; a process plays one at a time */
	double share = of->people == 0 ? 0 : (double)REHEARSED / (double)of->people, budget = 0;
	int64_t now = of->start_at, opens, closes;
	struct rehearsal out = { 0 };

	p = (struct play){ .of = of, .waits = { .due = p.due } };
	for (unsigned s = 1; s < ST__MAX; s++)
		p.weights += of->past.seen[s];
	if (of->people == 0 || of->agents == 0 || of->past.seconds == 0 || p.weights == 0) {
		out.left = of->people;
		return out;
	}
	for (unsigned step = 0; step < STEPS_MOST && (p.fresh < REHEARSED || p.waits.n > 0); step++) {
		enum hours_verdict v = hours_at(&of->hours, of->zone, now, &opens, &closes);
		int64_t until = now + STEP_US;
		bool busy = true;

		if (v == HOURS_ENDED)
			break;
		if (v != HOURS_OPEN) {
			now = opens;
			continue;
		}
		if (now < p.midnight || now >= p.next_midnight)
			new_day(&p, now);
		until = until < closes ? until : closes;
		budget += share * of->agents * (double)(until - now) / ((double)of->past.seconds * SECOND_US);
		while (budget >= 1 && busy)
			if ((busy = call_next(&p, now)))
				budget -= 1;
		if (!busy && budget > 1)
			budget = 1;		/* time in which nobody could be called is gone */
		now = until;
		/* nobody left but people who wait: on to the first of them */
		if (!busy && p.waits.n > 0 && p.due[0].at > now)
			now = p.due[0].at;
	}
	out.calls = (uint64_t)((double)p.calls / share + 0.5);
	out.reached = (uint64_t)((double)p.reached / share + 0.5);
	out.left = (uint64_t)((double)(REHEARSED - p.fresh + p.waits.n) / share + 0.5);
	out.done_at = p.done_at == 0 ? 0 : p.done_at + STEP_US;
	return out;
}

enum status
rehearsal_lever(const struct rehearsal_of *of)
{
	enum status best = ST_NONE;

	for (unsigned s = 1; s < ST__MAX; s++)
		if (of->rules[s].ticked && !status_reached((enum status)s) && of->past.seen[s] > 0 &&
		    (best == ST_NONE || of->past.seen[s] > of->past.seen[best]))
			best = (enum status)s;
	return best;
}
