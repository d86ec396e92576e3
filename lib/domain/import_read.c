/*
 * import_read.c - one row of a file to the values that are stored. Pure.
 */
#include "domain/import_field.h"

#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/phone.h"
#include "plumb/text.h"

enum { YEAR_MIN = 1850, YEAR_MAX = 2200 };

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
one_of(const char *value, const char *bars)
{
	char word[24] = "|";
	size_t n = 1;

	for (; *value != '\0' && n < sizeof(word) - 2; value++)
		word[n++] = lower(*value);
	word[n++] = '|';
	return *value == '\0' && strstr(bars, word) != NULL;
}

static bool is_yes(const char *v) { return one_of(v, "|o|oui|y|yes|x|1|v|vrai|true|t|"); }
static bool is_no(const char *v)  { return one_of(v, "|n|non|no|0|f|faux|false|"); }

/* One line: every run of white space is one space. */
static char *
one_line(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s), *to = out;

	for (const char *p = s; *p != '\0'; p++) {
		bool space = *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r';
		if (!space)
			*to++ = *p;
		else if (to > out && to[-1] != ' ')
			*to++ = ' ';
	}
	*to = '\0';
	return out;
}

static char *
notes(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s), *to = out;

	for (const char *p = s; *p != '\0'; p++)
		if (*p != '\r')
			*to++ = *p;
		else if (p[1] != '\n')
			*to++ = '\n';
	*to = '\0';
	return out;
}

static const char *
tags(struct arena *a, const char *s)
{
	const char *part[64];
	char sep = strchr(s, '|') != NULL ? '|' : strchr(s, ';') != NULL ? ';' : strchr(s, ',') != NULL ? ',' : '|';
	size_t n = text_split(a, s, sep, part, NITEMS(part));
	struct buf b;

	buf_init_in(&b, a, 4000);
	for (size_t i = 0; i < n; i++) {
		const char *tag = text_trim(a, part[i]);
		if (*tag == '\0')
			continue;
		if (b.len > 0)
			buf_text(&b, "|");
		buf_text(&b, tag);
	}
	return b.len == 0 ? NULL : b.data;
}

/* YYYY-MM-DD, YYYYMMDD, DD/MM/YYYY and the same with other signs; a time behind it is dropped. */
static const char *
date(struct arena *a, const char *s)
{
	unsigned long part[3] = { 0 };
	size_t n = 0, digits[3] = { 0 };
	const char *p = s, *iso;
	int y, m, d;

	for (; *p != '\0' && n < 3; p++) {
		if (*p >= '0' && *p <= '9') {
			part[n] = part[n] * 10 + (unsigned long)(*p - '0');
			if (++digits[n] > 8)
				return NULL;
		} else if (strchr("-/. ", *p) != NULL && digits[n] > 0) {
			if (++n == 3)
				break;
		} else if (*p == 'T' && n == 2 && digits[n] > 0)
			break;
		else
			return NULL;
	}
	if (n == 0 && digits[0] == 8) {
		part[2] = part[0] % 100;
		part[1] = part[0] / 100 % 100;
		part[0] /= 10000;
		digits[0] = 4;
	} else if (n < 2 || digits[2] == 0)
		return NULL;
	if (digits[0] != 4 && digits[2] == 4) {		/* day first; month first only when it cannot be a day */
		unsigned long year = part[2];
		bool month_first = part[1] > 12 && part[0] <= 12;
		part[2] = month_first ? part[1] : part[0];
		part[1] = month_first ? part[0] : part[1];
		part[0] = year;
	} else if (digits[0] != 4)
		return NULL;				/* a year of two digits could be either century */
	if (part[0] < YEAR_MIN || part[0] > YEAR_MAX || part[1] > 12 || part[2] > 31)
		return NULL;
	iso = arena_fmt(a, "%04lu-%02lu-%02lu", part[0], part[1], part[2]);
	return parse_date(iso, &y, &m, &d) ? iso : NULL;
}

