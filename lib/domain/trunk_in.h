/*
 * trunk_in.h - what trunk.c (reading, using) and trunk_admin.c (writing) share.
 */
#ifndef DOMAIN_TRUNK_IN_H
#define DOMAIN_TRUNK_IN_H

#include "domain/trunk.h"

#define SECRET_PURPOSE	"phone connection"
#define SECRET_MOST	300
#define CALLERS_MOST	50

/* Has nothing been typed there? */
static inline bool trunk_blank(const char *s) { return s == NULL || *s == '\0'; }
/* What the simulation's account is, whatever was typed; nothing for others. */
void trunk_sim_config(struct connection_config *, struct arena *);
/* An account at the simulation with one number, in the caller's transaction; for a practice (practice.h). */
#define SIM_CPS	20
bool trunk_insert_sim(struct db *, struct organisation_id, struct user_id by, int64_t now, const char *caller, struct trunk_id *out);

#endif
