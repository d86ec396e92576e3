/*
 * outlook.h - when an operation will be done, as the dashboard tells it: the forecast of what its counters say now.
 *
 * Counters, the ends of the claim index and a forecast of a few milliseconds: nothing grows with the list. A process keeps
 * its last answers for some seconds, so that pages that are asked for again and again cost the reading only.
 */
#ifndef DOMAIN_OUTLOOK_H
#define DOMAIN_OUTLOOK_H

#include "domain/forecast.h"
#include "domain/operation_report.h"

enum outlook_kind {
	OUTLOOK_NONE,		/* not begun, over, nobody left, or nobody calls: there is nothing to say */
	OUTLOOK_EARLY,		/* fewer than FORECAST_CALLS calls */
	OUTLOOK_KNOWN
};
struct outlook {
	enum outlook_kind kind;
	uint64_t calls, reached;	/* what it was learned from: the last week, or all when those are few */
	bool now;			/* `agents` are on the line now; false: as many as called on average while calls were open */
	double agents;
	struct forecast forecast;	/* of OUTLOOK_KNOWN */
	unsigned callers;		/* to be done by the end; 0: no number would do, or not asked for */
};
/* callers: find out how many it takes, too. In the caller's snapshot. */
bool outlook(struct db *, const struct operation_numbers *, int64_t now, bool callers, struct outlook *, struct arena *);

#endif
