/*
 * trunk_admin.c - connections set up, changed, removed. What is audited never holds a secret.
 */
#include "domain/trunk_in.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/phone_refusal.h"
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

enum { Q_LOCK, Q_ADD, Q_CHANGE, Q_SECRET, Q_API_SECRET, Q_BROWSER, Q_BROWSER_SECRET, Q_FORGET, Q_REMOVE, Q_CALLER, Q_CALLER_OUT, Q_CALLERS_N, Q_POWER, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LOCK] = { "uu", "u", "SELECT secret_old IS NOT NULL FROM trunk WHERE id = ? AND organisation_id = ?"
	    " AND removed_at IS NULL FOR UPDATE" },
	[Q_ADD] = { "ussssuusuib", "", "INSERT INTO trunk (organisation_id, name, provider, account, base_url, secret,"
	    " api_secret, cps, budget_micro, currency, created_by, created_at, form_key)"
	    " VALUES (?, ?, ?, ?, ?, NULL, NULL, ?, NULLIF(?, 0), ?, ?, ?, ?)" },
	[Q_CHANGE] = { "sssuusu", "", "UPDATE trunk SET name = ?, account = ?, base_url = ?, cps = ?,"
	    " budget_micro = NULLIF(?, 0), currency = ?, revision = revision + 1 WHERE id = ?" },
	[Q_SECRET] = { "bu", "", "UPDATE trunk SET secret_old = secret, secret = ?, revision = revision + 1 WHERE id = ?" },
	[Q_API_SECRET] = { "bu", "", "UPDATE trunk SET api_secret = ?, revision = revision + 1 WHERE id = ?" },
	[Q_BROWSER] = { "sss" "su", "", "UPDATE trunk SET browser_key = ?, browser_app = ?, browser_script = ?,"
	    " browser_secret = IF(? = '', NULL, browser_secret) WHERE id = ?" },
	[Q_BROWSER_SECRET] = { "bu", "", "UPDATE trunk SET browser_secret = ? WHERE id = ?" },
	[Q_FORGET] = { "u", "", "UPDATE trunk SET secret_old = NULL, revision = revision + 1 WHERE id = ?" },
	[Q_REMOVE] = { "iu", "", "UPDATE trunk SET removed_at = ?, secret = NULL, secret_old = NULL, api_secret = NULL, browser_secret = NULL,"
	    " revision = revision + 1 WHERE id = ?" },
	[Q_CALLER] = { "usi", "", "INSERT IGNORE INTO caller_id (trunk_id, e164, created_at) VALUES (?, ?, ?)" },
	[Q_CALLER_OUT] = { "us", "", "DELETE FROM caller_id WHERE trunk_id = ? AND e164 = ?" },
	[Q_POWER] = { "uu", "", "UPDATE trunk SET power = ? WHERE id = ?" },
	[Q_CALLERS_N] = { "u", "u", "SELECT COUNT(*) FROM caller_id WHERE trunk_id = ?" },
};
DB_STATEMENTS(q)

struct admin {
	struct organisation_id org;
	struct trunk_id id;
	struct user_id by;
	int64_t now;
	const struct trunk_typed *typed;
	const char *e164;
	bool gone, already, power;
	enum refusal why;
	struct arena *a;
};

static bool
note(struct db *db, const struct admin *x, const char *verb, const char *detail)
{
	return audit_add(db, x->org, x->by, x->now, verb, "trunk", x->id.v, detail);
}

static bool
browser(struct db *db, const struct admin *x)
{
	const struct trunk_typed *t = x->typed;
	const char *key = trunk_blank(t->browser_key) ? "" : t->browser_key;
	const void *box;
	size_t n;

	if (db_write(db, &q[Q_BROWSER], IN(V_S(key), V_S(trunk_blank(t->browser_app) ? "" : t->browser_app),
	    V_S(trunk_blank(t->browser_script) ? "" : t->browser_script), V_S(key), V_U(x->id.v)), NULL) != WROTE)
		return false;
	if (*key == '\0' || trunk_blank(t->browser_secret))
		return true;
	box = seal_box(x->a, SECRET_PURPOSE, t->browser_secret, &n);
	return db_write(db, &q[Q_BROWSER_SECRET], IN(V_B(box, n), V_U(x->id.v)), NULL) == WROTE;
}

static bool
secrets(struct db *db, const struct admin *x)
{
	const struct trunk_typed *t = x->typed;
	size_t n;

	if (t->secret[0] != '\0') {
		const void *box = seal_box(x->a, SECRET_PURPOSE, t->secret, &n);
		if (db_write(db, &q[Q_SECRET], IN(V_B(box, n), V_U(x->id.v)), NULL) != WROTE)
			return false;
	}
	if (t->api_secret[0] != '\0') {
		const void *box = seal_box(x->a, SECRET_PURPOSE, t->api_secret, &n);
		if (db_write(db, &q[Q_API_SECRET], IN(V_B(box, n), V_U(x->id.v)), NULL) != WROTE)
			return false;
	}
	return true;
}

