/*
 * power.h - power mode: several calls for each agent who waits. Off unless an administrator allows it for a connection
 * (trunk.h) and an owner chooses it (dialing.h); how many calls may ring is the guard's word (provider/pacing.h).
 *
 * Nothing of it has a rule of claiming of its own. A person who is rung for nobody in particular is claimed by the agents' own
 * claim, for a holder that is no user (POWER_HOLDER); when they answer, their hold and their call are given to the agent
 * who has waited longest, in one transaction. Whoever is left over hears a sentence and is on record as abandoned. What ends
 * without a person is saved for that holder: by the software, as people read it.
 *
 *   power.c         agents who wait; an answer and who takes it
 *   power_count.c   the record, what the guard measures, what pages show
 *   dialer_power.c  the dialer's part: whom to ring (dialer_in.h)
 */
#ifndef DOMAIN_POWER_H
#define DOMAIN_POWER_H

#include "domain/live_call.h"
#include "domain/operation.h"
#include "plumb/lang.h"
#include "provider/pacing.h"

/* hold.user_id, live_call.line_id and attempt.user_id of a call that is no agent's: a number that no user and no line has.
 * Each operation has POWER_SLOTS of them; one holds one person at a time. paper.h has those with the bit above. */
#define POWER_HOLDERS	(UINT64_C(1) << 62)
enum { POWER_SLOTS = 500 };
#define POWER_HOLDER(op, slot)	((struct user_id){ POWER_HOLDERS | (op).v << 10 | (slot) })
#define POWER_IS(user)	((user).v >> 62 == 1)
/* In SQL, for attempt.user_id: was it the software that saved this call? */
#define POWER_IS_SQL(column)	"(" column " >> 62 = 1)"
/* Who saved a call, as people read it: the agent's name, "" for the software. */
const char *power_saver(const char *name, enum lang);
/* A person who heard nobody is not rung for nobody again for so long. */
#define POWER_REST_US	(72 * HOUR_US)

/* --- agents --- */

/* This agent's open line in this operation waits for a person who answers, from now on if it did not. *waits: it does; false when
 * the line is not open, or is another operation's, or the agent has somebody. False: the database. */
bool power_wait(struct db *, struct operation_id, struct user_id, int64_t now, bool *waits);
/* On a break, gone, or somebody is in hand: nobody is connected any more. False: the database. */
bool power_wait_no_more(struct db *, struct user_id);
enum found power_waits(struct db *, struct operation_id, struct user_id, int64_t *since, struct arena *);

/* --- a person has answered --- */

/*
 * Who takes the call that answers now; asked again, the same. Of agents who answer at the same instant each takes another call.
 *   HANDED_ROOM   `room` is the agent's
 *   HANDED_NOBODY nobody waits (any more): on record as abandoned; the person is told so, in `lang`, by `organisation`
 *   HANDED_OVER   this call is over, or none of these: nothing is said
 */
enum handed { HANDED_ROOM, HANDED_NOBODY, HANDED_OVER, HANDED_FAILED };
struct handing { const char *room, *organisation; enum lang lang; };
enum handed power_hand(struct db *, struct trunk_id, struct live_call_id, int64_t now, struct handing *, struct arena *);
/* What that person hears; UTF-8, one or two sentences. */
const char *power_sorry(const struct handing *, struct arena *);

/* --- the record and the measure --- */

/* Was there a person in this ended call, who heard nobody of ours? */
bool power_abandoned(const struct live_call *);
/* A call of an operation in power mode is over (again): puts it on the record, and the record right. Once for each call, however
 * often it is said. False: the database. */
bool power_count(struct db *, const struct operation *, const struct live_call *, int64_t now);

/* Puts a call on the record for the first time; nothing when it is on it. In a transaction. */
enum power_what { POWER_NEITHER, POWER_CONNECTED, POWER_ABANDONED };
bool power_record(struct db *, const struct operation *, struct live_call_id, int64_t at, enum power_what, const char *reason);

/* The first day of the window in which the law counts, "2026-11-01" by the operation's clock: in Canada the calendar month, else
 * 30 days with today. until: the moment at which a lock that begins now ends. Pure. */
struct power_window { char from[11], today[11]; int64_t until; };
struct power_window power_window(const struct operation *, int64_t now);
/* What the guard is told. *stopped: calls are refused for a reason that is not about people (no money left): nobody is rung. */
bool power_measure(struct db *, const struct operation *, int64_t now, struct power_measured *, bool *stopped, struct arena *);
/* May that number be rung for nobody in particular? Of +1 only Canada's: in the United States it needs a consent of which nobody here
 * knows, whatever operation it is on the list of. An area code that is not known here is called by an agent who is there. Pure. */
bool power_may_ring(const char *e164);
/* Has a person of that record heard nobody within POWER_REST_US? */
enum found power_rests(struct db *, struct person_id, int64_t now, struct arena *);

/* What the dialer decided last, for pages. NONE: nobody has waited in this operation yet. */
struct power_now {
	enum power_why why;
	unsigned agents, lines;			/* lines that may ring for `agents` who wait */
	unsigned ringing;			/* people rung for nobody in particular */
	unsigned abandoned, connected;		/* in the window */
	int64_t at, locked_until;		/* 0: not locked */
	const char *from;			/* the first day of the window */
};
enum found power_now(struct db *, const struct operation *, int64_t now, struct power_now *, struct arena *);
/* In words: why as many lines as that. */
const char *power_why_label(enum power_why, enum lang);
/* "2.4 %", in the language's way. */
const char *power_share_text(struct arena *, enum lang, unsigned abandoned, unsigned connected);

#endif
