/*
 * floor.h - the calling floor: who calls in an operation today, what they do at this moment and since when, and how the
 * day goes for them. Told from what is stored anyway; no call writes anything for it, and nothing here counts calls.
 */
#ifndef DOMAIN_FLOOR_H
#define DOMAIN_FLOOR_H

#include "domain/operation.h"
#include "plumb/lang.h"

struct arena;
struct db;

/*
 * What an agent does, by the first line that is true. "Their call": the newest one from the software in this turn.
 *
 *   TALKING  has a person, and somebody or something has answered their call, which is not over; or, from their own phone, they
 *            have begun the conversation of a questionnaire that is gone through question by question. Since that moment.
 *   WRITING  has a person, and their call is over, or they have hung up, and it is not saved yet. Since then. From an own
 *            phone nobody knows when a call ends.
 *   CALLING  has a person otherwise: reads, dials, it rings; from an own phone also the conversation of the original version
 *            and what is written down after it. Since they were given the person.
 *   BREAK    on a break that began within FLOOR_BREAK_HOURS. Since then.
 *   IDLE     none of these; their last sign (a person given, a call saved, the end of a break, a line opened) is within
 *            FLOOR_IDLE_MINUTES, or their line is open. Since that sign.
 *   GONE     else; also whoever still has a person, but whose time for it is over. Since their last sign.
 */
enum floor_state { FLOOR_TALKING, FLOOR_WRITING, FLOOR_CALLING, FLOOR_BREAK, FLOOR_IDLE, FLOOR_GONE, FLOOR__MAX };
enum { FLOOR_IDLE_MINUTES = 10, FLOOR_BREAK_HOURS = 12 };

/* Moments; 0: did not happen. */
struct floor_signs {
	int64_t claimed_at, held_until;		/* of the hold */
	int64_t answered_at, over_at;		/* of their call */
	int64_t conversation_at;		/* they have begun to ask */
	int64_t break_at, break_over_at;	/* of the newest break; over 0: still on it */
	int64_t saved_at, line_at;		/* the last call of the day; line_at: their line is open since then */
};
enum floor_state floor_state(const struct floor_signs *, int64_t now, int64_t *since);

/*
 * Calls an hour, rounded, over the shift so far: from the first call saved today to the last one, without the breaks in between;
 * so a long conversation, or a look at the list, slows nobody down. Going away without a break counts as the shift's time.
 * 0: too early to say, in the first FLOOR_RATE_MINUTES of it.
 */
enum { FLOOR_RATE_MINUTES = 10, FLOOR_RATE_AGENTS = 3 };
unsigned floor_rate(uint64_t calls, int64_t first_at, int64_t last_at, int64_t breaks_us);
/* The middle of the rates that are not 0; 0: fewer than FLOOR_RATE_AGENTS have one. Sorts them. */
unsigned floor_median(unsigned *rates, size_t n);
/* Said kindly: CALMER below three quarters of the median, BRISKER above five quarters, else LIKE_MOST. NONE: one of them is 0. */
enum floor_pace { PACE_NONE, PACE_CALMER, PACE_LIKE_MOST, PACE_BRISKER };
enum floor_pace floor_pace(unsigned rate, unsigned median);

struct floor_agent {
	struct user_id user;
	const char *name;
	enum floor_state state;
	int64_t since;
	struct entry_id held;			/* v = 0: nobody */
	int64_t claimed_at;			/* of that turn: for queue_send_back */
	bool on_call;				/* their call from the software rings or goes on */
	uint64_t calls, reached;		/* today */
	uint64_t answers;			/* saved in this operation: one for each question that a person answered */
	unsigned rate;
	enum floor_pace pace;
};
struct floor {
	unsigned in[FLOOR__MAX];		/* how many in each state */
	unsigned median;
	struct floor_agent *agent;		/* who is there first, by name; at most FLOOR_AGENTS */
	size_t n;
};
enum { FLOOR_AGENTS = 1000 };
/* `day`: today in the operation's zone. */
bool floor_of(struct db *, const struct operation *, const char *day, int64_t now, struct floor *, struct arena *);

/* Calls and conversations of one day, of everybody. */
bool floor_day(struct db *, struct operation_id, const char *day, uint64_t *calls, uint64_t *reached, struct arena *);

const char *floor_label(enum floor_state, enum lang);	/* "talking" */
const char *floor_code(enum floor_state);		/* for the theme's classes */

#endif
