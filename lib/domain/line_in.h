/*
 * line_in.h - what line.c and line_browser.c share.
 */
#ifndef DOMAIN_LINE_IN_H
#define DOMAIN_LINE_IN_H

#include "domain/line.h"

/* Not to be guessed: who knows it could listen. */
const char *line_room(struct arena *);
/* May this operation place calls at all? The dialer asks again, and more, at the moment of the call. */
enum refusal line_ready(struct db *, const struct operation *, struct dialing *, bool *failed, struct arena *);

#endif
