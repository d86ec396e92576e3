/*
 * words.c - numbers and moments of an operation as sentences.
 */
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/lang.h"
#include "plumb/moment.h"

#include "dashboard.h"

const char *
at_words(struct req *rq, const struct operation *op, int64_t at)
{
	return moment_words(rq_arena(rq), rq_lang(rq), op->zone, rq_now(rq), at);
}

static int64_t
start_at(const struct operation *op)
{
	struct tm t = { .tm_year = op->hours.start_year - 1900, .tm_mon = op->hours.start_month - 1,
		.tm_mday = op->hours.start_day, .tm_min = op->hours.opens_minute };

	return clock_moment(op->zone, &t);
}

static int64_t
end_at(const struct operation *op)
{
	struct tm t = { .tm_year = op->hours.end_year - 1900, .tm_mon = op->hours.end_month - 1,
		.tm_mday = op->hours.end_day, .tm_min = op->hours.end_minute };

	return clock_moment(op->zone, &t);
}

const char *
about_words(struct req *rq, const struct operation_numbers *n)
{
	enum lang lang = rq_lang(rq);
	struct arena *a = rq_arena(rq);
	const char *s = n->op.source == OP_ELECTORS ? tr(lang, "Electors")
	    : n->op.source == OP_CONTACTS ? tr(lang, "Contacts") : NULL;

	if (n->op.version != OP_NO_VERSION)
		s = arena_fmt(a, s == NULL ? "%s%s" : "%s · %s", s == NULL ? "" : s,
		    n->op.version == OP_ORIGINAL ? tr(lang, "original") : tr(lang, "specialized"));
	if (n->phase == PHASE_DRAFT)
		return arena_fmt(a, s == NULL ? "%s%s" : "%s · %s", s == NULL ? "" : s,
		    arena_fmt(a, tr(lang, "page %u of 9"), n->op.wizard_page));
	if (n->op.method != OP_NO_METHOD)
		s = arena_fmt(a, "%s · %s", s == NULL ? "" : s,
		    n->op.method == OP_PHONE ? tr(lang, "own phone") : tr(lang, "from the software"));
	return n->phase == PHASE_UPCOMING
	    ? arena_fmt(a, tr(lang, "%s · starts: %s"), s, at_words(rq, &n->op, start_at(&n->op)))
	    : n->phase == PHASE_ENDED ? arena_fmt(a, tr(lang, "%s · ended: %s"), s, at_words(rq, &n->op, end_at(&n->op)))
	    : arena_fmt(a, tr(lang, "%s · until %s"), s, at_words(rq, &n->op, end_at(&n->op)));
}

const char *
opens_words(struct req *rq, const struct operation_numbers *n)
{
	return n->phase != PHASE_OUTSIDE_HOURS || n->opens_at == 0 ? NULL
	    : arena_fmt(rq_arena(rq), tr(rq_lang(rq), "opens: %s"), at_words(rq, &n->op, n->opens_at));
}

const char *
progress_words(struct req *rq, const struct operation_numbers *n)
{
	const struct queue_totals *t = &n->totals;
	enum lang lang = rq_lang(rq);
	struct arena *a = rq_arena(rq);
	const char *s;

	if (t->people == 0)
		return tr(lang, "nobody on the list yet");
	if (t->done + t->waiting + t->removed == 0)
		return arena_fmt(a, tr(lang, "0 of %s"), page_number(rq, t->people));
	s = arena_fmt(a, tr(lang, "%s done"), page_number(rq, t->done));
	if (t->waiting > 0)
		s = arena_fmt(a, tr(lang, "%s · %s come back later"), s, page_number(rq, t->waiting));
	if (t->removed > 0)
		s = arena_fmt(a, tr(lang, "%s · %s removed"), s, page_number(rq, t->removed));
	return arena_fmt(a, tr(lang, "%s · of %s"), s, page_number(rq, t->people));
}

const char *
callable_words(struct req *rq, const struct operation_numbers *n)
{
	switch (n->phase) {
	case PHASE_RUNNING:
		return n->more ? arena_fmt(rq_arena(rq), "%s+", page_number(rq, n->callable))
		    : page_number(rq, n->callable);
	case PHASE_OUTSIDE_HOURS:
	case PHASE_PAUSED:
	case PHASE_NOBODY_LEFT:
		return "0";
	default:
		return "–";
	}
}

const char *
more_words(struct req *rq, const struct operation_numbers *n)
{
	const struct queue_totals *t = &n->totals;

	if (n->phase == PHASE_RUNNING && n->next_at != 0 && n->later > 0)
		return arena_fmt(rq_arena(rq), tr(rq_lang(rq), "+%s, the first: %s"), page_number(rq, n->later),
		    at_words(rq, &n->op, whole_minute(n->next_at)));
	if (n->phase == PHASE_OUTSIDE_HOURS && n->opens_at != 0 && t->ready + t->waiting > 0)
		return arena_fmt(rq_arena(rq), tr(rq_lang(rq), "%s wait"), page_number(rq, t->ready + t->waiting));
	return NULL;
}

const char *
reached_words(struct req *rq, const struct operation_numbers *n)
{
	return n->attempts == 0 ? "–"
	    : arena_fmt(rq_arena(rq), "%llu\xc2\xa0%%", (unsigned long long)(n->reached * 100 / n->attempts));
}

struct parts
parts_of(struct req *rq, const struct queue_totals *t)
{
	uint64_t all = t->people == 0 ? 1 : t->people;
	struct arena *a = rq_arena(rq);

	return (struct parts){
		arena_fmt(a, "%llu", (unsigned long long)(t->done * 100 / all)),
		arena_fmt(a, "%llu", (unsigned long long)(t->waiting * 100 / all)),
		arena_fmt(a, "%llu", (unsigned long long)(t->removed * 100 / all)) };
}

const char *
wizard_page(const struct operation *op)
{
	static const char *const page[] = { "version", "version", "source", "details", "questions", "recycling",
		"exclusions", "record", "sharing", "list" };

	return op->state != OP_DRAFT ? "details" : page[op->wizard_page < NITEMS(page) ? op->wizard_page : 9];
}

bool
may_see(const struct who *who, enum member_role role)
{
	return role == MEMBER_OWNER || role == MEMBER_OBSERVER || who->role == ROLE_OBSERVER || who->role == ROLE_ADMINISTRATOR;
}

bool
sees_callers(const struct req *rq)
{
	return rq_who(rq)->member == MEMBER_OWNER || rq_who(rq)->role == ROLE_ADMINISTRATOR;
}

bool
may_pause(const struct operation_numbers *n)
{
	return n->op.state == OP_ACTIVE && n->phase != PHASE_ENDED;
}

bool
may_call(const struct operation_numbers *n)
{
	return n->role >= MEMBER_AGENT && n->phase != PHASE_DRAFT && n->phase != PHASE_ENDED && n->phase != PHASE_ARCHIVED;
}
