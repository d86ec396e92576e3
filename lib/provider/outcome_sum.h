/*
 * outcome_sum.h - a set of facts summed up: earliest, latest and best of each kind. Only outcome.c asks for it. Nothing
 * in it depends on the order of the facts: each step is a minimum, a maximum or an OR.
 */
#ifndef PROVIDER_OUTCOME_SUM_H
#define PROVIDER_OUTCOME_SUM_H

#include "provider/fact.h"

/* Times are 0 while nothing of the kind has one. */
struct sum {
	bool has[FACT__MAX];
	int64_t first[FACT__MAX], last[FACT__MAX];
	enum call_class refused;	/* the gravest refusal */
	const struct fact *end;		/* the end that counts */
	const struct fact *an_end;	/* any end that says something */
	bool classes_differ, words_differ, proved, zero_seconds;
	const struct fact *decisive;	/* the AMD verdict that counts */
	bool human, machine;
	bool has_seconds;
	unsigned seconds;
	const char *call;
	bool two_calls;
};

/* Points into the facts. Those of the agent's leg are passed over. */
struct sum sum_of(const struct fact *, size_t n);

/* Does this end say why it ended, or that somebody answered? */
bool end_explains(const struct fact *);

#endif
