/*
 * filter_sql.c - a filter as a condition of SQL over person p, from fixed pieces; every value is bound.
 */
#include "domain/list_in.h"

#include "plumb/arena.h"
#include "plumb/clock.h"
#include "plumb/phone.h"
#include "plumb/text.h"

static const char *const sql_of[FF__MAX] = {
#define AS_SQL(id, code, en, fr, type, whose, sql) [id] = sql,
	FILTER_FIELDS(AS_SQL)
#undef AS_SQL
};

/* One condition being written. */
struct writer {
	struct arena *a;
	struct clause *c;
	struct organisation_id org;
	const char *zone;
	char alias;			/* p, or m: somebody else of the household */
};

/* `piece` with $ as the alias and @ as the field's own SQL. */
static void
put(struct writer *w, enum filter_field f, const char *piece)
{
	for (const char *s = piece; *s != '\0'; s++)
		if (*s == '$')
			buf_bytes(&w->c->sql, &w->alias, 1);
		else if (*s == '@')
			put(w, f, sql_of[f]);
		else
			buf_bytes(&w->c->sql, s, 1);
}

static void
in(struct writer *w, struct val v)
{
	assert(w->c->n < CLAUSE_VALUES);
	w->c->in[w->c->n++] = v;
}

static void
marks(struct writer *w, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_text(&w->c->sql, i == 0 ? "?" : ",?");
}

static uint64_t
number_of(const char *s)
{
	uint64_t n = 0;

	return parse_uint(s, 0, INT64_MAX, &n) ? n : 0;
}

/* --- by type --- */

static void
text_sql(struct writer *w, const struct condition *c)
{
	const char *v = c->nvalues > 0 ? c->value[0] : "";

	switch (c->op) {
	case FO_IS:	  put(w, c->field, "@ = ?"); in(w, V_S(v)); break;
	case FO_IS_NOT:	  put(w, c->field, "NOT (@ <=> ?)"); in(w, V_S(v)); break;
	case FO_CONTAINS: put(w, c->field, "@ LIKE ?"); in(w, V_S(clause_pattern(w->a, "%", v))); break;
	case FO_STARTS:	  put(w, c->field, "@ LIKE ?"); in(w, V_S(clause_pattern(w->a, "", v))); break;
	case FO_EMPTY:	  put(w, c->field, "COALESCE(@, '') = ''"); break;
	default:	  put(w, c->field, "@ > ''"); break;
	}
}

static const char *const ordered[FO__MAX] = {
	[FO_EQ] = "@ = ?", [FO_NE] = "NOT (@ <=> ?)", [FO_LT] = "@ < ?", [FO_LE] = "@ <= ?", [FO_GT] = "@ > ?",
	[FO_GE] = "@ >= ?", [FO_BETWEEN] = "@ BETWEEN ? AND ?", [FO_EMPTY] = "@ IS NULL", [FO_NOT_EMPTY] = "@ IS NOT NULL",
};

/* Amounts, dates, counts: compared as text of that type ("12,50" is 12.50). */
static void
ordered_sql(struct writer *w, const struct condition *c)
{
	unsigned n = filter_op_values(c->op);

	put(w, c->field, ordered[c->op]);
	for (unsigned i = 0; i < n; i++) {
		char *v = arena_strdup(w->a, c->value[i]);
		if (filter_type_of(c->field) == FT_CALLS) {
			in(w, V_U(number_of(v)));
			continue;
		}
		if (strchr(v, ',') != NULL)
			*strchr(v, ',') = '.';
		in(w, V_S(v));
	}
}

/* The first moment of that day, or of the next, in the organisation's zone. */
static struct val
moment(struct writer *w, const char *date, int days)
{
	struct tm wall = { .tm_isdst = -1 };
	int year, month, day;

	if (!parse_date(date, &year, &month, &day))
		return V_NULL;
	wall.tm_year = year - 1900;
	wall.tm_mon = month - 1;
	wall.tm_mday = day + days;
	return V_I(clock_moment(w->zone, &wall));
}

static void
day_sql(struct writer *w, const struct condition *c)
{
	const char *v = c->nvalues > 0 ? c->value[0] : "", *to = c->nvalues > 1 ? c->value[1] : v;

	switch (c->op) {
	case FO_LT: put(w, c->field, "@ < ?"); in(w, moment(w, v, 0)); break;
	case FO_LE: put(w, c->field, "@ < ?"); in(w, moment(w, v, 1)); break;
	case FO_GT: put(w, c->field, "@ >= ?"); in(w, moment(w, v, 1)); break;
	case FO_GE: put(w, c->field, "@ >= ?"); in(w, moment(w, v, 0)); break;
	case FO_EQ: case FO_NE: case FO_BETWEEN:
		put(w, c->field, c->op == FO_NE ? "NOT COALESCE(@ BETWEEN ? AND ? - 1, FALSE)" : "@ BETWEEN ? AND ? - 1");
		in(w, moment(w, v, 0));
		in(w, moment(w, to, 1));
		break;
	default: put(w, c->field, ordered[c->op]); break;
	}
}

