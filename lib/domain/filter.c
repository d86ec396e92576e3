/*
 * filter.c - the words of filters, what is wrong with a condition, and a filter as text. Pure.
 */
#include "domain/filter.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/text.h"

#include "domain/status.h"

static const struct {
	const char *code, *label[LANG__MAX];
	enum filter_type type;
	enum filter_whose whose;
} field[FF__MAX] = {
#define AS_ROW(id, code, en, fr, type, whose, sql) [id] = { code, { [LANG_EN] = en, [LANG_FR] = fr }, type, whose },
	FILTER_FIELDS(AS_ROW)
#undef AS_ROW
};

static const struct {
	const char *code, *label[LANG__MAX], *day[LANG__MAX];
	unsigned values;
} op[FO__MAX] = {
#define AS_ROW(id, code, en, fr, en_day, fr_day, values) \
	[id] = { code, { [LANG_EN] = en, [LANG_FR] = fr }, { [LANG_EN] = en_day, [LANG_FR] = fr_day }, values },
	FILTER_OPS(AS_ROW)
#undef AS_ROW
};

#define OP(o)	(1u << (o))
#define VALUED	(OP(FO_EMPTY) | OP(FO_NOT_EMPTY))
#define ORDERED	(OP(FO_EQ) | OP(FO_NE) | OP(FO_LT) | OP(FO_LE) | OP(FO_GT) | OP(FO_GE) | OP(FO_BETWEEN))
static const unsigned ops_of[] = {
	[FT_TEXT] = OP(FO_IS) | OP(FO_IS_NOT) | OP(FO_CONTAINS) | OP(FO_STARTS) | VALUED,
	[FT_NUMBER] = ORDERED | VALUED, [FT_DATE] = ORDERED | VALUED, [FT_DAY] = ORDERED | VALUED, [FT_CALLS] = ORDERED,
	[FT_YES] = OP(FO_YES) | OP(FO_NO),
	[FT_TAGS] = OP(FO_ANY) | OP(FO_ALL) | OP(FO_NONE) | VALUED,
	[FT_LANGUAGE] = OP(FO_ANY) | OP(FO_NONE) | VALUED,
	[FT_PHONE] = OP(FO_IS) | OP(FO_STARTS) | VALUED,
	[FT_ANSWER] = OP(FO_ANY) | OP(FO_NONE) | OP(FO_CONTAINS) | VALUED,
	[FT_STATUS] = OP(FO_ANY) | OP(FO_NONE), [FT_LIST] = OP(FO_ANY) | OP(FO_NONE),
	[FT_OWN_TEXT] = OP(FO_IS) | OP(FO_IS_NOT) | OP(FO_CONTAINS) | OP(FO_STARTS) | VALUED,
	[FT_OWN_NUMBER] = ORDERED | VALUED, [FT_OWN_DATE] = ORDERED | VALUED, [FT_OWN_YES] = OP(FO_YES) | OP(FO_NO),
};

const char *
filter_field_code(enum filter_field f)
{
	return field[f].code;
}

const char *
filter_field_label(enum filter_field f, enum lang lang)
{
	return field[f].label[lang];
}

enum filter_field
filter_field_of(const char *code, uint64_t *question)
{
	*question = 0;
	for (enum filter_field f = FF_ANSWER; f < FF__MAX; f++) {
		size_t n = strlen(field[f].code);
		if (strncmp(code, field[f].code, n) == 0 && code[n] == '-')
			return parse_uint(code + n + 1, 1, INT64_MAX, question) ? f : FF__MAX;
	}
	for (enum filter_field f = 0; f < FF_ANSWER; f++)
		if (strcmp(code, field[f].code) == 0)
			return f;
	return FF__MAX;
}

bool
filter_field_numbered(enum filter_field f)
{
	return f >= FF_ANSWER && f < FF__MAX;
}

bool
filter_type_is_day(enum filter_type t)
{
	return t == FT_DATE || t == FT_DAY || t == FT_OWN_DATE;
}

bool
filter_type_is_ordered(enum filter_type t)
{
	return filter_type_is_day(t) || t == FT_NUMBER || t == FT_CALLS || t == FT_OWN_NUMBER;
}

enum filter_type
filter_type_of(enum filter_field f)
{
	return field[f].type;
}

