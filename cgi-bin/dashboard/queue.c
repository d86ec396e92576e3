/*
 * queue.c - the queue that adds up, with a clock: everybody on the list in one state, with the reason, and the moment
 * from which on more can be called. An owner opens the people behind each number; others see numbers only.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/lang.h"
#include "plumb/moment.h"

#include "domain/alarm.h"

#include "tpl/operation.names.h"

#include "dashboard.h"

int64_t
whole_minute(int64_t at)
{
	return (at + MINUTE_US - 1) / MINUTE_US * MINUTE_US;
}

static void
count_show(struct req *rq, struct tpl *row, const struct operation_numbers *n, const char *count, const char *query)
{
	struct tpl *t;

	/* the pages of people are the organisers'; /people/list asks the same again */
	if (n->role != MEMBER_OWNER || rq_who(rq)->role < ROLE_ORGANISER) {
		tpl_text(tpl_row(row, OPERATION_PLAIN), OPERATION_COUNT, count);
		return;
	}
	t = tpl_row(row, OPERATION_LINK);
	tpl_text(t, OPERATION_COUNT, count);
	tpl_text(t, OPERATION_ID, arena_fmt(rq_arena(rq), "%llu", (unsigned long long)n->op.id.v));
	tpl_text(t, OPERATION_QUERY, query);
}

bool
people_show(struct req *rq, struct page *pg, const struct operation_numbers *n, const struct queue_totals *t)
{
	const struct { const char *label, *code; enum queue_state state; uint64_t n; } line[] = {
		{ N_("Never called yet"), "ready", QS_READY, t->ready }, { N_("With a caller now"), "held", QS_HELD, t->held },
		{ N_("Come back later"), "waiting", QS_WAITING, t->waiting }, { N_("Done"), "done", QS_DONE, t->done },
		{ N_("Removed"), "removed", QS_REMOVED, t->removed },
	};
	struct arena *a = rq_arena(rq);
	struct reason_count *why;
	size_t nwhy;

	if (!queue_reasons(rq_db(rq), n->op.id, &why, &nwhy, a))
		return false;
	for (size_t i = 0; i < NITEMS(line); i++) {
		struct tpl *row = page_row(pg, OPERATION_PEOPLE_ROW);
		tpl_text(row, OPERATION_LABEL, tr(rq_lang(rq), line[i].label));
		count_show(rq, row, n, page_number(rq, line[i].n), arena_fmt(a, "?state=%s", line[i].code));
		for (size_t k = 0; k < nwhy; k++) {
			struct tpl *r;
			if (why[k].state != line[i].state || why[k].reason == ST_NONE)
				continue;
			r = tpl_row(row, OPERATION_REASON);
			tpl_text(r, OPERATION_LABEL, status_label(why[k].reason, rq_lang(rq)));
			count_show(rq, r, n, page_number(rq, why[k].people), arena_fmt(a, "?state=%s&why=%s", line[i].code,
			    status_code(why[k].reason)));
		}
	}
	page_uint(pg, OPERATION_PEOPLE, t->people);
	return true;
}

/* "Edmonton": the city after which a zone is named; "Edmonton, Winnipeg" of several. */
static const char *
city(struct arena *a, const char *zones)
{
	char *name = arena_alloc(a, 2 * strlen(zones) + 1), *out = name;

	for (const char *p = zones; *p != '\0'; p++) {
		const char *slash = strchr(p, '/'), *end = p + strcspn(p, "|");
		if (slash != NULL && slash < end) {	/* "America/" */
			p = slash;
			continue;
		}
		for (; p < end; p++)
			*out++ = *p == '_' ? ' ' : *p;
		if (*p == '\0')
			break;
		*out++ = ',';
		*out++ = ' ';
	}
	*out = '\0';
	return name;
}

static const char *
row_words(struct req *rq, const struct operation *op, const struct clock_row *r)
{
	enum lang lang = rq_lang(rq);
	struct arena *a = rq_arena(rq);
	const char *when = r->at == 0 ? "" : moment_words(a, lang, op->zone, rq_now(rq), whole_minute(r->at));

	switch (r->group) {
	case CLOCK_NOW:		return tr(lang, "Can be called now");
	case CLOCK_CLOSED:
		return r->zone == 0 ? arena_fmt(a, tr(lang, "Outside hours, calls open: %s"), when)
		    : arena_fmt(a, tr(lang, "Outside hours in the zone of %s, calls open: %s"), city(a, r->zone_name), when);
	case CLOCK_SOON:	return arena_fmt(a, tr(lang, "Come back today, the first: %s"), when);
	case CLOCK_NEXT:	return arena_fmt(a, tr(lang, "Come back on the next day of calls, the first: %s"), when);
	case CLOCK_LATER:	return arena_fmt(a, tr(lang, "Come back after that, the first: %s"), when);
	case CLOCK_APPOINTMENT:	return arena_fmt(a, tr(lang, "Wait for their appointment, the first: %s"), when);
	default:		return tr(lang, "Would come back after the end: not called again");
	}
}

void
callable_by_clock(struct operation_numbers *n, const struct queue_clock *c)
{
	if (n->phase != PHASE_RUNNING)
		return;
	n->callable = c->n > 0 && c->row[0].group == CLOCK_NOW ? c->row[0].people : 0;
	n->more = n->callable > 0 && c->row[0].more > 0;
}

void
clock_show(struct req *rq, struct page *pg, const struct operation_numbers *n, const struct queue_clock *c)
{
	struct arena *a = rq_arena(rq);
	struct tpl *card, *row;

	if (c->n == 0)
		return;
	card = page_row(pg, OPERATION_CLOCK);
	if (n->phase == PHASE_PAUSED)
		tpl_show(card, OPERATION_IF_RESUMED);
	for (size_t i = 0; i < c->n; i++) {
		const struct clock_row *r = &c->row[i];
		row = tpl_row(card, OPERATION_CLOCK_ROW);
		tpl_text(row, OPERATION_LABEL, row_words(rq, &n->op, r));
		count_show(rq, row, n, arena_fmt(a, r->more > 0 ? "%s+" : "%s", page_number(rq, r->people)),
		    arena_fmt(a, "?when=%s&zone=%u", clock_group_code(r->group), r->zone));
	}
	tpl_text(card, OPERATION_TO_CALL, page_number(rq, c->totals.ready + c->totals.waiting));
}

/* Each alarm with what to do about it; for the owner, who can. */
bool
alarms_show(struct req *rq, struct page *pg, const struct operation_numbers *n, const struct queue_clock *c)
{
	bool on[ALARM__MAX];
	unsigned homes;

	if (n->role != MEMBER_OWNER || n->phase != PHASE_RUNNING)
		return true;
	if (!alarms_look(rq_db(rq), n, c, rq_now(rq), on, &homes, rq_arena(rq)))
		return false;
	for (unsigned i = 0; i < ALARM__MAX; i++) {
		struct tpl *row;
		if (!on[i])
			continue;
		row = page_row(pg, OPERATION_ALARM);
		tpl_text(row, OPERATION_LABEL, alarm_label((enum alarm)i, rq_lang(rq)));
		tpl_text(row, OPERATION_WORDS, alarm_todo((enum alarm)i, rq_lang(rq)));
	}
	return true;
}
