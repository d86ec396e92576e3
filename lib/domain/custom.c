/*
 * custom.c - the organisation's own fields.
 */
#include "domain/custom.h"

#include "domain/audit.h"
#include "domain/outcome.h"
#include "domain/queue_change.h"
#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

enum { Q_FIELDS, Q_VALUES, Q_DEFINE, Q_COUNT, Q_ONE, Q_AWAY, Q_PERSON, Q_SET, Q_CLEAR, Q_OLD, Q_TOUCH, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_FIELDS] = { "us", "ussi", "SELECT id, name, form, put_away_at FROM custom_field WHERE organisation_id = ? AND kind = ?"
	    " ORDER BY put_away_at IS NOT NULL, name" },
	[Q_VALUES] = { "uu", "usss", "SELECT c.id, c.name, c.form, v.value FROM person p JOIN custom_field c"
	    " ON c.organisation_id = p.organisation_id AND c.kind = p.kind AND c.put_away_at IS NULL"
	    " LEFT JOIN custom_value v ON v.person_id = p.id AND v.field_id = c.id"
	    " WHERE p.organisation_id = ? AND p.id = ? ORDER BY c.name" },
	[Q_DEFINE] = { "usssui", "", "INSERT INTO custom_field (organisation_id, kind, form, name, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?)" },
	[Q_COUNT] = { "us", "u", "SELECT COUNT(*) FROM custom_field WHERE organisation_id = ? AND kind = ?" },
	[Q_ONE] = { "uu", "si", "SELECT name, put_away_at FROM custom_field WHERE organisation_id = ? AND id = ? FOR UPDATE" },
	[Q_AWAY] = { "iu", "", "UPDATE custom_field SET put_away_at = ? WHERE id = ?" },
	[Q_PERSON] = { "uu", "s", "SELECT kind FROM person WHERE organisation_id = ? AND id = ? FOR UPDATE" },
	[Q_OLD] = { "uuu", "s", "SELECT v.value FROM custom_field c LEFT JOIN custom_value v ON v.field_id = c.id AND v.person_id = ?"
	    " WHERE c.organisation_id = ? AND c.id = ?" },
	[Q_SET] = { "uus", "", "INSERT INTO custom_value (person_id, field_id, value) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)" },
	[Q_TOUCH] = { "iu", "", "UPDATE person SET updated_at = GREATEST(?, updated_at + 1) WHERE id = ?" },
	[Q_CLEAR] = { "uu", "", "DELETE FROM custom_value WHERE person_id = ? AND field_id = ?" },
};
DB_STATEMENTS(q)

static const char *const forms[CUSTOM_FORMS] = { "text", "number", "date", "yes" };

const char *
custom_form_code(enum custom_form f)
{
	return forms[f];
}

enum custom_form
custom_form_of(const char *code)
{
	unsigned f = 0;

	while (f < CUSTOM_FORMS && strcmp(forms[f], code) != 0)
		f++;
	return (enum custom_form)f;
}

const char *
custom_code(struct arena *a, const struct custom_field *c)
{
	return arena_fmt(a, "own_%s-%llu", forms[c->form], (unsigned long long)c->id);
}

bool
custom_of_code(const char *code, uint64_t *field, enum custom_form *form)
{
	for (unsigned f = 0; f < CUSTOM_FORMS; f++) {
		size_t n = strlen(forms[f]);
		if (strncmp(code, "own_", 4) == 0 && strncmp(code + 4, forms[f], n) == 0 && code[4 + n] == '-') {
			*form = (enum custom_form)f;
			return parse_uint(code + 5 + n, 1, INT64_MAX, field);
		}
	}
	return false;
}

bool
custom_fields(struct db *db, struct organisation_id org, enum person_kind kind, struct custom_field **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_FIELDS], IN(V_U(org.v), V_S(person_kind_code(kind))), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct custom_field){ row_u(&rows.row[i], 0), row_s(&rows.row[i], 1), custom_form_of(row_s(&rows.row[i], 2)),
		    !row_is_null(&rows.row[i], 3), "" };
	return true;
}

bool
custom_values(struct db *db, struct organisation_id org, struct person_id id, struct custom_field **out, size_t *n, struct arena *a)
{
	struct rows rows;

	if (!db_rows(db, &q[Q_VALUES], IN(V_U(org.v), V_U(id.v)), a, &rows))
		return false;
	*n = rows.n;
	*out = arena_alloc(a, (rows.n + 1) * sizeof(**out));
	for (size_t i = 0; i < rows.n; i++)
		(*out)[i] = (struct custom_field){ row_u(&rows.row[i], 0), row_s(&rows.row[i], 1), custom_form_of(row_s(&rows.row[i], 2)), false,
		    row_is_null(&rows.row[i], 3) ? "" : row_s(&rows.row[i], 3) };
	return true;
}

/* --- what the organisation defines --- */

struct define {
	const struct record_by *by;
	enum person_kind kind;
	const char *name;
	enum custom_form form;
	uint64_t field;
	bool away, changed;
	enum refusal why;
	struct arena *a;
};

static bool
note(struct db *db, const struct define *x, const char *verb, uint64_t field, const char *name)
{
	return audit_add(db, x->by->organisation, x->by->user, x->by->now, verb, "custom", field, name);
}

