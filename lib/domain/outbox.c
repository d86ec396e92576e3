/*
 * outbox.c - addresses added, shown, paused, removed. Who may is part of every statement.
 */
#include "domain/outbox_in.h"

#include "domain/audit.h"
#include "domain/horizon.h"
#include "domain/outcome.h"
#include "plumb/arena.h"
#include "plumb/conf.h"
#include "plumb/db.h"
#include "plumb/seal.h"

#define COLUMNS	"SELECT b.id, COALESCE(b.operation_id, 0), COALESCE(o.name, ''), b.url, b.with_answers, b.paused, COALESCE(b.paused_at, 0),"	\
    " COALESCE(b.failing_since, 0), b.next_at, COALESCE(b.test_at, 0), b.created_at, b.failures, b.rotated_at, COALESCE(b.old_until, 0) FROM outbox b"				\
    " LEFT JOIN operation o ON o.id = b.operation_id WHERE"
#define OUT	"uussu" "siiiii" "uii"

enum { Q_LIST, Q_OF, Q_TRIES, Q_CHOICES, Q_MAY, Q_COUNT, Q_ADD, Q_LOCK, Q_TEST, Q_PAUSE, Q_RESUME, Q_REMOVE, Q_END_OLD, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LIST] = { "uuu", OUT, COLUMNS OUTBOX_MINE " ORDER BY b.id LIMIT 200" },
	[Q_OF] = { "uuuu", OUT, COLUMNS OUTBOX_MINE " AND b.id = ?" },
	[Q_TRIES] = { "uu", "iuuuu", "SELECT at, COALESCE(attempt_id, 0), status, took_ms, why FROM outbox_try WHERE outbox_id = ?"
	    " ORDER BY id DESC LIMIT ?" },
	[Q_CHOICES] = { "uuu", "us", "SELECT o.id, o.name FROM operation o WHERE o.organisation_id = ? AND o.state IN ('active', 'paused')"
	    " AND (? = 1 OR EXISTS (SELECT 1 FROM member m WHERE m.operation_id = o.id AND m.user_id = ? AND m.role = 'owner'))"
	    " ORDER BY o.created_at DESC, o.id DESC LIMIT 200" },
	[Q_MAY] = { "uuuu", "u", "SELECT o.id FROM operation o WHERE o.id = ? AND o.organisation_id = ? AND (? = 1 OR EXISTS"
	    " (SELECT 1 FROM member m WHERE m.operation_id = o.id AND m.user_id = ? AND m.role = 'owner'))" },
	[Q_COUNT] = { "u", "u", "SELECT COUNT(*) FROM outbox WHERE organisation_id = ? AND removed_at IS NULL" },
	[Q_ADD] = { "uusbubuui", "", "INSERT INTO outbox (organisation_id, operation_id, url, secret, with_answers, form_key, sent_attempt, created_by,"
	    " created_at) VALUES (?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?)" },
	[Q_LOCK] = { "uuuu", "u", "SELECT b.id FROM outbox b WHERE" OUTBOX_MINE " AND b.id = ? FOR UPDATE" },
	[Q_TEST] = { "iu", "", "UPDATE outbox SET test_at = ? WHERE id = ? AND test_at IS NULL" },
	[Q_PAUSE] = { "iu", "", "UPDATE outbox SET paused = 'hand', paused_at = ? WHERE id = ? AND paused = ''" },
	[Q_RESUME] = { "u", "", "UPDATE outbox SET paused = '', paused_at = NULL, failures = 0, failing_since = NULL, next_at = 0 WHERE id = ?"
	    " AND (paused <> '' OR next_at <> 0)" },
	[Q_REMOVE] = { "iu", "", "UPDATE outbox SET removed_at = ?, secret = NULL, old_secret = NULL, old_until = NULL WHERE id = ?" },
	[Q_END_OLD] = { "u", "", "UPDATE outbox SET old_secret = NULL, old_until = NULL WHERE id = ? AND old_secret IS NOT NULL" },
};
DB_STATEMENTS(q)