/* "1 234,50 $", "1,234.50", "287,50": the last sign with one or two digits behind it is the decimal one. */
static const char *
money(struct arena *a, const char *s)
{
	uint64_t whole = 0;
	unsigned cents = 0, decimals = 0, digits = 0;
	const char *point = NULL;

	for (const char *p = s; *p != '\0'; p++)
		if (*p == ',' || *p == '.')
			point = p;
	if (point != NULL) {
		size_t behind = strspn(point + 1, "0123456789");
		if (behind == 0 || behind > 2)
			point = NULL;
	}
	for (const char *p = s; *p != '\0'; p++) {
		if (*p >= '0' && *p <= '9') {
			digits++;
			if (point != NULL && p > point) {
				cents = cents * 10 + (unsigned)(*p - '0');
				decimals++;
			} else if ((whole = whole * 10 + (uint64_t)(*p - '0')) > 99999999)
				return NULL;
		} else if (strchr(" ,.$", *p) == NULL && (unsigned char)*p < 0x80)
			return NULL;			/* letters, a minus sign; no-break spaces pass */
	}
	if (digits == 0)
		return NULL;
	return arena_fmt(a, "%llu.%02u", (unsigned long long)whole, decimals == 1 ? cents * 10 : cents);
}

static const char *
postal_code(struct arena *a, const char *s)
{
	char code[8];
	size_t n = 0;

	for (const char *p = s; *p != '\0'; p++)
		if (*p != ' ' && *p != '-') {
			if (n == sizeof(code) - 1)
				return s;
			code[n++] = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
		}
	code[n] = '\0';
	for (size_t i = 0; i < n; i++) {
		bool digit = code[i] >= '0' && code[i] <= '9', letter = code[i] >= 'A' && code[i] <= 'Z';
		if (i % 2 == 0 ? !letter : !digit)
			return s;
	}
	return n == 6 ? arena_fmt(a, "%.3s %s", code, code + 3) : s;
}

static const char *
email(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s);
	const char *at = strchr(out, '@');

	if (at == NULL || at == out || strchr(at + 1, '@') != NULL || strchr(at + 1, '.') == NULL ||
	    at[1] == '.' || out[strlen(out) - 1] == '.' || strpbrk(out, " \t\n,;<>()") != NULL)
		return NULL;
	for (char *p = out; *p != '\0'; p++)
		*p = lower(*p);
	return out;
}

static const char *
language(const char *s)
{
	if (one_of(s, "|f|fr|fra|fre|français|francais|franÇais|french|"))
		return "fr";
	return one_of(s, "|a|an|e|en|eng|anglais|english|") ? "en" : NULL;
}

void
import_leave_out(struct person_row *r, size_t column, enum refusal why, const char *cell)
{
	if (r->nrefused < NITEMS(r->refused))
		r->refused[r->nrefused++] = (struct row_refusal){ (unsigned)column + 1, why, cell };
}

static void
read_phone(struct arena *a, struct person_row *r, enum import_field f, size_t column, const char *cell)
{
	static const enum refusal why[] = { [PHONE_WORDS] = R_PHONE_WORDS, [PHONE_LETTERS] = R_PHONE_LETTERS,
		[PHONE_EMERGENCY] = R_PHONE_EMERGENCY, [PHONE_IMPOSSIBLE] = R_PHONE_IMPOSSIBLE };
	struct phone_number n;
	enum phone_verdict v = phone_parse(cell, "CA", &n);

	if (v == PHONE_EMPTY)
		return;
	if (v != PHONE_OK) {
		import_leave_out(r, column, why[v], cell);
		return;
	}
	for (size_t i = 0; i < r->nphones; i++)
		if (strcmp(r->phone[i].e164, n.e164) == 0)
			return;
	if (r->nphones < NITEMS(r->phone))
		r->phone[r->nphones++] = (struct row_phone){
		    f == IF_PHONE_HOME ? "home" : f == IF_PHONE_CELL ? "cell" : "work",
		    arena_strdup(a, n.e164), arena_strdup(a, n.extension), f };
}