bool
filter_field_for(enum filter_field f, enum person_kind kind)
{
	return (field[f].whose & (kind == PERSON_ELECTOR ? FW_ELECTORS : FW_CONTACTS)) != 0;
}

const char *
filter_op_code(enum filter_op o)
{
	return op[o].code;
}

const char *
filter_op_label(enum filter_op o, enum filter_type type, enum lang lang)
{
	bool day = filter_type_is_day(type);

	return day && *op[o].day[lang] != '\0' ? op[o].day[lang] : op[o].label[lang];
}

enum filter_op
filter_op_of(const char *code)
{
	enum filter_op o = 0;

	while (o < FO__MAX && strcmp(code, op[o].code) != 0)
		o++;
	return o;
}

unsigned
filter_op_values(enum filter_op o)
{
	return op[o].values;
}

size_t
filter_ops(enum filter_type type, enum filter_op out[FO__MAX])
{
	size_t n = 0;

	for (enum filter_op o = 0; o < FO__MAX; o++)
		if (ops_of[type] & OP(o))
			out[n++] = o;
	return n;
}

/* --- one condition --- */

/* "1250", "12.50" or "12,50". */
static bool
is_amount(const char *s)
{
	size_t whole = strspn(s, "0123456789"), cents;

	if (whole == 0 || whole > 8)
		return false;
	if (s[whole] == '\0')
		return true;
	cents = strspn(s + whole + 1, "0123456789");
	return (s[whole] == '.' || s[whole] == ',') && cents >= 1 && cents <= 2 && s[whole + 1 + cents] == '\0';
}

/* "-12": as custom_read takes it. */
static bool
is_whole(const char *s)
{
	size_t n = strlen(s += *s == '-');

	return n > 0 && n <= 17 && strspn(s, "0123456789") == n;
}

static enum refusal
check_value(enum filter_field f, const char *s)
{
	int year, month, day;
	uint64_t n;

	if (text_is_blank(s))
		return R_MISSING;
	if (text_chars(s) > 100)
		return R_TOO_LONG;
	switch (filter_type_of(f)) {
	case FT_NUMBER:	return is_amount(s) ? R_NONE : R_NOT_A_NUMBER;
	case FT_CALLS:	return parse_uint(s, 0, 100000, &n) ? R_NONE : R_NOT_A_NUMBER;
	case FT_OWN_NUMBER: return is_whole(s) ? R_NONE : R_NOT_A_NUMBER;
	case FT_DATE: case FT_OWN_DATE:
	case FT_DAY:	return parse_date(s, &year, &month, &day) ? R_NONE : R_NOT_A_DATE;
	case FT_LANGUAGE: return strcmp(s, "fr") == 0 || strcmp(s, "en") == 0 ? R_NONE : R_NOT_A_CHOICE;
	case FT_STATUS:	return status_of_code(s) != ST_NONE ? R_NONE : R_NOT_A_CHOICE;
	case FT_LIST:	return parse_uint(s, 1, INT64_MAX, &n) ? R_NONE : R_NOT_A_CHOICE;
	case FT_PHONE:	return s[strcspn(s, "0123456789")] != '\0' ? R_NONE : R_PHONE_WORDS;
	case FT_TEXT: case FT_YES: case FT_TAGS: case FT_ANSWER: case FT_OWN_TEXT: case FT_OWN_YES:
		break;
	}
	return R_NONE;
}

enum refusal
filter_check(const struct condition *c, enum person_kind kind)
{
	unsigned needs;
	uint64_t n;

	if ((unsigned)c->field >= FF__MAX || !filter_field_for(c->field, kind) || (unsigned)c->op >= FO__MAX ||
	    !(ops_of[filter_type_of(c->field)] & OP(c->op)) || (filter_field_numbered(c->field) && c->question == 0))
		return R_NOT_A_CHOICE;
	needs = op[c->op].values;
	if (needs == 0)
		return R_NONE;
	if (c->nvalues < (needs == 2 ? 2u : 1u))
		return R_MISSING;
	for (size_t i = 0; i < (needs == 3 ? c->nvalues : needs); i++) {
		enum refusal why = check_value(c->field, c->value[i]);
		if (why != R_NONE)
			return why;
		if (c->field == FF_ANSWER && c->op != FO_CONTAINS && !parse_uint(c->value[i], 1, INT64_MAX, &n))
			return R_NOT_A_CHOICE;
	}
	return R_NONE;
}

