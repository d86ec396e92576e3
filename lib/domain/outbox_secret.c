/*
 * outbox_secret.c - another secret for an address, while the one before still counts.
 */
#include "domain/outbox_in.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/seal.h"

#define MADE_OF	"webhook secret"

enum { Q_LOCK, Q_SET, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LOCK] = { "uuuu", "ib", "SELECT b.rotated_at, b.secret FROM outbox b WHERE" OUTBOX_MINE " AND b.id = ? FOR UPDATE" },
	[Q_SET] = { "ibiu", "", "UPDATE outbox SET old_secret = secret, old_until = ?, secret = ?, rotated_at = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

struct rotation {
	const struct who *who;
	uint64_t id;
	int64_t seen, now;
	const char *secret;
	bool again;
	enum refusal why;
	struct arena *a;
};

static bool
refuse(struct rotation *x, enum refusal why)
{
	x->why = why;
	return false;
}

static bool
rotate(struct db *db, void *ctx)
{
	struct rotation *x = ctx;
	const char *current = NULL;
	const void *box;
	struct row r;
	size_t n;

	x->again = false;
	x->why = R_NONE;
	switch (db_row(db, &q[Q_LOCK], IN(OUTBOX_WHO(x->who), V_U(x->id)), x->a, &r)) {
	case FOUND:	break;
	case NONE:	return refuse(x, R_NOT_FOUND);
	case FAILED:	return false;
	}
	if ((box = row_b(&r, 1, &n)) != NULL)
		current = seal_open_box(x->a, OUTBOX_SECRET_PURPOSE, box, n);
	x->again = current != NULL && strcmp(current, x->secret) == 0;
	if (x->again)
		return true;
	if (row_i(&r, 0) != x->seen)
		return refuse(x, R_PAGE_CHANGED);
	box = seal_box(x->a, OUTBOX_SECRET_PURPOSE, x->secret, &n);
	return db_write(db, &q[Q_SET], IN(V_I(x->now + OUTBOX_BOTH_US), V_B(box, n), V_I(x->now), V_U(x->id)), NULL) == WROTE &&
	    audit_add(db, (struct organisation_id){ x->who->organisation }, (struct user_id){ x->who->user }, x->now, "webhook.rotate", "webhook",
	    x->id, "");
}

enum saved
outbox_rotate(struct db *db, const struct who *who, uint64_t id, const unsigned char form_key[16], int64_t seen, int64_t now,
    const char **secret, enum refusal *why, struct arena *a)
{
	struct rotation x = { .who = who, .id = id, .seen = seen, .now = now, .a = a };
	unsigned char key[OUTBOX_SECRET_BYTES];
	enum tx t;

	seal_mark_of(MADE_OF, id, form_key, key);
	x.secret = arena_fmt(a, "whsec_%s", seal_base64(a, key, sizeof(key)));
	t = tx_write(db, rotate, &x);
	*why = x.why;
	*secret = t == TX_DONE ? x.secret : NULL;
	return t == TX_DONE && x.again ? ALREADY : saved_of(t, x.why);
}
