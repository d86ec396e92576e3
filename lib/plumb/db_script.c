/*
 * db_script.c - SQL as text: migrations, and what tests ask. Nothing of a visitor's ever gets here.
 */
#include "plumb/db_in.h"

#include "plumb/arena.h"

/* Runs the text; the first cell of the first result goes to *value when that is wanted. */
static bool
run_text(struct db *db, const char *sql, struct arena *a, const char **value, const char **why)
{
	bool have = false;
	int more;

	if (!db_may_run(db)) {
		*why = "the database does not answer";
		return false;
	}
	if (mysql_real_query(db->my, sql, strlen(sql)) != 0)
		goto fail;
	do {
		MYSQL_RES *res = mysql_store_result(db->my);

		if (res != NULL) {
			MYSQL_ROW row = mysql_fetch_row(res);
			if (!have && row != NULL && value != NULL) {
				unsigned long *len = mysql_fetch_lengths(res);
				*value = row[0] == NULL ? NULL : arena_strndup(a, row[0], len[0]);
				have = true;
			}
			mysql_free_result(res);
		} else if (mysql_field_count(db->my) != 0)
			goto fail;
		more = mysql_next_result(db->my);
	} while (more == 0);
	if (more < 0)
		return true;
fail:
	*why = arena_fmt(a, "%u: %s", mysql_errno(db->my), mysql_error(db->my));
	db_note(db, mysql_errno(db->my), *why, "a script");
	return false;
}

bool
db_script(struct db *db, const char *sql, struct arena *a, const char **why)
{
	*why = NULL;
	return run_text(db, sql, a, NULL, why);
}

bool
db_script_value(struct db *db, const char *sql, struct arena *a, const char **value)
{
	const char *why;

	*value = NULL;
	return run_text(db, sql, a, value, &why);
}
