/*
 * form.c - what a request brought, against the program's field table: decoding, collecting, checking.
 * field.c answers the handlers' questions about it.
 */
#include "plumb/arena.h"
#include "plumb/request.h"
#include "plumb/text.h"

/* --- collecting ---------------------------------------------------------------------------------- */

static bool
key_ok(const char *key)
{
	size_t n = strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

	return n > 0 && n <= 64 && key[n] == '\0';
}

int
form_field(const struct req *rq, const char *name, const char **key)
{
	const char *dot = strchr(name, '.');
	size_t n = dot == NULL ? strlen(name) : (size_t)(dot - name);

	*key = dot == NULL ? "" : dot + 1;
	if (dot != NULL && !key_ok(*key))
		return -1;
	for (size_t i = 0; i < rq->nfields; i++) {
		const struct field *f = &rq->fields[i];

		if (f->name != NULL && strncmp(f->name, name, n) == 0 && f->name[n] == '\0' &&
		    ((f->flags & F_KEYED) != 0) == (dot != NULL))
			return (int)i;
	}
	return -1;
}

/* Mailers and social networks put these behind links they pass on; a volunteer's link must still open. */
static bool
added_by_strangers(const char *name)
{
	static const char *const names[] = { "fbclid", "gclid", "msclkid", "igshid", "mc_cid", "mc_eid" };

	for (size_t i = 0; i < NITEMS(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return strncmp(name, "utm_", 4) == 0;
}

bool
form_take(struct req *rq, const char *name, const char *value)
{
	const char *key;
	struct input *in;
	struct given *g;
	int f;

	if (++rq->npairs > PAIRS_MAX || !text_is_utf8(value, strlen(value)))
		return false;
	if (strcmp(name, CSRF_FIELD) == 0) {
		if (rq->csrf_sent != NULL)
			return false;
		rq->csrf_sent = value;
		return true;
	}
	if ((f = form_field(rq, name, &key)) < 0)
		return !rq->post && added_by_strangers(name);
	if (rq->fields[f].kind == F_FILE)	/* a file sent as plain text: not from our page */
		return false;
	in = &rq->in[f];
	if (!(rq->fields[f].flags & F_REPEATS))
		for (size_t i = 0; i < in->n; i++)
			if (strcmp(in->list[i].key, key) == 0)
				return false;
	if (in->n == in->room) {
		struct given *more = arena_alloc(rq->arena, (in->room * 2 + 2) * sizeof(*more));

		if (in->n > 0)
			memcpy(more, in->list, in->n * sizeof(*more));
		in->list = more;
		in->room = in->room * 2 + 2;
	}
	g = &in->list[in->n++];
	g->key = key;
	g->typed = value;
	form_check(rq->arena, &rq->fields[f], g);
	return true;
}

static bool
take_pair(void *ctx, const char *name, const char *value)
{
	return form_take(ctx, name, value);
}

bool
form_read(struct req *rq, const char *text, size_t n)
{
	return form_parse(rq->arena, text, n, take_pair, rq);
}

/* --- checking ------------------------------------------------------------------------------------ */

/* CRLF, as browsers send a textarea, and lone CR become LF. */
static char *
one_line_end(struct arena *a, const char *s)
{
	char *out = arena_alloc(a, strlen(s) + 1), *p = out;

	for (; *s != '\0'; s++) {
		if (*s == '\r') {
			*p++ = '\n';
			if (s[1] == '\n')
				s++;
		} else
			*p++ = *s;
	}
	*p = '\0';
	return out;
}

/* Control characters, C1 included (U+0080-U+009F are C2 80 - C2 9F); `lines` allows LF and tab. */
static bool
has_control(const char *s, bool lines)
{
	for (const unsigned char *p = (const unsigned char *)s; *p != '\0'; p++) {
		if (*p < 0x20 && !(lines && (*p == '\n' || *p == '\t')))
			return true;
		if (*p == 0x7f || (*p == 0xc2 && p[1] < 0xa0))
			return true;
	}
	return false;
}

static bool
is_word_of(const char *words, const char *s)
{
	size_t n = strlen(s);

	for (const char *w = words; w != NULL && *w != '\0'; ) {
		size_t len = strcspn(w, "|");

		if (len == n && strncmp(w, s, n) == 0)
			return true;
		w += len + (w[len] == '|');
	}
	return false;
}

/* Advice against slips of the finger, not RFC 5321: somebody@a.domain without white space. */
static bool
is_email(const char *s)
{
	const char *at = strchr(s, '@'), *dot;

	if (at == NULL || at == s || strchr(at + 1, '@') != NULL || strpbrk(s, " \t<>(),;:\"\\") != NULL)
		return false;
	dot = strrchr(at + 1, '.');
	return dot != NULL && dot > at + 1 && dot[1] != '\0' && strstr(at, "..") == NULL && at[1] != '-';
}

static enum refusal
check_text(const struct field *f, const char *s, bool lines)
{
	size_t chars = text_chars(s);

	if (has_control(s, lines))
		return R_NOT_TEXT;
	if (f->min > 0 && chars < (size_t)f->min)
		return R_TOO_SHORT;
	if (f->max > 0 && chars > (size_t)f->max)
		return R_TOO_LONG;
	return R_NONE;
}

static enum refusal
check_uint(const struct field *f, const char *s, uint64_t *out)
{
	uint64_t max = f->max > 0 ? (uint64_t)f->max : INT64_MAX;

	if (s[strspn(s, "0123456789")] != '\0')
		return R_NOT_A_NUMBER;
	return parse_uint(s, f->min > 0 ? (uint64_t)f->min : 0, max, out) ? R_NONE : R_OUT_OF_RANGE;
}

static enum refusal
check_email(char *s)
{
	for (char *p = s; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	if (has_control(s, false))
		return R_NOT_TEXT;
	if (strlen(s) > 190)
		return R_TOO_LONG;
	return is_email(s) ? R_NONE : R_NOT_AN_EMAIL;
}

void
form_check(struct arena *a, const struct field *f, struct given *g)
{
	int year, month, day;
	char *text;

	if (f->kind == F_LINES)
		g->typed = one_line_end(a, g->typed);
	text = text_trim(a, g->typed);
	g->text = "";
	g->number = 0;
	g->minute = -1;
	if (*text == '\0') {
		g->refusal = f->flags & F_REQUIRED && f->kind != F_BOOL ? R_MISSING : R_NONE;
		return;
	}
	switch (f->kind) {
	case F_TEXT:	g->refusal = check_text(f, text, false); break;
	case F_LINES:	g->refusal = check_text(f, text, true); break;
	case F_UINT:	g->refusal = check_uint(f, text, &g->number); break;
	case F_DATE:	g->refusal = parse_date(text, &year, &month, &day) ? R_NONE : R_NOT_A_DATE; break;
	case F_TIME:	g->refusal = parse_time_of_day(text, &g->minute) ? R_NONE : R_NOT_A_TIME; break;
	case F_CHOICE:	g->refusal = is_word_of(f->words, text) ? R_NONE : R_NOT_A_CHOICE; break;
	case F_EMAIL:	g->refusal = check_email(text); break;
	case F_BOOL:
	case F_FILE:	g->refusal = R_NONE; break;
	}
	if (g->refusal == R_NONE)
		g->text = text;
	else {
		g->number = 0;
		g->minute = -1;
	}
}