static void
yes_sql(struct writer *w, const struct condition *c)
{
	bool column = strchr(sql_of[c->field], ' ') == NULL;

	put(w, c->field, c->op == FO_YES ? column ? "@ = 1" : "(@)" : column ? "@ = 0" : "NOT (@)");
}

#define TAGGED	"$.id IN (SELECT g.person_id FROM person_tag g WHERE g.organisation_id = ? AND g.tag "

static void
tags_sql(struct writer *w, const struct condition *c)
{
	if (c->op == FO_EMPTY || c->op == FO_NOT_EMPTY) {
		put(w, c->field, c->op == FO_EMPTY ? "@ = ''" : "@ > ''");
		return;
	}
	if (c->op == FO_ALL) {
		for (size_t i = 0; i < c->nvalues; i++) {
			put(w, c->field, i == 0 ? TAGGED "= ?)" : " AND " TAGGED "= ?)");
			in(w, V_U(w->org.v));
			in(w, V_S(c->value[i]));
		}
		return;
	}
	put(w, c->field, c->op == FO_NONE ? "NOT " TAGGED "IN (" : TAGGED "IN (");
	in(w, V_U(w->org.v));
	marks(w, c->nvalues);
	for (size_t i = 0; i < c->nvalues; i++)
		in(w, V_S(c->value[i]));
	buf_text(&w->c->sql, "))");
}

static void
language_sql(struct writer *w, const struct condition *c)
{
	if (c->op == FO_EMPTY || c->op == FO_NOT_EMPTY) {
		put(w, c->field, c->op == FO_EMPTY ? "@ = ''" : "@ <> ''");
		return;
	}
	put(w, c->field, c->op == FO_NONE ? "@ NOT IN (" : "@ IN (");
	marks(w, c->nvalues);
	for (size_t i = 0; i < c->nvalues; i++)
		in(w, V_S(c->value[i]));
	buf_text(&w->c->sql, ")");
}

static void
phone_sql(struct writer *w, const struct condition *c)
{
	struct phone_number n;

	if (c->op == FO_EMPTY || c->op == FO_NOT_EMPTY) {
		/* LIMIT keeps it a look at one person's phones: as EXISTS the server collects everybody's first */
		put(w, c->field, "(SELECT 1 FROM phone f WHERE f.person_id = $.id AND f.state = 'ok' LIMIT 1) IS ");
		buf_text(&w->c->sql, c->op == FO_EMPTY ? "NULL" : "NOT NULL");
	} else if (c->op == FO_IS && phone_parse(c->value[0], "CA", &n) == PHONE_OK) {
		put(w, c->field, "$.id IN (SELECT f.person_id FROM phone f WHERE f.e164 = ?)");
		in(w, V_S(arena_strdup(w->a, n.e164)));
	} else {
		put(w, c->field, "$.id IN (SELECT f.person_id FROM phone f WHERE f.e164 LIKE ?)");
		in(w, V_S(clause_number(w->a, c->value[0])));
	}
}

static void
answer_sql(struct writer *w, const struct condition *c)
{
	bool choices = c->op == FO_ANY || c->op == FO_NONE;

	put(w, c->field, c->op == FO_NONE || c->op == FO_EMPTY ? "$.id NOT IN (" : "$.id IN (");
	buf_text(&w->c->sql, "SELECT t.person_id FROM question n JOIN answer w ON w.question_id = n.id"
	    " JOIN attempt t ON t.id = w.attempt_id");
	if (choices)
		buf_text(&w->c->sql, " JOIN choice k ON k.id = w.choice_id");
	buf_text(&w->c->sql, " WHERE n.stable_id = ?");
	in(w, V_U(c->question));
	if (c->operation != 0) {
		buf_text(&w->c->sql, " AND t.operation_id = ?");
		in(w, V_U(c->operation));
	}
	if (choices) {
		buf_text(&w->c->sql, " AND k.stable_id IN (");
		marks(w, c->nvalues);
		for (size_t i = 0; i < c->nvalues; i++)
			in(w, V_U(number_of(c->value[i])));
		buf_text(&w->c->sql, "))");
	} else if (c->op == FO_CONTAINS) {
		buf_text(&w->c->sql, " AND w.text LIKE ?)");
		in(w, V_S(clause_pattern(w->a, "%", c->value[0])));
	} else
		buf_text(&w->c->sql, " AND (w.choice_id IS NOT NULL OR w.text <> ''))");
}

static void
status_sql(struct writer *w, const struct condition *c)
{
	/* whoever was never called has none of them */
	put(w, c->field, c->op == FO_NONE ? "NOT COALESCE(" : "COALESCE(");
	put(w, c->field, "(SELECT t.status FROM attempt t WHERE t.person_id = $.id ORDER BY t.saved_at DESC, t.id DESC LIMIT 1) IN (");
	marks(w, c->nvalues);
	for (size_t i = 0; i < c->nvalues; i++)
		in(w, V_U(status_of_code(c->value[i])));
	buf_text(&w->c->sql, "), FALSE)");
}

