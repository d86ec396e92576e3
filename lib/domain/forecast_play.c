/*
 * forecast_play.c - one run: calls one after another, each taking its share of the callers' time while calls are open.
 */
#include "domain/forecast_in.h"

#include "plumb/clock.h"

static void
windows(struct stage *s)
{
	const struct forecast_of *of = s->of;
	int64_t at = of->now, opens, closes;

	while (s->nopen < WINDOWS) {
		enum hours_verdict v = hours_at(&of->hours, of->zone, at, &opens, &closes);
		struct tm day;

		if (v == HOURS_ENDED)
			return;
		if (v != HOURS_OPEN) {
			at = opens;
			continue;
		}
		day = clock_local(of->zone, at);
		day.tm_hour = day.tm_min = day.tm_sec = 0;
		day.tm_mday++;
		s->open[s->nopen++] = (struct open_time){ at, closes, clock_moment(of->zone, &day) };
		at = closes;
	}
}

static void
add(struct stage *s, double weight, const struct forecast_one *one)
{
	s->shown[s->nshown++] = (struct shown){ .weight = weight, .alone = weight <= 1, .one = *one };
}

void
stage_set(struct stage *s, const struct forecast_of *of)
{
	uint64_t others = of->waiting > of->nones ? of->waiting - of->nones : 0, alone, many;
	struct forecast_one one = { .due_at = of->now };
	unsigned stand;

	s->of = of;
	s->nopen = s->nshown = 0;
	windows(s);
	for (size_t i = 0; i < of->nones && i < FORECAST_WAITING; i++)
		add(s, 1, &of->one[i]);
	/* who is due earlier than those: as far on in their calls */
	stand = (unsigned)(others < FORECAST_WAITING ? others : FORECAST_WAITING);
	for (unsigned i = 0; i < stand; i++) {
		if (of->nones > 0)
			one = of->one[i % of->nones];
		one.due_at = of->now;
		add(s, (double)others / stand, &one);
	}
	s->nwaiting = s->nshown;
	one = (struct forecast_one){ .due_at = 0 };
	alone = of->fresh <= SHOWN_ALONE + SHOWN_FOR_MANY ? of->fresh : SHOWN_ALONE;
	many = of->fresh - alone;
	for (unsigned i = 0; i < SHOWN_FOR_MANY && many > 0; i++)
		add(s, (double)many / SHOWN_FOR_MANY, &one);
	for (uint64_t i = 0; i < alone; i++)
		add(s, 1, &one);
}

struct play {
	const struct stage *s;
	const struct answers *how;
	struct chance chance;
	uint64_t turn[CALL_NUMBERS][2];	/* where the evenly spread draws of those who stand for many begin */
	struct shown shown[SHOWN + HALVED];
	struct due due[SHOWN + HALVED];
	struct due_heap waits;
	unsigned fresh, nshown, window;
	int64_t last;			/* when the last call ended */
	double left, calls;
};

/*
 * Who stands for many does not fare by chance as one would: their draws are spread evenly, so that together they fare as
 * many do. Each call number has its own step, so that one draw says nothing about the next.
 */
static double
draw(struct play *p, unsigned who, unsigned number, unsigned which)
{
	/* the fractional parts of square roots of primes, in parts of 2^64 */
	static const uint64_t step[CALL_NUMBERS][2] = { { 0x6a09e667f3bcc908, 0xbb67ae8584caa73b }, { 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1 },
		{ 0x510e527fade682d1, 0x9b05688c2b3e6c1f }, { 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179 }, { 0xcbbb9d5dc1059ed8, 0x629a292a367cd507 },
		{ 0x9159015a3070dd17, 0x152fecd8f70e5939 } };

	return p->shown[who].alone ? chance_one(&p->chance) : (double)((p->turn[number][which] + who * step[number][which]) >> 11) * 0x1p-53;
}

static enum status
draw_status(struct play *p, unsigned who)
{
	unsigned number = p->shown[who].one.calls < CALL_NUMBERS ? p->shown[who].one.calls : CALL_NUMBERS - 1;
	const double *sum = p->how->status[draw(p, who, number, 0) < p->how->reach[number]];
	double at = draw(p, who, number, 1) * sum[ST__MAX - 1];
	unsigned s = 1;

	while (s < ST__MAX - 1 && sum[s] <= at)
		s++;
	return (enum status)s;
}

/*
 * recycle.h's other_part_of_day by the windows' midnights instead of the zone's clock, which would cost more than all
 * the rest; on the two days a year on which clocks change it may be an hour off.
 */
