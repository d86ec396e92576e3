/*
 * import_world.h - an organisation, somebody who imports, and a file's way from the upload to its end,
 * for the database tests of the import. Moments count up by themselves.
 */
#ifndef TESTS_IMPORT_WORLD_H
#define TESTS_IMPORT_WORLD_H

#include <unistd.h>

#include "plumb/arena.h"

#include "domain/import.h"

static const struct organisation_id org = { 1 };
static const struct user_id by = { 1 };
static int64_t now = INT64_C(1780000000000000);
static struct db *db;
static struct arena *a;

#include "sql.h"

/* An import takes its file away, so each gets a file of its own. */
static inline const char *
text_file(const char *text)
{
	char *to = arena_fmt(a, "%s/text-%d-%lld", getenv("TOCSIN_TEST_DIR"), (int)getpid(), (long long)now++);
	FILE *out = fopen(to, "wb");

	fputs(text, out);
	fclose(out);
	return to;
}

static inline struct import_id
begin(enum person_kind kind, const char *path)
{
	struct import_id id = { 0 };
	enum refusal why = R_NONE;
	struct import im;

	if (import_take(db, org, by, kind, "liste.csv", path, 1000000, now++, &id, &why, a) != SAVED ||
	    import_by_id(db, org, id, &im, a) != FOUND ||
	    import_start(db, org, by, id, im.mapping, im.ncolumns, IMPORT_CORRECT, now++, &why, a) != SAVED)
		printf("# begin: %s\n", refusal_key(why));
	return id;
}

static inline struct import
finish(struct import_id id)
{
	struct import im = { 0 };
	struct arena *page = arena_new();
	bool finished = false;

	for (int i = 0; i < 10000 && !finished && import_step(db, id, now++, &finished, page); i++)
		arena_reset(page);
	arena_free(page);
	if (import_by_id(db, org, id, &im, a) != FOUND)
		im.state = IMPORT_FAILED;
	return im;
}

#endif