const char *
import_read_value(struct arena *a, enum value_kind kind, const char *cell, enum refusal *why)
{
	const char *value = cell;

	*why = R_NONE;
	switch (kind) {
	case VK_NONE:
	case VK_PHONE:
		return NULL;
	case VK_TEXT:
		value = one_line(a, cell);
		break;
	case VK_NOTES:
		value = notes(a, cell);
		break;
	case VK_TAGS:
		value = tags(a, cell);
		break;
	case VK_POSTAL:
		value = postal_code(a, one_line(a, cell));
		break;
	case VK_EMAIL:
		*why = (value = email(a, cell)) == NULL ? R_NOT_AN_EMAIL : R_NONE;
		break;
	case VK_LANGUAGE:
		*why = (value = language(cell)) == NULL ? R_NOT_A_CHOICE : R_NONE;
		break;
	case VK_DATE:
		*why = (value = date(a, cell)) == NULL ? R_NOT_A_DATE : R_NONE;
		break;
	case VK_MONEY:
		*why = (value = money(a, cell)) == NULL ? R_NOT_A_NUMBER : R_NONE;
		break;
	case VK_YES:
	case VK_NO:
		if (!is_yes(cell) && !is_no(cell))
			*why = R_NOT_A_CHOICE;
		/* a permission that is given lifts no earlier "do not call" */
		value = is_yes(cell) == (kind == VK_YES) ? "1" : NULL;
		break;
	}
	return value;
}

static void
read_cell(struct arena *a, struct person_row *r, enum import_field f, size_t column, const char *cell)
{
	enum refusal why;
	const char *value;

	if (import_field_kind(f) == VK_PHONE) {
		read_phone(a, r, f, column, cell);
		return;
	}
	value = import_read_value(a, import_field_kind(f), cell, &why);
	f = f == IF_ALLOWED ? IF_FORBIDDEN : f;
	if (why == R_NONE && value != NULL && import_field_max(f) > 0 && text_chars(value) > import_field_max(f))
		why = R_TOO_LONG;
	if (why != R_NONE)
		import_leave_out(r, column, why, cell);
	else if (value != NULL)
		r->value[f] = value;
}

const char *
import_cell_text(struct arena *a, const char *cell)
{
	const char *value = text_trim(a, cell);

	return value[0] == '\'' && value[1] != '\0' && strchr("=+-@", value[1]) != NULL ? value + 1 : value;
}

/* "123, rue Aubert" in one column: the number moves to its own field. "3e Avenue" keeps its number. */
static void
split_street(struct arena *a, struct person_row *r)
{
	const char *s = r->value[IF_STREET], *end;

	if (s == NULL || r->value[IF_CIVIC_NUMBER] != NULL)
		return;
	end = s + strspn(s, "0123456789");
	if (end == s || end - s > 6 || (*end != ' ' && *end != ','))
		return;
	r->value[IF_CIVIC_NUMBER] = arena_strndup(a, s, (size_t)(end - s));
	r->value[IF_STREET] = end + strspn(end, " ,");
}

enum refusal
import_read_row(struct arena *a, const enum import_field *mapping, size_t ncolumns,
    const char *const *cell, size_t ncells, struct person_row *out)
{
	*out = (struct person_row){ .nphones = 0 };
	if (ncells < ncolumns)
		return R_ROW_TOO_SHORT;
	for (size_t i = ncolumns; i < ncells; i++)
		if (!text_is_blank(cell[i]))
			return R_ROW_TOO_LONG;
	for (size_t i = 0; i < ncolumns; i++) {
		const char *value = mapping[i] == IF_NONE ? "" : import_cell_text(a, cell[i]);
		if (*value != '\0')
			read_cell(a, out, mapping[i], i, value);
	}
	if (out->value[IF_LAST_NAME] == NULL && out->value[IF_FIRST_NAME] == NULL)
		return R_ROW_NO_NAME;
	split_street(a, out);
	if (out->value[IF_ADVANCE_VOTE] != NULL && is_yes(out->value[IF_ADVANCE_VOTE]))
		out->value[IF_HAS_VOTED] = "1";
	return R_NONE;
}
