/*
 * custom_shown.h - the organisation's own fields on the agents' page (field.h has the rules).
 */
#ifndef DOMAIN_CUSTOM_SHOWN_H
#define DOMAIN_CUSTOM_SHOWN_H

#include "domain/custom.h"
#include "domain/field.h"

struct custom_shown { const char *name, *value; /* as stored; "" blank */ enum custom_form form; bool highlight; };

/* What this operation shows of that person, in its order; what it hides does not leave the database. No statement is
 * sent when nothing is shown. */
bool custom_shown(struct db *, const struct operation *, const struct field_rules *, struct person_id,
    struct custom_shown **out, size_t *n, struct arena *);

#endif
