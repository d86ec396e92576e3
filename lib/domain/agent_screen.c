#include "domain/agent_screen.h"

#include "plumb/arena.h"
#include "plumb/db.h"
#include "plumb/text.h"

/*
 * One statement by key for everybody; a second one for who was called before. A field's column is NULL unless its
 * parameter is 1. Phones and the household come as one text each, in parts that US and RS separate:
 * a statement of their own would cost a round trip each, a UNION of all twice the server's time.
 */
#define AS_COLUMN(id, code, en, fr, whose, open, mode, column) "IF(?, " column ", NULL), "
#define AS_FLAG(id, code, en, fr, whose, open, mode, column) "u"
#define AS_TEXT(id, code, en, fr, whose, open, mode, column) "s"
#define US	'\x1f'		/* between the parts of one phone or member */
#define RS	'\x1e'		/* between phones or members */

enum { Q_PERSON, Q_TRIES, Q_TODAY, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_PERSON] = { PERSON_FIELDS(AS_FLAG) "u" "uuu" "uusu", PERSON_FIELDS(AS_TEXT) "sssuu",
	    "SELECT " PERSON_FIELDS(AS_COLUMN) "p.language,"
	    " IF(?, (SELECT GROUP_CONCAT(CONCAT_WS(CHAR(31), f.kind, f.e164, f.extension) ORDER BY f.position, f.id"
	    "   SEPARATOR '\x1e') FROM phone f WHERE f.person_id = p.id AND f.state = 'ok'), NULL),"
	    " IF(?, (SELECT GROUP_CONCAT(CONCAT_WS(CHAR(31), b.first_name, b.last_name, e.e164, e.reason, e.attempts)"
	    "   ORDER BY b.id SEPARATOR '\x1e' LIMIT ?) FROM person b JOIN entry e ON e.operation_id = ? AND e.person_id = b.id"
	    "   WHERE b.household_id = p.household_id AND b.id <> p.id), NULL),"
	    " d.calls, d.reached FROM person p"
	    " LEFT JOIN agent_tally d ON d.operation_id = ? AND d.user_id = ? AND d.day = ? WHERE p.id = ?" },
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

/* The next phone or member of the text, cut into `n` parts; missing ones are "". False: no more. */
static bool
parts(const char **text, const char **part, size_t n, struct arena *a)
{
	const char *end;
	size_t got;

	if (*text == NULL || **text == '\0')
		return false;
	end = strchrnul(*text, RS);
	got = text_split(a, arena_strndup(a, *text, (size_t)(end - *text)), US, part, n);
	for (; got < n; got++)
		part[got] = "";
	*text = *end == RS ? end + 1 : end;
	return true;
}

static void
fill_phone(struct agent_screen *s, const char *const part[3], const struct field_rules *rules, const char *dialled)
{
	enum person_field f = field_of_kind(part[0]);
	const struct field_rule *rule = rule_of(rules, f);
	bool dial = strcmp(part[1], dialled) == 0;

	if (dial)		/* without its extension the number leads nowhere, whatever its kind's rule */
		s->dial_extension = part[2];
	if (rule == NULL)
		return;
	if (dial)
		s->dial_field = f;
	else if (s->nphones < SCREEN_PHONES)
		s->phone[s->nphones++] = (struct screen_phone){ f, part[1], part[2], rule->highlight };
}

static void
fill_mate(struct agent_screen *s, const char *const part[5], const char *dialled, struct arena *a)
{
	uint64_t reason = ST_NONE, attempts = 0;

	if (s->nmates == SCREEN_MATES || !parse_uint(part[3], 0, ST__MAX - 1, &reason) ||
	    !parse_uint(part[4], 0, UINT32_MAX, &attempts))
		return;
	s->mate[s->nmates++] = (struct screen_mate){ text_trim(a, arena_fmt(a, "%s %s", part[0], part[1])),
		strcmp(part[2], dialled) == 0, attempts > 0, (enum status)reason };
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

enum found
agent_screen(struct db *db, const struct operation *op, const struct field_rules *rules,
    const struct held *held, struct user_id user, const struct today *today, bool reveal,
    struct agent_screen *s, struct arena *a)
{
	struct val in[FIELD__MAX + 8];
	size_t n = 0;
	const char *part[5], *text;
	struct row person;
	enum found f;

	memset(s, 0, sizeof(*s));
	s->dial_field = FIELD__MAX;
	s->dial_extension = "";
	for (unsigned i = 0; i < FIELD__MAX; i++)
		in[n++] = V_U(rule_of(rules, (enum person_field)i) != NULL);
	in[n++] = V_U(reveal);
	in[n++] = V_U(rule_of(rules, FIELD_HOUSEHOLD) != NULL);
	in[n++] = V_U(SCREEN_MATES);
	in[n++] = V_U(op->id.v);
	in[n++] = V_U(op->id.v);
	in[n++] = V_U(user.v);
	in[n++] = V_S(day_text(today, a));
	in[n++] = V_U(held->person.v);
	if ((f = db_row(db, &q[Q_PERSON], in, n, a, &person)) != FOUND)
		return f;
	fill_person(s, &person, rules, a);
	for (text = row_s(&person, FIELD__MAX + 1); parts(&text, part, 3, a);)
		fill_phone(s, part, rules, held->e164);
	for (text = row_s(&person, FIELD__MAX + 2); parts(&text, part, 5, a);)
		fill_mate(s, part, held->e164, a);
	s->calls = (unsigned)row_u(&person, FIELD__MAX + 3);
	s->reached = (unsigned)row_u(&person, FIELD__MAX + 4);
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
