/*
 * zone.h - where a person is, as a time zone: by their own field, their postal code, their number. Pure.
 *
 * Several zones may be possible: their IANA names stand with | between them ("America/St_Johns|America/Goose_Bay"), and
 * calls are open where they are open in all (hours.h). "" says that nothing is known: the operation's own zone is used.
 */
#ifndef DOMAIN_ZONE_H
#define DOMAIN_ZONE_H

#include "plumb/base.h"

enum { ZONE_NAME = 41, ZONE_SET = 201 };	/* bytes of one name, of a set */

/* Canada by the first letter, with the places that keep another time than their province. One IANA name, or "" when
 * the code is not Canadian, or covers two zones. */
const char *zone_of_postal_code(const char *postal_code);
/* The zones of a code that covers two, else as above. */
const char *zones_of_postal_code(const char *postal_code);
/* By the longest prefix known of "+1807622..."; a table that the build makes (zone_number.py). */
const char *zones_of_number(const char *e164);
/* The person's own field, else the postal code, else the number. */
const char *zones_of_person(const char *own, const char *postal_code, const char *e164);

/* Copies the first name of a set; returns the rest behind its |, "" after the last. out has ZONE_NAME bytes. */
const char *zone_next(const char *zones, char *out);
/* Are all names of the set known to this machine, and none too long? "" is not. */
bool zones_known(const char *zones);

#endif
