/*
 * sim.h - a pretend telephone company: speaks as much of Twilio's REST as Tocsin asks for, "rings" people who do
 * what the last two digits of their number say, and tells by signed webhooks, with the delays, doubles,
 * losses and reorderings that one asks for. No phone rings. `make run` and the tests call through it.
 *
 * It stands for the world outside: its memory is its own and ends with the process, as if the company had forgotten.
 * Everything random comes from --seed and the number, so that the same shift goes the same way twice.
 *
 *   main.c    options, time, the loop        http.c   connections in and out
 *   calls.c   what becomes of a call         rest.c   requests and their answers
 *   script.c  what a number does
 */
#ifndef SIM_H
#define SIM_H

#include "plumb/base.h"

struct arena;

struct options {
	unsigned port, seed, speed;		/* speed: a second takes 1/speed */
	unsigned hooks;				/* port of 127.0.0.1 that takes webhooks for an https address; 0: there is none */
	unsigned doubled, late, lost;		/* percent of the webhooks */
	const char *account, *token;
};
extern struct options options;

int64_t now_ms(void);			/* of a clock that never goes back */
unsigned chance(const char *what, uint64_t n, unsigned below);	/* 0..below-1, the same each time for the same seed */

/* --- script.c --- */

enum end { END_TALKS, END_BUSY, END_RINGS, END_INVALID, END_DECLINES, END_NETWORK, END_OFF, END_MACHINE, END_FAX, END_HANGS_UP };
/* How the company answers the request to ring: as it should, or not. */
enum manner { MANNER_GOOD, MANNER_REFUSES, MANNER_FAILS, MANNER_SILENT, MANNER_TOO_MANY, MANNER_GARBAGE, MANNER_FAILS_AND_RINGS,
	MANNER_SILENT_AND_RINGS };
struct script { enum end end; enum manner manner; unsigned ring_ms, talk_ms; };
struct script script_of(const char *to);

/* --- calls.c --- */

enum state { QUEUED, INITIATED, RINGING, IN_PROGRESS, OVER };
struct call {
	char sid[35], to[17], from[17], label[80], room[70], answered_by[20];
	char *callback, *amd_callback, *key_action, *room_callback;	/* NULL: not asked for */
	char *answer_url;			/* asked for instructions when a person answers; NULL: goes into its room */
	bool agent, joined;
	enum state state;
	const char *word;			/* how it ended */
	int sip;
	unsigned timeout_s, sequence, number;
	struct script script;
	int64_t created_us, answered_us, ended_us;	/* wall clock */
};
struct call *call_new(bool agent, const char *to, const char *from);	/* QUEUED; begins when call_begin says */
void call_begin(struct call *);
struct call *call_of(const char *sid);
struct call *call_nth(unsigned n);		/* NULL behind the last */
struct call *room_of(const char *name);		/* the agent's call that is in it now, by name or id */
const char *room_id(const struct call *agent);	/* CF... */
void call_end(struct call *, const char *word, int sip);
/* The answer to a key that the agent pressed: instructions. */
void call_instructed(struct call *, const char *twiml);
const char *state_word(const struct call *);
int64_t calls_due(void);			/* ms until something happens by itself; -1: nothing will */
void calls_turn(void);

/* --- http.c --- */

void http_open(void);
void http_poll(int timeout_ms);
/* A webhook, after_ms from now; `of` gets the instructions in the answer, or NULL. Takes nothing over. */
void http_post(const char *url, const char *body, int64_t after_ms, struct call *of);
struct answer_out { int status; const char *body; int64_t after_ms; bool never; unsigned retry_after_s; };

/* --- rest.c --- */
struct answer_out rest(struct arena *, const char *method, const char *target, const char *authorization, const char *body);

#endif
