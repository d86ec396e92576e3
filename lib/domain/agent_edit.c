#include "domain/agent_edit.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/phone.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/queue_numbers.h"

/* The first number of a kind that is right, its extension behind a blank. */
#define NUMBER(kind) " (SELECT CONCAT(f.e164, ' ', f.extension) FROM phone f WHERE f.person_id = p.id AND f.kind = '" kind "'"	\
	" AND f.state = 'ok' ORDER BY f.position, f.id LIMIT 1)"
#define VALUES "SELECT p.email, p.language, p.nationality, LEFT(p.notes, 1000), p.id,"	\
	NUMBER("home") "," NUMBER("cell") "," NUMBER("work") " FROM entry e"			\
	" JOIN person p ON p.id = e.person_id WHERE e.id = ? AND e.operation_id = ?"
enum { Q_NOW, Q_LOCK, Q_EMAIL, Q_LANGUAGE, Q_NATIONALITY, Q_NOTES, Q_PHONE, Q_PHONE_KNOWN, Q_PHONE_ADD, Q_PHONE_HAS, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_NOW]  = { "uu", "ssssusss", VALUES },
	[Q_LOCK] = { "uu", "ssssusss", VALUES " FOR UPDATE" },
	[Q_EMAIL] = { "siu", "", "UPDATE person SET email = ?, updated_at = ? WHERE id = ?" },
	[Q_LANGUAGE] = { "siu", "", "UPDATE person SET language = ?, updated_at = ? WHERE id = ?" },
	[Q_NATIONALITY] = { "siu", "", "UPDATE person SET nationality = ?, updated_at = ? WHERE id = ?" },
	/* The page shows, and so changes, the first 1000 characters. */
	[Q_NOTES] = { "siu", "", "UPDATE person SET notes = CONCAT(?, SUBSTRING(notes, 1001)), updated_at = ? WHERE id = ?" },
	[Q_PHONE] = { "ssuss", "", "UPDATE phone SET e164 = ?, extension = ? WHERE person_id = ? AND kind = ? AND state = 'ok' AND e164 = ?" },
	/* The number is there already, as another kind or as a wrong one: what the person says now counts. */
	[Q_PHONE_KNOWN] = { "ssus", "", "UPDATE phone SET kind = ?, extension = ?, state = 'ok' WHERE person_id = ? AND e164 = ?" },
	[Q_PHONE_ADD] = { "usssu", "", "INSERT INTO phone (person_id, position, kind, e164, extension)"
	    " SELECT ?, COALESCE(MAX(position), 0) + 1, ?, ?, ? FROM phone WHERE person_id = ?" },
	[Q_PHONE_HAS] = { "us", "s", "SELECT kind FROM phone WHERE person_id = ? AND e164 = ?" },
};
DB_STATEMENTS(q)

/* Which statement writes it, and which column of VALUES holds it now; -1: nobody may. */
static int
writer(enum person_field f, unsigned *column)
{
	switch (f) {
	case FIELD_EMAIL:	*column = 0; return Q_EMAIL;
	case FIELD_LANGUAGE:	*column = 1; return Q_LANGUAGE;
	case FIELD_NATIONALITY:	*column = 2; return Q_NATIONALITY;
	case FIELD_NOTES:	*column = 3; return Q_NOTES;
	case FIELD_PHONE_HOME:	*column = 5; return Q_PHONE;
	case FIELD_PHONE_CELL:	*column = 6; return Q_PHONE;
	case FIELD_PHONE_WORK:	*column = 7; return Q_PHONE;
	default:		return -1;
	}
}

bool
agent_may_edit(const struct field_rules *rules, enum person_field f)
{
	unsigned column;

	for (size_t i = 0; i < rules->n; i++)
		if (rules->rule[i].field == f)
			return rules->rule[i].mode == MODE_EDITABLE && field_allows(f, MODE_EDITABLE) &&
			    writer(f, &column) >= 0;
	return false;
}

/* As VALUES writes it; NULL: a number that is left as it is. */
static const char *
wanted(const struct agent_edit *e, struct arena *a)
{
	unsigned column;

	if (writer(e->field, &column) != Q_PHONE)
		return e->value;
	return e->value[0] == '\0' ? NULL : arena_fmt(a, "%s %s", e->value, e->extension == NULL ? "" : e->extension);
}

bool
agent_edit_phone(const char *typed, struct agent_edit *e, enum refusal *why, struct arena *a)
{
	static const enum refusal said[] = { [PHONE_WORDS] = R_PHONE_WORDS, [PHONE_LETTERS] = R_PHONE_LETTERS,
		[PHONE_EMERGENCY] = R_PHONE_EMERGENCY, [PHONE_IMPOSSIBLE] = R_PHONE_IMPOSSIBLE };
	struct phone_number n;
	enum phone_verdict v = phone_parse(typed, "CA", &n);

	*why = R_NONE;
	e->value = e->extension = "";
	if (v == PHONE_EMPTY)
		return true;
	if (v != PHONE_OK) {
		*why = said[v];
		return false;
	}
	e->value = arena_strdup(a, n.e164);
	e->extension = arena_strdup(a, n.extension);
	return true;
}