static enum outbox_pause
pause_of(const char *word)
{
	return strcmp(word, "hand") == 0 ? OUTBOX_BY_HAND : strcmp(word, "failing") == 0 ? OUTBOX_FAILING :
	    strcmp(word, "gone") == 0 ? OUTBOX_GONE : OUTBOX_GOES;
}

static void
fill(struct outbox *b, const struct row *r)
{
	*b = (struct outbox){ .id = row_u(r, 0), .op = { row_u(r, 1) }, .operation = row_s(r, 2), .url = row_s(r, 3), .with_answers = row_u(r, 4) != 0,
		.paused = pause_of(row_s(r, 5)), .paused_at = row_i(r, 6), .failing_since = row_i(r, 7), .next_at = row_i(r, 8), .test_at = row_i(r, 9),
		.created_at = row_i(r, 10), .failures = (unsigned)row_u(r, 11),
		.rotated_at = row_i(r, 12), .old_until = row_i(r, 13) };
}

bool
outbox_list(struct db *db, const struct who *who, struct outbox **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_LIST], IN(OUTBOX_WHO(who)), a, &rs))
		return false;
	*n = rs.n;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rs.n; i++)
		fill(&(*out)[i], &rs.row[i]);
	return true;
}

enum found
outbox_of(struct db *db, const struct who *who, uint64_t id, struct outbox *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_OF], IN(OUTBOX_WHO(who), V_U(id)), a, &r);

	if (f == FOUND)
		fill(out, &r);
	return f;
}

bool
outbox_tries(struct db *db, uint64_t id, struct outbox_try **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_TRIES], IN(V_U(id), V_U(OUTBOX_TRIES_SHOWN)), a, &rs))
		return false;
	*n = rs.n;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *r = &rs.row[i];
		(*out)[i] = (struct outbox_try){ row_i(r, 0), row_u(r, 1), (unsigned)row_u(r, 2), (unsigned)row_u(r, 3), (enum fetch_why)row_u(r, 4) };
	}
	return true;
}

