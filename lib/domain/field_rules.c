/*
 * field_rules.c - the list of field.h: looked up, ruled by an operation, made readable. (plumb has a field.o of its own.)
 */
#include "domain/field.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/db.h"
#include "plumb/text.h"

#define AS_ROW(id, code, en, fr, whose, open, mode) [id] = { code, { en, fr }, whose, open, mode },
static const struct {
	const char *code, *label[LANG__MAX];
	enum field_whose whose;
	enum field_open open;
	enum field_mode mode;
} fields[FIELD__MAX] = { PERSON_FIELDS(AS_ROW) };

static const char *const mode_codes[] = { [MODE_HIDDEN] = "hidden", [MODE_VISIBLE] = "visible",
	[MODE_EDITABLE] = "editable" };

const char *
field_code(enum person_field f)
{
	return fields[f].code;
}

const char *
field_label(enum person_field f, enum lang lang)
{
	return fields[f].label[lang];
}

enum field_open
field_open(enum person_field f)
{
	return fields[f].open;
}

enum person_field
field_of_code(const char *code)
{
	unsigned f = 0;

	while (f < FIELD__MAX && strcmp(fields[f].code, code) != 0)
		f++;
	return (enum person_field)f;
}

bool
field_in(enum person_field f, enum op_source source)
{
	return source == OP_ELECTORS ? (fields[f].whose & WHOSE_ELECTORS) != 0
	    : (fields[f].whose & WHOSE_CONTACTS) != 0;
}

const char *
field_mode_code(enum field_mode mode)
{
	return mode_codes[mode];
}

bool
field_mode_of(const char *code, enum field_mode *out)
{
	for (unsigned m = 0; m < NITEMS(mode_codes); m++)
		if (strcmp(code, mode_codes[m]) == 0) {
			*out = (enum field_mode)m;
			return true;
		}
	return false;
}

bool
field_allows(enum person_field f, enum field_mode mode)
{
	switch (fields[f].open) {
	case OPEN_ALWAYS:	return mode == MODE_VISIBLE;
	case OPEN_TO_SEE:	return mode != MODE_EDITABLE;
	case OPEN_TO_EDIT:	return true;
	}
	return false;
}

/* Adds what `out` does not name yet. */
static void
add_missing(enum op_source source, struct field_rules *out)
{
	bool have[FIELD__MAX] = { false };

	for (size_t i = 0; i < out->n; i++)
		have[out->rule[i].field] = true;
	for (unsigned f = 0; f < FIELD__MAX; f++)
		if (!have[f] && field_in((enum person_field)f, source))
			out->rule[out->n++] = (struct field_rule){ (enum person_field)f, fields[f].mode, false };
}

void
field_rules_default(enum op_source source, struct field_rules *out)
{
	out->n = 0;
	out->nown = 0;
	add_missing(source, out);
}

#define OWN_PREFIX	"own-"		/* field_rule.field of a field that the organisation defined: own-12 */

enum { Q_RULES, Q__MAX };
static struct stmt q[Q__MAX] = {
	[Q_RULES] = { "u", "ssu", "SELECT field, mode, highlight FROM field_rule WHERE operation_id = ?"
	    " ORDER BY position, field" },
};
DB_STATEMENTS(q)

bool
field_rules_of(struct db *db, const struct operation *op, struct field_rules *out, struct arena *a)
{
	struct rows rows;

	out->n = 0;
	out->nown = 0;
	if (!db_rows(db, &q[Q_RULES], IN(V_U(op->id.v)), a, &rows))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		enum person_field f = field_of_code(row_s(&rows.row[i], 0));
		enum field_mode mode;

		if (strncmp(row_s(&rows.row[i], 0), OWN_PREFIX, strlen(OWN_PREFIX)) == 0 && out->nown < OWN_RULES_MAX) {
			out->own[out->nown++] = (struct own_rule){ strtoull(row_s(&rows.row[i], 0) + strlen(OWN_PREFIX), NULL, 10),
			    strcmp(row_s(&rows.row[i], 1), "hidden") != 0, row_u(&rows.row[i], 2) != 0 };
			continue;
		}
		/* A field that this version of Tocsin, or this source, does not have: skipped, never shown. */
		if (f == FIELD__MAX || !field_in(f, op->source) || !field_mode_of(row_s(&rows.row[i], 1), &mode))
			continue;
		out->rule[out->n++] = (struct field_rule){ f, field_allows(f, mode) ? mode : MODE_VISIBLE,
			row_u(&rows.row[i], 2) != 0 };
	}
	add_missing(op->source, out);
	return true;
}

