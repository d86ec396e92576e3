/*
 * db.c - the register of statements, connecting, preparing.
 */
#include "plumb/db_in.h"

#include "plumb/conf.h"
#include "plumb/log.h"
#include "schema_number.h"	/* SCHEMA_NUMBER: of the newest migration, made by the build from sql/ */

static struct table { struct stmt *stmts; size_t n; const char *module; } *tables;
static size_t ntables;
static unsigned nslots;

void
db_register(struct stmt *stmts, size_t n, const char *module)
{
	tables = must_realloc(tables, (ntables + 1) * sizeof(*tables));
	tables[ntables++] = (struct table){ stmts, n, module };
	for (size_t i = 0; i < n; i++)
		stmts[i].slot = nslots++;
}

bool
db_is_lost(unsigned err)
{
	return err == DBE_GONE || err == DBE_LOST || err == DBE_LOST_MORE || err == DBE_SHUTDOWN ||
	    err == DBE_KILLED || err == DBE_IDLE;
}

const char *
db_name_of(const struct stmt *def, char *out, size_t n)
{
	size_t len = 0;

	for (const char *s = def->sql; *s != '\0' && len + 1 < n && len < 60; s++)
		if (*s != '\n' && *s != '\t')
			out[len++] = *s;
	out[len] = '\0';
	return out;
}

void
db_note(struct db *db, unsigned err, const char *text, const char *what)
{
	bool again = err == 0 || err == DBE_DEADLOCK || err == DBE_LOCK_WAIT || err == DBE_RECORD_CHANGED;
	bool lost = db_is_lost(err);

	db->failed = true;
	db->unsent = err == DBE_GONE || err == DBE_IDLE;
	db->again = again || (db->unsent && db->inside == IN_RETRY);
	db->lost = lost;
	if (!again || db->inside == IN_NOTHING || db->inside == IN_SNAPSHOT)
		log_error("database error=%u text=\"%s\" statement=\"%s\"", err, text, what);
	if (lost)
		db_disconnect(db);
}

/* Settings of a session: what a write may rely on does not depend on the server's configuration. */
static const char session_settings[] =
    "SET NAMES utf8mb4 COLLATE utf8mb4_uca1400_ai_ci, autocommit = 1, time_zone = '+00:00',"
    " sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_ZERO_DATE,NO_ZERO_IN_DATE',"
    " innodb_lock_wait_timeout = 5;"
    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

