/*
 * outcome.c - the set is summed up in one pass (outcome_sum.h), then the summary decides.
 */
#include "provider/outcome.h"

#include "plumb/clock.h"
#include "provider/outcome_sum.h"

/* The provider's clock cuts to seconds and is not ours: so much later than the end a cancel may seem to have been
 * asked and still be its cause. */
#define CLOCKS_APART_US	(2 * SECOND_US)
#define RANG_US		(10 * SECOND_US)

#define AS_WORD(id, word, quota) [id] = word,
static const char *const words[OUTCOME__MAX] = { OUTCOMES(AS_WORD) };
#define AS_QUOTA(id, word, quota) [id] = quota,
static const enum quota quotas[OUTCOME__MAX] = { OUTCOMES(AS_QUOTA) };

const char *
outcome_word(enum outcome o)
{
	assert((unsigned)o < OUTCOME__MAX);
	return words[o];
}

enum outcome
outcome_of_word(const char *word)
{
	unsigned i;

	for (i = 0; i < OUTCOME__MAX && (word == NULL || strcmp(words[i], word) != 0); i++)
		;
	return (enum outcome)i;
}

/* --- the decision ----------------------------------------------------------------------------------- */

/* Does anything show that the call exists at the provider? */
static bool
was_placed(const struct sum *s)
{
	for (unsigned k = FACT_QUEUED; k <= FACT_IGNORED; k++)
		if (s->has[k] && k != FACT_KEY)
			return true;
	return s->has[FACT_ACCEPTED];
}

/* Being in the room proves it, unless the end says that nobody answered: a leg may enter while it still rings, so that the
 * agent hears it (early media). */
static bool
was_answered(const struct sum *s)
{
	if (s->has[FACT_ANSWERED] || s->has[FACT_AMD] || s->proved)
		return true;
	return s->has[FACT_BRIDGED] && (s->end == NULL || !end_explains(s->end));
}

/* When contact and agent could hear each other first; 0: no time known. */
static int64_t
met_us(const struct sum *s)
{
	int64_t bridged = s->first[FACT_BRIDGED], answered = s->first[FACT_ANSWERED];

	return bridged != 0 && answered > bridged ? answered : bridged;
}

/* When we first asked for the end; 0: no time known. */
static int64_t
asked_us(const struct sum *s)
{
	int64_t c = s->first[FACT_CANCEL_ASKED], h = s->first[FACT_HANGUP_ASKED];

	return c == 0 || (h != 0 && h < c) ? h : c;
}

/* Did we ask for the end before it came, or as good as? */
static bool
we_stopped_it(const struct sum *s)
{
	int64_t asked = asked_us(s), ended = s->last[FACT_ENDED];

	if (!s->has[FACT_CANCEL_ASKED] && !s->has[FACT_HANGUP_ASKED])
		return false;
	return asked == 0 || ended == 0 || asked <= ended + CLOCKS_APART_US;
}

/* Had it rung for ten seconds before it stopped? Without a ringing fact the time since dialling stands for it. */
static bool
rang_long(const struct sum *s)
{
	static const enum fact_kind begins[] = { FACT_RINGING, FACT_DIALING, FACT_ACCEPTED, FACT_REQUESTED };
	int64_t from = 0, to = s->last[FACT_ENDED], asked = asked_us(s);

	for (size_t i = 0; i < NITEMS(begins) && from == 0; i++)
		from = s->first[begins[i]];
	if (asked != 0 && (to == 0 || asked < to))
		to = asked;
	return from == 0 || to == 0 || to - from >= RANG_US;
}

/* How long contact and agent were in one room, as far as times tell. False: they do not. */
static bool
together_us(const struct sum *s, int64_t *out)
{
	int64_t from = met_us(s), to = s->last[FACT_UNBRIDGED], ended = s->last[FACT_ENDED];

	if (to == 0 || (ended != 0 && ended < to))
		to = ended;
	if (from != 0 && to != 0) {
		*out = to > from ? to - from : 0;
		return true;
	}
	*out = (int64_t)s->seconds * SECOND_US;		/* the leg was at least as long */
	return s->has_seconds;
}

/* A person (or nobody knows) was there. Was somebody of ours? */
static enum outcome
of_person(const struct sum *s, unsigned short_s)
{
	int64_t together, met = met_us(s), asked = asked_us(s);

	/* the agent had left before they could have met: an empty room is nobody */
	if (s->has[FACT_NO_AGENT] || (s->has[FACT_CANCEL_ASKED] &&
	    (!s->has[FACT_BRIDGED] || (met != 0 && asked != 0 && asked <= met))))
		return OUTCOME_ABANDONED;
	if (!s->has[FACT_BRIDGED])
		return OUTCOME_HUNG_UP;
	return together_us(s, &together) && together < (int64_t)short_s * SECOND_US ? OUTCOME_HUNG_UP : OUTCOME_ANSWERED;
}

static enum outcome
of_answered(const struct sum *s, unsigned short_s)
{
	if (s->has[FACT_DISPOSED])
		return OUTCOME_ANSWERED;
	if (s->decisive != NULL && s->decisive->amd == AMD_FAX)
		return OUTCOME_FAX;
	if (s->decisive != NULL && s->decisive->amd == AMD_MACHINE)
		return OUTCOME_VOICEMAIL;
	return of_person(s, short_s);
}

