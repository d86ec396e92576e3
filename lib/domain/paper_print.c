/*
 * paper_print.c - people taken from the list onto a sheet. Who dies half-way leaves holds as short as an agent's; the same
 * form sent again goes on with whoever they hold.
 */
#include "plumb/base.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/clock.h"
#include "plumb/db.h"
#include "plumb/seal.h"
#include "plumb/who.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/paper.h"
#include "domain/share.h"
#include "domain/user.h"

enum { DETAIL_MOST = 2000 };

enum { Q_CALLER, Q_KNOWN, Q_FULL, Q_NEW, Q_LOCK, Q_PLACE, Q_HOLD, Q_PRINTED, Q_PEOPLE, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_CALLER] = { "uu", "u", "SELECT u.id FROM member m JOIN user u ON u.id = m.user_id WHERE m.operation_id = ? AND m.user_id = ?"
	    " AND m.role IN ('owner', 'agent')" },
	[Q_KNOWN] = { "bu", "uii", "SELECT id, COALESCE(printed_at, 0), until_at FROM paper_sheet WHERE form_key = ? AND operation_id = ?" },
	/* of all operations: the table has a row per person held anywhere, and who ends holds reads it whole (sql/001) */
	[Q_FULL] = { "u", "u", "SELECT COUNT(*) FROM hold WHERE user_id >= ?" },
	[Q_NEW] = { "uuuiib", "", "INSERT INTO paper_sheet (operation_id, user_id, created_by, created_at, until_at, form_key)"
	    " VALUES (?, ?, ?, ?, ?, ?)" },
	[Q_LOCK] = { "u", "i", "SELECT COALESCE(printed_at, 0) FROM paper_sheet WHERE id = ? FOR UPDATE" },
	[Q_PLACE] = { "uuuiub", "", "INSERT INTO paper_place (sheet_id, number, entry_id, key_at, attempts, form_key) VALUES (?, ?, ?, ?, ?, ?)" },
	[Q_HOLD] = { "iuuu", "", "UPDATE hold SET held_until = ? WHERE operation_id = ? AND user_id BETWEEN ? AND ?" },
	[Q_PRINTED] = { "iuu", "", "UPDATE paper_sheet SET printed_at = ?, people = ? WHERE id = ?" },
	[Q_PEOPLE] = { "u", "u", "SELECT e.person_id FROM paper_place p JOIN entry e ON e.id = p.entry_id WHERE p.sheet_id = ? ORDER BY p.number" },
};
DB_STATEMENTS(q)

static int64_t
end_of_operation(const struct operation *op)
{
	struct tm t = { .tm_year = op->hours.end_year - 1900, .tm_mon = op->hours.end_month - 1, .tm_mday = op->hours.end_day,
		.tm_min = op->hours.end_minute };

	return clock_moment(op->zone, &t);
}

