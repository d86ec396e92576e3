/*
 * list_words.c - the words of a search: every word must begin the first or last name, or a part of it.
 */
#include "domain/list_in.h"

#include "plumb/arena.h"
#include "plumb/phone.h"
#include "plumb/text.h"

enum { WORDS_MAX = 6 };

/* What a word may begin, each with its index (sql/105): "gall" finds Gall, Le Gall and Saint-Gall. */
static const struct { const char *column, *index; } named[] = {
	{ "last_name", "by_name" }, { "first_name", "by_first_name" }, { "last_part", "by_last_part" }, { "last_end", "by_last_end" },
	{ "first_part", "by_first_part" },
};

/* What separates parts of names separates words. */
static size_t
words_of(struct arena *a, const char *search, const char *word[WORDS_MAX])
{
	char *plain = arena_strdup(a, search), *to = plain;
	size_t n, kept = 0;

	for (const char *s = search; *s != '\0'; s++)
		if (strncmp(s, "’", 3) == 0) {
			*to++ = ' ';
			s += 2;
		} else
			*to++ = strchr("-'", *s) != NULL ? ' ' : *s;
	*to = '\0';
	n = text_split(a, plain, ' ', word, WORDS_MAX);
	for (size_t i = 0; i < n; i++)
		if (*word[i] != '\0')
			word[kept++] = word[i];
	return kept;
}

/* " AND (last_name LIKE ? OR ...", left open: the word begins one of them; its values in `c`. */
static void
begins(struct arena *a, struct buf *b, struct clause *c, const char *of, const char *word)
{
	for (size_t k = 0; k < NITEMS(named); k++) {
		buf_fmt(b, "%s%s%s LIKE ?", k == 0 ? " AND (" : " OR ", of, named[k].column);
		c->in[c->n++] = V_S(clause_pattern(a, "", word));
	}
}

void
words_clause(struct arena *a, const char *search, struct clause *c)
{
	const char *word[WORDS_MAX];
	size_t n = words_of(a, search, word);

	for (size_t i = 0; i < n; i++) {
		begins(a, &c->sql, c, "p.", word[i]);
		buf_text(&c->sql, n == 1 ? " OR p.file_number = ?)" : ")");
		if (n == 1)
			c->in[c->n++] = V_S(word[i]);
	}
}

static bool
words_alone(struct arena *a, const struct people_filter *f)
{
	struct phone_number n;

	return !text_is_blank(f->search) && !people_narrowed(f) && phone_parse(f->search, "CA", &n) != PHONE_OK && *clause_number(a, f->search) == '\0';
}

/* "(SELECT id FROM person ...", left open: whom this word finds in this column, by its index. */
static void
found_in(struct buf *b, struct organisation_id org, const struct people_filter *f, const char *index, const char *test,
    const char *word, struct clause *c)
{
	buf_fmt(b, "%s(SELECT id FROM person FORCE INDEX (%s) WHERE organisation_id = ? AND kind = ? AND %s ?", b->len == 0 ? "" : " UNION ",
	    index, test);
	c->in[c->n++] = V_U(org.v);
	c->in[c->n++] = V_S(person_kind_code(f->kind));
	c->in[c->n++] = V_S(word);
}

const char *
words_found(struct arena *a, struct organisation_id org, const struct people_filter *f, uint64_t most, struct clause *c)
{
	const char *word[WORDS_MAX], *limit = arena_fmt(a, " LIMIT %llu)", (unsigned long long)most);
	size_t n, longest = 0;
	struct buf b;

	if (!words_alone(a, f) || (n = words_of(a, f->search, word)) == 0)
		return NULL;
	for (size_t i = 1; i < n; i++)
		if (strlen(word[i]) >= strlen(word[longest]))	/* of two alike the last, mostly a last name */
			longest = i;
	buf_init_in(&b, a, CLAUSE_BYTES);
	for (size_t k = 0; k < NITEMS(named); k++) {
		found_in(&b, org, f, named[k].index, arena_fmt(a, "%s LIKE", named[k].column), clause_pattern(a, "", word[longest]), c);
		for (size_t i = 0; i < n; i++)
			if (i != longest) {
				begins(a, &b, c, "", word[i]);
				buf_text(&b, ")");
			}
		buf_text(&b, limit);
	}
	if (n == 1) {
		found_in(&b, org, f, "by_file_number", "file_number =", word[0], c);
		buf_text(&b, limit);
	}
	return arena_fmt(a, "SELECT w.id FROM (%s) w LIMIT %llu", b.data, (unsigned long long)most);
}