static int64_t
other_part(int64_t midnight, int64_t called_at, int64_t due_at)
{
	int64_t day = midnight - DAY_US + (due_at - (midnight - DAY_US)) / DAY_US * DAY_US;
	int called = (int)((called_at - (midnight - DAY_US)) / HOUR_US), due = (int)((due_at - day) / HOUR_US);
	int begin = called < 12 ? 0 : called < 17 ? 12 : 17, end = called < 12 ? 12 : called < 17 ? 17 : 24;

	return due >= begin && due < end ? day + end * HOUR_US : due_at;
}

/*
 * Waits for another call. Who stands for many becomes two who stand for half as many each: few people have a long way to the
 * end, but they are the ones who decide when it is.
 */
static void
wait_until(struct play *p, unsigned who, int64_t at)
{
	struct shown *o = &p->shown[who];

	if (!o->alone && p->nshown < SHOWN + HALVED) {
		o->weight /= 2;
		o->alone = o->weight <= 1;
		p->shown[p->nshown] = *o;
		due_add(&p->waits, p->nshown++, at);
	}
	due_add(&p->waits, who, at);
}

/* Answers how long it took, in microseconds of the callers' time. */
static double
call(struct play *p, unsigned who, int64_t now)
{
	const struct forecast_of *of = p->s->of;
	struct shown *o = &p->shown[who];
	enum status s = draw_status(p, who);
	double took = p->how->seconds * SECOND_US * (o->alone ? 2 * chance_one(&p->chance) : 1), weight = o->weight;
	struct recycle_rule rule = of->rules[s];
	struct recycle_next next;

	rule.more_calls = of->more_calls;
	rule.other_part_in = NULL;
	if (o->day != p->s->open[p->window].midnight) {
		o->day = p->s->open[p->window].midnight;
		o->today = 0;
	}
	o->today += o->today < UINT8_MAX;
	o->one.calls++;
	p->calls += o->weight;
	next = recycle_decide(&rule, s, &o->one.retries, now + (int64_t)took, 0);
	o->one.retries = next.retries;
	if (next.state == QS_WAITING)
		wait_until(p, who, of->other_part ? other_part(p->s->open[p->window].midnight, now, next.due_at) : next.due_at);
	else
		p->left -= o->weight;
	p->last = now + (int64_t)took;
	return took * weight;
}

/* The next to call now: due retries, then people never called. False: nobody now. */
static bool
next_to_call(struct play *p, int64_t now, unsigned *who)
{
	const struct open_time *open = &p->s->open[p->window];

	while (p->waits.n > 0 && p->due[0].at <= now) {
		*who = due_first(&p->waits);
		if (p->s->of->day_calls == 0 || p->shown[*who].day != open->midnight || p->shown[*who].today < p->s->of->day_calls)
			return true;
		due_add(&p->waits, *who, open->midnight);
	}
	*who = p->fresh;
	return p->fresh < p->s->nshown && ++p->fresh > 0;
}

static void
begin(struct play *p, const struct stage *s, const struct answers *how, struct chance chance)
{
	p->s = s;
	p->how = how;
	p->chance = chance;
	p->waits = (struct due_heap){ .due = p->due };
	p->fresh = s->nwaiting;
	p->nshown = s->nshown;
	p->last = s->of->now;
	p->window = 0;
	p->left = p->calls = 0;
	memcpy(p->shown, s->shown, s->nshown * sizeof(*s->shown));
	for (unsigned i = 0; i < CALL_NUMBERS; i++)
		for (unsigned k = 0; k < 2; k++)
			p->turn[i][k] = (uint64_t)(chance_one(&p->chance) * 0x1p64);
	for (unsigned i = 0; i < s->nshown; i++) {
		p->left += s->shown[i].weight;
		if (i < s->nwaiting)
			due_add(&p->waits, i, s->shown[i].one.due_at);
	}
}

void
stage_play(const struct stage *s, const struct answers *how, double agents, struct chance chance, struct run *out)
{
	static struct play p;		/* too large for the stack; a process plays one at a time */
	int64_t now = s->of->now;
	unsigned who;

	begin(&p, s, how, chance);
	for (; p.window < s->nopen; p.window++) {
		const struct open_time *open = &s->open[p.window];

		now = now < open->from ? open->from : now;
		while (now < open->until && (p.fresh < s->nshown || p.waits.n > 0)) {
			if (next_to_call(&p, now, &who))
				now += (int64_t)(call(&p, who, now) / agents);
			else
				now = p.due[0].at;
		}
		if (p.window < FORECAST_DAYS)
			out->at_day[p.window] = p.left;
		if (p.fresh == s->nshown && (p.waits.n == 0 || p.due[0].at >= s->open[s->nopen - 1].until))
			break;		/* nobody is left who could be called before the end */
	}
	out->done = p.window < s->nopen;
	for (unsigned d = p.window; d < FORECAST_DAYS; d++)
		out->at_day[d] = out->done ? 0 : p.left;
	out->done_at = p.last;
	out->left = out->done ? 0 : p.left;
	out->calls = p.calls;
}
