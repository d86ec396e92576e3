/*
 * mail_queue.c - the table mail.
 */
#include "domain/mail_queue.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/log.h"

enum { Q_ADD, Q_NEXT, Q_TAKE, Q_END, Q_LATER, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ADD] = { "ussi", "", "INSERT INTO mail (user_id, subject, body, created_at) VALUES (?, LEFT(?, 300), ?, ?)" },
	/* who is disabled, or has no address, gets none */
	[Q_NEXT] = { "i", "usssiu", "SELECT m.id, COALESCE(IF(u.disabled_at IS NULL, u.email, ''), ''), m.subject, m.body, m.created_at, m.tries"
	    " FROM mail m LEFT JOIN user u ON u.id = m.user_id WHERE m.next_at <= ? ORDER BY m.next_at, m.id LIMIT 1 FOR UPDATE SKIP LOCKED" },
	[Q_TAKE] = { "iu", "", "UPDATE mail SET next_at = ?, tries = LEAST(tries + 1, 200) WHERE id = ?" },
	[Q_END] = { "u", "", "DELETE FROM mail WHERE id = ?" },
	[Q_LATER] = { "iu", "", "UPDATE mail SET next_at = ? WHERE id = ?" },
};
DB_STATEMENTS(q)

bool
mail_add(struct db *db, struct user_id to, const char *subject, const char *body, int64_t now)
{
	return db_write(db, &q[Q_ADD], IN(V_U(to.v), V_S(subject), V_S(body), V_I(now)), NULL) == WROTE;
}

struct taking { int64_t now; struct mail_waiting *out; bool none; struct arena *a; };

static bool
take(struct db *db, void *ctx)
{
	struct taking *t = ctx;
	struct row r;

	t->none = false;
	switch (db_row(db, &q[Q_NEXT], IN(V_I(t->now)), t->a, &r)) {
	case FOUND:	break;
	case NONE:	t->none = true; return false;
	case FAILED:	return false;
	}
	*t->out = (struct mail_waiting){ row_u(&r, 0), row_s(&r, 1), row_s(&r, 2), row_s(&r, 3), row_i(&r, 4), (unsigned)row_u(&r, 5) + 1 };
	return db_write(db, &q[Q_TAKE], IN(V_I(t->now + MINUTE_US), V_U(t->out->id)), NULL) == WROTE;
}

enum found
mail_next(struct db *db, int64_t now, struct mail_waiting *out, struct arena *a)
{
	struct taking t = { .now = now, .out = out, .a = a };

	if (tx_write(db, take, &t) == TX_DONE)
		return FOUND;
	return t.none ? NONE : FAILED;
}

bool
mail_end(struct db *db, uint64_t id)
{
	return db_write(db, &q[Q_END], IN(V_U(id)), NULL) == WROTE;
}

bool
mail_later(struct db *db, const struct mail_waiting *m, int64_t now)
{
	int64_t wait = m->tries < 6 ? MINUTE_US << m->tries : HOUR_US;

	if (now - m->created_at > DAY_US) {
		log_error("mail %llu is given up", (unsigned long long)m->id);
		return mail_end(db, m->id);
	}
	return db_write(db, &q[Q_LATER], IN(V_I(now + wait), V_U(m->id)), NULL) == WROTE;
}
