/*
 * schema.h - the database brought to the newest migration: sql/NNN_name.sql in order, each once.
 */
#ifndef DOMAIN_SCHEMA_H
#define DOMAIN_SCHEMA_H

#include "plumb/base.h"

struct arena;
struct db;

/*
 * Applies what is missing, one line to `out` for each. False: why is said in *why, and nothing after
 * the failing file was tried. Numbers may be left out. Refuses when an applied file has changed since or is missing,
 * or when a new one stands before one applied already: a released migration is never edited, nor overtaken.
 * Two at the same moment come one after the other; the second waits, and finds nothing left to do.
 */
bool schema_migrate(struct db *, const char *folder, int64_t now, FILE *out, struct arena *, const char **why);

/* The newest migration applied; 0: none. False: the database does not answer. */
bool schema_version(struct db *, unsigned *version, struct arena *);

#endif
