/*
 * list.c - the filter of the people pages: as text and as SQL. Accents and case do not count (the columns' collation).
 */
#include "domain/list_in.h"

#include "plumb/arena.h"
#include "plumb/phone.h"
#include "plumb/text.h"

enum { DIGITS_MIN = 3 };

/* --- as text --- */

static void
put_pair(struct buf *b, const char *name, const char *value)
{
	if (*value != '\0')
		filter_pair(b, name, value);
}

const char *
people_filter_text(struct arena *a, const struct people_filter *f)
{
	struct buf b;

	buf_init_in(&b, a, PEOPLE_FILTER_TEXT);
	put_pair(&b, "q", f->search);
	put_pair(&b, "city", f->city);
	put_pair(&b, "tag", f->tag);
	put_pair(&b, "section", f->subdivision);
	put_pair(&b, "language", f->language);
	put_pair(&b, "phone", f->has_phone ? "1" : "");
	put_pair(&b, "not_voted", f->not_voted ? "1" : "");
	filter_text(&b, &f->conditions);
	return b.full ? NULL : b.data == NULL ? "" : b.data;
}

static int
nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static char *
decode(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s), *to = out;

	for (; *s != '\0'; s++)
		if (*s == '%' && nibble(s[1]) >= 0 && nibble(s[2]) >= 0) {
			*to++ = (char)(nibble(s[1]) << 4 | nibble(s[2]));
			s += 2;
		} else
			*to++ = *s;
	*to = '\0';
	return out;
}

void
people_filter_read(struct arena *a, const char *text, enum person_kind kind, const char *zone, struct people_filter *out)
{
	enum { PAIRS = 4000 };
	const char **pair = arena_alloc(a, PAIRS * sizeof(*pair));
	size_t n = text_split(a, text, '&', pair, PAIRS);

	*out = (struct people_filter){ .kind = kind, .zone = zone, .search = "", .city = "", .tag = "", .subdivision = "", .language = "" };
	for (size_t i = 0; i < n; i++) {
		const char *equals = strchr(pair[i], '='), *name, *value;
		if (equals == NULL)
			continue;
		name = arena_strndup(a, pair[i], (size_t)(equals - pair[i]));
		value = decode(a, equals + 1);
		if (strcmp(name, "q") == 0)
			out->search = value;
		else if (strcmp(name, "city") == 0)
			out->city = value;
		else if (strcmp(name, "tag") == 0)
			out->tag = value;
		else if (strcmp(name, "section") == 0)
			out->subdivision = value;
		else if (strcmp(name, "language") == 0)
			out->language = value;
		else if (strcmp(name, "phone") == 0)
			out->has_phone = true;
		else if (strcmp(name, "not_voted") == 0)
			out->not_voted = true;
		else if (!filter_take(a, &out->conditions, name, value))
			out->conditions.broken = true;
	}
	filter_done(&out->conditions);
}

/* --- as SQL --- */

static void
also(struct clause *c, const char *sql, struct val v)
{
	assert(c->n < CLAUSE_VALUES);
	buf_text(&c->sql, " AND ");
	buf_text(&c->sql, sql);
	c->in[c->n++] = v;
}

const char *
clause_pattern(struct arena *a, const char *before, const char *word)
{
	struct buf b;

	buf_init_in(&b, a, 1000);
	buf_text(&b, before);
	for (const char *p = word; *p != '\0'; p++) {
		if (*p == '%' || *p == '_' || *p == '\\')
			buf_text(&b, "\\");
		buf_bytes(&b, p, 1);
	}
	buf_text(&b, "%");
	return b.data;
}

/* Digits of "(438) 555", "+1 438..."; "" when the text is no part of a number. */
static const char *
digits_of(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s), *to = out;

	for (; *s != '\0'; s++)
		if (*s >= '0' && *s <= '9')
			*to++ = *s;
		else if (strchr(" ()-.+", *s) == NULL)
			return "";
	*to = '\0';
	return to - out >= DIGITS_MIN ? out : "";
}

const char *
clause_number(struct arena *a, const char *typed)
{
	const char *digits = digits_of(a, typed);

	return *digits == '\0' ? "" : arena_fmt(a, "+1%s%%", digits + (*digits == '1' && strlen(digits) > 1));
}

static bool
search_number(struct arena *a, struct organisation_id org, const struct people_filter *f, struct clause *c)
{
	struct phone_number n;
	const char *like;

	if (phone_parse(f->search, "CA", &n) == PHONE_OK) {
		also(c, "p.id IN (SELECT f.person_id FROM phone f WHERE f.e164 = ?)", V_S(arena_strdup(a, n.e164)));
		return true;
	}
	if (*(like = clause_number(a, f->search)) == '\0')
		return false;
	/* a derived table: as a union right inside IN it would be asked for every person */
	also(c, "p.id IN (SELECT x.id FROM (SELECT f.person_id AS id FROM phone f WHERE f.e164 LIKE ?", V_S(like));
	buf_text(&c->sql, " UNION ALL SELECT y.id FROM person y WHERE y.organisation_id = ? AND y.kind = ? AND y.file_number = ?) x)");
	c->in[c->n++] = V_U(org.v);
	c->in[c->n++] = V_S(person_kind_code(f->kind));
	c->in[c->n++] = V_S(text_trim(a, f->search));
	return true;
}

void
people_clause(struct arena *a, struct organisation_id org, const struct people_filter *f, struct clause *c)
{
	c->n = 0;
	buf_init_in(&c->sql, a, CLAUSE_BYTES);
	buf_text(&c->sql, "p.organisation_id = ?");
	c->in[c->n++] = V_U(org.v);
	also(c, "p.kind = ?", V_S(person_kind_code(f->kind)));
	if (!text_is_blank(f->search) && !search_number(a, org, f, c))
		words_clause(a, f->search, c);
	if (*f->city != '\0')
		also(c, "p.city = ?", V_S(f->city));
	if (*f->tag != '\0') {
		also(c, "p.id IN (SELECT g.person_id FROM person_tag g WHERE g.organisation_id = ?", V_U(org.v));
		also(c, "g.tag = ?)", V_S(f->tag));
	}
	if (*f->subdivision != '\0')
		also(c, "p.polling_subdivision = ?", V_S(f->subdivision));
	if (*f->language != '\0')
		also(c, "p.language = ?", V_S(f->language));
	if (f->has_phone)
		/* LIMIT keeps it a look at one person's phones: as EXISTS the server collects everybody's first, for each page */
		buf_text(&c->sql, " AND (SELECT 1 FROM phone h WHERE h.person_id = p.id AND h.state = 'ok' LIMIT 1) IS NOT NULL");
	if (f->not_voted)
		buf_text(&c->sql, " AND p.has_voted = 0");
	filter_sql(a, org, f->zone, f->kind, &f->conditions, c);
}
