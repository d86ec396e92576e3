/*
 * db.h - MariaDB by named prepared statements.
 *
 * A domain module lists its SQL once, with a signature for what goes in and out:
 *
 *	enum { Q_BY_ID, Q_CLOSE, Q__MAX };
 *	static struct stmt q[Q__MAX] = {
 *		[Q_BY_ID] = { "u", "us", "SELECT id, name FROM operation WHERE id = ?" },
 *		[Q_CLOSE] = { "u", "",   "UPDATE operation SET ... WHERE id = ?" },
 *	};
 *	DB_STATEMENTS(q)
 *
 * DB_STATEMENTS registers the table of every module linked into the program; db_open
 * prepares them all and compares parameter and column counts with the signatures, so a
 * wrong column stops the program, not a request. After a lost connection the next use
 * connects and prepares again (never inside a transaction).
 *
 * Signature letters: u uint64, i int64, d double, s text, b bytes. NULL: V_NULL going in;
 * row_is_null coming out (the getters then give 0, 0.0 or NULL).
 *
 * Outside a transaction a single statement is repeated by itself after 1213 and 1205, and
 * after a lost connection when that can do no harm (a SELECT, or it had not left yet).
 *
 * Errors are logged here, with the statement's name and never its values.
 */
#ifndef PLUMB_DB_H
#define PLUMB_DB_H

#include "plumb/base.h"

struct arena;
struct db;

struct stmt {
	const char *in, *out, *sql;
	unsigned slot;			/* filled by registration */
};
void db_register(struct stmt *, size_t n, const char *module);
#define DB_STATEMENTS(table)							\
	__attribute__((constructor)) static void register_statements(void)	\
	{ db_register((table), NITEMS(table), __FILE__); }

/* Values going in. Text and bytes are borrowed for the call. */
struct val {
	char kind;			/* u i d s b, or 0 for NULL */
	union { uint64_t u; int64_t i; double d; struct { const void *p; size_t n; } b; };
};
static inline struct val V_U(uint64_t u) { return (struct val){ .kind = 'u', .u = u }; }
static inline struct val V_I(int64_t i)  { return (struct val){ .kind = 'i', .i = i }; }
static inline struct val V_D(double d)   { return (struct val){ .kind = 'd', .d = d }; }
static inline struct val V_B(const void *p, size_t n)
{ return (struct val){ .kind = 'b', .b = { p, n } }; }
static inline struct val V_S(const char *s)		/* NULL is SQL NULL */
{ return s == NULL ? (struct val){ 0 } : (struct val){ .kind = 's', .b = { s, strlen(s) } }; }
#define V_NULL ((struct val){ 0 })
#define IN(...)	(const struct val[]){ __VA_ARGS__ }, NITEMS(((const struct val[]){ __VA_ARGS__ }))
#define NO_IN	NULL, 0

struct cell { bool null; uint64_t u; double d; const char *s; size_t n; };
struct row  { const struct cell *cells; unsigned ncells; };
struct rows { struct row *row; size_t n; };

uint64_t    row_u(const struct row *, unsigned col);
int64_t     row_i(const struct row *, unsigned col);
double      row_d(const struct row *, unsigned col);
const char *row_s(const struct row *, unsigned col);	/* NUL-terminated; NULL for SQL NULL; lives as the row does */
const void *row_b(const struct row *, unsigned col, size_t *n);
bool        row_is_null(const struct row *, unsigned col);

/* Connects by conf, checks the schema version unless `any_schema`, prepares. Dies when it cannot. */
struct db *db_open(bool any_schema);
/* The same with explicit socket, user and database (NULL database: none chosen); NULL when it cannot. */
struct db *db_connect(const char *socket, const char *user, const char *password, const char *name);
void db_close(struct db *);				/* NULL is fine */
unsigned db_shard(const struct db *);			/* this connection's tally shard, 0..15 */
unsigned db_schema_number(void);			/* the migration this program was built with */

