/*
 * operation_hours.c - an operation's dates and hours as the wizard proposes and checks them, and what the
 * dashboard calls its state. Pure: the moment comes in as a value.
 */
#include "plumb/base.h"
#include "plumb/clock.h"

#include "domain/operation.h"

enum { NINE = 9 * 60, TWENTY_ONE = 21 * 60 };

static int
days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

void
operation_default_hours(const char *zone, int64_t now, struct hours *out)
{
	struct tm today = clock_local(zone, now);
	int year = today.tm_year + 1900, month = today.tm_mon + 1;
	int next = month % 12 + 1, next_year = month == 12 ? year + 1 : year;
	int last = days_in(next_year, next);

	*out = (struct hours){
		.start_year = year, .start_month = month, .start_day = today.tm_mday,
		.end_year = next_year, .end_month = next,
		.end_day = today.tm_mday < last ? today.tm_mday : last,
		.end_minute = TWENTY_ONE, .opens_minute = NINE, .closes_minute = TWENTY_ONE,
	};
}

static int64_t
minute_number(int year, int month, int day, int minute)
{
	return (((int64_t)year * 16 + month) * 32 + day) * 1440 + minute;	/* in order, not evenly spaced */
}

enum refusal
operation_check_hours(const struct hours *h)
{
	bool any = !h->by_day;

	for (int d = 0; d < WEEK && h->by_day; d++) {
		if (h->day[d].closes < h->day[d].opens)
			return R_CLOSES_BEFORE_OPENS;
		any = any || h->day[d].opens < h->day[d].closes;
	}
	if (!any)
		return R_NO_DAY;
	if (!h->by_day && h->closes_minute <= h->opens_minute)
		return R_CLOSES_BEFORE_OPENS;
	if (h->by_day && minute_number(h->end_year, h->end_month, h->end_day, h->end_minute) <=
	    minute_number(h->start_year, h->start_month, h->start_day, 0))
		return R_END_BEFORE_START;
	if (!h->by_day && minute_number(h->end_year, h->end_month, h->end_day, h->end_minute) <=
	    minute_number(h->start_year, h->start_month, h->start_day, h->opens_minute))
		return R_END_BEFORE_START;
	return R_NONE;
}

enum op_phase
operation_phase(const struct operation *op, int64_t now, bool nobody_left, int64_t *opens_at)
{
	int64_t next = 0;
	enum hours_verdict v;

	if (opens_at != NULL)
		*opens_at = 0;
	if (op->state == OP_DRAFT || !op->dated)
		return PHASE_DRAFT;
	if (op->state == OP_ARCHIVED)
		return PHASE_ARCHIVED;
	v = hours_at(&op->hours, op->zone, now, &next, NULL);
	if (v == HOURS_ENDED)
		return PHASE_ENDED;
	if (op->state == OP_PAUSED)
		return PHASE_PAUSED;
	if (opens_at != NULL && v != HOURS_OPEN)
		*opens_at = next;
	if (v == HOURS_NOT_STARTED)
		return PHASE_UPCOMING;
	if (nobody_left)
		return PHASE_NOBODY_LEFT;
	return v == HOURS_OPEN ? PHASE_RUNNING : PHASE_OUTSIDE_HOURS;
}
