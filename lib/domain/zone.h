/*
 * zone.h - where a postal code is, as a time zone. Pure.
 *
 * Canada by the first letter, with the places that keep another time than their province.
 */
#ifndef DOMAIN_ZONE_H
#define DOMAIN_ZONE_H

/* An IANA name, or "" when the code is not Canadian, or covers two zones: the operation's own is used then. */
const char *zone_of_postal_code(const char *postal_code);

#endif