bool
outbox_choices(struct db *db, const struct who *who, struct outbox_choice **out, size_t *n, struct arena *a)
{
	struct rows rs;

	if (!db_rows(db, &q[Q_CHOICES], IN(OUTBOX_WHO(who)), a, &rs))
		return false;
	*n = rs.n;
	*out = arena_alloc(a, (rs.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rs.n; i++)
		(*out)[i] = (struct outbox_choice){ { row_u(&rs.row[i], 0) }, row_s(&rs.row[i], 1) };
	return true;
}

enum refusal
outbox_url_refusal(const char *url)
{
	if (!fetch_url_ok(url))
		return R_NOT_A_WEB_ADDRESS;
	if (conf.webhook_private != 0)
		return R_NONE;
	return strncmp(url, "https://", 8) != 0 ? R_NOT_A_WEB_ADDRESS : fetch_url_public(url) ? R_NONE : R_PRIVATE_ADDRESS;
}

/* --- written --- */

struct work {
	const struct who *who;
	struct operation_id op;
	const char *url, *secret;
	bool with_answers, again, changed;
	const unsigned char *form_key;
	uint64_t id;
	enum outbox_do what;
	int64_t now;
	enum refusal why;
	struct arena *a;
};

static bool
refuse(struct work *x, enum refusal why)
{
	x->why = why;
	return false;
}

static bool
note(struct db *db, const struct work *x, const char *verb, const char *detail)
{
	return audit_add(db, (struct organisation_id){ x->who->organisation }, (struct user_id){ x->who->user }, x->now, verb, "webhook", x->id, detail);
}

static bool
add(struct db *db, void *ctx)
{
	struct work *x = ctx;
	const void *box;
	uint64_t safe;
	struct row r;
	size_t n;

	x->again = false;
	x->why = R_NONE;
	switch (x->op.v == 0 ? FOUND : db_row(db, &q[Q_MAY], IN(V_U(x->op.v), OUTBOX_WHO(x->who)), x->a, &r)) {
	case FOUND:	break;
	case NONE:	return refuse(x, R_NOT_ALLOWED);
	case FAILED:	return false;
	}
	if (db_row(db, &q[Q_COUNT], IN(V_U(x->who->organisation)), x->a, &r) != FOUND || !horizon_of(db, HORIZON_ATTEMPT, &safe, x->a))
		return false;
	if (row_u(&r, 0) >= OUTBOX_MOST)
		return refuse(x, R_OUT_OF_RANGE);
	box = seal_box(x->a, OUTBOX_SECRET_PURPOSE, x->secret, &n);
	switch (db_write(db, &q[Q_ADD], IN(V_U(x->who->organisation), V_U(x->op.v), V_S(x->url), V_B(box, n), V_U(x->with_answers), V_B(x->form_key, 16),
	    V_U(safe), V_U(x->who->user), V_I(x->now)), NULL)) {
	case WROTE:		break;
	case DUPLICATE:		x->again = true; return false;
	case NOT_WRITTEN:	return false;
	}
	x->id = db_last_id(db);
	return note(db, x, "webhook.add", x->url);
}

enum saved
outbox_add(struct db *db, const struct who *who, struct operation_id op, const char *url, bool with_answers,
    const unsigned char form_key[16], int64_t now, uint64_t *id, const char **secret, enum refusal *why, struct arena *a)
{
	struct work x = { .who = who, .op = op, .url = url, .with_answers = with_answers, .form_key = form_key, .now = now, .a = a };
	unsigned char key[OUTBOX_SECRET_BYTES];
	enum tx t;

	*secret = NULL;
	*why = who->role < ROLE_ORGANISER || (op.v == 0 && who->role != ROLE_ADMINISTRATOR) ? R_NOT_ALLOWED : outbox_url_refusal(url);
	if (*why != R_NONE)
		return REFUSED;
	seal_random(key, sizeof(key));
	x.secret = arena_fmt(a, "whsec_%s", seal_base64(a, key, sizeof(key)));
	t = tx_write(db, add, &x);
	*why = x.why;
	*id = x.id;
	if (t == TX_DONE)
		*secret = x.secret;
	return t == TX_REFUSED && x.again ? ALREADY : saved_of(t, x.why);
}

static bool
change(struct db *db, void *ctx)
{
	static const char *const verb[OUTBOX_DOES] = { "webhook.test", "webhook.pause", "webhook.resume", "webhook.remove",
	    "webhook.end_old" };
	struct work *x = ctx;
	const struct val id = V_U(x->id), now = V_I(x->now);
	enum wrote w = NOT_WRITTEN;
	uint64_t n = 0;
	struct row r;

	x->why = R_NONE;
	switch (db_row(db, &q[Q_LOCK], IN(OUTBOX_WHO(x->who), id), x->a, &r)) {
	case FOUND:	break;
	case NONE:	return refuse(x, R_NOT_FOUND);
	case FAILED:	return false;
	}
	switch (x->what) {
	case OUTBOX_TEST:	w = db_write(db, &q[Q_TEST], IN(now, id), &n); break;
	case OUTBOX_PAUSE:	w = db_write(db, &q[Q_PAUSE], IN(now, id), &n); break;
	case OUTBOX_RESUME:	w = db_write(db, &q[Q_RESUME], IN(id), &n); break;
	case OUTBOX_REMOVE:	w = db_write(db, &q[Q_REMOVE], IN(now, id), &n); break;
	case OUTBOX_END_OLD:	w = db_write(db, &q[Q_END_OLD], IN(id), &n); break;
	case OUTBOX_DOES:	break;
	}
	x->changed = n == 1;
	return w == WROTE && (n == 0 || note(db, x, verb[x->what], ""));
}

enum saved
outbox_do(struct db *db, const struct who *who, uint64_t id, enum outbox_do what, int64_t now, enum refusal *why, struct arena *a)
{
	struct work x = { .who = who, .id = id, .what = what, .now = now, .a = a };
	enum tx t = tx_write(db, change, &x);

	*why = x.why;
	return t == TX_DONE && !x.changed ? ALREADY : saved_of(t, x.why);
}
