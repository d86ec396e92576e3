/*
 * schema.c - migrations.
 */
#include "domain/schema.h"

#include <dirent.h>
#include <errno.h>

#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

enum { MIGRATIONS_MOST = 999, FILE_MOST = 4 * 1024 * 1024 };

enum { Q_APPLIED, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_APPLIED] = { "", "uss", "SELECT version, name, sha256 FROM schema_version ORDER BY version" },
};
DB_STATEMENTS(q)

/* Not among the named ones: those are prepared at start, and the areas' database user, with whose
 * rights `tocsin audit` runs, may not write here. */
static const char add[] = "INSERT INTO schema_version (version, name, applied_at, sha256) VALUES (?, ?, ?, ?)";

/* Not a migration: it is what tells which migrations there were. */
static const char table[] =
    "CREATE TABLE IF NOT EXISTS schema_version ("
    " version    INT UNSIGNED NOT NULL PRIMARY KEY,"
    " name       VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
    " applied_at BIGINT NOT NULL,"
    " sha256     CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL"
    ") ENGINE=InnoDB";

/* Whose turn it is: a transaction of a second connection holds this row while files are applied. DDL commits whatever the
 * first connection has open, so the turn cannot be held there; and it ends by itself when who has it dies. */
static const char turn_table[] = "CREATE TABLE IF NOT EXISTS schema_turn (id TINYINT UNSIGNED NOT NULL PRIMARY KEY) ENGINE=InnoDB";
enum { WAIT_S = 3600 };

struct migration { const char *name, *text, *sha256; };

static const char *
file_text(const char *path, size_t *n, struct arena *a, const char **why)
{
	FILE *f = fopen(path, "re");
	char *text = NULL;

	if (f == NULL) {
		*why = arena_fmt(a, "%s: %s", path, strerror(errno));
		return NULL;
	}
	text = arena_alloc(a, FILE_MOST + 1);
	*n = fread(text, 1, FILE_MOST + 1, f);
	if (ferror(f) || *n > FILE_MOST || strlen(text) != *n) {
		*why = arena_fmt(a, "%s cannot be read, or is no text", path);
		text = NULL;
	}
	fclose(f);
	return text;
}

/* "007_name.sql" is 7; anything else 0. */
static unsigned
number_of(const char *name)
{
	size_t n = strlen(name);

	if (n < 9 || strspn(name, "0123456789") != 3 || name[3] != '_' || strcmp(name + n - 4, ".sql") != 0)
		return 0;
	return (unsigned)((name[0] - '0') * 100 + (name[1] - '0') * 10 + (name[2] - '0'));
}

/* The folder's migrations by number. Numbers may be left out (branches take theirs apart); their order counts. */
static bool
read_folder(const char *folder, struct migration *all, unsigned *n, struct arena *a, const char **why)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	bool ok = false;

	*n = 0;
	if (d == NULL) {
		*why = arena_fmt(a, "folder of migrations %s: %s", folder, strerror(errno));
		return false;
	}
	while ((e = readdir(d)) != NULL) {
		unsigned k = number_of(e->d_name);
		unsigned char hash[32];
		size_t len = 0;

		if (k == 0)
			continue;
		if (all[k].name != NULL) {
			*why = arena_fmt(a, "two migrations have the number %u: %s, %s", k, all[k].name, e->d_name);
			goto out;
		}
		all[k].name = arena_strdup(a, e->d_name);
		if ((all[k].text = file_text(arena_fmt(a, "%s/%s", folder, e->d_name), &len, a, why)) == NULL)
			goto out;
		seal_sha256(all[k].text, len, hash);
		all[k].sha256 = seal_hex(a, hash, sizeof(hash));
		if (k > *n)
			*n = k;
	}
	if (*n == 0) {
		*why = arena_fmt(a, "there is no migration in %s", folder);
		goto out;
	}
	ok = true;
out:
	closedir(d);
	return ok;
}

bool
schema_version(struct db *db, unsigned *version, struct arena *a)
{
	const char *there, *value = NULL;

	*version = 0;
	if (!db_script_value(db, "SELECT COUNT(*) FROM information_schema.TABLES"
	    " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'schema_version'", a, &there))
		return false;
	if (there == NULL || strcmp(there, "0") == 0)
		return true;
	if (!db_script_value(db, "SELECT MAX(version) FROM schema_version", a, &value))
		return false;
	if (value != NULL)
		*version = (unsigned)strtoul(value, NULL, 10);
	return true;
}