/* First row, copied into the arena. Any fetch result but a row or "no more" is FAILED,
 * also with errno 0: MariaDB reports a deadlock that way. */
enum found db_row(struct db *, struct stmt *, const struct val *in, size_t nin,
    struct arena *, struct row *out);
/* All rows, copied into the arena; false when something failed. */
bool db_rows(struct db *, struct stmt *, const struct val *in, size_t nin,
    struct arena *, struct rows *out);
/* Row by row without keeping them; the row is valid during the call; fn answers false to stop early
 * and does not use the database: its answer is still coming in (assert). */
bool db_each(struct db *, struct stmt *, const struct val *in, size_t nin,
    bool (*fn)(void *ctx, const struct row *), void *ctx);
/* A stored procedure with several result sets, each of the columns that the next word of the
 * signature names: out = "us|s" are two sets. At most `max` sets; *n is how many came. */
bool db_call(struct db *, struct stmt *, const struct val *in, size_t nin,
    struct arena *, struct rows *sets, size_t max, size_t *n);

enum wrote { WROTE, DUPLICATE, NOT_WRITTEN };		/* DUPLICATE: a unique key said no */
enum wrote db_write(struct db *, struct stmt *, const struct val *in, size_t nin,
    uint64_t *affected /* may be NULL; rows changed */);
uint64_t db_last_id(const struct db *);
/* One statement, many rows of values (row after row in `in`), array-bound in one round trip (in
 * several when they are more than some MB). Inside a transaction; after DUPLICATE the rows before
 * it are there, so the transaction should be refused. */
enum wrote db_bulk(struct db *, struct stmt *, const struct val *in, size_t nin_per_row, size_t nrows);

/*
 * A transaction. `work` runs its statements and answers true to commit, false to roll
 * back (its refusal is in its ctx). When any statement, or COMMIT, meets 1213 or 1205, all
 * of `work` is repeated, up to conf.tx_tries times with a short random pause: work must
 * start from its ctx's inputs each time. After such an error the remaining statements of
 * that run answer FAILED at once, and so after any other failure but DUPLICATE: what failed is never
 * committed in part. A connection lost before COMMIT is made anew and the whole repeated; lost
 * during COMMIT it is TX_UNSURE. Before COMMIT the server is asked, by its status flag, whether
 * the transaction still exists. A transaction left open or nested is a bug (assert).
 */
enum tx { TX_DONE, TX_REFUSED, TX_FAILED, TX_UNSURE };
enum tx tx_write_at(struct db *, bool (*work)(struct db *, void *ctx), void *ctx,
    const char *file, int line);
#define tx_write(db, work, ctx)	tx_write_at((db), (work), (ctx), __FILE__, __LINE__)

/* A single call (a procedure that holds its own transaction) repeated whole in the same way. When it answers
 * false and db_lost says so, the connection broke under way and nobody knows whether it took effect (UNSURE). */
bool db_retry(struct db *, bool (*work)(struct db *, void *ctx), void *ctx);
bool db_lost(const struct db *);

/* For READ_ONLY routes: one consistent snapshot in which every write fails. */
bool tx_read_begin(struct db *);
/* The same, but shows also what others have written and not committed: only to know that somebody is writing. */
bool tx_peek_begin(struct db *);
void tx_read_end(struct db *);

/* For migrations and tests: runs a text of several statements (no DELIMITER: the server knows where
 * a procedure ends); on error false, why in *why (arena). */
bool db_script(struct db *, const char *sql, struct arena *, const char **why);
bool db_script_value(struct db *, const char *sql, struct arena *, const char **value);	/* first cell or NULL */

/* A query whose text is put together from fixed pieces (filters): prepared, run, closed. Values are bound. */
bool db_rows_of(struct db *, const char *sql, const char *out, const struct val *in, size_t nin,
    struct arena *, struct rows *);

#endif
