/*
 * tocsin migrate - the schema, and at the first start the server's key.
 */
#include "tocsin.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

#include "domain/schema.h"

const char migrate_help[] =
"usage: tocsin migrate\n"
"\n"
"Applies the migrations (setting `sql`) that the database does not have yet, in order, and makes\n"
"the server's key (setting `secret_file`) when there is none. Run it after every update, before the\n"
"programs are started: they refuse to work on another schema. The database user of this command\n"
"may change tables; the one of the programs need not (sql/grants.sql).\n";

/* 32 random bytes as hex, readable by us alone; never overwrites a key: links and forms would end. */
static bool
key_make(struct arena *a)
{
	unsigned char key[32];
	const char *hex;
	bool ok;
	int fd = open(conf.secret_file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0) {
		if (errno == EEXIST)
			return true;
		failed("secret_file %s cannot be made: %s", conf.secret_file, strerror(errno));
		return false;
	}
	seal_random(key, sizeof(key));
	hex = seal_hex(a, key, sizeof(key));
	ok = write(fd, hex, 64) == 64 && write(fd, "\n", 1) == 1 && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	if (!ok) {
		unlink(conf.secret_file);
		failed("secret_file %s cannot be written", conf.secret_file);
	}
	return ok;
}

int
migrate_run(int argc, char **argv, struct arena *a)
{
	const char *why;
	struct db *db;
	bool ok;

	(void)argv;
	if (argc != 1)
		return used_wrongly("migrate", "takes no arguments");
	if (!key_make(a))
		return 1;
	db = db_open(true);
	ok = schema_migrate(db, conf.sql, clock_now_us(), stdout, a, &why);
	db_close(db);
	return ok ? 0 : failed("%s", why);
}
