/*
 * hours_words.h - an operation's daily hours as people read them.
 */
#ifndef DOMAIN_HOURS_WORDS_H
#define DOMAIN_HOURS_WORDS_H

#include "domain/hours.h"
#include "plumb/lang.h"

struct arena;

/* "every day from 9:00 to 21:00", or "Monday to Friday from 9:00 to 21:00, Saturday from 10:00 to 18:00"; then
 * "; no calls on holidays" where there are none. */
const char *hours_words_week(struct arena *, enum lang, const struct hours *);

#endif
