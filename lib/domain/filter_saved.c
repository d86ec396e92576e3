/*
 * filter_saved.c - filters kept under a name.
 */
#include "domain/filter_saved.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

#include "domain/audit.h"

enum { Q_LIST, Q_COUNT, Q_SAME, Q_SAVE, Q_NAME, Q_DROP, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_LIST]  = { "us", "uss", "SELECT id, name, filter FROM saved_filter WHERE organisation_id = ? AND kind = ? ORDER BY name" },
	[Q_COUNT] = { "uss", "u", "SELECT COUNT(*) FROM saved_filter WHERE organisation_id = ? AND kind = ? AND name <> ?" },
	[Q_SAME]  = { "uss", "us", "SELECT id, filter FROM saved_filter WHERE organisation_id = ? AND kind = ? AND name = ? FOR UPDATE" },
	[Q_SAVE]  = { "usssui", "", "INSERT INTO saved_filter (organisation_id, kind, name, filter, created_by, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name), filter = VALUES(filter)" },
	[Q_NAME]  = { "uu", "s", "SELECT name FROM saved_filter WHERE organisation_id = ? AND id = ? FOR UPDATE" },
	[Q_DROP]  = { "uu", "", "DELETE FROM saved_filter WHERE organisation_id = ? AND id = ?" },
};
DB_STATEMENTS(q)

bool
filter_saved_list(struct db *db, struct organisation_id org, enum person_kind kind, struct saved_filter **out, size_t *n,
    struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_LIST], IN(V_U(org.v), V_S(person_kind_code(kind))), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct saved_filter){ { row_u(&rows.row[i], 0) }, row_s(&rows.row[i], 1), row_s(&rows.row[i], 2) };
	return true;
}

struct saving {
	struct organisation_id org;
	struct user_id by;
	struct saved_filter_id id;
	const char *kind, *name, *text;
	int64_t now;
	bool already;
	struct arena *a;
};

static bool
save(struct db *db, void *ctx)
{
	struct saving *s = ctx;
	struct row row;
	enum found f = db_row(db, &q[Q_SAME], IN(V_U(s->org.v), V_S(s->kind), V_S(s->name)), s->a, &row);

	s->already = f == FOUND && strcmp(row_s(&row, 1), s->text) == 0;
	if (f == FAILED || s->already)
		return false;
	return db_write(db, &q[Q_SAVE], IN(V_U(s->org.v), V_S(s->kind), V_S(s->name), V_S(s->text), V_U(s->by.v), V_I(s->now)),
	    NULL) == WROTE && audit_add(db, s->org, s->by, s->now, "filter.save", "filter",
	    f == FOUND ? row_u(&row, 0) : db_last_id(db), arena_fmt(s->a, "%s: %s", s->name, s->text));
}

enum saved
filter_save(struct db *db, struct organisation_id org, struct user_id by, const char *name,
    const struct people_filter *f, int64_t now, enum refusal *why, struct arena *a)
{
	struct saving s = { .org = org, .by = by, .kind = person_kind_code(f->kind), .name = text_trim(a, name),
	    .text = people_filter_text(a, f), .now = now, .a = a };
	struct row row;

	*why = *s.name == '\0' ? R_MISSING : text_chars(s.name) > SAVED_NAME_MAX || s.text == NULL ? R_TOO_LONG :
	    f->conditions.broken ? R_NOT_A_CHOICE : R_NONE;
	for (size_t i = 0; i < f->conditions.n && *why == R_NONE; i++)
		*why = filter_check(&f->conditions.cond[i], f->kind);
	if (*why != R_NONE)
		return REFUSED;
	if (db_row(db, &q[Q_COUNT], IN(V_U(org.v), V_S(s.kind), V_S(s.name)), a, &row) != FOUND)
		return NOT_SAVED;
	if (row_u(&row, 0) >= SAVED_FILTERS_MAX)
		return *why = R_OUT_OF_RANGE, REFUSED;
	switch (tx_write(db, save, &s)) {
	case TX_DONE:	 return SAVED;
	case TX_REFUSED: return s.already ? ALREADY : NOT_SAVED;
	case TX_UNSURE:	 return UNSURE;
	default:	 return NOT_SAVED;
	}
}

static bool
forget(struct db *db, void *ctx)
{
	struct saving *s = ctx;
	struct row row;
	enum found f = db_row(db, &q[Q_NAME], IN(V_U(s->org.v), V_U(s->id.v)), s->a, &row);

	s->already = f == NONE;
	return f == FOUND && db_write(db, &q[Q_DROP], IN(V_U(s->org.v), V_U(s->id.v)), NULL) == WROTE &&
	    audit_add(db, s->org, s->by, s->now, "filter.forget", "filter", s->id.v, row_s(&row, 0));
}

enum saved
filter_forget(struct db *db, struct organisation_id org, struct user_id by, struct saved_filter_id id, int64_t now, struct arena *a)
{
	struct saving s = { .org = org, .by = by, .id = id, .now = now, .a = a };

	switch (tx_write(db, forget, &s)) {
	case TX_DONE:	 return SAVED;
	case TX_REFUSED: return s.already ? ALREADY : NOT_SAVED;
	case TX_UNSURE:	 return UNSURE;
	default:	 return NOT_SAVED;
	}
}
