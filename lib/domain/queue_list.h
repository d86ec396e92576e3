/*
 * queue_list.h - an operation's call list as its owners manage it: who is in which state and why, and what an
 * organiser may change about one person of it.
 */
#ifndef DOMAIN_QUEUE_LIST_H
#define DOMAIN_QUEUE_LIST_H

#include "domain/ids.h"
#include "domain/operation.h"
#include "domain/queue_clock.h"
#include "domain/recycle.h"
#include "plumb/refusal.h"

struct arena;
struct db;

/* --- who is on it --- */

enum { QUEUE_LIST_PAGE = 50 };
struct queue_list_wish {
	struct operation_id op;
	int state;			/* enum queue_state, -1: any */
	enum status reason;		/* only who is in their state because of it; ST_NONE: any */
	const struct clock_stretch *stretch;	/* not NULL: only who stands in these, whatever `state` says (queue_clock.h) */
	size_t nstretch;
	const char *search;		/* parts of names, or a number in any writing; "": everybody */
	struct person_id after;		/* in the order in which people were stored; v = 0: from the start */
};
struct queue_line {
	struct entry_id entry;
	struct person_id person;
	const char *last_name, *first_name, *e164;
	enum queue_state state;
	enum status reason;		/* why they are in that state; ST_NONE: never called */
	unsigned attempts;
	int64_t due_at;			/* while waiting */
};
bool queue_list_page(struct db *, const struct queue_list_wish *, struct queue_line *out, size_t *n, bool *more, struct arena *);
enum found queue_list_one(struct db *, struct operation_id, struct entry_id, struct queue_line *, struct arena *);

struct queue_event {
	unsigned number;
	enum status status;
	const char *who, *note, *zone;
	int64_t saved_at;
	unsigned corrects;		/* 0: a call; else the number of the attempt that was wrong */
};
/* Every attempt, newest first; *deciding: the number of the one whose status may be corrected, 0: none. */
bool queue_events(struct db *, struct entry_id, struct queue_event **out, size_t *n, unsigned *deciding, struct arena *);

/* --- what may be changed; queue.h has queue_remove --- */

/* Who was taken off by hand, by a rule or because of a do-not-call becomes what their calls say.
 * ALREADY: was not taken off like that. R_PERSON_HELD, R_NOT_TO_BE_CALLED, R_NO_NUMBER_LEFT, R_RULE_MATCHES. */
enum saved queue_reopen(struct db *, const struct operation *, struct user_id by, struct entry_id, int64_t now,
    enum refusal *why, struct arena *);
/*
 * Attempt `number` was saved with a wrong status. ST_CORRECTED: as if it had not been saved; else the right one.
 * Nothing is deleted: a further attempt says so, and the list is its fold again. What was answered and noted stays.
 * A do-not-call stays (R_DNC_STAYS). ALREADY: the same correction again. R_CHANGED_SINCE: it is not the call that
 * decides (any more).
 */
bool queue_may_correct_to(enum status);
enum saved queue_correct(struct db *, const struct operation *, struct user_id by, struct entry_id, unsigned number,
    enum status, const char *note, int64_t now, enum refusal *why, struct arena *);

#endif