static bool
define_work(struct db *db, void *ctx)
{
	struct define *x = ctx;
	const struct val org = V_U(x->by->organisation.v), kind = V_S(person_kind_code(x->kind));
	enum wrote w;
	struct row r;

	x->why = R_NONE;
	if (db_row(db, &q[Q_COUNT], IN(org, kind), x->a, &r) != FOUND)
		return false;
	if (row_u(&r, 0) >= CUSTOM_FIELDS_MAX) {
		x->why = R_CUSTOM_MANY;
		return false;
	}
	w = db_write(db, &q[Q_DEFINE], IN(org, kind, V_S(forms[x->form]), V_S(x->name), V_U(x->by->user.v), V_I(x->by->now)), NULL);
	if (w == DUPLICATE)
		x->why = R_CUSTOM_TAKEN;
	return w == WROTE && note(db, x, "custom.define", db_last_id(db), x->name);
}

enum saved
custom_define(struct db *db, const struct record_by *by, enum person_kind kind, const char *name, enum custom_form form,
    enum refusal *why, struct arena *a)
{
	struct define x = { .by = by, .kind = kind, .name = name, .form = form, .a = a };
	enum tx t = tx_write(db, define_work, &x);

	*why = x.why;
	return saved_of(t, x.why);
}

static bool
away_work(struct db *db, void *ctx)
{
	struct define *x = ctx;
	struct row r;
	enum found f = db_row(db, &q[Q_ONE], IN(V_U(x->by->organisation.v), V_U(x->field)), x->a, &r);

	x->why = f == NONE ? R_NOT_FOUND : R_NONE;
	if (f != FOUND)
		return false;
	x->changed = row_is_null(&r, 1) == x->away;
	return !x->changed || (db_write(db, &q[Q_AWAY], IN(x->away ? V_I(x->by->now) : V_NULL, V_U(x->field)), NULL) == WROTE &&
	    note(db, x, x->away ? "custom.put_away" : "custom.bring_back", x->field, row_s(&r, 0)));
}

enum saved
custom_put_away(struct db *db, const struct record_by *by, uint64_t field, bool away, enum refusal *why, struct arena *a)
{
	struct define x = { .by = by, .field = field, .away = away, .a = a };
	enum tx t = tx_write(db, away_work, &x);

	*why = x.why;
	return t == TX_DONE && !x.changed ? ALREADY : saved_of(t, x.why);
}

/* --- values --- */

const char *
custom_read(struct arena *a, enum custom_form form, const char *typed, enum refusal *why)
{
	const char *v = text_trim(a, typed);
	int y, m, d;

	*why = R_NONE;
	if (*v == '\0')
		return v;
	if (form == CUSTOM_NUMBER && strspn(v + (*v == '-'), "0123456789") != strlen(v + (*v == '-')))
		*why = R_NOT_A_NUMBER;
	else if (form == CUSTOM_DATE && !parse_date(v, &y, &m, &d))
		*why = R_NOT_A_DATE;
	else if (form == CUSTOM_YES && strcmp(v, "1") != 0)
		*why = R_NOT_A_CHOICE;
	else if (text_chars(v) > (form == CUSTOM_NUMBER ? 18 : CUSTOM_VALUE_MAX))
		*why = R_TOO_LONG;
	return *why == R_NONE ? v : NULL;
}

struct store {
	const struct record_by *by;
	const struct custom_field *field;
	const char *const *value;
	size_t n, changed;
	enum refusal why;
	struct arena *a;
};

static bool
store_one(struct db *db, struct store *x, const struct custom_field *c, const char *value)
{
	const struct val person = V_U(x->by->person.v), field = V_U(c->id);
	const char *old;
	struct row r;

	if (db_row(db, &q[Q_OLD], IN(person, V_U(x->by->organisation.v), field), x->a, &r) != FOUND)
		return false;
	old = row_is_null(&r, 0) ? "" : row_s(&r, 0);
	if (strcmp(old, value) == 0)
		return true;
	x->changed++;
	return (*value == '\0' ? db_write(db, &q[Q_CLEAR], IN(person, field), NULL) : db_write(db, &q[Q_SET], IN(person, field, V_S(value)), NULL)) == WROTE &&
	    audit_add(db, x->by->organisation, x->by->user, x->by->now, "person.edit", "person", x->by->person.v,
	    arena_fmt(x->a, "%s: %s -> %s", c->name, old, value));
}

static bool
store_all(struct db *db, struct store *x)
{
	for (size_t i = 0; i < x->n; i++)
		if (!store_one(db, x, &x->field[i], x->value[i]))
			return false;
	return true;
}

static bool
store_work(struct db *db, void *ctx)
{
	struct store *x = ctx;
	struct row r;
	enum found f = db_row(db, &q[Q_PERSON], IN(V_U(x->by->organisation.v), V_U(x->by->person.v)), x->a, &r);

	x->changed = 0;
	x->why = f == NONE ? R_NOT_FOUND : R_NONE;
	/* updated_at: an import that is undone leaves who was changed since */
	return f == FOUND && store_all(db, x) && (x->changed == 0 || (db_write(db, &q[Q_TOUCH], IN(V_I(x->by->now), V_U(x->by->person.v)), NULL) == WROTE &&
	    queue_exclude(db, x->by->organisation, &x->by->person, 1, x->a)));
}

bool
custom_store_within(struct db *db, const struct record_by *by, const struct custom_field *fields, const char *const *values, size_t n,
    struct arena *a)
{
	struct store x = { .by = by, .field = fields, .value = values, .n = n, .a = a };

	return store_all(db, &x);
}

enum saved
custom_store(struct db *db, const struct record_by *by, const struct custom_field *fields, const char *const *values, size_t n,
    enum refusal *why, struct arena *a)
{
	struct store x = { .by = by, .field = fields, .value = values, .n = n, .a = a };
	enum tx t = tx_write(db, store_work, &x);

	*why = x.why;
	return t == TX_DONE && x.changed == 0 ? ALREADY : saved_of(t, x.why);
}
