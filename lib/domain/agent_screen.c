#include "domain/agent_screen.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

/*
 * Small statements by key, each only when it has something to say: a person who was never called has no earlier
 * calls, one without a household nobody beside them. (One UNION of all five costs the server twice as much.)
 * A field's column is NULL unless its parameter is 1.
 */
#define AS_COLUMN(id, code, en, fr, whose, open, mode, column) "IF(?, " column ", NULL), "
#define AS_FLAG(id, code, en, fr, whose, open, mode, column) "u"
#define AS_TEXT(id, code, en, fr, whose, open, mode, column) "s"

enum { Q_PERSON, Q_PHONES, Q_MATES, Q_TRIES, Q_TODAY, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_PERSON] = { PERSON_FIELDS(AS_FLAG) "uusu", PERSON_FIELDS(AS_TEXT) "suuu",
	    "SELECT " PERSON_FIELDS(AS_COLUMN) "p.language, p.household_id, d.calls, d.reached FROM person p"
	    " LEFT JOIN agent_tally d ON d.operation_id = ? AND d.user_id = ? AND d.day = ? WHERE p.id = ?" },
	[Q_PHONES] = { "u", "sss", "SELECT kind, e164, extension FROM phone WHERE person_id = ? AND state = 'ok'"
	    " ORDER BY position, id LIMIT 8" },
	[Q_MATES] = { "uuuu", "sssuu", "SELECT b.first_name, b.last_name, e.e164, e.reason, e.attempts"
	    " FROM person b JOIN entry e ON e.operation_id = ? AND e.person_id = b.id"
	    " WHERE b.household_id = ? AND b.id <> ? ORDER BY b.id LIMIT ?" },
	[Q_TRIES] = { "uu", "iuss", "SELECT t.saved_at, t.status, u.name, t.note FROM attempt t JOIN user u ON u.id = t.user_id"
	    " WHERE t.entry_id = ? ORDER BY t.number DESC LIMIT ?" },
	[Q_TODAY] = { "uus", "uu", "SELECT calls, reached FROM agent_tally"
	    " WHERE operation_id = ? AND user_id = ? AND day = ?" },
};
DB_STATEMENTS(q)

static const char *
or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

static const char *
day_text(const struct today *t, struct arena *a)
{
	return arena_fmt(a, "%04d-%02d-%02d", t->year, t->month, t->day);
}

static const struct field_rule *
rule_of(const struct field_rules *rules, enum person_field f)
{
	for (size_t i = 0; i < rules->n; i++)
		if (rules->rule[i].field == f)
			return rules->rule[i].mode == MODE_HIDDEN ? NULL : &rules->rule[i];
	return NULL;
}

static enum person_field
field_of_kind(const char *kind)
{
	return strcmp(kind, "home") == 0 ? FIELD_PHONE_HOME : strcmp(kind, "cell") == 0 ? FIELD_PHONE_CELL
	    : FIELD_PHONE_WORK;
}

static bool
shown_elsewhere(enum person_field f)
{
	return f == FIELD_FIRST_NAME || f == FIELD_LAST_NAME || f == FIELD_PHONE_HOME || f == FIELD_PHONE_CELL ||
	    f == FIELD_PHONE_WORK || f == FIELD_HOUSEHOLD;
}

/* The city is the fourth part of an address; an address that is hidden never came, so neither does it. */
static const char *
city_of(const char *address, struct arena *a)
{
	const char *part[5];

	return text_split(a, address, '|', part, NITEMS(part)) >= 4 ? part[3] : "";
}

static void
fill_person(struct agent_screen *s, const struct row *r, const struct field_rules *rules, struct arena *a)
{
	s->first_name = or_empty(row_s(r, FIELD_FIRST_NAME));
	s->last_name = or_empty(row_s(r, FIELD_LAST_NAME));
	s->language = or_empty(row_s(r, FIELD__MAX));
	s->city = city_of(or_empty(row_s(r, FIELD_ADDRESS)), a);
	s->polling_place = or_empty(row_s(r, FIELD_POLLING_PLACE));
	for (size_t i = 0; i < rules->n; i++) {
		const struct field_rule *rule = &rules->rule[i];

		if (rule->mode == MODE_HIDDEN || shown_elsewhere(rule->field))
			continue;
		s->field[s->nfields++] = (struct screen_field){ rule->field,
			or_empty(row_s(r, rule->field)), rule->highlight, rule->mode == MODE_EDITABLE };
	}
}

