/*
 * record_link.c - which contact an elector is. A link is an organiser's decision; names and numbers only suggest.
 */
#include "domain/record.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "plumb/arena.h"
#include "plumb/db.h"

enum { Q_MINE, Q_ITS, Q_OFFERS, Q_LOCK, Q_CONTACT, Q_SET, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_MINE] = { "uu", "usss", "SELECT c.id, c.last_name, c.first_name, c.city FROM person p"
	    " JOIN person c ON c.id = p.contact_id AND c.organisation_id = p.organisation_id WHERE p.organisation_id = ? AND p.id = ?" },
	[Q_ITS] = { "uu", "usss", "SELECT c.id, c.last_name, c.first_name, c.city FROM person c"
	    " WHERE c.organisation_id = ? AND c.contact_id = ? ORDER BY c.id LIMIT 1" },
	[Q_OFFERS] = { "uuuu", "usssu", "SELECT c.id, c.last_name, c.first_name, c.city, MAX(same_phone) FROM ("
	    "SELECT c.id, 0 AS same_phone FROM person p JOIN person c FORCE INDEX (by_name) ON c.organisation_id = p.organisation_id"
	    "  AND c.kind = 'contact' AND c.last_name = p.last_name AND c.first_name = p.first_name"
	    "  WHERE p.organisation_id = ? AND p.id = ? AND p.last_name <> ''"
	    " UNION ALL SELECT c.id, 1 FROM person p JOIN phone f ON f.person_id = p.id JOIN phone g ON g.e164 = f.e164"
	    "  JOIN person c ON c.id = g.person_id AND c.organisation_id = p.organisation_id AND c.kind = 'contact'"
	    "  WHERE p.organisation_id = ? AND p.id = ?) o JOIN person c ON c.id = o.id"
	    " GROUP BY c.id ORDER BY MAX(same_phone) DESC, c.last_name, c.first_name, c.id LIMIT 20" },
	[Q_LOCK] = { "uu", "u", "SELECT contact_id FROM person WHERE organisation_id = ? AND id = ? AND kind = 'elector' FOR UPDATE" },
	[Q_CONTACT] = { "uu", "u", "SELECT id FROM person WHERE organisation_id = ? AND id = ? AND kind = 'contact' FOR UPDATE" },
	[Q_SET] = { "uiu", "", "UPDATE person SET contact_id = ?, updated_at = GREATEST(?, updated_at + 1) WHERE id = ?" },
};
DB_STATEMENTS(q)

static void
fill(struct record_match *m, const struct row *r, bool same_phone)
{
	*m = (struct record_match){ { row_u(r, 0) }, row_s(r, 1), row_s(r, 2), row_s(r, 3), same_phone };
}

enum found
record_linked(struct db *db, struct organisation_id org, struct person_id id, struct record_match *out, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_MINE], IN(V_U(org.v), V_U(id.v)), a, &r);

	if (f == NONE)
		f = db_row(db, &q[Q_ITS], IN(V_U(org.v), V_U(id.v)), a, &r);
	if (f == FOUND)
		fill(out, &r, false);
	return f;
}

bool
record_link_offers(struct db *db, struct organisation_id org, struct person_id id, struct record_match **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_OFFERS], IN(V_U(org.v), V_U(id.v), V_U(org.v), V_U(id.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		fill(&(*out)[i], &rows.row[i], row_u(&rows.row[i], 4) != 0);
	return true;
}

struct link { const struct record_by *by; struct person_id contact; bool changed; enum refusal why; struct arena *a; };

static bool
link_work(struct db *db, void *ctx)
{
	struct link *x = ctx;
	const struct val org = V_U(x->by->organisation.v);
	struct row r, c;
	enum found f = db_row(db, &q[Q_LOCK], IN(org, V_U(x->by->person.v)), x->a, &r);

	x->why = R_NONE;
	x->changed = false;
	if (f == FOUND && x->contact.v != 0)
		f = db_row(db, &q[Q_CONTACT], IN(org, V_U(x->contact.v)), x->a, &c);
	if (f != FOUND) {
		x->why = f == NONE ? R_NOT_FOUND : R_NONE;
		return false;
	}
	if (row_u(&r, 0) == x->contact.v)
		return true;
	x->changed = true;
	return db_write(db, &q[Q_SET], IN(x->contact.v == 0 ? V_NULL : V_U(x->contact.v), V_I(x->by->now), V_U(x->by->person.v)), NULL) == WROTE &&
	    audit_add(db, x->by->organisation, x->by->user, x->by->now, x->contact.v == 0 ? "person.unlink" : "person.link", "person",
	    x->by->person.v, x->contact.v == 0 ? "" : arena_fmt(x->a, "%llu", (unsigned long long)x->contact.v));
}

enum saved
record_link(struct db *db, const struct record_by *by, struct person_id contact, enum refusal *why, struct arena *a)
{
	struct link x = { .by = by, .contact = contact, .a = a };
	enum tx t = tx_write(db, link_work, &x);
	enum saved s = saved_of(t, x.why);

	*why = x.why;
	return s == SAVED && !x.changed ? ALREADY : s;
}
