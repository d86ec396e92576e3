/*
 * household.h - same civic number, street, apartment and city = same household (fact 132), however
 * they are written: case, accents, punctuation and spaces do not count. Pure.
 */
#ifndef DOMAIN_HOUSEHOLD_H
#define DOMAIN_HOUSEHOLD_H

#include "plumb/base.h"

struct arena;

struct address_key { unsigned char byte[16]; };

/* "L'Île-Perrot" and "L’ILE PERROT" both become "lileperrot". */
char *fold_text(struct arena *, const char *text);
/* False: no civic number, no street or no city, so nobody shares it (fact 71). */
bool household_key(struct arena *, const char *civic_number, const char *street, const char *apartment,
    const char *city, struct address_key *out);

#endif
