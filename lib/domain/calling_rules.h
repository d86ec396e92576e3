/*
 * calling_rules.h - when a country lets people be called, as data: windows of the week, for canvassing and for asking
 * for money, with the source and the day it was looked at. Not legal advice: the page says where it comes from. Pure.
 */
#ifndef DOMAIN_CALLING_RULES_H
#define DOMAIN_CALLING_RULES_H

#include "domain/hours.h"
#include "plumb/lang.h"

enum purpose { PURPOSE_NONE, PURPOSE_IDENTIFICATION, PURPOSE_INFORMATION, PURPOSE_FUNDRAISING, PURPOSE__MAX };
enum rules_of { RULES_NONE, RULES_CA, RULES_US, RULES_US_STRICT, RULES__MAX };

const char *purpose_code(enum purpose);			/* stored: "fundraising"; "" for none */
enum purpose purpose_of_code(const char *);		/* PURPOSE_NONE when unknown or NULL */
const char *purpose_label(enum purpose, enum lang);
const char *rules_code(enum rules_of);			/* stored: "ca"; "" for none */
enum rules_of rules_of_code(const char *);
const char *rules_label(enum rules_of, enum lang);
const char *rules_source(enum rules_of, enum lang);
const char *rules_reviewed(enum rules_of);		/* "2026-11-28" */
/* The proposal of who has chosen nothing: by the operation's zone. */
enum rules_of rules_usual(const char *zone);
/* Those that count for an operation: what was chosen, else the proposal. */
enum rules_of rules_in_force(bool chosen, enum rules_of choice, const char *zone);
/* Must whoever has others call for an election register (Canada's Voter Contact Registry)? */
bool rules_registry(enum rules_of);

/* The windows that these rules allow; Monday first. */
const struct window *rules_week(enum rules_of);

/* Do these hours go beyond the rules? Fact 133: they bind who asks for money; else it is advice. */
enum curfew { CURFEW_FITS, CURFEW_WARNS, CURFEW_BLOCKS };
enum curfew rules_check(enum rules_of, enum purpose, const struct hours *);

#endif
