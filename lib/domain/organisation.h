/*
 * organisation.h - what an organisation says of itself: its name, and the time zone it reads its days in.
 *
 * An operation takes the zone when it is made and keeps it, so that nobody's hours move by a change here; a practice
 * takes both. Days of filters, exclusion rules, exports and the audit log follow the organisation's zone at once.
 */
#ifndef DOMAIN_ORGANISATION_H
#define DOMAIN_ORGANISATION_H

#include "domain/ids.h"
#include "plumb/refusal.h"

struct arena;
struct db;
struct staff_by;

enum { ORGANISATION_NAME_MAX = 120 };
struct organisation {
	struct organisation_id id;
	const char *name, *zone;	/* zone: an IANA name */
};
enum found organisation_by_id(struct db *, struct organisation_id, struct organisation *, struct arena *);

/* Operations that are running, paused or to come, by the zone they keep; the most frequent first. */
struct zone_use { const char *zone; unsigned operations; };
bool organisation_zones(struct db *, struct organisation_id, struct zone_use **out, size_t *n, struct arena *);

/* With an audit row that names what was before. ALREADY: nothing differs, nothing is written. REFUSED: R_NOT_A_CHOICE (this
 * machine knows no such zone). name: 1 to ORGANISATION_NAME_MAX characters. */
enum saved organisation_set(struct db *, const struct staff_by *, const char *name, const char *zone, enum refusal *why, struct arena *);

#endif