/* What is applied must be what the folder holds, from the first on, and *newest is the last of it. */
static bool
compare(const struct rows *applied, const struct migration *all, unsigned n, unsigned *newest, struct arena *a,
    const char **why)
{
	*newest = 0;
	for (size_t i = 0; i < applied->n; i++) {
		const struct row *r = &applied->row[i];
		uint64_t k = row_u(r, 0);

		if (k == 0 || k > n || all[k].name == NULL) {
			*why = arena_fmt(a, "the database has migration %s, which is not here; these programs are older than it",
			    row_s(r, 1));
			return false;
		}
		if (strcmp(row_s(r, 2), all[k].sha256) != 0) {
			*why = arena_fmt(a, "%s was changed after it was applied; a released migration is never edited",
			    all[k].name);
			return false;
		}
		/* the programs know the newest number only, so none may come in behind it */
		for (unsigned between = *newest + 1; between < k; between++)
			if (all[between].name != NULL) {
				*why = arena_fmt(a, "%s is new, but the database has %s already; a new migration needs a"
				    " higher number", all[between].name, all[k].name);
				return false;
			}
		*newest = (unsigned)k;
	}
	return true;
}

/* The connection that has the turn; NULL: *why says. Closing it gives the turn back. */
static struct db *
take_turn(struct db *db, struct arena *a, const char **why)
{
	struct db *turn = NULL;
	const char *name, *id = NULL;

	if (!db_script_value(db, "SELECT DATABASE()", a, &name) || name == NULL ||
	    (turn = db_connect(conf.db_socket, conf.db_user, conf.db_password, name)) == NULL) {
		*why = "a second connection to the database cannot be made";
		return NULL;
	}
	if (!db_script(turn, arena_fmt(a, "SET SESSION innodb_lock_wait_timeout = %d", WAIT_S), a, why) || !db_script(turn, turn_table, a, why) ||
	    !db_script(turn, "INSERT IGNORE INTO schema_turn (id) VALUES (1)", a, why) || !db_script(turn, "START TRANSACTION", a, why) ||
	    !db_script_value(turn, "SELECT id FROM schema_turn WHERE id = 1 FOR UPDATE", a, &id) || id == NULL) {
		if (*why == NULL)
			*why = "another tocsin migrate is at work for more than an hour";
		db_close(turn);
		return NULL;
	}
	return turn;
}

static bool
migrate(struct db *db, const char *folder, int64_t now, FILE *out, struct arena *a, const char **why)
{
	struct migration *all = arena_alloc(a, (MIGRATIONS_MOST + 1) * sizeof(*all));
	struct rows applied, none;
	unsigned n, newest;

	*why = NULL;
	if (!read_folder(folder, all, &n, a, why))
		return false;
	/* before the first table: every text column without a collation of its own compares without accents */
	if (!db_script(db, "ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci", a, why) ||
	    !db_script(db, table, a, why))
		return false;
	if (!db_rows(db, &q[Q_APPLIED], NO_IN, a, &applied)) {
		*why = "table schema_version cannot be read";
		return false;
	}
	if (!compare(&applied, all, n, &newest, a, why))
		return false;
	for (unsigned k = newest + 1; k <= n; k++) {
		if (all[k].name == NULL)
			continue;
		/* DDL commits by itself, so a file that fails half-way leaves its first half: its number is
		 * not written, and the message says where it stopped */
		if (!db_script(db, all[k].text, a, why)) {
			*why = arena_fmt(a, "%s stopped: %s", all[k].name, *why);
			return false;
		}
		if (!db_rows_of(db, add, "", IN(V_U(k), V_S(all[k].name), V_I(now), V_S(all[k].sha256)), a, &none)) {
			*why = arena_fmt(a, "%s was applied but could not be noted", all[k].name);
			return false;
		}
		fprintf(out, "%s\n", all[k].name);
	}
	return true;
}

bool
schema_migrate(struct db *db, const char *folder, int64_t now, FILE *out, struct arena *a, const char **why)
{
	struct db *turn;
	bool ok;

	*why = NULL;
	if ((turn = take_turn(db, a, why)) == NULL)
		return false;
	ok = migrate(db, folder, now, out, a, why);
	db_close(turn);
	return ok;
}
