/*
 * sql.h - SQL in a database test: set the scene, look at what came of it. Dies on an error.
 * The test defines `static struct db *db; static struct arena *a;` before it includes this.
 */
#ifndef TESTS_SQL_H
#define TESTS_SQL_H

#include "plumb/db.h"
#include "plumb/log.h"

static inline void
run(const char *sql)
{
	const char *why;

	if (!db_script(db, sql, a, &why))
		die("%s: %s", sql, why);
}

/* The first cell as text, "" for NULL and for no row. */
static inline const char *
value(const char *sql)
{
	const char *v = NULL;

	if (!db_script_value(db, sql, a, &v))
		die("%s", sql);
	return v == NULL ? "" : v;
}

#endif
