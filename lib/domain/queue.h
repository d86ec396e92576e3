/*
 * queue.h - the call list: load entries, claim one, save the call and claim the next, skip, release.
 *
 * Promises 1 to 6 of the design rest here. A hold is a row of `hold`, whose unique keys make
 * "nobody twice" a constraint. The hot path is one procedure (sql/002): save and claim in one round trip.
 */
#ifndef DOMAIN_QUEUE_H
#define DOMAIN_QUEUE_H

#include "domain/ids.h"
#include "domain/operation.h"
#include "domain/recycle.h"
#include "plumb/db.h"
#include "plumb/refusal.h"

struct arena;

/* The person an agent holds now. form_key: 32 hex digits, made by this server from entry, user and claim,
 * so that a form sent twice is one attempt and a form whose hold has expired can still be trusted. */
struct held {
	struct entry_id entry;
	struct person_id person;
	const char *e164;		/* the number to dial now */
	unsigned attempts;		/* saved so far in this operation */
	int64_t claimed_at, held_until;
	const char *form_key;
	enum status last_status;	/* ST_NONE: never called */
	const char *zone;		/* the person's, to show them a clock */
	const char *zones;		/* all that are possible (zone.h), for hours_at */
};

/* Why nobody was given, for the page and for JSON. */
enum nobody {
	NOBODY_OUTSIDE_HOURS,	/* until: the next opening */
	NOBODY_NOT_STARTED,	/* until: the first opening */
	NOBODY_ENDED,
	NOBODY_PAUSED,
	NOBODY_LATER,		/* until: when the next retry or appointment becomes callable; people: how many wait */
	NOBODY_ALL_HELD,	/* everybody left is with other agents */
	NOBODY_LEFT		/* the list is finished */
};
struct nobody_now { enum nobody why; int64_t until; uint64_t people; };

enum claimed { CLAIMED, CLAIMED_NOBODY, CLAIM_FAILED };

/* When this agent's next kept appointment is; NONE: there is none. */
enum found queue_kept_next(struct db *, struct operation_id, struct user_id, int64_t now, int64_t *at, struct arena *);

/* What this agent holds in this operation now (not expired). */
enum found queue_held(struct db *, const struct operation *, struct user_id, int64_t now,
    struct held *, struct arena *);
/* Holds the next person for this agent; the one already held when there is one. */
enum claimed queue_claim(struct db *, const struct operation *, struct user_id, int64_t now,
    struct held *, struct nobody_now *, struct arena *);

/* The same, and that entry first, if it can be given. */
enum claimed queue_claim_entry(struct db *, const struct operation *, struct user_id, struct entry_id, int64_t now,
    struct held *, struct nobody_now *, struct arena *);

/* A hold and its entry as one SELECT saw them; agent_who fills it. A guess only: the save is guarded. */
struct hold_seen {
	struct entry_id entry;		/* v = 0: holds nobody */
	struct person_id person;
	const char *e164;
	int64_t claimed_at;
	unsigned attempts, zone;
	enum queue_state state;		/* where the hold returns to */
	enum status reason;
	struct retries retries;
};

/* What a page shows of a person (agent_screen.h makes `show` and reads the rows): asked together with the claim, it
 * saves a round trip. No rows: not read, or somebody was held already. */
struct screen_rows { uint64_t show; struct person_id person; struct rows rows; };

/* Somebody whom an agent is to be given before anybody else. entry.v = 0: nobody. */
struct queue_first { struct entry_id entry; unsigned zone; };

/* An appointment that is kept belongs to its agent for so long; after that anybody may call. */
#define KEEP_MINUTES	15
#define MATES_MAX	8

/* A call made from a printed sheet (paper.h) and typed in later: the hold is the sheet's, the call is the user's. It began at
 * called_at, after the claim; the hold stays until its holder gives it back. `attempts`: those that the person had then. */
struct call_paper { struct user_id holder; int64_t called_at; unsigned attempts; };

struct call_answer { struct question_id question; struct choice_id choice; const char *text; };
struct call {			/* what the agent's form says */
	struct entry_id entry;
	const char *form_key;
	int64_t claimed_at;	/* from the form, vouched for by form_key */
	enum status status;
	int64_t callback_at;	/* 0: none */
	unsigned keep_minutes;	/* with callback_at: for this agent alone so long, then for anybody; 0: for anybody at once */
	const char *note;
	const struct call_answer *answers;
	size_t nanswers;
	/* Others of the household, at the same number, for whom the call was too. An outcome of the line (nobody answered,
	 * a wrong number, call back ...) counts for them as well, each with an attempt; after an outcome of the person alone
	 * (completed, do not call ...) the first of them comes next. Who is not on the list under that number any more, is
	 * with another agent, or is to be called later, is left out. */
	const struct entry_id *mates;
	size_t nmates;
	struct queue_first kept;	/* agent_context's: an appointment this agent kept, due now */
	const struct hold_seen *seen;	/* agent_context's, or NULL: read here */
	struct screen_rows *screen;	/* NULL, or what the next person's page will show */
	const struct call_paper *paper;	/* NULL: from a screen */
	bool detected;		/* the status is what the provider detected, not what a form said (line.h) */
};
/*
 * Saves the call, then claims the next person when `next` is set, in one transaction.
 * SAVED or ALREADY (the same form again: nothing is counted twice) with *claimed filled;
 * REFUSED: *why says (forged key, unknown status); a call begun before closing is saved after it (fact 26),
 * and one whose hold has expired is saved too. From paper: R_CALLED_SINCE, and R_OUTSIDE_HOURS where they were called at a
 * moment when calls to them were closed. UNSURE, NOT_SAVED: send the same form again.
 */
