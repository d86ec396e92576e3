/*
 * zone_list.h - the time zones of this machine, for people to choose from.
 */
#ifndef PLUMB_ZONE_LIST_H
#define PLUMB_ZONE_LIST_H

#include "plumb/base.h"

struct arena;

struct zone_place {
	const char *name;	/* "America/Argentina/Buenos_Aires" */
	const char *country;	/* two letters, ISO 3166 */
};
/* Those of Debian's zone.tab, by name. Without that file none: whoever offers them offers the one in use beside. */
void zone_list(struct arena *, struct zone_place **out, size_t *n);
/* "America": what stands before the first slash. */
const char *zone_area(struct arena *, const char *zone);
/* "Buenos Aires": the last part, as people write it. */
const char *zone_city(struct arena *, const char *zone);

#endif
