/*
 * db_tx.c - transactions: begun, repeated and ended in one place.
 */
#include "plumb/db_in.h"

#include <time.h>

#include "plumb/conf.h"
#include "plumb/log.h"

bool
db_in_transaction(const struct db *db)
{
	unsigned status = 0;

	if (db->my == NULL)
		return false;
	mariadb_get_infov(db->my, MARIADB_CONNECTION_SERVER_STATUS, &status);
	return (status & SERVER_STATUS_IN_TRANS) != 0;
}

bool
db_query(struct db *db, const char *sql)
{
	int more;

	if (mysql_real_query(db->my, sql, strlen(sql)) != 0)
		return false;
	do {
		MYSQL_RES *res = mysql_use_result(db->my);

		if (res != NULL)
			mysql_free_result(res);
		else if (mysql_field_count(db->my) != 0)
			return false;
		more = mysql_next_result(db->my);
	} while (more == 0);
	return more < 0;
}

static void
begin(struct db *db, enum inside inside)
{
	assert(db->inside == IN_NOTHING);	/* nested, or left open: see db->opener */
	db->inside = inside;
	db->failed = db->again = db->lost = false;
}

/* The text query that opens something; a connection that went away while idle is made anew once. */
static bool
open_with(struct db *db, const char *sql)
{
	for (int tries = 0; tries < 2; tries++) {
		unsigned err;

		db->failed = db->again = db->lost = false;
		if (!db_ensure(db))
			return false;
		if (db_query(db, sql))
			return true;
		err = mysql_errno(db->my);
		if (db_is_lost(err) && tries == 0)
			db_disconnect(db);
		else {
			db_note(db, err, mysql_error(db->my), sql);
			return false;
		}
	}
	return false;
}

/* Back to a connection without a transaction; one that cannot even do that is dropped. */
static void
roll_back(struct db *db)
{
	if (db->my != NULL && !db_query(db, "ROLLBACK"))
		db_disconnect(db);
}

/* A short pause, longer each time and different for everybody, so that two who met do not meet again. */
void
db_pause(unsigned again)
{
	static unsigned seed;
	struct timespec ts;
	long most_us = 1000L << (again < 7 ? again : 7);

	if (seed == 0) {
		clock_gettime(CLOCK_MONOTONIC, &ts);
		seed = (unsigned)ts.tv_nsec ^ (unsigned)(uintptr_t)&ts;
	}
	ts = (struct timespec){ .tv_nsec = 1000 * (200 + (long)rand_r(&seed) % most_us) };
	nanosleep(&ts, NULL);
}

unsigned
db_tries(void)
{
	return conf.tx_tries > 0 ? conf.tx_tries : 1;
}

enum ended { DONE, REPEAT, REFUSED_BY_WORK, BROKEN, NOT_KNOWN };

static enum ended
commit(struct db *db)
{
	unsigned err;

	if (!db_in_transaction(db)) {
		/* rolled back, or committed by a statement that does so, behind our back */
		log_error("transaction of %s:%d is gone before its end", db->opener, db->opener_line);
		return BROKEN;
	}
	if (db_query(db, "COMMIT"))
		return DONE;
	err = mysql_errno(db->my);
	if (err == DBE_DEADLOCK || err == DBE_LOCK_WAIT || err == DBE_RECORD_CHANGED)
		return REPEAT;
	log_error("database error=%u text=\"%s\" statement=\"COMMIT\" of %s:%d", err,
	    mysql_error(db->my), db->opener, db->opener_line);
	if (!db_is_lost(err))
		return BROKEN;
	db_disconnect(db);
	return NOT_KNOWN;
}

static enum ended
once(struct db *db, bool (*work)(struct db *, void *ctx), void *ctx)
{
	bool wanted;
	enum ended end;

	if (!open_with(db, "START TRANSACTION"))
		return db->lost || db->again ? REPEAT : BROKEN;
	wanted = work(db, ctx);
	assert(!db->streaming);
	if (db->failed)
		/* lost before COMMIT: the server has rolled back, so the whole may be done again */
		end = db->again || db->lost ? REPEAT : BROKEN;
	else if (!wanted)
		end = REFUSED_BY_WORK;
	else
		end = commit(db);
	if (end != DONE)
		roll_back(db);
	return end;
}

enum tx
tx_write_at(struct db *db, bool (*work)(struct db *, void *ctx), void *ctx, const char *file, int line)
{
	enum ended end = BROKEN;

	begin(db, IN_TX);
	db->opener = file;
	db->opener_line = line;
	for (unsigned i = 0; i < db_tries(); i++) {
		if (i > 0)
			db_pause(i);
		if ((end = once(db, work, ctx)) != REPEAT)
			break;
	}
	db->inside = IN_NOTHING;
	switch (end) {
	case DONE:		return TX_DONE;
	case REFUSED_BY_WORK:	return TX_REFUSED;
	case NOT_KNOWN:		return TX_UNSURE;
	case REPEAT:
		log_error("transaction of %s:%d gives up after %u tries", file, line, db_tries());
		return TX_FAILED;
	case BROKEN:		break;
	}
	return TX_FAILED;
}

bool
db_retry(struct db *db, bool (*work)(struct db *, void *ctx), void *ctx)
{
	bool ok = false;

	begin(db, IN_RETRY);
	for (unsigned i = 0; i < db_tries(); i++) {
		if (i > 0)
			db_pause(i);
		db->failed = db->again = db->lost = false;
		if (!db_ensure(db))
			break;
		ok = work(db, ctx) && !db->failed;
		assert(!db->streaming);
		if (ok && !db_in_transaction(db))
			break;
		if (ok) {
			log_error("a procedure left its transaction open");
			ok = false;
		}
		/* 1205 undoes one statement only: the rest of the procedure's transaction is still there */
		roll_back(db);
		if (!db->again)
			break;
	}
	if (!ok && db->again)
		log_error("a procedure gives up after %u tries", db_tries());
	db->inside = IN_NOTHING;
	return ok;
}

/* Our isolation is READ COMMITTED; these want another one, for this transaction only. */
static bool
read_begin(struct db *db, const char *how)
{
	begin(db, IN_SNAPSHOT);
	if (open_with(db, how))
		return true;
	roll_back(db);
	db->inside = IN_NOTHING;
	return false;
}

bool
tx_read_begin(struct db *db)
{
	return read_begin(db, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; START TRANSACTION READ ONLY");
}

bool
tx_peek_begin(struct db *db)
{
	return read_begin(db, "SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED; START TRANSACTION READ ONLY");
}

void
tx_read_end(struct db *db)
{
	assert(db->inside == IN_SNAPSHOT);
	if (db->my != NULL && !db_query(db, "COMMIT"))
		db_disconnect(db);
	db->inside = IN_NOTHING;
}
