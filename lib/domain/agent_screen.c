#include "domain/agent_screen.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

/*
 * One statement, five kinds of rows in it; the first column says which:
 *   1 the person: a column per field of PERSON_FIELDS, NULL unless its parameter is 1, then the language
 *   2 a phone, 3 a member of the household, 4 an earlier call, 5 the agent's day
 * Rows 2 to 5 put their values in the first columns. UNION ALL makes no temporary table here.
 */
#define WIDTH		(FIELD__MAX + 1)		/* value columns */
#define AS_COLUMN(id, code, en, fr, whose, open, mode, column) ", IF(?, " column ", NULL)"
#define AS_FLAG(id, code, en, fr, whose, open, mode, column) "u"
#define AS_TEXT(id, code, en, fr, whose, open, mode, column) "s"
/* Five values and nulls for the rest: must add up to WIDTH, which db_open checks for every part. */
#define REST		", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"	\
			", NULL, NULL, NULL, NULL, NULL, NULL"
_Static_assert(FIELD__MAX == 25, "REST holds WIDTH - 5 nulls: add or take one");

enum { ROW_PERSON = 1, ROW_PHONE, ROW_MATE, ROW_TRY, ROW_DAY };
enum { Q_SCREEN, Q_TODAY, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_SCREEN] = { PERSON_FIELDS(AS_FLAG) "u" "uu" "uuuu" "u" "uus", "u" PERSON_FIELDS(AS_TEXT) "s",
	    "SELECT 1" PERSON_FIELDS(AS_COLUMN) ", p.language FROM person p WHERE p.id = ?"
	    " UNION ALL (SELECT 2, h.kind, h.e164, h.extension, NULL, NULL" REST
	    "  FROM phone h WHERE ? AND h.person_id = ? AND h.state = 'ok' ORDER BY h.position, h.id LIMIT 8)"
	    " UNION ALL (SELECT 3, b.first_name, b.last_name, e.e164, e.reason, e.attempts" REST
	    "  FROM person a JOIN person b ON b.household_id = a.household_id AND b.id <> a.id"
	    "  JOIN entry e ON e.operation_id = ? AND e.person_id = b.id"
	    "  WHERE ? AND a.id = ? ORDER BY b.id LIMIT ?)"
	    " UNION ALL (SELECT 4, t.saved_at, t.status, u.name, t.note, NULL" REST
	    "  FROM attempt t JOIN user u ON u.id = t.user_id WHERE t.entry_id = ? ORDER BY t.id DESC LIMIT 5)"
	    " UNION ALL SELECT 5, d.calls, d.reached, NULL, NULL, NULL" REST
	    "  FROM agent_tally d WHERE d.operation_id = ? AND d.user_id = ? AND d.day = ?" },
	[Q_TODAY] = { "uus", "uu", "SELECT calls, reached FROM agent_tally"
	    " WHERE operation_id = ? AND user_id = ? AND day = ?" },
};
DB_STATEMENTS(q)

static const char *
or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

static uint64_t
number(const struct row *r, unsigned col)
{
	uint64_t n = 0;

	return parse_uint(or_empty(row_s(r, col)), 0, UINT64_MAX / 2, &n) ? n : 0;
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
	s->first_name = or_empty(row_s(r, 1 + FIELD_FIRST_NAME));
	s->last_name = or_empty(row_s(r, 1 + FIELD_LAST_NAME));
	s->language = or_empty(row_s(r, 1 + FIELD__MAX));
	s->city = city_of(or_empty(row_s(r, 1 + FIELD_ADDRESS)), a);
	s->polling_place = or_empty(row_s(r, 1 + FIELD_POLLING_PLACE));
	for (size_t i = 0; i < rules->n; i++) {
		const struct field_rule *rule = &rules->rule[i];

		if (rule->mode == MODE_HIDDEN || shown_elsewhere(rule->field))
			continue;
		s->field[s->nfields++] = (struct screen_field){ rule->field,
			or_empty(row_s(r, 1 + rule->field)), rule->highlight, rule->mode == MODE_EDITABLE };
	}
}