static bool
add(struct db *db, void *ctx)
{
	struct admin *x = ctx;
	const struct trunk_typed *t = x->typed;

	switch (db_write(db, &q[Q_ADD], IN(V_U(x->org.v), V_S(t->name), V_S(provider_word(t->provider)), V_S(t->account), V_S(t->base_url),
	    V_U(t->cps), V_U(t->budget_micro), V_S(t->currency), V_U(x->by.v), V_I(x->now), V_B(t->form_key, sizeof(t->form_key))), NULL)) {
	case WROTE:		break;
	case DUPLICATE:		x->already = true; return false;
	case NOT_WRITTEN:	return false;
	}
	x->id.v = db_last_id(db);
	return secrets(db, x) && browser(db, x) && note(db, x, "trunk.add", provider_word(t->provider));
}

bool
trunk_insert_sim(struct db *db, struct organisation_id org, struct user_id by, int64_t now, const char *caller, struct trunk_id *out)
{
	unsigned char key[16];

	seal_random(key, sizeof(key));
	if (db_write(db, &q[Q_ADD], IN(V_U(org.v), V_S("Simulation"), V_S(provider_word(PROVIDER_SIM)), V_S(""), V_S(""), V_U(SIM_CPS),
	    V_U(0), V_S("USD"), V_U(by.v), V_I(now), V_B(key, sizeof(key))), NULL) != WROTE)
		return false;
	out->v = db_last_id(db);
	return db_write(db, &q[Q_CALLER], IN(V_U(out->v), V_S(caller), V_I(now)), NULL) == WROTE;
}

static bool
lock(struct db *db, struct admin *x, bool *has_old)
{
	struct row r;

	switch (db_row(db, &q[Q_LOCK], IN(V_U(x->id.v), V_U(x->org.v)), x->a, &r)) {
	case FOUND:	*has_old = row_u(&r, 0) != 0; return true;
	case NONE:	x->gone = true; return false;
	case FAILED:	break;
	}
	return false;
}

static bool
change(struct db *db, void *ctx)
{
	struct admin *x = ctx;
	const struct trunk_typed *t = x->typed;
	bool has_old;

	return lock(db, x, &has_old) && db_write(db, &q[Q_CHANGE], IN(V_S(t->name), V_S(t->account), V_S(t->base_url), V_U(t->cps),
	    V_U(t->budget_micro), V_S(t->currency), V_U(x->id.v)), NULL) == WROTE && secrets(db, x) && browser(db, x) &&
	    note(db, x, "trunk.change", t->secret[0] != '\0' || t->api_secret[0] != '\0' || !trunk_blank(t->browser_secret) ? "with a new secret" : "");
}

static bool
forget(struct db *db, void *ctx)
{
	struct admin *x = ctx;
	bool has_old;

	if (!lock(db, x, &has_old))
		return false;
	x->already = !has_old;
	return has_old && db_write(db, &q[Q_FORGET], IN(V_U(x->id.v)), NULL) == WROTE && note(db, x, "trunk.forget_old", "");
}

static bool
take_away(struct db *db, void *ctx)
{
	struct admin *x = ctx;
	bool has_old;

	return lock(db, x, &has_old) && db_write(db, &q[Q_REMOVE], IN(V_I(x->now), V_U(x->id.v)), NULL) == WROTE &&
	    note(db, x, "trunk.remove", "");
}

static bool
allow_power(struct db *db, void *ctx)
{
	struct admin *x = ctx;
	uint64_t changed = 0;
	bool has_old;

	if (!lock(db, x, &has_old) || db_write(db, &q[Q_POWER], IN(V_U(x->power), V_U(x->id.v)), &changed) != WROTE)
		return false;
	x->already = changed == 0;
	return x->already || note(db, x, x->power ? "trunk.power_on" : "trunk.power_off", "");
}

static bool
add_caller(struct db *db, void *ctx)
{
	struct admin *x = ctx;
	uint64_t added = 0;
	bool has_old;
	struct row r;

	if (!lock(db, x, &has_old) || db_row(db, &q[Q_CALLERS_N], IN(V_U(x->id.v)), x->a, &r) != FOUND)
		return false;
	if (row_u(&r, 0) >= CALLERS_MOST) {
		x->why = R_OUT_OF_RANGE;
		return false;
	}
	if (db_write(db, &q[Q_CALLER], IN(V_U(x->id.v), V_S(x->e164), V_I(x->now)), &added) == NOT_WRITTEN)
		return false;
	x->already = added == 0;
	return x->already || note(db, x, "trunk.caller_add", x->e164);
}

static bool
remove_caller(struct db *db, void *ctx)
{
	struct admin *x = ctx;
	uint64_t gone = 0;
	bool has_old;

	if (!lock(db, x, &has_old) || db_write(db, &q[Q_CALLER_OUT], IN(V_U(x->id.v), V_S(x->e164)), &gone) != WROTE)
		return false;
	x->already = gone == 0;
	return x->already || note(db, x, "trunk.caller_remove", x->e164);
}

