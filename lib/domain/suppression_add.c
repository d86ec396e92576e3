/*
 * suppression_add.c - numbers and people put on the do-not-call list, one or many, and what follows at once.
 */
#include "domain/suppression.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/phone_refusal.h"
#include "domain/queue_change.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"
#include "plumb/text.h"

enum { CHUNK = 500, REASON_CHARS = 200, COLUMNS = 6 };

enum { Q_ADD, Q_PERSON, Q_FORBID, Q_PERSON_ADD, Q_PHONES, Q_KNOWN, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_ADD] = { "ususiu", "", "INSERT INTO suppression (organisation_id, e164, person_id, reason, created_at, created_by)"
	    " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id" },
	[Q_PERSON] = { "uu", "u", "SELECT calls_forbidden FROM person WHERE id = ? AND organisation_id = ? FOR UPDATE" },
	[Q_FORBID] = { "iu", "", "UPDATE person SET calls_forbidden = TRUE, updated_at = ? WHERE id = ?" },
	[Q_PERSON_ADD] = { "uusiu", "", "INSERT INTO suppression_person (organisation_id, person_id, reason, created_at, created_by)"
	    " VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE person_id = person_id" },
	[Q_PHONES] = { "u", "s", "SELECT e164 FROM phone WHERE person_id = ? ORDER BY position, id" },
	[Q_KNOWN] = { "us", "u", "SELECT id FROM suppression WHERE organisation_id = ? AND e164 = ?" },
};
DB_STATEMENTS(q)

struct adding {
	struct organisation_id org;
	struct user_id by;
	struct person_id person;
	bool with_numbers, already;
	const char *reason, *label;
	const struct suppression_row *row;	/* as written */
	const char **e164;			/* the same, parsed; NULL: refused */
	size_t n;
	int64_t now;
	uint64_t added, known;
	enum refusal why;
	struct arena *a;
};

/* Stores those that are not there yet; *fresh: they, for what follows. */
static bool
add_numbers(struct db *db, struct adding *x, const char *const *e164, const struct suppression_row *row, size_t n,
    const char **fresh, size_t *nfresh)
{
	struct val *v = arena_alloc(x->a, (n + 1) * COLUMNS * sizeof(*v));

	*nfresh = 0;
	for (size_t i = 0; i < n; i++) {
		struct row r;
		struct val *at = v + *nfresh * COLUMNS;
		bool twice = false;
		if (e164[i] == NULL)
			continue;
		for (size_t k = 0; k < *nfresh && !twice; k++)
			twice = strcmp(fresh[k], e164[i]) == 0;
		switch (twice ? FOUND : db_row(db, &q[Q_KNOWN], IN(V_U(x->org.v), V_S(e164[i])), x->a, &r)) {
		case FOUND:	x->known++; continue;
		case NONE:	break;
		case FAILED:	return false;
		}
		memcpy(at, (struct val[COLUMNS]){ V_U(x->org.v), V_S(e164[i]), x->person.v == 0 ? V_NULL : V_U(x->person.v),
		    V_S(row == NULL || *row[i].reason == '\0' ? x->reason : text_cut(x->a, row[i].reason, REASON_CHARS)),
		    V_I(row == NULL || row[i].since <= 0 || row[i].since > x->now ? x->now : row[i].since),
		    x->by.v == 0 ? V_NULL : V_U(x->by.v) }, COLUMNS * sizeof(*at));
		fresh[(*nfresh)++] = e164[i];
	}
	x->added += *nfresh;
	return *nfresh == 0 || (db_bulk(db, &q[Q_ADD], v, COLUMNS, *nfresh) == WROTE &&
	    queue_silence_numbers(db, x->org, fresh, *nfresh, x->a));
}

static bool
add_page(struct db *db, void *ctx)
{
	struct adding *x = ctx;
	const char **fresh = arena_alloc(x->a, (x->n + 1) * sizeof(*fresh));
	size_t n;

	x->added = x->known = 0;
	if (!add_numbers(db, x, x->e164, x->row, x->n, fresh, &n))
		return false;
	return n == 0 || audit_add(db, x->org, x->by, x->now, "suppression.add", "suppression", 0, n == 1 && *x->label == '\0' ?
	    fresh[0] : arena_fmt(x->a, "%s: %zu numbers", x->label, n));
}

