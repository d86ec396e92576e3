/*
 * queue_in.h - what the queue_*.c files share. Nobody else includes it, but agent_context.c, dialer_place.c and
 * paper_enter.c.
 *
 *   queue_fold.c      one attempt after the other (pure)
 *   queue_settings.c  rules, zones and exclusions of one operation.revision, kept by the process
 *   queue_zone.c      the numbers of an operation's time zones, and people who move
 *   queue_plan.c      where to look for the next person: open zones, bands, low-water marks
 *   queue_call.c      the procedure save_and_claim
 *   queue_claim.c     hold the next person
 *   queue_save.c      save a call, hold the next person
 *   queue_mates.c     others at the same number for whom a call counts too
 *   queue_undo.c      an agent's last call taken back
 *   queue_dial.c      another number of the person held
 *   queue_nobody.c    why nobody was given
 *   queue_skip.c      holds that end without a call; people taken off by hand
 *   queue_send_back.c a turn that an organiser ends
 *   queue_add.c       people put into a list
 *   queue_exclude.c   rules applied, or no longer, because something about people has changed
 *   queue_reopen.c    people put back by hand; a status that was wrong
 *   queue_totals.c    totals from the tallies
 *   queue_clock.c     who can be called from when on, and why the others wait, are done or were removed
 *   queue_audit.c     the proof of all that
 */
#ifndef DOMAIN_QUEUE_IN_H
#define DOMAIN_QUEUE_IN_H

#include "domain/entry_log.h"
#include "domain/exclusion.h"
#include "domain/queue.h"
#include "domain/queue_fold.h"
#include "domain/zone.h"
#include "plumb/db.h"

#define RETRIES_BYTES	32		/* entry.retries_used */
#define FORM_KEY_BYTES	16
#define ENTRY_BANDS	3		/* bands that are offered: appointment, retry, fresh */

/* --- settings --- */

struct queue_zone {
	unsigned number;		/* entry.zone */
	char name[ZONE_SET];		/* one zone, or several that are possible (zone.h) */
	enum hours_verdict verdict;	/* as of queue_settings.hours_from */
	int64_t closes_at, opens_at;
	int64_t mark[ENTRY_BANDS + 1];	/* by band: due_at of the last one claimed here; a hint */
	int64_t empty_at[ENTRY_BANDS + 1];	/* by band: when nobody was found due here; a hint, 0: look */
};

struct queue_settings {
	struct operation_id op;
	unsigned revision;
	struct operation kept;		/* as of that revision, with texts of its own */
	struct recycle_rule rules[ST__MAX];
	struct exclusion *exclusions;
	size_t nexclusions;
	struct queue_zone *zones;
	size_t nzones;
	int64_t hours_from, hours_until;	/* the verdicts hold for [from, until) */
	int64_t marks_since;			/* when the hints were dropped last, real time */
	unsigned claims;			/* since then */
	int64_t expired_at;			/* when a claim ended holds last; 0: the next one does */
};

/* Of op->id and op->revision; NULL: failed, logged. Valid until the process asks for many other operations. */
struct queue_settings *queue_settings(struct db *, const struct operation *, struct arena *);
/* The operation itself from what the process keeps; reads it when that is older. Texts are the arena's. */
enum found queue_operation(struct db *, struct operation_id, unsigned revision, struct operation *, struct arena *);
const char *queue_zone_name(const struct queue_settings *, const struct operation *, unsigned number);	/* a set: zone.h */

/* --- zones --- */

#define ZONES_MOST	256		/* of one operation */

/* The numbers of an operation's zones, by a transaction that has locked the operation: it deals out new ones. */
struct queue_zones { struct operation_id op; const char *name[ZONES_MOST]; unsigned n, added; };
/* own: the operation's zone, number 0 whatever is stored. */
bool queue_zones_read(struct db *, struct operation_id, const char *own, struct queue_zones *, struct arena *);
/* The number of a person's zones (zone.h), a new one when need be; of zones that are not known, or the 257th: 0. */
bool queue_zone_number(struct db *, struct queue_zones *, const char *zones, unsigned *number);
bool queue_zones_end(struct db *, const struct queue_zones *);
/* Before somebody is given another number: of whom nothing but the number says where they are, the entry moves to that
 * number's zones, in a transaction of its own. *zone: the entry's, before and after. False: failed, logged. */
bool queue_zone_follow(struct db *, const struct operation *, struct entry_id, const char *e164, unsigned *zone, struct arena *);
/* "[1,2]", for JSON_TABLE. */
const char *queue_people_text(const struct person_id *, size_t n, struct arena *);

/* --- plan --- */

/* A kept appointment counts while its entry waits for it. */
#define KEPT_ENTRY	" JOIN entry x ON x.id = k.entry_id AND x.state = 'waiting' AND x.attempts = k.number"

/* The verdict of every zone as of now; cheap when nothing has changed since. */
void queue_hours(struct queue_settings *, const struct operation *, int64_t now);
/* Where save_and_claim looks and whether it ends holds first. Places that were empty within the last second are
 * left out, and expired holds looked for once a second, unless `thorough`: only a thorough plan
 * that finds nobody means that there is nobody. */
struct queue_plan { const char *places; bool expire, thorough; };	/* places "": nobody may be called now */
struct queue_plan queue_plan(struct queue_settings *, const struct operation *, int64_t now, bool thorough, struct arena *);
/* Before all places: these, in zones that are open. */
void queue_plan_first(struct queue_plan *, const struct queue_settings *, const struct queue_first *, size_t n, struct arena *);
/* The appointment that this agent kept and that is due; entry.v = 0: none. */
bool queue_kept(struct db *, struct operation_id, struct user_id, int64_t now, struct queue_first *, struct arena *);

