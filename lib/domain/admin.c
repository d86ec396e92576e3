/*
 * admin.c - see admin.h.
 */
#include "domain/admin.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"

/* What looks across organisations leaves the pretend ones of a practice (practice.h) out. */
enum { Q_ORGANISATIONS, Q_USERS, Q_VOLUNTEERS, Q_OPERATIONS, Q_BEAT, Q_JOBS,
	Q_SESSIONS, Q_THROTTLES, Q_CODES, Q_WORKERS, Q_TALKS, Q_REPLIES, Q_FILES, Q_FORGET, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ORGANISATIONS] = { "", "us", "SELECT id, name FROM organisation WHERE NOT practice ORDER BY id" },
	[Q_USERS] = { "", "sssssi", "SELECT o.name, u.name, u.email, u.role, IF(u.disabled_at IS NULL, '', 'x'), COALESCE(u.seen_at, 0)"
	              " FROM user u JOIN organisation o ON o.id = u.organisation_id WHERE u.email IS NOT NULL ORDER BY o.name, u.name" },
	[Q_VOLUNTEERS] = { "", "u", "SELECT COUNT(*) FROM user u JOIN organisation o ON o.id = u.organisation_id AND NOT o.practice"
	              " WHERE u.email IS NULL" },
	[Q_OPERATIONS] = { "", "us", "SELECT p.id, p.name FROM operation p JOIN organisation o ON o.id = p.organisation_id AND NOT o.practice"
	              " WHERE p.state <> 'draft' ORDER BY p.id" },
	[Q_BEAT] = { "", "i", "SELECT COALESCE(MAX(beat_at), 0) FROM worker" },
	[Q_JOBS] = { "", "uui", "SELECT COALESCE(SUM(state IN ('queued', 'running')), 0), COALESCE(SUM(state = 'failed'), 0),"
	              " COALESCE(MIN(IF(state IN ('queued', 'running'), created_at, NULL)), 0) FROM job" },
	[Q_SESSIONS] = { "i", "", "DELETE FROM session WHERE expires_at <= ? LIMIT 1000" },
	[Q_THROTTLES] = { "ii", "", "DELETE FROM throttle WHERE blocked_until <= ? AND first_at <= ? LIMIT 1000" },
	[Q_CODES] = { "i", "", "DELETE FROM one_time_code WHERE expires_at <= ? LIMIT 1000" },
	[Q_WORKERS] = { "i", "", "DELETE FROM worker WHERE beat_at <= ? LIMIT 1000" },
	[Q_TALKS] = { "i", "", "DELETE FROM call_draft WHERE claimed_at <= ? LIMIT 1000" },
	[Q_REPLIES] = { "i", "", "DELETE FROM call_answer_draft WHERE claimed_at <= ? LIMIT 1000" },
	[Q_FILES] = { "i", "us", "SELECT id, path FROM import WHERE path <> '' AND state IN ('done', 'failed', 'uploaded')"
	              " AND COALESCE(finished_at, created_at) < ? ORDER BY id LIMIT 1000" },
	[Q_FORGET] = { "u", "", "UPDATE import SET path = '' WHERE id = ?" },
};
DB_STATEMENTS(q)

bool
admin_organisations(struct db *db, struct admin_organisation **out, size_t *n, struct arena *a)
{
	struct rows r;

	if (!db_rows(db, &q[Q_ORGANISATIONS], NO_IN, a, &r))
		return false;
	*out = arena_alloc(a, r.n * sizeof(**out));
	for (*n = 0; *n < r.n; (*n)++)
		(*out)[*n] = (struct admin_organisation){ { row_u(&r.row[*n], 0) }, row_s(&r.row[*n], 1) };
	return true;
}

bool
admin_users(struct db *db, struct admin_user **out, size_t *n, uint64_t *volunteers, struct arena *a)
{
	struct rows r;
	struct row count;

	if (!db_rows(db, &q[Q_USERS], NO_IN, a, &r) || db_row(db, &q[Q_VOLUNTEERS], NO_IN, a, &count) != FOUND)
		return false;
	*volunteers = row_u(&count, 0);
	*out = arena_alloc(a, r.n * sizeof(**out));
	for (*n = 0; *n < r.n; (*n)++) {
		const struct row *u = &r.row[*n];
		(*out)[*n] = (struct admin_user){ row_s(u, 0), row_s(u, 1), row_s(u, 2), row_s(u, 3),
		    row_s(u, 4)[0] != '\0', row_i(u, 5) };
	}
	return true;
}

bool
admin_operations(struct db *db, struct admin_operation **out, size_t *n, struct arena *a)
{
	struct rows r;

	if (!db_rows(db, &q[Q_OPERATIONS], NO_IN, a, &r))
		return false;
	*out = arena_alloc(a, r.n * sizeof(**out));
	for (*n = 0; *n < r.n; (*n)++)
		(*out)[*n] = (struct admin_operation){ { row_u(&r.row[*n], 0) }, row_s(&r.row[*n], 1) };
	return true;
}