struct edit_ctx {
	const struct operation *op;
	struct user_id user;
	struct entry_id entry;
	const struct agent_edit *edit;
	size_t n, changed;
	int64_t now;
	struct arena *arena;
	enum refusal why;
};

/* `old`: "+1514... 22", or "" when the person has no number of that kind. */
static bool
write_phone(struct db *db, struct edit_ctx *cx, uint64_t person, const struct agent_edit *e, const char *old)
{
	const char *kind = e->field == FIELD_PHONE_HOME ? "home" : e->field == FIELD_PHONE_CELL ? "cell" : "work";
	const char *extension = e->extension == NULL ? "" : e->extension, *blank = strchr(old, ' ');
	const char *was = blank == NULL ? "" : arena_strndup(cx->arena, old, (size_t)(blank - old));
	struct row r;

	if (strcmp(was, e->value) != 0)
		switch (db_row(db, &q[Q_PHONE_HAS], IN(V_U(person), V_S(e->value)), cx->arena, &r)) {
		case FOUND:	return db_write(db, &q[Q_PHONE_KNOWN], IN(V_S(kind), V_S(extension), V_U(person), V_S(e->value)), NULL) == WROTE;
		case NONE:	break;
		case FAILED:	return false;
		}
	if (was[0] == '\0')
		return db_write(db, &q[Q_PHONE_ADD], IN(V_U(person), V_S(kind), V_S(e->value), V_S(extension), V_U(person)), NULL) == WROTE;
	return db_write(db, &q[Q_PHONE], IN(V_S(e->value), V_S(extension), V_U(person), V_S(kind), V_S(was)), NULL) == WROTE;
}

static bool
edit_work(struct db *db, void *p)
{
	struct edit_ctx *cx = p;
	bool numbers = false;
	struct row r;

	cx->changed = 0;
	cx->why = R_NONE;
	switch (db_row(db, &q[Q_LOCK], IN(V_U(cx->entry.v), V_U(cx->op->id.v)), cx->arena, &r)) {
	case FOUND:	break;
	case NONE:	cx->why = R_NOT_FOUND; return false;
	case FAILED:	return false;
	}
	for (size_t i = 0; i < cx->n; i++) {
		const struct agent_edit *e = &cx->edit[i];
		unsigned column;
		int w = writer(e->field, &column);
		const char *old, *new = wanted(e, cx->arena);
		bool done;

		assert(w >= 0);		/* agent_may_edit was asked */
		old = row_is_null(&r, column) ? "" : row_s(&r, column);
		if (new == NULL || strcmp(old, new) == 0)
			continue;
		numbers |= w == Q_PHONE;
		done = w == Q_PHONE ? write_phone(db, cx, row_u(&r, 4), e, old)
		    : db_write(db, &q[w], IN(V_S(e->value), V_I(cx->now), V_U(row_u(&r, 4))), NULL) == WROTE;
		if (!done || !audit_add(db, cx->op->organisation, cx->user, cx->now, "person.edit", "person", row_u(&r, 4),
		    arena_fmt(cx->arena, "%s: %s -> %s", field_code(e->field), old, new)))
			return false;
		cx->changed++;
	}
	return !numbers || queue_numbers_changed(db, cx->op->organisation, cx->user, (struct person_id){ row_u(&r, 4) }, cx->now, cx->arena);
}

enum saved
agent_edit(struct db *db, const struct operation *op, const struct field_rules *rules, struct user_id user,
    struct entry_id entry, const struct agent_edit *edit, size_t n, int64_t now, enum refusal *why,
    struct arena *a)
{
	struct edit_ctx cx = { .op = op, .user = user, .entry = entry, .edit = edit, .n = n, .now = now, .arena = a };
	bool same = true;
	struct row r;
	enum saved s;
	enum tx t;

	*why = R_NONE;
	for (size_t i = 0; i < n; i++)
		if (!agent_may_edit(rules, edit[i].field)) {
			*why = R_FIELD_LOCKED;
			return REFUSED;
		}
	/* Most forms change nothing: seen without a lock, before a transaction is begun. */
	switch (n == 0 ? FOUND : db_row(db, &q[Q_NOW], IN(V_U(entry.v), V_U(op->id.v)), a, &r)) {
	case FOUND:	break;
	case NONE:	*why = R_NOT_FOUND; return REFUSED;
	case FAILED:	return NOT_SAVED;
	}
	for (size_t i = 0; i < n && same; i++) {
		unsigned column;
		const char *new = wanted(&edit[i], a);
		same = writer(edit[i].field, &column) >= 0 &&
		    (new == NULL || strcmp(row_is_null(&r, column) ? "" : row_s(&r, column), new) == 0);
	}
	if (same)
		return ALREADY;
	t = tx_write(db, edit_work, &cx);	/* before `why` is read */
	s = saved_of(t, cx.why);
	*why = cx.why;
	return s == SAVED && cx.changed == 0 ? ALREADY : s;
}