enum saved
suppression_add_number(struct db *db, struct organisation_id org, struct user_id by, const char *number, const char *reason,
    int64_t now, enum refusal *why, struct arena *a)
{
	struct phone_number parsed;
	const char *e164 = parsed.e164;
	struct adding x = { .org = org, .by = by, .reason = text_cut(a, reason, REASON_CHARS), .label = "", .e164 = &e164, .n = 1,
		.now = now, .a = a };
	enum tx t;

	if ((*why = phone_refusal(phone_parse(number, "CA", &parsed))) != R_NONE)
		return REFUSED;
	t = tx_write(db, add_page, &x);
	return t == TX_DONE && x.added == 0 ? ALREADY : saved_of(t, R_NONE);
}

static bool
add_person(struct db *db, void *ctx)
{
	struct adding *x = ctx;
	struct rows rs;
	struct row r;

	x->why = R_NONE;
	x->added = x->known = 0;
	switch (db_row(db, &q[Q_PERSON], IN(V_U(x->person.v), V_U(x->org.v)), x->a, &r)) {
	case FOUND:	break;
	case NONE:	x->why = R_NOT_FOUND; return false;
	case FAILED:	return false;
	}
	x->already = row_u(&r, 0) != 0;
	if (x->with_numbers) {
		const char **e164, **fresh;
		size_t n;
		if (!db_rows(db, &q[Q_PHONES], IN(V_U(x->person.v)), x->a, &rs))
			return false;
		e164 = arena_alloc(x->a, (rs.n + 1) * sizeof(*e164));
		fresh = arena_alloc(x->a, (rs.n + 1) * sizeof(*fresh));
		for (size_t i = 0; i < rs.n; i++)
			e164[i] = row_s(&rs.row[i], 0);
		if (!add_numbers(db, x, e164, NULL, rs.n, fresh, &n))
			return false;
	}
	x->already = x->already && x->added == 0;
	return (db_write(db, &q[Q_FORBID], IN(V_I(x->now), V_U(x->person.v)), NULL) == WROTE) &&
	    db_write(db, &q[Q_PERSON_ADD], IN(V_U(x->org.v), V_U(x->person.v), V_S(x->reason), V_I(x->now), V_U(x->by.v)), NULL) == WROTE &&
	    queue_silence_person(db, x->org, x->person, x->a) &&
	    (x->already || audit_add(db, x->org, x->by, x->now, "person.do_not_call", "person", x->person.v, x->reason));
}

enum saved
suppression_add_person(struct db *db, struct organisation_id org, struct user_id by, struct person_id person, bool with_numbers,
    const char *reason, int64_t now, enum refusal *why, struct arena *a)
{
	struct adding x = { .org = org, .by = by, .person = person, .with_numbers = with_numbers,
		.reason = text_cut(a, reason, REASON_CHARS), .label = "", .now = now, .a = a };
	enum tx t = tx_write(db, add_person, &x);

	*why = x.why;
	return t == TX_DONE && x.already ? ALREADY : saved_of(t, x.why);
}

enum saved
suppression_add_all(struct db *db, struct organisation_id org, struct user_id by, const char *label,
    const struct suppression_row *row, size_t n, int64_t now, struct suppression_counts *counts, struct arena *a)
{
	struct adding x = { .org = org, .by = by, .reason = text_cut(a, label, REASON_CHARS), .label = text_cut(a, label, REASON_CHARS),
		.now = now };

	*counts = (struct suppression_counts){ 0 };
	for (size_t from = 0; from < n; from += CHUNK) {
		enum tx t;
		x.a = arena_new();
		x.row = row + from;
		x.n = n - from < CHUNK ? n - from : CHUNK;
		x.e164 = arena_alloc(x.a, (x.n + 1) * sizeof(*x.e164));
		for (size_t i = 0; i < x.n; i++) {
			struct phone_number parsed;
			if (phone_parse(x.row[i].number, "CA", &parsed) == PHONE_OK)
				x.e164[i] = arena_strdup(x.a, parsed.e164);
			else if (counts->refused++ < NITEMS(counts->first_refused))
				counts->first_refused[counts->refused - 1] = text_cut(a, x.row[i].number, 60);
		}
		t = tx_write(db, add_page, &x);
		arena_free(x.a);
		if (t != TX_DONE)
			return saved_of(t, R_NONE);
		counts->added += x.added;
		counts->already += x.known;
	}
	return SAVED;
}