static void
fill_phone(struct agent_screen *s, const struct row *r, const struct field_rules *rules, const char *dialled)
{
	enum person_field f = field_of_kind(or_empty(row_s(r, 1)));
	const struct field_rule *rule = rule_of(rules, f);
	bool dial = strcmp(or_empty(row_s(r, 2)), dialled) == 0;

	if (dial)		/* without its extension the number leads nowhere, whatever its kind's rule */
		s->dial_extension = or_empty(row_s(r, 3));
	if (rule == NULL)
		return;
	if (dial)
		s->dial_field = f;
	else if (s->nphones < SCREEN_PHONES)
		s->phone[s->nphones++] = (struct screen_phone){ f, or_empty(row_s(r, 2)), or_empty(row_s(r, 3)),
			rule->highlight };
}

static void
fill_mate(struct agent_screen *s, const struct row *r, const char *dialled, struct arena *a)
{
	uint64_t reason = number(r, 4);

	if (s->nmates == SCREEN_MATES)
		return;
	s->mate[s->nmates++] = (struct screen_mate){
		text_trim(a, arena_fmt(a, "%s %s", or_empty(row_s(r, 1)), or_empty(row_s(r, 2)))),
		strcmp(or_empty(row_s(r, 3)), dialled) == 0, number(r, 5) > 0,
		reason < ST__MAX ? (enum status)reason : ST_NONE };
}

static void
fill_try(struct agent_screen *s, const struct row *r)
{
	uint64_t status = number(r, 2);

	if (s->ntries == SCREEN_TRIES || status >= ST__MAX)
		return;
	s->try[s->ntries++] = (struct screen_try){ (int64_t)number(r, 1), (enum status)status,
		or_empty(row_s(r, 3)), or_empty(row_s(r, 4)) };
}

enum found
agent_screen(struct db *db, const struct operation *op, const struct field_rules *rules,
    const struct held *held, struct user_id user, const struct today *today, bool reveal,
    struct agent_screen *s, struct arena *a)
{
	struct val in[FIELD__MAX + 12];
	size_t n = 0;
	struct rows rows;
	bool found = false, home = rule_of(rules, FIELD_HOUSEHOLD) != NULL;

	memset(s, 0, sizeof(*s));
	s->dial_field = FIELD__MAX;
	s->dial_extension = "";
	for (unsigned f = 0; f < FIELD__MAX; f++)
		in[n++] = V_U(rule_of(rules, (enum person_field)f) != NULL);
	in[n++] = V_U(held->person.v);
	in[n++] = V_U(reveal);
	in[n++] = V_U(held->person.v);
	in[n++] = V_U(op->id.v);
	in[n++] = V_U(home);
	in[n++] = V_U(held->person.v);
	in[n++] = V_U(SCREEN_MATES);
	in[n++] = V_U(held->entry.v);
	in[n++] = V_U(op->id.v);
	in[n++] = V_U(user.v);
	in[n++] = V_S(arena_fmt(a, "%04d-%02d-%02d", today->year, today->month, today->day));
	if (!db_rows(db, &q[Q_SCREEN], in, n, a, &rows))
		return FAILED;
	for (size_t i = 0; i < rows.n; i++) {
		const struct row *r = &rows.row[i];

		switch (row_u(r, 0)) {
		case ROW_PERSON: fill_person(s, r, rules, a); found = true; break;
		case ROW_PHONE:	 fill_phone(s, r, rules, held->e164); break;
		case ROW_MATE:	 fill_mate(s, r, held->e164, a); break;
		case ROW_TRY:	 fill_try(s, r); break;
		case ROW_DAY:
			s->calls = (unsigned)number(r, 1);
			s->reached = (unsigned)number(r, 2);
			break;
		}
	}
	return found ? FOUND : NONE;
}

enum found
agent_today(struct db *db, struct operation_id op, struct user_id user, const struct today *today,
    unsigned *calls, unsigned *reached, struct arena *a)
{
	struct row r;
	enum found f = db_row(db, &q[Q_TODAY], IN(V_U(op.v), V_U(user.v),
	    V_S(arena_fmt(a, "%04d-%02d-%02d", today->year, today->month, today->day))), a, &r);

	*calls = f == FOUND ? (unsigned)row_u(&r, 0) : 0;
	*reached = f == FOUND ? (unsigned)row_u(&r, 1) : 0;
	return f;
}