static const char *
show_date(const char *value, enum lang lang, const struct today *today, bool age, struct arena *a)
{
	static const char *const month[LANG__MAX][12] = {
		{ "January", "February", "March", "April", "May", "June", "July", "August", "September",
		  "October", "November", "December" },
		{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
		  "octobre", "novembre", "décembre" },
	};
	int y, m, d, years;
	const char *text;

	if (!parse_date(value, &y, &m, &d))
		return value;
	text = arena_fmt(a, lang == LANG_FR && d == 1 ? "%der %s %d" : "%d %s %d", d, month[lang][m - 1], y);
	if (!age)
		return text;
	years = today->year - y - (today->month < m || (today->month == m && today->day < d));
	return years < 0 || years > 130 ? text
	    : arena_fmt(a, lang == LANG_FR ? "%s (%d ans)" : "%s (aged %d)", text, years);
}

/* "civic|street|apartment|city|postal", as the statement joins it. */
static const char *
show_address(const char *value, enum lang lang, struct arena *a)
{
	const char *part[5] = { "", "", "", "", "" };
	struct buf b;

	text_split(a, value, '|', part, NITEMS(part));
	buf_init_in(&b, a, 600);
	buf_text(&b, part[0]);
	if (part[1][0] != '\0')
		buf_fmt(&b, b.len == 0 ? "%s" : lang == LANG_FR ? ", %s" : " %s", part[1]);
	if (part[2][0] != '\0')
		buf_fmt(&b, lang == LANG_FR ? ", app. %s" : ", apt. %s", part[2]);
	if (part[3][0] != '\0')
		buf_fmt(&b, b.len == 0 ? "%s" : ", %s", part[3]);
	if (part[4][0] != '\0')
		buf_fmt(&b, "%s%s", b.len == 0 ? "" : "  ", part[4]);
	return b.len == 0 ? "" : b.data;
}

/* "120.00", as the database writes it. */
static const char *
show_money(const char *value, enum lang lang, struct arena *a)
{
	const char *dot = strchr(value, '.');
	int whole = dot == NULL ? (int)strlen(value) : (int)(dot - value);

	if (dot == NULL || strcmp(dot, ".00") == 0)
		return arena_fmt(a, lang == LANG_FR ? "%.*s\xc2\xa0$" : "$%.*s", whole, value);
	return lang == LANG_FR ? arena_fmt(a, "%.*s,%s\xc2\xa0$", whole, value, dot + 1) : arena_fmt(a, "$%s", value);
}

const char *
field_show(enum person_field f, const char *value, enum lang lang, const struct today *today, struct arena *a)
{
	const char *tag[40];
	struct buf b;
	size_t n;

	if (value == NULL || value[0] == '\0')
		return "";
	switch (f) {
	case FIELD_LANGUAGE:
		return strcmp(value, "fr") == 0 ? (lang == LANG_FR ? "Français" : "French")
		    : strcmp(value, "en") == 0 ? (lang == LANG_FR ? "Anglais" : "English") : value;
	case FIELD_BIRTH_DATE:
		return show_date(value, lang, today, true, a);
	case FIELD_MEMBERSHIP:
		return arena_fmt(a, lang == LANG_FR ? "jusqu’au %s" : "until %s",
		    show_date(value, lang, today, false, a));
	case FIELD_ADDRESS:
		return show_address(value, lang, a);
	case FIELD_HAS_VOTED:
		return lang == LANG_FR ? "A voté" : "Voted";
	case FIELD_DONATIONS_YEAR:
		return show_money(value, lang, a);
	case FIELD_TAGS:
		n = text_split(a, value, '|', tag, NITEMS(tag));
		buf_init_in(&b, a, 600);
		for (size_t i = 0; i < n; i++)
			buf_fmt(&b, i == 0 ? "%s" : " · %s", tag[i]);
		return b.len == 0 ? "" : b.data;
	default:
		return value;
	}
}