static void
list_sql(struct writer *w, const struct condition *c)
{
	put(w, c->field, c->op == FO_NONE ? "NOT " : "");
	put(w, c->field, "$.id IN (SELECT e.person_id FROM entry e WHERE e.operation_id IN (");
	marks(w, c->nvalues);
	for (size_t i = 0; i < c->nvalues; i++)
		in(w, V_U(number_of(c->value[i])));
	buf_text(&w->c->sql, "))");
}

/* Fields of the organisation's own, by index: the field and its value, or for one person the person and the field. */
#define HAVING	"$.id IN (SELECT o.person_id FROM custom_value o WHERE o.field_id = ?"
#define LACKING	"NOT EXISTS (SELECT 1 FROM custom_value o WHERE o.person_id = $.id AND o.field_id = ?"

static void
own_sql(struct writer *w, const struct condition *c)
{
	static const char *const text[FO__MAX] = { [FO_IS] = "@ = ?", [FO_IS_NOT] = "@ = ?", [FO_CONTAINS] = "@ LIKE ?", [FO_STARTS] = "@ LIKE ?" };
	enum filter_type type = filter_type_of(c->field);
	bool lacking = c->op == FO_IS_NOT || c->op == FO_NE || c->op == FO_NO || c->op == FO_EMPTY;
	const char *piece = type == FT_OWN_TEXT ? text[c->op] : c->op == FO_NE ? ordered[FO_EQ] : ordered[c->op];

	put(w, c->field, lacking ? LACKING : HAVING);
	in(w, V_U(c->question));
	if (filter_op_values(c->op) > 0) {		/* the others ask for a value, whichever it is */
		put(w, c->field, " AND ");
		put(w, c->field, piece);
		for (unsigned i = 0; i < filter_op_values(c->op); i++)
			in(w, type == FT_OWN_NUMBER ? V_I(strtoll(c->value[i], NULL, 10)) : c->op == FO_CONTAINS ?
			    V_S(clause_pattern(w->a, "%", c->value[i])) : c->op == FO_STARTS ? V_S(clause_pattern(w->a, "", c->value[i])) : V_S(c->value[i]));
	}
	buf_text(&w->c->sql, ")");
}

static void
condition_sql(struct writer *w, const struct condition *c)
{
	w->alias = c->mate ? 'm' : 'p';
	buf_text(&w->c->sql, c->mate ? "EXISTS (SELECT 1 FROM person m WHERE m.household_id = p.household_id AND m.id <> p.id AND " : "(");
	switch (filter_type_of(c->field)) {
	case FT_TEXT:	  text_sql(w, c); break;
	case FT_NUMBER: case FT_DATE: case FT_CALLS: ordered_sql(w, c); break;
	case FT_DAY:	  day_sql(w, c); break;
	case FT_YES:	  yes_sql(w, c); break;
	case FT_TAGS:	  tags_sql(w, c); break;
	case FT_LANGUAGE: language_sql(w, c); break;
	case FT_PHONE:	  phone_sql(w, c); break;
	case FT_ANSWER:	  answer_sql(w, c); break;
	case FT_STATUS:	  status_sql(w, c); break;
	case FT_LIST:	  list_sql(w, c); break;
	case FT_OWN_TEXT: case FT_OWN_NUMBER: case FT_OWN_DATE: case FT_OWN_YES: own_sql(w, c); break;
	}
	buf_text(&w->c->sql, ")");
}

void
filter_sql(struct arena *a, struct organisation_id org, const char *zone, enum person_kind kind, const struct filter *f,
    struct clause *c)
{
	struct writer w = { .a = a, .c = c, .org = org, .zone = zone };
	bool first_group = true, broken = f->broken;
	unsigned ways, seen = 0, way = c->way;
	int split = way == 0 ? -1 : filter_split(f, &ways);

	for (size_t i = 0; i < f->n; i++)
		broken |= filter_check(&f->cond[i], kind) != R_NONE;
	if (broken) {
		buf_text(&c->sql, " AND FALSE");	/* not understood: nobody, rather than everybody */
		return;
	}
	for (unsigned g = 1; g <= FILTER_GROUPS; g++) {
		bool first = true;
		for (size_t i = 0; i < f->n; i++) {
			if (f->cond[i].group != g)
				continue;
			if (split == 0 && first && ++seen != way)
				break;
			if (split == (int)g && ++seen != way)
				continue;
			if (first)
				buf_text(&c->sql, first_group ? " AND ((" : f->any_group ? " OR (" : " AND (");
			else
				buf_text(&c->sql, f->any[g] ? " OR " : " AND ");
			condition_sql(&w, &f->cond[i]);
			first = first_group = false;
		}
		if (!first)
			buf_text(&c->sql, ")");
	}
	if (!first_group)
		buf_text(&c->sql, ")");
}