enum saved queue_save(struct db *, const struct operation *, const struct recycle_rule rules[ST__MAX],
    struct user_id, const struct call *, int64_t now, bool next,
    enum claimed *claimed, struct held *, struct nobody_now *, enum refusal *why, struct arena *);

/* Did this server give that form key to this agent for this claim? Also after the hold. */
bool queue_form_ours(struct entry_id, struct user_id, int64_t claimed_at, const char *form_key);

/* This agent dials another number of the person they hold. ALREADY: it is the one. REFUSED: R_NOT_FOUND (not theirs,
 * or it may not be called), R_NUMBER_BUSY (on the line with another agent). */
enum saved queue_dial(struct db *, const struct operation *, struct user_id, struct entry_id, const char *e164, int64_t now,
    enum refusal *why, struct arena *);

/*
 * Takes this agent's call back, and what was saved for others with it, by attempts that say so (ST_CORRECTED): within
 * UNDO_SECONDS of the save and while nobody else holds the person. What the agent holds now goes back to the list.
 * SAVED, also when it was taken back before; *attempt: the call's id, for its answers. REFUSED: *why is R_UNDO_LATE,
 * R_PERSON_HELD, R_DNC_STAYS, or what else keeps the person off the list.
 */
#define UNDO_SECONDS	60
enum saved queue_undo(struct db *, const struct operation *, struct user_id, const struct call *, int64_t now,
    uint64_t *attempt, enum refusal *why, struct arena *);

/* Gives the person back without an attempt (fact 114); they go behind the others of their band.
 * An appointment that was kept for the agent is for anybody from then on.
 * ALREADY: this agent does not hold that entry (any more). */
enum saved queue_skip(struct db *, struct operation_id, struct user_id, struct entry_id, int64_t now);
/*
 * An organiser ends the turn of `holder`, told by its entry and the moment of its claim: the person is where they were before, as
 * after a hold that ran out, and an appointment kept for the agent is for anybody. What the agent saves afterwards is saved as
 * after such a hold: it counts once, whoever has the person by then.
 * TURN_ENDS_SOON: the call from the software is over and counts, and the agent has not said how it went. So that nobody is
 * called twice the person does not go back; the hold ends within ten seconds, and the dialer saves what was detected.
 * ALREADY: that turn is over (saved, skipped, run out, sent back). REFUSED: R_CALL_UNDER_WAY, while a call of this turn rings or
 * goes on. From an agent's own phone nobody knows of a call, and the turn ends.
 */
enum turn_end { TURN_ENDED, TURN_ENDS_SOON };
enum saved queue_send_back(struct db *, const struct operation *, struct user_id by, struct user_id holder, struct entry_id,
    int64_t claimed_at, int64_t now, enum turn_end *, enum refusal *why, struct arena *);
/* An organiser takes a person off the list by hand; a call going on is still saved. ALREADY: was out. */
enum saved queue_remove(struct db *, struct organisation_id, struct operation_id, struct user_id by,
    struct entry_id, int64_t now);
/* Ends holds whose time is over, at most `max`; claims do the same, so nobody waits for the worker. Each leaves a row in audit: a
 * number was revealed, and no call says so. */
bool queue_release_expired(struct db *, int64_t now, unsigned max, unsigned *released);

/* Totals without counting a row. */
struct queue_totals { uint64_t ready, held, waiting, done, removed, people; };
enum found queue_totals(struct db *, struct operation_id, struct queue_totals *, struct arena *);
bool queue_status_totals(struct db *, struct operation_id, uint64_t attempts[ST__MAX], struct arena *);

/*
 * Puts one page of people into an operation's list, in the caller's transaction: people with no number, calls
 * forbidden, suppressed, or already there are left out and counted (facts 103, 104, 107).
 * Exclusion rules are applied. They come in the order of their ids.
 */
struct load_counts { uint64_t loaded, already, no_number, forbidden, excluded; };
bool queue_add(struct db *, const struct operation *, const struct person_id *people, size_t n,
    int64_t now, struct load_counts *, struct arena *);
/* The same for the load job, whose page is a SELECT of QUEUE_PERSON over person p, each once; `before` goes in front of the
 * whole statement; everybody in it has an id above `after`. *n: how many they were; *last: the highest id of them. */
#define QUEUE_PERSON "p.id, p.household_id, p.time_zone, p.postal_code, p.calls_forbidden OR p.deceased AS forbidden, p.has_voted"
struct val;
struct queue_page { const char *before, *sql; const struct val *in; size_t nin; struct person_id after; };
bool queue_add_page(struct db *, const struct operation *, const struct queue_page *, int64_t now, struct load_counts *,
    size_t *n, struct person_id *last, struct arena *);

/* The fold: every entry of the operation replayed from its attempts, tallies recounted, holds checked.
 * Opens its own read-only snapshot (so it must not be called inside a transaction) and changes nothing.
 * Each difference is printed as one line to `out`; *wrong is their number. */
bool queue_audit(struct db *, struct operation_id, FILE *out, uint64_t *wrong, struct arena *);

#endif
