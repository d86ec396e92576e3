/*
 * practice.h - an operation rehearsed on invented people: the same screens, script, questions and rules, nobody is called,
 * nothing counts.
 *
 * Each practice is an organisation of its own (organisation.practice) with one pretend volunteer and one pretend copy of
 * the operation. Everything in Tocsin is read by organisation, so nothing of a practice is in any list, number, search,
 * export or suppression of a real one; what looks across organisations (admin.c) leaves them out. The only way
 * from outside into one is agent_who (agent_context.h), which lets who practises sit down as the pretend volunteer.
 * It is made anew when the operation was edited since, and is gone a day later.
 */
#ifndef DOMAIN_PRACTICE_H
#define DOMAIN_PRACTICE_H

#include "domain/ids.h"
#include "domain/link.h"
#include "domain/operation.h"
#include "plumb/refusal.h"
#include "plumb/who.h"

struct arena;
struct db;

#define PRACTICE_LASTS	DAY_US			/* then it ends by itself */
#define PRACTICE_STAYS	(10 * MINUTE_US)	/* after its end, until calls that are going on are over */
enum { PRACTICE_ROUND = 14 };			/* people invented at a time */

/* A member of `of` practises it: *out is the pretend operation, with people to call. ALREADY: the one they are in.
 * R_WRONG_STATE: a draft, or archived. */
enum saved practice_start(struct db *, const struct operation *of, const struct who *, int64_t now, struct operation_id *out,
    enum refusal *why, struct arena *);
/* More invented people, when nobody is left to call. */
bool practice_more(struct db *, struct operation_id practice, enum lang, int64_t now, struct arena *);
/* Its pretend line is hung up, and it is to be forgotten. The same twice changes nothing. */
bool practice_end(struct db *, struct operation_id practice, int64_t now);
/* For the worker: ends what has lasted long enough and forgets what ended. Failures are logged, the next round tries again. */
void practice_tidy(struct db *, int64_t now, struct arena *);

/* --- the practice link: it opens nothing of the operation itself --- */

/* NONE: switched off. */
enum found practice_link_of(struct db *, struct operation_id, const char **url, struct arena *);
/* ALREADY: it is on (off) already. R_WRONG_STATE: a draft. */
enum saved practice_link_set(struct db *, const struct operation *, bool on, struct user_id by, int64_t now, enum refusal *why,
    struct arena *);

struct practice_invitation { struct operation op; const char *organisation; bool open; /* false: it was archived */ };
/* NONE: no such link, or switched off. */
enum found practice_by_token(struct db *, const char *token, struct practice_invitation *, struct arena *);
/* The practice of `of` that this visitor is in. NONE: `who` is nobody's pretend volunteer. */
enum found practice_of_visitor(struct db *, struct operation_id of, const struct who *, struct operation_id *out, struct arena *);
/* Is this session one of a practice link: nobody whom a real operation knows? */
enum found practice_visitor(struct db *, const struct who *, struct arena *);
/* Somebody unknown practises: *session is the cookie. The same form sent twice is one practice (ALREADY). R_LINK_ENDED,
 * R_JOINS_PAUSED. */
enum saved practice_visit(struct db *, const char *token, const struct volunteer *, int64_t now, struct operation_id *out,
    const char **session, enum refusal *why, struct arena *);

/* --- invented people: pure --- */

#define PRACTICE_PHONE	"+12905550160"		/* of the pretend volunteer: the simulation answers it */
/* What becomes of a call. The numbers cannot be anybody's: 555-01xx in area codes that North America keeps unassigned (N9X);
 * their last two digits say the story, and to the simulated company (cgi-bin/sim/script.c) what rings. */
enum practice_story { STORY_TALKS, STORY_VOICEMAIL, STORY_RINGS, STORY_BUSY, STORY_WRONG_NUMBER, STORY_LATER, STORY_REFUSES,
	STORY_NEVER, STORY_NOT_HOME, STORY_LANGUAGE, STORY_MOVED, STORY_HANGS_UP, STORY_NO_NUMBER, STORY__MAX };
enum practice_story practice_story_of(const char *e164);
/* The number of the n-th person ever invented in this practice; out has 17 bytes. */
void practice_number(uint64_t practice, unsigned n, char *out);
bool practice_answered(enum practice_story);	/* somebody speaks */

#endif
