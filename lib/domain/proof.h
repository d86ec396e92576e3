/*
 * proof.h - the proof file of one operation, for whoever asks who was called when: a line per call with the caller,
 * the person, the moment by the person's clock and the rule it was made under.
 *
 * Lines are chained: each ends in the SHA-256 of the hash before it and of its own text, so that a line that was
 * changed, moved or taken out breaks the chain at that place. Whoever changes a line can compute all hashes after it
 * anew; so the last line carries the seal of this server's key, which only this server can make and check.
 */
#ifndef DOMAIN_PROOF_H
#define DOMAIN_PROOF_H

#include "domain/operation.h"

struct arena;
struct db;

/* All calls saved by now, in their order, to `out`; *lines is how many. False: could not be read to its end, or not written. */
bool proof_write(struct db *, const struct operation *, int64_t now, FILE *out, uint64_t *lines, struct arena *);

enum proof_verdict {
	PROOF_GOOD,
	PROOF_CHANGED,		/* at *line */
	PROOF_CUT,		/* its last line is missing */
	PROOF_NOT_OURS		/* the chain holds, but the seal is not of this server's key */
};
/* *line: the first line that was changed, from 1; else how many lines there are. */
enum proof_verdict proof_check(FILE *in, uint64_t *line);

/* Promise 6: calls that began outside the operation's hours, by the called person's clock. Hours that were changed later
 * prove nothing about the calls before, so only those after the last change count. Prints each as a line. */
bool proof_outside_hours(struct db *, const struct operation *, FILE *out, uint64_t *wrong);

#endif
