/*
 * alarm_mail.c - see alarm_mail.h. What rings is read in one snapshot, as the page reads it; what was told is decided and
 * written in one transaction with the mail.
 */
#include "domain/alarm_mail.h"

#include "domain/audit.h"
#include "domain/mail_queue.h"
#include "domain/queue_clock.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/conf.h"
#include "plumb/db.h"

#define OVER_US	(5 * MINUTE_US)		/* nobody has looked for so long: it is over */

enum { Q_WISHED, Q_WISH, Q_OPERATIONS, Q_OWNERS, Q_BEGIN, Q_STATE, Q_SET, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_WISHED] = { "u", "u", "SELECT alarm_mail FROM user WHERE id = ?" },
	[Q_WISH] = { "uu", "", "UPDATE user SET alarm_mail = ? WHERE id = ?" },
	[Q_OPERATIONS] = { "", "uu", "SELECT DISTINCT o.id, o.organisation_id FROM user u JOIN member m ON m.user_id = u.id AND m.role = 'owner'"
	    " JOIN operation o ON o.id = m.operation_id AND o.state = 'active'"
	    " WHERE u.alarm_mail AND u.disabled_at IS NULL AND u.email IS NOT NULL ORDER BY o.id LIMIT 1000" },
	[Q_OWNERS] = { "u", "uss", "SELECT u.id, u.language, u.name FROM member m JOIN user u ON u.id = m.user_id WHERE m.operation_id = ?"
	    " AND m.role = 'owner' AND u.alarm_mail AND u.disabled_at IS NULL AND u.email IS NOT NULL ORDER BY u.id" },
	[Q_BEGIN] = { "uu", "", "INSERT IGNORE INTO alarm_state (operation_id, alarm) VALUES (?, ?)" },
	[Q_STATE] = { "u", "uuuii", "SELECT alarm, rings, told, mailed_at, looked_at FROM alarm_state WHERE operation_id = ? ORDER BY alarm FOR UPDATE" },
	[Q_SET] = { "uuiiuu", "", "UPDATE alarm_state SET rings = ?, told = ?, mailed_at = ?, looked_at = ? WHERE operation_id = ? AND alarm = ?" },
};
DB_STATEMENTS(q)

/* --- who asks --- */

bool
alarm_mail_wished(struct db *db, struct user_id user, bool *wished, struct arena *a)
{
	struct row r;

	if (db_row(db, &q[Q_WISHED], IN(V_U(user.v)), a, &r) != FOUND)
		return false;
	*wished = row_u(&r, 0) != 0;
	return true;
}

struct wish { const struct who *who; bool wished, changed; int64_t now; };

static bool
wish(struct db *db, void *ctx)
{
	struct wish *x = ctx;
	uint64_t n;

	if (db_write(db, &q[Q_WISH], IN(V_U(x->wished), V_U(x->who->user)), &n) != WROTE)
		return false;
	x->changed = n == 1;
	return n == 0 || audit_add(db, (struct organisation_id){ x->who->organisation }, (struct user_id){ x->who->user }, x->now,
	    x->wished ? "user.alarms_on" : "user.alarms_off", "user", x->who->user, "");
}

enum saved
alarm_mail_wish(struct db *db, const struct who *who, bool wished, int64_t now, struct arena *a)
{
	struct wish x = { .who = who, .wished = wished, .now = now };

	(void)a;
	switch (tx_write(db, wish, &x)) {
	case TX_DONE:	return x.changed ? SAVED : ALREADY;
	case TX_UNSURE:	return UNSURE;
	default:	return NOT_SAVED;
	}
}

/* --- what is told --- */

bool
alarm_tell(struct alarm_told *t, bool rings, int64_t now)
{
	bool before = t->rings && now - t->looked_at <= OVER_US;

	t->looked_at = now;
	t->rings = rings;
	if (!rings || !before)
		t->told = false;
	if (!rings || t->told || now - t->mailed_at < HOUR_US)
		return false;
	t->told = true;
	t->mailed_at = now;
	return true;
}

struct looked { const struct operation *op; bool on[ALARM__MAX]; int64_t now; struct arena *a; };