static void
fill_phone(struct agent_screen *s, const struct row *r, const struct field_rules *rules, const char *dialled)
{
	enum person_field f = field_of_kind(or_empty(row_s(r, 0)));
	const struct field_rule *rule = rule_of(rules, f);
	bool dial = strcmp(or_empty(row_s(r, 1)), dialled) == 0;

	if (dial)		/* without its extension the number leads nowhere, whatever its kind's rule */
		s->dial_extension = or_empty(row_s(r, 2));
	if (rule == NULL)
		return;
	if (dial)
		s->dial_field = f;
	else if (s->nphones < SCREEN_PHONES)
		s->phone[s->nphones++] = (struct screen_phone){ f, or_empty(row_s(r, 1)), or_empty(row_s(r, 2)),
			rule->highlight };
}

static void
fill_mate(struct agent_screen *s, const struct row *r, const char *dialled, struct arena *a)
{
	uint64_t reason = row_u(r, 3);

	if (s->nmates == SCREEN_MATES)
		return;
	s->mate[s->nmates++] = (struct screen_mate){
		text_trim(a, arena_fmt(a, "%s %s", or_empty(row_s(r, 0)), or_empty(row_s(r, 1)))),
		strcmp(or_empty(row_s(r, 2)), dialled) == 0, row_u(r, 4) > 0,
		reason < ST__MAX ? (enum status)reason : ST_NONE };
}

static void
fill_try(struct agent_screen *s, const struct row *r)
{
	uint64_t status = row_u(r, 1);

	if (s->ntries == SCREEN_TRIES || status >= ST__MAX)
		return;
	s->try[s->ntries++] = (struct screen_try){ row_i(r, 0), (enum status)status,
		or_empty(row_s(r, 2)), or_empty(row_s(r, 3)) };
}

static bool
read_around(struct db *db, const struct operation *op, const struct field_rules *rules, const struct held *held,
    uint64_t household, bool reveal, struct agent_screen *s, struct arena *a)
{
	struct rows rows;

	if (reveal) {
		if (!db_rows(db, &q[Q_PHONES], IN(V_U(held->person.v)), a, &rows))
			return false;
		for (size_t i = 0; i < rows.n; i++)
			fill_phone(s, &rows.row[i], rules, held->e164);
	}
	if (household != 0 && rule_of(rules, FIELD_HOUSEHOLD) != NULL) {
		if (!db_rows(db, &q[Q_MATES], IN(V_U(op->id.v), V_U(household), V_U(held->person.v), V_U(SCREEN_MATES)),
		    a, &rows))
			return false;
		for (size_t i = 0; i < rows.n; i++)
			fill_mate(s, &rows.row[i], held->e164, a);
	}
	if (held->attempts > 0) {
		if (!db_rows(db, &q[Q_TRIES], IN(V_U(held->entry.v), V_U(SCREEN_TRIES)), a, &rows))
			return false;
		for (size_t i = 0; i < rows.n; i++)
			fill_try(s, &rows.row[i]);
	}
	return true;
}

enum found
agent_screen(struct db *db, const struct operation *op, const struct field_rules *rules,
    const struct held *held, struct user_id user, const struct today *today, bool reveal,
    struct agent_screen *s, struct arena *a)
{
	struct val in[FIELD__MAX + 4];
	size_t n = 0;
	struct row person;
	enum found f;

	memset(s, 0, sizeof(*s));
	s->dial_field = FIELD__MAX;
	s->dial_extension = "";
	for (unsigned i = 0; i < FIELD__MAX; i++)
		in[n++] = V_U(rule_of(rules, (enum person_field)i) != NULL);
	in[n++] = V_U(op->id.v);
	in[n++] = V_U(user.v);
	in[n++] = V_S(day_text(today, a));
	in[n++] = V_U(held->person.v);
	if ((f = db_row(db, &q[Q_PERSON], in, n, a, &person)) != FOUND)
		return f;
	fill_person(s, &person, rules, a);
	s->calls = (unsigned)row_u(&person, FIELD__MAX + 2);
	s->reached = (unsigned)row_u(&person, FIELD__MAX + 3);
	return read_around(db, op, rules, held, row_u(&person, FIELD__MAX + 1), reveal, s, a) ? FOUND : FAILED;
}

enum found
agent_today(struct db *db, struct operation_id op, struct user_id user, const struct today *today,
    unsigned *calls, unsigned *reached, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_TODAY], IN(V_U(op.v), V_U(user.v),
	    V_S(day_text(today, a))), a, &r);

	*calls = f == FOUND ? (unsigned)row_u(&r, 0) : 0;
	*reached = f == FOUND ? (unsigned)row_u(&r, 1) : 0;
	return f;
}
