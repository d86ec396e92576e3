/*
 * queue_plan.c - where the next person is looked for: band by band, and inside a band the zones that are open
 * now, the one that closes first first.
 *
 * Claimed rows leave delete-marked entries at the head of the index, and every claim would walk over
 * them; so each (zone, band) has a low-water mark, the due_at of the last one claimed there by this
 * process. It is a hint, never the truth: it is dropped every 512th claim, every second, and the procedure drops it
 * where it finds nothing above it. In the same way a place that was just found empty is passed over for a
 * second, unless nobody at all is found.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"

#include "domain/queue_in.h"

#define PLACE_CHARS	21		/* band 1, zone 3, mark 17: as save_and_claim reads them */
#define HINT_CLAIMS	512
#define HINT_US		SECOND_US

/* Real time that never jumps: hints age by it, whatever a test does to the clock. */
static int64_t
steady_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * SECOND_US + ts.tv_nsec / 1000;
}

static int
closes_first(const void *a, const void *b)
{
	const struct queue_zone *x = a, *y = b;

	if (x->closes_at != y->closes_at)
		return x->closes_at < y->closes_at ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

void
queue_hours(struct queue_settings *s, const struct operation *op, int64_t now)
{
	if (now >= s->hours_from && now < s->hours_until)
		return;
	s->hours_from = now;
	s->hours_until = now + HOUR_US;
	for (size_t i = 0; i < s->nzones; i++) {
		struct queue_zone *z = &s->zones[i];
		int64_t change;

		z->verdict = hours_at(&op->hours, z->name, now, &z->opens_at, &z->closes_at);
		change = z->verdict == HOURS_OPEN ? z->closes_at : z->opens_at;
		if (change != 0 && change < s->hours_until)
			s->hours_until = change;
	}
	qsort(s->zones, s->nzones, sizeof(*s->zones), closes_first);
}

static void
age_hints(struct queue_settings *s)
{
	int64_t t = steady_us();

	if (s->claims < HINT_CLAIMS && t - s->marks_since < HINT_US)
		return;
	for (size_t i = 0; i < s->nzones; i++) {
		memset(s->zones[i].mark, 0, sizeof(s->zones[i].mark));
		memset(s->zones[i].empty_at, 0, sizeof(s->zones[i].empty_at));
	}
	s->claims = 0;
	s->expired_at = 0;
	s->marks_since = t;
}

/* Within a second by our clock too: a test, or an administrator, may have moved it. */
static bool
just(int64_t then, int64_t now)
{
	return then != 0 && now >= then && now - then < HINT_US;
}

static void
places(struct buf *b, const struct queue_settings *s, int64_t now, bool thorough)
{
	for (unsigned band = BAND_APPOINTMENT; band <= BAND_FRESH; band++)
		for (size_t i = 0; i < s->nzones; i++) {
			const struct queue_zone *z = &s->zones[i];
			if (z->verdict == HOURS_OPEN && (thorough || !just(z->empty_at[band], now)))
				buf_fmt(b, "%1u%03u%017lld", band, z->number, (long long)(thorough ? 0 : z->mark[band]));
		}
}

struct queue_plan
queue_plan(struct queue_settings *s, const struct operation *op, int64_t now, bool thorough, struct arena *a)
{
	struct queue_plan p = { .places = "", .thorough = thorough };
	struct buf b;

	if (op->state != OP_ACTIVE || !op->dated)
		return p;
	queue_hours(s, op, now);
	age_hints(s);
	buf_init_in(&b, a, ENTRY_BANDS * s->nzones * PLACE_CHARS + 64);
	places(&b, s, now, thorough);
	if (b.len == 0 && !thorough) {
		p.thorough = true;
		places(&b, s, now, true);
	}
	if (b.len > 0)
		p.places = b.data;
	p.expire = p.thorough || !just(s->expired_at, now);
	return p;
}

void
queue_plan_first(struct queue_plan *p, const struct queue_settings *s, const struct queue_first *first, size_t n, struct arena *a)
{
	struct buf b;

	if (n == 0)
		return;
	buf_init_in(&b, a, n * PLACE_CHARS + strlen(p->places) + 64);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < s->nzones && first[i].entry.v != 0; k++)
			if (s->zones[k].number == first[i].zone && s->zones[k].verdict == HOURS_OPEN)
				buf_fmt(&b, "0%03u%017llu", first[i].zone, (unsigned long long)first[i].entry.v);
	if (b.len == 0)
		return;
	buf_text(&b, p->places);
	p->places = b.data;
}

static struct queue_zone *
zone_of(struct queue_settings *s, unsigned number)
{
	for (size_t i = 0; i < s->nzones; i++)
		if (s->zones[i].number == number)
			return &s->zones[i];
	return NULL;
}

void
queue_mark(struct queue_settings *s, const struct queue_plan *plan, int64_t now, const struct queue_answer *r)
{
	size_t n = strlen(plan->places) / PLACE_CHARS;
	struct queue_zone *z;
	bool by_id = r->probes < n && plan->places[r->probes * PLACE_CHARS] == '0';

	for (size_t i = 0; i < r->probes && i < n; i++) {
		const char *p = plan->places + i * PLACE_CHARS;
		unsigned number = (unsigned)(p[1] - '0') * 100 + (unsigned)(p[2] - '0') * 10 + (unsigned)(p[3] - '0');

		if (p[0] != '0' && (z = zone_of(s, number)) != NULL) {
			z->mark[p[0] - '0'] = 0;
			z->empty_at[p[0] - '0'] = now;
		}
	}
	if (plan->expire)
		s->expired_at = now;
	if (r->claimed == CALL_CLAIMED && !by_id && r->band >= BAND_APPOINTMENT && r->band <= BAND_FRESH &&
	    (z = zone_of(s, r->got.zone)) != NULL)
		z->mark[r->band] = r->due_at;
	s->claims++;
}
