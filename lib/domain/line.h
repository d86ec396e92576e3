/*
 * line.h - an agent's line as the agent's page sees and moves it. Every verb only writes a wish down; the dialer, which talks
 * to the provider, finds it (dialer.h). So no page waits for a network.
 */
#ifndef DOMAIN_LINE_H
#define DOMAIN_LINE_H

#include "domain/dialing.h"
#include "domain/live_call.h"
#include "domain/queue.h"

enum line_state {
	LINE_NONE,	/* the agent's phone is not connected; `refusal` may say why the last one ended */
	LINE_WANTED,	/* about to be rung */
	LINE_SENT,	/* rings, or waits for the key that proves a person; in a browser: waits for it to call in */
	LINE_OPEN,
	LINE_ENDED	/* of the newest line */
};

/* What the agent hears at this moment. */
enum call_phase { PHASE_NO_CALL, PHASE_WAITING, PHASE_DIALING, PHASE_RINGING, PHASE_TALKING, PHASE_OVER };

struct line_now {
	enum line_state state;
	struct line_id id;
	struct operation_id op;		/* whose room the line is in: a line is of one operation */
	bool browser;			/* it is in a browser: nobody rings, the browser calls in */
	const char *e164;		/* the agent's own phone, of the last line; "" */
	const char *refusal;		/* why the line could not be had */
	enum call_phase phase;		/* of the newest call in this hold */
	bool voicemail;			/* likely, says the provider */
	struct live_call call;		/* id.v = 0: none */
	enum status detected;		/* over: what will stand for it unless the agent says otherwise; ST_NONE: nothing */
};

/* `held` may be NULL. */
bool line_now(struct db *, struct user_id, const struct held *, struct line_now *, struct arena *);

/*
 * SAVED, ALREADY, NOT_SAVED, UNSURE; REFUSED: *why is
 *   R_NO_PROVIDER     the operation cannot call from the software (any more)
 *   R_DIALING_PAUSED  an administrator has to look first
 *   R_NO_LINE         the agent's phone is not connected
 *   R_NUMBER_BUSY     another call rings this number at this moment
 *   R_CALL_OVER       this person was called in this turn, and it counts: say how it went
 *   R_PHONE_...       the agent's number
 */
enum saved line_start(struct db *, const struct operation *, struct user_id, enum lang, const char *number, int64_t now,
    enum refusal *why, struct arena *);
enum saved line_end(struct db *, struct user_id, int64_t now, struct arena *);
enum saved line_call(struct db *, const struct operation *, struct user_id, const struct held *, int64_t now,
    enum refusal *why, struct arena *);
enum saved line_hang_up(struct db *, struct user_id, int64_t now, struct arena *);
/* The agent has said how the call of that form went, or given the person back (disposed false): whatever still rings is ended. */
bool line_settled(struct db *, const char *form_key, bool disposed, int64_t now, struct arena *);

/* --- line_browser.c: the agent speaks in the browser, by the provider's own script ------------------------ */

/*
 * SAVED: a line waits for this browser; ALREADY: so does one from before. REFUSED: as line_start, and
 *   R_NO_BROWSER      the operation's agents do not speak in the browser (any more)
 *   R_LINE_CLOSING    an earlier one is ended first: ask again in a moment
 *   R_LINE_TAKEN      the agent has a line by phone, or of another operation
 */
enum saved line_open_here(struct db *, const struct operation *, struct user_id, enum lang, int64_t now, enum refusal *why, struct arena *);

#define LINE_TOKEN_S	600	/* how long a token lasts; the page asks for another before that */
/* With what the agent's own line signs in, and which it is. NONE: there is none in a browser, or it is being ended. */
enum found line_token(struct db *, struct operation_id, struct user_id, int64_t now, struct line_id *, const char **token, struct arena *);
/* Ends that line of the agent's and no other: a window that goes must not end the line of the one that took its place. */
enum saved line_end_one(struct db *, struct user_id, struct line_id, int64_t now);
/* Where the script lies and what its page must allow. NONE: agents of this operation do not speak in the browser. */
enum found line_script(struct db *, const struct dialing *, struct browser *, struct arena *);
/* May this call, which asks to be let in, be the leg of that line of this connection? A second window, a line that is over: NONE.
 * first: it may be the first to ask; asked again once its wish is stored, without, as two may have asked at once. */
enum found line_takes(struct db *, struct trunk_id, struct line_id, const char *room, const char *call, bool first, struct arena *);
/* Is that call the leg of that line? One that was turned away ends too, and its end is not the line's. */
enum found line_leg(struct db *, struct line_id, const char *call, struct arena *);
/* The agent's leg has left its room: the dialer asks soon whether the call is over, should nobody say so. */
bool line_left(struct db *, struct line_id, int64_t now);

#endif