static bool
write_mails(struct db *db, const struct looked *x, const bool tell[ALARM__MAX])
{
	struct rows rs;

	if (!db_rows(db, &q[Q_OWNERS], IN(V_U(x->op->id.v)), x->a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		enum lang lang = lang_of(row_s(&rs.row[i], 1));
		const char *subject = NULL;
		struct buf b;

		buf_init_in(&b, x->a, 64 * 1024);
		buf_fmt(&b, tr(lang, N_("Hello %s,\n\nin the operation “%s”:\n\n")), row_s(&rs.row[i], 2), x->op->name);
		for (enum alarm k = 0; k < ALARM__MAX; k++)
			if (tell[k]) {
				buf_fmt(&b, "* %s\n  %s\n\n", alarm_label(k, lang), alarm_todo(k, lang));
				subject = subject == NULL ? alarm_label(k, lang) : subject;
			}
		buf_fmt(&b, tr(lang, N_("Look at it: %s/operations/%llu\n\nYou asked for this in your profile: %s/profile\nAn alarm is told once until it is over, and at most once an hour.\n")),
		    conf.public_url, (unsigned long long)x->op->id.v, conf.public_url);
		if (!mail_add(db, (struct user_id){ row_u(&rs.row[i], 0) }, arena_fmt(x->a, "Tocsin: %s: %s", x->op->name, subject), b.data, x->now))
			return false;
	}
	return true;
}

static bool
tell(struct db *db, void *ctx)
{
	struct looked *x = ctx;
	bool now_told[ALARM__MAX] = { false }, any = false;
	struct rows rs;

	for (enum alarm k = 0; k < ALARM__MAX; k++)
		if (x->on[k] && db_write(db, &q[Q_BEGIN], IN(V_U(x->op->id.v), V_U(k)), NULL) == NOT_WRITTEN)
			return false;
	if (!db_rows(db, &q[Q_STATE], IN(V_U(x->op->id.v)), x->a, &rs))
		return false;
	for (size_t i = 0; i < rs.n; i++) {
		const struct row *r = &rs.row[i];
		enum alarm k = (enum alarm)row_u(r, 0);
		struct alarm_told t = { row_u(r, 1) != 0, row_u(r, 2) != 0, row_i(r, 3), row_i(r, 4) };

		if (k >= ALARM__MAX)
			continue;
		now_told[k] = alarm_tell(&t, x->on[k], x->now);
		any = any || now_told[k];
		if (db_write(db, &q[Q_SET], IN(V_U(t.rings), V_U(t.told), V_I(t.mailed_at), V_I(t.looked_at), V_U(x->op->id.v), V_U(k)), NULL) != WROTE)
			return false;
	}
	return !any || write_mails(db, x, now_told);
}

/* As the page does. */
static enum found
look(struct db *db, struct operation_id id, struct organisation_id org, int64_t now, struct operation_numbers *n, bool on[ALARM__MAX], struct arena *a)
{
	struct report_wish w = { .organisation = org, .all = true, .archived = true, .search = "", .now = now };
	enum found f = operation_report_of(db, &w, id, n, a);
	struct queue_clock clock;
	unsigned homes;

	if (f != FOUND || n->phase != PHASE_RUNNING)
		return f == FAILED ? FAILED : NONE;
	return queue_clock(db, &n->op, now, &clock, a) && alarms_look(db, n, &clock, now, on, &homes, a) ? FOUND : FAILED;
}

bool
alarm_mail_look(struct db *db, int64_t now, struct arena *a)
{
	struct arena *page;
	bool ok = true;
	struct rows rs;

	if (*conf.sendmail == '\0')
		return true;
	if (!db_rows(db, &q[Q_OPERATIONS], NO_IN, a, &rs))
		return false;
	page = arena_new();
	for (size_t i = 0; i < rs.n && ok; i++) {
		struct operation_numbers n;
		struct looked x = { .op = &n.op, .now = now, .a = page };
		enum found f;

		arena_reset(page);
		if (!tx_read_begin(db)) {
			ok = false;
			break;
		}
		f = look(db, (struct operation_id){ row_u(&rs.row[i], 0) }, (struct organisation_id){ row_u(&rs.row[i], 1) }, now, &n, x.on, page);
		tx_read_end(db);
		ok = f == NONE || (f == FOUND && tx_write(db, tell, &x) == TX_DONE);
	}
	arena_free(page);
	return ok;
}