/* Does any of this account's rights, also those on this database or on that table, name one of the words? */
static bool
may(const struct rows *grants, const char *const *words)
{
	for (size_t i = 0; i < grants->n; i++)
		for (size_t w = 0; words[w] != NULL; w++)
			if (strstr(row_s(&grants->row[i], 0), words[w]) != NULL)
				return true;
	return false;
}

bool
admin_health(struct db *db, struct admin_health *h, struct arena *a)
{
	static const char *const ddl[] = { "ALL PRIVILEGES", "ALTER", "DROP", NULL };
	static const char rights[] =
	    "SELECT PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES"
	    " WHERE GRANTEE = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')"
	    " UNION SELECT PRIVILEGE_TYPE FROM information_schema.SCHEMA_PRIVILEGES"
	    " WHERE GRANTEE = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''') AND DATABASE() LIKE TABLE_SCHEMA"
	    " UNION SELECT CONCAT(PRIVILEGE_TYPE, ' ', TABLE_NAME) FROM information_schema.TABLE_PRIVILEGES"
	    " WHERE GRANTEE = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''') AND TABLE_SCHEMA = DATABASE()";
	struct rows r;
	struct row one;

	if (!db_rows_of(db, "SELECT VERSION(), @@innodb_flush_log_at_trx_commit, @@innodb_buffer_pool_size DIV 1048576,"
	    " @@max_prepared_stmt_count", "suuu", NULL, 0, a, &r) || r.n != 1)
		return false;
	*h = (struct admin_health){ .version = row_s(&r.row[0], 0), .durable = row_u(&r.row[0], 1) == 1,
	    .buffer_pool_mb = row_u(&r.row[0], 2), .prepared_most = row_u(&r.row[0], 3) };
	if (!db_rows_of(db, "SHOW GLOBAL STATUS LIKE 'Innodb_history_list_length'", "su", NULL, 0, a, &r))
		return false;
	if (r.n == 1)
		h->slow_purge = row_u(&r.row[0], 1);
	if (!db_rows_of(db, "SHOW GLOBAL STATUS LIKE 'Prepared_stmt_count'", "su", NULL, 0, a, &r))
		return false;
	if (r.n == 1)
		h->prepared = row_u(&r.row[0], 1);
	if (!db_rows_of(db, rights, "s", NULL, 0, a, &r))
		return false;
	h->may_change_tables = may(&r, ddl);
	for (size_t i = 0; i < r.n; i++) {
		const char *right = row_s(&r.row[i], 0);
		if (strcmp(right, "UPDATE") == 0 || strcmp(right, "DELETE") == 0 ||
		    strcmp(right, "UPDATE attempt") == 0 || strcmp(right, "DELETE attempt") == 0)
			h->may_change_calls = true;
	}
	if (db_row(db, &q[Q_BEAT], NO_IN, a, &one) != FOUND)
		return false;
	h->beat_at = row_i(&one, 0);
	if (db_row(db, &q[Q_JOBS], NO_IN, a, &one) != FOUND)
		return false;
	h->waiting_jobs = row_u(&one, 0);
	h->failed_jobs = row_u(&one, 1);
	h->oldest_job_at = row_i(&one, 2);
	return true;
}

struct tidy { int64_t now, files_before; const char **paths; size_t n; struct arena *arena; };

static bool
tidy(struct db *db, void *ctx)
{
	struct tidy *t = ctx;
	struct rows r;

	if (db_write(db, &q[Q_SESSIONS], IN(V_I(t->now)), NULL) != WROTE ||
	    db_write(db, &q[Q_THROTTLES], IN(V_I(t->now), V_I(t->now - DAY_US)), NULL) != WROTE ||
	    db_write(db, &q[Q_CODES], IN(V_I(t->now)), NULL) != WROTE ||
	    db_write(db, &q[Q_WORKERS], IN(V_I(t->now - 7 * DAY_US)), NULL) != WROTE ||
	    /* conversations whose call was never saved; a week as on the agent's device (agent.js) */
	    db_write(db, &q[Q_TALKS], IN(V_I(t->now - 7 * DAY_US)), NULL) != WROTE ||
	    db_write(db, &q[Q_REPLIES], IN(V_I(t->now - 7 * DAY_US)), NULL) != WROTE ||
	    !db_rows(db, &q[Q_FILES], IN(V_I(t->files_before)), t->arena, &r))
		return false;
	t->paths = arena_alloc(t->arena, r.n * sizeof(*t->paths));
	t->n = r.n;
	for (size_t i = 0; i < r.n; i++) {
		t->paths[i] = row_s(&r.row[i], 1);
		if (db_write(db, &q[Q_FORGET], IN(V_U(row_u(&r.row[i], 0))), NULL) != WROTE)
			return false;
	}
	return true;
}

bool
admin_tidy(struct db *db, int64_t now, int64_t files_before, const char ***paths, size_t *n, struct arena *a)
{
	struct tidy t = { .now = now, .files_before = files_before, .arena = a };

	*n = 0;
	if (tx_write(db, tidy, &t) != TX_DONE)
		return false;
	*paths = t.paths;
	*n = t.n;
	return true;
}
