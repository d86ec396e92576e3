#include "domain/agent_screen.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

/* p_show of the procedure agent_screen (sql/002): bit i shows field i. */
#define SHOW_NUMBERS	(UINT64_C(1) << 32)
_Static_assert(FIELD_FIRST_NAME == 0 && FIELD_HOUSEHOLD == 19 && FIELD_DONATIONS_YEAR == 24 && FIELD__MAX == 25,
    "sql/002_queue.sql knows these numbers");

/* Columns after the fields. */
enum { LANGUAGE = FIELD__MAX, CALLS, REACHED, MATE, MATE_FIRST, MATE_LAST, MATE_NUMBER, MATE_REASON, MATE_ATTEMPTS,
	MATE_ENTRY, MATE_STATE, MATE_DUE, PHONE, PHONE_POSITION, PHONE_KIND, PHONE_NUMBER, PHONE_EXTENSION };

#define SCREEN_ROWS	120	/* LIMIT of the procedure */

enum { Q_PERSON, Q_TRIES, Q_TODAY, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_PERSON] = { "uusuu", SCREEN_OUT, "CALL agent_screen(?,?,?,?,?)" },
	[Q_TRIES] = { "uu", "iuss", "SELECT t.saved_at, t.status, u.name, t.note FROM attempt t LEFT JOIN user u ON u.id = t.user_id"
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
fill_person(struct agent_screen *s, const struct row *r, const struct field_rules *rules, bool reveal, struct arena *a)
{
	s->first_name = or_empty(row_s(r, FIELD_FIRST_NAME));
	s->last_name = or_empty(row_s(r, FIELD_LAST_NAME));
	s->language = or_empty(row_s(r, LANGUAGE));
	s->city = city_of(or_empty(row_s(r, FIELD_ADDRESS)), a);
	s->polling_place = or_empty(row_s(r, FIELD_POLLING_PLACE));
	for (size_t i = 0; i < rules->n; i++) {
		const struct field_rule *rule = &rules->rule[i];

		if (rule->mode == MODE_EDITABLE && reveal && s->nedits < NITEMS(s->edit) && (rule->field == FIELD_PHONE_HOME ||
		    rule->field == FIELD_PHONE_CELL || rule->field == FIELD_PHONE_WORK))
			s->edit[s->nedits++] = (struct screen_phone){ .field = rule->field, .e164 = "", .extension = "" };
		if (rule->mode == MODE_HIDDEN || shown_elsewhere(rule->field))
			continue;
		s->field[s->nfields++] = (struct screen_field){ rule->field,
			or_empty(row_s(r, rule->field)), rule->highlight, rule->mode == MODE_EDITABLE };
	}
}

static void
fill_phone(struct agent_screen *s, const struct row *r, const struct field_rules *rules, const char *dialled)
{
	enum person_field f = field_of_kind(row_s(r, PHONE_KIND));
	const struct field_rule *rule = rule_of(rules, f);
	bool dial = strcmp(row_s(r, PHONE_NUMBER), dialled) == 0;

	for (size_t i = 0; i < s->nedits; i++)
		if (s->edit[i].field == f && s->edit[i].e164[0] == '\0') {
			s->edit[i].e164 = row_s(r, PHONE_NUMBER);
			s->edit[i].extension = row_s(r, PHONE_EXTENSION);
		}
	if (dial)		/* without its extension the number leads nowhere, whatever its kind's rule */
		s->dial_extension = row_s(r, PHONE_EXTENSION);
	if (rule == NULL)
		return;
	if (dial)
		s->dial_field = f;
	else if (s->nphones < SCREEN_PHONES)
		s->phone[s->nphones++] = (struct screen_phone){ f, row_s(r, PHONE_NUMBER), row_s(r, PHONE_EXTENSION),
			rule->highlight };
}

static void
fill_mate(struct agent_screen *s, const struct row *r, const struct held *held, struct arena *a)
{
	uint64_t reason = row_u(r, MATE_REASON);

	if (s->nmates == SCREEN_MATES || reason >= ST__MAX)
		return;
	s->mate[s->nmates++] = (struct screen_mate){ { row_u(r, MATE_ENTRY) },
		text_trim(a, arena_fmt(a, "%s %s", row_s(r, MATE_FIRST), row_s(r, MATE_LAST))),
		strcmp(row_s(r, MATE_NUMBER), held->e164) == 0, row_u(r, MATE_ATTEMPTS) > 0,
		strcmp(row_s(r, MATE_STATE), "ready") == 0 ||
		    (strcmp(row_s(r, MATE_STATE), "waiting") == 0 && row_i(r, MATE_DUE) <= held->claimed_at), (enum status)reason };
}

/* The rows pair every number with every member: each one once, in the order of two columns. */
static size_t
sort_rows(const struct rows *rows, unsigned id, unsigned order, const struct row *out[SCREEN_ROWS])
{
	size_t n = 0, j;

	for (size_t i = 0; i < rows->n && n < SCREEN_ROWS; i++) {
		const struct row *r = &rows->row[i];

		for (j = 0; j < n && row_u(out[j], id) != row_u(r, id); j++)
			;
		if (j < n || row_is_null(r, id))
			continue;
		for (j = n++; j > 0 && (row_u(out[j - 1], order) > row_u(r, order) ||
		    (row_u(out[j - 1], order) == row_u(r, order) && row_u(out[j - 1], id) > row_u(r, id))); j--)
			out[j] = out[j - 1];
		out[j] = r;
	}
	return n;
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
read_tries(struct db *db, const struct held *held, struct agent_screen *s, struct arena *a)
{
	struct rows rows;

	if (held->attempts == 0)
		return true;
	if (!db_rows(db, &q[Q_TRIES], IN(V_U(held->entry.v), V_U(SCREEN_TRIES)), a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		fill_try(s, &rows.row[i]);
	return true;
}

uint64_t
agent_screen_ask(const struct field_rules *rules, bool reveal)
{
	uint64_t show = reveal ? SHOW_NUMBERS : 0;

	for (size_t i = 0; i < rules->n; i++)
		if (rules->rule[i].mode != MODE_HIDDEN)
			show |= UINT64_C(1) << rules->rule[i].field;
	return show;
}

enum found
agent_screen(struct db *db, const struct operation *op, const struct field_rules *rules,
    const struct held *held, struct user_id user, const struct today *today, bool reveal,
    const struct screen_rows *given, struct agent_screen *s, struct arena *a)
{
	uint64_t show = agent_screen_ask(rules, reveal);
	const struct row *part[SCREEN_ROWS], *person;
	struct rows rows = { 0 };
	size_t n;

	memset(s, 0, sizeof(*s));
	s->dial_field = FIELD__MAX;
	s->dial_extension = "";
	if (given != NULL && given->person.v == held->person.v && given->show == show)
		rows = given->rows;
	if (rows.n == 0 && !db_rows(db, &q[Q_PERSON], IN(V_U(op->id.v), V_U(user.v), V_S(day_text(today, a)),
	    V_U(held->person.v), V_U(show)), a, &rows))
		return FAILED;
	if (rows.n == 0)
		return NONE;
	person = &rows.row[0];
	fill_person(s, person, rules, reveal, a);
	n = sort_rows(&rows, PHONE, PHONE_POSITION, part);
	for (size_t i = 0; i < n; i++)
		fill_phone(s, part[i], rules, held->e164);
	n = sort_rows(&rows, MATE, MATE, part);
	for (size_t i = 0; i < n; i++)
		fill_mate(s, part[i], held, a);
	s->calls = (unsigned)row_u(person, CALLS);
	s->reached = (unsigned)row_u(person, REACHED);
	return read_tries(db, held, s, a) ? FOUND : FAILED;
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
