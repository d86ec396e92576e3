/*
 * trunk.c - connections as they are: read, opened, looked at.
 */
#include "domain/trunk_in.h"

#include "domain/audit.h"
#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/log.h"
#include "plumb/seal.h"

#define COLUMNS	"id, organisation_id, revision, name, provider, account, base_url, secret, secret_old, api_secret, cps," \
    " COALESCE(budget_micro, 0), currency, paused, COALESCE(paused_at, 0), checked, COALESCE(checked_at, 0)," \
    " look_at IS NOT NULL," \
    " COALESCE(look_by, 0), browser_key, browser_secret, browser_app, browser_script, power"
#define OUT	"uuusss" "sbbbu" "ussisiu" "usbssu"

enum { Q_USE, Q_LIST, Q_OF, Q_CALLERS, Q_ANY, Q_PAUSE, Q_RESUME, Q_RESUME_OPERATIONS, Q_ASK, Q_DUE, Q_LEASE, Q_CHECKED, Q_MONTH, Q_OPERATION, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_USE] = { "u", OUT, "SELECT " COLUMNS " FROM trunk WHERE id = ? AND removed_at IS NULL" },
	[Q_LIST] = { "u", OUT, "SELECT " COLUMNS " FROM trunk WHERE organisation_id = ? AND removed_at IS NULL"
	    " ORDER BY name, id LIMIT 100" },
	[Q_OF] = { "uu", OUT, "SELECT " COLUMNS " FROM trunk WHERE id = ? AND organisation_id = ? AND removed_at IS NULL" },
	[Q_CALLERS] = { "u", "s", "SELECT e164 FROM caller_id WHERE trunk_id = ? ORDER BY created_at, e164 LIMIT 50" },
	[Q_ANY] = { "u", "u", "SELECT c.id FROM trunk c JOIN caller_id n ON n.trunk_id = c.id"
	    " WHERE c.organisation_id = ? AND c.removed_at IS NULL LIMIT 1" },
	[Q_PAUSE] = { "siu", "", "UPDATE trunk SET paused = ?, paused_at = ? WHERE id = ? AND paused = ''" },
	[Q_RESUME] = { "u", "", "UPDATE trunk SET paused = '', paused_at = NULL WHERE id = ?" },
	[Q_RESUME_OPERATIONS] = { "u", "", "UPDATE dialing SET paused = '', paused_at = NULL WHERE trunk_id = ?" },
	[Q_ASK] = { "uiuu", "", "UPDATE trunk SET look_by = ?, look_at = ? WHERE id = ? AND organisation_id = ? AND removed_at IS NULL" },
	[Q_DUE] = { "i", OUT "i", "SELECT " COLUMNS ", look_at FROM trunk WHERE look_at <= ? AND removed_at IS NULL ORDER BY look_at LIMIT 1" },
	[Q_LEASE] = { "iui", "", "UPDATE trunk SET look_at = ? WHERE id = ? AND look_at = ?" },
	[Q_CHECKED] = { "siu", "", "UPDATE trunk SET checked = ?, checked_at = ?, look_at = NULL WHERE id = ?" },
	[Q_MONTH] = { "us", "siuu", "SELECT currency, CAST(SUM(cost_micro) AS SIGNED), CAST(SUM(calls) AS UNSIGNED),"
	    " CAST(SUM(priced) AS UNSIGNED) FROM cost_tally WHERE trunk_id = ? AND month = ? GROUP BY currency" },
	[Q_OPERATION] = { "u", "siuu", "SELECT currency, CAST(SUM(cost_micro) AS SIGNED), CAST(SUM(calls) AS UNSIGNED),"
	    " CAST(SUM(priced) AS UNSIGNED) FROM cost_tally WHERE operation_id = ? GROUP BY currency" },
};
DB_STATEMENTS(q)

const char *
trunk_sim_token(struct arena *a)
{
	unsigned char mark[32];

	seal_mark("simulation", SIM_ACCOUNT, strlen(SIM_ACCOUNT), mark);
	return arena_strndup(a, seal_hex(a, mark, sizeof(mark)), 32);
}

/* Wherever it listens today: a copy of the database elsewhere calls nobody. */
void
trunk_sim_config(struct connection_config *c, struct arena *a)
{
	if (c->provider != PROVIDER_SIM)
		return;
	c->base_url = conf.sim_port == 0 ? NULL : arena_fmt(a, "http://127.0.0.1:%u", conf.sim_port);
	c->account = SIM_ACCOUNT;
	c->secret[0] = trunk_sim_token(a);
}

