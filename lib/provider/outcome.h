/*
 * outcome.h - what an attempt came to: a pure function of the SET of its facts. Their order, repetition and lateness
 * do not count; only what they say and the times in them. When a fact is added, ask again.
 */
#ifndef PROVIDER_OUTCOME_H
#define PROVIDER_OUTCOME_H

#include "provider/fact.h"

/*
 * Columns: enum, stored word, does it use up one of the contact's calls?
 *   PENDING     not over
 *   ANSWERED    a person, and an agent: the agent's word decides what it was
 *   HUNG_UP     a person (or nobody knows), over before an agent was there or within `short_s` of it, agent silent
 *   ABANDONED   a person, and we had nobody: counts in the guard of pacing.h
 *   CANCELED    we stopped it before an answer: uses a call only when it had rung for 10 s
 *   ERROR       network or provider, nothing about the contact
 *   ACCOUNT     our account: the operation pauses, the contact is untouched
 *   NOT_PLACED  it never left, or the provider wants it later: as if nothing had been
 *   UNKNOWN     lost, reconciliation gave up: uses a call, to be careful
 */
enum quota { QUOTA_KEEPS, QUOTA_USES, QUOTA_IF_IT_RANG };

#define OUTCOMES(X)								\
	X(OUTCOME_PENDING,        "pending",        QUOTA_KEEPS)		\
	X(OUTCOME_ANSWERED,       "answered",       QUOTA_USES)			\
	X(OUTCOME_HUNG_UP,        "answered_hungup", QUOTA_USES)		\
	X(OUTCOME_ABANDONED,      "abandoned",      QUOTA_USES)			\
	X(OUTCOME_VOICEMAIL,      "voicemail",      QUOTA_USES)			\
	X(OUTCOME_FAX,            "fax",            QUOTA_USES)			\
	X(OUTCOME_NO_ANSWER,      "no_answer",      QUOTA_USES)			\
	X(OUTCOME_BUSY,           "busy",           QUOTA_USES)			\
	X(OUTCOME_INVALID_NUMBER, "invalid_number", QUOTA_USES)			\
	X(OUTCOME_REJECTED,       "rejected",       QUOTA_USES)			\
	X(OUTCOME_CANCELED,       "canceled",       QUOTA_IF_IT_RANG)		\
	X(OUTCOME_ERROR,          "error",          QUOTA_KEEPS)		\
	X(OUTCOME_ACCOUNT,        "refused_account", QUOTA_KEEPS)		\
	X(OUTCOME_NOT_PLACED,     "not_placed",     QUOTA_KEEPS)		\
	X(OUTCOME_UNKNOWN,        "unknown",        QUOTA_USES)

#define AS_OUTCOME(id, word, quota) id,
enum outcome { OUTCOMES(AS_OUTCOME) OUTCOME__MAX };
#undef AS_OUTCOME

const char *outcome_word(enum outcome);
enum outcome outcome_of_word(const char *word);		/* OUTCOME__MAX when unknown */

/* What a person should look at, beside the outcome. */
enum ending_flag {
	ENDING_CONFLICT	     = 1 << 0,	/* the provider contradicted itself */
	ENDING_TWO_CALLS     = 1 << 1,	/* two ids for one attempt: hang both up */
	ENDING_CHANGED_MIND  = 1 << 2,	/* a person and a machine were heard; the later counts */
	ENDING_NUMBER	     = 1 << 3,	/* the number looks dead or like a fax: flag it at the second such attempt */
	ENDING_LABELLED	     = 1 << 4,	/* refused as unwanted (603, 607, 608): our caller id may be marked as spam */
	ENDING_NOT_ASKED     = 1 << 5	/* canceled, and not by us: taken for "no answer" */
};

struct ending {
	enum outcome outcome;
	bool final;		/* everything but PENDING */
	bool uses_call;		/* of the contact's quota */
	unsigned flags;
	bool answered;		/* somebody or something picked up; also while pending */
	enum amd amd;		/* the decisive one, AMD_NONE: none. An agent who says otherwise is right; count it */
	bool has_talk;
	unsigned talk_s;
	int64_t ended_us;	/* 0: not ended, or no time given */
};

/* short_s: a conversation shorter than this, without the agent's word, is HUNG_UP (5 by habit). Facts of the
 * agent's leg are passed over. n may be 0: pending. */
struct ending outcome_of(const struct fact *, size_t n, unsigned short_s);

#endif
