/*
 * call_tally.h - an operation's calls by day, by hour of the day and by attempt number, from counters (sql/070): nothing
 * here looks at calls, and the cost grows with the half hours in which somebody called.
 *
 * Every call saved is in exactly one cell of each of the three. A status that was put right counts as what it is now,
 * where the call was; one that was taken back is CALL_WRONG: a call that came to nothing.
 */
#ifndef DOMAIN_CALL_TALLY_H
#define DOMAIN_CALL_TALLY_H

#include <stdio.h>

#include "domain/ids.h"
#include "domain/status.h"

struct arena;
struct db;

/* What a call came to, in the six kinds that a plot can show. The first three reached somebody (status_reached). */
enum call_kind { CALL_COMPLETED, CALL_REFUSED, CALL_TALKED, CALL_VOICEMAIL, CALL_UNANSWERED, CALL_WRONG, CALL__MAX };
enum call_kind call_kind(enum status);
const char *call_kind_label(enum call_kind, enum lang);

struct call_cell { int64_t kind[CALL__MAX]; };
uint64_t cell_calls(const struct call_cell *);
uint64_t cell_reached(const struct call_cell *);

enum { CALL_NUMBERS = 6 };		/* the last: that attempt, or a later one */

struct call_day { int year, month, day; struct call_cell cell; };
struct call_tally {
	struct call_day *day;		/* those with calls, the earliest first; by the clock of `zone` */
	size_t ndays;
	struct call_cell hour[24];	/* of the day; a half hour of a zone that is a quarter off counts where it begins */
	struct call_cell number[CALL_NUMBERS];
	struct call_cell all;
};
bool call_tally(struct db *, struct operation_id, const char *zone, struct call_tally *, struct arena *);

/* By attempt number alone, of the half hours from a moment on (0: of all). */
struct call_numbers {
	struct call_cell number[CALL_NUMBERS], all;
	uint64_t seconds;		/* of agents, from the claim to the save; a call counts ten minutes at most, one from paper 90 seconds */
	int64_t first_at;		/* when the first of those half hours with calls began; 0: none */
};
bool call_numbers(struct db *, struct operation_id, int64_t since, struct call_numbers *, struct arena *);

/*
 * Folds the shards of half hours that ended between two moments, so that there is less to read: nothing changes in what
 * they sum to. For the worker; in a transaction of its own. False: logged, the next time does it.
 */
bool call_tally_fold(struct db *, struct operation_id, int64_t from, int64_t until, struct arena *);

/* Every counter recounted from the calls; what differs is printed, a line each, and added to *wrong. In the caller's snapshot. */
bool call_tally_audit(struct db *, struct operation_id, FILE *, uint64_t *wrong, struct arena *);

#endif
