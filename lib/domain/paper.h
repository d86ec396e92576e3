/*
 * paper.h - printed call sheets, for volunteers without a screen: people taken from the list onto paper, and what
 * comes back typed in.
 *
 * A sheet takes its people by the claim rule of agents (save_and_claim, one place after the other), so nobody is on a
 * sheet whom an agent could not be given, and the keys of `hold` keep everybody else from them and their number. Each
 * place is a holder of its own (PAPER_HOLDER). Until the sheet is finished its holds are as short as an agent's:
 * of a sheet that never got printed everybody is back soon. Afterwards they last until the sheet's time is over, and end
 * by themselves as every hold does. Due appointments go onto paper too: without screens nobody else would call them.
 *
 * A call is saved as agents save theirs (queue_save), so recycling, tallies, results and suppression are the same; the place
 * is given back to the list just after it, with what the call came to. Two people who type in the same place save one call.
 */
#ifndef DOMAIN_PAPER_H
#define DOMAIN_PAPER_H

#include "domain/field.h"
#include "domain/queue.h"

struct arena;
struct db;

enum { PAPER_PAGE = 20, PAPER_PAGES = 10, PAPER_PLACES = PAPER_PAGE * PAPER_PAGES, PAPER_DAYS = 7, PAPER_MOST = 2000 };

/* hold.user_id of a place: a number that no user has. */
#define PAPER_HOLDERS	(UINT64_C(1) << 63)
#define PAPER_HOLDER(sheet, number)	((struct user_id){ PAPER_HOLDERS | ((sheet).v << 8) | (number) })

/* "128-7KD": the number with a mark, so that a slip of the pen does not open another sheet. */
const char *paper_code(struct arena *, struct paper_id);
bool paper_of_code(const char *, struct paper_id *out);		/* in any case, with blanks; false: none of ours */

/* --- printing --- */

/* When a sheet's time may be over: the end of calls today and on each of the next PAPER_DAYS days that has calls, by the
 * operation's clock and never after its end. Pure; their number. */
size_t paper_ends(const struct operation *, int64_t now, int64_t out[PAPER_DAYS + 1]);

struct paper_wish {
	struct user_id caller;		/* a member who calls; v = 0: somebody new, */
	const char *new_name;		/* who becomes one by this name */
	enum lang lang;
	unsigned pages;
	int64_t until_at;		/* one of paper_ends */
	const unsigned char *form_key;	/* 16 bytes, made when the form was shown */
	struct user_id by;
};
/*
 * SAVED; ALREADY: this form was sent before, *out is that sheet. Fewer people than asked for when the list has no more.
 * REFUSED: R_NOT_FOUND (no such member), R_DAY_PAST, R_SHEETS_FULL; R_NONE: nobody could be taken, *nobody says why.
 */
enum saved paper_print(struct db *, const struct operation *, const struct paper_wish *, int64_t now, struct paper_id *out,
    struct nobody_now *nobody, enum refusal *why, struct arena *);
/* Notes in the audit that `by` was shown the people of the sheet, by their ids. */
bool paper_revealed(struct db *, const struct operation *, struct paper_id, struct user_id by, int64_t now, struct arena *);

/* --- reading --- */

struct paper_sheet {
	struct paper_id id;
	struct user_id caller;
	const char *caller_name, *by_name;
	int64_t printed_at, until_at, ended_at;		/* ended_at 0: not given back by hand */
	unsigned people, entered, held;			/* held: still kept for the sheet */
};
/* Newest first, at most 30. */
bool paper_list(struct db *, struct operation_id, struct paper_sheet **out, size_t *n, struct arena *);
enum found paper_by_id(struct db *, struct operation_id, struct paper_id, struct paper_sheet *, struct arena *);

enum paper_state {
	PAPER_HELD,		/* kept for the sheet */
	PAPER_ENTERED,		/* its call is saved */
	PAPER_BACK,		/* on the list again, and nobody has called since: the call can still be typed in */
	PAPER_CALLED,		/* somebody else has called: only a note */
	PAPER_NOTED,		/* kept as a note */
	PAPER_GONE		/* the record was erased */
};
struct paper_place {
	unsigned number;
	enum paper_state state;
	struct entry_id entry;
	struct person_id person;
	const char *first_name, *last_name, *city;	/* city "" where the operation hides it from agents */
	const char *e164;		/* PAPER_HELD only, else "": it may be called by nobody else */
	const char *zone, *zones;	/* the person's; all that are possible (zone.h) */
	unsigned tries;			/* calls to them before the sheet */
	enum status last_status;	/* of the newest of these */
	int64_t last_at, promised_at;	/* promised_at: they asked to be called then; 0 */
	const char *form_key;		/* 32 hex digits */
	int64_t key_at;
	/* PAPER_ENTERED */
	unsigned attempt;
	enum status status;
	int64_t called_at;
	const char *by, *note;		/* by: who called */
};
bool paper_places(struct db *, const struct operation *, struct paper_id, struct paper_place **out, size_t *n, struct arena *);

/* --- typing in --- */

struct paper_said {
	unsigned number;		/* of the place */
	const char *form_key;		/* as the form had it, or NULL: as it is now */
	struct user_id caller;
	int64_t called_at;
	enum status status;
	int64_t callback_at;		/* 0: none */
	const char *note;
	const struct call_answer *answers;
	size_t nanswers;
};
/* The moment of a call that was written down to the minute, for this sheet: never before it. *why: R_CALL_AHEAD, R_BEFORE_SHEET. */
int64_t paper_moment(const struct paper_sheet *, int64_t minute_at, int64_t now, enum refusal *why);
/* SAVED; ALREADY: saved before, with that status. As queue_save, R_TYPED_IN (with another one), R_NOT_FOUND (no such place or caller), R_CALL_AHEAD, R_BEFORE_SHEET. */
enum saved paper_enter(struct db *, const struct operation *, const struct recycle_rule rules[ST__MAX], const struct paper_sheet *,
    const struct paper_said *, struct user_id by, int64_t now, enum refusal *why, struct arena *);
/* The call was typed wrong: a further attempt says so (queue_correct), and the place can be typed in again. *why as there. */
enum saved paper_take_back(struct db *, const struct operation *, struct paper_id, unsigned number, struct user_id by, int64_t now,
    enum refusal *why, struct arena *);
/* What came too late, at the end of the person's notes. ALREADY: it is there. R_WRONG_STATE: it can be saved as a call. */
enum saved paper_keep_note(struct db *, const struct operation *, struct paper_id, unsigned number, const char *text,
    struct user_id by, int64_t now, enum refusal *why, struct arena *);
/* Whoever is left goes back to the list now. */
enum saved paper_give_back(struct db *, const struct operation *, struct paper_id, struct user_id by, int64_t now, struct arena *);

#endif