static const char *
opened(const struct row *r, unsigned col, bool *badly, struct arena *a)
{
	size_t n;
	const void *box = row_b(r, col, &n);
	char *text = box == NULL ? NULL : seal_open_box(a, SECRET_PURPOSE, box, n);

	*badly = *badly || (box != NULL && text == NULL);
	return text;
}

static void
fill(struct trunk *c, const struct row *r, struct arena *a)
{
	*c = (struct trunk){
		.id = { row_u(r, 0) }, .organisation = { row_u(r, 1) }, .revision = (unsigned)row_u(r, 2), .name = row_s(r, 3),
		.provider = provider_of(row_s(r, 4)), .account = row_s(r, 5), .base_url = row_s(r, 6),
		.has_old = !row_is_null(r, 8), .cps = (unsigned)row_u(r, 10), .budget_micro = row_u(r, 11), .currency = row_s(r, 12),
		.paused = row_s(r, 13)[0] == '\0' ? TROUBLE_NONE : trouble_of(row_s(r, 13)), .paused_at = row_i(r, 14),
		.checked = row_s(r, 15)[0] == '\0' ? TROUBLE_NONE : trouble_of(row_s(r, 15)), .checked_at = row_i(r, 16),
		.asked = row_u(r, 17) != 0,
	};
	c->config = (struct connection_config){ .id = c->id.v, .provider = c->provider, .base_url = c->base_url,
		.public_url = conf.public_url, .account = c->account };
	c->config.secret[0] = opened(r, 7, &c->sealed_badly, a);
	c->config.secret[1] = opened(r, 8, &c->sealed_badly, a);
	c->config.api_secret = opened(r, 9, &c->sealed_badly, a);
	c->config.browser_key = row_s(r, 19);
	c->config.browser_secret = opened(r, 20, &c->sealed_badly, a);
	c->config.browser_app = row_s(r, 21);
	c->config.browser_script = row_s(r, 22);
	c->power = row_u(r, 23) != 0;
	trunk_sim_config(&c->config, a);
	if (c->sealed_badly)
		log_error("connection %llu: a secret does not open with this server's key", (unsigned long long)c->id.v);
}

static enum found
one(struct db *db, struct stmt *s, const struct val *in, size_t nin, struct trunk *c, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, s, in, nin, a, &r);

	if (f == FOUND)
		fill(c, &r, a);
	return f;
}

enum found
trunk_use(struct db *db, struct trunk_id id, struct trunk *c, struct arena *a)
{
	return one(db, &q[Q_USE], IN(V_U(id.v)), c, a);
}

enum found
trunk_open(struct db *db, struct trunk_id id, struct trunk *c, struct connection **open, struct arena *a)
{
	enum trouble why;
	enum found f = trunk_use(db, id, c, a);

	if (f != FOUND)
		return f;
	*open = c->sealed_badly ? NULL : connection_open(a, &c->config, &why);
	return *open == NULL ? NONE : FOUND;
}

enum found
trunk_of(struct db *db, struct organisation_id org, struct trunk_id id, struct trunk *c, struct arena *a)
{
	return one(db, &q[Q_OF], IN(V_U(id.v), V_U(org.v)), c, a);
}

bool
trunk_list(struct db *db, struct organisation_id org, struct trunk **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_LIST], IN(V_U(org.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		fill(&(*out)[i], &rows.row[i], a);
	return true;
}

bool
trunk_callers(struct db *db, struct trunk_id id, const char ***e164, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_CALLERS], IN(V_U(id.v)), a, &rows))
		return false;
	*n = rows.n;
	*e164 = arena_alloc(a, (rows.n + 1) * sizeof(**e164));
	for (size_t i = 0; i < rows.n; i++)
		(*e164)[i] = row_s(&rows.row[i], 0);
	return true;
}

enum found
trunk_any(struct db *db, struct organisation_id org, struct arena *a)
{
	struct row r;

	return db_row(db, &q[Q_ANY], IN(V_U(org.v)), a, &r);
}

bool
trunk_pause(struct db *db, struct trunk_id id, enum trouble why, int64_t now)
{
	log_warn("connection %llu: paused, %s", (unsigned long long)id.v, trouble_word(why));
	return db_write(db, &q[Q_PAUSE], IN(V_S(trouble_word(why)), V_I(now), V_U(id.v)), NULL) == WROTE;
}

/* --- looked at, because an administrator asked --- */

#define CHECK_LEASE_US	MINUTE_US	/* longer than signing in and asking for some numbers */

struct check { struct trunk t; struct user_id by; enum trouble why; int64_t now; };

