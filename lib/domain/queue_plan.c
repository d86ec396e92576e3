/*
 * queue_plan.c - where the next person is looked for: band by band, and inside a band the zones that are open
 * now, the one that closes first first.
 *
 * Claimed rows leave delete-marked entries at the head of the index, and every claim would walk over
 * them; so each (zone, band) has a low-water mark, the due_at of the last one claimed there by this
 * process. It is a hint, never the truth: it is dropped every 512th claim, every second, and the procedure drops it
 * where it finds nothing above it.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"

#include "domain/queue_in.h"

#define PLACE_CHARS	21		/* band 1, zone 3, mark 17: as save_and_claim reads them */
#define MARKS_CLAIMS	512
#define MARKS_US	SECOND_US

/* Real time that never jumps: the marks age by it, whatever a test does to the clock. */
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
age_marks(struct queue_settings *s)
{
	int64_t t = steady_us();

	if (s->claims < MARKS_CLAIMS && t - s->marks_since < MARKS_US)
		return;
	for (size_t i = 0; i < s->nzones; i++)
		memset(s->zones[i].mark, 0, sizeof(s->zones[i].mark));
	s->claims = 0;
	s->marks_since = t;
}

const char *
queue_plan(struct queue_settings *s, const struct operation *op, int64_t now, struct arena *a)
{
	struct buf b;

	if (op->state != OP_ACTIVE || !op->dated)
		return "";
	queue_hours(s, op, now);
	age_marks(s);
	buf_init_in(&b, a, ENTRY_BANDS * s->nzones * PLACE_CHARS + 64);
	for (unsigned band = BAND_APPOINTMENT; band <= BAND_FRESH; band++)
		for (size_t i = 0; i < s->nzones; i++)
			if (s->zones[i].verdict == HOURS_OPEN)
				buf_fmt(&b, "%1u%03u%017lld", band, s->zones[i].number, (long long)s->zones[i].mark[band]);
	return b.len == 0 ? "" : b.data;
}

static int64_t *
mark_of(struct queue_settings *s, unsigned zone, unsigned band)
{
	for (size_t i = 0; i < s->nzones; i++)
		if (s->zones[i].number == zone && band >= BAND_APPOINTMENT && band <= BAND_FRESH)
			return &s->zones[i].mark[band];
	return NULL;
}

void
queue_mark(struct queue_settings *s, const char *plan, const struct queue_answer *r)
{
	size_t places = strlen(plan) / PLACE_CHARS;
	int64_t *mark;

	/* what was found empty has been looked through from the start */
	for (size_t i = 0; i < r->probes && i < places; i++) {
		const char *p = plan + i * PLACE_CHARS;
		unsigned zone = (unsigned)(p[1] - '0') * 100 + (unsigned)(p[2] - '0') * 10 + (unsigned)(p[3] - '0');
		if ((mark = mark_of(s, zone, (unsigned)(p[0] - '0'))) != NULL)
			*mark = 0;
	}
	if (r->claimed == CALL_CLAIMED && (mark = mark_of(s, r->got.zone, r->band)) != NULL)
		*mark = r->due_at;
	s->claims++;
}