size_t
paper_ends(const struct operation *op, int64_t now, int64_t out[PAPER_DAYS + 1])
{
	struct tm today = clock_local(op->zone, now);
	size_t n = 0;

	for (int i = 0; i <= PAPER_DAYS && op->dated; i++) {
		/* noon says which date it is; that day's end follows from its own hours */
		struct tm t = { .tm_year = today.tm_year, .tm_mon = today.tm_mon, .tm_mday = today.tm_mday + i, .tm_hour = 12 }, day;
		struct window w;
		int64_t at, end = end_of_operation(op);

		day = clock_local(op->zone, clock_moment(op->zone, &t));
		w = hours_of_day(&op->hours, day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
		if (w.opens >= w.closes)
			continue;
		t.tm_hour = 0;
		t.tm_min = w.closes;
		at = clock_moment(op->zone, &t);
		at = at < end ? at : end;
		if (at > now && (n == 0 || at > out[n - 1]))
			out[n++] = at;
	}
	return n;
}

struct print {
	const struct operation *op;
	const struct paper_wish *wish;
	int64_t now, until_at;
	struct paper_id id;
	struct held held[PAPER_PLACES];
	unsigned people;
	bool finished;			/* was printed already */
	bool met;			/* the same form, at this instant */
	enum refusal why;
	struct arena *a;
};

static bool
refuse(struct print *x, enum refusal why)
{
	x->why = why;
	return false;
}

/* Who calls: a member, or somebody new who becomes one. */
static bool
caller(struct db *db, struct print *x, struct user_id *out)
{
	const struct paper_wish *w = x->wish;
	struct user_new new = { .name = w->new_name, .role = ROLE_VOLUNTEER, .lang = w->lang };
	bool taken, raised;
	struct row r;
	enum found f;

	*out = w->caller;
	if (w->caller.v != 0) {
		f = db_row(db, &q[Q_CALLER], IN(V_U(x->op->id.v), V_U(w->caller.v)), x->a, &r);
		return f == NONE ? refuse(x, R_NOT_FOUND) : f == FOUND;
	}
	return user_add(db, x->op->organisation, &new, NULL, w->by, x->now, out, &taken, x->a) &&
	    member_join(db, x->op->id, *out, MEMBER_AGENT, 0, x->now, &raised, x->a);
}

/* The sheet without people, once per form. */
static bool
begin(struct db *db, void *ctx)
{
	struct print *x = ctx;
	const struct paper_wish *w = x->wish;
	struct user_id who;
	enum wrote wrote;
	struct row r;

	x->why = R_NONE;
	x->finished = x->met = false;
	switch (db_row(db, &q[Q_KNOWN], IN(V_B(w->form_key, 16), V_U(x->op->id.v)), x->a, &r)) {
	case FOUND:
		x->id.v = row_u(&r, 0);
		x->finished = row_i(&r, 1) != 0;
		x->until_at = row_i(&r, 2);
		return true;
	case NONE:	break;
	case FAILED:	return false;
	}
	if (db_row(db, &q[Q_FULL], IN(V_U(PAPER_HOLDERS)), x->a, &r) != FOUND)
		return false;
	if (row_u(&r, 0) + w->pages * PAPER_PAGE > PAPER_MOST)
		return refuse(x, R_SHEETS_FULL);
	if (!caller(db, x, &who))
		return false;
	wrote = db_write(db, &q[Q_NEW], IN(V_U(x->op->id.v), V_U(who.v), V_U(w->by.v), V_I(x->now), V_I(w->until_at),
	    V_B(w->form_key, 16)), NULL);
	x->met = wrote == DUPLICATE;
	x->id.v = db_last_id(db);
	return wrote == WROTE;
}

/* "3 14 15": who was shown, within what an audit row holds. */
static const char *
people_text(struct db *db, struct paper_id id, struct arena *a)
{
	struct rows rs;
	struct buf b;

	if (!db_rows(db, &q[Q_PEOPLE], IN(V_U(id.v)), a, &rs))
		return NULL;
	buf_init_in(&b, a, DETAIL_MOST);
	for (size_t i = 0; i < rs.n; i++)
		buf_fmt(&b, "%s%llu", i == 0 ? "" : " ", (unsigned long long)row_u(&rs.row[i], 0));
	return rs.n == 0 ? "" : b.data;
}

static bool
note(struct db *db, const struct operation *op, struct paper_id id, struct user_id by, const char *verb, int64_t now, struct arena *a)
{
	const char *people = people_text(db, id, a);

	return people != NULL && audit_add(db, op->organisation, by, now, verb, "sheet", id.v, people);
}

/* The places, the holds as long as the sheet, the row in the audit: all or nothing. */
static bool
finish(struct db *db, void *ctx)
{
	struct print *x = ctx;
	struct row r;

	if (db_row(db, &q[Q_LOCK], IN(V_U(x->id.v)), x->a, &r) != FOUND)
		return false;
	if (row_i(&r, 0) != 0)
		return x->finished = true;
	for (unsigned i = 0; i < x->people; i++) {
		const struct held *h = &x->held[i];
		unsigned char key[16];

		if (!seal_unhex(h->form_key, key, sizeof(key)) || db_write(db, &q[Q_PLACE], IN(V_U(x->id.v), V_U(i + 1), V_U(h->entry.v),
		    V_I(h->claimed_at), V_U(h->attempts), V_B(key, sizeof(key))), NULL) != WROTE)
			return false;
	}
	return db_write(db, &q[Q_HOLD], IN(V_I(x->until_at), V_U(x->op->id.v), V_U(PAPER_HOLDER(x->id, 1).v),
	    V_U(PAPER_HOLDER(x->id, PAPER_PLACES).v)), NULL) == WROTE &&
	    db_write(db, &q[Q_PRINTED], IN(V_I(x->now), V_U(x->people), V_U(x->id.v)), NULL) == WROTE &&
	    note(db, x->op, x->id, x->wish->by, "sheet.print", x->now, x->a);
}

static bool
offered(const struct operation *op, int64_t until_at, int64_t now)
{
	int64_t ends[PAPER_DAYS + 1];
	size_t n = paper_ends(op, now, ends);

	for (size_t i = 0; i < n; i++)
		if (ends[i] == until_at)
			return true;
	return false;
}

enum saved
paper_print(struct db *db, const struct operation *op, const struct paper_wish *w, int64_t now, struct paper_id *out,
    struct nobody_now *nobody, enum refusal *why, struct arena *a)
{
	struct print *x = arena_alloc(a, sizeof(*x));
	enum claimed c = CLAIMED;
	enum tx t;

	*x = (struct print){ .op = op, .wish = w, .now = now, .until_at = w->until_at, .a = a };
	*why = R_NONE;
	*nobody = (struct nobody_now){ .why = NOBODY_LEFT };
	if (w->pages < 1 || w->pages > PAPER_PAGES)
		return *why = R_OUT_OF_RANGE, REFUSED;
	if (!offered(op, w->until_at, now))
		return *why = R_DAY_PAST, REFUSED;
	if ((t = tx_write(db, begin, x)) == TX_REFUSED && x->met)
		t = tx_write(db, begin, x);
	if (t != TX_DONE)
		return *why = x->why, saved_of(t, x->why);
	*out = x->id;
	if (x->finished)
		return ALREADY;
	while (x->people < w->pages * PAPER_PAGE) {
		c = queue_claim(db, op, PAPER_HOLDER(x->id, x->people + 1), now, &x->held[x->people], nobody, a);
		if (c != CLAIMED)
			break;
		x->people++;
	}
	if (c == CLAIM_FAILED)
		return NOT_SAVED;
	if (x->people == 0)
		return REFUSED;
	t = tx_write(db, finish, x);
	return t == TX_DONE ? x->finished ? ALREADY : SAVED : saved_of(t, R_NONE);
}

struct reveal { const struct operation *op; struct paper_id id; struct user_id by; int64_t now; struct arena *a; };

static bool
reveal(struct db *db, void *ctx)
{
	const struct reveal *x = ctx;

	return note(db, x->op, x->id, x->by, "sheet.reveal", x->now, x->a);
}

bool
paper_revealed(struct db *db, const struct operation *op, struct paper_id id, struct user_id by, int64_t now, struct arena *a)
{
	struct reveal x = { op, id, by, now, a };

	return tx_write(db, reveal, &x) == TX_DONE;
}
