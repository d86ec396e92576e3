/*
 * list.c - the filter of the people pages: as text, as SQL, and its pages.
 *
 * Accents and case do not count (the columns' collation); pages go by the last name shown, never by OFFSET.
 */
#include "domain/list_in.h"

#include "plumb/arena.h"
#include "plumb/phone.h"
#include "plumb/text.h"

enum { WORDS_MAX = 6, DIGITS_MIN = 3 };

/* --- as text --- */

static void
put_pair(struct buf *b, const char *name, const char *value)
{
	static const char hex[] = "0123456789ABCDEF";

	if (*value == '\0')
		return;
	buf_fmt(b, "%s%s=", b->len > 0 ? "&" : "", name);
	for (const unsigned char *p = (const unsigned char *)value; *p != '\0'; p++)
		if ((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '-' || *p == '_')
			buf_bytes(b, p, 1);
		else
			buf_fmt(b, "%%%c%c", hex[*p >> 4], hex[*p & 15]);
}

const char *
people_filter_text(struct arena *a, const struct people_filter *f)
{
	struct buf b;

	buf_init_in(&b, a, 4000);
	put_pair(&b, "q", f->search);
	put_pair(&b, "city", f->city);
	put_pair(&b, "tag", f->tag);
	put_pair(&b, "section", f->subdivision);
	put_pair(&b, "language", f->language);
	put_pair(&b, "phone", f->has_phone ? "1" : "");
	put_pair(&b, "not_voted", f->not_voted ? "1" : "");
	return b.data == NULL ? "" : b.data;
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
people_filter_read(struct arena *a, const char *text, enum person_kind kind, struct people_filter *out)
{
	const char *pair[16];
	size_t n = text_split(a, text, '&', pair, NITEMS(pair));

	*out = (struct people_filter){ .kind = kind, .search = "", .city = "", .tag = "", .subdivision = "", .language = "" };
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
	}
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

/* What people type is no pattern: % and _ stand for themselves. */
static const char *
pattern(struct arena *a, const char *before, const char *word)
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

static bool
search_number(struct arena *a, struct clause *c, const char *search)
{
	struct phone_number n;
	const char *digits;

	if (phone_parse(search, "CA", &n) == PHONE_OK) {
		also(c, "p.id IN (SELECT person_id FROM phone WHERE e164 = ?)", V_S(arena_strdup(a, n.e164)));
		return true;
	}
	if (*(digits = digits_of(a, search)) == '\0')
		return false;
	also(c, "p.id IN (SELECT person_id FROM phone WHERE e164 LIKE ?)",
	    V_S(arena_fmt(a, "+1%s%%", digits + (*digits == '1' && strlen(digits) > 1))));
	return true;
}

/* Every word must begin the first or last name, or a part of it ("gall" finds Le Gall and Saint-Gall). */
static void
search_words(struct arena *a, struct clause *c, const char *search)
{
	const char *word[WORDS_MAX];
	size_t n = text_split(a, search, ' ', word, NITEMS(word));

	for (size_t i = 0; i < n; i++) {
		if (*word[i] == '\0')
			continue;
		const char *begins = pattern(a, "", word[i]), *part = pattern(a, "% ", word[i]), *hyphen = pattern(a, "%-", word[i]);
		also(c, "(p.last_name LIKE ?", V_S(begins));
		for (int k = 0; k < 4; k++) {
			static const char *const sql[] = { " OR p.first_name LIKE ?", " OR p.last_name LIKE ?",
				" OR p.last_name LIKE ?", " OR p.first_name LIKE ?" };
			buf_text(&c->sql, sql[k]);
			c->in[c->n++] = V_S(k == 0 ? begins : k == 1 ? part : hyphen);
		}
		buf_text(&c->sql, " OR p.file_number = ?)");
		c->in[c->n++] = V_S(word[i]);
	}
}

void
people_clause(struct arena *a, struct organisation_id org, const struct people_filter *f, struct clause *c)
{
	c->n = 0;
	buf_init_in(&c->sql, a, 8000);
	buf_text(&c->sql, "p.organisation_id = ?");
	c->in[c->n++] = V_U(org.v);
	also(c, "p.kind = ?", V_S(person_kind_code(f->kind)));
	if (!text_is_blank(f->search) && !search_number(a, c, f->search))
		search_words(a, c, text_trim(a, f->search));
	if (*f->city != '\0')
		also(c, "p.city = ?", V_S(f->city));
	if (*f->tag != '\0')
		also(c, "CONCAT('|', p.tags, '|') LIKE ?", V_S(arena_fmt(a, "%s|%%", arena_strndup(a, pattern(a, "%|", f->tag),
		    strlen(pattern(a, "%|", f->tag)) - 1))));
	if (*f->subdivision != '\0')
		also(c, "p.polling_subdivision = ?", V_S(f->subdivision));
	if (*f->language != '\0')
		also(c, "p.language = ?", V_S(f->language));
	if (f->has_phone)
		/* LIMIT keeps it a look at one person's phones: as EXISTS the server collects everybody's first, for each page */
		buf_text(&c->sql, " AND (SELECT 1 FROM phone h WHERE h.person_id = p.id AND h.state = 'ok' LIMIT 1) IS NOT NULL");
	if (f->not_voted)
		buf_text(&c->sql, " AND NOT p.has_voted");
}

/* --- pages --- */

static const char *
text(const struct row *r, unsigned col)
{
	return row_s(r, col) == NULL ? "" : row_s(r, col);
}

/* The page begins behind that person's name; somebody deleted meanwhile starts it over. */
static bool
start_after(struct db *db, struct organisation_id org, struct person_id after, struct clause *c, struct arena *a)
{
	struct person who;

	if (after.v == 0)
		return true;
	switch (person_by_id(db, org, after, &who, a)) {
	case FOUND:  break;
	case NONE:   return true;
	case FAILED: return false;
	}
	also(c, "p.last_name >= ?", V_S(who.last_name));
	also(c, "(p.last_name > ?", V_S(who.last_name));
	buf_text(&c->sql, " OR p.first_name > ? OR (p.first_name = ? AND p.id > ?))");
	c->in[c->n++] = V_S(who.first_name);
	c->in[c->n++] = V_S(who.first_name);
	c->in[c->n++] = V_U(after.v);
	return true;
}

bool
people_page(struct db *db, struct organisation_id org, const struct people_filter *f, struct person_id after,
    struct person_line *out, size_t *n, bool *more, struct arena *a)
{
	struct clause *c = arena_alloc(a, sizeof(*c));
	struct rows rows;

	people_clause(a, org, f, c);
	if (!start_after(db, org, after, c, a) || !db_rows_of(db, arena_fmt(a,
	    "SELECT p.id, p.last_name, p.first_name, p.city, p.language, p.tags, p.polling_subdivision, p.elector_number,"
	    " (SELECT h.e164 FROM phone h WHERE h.person_id = p.id AND h.state = 'ok' ORDER BY h.position, h.id LIMIT 1),"
	    " p.calls_forbidden, p.has_voted FROM person p WHERE %s ORDER BY p.last_name, p.first_name, p.id LIMIT %d",
	    c->sql.data, PEOPLE_PAGE + 1), "ussssssssuu", c->in, c->n, a, &rows))
		return false;
	*more = rows.n > PEOPLE_PAGE;
	*n = *more ? PEOPLE_PAGE : rows.n;
	for (size_t i = 0; i < *n; i++) {
		const struct row *r = &rows.row[i];
		out[i] = (struct person_line){ { row_u(r, 0) }, text(r, 1), text(r, 2), text(r, 3), text(r, 4), text(r, 5), text(r, 6),
		    text(r, 7), row_s(r, 8), row_u(r, 9) != 0, row_u(r, 10) != 0 };
	}
	return true;
}

static bool
count_to(struct db *db, struct organisation_id org, const struct people_filter *f, uint64_t most, uint64_t *n, struct arena *a)
{
	struct clause *c = arena_alloc(a, sizeof(*c));
	struct rows rows;

	people_clause(a, org, f, c);
	if (!db_rows_of(db, arena_fmt(a, "SELECT COUNT(*) FROM (SELECT p.id FROM person p WHERE %s LIMIT %llu) some",
	    c->sql.data, (unsigned long long)most), "u", c->in, c->n, a, &rows) || rows.n != 1)
		return false;
	*n = row_u(&rows.row[0], 0);
	return true;
}

bool
people_count(struct db *db, struct organisation_id org, const struct people_filter *f, uint64_t *n, struct arena *a)
{
	return count_to(db, org, f, PEOPLE_COUNTED + 1, n, a);
}

bool
people_count_all(struct db *db, struct organisation_id org, const struct people_filter *f, uint64_t *n, struct arena *a)
{
	return count_to(db, org, f, UINT32_MAX, n, a);
}