static bool
checked(struct db *db, void *ctx)
{
	struct check *x = ctx;

	if (db_write(db, &q[Q_CHECKED], IN(V_S(trouble_word(x->why)), V_I(x->now), V_U(x->t.id.v)), NULL) != WROTE)
		return false;
	return (x->why != TROUBLE_NONE && !trouble_of_browser(x->why)) || (db_write(db, &q[Q_RESUME], IN(V_U(x->t.id.v)), NULL) == WROTE &&
	    db_write(db, &q[Q_RESUME_OPERATIONS], IN(V_U(x->t.id.v)), NULL) == WROTE &&
	    audit_add(db, x->t.organisation, x->by, x->now, "trunk.works", "trunk", x->t.id.v, ""));
}

enum saved
trunk_ask(struct db *db, struct organisation_id org, struct trunk_id id, struct user_id by, int64_t now, struct arena *a)
{
	uint64_t n = 0;

	(void)a;
	if (db_write(db, &q[Q_ASK], IN(V_U(by.v), V_I(now), V_U(id.v), V_U(org.v)), &n) != WROTE)
		return NOT_SAVED;
	return n > 0 ? SAVED : ALREADY;
}

static enum trouble
look(struct check *x, const char **callers, size_t n, struct arena *a)
{
	struct answer answer = { 0 };
	enum trouble why = TROUBLE_SECRET;
	struct connection *open = x->t.sealed_badly ? NULL : connection_open(a, &x->t.config, &why);

	if (open == NULL)
		return why;
	if (!(connection_can(open) & CAN_CONFERENCE))
		return TROUBLE_ROOMS;
	why = connection_check(open, a, NULL, &answer);
	for (size_t i = 0; i < n && why == TROUBLE_NONE; i++)
		why = connection_check(open, a, callers[i], &answer);
	if (why == TROUBLE_NONE && (connection_can(open) & CAN_BROWSER))	/* last: calls by phone do not need it */
		why = connection_check_browser(open, a, &answer);
	return why;
}

enum found
trunk_check_due(struct db *db, int64_t now, struct arena *a)
{
	struct check x = { .now = now };
	const char **callers;
	uint64_t mine = 0;
	struct row r;
	enum found f;
	size_t n;

	if ((f = db_row(db, &q[Q_DUE], IN(V_I(now)), a, &r)) != FOUND)
		return f;
	fill(&x.t, &r, a);
	x.by.v = row_u(&r, 18);
	if (db_write(db, &q[Q_LEASE], IN(V_I(now + CHECK_LEASE_US), V_U(x.t.id.v), V_I(row_i(&r, strlen(OUT)))), &mine) != WROTE)
		return FAILED;
	if (mine == 0)
		return FOUND;
	if (!trunk_callers(db, x.t.id, &callers, &n, a))
		return FAILED;
	x.why = look(&x, callers, n, a);
	log_event("connection %llu looked at: %s", (unsigned long long)x.t.id.v, trouble_word(x.why));
	return tx_write(db, checked, &x) == TX_DONE ? FOUND : FAILED;
}

static bool
costs(struct db *db, struct stmt *stmt, const struct val *in, size_t nin, struct trunk_costs *out, struct arena *a)
{
	uint64_t taken = 0, priced = 0;
	struct rows rows;

	*out = (struct trunk_costs){ 0 };
	if (!db_rows(db, stmt, in, nin, a, &rows))
		return false;
	out->of = arena_alloc(a, (rows.n + 1) * sizeof(*out->of));
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];
		taken += row_u(r, 2);
		priced += row_u(r, 3);
		if (row_s(r, 0)[0] != '\0')
			out->of[out->n++] = (struct trunk_cost){ row_s(r, 0), row_i(r, 1), row_u(r, 3) };
	}
	out->unknown = taken > priced ? taken - priced : 0;
	return true;
}

bool
trunk_month(struct db *db, struct trunk_id id, const char *month, struct trunk_costs *out, struct arena *a)
{
	return costs(db, &q[Q_MONTH], IN(V_U(id.v), V_S(month)), out, a);
}

bool
trunk_operation_costs(struct db *db, struct operation_id op, struct trunk_costs *out, struct arena *a)
{
	return costs(db, &q[Q_OPERATION], IN(V_U(op.v)), out, a);
}

const char *
trunk_month_of(const char *zone, int64_t now, struct arena *a)
{
	struct tm t = clock_local(zone, now);

	return arena_fmt(a, "%04d-%02d-01", t.tm_year + 1900, t.tm_mon + 1);
}
