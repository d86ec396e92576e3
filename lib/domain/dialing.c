#include "domain/dialing.h"

#include "domain/operation_row.h"
#include "domain/outcome.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/log.h"

enum { Q_OF, Q_SET, Q_CALLER, Q_FIRST, Q_BEGIN, Q_PAUSE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_OF] = { "u", "ussuususiiu" "uu" "usss", "SELECT d.trunk_id, d.caller_e164, d.mode, d.ring_seconds, t.id IS NULL OR t.removed_at IS NOT NULL,"
	    " COALESCE(t.paused, ''), n.trunk_id IS NULL, d.paused, COALESCE(t.paused_at, 0), COALESCE(d.paused_at, 0), d.operation_id,"
	    " d.voice = 'browser', COALESCE(t.browser_key <> '', FALSE),"
	    " COALESCE(t.power, FALSE), COALESCE(t.provider, ''), o.call_rules, o.time_zone"
	    " FROM dialing d JOIN operation o ON o.id = d.operation_id LEFT JOIN trunk t ON t.id = d.trunk_id"
	    " LEFT JOIN caller_id n ON n.trunk_id = d.trunk_id AND n.e164 = d.caller_e164 WHERE d.operation_id = ?" },
	[Q_SET] = { "uussus", "", "INSERT INTO dialing (operation_id, trunk_id, caller_e164, mode, ring_seconds, voice) VALUES (?, ?, ?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE trunk_id = VALUES(trunk_id), caller_e164 = VALUES(caller_e164), mode = VALUES(mode),"
	    " ring_seconds = VALUES(ring_seconds), voice = VALUES(voice), paused = '', paused_at = NULL" },
	[Q_CALLER] = { "usu", "uuus", "SELECT t.id, t.browser_key <> '', t.power, t.provider FROM trunk t JOIN caller_id n ON n.trunk_id = t.id WHERE t.id = ? AND n.e164 = ?"
	    " AND t.organisation_id = ? AND t.removed_at IS NULL" },
	[Q_FIRST] = { "u", "us", "SELECT t.id, n.e164 FROM trunk t JOIN caller_id n ON n.trunk_id = t.id"
	    " WHERE t.organisation_id = ? AND t.removed_at IS NULL ORDER BY t.id, n.created_at, n.e164 LIMIT 1" },
	[Q_BEGIN] = { "uus", "", "INSERT IGNORE INTO dialing (operation_id, trunk_id, caller_e164) VALUES (?, ?, ?)" },
	[Q_PAUSE] = { "siu", "", "UPDATE dialing SET paused = ?, paused_at = ? WHERE operation_id = ? AND paused = ''" },
};
DB_STATEMENTS(q)

static const char *const mode_words[] = { "preview", "progressive", "power" };

static enum dial_mode
mode_of(const char *word)
{
	enum dial_mode m = DIAL_PREVIEW;

	while (m < DIAL_POWER && strcmp(mode_words[m], word) != 0)
		m++;
	return m;
}

static bool
may_power(enum rules_of rules, enum provider provider, bool allowed)
{
	return allowed && provider_hands_over(provider) && rules != RULES_US && rules != RULES_US_STRICT;
}

bool
dialing_power(const struct operation *op, enum provider provider, bool allowed)
{
	return may_power(rules_in_force(op->rules_chosen, op->rules_of, op->zone), provider, allowed);
}

enum found
dialing_of(struct db *db, struct operation_id op, struct dialing *d, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_OF], IN(V_U(op.v)), a, &r);
	bool trunk;

	if (f != FOUND)
		return f;
	trunk = row_s(&r, 5)[0] != '\0';
	*d = (struct dialing){ .trunk = { row_u(&r, 0) }, .caller = row_s(&r, 1), .ring_s = (unsigned)row_u(&r, 3),
		.chosen = mode_of(row_s(&r, 2)),
		.removed = row_u(&r, 4) != 0 || row_u(&r, 6) != 0,
		.paused = trunk ? trouble_of(row_s(&r, 5)) : row_s(&r, 7)[0] != '\0' ? trouble_of(row_s(&r, 7)) : TROUBLE_NONE,
		.paused_at = trunk ? row_i(&r, 8) : row_i(&r, 9), .voice = row_u(&r, 11) != 0 ? VOICE_BROWSER : VOICE_PHONE };
	d->mode = d->chosen;
	if (d->chosen == DIAL_POWER && !may_power(rules_in_force(!row_is_null(&r, 15), rules_of_code(row_s(&r, 15)), row_s(&r, 16)),
	    provider_of(row_s(&r, 14)), row_u(&r, 13) != 0))
		d->mode = DIAL_PROGRESSIVE;
	d->browser = d->voice == VOICE_BROWSER && row_u(&r, 12) != 0;
	return FOUND;
}

struct setting { struct op_write w; const struct dialing *d; };

static bool
set(struct db *db, void *ctx)
{
	struct setting *x = ctx;
	const struct dialing *d = x->d;
	struct row r;
	enum found f;

	if (!op_lock(db, &x->w))
		return false;
	if ((f = db_row(db, &q[Q_CALLER], IN(V_U(d->trunk.v), V_S(d->caller), V_U(x->w.op.organisation.v)), x->w.arena, &r)) != FOUND) {
		x->w.why = f == NONE ? R_NO_PROVIDER : R_NONE;
		return false;
	}
	if (d->voice == VOICE_BROWSER && row_u(&r, 1) == 0) {
		x->w.why = R_NO_BROWSER;
		return false;
	}
	if (d->chosen == DIAL_POWER && !dialing_power(&x->w.op, provider_of(row_s(&r, 3)), row_u(&r, 2) != 0)) {
		x->w.why = R_NO_POWER;
		return false;
	}
	return db_write(db, &q[Q_SET], IN(V_U(x->w.id.v), V_U(d->trunk.v), V_S(d->caller), V_S(mode_words[d->chosen]), V_U(d->ring_s),
	    V_S(d->voice == VOICE_BROWSER ? "browser" : "phone")), NULL) != NOT_WRITTEN &&
	    operation_touch(db, x->w.id, 0, x->w.by, x->w.now, "operation.dialing", mode_words[d->chosen], x->w.arena);
}

enum saved
dialing_set(struct db *db, struct operation_id op, struct user_id by, int64_t now, const struct dialing *d,
    enum refusal *why, struct arena *a)
{
	struct setting x = { .w = { .id = op, .by = by, .now = now, .arena = a }, .d = d };

	return op_run(db, set, &x.w, why);
}

enum found
dialing_begin(struct db *db, const struct operation *op, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_FIRST], IN(V_U(op->organisation.v)), a, &r);

	if (f != FOUND)
		return f;
	return db_write(db, &q[Q_BEGIN], IN(V_U(op->id.v), V_U(row_u(&r, 0)), V_S(row_s(&r, 1))), NULL) != NOT_WRITTEN ? FOUND : FAILED;
}

bool
dialing_pause(struct db *db, struct operation_id op, enum trouble why, int64_t now)
{
	log_warn("operation %llu: calls paused, %s", (unsigned long long)op.v, trouble_word(why));
	return db_write(db, &q[Q_PAUSE], IN(V_S(trouble_word(why)), V_I(now), V_U(op.v)), NULL) == WROTE;
}
