/*
 * db_in.h - what the six files behind db.h share. The only file that knows the connector.
 *
 *   db.c        registration, connecting, preparing
 *   db_stmt.c   running a prepared statement, fetching rows
 *   db_verbs.c  the verbs of db.h for statements and rows
 *   db_bulk.c   many rows of values in one round trip
 *   db_tx.c     transactions, repeating, read-only snapshots
 *   db_script.c text of several statements
 */
#ifndef PLUMB_DB_IN_H
#define PLUMB_DB_IN_H

#include "plumb/db.h"

#include <mariadb/mysql.h>

/* The server's numbers that decide something here. */
enum {
	DBE_DEADLOCK = 1213, DBE_LOCK_WAIT = 1205, DBE_RECORD_CHANGED = 1020,
	DBE_DUPLICATE = 1062,
	DBE_GONE = 2006, DBE_LOST = 2013, DBE_LOST_MORE = 2055,
	DBE_SHUTDOWN = 1053, DBE_KILLED = 1927, DBE_IDLE = 4031
};

enum { DB_COLUMNS_MOST = 64, DB_SETS_MOST = 8, DB_SHARDS = 16 };

/* A prepared statement of one connection. */
struct prepared {
	MYSQL_STMT *st;
	const struct stmt *def;
	MYSQL_BIND *in;			/* one per letter of def->in */
};

/* What a statement runs inside. The failure of one statement sticks until the end of it. */
enum inside { IN_NOTHING, IN_TX, IN_RETRY, IN_SNAPSHOT };

struct db {
	MYSQL *my;			/* NULL: not connected */
	char *socket, *user, *password, *name;
	bool patient;			/* waits for ever: a migration may take long */
	struct prepared *prepared;	/* by slot */
	unsigned shard;
	uint64_t last_id;
	enum inside inside;
	const char *opener;		/* file of the transaction's opener, for the log */
	int opener_line;
	bool failed;			/* inside: a statement failed; nothing more is sent */
	bool again;			/* ... with an error that a whole repetition heals */
	bool lost;			/* ... because the connection broke under way */
	bool unsent;			/* ... before the statement could leave */
	bool streaming;			/* db_each is calling its function */
};

/* Connects when there is no connection. False: logged. */
bool db_ensure(struct db *);
/* Ends the connection and forgets its statements; the next use connects again. */
void db_disconnect(struct db *);
/* The prepared form of a statement, made when this connection has none. NULL: logged and noted. */
struct prepared *db_prepared(struct db *, struct stmt *);
void db_unprepare(struct prepared *);
bool db_prepare_as(struct db *, const struct stmt *, struct prepared *out);

/* One failure: notes it (failed, again, lost), drops a broken connection, logs unless it will be repeated.
 * `what` names the statement. err 0: a fetch that failed without a number, taken for a deadlock. */
void db_note(struct db *, unsigned err, const char *text, const char *what);
bool db_is_lost(unsigned err);		/* the connection is of no use any more */
const char *db_name_of(const struct stmt *, char *out, size_t n);	/* the start of its text, one line */

/* Text query without rows; true when every part of it succeeded. */
bool db_query(struct db *, const char *sql);
bool db_in_transaction(const struct db *);	/* the server's status flag as it last told it */

/* Where rows go. */
struct taker {
	bool (*row)(void *ctx, size_t set, const struct row *);	/* false: no further rows wanted; NULL: none expected */
	void (*restart)(void *ctx);	/* forgets the rows given so far; NULL: rows once given cannot be taken back */
	void *ctx;
	struct arena *arena;		/* rows and long texts go there */
	bool keep;			/* rows outlive the call */
	bool duplicate_is_fine;		/* 1062 is no failure: it sets `duplicate` */
	bool duplicate;
	uint64_t affected;
	size_t nsets;			/* result sets that came */
	bool given;			/* a row was given */
};
/* Runs the statement once. False: noted. */
bool db_run(struct db *, struct prepared *, const struct val *in, size_t nin, struct taker *);
/* What follows from a failure: try the same statement again? Sleeps when it was a deadlock. */
bool db_another_try(struct db *, unsigned tries, bool harmless);
/* Before each try: false when the transaction around has failed already, or nothing answers. */
bool db_may_run(struct db *);
void db_pause(unsigned again);
unsigned db_tries(void);

#endif
