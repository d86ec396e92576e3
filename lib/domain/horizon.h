/*
 * horizon.h - up to which id a table that only grows is whole, so that who reads it from cursor to cursor passes nothing
 * over. Ids are dealt out before transactions commit: 11 may be there while 10 is still on its way.
 *
 * The worker moves the horizon on, once a second. Ids that follow one another without a gap are whole at once. At a gap the
 * horizon waits: HORIZON_SETTLES_US from when higher ids were first seen, and then until nobody has written a row below
 * them without having committed it (tx_peek_begin). What is still missing then was rolled back. A Galera cluster does not show
 * what another node has under way: there the wait alone counts, which is longer than the stall of a node that leaves.
 * The hot path pays nothing for all this; without a worker nothing moves.
 */
#ifndef DOMAIN_HORIZON_H
#define DOMAIN_HORIZON_H

#include "plumb/base.h"

struct arena;
struct db;

#define HORIZON_SETTLES_US	INT64_C(10000000)

enum horizon { HORIZON_ATTEMPT, HORIZON_ENTRY_LOG, HORIZON__MAX };

bool horizon_of(struct db *, enum horizon, uint64_t *safe, struct arena *);
/* For the worker. False: failed, logged; the next time goes on. */
bool horizon_advance(struct db *, int64_t now, struct arena *);

#endif
