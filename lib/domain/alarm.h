/*
 * alarm.h - what an organiser should look at now, from an operation's numbers, its newest calls and its connection. alarms_of
 * is pure; the newest calls are ALARM_CALLS at most, found by index.
 */
#ifndef DOMAIN_ALARM_H
#define DOMAIN_ALARM_H

#include "domain/operation_report.h"
#include "domain/queue_clock.h"

enum {
	ALARM_CALLS = 100,
	ALARM_STALLED_MINUTES = 30,	/* nobody has saved a call for so long, though there is somebody to call */
	ALARM_STALLED_HOURS = 12,	/* ... and no longer: then nobody has begun today */
	ALARM_PER_CALLER = 10,		/* fewer people than this for each caller on the line: the list is nearly empty */
	ALARM_SHORT_SECONDS = 8,	/* from the name on the screen to the saved call: nobody can have rung */
	ALARM_SHORT_CALLS = 10,		/* of so many calls of the last hour at least, half were that short */
	ALARM_SAME_HOME = 4		/* calls to one household within an hour */
};

enum alarm { ALARM_STALLED, ALARM_NEARLY_EMPTY, ALARM_SHORT, ALARM_HOME, ALARM_PAUSED, ALARM_POWER, ALARM__MAX };	/* stored: new ones at the end */

struct alarm_call { int64_t started_at, saved_at; uint64_t household; };	/* household 0: none known */

/* callable: who can be called now (queue_clock's). calls: the newest first. paused: its calls from the software are; locked:
 * its power mode is, as too many people heard nobody (power.h). Calls that the software saved by itself are not among them. on[] says
 * which ring; *homes: households that were called too often. */
void alarms_of(const struct operation_numbers *, uint64_t callable, const struct alarm_call *calls, size_t n, bool paused, bool locked,
    int64_t now, bool on[ALARM__MAX], unsigned *homes);
/* The same of what there is, in the caller's snapshot. */
bool alarms_look(struct db *, const struct operation_numbers *, const struct queue_clock *, int64_t now, bool on[ALARM__MAX], unsigned *homes,
    struct arena *);

/* What is the matter, and what to do about it. */
const char *alarm_label(enum alarm, enum lang);
const char *alarm_todo(enum alarm, enum lang);

#endif