/* --- the procedure --- */

enum { CALL_NOT_SAVED = 0, CALL_SAVED = 1, CALL_ALREADY = 2, CALL_CHANGED = 3 };
enum { CALL_NOBODY = 0, CALL_CLAIMED = 1, CALL_STALE = 2, CALL_AGAIN = 3 };

/* What one CALL is given; status ST_NONE saves nothing. */
struct queue_call {
	const struct operation *op;
	struct user_id user;
	int64_t now;
	const char *plan;		/* queue_plan's places; "": claims nobody */
	bool expire;
	uint64_t show;			/* as of agent_screen; 0: nothing */
	/* the saved call */
	enum status status;
	struct entry_id entry;
	struct person_id person;
	const char *e164, *next_e164, *zone, *note, *answers;
	const char *mates;		/* queue_mates's; NULL: nobody else */
	unsigned keep_minutes;
	int64_t claimed_at, callback_at;
	enum queue_state was, returns;	/* entry.state and, when held, hold.state as the decision saw them */
	enum status was_reason;
	unsigned was_attempts;
	struct fold after;
	const struct recycle_rule *rule;	/* operation_rule's */
	unsigned char form_key[FORM_KEY_BYTES];
};
struct queue_answer {
	unsigned saved, claimed, probes;
	struct hold_seen got;		/* state, retries not filled */
	unsigned band;
	int64_t due_at, held_until;
	struct rows screen;		/* of who was claimed just now */
};
/* False: not done, or not known (db_lost); logged. */
bool queue_run(struct db *, const struct queue_call *, struct queue_answer *, struct arena *);
/* Remembers how far the claim got. */
void queue_mark(struct queue_settings *, const struct queue_plan *, int64_t now, const struct queue_answer *);

void queue_form_key(struct entry_id, struct user_id, int64_t claimed_at, unsigned char out[FORM_KEY_BYTES]);
void queue_held_fill(struct held *, const struct hold_seen *, struct user_id, int64_t held_until,
    const char *zone, struct arena *);
void queue_retries_read(struct retries *, const void *bytes, size_t n);
size_t queue_retries_write(const struct retries *, unsigned char out[RETRIES_BYTES]);

/* What follows an answer of the procedure until somebody is held or it is certain that nobody is. `answer`: the
 * first one, given to `plan`; or NULL to begin with a claim. */
enum claimed queue_claim_from(struct db *, const struct operation *, struct user_id, int64_t now,
    const struct queue_plan *plan, const struct queue_answer *answer, const struct queue_first *, size_t nfirst,
    struct held *, struct nobody_now *, struct arena *);

/* What the saved call means for those of `mates` who may be called with it: call->mates when it counts for them, else
 * next[*nnext], who come next. False: failed, logged. */
bool queue_mates(struct db *, struct queue_call *, const struct entry_id *mates, size_t n, struct queue_first next[MATES_MAX],
    size_t *nnext, struct arena *);
/* The form key of a mate's attempt: made from the call's, so that sent again it is the same. */
void queue_mate_key(const unsigned char call_key[FORM_KEY_BYTES], struct entry_id, unsigned char out[FORM_KEY_BYTES]);
/* Another number of the person that may be called; NONE: there is none. */
enum found queue_other_number(struct db *, struct organisation_id, struct person_id, const char *not_e164, const char **out,
    struct arena *);
/* The moment at which anybody may call again, as the fold takes it. */
int64_t queue_callback(int64_t callback_at, unsigned keep_minutes);
/* queue_correct within the caller's transaction. False: *why, or *already (R_NONE), or failed. */
bool queue_correct_in(struct db *, const struct operation *, const struct recycle_rule *, struct user_id by, struct entry_id,
    unsigned number, enum status, const char *note, int64_t now, bool *already, enum refusal *why, struct arena *);
/* A skip that leaves a kept appointment to its agent. */
enum saved queue_put_back(struct db *, struct operation_id, struct user_id, struct entry_id, int64_t now);

bool queue_nobody(struct db *, struct queue_settings *, const struct operation *, int64_t now,
    struct nobody_now *, struct arena *);

/* Moves one entry between two states in this connection's shard of the tally. */
bool queue_tally_move(struct db *, struct operation_id, enum queue_state from, enum queue_state to);
bool queue_tally_shift(struct db *, struct operation_id, enum queue_state from, enum queue_state to, unsigned n);
/* An entry that the caller's transaction has locked, and its hold. */
struct queue_locked {
	struct operation_id op;
	struct entry_id entry;
	struct person_id person;
	const char *e164;
	enum queue_state state, returns;	/* returns: of the hold, while held */
	enum status reason;
};
enum found queue_lock(struct db *, struct operation_id, struct entry_id, struct queue_locked *, struct arena *);
/* All its attempts; the deciding one's status and number ("" when there is none). */
bool queue_replay(struct db *, struct entry_id, struct replay *, enum status *decided, const char **dialled, struct arena *);
/* Who was taken off without a call becomes what their attempts say. *why is set and nothing done when they are not to
 * be called, or when a rule of the operation still takes them out. */
bool queue_restore(struct db *, struct organisation_id, const struct queue_locked *, int64_t now, enum refusal *why,
    struct arena *);

/* Takes the person whom this agent holds off the list, with that status (an exclusion that matches now). */
enum tx queue_exclude_held(struct db *, struct operation_id, struct user_id, struct entry_id, enum status);

#endif