static enum outcome
of_unanswered(const struct sum *s, unsigned *flags)
{
	bool stopped = we_stopped_it(s);

	switch (s->end->class) {
	case CLASS_BUSY:	   return OUTCOME_BUSY;
	case CLASS_INVALID_NUMBER: return OUTCOME_INVALID_NUMBER;
	case CLASS_REJECTED:	   return OUTCOME_REJECTED;
	case CLASS_NO_ANSWER:	   return stopped ? OUTCOME_CANCELED : OUTCOME_NO_ANSWER;
	case CLASS_CANCELED:
		if (s->has[FACT_CANCEL_ASKED] || s->has[FACT_HANGUP_ASKED])
			return OUTCOME_CANCELED;
		*flags |= ENDING_NOT_ASKED;
		return OUTCOME_NO_ANSWER;
	case CLASS_ACCOUNT:	   return OUTCOME_ACCOUNT;
	case CLASS_NETWORK:
	case CLASS_RATE:	   return OUTCOME_ERROR;
	case CLASS_NONE:
	case CLASS_ANSWERED:
	case CLASS__MAX:
		break;
	}
	/* over, and no second was talked */
	if (s->zero_seconds)
		return stopped ? OUTCOME_CANCELED : OUTCOME_NO_ANSWER;
	return s->has[FACT_GAVE_UP] ? OUTCOME_UNKNOWN : OUTCOME_PENDING;
}

static enum outcome
of_refused(enum call_class class)
{
	switch (class) {
	case CLASS_ACCOUNT:	   return OUTCOME_ACCOUNT;
	case CLASS_INVALID_NUMBER: return OUTCOME_INVALID_NUMBER;
	case CLASS_REJECTED:	   return OUTCOME_REJECTED;
	case CLASS_RATE:	   return OUTCOME_NOT_PLACED;
	default:		   return OUTCOME_ERROR;
	}
}

/* After "later, please" the same attempt was requested again: that request is the one to wait for. */
static bool
tried_again(const struct sum *s)
{
	return s->has[FACT_UNSURE] || s->last[FACT_REQUESTED] > s->last[FACT_REFUSED];
}

static enum outcome
decide(const struct sum *s, unsigned short_s, unsigned *flags)
{
	if (!was_placed(s)) {
		if (s->has[FACT_REFUSED] && !(s->refused == CLASS_RATE && tried_again(s)))
			return of_refused(s->refused);
		if (s->has[FACT_NOT_PLACED])
			return OUTCOME_NOT_PLACED;
		return s->has[FACT_GAVE_UP] ? OUTCOME_UNKNOWN : OUTCOME_PENDING;
	}
	if (s->end == NULL) {
		if (!s->has[FACT_GAVE_UP])
			return OUTCOME_PENDING;
		/* the end is lost, not what happened before it: somebody who talked with us is not called again as lost */
		return was_answered(s) ? of_answered(s, short_s) : OUTCOME_UNKNOWN;
	}
	return was_answered(s) ? of_answered(s, short_s) : of_unanswered(s, flags);
}

static unsigned
flags_of(const struct sum *s, enum outcome o)
{
	unsigned flags = 0;
	bool refused = s->has[FACT_REFUSED] && s->refused != CLASS_RATE;

	/* the same word with and without its code is one statement, not two */
	if ((s->classes_differ && s->words_differ) || (was_placed(s) && (refused || s->has[FACT_NOT_PLACED])))
		flags |= ENDING_CONFLICT;
	if (s->two_calls)
		flags |= ENDING_TWO_CALLS;
	if (s->human && s->machine)
		flags |= ENDING_CHANGED_MIND;
	if (o == OUTCOME_INVALID_NUMBER || o == OUTCOME_FAX)
		flags |= ENDING_NUMBER;
	if (o == OUTCOME_REJECTED && s->end != NULL &&
	    (s->end->sip == 603 || s->end->sip == 607 || s->end->sip == 608))
		flags |= ENDING_LABELLED;
	return flags;
}

struct ending
outcome_of(const struct fact *facts, size_t n, unsigned short_s)
{
	const struct sum s = sum_of(facts, n);
	struct ending e = { .outcome = OUTCOME_PENDING };
	int64_t together;

	e.outcome = decide(&s, short_s, &e.flags);
	e.final = e.outcome != OUTCOME_PENDING;
	e.flags |= flags_of(&s, e.outcome);
	e.uses_call = quotas[e.outcome] == QUOTA_USES || (quotas[e.outcome] == QUOTA_IF_IT_RANG && rang_long(&s));
	e.answered = was_answered(&s);
	e.amd = s.decisive == NULL ? AMD_NONE : s.decisive->amd;
	e.ended_us = s.last[FACT_ENDED];
	if (e.answered && s.has_seconds) {
		e.has_talk = true;
		e.talk_s = s.seconds;
	} else if (e.answered && s.has[FACT_BRIDGED] && together_us(&s, &together)) {
		e.has_talk = true;
		e.talk_s = (unsigned)(together / SECOND_US);
	}
	return e;
}