bool
db_ensure(struct db *db)
{
	unsigned connect_s = 5, read_s = 60;

	if (db->my != NULL)
		return true;
	if ((db->my = mysql_init(NULL)) == NULL)
		die("database: no memory for a connection");
	mysql_options(db->my, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
	if (!db->patient)
		mysql_options(db->my, MYSQL_OPT_READ_TIMEOUT, &read_s);
	mysql_options(db->my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	/* no CLIENT_FOUND_ROWS: an UPDATE counts the rows that it changed, not those it matched */
	if (mysql_real_connect(db->my, NULL, db->user, db->password, db->name, 0, db->socket,
	    CLIENT_MULTI_STATEMENTS | CLIENT_MULTI_RESULTS) == NULL) {
		log_error("database cannot connect socket=%s user=%s error=%u text=\"%s\"",
		    db->socket, db->user, mysql_errno(db->my), mysql_error(db->my));
		goto fail;
	}
	if (!db_query(db, session_settings)) {
		log_error("database refuses our session settings; is it MariaDB 10.11 or newer?");
		goto fail;
	}
	db->shard = (unsigned)(mysql_thread_id(db->my) % DB_SHARDS);
	return true;
fail:
	db_disconnect(db);
	db->failed = true;
	db->again = false;
	db->lost = false;
	return false;
}

void
db_unprepare(struct prepared *p)
{
	if (p->st != NULL)
		mysql_stmt_close(p->st);
	free(p->in);
	*p = (struct prepared){ 0 };
}

void
db_disconnect(struct db *db)
{
	for (unsigned i = 0; i < nslots; i++)
		db_unprepare(&db->prepared[i]);
	if (db->my != NULL)
		mysql_close(db->my);
	db->my = NULL;
}

/* The shape that the signature promises against what the server says. Sets of a procedure show themselves only when it runs. */
static bool
shape_ok(const struct stmt *def, MYSQL_STMT *st)
{
	unsigned long params = mysql_stmt_param_count(st);
	unsigned columns = mysql_stmt_field_count(st);
	bool procedure = strncasecmp(def->sql, "CALL", 4) == 0;
	char name[64];

	if (params == strlen(def->in) && (procedure || columns == strlen(def->out)))
		return true;
	log_error("database signature in=\"%s\" out=\"%s\" but the statement has %lu parameters and %u columns: \"%s\"",
	    def->in, def->out, params, columns, db_name_of(def, name, sizeof(name)));
	return false;
}

bool
db_prepare_as(struct db *db, const struct stmt *def, struct prepared *p)
{
	char name[64];

	assert(p->st == NULL);
	assert(strlen(def->out) <= DB_COLUMNS_MOST + DB_SETS_MOST);
	if ((p->st = mysql_stmt_init(db->my)) == NULL)
		die("database: no memory for a statement");
	if (mysql_stmt_prepare(p->st, def->sql, strlen(def->sql)) != 0) {
		unsigned err = mysql_stmt_errno(p->st);
		char text[256];

		snprintf(text, sizeof(text), "%s", mysql_stmt_error(p->st));
		db_unprepare(p);
		db_note(db, err, text, db_name_of(def, name, sizeof(name)));
		return false;
	}
	if (!shape_ok(def, p->st)) {
		db_unprepare(p);
		db->failed = true;
		db->again = db->lost = false;
		return false;
	}
	p->def = def;
	p->in = must_alloc(strlen(def->in) * sizeof(*p->in));
	return true;
}

struct prepared *
db_prepared(struct db *db, struct stmt *def)
{
	struct prepared *p = &db->prepared[def->slot];

	assert(def->slot < nslots);
	if (p->st == NULL && !db_prepare_as(db, def, p))
		return NULL;
	assert(p->def == def);	/* else DB_STATEMENTS(table) is missing */
	return p;
}

static struct db *
make(const char *socket, const char *user, const char *password, const char *name, bool patient)
{
	struct db *db = must_alloc(sizeof(*db));

	db->patient = patient;
	db->socket = strdup(socket);
	db->user = strdup(user);
	db->password = strdup(password);
	db->name = name == NULL ? NULL : strdup(name);
	db->prepared = must_alloc(nslots * sizeof(*db->prepared));
	if (!db_ensure(db)) {
		db_close(db);
		return NULL;
	}
	return db;
}

struct db *
db_connect(const char *socket, const char *user, const char *password, const char *name)
{
	return make(socket, user, password, name, false);
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	db_disconnect(db);
	free(db->prepared);
	free(db->socket);
	free(db->user);
	free(db->password);
	free(db->name);
	free(db);
}

unsigned
db_shard(const struct db *db)
{
	return db->shard;
}

uint64_t
db_last_id(const struct db *db)
{
	return db->last_id;
}

bool
db_lost(const struct db *db)
{
	return db->lost;
}

unsigned
db_schema_number(void)
{
	return SCHEMA_NUMBER;
}

static void
check_schema(struct db *db)
{
	MYSQL_RES *res;
	MYSQL_ROW row;
	unsigned long have = 0;

	if (mysql_query(db->my, "SELECT MAX(version) FROM schema_version") != 0 ||
	    (res = mysql_store_result(db->my)) == NULL)
		die("schema: database %s is not ours yet (%s); run tocsin migrate", db->name, mysql_error(db->my));
	if ((row = mysql_fetch_row(res)) != NULL && row[0] != NULL)
		have = strtoul(row[0], NULL, 10);
	mysql_free_result(res);
	if (have != SCHEMA_NUMBER)
		die("schema: database %s has %lu, this program needs %u; %s", db->name, have, SCHEMA_NUMBER,
		    have < SCHEMA_NUMBER ? "run tocsin migrate" : "install the newer programs");
}

struct db *
db_open(bool any_schema)
{
	struct db *db = make(conf.db_socket, conf.db_user, conf.db_password, conf.db_name, any_schema);

	if (db == NULL)
		die("database: %s at %s does not answer", conf.db_name, conf.db_socket);
	if (any_schema)
		return db;	/* its tables may not exist yet: statements are prepared when they are used */
	check_schema(db);
	for (size_t t = 0; t < ntables; t++)
		for (size_t i = 0; i < tables[t].n; i++)
			if (db_prepared(db, &tables[t].stmts[i]) == NULL)
				die("database: statement %zu of %s does not fit the schema", i, tables[t].module);
	return db;
}