static enum saved
done(struct db *db, bool (*work)(struct db *, void *), struct admin *x)
{
	enum tx t = tx_write(db, work, x);

	if (x->gone)
		return REFUSED;
	return t == TX_REFUSED && x->already ? ALREADY : t == TX_DONE && x->already ? ALREADY : saved_of(t, x->why);
}

/* What was typed, tried on the adapter without any network. */
static enum trouble
tried(const struct trunk_typed *t, const struct connection_config *before, struct arena *a)
{
	struct connection_config c = *before;
	enum trouble why = TROUBLE_NONE;
	struct connection *open;

	/* the adapter takes a blank anywhere for a bad secret */
	if (strpbrk(t->account, " \t") != NULL)
		return TROUBLE_ACCOUNT;
	if (strpbrk(t->base_url, " \t") != NULL)
		return TROUBLE_BASE_URL;
	c.provider = t->provider;
	c.account = t->account;
	c.base_url = t->base_url;
	if (t->secret[0] != '\0')
		c.secret[0] = t->secret;
	if (t->api_secret[0] != '\0')
		c.api_secret = t->api_secret;
	c.browser_key = t->browser_key;
	c.browser_app = t->browser_app;
	c.browser_script = t->browser_script;
	if (trunk_blank(t->browser_key) && trunk_blank(t->browser_app))
		c.browser_secret = NULL;	/* taken away */
	if (!trunk_blank(t->browser_secret))
		c.browser_secret = t->browser_secret;
	trunk_sim_config(&c, a);
	if ((open = connection_open(a, &c, &why)) == NULL)
		return why;
	return trunk_blank(t->browser_key) || (connection_can(open) & CAN_BROWSER) ? TROUBLE_NONE : TROUBLE_NO_BROWSER;
}

enum saved
trunk_add(struct db *db, struct organisation_id org, struct user_id by, int64_t now, const struct trunk_typed *t,
    enum trouble *trouble, struct trunk_id *out, struct arena *a)
{
	struct admin x = { .org = org, .by = by, .now = now, .typed = t, .a = a };
	enum saved s;

	if ((*trouble = tried(t, &(struct connection_config){ .id = 1, .public_url = conf.public_url }, a)) != TROUBLE_NONE)
		return REFUSED;
	s = done(db, add, &x);
	*out = x.id;
	return s;
}

enum saved
trunk_change(struct db *db, struct organisation_id org, struct trunk_id id, struct user_id by, int64_t now,
    const struct trunk_typed *typed, enum trouble *trouble, struct arena *a)
{
	struct trunk_typed t = *typed;
	struct admin x = { .org = org, .id = id, .by = by, .now = now, .typed = &t, .a = a };
	struct trunk c;

	*trouble = TROUBLE_NONE;
	switch (trunk_of(db, org, id, &c, a)) {
	case FOUND:	break;
	case NONE:	return REFUSED;
	case FAILED:	return NOT_SAVED;
	}
	t.provider = c.provider;
	if ((*trouble = tried(&t, &c.config, a)) != TROUBLE_NONE)
		return REFUSED;
	return done(db, change, &x);
}

enum saved
trunk_forget_old(struct db *db, struct organisation_id org, struct trunk_id id, struct user_id by, int64_t now, struct arena *a)
{
	struct admin x = { .org = org, .id = id, .by = by, .now = now, .a = a };

	return done(db, forget, &x);
}

enum saved
trunk_remove(struct db *db, struct organisation_id org, struct trunk_id id, struct user_id by, int64_t now, struct arena *a)
{
	struct admin x = { .org = org, .id = id, .by = by, .now = now, .a = a };

	return done(db, take_away, &x);
}

enum saved
trunk_allow_power(struct db *db, struct organisation_id org, struct trunk_id id, struct user_id by, int64_t now, bool allow, struct arena *a)
{
	struct admin x = { .org = org, .id = id, .by = by, .now = now, .power = allow, .a = a };

	return done(db, allow_power, &x);
}

enum saved
trunk_add_caller(struct db *db, struct organisation_id org, struct trunk_id id, struct user_id by, int64_t now,
    const char *typed, enum refusal *why, struct arena *a)
{
	struct admin x = { .org = org, .id = id, .by = by, .now = now, .a = a };
	struct phone_number phone;

	*why = phone_refusal(phone_parse(typed, "CA", &phone));
	if (*why != R_NONE)
		return REFUSED;
	x.e164 = arena_strdup(a, phone.e164);
	return done(db, add_caller, &x);
}

enum saved
trunk_remove_caller(struct db *db, struct organisation_id org, struct trunk_id id, struct user_id by, int64_t now,
    const char *e164, struct arena *a)
{
	struct admin x = { .org = org, .id = id, .by = by, .now = now, .e164 = e164, .a = a };

	return done(db, remove_caller, &x);
}