/* --- as text --- */

void
filter_pair(struct buf *b, const char *name, const char *value)
{
	static const char hex[] = "0123456789ABCDEF";

	buf_fmt(b, "%s%s=", b->len > 0 ? "&" : "", name);
	for (const unsigned char *p = (const unsigned char *)value; *p != '\0'; p++)
		if ((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '-' || *p == '_')
			buf_bytes(b, p, 1);
		else
			buf_fmt(b, "%%%c%c", hex[*p >> 4], hex[*p & 15]);
}

static void
pair_of(struct buf *b, struct arena *a, const char *name, size_t number, const char *value)
{
	filter_pair(b, arena_fmt(a, "%s.%zu", name, number), value);
}

static const char *
number_text(struct arena *a, uint64_t n)
{
	return arena_fmt(a, "%llu", (unsigned long long)n);
}

const char *
filter_condition_code(struct arena *a, const struct condition *c)
{
	return filter_field_numbered(c->field) ? arena_fmt(a, "%s-%s", field[c->field].code, number_text(a, c->question)) : field[c->field].code;
}

void
filter_text(struct buf *b, const struct filter *f)
{
	bool used[FILTER_GROUPS + 1] = { false };
	struct arena *a = b->arena;

	for (size_t i = 0; i < f->n; i++) {
		const struct condition *c = &f->cond[i];
		pair_of(b, a, "f", i + 1, filter_condition_code(a, c));
		pair_of(b, a, "o", i + 1, c->op < FO__MAX ? op[c->op].code : "");
		for (size_t k = 0; k < c->nvalues; k++)
			pair_of(b, a, "v", i + 1, c->value[k]);
		if (c->operation != 0)
			pair_of(b, a, "in", i + 1, number_text(a, c->operation));
		if (c->group > 1)
			pair_of(b, a, "g", i + 1, number_text(a, c->group));
		if (c->mate)
			pair_of(b, a, "mate", i + 1, "1");
		used[c->group] = true;
	}
	for (size_t g = 1; g <= FILTER_GROUPS; g++)
		if (used[g] && f->any[g])
			pair_of(b, a, "join", g, "any");
	if (f->n > 0 && f->any_group)
		filter_pair(b, "groups", "any");
}

static bool
take_of(struct arena *a, struct filter *f, const char *name, size_t number, const char *value)
{
	struct condition *c;
	uint64_t n;

	if (strcmp(name, "join") == 0) {
		if (number > FILTER_GROUPS)
			return false;
		f->any[number] = strcmp(value, "any") == 0;
		return true;
	}
	c = &f->cond[number - 1];
	if (f->n < number)
		for (; f->n < number; f->n++)
			f->cond[f->n] = (struct condition){ .field = FF__MAX, .op = FO__MAX, .group = 1 };
	if (strcmp(name, "f") == 0) {
		c->field = filter_field_of(value, &c->question);
		f->broken |= c->field == FF__MAX;
	}
	else if (strcmp(name, "o") == 0)
		c->op = filter_op_of(value);
	else if (strcmp(name, "v") == 0) {
		if (c->nvalues < FILTER_VALUES)
			c->value[c->nvalues++] = arena_strdup(a, value);
	} else if (strcmp(name, "g") == 0)
		c->group = parse_uint(value, 1, FILTER_GROUPS, &n) ? (unsigned)n : 1;
	else if (strcmp(name, "in") == 0)
		c->operation = parse_uint(value, 1, INT64_MAX, &n) ? n : 0;
	else if (strcmp(name, "mate") == 0)
		c->mate = true;
	else
		return false;
	return true;
}

bool
filter_take(struct arena *a, struct filter *f, const char *name, const char *value)
{
	const char *dot = strchr(name, '.');
	uint64_t number;

	if (strcmp(name, "groups") == 0) {
		f->any_group = strcmp(value, "any") == 0;
		return true;
	}
	return dot != NULL && parse_uint(dot + 1, 1, FILTER_CONDITIONS, &number) &&
	    take_of(a, f, arena_strndup(a, name, (size_t)(dot - name)), (size_t)number, value);
}

void
filter_done(struct filter *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (f->cond[i].field != FF__MAX)
			f->cond[n++] = f->cond[i];
	f->n = n;
}
